// Articles in other languages are grouped by the same code: data/languages.jsonl, where an id is its story, a hyphen and a
// number.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "storymerge/dedup/duplicates.h"
#include "storymerge/read/read.h"
#include "storymerge/story/stories.h"
#include "storymerge/text/document.h"
#include "support/files.h"

namespace storymerge {
namespace {

TEST(Languages, ArticlesAreGroupedByTheSameCode) {
  const std::string file = testing::project_root / "data" / "languages.jsonl";
  const ReadResult read = read_articles({file});
  ASSERT_EQ(read.report.rejected, 0u);
  const std::vector<Document> documents = analyze(read.corpus, 1);
  const Duplicates duplicates = find_duplicates(read.corpus, documents);
  for (const StoryPreset preset : {StoryPreset::event, StoryPreset::story}) {
    StoryOptions options;
    options.preset = preset;
    std::map<std::string, std::set<std::string>> found, expected;
    for (const Story& story : group_stories(read.corpus, documents, duplicates, options)) {
      for (const ArticleIndex a : story.articles) found[story.id].insert(read.corpus[a].id);
    }
    for (const Article& a : read.corpus.articles()) expected[a.id.substr(0, a.id.rfind('-'))].insert(a.id);
    std::set<std::set<std::string>> found_groups, expected_groups;
    for (const auto& entry : found) found_groups.insert(entry.second);
    for (const auto& entry : expected) expected_groups.insert(entry.second);
    EXPECT_EQ(found_groups, expected_groups);
  }
}

}  // namespace
}  // namespace storymerge

// Articles that come one by one end up where a batch puts them, and every change of a story is told.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "storymerge/base/error.h"
#include "storymerge/eval/scores.h"
#include "storymerge/story/index.h"
#include "support/corpora.h"

namespace storymerge {
namespace {

std::vector<std::uint32_t> numbered(const std::vector<std::string>& names) {
  std::map<std::string, std::uint32_t> number;
  std::vector<std::uint32_t> out;
  for (const std::string& n : names) {
    out.push_back(number.try_emplace(n, static_cast<std::uint32_t>(number.size())).first->second);
  }
  return out;
}

double agreement(const std::vector<Article>& articles, const StoryIndex& index) {
  std::vector<std::string> truth, found;
  for (const Article& a : articles) {
    truth.push_back(a.id.substr(0, a.id.rfind('-')));
    found.emplace_back(index.story_of(a.id));
    EXPECT_FALSE(found.back().empty());
  }
  return b_cubed(numbered(truth), numbered(found)).f1();
}

TEST(StoryIndex, OneByOneInAnyOrderIsAsGoodAsABatch) {
  std::vector<Article> articles = testing::gold_coverage();
  std::sort(articles.begin(), articles.end(), [](const Article& a, const Article& b) {
    return std::pair(a.published, a.id) < std::pair(b.published, b.id);
  });
  const Corpus corpus(articles);
  const auto documents = analyze(corpus);
  std::vector<std::string> truth(articles.size()), batch(articles.size());
  for (const Story& s : group_stories(corpus, documents, find_duplicates(corpus, documents))) {
    for (const ArticleIndex a : s.articles) {
      truth[a] = corpus[a].id.substr(0, corpus[a].id.rfind('-'));
      batch[a] = s.id;
    }
  }
  const double best = b_cubed(numbered(truth), numbered(batch)).f1();
  std::mt19937 random(5);
  for (int order = 0; order < 4; ++order) {
    if (order > 0) std::shuffle(articles.begin(), articles.end(), random);
    StoryIndex index;
    for (const Article& a : articles) {
      const std::string story = index.add(a);
      EXPECT_EQ(index.story_of(a.id), story);
    }
    EXPECT_GE(agreement(articles, index), 0.75);  // before repair: what is known at the time
    index.repair();
    EXPECT_NEAR(agreement(articles, index), best, 0.01);
    EXPECT_TRUE(index.repair().empty());  // nothing new, nothing changes
  }
}

// Every story that is there no more, or has lost or won articles by a repair, stands in a change.
TEST(StoryIndex, TellsEveryMergeAndSplit) {
  std::vector<Article> articles = testing::gold_coverage();
  std::mt19937 random(8);
  std::shuffle(articles.begin(), articles.end(), random);
  StoryIndex index;
  std::size_t changed = 0;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    index.add(articles[i]);
    if (i % 24 != 23) continue;
    std::map<std::string, std::string> before;
    for (std::size_t k = 0; k <= i; ++k) before[articles[k].id] = index.story_of(articles[k].id);
    std::set<std::string> merged_from, split_from;
    for (const StoryChange& c : index.repair()) {
      if (c.kind == StoryChange::Kind::split) split_from.insert(c.story);
      if (c.kind == StoryChange::Kind::merged) merged_from.insert(c.others.begin(), c.others.end());
      EXPECT_TRUE(std::is_sorted(c.others.begin(), c.others.end()));
    }
    for (const auto& [article, story] : before) {
      if (index.story_of(article) == story) continue;
      ++changed;
      EXPECT_TRUE(merged_from.contains(story) || split_from.contains(story)) << story;
    }
  }
  EXPECT_GT(changed, 0u);
}

TEST(StoryIndex, LinksHoldAtOnceAndAfterRepair) {
  const std::vector<Article> articles = testing::gold_coverage();
  const std::string a = articles[0].id, b = articles.back().id;
  StoryOptions options;
  options.must_link = {{b, a}};
  StoryIndex index(options);
  for (const Article& article : articles) index.add(article);
  EXPECT_EQ(index.story_of(a), index.story_of(b));
  index.repair();
  EXPECT_EQ(index.story_of(a), index.story_of(b));
  const auto members = index.articles_of(index.story_of(a));
  EXPECT_TRUE(std::count(members.begin(), members.end(), a) == 1 && std::count(members.begin(), members.end(), b) == 1);
}

TEST(StoryIndex, RefusesAnIdTwice) {
  StoryIndex index;
  Article a;
  a.id = "a";
  index.add(a);
  EXPECT_THROW(index.add(a), Error);
  EXPECT_EQ(index.size(), 1u);
  EXPECT_TRUE(index.story_of("b").empty());
  EXPECT_TRUE(StoryIndex().repair().empty());
}

}  // namespace
}  // namespace storymerge

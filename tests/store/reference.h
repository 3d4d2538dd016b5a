#pragma once
// What a store must say: a batch over the same articles.

#include <gtest/gtest.h>
#include <storymerge/storymerge.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace storymerge::testing {

// A story's line, with ids that do not depend on its history.
inline std::string line_of(const Corpus& corpus, MergedStory story) {
  story.id = "story";
  story.aliases.clear();
  for (Touch& touch : story.touches) touch.story = "other";
  for (std::size_t c = 0; c < story.claims.size(); ++c) {
    story.claims[c].id = "claim" + std::to_string(c);
    story.claims[c].aliases.clear();
  }
  std::ostringstream out;
  write(Format::jsonl, out, corpus, {&story, 1});
  return out.str();
}

// Each story's line, by the ids of its articles.
using Lines = std::map<std::vector<std::string>, std::string>;

inline std::vector<std::string> ids_of(const Corpus& corpus, const MergedStory& story) {
  std::vector<std::string> out;
  for (const ArticleIndex a : story.articles) out.push_back(corpus[a].id);
  return out;
}

// Live stories, and all their articles.
inline Lines lines_of(const StoryStore& store, std::vector<Article>& articles) {
  Lines out;
  for (const StoryEntry& entry : store.stories()) {
    const std::optional<StoredStory> stored = store.story(entry.id);
    EXPECT_TRUE(stored.has_value()) << entry.id;
    if (!stored) continue;
    EXPECT_EQ(stored->story.id, entry.id);
    EXPECT_EQ(stored->corpus.size(), entry.articles);
    articles.insert(articles.end(), stored->corpus.articles().begin(), stored->corpus.articles().end());
    out[ids_of(stored->corpus, stored->story)] = line_of(stored->corpus, stored->story);
  }
  return out;
}

inline Lines batch_of(const std::vector<Article>& articles, const StoreOptions& options = {}) {
  Options batch;
  batch.duplicates = options.duplicates;
  batch.stories = options.stories;
  batch.alignment = options.alignment;
  const Corpus corpus(articles);
  Lines out;
  merge_stories(corpus, batch, [&](const MergedStory& story) { out[ids_of(corpus, story)] = line_of(corpus, story); });
  return out;
}

// Requires: repair() was the last that the store did.
inline void expect_batch(const StoryStore& store, const StoreOptions& options = {}) {
  std::vector<Article> articles;
  const Lines lines = lines_of(store, articles);
  const Lines batch = batch_of(articles, options);
  ASSERT_EQ(lines.size(), batch.size());
  for (const auto& [ids, line] : batch) {
    const auto at = lines.find(ids);
    ASSERT_NE(at, lines.end()) << ids.front();
    const std::size_t same = static_cast<std::size_t>(
        std::mismatch(line.begin(), line.end(), at->second.begin(), at->second.end()).first - line.begin());
    const std::size_t begin = same - std::min<std::size_t>(same, 100);
    EXPECT_EQ(at->second.substr(begin, 200), line.substr(begin, 200)) << ids.front();
  }
}

}  // namespace storymerge::testing

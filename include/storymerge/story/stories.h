#pragma once
// Which articles tell of one event?
//
// Two reports of one event share almost no shingles, so candidates come from a second MinHash-LSH over each article's
// weightiest terms and names; an exact score of terms, names, title and time decides; average linkage groups. Articles of
// one origin count once. Score and cut: DESIGN.md; Miranda et al., "Multilingual clustering of streaming news", EMNLP 2018.

#include <span>
#include <string>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/dedup/duplicates.h"
#include "storymerge/text/document.h"

namespace storymerge {

enum class StoryPreset {
  event,  // one event of a few days: time counts
  story,  // a matter that may go on for months: time does not count
};

struct Story {
  std::string id;                      // stable: the same articles and options give the same id
  std::vector<ArticleIndex> articles;  // in order
  std::vector<std::uint32_t> origins;  // positions in Duplicates::origins, in order
};

struct StoryOptions {
  StoryPreset preset = StoryPreset::event;
  unsigned threads = 0;  // 0: all cores; results do not depend on it
};

// In order of their first article; every article stands in exactly one story.
std::vector<Story> group_stories(const Corpus& corpus, std::span<const Document> documents, const Duplicates& duplicates,
                                 const StoryOptions& options = {});

}  // namespace storymerge

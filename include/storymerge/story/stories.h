#pragma once
// Which articles tell of one event?
//
// Two reports of one event share almost no shingles. Candidates come from an inverted index over each article's weightiest
// features; similarity is a weighted sum of cosines over stems (title and lead thrice), names and numbers, times a factor
// for the distance in time. Average linkage joins all that is alike; then every group is cut in two as long as its halves
// are more like themselves than like each other, so that two ferries of one week stay two stories. Articles of one origin
// count once. After Miranda et al., "Multilingual clustering of streaming news", EMNLP 2018; the cuts are our own.

#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/base/export.h"
#include "storymerge/dedup/duplicates.h"
#include "storymerge/text/document.h"

namespace storymerge {

enum class StoryPreset {
  event,  // one event of a few days: time counts
  story,  // a matter that may go on for months: time does not count
};

// A sentence of a roundup that tells of another story than the one in which the roundup stands.
struct Touch {
  SourceSpan span;
  std::string story;  // its id
};

struct Story {
  std::string id;                      // a hash of its earliest article's id: later articles do not change it
  std::vector<ArticleIndex> articles;  // in order
  std::vector<std::uint32_t> origins;  // positions in Duplicates::origins, in order
  std::vector<Touch> touches{};        // of digests, newsletters and the like among its articles; in order of span
};

struct StoryOptions {
  StoryPreset preset = StoryPreset::event;
  // Pairs of article ids that must, or must not, share a story, whatever their texts. Pairs with an id that the corpus
  // lacks are passed over, so that the same lists serve every run.
  std::vector<std::pair<std::string, std::string>> must_link{};
  std::vector<std::pair<std::string, std::string>> cannot_link{};
  // Your own similarity of two articles, 0 .. 1, given ours; pairs of 0.15 and more belong together. Called for candidate
  // pairs only, `a` before `b` in a corpus, from several threads. Must depend on nothing but the two articles. Less than 0 counts
  // as 0, more than 1 as 1. Errors: bad_input when it is no number.
  std::function<double(const Article& a, const Article& b, double similarity)> similarity{};
  unsigned threads = 0;    // 0: all cores; results do not depend on it
  std::stop_token stop{};  // ends the call early: Error `stopped`; StoryIndex::repair too, which then changes nothing
};

// In order of their first article; every article stands in exactly one story.
// Errors: bad_option when a cannot_link pair are copies of one text or are linked by must_link.
// Complexity: O(n log n) for n origins of bounded length.
STORYMERGE_EXPORT std::vector<Story> group_stories(const Corpus& corpus, std::span<const Document> documents,
                                                   const Duplicates& duplicates, const StoryOptions& options = {});

// Voices of a story whose originals' outlets have one owner become one (Origin::owner).
// Requires: `stories` are what group_stories made of `duplicates`. Complexity: linear in articles and pairs.
STORYMERGE_EXPORT void join_owners(const Corpus& corpus, const SourceTable& sources, std::vector<Story>& stories,
                                   Duplicates& duplicates);

}  // namespace storymerge

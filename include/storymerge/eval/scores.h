#pragma once
// How good is it? Figures of merged stories against gold stories.
//
// Grouping: B-cubed (Bagga and Baldwin, LREC workshop 1998) and the adjusted Rand index (Hubert and Arabie, J. of
// Classification 2, 1985). Copies and alignment: precision and recall over pairs.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/eval/gold.h"
#include "storymerge/merge/merged_story.h"

namespace storymerge {

struct PrecisionRecall {
  double precision = 0;
  double recall = 0;
  double f1() const { return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0; }
};

// Two groupings of the same items, as one label an item. Requires: equally many labels, at least one.
// Complexity: O(n log n) for n items.
PrecisionRecall b_cubed(std::span<const std::uint32_t> gold, std::span<const std::uint32_t> found);
double adjusted_rand_index(std::span<const std::uint32_t> gold, std::span<const std::uint32_t> found);

struct Figure {
  std::string name;
  double value = 0;    // 0 .. 1, or a count
  bool count = false;  // true: a whole number
};

// In this order, "p", "r", "f1" being precision, recall and their harmonic mean:
//   valid                      1 when each article stands in exactly one story and every span lies in an article of its
//                              story
//   story_b3_p/r/f1, story_ari grouping of articles into stories
//   copy_p/r/f1                pairs of articles of one origin
//   align_p/r/f1               pairs of sentences of different origins that share a claim
//   kept                       sentences, boilerplate not counted, that some claim supports
//   boilerplate                claims worded by a boilerplate sentence: a count, 0 is right
//   dispute_p/r/f1             disputes
//   dispute_resolution         share of those found whose conflict or update is right
//   origins_exact              gold claims whose count of origins is exactly right
//   summary_coverage           gold claims told in the summary; summary_coverage_core: those that two or more origins state
//   summary_redundancy         extra tellings a told claim: 0 is right
// A span hits a gold sentence when they share more than half of the shorter one.
// Requires: `corpus` holds exactly the articles of `gold`, and the stories speak of it.
std::vector<Figure> score(std::span<const GoldStory> gold, const Corpus& corpus, std::span<const MergedStory> stories);

}  // namespace storymerge

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
#include "storymerge/base/export.h"
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
STORYMERGE_EXPORT PrecisionRecall b_cubed(std::span<const std::uint32_t> gold, std::span<const std::uint32_t> found);
STORYMERGE_EXPORT double adjusted_rand_index(std::span<const std::uint32_t> gold, std::span<const std::uint32_t> found);

struct Figure {
  std::string name;
  double value = 0;    // 0 .. 1, or a count
  bool count = false;  // true: a whole number
};

// In this order, "p", "r", "f1" being precision, recall and their harmonic mean:
//   valid                      1 when each article stands in exactly one story, every span lies in an article of its story
//                              and runs over three sentences at most, and no claim is told twice
//   story_b3_p/r/f1, story_ari grouping of articles into stories
//   copy_p/r/f1                pairs of articles of one origin
//   align_p/r/f1               pairs of sentences of different origins that share a claim; ours: under one claim, `also`
//                              with it, or under one dispute over a quantity, a date or a name
//   several_p/r/f1             claims told of two or more origins: share of ours whose wording shares a gold claim with a
//                              passage of another origin; share of the gold's that some claim joins
//   several_exact              share of ours whose count of origins is right for a gold claim of its wording
//   counted_p, counted_r       origins counted beside the wording's own: share that state a gold claim of the wording and
//                              give no rival value of another; share of the gold's claims that are so counted
//   kept                       sentences, boilerplate not counted, that stand under a claim or a value of a dispute
//   boilerplate                claims worded by a boilerplate sentence: a count, 0 is right
//   dispute_p/r/f1             disputes: right when two values give two gold values of one claim, which half of the
//                              passages under either state
//   dispute_resolution         share of those found whose conflict or update is right
//   two_sided                  conflicts with an origin under two of their values: a count, 0 is right
//   origins_exact              gold claims whose count of origins is exactly right: those that give no rival value
//   summary_coverage           gold claims told in the summary; summary_coverage_core: those that two or more origins state
//   summary_redundancy         extra tellings a told claim: 0 is right
//   summary_length             bytes of the summary by those of the longest article: mean over stories of several origins
// A span hits a gold sentence when they share more than half of the shorter one.
// Requires: `corpus` holds exactly the articles of `gold`, and the stories speak of it.
STORYMERGE_EXPORT std::vector<Figure> score(std::span<const GoldStory> gold, const Corpus& corpus,
                                            std::span<const MergedStory> stories);

}  // namespace storymerge

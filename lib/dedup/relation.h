#pragma once
// What are two texts to each other, given how their shingles overlap?

#include <algorithm>

#include "storymerge/dedup/duplicates.h"
#include "storymerge/sketch/shingles.h"

namespace storymerge {

// From where a likeness has a name, whatever the caller's bounds are. Tuned on the reprints of data/gold and news of the
// day. Where a text has shingles shorter than the option asks for, much is shared by chance, and more is needed.
struct NameBounds {
  double near_duplicate = 0.3;       // Jaccard
  double contained = 0.6;            // share of the shorter text
  double overlap = 0.3;              // the same, of what is worth telling
  std::size_t least_contained = 12;  // shingles that a text must have to count as contained in another
  std::size_t least_overlap = 20;    // shingles that make a partial overlap worth telling
};
inline constexpr NameBounds name_bounds, short_name_bounds{0.5, 0.8, 0.4};

// `joins`: the pair reaches a bound of the options; grows with overlap.common.
inline DuplicatePair name_pair(ArticleIndex a, ArticleIndex b, const SetOverlap& overlap, bool short_shingles,
                               const DuplicateOptions& options) {
  const NameBounds& bounds = short_shingles ? short_name_bounds : name_bounds;
  DuplicatePair pair{a, b};
  pair.jaccard = overlap.jaccard();
  pair.containment_a_in_b = overlap.containment_a_in_b();
  pair.containment_b_in_a = overlap.containment_b_in_a();
  const auto is_inside = [&](double containment, std::size_t size, double bound) {
    return containment >= bound && size >= bounds.least_contained;
  };
  if (overlap.common != 0 && overlap.common == overlap.a && overlap.common == overlap.b) {
    pair.relation = Relation::exact;
  } else if (pair.jaccard >= bounds.near_duplicate) {
    pair.relation = Relation::near_duplicate;
  } else if (is_inside(pair.containment_a_in_b, overlap.a, bounds.contained)) {
    pair.relation = Relation::contained_in;
  } else if (is_inside(pair.containment_b_in_a, overlap.b, bounds.contained)) {
    pair.relation = Relation::contains;
  } else {
    pair.relation = Relation::partial_overlap;
  }
  const double threshold = short_shingles ? std::max(options.threshold, bounds.near_duplicate) : options.threshold;
  pair.joins = pair.relation == Relation::exact || pair.jaccard >= threshold;
  if (options.containment) {
    const double containment = short_shingles ? std::max(*options.containment, bounds.contained) : *options.containment;
    pair.joins = pair.joins || is_inside(pair.containment_a_in_b, overlap.a, containment) ||
                 is_inside(pair.containment_b_in_a, overlap.b, containment);
  }
  return pair;
}

// Is there enough in common for a partial overlap to be told? Only where containment counts. Grows with overlap.common.
inline bool overlaps(const SetOverlap& overlap, bool short_shingles, const DuplicateOptions& options) {
  const NameBounds& bounds = short_shingles ? short_name_bounds : name_bounds;
  return options.containment && overlap.common >= bounds.least_overlap &&
         std::max(overlap.containment_a_in_b(), overlap.containment_b_in_a()) >= bounds.overlap;
}

}  // namespace storymerge

#pragma once
// Which texts could be about the same event, without comparing all pairs?
//
// An inverted index over each text's weightiest features. A text looks up its own features among the texts before it,
// the nearest in time first and no more than a fixed number a feature, so work per text does not grow with the corpus.

#include <cstdint>
#include <span>
#include <vector>

#include "story/profile.h"

namespace storymerge {

// Share of the least score that the looked-up features alone must give.
inline constexpr double promising = 0.3;

// The features that a text is looked up by: its weightiest 32, by key.
SparseVector keys_of(const SparseVector& vector);

struct Edge {
  std::uint32_t a = 0;  // < b
  std::uint32_t b = 0;
  double score = 0;  // dot product of the two vectors
};

// Pairs of at least `least`, in order of (b, a): for each vector its best few among those before it.
// Complexity: O(n log n) for n vectors of bounded length.
std::vector<Edge> find_neighbours(std::span<const SparseVector> vectors, double least, unsigned threads);

}  // namespace storymerge

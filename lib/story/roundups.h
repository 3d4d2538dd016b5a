#pragma once
// Which articles tell of several events?
//
// A morning briefing, a digest, a newsletter is like the reports of three events or more that are not like one another, and
// shares something else with each. It ties none of them together: it lends no weight to any group.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "story/grouping.h"

namespace storymerge {

// Texts that are roundups, in order. Complexity: O(e) for e edges of `least` and more, with a bounded number a text.
Nodes find_roundups(const Texts& texts, std::span<const Edge> edges);

// A text that a roundup is like, and its story.
struct Touched {
  const SparseVector* vector = nullptr;
  std::uint32_t story = 0;
};

// For each sentence of a roundup the story that it tells of, when that is clear. `own`: the roundup's vector.
// Complexity: words of the roundup times texts.
std::vector<std::optional<std::uint32_t>> stories_told(const Document& roundup, const SparseVector& own,
                                                       std::span<const Touched> texts);

}  // namespace storymerge

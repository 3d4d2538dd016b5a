#pragma once
// Which articles tell of several events?
//
// A morning briefing, a digest, a newsletter is like the reports of three events or more that are not like one another, and
// shares something else with each. It ties none of them together: it lends no weight to any group.

#include <span>
#include <vector>

#include "story/grouping.h"

namespace storymerge {

// Texts that are roundups, in order. Complexity: O(e) for e edges of `least` and more, with a bounded number a text.
Nodes find_roundups(const Texts& texts, std::span<const Edge> edges);

}  // namespace storymerge

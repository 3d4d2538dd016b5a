#pragma once
// Which texts does average linkage join? The best pair of groups first, until none is alike enough.

#include <span>
#include <utility>
#include <vector>

#include "story/grouping.h"

namespace storymerge {

using Pairs = std::span<const std::pair<std::uint32_t, std::uint32_t>>;

// Groups in order of their first member, members in order. Groups grow from `edges`; `apart`: pairs that stay in two groups.
// Time counts by the gap between two groups, from the last report of one to the first of the other: an event may go on for
// weeks while reports follow one another, and is over when they stop.
// Complexity: O(e log e) for e edges, and a merge of two bounded sums for each join.
std::vector<Nodes> join_groups(const Texts& texts, std::span<const Edge> edges, Pairs apart, double cut);

}  // namespace storymerge

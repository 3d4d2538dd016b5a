#pragma once
// Does a group hold two events of one kind?
//
// A cut is found by how features are spread inside the group (what all members hold says nothing there), and made when the
// similarity across it, by the weights of the whole corpus, is well below that within its sides. Groups of two or three are
// too small for that: there each pair must be alike enough (needed).

#include <span>
#include <vector>

#include "story/grouping.h"

namespace storymerge {

// The parts of each group, in order of the groups. `unknown`: as in needed().
// Complexity: linear in the members; no step looks at more than a fixed sample of a group.
std::vector<Nodes> cut_groups(const Texts& texts, std::span<const Nodes> groups, double unknown);

}  // namespace storymerge

#pragma once
// Which texts belong together? Average linkage down to a low similarity, then every group is cut in two as long as its
// halves are more like themselves than like each other.
//
// The first step finds all of an event and what is like it; the second keeps apart two events of one kind. It weighs
// features by how they are spread inside the group (what all members hold says nothing there), finds the best cut, and
// makes it when the similarity across, by the weights of the whole corpus, is well below that within.

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "story/neighbours.h"
#include "story/profile.h"
#include "storymerge/story/stories.h"

namespace storymerge {

struct GroupingRules {
  double cut = 0.10;  // average similarity from which two groups are joined
  // The same for groups of up to three, which are too small to be cut by their spread: `cut_few` for texts that dwell on
  // the same, times exp(twins * Divergence::degree), for two events of one kind dwell each on terms of its own.
  double cut_few = 0.13;
  double twins = 0.65;
  double cut_own = 0.17;     // the same for a user's own similarity
  double split = 0.62;       // a group is cut when similarity across < split * similarity within
  double split_small = 0.4;  // the same for halves of fewer than three
  double stranger = 0.35;    // a member stays alone when its similarity to the others is below this share of theirs
  bool time = true;          // distance in time lowers similarity
  std::function<double(std::uint32_t, std::uint32_t, double)> similarity{};  // replaces that of a pair
  unsigned threads = 0;
};

// The rules that a user's options stand for, without the similarity.
GroupingRules rules_of(const StoryOptions& options);

// Similarity from which two texts alone are one story.
double needed(const Profile& a, const Profile& b, const GroupingRules& rules);

// Factor for two texts that are so many days apart.
double time_factor(double days);

// Group of each profile, groups numbered in order of their first profile. `apart`: pairs that must not share a group.
// Complexity: O(n log n) for n profiles of bounded length; no step looks at all pairs of a large group.
std::vector<std::uint32_t> group_profiles(std::span<const Profile> profiles, std::span<const SparseVector> vectors,
                                          std::span<const std::pair<std::uint32_t, std::uint32_t>> apart,
                                          const GroupingRules& rules);

}  // namespace storymerge

#pragma once
// Which sentences stand together, and which of them are counted?
//
// Probabilities of pairs in; out, a cover: groups of sentences that are near enough to cliques and may overlap, for a sentence
// may tell several things. With perfect pairs a partition cannot pass an F1 of .74, overlapping near-cliques reach 1.0. Two
// bars: what stands together, and, higher, what is counted: what likely says what the wording shown says.

#include <cstdint>
#include <span>
#include <vector>

#include "align/pairs.h"

namespace storymerge::align {

// Probabilities, 0 .. 1. Tuned on gold/real with weights fitted on other stories.
struct Bars {
  double seed = 0;     // from which a pair must stand in a group
  double fit = 0;      // mean with a group's members of other articles, from which a sentence joins it
  double least = 0;    // with any of them
  double alike = 0;    // mean between two groups of one lead, from which they are one
  double known = 1;    // share of its pairs with a group that must be candidates; the others count as impossible at 1
  double counted = 0;  // with the lead, from which a member counts
};
// `judged`: probabilities are a judge's, who was asked about candidates only: what is none may be likely.
Bars bars_for(Strictness strictness, bool judged = false);

struct Group {
  struct Member {
    std::uint32_t unit = 0;  // position in the profiles
    double probability = 1;  // with the lead
    bool counted = true;
  };
  std::vector<Member> members;  // the lead first, then in order of unit
};

// Weakens each probability by those that rival it: of many likely partners in one article few are right.
std::vector<double> compete(std::span<const Profile> profiles, const PairGraph& graph);

// Groups by affinity (one a pair, as `compete` gives); counted by probability, where no veto stands against it.
// Every profile leads or counts in some group. In order of their leads.
// Complexity: O(pairs log pairs), for a sentence stands in a bounded number of groups.
std::vector<Group> group(std::span<const Profile> profiles, const PairGraph& graph, std::span<const double> affinity,
                         const Bars& bars);

}  // namespace storymerge::align

#pragma once
// Which headline stands over the story, and which claims does the summary tell?
//
// A sentence shown tells what it is counted for, as far as it has the words of it, so the claims are chosen together: what
// several origins state first, each where its sentence tells most that is new and repeats little of what is told before (a
// weighted set cover, greedily), until the summary is as long as the longest article.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "merge/counting.h"

namespace storymerge {

// The headline that tells most of what the other articles tell too, and no value that a later report superseded; empty when
// no article has one. Ties: the earliest. Complexity: near-linear in the words of the story.
std::string choose_title(const Material& material, std::span<const Dispute> disputes);

// By claim: whether the summary tells it. Complexity: near-linear in the members of the claims and the alignment's pairs.
std::vector<char> choose_summary(const Material& material, const Alignment& alignment,
                                 std::span<const CountedClaim> claims);

}  // namespace storymerge

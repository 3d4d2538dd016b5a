#pragma once
// Which passages are counted for a claim, and whose words tell it?
//
// A group of the alignment -> a claim: its wording, the passages that are counted with it, and those that only touch on it. The
// wording is the group's lead, unless that is overtaken, or dangles ("He said it would reopen"), and another is not.

#include <cstdint>
#include <span>
#include <vector>

#include "merge/voices.h"
#include "storymerge/dispute/disputes.h"

namespace storymerge {

struct CountedClaim {
  std::vector<std::uint32_t> support;  // statements: the wording first, then in order
  std::vector<std::uint32_t> also;     // in order
  std::uint32_t origin_count = 1;
  // How many voices tell of the matter: `origin_count`, or those of all values where the wording gives the current one of a
  // dispute; 0 where it gives one that is overtaken.
  std::uint32_t weight = 1;
};

// One claim a group; what stands on another side of a dispute than the wording is not counted. Statements that then are neither
// counted anywhere nor stand in a dispute become claims of their own.
std::vector<CountedClaim> count_claims(const Material& material, const Alignment& alignment,
                                       std::span<const Dispute> disputes, const Voices& voices);

}  // namespace storymerge

#pragma once
// In which words is each claim told, and which claims are told in the summary?
//
// A sentence shown tells everything that it states, so wordings are chosen together: each untold claim gets the sentence that
// tells most that is new and least that was told before (a weighted set cover, greedily, the widely attested first).

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "storymerge/dispute/disputes.h"

namespace storymerge {

struct Telling {
  std::vector<std::uint32_t> lead;          // one a group: the claim whose words are shown
  std::vector<std::uint32_t> origin_count;  // one a group
  std::vector<char> shown;                  // one a group: part of the summary
};

// The headline that tells most of what the other articles tell too, and no value that a later report superseded; empty when
// no article has one. Ties: the earliest. Complexity: near-linear in the words of the story.
std::string choose_title(const Material& material, std::span<const Dispute> disputes);

Telling choose_wordings(const Material& material, const Alignment& alignment);

}  // namespace storymerge

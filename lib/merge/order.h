#pragma once
// In what order is a story told?
//
// Augmented chronology (Barzilay, Elhadad and McKeown, JAIR 17, 2002): claims that lie together in the articles of several
// origins form a block; blocks come in order of their first report, and inside a block claims in order of their mean
// place in the articles. The block with the most widely attested claim leads. What only one origin states comes last, article by
// article, in the order in which it is written.

#include <cstdint>
#include <span>
#include <vector>

#include "merge/counting.h"

namespace storymerge {

struct Order {
  std::vector<std::uint32_t> claims;      // positions, in telling order
  std::vector<std::uint32_t> block_ends;  // positions in `claims` behind the last one of each block
};

// Complexity: near-linear in the members of the claims.
Order tell_in_order(const Material& material, const Alignment& alignment, std::span<const CountedClaim> claims);

}  // namespace storymerge

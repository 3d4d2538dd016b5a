#pragma once
// What is a number of a clause the number of?

#include "claim/clauses.h"
#include "storymerge/claim/claims.h"

namespace storymerge::claim {

// Of the quantity at position `quantity` of Document::quantities, which begins in the clause.
// Complexity: a fixed number of words around it.
Slot read_slot(const ClauseText& text, const Clause& clause, std::uint32_t quantity);

}  // namespace storymerge::claim

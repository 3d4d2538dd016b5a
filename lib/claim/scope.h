#pragma once
// What does a clause say happened, and is it affirmed or denied, a fact or less?
//
// A "not", a "denied" or a "may" counts only for what it governs: from the main verb back over its auxiliaries, over the subject
// to a "that" and the verb or noun before it ("denied claims that it had dumped"), and at its object ("made no arrests").

#include <optional>
#include <string_view>

#include "claim/citations.h"
#include "claim/clauses.h"
#include "storymerge/claim/claims.h"

namespace storymerge::claim {

struct Assertion {
  std::optional<std::uint32_t> predicate;  // the word: main verb, or the noun of an event
  bool negative = false;
  Hedge hedge = Hedge::asserted;                  // asserted, hedged or speculative
  std::string_view polarity_rule, modality_rule;  // empty for what is affirmed, for a fact
};

// Complexity: linear in the clause.
Assertion read_assertion(const ClauseText& text, const Clause& clause, const Citation& citation);

// Does an auxiliary stand before the word, adverbs and "not" between: "has been badly hit"?
bool is_governed(const ClauseText& text, std::uint32_t w, std::uint32_t first);

}  // namespace storymerge::claim

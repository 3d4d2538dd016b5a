#pragma once
// Do two clauses tell of one thing and contradict each other?
//
// "The port has reopened" and "has not reopened", "survived" and "collapsed", "caused" and "may have caused": what is said to
// happen to the same is denied, is the opposite, or is only possible. Alignment does not count one for the other; what is
// denied or opposite is a dispute.

#include <cstdint>
#include <utility>
#include <vector>

#include "storymerge/claim/claims.h"

namespace storymerge::claim {

// A day, period or time of day as it is written.
struct When {
  DateMention mention;
  std::uint64_t words = 0;  // a hash of them
  bool rough = false;       // "42 years ago": more or less
};

// What a clause says to happen, or not to happen.
struct Act {
  Term predicate = 0;       // of its meaning, as Claim::predicate
  Term word = 0;            // its own stem
  std::uint32_t at = 0;     // where it stands, in Document::body
  std::vector<Term> terms;  // of the clause, without the predicate, numbers and days; sorted, distinct
  bool negative = false;
  bool word_denies = false;  // and by the predicate itself: "rejects"
  Term denier = 0;           // or by this word before it: "rejects the closure"; 0 for none
  Hedge hedge = Hedge::asserted;
  std::vector<When> days;  // that the clause gives
};

// Complexity: linear in the words of the clause.
Act read_act(const Claim& claim, const Document& document);

// 0 .. 1: the words that both have by those of both (Dice).
double shared_words(const std::vector<Term>& a, const std::vector<Term>& b);

struct Contrast {
  enum Kind : std::uint8_t {
    none,
    polarity,   // one denies it
    opposite,   // survived and collapsed; found open and found closed
    certainty,  // one tells as a fact what the other thinks possible, plans, or has heard
    day,        // on another day, in another month or year, at another time
  };
  Kind kind = none;
  bool first_denies = false;  // or stands on the side of an opposite that counts as denied
  double alike = 0;           // 0 .. 1: words in common beside what contradicts
};
Contrast find_contrast(const Act& x, const Act& y);

// What each gives that can be nothing that the other gives: "on Monday", "on Sunday"; "since 1941", "since 1943". "Tuesday" and
// "Tuesday" are one, however their pages are dated. Both or none.
std::pair<const When*, const When*> rival_days(const Act& x, const Act& y);

}  // namespace storymerge::claim

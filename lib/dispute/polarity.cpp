#include <algorithm>

#include "dispute/kinds.h"
#include "dispute/opposites.h"

namespace storymerge::dispute {
namespace {

// Tuned on gold/real and gold/dev.
constexpr struct {
  double clause = 0.6;     // words in common of the two clauses, at least
  std::size_t fewest = 2;  // words of a clause, at least: fewer tell no matter
} rule;

bool opposites(Term x, Term y) {
  for (const std::int16_t o : dispute::opposites_of(x)) {
    const auto others = dispute::opposites_of(y);
    if (std::find(others.begin(), others.end(), static_cast<std::int16_t>(-o)) != others.end()) return true;
  }
  return false;
}

// The first denies what the second affirms (or says the opposite): the same is said to happen to the same.
bool contradict(const Context& context, const Frame& a, const Action& x, const Frame& b, const Action& y) {
  if (x.predicate == 0 || y.predicate == 0) return false;
  if (x.hedge > Hedge::attributed || y.hedge > Hedge::attributed) return false;
  if (std::min(x.terms.size(), y.terms.size()) < rule.fewest || shared_words(x.terms, y.terms) < rule.clause)
    return false;
  if (x.predicate == y.predicate) {
    const Action &denies = x.negative ? x : y, &affirms = x.negative ? y : x;
    return x.negative != y.negative && denies.negator_before && affirms.negations == 0;
  }
  const Term own_x = context.document(a).body_terms[x.word], own_y = context.document(b).body_terms[y.word];
  return x.negative == y.negative && opposites(own_x, own_y);
}

}  // namespace

std::optional<Difference> differ_in_polarity(const Context& context, const Frame& a, const Frame& b, double) {
  for (const Action& x : a.actions) {
    for (const Action& y : b.actions) {
      if (!contradict(context, a, x, b, y)) continue;
      const bool a_denies =
          x.negative != y.negative ? x.negative : dispute::opposites_of(context.document(a).body_terms[x.word])[0] < 0;
      const Value affirmed{"affirmed", 0, 0}, denied{"denied", 1, 1};
      return Difference{a_denies ? denied : affirmed, a_denies ? affirmed : denied, context.word(a, x.word)};
    }
  }
  return std::nullopt;
}

}  // namespace storymerge::dispute

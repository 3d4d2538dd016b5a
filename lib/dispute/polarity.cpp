#include "dispute/kinds.h"

namespace storymerge::dispute {

// One denies what the other affirms, or says the opposite: the same is said to happen to the same.
std::optional<Difference> differ_in_polarity(const Context& context, const Frame& a, const Frame& b, double) {
  constexpr double alike = 0.6;  // words in common of the two clauses, at least; tuned on gold/real and gold/dev
  for (const claim::Act& x : a.acts) {
    for (const claim::Act& y : b.acts) {
      const claim::Contrast c = claim::find_contrast(x, y);
      if (c.kind != claim::Contrast::polarity && c.kind != claim::Contrast::opposite) continue;
      if (c.alike < alike || x.hedge > Hedge::attributed || y.hedge > Hedge::attributed) continue;
      const Value affirmed{"affirmed", 0, 0}, denied{"denied", 1, 1};
      return Difference{c.first_denies ? denied : affirmed, c.first_denies ? affirmed : denied, context.word(a, x.at)};
    }
  }
  return std::nullopt;
}

}  // namespace storymerge::dispute

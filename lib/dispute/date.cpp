#include <algorithm>

#include "dispute/kinds.h"

namespace storymerge::dispute {
namespace {

// Tuned on gold/real and gold/dev.
constexpr struct {
  double alike = 0.6;        // words in common, at least
  double same = 0.75;        // the same where no predicate is shared
  double clause = 0.5;       // the same of the two clauses
  std::size_t days = 2;      // in a sentence, at most
  std::int32_t longest = 7;  // days that a mention spans, at most …
  std::int32_t year = 364;   // … unless it is a year
} rule;

bool meet(const Day& x, const Day& y) { return may_be_one_day(*x.mention, *y.mention); }

const claim::Act* shared_action(const Frame& a, const Frame& b) {
  for (const claim::Act& x : a.acts) {
    for (const claim::Act& y : b.acts) {
      if (x.predicate != 0 && x.predicate == y.predicate && shared_words(x.terms, y.terms) >= rule.clause) return &x;
    }
  }
  return nullptr;
}

bool usable(const Frame& frame) {
  return !frame.days.empty() && frame.days.size() <= rule.days &&
         std::all_of(frame.days.begin(), frame.days.end(),
                     [](const Day& d) { return d.last - d.first < rule.longest || d.last - d.first >= rule.year; });
}

}  // namespace

std::optional<Difference> differ_in_date(const Context& context, const Frame& a, const Frame& b, double) {
  if (!usable(a) || !usable(b)) return std::nullopt;
  const double words = shared_words(a.terms, b.terms);
  if (words < rule.alike) return std::nullopt;
  for (const Day& x : a.days) {
    for (const Day& y : b.days) {
      if (meet(x, y)) return std::nullopt;
    }
  }
  const claim::Act* action = shared_action(a, b);
  if (action == nullptr && words < rule.same) return std::nullopt;
  const Day &x = a.days.front(), &y = b.days.front();
  const std::string text_x = context.text(a, x.range), text_y = context.text(b, y.range);
  if (text_x == text_y) return std::nullopt;  // "this year": one of the two is dated wrongly
  const bool years = x.last - x.first >= rule.year;
  if (years != (y.last - y.first >= rule.year)) return std::nullopt;
  if (years && (text_x.size() != 4 || text_y.size() != 4)) return std::nullopt;  // "42 years ago" is no year
  return Difference{{text_x, static_cast<double>(x.first), static_cast<double>(x.last)},
                    {text_y, static_cast<double>(y.first), static_cast<double>(y.last)},
                    action == nullptr ? std::string() : context.word(a, action->at)};
}

}  // namespace storymerge::dispute

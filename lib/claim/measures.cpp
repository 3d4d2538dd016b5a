#include "claim/measures.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "lang/language.h"

namespace storymerge::claim {
namespace {

using Measures = std::map<std::string_view, Measure>;

// "1609.344 m" of a mile.
Measures read_measures() {
  constexpr std::string_view normal_forms = "en";
  static const lang::Language language(normal_forms, lang::tables_of(normal_forms, {"measures"}));  // owns the texts
  Measures out;
  for (const auto& [unit, value] : language.with(lang::Role::metric)) {
    const std::size_t blank = value.find(' ');
    Measure& m = out[unit];
    m.metric = value.substr(blank + 1);
    std::from_chars(value.data(), value.data() + blank, m.scale);
  }
  return out;
}

}  // namespace

Interval interval_of(const Quantity& q) {
  Interval out{std::isfinite(q.low) ? q.low : q.value, std::isfinite(q.high) ? q.high : q.value};
  const double decimals = q.value * 1000;  // more than anybody writes: a fraction
  if (q.unit == "%" && out.low == out.high && std::abs(decimals - std::round(decimals)) > 1e-3)
    out = {std::floor(q.value), std::ceil(q.value)};
  return out;
}

Measure measure_of(std::string_view unit) {
  static const Measures measures = read_measures();
  const auto at = measures.find(unit);
  return at == measures.end() ? Measure{} : at->second;
}

bool may_be_one(double a, Measure of_a, double b, Measure of_b) {
  constexpr double rounding = 0.1;  // of the larger: "3 miles" are "5 km"
  const double x = std::abs(a * of_a.scale), y = std::abs(b * of_b.scale);
  return std::abs(x - y) <= rounding * std::max(x, y) || std::abs(x - y) <= 0.5 * std::max(of_a.scale, of_b.scale);
}

}  // namespace storymerge::claim

#include "claim/measures.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace storymerge::claim {
namespace {

constexpr std::pair<std::string_view, Measure> measures[] = {
    {"mm", {"m", 0.001}},
    {"cm", {"m", 0.01}},
    {"m", {"m", 1}},
    {"km", {"m", 1000}},
    {"inches", {"m", 0.0254}},
    {"feet", {"m", 0.3048}},
    {"yards", {"m", 0.9144}},
    {"miles", {"m", 1609.344}},
    {"nautical miles", {"m", 1852}},
    {"g", {"kg", 0.001}},
    {"kg", {"kg", 1}},
    {"tonnes", {"kg", 1000}},
    {"lb", {"kg", 0.4536}},
    {"ounces", {"kg", 0.02835}},
    {"sq m", {"sq m", 1}},
    {"sq km", {"sq m", 1e6}},
    {"hectares", {"sq m", 1e4}},
    {"acres", {"sq m", 4046.9}},
    {"sq feet", {"sq m", 0.0929}},
    {"sq miles", {"sq m", 2.59e6}},
    {"km/h", {"km/h", 1}},
    {"mph", {"km/h", 1.609344}},
    {"knots", {"km/h", 1.852}},
    {"litres", {"litres", 1}},
    {"gallons", {"litres", 3.785}},
};

}  // namespace

Interval interval_of(const Quantity& q) {
  Interval out{std::isfinite(q.low) ? q.low : q.value, std::isfinite(q.high) ? q.high : q.value};
  const double decimals = q.value * 1000;  // more than anybody writes: a fraction
  if (q.unit == "%" && out.low == out.high && std::abs(decimals - std::round(decimals)) > 1e-3)
    out = {std::floor(q.value), std::ceil(q.value)};
  return out;
}

Measure measure_of(std::string_view unit) {
  const auto at =
      std::find_if(std::begin(measures), std::end(measures), [&](const auto& m) { return m.first == unit; });
  return at == std::end(measures) ? Measure{} : at->second;
}

bool may_be_one(double a, Measure of_a, double b, Measure of_b) {
  constexpr double rounding = 0.1;  // of the larger: "3 miles" are "5 km"
  const double x = std::abs(a * of_a.scale), y = std::abs(b * of_b.scale);
  return std::abs(x - y) <= rounding * std::max(x, y) || std::abs(x - y) <= 0.5 * std::max(of_a.scale, of_b.scale);
}

}  // namespace storymerge::claim

#pragma once
// How do amounts compare: "a third" and "33 per cent", "10 miles" and "30 kilometres"?

#include <string_view>

#include "storymerge/text/quantities.h"

namespace storymerge::claim {

// What a number may be beside another. A bound left open counts as the number named: "at least four", then "seven", is news. A
// third is 33 as much as 34 per cent.
struct Interval {
  double low = 0, high = 0;
};
Interval interval_of(const Quantity& quantity);

struct Measure {
  std::string_view metric;  // the unit that those of one kind share; empty for a unit that stands alone
  double scale = 1;         // of one in that unit
};

// By the normal form of a unit, as Quantity::unit has it.
Measure measure_of(std::string_view unit);

// Both as they are told, so that one is often rounded. Requires: measures of one kind.
bool may_be_one(double a, Measure of_a, double b, Measure of_b);

}  // namespace storymerge::claim

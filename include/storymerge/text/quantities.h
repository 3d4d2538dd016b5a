#pragma once
// Which numbers and dates does a text give, as intervals with units?

#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/base/source_span.h"
#include "storymerge/base/time.h"

namespace storymerge {

// "at least 12" -> [12, inf), "a dozen" -> [12, 12], "about 40%" -> [38, 42] "%", "$1.2bn" -> [1.2e9, 1.2e9] "$".
struct Quantity {
  ByteRange range;         // the whole phrase, its "at least" included
  double low = 0;          // -infinity when open below
  double high = 0;         // +infinity when open above
  double value = 0;        // the number as written ("at least 12" -> 12)
  std::string unit;        // "%", "$", "km", "people", ...: normal form, lower case; "" when none is named
  bool approximate = false;
};

// In order, disjoint; numbers that are part of a date or a time of day are not quantities.
std::vector<Quantity> find_quantities(std::string_view text);

// "Tuesday", "14 March", "two days earlier", "5:10 a.m.", "in January".
struct DateMention {
  ByteRange range;
  std::optional<std::chrono::sys_days> from, to;  // first and last day meant; absent when it cannot be resolved
  std::optional<int> minute_of_day;               // when a time of day is given: 0 .. 1439
};

// In order, disjoint. Relative dates are resolved against `published`, and stay unresolved without it.
std::vector<DateMention> find_dates(std::string_view text, std::optional<Time> published);

}  // namespace storymerge

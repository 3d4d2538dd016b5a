#pragma once
// Which numbers does a text give, as intervals with units?

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/base/export.h"
#include "storymerge/base/source_span.h"
#include "storymerge/text/dates.h"

namespace storymerge {

// "at least 12" -> [12, inf), "a dozen" -> [12, 12], "about 40%" -> [38, 42] "%", "$1.2bn" -> [1.2e9, 1.2e9] "$",
// "dozens" -> [24, 99], "two-thirds" -> [66.7, 66.7] "%", "four in ten" -> [40, 40] "%".
// A score ("6-3", "five votes to four") is one number, 1000 times the first plus the second, in the unit "score".
struct Quantity {
  ByteRange range;   // the whole phrase: its "at least", currency, % or measure included, what is counted not
  double low = 0;    // -infinity when open below
  double high = 0;   // +infinity when open above
  double value = 0;  // the number as written ("at least 12" -> 12); of a range the middle
  // "%", "$", "km", "hours", "magnitude"; for counts the noun, "people", "arrests"; "" when none is near.
  std::string unit;
  // The noun counted or measured ("people" in "46 people", "loan" in "a $2m loan"); empty when none is near.
  ByteRange noun;
  bool approximate = false;
  bool ordinal = false;   // "fourth", "10th"
  std::string_view rule;  // the name of the rule that found it; lives as long as the program
};

// In order, disjoint, none touching one of `dates` (in order): numbers of a date or a time of day are not quantities,
// nor are those that are mere labels ("Flight 214", "A320"). Complexity: one pass over the bytes.
// Numbers are read as the language writes them: "1.200" is twelve hundred in German. What its marks forbid is no number.
STORYMERGE_EXPORT std::vector<Quantity> find_quantities(std::string_view text, std::span<const DateMention> dates = {},
                                                        std::string_view language = "en");

}  // namespace storymerge

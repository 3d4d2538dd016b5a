#pragma once
// Which dates and times of day does a text give?

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "storymerge/base/export.h"
#include "storymerge/base/source_span.h"
#include "storymerge/base/time.h"

namespace storymerge {

// "Tuesday", "14 March", "two days earlier", "5:10 a.m. on Sunday", "in January" (the range is "January").
struct DateMention {
  ByteRange range;
  std::optional<std::chrono::sys_days> from, to;  // first and last day meant; absent when it cannot be resolved
  std::optional<int> minute_of_day;  // when a time of day is given: 0 .. 1439, as written, in whatever zone
  std::optional<Time> instant;       // when day, time and zone are told
  bool night = false;                // an evening or a night, which runs into the next day
  std::string_view rule;             // the name of the rule that found it; lives as long as the program
};

// In order, disjoint. Days are those of the outlet's own calendar, `offset` minutes east of Greenwich. A bare weekday is
// the last one, today included, when the verb of its clause is in the past, and the next one when it is in the future or
// the present; a clause without a verb that shows its tense looks back. A day or month without a year is the nearest one
// that fits, before publication unless the sentence looks ahead; "two days earlier" counts from the last date named in
// its paragraph. Without `published` such dates stay unresolved.
// Complexity: one pass over the bytes.
STORYMERGE_EXPORT std::vector<DateMention> find_dates(std::string_view text, std::optional<Time> published,
                                                      std::string_view language = "en",
                                                      std::chrono::minutes offset = {});

// May both mean the same day? A night also lies on the day after it: Wednesday night, and the early hours of Thursday.
STORYMERGE_EXPORT bool may_be_one_day(const DateMention& a, const DateMention& b);

}  // namespace storymerge

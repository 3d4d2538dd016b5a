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
};

// In order, disjoint. A weekday or a day without a year is the nearest one that fits, before publication unless the
// sentence looks ahead; "two days earlier" counts from the last date named in its paragraph. Without `published` such
// dates stay unresolved.
// Complexity: one pass over the bytes.
STORYMERGE_EXPORT std::vector<DateMention> find_dates(std::string_view text, std::optional<Time> published);

}  // namespace storymerge

#pragma once
// When was it published? RFC 3339 in, RFC 3339 (UTC) out.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "storymerge/base/export.h"

namespace storymerge {

using Time = std::chrono::sys_seconds;

// What RFC 3339 can write: the years 0001 to 9999. A Corpus holds no other times.
inline constexpr Time first_time = std::chrono::sys_days(std::chrono::year(1) / 1 / 1);
inline constexpr Time last_time = std::chrono::sys_days(std::chrono::year(10000) / 1 / 1) - std::chrono::seconds(1);

// Reads RFC 3339 (`2031-03-14T09:20:00Z`, numeric offsets, fractions of a second are dropped). Also takes a space for the
// `T`, a missing zone (taken as UTC), a missing time of day (midnight UTC). Anything else, or a date that no calendar
// has: nullopt.
STORYMERGE_EXPORT std::optional<Time> parse_time(std::string_view text);

// A time and the clock on the wall where it was written down.
struct ZonedTime {
  Time time{};
  std::optional<std::chrono::minutes> offset{};  // east of Greenwich; absent when written in UTC or without a zone
  friend bool operator==(const ZonedTime&, const ZonedTime&) = default;
};

// As parse_time, with the offset.
STORYMERGE_EXPORT std::optional<ZonedTime> parse_zoned_time(std::string_view text);

// `2031-03-14T09:20:00Z`. A time before first_time or after last_time is written as these.
STORYMERGE_EXPORT std::string format_time(Time time);

}  // namespace storymerge

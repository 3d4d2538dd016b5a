#pragma once
// When was it published? RFC 3339 in, RFC 3339 (UTC) out.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace storymerge {

using Time = std::chrono::sys_seconds;

// Reads RFC 3339 (`2031-03-14T09:20:00Z`, numeric offsets, fractions of a second are dropped). Also takes a space for the
// `T`, a missing zone (taken as UTC), a missing time of day (midnight UTC). Anything else, or a date that no calendar
// has: nullopt. Years 0001 to 9999.
std::optional<Time> parse_time(std::string_view text);

// A time and the clock on the wall where it was written down.
struct ZonedTime {
  Time time{};
  std::optional<std::chrono::minutes> offset{};  // east of Greenwich; absent when written in UTC or without a zone
  friend bool operator==(const ZonedTime&, const ZonedTime&) = default;
};

// As parse_time, with the offset.
std::optional<ZonedTime> parse_zoned_time(std::string_view text);

// `2031-03-14T09:20:00Z`.
std::string format_time(Time time);

}  // namespace storymerge

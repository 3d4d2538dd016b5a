#include "storymerge/base/time.h"

#include <fmt/format.h>

#include <algorithm>

namespace storymerge {
namespace {

// Reads exactly `digits` digits at the front of `text` and drops them; -1 when they are not there.
int take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return -1;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::optional<ZonedTime> parse_zoned_time(std::string_view text) {
  using namespace std::chrono;
  const int y = take_number(text, 4);
  if (y < 1 || !take(text, "-")) return std::nullopt;
  const int m = take_number(text, 2);
  if (m < 1 || !take(text, "-")) return std::nullopt;
  const int d = take_number(text, 2);
  if (d < 1) return std::nullopt;
  const year_month_day date{year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d))};
  if (!date.ok()) return std::nullopt;
  Time time = sys_days(date);
  if (text.empty()) return ZonedTime{time, {}};

  if (!take(text, "Tt ")) return std::nullopt;
  const int hour = take_number(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ":")) return std::nullopt;
  const int minute = take_number(text, 2);
  if (minute < 0 || minute > 59) return std::nullopt;
  int second = 0;
  if (take(text, ":")) {
    second = take_number(text, 2);
    if (second < 0 || second > 60) return std::nullopt;  // 60: a leap second
    if (take(text, ".,")) {
      if (take_number(text, 1) < 0) return std::nullopt;
      while (take_number(text, 1) >= 0) {
      }
    }
  }
  time += hours(hour) + minutes(minute) + seconds(second);
  const auto in_calendar = [](ZonedTime t) {
    return t.time < first_time || t.time > last_time ? std::nullopt : std::optional(t);
  };
  if (text.empty() || text == "Z" || text == "z") return in_calendar({time, {}});

  const bool west = text.front() == '-';
  if (!take(text, "+-")) return std::nullopt;
  const int zone_hour = take_number(text, 2);
  if (zone_hour < 0 || zone_hour > 23) return std::nullopt;
  take(text, ":");
  const int zone_minute = take_number(text, 2);
  if (zone_minute < 0 || zone_minute > 59 || !text.empty()) return std::nullopt;
  const minutes zone = (hours(zone_hour) + minutes(zone_minute)) * (west ? -1 : 1);
  return in_calendar({time - zone, zone});
}

std::optional<Time> parse_time(std::string_view text) {
  const std::optional<ZonedTime> zoned = parse_zoned_time(text);
  return zoned ? std::optional(zoned->time) : std::nullopt;
}

std::string format_time(Time time) {
  using namespace std::chrono;
  time = std::clamp(time, first_time, last_time);
  const sys_days days = floor<std::chrono::days>(time);
  const year_month_day date{days};
  const hh_mm_ss clock{time - days};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

}  // namespace storymerge

#pragma once
// Is this word of the calendar? The English names of months, weekdays and time zones, in lower case, short forms too.

#include <optional>
#include <string_view>

namespace storymerge {

// 1 .. 12: "january", "jan", "sept".
std::optional<unsigned> month_number(std::string_view lower);

// 0 (Sunday) .. 6: "monday", "mon", "tues".
std::optional<unsigned> weekday_number(std::string_view lower);

// "gmt", "cest", "pt".
bool is_time_zone(std::string_view lower);

}  // namespace storymerge

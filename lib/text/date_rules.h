#pragma once
// The rules that find days, as the finder runs them: the first that fits and yields something holds.

#include <cstdint>
#include <span>

#include "text/patterns.h"
#include "text/rules.h"

namespace storymerge {

// What the finder of dates reads itself.
enum class DateClass : std::uint8_t {
  day,     // 1 to 31 in figures, "14th", "1er", in German with its full stop
  year,    // four figures
  number,  // one or two figures
  count,   // "two", "12", "a"
};

enum class DateYield : std::uint8_t {
  day,      // of a month, with or without a year
  days,     // from one day of a month to another
  numeric,  // 14.3.2031
  month,
  bare_month,  // a month without a year, where it is no other word
  year,
  years,  // 2030-31
  decade,
  quarter,
  weekday,
  weekdays,         // from Monday to Wednesday
  chosen_weekday,   // last Monday
  weekday_of_week,  // Tuesday of last week
  night_into,       // the night to Thursday
  night_between,    // the night from Wednesday to Thursday
  relative,         // today, yesterday
  overnight,
  period,      // last week
  period_end,  // the end of the year
  ago,
  from_anchor,   // two days later
  ahead,         // in two days
  anchor_day,    // the next day
  day_of_month,  // the 18th
  holiday,       // Christmas Day
};

struct DateRule {
  RuleCard card;
  DateYield yield;
  Pattern pattern;
};

std::span<const DateRule> compiled_date_rules();
const PatternIndex& date_rule_index();  // of those, in their order

}  // namespace storymerge

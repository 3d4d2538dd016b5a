#include "support/calendar.h"

#include <algorithm>
#include <iterator>

namespace storymerge {
namespace {

// The position of the name that is `lower`, or whose first three letters are.
template <std::size_t n>
std::optional<unsigned> position_of(std::string_view lower, const std::string_view (&names)[n]) {
  for (unsigned i = 0; i < n; ++i) {
    if (names[i] == lower || (lower.size() == 3 && names[i].starts_with(lower))) return i;
  }
  return std::nullopt;
}

}  // namespace

std::optional<unsigned> month_number(std::string_view lower) {
  static constexpr std::string_view names[] = {"january", "february", "march",     "april",   "may",      "june",
                                               "july",    "august",   "september", "october", "november", "december"};
  if (lower == "sept") return 9;
  const std::optional<unsigned> position = position_of(lower, names);
  return position ? std::optional(*position + 1) : std::nullopt;
}

std::optional<unsigned> weekday_number(std::string_view lower) {
  static constexpr std::string_view names[] = {"sunday",   "monday", "tuesday", "wednesday",
                                               "thursday", "friday", "saturday"};
  if (lower == "tues") return 2;
  if (lower == "thur" || lower == "thurs") return 4;
  return position_of(lower, names);
}

bool is_time_zone(std::string_view lower) {
  static constexpr std::string_view names[] = {"gmt", "utc", "bst", "cet", "cest", "eet", "eest", "est",
                                               "edt", "cst", "cdt", "mst", "mdt",  "pst", "pdt",  "ist",
                                               "jst", "hkt", "msk", "wib", "et",   "ct",  "pt"};
  return std::find(std::begin(names), std::end(names), lower) != std::end(names);
}

}  // namespace storymerge

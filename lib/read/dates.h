#pragma once
// Dates as pages and feeds write them.

#include <optional>
#include <string_view>

#include "storymerge/base/time.h"

namespace storymerge::read {

enum class NumberOrder { unknown, day_first, month_first };

// RFC 3339, RFC 2822 ("Fri, 14 Mar 2031 09:20:00 +0100"), ISO 8601 in its short form, seconds or milliseconds since 1970, and dates
// written out with a year, in the languages of room `lang`, with or without a time of day ("14 March 2031", "March 14, 2031 at 9:20
// am GMT", "14.3.2031 17.30 Uhr"). Numbers that have two readings (3/4/2031) have none unless `order` says which. Without a zone: UTC. nullopt when there is no
// such date in it or when other words surround it.
std::optional<ZonedTime> read_date(std::string_view text, NumberOrder order = NumberOrder::unknown);

// The first such date in a short line, whatever words stand around it: "Published: March 14, 2031", "By Ada Renn, 2 April 2031".
std::optional<ZonedTime> find_date(std::string_view line, NumberOrder order = NumberOrder::unknown);

// What 3/4/2031 is in a language: the third of April in all but some.
NumberOrder number_order(std::string_view language);

// No page was published before the web was there.
bool plausible(Time published);

}  // namespace storymerge::read

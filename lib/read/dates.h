#pragma once
// Dates as pages and feeds write them.

#include <optional>
#include <string_view>

#include "storymerge/base/time.h"

namespace storymerge::read {

// RFC 3339, RFC 2822 ("Fri, 14 Mar 2031 09:20:00 +0100"), and English dates with a year, with or without a time of day
// ("14 March 2031", "March 14, 2031 at 9:20 am GMT"). Without a zone: UTC. nullopt when there is no such date in it or
// when other words surround it.
std::optional<Time> read_date(std::string_view text);

}  // namespace storymerge::read

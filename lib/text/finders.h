#pragma once
// Dates and quantities of a text that is made into tokens once for both.

#include <chrono>
#include <optional>
#include <span>
#include <vector>

#include "storymerge/text/dates.h"
#include "storymerge/text/quantities.h"
#include "text/tokens.h"

namespace storymerge {

// As those of the public headers, which make the tokens.
std::vector<DateMention> find_dates(const Tokens& tokens, std::optional<Time> published, std::chrono::minutes offset);
std::vector<Quantity> find_quantities(Tokens tokens, std::span<const DateMention> dates);

}  // namespace storymerge

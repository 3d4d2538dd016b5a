#pragma once
// Does a line open with a phrase of the tables, in whatever language?

#include <cstddef>
#include <string_view>

#include "lang/roles.h"

namespace storymerge::read {

// "By Ada Renn", "Published: 14 March": how much of the line the phrase is, with the colon or blank behind it; 0 without one. The
// value of the role says what else a phrase needs: "colon", "capital", or nothing.
std::size_t opening(std::string_view line, lang::Role role);

}  // namespace storymerge::read

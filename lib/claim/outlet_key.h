#pragma once
// Do two names name one outlet? Those of one key do.

#include <string>
#include <string_view>

#include "lang/language.h"

namespace storymerge::claim {

// Folded words joined by blanks, without an article before them: "The BBC" -> "bbc", "l'AFP" -> "afp".
std::string outlet_key(std::string_view name, const lang::Language& language);

}  // namespace storymerge::claim

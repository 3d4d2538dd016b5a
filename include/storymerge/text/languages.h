#pragma once
// In which language is a text written, when nobody says?

#include <string_view>

#include "storymerge/base/export.h"

namespace storymerge {

// The language whose small words fill most of the text, of those that the library has tables for ("en", "de", …); "en"
// when none of them stands out. Complexity: looks at the first words only.
STORYMERGE_EXPORT std::string_view guess_language(std::string_view text);

}  // namespace storymerge

#pragma once
// Does a line end as sentences do?

#include <string_view>

namespace storymerge {

// True when a line in UTF-8 ends with . ! ? : ; … or what other scripts have for them, closing marks of every language and blanks
// aside: „So.“ »So.« « Ainsi. » 「。」
bool ends_as_sentence(std::string_view line);

}  // namespace storymerge

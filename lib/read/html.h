#pragma once
// The article in a saved page: main text and what the page says of itself.

#include <string>
#include <string_view>

#include "storymerge/read/page.h"

namespace storymerge::read {

// The encoding that a page's head names, or "".
std::string declared_encoding(std::string_view html);

// `html` in UTF-8; `url` where it was fetched, or "". Errors: bad_input when it is over a limit (MarkupLimits).
Page page_of(std::string_view html, std::string_view url);

// The text of a piece of HTML, all of it, as feeds carry it. Errors: as page_of.
std::string fragment_text(std::string_view html);

}  // namespace storymerge::read

#pragma once
// The article in a saved page: main text and what the page says of itself.
//
// In the manner of jusText (Pomikálek 2011), boilerpipe (Kohlschütter 2010) and readability: blocks of text, how much
// of each is links, what the elements around it are called, and where the mass of good text lies.

#include <optional>
#include <string>
#include <string_view>

#include "storymerge/base/article.h"

namespace storymerge::read {

// The encoding that a page's head names, or "".
std::string declared_encoding(std::string_view html);

// `html` in UTF-8. Fields that the page does not give stay empty. Title and text never hold line breaks within a block;
// blocks of the text are parted by a blank line.
Article read_page(std::string_view html);

// The text of a piece of HTML, all of it, as feeds carry it.
std::string fragment_text(std::string_view html);

}  // namespace storymerge::read

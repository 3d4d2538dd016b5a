#pragma once
// Is it the same article, or another version of one page?

#include <string>
#include <string_view>

#include "storymerge/base/article.h"

namespace storymerge::read {

// The id of an article that has none: made of source, link and text.
std::string made_id(const Article& article);

// What two articles of one page share: outlet and link. "" when the link leads to no page of its own.
std::string page_key(const Article& article);

// The host of a link as url_identity gives it: without "www." and "m.". "" when there is none.
std::string plain_host(std::string_view url);

}  // namespace storymerge::read

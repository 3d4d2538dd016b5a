#pragma once
// What is the article in one saved page, and what on the page is not?

#include <string>
#include <string_view>
#include <vector>

#include "storymerge/base/article.h"
#include "storymerge/base/export.h"

namespace storymerge {

// What the caller knows of a page from elsewhere; "" where nothing.
struct PageHints {
  std::string url;       // where it was fetched
  std::string encoding;  // that the server named: "utf-8", "windows-1251"
};

// A piece of text of the page that is not in the article's.
struct LeftOut {
  std::string kind;  // "links", "comments", "captions", "hidden", "appeals and notices", ...
  std::string text;
};

struct Page {
  Article article;                // its id is empty; `text` too, when the page has no main text
  std::vector<LeftOut> left_out;  // in the order of the page
  std::string doubtful_date;      // a date of publication that is not believed: before 1990
  std::size_t replaced = 0;       // bytes that are in no known encoding, U+FFFD in the text
};

// Blocks of the text are parted by a blank line; a line break that the page sets inside a block is a line feed.
// Errors: bad_input when the page has more elements, attributes in a tag or levels than any page needs, naming the limit.
// Complexity: linear in the bytes.
STORYMERGE_EXPORT Page read_page(std::string_view bytes, const PageHints& hints = {});

}  // namespace storymerge

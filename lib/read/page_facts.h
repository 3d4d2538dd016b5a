#pragma once
// What does a page say of itself: headline, outlet, author, link, language, and when it was published?
//
// A page speaks of its neighbours too, in data blocks, lists and tickers: what is taken is bound to this article, by its link, by
// its headline, or by where it stands.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "read/html_tree.h"
#include "storymerge/base/time.h"

namespace storymerge::read {

struct PageFacts {
  std::string title, site, author, url, language;
  std::string body;  // the article's text as a data block gives it, markup and all; mostly ""
  std::optional<ZonedTime> published;
  std::string doubtful_date;          // one that was found and not believed
  const xmlNode* headline = nullptr;  // the element that shows it
  std::vector<std::string> titles;    // all that the page is called, in small ASCII letters
};

// `url`: where the page was fetched, or "".
PageFacts read_facts(xmlNode* root, std::string_view url);

}  // namespace storymerge::read

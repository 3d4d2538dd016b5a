#pragma once
// Do two links lead to the same page?

#include <string>
#include <string_view>

#include "storymerge/base/export.h"

namespace storymerge {

// The part of a link that says which page it is: host and path, and the query without what only tracks the reader.
// Dropped: scheme, user, default port, "www." "m." "mobile." "amp." before the host, what calls for the light (AMP) page,
// fragment, trailing slash, and parameters like utm_source or fbclid; other parameters are sorted. Of a last part that holds a
// number of six digits and more beside words ("ferry-aground-123456") the number is kept: headlines change. Host in lower
// case. What does not look like a web link comes back without its outer blanks, so that no article is lost to its link.
STORYMERGE_EXPORT std::string url_identity(std::string_view url);

// The host in lower case without "www.", or "" when there is none.
STORYMERGE_EXPORT std::string url_host(std::string_view url);

}  // namespace storymerge

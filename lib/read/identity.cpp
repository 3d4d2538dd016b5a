#include "read/identity.h"

#include <fmt/format.h>

#include "storymerge/read/url.h"
#include "support/hash.h"

namespace storymerge::read {

std::string made_id(const Article& a) {
  const std::string head = fmt::format("{}\n{}\n{:016x}", a.source, url_identity(a.url), hash_bytes(a.text));
  return fmt::format("{:016x}", hash_bytes(head));
}

std::string page_key(const Article& a) {
  if (url_host(a.url).empty()) return {};
  const std::string identity = url_identity(a.url);
  const std::size_t path = identity.find_first_of("/?");
  if (path == std::string::npos || path + 1 >= identity.size()) return {};
  return a.source + '\n' + identity;
}

std::string plain_host(std::string_view url) {
  if (url_host(url).empty()) return {};
  const std::string identity = url_identity(url);
  return identity.substr(0, identity.find_first_of("/?"));
}

}  // namespace storymerge::read

#include "storymerge/read/url.h"

#include <algorithm>
#include <array>
#include <vector>

#include "read/ascii.h"

namespace storymerge {
namespace {

using read::lower;
using read::trimmed;

struct Parts {
  std::string host, port;
  std::string_view path, query;
};

// False when it is no http(s) link.
bool split(std::string_view url, Parts& out) {
  const std::size_t colon = url.find(':');
  if (colon == std::string_view::npos || url.substr(colon, 3) != "://") return false;
  const std::string scheme = lower(url.substr(0, colon));
  if (scheme != "http" && scheme != "https") return false;
  url.remove_prefix(colon + 3);
  url = url.substr(0, url.find('#'));
  const std::size_t host_end = std::min(url.find_first_of("/?"), url.size());
  std::string_view authority = url.substr(0, host_end);
  url.remove_prefix(host_end);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  const std::size_t port = authority.rfind(':');
  if (port != std::string_view::npos && authority.find(']', port) == std::string_view::npos) {
    out.port = authority.substr(port + 1);
    authority = authority.substr(0, port);
    if (out.port == "80" || out.port == "443") out.port.clear();
  }
  out.host = lower(authority);
  if (out.host.ends_with('.')) out.host.pop_back();
  const std::size_t question = url.find('?');
  out.path = url.substr(0, question);
  if (question != std::string_view::npos) out.query = url.substr(question + 1);
  return !out.host.empty();
}

bool tracks(std::string_view parameter) {
  const std::string name = lower(parameter.substr(0, parameter.find('=')));
  if (name.starts_with("utm_") || name.starts_with("pk_") || name.starts_with("mtm_") || name.starts_with("at_") ||
      name.starts_with("ns_") || name.starts_with("wt_") || name.starts_with("__twitter")) {
    return true;
  }
  static constexpr std::string_view names[] = {"fbclid", "gclid",  "dclid",  "gbraid",  "wbraid",   "msclkid", "yclid",
                                               "igshid", "mc_cid", "mc_eid", "cmpid",   "ocid",     "icid",    "ncid",
                                               "_ga",    "_gl",    "ref",    "ref_src", "referrer", "spm",     "smid",
                                               "taid",   "xtor",   "wtmc",   "cid"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

std::string url_identity(std::string_view url) {
  url = trimmed(url);
  Parts parts;
  if (!split(url, parts)) return std::string(url);
  std::string out = parts.host;
  for (const std::string_view front : {"www.", "m.", "mobile.", "amp."}) {
    // Never cut down to a bare top-level domain.
    if (out.starts_with(front) && out.find('.', front.size()) != std::string::npos) {
      out.erase(0, front.size());
      break;
    }
  }
  if (!parts.port.empty()) out += ":" + parts.port;
  std::string_view path = parts.path;
  while (path.ends_with('/')) path.remove_suffix(1);
  out += path;
  std::vector<std::string_view> kept;
  for (std::size_t begin = 0; begin < parts.query.size();) {
    const std::size_t end = std::min(parts.query.find('&', begin), parts.query.size());
    const std::string_view parameter = parts.query.substr(begin, end - begin);
    if (!parameter.empty() && !tracks(parameter)) kept.push_back(parameter);
    begin = end + 1;
  }
  std::sort(kept.begin(), kept.end());
  for (std::size_t i = 0; i < kept.size(); ++i) (out += i == 0 ? '?' : '&') += kept[i];
  return out;
}

std::string url_host(std::string_view url) {
  Parts parts;
  if (!split(trimmed(url), parts)) return {};
  return parts.host.starts_with("www.") ? parts.host.substr(4) : parts.host;
}

}  // namespace storymerge

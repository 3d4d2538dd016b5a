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

bool is_amp(std::string_view parameter) {
  const std::string name = lower(parameter);
  return name == "amp" || name == "amp=1" || name == "amp=true" || name == "outputtype=amp";
}

// Without what tells the light page of an article from the full one.
std::string without_amp(std::string_view path) {
  if (path.starts_with("/amp/")) path.remove_prefix(4);
  if (path.ends_with("/amp")) path.remove_suffix(4);
  std::string out(path);
  for (const std::string_view ending : {".amp.html", ".amp"}) {
    if (!out.ends_with(ending)) continue;
    out.replace(out.size() - ending.size(), std::string_view(".amp").size(), "");
    break;
  }
  return out;
}

// A number that a publisher counts articles by, in the last part of a path: six digits and more before or behind the words of
// a headline, which may change. Not a day (20310514, 310514), by which many articles go.
std::string_view id_in(std::string_view part) {
  if (const std::size_t dot = part.rfind('.'); dot != std::string_view::npos) part = part.substr(0, dot);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t front = 0, back = part.size();
  while (front < part.size() && digit(part[front])) ++front;
  while (back > 0 && digit(part[back - 1])) --back;
  std::string_view id;
  if (front >= 6 && front < part.size() && (part[front] == '-' || part[front] == '_')) id = part.substr(0, front);
  if (part.size() - back >= 6 && back > 0 && (part[back - 1] == '-' || part[back - 1] == '_')) id = part.substr(back);
  const auto pair_at = [&](std::size_t at) { return (id[at] - '0') * 10 + id[at + 1] - '0'; };
  const auto is_month_day = [&](std::size_t month, std::size_t day) {
    return pair_at(month) >= 1 && pair_at(month) <= 12 && pair_at(day) >= 1 && pair_at(day) <= 31;
  };
  const bool day = (id.size() == 8 && (is_month_day(4, 6) || is_month_day(2, 0) || is_month_day(0, 2))) ||
                   (id.size() == 6 && (is_month_day(2, 4) || is_month_day(2, 0) || is_month_day(0, 2))) ||
                   (id.size() >= 10 && id.size() <= 14 && is_month_day(4, 6));
  return day ? std::string_view() : id;
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
  while (parts.path.ends_with('/')) parts.path.remove_suffix(1);
  const std::string path = without_amp(parts.path);
  const std::size_t last = path.rfind('/') + 1;
  const std::string_view id = id_in(std::string_view(path).substr(last));
  out += id.empty() ? path : path.substr(0, last) + std::string(id);
  std::vector<std::string_view> kept;
  for (std::size_t begin = 0; begin < parts.query.size();) {
    const std::size_t end = std::min(parts.query.find('&', begin), parts.query.size());
    const std::string_view parameter = parts.query.substr(begin, end - begin);
    if (!parameter.empty() && !tracks(parameter) && !is_amp(parameter)) kept.push_back(parameter);
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

#pragma once
// What does a client want, and may it have it? Pure functions over the words of a request, which anybody may have sent.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace examples::serve {

// A request's target, "/stories/a%20b.json?since=3": the path without its escapes, the query as it is.
struct Target {
  std::string path;
  std::string query;
};

// Nothing for what is no path of a server (a whole URL, a fragment, a broken escape, a byte below a blank).
std::optional<Target> read_target(std::string_view target);

// The value of "since", or of what else is asked for: a whole number. Nothing when it is not there or no number.
std::optional<std::uint64_t> number_in(std::string_view query, std::string_view name);

// True when the Host header names this server: one of `hosts`, or with `any_address` any IP address, and its port (which may
// be left out where it is 80). Names that lead here by another's DNS are refused.
bool is_own_host(std::string_view host, const std::vector<std::string>& hosts, bool any_address, unsigned port);

// True when an If-None-Match header names the tag, or anything.
bool names_tag(std::string_view header, std::string_view tag);

// True when an Accept-Encoding header allows gzip.
bool accepts_gzip(std::string_view header);

}  // namespace examples::serve

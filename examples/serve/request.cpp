#include "serve/request.h"

#include <algorithm>
#include <charconv>

namespace examples::serve {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Takes the part before the separator off the front of `text`.
std::string_view next_part(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return trimmed(part);
}

template <class Number>
std::optional<Number> number_of(std::string_view text, int base = 10) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// "127.0.0.1" or "[::1]": nothing that anybody's DNS could have answered.
bool is_address(std::string_view host) {
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    return host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
  }
  int numbers = 0;
  while (!host.empty()) {
    if (!number_of<std::uint8_t>(next_part(host, '.'))) return false;
    ++numbers;
  }
  return numbers == 4;
}

}  // namespace

std::optional<Target> read_target(std::string_view target) {
  if (target.empty() || target.front() != '/') return std::nullopt;
  Target out;
  const std::size_t question = std::min(target.find('?'), target.size());
  for (std::size_t i = 0; i < target.size(); ++i) {
    char c = target[i];
    if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == '#') return std::nullopt;
    if (i >= question) continue;
    if (c == '%') {
      const auto code = number_of<std::uint8_t>(target.substr(i + 1, 2), 16);
      if (i + 2 >= question || !code) return std::nullopt;
      c = static_cast<char>(*code);
      i += 2;
    }
    out.path += c;
  }
  out.query = target.substr(std::min(question + 1, target.size()));
  return out;
}

std::optional<std::uint64_t> number_in(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    std::string_view value = next_part(query, '&');
    if (next_part(value, '=') == name) return number_of<std::uint64_t>(value);
  }
  return std::nullopt;
}

bool is_own_host(std::string_view host, const std::vector<std::string>& hosts, bool any_address, unsigned port) {
  const std::size_t colon = host.rfind(':');
  std::string_view given = "80";
  if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
    given = host.substr(colon + 1);
    host = host.substr(0, colon);
  }
  if (given != std::to_string(port)) return false;
  return (any_address && is_address(host)) ||
         std::ranges::any_of(hosts, [&](const std::string& own) { return same(own, host); });
}

bool names_tag(std::string_view header, std::string_view tag) {
  while (!header.empty()) {
    std::string_view one = next_part(header, ',');
    if (one == "*") return true;
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == tag) return true;
  }
  return false;
}

bool accepts_gzip(std::string_view header) {
  while (!header.empty()) {
    std::string_view one = next_part(header, ',');
    if (!same(next_part(one, ';'), "gzip")) continue;
    const std::string_view quality = trimmed(one);
    return !quality.starts_with("q=0") || quality.find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

}  // namespace examples::serve

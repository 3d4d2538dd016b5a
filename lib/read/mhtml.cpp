// A page that a browser saved with its parts (MHTML, RFC 2557): the first HTML part.

#include <fmt/format.h>

#include "read/ascii.h"
#include "read/base64.h"
#include "read/formats.h"

namespace storymerge::read {
namespace {

struct PartHeader {
  std::string type, transfer, location, boundary, charset;
};

std::string parameter(std::string_view value, std::string_view name) {
  const std::string small = lower(value);
  const std::size_t at = small.find(std::string(name) + "=");
  if (at == std::string::npos) return {};
  value = trimmed(value.substr(at + name.size() + 1));
  if (value.starts_with('"')) return std::string(value.substr(1, value.find('"', 1) - 1));
  return std::string(trimmed(value.substr(0, value.find(';'))));
}

// Reads the header lines at the front of `part` and drops them with the blank line below.
PartHeader take_header(std::string_view& part) {
  PartHeader out;
  std::string line;
  const auto read = [&] {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos) return;
    const std::string name = lower(line.substr(0, colon));
    const std::string value(trimmed(std::string_view(line).substr(colon + 1)));
    if (name == "content-type") {
      out.type = lower(value.substr(0, value.find(';')));
      out.boundary = parameter(value, "boundary");
      out.charset = parameter(value, "charset");
    }
    if (name == "content-transfer-encoding") out.transfer = lower(value);
    if (name == "content-location" || (name == "snapshot-content-location" && out.location.empty()))
      out.location = value;
  };
  while (!part.empty()) {
    const std::size_t end = std::min(part.find('\n'), part.size());
    std::string_view next = part.substr(0, end);
    part.remove_prefix(std::min(end + 1, part.size()));
    if (next.ends_with('\r')) next.remove_suffix(1);
    if (!next.empty() && (next.front() == ' ' || next.front() == '\t')) {  // goes on
      line.append(1, ' ').append(trimmed(next));
      continue;
    }
    read();
    line = next;
    if (next.empty()) break;
  }
  return out;
}

std::string from_quoted_printable(std::string_view s) {
  const auto hex = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] != '=') {
      out += s[i];
    } else if (i + 2 < s.size() && hex(s[i + 1]) >= 0 && hex(s[i + 2]) >= 0) {
      out += static_cast<char>(hex(s[i + 1]) * 16 + hex(s[i + 2]));
      i += 2;
    } else {  // the line goes on
      i = std::min(s.find('\n', i), s.size());
    }
  }
  return out;
}

// The first HTML part, multiparts inside multiparts too.
bool add_html_part(std::string_view part, const std::string& outer, int depth, Collector& out) {
  const PartHeader header = take_header(part);
  const std::string& location = header.location.empty() ? outer : header.location;
  if (header.type.starts_with("multipart/") && !header.boundary.empty() && depth < 4) {
    const std::string mark = "--" + header.boundary;
    for (std::size_t at = part.find(mark); at != std::string_view::npos;) {
      const std::size_t begin = part.find('\n', at);
      const std::size_t next = part.find(mark, at + mark.size());
      if (begin == std::string_view::npos) break;
      if (add_html_part(part.substr(begin + 1, next == std::string_view::npos ? next : next - begin - 1), location,
                        depth + 1, out))
        return true;
      at = next;
    }
    return false;
  }
  if (header.type != "text/html" && header.type != "application/xhtml+xml") return false;
  const std::string url = location.find("://") == std::string::npos || location.starts_with("cid:") ? outer : location;
  const std::string bytes = header.transfer == "base64"             ? from_base64(part)
                            : header.transfer == "quoted-printable" ? from_quoted_printable(part)
                                                                    : std::string(part);
  add_html_page(bytes, url, header.charset, out);
  return true;
}

}  // namespace

void read_mhtml(Reader& in, Collector& out) {
  const std::optional<std::string_view> bytes = take_whole(in, out);
  if (bytes && !add_html_part(*bytes, "", 0, out)) out.reject(0, "text", "holds no HTML page");
}

}  // namespace storymerge::read

// WARC 1.0 and 1.1 (ISO 28500): the HTML pages among its responses. Other records are passed over.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include "read/ascii.h"
#include "read/compression.h"
#include "read/formats.h"
#include "storymerge/base/error.h"

namespace storymerge::read {
namespace {

// The header lines that we need, of a record or of an HTTP message.
struct Header {
  std::string type, content_type, url, encoding, transfer;
  std::optional<std::uint64_t> length;

  void line(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return;
    const std::string name = lower(text.substr(0, colon));
    const std::string_view value = trimmed(text.substr(colon + 1));
    if (name == "warc-type") type = lower(value);
    if (name == "warc-target-uri")
      url = value.starts_with('<') && value.ends_with('>') ? value.substr(1, value.size() - 2) : value;
    if (name == "content-type") content_type = lower(value);
    if (name == "content-encoding") encoding = lower(value);
    if (name == "transfer-encoding") transfer = lower(value);
    if (name == "content-length") {
      std::uint64_t n = 0;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), n);
      if (error == std::errc() && end == value.data() + value.size()) length = n;
    }
  }
};

bool is_html(std::string_view content_type) {
  return content_type.starts_with("text/html") || content_type.starts_with("application/xhtml");
}

std::string charset_of(std::string_view content_type) {
  const std::size_t at = content_type.find("charset=");
  if (at == std::string_view::npos) return {};
  std::string_view value = content_type.substr(at + 8);
  value = value.substr(0, value.find(';'));
  std::string out;
  for (const char c : trimmed(value)) {
    if (c != '"' && c != '\'') out += c;
  }
  return out;
}

// The chunks of RFC 9112, section 7.1, put together; what is left when they are damaged.
std::string unchunked(std::string_view body) {
  std::string out;
  while (true) {
    const std::size_t line_end = body.find('\n');
    if (line_end == std::string_view::npos) return out;
    const std::string_view size_text = trimmed(body.substr(0, std::min(line_end, body.find(';'))));
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(size_text.data(), size_text.data() + size_text.size(), size, 16);
    if (error != std::errc() || size == 0) return out;
    body.remove_prefix(line_end + 1);
    size = std::min(size, body.size());
    out += body.substr(0, size);
    body.remove_prefix(size);
    const std::size_t next = body.find('\n');
    if (next == std::string_view::npos) return out;
    body.remove_prefix(next + 1);
  }
}

// What a Content-Encoding names; nullopt for one that is not known.
std::optional<Compression> compression_named(std::string_view name) {
  if (name.empty() || name == "identity" || name == "none") return Compression::none;
  if (name == "gzip" || name == "x-gzip") return Compression::gzip;
  if (name == "deflate") return Compression::deflate;
  if (name == "br") return Compression::brotli;
  if (name == "zstd") return Compression::zstd;
  return std::nullopt;
}

// Undoes the codings of a list, the last one first. Some crawlers store what is undone already: bytes without the mark of their
// coding are taken as they are. Errors: bad_input.
std::string decoded(std::string body, std::string_view codings, const Collector& out) {
  while (!codings.empty()) {
    const std::size_t comma = codings.rfind(',');
    const std::string_view name = trimmed(codings.substr(comma == std::string_view::npos ? 0 : comma + 1));
    codings = codings.substr(0, comma == std::string_view::npos ? 0 : comma);
    const std::optional<Compression> kind = compression_named(name);
    if (!kind) throw Error(ErrorCode::bad_input, fmt::format("its content encoding '{}' is not known", name));
    const bool marked = *kind == Compression::gzip || *kind == Compression::zstd;
    if (*kind == Compression::none || (marked && sniff_compression(std::string_view(body).substr(0, 4)) != *kind))
      continue;
    auto source = [rest = std::string_view(body)](std::span<char> to) mutable {
      const std::size_t n = std::min(to.size(), rest.size());
      std::copy_n(rest.data(), n, to.data());
      rest.remove_prefix(n);
      return n;
    };
    Reader inner(decompress(std::make_shared<Reader>(source), *kind, out.options().max_expansion));
    std::string_view all;
    if (inner.rest(out.options().max_record_bytes, all) == Reader::Take::too_long)
      throw Error(ErrorCode::bad_input, fmt::format("longer than {} bytes", out.options().max_record_bytes));
    body = std::string(all);
  }
  return body;
}

void read_message(std::string_view message, const std::string& url, std::string_view at, Collector& out) {
  const std::size_t status_end = std::min(message.find('\n'), message.size());
  const std::string_view status = trimmed(message.substr(0, status_end));
  const std::size_t blank = status.find(' ');
  if (!status.starts_with("HTTP/") || blank == std::string_view::npos || status.substr(blank + 1, 3) != "200") return;
  Header header;
  std::size_t begin = std::min(status_end + 1, message.size());
  while (begin < message.size()) {
    const std::size_t end = std::min(message.find('\n', begin), message.size());
    const std::string_view line = trimmed(message.substr(begin, end - begin));
    begin = std::min(end + 1, message.size());
    if (line.empty()) break;
    header.line(line);
  }
  if (!is_html(header.content_type)) return;
  std::string body(message.substr(begin));
  if (header.transfer.find("chunked") != std::string::npos) body = unchunked(body);
  try {
    body = decoded(std::move(body), header.encoding, out);
  } catch (const Error& error) {
    return out.reject(0, "text", fmt::format("{}: {}", at, error.what()));
  }
  add_html_page(body, url, charset_of(header.content_type), out);
}

}  // namespace

void read_warc(Reader& in, Collector& out) {
  std::uint64_t offset = 0;  // of the record, in the uncompressed bytes
  std::uint64_t taken = 0;
  const auto line = [&](std::string_view& text) {
    const Reader::Take take = in.line(std::size_t{1} << 16, text);
    taken += text.size() + 1;
    text = trimmed(text);
    return take;
  };
  while (true) {
    std::string_view text;
    Reader::Take take;
    do {
      offset = taken;
      take = line(text);
    } while (take == Reader::Take::item && text.empty());
    if (take == Reader::Take::end) return;
    const std::string at = fmt::format("record at byte {}", offset);
    if (take == Reader::Take::too_long || !text.starts_with("WARC/")) return out.reject(0, "", at + ": no WARC record");
    Header header;
    while (line(text) == Reader::Take::item && !text.empty()) header.line(text);
    if (!header.length) return out.reject(0, "", at + ": no Content-Length");
    const bool response = header.type == "response" && header.content_type.starts_with("application/http");
    const bool resource = header.type == "resource" && is_html(header.content_type);
    const bool wanted = response || resource;
    if (wanted && *header.length <= out.options().max_record_bytes) {
      const auto size = static_cast<std::size_t>(*header.length);
      const std::string_view block = in.peek(size).substr(0, size);
      if (block.size() < size) {
        out.reject(0, "", at + ": ends early");
        return;
      }
      if (response) read_message(block, header.url, at, out);
      if (resource) add_html_page(block, header.url, charset_of(header.content_type), out);
      in.skip(size);
    } else {
      if (wanted) out.reject(0, "", fmt::format("{}: longer than {} bytes", at, out.options().max_record_bytes));
      for (std::uint64_t left = *header.length; left != 0;) {
        const std::size_t n = static_cast<std::size_t>(std::min<std::uint64_t>(left, in.peek(1).size()));
        if (n == 0) return wanted ? void() : out.reject(0, "", at + ": ends early");
        in.skip(n);
        left -= n;
      }
    }
    taken += *header.length;
  }
}

}  // namespace storymerge::read

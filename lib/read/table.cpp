// CSV (RFC 4180) and TSV, one article a record: the header names the fields.

#include <fmt/format.h>

#include <algorithm>

#include "read/ascii.h"
#include "read/encoding.h"
#include "read/formats.h"
#include "support/stop.h"

namespace storymerge::read {
namespace {

std::vector<std::string> cells_of(std::string_view record, char mark) {
  std::vector<std::string> out;
  std::string cell;
  bool quoted = false;
  for (std::size_t i = 0; i < record.size(); ++i) {
    const char c = record[i];
    if (quoted && c == '"' && i + 1 < record.size() && record[i + 1] == '"') {
      cell += '"';
      ++i;
    } else if (c == '"' && (quoted || cell.empty())) {
      quoted = !quoted;
    } else if (c == mark && !quoted) {
      out.push_back(std::move(cell));
      cell.clear();
    } else {
      cell += c;
    }
  }
  out.push_back(std::move(cell));
  return out;
}

// The next record: lines go on while a quotation is open. False at the end.
bool take_record(Reader& in, std::uint64_t limit, std::string& out, std::uint64_t& lines) {
  out.clear();
  lines = 0;
  std::string_view line;
  while (true) {
    const Reader::Take take = in.line(limit, line);
    if (take == Reader::Take::end) return !out.empty();
    ++lines;
    if (!out.empty()) out += '\n';
    out += line;
    if (out.size() > limit || std::count(out.begin(), out.end(), '"') % 2 == 0) return true;
  }
}

std::string Article::*field_named(std::string_view name) {
  if (name == "id") return &Article::id;
  if (name == "title") return &Article::title;
  if (name == "source") return &Article::source;
  if (name == "url") return &Article::url;
  if (name == "language") return &Article::language;
  if (name == "author") return &Article::author;
  if (name == "text") return &Article::text;
  return nullptr;
}

}  // namespace

void read_table(Reader& in, Collector& out) {
  const std::uint64_t limit = out.options().max_record_bytes;
  if (const ByteOrderMark mark = byte_order_mark(in.peek(4)); mark.encoding == "UTF-8") in.skip(mark.size);
  std::string record;
  std::uint64_t lines = 0, line = 1;
  if (!take_record(in, limit, record, lines)) return out.reject(0, "text", "empty");
  while (!record.empty() && record.back() == '\r') record.pop_back();
  const char mark = record.find('\t') != std::string::npos                                           ? '\t'
                    : record.find(';') != std::string::npos && record.find(',') == std::string::npos ? ';'
                                                                                                     : ',';
  std::vector<std::string> header;
  for (const std::string& cell : cells_of(record, mark)) header.push_back(lower(trimmed(cell)));
  if (std::find(header.begin(), header.end(), "text") == header.end())
    return out.reject(1, "text", "its header names no 'text'");
  for (line += lines; take_record(in, limit, record, lines); line += lines) {
    check_stop();
    while (!record.empty() && record.back() == '\r') record.pop_back();
    if (trimmed(record).empty()) continue;
    if (record.size() > limit) {
      out.reject(line, "", fmt::format("longer than {} bytes", limit));
      continue;
    }
    const std::vector<std::string> cells = cells_of(record, mark);
    if (cells.size() > header.size()) {
      out.reject(line, "", fmt::format("{} cells, the header has {}", cells.size(), header.size()));
      continue;
    }
    Article article;
    std::string published;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (header[i] == "published") published = trimmed(cells[i]);
      if (std::string Article::*field = field_named(header[i])) article.*field = page_to_utf8(cells[i], "").text;
    }
    if (trimmed(article.text).empty()) {
      out.reject(line, "text", "no text");
      continue;
    }
    if (!published.empty()) {
      const std::optional<ZonedTime> time = parse_zoned_time(published);
      if (time) {
        article.published = time->time;
        article.published_offset = time->offset;
      } else {
        out.flag(line, "published", fmt::format("'{}' is no RFC 3339 time", page_to_utf8(published, "").text));
      }
    }
    out.add(std::move(article), line);
  }
}

}  // namespace storymerge::read

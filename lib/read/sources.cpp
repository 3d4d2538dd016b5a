#include "storymerge/read/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "read/ascii.h"
#include "read/byte_source.h"
#include "read/encoding.h"
#include "storymerge/base/error.h"
#include "storymerge/read/url.h"
#include "support/utf8.h"

namespace storymerge {
namespace {

using read::lower;
using read::trimmed;

constexpr std::array<std::string_view, 4> column_names = {"host", "name", "owner", "kind"};
constexpr std::size_t longest_line = 1 << 20;

// "https://www.Example.org/news" and "Example.org" are both example.org.
std::string host_of(std::string_view cell) {
  if (std::string host = url_host(cell); !host.empty()) return host;
  return url_host(fmt::format("https://{}", cell));
}

std::optional<SourceKind> kind_named(std::string_view name) {
  if (name.empty() || name == "outlet") return SourceKind::outlet;
  if (name == "agency") return SourceKind::agency;
  if (name == "aggregator") return SourceKind::aggregator;
  return std::nullopt;
}

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> out;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find('\t', begin), line.size());
    out.push_back(trimmed(line.substr(begin, end - begin)));
    begin = end + 1;
  }
  return out;
}

class TableReader {
 public:
  explicit TableReader(const std::string& path) : path_(path), in_(read::open_source(path)) {}

  SourceTable run() {
    in_.skip(read::byte_order_mark(in_.peek(4)).encoding == "UTF-8" ? 3 : 0);
    SourceTable out;
    while (const std::optional<std::string_view> line = next()) {
      if (columns_.empty()) {
        read_header(*line);
        continue;
      }
      try {
        out.add(row_of(*line));
      } catch (const Error& error) {
        fail(error.what());
      }
    }
    if (columns_.empty()) fail("empty, a header 'host name owner kind' is wanted");
    return out;
  }

 private:
  [[noreturn]] void fail(std::string_view reason) const {
    throw Error(ErrorCode::bad_input, fmt::format("{}:{}: {}", path_, line_, reason));
  }

  // The next line that tells something.
  std::optional<std::string_view> next() {
    std::string_view line;
    while (true) {
      const read::Reader::Take take = in_.line(longest_line, line);
      if (take == read::Reader::Take::end) return std::nullopt;
      ++line_;
      if (take == read::Reader::Take::too_long) fail(fmt::format("longer than {} bytes", longest_line));
      if (find_invalid_utf8(line)) fail("not valid UTF-8");
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (!trimmed(line).empty() && line.front() != '#') return line;
    }
  }

  void read_header(std::string_view line) {
    for (const std::string_view cell : cells_of(line)) {
      const auto at = std::find(column_names.begin(), column_names.end(), lower(cell));
      if (at == column_names.end())
        fail(fmt::format("no such column: '{}'; the header is 'host name owner kind'", cell));
      const auto column = static_cast<std::size_t>(at - column_names.begin());
      if (std::find(columns_.begin(), columns_.end(), column) != columns_.end()) {
        fail(fmt::format("column '{}' is given twice", cell));
      }
      columns_.push_back(column);
    }
    if (columns_.size() < column_names.size())
      fail("the header lacks a column of 'host name owner kind', apart by tabs");
  }

  SourceRow row_of(std::string_view line) const {
    const std::vector<std::string_view> cells = cells_of(line);
    if (cells.size() != columns_.size()) {
      throw Error(ErrorCode::bad_input, fmt::format("{} cells, the header has {}", cells.size(), columns_.size()));
    }
    std::array<std::string_view, column_names.size()> of;
    for (std::size_t i = 0; i < cells.size(); ++i) of[columns_[i]] = cells[i];
    const std::optional<SourceKind> kind = kind_named(of[3]);
    if (!kind) {
      throw Error(ErrorCode::bad_input, fmt::format("kind is '{}', must be outlet, agency or aggregator", of[3]));
    }
    return {std::string(of[0]), std::string(of[1]), std::string(of[2]), *kind};
  }

  const std::string& path_;
  read::Reader in_;
  std::uint64_t line_ = 0;
  std::vector<std::size_t> columns_;  // which of column_names each cell is
};

}  // namespace

void SourceTable::add(SourceRow row) {
  if (row.host.empty() && row.name.empty()) throw Error(ErrorCode::bad_input, "neither host nor name");
  const std::string host = host_of(row.host), name = lower(row.name);
  if (!row.host.empty() && host.empty()) throw Error(ErrorCode::bad_input, fmt::format("'{}' is no host", row.host));
  const auto rival = [&](const Index& known, const std::string& key) -> const SourceRow* {
    const auto at = known.find(key);
    if (at == known.end() || at->second == ambiguous) return nullptr;
    const SourceRow& before = rows_[at->second];
    return before.owner == row.owner && before.kind == row.kind ? nullptr : &before;
  };
  const SourceRow* namesake = rival(names_, name);
  const bool told_apart = namesake != nullptr && !host.empty() && !namesake->host.empty();
  if (rival(hosts_, host) != nullptr || (namesake != nullptr && !told_apart)) {
    throw Error(ErrorCode::bad_input, fmt::format("'{}' has another owner or kind in an earlier row",
                                                  namesake != nullptr && !told_apart ? name : host));
  }
  if (!host.empty()) hosts_.try_emplace(host, rows_.size());
  if (told_apart) names_[name] = ambiguous;
  if (!name.empty()) names_.try_emplace(name, rows_.size());
  rows_.push_back(std::move(row));
}

const SourceRow* SourceTable::by_host(std::string host) const {
  while (!host.empty()) {
    if (const auto at = hosts_.find(host); at != hosts_.end()) return &rows_[at->second];
    const std::size_t dot = host.find('.');
    host.erase(0, dot == std::string::npos ? dot : dot + 1);
  }
  return nullptr;
}

const SourceRow* SourceTable::find(const Article& article) const {
  if (empty()) return nullptr;
  const SourceRow* linked = by_host(url_host(article.url));
  if (linked != nullptr && linked->kind != SourceKind::aggregator) return linked;
  if (const auto at = names_.find(lower(trimmed(article.source))); at != names_.end() && at->second != ambiguous) {
    return &rows_[at->second];
  }
  return linked != nullptr ? linked : by_host(host_of(article.source));
}

SourceKind SourceTable::kind_of(const Article& article) const {
  const SourceRow* row = find(article);
  return row == nullptr ? SourceKind::outlet : row->kind;
}

std::string_view SourceTable::owner_of(const Article& article) const {
  const SourceRow* row = find(article);
  return row == nullptr ? std::string_view() : std::string_view(row->owner);
}

SourceTable read_sources(const std::string& path) { return TableReader(path).run(); }

}  // namespace storymerge

#pragma once
// Who stands behind an outlet? A table that the user keeps: which outlets belong to one owner, which are wire agencies whose
// texts others print, and which only gather what others wrote.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storymerge/base/article.h"
#include "storymerge/base/export.h"

namespace storymerge {

// In order of whose text of several copies is the original.
enum class SourceKind : std::uint8_t {
  agency,      // sells its texts to others
  outlet,      // prints its own, and what agencies sell
  aggregator,  // passes on what others wrote
};

struct SourceRow {
  std::string host{};   // of its links: "example.org" is every host under it, too; may be empty
  std::string name{};   // as Article::source names it, in any case of ASCII letters; may be empty when host is not
  std::string owner{};  // those of one owner are one voice; empty: nobody else's
  SourceKind kind = SourceKind::outlet;
};

class STORYMERGE_EXPORT SourceTable {
 public:
  // Outlets that share a name and have hosts are told apart by these. Errors: bad_input when the row has neither host nor name,
  // or one to which an earlier row gives another owner or kind; the message names it.
  void add(SourceRow row);

  bool empty() const { return rows_.empty(); }

  // The row of an article's outlet: by the host of its link, the longest that is known, else by its source. An aggregator's
  // link does not hide a source that has a row. nullptr: none. Complexity: linear in the host.
  const SourceRow* find(const Article& article) const;

  // Kind of an article's outlet; that of a plain outlet when it has no row.
  SourceKind kind_of(const Article& article) const;

  // Owner of an article's outlet; empty when none is known.
  std::string_view owner_of(const Article& article) const;

 private:
  const SourceRow* by_host(std::string host) const;

  using Index = std::unordered_map<std::string, std::size_t>;  // position in rows_ by a key in lower case
  static constexpr std::size_t ambiguous =
      static_cast<std::size_t>(-1);  // outlets of one name, told apart by host only

  std::vector<SourceRow> rows_;
  Index hosts_, names_;
};

// A table as a file: UTF-8, a header line `host name owner kind`, cells apart by one tab each, columns in any order, one outlet
// a line; a blank line, and one that begins with #, is passed over. kind: outlet, agency or aggregator, or empty for outlet.
// Errors: io; bad_input, with the line and the reason.
STORYMERGE_EXPORT SourceTable read_sources(const std::string& path);

}  // namespace storymerge

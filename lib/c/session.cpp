#include "c/session.h"

#include <fmt/format.h>

#include <algorithm>

#include "read/formats.h"
#include "storymerge/write/json_writer.h"

namespace storymerge::c {

void read_lines(std::string_view bytes, read::Collector& to) {
  read::Reader reader([rest = bytes](std::span<char> piece) mutable {
    const std::size_t n = std::min(rest.size(), piece.size());
    std::copy_n(rest.data(), n, piece.data());
    rest.remove_prefix(n);
    return n;
  });
  to.open("");
  read::read_json_lines(reader, to);
}

void check_offsets(const std::int64_t* offsets, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    if (offsets[i] < 0 || offsets[i + 1] < offsets[i])
      throw Error(ErrorCode::bad_input,
                  fmt::format("offset {} of text {} is followed by {}", offsets[i], i, offsets[i + 1]));
  }
}

void write_issue(std::ostream& out, const ReadIssue& issue) {
  JsonWriter json(out);
  json.begin_object().field("line", issue.line).field("field", issue.field).field("reason", issue.reason);
  json.field("rejected", issue.rejected).end_object().raw("\n").flush();
}

}  // namespace storymerge::c

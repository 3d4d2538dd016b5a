// A page saved as plain text: the whole of it is the article's text; its first line that reads as a headline is the
// title.

#include <fmt/format.h>

#include "read/formats.h"
#include "support/utf8.h"

namespace storymerge::read {
namespace {

std::string_view trimmed(std::string_view line) {
  const auto first = line.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

bool reads_as_headline(std::string_view line) {
  std::size_t words = 0;
  for (std::size_t i = 0; i < line.size(); ++i) words += line[i] != ' ' && (i == 0 || line[i - 1] == ' ');
  return words >= 3 && line.size() <= 250 && !line.ends_with('.') && !line.ends_with(':');
}

}  // namespace

void read_text_page(Reader& in, Collector& out) {
  std::string_view bytes;
  switch (in.rest(out.options().max_record_bytes, bytes)) {
    case Reader::Take::too_long:
      return out.reject(0, "", fmt::format("longer than {} bytes", out.options().max_record_bytes));
    case Reader::Take::end:
      return out.reject(0, "text", "empty");
    case Reader::Take::item:
      break;
  }
  if (const auto at = find_invalid_utf8(bytes)) {
    return out.reject(0, "text", fmt::format("not valid UTF-8 at byte {}", *at));
  }
  Article article;
  article.text = bytes;
  for (std::size_t begin = 0, lines = 0; begin < bytes.size() && lines < 5;) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    const std::string_view line = trimmed(bytes.substr(begin, end - begin));
    begin = end + 1;
    if (line.empty()) continue;
    ++lines;
    if (reads_as_headline(line)) {
      article.title = line;
      break;
    }
  }
  out.add(std::move(article));
}

}  // namespace storymerge::read

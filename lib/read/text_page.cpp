// A page saved as plain text: the whole of it is the article's text; its first line that reads as a headline is the
// title.

#include <fmt/format.h>

#include "read/ascii.h"
#include "read/dates.h"
#include "read/encoding.h"
#include "read/formats.h"
#include "read/openings.h"

namespace storymerge::read {
namespace {

// Three words or more ("World" is a section) and no sentence.
bool reads_as_headline(std::string_view line) {
  std::size_t words = 0;
  for (std::size_t i = 0; i < line.size(); ++i) words += line[i] != ' ' && (i == 0 || line[i - 1] == ' ');
  return words >= 3 && line.size() <= 250 && !line.ends_with('.') && !line.ends_with(':') && !read_date(line);
}

// The date of a line that is one: "14 March 2031", "Published: March 14, 2031 9:20 am".
std::optional<ZonedTime> stamped(std::string_view line) {
  if (line.size() > 100) return std::nullopt;
  line.remove_prefix(opening(line, lang::Role::opens_stamp));
  while (line.starts_with(' ')) line.remove_prefix(1);
  return read_date(line);
}

}  // namespace

void read_text_page(Reader& in, Collector& out) {
  const std::optional<std::string_view> bytes = take_whole(in, out);
  if (!bytes) return;
  Converted page = page_to_utf8(*bytes, "");
  if (page.text.find('\0') != std::string::npos) return out.reject(0, "text", "holds zero bytes: no text page");
  if (page.replaced != 0) out.flag(0, "text", fmt::format("{} bytes in no known encoding", page.replaced));
  Article article;
  article.text = std::move(page.text);
  const std::string_view text = article.text;
  for (std::size_t begin = 0, lines = 0; begin < text.size() && lines < 12;) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = trimmed(text.substr(begin, end - begin));
    begin = end + 1;
    if (line.empty()) continue;
    if (++lines <= 5 && article.title.empty() && reads_as_headline(line)) article.title = line;
    if (article.published) continue;
    if (const std::optional<ZonedTime> date = stamped(line); date && plausible(date->time)) {
      article.published = date->time;
      article.published_offset = date->offset;
    }
  }
  out.add(std::move(article));
}

}  // namespace storymerge::read

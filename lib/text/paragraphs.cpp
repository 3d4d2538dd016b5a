#include "text/paragraphs.h"

#include <algorithm>

#include "support/line_end.h"
#include "text/characters.h"

namespace storymerge {
namespace {

struct Line {
  std::uint32_t begin = 0, end = 0;  // without outer blanks
  std::uint32_t first_word = 0;      // length of its first word in bytes
  bool blank_before = false;         // a blank line stands before it
  bool stops = false;                // ends with . ! ? : … or such a mark and closing marks
  bool marked = false;               // begins with a bullet or a list number
  bool lower = false;                // begins with a small letter
};

bool is_bullet(char32_t c) {
  return c == '-' || c == '*' || c == 0x2022 || c == 0x00B7 || c == 0x25CF || c == 0x25AA || c == 0x25E6 ||
         c == 0x2043 || c == 0x2013 || c == 0x2014 || c == 0x25A0 || c == 0x2023;
}

// "- ", "• ", "1. ", "2) ", "(a) "
bool begins_with_mark(std::string_view line) {
  const Character first = decode(line, 0);
  if (is_bullet(first.code)) return first.length == line.size() || blank_length(line, first.length) != 0;
  std::size_t i = line[0] == '(' ? 1 : 0;
  const std::size_t number = i;
  while (i < line.size() && i - number < 3 && is_ascii_digit(line[i])) ++i;
  if (i == number && i < line.size() && is_ascii_letter(line[i])) ++i;
  return i > number && i < line.size() && (line[i] == '.' || line[i] == ')') &&
         (i + 1 == line.size() || blank_length(line, i + 1) != 0);
}

Line describe(std::string_view text, std::size_t begin, std::size_t end) {
  Line line;
  line.begin = static_cast<std::uint32_t>(begin);
  line.end = static_cast<std::uint32_t>(end);
  const std::string_view bytes = text.substr(begin, end - begin);
  std::size_t word = 0;
  while (word < bytes.size() && blank_length(bytes, word) == 0) ++word;
  line.first_word = static_cast<std::uint32_t>(word);
  line.stops = ends_as_sentence(bytes);
  line.marked = begins_with_mark(bytes);
  line.lower = letter_case(decode(bytes, 0).code) == Letter::lower;
  return line;
}

std::vector<Line> find_lines(std::string_view text) {
  std::vector<Line> lines;
  bool blank = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size();) {
    while (i < text.size() && text[i] > '\r') ++i;  // of ASCII, most
    const std::size_t length = i == text.size() ? 1 : line_break_length(text, i);
    if (length == 0) {
      ++i;
      continue;
    }
    const std::size_t first = skip_blanks(text, begin, i);
    if (first < i) {
      lines.push_back(describe(text, first, trim_blanks(text, first, i)));
      lines.back().blank_before = blank;
      blank = false;
    } else {
      blank = true;
    }
    i += length;
    begin = i;
  }
  return lines;
}

// The lines [first, last) have no blank line between them. Calls mark(k) for each k whose break before it is a wrap.
template <class Mark>
void find_wraps(const std::vector<Line>& lines, std::size_t first, std::size_t last, Mark&& mark) {
  std::uint32_t width = 0;
  for (std::size_t k = first; k < last; ++k) width = std::max(width, lines[k].end - lines[k].begin);
  const auto fills = [&](std::size_t k) {  // the next line's first word had no room on line k
    return lines[k].end - lines[k].begin + 1 + lines[k + 1].first_word > width;
  };
  std::size_t filled = 0;
  for (std::size_t k = first; k + 1 < last; ++k) filled += fills(k) && !lines[k + 1].marked;
  const bool wrapped = last - first >= 3 && width >= 30 && width <= 100 && 5 * filled >= 4 * (last - first - 1);

  // In an unwrapped block a small letter goes on only with a sentence that began with a capital and comes to a stop.
  std::vector<bool> comes_to_stop(last - first);
  for (std::size_t k = last; k-- > first;) {
    comes_to_stop[k - first] =
        lines[k].stops || (k + 1 < last && lines[k + 1].lower && !lines[k + 1].marked && comes_to_stop[k + 1 - first]);
  }
  bool running = !lines[first].lower;
  for (std::size_t k = first + 1; k < last; ++k) {
    const bool room = lines[k - 1].end - lines[k - 1].begin > 12;
    if (!lines[k].marked && ((wrapped && fills(k - 1)) ||
                             (lines[k].lower && running && room && !lines[k - 1].stops && comes_to_stop[k - first]))) {
      mark(k);
    } else {
      running = !lines[k].lower;
    }
  }
}

}  // namespace

std::vector<ByteRange> find_paragraphs(std::string_view text) {
  const std::vector<Line> lines = find_lines(text);
  std::vector<bool> goes_on(lines.size());
  for (std::size_t first = 0, last = 0; first < lines.size(); first = last) {
    for (last = first + 1; last < lines.size() && !lines[last].blank_before; ++last) {
    }
    if (last - first > 1) find_wraps(lines, first, last, [&](std::size_t k) { goes_on[k] = true; });
  }
  std::vector<ByteRange> out;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    if (goes_on[k]) {
      out.back().end = lines[k].end;
    } else {
      out.push_back({lines[k].begin, lines[k].end});
    }
  }
  return out;
}

}  // namespace storymerge

#include "support/line_end.h"

namespace storymerge {
namespace {

enum class Mark { other, stop, closing };

struct Last {
  Mark mark = Mark::other;
  std::size_t length = 1;
};

Last last_of(std::string_view line) {
  using enum Mark;
  switch (line.back()) {
    case '.':
    case '!':
    case '?':
    case ':':
    case ';':
      return {stop, 1};
    case '"':
    case '\'':
    case ')':
    case ']':
    case ' ':
      return {closing, 1};
    default:
      break;
  }
  if ((line.back() & 0x80) == 0 || line.size() < 2) return {};
  const std::string_view two = line.substr(line.size() - 2);
  if (two == "\u00AB" || two == "\u00BB" || two == "\u00A0") return {closing, 2};
  if (two == "\u061F") return {stop, 2};
  if (line.size() < 3) return {};
  const std::string_view three = line.substr(line.size() - 3);
  for (const std::string_view mark : {"\u2026", "\u3002", "\uFF01", "\uFF1F"}) {
    if (three == mark) return {stop, 3};
  }
  for (const std::string_view mark :
       {"\u2018", "\u2019", "\u201C", "\u201D", "\u2039", "\u203A", "\u300D", "\u300F", "\u202F", "\uFF09"}) {
    if (three == mark) return {closing, 3};
  }
  return {};
}

}  // namespace

bool ends_as_sentence(std::string_view line) {
  while (!line.empty()) {
    const Last last = last_of(line);
    if (last.mark != Mark::closing) return last.mark == Mark::stop;
    line.remove_suffix(last.length);
  }
  return false;
}

}  // namespace storymerge

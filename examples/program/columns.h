#pragma once
// Foreign text in the columns of a terminal. Widths are in characters, whatever their bytes.

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "program/safe_text.h"

namespace examples {

inline bool starts_character(char c) { return (c & 0xC0) != 0x80; }

// How many bytes of `text` make at most `width` characters: all, or up to a space if one is near the end.
inline std::size_t fitting(std::string_view text, std::size_t width) {
  std::size_t end = 0, characters = 0;
  while (end < text.size() && (!starts_character(text[end]) || characters < width)) {
    characters += starts_character(text[end++]);
  }
  if (end == text.size()) return end;
  const std::size_t space = text.rfind(' ', end);
  return space != text.npos && space > end / 2 ? space : end;
}

// On one line, with "…" for what does not fit, and with no control characters.
inline std::string cut(std::string_view text, std::size_t width) {
  const std::size_t end = fitting(text, width);
  const std::string out = on_a_line(text.substr(0, end == text.size() ? end : fitting(text, width - 1)));
  return end == text.size() ? out : out + "…";
}

// Up to three lines, all but the first behind `indent`.
inline std::string wrapped(std::string_view text, std::size_t width, const std::string& indent) {
  std::string out;
  for (int line = 0; line < 2 && fitting(text, width) < text.size(); ++line) {
    const std::size_t end = fitting(text, width);
    out += cut(text.substr(0, end), width) + '\n' + indent;
    text.remove_prefix(text[end] == ' ' ? end + 1 : end);
  }
  return out + cut(text, width);
}

inline std::string padded(std::string text, std::size_t width) {
  const auto shown = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
  return text.append(width - std::min(width, shown), ' ');
}

// Row by row; every column but the last is `width` wide.
inline std::string side_by_side(std::span<const std::vector<std::string>> columns, std::size_t width) {
  std::string out;
  for (std::size_t row = 0;; ++row) {
    std::string line;
    for (std::size_t k = 0; k < columns.size(); ++k) {
      if (row < columns[k].size()) line = padded(line, width * k) + columns[k][row];
    }
    if (line.empty()) return out;
    out += line + '\n';
  }
}

}  // namespace examples

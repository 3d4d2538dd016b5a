#pragma once
// Just enough JSON for the programs that print some.

#include <cmath>
#include <ostream>
#include <string_view>

namespace examples {

inline void write_string(std::ostream& out, std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  out << '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out << '\\' << c;
    } else if (c == '\n') {
      out << "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out << "\\u00" << hex[(c >> 4) & 15] << hex[c & 15];
    } else {
      out << c;
    }
  }
  out << '"';
}

inline void write_number(std::ostream& out, double value) {
  if (std::isfinite(value)) {
    out << value;
  } else {
    out << "null";
  }
}

}  // namespace examples

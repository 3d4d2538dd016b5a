#include "program/safe_text.h"

namespace examples {
namespace {

struct Character {
  char32_t code;
  std::size_t length;
};

constexpr char32_t broken = 0xFFFFFFFF;

// The character at the front; {broken, 1} where bytes are no UTF-8. Requires: !text.empty().
Character first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {broken, 1};
  char32_t code = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {broken, 1};
    code = code << 6 | (byte(i) & 0x3F);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  if (overlong || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return {broken, 1};
  return {code, length};
}

bool commands(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029  // C0, DEL, C1; line and paragraph breaks
         || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)    // embeddings, overrides, isolates
         || c == broken;
}

}  // namespace

std::string on_a_line(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto [code, length] = first_of(text);
    if (code == '\n' || code == '\r' || code == '\t') {
      out += ' ';
    } else if (commands(code)) {
      out += "\uFFFD";
    } else {
      out.append(text, 0, length);
    }
    text.remove_prefix(length);
  }
  return out;
}

std::string as_cell(std::string_view text) {
  std::string out = on_a_line(text);
  const bool formula = !text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos;
  return formula ? "'" + out : out;
}

std::string as_markup(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const std::string_view noncharacter = text.substr(i, 3);
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (noncharacter == "\xEF\xBF\xBE" || noncharacter == "\xEF\xBF\xBF") {
      i += 2;
    } else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') {
      out += c;
    }
  }
  return out;
}

}  // namespace examples

#pragma once
// Blanks, line breaks and letters of raw UTF-8, for the scanners of this room. None of them cuts a sequence of valid
// UTF-8, and none reads past the end of an invalid one.

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace storymerge {

inline bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_ascii_lower(char c) { return c >= 'a' && c <= 'z'; }
inline bool is_ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool is_ascii_letter(char c) { return is_ascii_lower(c) || is_ascii_upper(c); }
inline bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// One character of a text: its code point (U+FFFD where the bytes are invalid) and its length in bytes, 1 to 4.
struct Character {
  char32_t code = 0;
  std::size_t length = 1;
};

// Requires: i < text.size().
inline Character decode(std::string_view text, std::size_t i) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  const auto follows = [&](std::size_t k) { return k < text.size() && (byte(k) & 0xC0) == 0x80; };
  const unsigned char c = byte(i);
  if (c < 0x80) return {c, 1};
  if (c >= 0xC2 && c <= 0xDF && follows(i + 1)) return {char32_t(c & 0x1F) << 6 | char32_t(byte(i + 1) & 0x3F), 2};
  if (c >= 0xE0 && c <= 0xEF && follows(i + 1) && follows(i + 2)) {
    return {char32_t(c & 0x0F) << 12 | char32_t(byte(i + 1) & 0x3F) << 6 | char32_t(byte(i + 2) & 0x3F), 3};
  }
  if (c >= 0xF0 && c <= 0xF4 && follows(i + 1) && follows(i + 2) && follows(i + 3)) {
    return {char32_t(c & 0x07) << 18 | char32_t(byte(i + 1) & 0x3F) << 12 | char32_t(byte(i + 2) & 0x3F) << 6 |
                char32_t(byte(i + 3) & 0x3F),
            4};
  }
  return {0xFFFD, 1};
}

// First byte of the character before position `i`. Requires: 0 < i <= text.size().
inline std::size_t previous_character(std::string_view text, std::size_t i) {
  std::size_t k = i - 1;
  while (k > 0 && i - k < 4 && (static_cast<unsigned char>(text[k]) & 0xC0) == 0x80) --k;
  return k + decode(text, k).length == i ? k : i - 1;
}

// Length in bytes of the line break at `i` (LF, CR, CR LF, VT, FF, NEL, LS, PS), 0 when there is none.
inline std::size_t line_break_length(std::string_view text, std::size_t i) {
  const char c = text[i];
  if (c >= '\n' && c <= '\r') return c == '\r' && i + 1 < text.size() && text[i + 1] == '\n' ? 2 : 1;
  if (is_ascii(c)) return 0;
  const Character at = decode(text, i);
  return at.code == 0x85 || at.code == 0x2028 || at.code == 0x2029 ? at.length : 0;
}

// Length in bytes of the blank at `i`, line breaks included: what Unicode calls white space, and zero-width marks.
inline std::size_t blank_length(std::string_view text, std::size_t i) {
  const char c = text[i];
  if (is_ascii(c)) return c == ' ' || (c >= '\t' && c <= '\r') ? 1 : 0;
  if (c != '\xC2' && c != '\xE1' && c != '\xE2' && c != '\xE3' && c != '\xEF') return 0;
  const Character at = decode(text, i);
  const bool blank = at.code == 0x85 || at.code == 0xA0 || at.code == 0x1680 ||
                     (at.code >= 0x2000 && at.code <= 0x200B) || at.code == 0x2028 || at.code == 0x2029 ||
                     at.code == 0x202F || at.code == 0x205F || at.code == 0x3000 || at.code == 0xFEFF;
  return blank ? at.length : 0;
}

inline std::size_t skip_blanks(std::string_view text, std::size_t i, std::size_t end) {
  while (i < end) {
    const std::size_t length = blank_length(text, i);
    if (length == 0) break;
    i += length;
  }
  return i;
}

// The end of text[begin, end) without the blanks behind it.
inline std::size_t trim_blanks(std::string_view text, std::size_t begin, std::size_t end) {
  while (end > begin) {
    const std::size_t last = previous_character(text, end);
    if (blank_length(text, last) == 0) break;
    end = last;
  }
  return end;
}

enum class Letter : std::uint8_t { none, lower, upper, other };

inline Letter letter_case(char32_t code) {
  if (code < 0x80) {
    const char c = static_cast<char>(code);
    return is_ascii_lower(c) ? Letter::lower : is_ascii_upper(c) ? Letter::upper : Letter::none;
  }
  const auto c = static_cast<UChar32>(code);
  if (!u_isalpha(c)) return Letter::none;
  return u_isULowercase(c) ? Letter::lower : u_isUUppercase(c) || u_istitle(c) ? Letter::upper : Letter::other;
}

// The small form of a letter as UTF-8.
struct SmallLetter {
  char bytes[4] = {};
  std::size_t size = 0;
  std::string_view view() const { return {bytes, size}; }
};

inline SmallLetter small_letter(char32_t code) {
  SmallLetter out;
  const UChar32 small = u_tolower(static_cast<UChar32>(code));
  U8_APPEND_UNSAFE(reinterpret_cast<std::uint8_t*>(out.bytes), out.size, small);
  return out;
}

}  // namespace storymerge

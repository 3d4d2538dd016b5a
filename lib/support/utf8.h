#pragma once
// UTF-8: is it valid, and where does it break?

#include <cstddef>
#include <optional>
#include <string_view>

namespace storymerge {

// Position of the first byte that is not part of valid UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF);
// nullopt when all is valid. Complexity: one pass, eight bytes at a time over ASCII.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

// True when `i` is the size of `text` or the first byte of a sequence.
inline bool is_boundary(std::string_view text, std::size_t i) {
  return i == text.size() || (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
}

}  // namespace storymerge

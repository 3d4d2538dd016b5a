#include "read/base64.h"

namespace storymerge::read {

std::string from_base64(std::string_view s) {
  std::string out;
  unsigned bits = 0, held = 0;
  for (const char c : s) {
    const unsigned value = c >= 'A' && c <= 'Z'   ? static_cast<unsigned>(c - 'A')
                           : c >= 'a' && c <= 'z' ? static_cast<unsigned>(c - 'a' + 26)
                           : c >= '0' && c <= '9' ? static_cast<unsigned>(c - '0' + 52)
                           : c == '+' || c == '-' ? 62u
                           : c == '/' || c == '_' ? 63u
                                                  : 64u;
    if (value == 64) continue;
    bits = bits << 6 | value;
    if ((held += 6) >= 8) out += static_cast<char>(bits >> (held -= 8) & 0xFF);
  }
  return out;
}

}  // namespace storymerge::read

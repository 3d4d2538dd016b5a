#pragma once
// Which character of a text is its byte number n? Counted as others count: in code points (Web Annotation) or in UTF-16
// units (JavaScript).

#include <cstdint>
#include <string_view>
#include <vector>

namespace storymerge {

enum class TextUnit { code_point, utf16 };

class UnitCounter {
 public:
  // `text` must outlive the counter. Complexity: one pass.
  UnitCounter(std::string_view text, TextUnit unit) : text_(text), unit_(unit) {
    before_.reserve(text.size() / block + 1);
    std::uint32_t count = 0;
    for (std::size_t begin = 0; begin < text.size(); begin += block) {
      before_.push_back(count);
      count += units_in(text.substr(begin, block));
    }
    before_.push_back(count);
  }

  // The units before byte `at`. Requires: at <= size of the text, and no sequence is cut there. Complexity: O(1).
  std::uint32_t operator()(std::uint32_t at) const {
    const std::size_t begin = at / block * block;
    if (begin >= text_.size()) return before_.back();
    return before_[at / block] + units_in(text_.substr(begin, at - begin));
  }

 private:
  static constexpr std::size_t block = 64;

  std::uint32_t units_in(std::string_view piece) const {
    std::uint32_t count = 0;
    for (const char c : piece) {
      const auto byte = static_cast<unsigned char>(c);
      count += (byte & 0xC0) != 0x80;
      count += unit_ == TextUnit::utf16 && byte >= 0xF0;  // a pair of surrogates
    }
    return count;
  }

  std::string_view text_;
  TextUnit unit_;
  std::vector<std::uint32_t> before_;  // units before each block
};

}  // namespace storymerge

#pragma once
// How do numbers and strings stand one after another in a record? Numbers in seven bits a byte, strings with their length.

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

#include "storymerge/base/error.h"

namespace storymerge {

class BytesWriter {
 public:
  void number(std::uint64_t n) {
    for (; n >= 0x80; n >>= 7) out_ += static_cast<char>(n | 0x80);
    out_ += static_cast<char>(n);
  }
  void text(std::string_view text) {
    number(text.size());
    out_ += text;
  }
  template <class Unsigned>
  void fixed(Unsigned n) {  // in all its bytes, the lowest first: for what is spread over them
    char bytes[sizeof n];
    for (std::size_t i = 0; i < sizeof n; ++i) bytes[i] = static_cast<char>(n >> 8 * i);
    out_.append(bytes, sizeof n);
  }
  void real(double value) { number(std::bit_cast<std::uint64_t>(value)); }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

class BytesReader {
 public:
  explicit BytesReader(std::string_view in) : in_(in) {}
  std::uint64_t number() {
    std::uint64_t out = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (in_.empty()) damaged();
      const auto byte = static_cast<unsigned char>(in_.front());
      in_.remove_prefix(1);
      out |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return out;
    }
    damaged();
  }
  std::uint32_t index(std::size_t below) {
    const std::uint64_t n = number();
    if (n >= below) damaged();
    return static_cast<std::uint32_t>(n);
  }
  std::size_t size() {  // of what follows, an item a byte or more
    const std::uint64_t n = number();
    if (n > in_.size()) damaged();
    return n;
  }
  std::string text() {
    const std::size_t n = size();
    std::string out(in_.substr(0, n));
    in_.remove_prefix(n);
    return out;
  }
  template <class Unsigned>
  Unsigned fixed() {
    if (in_.size() < sizeof(Unsigned)) damaged();
    Unsigned out = 0;
    for (std::size_t i = 0; i < sizeof out; ++i) out |= Unsigned{static_cast<unsigned char>(in_[i])} << 8 * i;
    in_.remove_prefix(sizeof out);
    return out;
  }
  double real() { return std::bit_cast<double>(number()); }
  void end() const {
    if (!in_.empty()) damaged();
  }
  [[noreturn]] static void damaged() { throw Error(ErrorCode::bad_input, "a record of the store is damaged"); }

 private:
  std::string_view in_;
};

// Small numbers of either sign as small ones.
inline std::uint64_t folded(std::int64_t n) {
  return (static_cast<std::uint64_t>(n) << 1) ^ static_cast<std::uint64_t>(n >> 63);
}
inline std::int64_t unfolded(std::uint64_t n) {
  return static_cast<std::int64_t>(n >> 1) ^ -static_cast<std::int64_t>(n & 1);
}

}  // namespace storymerge

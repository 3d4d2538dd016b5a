#pragma once
// Bytes of one input, piece by piece, whatever they are stored in.

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace storymerge::read {

// Fills the front of the span and returns how many bytes it wrote; 0 only at the end. Throws Error.
using ByteSource = std::function<std::size_t(std::span<char>)>;

// A file, or standard input for "-". Errors: io.
ByteSource open_source(const std::string& path);

// A window over a source: look ahead, take lines, take all. When the source throws, what came before is handed out first.
class Reader {
 public:
  explicit Reader(ByteSource source) : source_(std::move(source)) {}

  // The next bytes, at least `n` of them unless the input ends or fails before. Valid until the next call.
  std::string_view peek(std::size_t n);

  void skip(std::size_t n);  // Requires: n <= size of the last peek.

  enum class Take { item, too_long, end };

  // The next line without its line feed. A line of more than `limit` bytes is skipped: too_long. Valid until the next
  // call.
  Take line(std::size_t limit, std::string_view& out);

  // All that is left. More than `limit` bytes: too_long, and nothing is kept.
  Take rest(std::size_t limit, std::string_view& out);

 private:
  bool fill();  // false at the end of the source

  ByteSource source_;
  std::string buffer_;
  std::size_t begin_ = 0, end_ = 0;  // what is in the buffer and not taken
  bool ended_ = false;
  std::exception_ptr failure_;  // of the source, thrown when what is in the buffer does not do
};

}  // namespace storymerge::read

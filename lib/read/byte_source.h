#pragma once
// Bytes of one input, piece by piece, whatever they are stored in.

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace storymerge::read {

// Fills the front of the span and returns how many bytes it wrote; 0 only at the end. Throws Error.
using ByteSource = std::function<std::size_t(std::span<char>)>;

// A file, or standard input for "-". Errors: io.
ByteSource open_source(const std::string& path);

// Lines that lie in one buffer, without their line feeds.
struct Lines {
  std::string buffer;
  std::vector<std::string_view> lines;
};

// A window over a source: look ahead, take lines, take all. When the source throws, what came before is handed out first.
class Reader {
 public:
  explicit Reader(ByteSource source) : source_(std::move(source)) {}

  // The source has nothing more; the window may.
  bool ended() const { return ended_; }

  // The next bytes, at least `n` of them unless the input ends or fails before. Valid until the next call.
  std::string_view peek(std::size_t n);

  void skip(std::size_t n);  // Requires: n <= size of the last peek.

  enum class Take { item, too_long, end };

  // The next line without its line feed. Of a line of more than `limit` bytes the first limit + 1 are kept: too_long. Valid
  // until the next call.
  Take line(std::size_t limit, std::string_view& out);

  // The next lines, up to `count` that begin in the next `bytes` bytes or shortly after, as line() gives them; none at the
  // end. They are not copied: `out` gets the window's buffer, and the window goes on in that of `out`.
  void lines(std::size_t bytes, std::size_t count, std::size_t limit, Lines& out);

  // All that is left. More than `limit` bytes: too_long, and nothing is kept.
  Take rest(std::size_t limit, std::string_view& out);

 private:
  bool fill();                                                  // false at the end of the source
  bool take_line(std::size_t searched, std::string_view& out);  // false when the window holds no line feed

  ByteSource source_;
  std::string buffer_;
  std::size_t begin_ = 0, end_ = 0;  // what is in the buffer and not taken
  bool ended_ = false;
  std::exception_ptr failure_;  // of the source, thrown when what is in the buffer does not do
};

}  // namespace storymerge::read

#include "read/byte_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "storymerge/base/error.h"

namespace storymerge::read {
namespace {

struct Descriptor {
  int fd = -1;
  bool owned = false;
  ~Descriptor() {
    if (owned) ::close(fd);
  }
};

}  // namespace

ByteSource open_source(const std::string& path) {
  auto file = std::make_shared<Descriptor>();
  if (path == "-") {
    file->fd = STDIN_FILENO;
  } else {
    file->fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file->fd < 0) throw Error(ErrorCode::io, fmt::format("cannot open '{}': {}", path, std::strerror(errno)));
    file->owned = true;
  }
  return [file, path](std::span<char> out) -> std::size_t {
    while (true) {
      const ssize_t n = ::read(file->fd, out.data(), out.size());
      if (n >= 0) return static_cast<std::size_t>(n);
      if (errno != EINTR) throw Error(ErrorCode::io, fmt::format("cannot read '{}': {}", path, std::strerror(errno)));
    }
  };
}

bool Reader::fill() {
  if (ended_) return false;
  if (failure_) std::rethrow_exception(failure_);
  constexpr std::size_t chunk = std::size_t{1} << 18;
  if (begin_ == end_) {
    begin_ = end_ = 0;
  } else if (begin_ >= chunk) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (buffer_.size() - end_ < chunk) buffer_.resize(std::max(end_ + chunk, buffer_.size() * 2));
  const std::size_t n = source_(std::span(buffer_.data() + end_, buffer_.size() - end_));
  end_ += n;
  ended_ = n == 0;
  return n != 0;
}

std::string_view Reader::peek(std::size_t n) {
  try {
    while (end_ - begin_ < n && fill()) {
    }
  } catch (const Error&) {
    failure_ = std::current_exception();
    if (begin_ == end_) throw;
  }
  return std::string_view(buffer_).substr(begin_, end_ - begin_);
}

void Reader::skip(std::size_t n) { begin_ += n; }

Reader::Take Reader::line(std::size_t limit, std::string_view& out) {
  std::size_t searched = 0;
  bool too_long = false;
  while (true) {
    const char* from = buffer_.data() + begin_ + searched;
    const void* at = end_ - begin_ == searched ? nullptr : std::memchr(from, '\n', end_ - begin_ - searched);
    if (at != nullptr) {
      const std::size_t size = static_cast<std::size_t>(static_cast<const char*>(at) - buffer_.data()) - begin_;
      out = std::string_view(buffer_).substr(begin_, size);
      begin_ += size + 1;
      return too_long || size > limit ? Take::too_long : Take::item;
    }
    searched = end_ - begin_;
    if (searched > limit) {  // keep no more of it
      too_long = true;
      begin_ = end_;
      searched = 0;
    }
    if (fill()) continue;
    out = std::string_view(buffer_).substr(begin_, end_ - begin_);
    begin_ = end_;
    if (too_long) return Take::too_long;
    return out.empty() ? Take::end : Take::item;
  }
}

Reader::Take Reader::rest(std::size_t limit, std::string_view& out) {
  while (fill()) {
    if (end_ - begin_ > limit) return Take::too_long;
  }
  out = std::string_view(buffer_).substr(begin_, end_ - begin_);
  begin_ = end_;
  if (out.size() > limit) return Take::too_long;
  return out.empty() ? Take::end : Take::item;
}

}  // namespace storymerge::read

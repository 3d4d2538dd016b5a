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
  constexpr std::size_t least = std::size_t{1} << 15, chunk = std::size_t{1} << 17;  // few bytes for a small file
  if (begin_ == end_) {
    begin_ = end_ = 0;
  } else if (begin_ >= chunk) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (buffer_.size() - end_ < least / 2) buffer_.resize(std::max(end_ + least, buffer_.size() * 2));
  const std::size_t n = source_(std::span(buffer_.data() + end_, std::min(chunk, buffer_.size() - end_)));
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

bool Reader::take_line(std::size_t searched, std::string_view& out) {
  const std::string_view window(buffer_.data() + begin_, end_ - begin_);
  const std::size_t size = window.find('\n', searched);
  if (size == std::string_view::npos) return false;
  out = window.substr(0, size);
  begin_ += size + 1;
  return true;
}

Reader::Take Reader::line(std::size_t limit, std::string_view& out) {
  for (std::size_t searched = 0; !take_line(searched, out);) {
    if (end_ - begin_ > limit) end_ = begin_ + limit + 1;
    searched = end_ - begin_;
    if (fill()) continue;
    out = std::string_view(buffer_).substr(begin_, searched);
    begin_ = end_;
    if (out.empty()) return Take::end;
    break;
  }
  return out.size() > limit ? Take::too_long : Take::item;
}

void Reader::lines(std::size_t bytes, std::size_t count, std::size_t limit, Lines& out) {
  out.lines.clear();
  peek(bytes);
  std::string_view next;
  if (line(limit, next) == Take::end) return;
  do {
    out.lines.push_back(next);
  } while (out.lines.size() < count && take_line(0, next));
  const std::size_t left = end_ - begin_;
  out.buffer.resize(std::max(out.buffer.size(), left));
  std::memcpy(out.buffer.data(), buffer_.data() + begin_, left);
  buffer_.swap(out.buffer);
  begin_ = 0;
  end_ = left;
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

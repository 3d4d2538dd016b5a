#include "program/output.h"

#include <fcntl.h>
#include <storymerge/base/error.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace examples {
namespace {

namespace fs = std::filesystem;

// The file beside the output, which a signal removes. Only ever one.
char unfinished[4096] = "";

extern "C" void end_by_signal(int signal) {
  if (unfinished[0] != '\0') ::unlink(unfinished);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

// While it lives, signals that end the program wait.
class SignalsWait {
 public:
  SignalsWait() {
    sigset_t waiting;
    ::sigemptyset(&waiting);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
      ::sigaddset(&waiting, signal);
      struct sigaction before {};
      ::sigaction(signal, nullptr, &before);
      if (before.sa_handler == SIG_DFL) std::signal(signal, end_by_signal);  // an ignored one, as under nohup, stays so
    }
    ::sigprocmask(SIG_BLOCK, &waiting, &before_);
  }
  ~SignalsWait() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }
  SignalsWait(const SignalsWait&) = delete;
  SignalsWait& operator=(const SignalsWait&) = delete;

 private:
  sigset_t before_;
};

std::optional<struct stat> status_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

bool same_file(const struct stat& a, const struct stat& b) { return a.st_dev == b.st_dev && a.st_ino == b.st_ino; }

// A new file beside `target`, or one that a run which was killed has left. A lock tells those of other runs that go on.
int open_beside(const fs::path& target, std::string& path) {
  const SignalsWait until_it_is_known_what_to_remove;
  const std::string name = "." + target.filename().string().substr(0, 200) + ".storymerge";
  for (unsigned k = 0; k < 1000; ++k) {
    path = (target.parent_path() / (name + std::to_string(k))).string();
    if (path.size() >= sizeof unfinished) break;
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (file < 0) {
      if (errno == ELOOP) continue;
      return -1;
    }
    struct stat ours {};
    const bool locked = ::flock(file, LOCK_EX | LOCK_NB) == 0 && ::fstat(file, &ours) == 0;
    // Between opening and locking, the other run may have put it in its place.
    const std::optional<struct stat> there = status_of(path);
    if (locked && ours.st_uid == ::geteuid() && S_ISREG(ours.st_mode) && there && same_file(*there, ours) &&
        ::ftruncate(file, 0) == 0) {
      std::memcpy(unfinished, path.c_str(), path.size() + 1);
      return file;
    }
    ::close(file);
  }
  errno = EEXIST;
  return -1;
}

// True when the file is in the folder or in one below it, by whatever name.
bool holds(const fs::path& folder, const struct stat& file) {
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::optional<struct stat> status = status_of(at->path().string());
    if (status && same_file(*status, file)) return true;
  }
  return false;
}

}  // namespace

// An unfinished file, or a stream that is written as it comes (standard output, a device, a pipe).
class Output::Buffer : public std::streambuf {
 public:
  explicit Buffer(const std::string& path) : name_(path.empty() ? "standard output" : "'" + path + "'") {
    setp(bytes_.data(), bytes_.data() + bytes_.size());
    if (path.empty()) {
      file_ = STDOUT_FILENO;
      return;
    }
    const std::optional<struct stat> there = status_of(path);
    if (there && !S_ISREG(there->st_mode)) {
      file_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    } else if (!there || ::access(path.c_str(), W_OK) == 0) {
      std::error_code error;
      target_ = there ? fs::canonical(path, error) : fs::absolute(path, error);
      if (error) errno = error.value();
      if (!error) file_ = open_beside(target_, beside_);
      if (file_ >= 0 && there) (void)::fchmod(file_, there->st_mode & 07777);  // the old file's, as far as it may
    }
    if (file_ < 0) fail();
  }

  ~Buffer() override {
    if (!beside_.empty()) ::unlink(beside_.c_str());
    unfinished[0] = '\0';
    if (file_ > STDERR_FILENO) ::close(file_);
  }

  void publish() {
    flush();
    if (beside_.empty()) return;
    if (::fsync(file_) != 0 && errno != EINVAL) fail();
    if (::rename(beside_.c_str(), target_.c_str()) != 0) fail();
    beside_.clear();
    unfinished[0] = '\0';
  }

  void close() {
    const int file = std::exchange(file_, -1);
    if (::close(file) != 0) fail();
  }

 protected:
  int_type overflow(int_type c) override {
    flush();
    if (!traits_type::eq_int_type(c, traits_type::eof())) sputc(traits_type::to_char_type(c));
    return traits_type::not_eof(c);
  }

  std::streamsize xsputn(const char* bytes, std::streamsize size) override {
    if (size > epptr() - pptr()) flush();
    if (size > epptr() - pptr()) {
      write_all(bytes, static_cast<std::size_t>(size));
    } else {
      std::copy_n(bytes, size, pptr());
      pbump(static_cast<int>(size));
    }
    return size;
  }

  int sync() override {
    if (target_.empty()) flush();  // nobody sees an unfinished file
    return 0;
  }

 private:
  void flush() {
    const auto size = static_cast<std::size_t>(pptr() - pbase());
    setp(bytes_.data(), bytes_.data() + bytes_.size());  // first: what could not be written is not tried again
    write_all(bytes_.data(), size);
  }

  void write_all(const char* bytes, std::size_t size) {
    while (size > 0) {
      const ssize_t n = ::write(file_, bytes, size);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) fail();
      bytes += n;
      size -= static_cast<std::size_t>(n);
    }
  }

  [[noreturn]] void fail() const {
    if (errno == EPIPE) throw ReaderHasGone();
    throw storymerge::Error(storymerge::ErrorCode::io, "cannot write " + name_ + ": " + std::strerror(errno));
  }

  std::string name_;
  fs::path target_;     // "": written as it comes
  std::string beside_;  // the unfinished file; "" once it is in its place
  int file_ = -1;
  std::array<char, std::size_t{1} << 16> bytes_;
};

Output::Output(const std::string& path) : std::ostream(nullptr), buffer_(std::make_unique<Buffer>(path)) {
  rdbuf(buffer_.get());
  exceptions(std::ios::badbit | std::ios::failbit);  // the buffer's own exception comes through
}

Output::~Output() = default;

void Output::publish() { buffer_->publish(); }

void Output::close() {
  publish();
  buffer_->close();
}

void open_standard_streams() {
  // For the wrong direction: a stream that is closed can neither be read nor written.
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) < 0) (void)::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

std::string input_that_is_output(std::span<const std::string> inputs, const std::string& path) {
  std::optional<struct stat> output = status_of(path);
  if (path.empty()) {
    output.emplace();
    if (::fstat(STDOUT_FILENO, &*output) != 0) output.reset();
  }
  if (output && !S_ISREG(output->st_mode)) return "";  // a terminal, a device or a pipe loses nothing
  std::error_code error;
  const fs::path place = fs::weakly_canonical(path, error);
  for (const std::string& input : inputs) {
    std::optional<struct stat> status = status_of(input);
    if (input == "-") {
      status.emplace();
      if (::fstat(STDIN_FILENO, &*status) != 0) status.reset();
    }
    if (!status) continue;
    if (output && same_file(*status, *output)) return input;
    if (path.empty() || !S_ISDIR(status->st_mode)) continue;
    const fs::path folder = fs::canonical(input, error);
    const auto [end, at] = std::mismatch(folder.begin(), folder.end(), place.begin(), place.end());
    if (end == folder.end() || (output && holds(folder, *output))) return input;
  }
  return "";
}

}  // namespace examples

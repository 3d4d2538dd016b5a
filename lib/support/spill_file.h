#pragma once
// Bytes that need not be in memory: a temporary file without a name, which goes with the object or the process.

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace storymerge {

class SpillFile {
 public:
  SpillFile() = default;
  ~SpillFile();
  SpillFile(const SpillFile&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;

  // Makes the file, in the folder for temporary files (TMPDIR, else /tmp). False when there can be none.
  bool open();

  // Where the bytes stand now; nullopt when they cannot be written, for want of space above all. From any thread.
  // Requires: open() gave true.
  std::optional<std::uint64_t> write(std::string_view bytes);

  // False when they cannot be read. From any thread.
  bool read(std::uint64_t at, std::span<char> out) const;

 private:
  int file_ = -1;
  std::uint64_t most_ = 0;  // bytes that the process may write
  std::atomic<std::uint64_t> end_{0};
};

}  // namespace storymerge

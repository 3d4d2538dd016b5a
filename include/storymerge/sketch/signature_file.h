#pragma once
// How are signatures kept, so that a corpus need not be read again?
//
// One file: what made the signatures, then blocks of them, each added in one piece: for each text a number, a time, a name
// and a row of slots. Little-endian, versioned, fingerprinted, checksummed, and read where it lies, by memory map.
// data/SIGNATURE_FORMAT.md gives every byte.
//
// Requires: a file that is open for reading is not changed in place but by a SignatureWriter, least of all cut short: the map shows
// what is not there any more as a bus error. Copy over such a file beside it, then rename: who has the old one open keeps it.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/base/export.h"
#include "storymerge/sketch/minhash.h"

namespace storymerge {

// Adds signatures to a file. What was synced is there after a crash of the program or the machine; what comes after the
// last sync is not, and the file opens all the same.
class STORYMERGE_EXPORT SignatureWriter {
 public:
  // Makes the file, or goes on with the one that is there; the rest of a block that was cut off is dropped.
  // Errors: bad_option; io, also when another writer has it open; bad_input and incompatible as of SignatureFile;
  // incompatible, too, when the file is of another kind than `options`, and the message says in what.
  SignatureWriter(const std::string& path, const MinHashOptions& options);
  // What was not synced is lost.
  ~SignatureWriter();
  SignatureWriter(SignatureWriter&& other) noexcept;
  SignatureWriter& operator=(SignatureWriter&& other) noexcept;

  const MinHashOptions& options() const { return options_; }

  // Keeps one signature in memory until the next sync. `id` and `time` are the caller's; `name` may be empty.
  // Errors: bad_option when there are not num_perm slots, or the name has 64 KiB or more.
  void add(std::uint64_t id, std::span<const std::uint32_t> slots, std::string_view name = {}, std::int64_t time = 0);

  // Writes what was added as a block and waits until the disk has it. Errors: io; the file then is as it was, what was added
  // is kept, and sync() may be tried again.
  void sync();

 private:
  void close();

  int file_ = -1;
  std::uint64_t end_ = 0;  // of the last whole block
  std::string path_;
  MinHashOptions options_;
  std::vector<std::uint64_t> ids_;
  std::vector<std::int64_t> times_;
  std::vector<std::uint32_t> slots_;
  std::vector<std::uint32_t> name_ends_;
  std::string names_;
};

// Writes a file in one go, by way of a new one beside it, so that a reader never sees half of one.
// slots: ids.size() rows of options.num_perm. Errors: bad_option when the sizes do not fit; io.
STORYMERGE_EXPORT void write_signatures(const std::string& path, const MinHashOptions& options,
                                        std::span<const std::uint64_t> ids, std::span<const std::uint32_t> slots);

// An open file. What its spans and views show lives as long as it. It shows the blocks that were whole when it was opened,
// while a writer may add more. The file lies in memory by map: whoever makes it shorter meanwhile (a writer never does)
// makes the reader's next look past the new end a SIGBUS, as with any mapped file.
class STORYMERGE_EXPORT SignatureFile {
 public:
  // Errors: io when it cannot be opened; bad_input when it is no signature file, is of another version, or is damaged (all
  // bytes are checked); incompatible when other word rules or folding made it.
  explicit SignatureFile(const std::string& path);
  ~SignatureFile();
  SignatureFile(SignatureFile&& other) noexcept;
  SignatureFile& operator=(SignatureFile&& other) noexcept;

  const MinHashOptions& options() const { return options_; }
  std::size_t size() const { return blocks_.empty() ? 0 : blocks_.back().end; }
  std::uint64_t cut_bytes() const { return cut_; }  // at the end, of a block that never was written to its end

  // Requires: i < size(). Complexity: O(log blocks).
  std::uint64_t id(std::size_t i) const;
  std::int64_t time(std::size_t i) const;
  std::string_view name(std::size_t i) const;
  std::span<const std::uint32_t> slots(std::size_t i) const;

 private:
  struct Block {
    std::size_t begin = 0, end = 0;  // its signatures among all
    const std::uint64_t* ids = nullptr;
    const std::int64_t* times = nullptr;
    const std::uint32_t* slots = nullptr;
    const std::uint32_t* name_ends = nullptr;
    const char* names = nullptr;
  };
  void read(const std::string& path);
  const Block& block_of(std::size_t i) const;

  void* map_ = nullptr;
  std::size_t length_ = 0;
  std::uint64_t cut_ = 0;
  MinHashOptions options_;
  std::vector<Block> blocks_;
};

}  // namespace storymerge

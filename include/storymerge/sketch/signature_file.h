#pragma once
// How are signatures kept, so that a corpus need not be read again?
//
// One file: what made the signatures, the ids of the texts, a row of slots for each. Little-endian, versioned, fingerprinted,
// checksummed, and read where it lies, by memory map. data/SIGNATURE_FORMAT.md gives every byte.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "storymerge/sketch/minhash.h"

namespace storymerge {

// Writes to `path` by way of a new file beside it, so that a reader never sees half of one.
// slots: ids.size() rows of options.num_perm. Errors: bad_option when the sizes do not fit; io.
void write_signatures(const std::string& path, const MinHashOptions& options, std::span<const std::uint64_t> ids,
                      std::span<const std::uint32_t> slots);

// An open file. What its spans show lives as long as it.
class SignatureFile {
 public:
  // Errors: io when it cannot be opened; bad_input when it is no signature file, is of a later version, is cut off, or is
  // damaged (all bytes are checked); incompatible when another normaliser made it.
  explicit SignatureFile(const std::string& path);
  ~SignatureFile();
  SignatureFile(SignatureFile&& other) noexcept;
  SignatureFile& operator=(SignatureFile&& other) noexcept;

  const MinHashOptions& options() const { return options_; }
  std::size_t size() const { return ids_.size(); }
  std::span<const std::uint64_t> ids() const { return ids_; }

  // Requires: i < size().
  std::span<const std::uint32_t> slots(std::size_t i) const {
    return slots_.subspan(i * options_.num_perm, options_.num_perm);
  }

 private:
  void* map_ = nullptr;
  std::size_t length_ = 0;
  MinHashOptions options_;
  std::span<const std::uint64_t> ids_;
  std::span<const std::uint32_t> slots_;
};

}  // namespace storymerge

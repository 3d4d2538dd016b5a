#pragma once
// How alike are two texts, without comparing them?
//
// Shingle hashes in, a signature of `num_perm` 32-bit slots out; the share of slots in which two signatures agree
// estimates the Jaccard similarity of the two shingle sets. Two schemes:
//
//   affine32    slot k = min over shingles of a_k * fmix32(h) + b_k mod 2^32, h the low 32 bits of the shingle's hash, a_k
//               odd. Standard error sqrt(J (1 - J) / num_perm). SIMD; the fastest for banding.
//   similarity  Fast Similarity Sketching: unbiased, and on 20 to 100 shingles its error is a third lower. For when the
//               estimate itself is the answer. Dahlgaard, Knudsen, Thorup, arXiv:1704.04370.
//
// Two signatures mean something to each other when all that made them is alike: scheme, num_perm, seed, n-gram, and the
// library's word rules and folding. Mixing two kinds is an error that says in what they differ.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/base/export.h"

namespace storymerge {

enum class SketchScheme : std::uint8_t { affine32 = 1, similarity = 2 };

struct MinHashOptions {
  SketchScheme scheme = SketchScheme::affine32;
  unsigned num_perm = 128;  // slots, 16 .. 1024
  std::uint64_t seed = 1;
  unsigned ngram = 3;  // words in a shingle of a long text, 1 .. 16: what the caller makes its shingles with

  friend bool operator==(const MinHashOptions&, const MinHashOptions&) = default;
};

// An estimate with its 95 % interval (Wilson's) and its standard error, all in 0..1.
struct JaccardEstimate {
  double low = 0;
  double estimate = 0;
  double high = 1;
  double standard_error = 0;  // sqrt(J (1 - J) / num_perm) at the estimate
};

// The signature of one set of shingles.
class STORYMERGE_EXPORT MinHash {
 public:
  // The signature of no shingles.
  // Errors: bad_option when num_perm is outside 16 .. 1024, or ngram outside 1 .. 16.
  explicit MinHash(const MinHashOptions& options = {});

  // From a row of slots: one of a file, of an index, of MinHasher. Errors: bad_option, also when there are not num_perm.
  MinHash(const MinHashOptions& options, std::span<const std::uint32_t> slots);

  // Copies, also when moved from: that stays whole.
  MinHash(const MinHash&) = default;
  MinHash& operator=(const MinHash&) = default;

  // Takes these shingles in; order and repetition do not matter.
  // Complexity: O(n num_perm) for affine32, O(n + num_perm log num_perm) expected for similarity.
  void update(std::span<const std::uint64_t> shingles);

  // Becomes the signature of the union. Errors: incompatible.
  void merge(const MinHash& other);

  // Signatures of empty sets are like nothing, not even each other: 0. Errors: incompatible.
  JaccardEstimate jaccard(const MinHash& other) const;

  bool is_empty() const;
  const MinHashOptions& options() const { return options_; }
  std::span<const std::uint32_t> slots() const { return slots_; }

  friend bool operator==(const MinHash&, const MinHash&) = default;

 private:
  MinHashOptions options_;
  std::vector<std::uint32_t> slots_;  // 2^32 - 1 where nothing has come yet
};

// The signature of a text: of its words, folded, in shingles of options.ngram (shingles.h). Errors: as of MinHash.
STORYMERGE_EXPORT MinHash sign(std::string_view text, const MinHashOptions& options = {});

// Stands for all that made a signature; stored with everything that is made of them.
STORYMERGE_EXPORT std::uint64_t fingerprint(const MinHashOptions& options);

// In what two kinds differ, for people: "num_perm 128 and 64, ngram 3 and 5"; "" when in nothing.
STORYMERGE_EXPORT std::string difference(const MinHashOptions& a, const MinHashOptions& b);

// Many signatures: one of these, and a row of num_perm slots for each text.
class STORYMERGE_EXPORT MinHasher {
 public:
  // Errors: bad_option when num_perm is outside 16 .. 1024.
  explicit MinHasher(const MinHashOptions& options = {});
  MinHasher(const MinHasher&) = default;  // copies, as those of MinHash
  MinHasher& operator=(const MinHasher&) = default;

  const MinHashOptions& options() const { return options_; }

  // Lowers `slots` to the minimum over these shingles. To begin, every slot is 2^32 - 1.
  // Requires: slots.size() == options().num_perm. Safe to call from several threads.
  void update(std::span<const std::uint64_t> shingles, std::span<std::uint32_t> slots) const;

 private:
  MinHashOptions options_;
  std::vector<std::uint32_t> multipliers_;  // affine32: a_k
  std::vector<std::uint32_t> addends_;      // affine32: b_k
};

// The estimate for two rows of slots. Requires: equal sizes.
STORYMERGE_EXPORT JaccardEstimate estimate_jaccard(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

}  // namespace storymerge

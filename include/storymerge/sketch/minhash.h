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
// Signatures carry the fingerprint of scheme, seed, num_perm and normaliser; mixing two kinds is an error.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace storymerge {

enum class SketchScheme : std::uint8_t { affine32 = 1, similarity = 2 };

struct MinHashOptions {
  SketchScheme scheme = SketchScheme::affine32;
  unsigned num_perm = 128;  // slots, 16 .. 1024
  std::uint64_t seed = 1;

  friend bool operator==(const MinHashOptions&, const MinHashOptions&) = default;
};

// An estimate with its 95 % interval (Wilson's), all in 0..1.
struct JaccardEstimate {
  double low = 0;
  double estimate = 0;
  double high = 1;
};

// The signature of one set of shingles.
class MinHash {
 public:
  // The signature of no shingles.
  // Errors: bad_option when num_perm is outside 16 .. 1024.
  explicit MinHash(const MinHashOptions& options = {});

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

// Stands for scheme, seed, num_perm and normaliser; stored with everything that is made of signatures.
std::uint64_t fingerprint(const MinHashOptions& options);

// Many signatures: one of these, and a row of num_perm slots for each text.
class MinHasher {
 public:
  // Errors: bad_option when num_perm is outside 16 .. 1024.
  explicit MinHasher(const MinHashOptions& options = {});

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
JaccardEstimate estimate_jaccard(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

}  // namespace storymerge

#include "storymerge/sketch/minhash.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>

#include "sketch/kernels.h"
#include "storymerge/base/error.h"
#include "storymerge/sketch/shingles.h"
#include "support/hash.h"

namespace storymerge {
namespace {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

// The i-th number of the stream that a seed starts: mix64 of a Weyl sequence.
std::uint64_t random_number(std::uint64_t seed, std::uint64_t i) {
  return mix64(mix64(seed + 0x9e3779b97f4a7c15ULL) + (i + 1) * 0x9e3779b97f4a7c15ULL);
}

void check(const MinHashOptions& options) {
  if (options.num_perm < 16 || options.num_perm > 1024) {
    throw Error(ErrorCode::bad_option, fmt::format("num_perm is {}, must be 16 .. 1024", options.num_perm));
  }
  if (options.scheme != SketchScheme::affine32 && options.scheme != SketchScheme::similarity) {
    throw Error(ErrorCode::bad_option, fmt::format("no sketch scheme {}", static_cast<int>(options.scheme)));
  }
  if (options.ngram < 1 || options.ngram > 16) {
    throw Error(ErrorCode::bad_option, fmt::format("ngram is {}, must be 1 .. 16", options.ngram));
  }
}

std::size_t padded(std::size_t slots) { return (slots + 15) / 16 * 16; }

// In round i < K every shingle throws one dart into a random slot; in round K + k into slot k. A slot keeps its
// earliest round's lowest dart, so once all are filled no later round can change any. A slot: the round above, the
// dart's hash below.
void similarity_update(std::span<const std::uint64_t> shingles, std::span<std::uint32_t> slots, std::uint64_t seed) {
  if (shingles.empty()) return;
  const std::size_t count = slots.size();
  const unsigned round_bits = static_cast<unsigned>(std::bit_width(2 * count));
  const unsigned hash_bits = 32 - round_bits;
  for (std::size_t round = 0; round < 2 * count; ++round) {
    // What is in already may come of another set, so "filled" means: by a round before this one.
    const std::uint32_t highest = *std::max_element(slots.begin(), slots.end());
    if ((highest >> hash_bits) < round) return;
    const std::uint64_t salt = random_number(seed, round);
    for (const std::uint64_t shingle : shingles) {
      const std::uint64_t dart = mix64(shingle ^ salt);
      const std::size_t slot = round < count ? ((dart >> 32) * count) >> 32 : round - count;
      const auto value =
          static_cast<std::uint32_t>((round << hash_bits) | (dart & ((std::uint64_t{1} << hash_bits) - 1)));
      slots[slot] = std::min(slots[slot], value);
    }
  }
}

void check_alike(const MinHash& a, const MinHash& b) {
  if (a.options() == b.options()) return;
  throw Error(ErrorCode::incompatible,
              fmt::format("signatures of different kinds: {}", difference(a.options(), b.options())));
}

}  // namespace

std::uint64_t fingerprint(const MinHashOptions& options) {
  std::uint64_t out = 0;
  for (const std::uint64_t part :
       {std::uint64_t{tokenizer_version}, std::uint64_t{folding_version}, static_cast<std::uint64_t>(options.scheme),
        std::uint64_t{options.num_perm}, options.seed, std::uint64_t{options.ngram}}) {
    out = mix64(out + part);
  }
  return out;
}

std::string difference(const MinHashOptions& a, const MinHashOptions& b) {
  std::string out;
  const auto tell = [&out](std::string_view name, std::uint64_t x, std::uint64_t y) {
    if (x != y) out += fmt::format("{}{} {} and {}", out.empty() ? "" : ", ", name, x, y);
  };
  tell("scheme", static_cast<std::uint64_t>(a.scheme), static_cast<std::uint64_t>(b.scheme));
  tell("num_perm", a.num_perm, b.num_perm);
  tell("seed", a.seed, b.seed);
  tell("ngram", a.ngram, b.ngram);
  return out;
}

MinHasher::MinHasher(const MinHashOptions& options) : options_(options) {
  check(options);
  if (options.scheme != SketchScheme::affine32) return;
  const std::size_t size = padded(options.num_perm);
  for (std::size_t k = 0; k < size; ++k) {
    multipliers_.push_back(static_cast<std::uint32_t>(random_number(options.seed, 2 * k)) | 1);
    addends_.push_back(static_cast<std::uint32_t>(random_number(options.seed, 2 * k + 1)));
  }
}

void MinHasher::update(std::span<const std::uint64_t> shingles, std::span<std::uint32_t> slots) const {
  assert(slots.size() == options_.num_perm);
  if (options_.scheme == SketchScheme::similarity) {
    similarity_update(shingles, slots, options_.seed);
    return;
  }
  static const AffineKernel kernel = affine_kernels().front().run;
  std::uint32_t padded_slots[1024];
  const std::size_t size = padded(slots.size());
  std::uint32_t* out = slots.data();
  if (size != slots.size()) {
    std::copy(slots.begin(), slots.end(), padded_slots);
    std::fill(padded_slots + slots.size(), padded_slots + size, none);
    out = padded_slots;
  }
  for (std::size_t first = 0; first < shingles.size(); first += max_shingles) {
    const std::size_t n = std::min(max_shingles, shingles.size() - first);
    kernel(shingles.data() + first, n, multipliers_.data(), addends_.data(), size, out);
  }
  if (out == padded_slots) std::copy(padded_slots, padded_slots + slots.size(), slots.begin());
}

MinHash::MinHash(const MinHashOptions& options) : options_(options) {
  check(options);
  slots_.assign(options.num_perm, none);
}

MinHash::MinHash(const MinHashOptions& options, std::span<const std::uint32_t> slots)
    : options_(options), slots_(slots.begin(), slots.end()) {
  check(options);
  if (slots.size() != options.num_perm) {
    throw Error(ErrorCode::bad_option,
                fmt::format("{} slots for a signature of num_perm {}", slots.size(), options.num_perm));
  }
}

MinHash sign(std::string_view text, const MinHashOptions& options) {
  MinHash out(options);
  out.update(shingle_hashes(fold_words(text), options.ngram));
  return out;
}

void MinHash::update(std::span<const std::uint64_t> shingles) { MinHasher(options_).update(shingles, slots_); }

void MinHash::merge(const MinHash& other) {
  check_alike(*this, other);
  for (std::size_t k = 0; k < slots_.size(); ++k) slots_[k] = std::min(slots_[k], other.slots_[k]);
}

JaccardEstimate MinHash::jaccard(const MinHash& other) const {
  check_alike(*this, other);
  if (is_empty() || other.is_empty()) return {0, 0, 0, 0};
  return estimate_jaccard(slots_, other.slots_);
}

bool MinHash::is_empty() const {
  return std::all_of(slots_.begin(), slots_.end(), [](std::uint32_t slot) { return slot == none; });
}

JaccardEstimate estimate_jaccard(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  assert(a.size() == b.size() && !a.empty());
  std::size_t equal = 0;
  for (std::size_t k = 0; k < a.size(); ++k) equal += a[k] == b[k];
  const double n = static_cast<double>(a.size());
  const double p = static_cast<double>(equal) / n;
  constexpr double z = 1.959964;  // 95 % of a normal distribution lie within
  const double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
  return {std::max(0.0, centre - half), p, std::min(1.0, centre + half), std::sqrt(p * (1 - p) / n)};
}

}  // namespace storymerge

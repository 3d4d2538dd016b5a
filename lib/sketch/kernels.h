#pragma once
// The inner loops of sketching, once for each instruction set: the same bits out of each.

#include <cstddef>
#include <cstdint>
#include <span>

#include "storymerge/text/words.h"

namespace storymerge {

// For every k < slots: out[k] = min(out[k], min over i < n of a[k] * h(i) + b[k] mod 2^32), where h(i) is the low half of
// shingles[i], mixed by the 32-bit finaliser of MurmurHash3.
// Requires: slots is a multiple of 16; n <= max_shingles.
using AffineKernel = void (*)(const std::uint64_t* shingles, std::size_t n, const std::uint32_t* a,
                              const std::uint32_t* b, std::size_t slots, std::uint32_t* out);

// out[i] = XXH3-64 of the folded bytes from word i to word i + n - 1, for every i < count.
// Requires: n >= 1; words has count + n - 1 elements, which lie in `folded`; count <= max_shingles.
using ShingleKernel = void (*)(std::string_view folded, const Word* words, unsigned n, std::size_t count,
                               std::uint64_t* out);

inline constexpr std::size_t max_shingles = 512;  // their hashes stay in the first cache

template <class Kernel>
struct Named {
  const char* name;
  Kernel run;
};

// Those that this machine can run, the fastest first, the portable one last.
std::span<const Named<AffineKernel>> affine_kernels();
std::span<const Named<ShingleKernel>> shingle_kernels();

}  // namespace storymerge

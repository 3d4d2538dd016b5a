#pragma once
// The inner loop of the affine32 scheme, once for each instruction set: the same bits out of each.

#include <cstddef>
#include <cstdint>
#include <span>

namespace storymerge {

// For every k < slots: out[k] = min(out[k], min over i < n of a[k] * h(i) + b[k] mod 2^32), where h(i) is the low half of
// shingles[i], mixed by the 32-bit finaliser of MurmurHash3.
// Requires: slots is a multiple of 16; n <= max_shingles.
using AffineKernel = void (*)(const std::uint64_t* shingles, std::size_t n, const std::uint32_t* a,
                              const std::uint32_t* b, std::size_t slots, std::uint32_t* out);

inline constexpr std::size_t max_shingles = 512;  // their hashes stay in the first cache

struct NamedKernel {
  const char* name;
  AffineKernel run;
};

// Those that this machine can run, the fastest first, the portable one last.
std::span<const NamedKernel> affine_kernels();

}  // namespace storymerge

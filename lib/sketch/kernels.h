#pragma once
// The inner loop of the affine32 scheme, once for each instruction set: the same bits out of each.

#include <cstddef>
#include <cstdint>
#include <span>

namespace storymerge {

// For every k < slots: out[k] = min(out[k], min over i < n of a[k] * hashes[i] + b[k] mod 2^32).
// Requires: slots is a multiple of 16.
using AffineKernel = void (*)(const std::uint32_t* hashes, std::size_t n, const std::uint32_t* a,
                              const std::uint32_t* b, std::size_t slots, std::uint32_t* out);

struct NamedKernel {
  const char* name;
  AffineKernel run;
};

// Those that this machine can run, the fastest first, the portable one last.
std::span<const NamedKernel> affine_kernels();

}  // namespace storymerge

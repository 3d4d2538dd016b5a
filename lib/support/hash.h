#pragma once
// XXH3-64 of bytes, and a mixer for integers. Stable over runs and machines.

#include <cstdint>
#include <string_view>

namespace storymerge {

// XXH3-64 with seed 0.
std::uint64_t hash_bytes(std::string_view bytes);

// A bijection that spreads every input bit over all output bits (the finaliser of MurmurHash3, 64 bits).
inline std::uint64_t mix64(std::uint64_t x) {
  x ^= x >> 33;
  x *= 0xff51afd7ed558ccdULL;
  x ^= x >> 33;
  x *= 0xc4ceb9fe1a85ec53ULL;
  x ^= x >> 33;
  return x;
}

}  // namespace storymerge

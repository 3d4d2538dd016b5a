#pragma once
// Sorting integers by some of their bits, stably and without comparisons.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace storymerge {

// Sorts `values` by bits [low_bit, high_bit) of each; equal ones keep their order. `scratch` is clobbered.
// Complexity: one pass per 8 bits, O(n) memory; few values are sorted by comparison.
template <class Integer>
void radix_sort(std::vector<Integer>& values, std::vector<Integer>& scratch, unsigned low_bit = 0,
                unsigned high_bit = 8 * sizeof(Integer)) {
  static_assert(std::is_unsigned_v<Integer>);
  const std::size_t n = values.size();
  if (n < 48) {
    const Integer all = ~Integer{0};
    const Integer mask = all << low_bit & all >> (8 * sizeof(Integer) - high_bit);
    const auto less = [mask](Integer a, Integer b) { return (a & mask) < (b & mask); };
    if (low_bit == 0 && high_bit == 8 * sizeof(Integer)) {
      std::sort(values.begin(), values.end());
    } else {
      std::stable_sort(values.begin(), values.end(), less);
    }
    return;
  }
  scratch.resize(n);
  Integer* from = values.data();
  Integer* to = scratch.data();
  for (unsigned shift = low_bit; shift < high_bit; shift += 8) {
    const Integer mask = high_bit - shift >= 8 ? 0xFF : (Integer{1} << (high_bit - shift)) - 1;
    std::size_t starts[257] = {};
    for (std::size_t i = 0; i < n; ++i) ++starts[((from[i] >> shift) & mask) + 1];
    if (*std::max_element(starts + 1, starts + 257) == n) continue;  // all alike in these bits
    for (std::size_t d = 1; d < 257; ++d) starts[d] += starts[d - 1];
    for (std::size_t i = 0; i < n; ++i) to[starts[(from[i] >> shift) & mask]++] = from[i];
    std::swap(from, to);
  }
  if (from != values.data()) values.swap(scratch);
}

// Sorts hashes: one pass by the top bits leaves about one of them to a bucket, and insertion the rest. Values that are
// not spread evenly go to radix_sort. `scratch` is clobbered. Complexity: O(n).
inline void sort_hashes(std::vector<std::uint32_t>& values, std::vector<std::uint32_t>& scratch) {
  constexpr unsigned shift = 24;
  constexpr std::size_t most = 4096, crowded = 24;
  const std::size_t n = values.size();
  std::uint32_t starts[257] = {};
  for (const std::uint32_t v : values) ++starts[(v >> shift) + 1];
  if (n > most || *std::max_element(starts + 1, starts + 257) > crowded + 2 * n / 256) {
    radix_sort(values, scratch);
    return;
  }
  for (std::size_t d = 1; d < 257; ++d) starts[d] += starts[d - 1];
  scratch.resize(n);
  for (const std::uint32_t v : values) scratch[starts[v >> shift]++] = v;
  for (std::size_t i = 1; i < n; ++i) {
    const std::uint32_t v = scratch[i];
    std::size_t at = i;
    for (; at > 0 && scratch[at - 1] > v; --at) scratch[at] = scratch[at - 1];
    scratch[at] = v;
  }
  values.swap(scratch);
}

}  // namespace storymerge

#include "sketch/kernels.h"

#include <algorithm>
#include <vector>

#if defined(__x86_64__) || defined(__i386__)
#define STORYMERGE_X86 1
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // g++ 12 warns of its own avx512fintrin.h
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif
#include <immintrin.h>
#endif

namespace storymerge {
namespace {

// Inlined into each kernel, so that it is compiled for the same machine.
__attribute__((always_inline)) inline void mix(const std::uint64_t* shingles, std::size_t n, std::uint32_t* out) {
  for (std::size_t i = 0; i < n; ++i) {
    auto h = static_cast<std::uint32_t>(shingles[i]);
    h ^= h >> 16;
    h *= 0x85ebca6bU;
    h ^= h >> 13;
    h *= 0xc2b2ae35U;
    out[i] = h ^ h >> 16;
  }
}

// Slots go in blocks of 16, which stay in registers while all hashes pass.
void portable(const std::uint64_t* shingles, std::size_t n, const std::uint32_t* a, const std::uint32_t* b,
              std::size_t slots, std::uint32_t* out) {
  std::uint32_t hashes[max_shingles];
  mix(shingles, n, hashes);
  constexpr std::size_t block = 16;
  for (std::size_t k = 0; k < slots; k += block) {
    std::uint32_t low[block];
    std::copy(out + k, out + k + block, low);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < block; ++j) low[j] = std::min(low[j], a[k + j] * hashes[i] + b[k + j]);
    }
    std::copy(low, low + block, out + k);
  }
}

#ifdef STORYMERGE_X86

// Four registers of eight slots: with their factors and terms they fill the sixteen registers.
__attribute__((target("avx2"))) void avx2(const std::uint64_t* shingles, std::size_t n, const std::uint32_t* a,
                                          const std::uint32_t* b, std::size_t slots, std::uint32_t* out) {
  std::uint32_t hashes[max_shingles];
  mix(shingles, n, hashes);
  std::size_t k = 0;
  for (; k + 32 <= slots; k += 32) {
    __m256i low[4], factor[4], term[4];
    for (int j = 0; j < 4; ++j) {
      low[j] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(out + k + 8 * j));
      factor[j] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(a + k + 8 * j));
      term[j] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b + k + 8 * j));
    }
    for (std::size_t i = 0; i < n; ++i) {
      const __m256i h = _mm256_set1_epi32(static_cast<int>(hashes[i]));
      for (int j = 0; j < 4; ++j) {
        low[j] = _mm256_min_epu32(low[j], _mm256_add_epi32(_mm256_mullo_epi32(factor[j], h), term[j]));
      }
    }
    for (int j = 0; j < 4; ++j) _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + k + 8 * j), low[j]);
  }
  if (k < slots) portable(shingles, n, a + k, b + k, slots - k, out + k);
}

// Eight registers of sixteen slots: 128 slots in one pass over the hashes.
__attribute__((target("avx512f"))) void avx512(const std::uint64_t* shingles, std::size_t n, const std::uint32_t* a,
                                               const std::uint32_t* b, std::size_t slots, std::uint32_t* out) {
  std::uint32_t hashes[max_shingles];
  mix(shingles, n, hashes);
  std::size_t k = 0;
  for (; k + 128 <= slots; k += 128) {
    __m512i low[8], factor[8], term[8];
    for (int j = 0; j < 8; ++j) {
      low[j] = _mm512_loadu_si512(out + k + 16 * j);
      factor[j] = _mm512_loadu_si512(a + k + 16 * j);
      term[j] = _mm512_loadu_si512(b + k + 16 * j);
    }
    for (std::size_t i = 0; i < n; ++i) {
      const __m512i h = _mm512_set1_epi32(static_cast<int>(hashes[i]));
      for (int j = 0; j < 8; ++j) {
        low[j] = _mm512_min_epu32(low[j], _mm512_add_epi32(_mm512_mullo_epi32(factor[j], h), term[j]));
      }
    }
    for (int j = 0; j < 8; ++j) _mm512_storeu_si512(out + k + 16 * j, low[j]);
  }
  for (; k < slots; k += 16) {
    __m512i low = _mm512_loadu_si512(out + k);
    const __m512i factor = _mm512_loadu_si512(a + k), term = _mm512_loadu_si512(b + k);
    for (std::size_t i = 0; i < n; ++i) {
      const __m512i h = _mm512_set1_epi32(static_cast<int>(hashes[i]));
      low = _mm512_min_epu32(low, _mm512_add_epi32(_mm512_mullo_epi32(factor, h), term));
    }
    _mm512_storeu_si512(out + k, low);
  }
}

#endif

std::vector<NamedKernel> available() {
  std::vector<NamedKernel> out;
#ifdef STORYMERGE_X86
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f")) out.push_back({"avx512", avx512});
  if (__builtin_cpu_supports("avx2")) out.push_back({"avx2", avx2});
#endif
  out.push_back({"portable", portable});
  return out;
}

}  // namespace

std::span<const NamedKernel> affine_kernels() {
  static const std::vector<NamedKernel> kernels = available();
  return kernels;
}

}  // namespace storymerge

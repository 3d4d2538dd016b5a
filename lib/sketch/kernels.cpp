#include "sketch/kernels.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <vector>

#include "support/x86.h"

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

std::uint64_t hash_of(std::string_view folded, const Word& first, const Word& last) {
  return XXH3_64bits(folded.data() + first.folded.begin, last.folded.end - first.folded.begin);
}

void hash_portable(std::string_view folded, const Word* words, unsigned n, std::size_t count, std::uint64_t* out) {
  for (std::size_t i = 0; i < count; ++i) out[i] = hash_of(folded, words[i], words[i + n - 1]);
}

// XXH3 has one formula for 9 to 16 bytes and one for 17 to 32, where nearly all shingles of three words lie, half of them
// in each: a branch between the two cannot be foretold. Both begin with a folded product (the two halves of 128 bits, the
// one xor the other), so that is computed once, of the one's factors or the other's. The constants are XXH3's secret and
// primes, as its specification gives them.
constexpr std::uint64_t short_x = 0x6782737BEA4239B9, short_y = 0xAF56BC3B0996523A;
constexpr std::uint64_t long_x = 0xBE4BA423396CFEB8, long_y = 0x1CAD21F72C81017C;
constexpr std::uint64_t second_x = 0xDB979083E96DD4DE, second_y = 0x1F67B3B7A4A44072;
constexpr std::uint64_t prime_of_size = 0x9E3779B185EBCA87, prime_at_end = 0x165667919E3779F9;

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

// Shingles of other lengths, one bit each, eight a byte, of the first `count`.
void hash_others(std::string_view folded, const Word* words, unsigned n, const std::uint8_t* others, std::size_t count,
                 std::uint64_t* out) {
  for (std::size_t group = 0; group < count; group += 8) {
    for (unsigned left = others[group / 8]; left != 0; left &= left - 1) {
      const std::size_t at = group + static_cast<std::size_t>(std::countr_zero(left));
      out[at] = hash_of(folded, words[at], words[at + n - 1]);
    }
  }
}

#define STORYMERGE_AVX2 __attribute__((target("avx2"))) inline

STORYMERGE_AVX2 __m256i all4(std::uint64_t x) { return _mm256_set1_epi64x(static_cast<long long>(x)); }

STORYMERGE_AVX2 __m256i multiply_fold(__m256i x, __m256i y) {
  const __m256i x_high = _mm256_srli_epi64(x, 32), y_high = _mm256_srli_epi64(y, 32);
  const __m256i lows = _mm256_mul_epu32(x, y), highs = _mm256_mul_epu32(x_high, y_high);
  const __m256i middle = _mm256_add_epi64(_mm256_mul_epu32(x_high, y), _mm256_srli_epi64(lows, 32));
  const __m256i middle_low = _mm256_and_si256(middle, all4(0xFFFFFFFF));
  const __m256i other = _mm256_add_epi64(_mm256_mul_epu32(x, y_high), middle_low);
  const __m256i carried = _mm256_add_epi64(_mm256_srli_epi64(middle, 32), _mm256_srli_epi64(other, 32));
  const __m256i low = _mm256_blend_epi32(_mm256_slli_epi64(other, 32), lows, 0x55);
  return _mm256_xor_si256(_mm256_add_epi64(highs, carried), low);
}

// Modulo 2^64.
STORYMERGE_AVX2 __m256i multiply(__m256i x, std::uint64_t by) {
  const __m256i crossed =
      _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(x, 32), all4(by)), _mm256_mul_epu32(x, all4(by >> 32)));
  return _mm256_add_epi64(_mm256_mul_epu32(x, all4(by)), _mm256_slli_epi64(crossed, 32));
}

STORYMERGE_AVX2 __m256i load_two(const char* a, const char* b) {
  const auto load = [](const char* from) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from)); };
  return _mm256_inserti128_si256(_mm256_castsi128_si256(load(a)), load(b), 1);
}

// The folded ranges of four words, in the order 0 2 1 3.
STORYMERGE_AVX2 __m256i ranges(const Word* words) {
  const auto* const at = reinterpret_cast<const __m256i*>(words);
  return _mm256_unpackhi_epi64(_mm256_loadu_si256(at), _mm256_loadu_si256(at + 1));
}

// Four shingles at a time, which lie in the order 0 2 1 3 until they are stored.
STORYMERGE_AVX2 void hash_avx2(std::string_view folded, const Word* words, unsigned n, std::size_t count,
                               std::uint64_t* out) {
  const __m256i reversed =
      _mm256_broadcastsi128_si256(_mm_setr_epi8(7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8));
  const Word* const last = words + n - 1;
  std::uint8_t others[max_shingles / 8] = {};
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    const auto mark = [&](unsigned some) { others[i / 8] |= static_cast<std::uint8_t>(some << (i & 4)); };
    if (last[i].folded.end < 16 || words[i + 3].folded.begin + std::size_t{16} > folded.size()) {
      mark(0xF);
      continue;
    }
    const __m256i size = _mm256_sub_epi64(_mm256_srli_epi64(ranges(last + i), 32),
                                          _mm256_and_si256(ranges(words + i), all4(0xFFFFFFFF)));
    const __m256i is_short = _mm256_cmpgt_epi64(all4(17), size);
    const __m256i other = _mm256_or_si256(_mm256_cmpgt_epi64(all4(9), size), _mm256_cmpgt_epi64(size, all4(32)));
    mark(static_cast<unsigned>(_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_permute4x64_epi64(other, 0xD8)))));

    const char* const bytes = folded.data();
    const auto head = [&](std::size_t k) { return bytes + words[i + k].folded.begin; };
    const auto tail = [&](std::size_t k) { return bytes + last[i + k].folded.end - 16; };
    const __m256i low_heads = load_two(head(0), head(1)), high_heads = load_two(head(2), head(3));
    const __m256i low_tails = load_two(tail(0), tail(1)), high_tails = load_two(tail(2), tail(3));
    const __m256i first = _mm256_unpacklo_epi64(low_heads, high_heads);
    const __m256i second = _mm256_unpackhi_epi64(low_heads, high_heads);
    const __m256i third = _mm256_unpacklo_epi64(low_tails, high_tails);
    const __m256i fourth = _mm256_unpackhi_epi64(low_tails, high_tails);

    const __m256i x = _mm256_xor_si256(first, _mm256_blendv_epi8(all4(long_x), all4(short_x), is_short));
    const __m256i y = _mm256_xor_si256(_mm256_blendv_epi8(second, fourth, is_short),
                                       _mm256_blendv_epi8(all4(long_y), all4(short_y), is_short));
    const __m256i two =
        multiply_fold(_mm256_xor_si256(third, all4(second_x)), _mm256_xor_si256(fourth, all4(second_y)));
    const __m256i rest_of_short = _mm256_add_epi64(_mm256_add_epi64(size, _mm256_shuffle_epi8(x, reversed)), y);
    const __m256i rest = _mm256_add_epi64(multiply(size, prime_of_size), two);
    __m256i hash = _mm256_add_epi64(multiply_fold(x, y), _mm256_blendv_epi8(rest, rest_of_short, is_short));
    hash = multiply(_mm256_xor_si256(hash, _mm256_srli_epi64(hash, 37)), prime_at_end);
    hash = _mm256_xor_si256(hash, _mm256_srli_epi64(hash, 32));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i), _mm256_permute4x64_epi64(hash, 0xD8));
  }
  hash_others(folded, words, n, others, i, out);
  hash_portable(folded, words + i, n, count - i, out + i);
}

#define STORYMERGE_AVX512 __attribute__((target("avx512f,avx512bw,avx512dq")))

STORYMERGE_AVX512 inline __m512i all(std::uint64_t x) { return _mm512_set1_epi64(static_cast<long long>(x)); }

// The two halves of the 128-bit products, the one xor the other.
STORYMERGE_AVX512 inline __m512i multiply_fold(__m512i x, __m512i y) {
  const __m512i x_high = _mm512_srli_epi64(x, 32), y_high = _mm512_srli_epi64(y, 32);
  const __m512i lows = _mm512_mul_epu32(x, y), highs = _mm512_mul_epu32(x_high, y_high);
  const __m512i middle = _mm512_add_epi64(_mm512_mul_epu32(x_high, y), _mm512_srli_epi64(lows, 32));
  const __m512i middle_low = _mm512_and_si512(middle, all(0xFFFFFFFF));
  const __m512i other = _mm512_add_epi64(_mm512_mul_epu32(x, y_high), middle_low);
  const __m512i carried = _mm512_add_epi64(_mm512_srli_epi64(middle, 32), _mm512_srli_epi64(other, 32));
  const __m512i low = _mm512_mask_mov_epi32(_mm512_slli_epi64(other, 32), 0x5555, lows);
  return _mm512_xor_si512(_mm512_add_epi64(highs, carried), low);
}

STORYMERGE_AVX512 inline __m512i load_four(const char* a, const char* b, const char* c, const char* d) {
  const auto load = [](const char* from) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from)); };
  const __m512i two = _mm512_inserti32x4(_mm512_castsi128_si512(load(a)), load(b), 1);
  return _mm512_inserti32x4(_mm512_inserti32x4(two, load(c), 2), load(d), 3);
}

// Eight shingles at a time.
STORYMERGE_AVX512 void hash_avx512(std::string_view folded, const Word* words, unsigned n, std::size_t count,
                                   std::uint64_t* out) {
  const __m512i folded_range = _mm512_setr_epi64(1, 3, 5, 7, 9, 11, 13, 15);  // of the halves of eight words
  const __m512i reversed = _mm512_broadcast_i32x4(_mm_setr_epi8(7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8));
  const Word* const last = words + n - 1;
  std::uint8_t others[max_shingles / 8];
  std::size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    others[i / 8] = 0xFF;
    if (last[i].folded.end < 16 || words[i + 7].folded.begin + std::size_t{16} > folded.size()) continue;
    const __m512i first_range =
        _mm512_permutex2var_epi64(_mm512_loadu_si512(words + i), folded_range, _mm512_loadu_si512(words + i + 4));
    const __m512i last_range =
        _mm512_permutex2var_epi64(_mm512_loadu_si512(last + i), folded_range, _mm512_loadu_si512(last + i + 4));
    const __m512i begin = _mm512_and_si512(first_range, all(0xFFFFFFFF));
    const __m512i size = _mm512_sub_epi64(_mm512_srli_epi64(last_range, 32), begin);
    const __mmask8 is_short = _mm512_cmple_epu64_mask(size, all(16));
    others[i / 8] = static_cast<std::uint8_t>(_mm512_cmpgt_epu64_mask(_mm512_sub_epi64(size, all(9)), all(23)));

    const char* const bytes = folded.data();
    const auto head = [&](std::size_t k) { return bytes + words[i + k].folded.begin; };
    const auto tail = [&](std::size_t k) { return bytes + last[i + k].folded.end - 16; };
    const __m512i even_heads = load_four(head(0), head(2), head(4), head(6));
    const __m512i odd_heads = load_four(head(1), head(3), head(5), head(7));
    const __m512i even_tails = load_four(tail(0), tail(2), tail(4), tail(6));
    const __m512i odd_tails = load_four(tail(1), tail(3), tail(5), tail(7));
    const __m512i first = _mm512_unpacklo_epi64(even_heads, odd_heads);
    const __m512i second = _mm512_unpackhi_epi64(even_heads, odd_heads);
    const __m512i third = _mm512_unpacklo_epi64(even_tails, odd_tails);
    const __m512i fourth = _mm512_unpackhi_epi64(even_tails, odd_tails);

    const __m512i x = _mm512_xor_si512(first, _mm512_mask_blend_epi64(is_short, all(long_x), all(short_x)));
    const __m512i y = _mm512_xor_si512(_mm512_mask_mov_epi64(second, is_short, fourth),
                                       _mm512_mask_blend_epi64(is_short, all(long_y), all(short_y)));
    const __m512i two = multiply_fold(_mm512_xor_si512(third, all(second_x)), _mm512_xor_si512(fourth, all(second_y)));
    const __m512i rest_of_short = _mm512_add_epi64(_mm512_add_epi64(size, _mm512_shuffle_epi8(x, reversed)), y);
    const __m512i rest = _mm512_add_epi64(_mm512_mullo_epi64(size, all(prime_of_size)), two);
    __m512i hash = _mm512_add_epi64(multiply_fold(x, y), _mm512_mask_mov_epi64(rest, is_short, rest_of_short));
    hash = _mm512_xor_si512(hash, _mm512_srli_epi64(hash, 37));
    hash = _mm512_mullo_epi64(hash, all(prime_at_end));
    _mm512_storeu_si512(out + i, _mm512_xor_si512(hash, _mm512_srli_epi64(hash, 32)));
  }
  hash_others(folded, words, n, others, i, out);
  hash_portable(folded, words + i, n, count - i, out + i);
}

#endif

}  // namespace

std::span<const Named<AffineKernel>> affine_kernels() {
  static const std::vector<Named<AffineKernel>> kernels = [] {
    std::vector<Named<AffineKernel>> out;
#ifdef STORYMERGE_X86
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f")) out.push_back({"avx512", avx512});
    if (__builtin_cpu_supports("avx2")) out.push_back({"avx2", avx2});
#endif
    out.push_back({"portable", portable});
    return out;
  }();
  return kernels;
}

std::span<const Named<ShingleKernel>> shingle_kernels() {
  static const std::vector<Named<ShingleKernel>> kernels = [] {
    std::vector<Named<ShingleKernel>> out;
#ifdef STORYMERGE_X86
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq"))
      out.push_back({"avx512", hash_avx512});
    if (__builtin_cpu_supports("avx2")) out.push_back({"avx2", hash_avx2});
#endif
    out.push_back({"portable", hash_portable});
    return out;
  }();
  return kernels;
}

}  // namespace storymerge

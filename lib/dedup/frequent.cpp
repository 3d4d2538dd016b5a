#include "dedup/frequent.h"

#include <algorithm>
#include <bit>

#include "support/radix_sort.h"

namespace storymerge {
namespace {

// Distinct shingles of each text, all together and sorted: a shingle stands there once for each text that has it. Most of those
// that fewer than `least` have are sifted out before anything is sorted.
std::vector<std::uint32_t> pooled(std::span<const std::vector<std::uint32_t>> texts, std::size_t least) {
  std::size_t total = 0;
  for (const std::vector<std::uint32_t>& text : texts) total += text.size();
  std::vector<std::uint8_t> met(std::bit_ceil(total + 1), 0);  // by the low bits of shingles: how many, up to 255
  const std::size_t mask = met.size() - 1;
  for (const std::vector<std::uint32_t>& text : texts) {
    for (const std::uint32_t shingle : text) met[shingle & mask] += met[shingle & mask] != 255;
  }
  const std::size_t often = std::min<std::size_t>(least, 255);
  std::vector<std::uint32_t> all, one, scratch;
  for (const std::vector<std::uint32_t>& text : texts) {
    one.clear();
    std::copy_if(text.begin(), text.end(), std::back_inserter(one),
                 [&](std::uint32_t shingle) { return met[shingle & mask] >= often; });
    sort_hashes(one, scratch);
    all.insert(all.end(), one.begin(), std::unique(one.begin(), one.end()));
  }
  radix_sort(all, scratch);
  return all;
}

// Shingles that so many texts have or more, sorted.
std::vector<std::uint32_t> seen_at_least(std::span<const std::vector<std::uint32_t>> texts, std::size_t times) {
  const std::vector<std::uint32_t> pool = pooled(texts, times);
  std::vector<std::uint32_t> out;
  for (std::size_t first = 0, last = 0; first < pool.size(); first = last) {
    while (last < pool.size() && pool[last] == pool[first]) ++last;
    if (last - first >= times) out.push_back(pool[first]);
  }
  return out;
}

// Length of the longest run without more than `phrase` of these shingles one after another.
std::size_t longest_run(const std::vector<std::uint32_t>& text, const ShingleFilter& shared, std::size_t phrase) {
  std::size_t best = 0, begin = 0, in_phrase = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    in_phrase = shared.contains(text[i]) ? in_phrase + 1 : 0;
    if (in_phrase > phrase || (in_phrase != 0 && begin + in_phrase == i + 1))
      begin = i + 1;  // nor does one begin with it
    if (in_phrase == 0) best = std::max(best, i + 1 - begin);
  }
  return best;
}

}  // namespace

ShingleFilter::ShingleFilter(std::span<const std::uint32_t> distinct) : size_(distinct.size()) {
  if (distinct.empty()) return;
  const std::size_t bits = std::min<std::size_t>(std::bit_ceil(16 * size_ + 64), std::size_t{1} << 24);
  bits_.assign(bits / 64, 0);
  bit_mask_ = static_cast<std::uint32_t>(bits - 1);
  slots_.assign(std::bit_ceil(2 * size_ + 1), 0);
  shift_ = 32 - static_cast<unsigned>(std::countr_zero(slots_.size()));
  for (const std::uint32_t shingle : distinct) {
    bits_[(shingle & bit_mask_) >> 6] |= std::uint64_t{1} << (shingle & 63);
    has_zero_ = has_zero_ || shingle == 0;
    std::size_t at = shingle >> shift_;
    while (slots_[at] != 0) at = at + 1 == slots_.size() ? 0 : at + 1;
    slots_[at] = shingle;
  }
}

RepeatedShingles::RepeatedShingles(std::span<const std::vector<std::uint32_t>> texts)
    : texts_(texts), shared_(seen_at_least(texts, 3)) {}

std::vector<std::uint32_t> RepeatedShingles::frequent(std::size_t min_texts, std::size_t phrase) const {
  if (shared_.empty()) return {};
  std::vector<std::vector<std::uint32_t>> repeated;  // what texts with a body of their own share
  for (const std::vector<std::uint32_t>& text : texts_) {
    const std::size_t own = longest_run(text, shared_, phrase);
    if (own < 8 || 4 * own < text.size()) continue;
    repeated.emplace_back();
    std::copy_if(text.begin(), text.end(), std::back_inserter(repeated.back()),
                 [&](std::uint32_t shingle) { return shared_.contains(shingle); });
  }
  return seen_at_least(repeated, min_texts);
}

}  // namespace storymerge

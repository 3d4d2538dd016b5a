#include "dedup/frequent.h"

#include <algorithm>
#include <bit>

#include "support/radix_sort.h"

namespace storymerge {
namespace {

// Distinct shingles of each text, all together and sorted: a shingle stands there once for each text that has it.
std::vector<std::uint32_t> pooled(std::span<const std::vector<std::uint32_t>> texts) {
  std::vector<std::uint32_t> all, one, scratch;
  for (const std::vector<std::uint32_t>& text : texts) {
    one = text;
    sort_hashes(one, scratch);
    all.insert(all.end(), one.begin(), std::unique(one.begin(), one.end()));
  }
  radix_sort(all, scratch);
  return all;
}

std::vector<std::uint32_t> seen_at_least(const std::vector<std::uint32_t>& pool, std::size_t times) {
  std::vector<std::uint32_t> out;
  for (std::size_t first = 0, last = 0; first < pool.size(); first = last) {
    while (last < pool.size() && pool[last] == pool[first]) ++last;
    if (last - first >= times) out.push_back(pool[first]);
  }
  return out;
}

}  // namespace

ShingleFilter::ShingleFilter(std::vector<std::uint32_t> sorted) : sorted_(std::move(sorted)) {
  if (sorted_.empty()) return;
  const std::size_t size = std::min<std::size_t>(std::bit_ceil(16 * sorted_.size() + 64), std::size_t{1} << 24);
  bits_.assign(size / 64, 0);
  mask_ = static_cast<std::uint32_t>(size - 1);
  for (const std::uint32_t shingle : sorted_) bits_[(shingle & mask_) >> 6] |= std::uint64_t{1} << (shingle & 63);
}

bool ShingleFilter::find(std::uint32_t shingle) const {
  return std::binary_search(sorted_.begin(), sorted_.end(), shingle);
}

std::vector<std::uint32_t> frequent_shingles(std::span<const std::vector<std::uint32_t>> texts, std::size_t min_texts) {
  const std::vector<std::uint32_t> pool = pooled(texts);
  const ShingleFilter shared(seen_at_least(pool, 3));
  if (shared.empty()) return {};
  std::vector<std::vector<std::uint32_t>>
      repeated;  // what texts with a body of their own share with two others or more
  for (const std::vector<std::uint32_t>& text : texts) {
    const std::size_t own = longest_run(text.size(), [&](std::size_t i) { return !shared.contains(text[i]); });
    if (own < 8 || 4 * own < text.size()) continue;
    repeated.emplace_back();
    std::copy_if(text.begin(), text.end(), std::back_inserter(repeated.back()),
                 [&](std::uint32_t shingle) { return shared.contains(shingle); });
  }
  return seen_at_least(pooled(repeated), min_texts);
}

}  // namespace storymerge

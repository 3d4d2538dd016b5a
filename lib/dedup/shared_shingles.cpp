#include "dedup/shared_shingles.h"

#include <algorithm>
#include <atomic>

#include "support/parallel.h"
#include "support/radix_sort.h"

namespace storymerge {
namespace {

constexpr std::size_t part_count = 256;
constexpr std::size_t short_text = 128;  // shingles

}  // namespace

void SharedShingles::add(std::uint32_t text, std::span<const std::uint64_t> shingles, Lane& lane) {
  if (lane.parts.empty()) lane.parts.resize(part_count);
  const bool dense = shingles.size() < short_text;
  const std::uint32_t mask = dense ? 1 : 7;
  Size& size = sizes_[text];
  for (const std::uint64_t shingle : shingles) {
    const auto low = static_cast<std::uint32_t>(shingle);
    if ((low & mask) != 0) continue;
    size.sparse += (low & 7) == 0;
    size.dense += dense;
    const auto key = static_cast<std::uint32_t>(shingle >> 32);
    lane.parts[key >> 24].push_back(std::uint64_t{key} << 32 | text);
  }
}

Candidates SharedShingles::propose_pairs(std::span<Lane> lanes, std::span<const std::uint8_t> skip,
                                         std::uint32_t max_bucket, unsigned threads) const {
  Candidates out;
  const std::size_t n = sizes_.size();
  std::atomic<std::uint64_t> capped{0};
  // Each part: postings in order of (shingle, text), without shingles that only one text has.
  std::vector<std::vector<std::uint64_t>> parts(part_count);
  std::vector<std::atomic<std::uint32_t>> links(n + 1);  // by text: postings of it that have one before them
  parallel_pieces(part_count, 1, threads, [&](std::size_t p, std::size_t) {
    std::vector<std::uint64_t> all, scratch;
    std::size_t total = 0;
    for (const Lane& lane : lanes) total += lane.parts.empty() ? 0 : lane.parts[p].size();
    all.reserve(total);
    for (Lane& lane : lanes) {
      if (lane.parts.empty()) continue;
      for (const std::uint64_t posting : lane.parts[p]) {
        if (skip[static_cast<std::uint32_t>(posting)] == 0) all.push_back(posting);
      }
      lane.parts[p] = {};
    }
    radix_sort(all, scratch, 32, 56);  // lanes come in order of text, and the sort is stable
    all.erase(std::unique(all.begin(), all.end()), all.end());
    std::vector<std::uint64_t>& kept = parts[p];
    for (std::size_t first = 0, last = 0; first < all.size(); first = last) {
      while (last < all.size() && all[last] >> 32 == all[first] >> 32) ++last;
      if (last - first < 2) continue;
      if (last - first > max_bucket) ++capped;
      kept.insert(kept.end(), all.begin() + static_cast<std::ptrdiff_t>(first),
                  all.begin() + static_cast<std::ptrdiff_t>(last));
      for (std::size_t i = first + 1; i < last; ++i)
        links[static_cast<std::uint32_t>(all[i])].fetch_add(1, std::memory_order_relaxed);
    }
    kept.shrink_to_fit();
  });
  out.capped_buckets = capped;

  // For each text, where its postings stand: part above, position below.
  std::vector<std::size_t> starts(n + 1);
  for (std::size_t i = 0; i < n; ++i) starts[i + 1] = starts[i] + links[i].load(std::memory_order_relaxed);
  for (std::size_t i = 0; i < n; ++i) links[i].store(0, std::memory_order_relaxed);
  std::vector<std::uint64_t> places(starts[n]);
  parallel_pieces(part_count, 1, threads, [&](std::size_t p, std::size_t) {
    const std::vector<std::uint64_t>& part = parts[p];
    for (std::size_t i = 1; i < part.size(); ++i) {
      if (part[i] >> 32 != part[i - 1] >> 32) continue;
      const auto text = static_cast<std::uint32_t>(part[i]);
      places[starts[text] + links[text].fetch_add(1, std::memory_order_relaxed)] = std::uint64_t{p} << 48 | i;
    }
  });

  constexpr std::size_t grain = 1024;
  std::vector<std::vector<CandidatePair>> found((n + grain - 1) / grain);
  parallel_pieces(found.size(), 16, threads, [&](std::size_t first_piece, std::size_t last_piece) {
    std::vector<std::uint16_t> hits(n);  // by text: shingles that it shares with the one at hand
    std::vector<std::uint32_t> touched;
    for (std::size_t piece = first_piece; piece < last_piece; ++piece) {
      for (std::size_t b = piece * grain; b < std::min(n, (piece + 1) * grain); ++b) {
        touched.clear();
        for (std::size_t k = starts[b]; k < starts[b + 1]; ++k) {
          const std::vector<std::uint64_t>& part = parts[places[k] >> 48];
          const std::size_t at = places[k] & 0xFFFFFFFFFFFF;
          for (std::size_t i = at; i-- > 0 && at - i <= max_bucket && part[i] >> 32 == part[at] >> 32;) {
            const auto a = static_cast<std::uint32_t>(part[i]);
            if (hits[a] == 0) touched.push_back(a);
            hits[a] = static_cast<std::uint16_t>(std::min<unsigned>(hits[a] + 1u, 0xFFFF));
          }
        }
        std::sort(touched.begin(), touched.end());
        for (const std::uint32_t a : touched) {
          const bool dense = sizes_[a].dense != 0 && sizes_[b].dense != 0;
          const std::uint32_t least =
              dense ? std::min(sizes_[a].dense, sizes_[b].dense) : std::min(sizes_[a].sparse, sizes_[b].sparse);
          // A copy shares some 45 % of the smaller sample or more; half of that, less two for small numbers' sake.
          const std::uint32_t needed = std::max(1, static_cast<int>(std::min(least, 0xFFFFu) / 4) - 2);
          if (hits[a] >= needed) found[piece].push_back({a, static_cast<std::uint32_t>(b)});
          hits[a] = 0;
        }
      }
    }
  });
  for (const std::vector<CandidatePair>& piece : found) out.pairs.insert(out.pairs.end(), piece.begin(), piece.end());
  std::sort(out.pairs.begin(), out.pairs.end());
  return out;
}

}  // namespace storymerge

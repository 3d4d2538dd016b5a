#include "dedup/shared_shingles.h"

#include <algorithm>
#include <atomic>

#include "support/parallel.h"
#include "support/radix_sort.h"

namespace storymerge {
namespace {

constexpr std::size_t part_count = 256;
constexpr std::size_t short_text = 128;  // shingles

// A shingle that few texts have speaks for copying, one that many have for a common phrase. Tuned on articles of
// tests/bench, 10,000 to 1,000,000 of them: recall of pairs that count stays above .999, false candidates stop growing.
struct Evidence {
  std::uint32_t few = 8;        // texts in the list of a shingle that speaks for itself
  std::uint32_t of_common = 3;  // shingles that are needed when none does
};
constexpr Evidence evidence;

constexpr std::uint64_t short_list = std::uint64_t{1} << 47;
constexpr std::uint64_t position_mask = short_list - 1;
constexpr std::uint16_t has_short_list = 0x8000;

std::size_t part_of(std::uint64_t posting) { return posting >> 56; }

// Postings of one part of all lanes, without the shingles that only one text has.
std::vector<std::uint64_t> shared_postings(std::span<const SharedShingles::Lane> lanes, std::size_t part,
                                           std::uint32_t max_bucket, std::atomic<std::uint64_t>& capped) {
  std::vector<std::uint64_t> all, scratch, kept;
  std::size_t total = 0;
  for (const SharedShingles::Lane& lane : lanes) total += lane.starts[part + 1] - lane.starts[part];
  all.reserve(total);
  for (const SharedShingles::Lane& lane : lanes) {
    all.insert(all.end(), lane.postings.begin() + static_cast<std::ptrdiff_t>(lane.starts[part]),
               lane.postings.begin() + static_cast<std::ptrdiff_t>(lane.starts[part + 1]));
  }
  radix_sort(all, scratch, 32, 56);  // lanes come in order of text, and the sort is stable
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::size_t written = 0;
  for (std::size_t first = 0, last = 0; first < all.size(); first = last) {
    while (last < all.size() && all[last] >> 32 == all[first] >> 32) ++last;
    if (last - first < 2) continue;
    if (last - first > max_bucket) ++capped;
    for (std::size_t i = first; i < last; ++i) all[written++] = all[i];
  }
  kept.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(written));
  return kept;
}

}  // namespace

void SharedShingles::add(std::uint32_t text, std::span<const std::uint64_t> shingles, Lane& lane) {
  const bool all = sample_ == Sample::all;
  const bool dense = all || shingles.size() < short_text;
  const std::uint32_t mask = all ? 0 : dense ? 1 : 7;
  Size& size = sizes_[text];
  for (const std::uint64_t shingle : shingles) {
    const auto low = static_cast<std::uint32_t>(shingle);
    if ((low & mask) != 0) continue;
    size.sparse += (low & 7) == 0;
    size.dense += dense;
    const auto key = static_cast<std::uint32_t>(shingle >> 32);
    lane.postings.push_back(std::uint64_t{key} << 32 | text);
  }
}

void SharedShingles::close(Lane& lane) {
  lane.starts.assign(part_count + 1, 0);
  for (const std::uint64_t posting : lane.postings) ++lane.starts[part_of(posting) + 1];
  for (std::size_t p = 0; p < part_count; ++p) lane.starts[p + 1] += lane.starts[p];
  std::vector<std::uint64_t> in_parts(lane.postings.size());
  std::vector<std::size_t> cursor(lane.starts.begin(), lane.starts.end() - 1);
  for (const std::uint64_t posting : lane.postings) in_parts[cursor[part_of(posting)]++] = posting;
  lane.postings = std::move(in_parts);
}

SharedShingles::Places SharedShingles::find_places(std::span<const Postings> parts, unsigned threads) const {
  const std::size_t n = sizes_.size();
  std::vector<std::atomic<std::uint32_t>> links(n + 1);
  const auto for_links = [&](auto&& f) {
    parallel_pieces(parts.size(), 1, threads, [&](std::size_t p, std::size_t) {
      const Postings& part = parts[p];
      for (std::size_t first = 0, last = 0; first < part.size(); first = last) {
        while (last < part.size() && part[last] >> 32 == part[first] >> 32) ++last;
        const std::uint64_t flag = last - first <= evidence.few ? short_list : 0;
        for (std::size_t i = first + 1; i < last; ++i) {
          f(static_cast<std::uint32_t>(part[i]), std::uint64_t{p} << 48 | flag | i);
        }
      }
    });
  };
  for_links([&](std::uint32_t text, std::uint64_t) { links[text].fetch_add(1, std::memory_order_relaxed); });
  Places out;
  out.starts.resize(n + 1);
  for (std::size_t i = 0; i < n; ++i) {
    out.starts[i + 1] = out.starts[i] + links[i].exchange(0, std::memory_order_relaxed);
  }
  out.at.resize(out.starts[n]);
  for_links([&](std::uint32_t text, std::uint64_t place) {
    out.at[out.starts[text] + links[text].fetch_add(1, std::memory_order_relaxed)] = place;
  });
  return out;
}

// Sampled shingles that a pair must share. A copy shares some 45 % of the smaller sample or more; half of that, less two
// for small numbers' sake.
std::uint32_t SharedShingles::needed(std::uint32_t a, std::uint32_t b) const {
  const Size& x = sizes_[a];
  const Size& y = sizes_[b];
  const bool dense = x.dense != 0 && y.dense != 0;
  const std::uint32_t least = dense ? std::min(x.dense, y.dense) : std::min(x.sparse, y.sparse);
  return static_cast<std::uint32_t>(std::max(1, static_cast<int>(std::min(least, 0xFFFFu) / 4) - 2));
}

Candidates SharedShingles::propose_pairs(std::span<Lane> lanes, std::uint32_t max_bucket, unsigned threads) const {
  Candidates out;
  const std::size_t n = sizes_.size();
  std::atomic<std::uint64_t> capped{0};
  std::vector<Postings> parts(part_count);
  parallel_pieces(part_count, 1, threads,
                  [&](std::size_t p, std::size_t) { parts[p] = shared_postings(lanes, p, max_bucket, capped); });
  out.capped_buckets = capped;
  for (Lane& lane : lanes) lane = {};
  const Places places = find_places(parts, threads);

  constexpr std::size_t grain = 1024, ahead = 8;
  std::vector<std::vector<CandidatePair>> found((n + grain - 1) / grain);
  parallel_pieces(found.size(), 16, threads, [&](std::size_t first_piece, std::size_t last_piece) {
    std::vector<std::uint16_t> hits(
        n);  // by text: shingles that it shares with the one at hand, and whether few have one
    std::vector<std::uint32_t> touched;
    for (std::size_t b = first_piece * grain; b < std::min(n, last_piece * grain); ++b) {
      touched.resize((places.starts[b + 1] - places.starts[b]) * max_bucket + 1);
      std::size_t all = 0;
      for (std::size_t k = places.starts[b]; k < places.starts[b + 1]; ++k) {
        if (k + ahead < places.at.size()) {  // lists stand far apart
          const std::uint64_t next = places.at[k + ahead];
          const std::uint64_t* posting = parts[next >> 48].data() + (next & position_mask);
          __builtin_prefetch(posting);
          __builtin_prefetch(posting - std::min<std::uint64_t>(next & position_mask, 8));
        }
        const std::uint64_t place = places.at[k];
        const Postings& part = parts[place >> 48];
        const std::size_t at = place & position_mask;
        const std::uint16_t flag = (place & short_list) != 0 ? has_short_list : 0;
        for (std::size_t i = at; i-- > 0 && at - i <= max_bucket && part[i] >> 32 == part[at] >> 32;) {
          std::uint16_t& hit = hits[static_cast<std::uint32_t>(part[i])];
          touched[all] = static_cast<std::uint32_t>(part[i]);
          all += hit == 0;
          hit = static_cast<std::uint16_t>(std::min(hit + 1u, hit | 0x7FFFu) | flag);
        }
      }
      std::size_t kept = 0;
      for (std::size_t i = 0; i < all; ++i) {
        const std::uint32_t a = touched[i];
        const std::uint32_t count = hits[a] & 0x7FFFu;
        const bool speaks = (hits[a] & has_short_list) != 0;
        hits[a] = 0;
        if ((speaks || count >= evidence.of_common) && count >= needed(a, static_cast<std::uint32_t>(b)))
          touched[kept++] = a;
      }
      std::sort(touched.begin(), touched.begin() + static_cast<std::ptrdiff_t>(kept));
      for (std::size_t i = 0; i < kept; ++i) found[b / grain].push_back({touched[i], static_cast<std::uint32_t>(b)});
    }
  });
  for (const std::vector<CandidatePair>& piece : found) out.pairs.insert(out.pairs.end(), piece.begin(), piece.end());
  return out;
}

}  // namespace storymerge

#include "storymerge/sketch/minhash_lsh.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cmath>
#include <new>
#include <utility>

#include "storymerge/base/error.h"
#include "support/hash.h"
#include "support/parallel.h"
#include "support/radix_sort.h"

namespace storymerge {
namespace {

void check(double threshold, unsigned num_perm) {
  if (!(threshold > 0 && threshold <= 1)) {
    throw Error(ErrorCode::bad_option, fmt::format("threshold is {}, must be in (0, 1]", threshold));
  }
  if (num_perm < 1 || num_perm > 1024) {
    throw Error(ErrorCode::bad_option, fmt::format("num_perm is {}, must be 1 .. 1024", num_perm));
  }
}

// Room for `more` without a further allocation; twice the room there was, at least, so that adding stays cheap.
template <class T>
void make_room(std::vector<T>& items, std::size_t more) {
  if (items.capacity() - items.size() < more) items.reserve(std::max(2 * items.capacity(), items.size() + more));
}

// Mean of f over [from, to] times its length, by the midpoint rule.
template <class F>
double integral(double from, double to, F&& f) {
  constexpr int steps = 200;
  double sum = 0;
  for (int i = 0; i < steps; ++i) sum += f(from + (to - from) * (i + 0.5) / steps);
  return sum * (to - from) / steps;
}

std::uint64_t hash_slots(std::span<const std::uint32_t> slots, std::uint64_t salt) {
  return hash_bytes({reinterpret_cast<const char*>(slots.data()), slots.size_bytes()}) ^ mix64(salt + 1);
}

}  // namespace

double collision_probability(double jaccard, Banding banding) {
  return 1 - std::pow(1 - std::pow(jaccard, banding.rows), banding.bands);
}

Banding optimal_banding(double threshold, unsigned num_perm, double false_positive_weight,
                        double false_negative_weight) {
  check(threshold, num_perm);
  if (!(false_positive_weight >= 0 && false_negative_weight >= 0 && false_positive_weight + false_negative_weight > 0 &&
        std::isfinite(false_positive_weight + false_negative_weight))) {
    throw Error(ErrorCode::bad_option, fmt::format("weights are {} and {}, must be finite, not negative, not both 0",
                                                   false_positive_weight, false_negative_weight));
  }
  Banding best{num_perm, 1};
  double least = std::numeric_limits<double>::infinity();
  for (unsigned rows = 1; rows <= num_perm; ++rows) {
    // For given rows, the error falls and then rises with the bands; all are tried, for num_perm is small.
    for (unsigned bands = 1; bands * rows <= num_perm; ++bands) {
      const Banding banding{bands, rows};
      const double error =
          false_positive_weight * integral(0, threshold, [&](double j) { return collision_probability(j, banding); }) +
          false_negative_weight *
              integral(threshold, 1, [&](double j) { return 1 - collision_probability(j, banding); });
      if (error < least) {
        least = error;
        best = banding;
      }
    }
  }
  return best;
}

Banding sure_banding(double threshold, unsigned num_perm, double recall) {
  check(threshold, num_perm);
  if (!(recall > 0 && recall <= 1))
    throw Error(ErrorCode::bad_option, fmt::format("recall is {}, must be in (0, 1]", recall));
  Banding best{num_perm, 1};
  for (unsigned rows = 2; rows <= num_perm; ++rows) {
    const Banding banding{num_perm / rows, rows};
    if (collision_probability(threshold, banding) >= recall) best = banding;
  }
  return best;
}

void band_keys(std::span<const std::uint32_t> slots, Banding banding, std::span<std::uint32_t> keys) {
  assert(slots.size() >= std::size_t{banding.bands} * banding.rows && keys.size() == banding.bands);
  for (unsigned band = 0; band < banding.bands; ++band) {
    std::uint64_t key = banding.rows;
    for (unsigned row = 0; row < banding.rows; ++row) {
      key = (key ^ slots[std::size_t{band} * banding.rows + row]) * 0x9e3779b97f4a7c15ULL;
      key ^= key >> 32;
    }
    keys[band] = static_cast<std::uint32_t>(key);
  }
}

Candidates propose_pairs(std::span<const std::uint32_t> keys, std::size_t n, std::span<const std::uint8_t> skip,
                         std::uint32_t max_bucket, unsigned threads) {
  Candidates out;
  if (n < 2 || keys.empty()) return out;
  assert(keys.size() % n == 0);
  const std::size_t bands = keys.size() / n;
  std::atomic<std::uint64_t> capped{0};
  std::vector<std::vector<std::uint64_t>> found(bands);  // a above, b below: a sorted list of them is in order of pairs
  parallel_pieces(bands, 1, threads, [&](std::size_t band, std::size_t) {
    std::vector<std::uint64_t> entries, scratch;  // key above, index below
    entries.reserve(n);
    const std::uint32_t* key = keys.data() + band * n;
    for (std::size_t i = 0; i < n; ++i) {
      if (skip.empty() || skip[i] == 0) entries.push_back(std::uint64_t{key[i]} << 32 | i);
    }
    radix_sort(entries, scratch, 32, 64);
    std::vector<std::uint64_t>& pairs = found[band];
    for (std::size_t first = 0, last = 0; first < entries.size(); first = last) {
      while (last < entries.size() && entries[last] >> 32 == entries[first] >> 32) ++last;
      if (last - first > max_bucket) ++capped;
      for (std::size_t b = first + 1; b < last; ++b) {
        for (std::size_t a = b - first > max_bucket ? b - max_bucket : first; a < b; ++a) {
          pairs.push_back(entries[a] << 32 | (entries[b] & 0xFFFFFFFF));
        }
      }
    }
    std::sort(pairs.begin(), pairs.end());
  });
  out.capped_buckets = capped;
  // Merged two by two, repetitions dropped on the way: most pairs are found in many bands.
  for (std::size_t step = 1; step < bands; step *= 2) {
    parallel_pieces((bands + 2 * step - 1) / (2 * step), 1, threads, [&](std::size_t piece, std::size_t) {
      const std::size_t at = piece * 2 * step;
      if (at + step >= bands) return;
      std::vector<std::uint64_t>&left = found[at], &right = found[at + step];
      std::vector<std::uint64_t> merged;
      merged.reserve(std::max(left.size(), right.size()));
      std::set_union(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(merged));
      left = std::move(merged);
      right = {};
    });
  }
  out.pairs.reserve(found.front().size());
  for (const std::uint64_t pair : found.front()) {
    out.pairs.push_back({static_cast<std::uint32_t>(pair >> 32), static_cast<std::uint32_t>(pair)});
  }
  return out;
}

MinHashLSH::MinHashLSH(const Options& options) : options_(options) {
  const MinHash probe(options.minhash);  // checks the options
  if (options.max_bucket == 0) throw Error(ErrorCode::bad_option, "max_bucket is 0, must be 1 or more");
  const Banding banding = options.banding;
  if (banding.bands == 0 || banding.rows == 0 || banding.rows > options.minhash.num_perm ||
      banding.bands > options.minhash.num_perm / banding.rows) {
    throw Error(ErrorCode::bad_option, fmt::format("{} bands of {} rows do not fit into {} slots", banding.bands,
                                                   banding.rows, options.minhash.num_perm));
  }
}

void MinHashLSH::check(const MinHashOptions& other) const {
  if (other == options_.minhash) return;
  throw Error(ErrorCode::incompatible,
              fmt::format("signatures of different kinds in one index: {}", difference(options_.minhash, other)));
}

void MinHashLSH::check_new(std::span<const std::uint64_t> ids) const {
  for (const std::uint64_t id : ids) {
    if (entry_of_.contains(id)) throw Error(ErrorCode::bad_input, fmt::format("id {} is in the index already", id));
  }
}

std::uint64_t MinHashLSH::key(std::span<const std::uint32_t> slots, unsigned band) const {
  return hash_slots(slots.subspan(std::size_t{band} * options_.banding.rows, options_.banding.rows), band);
}

// The place of a key, or the empty place where it belongs.
std::size_t MinHashLSH::place_of(std::uint64_t key) const {
  const std::size_t mask = table_.keys.size() - 1;
  std::size_t at = key & mask;
  while (table_.heads[at] != no_entry && table_.keys[at] != key) at = (at + 1) & mask;
  return at;
}

// Leaves things as they are when it throws.
void MinHashLSH::grow() {
  const std::size_t size = std::max<std::size_t>(64, 2 * table_.keys.size());
  Table old;
  old.keys.assign(size, 0);
  old.heads.assign(size, no_entry);
  std::swap(old, table_);
  for (std::size_t i = 0; i < old.keys.size(); ++i) {
    if (old.heads[i] == no_entry) continue;
    const std::size_t at = place_of(old.keys[i]);
    table_.keys[at] = old.keys[i];
    table_.heads[at] = old.heads[i];
    ++table_.used;
  }
}

void MinHashLSH::insert(std::uint64_t id, const MinHash& minhash, std::int64_t time) {
  check(minhash.options());
  insert(id, minhash.slots(), time);
}

void MinHashLSH::insert(std::uint64_t id, std::span<const std::uint32_t> slots, std::int64_t time) {
  if (slots.size() != options_.minhash.num_perm) {
    throw Error(ErrorCode::bad_option, fmt::format("{} slots for an index of signatures of num_perm {}", slots.size(),
                                                   options_.minhash.num_perm));
  }
  check_new({&id, 1});
  // Whatever may throw comes first.
  const unsigned bands = options_.banding.bands;
  while (2 * (table_.used + bands) > table_.keys.size()) grow();
  make_room(ids_, 1);
  make_room(times_, 1);
  make_room(dead_, 1);
  make_room(slots_, slots.size());
  make_room(next_, bands);
  const auto entry = static_cast<std::uint32_t>(ids_.size());
  entry_of_.emplace(id, entry);
  ids_.push_back(id);
  times_.push_back(time);
  dead_.push_back(0);
  slots_.insert(slots_.end(), slots.begin(), slots.end());
  // A text without shingles is like nothing, so it stands in no bucket.
  const bool empty = std::all_of(slots.begin(), slots.end(), [](std::uint32_t slot) { return slot == 0xFFFFFFFF; });
  for (unsigned band = 0; band < bands; ++band) {
    if (empty) {
      next_.push_back(no_entry);
      continue;
    }
    const std::uint64_t k = key(slots, band);
    const std::size_t at = place_of(k);
    if (table_.heads[at] == no_entry) {
      table_.keys[at] = k;
      ++table_.used;
    }
    next_.push_back(table_.heads[at]);
    table_.heads[at] = entry;
  }
}

bool MinHashLSH::remove(std::uint64_t id) {
  const auto found = entry_of_.find(id);
  if (found == entry_of_.end()) return false;
  dead_[found->second] = 1;
  entry_of_.erase(found);
  try {
    if (2 * entry_of_.size() < ids_.size()) compact();
  } catch (const std::bad_alloc&) {  // it stays as large as it is
  }
  return true;
}

std::size_t MinHashLSH::expire(std::int64_t time) {
  std::vector<std::uint64_t> old;
  for (const auto& [id, entry] : entry_of_) {
    if (times_[entry] < time) old.push_back(id);
  }
  for (const std::uint64_t id : old) remove(id);
  return old.size();
}

std::optional<MinHash> MinHashLSH::find(std::uint64_t id) const {
  const auto found = entry_of_.find(id);
  if (found == entry_of_.end()) return std::nullopt;
  const std::size_t width = options_.minhash.num_perm;
  return MinHash(options_.minhash, std::span(slots_).subspan(found->second * width, width));
}

// Builds the index anew without its dead.
void MinHashLSH::compact() {
  MinHashLSH fresh(options_);
  fresh.merge(*this);
  *this = std::move(fresh);
}

void MinHashLSH::merge(const MinHashLSH& other) {
  check(other.options_.minhash);
  std::vector<std::uint64_t> ids;
  for (const auto& [id, entry] : other.entry_of_) ids.push_back(id);
  check_new(ids);
  const std::size_t width = options_.minhash.num_perm, count = other.ids_.size();
  for (std::size_t entry = 0; entry < count; ++entry) {
    if (other.dead_[entry] != 0) continue;
    insert(other.ids_[entry], std::span(other.slots_).subspan(entry * width, width), other.times_[entry]);
  }
}

void MinHashLSH::merge(const SignatureFile& file) {
  check(file.options());
  std::vector<std::uint64_t> ids;
  for (std::size_t i = 0; i < file.size(); ++i) ids.push_back(file.id(i));
  check_new(ids);
  std::sort(ids.begin(), ids.end());
  const auto twice = std::adjacent_find(ids.begin(), ids.end());
  if (twice != ids.end()) throw Error(ErrorCode::bad_input, fmt::format("id {} is in the file twice", *twice));
  for (std::size_t i = 0; i < file.size(); ++i) insert(file.id(i), file.slots(i), file.time(i));
}

MinHashLSH::Query MinHashLSH::query(const MinHash& minhash, double min_jaccard) const {
  check(minhash.options());
  Query out;
  if (minhash.is_empty() || entry_of_.empty()) return out;
  const std::size_t width = options_.minhash.num_perm;
  std::vector<std::uint32_t> entries;
  for (unsigned band = 0; band < options_.banding.bands; ++band) {
    const std::size_t at = place_of(key(minhash.slots(), band));
    std::uint32_t looked_at = 0;
    for (std::uint32_t entry = table_.heads[at]; entry != no_entry;
         entry = next_[std::size_t{entry} * options_.banding.bands + band]) {
      if (dead_[entry] != 0) continue;
      if (looked_at++ == options_.max_bucket) {
        ++out.capped_buckets;
        break;
      }
      entries.push_back(entry);
    }
  }
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  for (const std::uint32_t entry : entries) {
    const JaccardEstimate estimate = estimate_jaccard(minhash.slots(), std::span(slots_).subspan(entry * width, width));
    if (estimate.estimate >= min_jaccard) out.matches.push_back({ids_[entry], estimate});
  }
  std::sort(out.matches.begin(), out.matches.end(), [](const LshMatch& a, const LshMatch& b) {
    return a.jaccard.estimate != b.jaccard.estimate ? a.jaccard.estimate > b.jaccard.estimate : a.id < b.id;
  });
  return out;
}

}  // namespace storymerge

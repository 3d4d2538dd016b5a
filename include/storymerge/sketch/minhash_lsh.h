#pragma once
// Which signatures are worth comparing?
//
// The slots of a signature are cut into `bands` of `rows` slots; two texts are a candidate pair when they agree in
// every slot of some band, which happens with probability 1 - (1 - J^rows)^bands. Candidates are proposals: whoever
// needs the truth compares the sets (shingles.h). Indyk and Motwani, "Approximate nearest neighbors", STOC 1998;
// Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", ch. 3.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "storymerge/base/export.h"
#include "storymerge/sketch/minhash.h"
#include "storymerge/sketch/signature_file.h"

namespace storymerge {

struct Banding {
  unsigned bands = 42;
  unsigned rows = 3;

  friend bool operator==(const Banding&, const Banding&) = default;
};

// Probability that two sets of this Jaccard similarity become a candidate pair.
STORYMERGE_EXPORT double collision_probability(double jaccard, Banding banding);

// The banding of at most num_perm slots that makes the weighted sum of false positives (area under the S-curve below
// the threshold) and false negatives (area above the curve beyond it) least. The weights need not sum to 1. A miss
// cannot be mended and a false candidate costs one comparison: so the default weights. Errors: bad_option when the
// threshold is outside (0, 1], num_perm outside 1 .. 1024, a weight is not finite or negative or both are 0.
STORYMERGE_EXPORT Banding optimal_banding(double threshold, unsigned num_perm, double false_positive_weight = 0.1,
                                          double false_negative_weight = 0.9);

// The banding with most rows, so with fewest false candidates, that still finds a pair at the threshold with
// probability `recall` or more; one row a band when none does. Errors: bad_option when the threshold or `recall` is
// outside (0, 1], num_perm outside 1 .. 1024.
STORYMERGE_EXPORT Banding sure_banding(double threshold, unsigned num_perm, double recall = 0.99);

// The keys of one signature, one a band. Requires: slots.size() >= bands * rows, keys.size() == bands.
STORYMERGE_EXPORT void band_keys(std::span<const std::uint32_t> slots, Banding banding, std::span<std::uint32_t> keys);

struct CandidatePair {
  std::uint32_t a = 0;  // a < b
  std::uint32_t b = 0;

  friend auto operator<=>(const CandidatePair&, const CandidatePair&) = default;
};

struct Candidates {
  std::vector<CandidatePair> pairs;  // in order, distinct
  std::uint64_t capped_buckets = 0;  // buckets with more members than `max_bucket`
};

// All candidate pairs of a batch, by sorting each band. keys[band * n + i]: key of signature i, n signatures in all;
// those with skip[i] != 0 are left out (`skip` may be empty). Each member of a bucket is paired with the max_bucket
// members before it, so that work stays linear however many share a key. Complexity: O(bands n), plus the pairs.
STORYMERGE_EXPORT Candidates propose_pairs(std::span<const std::uint32_t> keys, std::size_t n,
                                           std::span<const std::uint8_t> skip = {}, std::uint32_t max_bucket = 32,
                                           unsigned threads = 0);

struct LshMatch {
  std::uint64_t id = 0;
  JaccardEstimate jaccard;
};

// An index that grows and shrinks: for streams, and for queries of one text against many.
// Not safe for writing from several threads; queries may run together. A call that throws changes nothing, but for merge()
// when memory ends. One that was moved from is empty.
class STORYMERGE_EXPORT MinHashLSH {
 public:
  struct Options {
    MinHashOptions minhash;
    Banding banding;
    std::uint32_t max_bucket = 1024;  // members of one bucket that a query looks at, the latest first; 1 or more
  };

  // Errors: bad_option when the banding needs more slots than num_perm, or has none, or another option is out of its range.
  explicit MinHashLSH(const Options& options);

  std::size_t size() const { return entry_of_.size(); }
  const Options& options() const { return options_; }

  // `time` is for expire(): of publication, of arrival, whatever the caller counts in.
  // Errors: incompatible; bad_input when the id is in already.
  void insert(std::uint64_t id, const MinHash& minhash, std::int64_t time = 0);

  // From a row of slots made with options().minhash. Errors: bad_option when there are not num_perm; bad_input.
  void insert(std::uint64_t id, std::span<const std::uint32_t> slots, std::int64_t time = 0);

  // False when there is no such id. Complexity: O(1) amortised.
  bool remove(std::uint64_t id);

  // Removes what is older than `time`; how many there were. Complexity: O(size()).
  std::size_t expire(std::int64_t time);

  // Takes all of another index in, whose banding may be another, or of a file, with their times. Errors: incompatible;
  // bad_input when both have an id, and then nothing is changed.
  void merge(const MinHashLSH& other);
  void merge(const SignatureFile& file);

  // The signature under this id, if there is one.
  std::optional<MinHash> find(std::uint64_t id) const;

  struct Query {
    std::vector<LshMatch> matches;     // the most similar first, then by id
    std::uint32_t capped_buckets = 0;  // buckets of which only the latest max_bucket members were looked at
  };

  // Those that share a band with `minhash` and whose estimate is at least `min_jaccard`. An empty signature matches
  // nothing. Errors: incompatible.
  Query query(const MinHash& minhash, double min_jaccard = 0) const;

 private:
  static constexpr std::uint32_t no_entry = 0xFFFFFFFF;

  // Open addressing: the latest entry with a key; entries of one key are chained through next_.
  struct Table {
    std::vector<std::uint64_t> keys;
    std::vector<std::uint32_t> heads;
    std::size_t used = 0;
  };

  void check(const MinHashOptions& other) const;
  void check_new(std::span<const std::uint64_t> ids) const;
  std::uint64_t key(std::span<const std::uint32_t> slots, unsigned band) const;
  std::size_t place_of(std::uint64_t key) const;
  void grow();
  void compact();

  Options options_;
  Table table_;
  std::vector<std::uint64_t> ids_;    // by entry
  std::vector<std::int64_t> times_;   // by entry
  std::vector<std::uint8_t> dead_;    // by entry
  std::vector<std::uint32_t> slots_;  // entry * num_perm + slot
  std::vector<std::uint32_t> next_;   // entry * bands + band
  std::unordered_map<std::uint64_t, std::uint32_t> entry_of_;
};

}  // namespace storymerge

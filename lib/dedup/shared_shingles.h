#pragma once
// Which texts share more shingles than chance would have them, whatever their lengths?
//
// A sample of each text's shingles, taken by hash value, is put into an inverted index; two texts that have enough of each
// other's sampled shingles are a candidate pair. Sampling by value picks the same shingles in both texts, so a wire text
// is found inside an article many times its length, and what an article costs does not grow with the corpus: it has so
// many sampled shingles, and of each so many texts are looked at. Broder 1997 calls it MOD; Irber et al., "Lightweight
// compositional analysis with FracMinHash", bioRxiv 2022.

#include <cstdint>
#include <span>
#include <vector>

#include "storymerge/sketch/minhash_lsh.h"

namespace storymerge {

class SharedShingles {
 public:
  enum class Sample : std::uint8_t {
    by_length,  // every eighth shingle; of a text with fewer than 128, every second
    all,
  };
  SharedShingles(std::size_t texts, Sample sample) : sample_(sample), sizes_(texts) {}

  // How many of a text's shingles were sampled.
  struct Size {
    std::uint32_t sparse = 0;  // at one in eight
    std::uint32_t dense = 0;   // at one in two, or all; 0 for a long text
  };

  // Adds the sampled ones of a text's shingles to a lane. A lane belongs to one thread at a time and gets its texts in
  // order; lanes hold texts in order of lane.
  struct Lane {
    std::vector<std::uint64_t> postings;  // shingle above, text below; once closed, by the shingle's top bits
    std::vector<std::size_t> starts;      // of those in `postings`
  };
  void add(std::uint32_t text, std::span<const std::uint64_t> shingles, Lane& lane);
  Size size(std::uint32_t text) const { return sizes_[text]; }
  // Call once a lane has all its texts.
  static void close(Lane& lane);

  // Pairs that share at least a quarter of what a copy would be expected to, in order of the later text, then of the
  // earlier. In a shingle's list each text is compared with the `max_bucket` texts before it. Requires: the lanes are closed; they are empty then.
  Candidates propose_pairs(std::span<Lane> lanes, std::uint32_t max_bucket, unsigned threads) const;

 private:
  using Postings = std::vector<std::uint64_t>;  // in order; shingle above, text below
  // Where the postings of each text stand that have one before them in their list.
  struct Places {
    std::vector<std::size_t> starts;  // by text: in `at`
    std::vector<std::uint64_t> at;    // part above, whether its list is short, position below
  };

  Places find_places(std::span<const Postings> parts, unsigned threads) const;
  std::uint32_t needed(std::uint32_t a, std::uint32_t b) const;

  Sample sample_;
  std::vector<Size> sizes_;
};

}  // namespace storymerge

#pragma once
// Which texts share more shingles than chance would have them, whatever their lengths?
//
// Every eighth shingle by hash value (every second one of a short text) is put into an inverted index; two texts that
// have enough of each other's sampled shingles are a candidate pair. Sampling by value picks the same shingles in both
// texts, so a wire text is found inside an article many times its length. Broder 1997 calls it MOD; Irber et al.,
// "Lightweight compositional analysis with FracMinHash", bioRxiv 2022.

#include <cstdint>
#include <span>
#include <vector>

#include "storymerge/sketch/minhash_lsh.h"

namespace storymerge {

class SharedShingles {
 public:
  explicit SharedShingles(std::size_t texts) : sizes_(texts) {}

  // Adds the sampled ones of a text's shingles to a lane. A lane belongs to one thread at a time and gets its texts in
  // order; lanes hold texts in order of lane.
  struct Lane {
    std::vector<std::vector<std::uint64_t>> parts;  // by the shingle's top bits: shingle above, text below
  };
  void add(std::uint32_t text, std::span<const std::uint64_t> shingles, Lane& lane);

  // Pairs that share at least a quarter of what a copy would be expected to. Texts with skip[i] != 0 are left out. In a
  // shingle's list each text is compared with the `max_bucket` texts before it. Empties the lanes.
  Candidates propose_pairs(std::span<Lane> lanes, std::span<const std::uint8_t> skip, std::uint32_t max_bucket,
                           unsigned threads) const;

 private:
  struct Size {
    std::uint32_t sparse = 0;  // sampled at one in eight
    std::uint32_t dense = 0;   // at one in two; 0 for a long text
  };
  std::vector<Size> sizes_;
};

}  // namespace storymerge

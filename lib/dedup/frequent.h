#pragma once
// Which shingles say nothing about copying, because they repeat across unrelated articles?

#include <cstdint>
#include <span>
#include <vector>

namespace storymerge {

// A set of shingles with a filter before it: most look-ups end at one bit.
class ShingleFilter {
 public:
  ShingleFilter() = default;
  explicit ShingleFilter(std::span<const std::uint32_t> distinct);

  bool empty() const { return size_ == 0; }
  bool contains(std::uint32_t shingle) const {
    return size_ != 0 && (bits_[(shingle & bit_mask_) >> 6] >> (shingle & 63) & 1) != 0 && find(shingle);
  }

 private:
  bool find(std::uint32_t shingle) const {
    if (shingle == 0) return has_zero_;
    std::size_t at = shingle >> shift_;
    while (slots_[at] != shingle && slots_[at] != 0) at = at + 1 == slots_.size() ? 0 : at + 1;
    return slots_[at] == shingle;
  }

  std::size_t size_ = 0;
  std::vector<std::uint64_t> bits_;
  std::uint32_t bit_mask_ = 0;
  std::vector<std::uint32_t> slots_;  // open addressing by the top bits; 0 is empty
  unsigned shift_ = 0;
  bool has_zero_ = false;
};

// A sample of texts: texts[i] has the shingles of one in order.
class RepeatedShingles {
 public:
  // `texts` must live as long as this.
  explicit RepeatedShingles(std::span<const std::vector<std::uint32_t>> texts);

  // A shingle is frequent when `min_texts` or more texts have it that also have a body of their own: a quarter of the text
  // in one run that no two other texts share, but for phrases of up to `phrase` shingles. (Copies with scattered edits have
  // no such run, so what copies share is not frequent.) Sorted.
  std::vector<std::uint32_t> frequent(std::size_t min_texts, std::size_t phrase) const;

 private:
  std::span<const std::vector<std::uint32_t>> texts_;
  ShingleFilter shared_;  // what a text shares with two others or more
};

}  // namespace storymerge

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
  explicit ShingleFilter(std::vector<std::uint32_t> sorted);

  bool empty() const { return sorted_.empty(); }
  std::size_t size() const { return sorted_.size(); }
  bool contains(std::uint32_t shingle) const {
    return !sorted_.empty() && (bits_[(shingle & mask_) >> 6] >> (shingle & 63) & 1) != 0 && find(shingle);
  }

 private:
  bool find(std::uint32_t shingle) const;

  std::vector<std::uint32_t> sorted_;
  std::vector<std::uint64_t> bits_;
  std::uint32_t mask_ = 0;
};

// texts[i]: the shingles of one text in order. A shingle is frequent when `min_texts` or more texts have it that also
// have a body of their own: a quarter of the text in one run that no two other texts share. (Copies with scattered
// edits have no such run, so what copies share is not frequent.) Sorted.
std::vector<std::uint32_t> frequent_shingles(std::span<const std::vector<std::uint32_t>> texts, std::size_t min_texts);

// Length of the longest run of true values in a sequence given by `f(0) .. f(n - 1)`.
template <class F>
std::size_t longest_run(std::size_t n, F&& f) {
  std::size_t best = 0, run = 0;
  for (std::size_t i = 0; i < n; ++i) {
    run = f(i) ? run + 1 : 0;
    if (run > best) best = run;
  }
  return best;
}

}  // namespace storymerge

#pragma once
// Which shingles does one text have? A table to ask, made for one text after another: faster than to sort its shingles.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace storymerge {

class ShingleTable {
 public:
  // Holds these shingles from now on. Returns how many are distinct.
  std::uint32_t assign(std::span<const std::uint64_t> shingles) {
    mask_ = static_cast<std::uint32_t>(std::bit_ceil(2 * shingles.size() + 16) - 1);
    if (slots_.size() <= mask_) slots_.resize(mask_ + std::size_t{1});
    std::fill(slots_.begin(), slots_.begin() + mask_ + 1, Slot{});
    round_ = present;
    std::uint32_t distinct = 0;
    for (const std::uint64_t shingle : shingles) {
      Slot& slot = find(static_cast<std::uint32_t>(shingle >> 32));
      distinct += slot.round == absent;
      slot = {static_cast<std::uint32_t>(shingle >> 32), present};
    }
    return distinct;
  }

  // How many distinct ones of these it holds.
  std::uint32_t count_common(std::span<const std::uint64_t> shingles) {
    ++round_;
    std::uint32_t common = 0;
    for (const std::uint64_t shingle : shingles) {
      Slot& slot = find(static_cast<std::uint32_t>(shingle >> 32));
      if (slot.round == absent || slot.round == round_) continue;
      slot.round = round_;
      ++common;
    }
    return common;
  }

 private:
  enum : std::uint32_t { absent = 0, present = 1 };
  struct Slot {
    std::uint32_t shingle = 0;
    std::uint32_t round = absent;  // of counting in which it was met last
  };
  Slot& find(std::uint32_t shingle) {
    std::uint32_t at = shingle & mask_;
    while (slots_[at].round != absent && slots_[at].shingle != shingle) at = (at + 1) & mask_;
    return slots_[at];
  }

  std::vector<Slot> slots_;
  std::uint32_t mask_ = 0;
  std::uint32_t round_ = present;
};

}  // namespace storymerge

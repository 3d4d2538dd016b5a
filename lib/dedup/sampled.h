#pragma once
// By which keys would find_duplicates propose pairs, where the corpus is spread over many machines?
//
// Two texts are a candidate pair of a kind when they share enough keys of it: SharedShingles has the rules.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "dedup/shared_shingles.h"
#include "storymerge/base/article.h"
#include "storymerge/dedup/duplicates.h"

namespace storymerge {

struct SampledText {
  std::uint64_t hash = 0;   // texts with the same words have the same
  std::uint32_t words = 0;  // fewer than three: it is a copy of what is identical alone, and has no keys
  struct Kind {
    SharedShingles::Size size;
    std::vector<std::uint32_t> keys;  // sorted
  };
  std::array<Kind, 2> kinds;  // sampled by length; all, of texts that may have a short copy
};

// One a text, in order. Only text and source of an article count. What repeats is left out as the options say (`repeated`); nothing is
// learned here. Errors: bad_option.
std::vector<SampledText> sample_shingles(std::span<const Article> articles, const DuplicateOptions& options);

}  // namespace storymerge

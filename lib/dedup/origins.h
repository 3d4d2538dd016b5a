#pragma once
// Which texts are one voice, given who is a copy of whom?

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "storymerge/dedup/duplicates.h"

namespace storymerge {

struct OriginInput {
  std::span<const ArticleIndex> first;                        // by article: the first one with this very text
  std::function<bool(ArticleIndex, ArticleIndex)> is_before;  // the one is rather the original than the other
  // What a text and each of some others are to each other, in their order; may run on several threads.
  std::function<std::vector<std::optional<DuplicatePair>>(ArticleIndex, std::span<const ArticleIndex>)> compare;
  unsigned threads = 0;
};

// Splits every connected component of joining pairs round its original, what is left round the original of that, and so
// on. `verified`: pairs of distinct texts; those that had to be compared here are added. Sets out.origins and
// out.origin_of, and adds to out.candidates.
void make_origins(const OriginInput& input, std::vector<DuplicatePair>& verified, Duplicates& out);

}  // namespace storymerge

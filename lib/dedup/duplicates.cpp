#include "storymerge/dedup/duplicates.h"

#include <algorithm>

#include "storymerge/base/error.h"
#include "support/hash.h"
#include "support/union_find.h"

namespace storymerge {
namespace {

std::vector<std::uint64_t> shingles(const WordList& words, std::size_t n) {
  if (words.size() < 40) n = std::min<std::size_t>(n, 2);
  n = std::min(n, words.size());
  std::vector<std::uint64_t> out;
  for (std::size_t i = 0; n != 0 && i + n <= words.size(); ++i) {
    const std::size_t begin = words.words[i].folded.begin, end = words.words[i + n - 1].folded.end;
    out.push_back(hash_bytes(std::string_view(words.folded).substr(begin, end - begin)));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

Duplicates find_duplicates(const Corpus& corpus, std::span<const Document> documents, const DuplicateOptions& options) {
  if (!(options.threshold > 0 && options.threshold <= 1))
    throw Error(ErrorCode::bad_option, "threshold outside (0, 1]");
  std::vector<std::vector<std::uint64_t>> sets;
  for (const Document& d : documents) sets.push_back(shingles(d.body, options.ngram));
  Duplicates out;
  UnionFind groups(corpus.size());
  for (ArticleIndex a = 0; a < corpus.size(); ++a) {
    for (ArticleIndex b = a + 1; b < corpus.size(); ++b) {
      if (sets[a].empty() || sets[b].empty()) continue;
      std::size_t common = 0;
      for (std::size_t i = 0, k = 0; i < sets[a].size() && k < sets[b].size();) {
        if (sets[a][i] < sets[b][k]) {
          ++i;
        } else if (sets[a][i] > sets[b][k]) {
          ++k;
        } else {
          ++common, ++i, ++k;
        }
      }
      DuplicatePair pair{a, b};
      pair.jaccard = double(common) / double(sets[a].size() + sets[b].size() - common);
      pair.containment_a_in_b = double(common) / double(sets[a].size());
      pair.containment_b_in_a = double(common) / double(sets[b].size());
      if (pair.jaccard == 1) {
        pair.relation = Relation::exact;
      } else if (pair.jaccard >= options.threshold) {
        pair.relation = Relation::near_duplicate;
      } else if (pair.containment_a_in_b >= options.containment) {
        pair.relation = Relation::contained_in;
      } else if (pair.containment_b_in_a >= options.containment) {
        pair.relation = Relation::contains;
      } else {
        continue;
      }
      out.pairs.push_back(pair);
      groups.unite(a, b);
    }
  }
  out.origin_of.resize(corpus.size());
  for (ArticleIndex a = 0; a < corpus.size(); ++a) {
    const ArticleIndex root = groups.find(a);
    if (root == a) {
      out.origin_of[a] = static_cast<std::uint32_t>(out.origins.size());
      out.origins.emplace_back();
      out.origins.back().original = a;
    }
    out.origin_of[a] = out.origin_of[root];
    out.origins[out.origin_of[a]].articles.push_back(a);
  }
  return out;
}

}  // namespace storymerge

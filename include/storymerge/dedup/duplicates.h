#pragma once
// Which texts are copies of one another, and which one is the original?
//
// Candidates come from MinHash-LSH; each is then decided by exact comparison of the two shingle sets, and only verified
// pairs are joined. Groups are split round a representative, so that a chain A~B~C… cannot glue strangers.
// Broder, "On the resemblance and containment of documents", SEQUENCES 1997.

#include <cstdint>
#include <span>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/text/document.h"

namespace storymerge {

enum class Relation : std::uint8_t {
  exact,            // same shingles
  near_duplicate,   // Jaccard >= threshold
  contains,         // a holds (almost) all of b
  contained_in,     // b holds (almost) all of a
  partial_overlap,  // a long common part, but neither is a copy of the other
};

// A verified pair, a < b.
struct DuplicatePair {
  ArticleIndex a = 0;
  ArticleIndex b = 0;
  Relation relation = Relation::near_duplicate;
  double jaccard = 0;               // exact, over the shingle sets
  double containment_a_in_b = 0;    // share of a's shingles that b has
  double containment_b_in_a = 0;
};

// Articles that are copies of one text: one voice. An article without copies is an origin alone.
struct Origin {
  std::vector<ArticleIndex> articles;  // in order
  ArticleIndex original = 0;           // the earliest; the longest of equally early ones
};

struct Duplicates {
  std::vector<DuplicatePair> pairs;  // in order of (a, b)
  std::vector<Origin> origins;       // in order of their first article; every article stands in exactly one
  std::vector<std::uint32_t> origin_of;  // by ArticleIndex: position in `origins`
};

struct DuplicateOptions {
  double threshold = 0.5;     // Jaccard from which two texts are near-duplicates, (0, 1]
  double containment = 0.8;   // share of the shorter text from which the longer one contains it, (0, 1]
  unsigned ngram = 3;         // words in a shingle, >= 1
  unsigned num_perm = 128;    // slots of a signature, 16 .. 1024
  unsigned threads = 0;       // 0: all cores; results do not depend on it
};

// Errors: bad_option.
Duplicates find_duplicates(const Corpus& corpus, std::span<const Document> documents, const DuplicateOptions& options = {});

}  // namespace storymerge

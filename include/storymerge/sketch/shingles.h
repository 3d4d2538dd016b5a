#pragma once
// Which runs of words does a text hold?
//
// Words in, hashes of shingles out. A shingle is `n` words in a row; its hash is XXH3-64 (seed 0) of its bytes in the
// folded buffer, so no string is built, and shingle i covers words [i, i + n): it knows its bytes in the source.
// Broder, "On the resemblance and containment of documents", SEQUENCES 1997.

#include <cstdint>
#include <span>
#include <vector>

#include "storymerge/base/export.h"
#include "storymerge/text/words.h"

namespace storymerge {

// Change whenever the rules of words and shingles do, or those of folding: signatures of different ones never meet.
inline constexpr std::uint32_t tokenizer_version = 1;
inline constexpr std::uint32_t folding_version = 1;

// True when more than half of the words are single characters: scripts without spaces.
STORYMERGE_EXPORT bool is_written_without_spaces(const WordList& words);

// A text of fewer words has shingles of two words: it is too short for its longer ones to survive an edit.
inline constexpr std::size_t short_text_words = 40;

// Words in a shingle of this text, given `ngram` for a long one: at most 2 for a short text or a script without spaces,
// never more than there are words. 0 for a text without words.
STORYMERGE_EXPORT unsigned shingle_words(const WordList& words, unsigned ngram = 3);

// Appends the hash of every shingle of `n` words, in order of text: max(0, words.size() - n + 1) of them.
// Requires: n >= 1.
STORYMERGE_EXPORT void append_shingles(const WordList& words, unsigned n, std::vector<std::uint64_t>& out);

// The same for a whole text, with shingle_words(words, ngram) words a shingle.
STORYMERGE_EXPORT std::vector<std::uint64_t> shingle_hashes(const WordList& words, unsigned ngram = 3);

// The bytes in the source that shingle i of n words covers.
// Requires: i + n <= words.size().
inline ByteRange shingle_source(const WordList& words, std::size_t i, unsigned n) {
  return {words.words[i].source.begin, words.words[i + n - 1].source.end};
}

// How two sets of shingles overlap; exact.
struct SetOverlap {
  std::size_t common = 0;
  std::size_t a = 0;  // sizes
  std::size_t b = 0;

  double jaccard() const { return ratio(common, a + b - common); }
  double containment_a_in_b() const { return ratio(common, a); }
  double containment_b_in_a() const { return ratio(common, b); }

 private:
  static double ratio(std::size_t x, std::size_t y) {
    return y == 0 ? 0.0 : static_cast<double>(x) / static_cast<double>(y);
  }
};

// Requires: both sorted and distinct. Complexity: O(|a| + |b|).
STORYMERGE_EXPORT SetOverlap compare_sets(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);
STORYMERGE_EXPORT SetOverlap compare_sets(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b);

// Of the shingles of two texts, as long as those of the text that needs the shorter ones.
STORYMERGE_EXPORT SetOverlap compare_texts(const WordList& a, const WordList& b, unsigned ngram = 3);

}  // namespace storymerge

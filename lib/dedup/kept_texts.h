#pragma once
// What is kept of a text, so that none is read twice and none is held: three bytes a word.
//
// A word becomes 23 bits of its hash and one bit for its length. Shingles are made of these again and again (with any
// number of words, in order of text), and two of them differ when their words do: for the hashes of two words to meet
// inside otherwise equal shingles is one chance in eight million. Where a shingle is a single word, words take four bytes.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/base/article.h"
#include "storymerge/read/sources.h"
#include "storymerge/text/words.h"

namespace storymerge {

struct KeptText {
  std::uint64_t hash = 0;  // of the folded words
  std::int64_t published = 0;
  const std::uint8_t* words = nullptr;
  std::uint32_t size = 0;    // words
  std::uint32_t source = 0;  // number of its outlet; 0: not named
  SourceKind kind = SourceKind::outlet;
  std::uint8_t n = 0;     // words in a shingle; 0: no words
  bool unspaced = false;  // a script without spaces
};

// The words of texts, a block of memory for many. Blocks stay where they are.
class KeptWords {
 public:
  // A lane is filled by one thread.
  struct Lane {
    std::vector<std::uint8_t> bytes;
    std::vector<std::size_t> begins;  // of each text in `bytes`
    std::vector<KeptText> texts;      // published, source and kind are left to the caller
  };

  explicit KeptWords(unsigned ngram) : ngram_(ngram), width_(ngram == 1 ? 4 : 3) {}

  void add(const WordList& words, Lane& lane) const;
  // Takes a filled lane in, whose texts then know their words, and empties it but for its texts.
  void keep(Lane& lane);

  // Low bit: the word has five bytes or more. Requires: i < text.size.
  std::uint32_t word(const KeptText& text, std::size_t i) const {
    std::uint32_t out;
    __builtin_memcpy(&out, text.words + i * width_, 4);
    return width_ == 4 ? out : out & 0xFFFFFF;
  }
  static constexpr std::uint32_t long_word = 1;
  static constexpr std::size_t long_word_bytes = 5;

  // Appends the hash of every shingle of n words, in order of text: max(0, text.size - n + 1) of them.
  void append_shingles(const KeptText& text, unsigned n, std::vector<std::uint64_t>& out) const;

 private:
  unsigned ngram_;
  unsigned width_;  // bytes a word
  std::vector<std::vector<std::uint8_t>> blocks_;
};

// The half of a shingle's hash that sets are made of.
inline std::uint32_t short_hash(std::uint64_t shingle) { return static_cast<std::uint32_t>(shingle >> 32); }

}  // namespace storymerge

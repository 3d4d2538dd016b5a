#include "dedup/kept_texts.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "storymerge/sketch/shingles.h"
#include "support/hash.h"

namespace storymerge {
namespace {

// A polynomial of the words, spread over all bits.
template <class Word>
void hash_shingles(std::size_t count, unsigned n, const Word& word, std::uint64_t* out) {
  constexpr std::uint64_t base = 0x9e3779b97f4a7c15ULL;
  if (n == 3) {  // nearly all are
    std::uint64_t two = word(0), one = word(1);
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t last = word(i + 2);
      out[i] = mix64((two * base + one) * base + last);
      two = one;
      one = last;
    }
    return;
  }
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t sum = 0;
    for (unsigned k = 0; k < n; ++k) sum = sum * base + word(i + k);
    out[i] = mix64(sum);
  }
}

}  // namespace

void KeptWords::add(const WordList& words, Lane& lane) const {
  KeptText& text = lane.texts.emplace_back();
  text.hash = hash_bytes(words.folded);
  text.size = static_cast<std::uint32_t>(words.size());
  text.unspaced = is_written_without_spaces(words);
  text.n = static_cast<std::uint8_t>(shingle_words(words, ngram_));
  const std::size_t begin = lane.bytes.size();
  lane.begins.push_back(begin);
  lane.bytes.resize(begin + words.size() * width_ + 1);  // a word is read by four bytes
  std::uint8_t* out = lane.bytes.data() + begin;
  for (const Word& word : words.words) {
    const std::size_t size = word.folded.size();
    auto hash = static_cast<std::uint32_t>(XXH3_64bits(words.folded.data() + word.folded.begin, size));
    hash = (hash & ~long_word) | (size >= long_word_bytes ? long_word : 0);
    __builtin_memcpy(out, &hash, width_);
    out += width_;
  }
}

void KeptWords::keep(Lane& lane) {
  std::vector<std::uint8_t>& block =
      blocks_.emplace_back(lane.bytes.begin(), lane.bytes.end());  // no larger than need be
  for (std::size_t i = 0; i < lane.texts.size(); ++i) lane.texts[i].words = block.data() + lane.begins[i];
  lane.bytes.clear();
  lane.begins.clear();
}

void KeptWords::append_shingles(const KeptText& text, unsigned n, std::vector<std::uint64_t>& out) const {
  if (text.size < n) return;
  const std::size_t count = text.size - n + 1, before = out.size();
  out.resize(before + count);
  const std::uint8_t* const words = text.words;
  if (width_ == 3) {
    const auto word = [words](std::size_t i) {
      std::uint32_t w;
      __builtin_memcpy(&w, words + 3 * i, 4);
      return w & 0xFFFFFF;
    };
    hash_shingles(count, n, word, out.data() + before);
  } else {
    hash_shingles(
        count, n, [&](std::size_t i) { return this->word(text, i); }, out.data() + before);
  }
}

}  // namespace storymerge

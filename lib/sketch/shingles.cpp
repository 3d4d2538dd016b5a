#include "storymerge/sketch/shingles.h"

#include <algorithm>

#include "sketch/kernels.h"

namespace storymerge {
namespace {

// A folded word that is one character of a script without spaces: Thai, Lao, Myanmar, Khmer, kana, ideographs.
bool is_single(std::string_view word) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(word[i]); };
  if (word.size() < 3 || byte(0) < 0xE0) return false;
  if (byte(0) == 0xE0) return byte(1) == 0xB8 || byte(1) == 0xB9 || byte(1) == 0xBA || byte(1) == 0xBB;
  if (byte(0) == 0xE1)
    return byte(1) == 0x80 || byte(1) == 0x81 || byte(1) == 0x82 || byte(1) == 0x9E || byte(1) == 0x9F;
  return (byte(0) >= 0xE3 && byte(0) <= 0xE9) || byte(0) == 0xF0;
}

template <class Hash>
SetOverlap compare(std::span<const Hash> a, std::span<const Hash> b) {
  SetOverlap out{0, a.size(), b.size()};
  std::size_t i = 0, k = 0;
  while (i < a.size() && k < b.size()) {
    const Hash x = a[i], y = b[k];
    out.common += x == y;  // without branches: which side is smaller cannot be predicted
    i += x <= y;
    k += y <= x;
  }
  return out;
}

}  // namespace

bool is_written_without_spaces(const WordList& words) {
  unsigned char highest = 0;  // all of these scripts begin at 0xE0
  for (const char c : words.folded) highest = std::max(highest, static_cast<unsigned char>(c));
  if (highest < 0xE0) return false;
  std::size_t singles = 0;
  for (std::size_t i = 0; i < words.size(); ++i) singles += is_single(words[i]);
  return 2 * singles > words.size();
}

unsigned shingle_words(const WordList& words, unsigned ngram) {
  if (ngram > 2 && (words.size() < short_text_words || is_written_without_spaces(words))) ngram = 2;
  return static_cast<unsigned>(std::min<std::size_t>(ngram, words.size()));
}

void append_shingles(const WordList& words, unsigned n, std::vector<std::uint64_t>& out) {
  if (words.size() < n) return;
  static const ShingleKernel kernel = shingle_kernels().front().run;
  const std::size_t count = words.size() - n + 1;
  const std::size_t before = out.size();
  out.resize(before + count);
  for (std::size_t first = 0; first < count; first += max_shingles) {
    kernel(words.folded, words.words.data() + first, n, std::min(max_shingles, count - first),
           out.data() + before + first);
  }
}

std::vector<std::uint64_t> shingle_hashes(const WordList& words, unsigned ngram) {
  std::vector<std::uint64_t> out;
  if (const unsigned n = shingle_words(words, ngram); n != 0) append_shingles(words, n, out);
  return out;
}

SetOverlap compare_sets(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) { return compare(a, b); }
SetOverlap compare_sets(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) { return compare(a, b); }

SetOverlap compare_texts(const WordList& a, const WordList& b, unsigned ngram) {
  const unsigned n = std::max(1u, std::min(shingle_words(a, ngram), shingle_words(b, ngram)));
  const auto set_of = [n](const WordList& words) {
    std::vector<std::uint64_t> out;
    append_shingles(words, n, out);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  };
  return compare_sets(set_of(a), set_of(b));
}

}  // namespace storymerge

// Shingles are hashes of the bytes that they cover, and sets of them compare as sets.

#include "storymerge/sketch/shingles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "bench/generated_corpus.h"
#include "sketch/kernels.h"
#include "support/hash.h"

namespace storymerge {
namespace {

TEST(Shingles, AreHashesOfTheirBytes) {
  const WordList words = fold_words("The Café burned down, officials said");
  const std::vector<std::uint64_t> shingles = [&] {
    std::vector<std::uint64_t> out;
    append_shingles(words, 3, out);
    return out;
  }();
  ASSERT_EQ(shingles.size(), 4u);
  EXPECT_EQ(shingles[0], hash_bytes("the cafe burned"));
  EXPECT_EQ(shingles[3], hash_bytes("down officials said"));
  EXPECT_EQ(shingle_source(words, 0, 3), (ByteRange{0, 16}));
}

TEST(Shingles, EveryInstructionSetGivesTheSameBits) {
  std::mt19937 random(3);
  EXPECT_STREQ(shingle_kernels().back().name, "portable");
  for (int round = 0; round < 400; ++round) {
    std::string text;  // words short and long, so that shingles of all lengths fall on every place of a group of eight
    const std::size_t most = 1 + random() % (round % 10 == 0 ? 300 : 16);
    for (std::size_t words = random() % 80; words > 0; --words)
      text += std::string(1 + random() % most, 'a' + words % 26) + ' ';
    const WordList words = fold_words(text);
    for (unsigned n = 1; n <= 6 && n <= words.size(); ++n) {
      const std::size_t count = words.size() - n + 1;
      for (const Named<ShingleKernel>& kernel : shingle_kernels()) {
        std::vector<std::uint64_t> out(count);
        kernel.run(words.folded, words.words.data(), n, count, out.data());
        for (std::size_t i = 0; i < count; ++i) {
          const std::uint32_t begin = words.words[i].folded.begin, end = words.words[i + n - 1].folded.end;
          ASSERT_EQ(out[i], hash_bytes(std::string_view(words.folded).substr(begin, end - begin)))
              << kernel.name << ", shingle " << i << " of " << count << ", " << n << " words";
        }
      }
    }
  }
}

TEST(Shingles, WordsOfAShingleFollowTheText) {
  const auto words_of = [](std::size_t n) { return generated::text_of(generated::fresh(3, n)); };
  EXPECT_EQ(shingle_words(fold_words(""), 3), 0u);
  EXPECT_EQ(shingle_words(fold_words("one"), 3), 1u);
  EXPECT_EQ(shingle_words(fold_words("one two"), 3), 2u);
  EXPECT_EQ(shingle_words(fold_words("one two three"), 3), 2u);
  EXPECT_EQ(shingle_words(fold_words(words_of(30)), 5), 2u);
  EXPECT_EQ(shingle_words(fold_words(words_of(60)), 3), 3u);
  EXPECT_EQ(shingle_words(fold_words(words_of(60)), 1), 1u);
  EXPECT_TRUE(shingle_hashes(fold_words("")).empty());
  EXPECT_EQ(shingle_hashes(fold_words("one two")).size(), 1u);
}

TEST(Shingles, ScriptsWithoutSpacesGoByTwos) {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "東京で地震";
  EXPECT_TRUE(is_written_without_spaces(fold_words(text)));
  EXPECT_EQ(shingle_words(fold_words(text)), 2u);
  EXPECT_FALSE(is_written_without_spaces(fold_words("서울 뉴스 속보")));
  EXPECT_FALSE(is_written_without_spaces(fold_words("Kyiv Київ Αθήνα")));
  EXPECT_TRUE(is_written_without_spaces(fold_words("แผ่นดินไหว")));
}

TEST(Shingles, SetsCompareAsSets) {
  std::mt19937 random(5);
  for (int round = 0; round < 500; ++round) {
    std::set<std::uint32_t> a, b;
    for (std::uint32_t n = random() % 40; n > 0; --n) a.insert(random() % 60);
    for (std::uint32_t n = random() % 40; n > 0; --n) b.insert(random() % 60);
    std::vector<std::uint32_t> common;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(common));
    const std::vector<std::uint32_t> va(a.begin(), a.end()), vb(b.begin(), b.end());
    const SetOverlap overlap = compare_sets(va, vb);
    ASSERT_EQ(overlap.common, common.size());
    ASSERT_EQ(overlap.a, a.size());
    ASSERT_EQ(overlap.b, b.size());
  }
  EXPECT_EQ(compare_sets(std::span<const std::uint32_t>{}, {}).jaccard(), 0);
}

TEST(Shingles, OfTwoTextsAreAsLongAsTheShorterOnesAre) {
  std::string longer = "one two three two three";
  for (int i = 0; i < 40; ++i) longer += " word" + std::to_string(i);
  const SetOverlap overlap = compare_texts(fold_words("Two three one, two three."), fold_words(longer));
  EXPECT_EQ(overlap.a, 3u);  // two words each: "two three" stands twice
  EXPECT_EQ(overlap.b, 43u);
  EXPECT_EQ(overlap.common, 2u);
  EXPECT_EQ(compare_texts(fold_words(longer), fold_words(longer)).a, 43u);  // three words each
  EXPECT_EQ(compare_texts(fold_words(""), fold_words(longer)).common, 0u);
}

}  // namespace
}  // namespace storymerge

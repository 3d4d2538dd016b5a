// The words of a text in their normal form, each where it was written; the same from every instruction set.

#include "storymerge/text/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "support/utf8.h"
#include "text/folding.h"

namespace storymerge {
namespace {

using testing::ElementsAre;

std::vector<std::string> words(std::string_view text) {
  const WordList list = fold_words(text);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < list.size(); ++i) out.emplace_back(list[i]);
  return out;
}

// Each word as the source writes it.
std::vector<std::string> sources(std::string_view text) {
  std::vector<std::string> out;
  for (const Word& word : fold_words(text).words) out.emplace_back(text.substr(word.source.begin, word.source.size()));
  return out;
}

TEST(FoldWords, FoldsCaseAndAccents) {
  EXPECT_THAT(words("Málek met ŁÓDŹ's Straße"), ElementsAre("malek", "met", "lodz", "strasse"));
  EXPECT_THAT(words("Cafe\u0301 Café CAFÉ"), ElementsAre("cafe", "cafe", "cafe"));
  EXPECT_THAT(words("ＡＢＣ１２ ﬁne"), ElementsAre("abc12", "fine"));
  EXPECT_THAT(words("Ёлка Київ Αθήνα"), ElementsAre("елка", "киів", "αθηνα"));
}

TEST(FoldWords, NumbersAreOneWord) {
  EXPECT_THAT(words("3,400 of 1,234,567 at 5:10, or 1.5; 1,2 and 12,"),
              ElementsAre("3400", "of", "1234567", "at", "5:10", "or", "1.5", "1,2", "and", "12"));
  EXPECT_THAT(words("$1.2bn, 40% and A320neo"), ElementsAre("1.2bn", "40", "and", "a320neo"));
  EXPECT_THAT(words("m² ½"), ElementsAre("m", "2", "½"));
}

TEST(FoldWords, AcronymsAreOneWord) {
  EXPECT_THAT(words("The U.N. and the UN at 5 a.m. in D.C."),
              ElementsAre("the", "un", "and", "the", "un", "at", "5", "am", "in", "dc"));
  EXPECT_THAT(words("U.S. US us U.S.'s U.S.-brokered"), ElementsAre("u.s", "u.s", "us", "u.s", "u.s", "brokered"));
  EXPECT_THAT(words("AT&T, R&D"), ElementsAre("at&t", "r&d"));
  EXPECT_THAT(sources("in the U.S., it"), ElementsAre("in", "the", "U.S.", "it"));
  EXPECT_THAT(words("said.The example.com"), ElementsAre("said", "the", "example", "com"));
}

TEST(FoldWords, Apostrophes) {
  EXPECT_THAT(words("don't don’t O'Brien workers' 'quoted'"),
              ElementsAre("don't", "don't", "o'brien", "workers", "quoted"));
  EXPECT_THAT(words("Umerov's Umerov’s PARIS'S"), ElementsAre("umerov", "umerov", "paris"));
  EXPECT_THAT(sources("Umerov's aide, Umerov’s"), ElementsAre("Umerov", "aide", "Umerov"));
}

TEST(FoldWords, HyphensSeparate) {
  EXPECT_THAT(words("9-year-old e‑mail"), ElementsAre("9", "year", "old", "e", "mail"));
}

TEST(FoldWords, ScriptsWithoutSpacesGoCharacterByCharacter) {
  EXPECT_THAT(words("東京タワー"), ElementsAre("東", "京", "タ", "ワ", "ー"));
  EXPECT_THAT(words("ที่นี่"), ElementsAre("ที่", "นี่"));
  EXPECT_THAT(words("2024年ABC"), ElementsAre("2024", "年", "abc"));
  EXPECT_THAT(words("서울 뉴스"), ElementsAre("서울", "뉴스"));
  EXPECT_THAT(words("\u1109\u1165\u110B\u116E\u11AF"), ElementsAre("서울"));  // the same, decomposed
  EXPECT_THAT(words("\uFF76\uFF9E"), ElementsAre("ガ"));                      // half-width ka and voicing mark
}

TEST(FoldWords, KeepsVowelSigns) {
  EXPECT_THAT(words("हिन्दी समाचार"), ElementsAre("हिन्दी", "समाचार"));
  EXPECT_THAT(words("مُحَمَّد"), ElementsAre("محمد"));
}

TEST(FoldWords, EmptyAndBroken) {
  EXPECT_THAT(words(""), ElementsAre());
  EXPECT_THAT(words(" .,'’-– \u0301 \u00AD"), ElementsAre());
  EXPECT_THAT(words("ab\xFF"
                    "cd\xE2\x80"),
              ElementsAre("ab", "cd"));
  EXPECT_THAT(words("soft\u00ADhyphen zero\u200Bwidth \u200Fright \uFB01nd"),
              ElementsAre("softhyphen", "zerowidth", "right", "find"));
}

TEST(AppendWords, ShiftsSourceRanges) {
  WordList list = fold_words("One two");
  append_words("three", 100, list);
  EXPECT_EQ(list.folded, "one two three");
  EXPECT_EQ(list.words.back().source, (ByteRange{100, 105}));
  EXPECT_EQ(list[2], "three");
}

// The fast path looks at 64 bytes at a time: where a text begins in them must not matter.
TEST(FoldWords, WhereATextBeginsDoesNotMatter) {
  const std::string text =
      "The U.S.’s 3,400 aides met at 5:10 p.m.; Málek's “longest-ever” antidisestablishmentarianism—, AT&T said… US "
      "12–14 東京";
  const WordList plain = fold_words(text);
  for (std::size_t k = 0; k < 200; ++k) {
    const WordList moved = fold_words(std::string(k, ' ') + text);
    ASSERT_EQ(moved.folded, plain.folded) << k;
    for (std::size_t i = 0; i < plain.size(); ++i) {
      ASSERT_EQ(moved.words[i].source.begin, plain.words[i].source.begin + k);
      ASSERT_EQ(moved.words[i].source.end, plain.words[i].source.end + k);
    }
    ASSERT_EQ(fold_words(text + std::string(k, '.')).folded, plain.folded) << k;
    const std::string long_word = std::string(k + 1, 'X') + " y";
    ASSERT_EQ(fold_words(long_word).folded, std::string(k + 1, 'x') + " y");
  }
}

// Every instruction set against the general rules alone.
void expect_same_words(const std::string& text) {
  WordList expected;
  append_words_by_character(text, 7, expected);
  for (const NamedFolding& folding : foldings()) {
    WordList list;
    folding.append(text, 7, list);
    ASSERT_EQ(list.folded, expected.folded) << folding.name << ": " << text;
    ASSERT_EQ(list.size(), expected.size()) << folding.name << ": " << text;
    for (std::size_t i = 0; i < list.size(); ++i) {
      ASSERT_EQ(list.words[i].source, expected.words[i].source) << folding.name << ": " << text;
      ASSERT_EQ(list.words[i].folded, expected.words[i].folded) << folding.name << ": " << text;
    }
  }
}

TEST(Foldings, AllShortTextsAcrossABlockBoundary) {
  const std::vector<std::string> pieces = {"U", "S", "s", "7",      " ",      ".",     ",",
                                           "'", ":", "&", "\u2019", "\u2013", "\u00E9"};
  const std::size_t n = pieces.size();
  for (std::size_t number = 0; number < n * n * n * n; ++number) {
    const std::string four =
        pieces[number % n] + pieces[number / n % n] + pieces[number / n / n % n] + pieces[number / n / n / n];
    for (std::size_t before = 60; before <= 64; ++before) {
      expect_same_words(std::string(before, before % 2 == 0 ? ' ' : 'B') + four + (number % 2 == 0 ? "x" : ""));
      if (HasFatalFailure()) return;
    }
  }
}

// Latin-1's letters, of which most fold to one of ASCII, and what may stand next to them.
TEST(Foldings, EveryLatinLetterOnEveryPlaceOfABlock) {
  for (unsigned second = 0x80; second < 0xC0; ++second) {
    const std::string letter = {'\xC3', static_cast<char>(second)};
    for (const std::string& text : {letter, "a" + letter, letter + "'s", "x" + letter + "\u2019s " + letter + letter,
                                    letter + "\u0301", "1" + letter + ".5", "\xC3" + letter, letter + "\xC3"}) {
      for (std::size_t before = 50; before <= 66; ++before) {
        expect_same_words(std::string(before, before % 2 == 0 ? ' ' : 'B') + text);
        expect_same_words(std::string(before, before % 2 == 0 ? ' ' : 'B') + text + "; and so on");
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST(Foldings, RandomBytesAndLongTexts) {
  std::mt19937 random(3);
  for (int round = 0; round < 4000; ++round) {
    const unsigned kind = random() % 3;
    std::string text(random() % (round % 100 == 0 ? 20000 : 300), ' ');
    for (char& c : text) {
      const auto r = static_cast<unsigned char>(random());
      c = kind == 0 ? static_cast<char>(r) : kind == 1 ? static_cast<char>(r % 128) : r % 5 == 0 ? ' ' : 'M';
    }
    expect_same_words(text);
    if (HasFatalFailure()) return;
  }
}

// The laws of every word list, on random mixtures of awkward pieces.
TEST(FoldWords, LawsOnRandomText) {
  const std::vector<std::string> pieces = {
      "a",    "B",        "us", "US", "7",  "12",     "000", "'",          "’",      ".",  ",",      ":",   "&",
      "-",    " ",        "\n", "é",  "ß",  "年",     "ガ",  "\u0301",     "\u00AD", "서", "\u1109", "ที่",   "½",
      "\xFF", "\xE2\x80", "😀",  "'s", "’s", "\u3099", "ﷺ",   "longerword", "“",      "–",  "\x80",   "\xE2"};
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (int n = static_cast<int>(random() % 12); n >= 0; --n) text += pieces[random() % pieces.size()];
    expect_same_words(text);
    if (HasFatalFailure()) return;
    const WordList list = fold_words(text);
    const bool is_valid = !find_invalid_utf8(text);
    std::string joined;
    std::uint32_t last = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const Word& word = list.words[i];
      ASSERT_LT(word.source.begin, word.source.end) << text;
      ASSERT_LE(last, word.source.begin) << text;
      ASSERT_LE(word.source.end, text.size()) << text;
      ASSERT_TRUE((static_cast<unsigned char>(text[word.source.begin]) & 0xC0) != 0x80) << text;
      if (is_valid) {
        ASSERT_TRUE(is_boundary(text, word.source.end)) << text;
      }
      last = word.source.end;
      ASSERT_FALSE(list[i].empty()) << text;
      joined += (i == 0 ? "" : " ") + std::string(list[i]);
      // A word folds to itself: folding again changes nothing.
      if (text.find("\u00AD") == std::string::npos && text.find("\u0301") == std::string::npos) {
        ASSERT_EQ(fold_words(list[i]).folded, list[i]) << text;
      }
    }
    ASSERT_EQ(joined, list.folded) << text;
  }
}

}  // namespace
}  // namespace storymerge

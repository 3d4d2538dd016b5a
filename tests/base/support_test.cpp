// lib/support: UTF-8, union-find and parallel_for against slow, obvious references.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <random>
#include <stdexcept>

#include "support/line_end.h"
#include "support/parallel.h"
#include "support/radix_sort.h"
#include "support/union_find.h"
#include "support/utf8.h"

namespace storymerge {
namespace {

TEST(Sorting, AgreesWithTheStandardLibrary) {
  std::mt19937 random(3);
  for (int round = 0; round < 600; ++round) {
    const std::size_t n = random() % (round % 50 == 0 ? 9000 : 500);
    // Hashes; small numbers; one bucket of the top bits; few distinct ones.
    const std::uint32_t kept[] = {~0u, 0xFFu, 0x00FFFFFFu, 0x80000001u}, mask = kept[round % 4];
    std::vector<std::uint32_t> values(n), scratch;
    for (std::uint32_t& v : values) v = static_cast<std::uint32_t>(random()) & mask;
    std::vector<std::uint32_t> expected = values, by_bits = values, low = values, stable = values;
    std::sort(expected.begin(), expected.end());
    radix_sort(by_bits, scratch);
    EXPECT_EQ(by_bits, expected);
    sort_hashes(values, scratch);
    EXPECT_EQ(values, expected);
    radix_sort(low, scratch, 4, 13);
    std::stable_sort(stable.begin(), stable.end(),
                     [](std::uint32_t a, std::uint32_t b) { return (a >> 4 & 0x1FF) < (b >> 4 & 0x1FF); });
    EXPECT_EQ(low, stable);
  }
}

// Decodes one scalar value at a time and encodes it again: only the shortest form of a scalar value survives.
std::optional<std::size_t> first_invalid(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[i + k]); };
    const unsigned char c = byte(0);
    const std::size_t length = c < 0x80 ? 1 : c >> 5 == 6 ? 2 : c >> 4 == 14 ? 3 : c >> 3 == 30 ? 4 : 0;
    if (length == 0 || i + length > text.size()) return i;
    std::uint32_t value = length == 1 ? c : c & (0xFFu >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      if (byte(k) >> 6 != 2) return i;
      value = value << 6 | (byte(k) & 0x3F);
    }
    const std::size_t shortest = value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
    if (length != shortest || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return i;
    i += length;
  }
  return std::nullopt;
}

TEST(Utf8, AgreesWithTheReferenceOnEveryShortString) {
  // Bytes at the edges of every range that the standard's table knows.
  const std::string_view bytes(
      "\x00\x41\x7f\x80\x8f\x90\x9f\xa0\xbf\xc0\xc1\xc2\xdf\xe0\xed\xee\xef\xf0\xf1\xf3\xf4\xf5\xff", 23);
  for (const char a : bytes) {
    for (const char b : bytes) {
      for (const char c : bytes) {
        for (const char d : bytes) {
          const std::string text = {a, b, c, d};
          ASSERT_EQ(find_invalid_utf8(text), first_invalid(text));
        }
      }
    }
  }
}

TEST(Utf8, AgreesWithTheReferenceBehindAnyRunOfAscii) {
  for (const std::string tail : {"", "é", "é\xc3", "\xff", "漢字", "😀", "\xf0\x9f\x98", "\xed\xa0\x80"}) {
    for (std::size_t n = 0; n < 40; ++n) {
      const std::string text = std::string(n, 'x') + tail + std::string(n % 9, 'y');
      ASSERT_EQ(find_invalid_utf8(text), first_invalid(text));
    }
  }
}

// Whatever marks a language closes with; a closing mark alone ends nothing.
TEST(LineEnd, IsThatOfASentenceBehindClosingMarks) {
  for (const char* const line : {"It sank.",
                                 "It sank!",
                                 "Did it?",
                                 "He said:",
                                 "one;",
                                 "and so on\u2026",
                                 "It \"sank.\"",
                                 "(It sank.)",
                                 "[It sank.] ",
                                 "\u201EWir haben nichts gesehen.\u201C",
                                 "\u201AWir auch nicht!\u2018",
                                 "\u00BBWir haben nichts gesehen.\u00AB",
                                 "\u203AWirklich?\u2039",
                                 "\u00AB Nous n\u2019avons rien vu. \u00BB",
                                 "\u00AB\u00A0Rien.\u00A0\u00BB",
                                 "\u201CShe said \u2018no.\u2019\u201D",
                                 "\u201EEr rief: \u201AHalt!\u2018\u201C (dpa.)",
                                 "\u6C89\u6CA1\u3002",
                                 "\u300C\u6C89\u6CA1\u4E86\u3002\u300D",
                                 "\u300E\u6C89\u6CA1\uFF01\u300F\uFF09",
                                 "\u063A\u0631\u0642\u061F"})
    EXPECT_TRUE(ends_as_sentence(line)) << line;
  for (const char* const line : {"", " ", "\"", "\u201C", "\u00AB", "Ferry sinks", "\u201EWir machen weiter\u201C",
                                 "\u00BBWir machen weiter\u00AB", "What \u2018no\u2019 means",
                                 "\u300C\u6C89\u6CA1\u300D", "Read more \u203A", "caf\u00E9", "one,", "5 \u2013"})
    EXPECT_FALSE(ends_as_sentence(line)) << line;
  EXPECT_FALSE(ends_as_sentence("\xAB"));  // half of a character
}

TEST(UnionFind, AgreesWithRelabelling) {
  std::mt19937 random(4);
  for (int round = 0; round < 200; ++round) {
    const std::uint32_t n = 1 + random() % 30;
    UnionFind sets(n);
    std::vector<std::uint32_t> label(n);
    std::iota(label.begin(), label.end(), 0u);
    for (int step = 0; step < 40; ++step) {
      const std::uint32_t a = random() % n, b = random() % n;
      EXPECT_EQ(sets.unite(a, b), label[a] != label[b]);
      const std::uint32_t low = std::min(label[a], label[b]), high = std::max(label[a], label[b]);
      for (std::uint32_t& l : label) {
        if (l == high) l = low;
      }
    }
    for (std::uint32_t i = 0; i < n; ++i) EXPECT_EQ(sets.find(i), label[i]);  // the root is the lowest index
  }
}

TEST(Parallel, EveryIndexOnceForAnyThreadCount) {
  for (const std::size_t n : {0u, 1u, 2u, 63u, 64u, 65u, 1000u}) {
    for (const unsigned threads : {0u, 1u, 2u, 7u}) {
      std::vector<int> times(n, 0);
      parallel_for(n, threads, [&](std::size_t i) { ++times[i]; });
      EXPECT_EQ(times, std::vector<int>(n, 1));
    }
  }
}

TEST(Parallel, PassesAnExceptionOn) {
  for (const unsigned threads : {1u, 4u}) {
    EXPECT_THROW(parallel_for(1000, threads,
                              [](std::size_t i) {
                                if (i == 500) throw std::runtime_error("500");
                              }),
                 std::runtime_error);
  }
}

TEST(Parallel, HandsOverInOrderWhatIsMadeInAny) {
  for (const std::size_t n : {0u, 1u, 5u, 300u}) {
    for (const unsigned threads : {1u, 2u, 7u}) {
      for (const std::size_t ahead : {1u, 3u, 256u}) {
        std::vector<std::size_t> made(n), taken;
        std::atomic<std::size_t> waiting = 0;
        constexpr std::size_t heaviest = 3;
        const auto weight = [](std::size_t i) { return 1 + i % heaviest; };
        parallel_in_order(
            n, ahead, threads, weight,
            [&](std::size_t i) {
              // Of two that are begun either may say so first: all that is sure is what the last begun may come on top of.
              EXPECT_LT(waiting.fetch_add(weight(i)) + weight(i), ahead + heaviest);
              made[i] = 3 * i;
            },
            [&](std::size_t i) {
              taken.push_back(made[i]);
              waiting -= weight(i);
            });
        std::vector<std::size_t> expected(n);
        for (std::size_t i = 0; i < n; ++i) expected[i] = 3 * i;
        EXPECT_EQ(taken, expected);
      }
    }
  }
}

TEST(Parallel, InOrderPassesExceptionsOfBothSidesOn) {
  const auto fails_at = [](std::size_t where) {
    return [where](std::size_t i) {
      if (i == where) throw std::runtime_error("here");
    };
  };
  const auto never = [](std::size_t) {};
  const auto one = [](std::size_t) { return 1; };
  for (const unsigned threads : {1u, 4u}) {
    EXPECT_THROW(parallel_in_order(1000, 8, threads, one, fails_at(500), never), std::runtime_error);
    EXPECT_THROW(parallel_in_order(1000, 8, threads, one, never, fails_at(500)), std::runtime_error);
  }
}

}  // namespace
}  // namespace storymerge

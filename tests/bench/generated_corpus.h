#pragma once
// Large corpora with known copies, for tests and benchmarks: what goes in is a seed and a number, so that the millionth
// article needs no others and is the same on every machine.
//
// Words are drawn from 50,000 invented ones by the Zipf-Mandelbrot law, set in sentences and paragraphs with a
// newsroom's punctuation. Of every 20 articles 12 are fresh; the others are an exact copy, two lightly edited copies,
// an abridgement, a longer article round a wire text, and a chain of three in which each is like the one before.

#include <storymerge/base/article.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace generated {

// A small fast generator (splitmix64): the standard distributions differ between libraries.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) { state_ = next() * 0xd6e8feb86659fd93ULL; }
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>((next() >> 32) * n >> 32); }
  double share() { return static_cast<double>(next() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

using Words = std::vector<std::uint32_t>;  // ranks in the vocabulary

inline constexpr std::uint32_t vocabulary_size = 50000;

// The words by rank; frequent ones are short.
inline const std::vector<std::string>& vocabulary() {
  static const std::vector<std::string> all = [] {
    const char* onsets[] = {"b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "ch"};
    const char* vowels[] = {"a", "e", "i", "o", "u"};
    const char* codas[] = {"n", "", "s", "", "r"};
    std::vector<std::string> out;
    for (std::uint32_t rank = 0; rank < vocabulary_size; ++rank) {
      // Mixed radix: one to three syllables; few ranks share a spelling.
      std::string word = codas[rank % 5];
      for (std::uint32_t rest = rank; word.size() < 2 || rest != 0; rest /= 80) {
        word = onsets[rest % 16] + std::string(vowels[rest / 16 % 5]) + word;
      }
      if (rank % 97 == 50) word += "\u00e9";
      out.push_back(std::move(word));
    }
    return out;
  }();
  return all;
}

// Zipf's law as Mandelbrot mended it: rank r has weight 1 / (r + 10).
inline std::uint32_t zipf_word(Random& random) {
  static const double log_span = std::log((vocabulary_size + 10.0) / 10.0);
  return static_cast<std::uint32_t>(10 * std::exp(random.share() * log_span) - 10) % vocabulary_size;
}

inline Words fresh(std::uint64_t seed, std::size_t count) {
  Random random(seed);
  Words out(count);
  for (std::uint32_t& word : out) word = zipf_word(random);
  return out;
}

// Each word is replaced, dropped, or followed by a new one with these chances together.
inline Words edited(const Words& words, double rate, std::uint64_t seed) {
  Random random(seed);
  Words out;
  out.reserve(words.size() + words.size() / 8);
  for (const std::uint32_t word : words) {
    if (random.share() >= rate) {
      out.push_back(word);
      continue;
    }
    switch (random.below(3)) {
      case 0:
        out.push_back(zipf_word(random));
        break;
      case 1:
        break;
      default:
        out.push_back(word);
        out.push_back(zipf_word(random));
        break;
    }
  }
  return out;
}

// The text in the middle of new words, `ratio` times as long as it was.
inline Words embedded(const Words& words, double ratio, std::uint64_t seed) {
  const auto extra = static_cast<std::size_t>(static_cast<double>(words.size()) * (ratio - 1));
  const Words around = fresh(seed, extra);
  Words out(around.begin(), around.begin() + static_cast<std::ptrdiff_t>(extra / 2));
  out.insert(out.end(), words.begin(), words.end());
  out.insert(out.end(), around.begin() + static_cast<std::ptrdiff_t>(extra / 2), around.end());
  return out;
}

// Without its beginning, with a new end: of n words, a share of 2 j / (1 + j) is kept, so that the Jaccard similarity
// is j.
inline Words shifted(const Words& words, double jaccard, std::uint64_t seed) {
  const auto kept =
      static_cast<std::size_t>(std::lround(static_cast<double>(words.size()) * 2 * jaccard / (1 + jaccard)));
  Words out(words.end() - static_cast<std::ptrdiff_t>(kept), words.end());
  const Words end = fresh(seed, words.size() - kept);
  out.insert(out.end(), end.begin(), end.end());
  return out;
}

// Words as a page prints them. Punctuation hangs on the words, so that copies look alike.
inline std::string text_of(const Words& words) {
  const std::vector<std::string>& all = vocabulary();
  std::string out;
  out.reserve(words.size() * 8);
  bool capital = true;
  std::size_t in_sentence = 0, sentences = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::uint32_t rank = words[i];
    const std::string& word = all[rank];
    const bool quoted = rank % 211 == 17;
    if (quoted) out += "\u201c";
    if (rank % 89 == 53) {
      out += std::to_string(rank);  // a number
      out += rank % 2 == 0 ? "," + std::to_string(100 + rank % 900) : "";
    } else {
      out += word;
      if (capital || rank % 13 == 5) out[out.size() - word.size()] -= 32;
    }
    if (quoted) out += "\u201d";
    if (rank % 173 == 11) out += "\u2019s";
    capital = false;
    ++in_sentence;
    if (in_sentence >= 8 + rank % 16 || i + 1 == words.size()) {
      out += '.';
      in_sentence = 0;
      capital = true;
      out += ++sentences % 3 == 0 ? "\n\n" : " ";
    } else {
      if (rank % 23 == 7) out += ',';
      out += rank % 151 == 9 ? " \u2013 " : " ";
    }
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '\n')) out.pop_back();
  return out;
}

struct Generated {
  storymerge::Article article;
  const char* kind = "fresh";  // fresh | exact | edited | abridged | embedded | chain
  std::uint64_t original = 0;  // number of the article that it was made from; its own when fresh
};

// Article `number` of the corpus of this seed, `words` long when it is fresh.
inline Generated article(std::uint64_t number, std::uint64_t seed = 1, std::size_t words = 300) {
  Generated out;
  const std::uint64_t block = number / 20 * 20, place = number % 20;
  const auto base = [&](std::uint64_t k) { return fresh((block + k) * 1000003 + seed, words); };
  const std::uint64_t own = number * 1000003 + seed + 500001;
  out.original = number;
  Words text;
  const auto made_of = [&](std::uint64_t k, const char* kind) {
    out.original = block + k;
    out.kind = kind;
  };
  if (place < 12) {
    text = base(place);
    if (place == 3) text.resize(words * 2 / 5);  // a wire text
  } else if (place == 12) {
    made_of(0, "exact");
    text = base(0);
  } else if (place < 15) {
    made_of(1, "edited");
    text = edited(base(1), place == 13 ? 0.02 : 0.06, own);
  } else if (place == 15) {
    made_of(2, "abridged");
    text = base(2);
    text.resize(words * 13 / 20);
  } else if (place == 16) {
    made_of(3, "embedded");
    text = base(3);
    text.resize(words * 2 / 5);
    text = embedded(text, 1.5 + 0.5 * static_cast<double>(number / 20 % 6), own);
  } else {
    made_of(4, "chain");
    text = base(4);
    for (std::uint64_t k = 17; k <= place; ++k) text = shifted(text, 0.8, (block + k) * 1000003 + seed + 500001);
  }
  storymerge::Article& a = out.article;
  a.id = "a" + std::to_string(number);
  a.source = "Outlet " + std::to_string(Random(number + seed).below(997));
  a.title = text_of(fresh(own + 1, 8));
  a.published = storymerge::Time(std::chrono::seconds(1900000000 + static_cast<std::int64_t>(number) * 37 % 2592000));
  a.text = text_of(text);
  return out;
}

}  // namespace generated

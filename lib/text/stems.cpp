#include "storymerge/text/stems.h"

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>

#include "support/hash.h"

namespace storymerge {
namespace {

// English words of grammar, and the verbs of saying that every report is full of. Sorted.
constexpr std::array stop_words = std::to_array<std::string_view>({
    "a",       "about",   "after",  "again",   "against", "all",     "also",   "although", "am",      "among",
    "an",      "and",     "any",    "are",     "around",  "as",      "at",     "be",       "because", "been",
    "before",  "being",   "both",   "but",     "by",      "can",     "could",  "did",      "do",      "does",
    "during",  "each",    "either", "even",    "ever",    "every",   "for",    "from",     "further", "had",
    "has",     "have",    "having", "he",      "her",     "here",    "hers",   "him",      "his",     "how",
    "however", "i",       "if",     "in",      "into",    "is",      "it",     "its",      "itself",  "just",
    "may",     "me",      "might",  "more",    "most",    "much",    "must",   "my",       "no",      "nor",
    "not",     "of",      "off",    "on",      "only",    "or",      "other",  "our",      "out",     "over",
    "own",     "said",    "same",   "say",     "saying",  "says",    "shall",  "she",      "should",  "since",
    "so",      "some",    "still",  "such",    "than",    "that",    "the",    "their",    "them",    "then",
    "there",   "these",   "they",   "this",    "those",   "though",  "through", "to",      "told",    "too",
    "under",   "until",   "up",     "us",      "very",    "was",     "we",     "were",     "what",    "when",
    "where",   "whether", "which",  "while",   "who",     "whom",    "whose",  "why",      "will",    "with",
    "within",  "without", "would",  "yet",     "you",     "your",
});

struct StemmerCloser {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Stemmer = std::unique_ptr<sb_stemmer, StemmerCloser>;

// Null where Snowball has no stemmer for the language.
Stemmer make_stemmer(std::string_view language) {
  const std::string name(language.empty() ? "en" : language.substr(0, language.find_first_of("-_")));
  return Stemmer(sb_stemmer_new(name.c_str(), nullptr));
}

std::string_view stem_with(sb_stemmer* stemmer, std::string_view word) {
  if (stemmer == nullptr) return word;
  const sb_symbol* out = sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
  if (out == nullptr) return word;
  return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(sb_stemmer_length(stemmer))};
}

bool is_english(std::string_view language) {
  return language.empty() || language.substr(0, language.find_first_of("-_")) == "en";
}

}  // namespace

std::string stem(std::string_view folded_word, std::string_view language) {
  const Stemmer stemmer = make_stemmer(language);
  return std::string(stem_with(stemmer.get(), folded_word));
}

bool is_stop_word(std::string_view folded_word, std::string_view language) {
  return is_english(language) && std::binary_search(stop_words.begin(), stop_words.end(), folded_word);
}

std::vector<Term> stem_terms(const WordList& words, std::string_view language) {
  const Stemmer stemmer = make_stemmer(language);
  std::unordered_map<std::string_view, Term> cache;
  std::vector<Term> terms;
  terms.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto [at, added] = cache.try_emplace(words[i], Term{0});
    if (added && !is_stop_word(words[i], language)) at->second = hash_bytes(stem_with(stemmer.get(), words[i]));
    terms.push_back(at->second);
  }
  return terms;
}

}  // namespace storymerge

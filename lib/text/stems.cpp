#include "storymerge/text/stems.h"

#include <libstemmer.h>

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "lang/language.h"
#include "support/hash.h"

namespace storymerge {
namespace {

std::string_view primary(std::string_view language) {
  return language.empty() ? "en" : language.substr(0, language.find_first_of("-_"));
}

// "umerov's" -> "umerov", in any language; Snowball does it for English alone.
std::string_view without_possessive(std::string_view word) {
  if (word.size() > 2 && word.ends_with("'s")) word.remove_suffix(2);
  if (word.size() > 1 && word.ends_with('\'')) word.remove_suffix(1);
  return word;
}

// Folding writes "й" as "и"; the Russian stemmer knows the endings by the former. After a vowel other than "и"
// a final "и" is hardly ever anything else.
std::string with_short_i(std::string_view word) {
  constexpr std::string_view i = "и", vowels = "ыоеаяую";
  std::string out(word);
  if (word.size() >= 2 * i.size() && word.ends_with(i) &&
      vowels.find(word.substr(word.size() - 2 * i.size(), i.size())) != std::string_view::npos)
    out.replace(out.size() - i.size(), i.size(), "й");
  return out;
}

struct StemmerCloser {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

class Stemmer {
 public:
  // A language that Snowball does not know leaves words as they are.
  explicit Stemmer(std::string_view language)
      : stemmer_(sb_stemmer_new(std::string(primary(language)).c_str(), nullptr)),
        russian_(primary(language) == "ru") {}

  std::string operator()(std::string_view word) const {
    word = without_possessive(word);
    // Neither "u.s" nor "1.2bn" has a stem; nor has a word longer than any dictionary's (and its length must fit an
    // int).
    if (stemmer_ == nullptr || word.size() > 64 || word.find_first_of(".0123456789") != word.npos)
      return std::string(word);
    std::string spelled;
    if (russian_) word = spelled = with_short_i(word);
    const sb_symbol* out =
        sb_stemmer_stem(stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
    if (out == nullptr) return std::string(word);
    return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()))};
  }

 private:
  std::unique_ptr<sb_stemmer, StemmerCloser> stemmer_;
  bool russian_;
};

}  // namespace

std::string stem(std::string_view folded_word, std::string_view language) { return Stemmer(language)(folded_word); }

bool is_stop_word(std::string_view folded_word, std::string_view language) {
  return lang::Language::of(language).is(folded_word, lang::Role::stop);
}

std::vector<Term> stem_terms(const WordList& words, std::string_view language) {
  const Stemmer stemmer(language);
  const lang::Language& words_known = lang::Language::of(language);
  std::unordered_map<std::string_view, Term> cache;
  std::vector<Term> terms;
  terms.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto [at, added] = cache.try_emplace(words[i], Term{0});
    if (added && !words_known.is(words[i], lang::Role::stop)) at->second = hash_bytes(stemmer(words[i]));
    terms.push_back(at->second);
  }
  return terms;
}

}  // namespace storymerge

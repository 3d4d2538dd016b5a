#include "storymerge/text/stems.h"

#include <libstemmer.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <utility>

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

// Folding takes the accent of "vertió", by which the Spanish stemmer knows the ending; "incendio" and "incendios" lose theirs, too.
bool ends_in_io(std::string_view word) { return word.ends_with("io") || word.ends_with("ios"); }

struct StemmerCloser {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

class Stemmer {
 public:
  // A language that Snowball does not know leaves words as they are.
  explicit Stemmer(std::string_view language)
      : stemmer_(sb_stemmer_new(std::string(primary(language)).c_str(), nullptr)),
        russian_(primary(language) == "ru"),
        spanish_(primary(language) == "es") {}

  bool knows_language() const { return stemmer_ != nullptr; }

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
    std::string stem(reinterpret_cast<const char*>(out), static_cast<std::size_t>(sb_stemmer_length(stemmer_.get())));
    if (spanish_ && ends_in_io(word) && stem.size() > 3 && stem.ends_with('i')) stem.pop_back();
    return stem;
  }

 private:
  std::unique_ptr<sb_stemmer, StemmerCloser> stemmer_;
  bool russian_, spanish_;
};

// Of a language, made once a thread: making one costs as much as ten words.
const Stemmer& stemmer_of(std::string_view language) {
  thread_local std::map<std::string, Stemmer, std::less<>> made;  // as many as Snowball knows
  thread_local const Stemmer none("none");
  const std::string_view tag = primary(language);
  if (const auto at = made.find(tag); at != made.end()) return at->second;
  Stemmer stemmer(tag);
  return stemmer.knows_language() ? made.emplace(tag, std::move(stemmer)).first->second : none;
}

}  // namespace

std::string stem(std::string_view folded_word, std::string_view language) { return stemmer_of(language)(folded_word); }

bool is_stop_word(std::string_view folded_word, std::string_view language) {
  return lang::Language::of(language).is(folded_word, lang::Role::stop);
}

std::vector<Term> stem_terms(const WordList& words, std::string_view language) {
  const Stemmer& stemmer = stemmer_of(language);
  const lang::Language& words_known = lang::Language::of(language);
  const std::uint64_t of_language = mix64(hash_bytes(primary(language)));
  // Texts use the same words again and again: those last seen, each in the one place that its hash gives it.
  struct Known {
    std::uint64_t word = 0;  // its hash, with the language's
    Term term = 0;
  };
  constexpr std::size_t places = 1 << 13;
  thread_local std::vector<Known> known(places);
  std::vector<Term> terms;
  terms.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const std::uint64_t hash = hash_bytes(word) ^ of_language;
    Known& place = known[hash % places];
    if (place.word != hash)
      place = {hash, words_known.is(word, lang::Role::stop) ? Term{0} : hash_bytes(stemmer(word))};
    terms.push_back(place.term);
  }
  return terms;
}

}  // namespace storymerge

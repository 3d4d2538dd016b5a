#include "claim/corrections.h"

#include <algorithm>

#include "text/phrases.h"

namespace storymerge::claim {

namespace {

// A word alone, "Correction", must open the sentence: markets have corrections, too.
bool says_so(const lang::Language& language, const PhraseSieve& sieve, const Document& d, const Sentence& sentence) {
  constexpr std::size_t longest = 4;  // words of a phrase
  bool says = false;
  for (std::uint32_t w = sentence.first_word; w < sentence.last_word && !says; ++w) {
    if (!sieve.may_open(d.body[w])) continue;
    each_phrase(language, d.body, w, sentence.last_word, [&](const lang::Entry& entry, std::size_t words) {
      says = says || ((words > 1 || w == sentence.first_word) && entry.roles.has(lang::Role::corrects));
      return !says && words < longest;
    });
  }
  return says;
}

}  // namespace

std::vector<bool> taken_back(const Document& d) {
  constexpr std::size_t reach = 2;  // sentences of a notice before and after the one that says so
  const std::size_t n = d.sentences.size();
  const lang::Language& language = lang::Language::of(d.language);
  const PhraseSieve sieve(language, lang::Role::corrects);
  std::vector<bool> out(n);
  for (std::size_t s = 0; s < n; ++s) {
    if (!says_so(language, sieve, d, d.sentences[s])) continue;
    for (std::size_t k = s - std::min(s, reach); k < std::min(n, s + reach + 1); ++k) {
      if (d.sentences[k].paragraph == d.sentences[s].paragraph) out[k] = true;
    }
  }
  return out;
}

}  // namespace storymerge::claim

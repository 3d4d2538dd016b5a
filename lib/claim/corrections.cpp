#include "claim/corrections.h"

#include <algorithm>
#include <string>

#include "lang/language.h"

namespace storymerge::claim {

namespace {

// A word alone, "Correction", must open the sentence: markets have corrections, too.
bool says_so(const Document& d, const Sentence& sentence) {
  constexpr std::uint32_t longest = 4;  // words of a phrase
  const lang::Language& language = lang::Language::of(d.language);
  std::string phrase;
  for (std::uint32_t w = sentence.first_word; w < sentence.last_word; ++w) {
    phrase.clear();
    for (std::uint32_t n = 0; n < longest && w + n < sentence.last_word; ++n) {
      phrase.append(n == 0 ? "" : " ").append(d.body[w + n]);
      if ((n > 0 || w == sentence.first_word) && language.is(phrase, lang::Role::corrects)) return true;
    }
  }
  return false;
}

}  // namespace

bool takes_back(const Document& d, std::uint32_t sentence) {
  constexpr std::uint32_t before = 2, after = 2;  // sentences of a notice beside the one that says so
  const std::uint32_t paragraph = d.sentences[sentence].paragraph;
  const std::uint32_t end = std::min(static_cast<std::uint32_t>(d.sentences.size()), sentence + after + 1);
  for (std::uint32_t s = sentence - std::min(sentence, before); s < end; ++s) {
    if (d.sentences[s].paragraph == paragraph && says_so(d, d.sentences[s])) return true;
  }
  return false;
}

}  // namespace storymerge::claim

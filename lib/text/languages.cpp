#include "storymerge/text/languages.h"

#include <algorithm>

#include "lang/language.h"
#include "storymerge/lang/languages.h"
#include "storymerge/text/words.h"

namespace storymerge {
namespace {

struct Guess {
  std::size_t bytes = 1500;  // looked at: some 250 words
  double surely = 0.3;       // share of small words that only a text in the language has; English news has .35 to .5
  double margin = 1.15;      // another language must have so many times as many
};
constexpr Guess guess;

std::size_t small_words(const WordList& words, const lang::Language& language) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < words.size(); ++i) n += language.is(words[i], lang::Role::stop);
  return n;
}

}  // namespace

std::string_view guess_language(std::string_view text) {
  std::size_t end = std::min(text.size(), guess.bytes);
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  const WordList words = fold_words(text.substr(0, end));
  const std::size_t english = small_words(words, lang::Language::of("en"));
  if (static_cast<double>(english) >= guess.surely * static_cast<double>(words.size())) return "en";
  std::string_view best = "en";
  double most = guess.margin * static_cast<double>(english);
  for (const std::string_view tag : known_languages()) {
    const auto n = static_cast<double>(small_words(words, lang::Language::of(tag)));
    if (tag != "en" && n > most) best = tag, most = n;
  }
  return best;
}

}  // namespace storymerge

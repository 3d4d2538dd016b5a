#pragma once
// Which phrase of the tables do the words of a text form?

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "lang/language.h"
#include "storymerge/text/words.h"

namespace storymerge {

// Words of the list from `first` to before `last`, as they stand in it.
inline std::string_view words_between(const WordList& words, std::size_t first, std::size_t last) {
  const std::uint32_t begin = words.words[first].folded.begin;
  return std::string_view(words.folded).substr(begin, words.words[last - 1].folded.end - begin);
}

// Which words may open a phrase with a role? Few others pass, so that most words of a text are not looked up.
class PhraseSieve {
 public:
  PhraseSieve(const lang::Language& language, lang::Role role) {
    for (const auto& [phrase, value] : language.with(role)) open_.set(place(phrase.substr(0, phrase.find(' '))));
  }
  // `word` is folded.
  bool may_open(std::string_view word) const { return open_.test(place(word)); }

 private:
  static std::size_t place(std::string_view word) {
    if (word.empty()) return 0;
    const auto first = static_cast<unsigned char>(word.front()), last = static_cast<unsigned char>(word.back());
    return (first * std::size_t{31} + last * std::size_t{7} + word.size()) % 1024;
  }

  std::bitset<1024> open_;
};

// Calls f(entry, words) for the word at `first` and for each longer phrase that begins with it and ends before `last`, as
// long as tables know it or a phrase that it opens; f says whether to go on.
template <class F>
void each_phrase(const lang::Language& language, const WordList& words, std::size_t first, std::size_t last, F&& f) {
  std::size_t longest = 1;
  for (std::size_t n = 1; n <= longest && first + n <= last; ++n) {
    const lang::Entry* entry = language.find(words_between(words, first, first + n));
    if (entry == nullptr || !f(*entry, n)) return;
    longest = entry->longest;
  }
}

struct Phrase {
  std::size_t words = 0;               // 0: not even the first word is known
  const lang::Entry* entry = nullptr;  // what the tables say of it
};

// The longest phrase of the tables that the words from `first` on form, before `last`.
inline Phrase longest_phrase(const lang::Language& language, const WordList& words, std::size_t first,
                             std::size_t last) {
  Phrase best;
  each_phrase(language, words, first, last, [&](const lang::Entry& entry, std::size_t n) {
    if (!entry.roles.empty()) best = {n, &entry};
    return true;
  });
  return best;
}

}  // namespace storymerge

#pragma once
// What does a number count? The noun behind it.

#include <cstddef>

#include "text/tokens.h"

namespace storymerge {

// Is the word at i one that no table of numbers, days and small words knows?
bool is_plain_word(const Tokens& tokens, std::size_t i);

class Nouns {
 public:
  explicit Nouns(const Tokens& tokens);

  // The noun counted, looked for from token i on: the first plural before a word that ends the noun phrase, or else, when
  // `one` may be counted, the last word before the sentence goes on. 0 when there is none. `state`: the
  // first word of a state on the way ("12 dead").
  std::size_t after(std::size_t i, bool one, std::size_t& state) const;

  // "of the crew", "of its 60 doctors": the noun behind the "of" at token i.
  std::size_t after_of(std::size_t i) const;

  // "20 staff died": a noun that is no plural, directly behind the number and before a word that ends the phrase.
  std::size_t single(std::size_t i) const;

 private:
  bool ends_phrase(std::size_t i) const;
  bool is_plural(std::size_t i) const;
  bool goes_on(std::size_t i) const;  // no part of the noun phrase before it

  const Tokens& t_;
  bool capital_;  // German: every noun has a capital
  bool first_;    // French, Spanish: the noun stands before its adjectives
};

}  // namespace storymerge

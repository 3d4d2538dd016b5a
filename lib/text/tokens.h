#pragma once
// The words, numbers and marks of a text, as the finders of numbers and dates read it, with what its language makes of
// each.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lang/language.h"

namespace storymerge {

struct Token {
  enum Kind : std::uint8_t { word, number, mark } kind = mark;
  bool glued = false;       // no blank before it
  bool breaks = false;      // a line break before it
  bool capital = false;     // a word with a capital first letter
  bool apostrophe = false;  // a word with one in it or at its end
  bool grouped = false;     // a number with marks between its groups of three
  bool unread = false;      // digits and marks that are no number in this language: "3,45,6"
  std::uint8_t decimals = 0;
  char32_t code = 0;  // of a mark
  std::uint32_t begin = 0, end = 0;
  double value = 0;                     // of a number
  const lang::Entry* entry = nullptr;   // what the tables say of a word; null: nothing
  const lang::Entry* phrase = nullptr;  // and of the longest phrase that begins here
  std::uint32_t phrase_end = 0;         // the token past it
  std::size_t size() const { return end - begin; }
};

// A text as tokens. Positions past the end give an empty mark, so that finders may look ahead freely.
// Complexity: one pass; at most one look-up a word, and one for each word of a phrase that might begin there.
class Tokens {
 public:
  Tokens(std::string_view text, const lang::Language& language);

  const lang::Language& language() const { return language_; }
  std::size_t size() const { return tokens_.size(); }
  const Token& operator[](std::size_t i) const { return i < tokens_.size() ? tokens_[i] : none_; }

  // In small letters, typographic apostrophes kept.
  std::string_view text(std::size_t i) const {
    const Token& t = (*this)[i];
    return std::string_view(lower_).substr(t.begin, t.end - t.begin);
  }
  bool is_mark(std::size_t i, char32_t code) const { return (*this)[i].kind == Token::mark && (*this)[i].code == code; }
  bool is_dash(std::size_t i) const {
    return is_mark(i, '-') || is_mark(i, 0x2013) || is_mark(i, 0x2014) || is_mark(i, 0x2010) || is_mark(i, 0x2011);
  }
  // A dash between two words or numbers, without blanks.
  bool is_hyphen(std::size_t i) const { return is_dash(i) && (*this)[i].glued && (*this)[i + 1].glued; }
  bool is_word(std::size_t i) const { return (*this)[i].kind == Token::word; }
  bool is_number(std::size_t i) const { return (*this)[i].kind == Token::number; }

  // Does the word at i have the role?
  bool is(std::size_t i, lang::Role role) const {
    const lang::Entry* entry = (*this)[i].entry;
    return entry != nullptr && entry->roles.has(role);
  }
  bool any(std::size_t i, const lang::Roles& roles) const {
    const lang::Entry* entry = (*this)[i].entry;
    return entry != nullptr && entry->roles.any(roles);
  }
  // Has the word at i, or the longest phrase that begins there, any of the roles?
  bool opens(std::size_t i, const lang::Roles& roles) const {
    const Token& t = (*this)[i];
    return (t.entry != nullptr && t.entry->roles.any(roles)) || (t.phrase != nullptr && t.phrase->roles.any(roles));
  }
  // The token is part of something else now: no rule sees what it says.
  void take(std::size_t i) {
    const bool glued = tokens_[i].glued, breaks = tokens_[i].breaks;
    Token taken;
    taken.glued = glued, taken.breaks = breaks;
    taken.begin = tokens_[i].begin, taken.end = tokens_[i].end;
    tokens_[i] = taken;
  }

  // The token past the phrase or word at i that has the role, 0 when none has; what is said of it there.
  std::size_t past(std::size_t i, lang::Role role, const lang::Meaning** meaning = nullptr) const;
  // The number that the word at i has in this role. Requires: is(i, role).
  double number(std::size_t i, lang::Role role) const { return (*this)[i].entry->in(role)->number; }

 private:
  const lang::Language& language_;
  std::string lower_;
  std::vector<Token> tokens_;
  Token none_;
};

}  // namespace storymerge

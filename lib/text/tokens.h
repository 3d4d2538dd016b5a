#pragma once
// The words, numbers and marks of a text, as the finders of numbers and dates read it, with what English makes of each.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace storymerge {

enum class Lex : std::uint8_t {
  other,
  unit_digit,  // one .. nine
  teen,        // ten .. nineteen
  tens,        // twenty .. ninety
  multiplier,  // hundred, thousand, million, bn, lakh
  many,        // dozens, hundreds, thousands
  dozen,       // dozen, score, couple, pair: takes "a" or a number before it
  fraction,    // half, third, thirds, quarter
  ordinal,     // fourth, tenth
  month,       // value 1 .. 12
  weekday,     // value 0 (Sunday) .. 6
  measure,     // km, hours, percent: `unit` is the normal form
  currency,    // dollars, crowns
  state,       // dead, injured: "12 dead" counts people
  function,    // of, the, were: ends a noun phrase
  label,       // flight, article: the number behind it is a name
};

struct Lexeme {
  Lex kind = Lex::other;
  double value = 0;
  std::string_view unit;
};

// What a word in small letters is. Complexity: one look-up.
Lexeme look_up_word(std::string_view lower);

struct Token {
  enum Kind : std::uint8_t { word, number, mark } kind = mark;
  bool glued = false;         // no blank between it and the token before
  bool capital = false;       // a word that begins with a capital
  bool breaks = false;        // a line break stands before it
  std::uint8_t decimals = 0;  // a number's digits behind the point
  bool grouped = false;       // a number with thousands separators
  std::uint32_t begin = 0, end = 0;
  double value = 0;   // of a number
  char32_t code = 0;  // of a mark
  Lexeme lexeme;      // of a word
};

// A text as tokens. Positions past the end give an empty mark, so that finders may look ahead freely.
class Tokens {
 public:
  explicit Tokens(std::string_view text);

  std::size_t size() const { return tokens_.size(); }
  const Token& operator[](std::size_t i) const { return i < tokens_.size() ? tokens_[i] : none_; }

  // In small letters (ASCII), typographic apostrophes kept.
  std::string_view text(std::size_t i) const {
    const Token& t = (*this)[i];
    return std::string_view(lower_).substr(t.begin, t.end - t.begin);
  }
  bool is(std::size_t i, std::string_view lower) const { return text(i) == lower; }
  bool is_mark(std::size_t i, char32_t code) const { return (*this)[i].kind == Token::mark && (*this)[i].code == code; }
  bool is_dash(std::size_t i) const {
    return is_mark(i, '-') || is_mark(i, 0x2013) || is_mark(i, 0x2014) || is_mark(i, 0x2010) || is_mark(i, 0x2011);
  }
  bool is_word(std::size_t i) const { return (*this)[i].kind == Token::word; }
  bool is_number(std::size_t i) const { return (*this)[i].kind == Token::number; }
  Lex kind(std::size_t i) const { return (*this)[i].kind == Token::word ? (*this)[i].lexeme.kind : Lex::other; }
  double value(std::size_t i) const {
    return (*this)[i].kind == Token::number ? (*this)[i].value : (*this)[i].lexeme.value;
  }

  // The bytes from position `begin` on, in small letters.
  std::string_view rest(std::size_t begin) const { return std::string_view(lower_).substr(begin); }

 private:
  std::string lower_;
  std::vector<Token> tokens_;
  Token none_;
};

}  // namespace storymerge

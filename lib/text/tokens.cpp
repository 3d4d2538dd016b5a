#include "text/tokens.h"

#include <array>
#include <cmath>
#include <optional>

#include "text/characters.h"

namespace storymerge {
namespace {

using lang::Language;
using lang::Role;

// The marks of a language's numbers.
struct NumberStyle {
  explicit NumberStyle(const Language& language)
      : decimal(language.is(",", Role::decimal_mark) ? ',' : '.'),
        group(decimal == ',' ? '.' : ','),
        spaced(language.is("_", Role::group_mark)),
        pairs(language.is(",", Role::group_mark)) {}
  char decimal, group;
  bool spaced;  // 816 000
  bool pairs;   // 1,20,000
};

// Groups of three in a number at most: what is longer is no number that anybody writes.
constexpr std::size_t most_groups = 8;

// Reads the digits of one number.
class NumberReader {
 public:
  NumberReader(std::string_view text, std::size_t begin, const NumberStyle& style, Token& token)
      : text_(text), style_(style), t_(token), begin_(begin), k_(begin) {}

  // Where the number ends.
  std::size_t read() {
    const std::size_t begin = k_;
    digits();
    const std::size_t leading = k_ - begin;
    if (dotted(begin)) return k_;  // 12.03.2031, 2.0.1: each part is a number of its own
    if (leading <= 3) groups(begin);
    decimals();
    if (!t_.grouped && t_.decimals == 0) foreign();
    if (!std::isfinite(t_.value)) t_.unread = true, t_.value = 0;
    return k_;
  }

 private:
  bool digit(std::size_t k) const { return k < text_.size() && is_ascii_digit(text_[k]); }
  void digits() {
    while (digit(k_)) t_.value = t_.value * 10 + (text_[k_++] - '0');
  }
  // So many digits at k, and then none.
  bool run(std::size_t k, std::size_t n) const {
    for (std::size_t i = 0; i < n; ++i) {
      if (!digit(k + i)) return false;
    }
    return !digit(k + n);
  }

  // A full stop that is followed by digits and another full stop with digits, not all of them groups of three.
  bool dotted(std::size_t begin) const {
    std::size_t k = k_, parts = 1;
    bool threes = k_ - begin <= 3;
    while (k < text_.size() && text_[k] == '.' && digit(k + 1)) {
      const std::size_t part = ++k;
      while (digit(k)) ++k;
      threes = threes && k - part == 3 && style_.group == '.';
      if (++parts > 2 && (!threes || parts > most_groups)) return true;
    }
    return false;
  }

  // Length of the separator of groups at k: the language's mark, an apostrophe, a thin or fixed blank; a plain blank only
  // where the language writes so, or where what follows can be no number of its own ("816 000").
  std::size_t separator(std::size_t k) const {
    if (k >= text_.size()) return 0;
    const char c = text_[k];
    if (c == style_.group || c == '\'') return 1;
    if (c == ' ') return style_.spaced || (digit(k + 1) && text_[k + 1] == '0') ? 1 : 0;
    if (is_ascii(c)) return 0;
    const Character at = decode(text_, k);
    return at.code == 0xA0 || at.code == 0x202F || at.code == 0x2009 || at.code == 0x2019 ? at.length : 0;
  }

  void groups(std::size_t begin) {
    if (text_[begin] == '0') return;
    const std::size_t length = separator(k_);
    if (length == 0) return;
    const std::string_view mark = text_.substr(k_, length);
    if (style_.pairs && mark == "," && pairs()) return;
    while (text_.substr(k_, length) == mark && run(k_ + length, 3)) {
      k_ += length;
      digits();
      t_.grouped = true;
    }
  }

  // 1,20,000: groups of two before the last one.
  bool pairs() {
    std::size_t k = k_;
    unsigned twos = 0;
    while (k < text_.size() && text_[k] == ',' && run(k + 1, 2)) k += 3, ++twos;
    if (twos == 0 || k >= text_.size() || text_[k] != ',' || !run(k + 1, 3)) return false;
    const std::size_t end = k + 4;
    while (k_ < end) text_[k_] == ',' ? void(++k_) : digits();
    t_.grouped = true;
    return true;
  }

  void decimals() {
    if (k_ >= text_.size() || text_[k_] != style_.decimal || !digit(k_ + 1)) return;
    if (begin_ >= 2 && text_[begin_ - 1] == '.' && digit(begin_ - 2)) return;  // the month of 12.03.2031
    double scale = 1;
    std::size_t d = k_ + 1;
    for (; digit(d) && t_.decimals < 15; ++d) {
      t_.value = t_.value * 10 + (text_[d] - '0');
      scale *= 10;
      ++t_.decimals;
    }
    while (digit(d)) ++d;
    t_.value /= scale;
    k_ = d;
  }

  // The marks of another language: "3,4" in English, "3.4" in German. Such digits are no number rather than a wrong one.
  // ("12.40" may be a time: its parts stay apart. Four digits are a year behind a missing blank.)
  void foreign() {
    if (style_.group != ',' || k_ >= text_.size() || text_[k_] != ',' || !digit(k_ + 1) || run(k_ + 1, 4)) return;
    std::size_t d = k_ + 1;
    while (digit(d) || (d < text_.size() && text_[d] == ',' && digit(d + 1))) ++d;
    if (d < text_.size() && (text_[d] == '-' || text_[d] == '/')) return;  // 6-3,6-4
    t_.unread = true;
    k_ = d;
  }

  std::string_view text_;
  const NumberStyle& style_;
  Token& t_;
  std::size_t begin_;
  std::size_t k_;
};

class Reader {
 public:
  Reader(std::string_view text, std::string& lower, const Language& language)
      : text_(text), lower_(lower), language_(language), style_(language), elides_(language.is("*", Role::elides)) {}

  template <class Out>
  void run(Out&& out) {
    bool glued = false, breaks = false;
    for (std::size_t i = 0; i < text_.size();) {
      const std::size_t blank = blank_length(text_, i);
      if (blank != 0) {
        breaks = breaks || line_break_length(text_, i) != 0;
        glued = false;
        i += blank;
        continue;
      }
      Token t;
      t.glued = glued;
      t.breaks = breaks;
      t.begin = static_cast<std::uint32_t>(i);
      glued = true;
      breaks = false;
      if (is_ascii_digit(text_[i])) {
        t.kind = Token::number;
        i = NumberReader(text_, i, style_, t).read();
      } else {
        const Character first = decode(text_, i);
        const Letter letter = letter_case(first.code);
        if (letter == Letter::none) {
          t.code = first.code;
          i += first.length;
        } else {
          t.kind = Token::word;
          t.capital = letter == Letter::upper;
          i = word_end(i, t.apostrophe);
        }
      }
      t.end = static_cast<std::uint32_t>(i);
      out(t);
    }
  }

 private:
  // Past the word that begins at `i`; puts its capitals beyond ASCII into small letters.
  std::size_t word_end(const std::size_t i, bool& apostrophe) {
    std::size_t k = i;
    while (k < text_.size()) {
      const char c = text_[k];
      if (is_ascii_letter(c)) {
        ++k;
        continue;
      }
      if (is_ascii(c) && c != '\'') break;
      const Character at = decode(text_, k);
      const std::size_t after = k + at.length;
      if (at.code == '\'' || at.code == 0x2019) {
        if (!(after < text_.size() && letter_case(decode(text_, after).code) != Letter::none)) break;
        apostrophe = true;
        if (elides_ && language_.is(lower_.substr(i, k - i), Role::elided)) return after;  // d'euros: two words
      } else {
        const Letter letter = letter_case(at.code);
        if (letter == Letter::none && !(at.code >= 0x300 && at.code < 0x370)) break;
        if (letter == Letter::upper) lower(k, at);
      }
      k = after;
    }
    return k;
  }

  void lower(std::size_t k, Character at) {
    const SmallLetter small = small_letter(at.code);
    if (small.size == at.length) lower_.replace(k, at.length, small.view());
  }

  std::string_view text_;
  std::string& lower_;
  const Language& language_;
  NumberStyle style_;
  bool elides_;
};

// The word as the tables spell it: without a possessive 's or the apostrophe of an elision, and with plain apostrophes.
class Spelling {
 public:
  Spelling(std::string_view word, bool apostrophe) : view_(word) {
    if (!apostrophe) return;
    if (view_.ends_with("'s")) view_.remove_suffix(2);
    if (view_.ends_with("\u2019s")) view_.remove_suffix(4);
    if (view_.ends_with("'")) view_.remove_suffix(1);
    if (view_.ends_with("\u2019")) view_.remove_suffix(3);
    const std::size_t at = view_.find("\u2019");
    if (at == std::string_view::npos || view_.size() > plain_.size()) return;
    std::size_t n = view_.copy(plain_.data(), at);
    plain_[n++] = '\'';
    n += view_.substr(at + 3).copy(plain_.data() + n, plain_.size() - n);
    view_ = {plain_.data(), n};
  }
  std::string_view view() const { return view_; }

 private:
  std::string_view view_;
  std::array<char, 32> plain_;
};

}  // namespace

Tokens::Tokens(std::string_view text, const Language& language) : language_(language), lower_(text) {
  for (char& c : lower_) {
    if (is_ascii_upper(c)) c = static_cast<char>(c + 32);
  }
  tokens_.reserve(text.size() / 5 + 4);
  Reader(text, lower_, language).run([&](const Token& t) { tokens_.push_back(t); });
  const auto spelling = [this](std::size_t i) { return Spelling(this->text(i), (*this)[i].apostrophe); };
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (tokens_[i].kind == Token::word) tokens_[i].entry = language_.find(spelling(i).view());
  }
  std::string phrase;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    const lang::Entry* opens = tokens_[i].entry;
    if (opens == nullptr || opens->longest == 1) continue;
    phrase = spelling(i).view();
    std::size_t k = i + 1;
    for (std::size_t n = 1; n < opens->longest; ++n) {
      if (is_hyphen(k)) ++k;  // quatre-vingt-dix
      if (!is_word(k) || tokens_[k].breaks) break;
      phrase.append(1, ' ').append(spelling(k).view());
      ++k;
      const lang::Entry* entry = language_.find(phrase);
      if (entry == nullptr) break;
      if (entry->roles.empty()) continue;
      tokens_[i].phrase = entry;
      tokens_[i].phrase_end = static_cast<std::uint32_t>(k);
    }
  }
}

std::size_t Tokens::past(std::size_t i, Role role, const lang::Meaning** meaning) const {
  const Token& t = (*this)[i];
  if (t.phrase != nullptr) {
    if (const lang::Meaning* found = t.phrase->in(role)) {
      if (meaning != nullptr) *meaning = found;
      return t.phrase_end;
    }
  }
  if (t.entry == nullptr) return 0;
  const lang::Meaning* found = t.entry->in(role);
  if (found == nullptr) return 0;
  if (meaning != nullptr) *meaning = found;
  return i + 1;
}

}  // namespace storymerge

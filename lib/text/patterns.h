#pragma once
// How is a rule of numbers or dates written down, and where does it fit?
//
// A pattern is a line of elements, in the order in which they stand:
//   month          a word or phrase that has this role (lang/roles.h)
//   AMOUNT         what the finder reads itself; the finder says which such classes there are
//   '.'            a mark
//   a|b   x?  +x   either; may be missing; without a blank before it
//   < >            where the range of what is found begins and ends; without them it is all
// No element but the first stands behind a line break. An element that may be missing is taken where it fits.

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/tokens.h"

namespace storymerge {

struct Element {
  enum Kind : std::uint8_t { role, reading, mark, begin, end } kind = mark;
  std::uint16_t what = 0;  // a role, or the position of a class
  char32_t code = 0;       // of a mark
};

class Pattern {
 public:
  struct Item {
    std::vector<Element> either;
    bool optional = false;
    bool glued = false;
  };

  // Requires: every word of `text` is as said above; `classes` are the names of what the finder reads.
  Pattern(std::string_view text, std::span<const std::string_view> classes);

  std::span<const Item> items() const { return items_; }

 private:
  std::vector<Item> items_;
};

// What a class of readings may begin with: figures, marks, words with these roles.
struct Opening {
  bool numbers = false, marks = false, words = false;  // `words`: any
  lang::Roles roles;
};

// Which of up to 64 patterns may fit at a token: few do, at most tokens none.
class PatternIndex {
 public:
  // Of what stands behind so many items of each pattern. Requires: `classes` has an opening for each class that they name.
  PatternIndex(std::span<const Pattern* const> patterns, std::span<const Opening> classes, std::size_t behind = 0);

  // One bit a pattern.
  std::uint64_t at(const Token& token) const;
  // Those that begin with this class and nothing else.
  std::uint64_t led_by(std::size_t of_class) const { return led_by_[of_class]; }

 private:
  std::uint64_t numbers_ = 0, marks_ = 0, words_ = 0;
  std::array<std::uint64_t, lang::role_names.size()> with_role_{};
  std::vector<std::uint64_t> led_by_;
};

template <class Rule>
std::vector<const Pattern*> patterns_of(std::span<const Rule> rules) {
  std::vector<const Pattern*> out;
  for (const Rule& rule : rules) out.push_back(&rule.pattern);
  return out;
}

// Where a pattern fits. `Reading`: what the finder makes of one of its classes.
template <class Reading>
struct Fit {
  struct Piece {
    Element element;
    std::size_t begin = 0, end = 0;          // tokens
    const lang::Meaning* meaning = nullptr;  // of a role
    Reading reading{};                       // of a class
  };

  std::size_t begin = 0, end = 0;  // tokens of the range
  std::size_t past = 0;            // the token past all that was looked at
  std::size_t count = 0;
  std::array<Piece, 12> pieces{};

  // The nth piece with this role, or of this class; null when there is none.
  const Piece* get(lang::Role role, std::size_t nth = 0) const {
    return get(Element::role, static_cast<std::uint16_t>(role), nth);
  }
  const Piece* reading(std::size_t of_class, std::size_t nth = 0) const {
    return get(Element::reading, static_cast<std::uint16_t>(of_class), nth);
  }
  bool has(lang::Role role) const { return get(role) != nullptr; }
  double number(lang::Role role) const { return get(role)->meaning->number; }

 private:
  const Piece* get(Element::Kind kind, std::uint16_t what, std::size_t nth) const {
    for (std::size_t i = 0; i < count; ++i) {
      if (pieces[i].element.kind == kind && pieces[i].element.what == what && nth-- == 0) return &pieces[i];
    }
    return nullptr;
  }
};

// Tries patterns at one token after the other. `read(position of a class, token, reading)` gives the token past what was
// read, or 0.
template <class Reading, class Read>
class Matcher {
 public:
  Matcher(const Tokens& tokens, const Read& read) : t_(tokens), read_(read) {}

  // Does the pattern fit at token i?
  bool fits(const Pattern& pattern, std::size_t i, Fit<Reading>& fit) const {
    fit.count = 0;
    fit.begin = i;
    fit.end = 0;
    return fits(pattern.items(), i, i, fit);
  }

 private:
  bool fits(std::span<const Pattern::Item> items, std::size_t first, std::size_t at, Fit<Reading>& fit) const {
    if (items.empty()) {
      if (fit.end == 0) fit.end = at;
      fit.past = at;
      return fit.end > fit.begin;
    }
    const Pattern::Item& item = items.front();
    const std::size_t count = fit.count, begin = fit.begin, end = fit.end;
    const auto restore = [&] { fit.count = count, fit.begin = begin, fit.end = end; };
    for (const Element& element : item.either) {
      const std::size_t past = take(element, item.glued, first, at, fit);
      if (past != none && fits(items.subspan(1), first, past, fit)) return true;
      restore();
    }
    return item.optional && fits(items.subspan(1), first, at, fit);
  }

  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  // The token past the element at `at`, or none.
  std::size_t take(const Element& element, bool glued, std::size_t first, std::size_t at, Fit<Reading>& fit) const {
    if (element.kind == Element::begin) {
      fit.begin = at;
      return at;
    }
    if (element.kind == Element::end) {
      fit.end = at;
      return at;
    }
    if (at >= t_.size() || (at > first && t_[at].breaks) || (glued && !t_[at].glued)) return none;
    assert(fit.count < fit.pieces.size());
    auto& piece = fit.pieces[fit.count];
    piece.element = element;
    piece.meaning = nullptr;
    std::size_t past = 0;
    switch (element.kind) {
      case Element::role:
        past = t_.past(at, static_cast<lang::Role>(element.what), &piece.meaning);
        break;
      case Element::reading:
        past = read_(element.what, at, piece.reading);
        break;
      default:
        past = (element.code == '-' ? t_.is_dash(at) : t_.is_mark(at, element.code)) ? at + 1 : 0;
    }
    if (past == 0) return none;
    piece.begin = at;
    piece.end = past;
    ++fit.count;
    return past;
  }

  const Tokens& t_;
  const Read& read_;
};

}  // namespace storymerge

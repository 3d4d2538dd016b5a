#include "text/nouns.h"

namespace storymerge {

using lang::Role;

namespace {

// How far a noun may stand from its number, in words.
constexpr std::size_t farthest_noun = 5;

// Words that neither are the noun nor end its phrase: "5 km", "fourth".
constexpr lang::Roles passed_over{Role::unit, Role::ordinal};
// Words that are no noun, and end the phrase.
constexpr lang::Roles other_numbers{Role::number,     Role::scale, Role::many,
                                    Role::collective, Role::month, Role::weekday};

constexpr lang::Roles not_plain{Role::ends_noun_phrase, Role::number, Role::scale,   Role::many,
                                Role::collective,       Role::month,  Role::weekday, Role::unit,
                                Role::currency,         Role::state,  Role::ordinal, Role::part};

bool is_possessive(std::string_view word) { return word.ends_with("'s") || word.ends_with("\u2019s"); }

}  // namespace

bool is_plain_word(const Tokens& tokens, std::size_t i) { return tokens.is_word(i) && !tokens.any(i, not_plain); }

Nouns::Nouns(const Tokens& tokens)
    : t_(tokens),
      capital_(tokens.language().is("*", Role::nouns_capital)),
      first_(tokens.language().is("*", Role::noun_first)) {}

bool Nouns::ends_phrase(std::size_t i) const { return t_.is(i, Role::ends_noun_phrase); }

bool Nouns::is_plural(std::size_t i) const {
  if (t_.is(i, Role::irregular_plural) || t_.is(i, Role::people)) return true;
  const std::string_view noun = t_.text(i);
  if (noun.size() <= 3 || !noun.ends_with('s') || noun.ends_with("ss") || noun.ends_with("us") || noun.ends_with("is"))
    return false;
  const bool in_name = t_[i].capital && is_plain_word(t_, i + 1);
  return !is_possessive(noun) && !in_name;
}

bool Nouns::goes_on(std::size_t i) const {
  const std::string_view word = t_.text(i);
  return t_[i].capital || word.ends_with("ed") || word.ends_with("ing") || word.ends_with("ly") ||
         t_.any(i, {Role::past, Role::not_counted});
}

std::size_t Nouns::after(std::size_t i, bool one, std::size_t& state) const {
  std::size_t fallback = 0;
  for (std::size_t k = i; k < i + farthest_noun && k < t_.size(); ++k) {
    const Token& w = t_[k];
    if (w.breaks) break;
    if (w.kind == Token::mark && t_.is_hyphen(k) && w.code != 0x2014) continue;  // "12 fire-damaged homes"
    if (w.kind != Token::word || ends_phrase(k)) break;
    if (t_.is(k, Role::state)) {  // "12 dead", "12 injured people"
      if (state == 0) state = k;
      if (capital_ && w.capital) break;  // "fünf der 23 Verletzten erlitten Schnittwunden"
      continue;
    }
    if (t_.any(k, passed_over) && !t_.is(k, Role::part)) continue;
    if (t_.any(k, other_numbers)) break;
    if (capital_) {
      if (w.capital) return k;
      continue;
    }
    if (first_) {
      if (!t_.is(k, Role::not_counted)) return k;
      continue;
    }
    if (is_plural(k)) return k;
    // In the singular it is the last word before the sentence goes on: "a $2bn infrastructure plan passed on Friday".
    if (fallback != 0 && goes_on(k)) break;
    const std::string_view noun = t_.text(k);
    if (!is_possessive(noun) && !noun.ends_with("ly") && !t_.is(k, Role::not_counted)) fallback = k;
  }
  return one ? fallback : 0;
}

std::size_t Nouns::after_of(std::size_t i) const {
  std::size_t k = i + 1;
  while (k < i + farthest_noun &&
         (t_.is(k, Role::before_noun) || t_.is_number(k) || t_.is(k, Role::scale) || t_.is(k, Role::about)))
    ++k;
  if (!t_.is_word(k) || t_[k].breaks || t_.is(k, Role::no_noun)) return 0;
  std::size_t state = 0;
  const std::size_t noun = after(k, true, state);
  return noun != 0 ? noun : state;
}

std::size_t Nouns::single(std::size_t i) const {
  if (!t_.is_word(i) || t_[i].breaks) return 0;
  if (capital_ || first_) return 0;
  if (t_[i].capital ||
      (t_[i].entry != nullptr && t_.any(i, {Role::ends_noun_phrase, Role::not_counted, Role::not_noun})))
    return 0;
  if (t_.any(i, other_numbers) || t_.any(i, passed_over) || t_.is(i, Role::state)) return 0;
  const std::string_view w = t_.text(i);
  return w.ends_with("ed") || w.ends_with("ing") || w.ends_with("ly") || w.size() < 4 ? 0 : i;
}

}  // namespace storymerge

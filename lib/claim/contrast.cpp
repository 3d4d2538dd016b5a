#include "claim/contrast.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <optional>

#include "claim/opposites.h"
#include "lang/language.h"
#include "support/hash.h"
#include "text/phrases.h"

namespace storymerge::claim {
namespace {

// Words in common that make two clauses tell one thing where neither has a predicate.
constexpr double without_predicate = 0.75;
constexpr std::size_t most_days = 4;  // of a clause: more is a list of many things

template <class Mentions>
bool inside(const Mentions& mentions, std::uint32_t at) {
  const auto found = std::partition_point(mentions.begin(), mentions.end(),
                                          [&](const auto& mention) { return mention.range.end <= at; });
  return found != mentions.end() && found->range.begin <= at;
}

// Whether the first word stands on the denied side of a pair of opposites; nullopt when the two are none.
std::optional<bool> opposed(Term x, Term y) {
  for (const std::int16_t one : opposites_of(x)) {
    for (const std::int16_t other : opposites_of(y)) {
      if (one == -other) return one < 0;
    }
  }
  return std::nullopt;
}

// Of one predicate, "found open" and "found closed": an opposite among the words that only one of them has.
Contrast opposed_words(const Act& x, const Act& y) {
  std::vector<Term> only_x, only_y;
  std::set_difference(x.terms.begin(), x.terms.end(), y.terms.begin(), y.terms.end(), std::back_inserter(only_x));
  std::set_difference(y.terms.begin(), y.terms.end(), x.terms.begin(), x.terms.end(), std::back_inserter(only_y));
  const auto shared = static_cast<double>(x.terms.size() - only_x.size());
  for (const Term s : only_x) {
    if (opposites_of(s).empty()) continue;
    for (const Term t : only_y) {
      const std::optional<bool> denies = opposed(s, t);
      const auto rest = static_cast<double>(x.terms.size() + y.terms.size() - 2);
      if (denies && shared > 0) return {Contrast::opposite, *denies, 2 * shared / rest};
    }
  }
  return {};
}

// "rejects", "ruled out"
bool denies(const Document& document, std::uint32_t w, std::uint32_t last) {
  const lang::Language& language = lang::Language::of(document.language);
  const Phrase phrase = longest_phrase(language, document.body, w, last);
  return phrase.words != 0 && phrase.entry->roles.has(lang::Role::denies);
}

bool holds(const std::vector<Term>& terms, Term term) { return std::binary_search(terms.begin(), terms.end(), term); }

// Words in common when one word of each side is left out.
double shared_without(std::vector<Term> a, Term of_a, std::vector<Term> b, Term of_b) {
  std::erase(a, of_a);
  std::erase(b, of_b);
  return shared_words(a, b);
}

// "Backs the closure" and "rejects the closure", "it was arson" and "ruled out arson": what the first tells is what the word that
// denies in the second takes back.
Contrast taken_back(const Act& x, const Act& y) {
  if (x.negative || !y.negative) return {};
  if (y.denier != 0 && holds(x.terms, y.word) && opposed(x.word, y.denier))
    return {Contrast::opposite, false, shared_without(x.terms, y.word, y.terms, y.denier)};
  if (y.word_denies && holds(y.terms, x.word))
    return {Contrast::polarity, false, shared_without(x.terms, 0, y.terms, x.word)};
  return {};
}

// May both be one? Times that are whole hours apart may be those of two zones, and few minutes are rounding.
bool may_be_one(const When& a, const When& b) {
  constexpr int rounding = 9, hour = 60;  // minutes
  const bool days = a.mention.from && b.mention.from;
  if (a.words == b.words || a.rough || b.rough) return true;
  if (days && !may_be_one_day(a.mention, b.mention)) return false;
  if (!a.mention.minute_of_day || !b.mention.minute_of_day) return !days || may_be_one_day(a.mention, b.mention);
  const int apart = std::abs(*a.mention.minute_of_day - *b.mention.minute_of_day);
  return apart <= rounding || apart % hour == 0;
}

When read_when(const DateMention& mention, const Claim& claim, const Document& document) {
  When out{mention, 0, mention.rule == "so long ago" || mention.rule == "ago before it"};
  for (std::uint32_t w = claim.first_word; w < claim.last_word; ++w) {
    const std::uint32_t begin = document.body.words[w].source.begin;
    if (mention.range.begin <= begin && begin < mention.range.end)
      out.words = mix64(out.words ^ hash_bytes(document.body[w]));
  }
  return out;
}

}  // namespace

Act read_act(const Claim& claim, const Document& document) {
  Act act;
  act.predicate = claim.predicate;
  act.at = claim.predicate_word.value_or(0);
  act.word = claim.predicate_word ? document.body_terms[*claim.predicate_word] : 0;
  act.negative = claim.negative;
  if (claim.negative && claim.predicate_word) {
    act.word_denies = denies(document, act.at, claim.last_word);
    for (std::uint32_t w = claim.first_word; w < act.at && !act.word_denies; ++w) {
      if (denies(document, w, claim.last_word)) act.denier = document.body_terms[w];
    }
  }
  act.hedge = claim.hedge;
  if (claim.dates.size() <= most_days) {
    for (const std::uint32_t at : claim.dates) act.days.push_back(read_when(document.dates[at], claim, document));
  }
  const lang::Language& language = lang::Language::of(document.language);
  act.terms.reserve(claim.last_word - claim.first_word);
  for (std::uint32_t w = claim.first_word; w < claim.last_word; ++w) {
    const Term term = document.body_terms[w];
    const std::uint32_t at = document.body.words[w].source.begin;
    const bool says = claim.speaker && !claim.negative && claim.speaker->begin <= at && at < claim.speaker->end;
    if (term != 0 && term != act.word && !says && !language.is(document.body[w], lang::Role::auxiliary) &&
        !inside(document.quantities, at) && !inside(document.dates, at))
      act.terms.push_back(term);
  }
  std::sort(act.terms.begin(), act.terms.end());
  act.terms.erase(std::unique(act.terms.begin(), act.terms.end()), act.terms.end());
  return act;
}

double shared_words(const std::vector<Term>& a, const std::vector<Term>& b) {
  std::size_t shared = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      ++shared, ++i, ++j;
    } else {
      a[i] < b[j] ? ++i : ++j;
    }
  }
  return a.empty() || b.empty() ? 0 : 2.0 * static_cast<double>(shared) / static_cast<double>(a.size() + b.size());
}

std::pair<const When*, const When*> rival_days(const Act& x, const Act& y) {
  const auto own = [](const Act& of, const Act& other) {
    return std::find_if(of.days.begin(), of.days.end(), [&](const When& a) {
      return std::none_of(other.days.begin(), other.days.end(), [&](const When& b) { return may_be_one(a, b); });
    });
  };
  const auto a = own(x, y), b = own(y, x);
  if (a == x.days.end() || b == y.days.end()) return {};
  return {&*a, &*b};
}

Contrast find_contrast(const Act& x, const Act& y) {
  const double alike = shared_words(x.terms, y.terms);
  if ((x.predicate == 0 || y.predicate == 0) && !(x.predicate == y.predicate && alike >= without_predicate)) return {};
  if (x.predicate != y.predicate) {
    const bool same_sense = (x.negative && !x.word_denies) == (y.negative && !y.word_denies);
    if (const auto denies = same_sense ? opposed(x.word, y.word) : std::nullopt)
      return {Contrast::opposite, *denies, alike};
    Contrast c = taken_back(x, y);
    if (c.kind == Contrast::none) {
      c = taken_back(y, x);
      c.first_denies = c.kind != Contrast::none;
    }
    return c;
  }
  if (x.negative != y.negative) return {Contrast::polarity, x.negative, alike};
  const bool x_firm = x.hedge <= Hedge::attributed, y_firm = y.hedge <= Hedge::attributed;
  if (x_firm != y_firm) return {Contrast::certainty, !x_firm, alike};
  if (rival_days(x, y).first != nullptr) return {Contrast::day, false, alike};
  return opposed_words(x, y);
}

}  // namespace storymerge::claim

#include "claim/scope.h"

#include <algorithm>

namespace storymerge::claim {

using enum lang::Role;

bool is_governed(const ClauseText& t, std::uint32_t w, std::uint32_t first) {
  for (std::uint32_t k = w; k > first && w - k < 4; --k) {
    if (t.has_gap(k, comma | semicolon | colon | quote)) return false;
    if (t.is(k - 1, auxiliary)) return !t.is(k - 1, determiner);
    if (!t.is(k - 1, adverb, negates, ends_adverb)) return false;
  }
  return false;
}

namespace {

// "schloss Brandstiftung aus": does the other part of the verb end its clause?
bool denies_with_its_end(const ClauseText& t, std::uint32_t w) {
  if (!t.is(w, denies_with)) return false;
  constexpr std::uint32_t farthest = 24;  // words
  const std::string_view part = t.language().value(t.word(w), denies_with);
  const auto words = static_cast<std::uint32_t>(t.document().body.size());
  for (std::uint32_t k = w + 1; k < words && k < w + farthest && !t.has_gap(k, any_mark); ++k) {
    if (t.word(k) == part) return k + 1 == words || t.has_gap(k + 1, any_mark);
  }
  return false;
}

bool denies_what_follows(const ClauseText& t, std::uint32_t w) { return t.is(w, denies) || denies_with_its_end(t, w); }

// Words whose complement says what happens: "failed to sound", "plans to close", "seems to be".
bool is_operator(const ClauseText& t, std::uint32_t w) {
  return t.is(w, planned, possible, hedges_verb, goes_on) || denies_what_follows(t, w);
}

// "is said to", "was accused of stealing", "is presumed dead": hearsay about what follows.
bool is_hearsay(const ClauseText& t, std::uint32_t w, std::uint32_t last) {
  const std::uint32_t end = t.phrase(w).last;
  if (!t.is(w, supposed) || end >= last) return false;
  if (t.is(end, infinitive, complement)) return true;
  if (w == 0 || !t.is(w - 1, be, adverb)) return false;
  return (end > w + 1 && t.is(end, ends_participle)) ||
         (t.is_event(end) && !t.has_gap(end, any_mark) && !t.is(end, person, occupation));
}

// "scrapped its plan to": the word of planning; none when no plan is dropped.
std::uint32_t dropped_plan(const ClauseText& t, std::uint32_t w, std::uint32_t last) {
  if (!t.is(w, drops)) return none;
  for (std::uint32_t k = w + 1; k + 1 < last && k < w + 4 && !t.has_gap(k, any_mark); ++k) {
    if (t.is(k, planned)) return t.is(k + 1, infinitive) ? k : none;
  }
  return none;
}

// "The delay is due to fog": what happened has a cause there, and is not planned.
bool gives_a_cause(const ClauseText& t, std::uint32_t w, std::uint32_t first) {
  if (!t.is(w, or_cause)) return false;
  if (w == first || !t.is(w - 1, be, adverb)) return true;
  for (std::uint32_t k = w - 1; k > first && w - k < 8 && !t.has_gap(k, any_mark); --k) {
    if (t.is_event(k - 1) || t.is(k - 1, demonstrative)) return true;
  }
  return false;
}

// Has the word the bare form of a verb: "rebuild", not "ships", "the", "Holm"?
bool is_bare_form(const ClauseText& t, std::uint32_t w) {
  return t.mention(w) == 0 && !t.counted(w) && !t.capital(w) &&
         !t.is(w, determiner, possessive, pronoun, preposition, conjunction, person, ends_present, ends_past,
               ends_participle, ends_adverb);
}

// "to close"; not "contrary to reports". Where the word before it is a preposition, too, the ending tells ("de fermer"), or the
// word that governs it ("vowed to rebuild").
bool is_infinitive(const ClauseText& t, std::uint32_t w, std::uint32_t first) {
  if (w == first || !t.is(w - 1, infinitive) || t.is(t.phrase(w - 1).first, cites)) return false;
  if (!t.is(t.phrase(w - 1).first, preposition) || (t.is(w, ends_infinitive) && !t.capital(w))) return true;
  if (w < first + 2 || t.phrase(w - 1).first != w - 1 || t.has_gap(w, any_mark) || t.has_gap(w - 1, any_mark))
    return false;
  std::uint32_t before = w - 2;
  while (before > first && t.is(before, negates, adverb) && !t.has_gap(before, any_mark)) --before;  // "vowed not to"
  const std::uint32_t governor = t.phrase(before).first;
  return (is_operator(t, governor) || t.is(governor, supposed)) && is_bare_form(t, w) &&
         !gives_a_cause(t, governor, first);
}

// "prevented the crowd from entering": the word of hindering; none when nothing hinders it.
std::uint32_t hindered_by(const ClauseText& t, std::uint32_t w, std::uint32_t first) {
  constexpr std::uint32_t apart = 10;  // words
  if (w < first + 2 || !t.is(w, ends_participle) || !t.is(w - 1, leaves) || t.has_gap(w, any_mark)) return none;
  for (std::uint32_t k = w - 1; k > first && w - k < apart && !t.has_gap(k, any_mark); --k) {
    if (t.is(k - 1, hinders)) return k - 1;
  }
  return none;
}

// Does the word hinder what a participle behind it tells?
bool hinders_something(const ClauseText& t, std::uint32_t w, std::uint32_t last) {
  if (!t.is(w, hinders)) return false;
  for (std::uint32_t k = w + 1; k < last && k < w + 10 && !t.has_gap(k, any_mark); ++k) {
    if (hindered_by(t, k, w) == w) return true;
  }
  return false;
}

// "prévoit fermer": directly behind the word that governs it.
bool is_bare_infinitive(const ClauseText& t, std::uint32_t w, std::uint32_t first) {
  return w > first && t.is(w, ends_infinitive) && is_operator(t, t.phrase(w - 1).first) && !t.has_gap(w, any_mark);
}

// ---- the predicate

class PredicateFinder {
 public:
  PredicateFinder(const ClauseText& text, const Clause& clause, const Citation& citation)
      : t_(text), first_(clause.first), last_(clause.last) {
    leave_citation(citation);
    if (first_ >= last_) first_ = clause.first, last_ = clause.last;
    leave_opening_phrase();
  }

  // The verb of little meaning whose subject or object the predicate is: "The strike did not begin".
  std::optional<std::uint32_t> light_verb() const { return light_verb_ ? light_verb_ : silent_verb_; }

  std::optional<std::uint32_t> find() {
    if (const auto verb = last_verb()) return verb;
    for (std::uint32_t w = first_; w < last_; ++w) {
      w = over_relative_clause(w);
      if (w == last_) break;
      if (!silent_verb_ && t_.is(w, light) && !t_.is(w, auxiliary) && is_governed(t_, w, first_)) silent_verb_ = w;
      if (t_.mention(w) != 0 || t_.counted(w) || t_.term(w) == 0 || t_.is(w, preposition)) continue;
      if (t_.is(w, negates) && t_.is(w, adverb)) continue;  // "n'a jamais fermé"
      if (t_.is(w, says, asks) && !t_.is(w, reports, denies)) continue;
      if (is_modifier(w)) continue;
      if (consider(w)) return found_;
    }
    if (plain_) return plain_;
    if (light_verb_ && !noun_ && !operator_) return light_verb_;
    if (noun_ || light_verb_) return noun_ ? noun_ : light_verb_;
    const auto verb = verb_before_auxiliary();
    return verb ? verb : operator_;
  }

 private:
  void leave_citation(const Citation& citation) {
    if (!citation.found() || citation.words.last <= first_) return;
    if (citation.trailing) {
      last_ = std::max(first_, citation.words.first);
    } else if (citation.words.first < first_ + 3) {
      first_ = citation.words.last;
    }
  }

  // "Licensed for 280 passengers, the ship was …"
  void leave_opening_phrase() {
    if (first_ >= last_ || !t_.is(first_, ends_past, ends_participle, contrast, subordinates)) return;
    std::uint32_t w = first_ + 1;
    while (w < last_ && w < first_ + 16 && !t_.has_gap(w, comma)) ++w;
    bool verb_behind = false;
    for (std::uint32_t k = w; k < last_ && k < w + 12; ++k) verb_behind = verb_behind || t_.is_finite(k);
    if (w < last_ && t_.has_gap(w, comma) && verb_behind) first_ = w;
  }

  // "reportedly", the "longer" of "no longer", "le conducteur présumé"
  bool is_modifier(std::uint32_t w) const {
    if (t_.is_event(w)) return false;
    const std::uint32_t phrase = t_.phrase(w).first;
    return t_.is(w, ends_adverb, hedges) || (phrase != w && t_.is(phrase, negates)) ||
           (t_.is(w, hedges_noun) && !t_.is(w, says, supposed));
  }

  // The word behind ", who have opened an inquiry,"; the end of the clause where no comma closes it and a predicate may stand before.
  std::uint32_t over_relative_clause(std::uint32_t w) const {
    const std::uint32_t pronoun = t_.is(w, preposition) ? w + 1 : w;  // "on which"
    if (w == first_ || !t_.has_gap(w, comma) || pronoun >= last_ || !t_.is(pronoun, relative) ||
        t_.is(pronoun, subordinates))
      return w;
    std::uint32_t end = pronoun + 1;
    while (end < last_ && end < w + 24 && !t_.has_gap(end, comma | semicolon | dash)) ++end;
    if (end < last_ && t_.has_gap(end, comma)) return end;
    const bool found = plain_ || noun_ || light_verb_ || operator_;
    return end == last_ && found && !t_.is(pronoun, determiner) ? last_ : w;
  }

  // Where the main verb goes to the end: "hat am Freitag die Brücke gesperrt". Nouns have capitals there.
  std::optional<std::uint32_t> last_verb() const {
    bool bracket_open = false;
    std::uint32_t verb = none;
    for (std::uint32_t w = first_; w < last_; ++w) {
      if (bracket_open && t_.has_gap(w, comma | semicolon | dash)) break;
      if (t_.is(w, brackets)) {
        bracket_open = true;
      } else if (bracket_open && !t_.capital(w) && !t_.counted(w) && t_.term(w) != 0 &&
                 !t_.is(w, adverb, preposition, determiner, conjunction, auxiliary, negates)) {
        verb = w;
      }
    }
    return verb == none ? std::nullopt : std::optional(verb);
  }

  // Where a clause that hangs on another ends with its verbs: "dass das Werk verkauft worden sei".
  std::optional<std::uint32_t> verb_before_auxiliary() const {
    if (!t_.verb_second()) return std::nullopt;
    for (std::uint32_t w = first_ + 1; w < last_; ++w) {
      if (!t_.is(w, brackets) || t_.has_gap(w, any_mark) || !(w + 1 == last_ || t_.has_gap(w + 1, any_mark))) continue;
      std::uint32_t verb = w - 1;
      while (verb > first_ && t_.is(verb, auxiliary, infinitive) && !t_.has_gap(verb, any_mark)) --verb;
      if (!t_.capital(verb) && !t_.counted(verb) && t_.term(verb) != 0) return verb;
    }
    return std::nullopt;
  }

  // True when the search is over.
  bool consider(std::uint32_t w) {
    const bool event = t_.is_event(w) && !t_.is(w, person, occupation);  // not "investigators"
    const bool after_auxiliary = is_governed(t_, w, first_);
    const bool after_operator =
        is_infinitive(t_, w, first_) || is_bare_infinitive(t_, w, first_) || (operator_ && t_.is(w, ends_participle));
    const bool verb = t_.is(w, past) || after_auxiliary || t_.is_finite(w) || after_operator;
    const std::uint32_t phrase = t_.phrase(w).first;
    if (dropped_plan(t_, w, last_) != none) return false;
    if ((is_operator(t_, phrase) || is_hearsay(t_, phrase, last_) || hinders_something(t_, w, last_)) &&
        !t_.is(w, auxiliary)) {
      // "Investigators ruled out arson": not who rules it out, but what
      if (denies_what_follows(t_, phrase) && !t_.is(phrase, determiner) && !is_passive(phrase)) noun_.reset();
      if (!operator_) operator_ = phrase;
      return false;
    }
    if (verb && !t_.is(w, light, auxiliary)) {
      if (event || after_auxiliary) {
        found_ = w;
        return true;
      }
      if (!plain_) plain_ = w;
      found_ = plain_;
      return t_.is_finite(w) || after_operator;
    }
    if (verb && !light_verb_ && !t_.is(w, auxiliary)) {
      light_verb_ = w;
    } else if (event && (light_verb_ || !noun_)) {
      if (light_verb_ && !plain_) {
        found_ = w;
        return true;
      }
      if (!noun_) noun_ = w;
    }
    return false;
  }

  bool is_passive(std::uint32_t w) const {
    while (w > first_ && t_.is(w - 1, adverb, negates) && !t_.is(w - 1, be)) --w;
    return w > first_ && t_.is(w - 1, be);
  }

  const ClauseText& t_;
  std::uint32_t first_, last_;
  std::optional<std::uint32_t> light_verb_, plain_, noun_, operator_, found_;
  std::optional<std::uint32_t> silent_verb_;  // a light verb that no term stands for: "did not take place"
};

// ---- what governs it

class Scope {
 public:
  Scope(const ClauseText& text, const Clause& clause, const Citation& citation)
      : t_(text), c_(clause), citation_(citation) {}

  Assertion read(std::optional<std::uint32_t> predicate, std::optional<std::uint32_t> light_verb) {
    predicate_ = predicate;
    if (predicate) {
      if (denies_what_follows(t_, t_.phrase(*predicate).first)) deny(t_.phrase(*predicate).first);
      look_at_itself(*predicate);
      if (t_.verb_second()) look_at_bracket(*predicate);
      walk_back(*predicate);
      look_at_object(*predicate);
      look_at_verdict(*predicate);
      if (const std::uint32_t hindrance = hindered_by(t_, *predicate, c_.first); hindrance != none) {
        deny(hindrance);
        walk_back(hindrance);
      }
      look_at_verb_of_object(*predicate);
      if (light_verb && *light_verb > *predicate && verb_of_subject(*predicate, *light_verb)) {
        walk_back(*light_verb);
        look_at_object(*light_verb);
      }
    } else {
      for (std::uint32_t w = c_.first; w < c_.last; ++w) {
        if (!citation_.words.holds(w) && t_.phrase(w).first == w && !is_aside(w)) collect(w);
      }
    }
    scan();
    Assertion out;
    out.predicate = predicate;
    out.negative = (denials_ + (negated_ ? 1 : 0)) % 2 == 1;
    if (out.negative) out.polarity_rule = polarity_;
    if (said_denials_ > 0 && negated_) note_level(Hedge::speculative, "denial not given");
    out.hedge = level_;
    out.modality_rule = modality_;
    return out;
  }

 private:
  // A few words of a sentence that are also somebody's: “no money” was paid, it “did not” burn. What is quoted as a saying or a
  // name (“No Surrender”, the “no” campaign, said “no”) is not of the sentence.
  bool quoted_in_passing(std::uint32_t w) const {
    constexpr std::uint32_t longest = 5;
    if (!t_.quoted(w)) return false;
    std::uint32_t first = w, last = w + 1;
    while (first > c_.first && t_.quoted(first - 1) && !t_.has_gap(first, quote) && last - first <= longest) --first;
    while (last < c_.last && t_.quoted(last) && !t_.has_gap(last, quote) && last - first <= longest) ++last;
    if (last - first > longest || t_.has_gap(first, comma | colon | dash | semicolon)) return false;
    for (std::uint32_t k = first; k < last; ++k) {
      if (t_.is(k, subject, pronoun) && !t_.is(k, determiner, negates)) return false;
    }
    const bool subject_of_verb = last < c_.last && t_.is_finite(last);
    if (first == c_.first) return subject_of_verb && (!t_.capital(first) || t_.is(first, determiner, subject));
    if (t_.capital(first) || (t_.is(first - 1, determiner, possessive) && !t_.is(first - 1, auxiliary))) return false;
    return subject_of_verb || !t_.is(first - 1, says, asks, calls);
  }

  // Do marks of quotation part the two words?
  bool parted_by_quotation(std::uint32_t a, std::uint32_t b) const {
    return t_.quoted(a) != t_.quoted(b) && !quoted_in_passing(t_.quoted(a) ? a : b);
  }

  // Do any of these marks stand before the word, other than those of words quoted in passing?
  bool has_gap(std::uint32_t w, std::uint8_t marks) const {
    if (!t_.has_gap(w, marks)) return false;
    return t_.has_gap(w, marks & ~quote) || !(quoted_in_passing(w) || (w > c_.first && quoted_in_passing(w - 1)));
  }

  static constexpr std::uint32_t reach = 24;  // words back from the predicate
  static constexpr std::uint32_t noun_phrase = 10;

  // "Nobody has claimed responsibility for the attack": a verb of saying that cites nobody, and what happened behind it.
  void look_at_verb_of_object(std::uint32_t noun) {
    if (citation_.found() || t_.verb_second() || t_.is_finite(noun) || is_governed(t_, noun, c_.first)) return;
    for (std::uint32_t w = noun; w > c_.first && noun - w < noun_phrase && !t_.has_gap(w, any_mark); --w) {
      if (t_.is(w - 1, relative, complement, conjunction, subordinates)) return;
      if (!t_.is_finite(w - 1) || t_.is(w - 1, auxiliary)) continue;
      if (!t_.is(w - 1, says) || t_.is(w - 1, denies) || negated_ || denials_ > 0) return;
      return walk_back(w - 1);
    }
  }

  // "The strike did not begin": one clause, and what happened is its subject.
  bool verb_of_subject(std::uint32_t noun, std::uint32_t verb) const {
    if (verb - noun > noun_phrase) return false;
    for (std::uint32_t w = noun; w > c_.first && noun - w < noun_phrase && !t_.has_gap(w, any_mark); --w) {
      if (t_.is(w - 1, preposition) && t_.mention(w - 1) == 0) return false;  // "The cause of the fire is not known"
    }
    for (std::uint32_t w = noun + 1; w <= verb; ++w) {
      if (t_.has_gap(w, any_mark) || t_.is(w, relative, complement, conjunction, subordinates)) return false;
    }
    return true;
  }

  void note_level(Hedge level, std::string_view rule) {
    if (level <= level_) return;
    level_ = level;
    modality_ = rule;
  }

  // Two of these are one: "neither … nor", "no se recordaba nada".
  void negate(std::string_view rule) {
    negated_ = true;
    polarity_ = rule;
  }

  // Each turns what it governs: "did not deny".
  void deny(std::uint32_t w) {
    ++denials_;
    said_denials_ += t_.is(w, says);
    polarity_ = "denying word";
  }

  // "no fewer than 30": of a number, not of what happens. "No. 4": a label.
  // "ne compte que deux", "n'y a aucune preuve": what stands behind it says what is denied.
  bool is_idle(std::uint32_t w) const {
    return t_.mention(w) != 0 || (t_.is(w, half_negates) && is_first_half(w)) ||
           (w + 1 < c_.last && t_.has_gap(w + 1, full_stop) && t_.capital(w));
  }

  bool is_first_half(std::uint32_t ne) const {
    constexpr std::uint32_t apart = 8;  // words
    for (std::uint32_t w = ne + 1; w < c_.last && w < ne + apart && !t_.has_gap(w, any_mark); ++w) {
      if ((t_.is(w, than) && t_.is(w, complement)) || (t_.is(w, negates) && t_.is(w, denies, affirms))) return true;
    }
    return false;
  }

  // "He is 54, not 45": of what he is not.
  bool is_aside(std::uint32_t w) const {
    if (w == c_.first || !t_.has_gap(w, comma) || !t_.is(w, negates)) return false;
    for (std::uint32_t k = w + 1; k < c_.last; ++k) {
      if (t_.is_finite(k)) return false;
    }
    return true;
  }

  // "did not open until Monday": it did, on Monday.
  bool happens_later(std::uint32_t negation) const {
    for (std::uint32_t w = negation + 1; w + 1 < c_.last && w < negation + reach && !t_.has_gap(w, any_mark); ++w) {
      if (t_.is(w, relative, complement, conjunction)) return false;
      if (t_.is(w, ends_wait)) return t_.dated(w + 1) || (w + 2 < c_.last && t_.dated(w + 2));
    }
    return false;
  }

  // What a word that governs the predicate makes of it.
  void collect(std::uint32_t w) {
    if (t_.is(w, affirms)) return;
    if (denies_what_follows(t_, w)) {
      deny(w);
    } else if (t_.is(w, negates) && !is_idle(w) && !happens_later(w)) {
      negate("negation");
    }
    collect_level(w);
  }

  void collect_level(std::uint32_t w) {
    if (t_.mention(w) != 0 || is_capital_inside(w)) return;
    if (t_.is(w, possible) && !negated_ability(w)) note_level(Hedge::speculative, "possible");
    if (t_.is(w, planned, future_ending)) note_level(Hedge::speculative, "planned");
    if (t_.is(w, hedges_verb, hedges_noun)) note_level(Hedge::hedged, "hearsay");
    if (t_.is(w, supposed) && w > c_.first && t_.is(w - 1, be, adverb)) note_level(Hedge::hedged, "is said to");
    // "is to close"
    if (t_.is(w, be) && w + 1 < c_.last && t_.is(w + 1, infinitive) && !t_.is(w, nonfinite))
      note_level(Hedge::speculative, "planned");
  }

  bool is_capital_inside(std::uint32_t w) const {  // the month of May
    return w > c_.first && t_.capital(w) && !t_.nouns_have_capitals() && !t_.has_gap(w, any_mark);
  }

  bool negated_ability(std::uint32_t w) const {  // "could not": was not able to
    return t_.is(w, ability) && w + 1 < c_.last && t_.is(w + 1, negates);
  }

  // A word of a verb's group: from "sound" back over "to", "failed", "has".
  bool in_verb_group(std::uint32_t w) const {
    if (t_.mention(w) != 0) return false;
    if (t_.is(w, auxiliary, clitic)) return true;
    if (t_.is(w, subject, pronoun) && !t_.is(w, adverb)) return false;
    return t_.is(w, adverb, ends_adverb, infinitive, affirms, supposed, light) || is_operator(t_, w) ||
           (t_.is(w, negates) && !t_.is(w, subject));
  }

  // "denied that the captain, Anton Reszek, had": where what stands between two commas before the word begins, which names
  // whom the words before it describe, or gives his age; the word itself where there is no such thing.
  std::uint32_t apposition_before(std::uint32_t w) const {
    constexpr std::uint32_t longest = 8;  // words
    if (!t_.has_gap(w, comma)) return w;
    bool tells = false;
    for (std::uint32_t k = w; k > c_.first + 1 && w - k < longest; --k) {
      const bool named = t_.mention(k - 1) != 0 || t_.counted(k - 1);
      if (!named && (t_.is_finite(k - 1) || t_.is(k - 1, says, relative, complement, subordinates, conjunction)))
        return w;
      tells = tells || named;
      if (t_.has_gap(k - 1, any_mark)) return t_.has_gap(k - 1, comma) && tells ? k - 1 : w;
    }
    return w;
  }

  void walk_back(std::uint32_t predicate) {
    if (t_.verb_second() && (is_infinitive(t_, predicate, c_.first) || is_perfect_infinitive(predicate)))
      collect_governor(predicate);
    bool noun = !t_.is_finite(predicate) && !is_governed(t_, predicate, c_.first);
    for (std::uint32_t w = predicate; w > c_.first && predicate - w < reach;) {
      const std::uint32_t behind = w;
      w = apposition_before(w);
      const std::uint32_t before = t_.phrase(w - 1).first;
      if (before < c_.first || parted_by_quotation(before, predicate)) return;
      const bool passes = t_.has_gap(w, comma) && t_.is(w - 1, adverb);  // "did not, however, sound"
      if (has_gap(w, semicolon | colon | dash | quote | bracket) || (t_.has_gap(w, comma) && !passes && w == behind))
        return;
      if (in_verb_group(before)) {
        const bool bracket = t_.verb_second() && t_.is(before, brackets);
        if (!bracket && !(t_.is(before, planned) && plan_is_dropped(before))) collect(before);
        w = before;
        noun = noun && !t_.is_finite(before);
      } else if (noun && predicate - w < 4 &&
                 !t_.is(before, preposition, conjunction, complement)) {  // "no further arrests", "an alleged theft"
        collect(before);
        w = before;
        noun = !t_.is_finite(before);
      } else {
        const std::uint32_t copula = noun ? copula_before(w) : none;
        noun = false;
        if (copula != none) {
          w = copula + 1;  // which is read next
          continue;
        }
        std::uint32_t thought = none;
        const std::uint32_t complement_at = over_subject(before, thought);
        const std::uint32_t governor = complement_at == none ? thought : governor_of(complement_at);
        if (governor == none) return;
        w = governor;
      }
    }
  }

  // "fermera"; "plant, die Strecke stillzulegen", "il est possible que": where no verb that depends on it was found
  void look_at_itself(std::uint32_t predicate) {
    const std::uint32_t end = t_.phrase(predicate).last;
    if (t_.is(predicate, future_ending)) note_level(Hedge::speculative, "planned");
    const std::uint32_t first = t_.phrase(predicate).first;
    const bool that = end < c_.last && t_.is(end, complement) && !(first > c_.first && t_.is(first - 1, half_negates));
    // "suspect that", "is accused of taking"; not "the man accused of theft"
    const bool phrase = end > first + 1 && (is_operator(t_, first) || is_hearsay(t_, first, c_.last));
    if (that || phrase || (t_.verb_second() && (t_.is_finite(predicate) || t_.is(predicate, possible))))
      collect_level(first);
  }

  // "may be for sale", "is not in the hands of": the verb before a preposition and its noun; none for another one
  std::uint32_t copula_before(std::uint32_t noun) const {
    constexpr std::uint32_t apart = 6;  // words
    for (std::uint32_t w = noun; w > c_.first && noun - w < apart && !t_.has_gap(w, any_mark); --w) {
      const std::uint32_t k = w - 1;
      if (t_.is(k, be)) return t_.is(k, auxiliary) ? k : none;
      if (t_.is(k, planned)) return k;  // "droht mit Streik"
      if (t_.is_finite(k) || t_.is(k, relative, complement, conjunction, subordinates, subject)) return none;
    }
    return none;
  }

  // What the auxiliary makes of a verb at the other end of the clause: "soll … geschlossen werden", "wird … schließen".
  void look_at_bracket(std::uint32_t predicate) {
    std::uint32_t end = predicate + 1;  // of the verbs that stand together
    while (end < c_.last && t_.is(end, auxiliary, perfect_infinitive) && !t_.has_gap(end, any_mark)) ++end;
    std::uint32_t bracket = none;
    for (std::uint32_t w = predicate; w > c_.first && predicate - w < reach && !t_.has_gap(w, any_mark); --w) {
      if (!t_.is(w - 1, brackets)) continue;
      bracket = w - 1;
      break;
    }
    if (bracket == none && end > predicate + 1) bracket = --end;
    if (bracket == none || !t_.is(bracket, brackets)) return;
    const bool perfect = end > predicate + 1 && t_.is(end - 1, perfect_infinitive);
    if (t_.is(bracket, modal) && t_.is(bracket, hedges_verb, planned)) {
      note_level(perfect ? Hedge::hedged : Hedge::speculative, perfect ? "hearsay" : "planned");
    } else if (t_.is(bracket, future_verb) && t_.is(bracket, be)) {
      const bool future =
          end > predicate + 1 || (t_.is(predicate, ends_infinitive) && !t_.is(predicate, past, past_verb, participle));
      if (future) note_level(Hedge::speculative, "planned");
    } else {
      collect_level(bracket);
    }
  }

  // "genommen zu haben"
  bool is_perfect_infinitive(std::uint32_t verb) const {
    return verb + 2 < c_.last && t_.is(verb + 1, infinitive) && t_.is(verb + 2, auxiliary) &&
           !t_.has_gap(verb + 1, any_mark) && !t_.has_gap(verb + 2, any_mark);
  }

  // "erwägen, den Strand zu sperren", "bestreitet, Öl in den Fluss gekippt zu haben": a comma goes before what depends on a verb.
  void collect_governor(std::uint32_t infinitive_at) {
    std::uint32_t comma_at = infinitive_at;
    while (comma_at > c_.first && infinitive_at - comma_at < reach && !t_.has_gap(comma_at, any_mark)) --comma_at;
    if (!t_.has_gap(comma_at, comma)) return;
    for (std::uint32_t w = comma_at; w > c_.first && comma_at - w < reach; --w) {
      if (w != comma_at && t_.has_gap(w, any_mark)) return;
      if (is_operator(t_, t_.phrase(w - 1).first)) return collect(t_.phrase(w - 1).first);
    }
  }

  // "scrapped its plan to sell the mill"
  bool plan_is_dropped(std::uint32_t plan) {
    for (std::uint32_t w = plan; w > c_.first && plan - w < 4; --w) {
      if (dropped_plan(t_, w - 1, c_.last) != plan) continue;
      deny(w - 1);
      return true;
    }
    return false;
  }

  // "Reports that the dam had cracked": of a noun that opens the clause.
  bool stands_in_complement(std::uint32_t predicate) const {
    for (std::uint32_t w = c_.first; w < predicate && w < c_.first + noun_phrase; ++w) {
      if (w > c_.first && t_.is(w, complement)) return true;
      if (t_.is_finite(w)) return false;
    }
    return false;
  }

  // What the clause says of its subject, in which the predicate stands: "A third attempt to free the ship is planned",
  // "Reports that the dam had cracked are false", "Arson was ruled out".
  void look_at_verdict(std::uint32_t predicate) {
    if (t_.verb_second() || (is_governed(t_, predicate, c_.first) && !stands_in_complement(predicate))) return;
    for (std::uint32_t w = predicate + 1; w + 1 < c_.last && w < predicate + reach; ++w) {
      if (t_.has_gap(w, any_mark) || t_.is(w, relative, complement, conjunction, contrast, subordinates)) return;
      if (!t_.is_finite(w)) continue;
      std::uint32_t verdict = w + 1;
      while (verdict < c_.last && t_.is(verdict, be, adverb, negates) && t_.phrase(verdict).last == verdict + 1)
        ++verdict;
      if (!t_.is(w, be, auxiliary) || !t_.is(verdict - 1, be, adverb, negates) || verdict >= c_.last) return;
      const std::uint32_t end = t_.phrase(verdict).last;
      const bool ends =
          end >= c_.last || t_.has_gap(end, any_mark) || (t_.is(end, preposition) && !t_.is(end, infinitive));
      if (!ends || !(t_.is(verdict, denies, planned, possible) || t_.is(verdict, supposed))) return;
      for (std::uint32_t k = w; k <= verdict; ++k) collect(k);
      return;
    }
  }

  // "cannot believe it is over", "could not believe"
  bool is_disbelief(std::uint32_t thinks) const {
    std::uint32_t w = thinks;
    while (w > c_.first && t_.is(w - 1, negates, adverb) && !t_.is(w - 1, auxiliary)) --w;
    return w > c_.first && t_.is(w - 1, ability);
  }

  // Back over a subject from its last word: the "that" before it, none when there is none. `thought`: the verb that a "that" is left
  // out behind, "does not believe the dam was safe".
  std::uint32_t over_subject(std::uint32_t last, std::uint32_t& thought) {
    std::uint32_t first = last, that = none;
    for (std::uint32_t w = last + 1; w > c_.first && last + 1 - w < noun_phrase && that == none; --w) {
      const std::uint32_t k = w - 1;
      if (t_.is(k, complement, conditional) && !(t_.is(k, determiner) && k == last)) {
        if (t_.is(k, conditional)) note_level(Hedge::speculative, "condition");
        that = k;
        continue;
      }
      const bool article = t_.is(k, determiner) && !t_.is(k, complement) && !t_.has_gap(k, comma);  // "der"
      if (k < last && t_.is(k, thinks) && !t_.verb_second() && !t_.has_gap(k + 1, any_mark & ~quote)) {
        if (!t_.is(last, conjunction) && !is_disbelief(k)) thought = k;
        break;
      }
      if (t_.is_finite(k) || (t_.is(k, relative) && !article)) break;
      first = k;
      if (has_gap(k, comma | semicolon | colon | dash | quote)) break;
    }
    // "No one was hurt", "Neither the coach nor the captain came"
    if (that != last && t_.is(t_.phrase(first).first, negates) && !t_.is(first, affirms) && !is_idle(first))
      negate("negative subject");
    return that;
  }

  // "denied claims that", "no evidence that", "is unclear whether": what governs a "that"; none when it does not matter.
  std::uint32_t governor_of(std::uint32_t complement_at) {
    std::uint32_t rumour = none;
    for (std::uint32_t w = complement_at; w > c_.first && complement_at - w < 5; --w) {
      const std::uint32_t k = t_.phrase(w - 1).first;
      const bool comma_before_that = w == complement_at && t_.verb_second();
      if (has_gap(w, comma_before_that ? any_mark & ~comma : any_mark)) break;
      if (t_.is(k, hedges_noun) && !t_.is(k, supposed)) rumour = k;
      if (is_operator(t_, k) || (t_.is(k, supposed) && k > c_.first && t_.is(k - 1, be))) {
        collect(k);
        return k;
      }
      // "denied claims that"; not "didn't say whether"
      const bool noun = k > c_.first && ((t_.is_finite(k - 1) && !t_.is(k - 1, auxiliary)) || t_.is(k - 1, denies));
      if (t_.is(k, says) && !t_.is(k, thinks) && !noun) return none;
      if (t_.is(k, thinks)) return is_disbelief(k) ? none : k;
      if (t_.is(k, negates)) {
        collect(k);
        return k;
      }
    }
    if (rumour != none) collect(rumour);
    return rumour;
  }

  // "killed no one", "pleaded not guilty"; not "found not only"
  void look_at_object(std::uint32_t predicate) {
    if (t_.verb_second()) return look_for_negation_behind(predicate);
    std::uint32_t k = predicate + 1;
    while (k < c_.last && k < predicate + 3 && t_.is(k, adverb) && !t_.is(k, negates)) ++k;
    if (k >= c_.last || t_.has_gap(k, any_mark & ~quote) || parted_by_quotation(k, predicate)) return;
    if (t_.is(k, denies) && t_.is(k, determiner)) return deny(k);  // "no evidence"
    if (t_.is(k, negates) && !t_.is(k, affirms, conjunction, auxiliary) && !is_idle(k)) negate("negative object");
  }

  // "nahm den Mann nicht fest"
  void look_for_negation_behind(std::uint32_t predicate) {
    for (std::uint32_t k = predicate + 1; k < c_.last && k < predicate + reach && !t_.has_gap(k, any_mark); ++k) {
      const std::uint32_t first = t_.phrase(k).first;
      if (!t_.is(k, negates) || t_.is(first, affirms) || is_idle(k)) continue;
      return negate("negation");
    }
  }

  // Adverbs and conditions hold wherever they stand.
  void scan() {
    if (t_.is(c_.first, conditional_first) && c_.join == Clause::opens) note_level(Hedge::speculative, "condition");
    for (std::uint32_t w = c_.first; w < c_.last; ++w) {
      if (t_.mention(w) != 0 || t_.phrase(w).first != w) continue;
      if (t_.is(w, hedges)) note_level(Hedge::hedged, "hearsay");
      // "met to debate whether": of what was debated, not of the meeting
      const bool asked = t_.is(w, complement) && predicate_ && w > *predicate_;
      if (t_.is(w, conditional) && !asked) note_level(Hedge::speculative, "condition");
      const bool alone = t_.phrase(w).last == w + 1;  // "may"; not "peut-être"
      if (t_.is(w, possible) && t_.is(w, adverb) && !(alone && t_.is(w, auxiliary)))
        note_level(Hedge::speculative, "possible");
    }
  }

  const ClauseText& t_;
  const Clause& c_;
  const Citation& citation_;
  std::optional<std::uint32_t> predicate_;
  bool negated_ = false;
  unsigned denials_ = 0, said_denials_ = 0;
  Hedge level_ = Hedge::asserted;
  std::string_view polarity_, modality_;
};

}  // namespace

Assertion read_assertion(const ClauseText& text, const Clause& clause, const Citation& citation) {
  PredicateFinder finder(text, clause, citation);
  const auto predicate = finder.find();
  return Scope(text, clause, citation).read(predicate, finder.light_verb());
}

}  // namespace storymerge::claim

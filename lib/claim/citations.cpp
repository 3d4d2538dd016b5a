#include "claim/citations.h"

#include <algorithm>
#include <iterator>

namespace storymerge::claim {

using enum lang::Role;

namespace {

// Bounds in words; they keep the work linear in the length of a clause.
struct Reach {
  std::uint32_t phrase = 12;     // of a speaker's noun phrase
  std::uint32_t insertion = 24;  // of what stands between commas behind a speaker
  std::uint32_t content = 12;    // from a verb of saying to the "that" or the quotation that it brings in
  std::uint32_t verb_group = 5;  // from a verb of saying back to its "not" or "would"
  std::uint32_t tail = 9;        // behind a trailing verb: "said on Monday in a statement"
};
constexpr Reach reach;

constexpr std::uint8_t marks = comma | semicolon | colon | quote | dash | bracket;

constexpr CitationRule rules[] = {
    {"according to", &CitationFinder::by_preposition, "According to the fire service, the bridge was safe.",
     "the fire service"},
    {"preposition with a quotation", &CitationFinder::by_opening_preposition,
     "Pour Ana Ruiz, « le pont est dangereux ».", "Ana Ruiz", "fr"},
    {"postposition", &CitationFinder::by_postposition, "Der Polizei zufolge war die Brücke gesperrt.", "Der Polizei",
     "de"},
    {"colon", &CitationFinder::by_colon, "Mayor Ana Ruiz: “We will rebuild the pier by summer.”", "Ana Ruiz"},
    {"reported to have said", &CitationFinder::reported_to_have, "“It burns,” Ana Ruiz is reported to have said.",
     "Ana Ruiz"},
    {"quotes somebody", &CitationFinder::quotes_somebody, "The Gulf Courier quoted Ana Ruiz as saying that it burned.",
     "Ana Ruiz"},
    {"agent", &CitationFinder::by_agent, "Tom Holm was warned by Ana Ruiz that the pier would fall.", "Ana Ruiz"},
    {"inverted", &CitationFinder::inverted, "“The bridge is safe,” said Ana Ruiz, the mayor.", "Ana Ruiz"},
    {"relative clause", &CitationFinder::in_relative_clause, "Ana Ruiz, who said that the pier was safe, resigned.",
     "Ana Ruiz"},
    {"participle", &CitationFinder::by_participle, "Ana Ruiz shut the pier on Monday, saying that it was unsafe.",
     "Ana Ruiz"},
    {"verb of saying", &CitationFinder::by_verb, "On Friday Mayor Ana Ruiz said that the bridge was safe.", "Ana Ruiz"},
    {"verb with a quotation", &CitationFinder::calls_it, "Ana Ruiz called the bridge “a death trap”.", "Ana Ruiz"},
};

}  // namespace

namespace {

// Past a dateline ("WASHINGTON – ") and a clause that goes before ("As he took the oath, ").
std::uint32_t over_opening(const ClauseText& t, std::uint32_t first, std::uint32_t last) {
  constexpr std::uint32_t dateline = 5, opening = 20;
  for (std::uint32_t w = first + 1; w < last && w < first + dateline; ++w) {
    if (t.has_gap(w, dash) && (t.mention(w - 1) != 0 || t.dated(w - 1))) return w;
  }
  if (first >= last || t.mention(first) != 0 || !t.is(first, subordinates, contrast, as_, anchors, conditional))
    return first;
  for (std::uint32_t w = first + 2; w < last && w < first + opening; ++w) {
    if (t.has_gap(w, comma)) return w;
  }
  return first;
}

// "A day after Mr. Holm made his remark, ": to the comma behind what came before.
std::uint32_t over_time_before(const ClauseText& t, std::uint32_t first, std::uint32_t last) {
  constexpr std::uint32_t lead = 6, opening = 20;
  for (std::uint32_t w = first + 1; w + 1 < last && w < first + lead && !t.has_gap(w, marks) && !t.is_finite(w); ++w) {
    if (!t.is(w, anchors) || t.mention(w) != 0) continue;
    for (std::uint32_t k = w + 1; k < last && k < first + opening; ++k) {
      if (t.has_gap(k, comma)) return k;
    }
  }
  return first;
}

}  // namespace

std::span<const CitationRule> citation_rules() { return rules; }

// ---- which citation

// The first one behind an opening clause ("When asked if he believed it, …"); but a citation that ends the sentence behind a comma
// holds for all of it: "He said he lied, prosecutors said".
Citation CitationFinder::find(Citation* inner) const {
  Citation first;
  std::uint32_t begin = over_opening(t_, c_.first, c_.last);
  bool says_so = false;  // "As Ana Ruiz said on Monday, …"
  for (std::uint32_t w = c_.first; w < begin && t_.is(c_.first, as_); ++w) {
    if (t_.is_finite(w)) says_so = t_.is_saying(w);
  }
  if (says_so) begin = c_.first;
  for (std::uint32_t w = begin; w < c_.last; ++w) {
    if (t_.quoted(w) || !may_cite(w)) continue;
    for (const CitationRule& rule : rules) {
      Citation found;
      if (!(this->*rule.find)(w, found)) continue;
      if (tells_when(found)) continue;
      found.rule = rule.name;
      const bool outer = found.trailing && !found.words.empty() && t_.has_gap(found.words.first, comma | dash | quote);
      if (!first.found() || (outer && found.words.first > first.words.last)) {
        first = found;
      } else if (inner != nullptr && !inner->found()) {
        *inner = found;
      }
      w = std::max(w, found.words.last > w ? found.words.last - 1 : w);
      break;
    }
  }
  return first;
}

// "Shares fell after the bank said that it had lost money": what was said is not what the clause tells.
bool CitationFinder::tells_when(const Citation& found) const {
  const std::uint32_t first = found.who.first;
  if (found.trailing || first > found.verb || first < c_.first + 2 || t_.mention(first - 1) != 0 ||
      !t_.is(first - 1, anchors) || t_.has_gap(first - 1, any_mark))
    return false;
  for (std::uint32_t w = found.verb; w < c_.last; ++w) {
    if (t_.quoted(w)) return false;  // whose words these are is told
  }
  for (std::uint32_t w = c_.first; w + 1 < first; ++w) {
    if (t_.is_finite(w)) return !t_.is_saying(w);
  }
  return false;
}

// What each of the rules asks of its word, at least.
bool CitationFinder::may_cite(std::uint32_t w) const {
  return t_.is(w, says, asks, calls, supposed, cites, cites_aside, cites_behind, cites_quotation, cites_passive) ||
         t_.has_gap(w + 1, colon);
}

void CitationFinder::set(Citation& out, Words who, std::uint32_t verb, std::uint32_t end) const {
  out.who = who;
  out.verb = verb;
  out.words = {std::min(who.first, verb), std::max({who.last, verb + 1, end})};
  out.trailing = c_.last - std::min(out.words.last, c_.last) < reach.tail && out.words.first > c_.first + 2;
  for (std::uint32_t w = out.words.last; w < c_.last && out.trailing; ++w) {
    if (t_.quoted(w) || (t_.is_finite(w) && !t_.has_gap(out.words.last, comma)) || t_.is(w, complement))
      out.trailing = false;
  }
  if (out.trailing && out.words.last < c_.last && !t_.has_gap(out.words.last, marks)) out.words.last = c_.last;
}

// ---- noun phrases

bool CitationFinder::ends_here(std::uint32_t w) const { return w >= c_.last || t_.has_gap(w, marks) || t_.quoted(w); }

// From `w` on up to a mark, a finite verb or what begins another clause.
Words CitationFinder::phrase_from(std::uint32_t w) const {
  std::uint32_t end = w;
  for (; end < c_.last && end < w + reach.phrase; ++end) {
    if (t_.quoted(end) || t_.dated(end)) break;
    if (end == w) continue;
    const bool in_name = t_.mention(end) != 0 && t_.mention(end) == t_.mention(end - 1);
    if (in_name) continue;
    // Where nouns have capitals, a small word behind one ends the phrase: "Angaben der Polizei verletzt".
    if (t_.nouns_have_capitals() && t_.capital(end - 1) &&
        (t_.counted(end) || (!t_.capital(end) && !t_.is(end, determiner, preposition, and_))))
      break;
    if (t_.has_gap(end, marks) || t_.is(end, contrast, complement, subordinates)) break;
    if (t_.is(end, relative) && !t_.is(end, determiner)) break;
    if (t_.hyphened(end)) continue;
    if (t_.is(end, conjunction) && !(t_.is(end, and_) && !clause_behind(end))) break;
    if (t_.is_finite(end) && !t_.is(end, determiner)) break;
    if (t_.is(end, preposition) && !t_.is(end, links_noun)) break;
    if (t_.is(end, preposition) && end + 1 < c_.last && t_.dated(end + 1)) break;
    if (t_.is(end, adverb) && !t_.is(end, determiner)) break;
  }
  return {w, end};
}

// The noun phrase that ends before word `end`.
CitationFinder::NounPhrase CitationFinder::phrase_to(std::uint32_t end) const {
  NounPhrase out;
  std::uint32_t begin = end, coordinated = none;
  while (begin > c_.first && end - begin < reach.phrase) {
    const std::uint32_t w = begin - 1;
    if (t_.quoted(w) || t_.is(w, contrast, subordinates, complement) || (t_.is(w, relative) && !t_.is(w, determiner)))
      break;
    if (t_.is_finite(w) && !t_.bracketed(w)) {
      out.cut = true;
      break;
    }
    if (t_.is(w, conjunction) && !t_.is(w, and_)) break;
    if (t_.is(w, as_) && (w == c_.first || t_.has_gap(w, comma))) break;
    if (w > c_.first && t_.is(w, anchors) && t_.mention(w) == 0) break;  // "a setback after the inquiry found"
    if (t_.is(w, and_)) coordinated = w;
    begin = w;
    if (t_.has_gap(w, comma | semicolon | colon | quote | dash)) break;
    if (w + 1 == end && t_.is(w, pronoun, subject) && !t_.is(w, determiner)) break;  // "the millions that she said"
  }
  if (out.cut && coordinated != none && begin < coordinated) begin = coordinated + 1;
  out.words = strip_opening({begin, end});
  return out;
}

// Without "Later", "And", "On Friday", "In a statement".
Words CitationFinder::strip_opening(Words phrase) const {
  std::uint32_t begin = phrase.first, end = phrase.last;
  const auto strip_words = [&] {
    while (begin < end && t_.mention(begin) == 0 &&
           (t_.dated(begin) || (t_.is(begin, conjunction, adverb, contrast) && !t_.is(begin, determiner, pronoun))))
      ++begin;
  };
  strip_words();
  for (int prefixes = 0; prefixes < 3 && begin < end && t_.mention(begin) == 0 && t_.is(begin, preposition);
       ++prefixes) {
    std::uint32_t next = end;
    for (std::uint32_t w = begin + 1; w < end; ++w) {
      const bool ended_date = t_.dated(w - 1) && !t_.dated(w);
      const bool another = w > begin + 1 && !t_.is(w - 1, preposition, determiner, possessive) &&
                           !t_.possesses(w - 1) &&
                           (t_.is(w, determiner, subject, possessive, title, person) ||
                            (t_.mention(w) != 0 && t_.mention(w) != t_.mention(w - 1) && !t_.capital(w - 1)));
      if (ended_date || another) {
        next = w;
        break;
      }
    }
    begin = next;
    strip_words();
  }
  return {begin, end};
}

// Back over adverbs, auxiliaries and days between a subject and its verb.
std::uint32_t CitationFinder::skip_back(std::uint32_t verb) const {
  std::uint32_t end = verb > c_.first && t_.hyphened(verb) && !t_.verb_second() ? verb - 1 : verb;  // "e-mailed"
  while (end > c_.first && !t_.has_gap(end, comma | quote | dash) && !t_.quoted(end - 1)) {
    const std::uint32_t w = end - 1;
    const bool idle = (t_.is(w, adverb, auxiliary, ends_adverb) && !t_.is(w, subject, pronoun)) || t_.dated(w) ||
                      (t_.bracketed(w) && !t_.bracketed(verb)) ||
                      (end < verb && t_.dated(end) && t_.is(w, preposition, leads_month));
    if (!idle || t_.mention(w) != 0) break;
    --end;
  }
  return end;
}

// A person's name and at most a title before it.
bool CitationFinder::is_bare_name(std::uint32_t first, std::uint32_t last) const {
  while (first < last && t_.mention(first) == 0 && t_.is(first, title, title_modifier, occupation)) ++first;
  if (first >= last || last - first < 2) return false;
  for (std::uint32_t w = first; w < last; ++w) {
    if (t_.mention(w) == 0 || t_.mention(w) != t_.mention(first)) return false;
  }
  return true;
}

// "Stahl" where Dora Stahl was named not long before.
bool CitationFinder::is_family_name(std::uint32_t w) const {
  constexpr std::uint32_t reach_back = 100;  // mentions
  const std::uint32_t m = t_.mention(w);
  if (m == 0) return false;
  const auto& names = t_.document().names;
  for (std::uint32_t k = m - 1; k > 0 && m - 1 - k < reach_back; --k) {
    const NameMention& full = names[k - 1];
    if (full.last_word - full.first_word > 1 && t_.word(full.last_word - 1) == t_.word(w) &&
        (t_.is(full.first_word, given_name) || (full.first_word > 0 && t_.is(full.first_word - 1, title, occupation))))
      return true;
  }
  return false;
}

// "The head of the Bank of Norland", before a comma: of somebody who is not named in it.
bool CitationFinder::is_description(std::uint32_t end) const {
  const Words phrase = phrase_to(end).words;
  if (phrase.empty() || phrase.last != end || !t_.is(phrase.first, determiner)) return false;
  for (std::uint32_t w = phrase.first + 1; w < end; ++w) {
    if (t_.mention(w) != 0) return false;
    if (t_.is(w, preposition)) return w > phrase.first + 1;
  }
  return false;
}

// "Maud Jelin, the chief executive, told", "Ana Ruiz, of the Upper Town, said": to the end of the first phrase, but of "One of
// its members, Ana Ruiz, said" to that of the name.
std::uint32_t CitationFinder::over_insertions(std::uint32_t end) const {
  std::uint32_t best = end, at = end;
  for (int insertions = 0; insertions < 4; ++insertions) {
    std::uint32_t begin = at - 1;
    while (begin > c_.first && at - begin < reach.insertion &&
           !t_.has_gap(begin, comma | semicolon | colon | quote | dash) && !t_.quoted(begin - 1))
      --begin;
    if (begin <= c_.first || !t_.has_gap(begin, comma | dash) || t_.quoted(begin - 1)) break;
    bool verb = false;
    for (std::uint32_t w = begin; w < at; ++w) verb = verb || t_.is_finite(w);
    if (verb && !t_.counted(begin) &&
        !t_.is(begin, relative, determiner, possessive, preposition, unnamed, ends_past, ends_participle))
      break;
    if ((t_.mention(begin - 1) == 0 || is_description(begin)) && is_bare_name(begin, at)) return at;
    at = begin;
    const NounPhrase before = phrase_to(at);
    if (!before.cut && !before.words.empty() && !t_.is(before.words.first, ends_participle)) best = at;
  }
  return best;
}

Words CitationFinder::who_before(std::uint32_t verb) const {
  std::uint32_t end = skip_back(verb);
  if (end > c_.first && t_.has_gap(end, comma | dash) && !t_.quoted(end - 1)) end = over_insertions(end);
  const NounPhrase before = phrase_to(end);
  if (before.cut && !before.words.empty()) {
    const std::uint32_t relative_at = relative_before(before.words.first);
    if (relative_at != none) return phrase_to(relative_at).words;
  }
  return without_clause_before_and(before.words);
}

// "remedies require other standards and Justice Ana Ruiz asked": who asks is the name alone.
Words CitationFinder::without_clause_before_and(Words who) const {
  constexpr std::uint32_t words_of_a_clause = 4;
  for (std::uint32_t w = who.last; w > who.first + words_of_a_clause; --w) {
    if (!t_.is(w - 1, and_)) continue;
    const bool a_name = is_bare_name(w, who.last);
    if (a_name && t_.mention(w - 2) == 0 && !t_.is(w - 2, person, occupation, title)) return {w, who.last};
    break;
  }
  return who;
}

// "Officials who inspected the bridge said": the pronoun of the relative clause whose verb ends before word `end`; or none.
std::uint32_t CitationFinder::relative_before(std::uint32_t end) const {
  for (std::uint32_t w = end; w > c_.first + 1 && end - w < reach.verb_group + 1 && !t_.has_gap(w, marks); --w) {
    if (t_.is(w - 1, relative) && !t_.is(w - 1, complement, determiner, subordinates) && !t_.has_gap(w - 1, marks))
      return w - 1;
    if (!t_.is_finite(w - 1) && !t_.is(w - 1, adverb, ends_adverb, auxiliary, determiner, possessive)) return none;
  }
  return none;
}

Words CitationFinder::own_subject() const { return subject_of(t_, c_, {}); }

bool CitationFinder::can_speak(Words who) const {
  if (who.empty() || t_.quoted(who.first)) return false;
  // "similar demands": one word that is neither a name nor people
  if (who.last - who.first == 1 && t_.mention(who.first) == 0 && !t_.capital(who.first) && !t_.elides(who.first) &&
      !t_.is(who.first, person, occupation, pronoun, subject, ends_present))
    return false;
  // "headlining the show", "it seems worth", "been"
  if (t_.mention(who.first) == 0 &&
      (t_.is(who.first, nonfinite, be) ||
       (t_.is(who.first, ends_participle) && !(who.last - who.first == 2 && t_.is(who.last - 1, person, occupation))) ||
       (t_.is(who.first, pronoun) && t_.is(who.first, subject) && who.last - who.first > 2 &&
        !t_.is(who.first + 1, and_, determiner, preposition, adverb, relative))))
    return false;
  bool named = false;
  for (std::uint32_t w = who.first; w < who.last; ++w) {
    if (w > who.first && t_.is(w, ends_participle) && t_.is(w - 1, preposition) && t_.mention(w) == 0)
      return false;  // "her name as a lawyer by bringing discrimination"
    named = named || t_.mention(w) != 0 || t_.counted(w) || t_.capital(w) || t_.elides(w) ||
            t_.is(w, determiner, possessive, person, occupation, title, pronoun, subject, irregular_plural);
  }
  // "pool modest individual": neither a name nor an article nor a plural
  if (!named && !t_.nouns_have_capitals() && !t_.is(who.last - 1, ends_present) && who.last - who.first > 1)
    return false;
  // "Nobody", "Neither … nor Bo Steen"
  if (t_.is(who.first, negates) && t_.mention(who.first) == 0) return false;
  if (who.first > c_.first && t_.is(who.first - 1, conjunction) && t_.is(who.first - 1, negates)) return false;
  if (t_.is(who.first, preposition) && t_.mention(who.first) == 0) return false;
  return true;
}

// ---- what is said

// "did not say", "declined to say", "would not say", "may say", "if he says".
bool CitationFinder::taken_back(std::uint32_t verb) const {
  for (std::uint32_t w = verb; w > c_.first && verb - w < reach.verb_group; --w) {
    const std::uint32_t before = t_.phrase(w - 1).first;
    if (t_.has_gap(w, comma | semicolon | colon | quote) || t_.quoted(w - 1)) break;
    if (t_.is(before, affirms)) return false;
    if (t_.is(before, negates, denies, possible, planned) && t_.mention(before) == 0) return true;
    if (t_.is(w - 1, infinitive)) return !(w - 1 > c_.first && t_.is(t_.phrase(w - 2).first, goes_on));  // "to say"
    if (!t_.is(w - 1, auxiliary, adverb, infinitive, ends_adverb, goes_on) || t_.is(w - 1, subject)) break;
  }
  return false;
}

bool CitationFinder::quotation_near(std::uint32_t verb, std::uint32_t far) const {
  for (std::uint32_t w = verb + 1; w < c_.last && w < verb + 1 + far; ++w) {
    if (t_.quoted(w)) return true;
    if (t_.is_finite(w) && !t_.is(w, determiner)) return false;
  }
  for (std::uint32_t w = verb; w > c_.first && verb - w < far; --w) {
    if (t_.quoted(w - 1)) return true;
  }
  return false;
}

// "on Monday", "at a press conference": nothing but days and phrases with a preposition up to a mark.
bool CitationFinder::only_tail_behind(std::uint32_t w) const {
  if (w >= c_.last || !(t_.dated(w) || t_.is(w, preposition, determiner))) return false;
  if (!t_.dated(w) && t_.is(w, determiner) && !(w + 1 < c_.last && t_.dated(w + 1))) return false;
  const std::uint32_t first = w;
  for (; w < c_.last && w < first + reach.tail; ++w) {
    if (w > first && (t_.has_gap(w, marks) || t_.quoted(w))) return true;
    if (t_.is(w, complement, relative, subordinates, conjunction) || (t_.is_finite(w) && !t_.dated(w))) return false;
  }
  return w >= c_.last;
}

// A noun phrase and its verb: "said the bridge was safe".
bool CitationFinder::clause_behind(std::uint32_t w) const {
  for (std::uint32_t k = w + 2; k < c_.last && k < w + 10; ++k) {
    if (t_.has_gap(k, comma | semicolon | colon | quote)) return false;
    if (t_.is_finite(k)) return true;
  }
  return false;
}

bool CitationFinder::clause_before(std::uint32_t w) const {
  for (std::uint32_t k = w; k > c_.first && w - k < reach.insertion; --k) {
    if (t_.is_finite(k - 1)) return true;
  }
  return false;
}

// Does the verb bring in what is said: "that", a quotation beside it, a comma before it, or a clause behind it?
bool CitationFinder::brings_in(std::uint32_t verb) const {
  if (!t_.is(verb, may_say)) return true;
  if (verb + 1 < c_.last && t_.has_gap(verb + 1, comma | colon)) return true;  // "the firm maintains,"
  for (std::uint32_t w = verb + 1; w < c_.last && w < verb + reach.content; ++w) {
    // "informó de que", "teilte mit, dass"; not "in that"
    if (t_.is(w, complement) && (!t_.is(w - 1, preposition) || t_.is(w - 1, infinitive) || t_.has_gap(w, comma)))
      return true;
    if (t_.verb_second() && t_.has_gap(w, comma) && t_.is(w - 1, preposition, adverb))
      return true;  // "teilte mit, die"
    if (t_.has_gap(w, quote | colon) || t_.quoted(w)) return true;
    if (t_.is_finite(w) && !t_.is(w, determiner)) break;
  }
  if (t_.phrase(verb).last >= c_.last && verb > c_.first + 2 &&
      (comma_before(verb) || quotation_near(verb, reach.phrase)))
    return true;  // ", the priest confirmed."
  if (verb > c_.first + 4 && only_tail_behind(verb + 1) && comma_before(verb))
    return true;  // ", a report found on Tuesday"
  if (c_.last - verb <= 4 && verb > c_.first && t_.quoted(c_.first)) return true;
  return verb + 2 < c_.last && begins_noun_phrase(verb + 1) && clause_behind(verb);
}

// "said the bridge was", "said residents had"; not "found guilty of theft could be", "protested weekly".
bool CitationFinder::begins_noun_phrase(std::uint32_t w) const {
  if (t_.mention(w) != 0 || t_.counted(w)) return true;
  if (t_.is(w, preposition, adverb, conjunction, relative, ends_adverb)) return false;
  if (t_.is(w, determiner, possessive, pronoun, subject, person, occupation, title) || t_.capital(w)) return true;
  if (t_.is(w, ends_past, ends_participle) || t_.is_event(w)) return t_.is(w, ends_present);
  return true;
}

// Does a comma part the few words before the verb from a clause: "…, a report by the audit office"?
bool CitationFinder::comma_before(std::uint32_t verb) const {
  for (std::uint32_t w = verb; w > c_.first && verb - w < reach.phrase; --w) {
    if (t_.is_finite(w - 1) && !t_.is(w - 1, auxiliary)) return false;
    if (w - 1 > c_.first && t_.has_gap(w - 1, comma)) return clause_before(w - 1);
  }
  return false;
}

// ---- rules

// "Pour Ola Berg, « le pont est dangereux »", "In the words of …"
bool CitationFinder::by_opening_preposition(std::uint32_t w, Citation& out) const {
  if (w != c_.first || !t_.is(w, cites_quotation) || w + 2 >= c_.last) return false;
  const Words who = phrase_from(w + 1);
  if (who.last >= c_.last || !t_.has_gap(who.last, comma) || !t_.quoted(who.last) || t_.quoted(who.first) ||
      !can_speak(who))
    return false;
  if (!(t_.mention(who.last - 1) != 0 || t_.is(who.last - 1, person, occupation, title))) return false;
  set(out, who, w, who.last);
  return true;
}

bool CitationFinder::by_preposition(std::uint32_t w, Citation& out) const {
  if (!t_.is(w, cites, cites_aside) || t_.phrase(w).first != w) return false;
  const std::uint32_t first = t_.phrase(w).last;
  if (t_.is(w, cites_aside) && !t_.is(w, cites) && !(w > c_.first && t_.has_gap(w, comma))) return false;
  if (first >= c_.last || t_.has_gap(first, comma | colon)) return false;
  Words who = phrase_from(t_.is(first, says) && t_.mention(first) == 0 ? first + 1 : first);  // "según informaron"
  if (!can_speak(who)) return false;
  // "according to a report by the audit office"
  if (who.last + 1 < c_.last && t_.is(who.last, agent) && !t_.has_gap(who.last, marks) &&
      t_.mention(who.last - 1) == 0 && (t_.is(who.last + 1, determiner) || t_.mention(who.last + 1) != 0))
    who.last = phrase_from(who.last + 1).last;
  if (t_.is(w, cites_aside) && !ends_here(who.last)) return false;
  const Words named = named_behind(who);
  set(out, named, w, std::max(who.last, named.last));
  return true;
}

// "der Polizei zufolge"
bool CitationFinder::by_postposition(std::uint32_t w, Citation& out) const {
  if (!t_.is(w, cites_behind) || w == c_.first) return false;
  const Words who = phrase_to(w).words;
  if (!can_speak(who)) return false;
  set(out, who, w, w + 1);
  return true;
}

// "Mayor Inger Falk: “We will rebuild it.”"
bool CitationFinder::by_colon(std::uint32_t w, Citation& out) const {
  if (w + 1 >= c_.last || !t_.has_gap(w + 1, colon) || w + 1 - c_.first > reach.phrase) return false;
  // "Ana Ruiz: We will rebuild it."
  const bool transcript = t_.capital(w + 1) && c_.join == Clause::opens &&
                          (is_bare_name(c_.first, w + 1) || (c_.first == w && is_family_name(w)));
  if (!t_.quoted(w + 1) && !transcript) return false;
  bool somebody = t_.is(c_.first, possessive, determiner);
  for (std::uint32_t k = c_.first; k <= w; ++k) {
    if (t_.is_finite(k) || t_.is(k, asks) || t_.quoted(k)) return false;
    somebody = somebody || t_.mention(k) != 0 || t_.is(k, person, occupation, title);
  }
  const Words who{c_.first, w + 1};
  if (!somebody || !can_speak(who)) return false;  // "In other words: “…”"
  set(out, who, w, w + 1);
  out.words = who;
  return true;
}

// "is reported to have said", "has been quoted as saying": the subject says it.
bool CitationFinder::reported_to_have(std::uint32_t w, Citation& out) const {
  if (!t_.is(w, says, supposed, cites_passive) || w == c_.first || !t_.is(w - 1, be, adverb)) return false;
  std::uint32_t verb = none;
  for (std::uint32_t k = w + 1; k < c_.last && k < w + 6; ++k) {
    if (t_.has_gap(k, marks)) break;
    if (t_.is(k, says) && !t_.quoted(k)) verb = k;
  }
  if (verb == none) return false;
  bool linked = false;  // by "to have" or "as"
  for (std::uint32_t k = w + 1; k < verb; ++k) linked = linked || t_.is(k, infinitive, as_);
  if (!linked) return false;
  const Words who = who_before(w);
  if (!can_speak(who)) return false;
  set(out, who, w, verb + 1);
  return true;
}

// "The paper quoted Ana Ruiz as saying": not the paper but whom it quotes.
bool CitationFinder::quotes_somebody(std::uint32_t w, Citation& out) const {
  if (!t_.is(w, cites_passive) || w == c_.first || t_.is(w - 1, be, adverb)) return false;
  for (std::uint32_t k = w + 2; k + 1 < c_.last && k < w + reach.content && !t_.has_gap(k, semicolon | colon | quote);
       ++k) {
    if (!t_.is(k, as_) || !t_.is(k + 1, says)) continue;
    const Words who{w + 1, k};
    if (!can_speak(who)) return false;
    set(out, who, w, k + 2);
    return true;
  }
  return false;
}

// "the legislator, Representative Carl Seel": the name.
Words CitationFinder::named_behind(Words who) const {
  if (who.last >= c_.last || !t_.has_gap(who.last, comma)) return who;
  Words apposition = phrase_from(who.last);
  // ", Sen. Ana Ruiz of Norland"
  for (std::uint32_t w = apposition.first + 1; w < apposition.last; ++w) {
    if (t_.is(w, preposition) && t_.mention(w) == 0 && t_.mention(w - 1) != 0 && is_bare_name(apposition.first, w))
      return {apposition.first, w};
  }
  return is_bare_name(apposition.first, apposition.last) && ends_here(apposition.last) ? apposition : who;
}

// "was warned by engineer Milan Petric that": not the listener but the agent says it.
bool CitationFinder::by_agent(std::uint32_t w, Citation& out) const {
  if (!t_.is(w, says) || w == c_.first || !t_.is(w - 1, be, adverb) || t_.quoted(w)) return false;
  for (std::uint32_t k = w + 1; k + 1 < c_.last && k < w + reach.content; ++k) {
    if (t_.has_gap(k, marks)) return false;
    if (!t_.is(k, agent)) continue;
    Words who = phrase_from(k + 1);
    if (!can_speak(who)) return false;
    who = named_behind(who);
    if (!brings_in(who.last - 1)) return false;
    set(out, who, w, who.last);
    return true;
  }
  return false;
}

// "the spokeswoman, Ida Moss, blamed the rain": who stands before the verb is its subject.
bool CitationFinder::behind_apposition(std::uint32_t verb) const {
  std::uint32_t first = verb;
  while (first > c_.first && verb - first < reach.insertion && !(first < verb && t_.has_gap(first, comma))) --first;
  return first > c_.first && t_.has_gap(verb, comma) && is_bare_name(first, verb);
}

// "The bridge, said Ana Ruiz, was safe": between the first two commas; not "Ana Ruiz, of Holm, said Tom Berg, a judge, was wrong".
bool CitationFinder::inserted(std::uint32_t verb, std::uint32_t end) const {
  if (!t_.has_gap(verb, comma) || end >= c_.last || !t_.has_gap(end, comma)) return false;
  for (std::uint32_t w = c_.first + 1; w < verb; ++w) {
    if (t_.has_gap(w, marks)) return false;
  }
  return true;
}

// "“…,” said Ana Ruiz", but not "Ana Ruiz, of Holm, said the noise was".
bool CitationFinder::inverted(std::uint32_t w, Citation& out) const {
  std::uint32_t first = w;  // of the verb with its auxiliaries: "a déclaré"
  while (first > c_.first && t_.is(first - 1, auxiliary) && !t_.is(first - 1, pronoun) && !t_.has_gap(first, any_mark))
    --first;
  const bool by_quotation = t_.has_gap(first, quote) || (first > c_.first && t_.quoted(first - 1));
  if (!t_.is_saying(w) && !(t_.is(w, asks) && by_quotation)) return false;
  if (t_.is(w, ends_participle) || taken_back(w) || (t_.is(w, tells) && !by_quotation)) return false;
  const bool as_opening = first == c_.first + 1 && t_.is(c_.first, as_);  // "Como dijo Ana Ruiz el lunes, …"
  if (!(first == c_.first || by_quotation || as_opening || t_.has_gap(first, comma))) return false;
  if (!by_quotation && t_.is(w, may_say) && behind_apposition(first)) return false;
  if (w + 1 >= c_.last || t_.has_gap(w + 1, comma | quote | colon) || t_.quoted(w + 1)) return false;
  if (t_.is(w + 1, preposition, relative, auxiliary, complement, adverb) && !t_.is(w + 1, subject, determiner))
    return false;
  std::uint32_t behind = w + 1;
  while (behind < c_.last && t_.dated(behind) && !t_.has_gap(behind, any_mark))
    ++behind;  // "a promis vendredi Laure Marchand"
  while (behind + 1 < c_.last && t_.hyphened(behind) && !t_.is(behind, pronoun)) ++behind;  // "assure-t-elle"
  if (behind >= c_.last) return false;
  Words who = phrase_from(behind);
  if (t_.hyphened(behind) && t_.is(behind, pronoun)) who.last = behind + 1;
  if (!can_speak(who)) return false;
  // "teilte die Polizei mit": a verb's last part
  const bool ends = ends_here(who.last) || (who.last + 1 == c_.last && t_.is(who.last, preposition, adverb));
  const bool bare_pronoun = who.last - who.first == 1 && t_.is(who.first, pronoun);
  const bool tail = ends || (!t_.is(w, may_say) && only_tail_behind(who.last));
  const bool stated = as_opening || clause_before(first) || t_.verb_second() || inserted(first, who.last);
  if (!by_quotation && (!tail || bare_pronoun || !stated)) return false;
  if (!tail && !t_.dated(who.last) && !t_.is(who.last, relative, preposition, adverb, conjunction)) return false;
  who = named_behind(who);
  set(out, who, w, who.last);
  return true;
}

// "Ana Ruiz, who said that …,": what she says is the clause's own news only when nothing else was told before.
bool CitationFinder::in_relative_clause(std::uint32_t w, Citation& out) const {
  if (!t_.is_saying(w) || taken_back(w) || !brings_in(w)) return false;
  const std::uint32_t pronoun_at = skip_back(w);
  if (pronoun_at == c_.first || !t_.is(pronoun_at - 1, relative) || t_.is(pronoun_at - 1, determiner, subject))
    return false;
  // "Jeb Bush, a contender, who has argued": not the apposition
  std::uint32_t end = pronoun_at - 1;
  if (end > c_.first && t_.has_gap(end, comma) && !t_.quoted(end - 1)) end = over_apposition(end);
  const NounPhrase before = phrase_to(end);
  if (before.cut || !can_speak(before.words)) return false;
  set(out, before.words, w, w + 1);
  return true;
}

// Back over ", a contender" to the end of what it stands beside; the end itself where there is none.
std::uint32_t CitationFinder::over_apposition(std::uint32_t end) const {
  std::uint32_t begin = end - 1;
  while (begin > c_.first && end - begin < reach.phrase && !t_.has_gap(begin, marks)) --begin;
  if (begin <= c_.first || !t_.has_gap(begin, comma) || !t_.is(begin, determiner) || t_.is(begin, definite)) return end;
  for (std::uint32_t w = begin; w < end; ++w) {
    if (t_.is_finite(w) || t_.mention(w) != 0) return end;
  }
  return t_.mention(begin - 1) != 0 ? begin : end;
}

// ", saying that": the subject of the clause says it.
bool CitationFinder::by_participle(std::uint32_t w, Citation& out) const {
  if (!t_.is(w, says) || !t_.is(w, ends_participle) || t_.quoted(w) || !brings_in(w)) return false;
  if (w == c_.first || t_.is(w - 1, auxiliary, preposition, determiner)) return false;
  Words who = own_subject();
  who.last = std::min(who.last, w);
  if (!can_speak(who)) return false;
  set(out, named_behind(who), w, w + 1);
  out.words = {w, w + 1};
  return true;
}

// The subject of "and said": that of the verb before.
Words CitationFinder::who_before_and(std::uint32_t conjunction_at) const {
  for (std::uint32_t w = conjunction_at; w > c_.first && conjunction_at - w < reach.insertion; --w) {
    if (t_.quoted(w - 1)) break;
    if (t_.is_finite(w - 1) && !t_.is(w - 1, auxiliary)) return who_before(w - 1);
  }
  Words who = own_subject();
  who.last = std::min(who.last, conjunction_at);
  return who;
}

Words CitationFinder::who_of_verb(std::uint32_t w) const {
  std::uint32_t from = w;
  while (from > c_.first && t_.is(t_.phrase(from - 1).first, infinitive, goes_on)) from = t_.phrase(from - 1).first;
  if (from > c_.first && t_.is(from - 1, and_, adversative) && !t_.has_gap(from, any_mark))
    return who_before_and(from - 1);
  const Words who = who_before(from);
  if (!who.empty() || from == c_.first || t_.is(from - 1, relative)) return who;
  Words subject = own_subject();
  subject.last = std::min(subject.last, w);
  return subject;
}

bool CitationFinder::by_verb(std::uint32_t w, Citation& out) const {
  if (t_.is(w, ends_participle)) return false;
  if (!t_.is_saying(w) && !(t_.is(w, asks) && !t_.quoted(w))) return false;
  std::uint32_t before = w;  // "not 212 as first reported,": by nobody
  while (before > c_.first && t_.is(before - 1, adverb)) --before;
  if ((before > c_.first && t_.is(before - 1, as_)) || taken_back(w)) return false;
  const Words who = who_of_verb(w);
  if (!can_speak(who)) return false;
  std::uint32_t before_who = who.first;  // past "a-t-" of "a-t-elle déclaré"
  while (before_who > c_.first && (t_.hyphened(before_who) || t_.is(before_who - 1, auxiliary)) &&
         !t_.quoted(before_who - 1))
    --before_who;
  const bool behind_quotation = before_who > c_.first && t_.quoted(before_who - 1);
  if (!behind_quotation && !(t_.is(w, says) ? brings_in(w) : quotation_near(w, 4))) return false;
  // "their association, which counts 430 members, says": of a relative clause no more than the pronoun is left
  if (t_.is(who.first, relative) && !t_.is(who.first, subject, determiner)) return false;
  std::uint32_t end = w + 1;
  if (t_.is(w, tells)) end = std::max(end, phrase_from(w + 1).last);
  set(out, who, w, end);
  return true;
}

// "called the bridge “a death trap”".
bool CitationFinder::calls_it(std::uint32_t w, Citation& out) const {
  if (!t_.is(w, calls) || t_.quoted(w) || t_.mention(w) != 0 || taken_back(w)) return false;
  bool quotation = false;
  for (std::uint32_t k = w + 1; k < c_.last && k < w + reach.insertion && !quotation; ++k) {
    if (t_.has_gap(k, semicolon)) return false;
    quotation = t_.quoted(k);
  }
  if (!quotation) return false;
  Words who = t_.is(w, ends_participle) ? own_subject() : who_before(w);
  who.last = std::min(who.last, w);
  if (!can_speak(who) || (w > c_.first && t_.is(w - 1, determiner, possessive, preposition, be))) return false;
  set(out, who, w, w + 1);
  out.words = {who.first, who.last};
  out.trailing = false;
  return true;
}

// ---- heads and subjects

namespace {

// A name's first word, capitalised words that no mention holds included: "“…,” Ana Ruiz said".
std::uint32_t with_given_names(const ClauseText& t, std::uint32_t first, std::uint32_t bound) {
  while (
      first > bound && t.capital(first - 1) && !t.quoted(first - 1) && !t.has_gap(first, any_mark) &&
      !t.is(first - 1, occupation, title, determiner, preposition, conjunction, adverb, possessive, title_modifier) &&
      !t.possesses(first - 1))
    --first;
  return first;
}

}  // namespace

Words head_of(const ClauseText& t, Words who) {
  while (!who.empty() && t.is(who.last - 1, preposition, determiner, conjunction, and_) && t.mention(who.last - 1) == 0)
    --who.last;
  std::uint32_t end = who.first;  // of the part before "of", "at", a comma or a bracket
  for (; end < who.last; ++end) {
    const bool bracket_opens = t.bracketed(end) && !t.bracketed(who.first);
    if (end > who.first && (bracket_opens || t.has_gap(end, comma | bracket | dash))) break;
    if (end > who.first && t.is(end, preposition) && t.mention(end) == 0 && !t.hyphened(end)) break;
  }
  if (end == who.first) return {};
  if (who.last - who.first == 1 && t.is(who.first, pronoun, unnamed)) return {};
  const std::uint32_t last = end - 1;
  if (t.mention(last) == 0 || t.possesses(last)) {  // "Mueller's office", "people familiar with the matter"
    if (t.is(last, unnamed) && end == who.last) return {};
    Words shown = who;
    for (std::uint32_t w = end; w < shown.last; ++w) {
      if ((t.bracketed(w) && !t.bracketed(who.first)) || t.has_gap(w, comma | bracket | dash)) shown.last = w;
    }
    return shown;
  }
  const NameMention& mention = t.document().names[t.mention(last) - 1];
  // "Democracy for America" is a body; "Oren Falkner of the Guard" a person
  const bool opens =
      mention.first_word == who.first || (mention.first_word == who.first + 1 && t.is(who.first, determiner));
  if (end < who.last && mention.last_word - mention.first_word == 1 && opens && end + 1 < who.last &&
      t.capital(end + 1) && t.is(end, links_noun)) {
    std::uint32_t last = end + 1;
    while (last < who.last && !t.has_gap(last, any_mark) && !(t.is_finite(last) && t.mention(last) == 0)) ++last;
    return {who.first, last};
  }
  std::uint32_t first = with_given_names(t, mention.first_word, who.first);
  // "the panel's top Democrat": a description, not a name
  if (mention.last_word - mention.first_word == 1 && first == mention.first_word && first > who.first + 1 &&
      t.is(who.first, determiner, possessive) && !t.capital(first - 1) && t.mention(first - 1) == 0 &&
      !t.is(first - 1, title, title_modifier, occupation, person, determiner, and_, preposition, ends_past))
    return {who.first, mention.last_word};
  for (std::uint32_t w = first; w > who.first + 1; --w) {  // "Merkel and Macron": both
    if (t.is(w - 1, and_) && t.mention(w - 2) != 0) {
      first = with_given_names(t, t.document().names[t.mention(w - 2) - 1].first_word, who.first);
      break;
    }
    if (t.mention(w - 1) == 0 && !t.is(w - 1, title, occupation, determiner)) break;
  }
  return {std::max(first, who.first), mention.last_word};
}

Words subject_of(const ClauseText& t, const Clause& c, const Citation& citation) {
  constexpr std::uint32_t longest = 24;
  std::uint32_t first = c.first, last = c.last;
  if (citation.found() && citation.trailing) last = std::max(first, citation.words.first);
  if (citation.found() && !citation.trailing && citation.words.last < c.last && citation.words.first < c.first + 3) {
    first = citation.words.last;  // "Lumenpay said that hackers had …"
    while (first < last && (t.is(first, complement) || t.dated(first) ||
                            (first + 1 < last && t.is(first, preposition) && t.dated(first + 1))))
      ++first;
  }
  first = over_time_before(t, over_opening(t, first, last), last);
  std::uint32_t verb = first;
  while (verb < last && verb < first + longest && !(t.is_finite(verb) && (verb > first || !t.is_saying(verb)))) {
    if (verb > first && t.has_gap(verb, comma) && t.is(first, preposition, adverb)) first = verb;
    ++verb;
  }
  while (first < verb && t.mention(first) == 0 && t.is(first, conjunction, adverb, contrast) &&
         !t.is(first, determiner, subject))
    ++first;
  if (first + 1 < verb && t.is(first, preposition) && t.dated(first + 1)) ++first;  // "On Friday mayor Ana Ruiz …"
  while (first < verb && t.dated(first)) ++first;
  if (first < verb && t.is(first, preposition) && t.mention(first) == 0) {  // "In Merrou the breach was …"
    for (std::uint32_t w = first + 2; w < verb; ++w) {
      if (t.is(w, determiner, subject, possessive) && !t.is(w - 1, preposition)) {
        first = w;
        break;
      }
    }
  }
  for (std::uint32_t w = first + 1; w < verb; ++w) {
    if (t.has_gap(w, comma | dash | colon | quote) || t.is(w, relative)) verb = w;
  }
  while (verb > first + 1 && t.mention(verb - 1) == 0 &&
         (t.is(verb - 1, adverb, ends_adverb) || t.dated(verb - 1) || (t.is(verb - 1, preposition) && t.dated(verb))))
    --verb;
  return {first, verb};
}

}  // namespace storymerge::claim

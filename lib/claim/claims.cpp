#include "storymerge/claim/claims.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "claim/clauses.h"
#include "text/characters.h"

namespace storymerge {
namespace {

using namespace claim;
using enum lang::Role;

constexpr std::uint32_t none = 0xFFFFFFFF;

template <class T>
void sort_unique(std::vector<T>& column) {
  std::sort(column.begin(), column.end());
  column.erase(std::unique(column.begin(), column.end()), column.end());
}

// Positions of the items that begin in `range`, of a column in order.
template <class Items>
std::vector<std::uint32_t> positions_in(const Items& items, ByteRange range) {
  std::vector<std::uint32_t> out;
  auto it = std::lower_bound(items.begin(), items.end(), range.begin,
                             [](const auto& item, std::uint32_t begin) { return item.range.begin < begin; });
  for (; it != items.end() && it->range.begin < range.end; ++it)
    out.push_back(static_cast<std::uint32_t>(it - items.begin()));
  return out;
}

struct Words {
  std::uint32_t first = 0, last = 0;
  bool empty() const { return first >= last; }
};

// Who is cited in a clause, and where the words of citing stand: "Lumenpay said" in "No money was taken, Lumenpay said".
struct Citation {
  Words who;
  std::uint32_t verb = none;
  bool trailing = false;  // it ends its sentence, and holds for all of it
};

// Who a pronoun may stand for: somebody that an earlier clause speaks of.
struct Referent {
  std::optional<std::uint32_t> name;  // position in StoryNames::names
  std::vector<Term> terms;
  bool known() const { return name.has_value() || !terms.empty(); }
};

class Reader {
 public:
  Reader(const Article& article, const Document& document, const std::vector<std::uint32_t>& name_of,
         std::vector<Claim>& out)
      : article_(article), d_(document), name_of_(name_of), t_(article, document), out_(out) {}

  void run() {
    learn_names();
    for (std::uint32_t s = 0; s < d_.sentences.size(); ++s) read_sentence(s);
  }

 private:
  // ---- names, and the words that stand for them

  std::uint32_t name_at(std::uint32_t w) const { return name_of_[t_.mention(w) - 1]; }

  // Which names are persons, and which common nouns stand beside a name: "the ferry Aurora Sol", "Radu Fenech, the minister".
  void learn_names() {
    const auto n = static_cast<std::uint32_t>(d_.body.size());
    for (std::uint32_t m = 0; m < d_.names.size(); ++m) {
      const NameMention& mention = d_.names[m];
      const std::uint32_t name = name_of_[m];
      const std::uint32_t first = mention.first_word, last = mention.last_word;
      bool person = false;
      if (first > 0 && t_.source(first - 1).end + 3 >= mention.range.begin &&
          !t_.has_gap(first, comma | semicolon | colon | quote)) {
        person = t_.is(first - 1, occupation);
        if (!t_.is(first - 1, preposition, determiner, conjunction, auxiliary, says, adverb, relative, possessive) &&
            t_.mention(first - 1) == 0 && !t_.counted(first - 1) && t_.term(first - 1) != 0) {
          roles_.emplace(t_.term(first - 1), name);
        }
      }
      // apposition: ", the transport minister," and ", 44, a nurse"
      std::uint32_t w = last;
      if (w < n && t_.has_gap(w, comma) && t_.counted(w)) {
        person = true;
        ++w;
      }
      if (w + 1 < n && t_.has_gap(w, comma) && t_.is(w, determiner, possessive) && !t_.is(w, subject)) {
        std::uint32_t head = none;
        for (std::uint32_t k = w + 1; k < n && k < w + 7; ++k) {
          if (k > w + 1 && t_.has_gap(k, comma | semicolon | colon | dash | quote | full_stop)) break;
          if (t_.is(k, preposition, relative, auxiliary, conjunction) || t_.mention(k) != 0) break;
          if (t_.term(k) != 0) head = k;
        }
        if (head != none) {
          roles_.emplace(t_.term(head), name);
          person = person || t_.is(head, occupation);
        }
      }
      if (last < n && t_.is_saying(last) && last - first >= 2) person = person || t_.word(last) == "told";
      if (person) persons_.insert(name);
      if (last - first >= 2) {
        last_words_.emplace(name, t_.term(last - 1));
      }
    }
    // "Tomas Verhaly", later "Verhaly": persons are shortened to their last word, bodies to their first
    for (std::uint32_t m = 0; m < d_.names.size(); ++m) {
      if (d_.names[m].last_word - d_.names[m].first_word != 1) continue;
      const auto at = last_words_.find(name_of_[m]);
      if (at != last_words_.end() && at->second == t_.term(d_.names[m].first_word)) persons_.insert(name_of_[m]);
    }
  }

  bool is_person(std::uint32_t name) const { return persons_.contains(name); }

  Referent referent_of(Words words) const {
    Referent r;
    for (std::uint32_t w = words.first; w < std::min(words.last, words.first + 24); ++w) {
      if (t_.mention(w) != 0 && !r.name) r.name = name_at(w);
      if (t_.term(w) != 0 && !t_.is(w, pronoun)) r.terms.push_back(t_.term(w));
    }
    return r;
  }

  // ---- who says it

  // The noun phrase that begins at `w`: up to a mark, a finite verb or what begins another clause; at most ten words.
  Words phrase_from(std::uint32_t w, std::uint32_t last) const {
    std::uint32_t end = w;
    while (end < last && end < w + 10) {
      if (end > w && (t_.has_gap(end, comma | semicolon | colon | quote | dash | bracket) ||
                      t_.is(end, relative, contrast, conjunction)))
        break;
      if (t_.quoted(end) || (end > w && t_.is_finite(end) && !t_.is(end, determiner)) || t_.dated(end)) break;
      if (end > w && t_.is(end, preposition) && t_.word(end) != "of" && t_.word(end) != "for" && t_.word(end) != "at" &&
          t_.word(end) != "in")
        break;
      ++end;
    }
    return {w, end};
  }

  // A name's first word, capitalised words that no mention holds included: "“…,” Ana Ruiz said".
  std::uint32_t with_given_names(std::uint32_t first, std::uint32_t bound) const {
    while (first > bound && t_.capital(first - 1) && !t_.quoted(first - 1) && !t_.has_gap(first, 0xFF) &&
           !t_.is(first - 1, occupation) &&
           !t_.is(first - 1, determiner, preposition, conjunction, adverb, possessive)) {
      --first;
    }
    return first;
  }

  // The noun phrase that ends before the verb at `verb`, in the clause that begins at `first`.
  Words phrase_before(std::uint32_t verb, std::uint32_t first) const {
    std::uint32_t end = verb;
    while (end > first && t_.is(end - 1, adverb, auxiliary) && !t_.is(end - 1, subject) &&
           !t_.has_gap(end, comma | quote))
      --end;
    if (end > first && t_.has_gap(end, comma) && !t_.quoted(end - 1)) {
      // "Maud Jelin, the chief executive, told reporters": over the apposition to the name
      for (std::uint32_t w = end; w > first && end - w < 14; --w) {
        if (t_.mention(w - 1) != 0 && !t_.quoted(w - 1)) {
          if (!t_.has_gap(w, comma) && w != end) continue;
          const NameMention& m = d_.names[t_.mention(w - 1) - 1];
          const std::uint32_t name = m.first_word;  // ", of the Upper Town,": a part of the apposition
          const bool led = name > first && !t_.has_gap(name, comma) &&
                           (t_.is(name - 1, preposition) ||
                            (name > first + 1 && t_.is(name - 1, determiner) && t_.is(name - 2, preposition)));
          if (led && name > first + 2) continue;
          return {std::max(with_given_names(m.first_word, first), first), m.last_word};
        }
        if (t_.quoted(w - 1)) break;
      }
    }
    std::uint32_t begin = end;
    while (begin > first && end - begin < 12) {
      const std::uint32_t w = begin - 1;
      if (t_.quoted(w) || t_.is(w, contrast) || (t_.is(w, relative) && !t_.is(w, subject)) || t_.dated(w)) break;
      if (t_.is_finite(w) && w + 1 < end) break;
      if (t_.is(w, conjunction) && t_.word(w) != "and") break;
      begin = w;
      if (t_.has_gap(w, comma | semicolon | colon | quote | dash | full_stop)) break;
    }
    while (begin < end && t_.is(begin, conjunction, adverb, contrast) && !t_.is(begin, determiner)) ++begin;
    // "who said": the name before
    if (begin == end && begin > first && t_.is(begin - 1, relative)) {
      for (std::uint32_t w = begin - 1; w > first && begin - w < 8; --w) {
        if (t_.mention(w - 1) != 0)
          return {d_.names[t_.mention(w - 1) - 1].first_word, d_.names[t_.mention(w - 1) - 1].last_word};
      }
    }
    // "A police officer, who asked not to be named, told": what stands before the comma is no name
    if (begin < end && t_.is(begin, relative) && !t_.is(begin, subject)) return {};
    // "Their association, which counts 430 members, says"
    if (begin > first && begin < end && t_.is(begin - 1, relative) && t_.has_gap(begin - 1, comma)) return {};
    return {begin, end};
  }

  // Does the verb at `verb` bring in what is said: "that", a quotation beside it, a comma before it, or a clause behind it?
  bool brings_in(std::uint32_t verb, const Clause& c) const {
    static constexpr std::string_view plain[] = {"said",  "says", "say",     "told",     "tells",
                                                 "added", "adds", "insists", "insisted", "insist"};
    if (std::find(std::begin(plain), std::end(plain), t_.word(verb)) != std::end(plain)) return true;
    if (verb + 1 < c.last && t_.has_gap(verb + 1, comma)) return true;  // "the firm maintains,"
    for (std::uint32_t w = verb + 1; w < c.last && w < verb + 7; ++w) {
      if (t_.word(w) == "that" || t_.has_gap(w, quote | colon) || t_.quoted(w)) return true;
    }
    if (verb + 1 >= c.last && verb > c.first + 2) return true;  // ", the priest confirmed."
    if (t_.is(verb, reports)) return verb > c.first && c.last - verb <= 4 && t_.quoted(c.first);
    if (verb + 2 < c.last && t_.is(verb + 1, subject, determiner)) {
      for (std::uint32_t w = verb + 2; w < c.last && w < verb + 9; ++w) {
        if (t_.is_finite(w)) return true;
      }
    }
    return false;
  }

  Citation find_citation(const Clause& c) const {
    Citation out;
    for (std::uint32_t w = c.first; w < c.last; ++w) {
      if (t_.quoted(w)) continue;
      if (t_.word(w) == "according" && w + 2 < c.last && t_.word(w + 1) == "to") {
        out.who = phrase_from(w + 2, c.last);
        if (out.who.empty()) continue;
        out.verb = w;
        out.trailing = out.who.last == c.last;
        return out;
      }
      if (!t_.is_saying(w) || !brings_in(w, c)) continue;
      std::uint32_t before = w;  // "not 212 as first reported,": by nobody
      while (before > c.first && (t_.is(before - 1, adverb) || t_.word(before - 1) == "first")) --before;
      if (before > c.first && t_.word(before - 1) == "as") continue;
      const bool participle = t_.word(w).ends_with("ing");  // ", saying that": the subject of the clause says it
      const bool inverted = !participle && !t_.word(w).starts_with("t") &&
                            (w == c.first || t_.has_gap(w, comma | quote) || t_.quoted(w - 1)) && w + 1 < c.last &&
                            !t_.has_gap(w + 1, comma | quote | colon) &&
                            !t_.is(w + 1, preposition, relative, auxiliary, adverb) &&
                            (t_.mention(w + 1) != 0 || t_.is(w + 1, determiner, subject) || t_.term(w + 1) != 0);
      bool turned = inverted;  // "“…,” said Ana Ruiz", but not "Ana Ruiz, of Holm, said the noise was"
      if (turned) {
        out.who = phrase_from(w + 1, c.last);
        turned = out.who.last == c.last || t_.has_gap(out.who.last, comma | quote | full_stop | bracket) ||
                 t_.quoted(out.who.last);
      }
      if (!turned) out.who = participle ? Words{} : phrase_before(w, c.first);
      if (out.who.empty() && w > c.first) {
        out.who = subject_of(c, {});
        out.who.last = std::min(out.who.last, w);
      }
      if (out.who.empty()) continue;
      out.verb = w;
      out.trailing = c.last - w <= (turned ? 9u : 5u) && w > c.first + 3;
      return out;
    }
    return out;
  }

  // The words by which the speaker is shown: the name where there is one.
  SourceSpan speaker_span(Words who, std::optional<std::uint32_t>& name) const {
    for (std::uint32_t w = who.first; w < who.last; ++w) {
      if (w > who.first && t_.is(w, preposition)) break;  // "the command in Almorane": the place says nothing
      if (t_.mention(w) == 0) continue;
      const NameMention& m = d_.names[t_.mention(w) - 1];
      // "coast guard spokesman Lucian Obrad": the last name of the phrase, but "Oren Falkner of the Guard": the first
      std::uint32_t best = t_.mention(w) - 1;
      for (std::uint32_t k = m.last_word; k < who.last; ++k) {
        if (t_.is(k, preposition)) break;
        if (t_.mention(k) != 0) best = t_.mention(k) - 1;
      }
      name = name_of_[best];
      const std::uint32_t first = with_given_names(d_.names[best].first_word, who.first);
      return {d_.article, t_.source(first).begin, d_.names[best].range.end};
    }
    return {d_.article, t_.source(who.first).begin, t_.source(who.last - 1).end};
  }

  // ---- frames

  void read_sentence(std::uint32_t s) {
    const Sentence& sentence = d_.sentences[s];
    const std::vector<Clause> clauses = t_.clauses(sentence);
    const std::size_t first_claim = out_.size();
    std::vector<Citation> citations(clauses.size());
    for (std::size_t k = 0; k < clauses.size(); ++k) citations[k] = find_citation(clauses[k]);
    const bool all_trailing = !citations.empty() && citations.back().verb != none && citations.back().trailing;
    Citation leading;
    for (std::size_t k = 0; k < clauses.size(); ++k) {
      const Clause& c = clauses[k];
      Claim claim;
      claim.span = {d_.article, c.range.begin, c.range.end};
      claim.sentence = s;
      claim.first_word = c.first;
      claim.last_word = c.last;
      const Citation& own = citations[k];
      const Citation* cited = own.verb != none ? &own : nullptr;
      if (cited == nullptr && leading.verb != none &&
          (c.join == Clause::and_that || c.join == Clause::same_subject || c.join == Clause::relative_to ||
           (c.join == Clause::new_subject && t_.word(c.first) == "and"))) {
        cited = &leading;
      }
      if (cited == nullptr && all_trailing) cited = &citations.back();
      if (own.verb != none) leading = own;
      if (cited != nullptr) {
        claim.speaker = speaker_span(cited->who, claim.speaker_name);
        if (!claim.speaker_name && t_.is(cited->who.first, pronoun))
          claim.speaker_name = resolve(cited->who.first).name;
      }
      describe(claim, c, own);
      out_.push_back(std::move(claim));
      note_subject(c, own);
    }
    carry_speaker(first_claim);
    const std::string_view text = std::string_view(article_.text).substr(sentence.range.begin, sentence.range.size());
    if (!is_list_item(clauses.front())) {
      lead_in_ =
          sentence.heading || text.ends_with(':') ? referent_of({sentence.first_word, sentence.last_word}) : Referent{};
    }
  }

  // A sentence that is all quotation is the last speaker's.
  void carry_speaker(std::size_t first) {
    for (std::size_t k = first; k < out_.size(); ++k) {
      Claim& claim = out_[k];
      if (claim.speaker) {
        speaker_ = claim.speaker;
        speaker_name_ = claim.speaker_name;
        speaker_sentence_ = claim.sentence;
      } else if (claim.direct_speech && speaker_ && claim.sentence - speaker_sentence_ <= 2) {
        claim.speaker = speaker_;
        claim.speaker_name = speaker_name_;
        speaker_sentence_ = claim.sentence;
      } else {
        continue;
      }
      if (claim.hedge == Hedge::asserted) claim.hedge = Hedge::attributed;
    }
  }

  void describe(Claim& claim, const Clause& c, const Citation& own) {
    const ByteRange range = c.range;
    std::uint32_t quoted = 0, words = 0;
    bool hedged = false, unreal_cue = false, would = false;
    for (std::uint32_t w = c.first; w < c.last; ++w) {
      if (t_.term(w) != 0) claim.terms.push_back(t_.term(w));
      if (t_.mention(w) != 0) claim.names.push_back(name_at(w));
      quoted += t_.quoted(w);
      ++words;
      if (w == own.verb) continue;
      hedged = hedged ||
               (t_.is(w, hedges) && !t_.capital(w) &&
                !(t_.word(w) == "could" && w + 1 < c.last && t_.word(w + 1) == "not")) ||
               (t_.word(w) == "said" && w > c.first && t_.is(w - 1, auxiliary));
      if (t_.word(w) == "would") {
        would = true;
      } else if (t_.is(w, unreal) && t_.mention(w) == 0) {
        unreal_cue = true;
      }
    }
    claim.negative = is_negative(c);
    claim.direct_speech = 2 * quoted > words;
    sort_unique(claim.terms);
    sort_unique(claim.names);
    claim.quantities = positions_in(d_.quantities, range);
    claim.dates = positions_in(d_.dates, range);
    const bool cited = claim.speaker.has_value();
    // "said it would close" is how the past reports a plain "will close"
    claim.hedge = unreal_cue || (would && !cited) ? Hedge::speculative
                  : hedged || would               ? Hedge::hedged
                  : cited                         ? Hedge::attributed
                                                  : Hedge::asserted;
    claim.predicate_word = find_predicate(c, own);
    if (claim.predicate_word) claim.predicate = t_.event(*claim.predicate_word);
    for (const std::uint32_t q : claim.quantities) claim.slots.push_back(slot_of(q, c));
    add_context(claim, c, own);
  }

  // ---- polarity

  bool is_negative(const Clause& c) const {
    bool odd = false;
    for (std::uint32_t w = c.first; w < c.last; ++w) {
      if (!t_.is(w, negates) || t_.mention(w) != 0) continue;
      const std::string_view next = w + 1 < c.last ? t_.word(w + 1) : std::string_view();
      if (t_.counted(w) && (next == "fewer" || next == "less" || next == "more" || next == "quite")) continue;
      if (t_.word(w) == "not" && next == "to" && w + 3 < c.last &&
          (t_.word(w + 3) == "named" || t_.word(w + 3) == "identified"))
        continue;
      if (next == "only" || next == "just" || next == "doubt" || next == "matter" || next == "least") continue;
      if (t_.word(w) == "no" && t_.capital(w) && w + 1 < c.last && t_.has_gap(w + 1, full_stop)) continue;  // No. 4
      odd = !odd;
    }
    return odd;
  }

  // ---- predicate

  // The verb that says what happens: not one of saying, not an auxiliary, not a light one with an event noun behind it.
  std::optional<std::uint32_t> find_predicate(const Clause& c, const Citation& own) const {
    std::uint32_t first = c.first, last = c.last;
    if (own.verb != none && own.verb >= c.first) {  // look where the words of citing are not
      if (own.trailing) {
        last = own.verb > own.who.first ? own.who.first : own.verb;
      } else if (own.verb == c.first) {  // "According to the firm, …"
        first = own.who.last;
      } else if (own.who.first <= own.verb && own.verb + 1 < last && !t_.has_gap(own.verb + 1, comma)) {
        first = own.verb + 1;
      }
    }
    if (first >= last) first = c.first, last = c.last;
    // "Licensed for 280 passengers, the ship was …": past the opening phrase
    if (first < last && (t_.word(first).ends_with("ed") || t_.word(first).ends_with("ing") || t_.is(first, contrast))) {
      std::uint32_t w = first + 1;
      while (w < last && w < first + 16 && !t_.has_gap(w, comma)) ++w;
      bool verb_behind = false;
      for (std::uint32_t k = w; k < last && k < w + 12; ++k) verb_behind = verb_behind || t_.is_finite(k);
      if (w < last && t_.has_gap(w, comma) && verb_behind) first = w;
    }
    std::optional<std::uint32_t> light_verb, plain, noun;
    for (std::uint32_t w = first; w < last; ++w) {
      if (w > first && t_.is(w, relative) && t_.has_gap(w, comma) &&
          t_.word(w) != "when") {  // ", who have opened an inquiry,"
        std::uint32_t end = w + 1;
        while (end < last && end < w + 24 && !t_.has_gap(end, comma | semicolon | dash)) ++end;
        if (end < last && t_.has_gap(end, comma) && !plain && !noun) w = end;
      }
      if (t_.mention(w) != 0 || t_.counted(w) || t_.term(w) == 0 || t_.is(w, preposition)) continue;
      if (t_.is(w, says) && !t_.is(w, reports)) continue;
      const bool event = t_.is_event(w);
      const bool after_auxiliary = governed(w, first);
      const bool verb = t_.is(w, past) || after_auxiliary || t_.is_finite(w) || (w > first && t_.word(w - 1) == "to");
      if (verb && !t_.is(w, light) && !t_.is(w, auxiliary)) {
        if (event || after_auxiliary) return w;
        if (!plain) plain = w;
        if (t_.is_finite(w)) return plain;
      } else if (verb && !light_verb && !t_.is(w, auxiliary)) {
        light_verb = w;
      } else if (event && (light_verb || !noun)) {
        if (light_verb && !plain) return w;
        if (!noun) noun = w;
      }
    }
    if (plain) return plain;
    if (light_verb && t_.term(*light_verb) != 0 && !noun) return light_verb;
    return noun ? noun : light_verb;
  }

  // Does an auxiliary stand before the word, adverbs and "not" between: "has been badly hit"?
  bool governed(std::uint32_t w, std::uint32_t first) const {
    for (std::uint32_t k = w; k > first && w - k < 4; --k) {
      if (t_.has_gap(k, comma | semicolon | colon | quote)) return false;
      if (t_.is(k - 1, auxiliary)) return !t_.is(k - 1, determiner);
      if (!t_.is(k - 1, adverb, negates) && !t_.word(k - 1).ends_with("ly")) return false;
    }
    return false;
  }

  // ---- slots

  std::uint32_t word_at(std::uint32_t byte) const {
    const auto& words = d_.body.words;
    const auto it = std::upper_bound(words.begin(), words.end(), byte,
                                     [](std::uint32_t b, const Word& w) { return b < w.source.end; });
    return it != words.end() && it->source.begin <= byte ? static_cast<std::uint32_t>(it - words.begin()) : none;
  }

  bool can_be_event(std::uint32_t w) const {
    return t_.term(w) != 0 && t_.mention(w) == 0 && !t_.counted(w) && !t_.is(w, preposition) &&
           (t_.is_event(w) || (t_.is_finite(w) && !t_.is(w, auxiliary, light, says)));
  }

  Slot slot_of(std::uint32_t q, const Clause& c) const {
    const Quantity& quantity = d_.quantities[q];
    Slot slot;
    slot.quantity = q;
    std::uint32_t first = std::max(word_from(quantity.range.begin), c.first);
    std::uint32_t end = std::max(word_from(quantity.range.end), first);
    std::uint32_t noun = quantity.noun.size() != 0 ? word_at(quantity.noun.begin) : none;
    const auto set_event = [&](std::uint32_t w) {
      slot.event = t_.event(w);
      slot.event_word = w;
    };
    bool noun_is_event = false;
    if (noun != none && noun < c.last) {
      slot.head = t_.term(noun);
      slot.people = t_.is(noun, person);
      if (t_.is_event(noun) && t_.term(noun) != 0) {
        set_event(noun);
        noun_is_event = true;
      }
      end = std::max(end, noun + 1);
    }
    // a change: "a 17% rise", "up 17 per cent"
    if (noun != none && noun < c.last && t_.moves(t_.event(noun))) slot.role = SlotRole::change;
    if (first > c.first && !t_.has_gap(first, semicolon)) role_before(first, c, slot);
    // "two more people have died", "another five": on top of what was told before
    const std::uint32_t next = word_from(quantity.range.end);
    const bool on_top = next < c.last && (t_.word(next) == "more" || t_.word(next) == "further") &&
                        (next + 1 == c.last || t_.word(next + 1) != "than");
    if (on_top || (first > c.first && (t_.word(first - 1) == "another" || t_.word(first - 1) == "further")))
      slot.role = SlotRole::change;

    // what happens to it: the verb behind it, or else the one before it
    if (!noun_is_event) {
      for (std::uint32_t w = end; w < c.last && w < end + 8; ++w) {
        if (t_.has_gap(w, comma | semicolon | colon | quote | dash | bracket) || t_.is(w, conjunction, contrast)) break;
        if (t_.is(w, relative) && w > end) break;
        if (t_.counted(w) && !t_.dated(w)) break;
        if (t_.word(w) == "after" || t_.word(w) == "before" || t_.word(w) == "since") break;
        const bool noun_phrase = w > end && t_.is(w - 1, determiner, possessive);
        if ((can_be_event(w) && !noun_phrase) || (t_.term(w) != 0 && governed(w, end) && !t_.is(w, light))) {
          set_event(w);
          break;
        }
      }
    }
    std::uint32_t verb = none;
    for (std::uint32_t w = first; w > c.first && first - w < 9; --w) {
      if (t_.has_gap(w, semicolon | quote | bracket)) break;
      const bool also_number = t_.counted(w - 1) && !t_.dated(w - 1);
      if (also_number) break;
      if (t_.is_finite(w - 1) || can_be_event(w - 1) ||
          (t_.term(w - 1) != 0 && !t_.is(w - 1, preposition) && t_.word(w - 1).ends_with("ing"))) {
        verb = w - 1;
        if (can_be_event(verb) || t_.word(verb).ends_with("ing") || !t_.is(verb, auxiliary)) break;
      }
    }
    if (slot.event == 0 && verb != none && !t_.is(verb, auxiliary, says)) set_event(verb);
    // what it measures: "its main rate to 4.5%", "shares fell 17%", "a turnout of 61%", "the number of dead had risen to seven"
    if (slot.head == 0) {
      std::uint32_t head = none;
      const std::uint32_t from = verb != none ? verb + 1 : first;
      for (std::uint32_t w = first; w > from && head == none; --w) {
        if (t_.term(w - 1) != 0 && t_.mention(w - 1) == 0 && !t_.counted(w - 1) && !t_.is(w - 1, adverb)) head = w - 1;
      }
      for (std::uint32_t w = verb != none ? verb : first; w > c.first && head == none && first - w < 12; --w) {
        if (t_.has_gap(w, semicolon)) break;
        if (t_.term(w - 1) != 0 && t_.mention(w - 1) == 0 && !t_.counted(w - 1) &&
            !t_.is(w - 1, auxiliary, says, adverb, light))
          head = w - 1;
      }
      if (head != none) {
        slot.head = t_.term(head);
        if (quantity.unit.empty() || quantity.unit == "people") slot.people = slot.people || t_.is(head, person);
        if (t_.is_event(head) && (slot.event == 0 || t_.moves(slot.event))) set_event(head);
      }
    }
    slot.people = slot.people || quantity.unit == "people" ||
                  ((quantity.unit.empty() || noun_is_event) && t_.befalls(slot.event));
    if (quantity.unit == "years old") slot.people = false;
    return slot;
  }

  // The first word that ends behind byte `b`.
  std::uint32_t word_from(std::uint32_t b) const {
    const auto& words = d_.body.words;
    return static_cast<std::uint32_t>(
        std::upper_bound(words.begin(), words.end(), b,
                         [](std::uint32_t x, const Word& w) { return x < w.source.end; }) -
        words.begin());
  }

  void role_before(std::uint32_t first, const Clause& c, Slot& slot) const {
    const auto back = [&](std::uint32_t n) { return first >= c.first + n ? t_.word(first - n) : std::string_view(); };
    const std::string_view a = back(1), b = back(2);
    if (a == "from" && b != "heard" && b != "aged") {
      // "rose from 3.1% to 4%", "up from 12", "revised from": but "people from 12 countries"
      for (std::uint32_t n = 2; n <= 6 && first >= c.first + n; ++n) {
        const std::uint32_t w = first - n;
        if (t_.is_finite(w) || t_.is_event(w) || t_.word(w) == "up" || t_.word(w) == "down") {
          slot.role = SlotRole::previous;
          break;
        }
      }
    }
    if (a == "vs" || a == "v" || a == "versus" || (a == "with" && b == "compared") || (a == "to" && b == "compared"))
      slot.role = SlotRole::previous;
    // "three parts rather than two", "231 aboard, not 212"
    if (a == "not" || (a == "than" && b == "rather") || (a == "of" && b == "instead")) slot.role = SlotRole::previous;
    if (slot.role != SlotRole::value) return;
    for (std::uint32_t n = 1; n <= 3 && first >= c.first + n; ++n) {
      const std::uint32_t w = first - n;
      if (t_.word(w) == "to" || t_.word(w) == "at") return;
      if (t_.word(w) == "by" && n == 1 && first >= c.first + 2 &&
          (t_.is_finite(first - 2) || t_.is_event(first - 2) || t_.term(first - 2) != 0)) {
        for (std::uint32_t k = 2; k <= 6 && first >= c.first + k; ++k) {
          if (t_.moves(t_.event(first - k))) slot.role = SlotRole::change;
        }
        return;
      }
      if (t_.moves(t_.event(w)) || t_.word(w) == "up" || t_.word(w) == "down") {
        slot.role = SlotRole::change;
        return;
      }
      if (!t_.is(w, adverb, preposition, determiner)) return;
    }
  }

  // ---- what the discourse supplies

  Referent resolve(std::uint32_t w) const {
    if (t_.is(w, masculine, feminine)) return last_person_;
    if (t_.is(w, plural) || t_.word(w) == "this") return last_subject_;
    return last_thing_.known() ? last_thing_ : last_subject_;
  }

  void add_context(Claim& claim, const Clause& c, const Citation& own) const {
    const auto add = [&](const Referent& r) {
      if (r.name && !std::binary_search(claim.names.begin(), claim.names.end(), *r.name))
        claim.context_names.push_back(*r.name);
      for (const Term t : r.terms) {
        if (!std::binary_search(claim.terms.begin(), claim.terms.end(), t)) claim.context_terms.push_back(t);
      }
    };
    if (c.join == Clause::same_subject || c.join == Clause::relative_to) add(clause_subject_before(c));
    unsigned taken = 0;
    for (std::uint32_t w = c.first; w < c.last && taken < 3; ++w) {
      if (t_.is(w, pronoun, possessive)) {
        if (t_.word(w) == "that" || t_.word(w) == "there") continue;
        if ((t_.word(w) == "this" || t_.word(w) == "these" || t_.word(w) == "those") &&
            !(w + 1 < c.last && t_.is(w + 1, auxiliary)))
          continue;
        if (t_.mention(w) != 0) continue;
        if (own.verb != none && own.who.first < w && !(t_.is(own.who.first, pronoun)))
          continue;  // "Lumenpay says that it …"
        // "the firm said it would": its own subject; "it" stands for something of this clause when a noun phrase goes before
        if (w > c.first + 2 && t_.is(w, possessive)) continue;
        add(resolve(w));
        ++taken;
      } else if (t_.word(w) == "the" && w + 1 < c.last) {
        std::uint32_t head = w + 1;  // "the transport minister": the last noun of the phrase
        while (head + 1 < c.last && head < w + 3 && !t_.has_gap(head + 1, 0xFF) && t_.term(head + 1) != 0 &&
               !t_.is_finite(head + 1) && t_.mention(head + 1) == 0 && roles_.contains(t_.term(head + 1))) {
          ++head;
        }
        const auto role = roles_.find(t_.term(head));
        if (role == roles_.end() || t_.term(head) == 0 || t_.mention(head) != 0) continue;
        if (head + 1 < c.last && t_.mention(head + 1) != 0) continue;
        Referent r;
        r.name = role->second;
        add(r);
        ++taken;
      }
    }
    if (lead_in_.known() && is_list_item(c)) add(lead_in_);
    sort_unique(claim.context_names);
    sort_unique(claim.context_terms);
  }

  bool is_list_item(const Clause& c) const {
    const char mark = article_.text[c.range.begin];
    return mark == '-' || mark == '*' || decode(article_.text, c.range.begin).code == 0x2022;
  }

  Referent clause_subject_before(const Clause& c) const {
    if (c.join == Clause::same_subject) return clause_subject_;
    // the words just before: "Estuary Rail, which …"
    Words words{c.first > 4 ? c.first - 4 : 0, c.first};
    while (words.first < words.last && (t_.is(words.first, preposition, determiner) || t_.is_finite(words.first)))
      ++words.first;
    return referent_of(words);
  }

  // The subject of a clause: the words before its first finite verb, an opening "On Monday," left out.
  Words subject_of(const Clause& c, const Citation& own) const {
    std::uint32_t first = c.first;
    if (own.verb != none && !own.trailing && own.who.first <= own.verb && own.who.last <= own.verb &&
        own.verb + 1 < c.last) {
      first = own.verb + 1;  // "Lumenpay said that hackers had …"
      while (first < c.last && (t_.word(first) == "that" || t_.dated(first) || t_.word(first) == "on")) ++first;
    }
    std::uint32_t verb = first;
    while (verb < c.last && verb < first + 24 && !(t_.is_finite(verb) && !t_.is_saying(verb))) {
      if (verb > first && t_.has_gap(verb, comma) && t_.is(first, preposition, adverb)) first = verb;
      ++verb;
    }
    while (first < verb && t_.is(first, conjunction, adverb, contrast) && !t_.is(first, determiner, subject)) ++first;
    if (first + 1 < verb && t_.is(first, preposition) && t_.dated(first + 1)) ++first;  // "On Friday mayor Ana Ruiz …"
    while (first < verb && t_.dated(first)) ++first;
    if (first < verb && t_.is(first, preposition)) {  // "In Merrou the breach was …"
      for (std::uint32_t w = first + 2; w < verb; ++w) {
        if (t_.is(w, determiner, subject, possessive) && !t_.is(w - 1, preposition)) {
          first = w;
          break;
        }
      }
    }
    std::uint32_t last = verb;
    for (std::uint32_t w = first + 1; w < last; ++w) {
      if (t_.has_gap(w, comma | dash | colon | quote) || t_.is(w, relative)) last = w;
    }
    return {first, last};
  }

  // Remembers whom later pronouns stand for.
  void note_subject(const Clause& c, const Citation& own) {
    for (std::uint32_t w = own.who.first; own.verb != none && w < own.who.last; ++w) {
      if (t_.mention(w) == 0 || !is_person(name_at(w))) continue;
      last_person_ = {name_at(w), {}};
      break;
    }
    if (c.join == Clause::same_subject) return;
    const Words words = subject_of(c, own);
    if (words.empty()) return;
    if (t_.is(words.first, pronoun) && words.last - words.first <= 2) {  // the pronoun's referent stays
      clause_subject_ = resolve(words.first);
      return;
    }
    Referent r = referent_of(words);
    if (!r.known()) return;
    for (std::uint32_t w = words.first; w < words.last && !r.name; ++w) {
      const auto role = roles_.find(t_.term(w));
      if (role != roles_.end() && t_.term(w) != 0) r.name = role->second;
    }
    clause_subject_ = last_subject_ = r;
    (r.name && is_person(*r.name) ? last_person_ : last_thing_) = r;
  }

  const Article& article_;
  const Document& d_;
  const std::vector<std::uint32_t>& name_of_;
  ClauseText t_;
  std::vector<Claim>& out_;

  std::unordered_set<std::uint32_t> persons_;           // names known to be persons
  std::unordered_map<std::uint32_t, Term> last_words_;  // the last word of a name of several words
  std::unordered_map<Term, std::uint32_t> roles_;       // the noun beside a name -> the name
  Referent last_person_, last_thing_, last_subject_, clause_subject_, lead_in_;
  std::optional<SourceSpan> speaker_;
  std::optional<std::uint32_t> speaker_name_;
  std::uint32_t speaker_sentence_ = 0;
};

}  // namespace

std::vector<Claim> extract_claims(const Corpus& corpus, std::span<const Document> documents, const Story& story,
                                  const StoryNames& names) {
  std::vector<Claim> claims;
  for (std::size_t k = 0; k < story.articles.size(); ++k) {
    const ArticleIndex a = story.articles[k];
    Reader(corpus[a], documents[a], names.name_of[k], claims).run();
  }
  return claims;
}

Material gather(const Corpus& corpus, std::span<const Document> documents, const Duplicates& duplicates,
                const Story& story) {
  Material out{corpus, documents, duplicates, story, unify_names(corpus, documents, story), {}};
  out.claims = extract_claims(corpus, documents, story, out.names);
  return out;
}

}  // namespace storymerge

#include "claim/slots.h"

#include <algorithm>

#include "claim/measures.h"
#include "claim/scope.h"

namespace storymerge::claim {

using enum lang::Role;

namespace {

// Bounds in words; they keep the work linear in the numbers of a clause.
struct Reach {
  std::uint32_t behind = 8;    // from a number to the verb behind it: "46 people were hurt"
  std::uint32_t before = 9;    // and back to the one before it
  std::uint32_t measure = 12;  // back to what is measured: "shares fell 17%"
  std::uint32_t leaves = 6;    // from "from 3.1%" back to "rose"
};
constexpr Reach reach;

class SlotReader {
 public:
  SlotReader(const ClauseText& text, const Clause& clause, std::uint32_t quantity)
      : t_(text), c_(clause), quantity_(text.document().quantities[quantity]) {
    slot_.quantity = quantity;
    first_ = std::max(word_from(quantity_.range.begin), c_.first);
    end_ = std::max(word_from(quantity_.range.end), first_);
  }

  Slot read() {
    read_noun();
    if (first_ > c_.first && !t_.has_gap(first_, semicolon)) read_role();
    if (is_on_top()) slot_.role = SlotRole::change;
    if (!noun_is_event_) read_event_behind();
    const std::uint32_t verb = verb_before();
    if (slot_.event == 0 && verb != none && !t_.is(verb, auxiliary, says)) set_event(verb);
    if (slot_.head == 0 && quantity_.unit == "years old") read_whose_age();
    if (slot_.head == 0) read_measured(verb);
    slot_.people = slot_.people || quantity_.unit == "people" ||
                   ((quantity_.unit.empty() || noun_is_event_) && t_.befalls(slot_.event));
    if (quantity_.unit == "years old") slot_.people = false;
    return slot_;
  }

 private:
  // The first word that ends behind byte `b`.
  std::uint32_t word_from(std::uint32_t b) const {
    const auto& words = t_.document().body.words;
    return static_cast<std::uint32_t>(
        std::upper_bound(words.begin(), words.end(), b,
                         [](std::uint32_t x, const Word& w) { return x < w.source.end; }) -
        words.begin());
  }

  std::uint32_t word_at(std::uint32_t byte) const {
    const std::uint32_t w = word_from(byte);
    return w < t_.document().body.size() && t_.source(w).begin <= byte ? w : none;
  }

  void set_event(std::uint32_t w) {
    slot_.event = t_.event(w);
    slot_.event_word = w;
  }

  bool can_be_event(std::uint32_t w) const {
    return t_.term(w) != 0 && t_.mention(w) == 0 && !t_.counted(w) && !t_.is(w, preposition) &&
           (t_.is_event(w) || (t_.is_finite(w) && !t_.is(w, auxiliary, light, says)));
  }

  void read_noun() {
    const std::uint32_t noun = quantity_.noun.size() != 0 ? word_at(quantity_.noun.begin) : none;
    if (noun == none || noun >= c_.last) return;
    slot_.head = t_.term(noun);
    slot_.people = t_.is(noun, person);
    if (t_.is_event(noun) && t_.term(noun) != 0) {
      set_event(noun);
      noun_is_event_ = true;
    }
    end_ = std::max(end_, noun + 1);
    if (t_.moves(t_.event(noun))) slot_.role = SlotRole::change;  // "a 17% rise"
  }

  // "two more people have died", "another five": on top of what was told before.
  bool is_on_top() const {
    const std::uint32_t next = word_from(quantity_.range.end);
    if (next < c_.last && t_.is(next, adds) && (next + 1 == c_.last || !t_.is(next + 1, than))) return true;
    return first_ > c_.first && t_.is(first_ - 1, adds) && !t_.is(first_ - 1, than);
  }

  // What happens to it: the verb behind it.
  void read_event_behind() {
    for (std::uint32_t w = end_; w < c_.last && w < end_ + reach.behind; ++w) {
      if (t_.has_gap(w, comma | semicolon | colon | quote | dash | bracket) || t_.is(w, conjunction, contrast)) return;
      if (t_.is(w, relative) && w > end_) return;
      if (t_.counted(w) && !t_.dated(w)) return;
      if (t_.is(w, anchors)) return;
      const bool noun_phrase = w > end_ && t_.is(w - 1, determiner, possessive);
      if ((can_be_event(w) && !noun_phrase) || (t_.term(w) != 0 && is_governed(t_, w, end_) && !t_.is(w, light)))
        return set_event(w);
    }
  }

  std::uint32_t verb_before() const {
    std::uint32_t verb = none;
    for (std::uint32_t w = first_; w > c_.first && first_ - w < reach.before; --w) {
      if (t_.has_gap(w, semicolon | quote | bracket)) break;
      if (t_.counted(w - 1) && !t_.dated(w - 1)) break;
      const bool participle = t_.term(w - 1) != 0 && !t_.is(w - 1, preposition) && t_.is(w - 1, ends_participle);
      if (!t_.is_finite(w - 1) && !can_be_event(w - 1) && !participle) continue;
      verb = w - 1;
      if (can_be_event(verb) || participle || !t_.is(verb, auxiliary)) break;
    }
    return verb;
  }

  // What it measures: "its main rate to 4.5%", "shares fell 17%", "a turnout of 61%", "the number of dead had risen to seven".
  void read_measured(std::uint32_t verb) {
    const auto plain = [&](std::uint32_t w) { return t_.term(w) != 0 && t_.mention(w) == 0 && !t_.counted(w); };
    std::uint32_t head = none;
    const std::uint32_t from =
        std::max(verb != none ? verb + 1 : c_.first, first_ > reach.measure ? first_ - reach.measure : 0);
    for (std::uint32_t w = first_; w > from && head == none; --w) {
      if (plain(w - 1) && !t_.is(w - 1, adverb)) head = w - 1;
    }
    for (std::uint32_t w = verb != none ? verb : first_; w > c_.first && head == none && first_ - w < reach.measure;
         --w) {
      if (t_.has_gap(w, semicolon)) break;
      if (plain(w - 1) && !t_.is(w - 1, auxiliary, says, adverb, light)) head = w - 1;
    }
    if (head == none) return;
    slot_.head = t_.term(head);
    if (quantity_.unit.empty() || quantity_.unit == "people") slot_.people = slot_.people || t_.is(head, person);
    if (t_.is_event(head) && (slot_.event == 0 || t_.moves(slot_.event))) set_event(head);
  }

  // "A 4-year-old boy": the age is the boy's.
  void read_whose_age() {
    const std::uint32_t next = word_from(quantity_.range.end);
    const bool noun = next < c_.last && !t_.has_gap(next, any_mark) && t_.term(next) != 0 && t_.mention(next) == 0 &&
                      !t_.counted(next) && !t_.is(next, preposition, conjunction, auxiliary, adverb, relative, says);
    if (noun && !t_.is_finite(next)) slot_.head = t_.term(next);
  }

  // Is a word `n` before the number one of a move: "rose", "up"?
  bool moves_at(std::uint32_t n) const {
    return first_ >= c_.first + n && (t_.moves(t_.event(first_ - n)) || t_.is(first_ - n, directs));
  }

  void read_role() {
    const std::uint32_t before = first_ - 1;
    if (t_.is(t_.phrase(before).first, against) || (t_.is(before, negates) && !t_.is(before, determiner))) {
      slot_.role = SlotRole::previous;  // "vs. 3.1%", "compared with 12", "rather than two", "231 aboard, not 212"
      return;
    }
    for (std::uint32_t n = 2; t_.is(before, leaves) && n <= reach.leaves; ++n) {
      if (!moves_at(n)) continue;
      slot_.role = SlotRole::previous;  // "rose from 3.1% to 4%": but "people from 12 countries"
      return;
    }
    if (slot_.role == SlotRole::value && !is_size()) read_change();
  }

  // "Fell into the 40m shaft": not so far, but a thing of that size.
  bool is_size() const {
    return t_.is(first_ - 1, determiner) && slot_.head != 0 && !claim::measure_of(quantity_.unit).metric.empty();
  }

  // "rose by 17%", "up 3%", "cut 250 jobs".
  void read_change() {
    for (std::uint32_t n = 1; n <= 3 && first_ >= c_.first + n; ++n) {
      const std::uint32_t w = first_ - n;
      if (t_.is(w, reaches)) return;
      if (t_.is(w, agent) && n == 1) {
        for (std::uint32_t k = 2; k <= reach.leaves; ++k) {
          if (moves_at(k)) slot_.role = SlotRole::change;
        }
        return;
      }
      if (moves_at(n)) {
        slot_.role = SlotRole::change;
        return;
      }
      if (!t_.is(w, adverb, preposition, determiner)) return;
    }
  }

  const ClauseText& t_;
  const Clause& c_;
  const Quantity& quantity_;
  Slot slot_;
  std::uint32_t first_ = 0, end_ = 0;
  bool noun_is_event_ = false;
};

}  // namespace

Slot read_slot(const ClauseText& text, const Clause& clause, std::uint32_t quantity) {
  return SlotReader(text, clause, quantity).read();
}

}  // namespace storymerge::claim

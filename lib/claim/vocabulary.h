#pragma once
// What part does an English word play in a clause? And which words of events mean the same event?

#include <cstdint>
#include <string_view>

#include "storymerge/text/stems.h"

namespace storymerge::claim {

// Parts that a word may play; a word may have several.
enum Part : std::uint32_t {
  auxiliary = 1u << 0,   // is, had, would, cannot
  modal = 1u << 1,       // would, may: an auxiliary whose main verb stands in its plain form
  past = 1u << 2,        // an irregular verb in the past: rose, fell, won
  says = 1u << 3,        // said, told, insists: a verb of saying, and little else
  reports = 1u << 4,     // denied, promised, announced: a verb of saying that is news itself
  pronoun = 1u << 5,     // he, it, they: stands for somebody named before
  possessive = 1u << 6,  // his, its, their
  subject = 1u << 7,     // I, we, he, there, this: begins a clause as its subject
  determiner = 1u << 8,  // the, a, this, some
  preposition = 1u << 9,
  conjunction = 1u << 10,  // and, but, or, so
  contrast = 1u << 11,     // while, whereas, although, though
  relative = 1u << 12,     // who, which, whose, where
  negation = 1u << 13,     // not, never, denied, without
  hedge = 1u << 14,        // may, reportedly, alleged
  unreal = 1u << 15,       // if, hopes, should, plans
  light = 1u << 16,        // make, take, give: the noun behind it says what happens
  person = 1u << 17,       // man, passengers, officials: counts people
  adverb = 1u << 18,       // also, later, repeatedly
  event_noun = 1u << 19,   // strike, talks, crash
  masculine = 1u << 20,    // he, his, him
  feminine = 1u << 21,
  plural_pronoun = 1u << 22,  // they, their
};

// Parts of a folded word; 0 for what is not in the list. Complexity: one look-up.
std::uint32_t parts_of(std::string_view folded);

// Words of one event share a term: "killed", "deaths" and "perished"; other words keep their own. `event` of 0 is 0.
Term event_of(Term word);

// Does this event happen to persons, so that its numbers count people: "12 arrests", "four dead"?
bool happens_to_people(Term event);

// Does it tell how a number moves: "rose", "a cut"?
bool moves_a_number(Term event);

// Is the word in the list of events?
bool is_event(Term word);

}  // namespace storymerge::claim

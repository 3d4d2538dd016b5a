#pragma once
// What can a word do? The roles that the tables of the languages give to words and phrases.

#include <array>
#include <cstdint>
#include <string_view>

namespace storymerge::lang {

// ROLE(name, what a word with it does; what its value is, if it has one)
#define STORYMERGE_ROLES(ROLE)                                                                              \
  ROLE(stop, "grammar, saying, days, months: tells no event from another of its kind")                      \
  ROLE(abbr_never_ends, "vs.: in small letters it ends no sentence")                                        \
  ROLE(abbr_before_name, "Mr.: goes before a name")                                                         \
  ROLE(abbr_before_number, "Fig.: goes before a number or a name")                                          \
  ROLE(abbr_number, "No.: goes before a number")                                                            \
  ROLE(abbr_may_end, "Inc.: ends a sentence when what follows begins one")                                  \
  ROLE(starts_sentence, "begins sentences, and hardly ever a name")                                         \
  ROLE(speech, "said: behind the speaker of a question or cry")                                             \
  ROLE(clipped, "em, til: with an apostrophe before it")                                                    \
  ROLE(leads_time, "at, by: stands before a time of day")                                                   \
  ROLE(month, "1 to 12")                                                                                    \
  ROLE(weekday, "0 (Sunday) to 6")                                                                          \
  ROLE(short_weekday, "0 to 6: sat, sun, only with a full stop or where a date is sought")                  \
  ROLE(time_zone, "minutes before Greenwich")                                                               \
  ROLE(american_zone, "minutes before Greenwich in winter; an hour more in summer")                         \
  ROLE(date_link, "of, at, um: strings the parts of a written date together")                               \
  ROLE(furniture, "whole, edge, start, part, end: of a line; sentence, within: of a sentence")              \
  ROLE(page_word, "1 to 3: how much it speaks of the page, the outlet or its offers")                       \
  ROLE(appeal, "subscribe: what pages tell their readers to do")                                            \
  ROLE(page_stop, "too common to tell whether a line speaks of the article's matter")                       \
  ROLE(telling, "was, said: a line with it reports something")                                              \
  ROLE(stamp_word, "updated, at: stands in lines that say when a page was published")                       \
  ROLE(byline_word, "and, staff: stands in lines that say who wrote it")                                    \
  ROLE(opens_heading, "what, how: opens headings inside a text")                                            \
  ROLE(credit_word, "photo, courtesy: stands in the credit of a picture or a report")                       \
  ROLE(newsroom_person, "columnist: what an outlet's own people are")                                       \
  ROLE(auxiliary, "is, had, would, cannot")                                                                 \
  ROLE(modal, "would, may: an auxiliary whose main verb stands in its plain form")                          \
  ROLE(past, "an irregular verb in the past: rose, fell, won")                                              \
  ROLE(light, "make, take, give: the noun behind it says what happens")                                     \
  ROLE(pronoun, "he, it, they: stands for somebody named before")                                           \
  ROLE(possessive, "his, its, their")                                                                       \
  ROLE(subject, "I, we, he, there, this: begins a clause as its subject")                                   \
  ROLE(masculine, "he, his, him")                                                                           \
  ROLE(feminine, "she, her")                                                                                \
  ROLE(plural, "they, their")                                                                               \
  ROLE(determiner, "the, a, this, some")                                                                    \
  ROLE(definite, "the: points to what is known")                                                            \
  ROLE(preposition, "of, in, during")                                                                       \
  ROLE(conjunction, "and, but, or, so")                                                                     \
  ROLE(contrast, "while, whereas, although, though")                                                        \
  ROLE(relative, "who, which, whose, where")                                                                \
  ROLE(adverb, "also, later, repeatedly")                                                                   \
  ROLE(person, "man, passengers, officials: counts people")                                                 \
  ROLE(says, "said, told, insists: a verb of saying, and little else")                                      \
  ROLE(reports, "denied, promised, announced: a verb of saying that is news itself")                        \
  ROLE(negates, "not, never, denied, without")                                                              \
  ROLE(hedges, "may, reportedly, alleged")                                                                  \
  ROLE(unreal, "if, hopes, should, plans")                                                                  \
  ROLE(event, "what happens, by one of the words of its kind: resigned, event=resign")                      \
  ROLE(befalls, "an event that happens to people, so that its numbers count them: arrests, befalls=arrest") \
  ROLE(moves, "an event that moves a number: rose, moves=rise")                                             \
  ROLE(title, "minister, mr: a rank or office that stands before the name of a person")                     \
  ROLE(address, "mr, gen: a title that never stands without a name")                                        \
  ROLE(title_modifier, "prime, deputy: stands before a title")                                              \
  ROLE(occupation, "driver, winger: stands beside the name of a person")                                    \
  ROLE(office_kind, "finance, foreign: tells which of several offices of one title")                        \
  ROLE(name_particle, "von, de, bin: inside a name")                                                        \
  ROLE(opens_place, "bank, port, north: begins the name of a place or body")                                \
  ROLE(before_place, "a preposition before a place without an article, where all nouns have capitals")      \
  ROLE(exonym, "kiev: another name of the place or person, exonym=kyiv")                                    \
  ROLE(rival, "senate, convicted: one of a kind that is told from the others, rival=chamber/senate")

enum class Role : std::uint8_t {
#define STORYMERGE_ROLE(name, what) name,
  STORYMERGE_ROLES(STORYMERGE_ROLE)
#undef STORYMERGE_ROLE
};

// By position of the role: its name in the tables.
inline constexpr auto role_names = std::to_array<std::string_view>({
#define STORYMERGE_ROLE(name, what) #name,
    STORYMERGE_ROLES(STORYMERGE_ROLE)
#undef STORYMERGE_ROLE
});

// A set of roles.
class Roles {
 public:
  constexpr Roles() = default;
  template <class... More>
  constexpr Roles(Role first, More... more) {
    add(first);
    (add(more), ...);
  }

  constexpr void add(Role role) { bits_[word(role)] |= bit(role); }
  constexpr bool has(Role role) const { return (bits_[word(role)] & bit(role)) != 0; }
  constexpr bool any(const Roles& of) const {
    bool found = false;
    for (std::size_t i = 0; i < bits_.size(); ++i) found = found || (bits_[i] & of.bits_[i]) != 0;
    return found;
  }
  constexpr bool empty() const { return *this == Roles(); }
  friend constexpr bool operator==(const Roles&, const Roles&) = default;

 private:
  static constexpr std::size_t word(Role role) { return static_cast<std::size_t>(role) / 64; }
  static constexpr std::uint64_t bit(Role role) { return std::uint64_t{1} << (static_cast<unsigned>(role) % 64); }

  std::array<std::uint64_t, 4> bits_{};
};
static_assert(role_names.size() <= 256);

// Roles for which rows are asked for (Language::with), never words: those of pages, whose language is often not told. A row of
// nothing else is no word of the language.
inline constexpr Roles listed_roles{Role::furniture,   Role::page_word,      Role::appeal,      Role::page_stop,
                                    Role::telling,     Role::stamp_word,     Role::byline_word, Role::opens_heading,
                                    Role::credit_word, Role::newsroom_person};

}  // namespace storymerge::lang

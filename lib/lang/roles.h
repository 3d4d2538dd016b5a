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
  ROLE(holiday, "christmas day, holiday=1225: month and day")                                               \
  ROLE(short_weekday, "0 to 6: sat, sun, only with a full stop or where a date is sought")                  \
  ROLE(time_zone, "minutes before Greenwich")                                                               \
  ROLE(american_zone, "minutes before Greenwich in winter; an hour more in summer")                         \
  ROLE(abbr_of_firm, "Corp.: may end a sentence before any word that is no name")                           \
  ROLE(cries, "Yahoo!: ends no sentence")                                                                   \
  ROLE(names_body, "Marines: behind U.S. part of a name")                                                   \
  ROLE(number, "a number in words")                                                                         \
  ROLE(pronoun_number, "one: a number only before what it counts")                                          \
  ROLE(one_word, "the one of one in ten")                                                                   \
  ROLE(scale, "hundred, million: multiplies what stands before it")                                         \
  ROLE(scale_alone, "cent, mil: a number of its own, too")                                                  \
  ROLE(scale_glued, "m, bn: multiplies figures without a blank")                                            \
  ROLE(scale_capital, "does so only with a capital")                                                        \
  ROLE(scale_money, "does so only of money")                                                                \
  ROLE(dotted, "Mio.: has a full stop behind it")                                                           \
  ROLE(many, "dozens: so many of them, vaguely")                                                            \
  ROLE(many_of, "scores: only before of")                                                                   \
  ROLE(many_twice, "tens: only before another (tens of thousands)")                                         \
  ROLE(collective, "dozen: so many together")                                                               \
  ROLE(collective_of, "pair: only before of")                                                               \
  ROLE(collective_alone, "needs no article")                                                                \
  ROLE(vague, "couple: not exactly so many")                                                                \
  ROLE(several, "a few: some of what multiplies")                                                           \
  ROLE(part, "half, quarter: of a million")                                                                 \
  ROLE(fraction, "third, quarter: a share")                                                                 \
  ROLE(half, "half the, half of: a share")                                                                  \
  ROLE(half_noun, "moitié: a share without more words")                                                     \
  ROLE(ordinal, "fourth: a position")                                                                       \
  ROLE(ordinal_with_noun, "second: a position only before a noun")                                          \
  ROLE(ordinal_suffix, "th: makes a position of figures")                                                   \
  ROLE(ordinal_dot, "of *: a full stop does so")                                                            \
  ROLE(first, "a position of its own kind")                                                                 \
  ROLE(at_least, "more than")                                                                               \
  ROLE(at_most, "up to")                                                                                    \
  ROLE(about, "some")                                                                                       \
  ROLE(almost, "nearly")                                                                                    \
  ROLE(just_over, "a little over")                                                                          \
  ROLE(exactly, "exactly")                                                                                  \
  ROLE(or_more, "behind a number")                                                                          \
  ROLE(or_less, "behind a number")                                                                          \
  ROLE(or_so, "behind a number")                                                                            \
  ROLE(odd, "twenty-odd: up to the next ten")                                                               \
  ROLE(range_to, "between the ends of a range")                                                             \
  ROLE(range_from, "before a range")                                                                        \
  ROLE(between, "before a range")                                                                           \
  ROLE(number_and, "between the parts of a number")                                                         \
  ROLE(joins_tens, "y: between tens and ones")                                                              \
  ROLE(joins_numbers, "of *: numbers are one word; the words of scale in it, largest first")                \
  ROLE(minus, "below zero")                                                                                 \
  ROLE(decimal_mark, "before the decimals")                                                                 \
  ROLE(group_mark, "between groups of three figures; _ is a blank")                                         \
  ROLE(elides, "of *: the language has words that end with an apostrophe")                                  \
  ROLE(elided, "d', l': such a word")                                                                       \
  ROLE(indefinite, "a, an")                                                                                 \
  ROLE(before_noun, "the, its")                                                                             \
  ROLE(of, "of")                                                                                            \
  ROLE(no_noun, "them, which: no noun")                                                                     \
  ROLE(out_of, "so many out of so many")                                                                    \
  ROLE(one_in, "so many in so many")                                                                        \
  ROLE(every, "each one")                                                                                   \
  ROLE(ratio_word, "ratio, odds")                                                                           \
  ROLE(outcome, "wins, votes")                                                                              \
  ROLE(none_of, "no")                                                                                       \
  ROLE(harm, "what nobody suffered")                                                                        \
  ROLE(harm_adjective, "between no and harm")                                                               \
  ROLE(aged, "before an age")                                                                               \
  ROLE(old, "behind years")                                                                                 \
  ROLE(year_word, "year, years")                                                                            \
  ROLE(year_old, "jährig: behind an age")                                                                   \
  ROLE(person_of_age, "a man of 53")                                                                        \
  ROLE(magnitude, "of an earthquake")                                                                       \
  ROLE(label, "the number behind it is a name, when it has a capital")                                      \
  ROLE(label_small, "the number behind it is a name")                                                       \
  ROLE(label_dotted, "No., p.: the number behind it is a name")                                             \
  ROLE(not_before_one, "one behind it is no number")                                                        \
  ROLE(not_after_one, "one before it is no number")                                                         \
  ROLE(changes, "rose, cut: from 4 to 5 behind it are two numbers")                                         \
  ROLE(unit, "of measure; its normal form")                                                                 \
  ROLE(unit_glued, "of measure, directly behind figures; its normal form")                                  \
  ROLE(metric, "so many of the metric unit of its kind")                                                    \
  ROLE(squared, "of a length: its area")                                                                    \
  ROLE(cubed, "of a length: its volume")                                                                    \
  ROLE(speed, "of a length: so far an hour")                                                                \
  ROLE(square_word, "before a length")                                                                      \
  ROLE(cubic_word, "before a length")                                                                       \
  ROLE(hour_letter, "h")                                                                                    \
  ROLE(dimension, "long, deep: 10m before it is a length")                                                  \
  ROLE(percent, "per cent")                                                                                 \
  ROLE(percentage_point, "percentage points")                                                               \
  ROLE(point, "point, behind %")                                                                            \
  ROLE(currency, "its normal form")                                                                         \
  ROLE(weight, "pound: of money, and a weight; its normal form as one")                                     \
  ROLE(weighs, "weighed, heavier: what stands beside it is a weight")                                       \
  ROLE(sum_noun, "fine, population: what sums and millions are said of, never lengths and weights")         \
  ROLE(currency_code, "EUR: stands before figures")                                                         \
  ROLE(currency_prefix, "before a dollar sign; the normal form of both")                                    \
  ROLE(country, "U.S., between a number and its dollars")                                                   \
  ROLE(ends_noun_phrase, "a small word that ends a noun phrase")                                            \
  ROLE(irregular_plural, "plural without its ending")                                                       \
  ROLE(people, "person, people")                                                                            \
  ROLE(state, "dead, injured: counts people")                                                               \
  ROLE(not_counted, "other, serious: no noun, between a number and what it counts")                         \
  ROLE(not_noun, "died, left: no noun, behind a number")                                                    \
  ROLE(nouns_capital, "of *: nouns have a capital")                                                         \
  ROLE(noun_first, "of *: nouns stand before their adjectives")                                             \
  ROLE(month_first, "of *: March 14, 3/14")                                                                 \
  ROLE(calendar_capitals, "of *: months and weekdays have a capital")                                       \
  ROLE(twelve_hours, "of *: the clock is told in halves")                                                   \
  ROLE(month_or_word, "may, march: another word, too")                                                      \
  ROLE(relative_day, "today: so many days from today")                                                      \
  ROLE(small_letters, "morgen: with a capital another word")                                                \
  ROLE(overnight, "from yesterday to today")                                                                \
  ROLE(night_into, "the night before the day behind it")                                                    \
  ROLE(night_from, "the night between two days")                                                            \
  ROLE(early_hours, "of the day behind it")                                                                 \
  ROLE(day_part, "morning: when it begins")                                                                 \
  ROLE(part_of_day, "in the morning: when it begins")                                                       \
  ROLE(which, "last, next: so many weeks, months or years on")                                              \
  ROLE(which_behind, "so, behind its noun")                                                                 \
  ROLE(not_behind_article, "with an article before it something else")                                      \
  ROLE(period, "week, month, year")                                                                         \
  ROLE(week_word, "week")                                                                                   \
  ROLE(reschedules, "postponed: from one day to another behind it are two days")                            \
  ROLE(weekend, "weekend")                                                                                  \
  ROLE(weekend_lead, "before a weekend")                                                                    \
  ROLE(period_end, "the end of this year, month or week")                                                   \
  ROLE(ago, "behind a time")                                                                                \
  ROLE(ago_before, "il y a: before a time")                                                                 \
  ROLE(earlier, "behind a time, from the day named last")                                                   \
  ROLE(later, "behind a time, from the day named last")                                                     \
  ROLE(needs_phrase_end, "only where the phrase ends behind it")                                            \
  ROLE(anchor_day, "the next day: so many days from the day named last")                                    \
  ROLE(ahead_before, "in: before a time, from now")                                                         \
  ROLE(ahead_with_future, "so only when the clause looks ahead")                                            \
  ROLE(decade_suffix, "1990s")                                                                              \
  ROLE(decade_word, "1990er Jahre")                                                                         \
  ROLE(decade_lead, "années 1990")                                                                          \
  ROLE(quarter_letter, "Q3")                                                                                \
  ROLE(quarter_word, "quarter of a year")                                                                   \
  ROLE(leads_month, "before a month")                                                                       \
  ROLE(leads_year, "before a year")                                                                         \
  ROLE(leads_day, "before the 18th")                                                                        \
  ROLE(looks_ahead_at_day, "for the 18th")                                                                  \
  ROLE(not_before_year, "what follows is no year")                                                          \
  ROLE(ends_phrase, "ends a phrase of time")                                                                \
  ROLE(on, "before a day, behind a time")                                                                   \
  ROLE(recurring, "weekdays behind it recur")                                                               \
  ROLE(time_of_day, "noon: minutes of the day")                                                             \
  ROLE(am, "before noon")                                                                                   \
  ROLE(pm, "after noon")                                                                                    \
  ROLE(am_letter, "the a of a.m.")                                                                          \
  ROLE(pm_letter, "the p of p.m.")                                                                          \
  ROLE(m_letter, "the m of a.m.")                                                                           \
  ROLE(half_before, "halb: half an hour before the hour behind it")                                         \
  ROLE(oclock, "behind an hour")                                                                            \
  ROLE(hour_word, "heures: behind an hour that a preposition leads")                                        \
  ROLE(minutes, "minutes past two")                                                                         \
  ROLE(past_hour, "past, behind minutes")                                                                   \
  ROLE(to_hour, "to, behind minutes")                                                                       \
  ROLE(local_time, "local time")                                                                            \
  ROLE(time_word, "time, behind a zone")                                                                    \
  ROLE(leads_time_surely, "at: 17.45 behind it is a time")                                                  \
  ROLE(article_of_hour, "las, before an hour")                                                              \
  ROLE(versus, "behind it no time")                                                                         \
  ROLE(looks_ahead, "until, due: the clause looks ahead")                                                   \
  ROLE(next_word_ahead, "by, directly before a day")                                                        \
  ROLE(future_verb, "will")                                                                                 \
  ROLE(present_verb, "opens: with a day, what is planned")                                                  \
  ROLE(past_verb, "was")                                                                                    \
  ROLE(participle, "held: past, or as its auxiliary says")                                                  \
  ROLE(being, "is, be: auxiliary of the passive")                                                           \
  ROLE(perfect, "has: auxiliary of the past")                                                               \
  ROLE(infinitive, "to")                                                                                    \
  ROLE(past_ending, "of *: the ending of verbs in the past")                                                \
  ROLE(future_ending, "of *: the ending of verbs in the future")                                            \
  ROLE(participle_ending, "of *: the ending of participles")                                                \
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
  ROLE(presents_person, "is, writes: between the name of a newsroom person and what they are")              \
  ROLE(reader_word, "you, your: speaks to the reader")                                                      \
  ROLE(our_word, "we, our: speaks of the outlet")                                                           \
  ROLE(present_be, "is, are: what stands behind it may be no event")                                        \
  ROLE(infinitive_be, "be: so, too")                                                                        \
  ROLE(each_one, "per, every: before how often something comes")                                            \
  ROLE(how_often, "week, morning: behind per or every")                                                     \
  ROLE(span_of_time, "week, months: how long an offer lasts")                                               \
  ROLE(page_itself, "this, the page: opens a line about the page")                                          \
  ROLE(page_money, "dollar, cent: begins what a price is told in")                                          \
  ROLE(opens_byline, "by, von: before who wrote it; =colon, only with one; =capital, only with one")        \
  ROLE(opens_stamp, "posted, updated: before when a page was published")                                    \
  ROLE(names_page, "what we know: in a headline that names its page instead of the news")                   \
  ROLE(opposite, "rise, fall: one side of a pair, opposite=more+, opposite=more-")                          \
  ROLE(abbr_letters, "Ph.D.: short for several words, of longer parts than one letter")                     \
  ROLE(abbr_any_case, "al., plc: ends no sentence before a capital, in small letters, too")                 \
  ROLE(corrects, "an earlier version, misstated: opens a notice that takes something back")                 \
  ROLE(outlet, "reuters, bbc: an outlet that others credit, in whatever country")                           \
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
  ROLE(negates, "not, never")                                                                               \
  ROLE(hedges, "reportedly")                                                                                \
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
  ROLE(rival, "senate, convicted: one of a kind that is told from the others, rival=chamber/senate")        \
  ROLE(be, "is, was, been")                                                                                 \
  ROLE(complement, "that, whether: begins what is said")                                                    \
  ROLE(links_noun, "of, for, at: goes on with a noun phrase")                                               \
  ROLE(agent, "by: goes before who does what is done")                                                      \
  ROLE(and_, "and")                                                                                         \
  ROLE(as_, "as: what is said goes on behind it")                                                           \
  ROLE(adversative, "but")                                                                                  \
  ROLE(concedes, "although, whereas: begins a clause without a comma, too")                                 \
  ROLE(subordinates, "because, when: begins a clause that hangs on another")                                \
  ROLE(unnamed, "one, some, we: no name or description of anybody")                                         \
  ROLE(demonstrative, "this, those")                                                                        \
  ROLE(nonfinite, "being, been: makes no clause")                                                           \
  ROLE(brackets, "an auxiliary whose main verb stands at the end of the clause: hat … gesperrt")            \
  ROLE(ends_past, "an ending of verbs in the past: -ed")                                                    \
  ROLE(ends_present, "an ending of verbs in the present: -s")                                               \
  ROLE(ends_participle, "an ending of participles that need no auxiliary: -ing")                            \
  ROLE(ends_infinitive, "an ending of infinitives: -er")                                                    \
  ROLE(perfect_infinitive, "sein: with a modal, what has happened: soll geflohen sein")                     \
  ROLE(ends_noun, "an ending that no verb in the present has: -ss")                                         \
  ROLE(ends_adverb, "an ending of adverbs: -ly")                                                            \
  ROLE(may_say, "added, found: says something only where the words said stand beside it")                   \
  ROLE(tells, "told, warned: the listener is named")                                                        \
  ROLE(asks, "asked, reads: says something only with a quotation beside it")                                \
  ROLE(calls, "called: what is said stands in quotation marks behind it")                                   \
  ROLE(thinks, "believe: what is not thought is denied")                                                    \
  ROLE(cites, "according to: goes before the speaker")                                                      \
  ROLE(cites_aside, "so: goes before the speaker, behind a comma")                                          \
  ROLE(cites_quotation, "pour: goes before the speaker, when a quotation follows")                          \
  ROLE(cites_passive, "quoted, cited: is quoted as saying")                                                 \
  ROLE(goes_on, "continued to: says what the verb behind it says")                                          \
  ROLE(denies, "denied, failed to: what depends on it did not happen")                                      \
  ROLE(affirms, "not only, could be seen: looks like a negation or a hedge and is none")                    \
  ROLE(ends_wait, "until: behind a negation the day on which it does happen")                               \
  ROLE(half_negates, "ne: denies alone or with pas behind it, but not with que")                            \
  ROLE(drops, "scrapped: the plan behind it was not carried out")                                           \
  ROLE(hedges_noun, "alleged: makes the noun behind it hearsay")                                            \
  ROLE(hedges_verb, "seems to: makes what depends on it hearsay")                                           \
  ROLE(supposed, "believed: with an auxiliary before it, what depends on it is hearsay")                    \
  ROLE(possible, "may, perhaps")                                                                            \
  ROLE(or_cause, "due: with an event as its subject it tells a cause")                                      \
  ROLE(denies_with, "schloss … aus: denies with its other part at the end of the clause, denies_with=aus")  \
  ROLE(clitic, "se: stands between a negation and its verb")                                                \
  ROLE(hinders, "prevented: from what a participle behind it tells")                                        \
  ROLE(planned, "will, plans to")                                                                           \
  ROLE(expectation, "forecast, target, required: the number beside it is what should be, not what is")      \
  ROLE(conditional, "if, unless")                                                                           \
  ROLE(conditional_first, "should, had: at the start of a sentence, if")                                    \
  ROLE(ability, "could: with not, was not able to")                                                         \
  ROLE(anchors, "after, since: what follows is another event")                                              \
  ROLE(adds, "more, another: on top of a number told before")                                               \
  ROLE(than, "than")                                                                                        \
  ROLE(against, "vs., rather than: goes before an earlier or other value")                                  \
  ROLE(leaves, "from: may go before an earlier value")                                                      \
  ROLE(reaches, "to, at: goes before the value reached")                                                    \
  ROLE(directs, "up, down: tells how a number moves")                                                       \
  ROLE(given_name, "Ana, Will: the first name of a person")                                                 \
  ROLE(outlet_word, "Courier, Times: ends the name of an outlet")                                           \
  ROLE(outlet_noun, "newspaper, agency: with the, an outlet named before")                                  \
  ROLE(body_noun, "agency, regulator: what bodies that are no outlets are called")                          \
  ROLE(introduces_outlet, "to, with: told to the BBC, in an interview with it")                             \
  ROLE(nickname, "billy: a short given name, nickname=william")                                             \
  ROLE(generation, "jr: tells a son from his father")                                                       \
  ROLE(ends_body, "house, party: ends the name of a place, body or thing, and is no family name")           \
  ROLE(cites_behind, "zufolge: goes behind the speaker")                                                    \
  ROLE(links_body, "of: inside the name of a body, Bank of Norland")                                        \
  ROLE(street, "lane: ends the name of a street, whose house numbers count nothing")                        \
  ROLE(ends_demonym, "an ending that makes a people of a country: -ian")

enum class Role : std::uint16_t {
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
  constexpr void add(const Roles& more) {
    for (std::size_t i = 0; i < bits_.size(); ++i) bits_[i] |= more.bits_[i];
  }
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

  std::array<std::uint64_t, 5> bits_{};
};
static_assert(role_names.size() <= 320);

// What words say of a page, whose language is often not told: looked up in all languages at once (text/page_words.h).
inline constexpr Roles page_roles{Role::appeal,          Role::page_stop,     Role::telling,     Role::stamp_word,
                                  Role::byline_word,     Role::opens_heading, Role::credit_word, Role::newsroom_person,
                                  Role::presents_person, Role::reader_word,   Role::our_word,    Role::present_be,
                                  Role::infinitive_be,   Role::each_one,      Role::how_often,   Role::span_of_time,
                                  Role::page_itself,     Role::opens_byline};

// Roles for which rows are asked for (Language::with), never words. A row of nothing else is no word of the language.
inline constexpr Roles listed_roles = [] {
  Roles out = page_roles;
  for (const Role role :
       {Role::furniture, Role::page_word, Role::page_money, Role::opens_stamp, Role::names_page, Role::opposite})
    out.add(role);
  return out;
}();

}  // namespace storymerge::lang

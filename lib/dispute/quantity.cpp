#include <algorithm>
#include <chrono>
#include <cmath>

#include "claim/measures.h"
#include "dispute/kinds.h"
#include "lang/language.h"

namespace storymerge::dispute {
namespace {

// Tuned on gold/real, with an eye on gold/dev.
constexpr struct {
  double apart = 0.04;         // share of the larger from which values differ; less may be another rounding
  double decimals = 1e-4;      // last place looked at
  std::int32_t days = 14;      // between the days that two sentences give: more are of other matters
  std::int32_t long_ago = 60;  // days before the report
  double ratio = 2;            // of the larger to the smaller, at most, unless more than the noun is the same
  double ratio_of_one = 10;    // the same where each article gives one value only
  double likely = 0.5;         // probability of one matter, unless each article gives one value only
  double only_likely = 0.25;   // probability of one matter where each article gives one value only
  double some = 0.2;           // words in common from which that is enough
  double sure = 0.7;           // the same where the noun is not told
  double alike = 0.75;         // words in common from which two sentences are all but the same
  double copy = 0.9;           // the same, whatever the probability
  double told_alike = 0.3;     // words in common of two sentences that each give one number of a unit, …
  double told_likely = 0.3;    // probability of one matter, …
  double told_ratio = 3;       // of the larger to the smaller, at most
  std::size_t values = 2;      // of one thing in an article, at most: more is a list of many such things
  std::size_t people = 3;      // the same of people to whom the same happens
  double sum = 1000;           // from which a number is one that a report gives once
  double few = 3;              // up to here a count is of parts of something: "two of the three boosters"
  double beside_ratio = 2.5;   // of the larger to the smaller of two numbers that an article sets side by side, at most
  double beside_apart = 0.01;  // and the share of the larger from which they differ
  std::int32_t period = 27;    // days of a month, at least: what two such days tell of are other periods
  double rate = 3;             // of a total to a rate, at least: less is one told without its "a year"
  std::size_t numbers = 8;     // in a sentence, at most: more is a table
  std::size_t phrase = 60;     // bytes of the words that say what a number counts, at most
} rule;

bool is_age(const Number& n) { return n.unit == "years old"; }

bool disjoint(const Number& x, const Number& y) { return x.high < y.low || y.high < x.low; }

// As what holds: "231, not 212" does not give 212.
bool gives(const Frame& frame, const Number& x) {
  return std::any_of(frame.numbers.begin(), frame.numbers.end(),
                     [&](const Number& y) { return y.slot.role != SlotRole::previous && !disjoint(x, y); });
}

// "Thousands", "tens of millions": as much a manner of speaking as a number.
bool is_vague(const Context& context, const Frame& frame, const Number& n) {
  if (n.high >= 3 * n.low) return true;
  const std::string text = context.text(frame, n.range);
  const bool digits = std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return !digits && n.value >= 100 && std::log10(n.value) == std::floor(std::log10(n.value));
}

bool usable(const Number& n) {
  return !n.ordinal && !n.label && n.slot.role != SlotRole::previous && n.unit != "score";
}

// "Jonas Eberle, 34", "Jonas Eberle (34)": whose age it is, the name right before a number of nothing else.
std::optional<std::uint32_t> owner(const Context& context, const Frame& frame, const Number& n) {
  constexpr std::uint32_t longest = 3;  // bytes between the two: "Holm Jr., 38"
  if (n.unit.empty() || n.noun.size() != 0) return std::nullopt;
  for (const FullName& name : frame.names) {
    if (name.range.end < n.range.begin && n.range.begin - name.range.end <= longest &&
        (context.text(frame, {name.range.end, n.range.begin}).ends_with(", ") ||
         context.text(frame, {name.range.end, n.range.begin}) == " ("))
      return name.name;
  }
  return std::nullopt;
}

// "the 34-year-old Jonas Eberle", "a 34-year-old swimmer, Jonas Eberle, drowned": the name that stands beside an age.
std::optional<std::uint32_t> owner_behind(const Context& context, const Frame& frame, const Number& n) {
  constexpr std::uint32_t longest = 40;  // bytes between the two
  for (const FullName& name : frame.names) {
    if (name.range.begin <= n.range.end) continue;
    const std::string between = context.text(frame, {n.range.end, name.range.begin});
    const bool apart = std::count(between.begin(), between.end(), ',') > 1 ||
                       between.find_first_of(".;:()\"") != std::string::npos || between.size() > longest;
    if (apart) return std::nullopt;
    const std::string behind = context.text(frame, {name.range.end, std::max(name.range.end, frame.span.end)});
    if (between == " " || (between.ends_with(", ") && (behind.starts_with(',') || behind.starts_with('.'))))
      return name.name;
    return std::nullopt;
  }
  return std::nullopt;
}

// Calls `each(word, term)` for what a number counts and the words between that mean something: "bipartisan", "infrastructure",
// "plan" in "a $1bn bipartisan infrastructure plan".
template <class Each>
void for_described(const Context& context, const Frame& frame, const Number& n, Each each) {
  const Document& d = context.document(frame);
  const auto& words = d.body.words;
  auto w =
      std::partition_point(words.begin(), words.end(), [&](const Word& x) { return x.source.begin < n.range.end; });
  for (; w != words.end() && w->source.begin < n.noun.end && w->source.end - n.range.end <= rule.phrase; ++w) {
    const Term term = d.body_terms[static_cast<std::size_t>(w - words.begin())];
    if (term != 0) each(*w, term);
  }
}

// Do both count one thing: by its noun, or, of money and measures, by a word that describes it? "10m-high wave", "16 metres high"
bool count_one_thing(const Context& context, const Frame& a, const Number& x, const Frame& b, const Number& y) {
  const bool unit = x.unit == y.unit;
  if (x.slot.head == 0 || y.slot.head == 0) return false;
  if (x.slot.head == y.slot.head) return unit || (x.slot.people && y.slot.people);
  if (!unit || context.text(a, x.noun) == x.unit) return false;
  bool shared = false;
  for_described(context, a, x, [&](const Word&, Term s) {
    for_described(context, b, y, [&](const Word&, Term t) { shared = shared || s == t; });
  });
  return shared;
}

// Place value of the last digit that is not 0: 100 for 1,200, 0.1 for 4.5.
double last_place(double value) {
  if (value == 0) return 1;
  double place = std::pow(10, std::floor(std::log10(std::abs(value))));
  while (place > rule.decimals && std::abs(value / place - std::round(value / place)) > 1e-6) place /= 10;
  return place;
}

// "Some 1,200" of 1,187, "$43 million" of $43,885,310: one of the two rounds, or leaves figures out.
bool is_rounding(double low, double high) {
  if (high - low >= rule.apart * high) return false;
  return high - low <= std::max(last_place(low), last_place(high)) / 2 ||
         std::floor(high / last_place(low)) * last_place(low) == low;
}

// "More than $3 billion" of $3.2 billion: the bound is the number with its last figures left out. Of people who are counted
// while they are found it is an earlier count.
bool holds(const Number& bound, const Number& n) {
  if (!(bound.least || bound.most) || (bound.slot.people && n.slot.people)) return false;
  const double place = last_place(bound.value), parts = n.value / place;
  return (bound.least ? std::floor(parts) : std::ceil(parts)) * place == bound.value;
}

// A count of so few is of parts of something; a measure may be as small.
bool counts_few(const Number& x, const Number& y) {
  const double high = std::max(std::abs(x.value), std::abs(y.value));
  return high <= rule.few && x.value == std::round(x.value) && y.value == std::round(y.value);
}

// "In 2019 a fire killed 12": of what was long ago when it was told.
bool tells_of_long_ago(const Frame& frame) {
  if (!frame.published) return false;
  const auto told = std::chrono::floor<std::chrono::days>(*frame.published).time_since_epoch().count();
  return std::any_of(frame.days.begin(), frame.days.end(),
                     [&](const Day& d) { return d.last + rule.long_ago < static_cast<std::int64_t>(told); });
}

// Only one tells of what was long ago, or all days of one are far from all of the other, or of another month, quarter or year.
bool of_other_days(const Frame& a, const Frame& b) {
  if (tells_of_long_ago(a) != tells_of_long_ago(b)) return true;
  const auto near = [](const Day& x, const Day& y) {
    const bool periods = x.last - x.first >= rule.period && y.last - y.first >= rule.period;
    const std::int32_t days = periods ? 0 : rule.days;
    return x.first <= y.last + days && y.first <= x.last + days;
  };
  return !a.days.empty() && !b.days.empty() && std::none_of(a.days.begin(), a.days.end(), [&](const Day& x) {
    return std::any_of(b.days.begin(), b.days.end(), [&](const Day& y) { return near(x, y); });
  });
}

bool is_only_one_in(const Frame& frame, const Number& number) {
  return std::none_of(frame.numbers.begin(), frame.numbers.end(),
                      [&](const Number& n) { return &n != &number && n.unit == number.unit; });
}

// "The florin fell 0.3% against the dollar", "by the close it had lost 0.7%": in much the same words each sentence gives one
// number of a unit, as a value or as a change.
bool stand_in_one_place(const Context& context, const Frame& a, const Number& x, const Frame& b, const Number& y,
                        double probability) {
  const double low = std::min(std::abs(x.value), std::abs(y.value)),
               high = std::max(std::abs(x.value), std::abs(y.value));
  const bool one_thing = x.slot.head != 0 && x.slot.head == y.slot.head;
  if (x.unit != y.unit || (x.unit.empty() && !one_thing) || is_age(x)) return false;
  if (x.noun.size() != 0 && y.noun.size() != 0 && !count_one_thing(context, a, x, b, y)) return false;
  if (probability < rule.told_likely || counts_few(x, y) || high > rule.told_ratio * low) return false;
  return is_only_one_in(a, x) && is_only_one_in(b, y) && shared_words(a.terms, b.terms) >= rule.told_alike &&
         std::max(context.values_in(a.span.article, x), context.values_in(b.span.article, y)) <= rule.people &&
         !is_vague(context, a, x) && !is_vague(context, b, y);
}

// In the metric unit of its kind.
Number converted(Number n, claim::Measure measure) {
  n.low *= measure.scale, n.high *= measure.scale, n.value *= measure.scale;
  n.unit = measure.metric;
  return n;
}

// Are the two values of one thing, told of one matter?
bool rivals(const Context& context, const Frame& a, const Number& x, const Frame& b, const Number& y,
            double probability) {
  if (x.unit != y.unit) {
    const claim::Measure of_x = claim::measure_of(x.unit), of_y = claim::measure_of(y.unit);
    if (!of_x.metric.empty() && of_x.metric == of_y.metric)
      return !claim::may_be_one(x.value, of_x, y.value, of_y) &&
             rivals(context, a, converted(x, of_x), b, converted(y, of_y), probability);
  }
  if (!usable(x) || !usable(y)) return false;
  const double low = std::min(std::abs(x.value), std::abs(y.value)),
               high = std::max(std::abs(x.value), std::abs(y.value));
  if (low == high || is_rounding(low, high) || holds(x, y) || holds(y, x)) return false;
  if (x.expected != y.expected || (x.rate != y.rate && high >= rule.rate * low)) return false;
  const std::optional<std::uint32_t> first = owner(context, a, x), second = owner(context, b, y);
  if (x.unit == y.unit && (first || second)) {
    const auto owner_of_x = first || !is_age(x) ? first : owner_behind(context, a, x),
               owner_of_y = second || !is_age(y) ? second : owner_behind(context, b, y);
    return owner_of_x == owner_of_y && x.slot.role == y.slot.role;
  }
  if (stand_in_one_place(context, a, x, b, y, probability)) return true;
  if (x.slot.role != y.slot.role) return false;
  const double words = shared_words(a.terms, b.terms);
  if ((is_vague(context, a, x) || is_vague(context, b, y)) && words < rule.alike) return false;
  const bool unit = x.unit == y.unit;
  const bool head = count_one_thing(context, a, x, b, y);
  const bool event = x.slot.event != 0 && x.slot.event == y.slot.event;
  const bool other_event = x.slot.event != 0 && y.slot.event != 0 && !event;
  const std::size_t values = std::max(context.values_in(a.span.article, x), context.values_in(b.span.article, y));
  if (head && values == 1 && high > rule.few && high <= rule.ratio_of_one * low &&
      (event || (words >= rule.some && !other_event)) && probability >= rule.only_likely) {
    return true;
  }
  if (probability >= rule.likely && high > rule.few && head && values <= rule.values &&
      (event || high <= rule.ratio * low))
    return true;
  if (x.slot.people && y.slot.people && event &&
      std::max(context.people_in(a.span.article, x), context.people_in(b.span.article, y)) <= rule.people)
    return true;
  // What each article gives one number of: "daler", 5 million crowns, "years old".
  const bool other_head = x.slot.head != 0 && y.slot.head != 0 && !head;
  const bool other_noun = other_head && x.noun.size() != 0 && y.noun.size() != 0;
  const bool only = unit && !x.unit.empty() && !other_noun && high > rule.few &&
                    context.is_only_value(a.span.article, x) && context.is_only_value(b.span.article, y) &&
                    high <= rule.ratio * low;
  if (only && (low >= rule.sum || (context.text(a, x.noun) == x.unit && context.text(b, y.noun) == y.unit)))
    return true;
  if (only && x.slot.head == 0 && y.slot.head == 0 && probability >= rule.sure) return true;
  return (probability >= rule.likely || words >= rule.copy) && unit && !other_head && words >= rule.alike;
}

// What a number counts, with the words that describe it, and what happens to it: "people killed".
std::string about(const Context& context, const Frame& frame, const Number& n) {
  std::string out = n.noun.size() != 0 ? context.text(frame, n.noun) : std::string();
  const bool counted = out.empty() || n.slot.people || n.unit == out;
  std::uint32_t begin = n.noun.begin;
  for_described(context, frame, n, [&](const Word& word, Term) { begin = std::min(begin, word.source.begin); });
  if (!out.empty()) out = context.text(frame, {begin, n.noun.end});
  if (n.slot.event_word && counted) {
    const ByteRange word = context.document(frame).body.words[*n.slot.event_word].source;
    const bool apart = word.begin >= n.noun.end || word.end <= n.noun.begin;
    if (apart) out += (out.empty() ? "" : " ") + context.text(frame, word);
  }
  return out.empty() || is_age(n) ? std::string(n.unit) : out;
}

// What moves, and how quickly a later value overtakes an earlier one.
Moves moves(const Number& x, const Number& y) {
  if (x.slot.people && y.slot.people) return Moves::at_once;
  return !is_age(x) && x.low == x.high && y.low == y.high ? Moves::in_time : Moves::never;
}

// "61' – A free kick": a label before what is told.
bool is_label(const Frame& frame, const Number& n) { return n.range.begin == frame.span.begin; }

// "Arrived at 6.2.", "about 51,000 had got in": the word behind is none that is counted; not "18 of them", "58 who", "six..."
bool stands_alone(const Context& context, const Frame& frame, const Number& n) {
  const std::string behind = context.text(frame, {n.range.end, std::max(n.range.end, frame.span.end)});
  if (behind.empty() || std::string_view(".,;:!?)").find(behind.front()) != std::string_view::npos)
    return !behind.starts_with("..");
  const Document& d = context.document(frame);
  const auto& words = d.body.words;
  const auto next =
      std::partition_point(words.begin(), words.end(), [&](const Word& w) { return w.source.begin < n.range.end; });
  if (next == words.end() || next->source.begin >= frame.span.end) return true;
  const auto at = static_cast<std::size_t>(next - words.begin());
  const lang::Roles roles = lang::Language::of(d.language).roles(d.body[at]);
  return d.body_terms[at] == 0 && !roles.has(lang::Role::of) && !roles.has(lang::Role::relative);
}

}  // namespace

std::optional<Beside> set_beside(const Context& context, const Frame& told, const Frame& next) {
  if (next.numbers.size() != 1) return std::nullopt;
  const Number& y = next.numbers.front();
  if (!usable(y) || !y.unit.empty() || y.noun.size() != 0 || is_label(next, y) || !stands_alone(context, next, y))
    return std::nullopt;
  std::optional<Beside> best;
  double least = rule.beside_ratio;
  for (std::uint32_t k = 0; k < told.numbers.size(); ++k) {
    const Number& x = told.numbers[k];
    const double low = std::min(x.value, y.value), high = std::max(x.value, y.value);
    if (!usable(x) || is_age(x) || x.expected != y.expected || is_label(told, x) || low <= 0 ||
        high - low < rule.beside_apart * high)
      continue;
    if (high > least * low) continue;
    least = high / low;
    best = {k, 0};
  }
  return best;
}

std::optional<Difference> repeat_difference(const Context& context, const Frame& other, const Frame& told,
                                            const Frame& next, Beside beside) {
  const Number &x = told.numbers[beside.told], &y = next.numbers[beside.next];
  for (const Number& z : other.numbers) {
    if (z.value != x.value || z.slot.role == SlotRole::previous || is_age(z) || gives(other, y)) continue;
    return Difference{{context.text(other, z.range), z.low, z.high},
                      {context.text(next, y.range), y.low, y.high},
                      about(context, other, z),
                      Moves::never};
  }
  return std::nullopt;
}

std::optional<Difference> differ_in_quantity(const Context& context, const Frame& a, const Frame& b,
                                             double probability) {
  if (a.numbers.size() > rule.numbers || b.numbers.size() > rule.numbers || of_other_days(a, b)) return std::nullopt;
  for (const Number& x : a.numbers) {
    if (gives(b, x)) continue;
    for (const Number& y : b.numbers) {
      if (gives(a, y) || !rivals(context, a, x, b, y, probability)) continue;
      return Difference{{context.text(a, x.range), x.low, x.high},
                        {context.text(b, y.range), y.low, y.high},
                        about(context, a, x),
                        moves(x, y)};
    }
  }
  return std::nullopt;
}

}  // namespace storymerge::dispute

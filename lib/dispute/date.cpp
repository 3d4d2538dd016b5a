#include <algorithm>
#include <chrono>

#include "dispute/kinds.h"
#include "text/page_words.h"

namespace storymerge::dispute {
namespace {

// Tuned on gold/real and gold/dev.
constexpr struct {
  double alike = 0.6;        // words in common, at least
  double same = 0.75;        // the same where no predicate is shared
  double clause = 0.5;       // the same of the two clauses
  std::size_t days = 2;      // in a sentence, at most
  std::size_t numbers = 8;   // the same: more is a table
  std::int32_t longest = 7;  // days that a mention spans, at most, to be days
  double sure = 0.8;         // probability of one matter, from which two days of the calendar are of one thing
  double likely = 0.5;       // the same of days that lie ahead, …
  double planned = 0.3;      // with so many words in common
} rule;

const claim::Act* shared_action(const Frame& a, const Frame& b) {
  for (const claim::Act& x : a.acts) {
    for (const claim::Act& y : b.acts) {
      if (x.predicate != 0 && x.predicate == y.predicate && shared_words(x.terms, y.terms) >= rule.clause) return &x;
    }
  }
  return nullptr;
}

bool has_digit(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "Oct. 13": a day of the calendar, by its number.
bool is_numbered(const Context& context, const Frame& frame, const Day& day) {
  return day.first == day.last && !day.mention->minute_of_day && has_digit(context.text(frame, day.range));
}

// How finely a mention says when: only two that are as fine as each other are rivals.
enum class Granularity : std::uint8_t { days, month, year, other };

Granularity granularity_of(const DateMention& m) {
  if (!m.from || !m.to) return Granularity::other;
  const auto days = (*m.to - *m.from).count() + 1;
  if (days <= rule.longest) return Granularity::days;
  if (days >= 28 && days <= 31) return Granularity::month;
  return days >= 365 ? Granularity::year : Granularity::other;
}

// "In this undated photo released on 23 August": the day of a picture is that of no other.
bool shows_a_picture(const Context& context, const Frame& frame) {
  const Document& d = context.document(frame);
  const auto& words = d.body.words;
  auto w = std::partition_point(words.begin(), words.end(),
                                [&](const Word& x) { return x.source.begin < frame.span.begin; });
  for (; w != words.end() && w->source.begin < frame.span.end; ++w) {
    if (lexicon().is(d.body[static_cast<std::size_t>(w - words.begin())], lang::Role::credit_word)) return true;
  }
  return false;
}

// "Saturday's crash" names something by its day, and "tomorrow" within a quotation counts from when it was said.
bool is_of_something_else(const Context& context, const Frame& frame, ByteRange day) {
  const std::string text = context.text(frame, day);
  if (text.ends_with("'s") || text.ends_with("\u2019s")) return true;
  const auto& quotations = context.document(frame).quotations;
  const auto quotation = std::partition_point(quotations.begin(), quotations.end(),
                                              [&](const ByteRange& q) { return q.end <= day.begin; });
  return quotation != quotations.end() && quotation->begin <= day.begin && !has_digit(text);
}

bool usable(const Context& context, const Frame& frame) {
  const auto tells_when = [&](const Day& d) {
    const Granularity granularity = granularity_of(*d.mention);
    return (granularity == Granularity::days || granularity == Granularity::year) &&
           !is_of_something_else(context, frame, d.range);
  };
  return !frame.days.empty() && frame.days.size() <= rule.days &&
         std::all_of(frame.days.begin(), frame.days.end(), tells_when);
}

// After its own report: a plan.
bool lies_ahead(const Frame& frame, const DateMention& day) {
  return frame.published && day.from && *day.from > std::chrono::floor<std::chrono::days>(*frame.published);
}

// Each sentence gives one day, and those are of one plan, or of the calendar. What happened on other weekdays is mostly other
// news.
bool is_one_day_of_each(const Context& context, const Frame& a, const Frame& b, double probability) {
  if (a.days.size() != 1 || b.days.size() != 1) return false;
  const Day &x = a.days.front(), &y = b.days.front();
  if (probability >= rule.sure && is_numbered(context, a, x) && is_numbered(context, b, y)) return true;
  return probability >= rule.likely && lies_ahead(a, *x.mention) && lies_ahead(b, *y.mention) &&
         shared_words(a.terms, b.terms) >= rule.planned;
}

Value value_of(const Context& context, const Frame& frame, const DateMention& m, bool clock) {
  if (clock) {
    const double minute = *m.minute_of_day;
    return {context.text(frame, m.range), minute, minute};
  }
  return {context.text(frame, m.range), static_cast<double>(m.from->time_since_epoch().count()),
          static_cast<double>(m.to->time_since_epoch().count())};
}

std::optional<Difference> difference(const Context& context, const Frame& a, const DateMention& x, const Frame& b,
                                     const DateMention& y, const claim::Act* action) {
  const bool one_day = !x.from || !y.from || may_be_one_day(x, y);
  const bool clocks = one_day && x.minute_of_day && y.minute_of_day;
  const Granularity granularity = granularity_of(x);
  if (!clocks && (granularity == Granularity::other || granularity != granularity_of(y))) return std::nullopt;
  Value of_a = value_of(context, a, x, clocks), of_b = value_of(context, b, y, clocks);
  if (of_a.text == of_b.text) return std::nullopt;  // "this year": one of the two is dated wrongly
  const bool names_year = of_a.text.size() == 4 && of_b.text.size() == 4;
  if (!clocks && granularity == Granularity::year && !names_year) return std::nullopt;  // "42 years ago" is no year
  return Difference{std::move(of_a), std::move(of_b),
                    action == nullptr || action->predicate == 0 ? std::string() : context.word(a, action->at),
                    lies_ahead(a, x) && lies_ahead(b, y) ? Moves::in_time : Moves::never};
}

// "2,110 arrests in July", "1,780 in June": other numbers of other days are no rivals, nor are those of a table.
bool count_the_same(const Frame& a, const Frame& b) {
  if (std::max(a.numbers.size(), b.numbers.size()) > rule.numbers) return false;
  return a.numbers.empty() || b.numbers.empty() ||
         std::any_of(a.numbers.begin(), a.numbers.end(), [&](const Number& x) {
           return std::any_of(b.numbers.begin(), b.numbers.end(), [&](const Number& y) { return x.value == y.value; });
         });
}

// One clause of each tells one thing, and gives another day or time.
std::optional<Difference> differ_in_one_clause(const Context& context, const Frame& a, const Frame& b) {
  if (!count_the_same(a, b)) return std::nullopt;
  for (const claim::Act& x : a.acts) {
    for (const claim::Act& y : b.acts) {
      if (x.days.size() > rule.days || y.days.size() > rule.days) continue;
      const claim::Contrast contrast = claim::find_contrast(x, y);
      if (contrast.kind != claim::Contrast::day || contrast.alike < rule.clause) continue;
      const auto [p, q] = claim::rival_days(x, y);
      if (is_of_something_else(context, a, p->mention.range) || is_of_something_else(context, b, q->mention.range))
        continue;
      if (auto out = difference(context, a, p->mention, b, q->mention, &x)) return out;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Difference> differ_in_date(const Context& context, const Frame& a, const Frame& b, double probability) {
  if (shows_a_picture(context, a) || shows_a_picture(context, b)) return std::nullopt;
  if (auto out = differ_in_one_clause(context, a, b)) return out;
  if (!usable(context, a) || !usable(context, b)) return std::nullopt;
  const double words = shared_words(a.terms, b.terms);
  const bool each = is_one_day_of_each(context, a, b, probability);
  if (words < rule.alike && !each) return std::nullopt;
  for (const Day& x : a.days) {
    for (const Day& y : b.days) {
      if (may_be_one_day(*x.mention, *y.mention)) return std::nullopt;
    }
  }
  const claim::Act* action = shared_action(a, b);
  if (action == nullptr && words < rule.same && !each) return std::nullopt;
  return difference(context, a, *a.days.front().mention, b, *b.days.front().mention, action);
}

}  // namespace storymerge::dispute

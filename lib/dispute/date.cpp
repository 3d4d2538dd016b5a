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
  std::int32_t longest = 7;  // days that a mention spans, at most …
  std::int32_t year = 364;   // … unless it is a year
  double sure = 0.8;         // probability of one matter, from which two days of the calendar are of one thing
  double likely = 0.5;       // the same of days that lie ahead, …
  double planned = 0.3;      // with so many words in common
} rule;

bool meet(const Day& x, const Day& y) { return may_be_one_day(*x.mention, *y.mention); }

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
bool is_of_something_else(const Context& context, const Frame& frame, const Day& day) {
  const std::string text = context.text(frame, day.range);
  if (text.ends_with("'s") || text.ends_with("\u2019s")) return true;
  const auto& quotations = context.document(frame).quotations;
  const auto quotation = std::partition_point(quotations.begin(), quotations.end(),
                                              [&](const ByteRange& q) { return q.end <= day.range.begin; });
  return quotation != quotations.end() && quotation->begin <= day.range.begin && !has_digit(text);
}

bool usable(const Context& context, const Frame& frame) {
  const auto tells_when = [&](const Day& d) {
    return (d.last - d.first < rule.longest || d.last - d.first >= rule.year) &&
           !is_of_something_else(context, frame, d);
  };
  return !frame.days.empty() && frame.days.size() <= rule.days &&
         std::all_of(frame.days.begin(), frame.days.end(), tells_when) && !shows_a_picture(context, frame);
}

// After its own report: a plan.
bool lies_ahead(const Frame& frame, const Day& day) {
  return frame.published &&
         day.first > std::chrono::floor<std::chrono::days>(*frame.published).time_since_epoch().count();
}

// Each sentence gives one day, and those are of one plan, or of the calendar. What happened on other weekdays is mostly other
// news.
bool is_one_day_of_each(const Context& context, const Frame& a, const Frame& b, double probability) {
  if (a.days.size() != 1 || b.days.size() != 1) return false;
  const Day &x = a.days.front(), &y = b.days.front();
  if (probability >= rule.sure && is_numbered(context, a, x) && is_numbered(context, b, y)) return true;
  return probability >= rule.likely && lies_ahead(a, x) && lies_ahead(b, y) &&
         shared_words(a.terms, b.terms) >= rule.planned;
}

}  // namespace

std::optional<Difference> differ_in_date(const Context& context, const Frame& a, const Frame& b, double probability) {
  if (!usable(context, a) || !usable(context, b)) return std::nullopt;
  const double words = shared_words(a.terms, b.terms);
  const bool each = is_one_day_of_each(context, a, b, probability);
  if (words < rule.alike && !each) return std::nullopt;
  for (const Day& x : a.days) {
    for (const Day& y : b.days) {
      if (meet(x, y)) return std::nullopt;
    }
  }
  const claim::Act* action = shared_action(a, b);
  if (action == nullptr && words < rule.same && !each) return std::nullopt;
  const Day &x = a.days.front(), &y = b.days.front();
  const std::string text_x = context.text(a, x.range), text_y = context.text(b, y.range);
  if (text_x == text_y) return std::nullopt;  // "this year": one of the two is dated wrongly
  const bool years = x.last - x.first >= rule.year;
  if (years != (y.last - y.first >= rule.year)) return std::nullopt;
  if (years && (text_x.size() != 4 || text_y.size() != 4)) return std::nullopt;  // "42 years ago" is no year
  return Difference{{text_x, static_cast<double>(x.first), static_cast<double>(x.last)},
                    {text_y, static_cast<double>(y.first), static_cast<double>(y.last)},
                    action == nullptr ? std::string() : context.word(a, action->at),
                    lies_ahead(a, x) && lies_ahead(b, y) ? Moves::in_time : Moves::never};
}

}  // namespace storymerge::dispute

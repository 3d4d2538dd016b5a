#include "storymerge/text/dates.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "text/clock.h"
#include "text/date_rules.h"
#include "text/finders.h"
#include "text/patterns.h"
#include "text/tense.h"

namespace storymerge {
namespace {

using lang::Role;
using std::chrono::day;
using std::chrono::days;
using std::chrono::minutes;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year;
using std::chrono::year_month_day;

// A day or month without its year is the nearest one, when days in the other direction than the sentence looks count so
// much more: a sense of news, tuned on nothing.
struct Nearness {
  long later_day_looking_back = 240, earlier_day_looking_ahead = 120;  // days added
  int later_month_looking_back = 9, earlier_month_looking_ahead = 4;   // months added
  int farthest_period = 5000;                                          // weeks, months or years
};
constexpr Nearness nearness;

struct Days {
  sys_days from, to;
};

Days one(sys_days d) { return {d, d}; }

Days whole_month(int y, unsigned m) {
  const auto first = year{y} / month{m};
  return {sys_days(first / day{1}), sys_days(first / std::chrono::last)};
}

Days whole_year(int y) { return {sys_days(year{y} / 1 / 1), sys_days(year{y} / 12 / 31)}; }

std::optional<sys_days> day_in(int y, unsigned m, unsigned d) {
  const year_month_day ymd{year{y}, month{m}, day{d}};
  if (!ymd.ok()) return std::nullopt;
  return sys_days(ymd);
}

// American summer time: from the second Sunday of March to the first of November.
bool american_summer(sys_days d) {
  const year y = year_month_day{d}.year();
  return d >= sys_days(y / 3 / std::chrono::Sunday[2]) && d < sys_days(y / 11 / std::chrono::Sunday[1]);
}

struct Reading {
  double value = 0;
};

using Match = Fit<Reading>;

// What is meant, by the days that the text has named so far.
class Meaning {
 public:
  Meaning(const Tokens& tokens, std::optional<sys_days> today) : t_(tokens), today_(today) {}

  std::optional<sys_days> anchor;  // the last day named in the paragraph

  // Sets `out`; false when the rule does not hold here after all. Days that cannot be resolved stay empty.
  bool resolve(const DateRule& rule, const Match& fit, std::optional<Days>& out) const {
    switch (rule.yield) {
      case DateYield::day:
        return resolve_day(fit, out);
      case DateYield::days:
        return resolve_days(fit, out);
      case DateYield::numeric:
        return resolve_numeric(fit, out);
      case DateYield::month:
        return resolve_month(fit, out);
      case DateYield::bare_month:
        return resolve_bare_month(fit, out);
      case DateYield::year:
        out = whole_year(year_of(fit));
        return is_year(fit.begin);
      case DateYield::years:
        return resolve_years(fit, out);
      case DateYield::decade:
        out = Days{whole_year(year_of(fit)).from, whole_year(year_of(fit) + 9).to};
        return year_of(fit) % 10 == 0;
      case DateYield::quarter:
        return resolve_quarter(fit, out);
      case DateYield::weekday:
        return resolve_weekday(fit, out);
      case DateYield::weekdays:
        return resolve_weekdays(fit, out);
      case DateYield::chosen_weekday:
        return resolve_chosen_weekday(fit, out);
      case DateYield::weekday_of_week:
        return resolve_weekday_of_week(fit, out);
      case DateYield::night_into:
        if (!resolve_weekday(fit, out)) return false;
        if (out) out->from -= days(1);
        return true;
      case DateYield::night_between:
        return resolve_night_between(fit, out);
      case DateYield::relative:
        if (today_) out = one(*today_ + days(static_cast<int>(fit.number(Role::relative_day))));
        return capital_fits(fit, Role::relative_day);
      case DateYield::overnight:
        if (today_) out = Days{*today_ - days(1), *today_};
        return true;
      case DateYield::period:
        return resolve_period(fit, out);
      case DateYield::period_end:
        if (today_) {
          const auto whole = period(fit.get(Role::period_end)->meaning->value, *today_, 0);
          if (whole) out = one(whole->to);
        }
        return true;
      case DateYield::ago:
        return count_from(fit, today_, -1, out);
      case DateYield::ahead:
        return resolve_ahead(fit, out);
      case DateYield::from_anchor:
        return resolve_from_anchor(fit, out);
      case DateYield::anchor_day:
        if (t_.is(fit.end - 1, Role::needs_phrase_end) && !phrase_ends(fit.end)) return false;
        if (anchor) out = one(*anchor + days(static_cast<int>(fit.number(Role::anchor_day))));
        return true;
      case DateYield::day_of_month:
        return resolve_day_of_month(fit, out);
      case DateYield::holiday: {
        if (fit.begin > 0 && t_.is(fit.begin - 1, Role::of)) return false;  // "le marché de Noël"
        const auto day = static_cast<unsigned>(fit.number(Role::holiday));
        out = nearest_day(year_in(fit), day / 100, day % 100, looks_ahead(t_, fit.begin));
        return true;
      }
    }
    return false;
  }

 private:
  static constexpr auto day_class = static_cast<std::size_t>(DateClass::day);
  static constexpr auto year_class = static_cast<std::size_t>(DateClass::year);
  static constexpr auto number_class = static_cast<std::size_t>(DateClass::number);
  static constexpr auto count_class = static_cast<std::size_t>(DateClass::count);

  static unsigned value(const Match::Piece* piece) { return static_cast<unsigned>(piece->reading.value); }
  static int year_of(const Match& fit) { return static_cast<int>(fit.reading(year_class)->reading.value); }
  static std::optional<int> year_in(const Match& fit) {
    if (fit.reading(year_class) == nullptr) return std::nullopt;
    return year_of(fit);
  }
  static unsigned month_of(const Match& fit) { return static_cast<unsigned>(fit.number(Role::month)); }

  bool calendar_capitals() const { return t_.language().is("*", Role::calendar_capitals); }
  // English and German write days and months with a capital; there a small one is another word.
  bool capital_fits(const Match& fit, Role role) const {
    const auto* piece = fit.get(role);
    if (role == Role::relative_day)
      return !t_.is(piece->begin, Role::small_letters) || !t_[piece->begin].capital ||
             t_.is_mark(piece->begin - 1, '.') || piece->begin == 0 || t_[piece->begin].breaks;
    return !calendar_capitals() || t_[piece->begin].capital;
  }

  bool phrase_ends(std::size_t i) const {
    return i >= t_.size() || t_[i].kind == Token::mark || t_[i].breaks || t_.is(i, Role::ends_phrase);
  }

  // ---- days and months

  // The day nearest to publication that has this month and day.
  std::optional<Days> nearest_day(std::optional<int> y, unsigned m, unsigned d, bool ahead) const {
    if (y) {
      const auto exact = day_in(*y, m, d);
      return exact ? std::optional(one(*exact)) : std::nullopt;
    }
    if (!today_) return std::nullopt;
    const int base = static_cast<int>(year_month_day{*today_}.year());
    std::optional<sys_days> best;
    long best_cost = 0;
    for (int candidate_year = base - 1; candidate_year <= base + 1; ++candidate_year) {
      const auto candidate = day_in(candidate_year, m, d);
      if (!candidate) continue;
      const long distance = (*candidate - *today_).count();
      const long cost = distance > 0 ? distance + (ahead ? 0 : nearness.later_day_looking_back)
                                     : -distance + (ahead ? nearness.earlier_day_looking_ahead : 0);
      if (!best || cost < best_cost) best = candidate, best_cost = cost;
    }
    return best ? std::optional(one(*best)) : std::nullopt;
  }

  Days nearest_month(unsigned m, bool ahead) const {
    const year_month_day now{*today_};
    const int y = static_cast<int>(now.year());
    const int here = y * 12 + static_cast<int>(static_cast<unsigned>(now.month())) - 1;
    int best = y, best_cost = 1000;
    for (int candidate = y - 1; candidate <= y + 1; ++candidate) {
      const int distance = candidate * 12 + static_cast<int>(m) - 1 - here;
      const int cost = distance > 0 ? distance + (ahead ? 0 : nearness.later_month_looking_back)
                                    : -distance + (ahead ? nearness.earlier_month_looking_ahead : 0);
      if (cost < best_cost) best = candidate, best_cost = cost;
    }
    return whole_month(best, m);
  }

  bool resolve_day(const Match& fit, std::optional<Days>& out) const {
    if (!capital_fits(fit, Role::month)) return false;
    const auto* d = fit.reading(day_class);
    const auto* m = fit.get(Role::month);
    if (m->begin < d->begin && !t_.language().is("*", Role::month_first)) return false;
    if (t_.is_mark(d->end, '%') || (t_.is_mark(d->end, ':') && t_[d->end].glued)) return false;
    out = nearest_day(year_in(fit), month_of(fit), value(d), looks_ahead(t_, fit.begin));
    return true;
  }

  bool resolve_days(const Match& fit, std::optional<Days>& out) const {
    if (!capital_fits(fit, Role::month)) return false;
    const unsigned first = value(fit.reading(day_class)), last = value(fit.reading(day_class, 1));
    if (last <= first) return false;
    if (fit.get(Role::month)->begin < fit.reading(day_class)->begin && !t_.language().is("*", Role::month_first))
      return false;
    out = nearest_day(year_in(fit), month_of(fit), last, looks_ahead(t_, fit.begin));
    if (out) out->from = out->to - days(static_cast<int>(last - first));
    return true;
  }

  // "14.3.2031", "14/03/2031", "2031-03-14"
  bool resolve_numeric(const Match& fit, std::optional<Days>& out) const {
    const unsigned a = value(fit.reading(number_class)), b = value(fit.reading(number_class, 1));
    if (a < 1 || b < 1 || a > 31 || b > 31) return false;
    const bool year_first = fit.reading(year_class)->begin == fit.begin;
    const char32_t mark = t_[fit.begin + 1].code;
    if (!year_first && t_[fit.begin + 3].code != mark) return false;
    const int y = year_of(fit);
    if (year_first) {
      out = nearest_day(y, a, b, false);
    } else if (mark == '.' || a > 12 || !t_.language().is("*", Role::month_first)) {
      out = nearest_day(y, b, a, false);
    } else if (b > 12 || a == b) {
      out = nearest_day(y, a, b, false);
    }  // else either could be the month
    return true;
  }

  bool resolve_month(const Match& fit, std::optional<Days>& out) const {
    if (!capital_fits(fit, Role::month)) return false;
    const unsigned m = month_of(fit);
    if (const auto y = year_in(fit)) {
      if (fit.end < t_.size() && t_.is_mark(fit.end - 2, ',') && t_.is_word(fit.end) && !t_[fit.end].breaks &&
          !t_.is(fit.end, Role::ends_noun_phrase))
        return false;
      out = whole_month(*y, m);
      return true;
    }
    const auto* which = fit.has(Role::which) ? fit.get(Role::which) : fit.get(Role::which_behind);
    const int choice = static_cast<int>(which->meaning->number);
    if (!today_) return true;
    const year_month_day now{*today_};
    const int here = static_cast<int>(now.year());
    const bool passed = m < static_cast<unsigned>(now.month()), same = m == static_cast<unsigned>(now.month());
    out = choice == 0 ? whole_month(here, m)
                      : whole_month(choice < 0 ? (passed ? here : here - 1) : (passed || same ? here + 1 : here), m);
    return true;
  }

  // A month that may be another word ("may", "march") needs a preposition before it.
  bool resolve_bare_month(const Match& fit, std::optional<Days>& out) const {
    if (!capital_fits(fit, Role::month)) return false;
    const std::size_t lead = fit.begin > 1 && t_.is_hyphen(fit.begin - 1) && t_[fit.begin].glued ? 2 : 1;  // mid-June
    const bool led = fit.begin >= lead && !t_[fit.begin].breaks && t_.is(fit.begin - lead, Role::leads_month);
    const bool word = t_.is(fit.begin, Role::month_or_word);
    const bool name_behind = t_[fit.end].capital && t_.is_word(fit.end) && !t_[fit.end].breaks;
    if (calendar_capitals() ? !led && (word || (name_behind && !t_.language().is("*", Role::nouns_capital))) : !led)
      return false;
    if (word && name_behind && !t_.is(fit.end, Role::month) && !t_.language().is("*", Role::nouns_capital))
      return false;
    if (today_) out = nearest_month(month_of(fit), looks_ahead(t_, fit.begin));
    return true;
  }

  bool resolve_years(const Match& fit, std::optional<Days>& out) const {
    const int y = year_of(fit);
    const auto* second = fit.reading(year_class, 1);
    const int last = second != nullptr ? static_cast<int>(second->reading.value)
                                       : y / 100 * 100 + static_cast<int>(value(fit.reading(number_class)));
    if (last <= y && !(last == y / 100 * 100 && y % 100 == 99)) return false;
    if (second == nullptr && (last != y + 1 || fit.reading(number_class)->end - fit.reading(number_class)->begin != 1 ||
                              t_[fit.end - 1].size() != 2))
      return false;
    if (t_[fit.end].glued && t_.is_dash(fit.end)) return false;
    out = Days{whole_year(y).from, whole_year(last).to};
    return y >= 1000 && last - y < 1000;
  }

  bool resolve_quarter(const Match& fit, std::optional<Days>& out) const {
    const auto* q = fit.reading(number_class);
    const unsigned n = q != nullptr           ? value(q)
                       : fit.has(Role::first) ? 1
                                              : static_cast<unsigned>(fit.number(Role::ordinal));
    if (n < 1 || n > 4) return false;
    std::optional<int> y = year_in(fit);
    if (!y && today_) y = static_cast<int>(year_month_day{*today_}.year());
    if (y) out = Days{whole_month(*y, n * 3 - 2).from, whole_month(*y, n * 3).to};
    return true;
  }

  // Is this four-digit number a year, not a count?
  bool is_year(std::size_t i) const {
    if (t_[i].value < 1900 || t_[i].value > 2100)
      return t_[i].value >= 1000 && i > 0 && !t_[i].breaks && t_.is(i - 1, Role::leads_year);
    const Token& next = t_[i + 1];
    if (next.kind == Token::mark && (next.glued || next.code == '%' || next.code == 0x20AC) &&
        (next.code == '%' || next.code == '+' || next.code == 0xB0 || next.code == 0x20AC ||
         ((next.code == '-' || next.code == '/') && t_[i + 2].glued)))
      return false;
    if (next.kind == Token::word && (next.glued || t_.any(i + 1, {Role::currency, Role::scale}))) return false;
    if (i > 0 && t_[i - 1].kind == Token::mark && t_[i].glued &&
        (t_[i - 1].code == '#' || t_.is_dash(i - 1) || t_[i - 1].code == '.'))
      return false;
    if (i > 0 && !t_[i].breaks && t_.is(i - 1, Role::leads_year)) return true;
    if (i > 0 && !t_[i].breaks && (t_.any(i - 1, {Role::about, Role::almost, Role::just_over, Role::not_before_year})))
      return false;
    if (next.kind == Token::word && !next.breaks &&
        t_.any(i + 1, {Role::unit, Role::percent, Role::people, Role::irregular_plural, Role::state}))
      return false;
    if (t_.language().is("*", Role::nouns_capital)) return next.kind != Token::word || next.breaks || !next.capital;
    if (t_.language().is("*", Role::noun_first))
      return next.kind != Token::word || next.breaks || t_.is(i + 1, Role::ends_noun_phrase);
    const std::string_view noun = t_.text(i + 1);
    const bool plural = next.kind == Token::word && !next.breaks && !next.capital && noun.size() > 3 &&
                        noun.ends_with("s") && !t_.is(i + 1, Role::ends_noun_phrase);
    return !plural;
  }

  // ---- weekdays

  bool recurs(std::size_t i) const { return i > 0 && !t_[i].breaks && t_.any(i - 1, {Role::every, Role::recurring}); }

  std::optional<sys_days> nearest_weekday(unsigned w, bool ahead) const {
    if (!today_) return std::nullopt;
    return ahead ? *today_ + (weekday(w) - weekday(*today_)) : *today_ - (weekday(*today_) - weekday(w));
  }

  bool resolve_weekday(const Match& fit, std::optional<Days>& out) const {
    if (const auto* relative = fit.get(Role::relative_day)) {
      if (today_) out = one(*today_ + days(static_cast<int>(relative->meaning->number)));
      return true;
    }
    const auto* piece = fit.has(Role::weekday) ? fit.get(Role::weekday) : fit.get(Role::short_weekday);
    if ((calendar_capitals() && !t_[piece->begin].capital) || recurs(fit.begin)) return false;
    if (piece->element.what == static_cast<std::uint16_t>(Role::short_weekday) && !t_.is_mark(piece->end, '.'))
      return false;
    if (const auto d = nearest_weekday(static_cast<unsigned>(piece->meaning->number), looks_ahead(t_, piece->begin)))
      out = one(*d);
    return true;
  }

  // "from Monday to Wednesday", "Monday-Wednesday"; but "moved from Monday to Wednesday" names two days.
  bool resolve_weekdays(const Match& fit, std::optional<Days>& out) const {
    constexpr std::size_t near = 4;  // tokens
    const auto *first = fit.get(Role::weekday), *last = fit.get(Role::weekday, 1);
    if (calendar_capitals() && !(t_[first->begin].capital && t_[last->begin].capital)) return false;
    const bool dash = t_.is_dash(first->end);
    if (!dash && !(fit.begin > 0 && t_.is(fit.begin - 1, Role::range_from))) return false;
    for (std::size_t k = fit.begin; k > 0 && fit.begin - k < near && !t_[k].breaks; --k) {
      if (t_.any(k - 1, {Role::changes, Role::reschedules})) return false;
    }
    const auto a = weekday(static_cast<unsigned>(first->meaning->number));
    const auto b = weekday(static_cast<unsigned>(last->meaning->number));
    if (a == b) return false;
    const bool ahead = looks_ahead(t_, fit.begin);
    const auto d = nearest_weekday(b.c_encoding(), ahead);
    if (!d) return true;
    out = Days{*d - (b - a), *d};
    return true;
  }

  bool resolve_chosen_weekday(const Match& fit, std::optional<Days>& out) const {
    if (!capital_fits(fit, Role::weekday)) return false;
    const auto* which = fit.has(Role::which) ? fit.get(Role::which) : fit.get(Role::which_behind);
    const int choice = static_cast<int>(which->meaning->number);
    const auto w = static_cast<unsigned>(fit.number(Role::weekday));
    auto d = nearest_weekday(w, choice >= 0);
    if (!d) return true;
    if (choice != 0 && *d == *today_) *d += days(7 * choice);
    out = one(*d);
    return true;
  }

  bool resolve_weekday_of_week(const Match& fit, std::optional<Days>& out) const {
    if (!capital_fits(fit, Role::weekday)) return false;
    const auto* which = fit.has(Role::which) ? fit.get(Role::which) : fit.get(Role::which_behind);
    if (!today_) return true;
    const auto week = period("week", *today_, week_choice(static_cast<int>(which->meaning->number), fit.begin));
    out = one(week->from + (weekday(static_cast<unsigned>(fit.number(Role::weekday))) - std::chrono::Monday));
    return true;
  }

  bool resolve_night_between(const Match& fit, std::optional<Days>& out) const {
    const auto second = static_cast<unsigned>(fit.get(Role::weekday, 1)->meaning->number);
    if (const auto d = nearest_weekday(second, looks_ahead(t_, fit.begin))) out = Days{*d - days(1), *d};
    return weekday(second) - weekday(static_cast<unsigned>(fit.number(Role::weekday))) == days(1);
  }

  // ---- periods and distances

  // The whole week, month or year that is `offset` away from the one of `d`.
  static std::optional<Days> period(std::string_view unit, sys_days d, int offset) {
    const year_month_day now{d};
    if (std::abs(offset) > nearness.farthest_period) return std::nullopt;
    if (unit == "week") {
      const sys_days monday = d - (weekday(d) - std::chrono::Monday) + days(7 * offset);
      return Days{monday, monday + days(6)};
    }
    if (unit == "month" || unit == "quarter") {
      const auto m = year{now.year()} / now.month() + months(unit == "month" ? offset : 3 * offset);
      const auto y = static_cast<int>(m.year());
      const auto number = static_cast<unsigned>(m.month());
      if (unit == "month") return whole_month(y, number);
      const unsigned first = (number - 1) / 3 * 3 + 1;
      return Days{whole_month(y, first).from, whole_month(y, first + 2).to};
    }
    if (unit == "year") return whole_year(static_cast<int>(now.year()) + offset);
    if (unit == "decade") {
      const int first = static_cast<int>(now.year()) / 10 * 10 + 10 * offset;
      return Days{whole_year(first).from, whole_year(first + 9).to};
    }
    return std::nullopt;
  }

  // On Monday to Wednesday "the weekend" and "last weekend" are the one just past, and on other days, too, where the clause
  // looks back.
  Days weekend(int choice, bool ahead) const {
    const unsigned w = weekday(*today_).c_encoding();
    const bool inside = w == 0 || w == 6;
    const int offset = choice > 0                                                  ? (inside ? 1 : 0)
                       : (choice < 0 || (!ahead && !inside) || (w >= 1 && w <= 3)) ? -1
                                                                                   : 0;
    const Days week = *period("week", *today_, offset);
    return {week.to - days(1), week.to};
  }

  // On a Sunday "last week" is the one that ends, and "this week", when the clause looks ahead, the one to come.
  int week_choice(int choice, std::size_t at) const {
    if (weekday(*today_) != std::chrono::Sunday || choice > 0) return choice;
    return choice < 0 || looks_ahead(t_, at) ? choice + 1 : choice;
  }

  bool resolve_period(const Match& fit, std::optional<Days>& out) const {
    const auto* which = fit.has(Role::which) ? fit.get(Role::which) : fit.get(Role::which_behind);
    const auto* unit = fit.get(Role::period);
    const bool is_weekend = unit == nullptr || unit->meaning->value == "weekend";
    const int choice = which == nullptr ? 0 : static_cast<int>(which->meaning->number);
    if (unit != nullptr && (unit->meaning->value == "day" || unit->meaning->value == "fortnight")) return false;
    if (which != nullptr && t_.is(which->begin, Role::not_behind_article) && which->begin > 0 &&
        t_.is(which->begin - 1, Role::before_noun))
      return false;
    if (!today_) return true;
    const bool is_week = !is_weekend && unit->meaning->value == "week";
    out = is_weekend ? weekend(choice, looks_ahead(t_, fit.begin))
                     : period(unit->meaning->value, *today_, is_week ? week_choice(choice, fit.begin) : choice);
    return true;
  }

  // `sign` times so many days, weeks, months or years from `origin`.
  bool count_from(const Match& fit, std::optional<sys_days> origin, int sign, std::optional<Days>& out) const {
    const std::string_view unit = fit.get(Role::period)->meaning->value;
    const double n = fit.reading(count_class)->reading.value;
    if (unit == "weekend" || n > nearness.farthest_period || n != std::floor(n)) return false;
    if (!origin) return true;
    const int offset = sign * static_cast<int>(n);
    if (unit == "day") {
      out = one(*origin + days(offset));
    } else if (unit == "week" || unit == "fortnight") {
      out = one(*origin + days((unit == "week" ? 7 : 14) * offset));
    } else {
      out = period(unit, *origin, offset);
    }
    return true;
  }

  bool resolve_ahead(const Match& fit, std::optional<Days>& out) const {
    if (t_.is(fit.begin, Role::ahead_with_future) && !looks_ahead(t_, fit.begin)) return false;
    constexpr std::size_t farthest_ordinal = 8;  // tokens: "the second flood in a week" looks back
    for (std::size_t k = fit.begin; k > 0 && fit.begin - k < farthest_ordinal && !t_[k].breaks; --k) {
      if (t_.any(k - 1, {Role::ordinal, Role::first})) return false;
    }
    return count_from(fit, today_, 1, out);
  }

  bool resolve_from_anchor(const Match& fit, std::optional<Days>& out) const {
    const bool later = fit.has(Role::later);
    const std::size_t last = fit.end - 1;
    if (t_.is(last, Role::needs_phrase_end) && !phrase_ends(fit.end)) return false;
    return count_from(fit, anchor, later ? 1 : -1, out);
  }

  // "for the 18th"
  bool resolve_day_of_month(const Match& fit, std::optional<Days>& out) const {
    const auto* d = fit.reading(day_class);
    if (d->end != d->begin + 2 || !t_.is(d->end - 1, Role::ordinal_suffix) || !phrase_ends(fit.end)) return false;
    if (fit.begin == 0 || t_[fit.begin].breaks || !t_.is(fit.begin - 1, Role::leads_day)) return false;
    if (!today_) return true;
    const bool ahead = looks_ahead(t_, fit.begin) || t_.is(fit.begin - 1, Role::looks_ahead_at_day);
    const year_month_day now{*today_};
    std::optional<sys_days> best;
    for (int offset = -1; offset <= 1; ++offset) {
      const auto m = now.year() / now.month() + months(offset);
      const auto candidate = day_in(static_cast<int>(m.year()), static_cast<unsigned>(m.month()), value(d));
      if (!candidate || (ahead && *candidate < *today_)) continue;
      if (!best || std::abs((*candidate - *today_).count()) < std::abs((*best - *today_).count())) best = candidate;
    }
    if (best) out = one(*best);
    return true;
  }

  const Tokens& t_;
  std::optional<sys_days> today_;
};

// What the first word of a date or a time may be.
constexpr lang::Roles opening{Role::weekday,      Role::holiday,        Role::short_weekday, Role::month,
                              Role::which,        Role::period,         Role::relative_day,  Role::overnight,
                              Role::night_into,   Role::night_from,     Role::early_hours,   Role::period_end,
                              Role::weekend_lead, Role::ago_before,     Role::ahead_before,  Role::anchor_day,
                              Role::before_noun,  Role::indefinite,     Role::number,        Role::part,
                              Role::time_of_day,  Role::quarter_letter, Role::ordinal,       Role::first,
                              Role::decade_lead,  Role::half_before};

class DateFinder {
 public:
  DateFinder(const Tokens& tokens, std::optional<Time> published, minutes offset)
      : t_(tokens), meaning_(t_, day_of(published, offset)) {}

  std::vector<DateMention> run() {
    std::vector<DateMention> out;
    for (std::size_t i = 0; i < t_.size();) {
      if (t_[i].breaks) meaning_.anchor.reset();
      DateMention mention;
      const std::size_t end = find(i, mention);
      if (end == 0) {
        ++i;
        continue;
      }
      if (mention.from && mention.from == mention.to) meaning_.anchor = mention.from;
      out.push_back(mention);
      i = end;
    }
    return out;
  }

 private:
  static std::optional<sys_days> day_of(std::optional<Time> published, minutes offset) {
    if (!published) return std::nullopt;
    return std::chrono::floor<days>(std::clamp(*published, first_time, last_time) + offset);
  }

  // A time with a day before or behind it, or a day alone: the token past it, or 0.
  std::size_t find(std::size_t i, DateMention& out) const {
    const Token& token = t_[i];
    if (token.kind == Token::mark) return 0;
    if (token.kind == Token::word && !t_.opens(i, opening)) return 0;
    std::size_t begin = i, end = 0;
    Clock clock = read_clock(t_, i);
    if (clock.end != 0) {
      end = clock.end;  // "5:10 a.m. on Sunday", "11 a.m. Tuesday"
      out.rule = "time of day";
      std::size_t at = end;
      if (t_.is(at, Role::on) || t_.is_mark(at, ',')) ++at;
      if (const std::size_t past = t_[at].breaks ? 0 : find_day(at, begin, out)) end = past;
      begin = i;
    } else {
      end = find_day(i, begin, out);
      if (end == 0) return 0;
      std::size_t at = end;  // "Tuesday at 5:10 a.m."
      if (t_.is_mark(at, ',')) ++at;
      if (t_.is(at, Role::leads_time)) ++at;
      if (t_.is(at, Role::article_of_hour)) ++at;
      const bool figures = t_.is_number(begin) && t_.is_number(end - 1);  // 2031-05-30 09:53
      if ((at > end || figures) && !t_[at].breaks) {
        clock = read_clock(t_, at, figures);
        if (clock.end != 0) end = clock.end;
      }
    }
    out.range = {t_[begin].begin, t_[end - 1].end};
    if (clock.end != 0) set_time(clock, end, out);
    return end;
  }

  void set_time(const Clock& clock, std::size_t end, DateMention& out) const {
    int minute = clock.minute;
    // "half past eight on Saturday night"
    if (!clock.halved && minute >= 60 && minute < 720 && afternoon_part(end - 1) &&
        (clock.spoken || t_.language().is("*", Role::twelve_hours)))
      minute += 720;
    out.minute_of_day = minute;
    if (!clock.zone || !out.from || out.from != out.to) return;
    const int zone = *clock.zone + (clock.american && american_summer(*out.from) ? 60 : 0);
    out.instant = *out.from + minutes(minute - zone);
  }

  bool afternoon_part(std::size_t i) const { return t_.is(i, Role::day_part) && t_.number(i, Role::day_part) >= 12; }

  std::size_t find_day(std::size_t i, std::size_t& begin, DateMention& out) const {
    const auto read = [this](std::size_t of_class, std::size_t at, Reading& reading) {
      return this->read(of_class, at, reading);
    };
    const Matcher<Reading, decltype(read)> matcher(t_, read);
    Match fit;
    for (std::uint64_t left = date_rule_index().at(t_[i]); left != 0; left &= left - 1) {
      const DateRule& rule = compiled_date_rules()[static_cast<std::size_t>(std::countr_zero(left))];
      if (!matcher.fits(rule.pattern, i, fit)) continue;
      std::optional<Days> found;
      if (!meaning_.resolve(rule, fit, found)) continue;
      out.rule = rule.card.name;
      if (found) out.from = found->from, out.to = found->to;
      out.night = is_night(fit);
      begin = fit.begin;
      return without_marks(fit.end);
    }
    return 0;
  }

  // A comma that no year follows belongs to the sentence, and so does a full stop that no abbreviation has.
  std::size_t without_marks(std::size_t end) const {
    if (t_.is_mark(end - 1, ',')) --end;
    if (t_.is_mark(end - 1, '.') && t_.is_word(end - 2) && !t_.any(end - 2, {Role::abbr_number, Role::abbr_may_end}))
      --end;
    return end;
  }

  // Does it speak of a night, which runs into the next day?
  static bool is_night(const Match& fit) {
    const auto* part = fit.get(Role::day_part);
    return part != nullptr && part->meaning->number >= 18;
  }

  std::size_t read(std::size_t of_class, std::size_t i, Reading& out) const {
    switch (static_cast<DateClass>(of_class)) {
      case DateClass::day:
        return read_day(i, out);
      case DateClass::year:
        if (!lone_number(i) || t_[i].size() != 4 || t_[i].value < 1000 || t_[i].value > 2199) return 0;
        out.value = t_[i].value;
        return i + 1;
      case DateClass::number:
        if (!t_.is_number(i) || t_[i].decimals != 0 || t_[i].grouped || t_[i].unread || t_[i].size() > 2) return 0;
        out.value = t_[i].value;
        return i + 1;
      case DateClass::count:
        return read_count(i, out);
    }
    return 0;
  }

  bool lone_number(std::size_t i) const {  // digits that stand alone: no A320, no 3.5, no 1,200
    const Token& n = t_[i];
    if (n.kind != Token::number || n.decimals != 0 || n.grouped || n.unread) return false;
    if (!n.glued || i == 0) return true;
    return !(t_.is_word(i - 1) && !t_.is(i - 1, Role::elided)) && !t_.is_mark(i - 1, '$') && !t_.is_mark(i - 1, 0xA3) &&
           !t_.is_mark(i - 1, 0x20AC);
  }

  // "14", "14th", "1er", "14."
  std::size_t read_day(std::size_t i, Reading& out) const {
    if (!lone_number(i) || t_[i].size() > 2 || t_[i].value < 1 || t_[i].value > 31) return 0;
    out.value = t_[i].value;
    if (t_[i + 1].glued && t_.is_word(i + 1)) return t_.is(i + 1, Role::ordinal_suffix) ? i + 2 : 0;
    if (t_[i + 1].glued && t_.is_mark(i + 1, '.') && t_.language().is("*", Role::ordinal_dot) && !t_[i + 2].glued)
      return i + 2;
    return i + 1;
  }

  std::size_t read_count(std::size_t i, Reading& out) const {
    if (t_.is_number(i)) {
      out.value = t_[i].value;
      return lone_number(i) ? i + 1 : 0;
    }
    const lang::Meaning* meaning = nullptr;
    if (const std::size_t past = t_.past(i, Role::number, &meaning)) {
      out.value = meaning->number;
      return past;
    }
    out.value = 1;
    return t_.is(i, Role::indefinite) ? i + 1 : 0;
  }

  const Tokens& t_;
  Meaning meaning_;
};

}  // namespace

std::vector<DateMention> find_dates(const Tokens& tokens, std::optional<Time> published, minutes offset) {
  return DateFinder(tokens, published, offset).run();
}

std::vector<DateMention> find_dates(std::string_view text, std::optional<Time> published, std::string_view language,
                                    std::chrono::minutes offset) {
  return find_dates(Tokens(text, lang::Language::of(language)), published, offset);
}

bool may_be_one_day(const DateMention& a, const DateMention& b) {
  if (!a.from || !b.from) return false;
  const days night_a(a.night ? 1 : 0), night_b(b.night ? 1 : 0);
  return *a.from <= *b.to + night_b && *b.from <= *a.to + night_a;
}

}  // namespace storymerge

#include "storymerge/text/dates.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "lang/language.h"
#include "text/tokens.h"

namespace storymerge {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

struct Days {
  sys_days from, to;
};

// What a finder read from token i on: where it ends, and what is meant.
struct Found {
  std::size_t end = 0;  // past the last token; 0: nothing found
  std::optional<Days> days;
  std::optional<int> minute;
};

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class DateFinder {
 public:
  DateFinder(std::string_view text, std::optional<Time> published) : t_(text) {
    if (published) today_ = std::chrono::floor<days>(std::clamp(*published, first_time, last_time));
  }

  std::vector<DateMention> run() {
    std::vector<DateMention> out;
    std::optional<sys_days> named;  // the last day named in the paragraph
    for (std::size_t i = 0; i < t_.size();) {
      if (t_[i].breaks) named.reset();
      anchor_ = named;
      const Found found = find(i);
      if (found.end == 0) {
        ++i;
        continue;
      }
      DateMention mention;
      mention.range = {t_[i].begin, t_[found.end - 1].end};
      if (found.days) {
        mention.from = found.days->from;
        mention.to = found.days->to;
        if (found.days->from == found.days->to) named = found.days->from;
      }
      mention.minute_of_day = found.minute;
      out.push_back(mention);
      i = found.end;
    }
    return out;
  }

 private:
  // ---- pieces

  bool lone_number(std::size_t i) const {  // digits that stand alone: no A320, no 3.5, no 1,200
    const Token& n = t_[i];
    return n.kind == Token::number && n.decimals == 0 && !n.grouped &&
           !(n.glued && i > 0 &&
             (t_.is_word(i - 1) || t_.is_mark(i - 1, '$') || t_.is_mark(i - 1, 0xA3) || t_.is_mark(i - 1, 0x20AC)));
  }

  unsigned digits(std::size_t i) const { return t_[i].end - t_[i].begin; }

  std::optional<unsigned> year_at(std::size_t i) const {
    if (!lone_number(i) || digits(i) != 4 || t_[i].value < 1800 || t_[i].value > 2199) return std::nullopt;
    return static_cast<unsigned>(t_[i].value);
  }

  // "14", "14th", "1st": past it, or 0. `value` is the day.
  std::size_t day_at(std::size_t i, unsigned& value) const {
    if (!lone_number(i) || digits(i) > 2 || t_[i].value < 1 || t_[i].value > 31) return 0;
    value = static_cast<unsigned>(t_[i].value);
    if (t_[i + 1].glued && t_.is_word(i + 1)) return one_of(t_.text(i + 1), {"st", "nd", "rd", "th"}) ? i + 2 : 0;
    return i + 1;
  }

  // Past "October", "Oct."; 0 when there is no month.
  std::size_t month_at(std::size_t i) const {
    if (t_.kind(i) != Lex::month || !t_[i].capital) return 0;
    const bool shortened = t_[i].end - t_[i].begin <= 4;
    return shortened && t_.is_mark(i + 1, '.') && t_[i + 1].glued ? i + 2 : i + 1;
  }

  unsigned month_value(std::size_t i) const { return static_cast<unsigned>(t_[i].lexeme.value); }

  // Past ", 2031" or "2031"; i itself when no year follows.
  std::size_t year_after(std::size_t i, std::optional<unsigned>& value) const {
    const std::size_t at = t_.is_mark(i, ',') ? i + 1 : i;
    value = year_at(at);
    return value ? at + 1 : i;
  }

  // ---- resolving

  // Does the sentence look ahead at token i? The nearest cue before it decides.
  bool looks_ahead(std::size_t i) const {
    for (std::size_t k = i; k > 0 && i - k < 14; --k) {
      if (t_[k].breaks) return false;
      const Token& w = t_[k - 1];
      if (w.kind == Token::mark && (w.code == '.' || w.code == '!' || w.code == '?') && !t_[k].glued) return false;
      if (w.kind != Token::word) continue;
      const std::string_view word = t_.text(k - 1);
      if (one_of(word, {"said", "says", "told", "announced", "was", "were", "had", "did", "since", "last", "happened",
                        "killed", "began", "started", "published", "reported", "found", "met", "voted"})) {
        return false;
      }
      if (one_of(word, {"will", "until", "till", "due", "scheduled", "expected", "planned", "plans", "next", "coming",
                        "upcoming", "deadline", "going", "shall"})) {
        return true;
      }
      if (word.ends_with("'ll") || word.ends_with("\u2019ll")) return true;
      if (k == i && one_of(word, {"by", "before"})) return true;
    }
    return false;
  }

  std::optional<Days> day_of(std::optional<unsigned> y, unsigned m, unsigned d, bool ahead) const {
    const auto make = [&](int yy) -> std::optional<sys_days> {
      const year_month_day ymd{year{yy}, month{m}, day{d}};
      if (!ymd.ok()) return std::nullopt;
      return sys_days(ymd);
    };
    if (y) {
      const auto exact = make(static_cast<int>(*y));
      if (exact) return Days{*exact, *exact};
      return std::nullopt;
    }
    if (!today_) return std::nullopt;
    const int base = static_cast<int>(year_month_day{*today_}.year());
    std::optional<sys_days> best;
    long best_cost = 0;
    for (int yy = base - 1; yy <= base + 1; ++yy) {
      const auto candidate = make(yy);
      if (!candidate) continue;
      const long distance = (*candidate - *today_).count();
      const long cost = distance > 0 ? distance + (ahead ? 0 : 240) : -distance + (ahead ? 120 : 0);
      if (!best || cost < best_cost) best = candidate, best_cost = cost;
    }
    if (!best) return std::nullopt;
    return Days{*best, *best};
  }

  static Days whole_month(int y, unsigned m) {
    const auto first = year{y} / month{m};
    return {sys_days(first / day{1}), sys_days(first / std::chrono::last)};
  }
  static Days whole_year(int y) {
    return {sys_days(year{y} / month{1} / day{1}), sys_days(year{y} / month{12} / day{31})};
  }

  std::optional<Days> month_of(std::optional<unsigned> y, unsigned m, bool ahead) const {
    if (y) return whole_month(static_cast<int>(*y), m);
    if (!today_) return std::nullopt;
    const year_month_day now{*today_};
    const int here = static_cast<int>(now.year()) * 12 + static_cast<int>(static_cast<unsigned>(now.month())) - 1;
    int best = 0, best_cost = 1000;
    for (int yy = static_cast<int>(now.year()) - 1; yy <= static_cast<int>(now.year()) + 1; ++yy) {
      const int distance = yy * 12 + static_cast<int>(m) - 1 - here;
      const int cost = distance > 0 ? distance + (ahead ? 0 : 9) : -distance + (ahead ? 4 : 0);
      if (cost < best_cost) best = yy, best_cost = cost;
    }
    return whole_month(best, m);
  }

  std::optional<Days> weekday_of(unsigned w, std::size_t i) const {
    if (!today_) return std::nullopt;
    const auto back = std::chrono::weekday(*today_) - std::chrono::weekday(w);  // 0 .. 6 days
    const auto ahead = std::chrono::weekday(w) - std::chrono::weekday(*today_);
    sys_days d = *today_ - back;
    if (i > 0 && t_.is(i - 1, "last")) {
      if (back.count() == 0) d -= days(7);
    } else if (i > 0 && (t_.is(i - 1, "next") || t_.is(i - 1, "coming"))) {
      d = *today_ + (ahead.count() == 0 ? days(7) : ahead);
    } else if (looks_ahead(i)) {
      d = *today_ + ahead;
    }
    return Days{d, d};
  }

  // The whole week, month or year that is `offset` away from the one of `d`.
  static std::optional<Days> period(std::string_view unit, sys_days d, int offset) {
    const year_month_day now{d};
    if (offset < -5000 || offset > 5000) return std::nullopt;
    if (unit.starts_with("week")) {
      const sys_days monday = d - (std::chrono::weekday(d) - std::chrono::Monday) + days(7 * offset);
      if (unit == "weekend") return Days{monday + days(5), monday + days(6)};
      return Days{monday, monday + days(6)};
    }
    if (unit.starts_with("month")) {
      const auto m = year{now.year()} / now.month() + months(offset);
      return whole_month(static_cast<int>(m.year()), static_cast<unsigned>(m.month()));
    }
    if (unit.starts_with("year")) return whole_year(static_cast<int>(now.year()) + offset);
    return std::nullopt;
  }

  // ---- finders: from token i on

  Found find(std::size_t i) const {
    const Token& token = t_[i];
    if (token.kind == Token::mark) return {};
    Found time = find_time(i);
    if (time.end != 0) {
      // "5:10 a.m. on Sunday", "11 a.m. Tuesday"
      std::size_t at = time.end;
      if (t_.is(at, "on") || t_.is_mark(at, ',')) ++at;
      if (const Found date = find_date(at); date.end != 0 && !t_[at].breaks) {
        time.end = date.end;
        time.days = date.days;
        // "half past eight on Saturday night"
        if (*time.minute < 720 && one_of(t_.text(date.end - 1), {"afternoon", "evening", "night"}) &&
            *time.minute >= 60)
          *time.minute += 720;
      }
      return time;
    }
    Found date = find_date(i);
    if (date.end != 0) {
      std::size_t at = date.end;  // "Tuesday at 5:10 a.m."
      if (t_.is_mark(at, ',')) ++at;
      if (t_.is(at, "at")) ++at;
      if (at > date.end) {
        if (const Found then = find_time(at); then.end != 0) {
          date.end = then.end;
          date.minute = then.minute;
        }
      }
    }
    return date;
  }

  Found find_date(std::size_t i) const {
    if (t_.is_number(i)) return find_numeric(i);
    if (!t_.is_word(i)) return {};
    const std::string_view word = t_.text(i);
    switch (t_.kind(i)) {
      case Lex::weekday:
        return t_[i].capital ? find_weekday(i) : Found{};
      case Lex::month:
        return find_month(i);
      case Lex::unit_digit:
      case Lex::teen:
        return find_distance(i);
      default:
        break;
    }
    if (word.size() == 3 && t_[i].capital && t_.is_mark(i + 1, '.') && t_[i + 1].glued &&
        one_of(word, {"mon", "tue", "wed", "thu", "fri", "sat", "sun"})) {
      return find_weekday(i);
    }
    return find_relative(i, word);
  }

  // "14 March 2031", "14-16 March", "14th of March", "2031-03-14", "14.3.2031", "2031", "1990s", "12 days ago"
  Found find_numeric(std::size_t i) const {
    unsigned d = 0;
    if (std::size_t at = day_at(i, d); at != 0) {
      unsigned first = d;
      if ((t_.is_dash(at) || t_.is(at, "to") || t_.is(at, "and")) && t_.is_number(at + 1)) {
        unsigned last = 0;
        if (const std::size_t after = day_at(at + 1, last); after != 0 && last > first && month_at(after) != 0) {
          at = after;
          d = last;
        }
      }
      if (t_.is(at, "of")) ++at;
      if (const std::size_t after = month_at(at); after != 0 && !t_[at].breaks) {
        Found found;
        std::optional<unsigned> y;
        found.end = year_after(after, y);
        if (const auto last = day_of(y, month_value(at), d, looks_ahead(i))) {
          found.days = last;
          found.days->from = last->to - days(static_cast<int>(d - first));
        }
        return found;
      }
      // 14.3.2031, 14/03/2031
      for (const char32_t mark : {U'/', U'.', U'-'}) {
        unsigned second = 0;
        if (!t_.is_mark(i + 1, mark) || !t_[i + 1].glued || !t_[i + 2].glued || day_at(i + 2, second) != i + 3)
          continue;
        if (!t_.is_mark(i + 3, mark) || !t_[i + 3].glued || !t_[i + 4].glued) continue;
        if (const auto y = year_at(i + 4)) {
          Found found{i + 5, {}, {}};
          if (mark == '.' || d > 12) {
            found.days = day_of(y, second, d, false);
          } else if (second > 12 || second == d) {
            found.days = day_of(y, d, second, false);
          }  // else either could be the month
          return found;
        }
      }
    }
    if (const auto y = year_at(i)) {
      if (t_.is_dash(i + 1) && t_[i + 1].glued && t_[i + 2].glued && t_.is_number(i + 2) && t_.is_mark(i + 3, '-') &&
          t_.is_number(i + 4)) {
        unsigned m = 0, dd = 0;
        if (day_at(i + 2, m) != 0 && day_at(i + 4, dd) != 0 && m <= 12) return {i + 5, day_of(y, m, dd, false), {}};
      }
      const int value = static_cast<int>(*y);
      if (t_.is(i + 1, "s") && t_[i + 1].glued && value % 10 == 0) {
        return {i + 2, Days{whole_year(value).from, whole_year(value + 9).to}, {}};
      }
      if (is_year(i)) return {i + 1, whole_year(value), {}};
    }
    return find_distance(i);
  }

  // Is this four-digit number a year, not a count?
  bool is_year(std::size_t i) const {
    if (t_[i].value < 1900 || t_[i].value > 2100) return false;
    const Token& next = t_[i + 1];
    if (next.kind == Token::mark && next.glued &&
        (next.code == '%' || next.code == '+' || next.code == 0xB0 ||
         ((next.code == '-' || next.code == '/') && t_[i + 2].glued))) {
      return false;
    }
    if (next.kind == Token::word &&
        (next.glued || next.lexeme.kind == Lex::currency || next.lexeme.kind == Lex::multiplier))
      return false;
    if (i > 0 && t_[i - 1].kind == Token::mark && t_[i].glued &&
        (t_[i - 1].code == '#' || t_.is_dash(i - 1) || t_[i - 1].code == '.')) {
      return false;
    }
    if (i > 0 && one_of(t_.text(i - 1), {"in", "since", "until", "during", "late", "early", "mid", "year", "spring",
                                         "summer", "autumn", "winter", "fall", "season"})) {
      return true;
    }
    if (i > 0 && one_of(t_.text(i - 1),
                        {"least", "than", "about", "some", "nearly", "almost", "around", "over", "another", "all"}))
      return false;
    if (next.kind == Token::word && next.lexeme.kind == Lex::measure) return false;
    const std::string_view noun = t_.text(i + 1);
    const bool plural = next.kind == Token::word && !next.capital && noun.size() > 3 && noun.ends_with("s") &&
                        next.lexeme.kind != Lex::function && noun != "was";
    return !plural && noun != "people" && noun != "men" && noun != "women" && noun != "children";
  }

  Found find_weekday(std::size_t i) const {
    unsigned w = static_cast<unsigned>(t_[i].lexeme.value);
    std::size_t at = i + 1;
    if (t_.is_mark(at, '.') && t_[at].glued && t_[i].end - t_[i].begin <= 5) {
      ++at;
      constexpr std::string_view names = "sunmontuewedthufrisat";
      w = static_cast<unsigned>(names.find(t_.text(i).substr(0, 3)) / 3);
    }
    Found found{at, weekday_of(w, i), {}};
    const std::size_t date = t_.is_mark(at, ',') ? at + 1 : at;  // "Friday, Oct. 24"
    unsigned d = 0;
    if (!t_[date].breaks && (month_at(date) != 0 || day_at(date, d) != 0)) {
      const Found exact = month_at(date) != 0 ? find_month(date) : find_numeric(date);
      if (exact.end > date + 1 || (exact.end != 0 && month_at(date) == 0)) {
        if (exact.days && exact.days->from == exact.days->to) return exact;
      }
    }
    if (one_of(t_.text(at), {"morning", "afternoon", "evening", "night"})) found.end = at + 1;
    return found;
  }

  // "March 14, 2031", "Oct. 28", "March 2031", "January"
  Found find_month(std::size_t i) const {
    const std::size_t after = month_at(i);
    if (after == 0) return {};
    const unsigned m = month_value(i);
    unsigned d = 0;
    std::optional<unsigned> y;
    if (std::size_t at = day_at(after, d);
        at != 0 && !t_[after].breaks && !t_.is_mark(at, '%') && !t_.is_mark(at, ':')) {
      unsigned last = d;
      if ((t_.is_dash(at) || t_.is(at, "to")) && t_.is_number(at + 1)) {
        unsigned value = 0;
        if (const std::size_t past = day_at(at + 1, value); past != 0 && value > d) {
          at = past;
          last = value;
        }
      }
      Found found;
      found.end = year_after(at, y);
      if (const auto first = day_of(y, m, d, looks_ahead(i))) {
        found.days = first;
        if (day_of(2000u, m, last, false)) found.days->to = first->from + days(static_cast<int>(last - d));
      }
      return found;
    }
    std::size_t end = after;
    if (const auto year = year_at(after)) {
      y = year;
      end = after + 1;
    } else if (t_.is_mark(after, ',') && (y = year_at(after + 1)) && !t_.is_word(after + 2)) {
      end = after + 2;
    } else {
      y.reset();
    }
    const std::string_view before = i > 0 ? t_.text(i - 1) : std::string_view();
    const bool led = i > 0 && !t_[i].breaks &&
                     one_of(before, {"in",    "since",  "by",    "until", "till",    "last", "next",    "this",
                                     "late",  "early",  "mid",   "of",    "from",    "to",   "through", "during",
                                     "every", "before", "after", "for",   "between", "and",  "late"});
    const bool also_a_word =
        one_of(t_.text(i), {"may", "march", "april", "june", "august", "mar", "jan", "dec", "sep"});
    if (!y && !led && (also_a_word || (t_[after].capital && t_.is_word(after)))) return {};
    if (!y && also_a_word && t_[after].capital && t_.is_word(after) && t_.kind(after) != Lex::month) return {};
    if (!y && (before == "last" || before == "next") && today_) {
      const year_month_day now{*today_};
      const int here = static_cast<int>(now.year());
      const bool passed = m < static_cast<unsigned>(now.month()), same = m == static_cast<unsigned>(now.month());
      const int in = before == "last" ? (passed ? here : here - 1) : (passed || same ? here + 1 : here);
      return {end, whole_month(in, m), {}};
    }
    return {end, month_of(y, m, looks_ahead(i)), {}};
  }

  // "two days earlier", "12 years ago", "a week later"
  Found find_distance(std::size_t i) const {
    int n = 0;
    std::size_t at = i + 1;
    if (t_.is_number(i)) {
      if (!lone_number(i) || t_[i].value > 4000) return {};
      n = static_cast<int>(t_[i].value);
    } else if (t_.kind(i) == Lex::unit_digit || t_.kind(i) == Lex::teen) {
      n = static_cast<int>(t_[i].lexeme.value);
    } else if (t_.is(i, "a") || t_.is(i, "an")) {
      n = 1;
    } else {
      return {};
    }
    const std::string_view unit = t_.text(at);
    if (!one_of(unit, {"day", "days", "week", "weeks", "month", "months", "year", "years"})) return {};
    const std::string_view way = t_.text(at + 1);
    const bool ago = way == "ago";
    const bool earlier = way == "earlier" || (way == "before" && phrase_ends(at + 2));
    const bool later =
        way == "later" || (way == "after" && phrase_ends(at + 2)) || (way == "on" && phrase_ends(at + 2));
    if (!ago && !earlier && !later) return {};
    Found found{at + 2, {}, {}};
    const std::optional<sys_days> origin = ago ? today_ : anchor_;
    if (!origin) return found;
    const int offset = later ? n : -n;
    if (unit.starts_with("day")) {
      found.days = Days{*origin + days(offset), *origin + days(offset)};
    } else if (unit.starts_with("week")) {
      found.days = Days{*origin + days(7 * offset), *origin + days(7 * offset)};
    } else {
      found.days = period(unit, *origin, offset);
    }
    return found;
  }

  bool phrase_ends(std::size_t i) const {
    return i >= t_.size() || t_[i].kind == Token::mark || t_[i].breaks ||
           one_of(t_.text(i), {"and", "but", "when", "that", "in", "at"});
  }

  Found find_relative(std::size_t i, std::string_view word) const {
    const auto on = [&](std::size_t end, int offset) {
      Found found{end, {}, {}};
      if (today_) found.days = Days{*today_ + days(offset), *today_ + days(offset)};
      return found;
    };
    const auto from_anchor = [&](std::size_t end, int offset) {
      Found found{end, {}, {}};
      if (anchor_) found.days = Days{*anchor_ + days(offset), *anchor_ + days(offset)};
      return found;
    };
    const std::string_view next = t_.text(i + 1);
    switch (word[0]) {
      case 't':
        if (word == "today" || word == "tonight") return on(i + 1, 0);
        if (word == "tomorrow") return on(i + 1, 1);
        if (word == "this" && one_of(next, {"morning", "afternoon", "evening"})) return on(i + 2, 0);
        if (word == "this" || word == "the") return find_period(i, word, next, from_anchor);
        break;
      case 'y':
        if (word == "yesterday") return on(one_of(next, {"morning", "afternoon", "evening"}) ? i + 2 : i + 1, -1);
        break;
      case 'l':
        if (word == "last" && next == "night") return on(i + 2, -1);
        if (word == "last") return find_period(i, word, next, from_anchor);
        break;
      case 'n':
        if (word == "next" && !(i > 0 && t_.is(i - 1, "the"))) return find_period(i, word, next, from_anchor);
        break;
      case 'a':
        if (word == "a" || word == "an") return find_distance(i);
        break;
      case 'q': {  // Q3 2031
        if (word != "q" || !t_.is_number(i + 1) || !t_[i + 1].glued || t_[i + 1].value < 1 || t_[i + 1].value > 4)
          break;
        std::optional<unsigned> y;
        const std::size_t end = year_after(i + 2, y);
        Found found{end, {}, {}};
        if (!y && today_) y = static_cast<unsigned>(static_cast<int>(year_month_day{*today_}.year()));
        if (y) {
          const unsigned last = static_cast<unsigned>(t_[i + 1].value) * 3;
          found.days =
              Days{whole_month(static_cast<int>(*y), last - 2).from, whole_month(static_cast<int>(*y), last).to};
        }
        return found;
      }
      default:
        break;
    }
    return {};
  }

  // "last week", "this month", "the day before", "the next day", "the 18th"
  template <class FromAnchor>
  Found find_period(std::size_t i, std::string_view word, std::string_view next, FromAnchor&& from_anchor) const {
    if (one_of(next, {"week", "month", "year", "weekend"}) && !t_[i + 1].breaks) {
      if (word == "the") {
        if (next != "weekend" || !(i > 0 && one_of(t_.text(i - 1), {"at", "over"}))) return {};
      }
      Found found{i + 2, {}, {}};
      if (today_) {
        int offset = word == "last" ? -1 : word == "next" ? 1 : 0;
        // On Monday to Thursday "the weekend" and "last weekend" are the one just past.
        if (next == "weekend") {
          const auto weekday = std::chrono::weekday(*today_).c_encoding();
          const bool inside = weekday == 0 || weekday == 6;
          offset = word == "next" ? (inside ? 1 : 0) : (word == "last" || (weekday >= 1 && weekday <= 3)) ? -1 : 0;
        }
        found.days = period(next, *today_, offset);
      }
      return found;
    }
    if (word != "the") return {};
    if (next == "day" && t_.is(i + 2, "before") && t_.is(i + 3, "yesterday")) {
      Found found{i + 4, {}, {}};
      if (today_) found.days = Days{*today_ - days(2), *today_ - days(2)};
      return found;
    }
    if (next == "day" && phrase_ends(i + 3) && (t_.is(i + 2, "before") || t_.is(i + 2, "after"))) {
      return from_anchor(i + 3, t_.is(i + 2, "before") ? -1 : 1);
    }
    if (t_.is(i + 2, "day") || t_.is(i + 2, "morning") || t_.is(i + 2, "night") || t_.is(i + 2, "evening")) {
      if (next == "next" || next == "following") return from_anchor(i + 3, 1);
      if (next == "previous") return from_anchor(i + 3, -1);
      if (next == "same") return from_anchor(i + 3, 0);
    }
    unsigned d = 0;
    const std::size_t end = day_at(i + 1, d);
    if (end == i + 3 && phrase_ends(end) && i > 0 &&
        one_of(t_.text(i - 1), {"on", "for", "by", "until", "from", "since", "before", "after", "to"})) {
      Found found{end, {}, {}};
      if (!today_) return found;
      const bool ahead = looks_ahead(i) || t_.is(i - 1, "for");
      const year_month_day now{*today_};
      std::optional<sys_days> best;
      for (int offset = -1; offset <= 1; ++offset) {
        const auto m = now.year() / now.month() + months(offset);
        const year_month_day ymd = m / day{d};
        if (!ymd.ok()) continue;
        const sys_days candidate(ymd);
        if (ahead && candidate < *today_) continue;
        if (!best || std::abs((candidate - *today_).count()) < std::abs((*best - *today_).count())) best = candidate;
      }
      if (best) found.days = Days{*best, *best};
      return found;
    }
    return {};
  }

  // ---- times of day

  // Past "a.m.", "pm"; 0 when there is none. `afternoon` tells which.
  std::size_t half_at(std::size_t i, bool& afternoon) const {
    if (t_.is(i, "am") || t_.is(i, "pm")) {
      afternoon = t_.is(i, "pm");
      return i + 1;
    }
    if ((t_.is(i, "a") || t_.is(i, "p")) && t_.is_mark(i + 1, '.') && t_.is(i + 2, "m") && t_[i + 1].glued &&
        t_[i + 2].glued) {
      afternoon = t_.is(i, "p");
      return t_.is_mark(i + 3, '.') && t_[i + 3].glued ? i + 4 : i + 3;
    }
    return 0;
  }

  // Past "GMT", "local time", "Moscow time"; i itself when no zone follows.
  std::size_t zone_after(std::size_t i) const {
    if (t_[i].breaks) return i;
    if (t_[i].capital &&
        lang::Language::of("en").roles(t_.text(i)).any({lang::Role::time_zone, lang::Role::american_zone}))
      return i + 1;
    if (t_.is(i, "local") && t_.is(i + 1, "time")) return i + 2;
    if (t_[i].capital && t_.is(i + 1, "time") && !t_[i + 1].capital) return i + 2;
    return i;
  }

  // "at six in the morning", "before eight on Sunday evening": a bare hour made plain by the part of the day
  bool hour_of_part(std::size_t i) const {
    const double n = t_.value(i);
    if (n < 1 || n > 12 || n != std::floor(n) || i == 0) return false;
    if (!one_of(t_.text(i - 1), {"at", "around", "about", "before", "after", "by", "past", "since", "until"}))
      return false;
    if (t_.is(i + 1, "in") && t_.is(i + 2, "the")) return one_of(t_.text(i + 3), {"morning", "afternoon", "evening"});
    return t_.is(i + 1, "on") && t_.kind(i + 2) == Lex::weekday &&
           one_of(t_.text(i + 3), {"morning", "afternoon", "evening", "night"});
  }

  Found find_time(std::size_t i) const {
    if (t_.is_number(i)) return find_clock(i);
    if (!t_.is_word(i)) return {};
    const std::string_view word = t_.text(i);
    if (word == "noon" || word == "midday") return {i + 1, {}, 720};
    if (word == "midnight") return {i + 1, {}, 0};
    if (t_.kind(i) != Lex::unit_digit && t_.kind(i) != Lex::teen && t_.kind(i) != Lex::tens &&
        t_.kind(i) != Lex::fraction)
      return {};
    // "five o'clock", "ten past five", "eighteen minutes past two", "half past five", "quarter to nine"
    int hour = 0, minute = 0;
    std::size_t at = i + 1;
    if (hour_of_part(i)) {
      hour = static_cast<int>(t_[i].lexeme.value);
    } else if (t_.is(at, "o'clock") || t_.is(at, "o\u2019clock")) {
      hour = static_cast<int>(t_[i].lexeme.value);
      ++at;
    } else {
      if (t_.is(at, "minutes") && word != "half" && word != "quarter") ++at;
      const bool past = t_.is(at, "past");
      const bool to = t_.is(at, "to") && (word == "quarter" || (i > 0 && t_.is(i - 1, "at")));
      const int n = word == "half" ? 30 : word == "quarter" ? 15 : static_cast<int>(t_[i].lexeme.value);
      const bool named_hour =
          t_.kind(at + 1) == Lex::unit_digit || t_.kind(at + 1) == Lex::teen || t_.is_number(at + 1);
      if ((!past && !to) || !named_hour || n >= 60 || n == 0) return {};
      if (t_.value(at + 1) > 24) return {};
      hour = static_cast<int>(t_.value(at + 1));
      minute = past ? n : 60 - n;
      hour -= to;
      at += 2;
    }
    if (hour < 0 || hour > 12) return {};
    bool afternoon = false;
    if (const std::size_t after = half_at(at, afternoon); after != 0) at = after;
    if (t_.is(at, "in") && t_.is(at + 1, "the") && one_of(t_.text(at + 2), {"morning", "afternoon", "evening"})) {
      afternoon = !t_.is(at + 2, "morning");
      at += 3;
    }
    return {at, {}, (hour % 12 + (afternoon ? 12 : 0)) * 60 + minute};
  }

  // "5:10 a.m.", "5.10am", "5pm", "17:45", "0410 GMT", "at 17.45"
  Found find_clock(std::size_t i) const {
    const Token& n = t_[i];
    if (n.grouped || (n.glued && i > 0 && (t_.is_word(i - 1) || t_.is_mark(i - 1, '$') || t_.is_mark(i - 1, ':'))))
      return {};
    int hour = 0, minute = 0;
    std::size_t at = i + 1;
    bool minutes = false;
    if (n.decimals == 2) {
      if (n.value > 25) return {};
      hour = static_cast<int>(n.value);
      minute = static_cast<int>(std::lround((n.value - hour) * 100));
      minutes = true;
    } else if (n.decimals != 0) {
      return {};
    } else if (t_.is_mark(at, ':') && t_[at].glued && t_[at + 1].glued && t_.is_number(at + 1) && digits(at + 1) == 2 &&
               t_[at + 1].decimals == 0) {
      hour = static_cast<int>(n.value > 99 ? 99 : n.value);
      minute = static_cast<int>(t_[at + 1].value);
      at += 2;
      minutes = true;
      if (t_.is_mark(at, ':') && t_[at].glued && t_.is_number(at + 1)) at += 2;  // seconds
    } else if (digits(i) == 4 && zone_after(at) != at && !(t_[at].capital && t_.is(at + 1, "time"))) {
      hour = static_cast<int>(n.value) / 100;
      minute = static_cast<int>(n.value) % 100;
      minutes = true;
    } else if (digits(i) <= 2) {
      hour = static_cast<int>(n.value);
    } else {
      return {};
    }
    if (hour > 24 || minute > 59) return {};
    bool afternoon = false;
    if (const std::size_t after = half_at(at, afternoon); after != 0 && hour >= 1 && hour <= 12) {
      return {zone_after(after), {}, (hour % 12 + (afternoon ? 12 : 0)) * 60 + minute};
    }
    if ((t_.is(at, "o'clock") || t_.is(at, "o\u2019clock")) && hour <= 12) return {at + 1, {}, hour * 60};
    if (!minutes && hour_of_part(i)) {
      if (!t_.is(at, "in")) return {at, {}, hour % 12 * 60};
      return {at + 3, {}, (hour % 12 + (t_.is(at + 2, "morning") ? 0 : 12)) * 60};
    }
    if (!minutes) return {};
    const std::size_t zone = zone_after(at);
    if (zone == at) {
      const std::string_view before = i > 0 ? t_.text(i - 1) : std::string_view();
      const bool led =
          one_of(before, {"at", "by", "until", "from", "since", "around", "about", "before", "after", "between"});
      const bool opens = i == 0 || n.breaks || t_.is_mark(i - 1, '(');
      if (n.decimals == 2) {
        const Token& next = t_[at];
        const bool measured = next.kind == Token::word
                                  ? next.glued || next.lexeme.kind == Lex::measure ||
                                        next.lexeme.kind == Lex::currency || next.lexeme.kind == Lex::multiplier ||
                                        t_.is(at, "per") || t_.is(at, "against")
                                  : next.code == '%' || next.code == 0xB0 || next.code == '-';
        if (measured || !(before == "at" || (opens && n.breaks))) return {};
      } else if (!led && !opens && hour < 13 && !t_.is(at, "on")) {
        return {};
      }
    }
    return {zone, {}, (hour % 24) * 60 + minute};
  }

  Tokens t_;
  std::optional<sys_days> today_;
  std::optional<sys_days> anchor_;
};

}  // namespace

std::vector<DateMention> find_dates(std::string_view text, std::optional<Time> published) {
  return DateFinder(text, published).run();
}

}  // namespace storymerge

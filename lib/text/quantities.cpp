#include "storymerge/text/quantities.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>

#include "text/finders.h"
#include "text/nouns.h"
#include "text/numbers.h"
#include "text/patterns.h"
#include "text/quantity_rules.h"

namespace storymerge {
namespace {

using lang::Role;
using lang::Roles;

constexpr double infinity = std::numeric_limits<double>::infinity();

// How far round words reach, as shares of the number; tuned on nothing, a reader's sense of them.
struct Roundness {
  double about = 0.05;     // "about 100": 95 to 105
  double almost = 0.1;     // "nearly 100": 90 to 100
  double just_over = 0.1;  // "just over 100": 100 to 110
  double greatest_age = 120;
  double greatest_goals = 20;  // of a score that counts nothing: "6-3"
  double greatest_score = 1000;
};
constexpr Roundness roundness;

std::string_view currency_of(char32_t c) {
  switch (c) {
    case '$':
      return "$";
    case 0xA3:
      return "\u00A3";
    case 0x20AC:
      return "\u20AC";
    case 0xA5:
      return "\u00A5";
    case 0x20B9:
      return "rupees";
    case 0x20BD:
      return "roubles";
    case 0x20BA:
      return "lira";
    case 0x20A9:
      return "won";
    default:
      return {};
  }
}

// What is said of a number before or after it.
enum class Bound { exact, about, odd, almost, just_over, at_least, at_most };

struct BoundRole {
  Role role;
  Bound bound;
};
constexpr BoundRole bounds_before[] = {{Role::at_least, Bound::at_least},   {Role::at_most, Bound::at_most},
                                       {Role::about, Bound::about},         {Role::almost, Bound::almost},
                                       {Role::just_over, Bound::just_over}, {Role::exactly, Bound::exact}};
constexpr Roles said_before{Role::at_least, Role::at_most, Role::about, Role::almost, Role::just_over, Role::exactly};
// What the first word of a quantity may be.
constexpr Roles opening{Role::at_least,
                        Role::at_most,
                        Role::about,
                        Role::almost,
                        Role::just_over,
                        Role::exactly,
                        Role::between,
                        Role::range_from,
                        Role::number,
                        Role::scale_alone,
                        Role::indefinite,
                        Role::part,
                        Role::collective_alone,
                        Role::many,
                        Role::several,
                        Role::minus,
                        Role::currency_prefix,
                        Role::currency_code,
                        Role::none_of,
                        Role::ordinal,
                        Role::ratio_word,
                        Role::magnitude,
                        Role::aged,
                        Role::person_of_age,
                        Role::half,
                        Role::half_noun,
                        Role::one_word,
                        Role::every};
constexpr BoundRole bounds_after[] = {{Role::or_more, Bound::at_least},
                                      {Role::or_less, Bound::at_most},
                                      {Role::or_so, Bound::about},
                                      {Role::odd, Bound::odd}};

constexpr Roles said_after{Role::or_more, Role::or_less, Role::or_so, Role::odd};

// A number with all that is said of its size: "more than $5m", "between 10 and 15", "500+".
struct Amount {
  double low = 0, high = 0;  // as written: of a range its ends, of one number twice the same
  Bound bound = Bound::exact;
  bool range = false, vague = false, spelled = false, fraction = false;
  std::string_view currency;  // its normal form; empty: none is written
  std::size_t number = 0;     // the token at which the bare number begins
};

class QuantityFinder {
 public:
  QuantityFinder(Tokens tokens, std::span<const DateMention> dates) : t_(std::move(tokens)) {
    std::size_t i = 0;
    for (const DateMention& d : dates) {
      while (i < t_.size() && t_[i].end <= d.range.begin) ++i;
      for (std::size_t k = i; k < t_.size() && t_[k].begin < d.range.end; ++k) t_.take(k);
    }
  }

  std::vector<Quantity> run() {
    std::vector<Quantity> out;
    const auto read = [this](std::size_t of_class, std::size_t at, Amount& amount) {
      return this->read(of_class, at, amount);
    };
    const Matcher<Amount, decltype(read)> matcher(t_, read);
    Fit<Amount> fit;
    for (std::size_t i = 0; i < t_.size();) {
      if (!opens(i)) {
        ++i;
        continue;
      }
      Quantity q;
      const std::size_t end = find(matcher, i, fit, q);
      if (end != 0) out.push_back(std::move(q));
      i = end != 0 ? end : i + 1;
    }
    return out;
  }

 private:
  // Can a quantity begin at token i?
  bool opens(std::size_t i) const {
    const Token& t = t_[i];
    if (t.kind == Token::number) return !t.unread;
    if (t.kind == Token::word) {
      return t_.opens(i, opening) || (t.phrase == nullptr && joins_numbers_ && t.size() > 7);
    }
    return t.code == '-' || t.code == 0x2212 || !currency_of(t.code).empty() || part_of_mark(t.code) != 0;
  }

  template <class M>
  std::size_t find(const M& matcher, std::size_t i, Fit<Amount>& fit, Quantity& q) {
    const PatternIndex& rules = quantity_rule_index();
    std::uint64_t left = rules.at(t_[i]);
    Amount amount;
    for (const QuantityClass c : {QuantityClass::amount, QuantityClass::number}) {
      const auto of_class = static_cast<std::size_t>(c);
      const std::size_t past = read(of_class, i, amount);
      left &= ~rules.led_by(of_class) | (past == 0 ? 0 : quantity_rule_index_behind().at(t_[past]));
    }
    for (; left != 0; left &= left - 1) {
      const QuantityRule& rule = compiled_quantity_rules()[static_cast<std::size_t>(std::countr_zero(left))];
      if (!matcher.fits(rule.pattern, i, fit)) continue;
      q = {};
      if (holds_taken(fit.begin, fit.end) || !yields(rule, fit, q)) continue;
      q.range = {t_[fit.begin].begin, t_[fit.end - 1].end};
      q.rule = rule.card.name;
      convert(q);
      return fit.end;
    }
    return 0;
  }

  // One measure under two names: 25 basis points are .25 percentage points.
  static void convert(Quantity& q) {
    constexpr double basis_point = 0.01;
    if (q.unit != "basis points") return;
    q.value *= basis_point, q.low *= basis_point, q.high *= basis_point;
    q.unit = "percentage points";
  }

  // Does a phrase reach into a date?
  bool holds_taken(std::size_t i, std::size_t end) const {
    while (i < end && !(t_[i].kind == Token::mark && t_[i].code == 0)) ++i;
    return i < end;
  }

  // ---- classes

  std::size_t read(std::size_t of_class, std::size_t at, Amount& amount) {
    switch (static_cast<QuantityClass>(of_class)) {
      case QuantityClass::amount:
        return read_amount(at, amount);
      case QuantityClass::number:
        return read_plain(at, amount);
      case QuantityClass::figures:
        return t_.is_number(at) && !t_[at].unread && !stands_in_name(at) ? read_plain(at, amount) : 0;
      case QuantityClass::word:
        return is_plain_word(t_, at) ? at + 1 : 0;
    }
    return 0;
  }

  // Each number is read once for all rules; so is each amount.
  const Number& number_at(std::size_t at) {
    if (memo_number_at_ != at) memo_number_ = read_number(t_, memo_number_at_ = at, false);
    return memo_number_;
  }

  std::size_t read_plain(std::size_t at, Amount& amount) {
    const Number& n = number_at(at);
    if (n.end == 0 || stands_in_name(at)) return 0;
    amount = {};
    amount.low = n.value, amount.high = n.high;
    amount.vague = n.vague, amount.spelled = n.spelled, amount.fraction = n.fraction;
    amount.number = at;
    return n.end;
  }

  std::size_t read_amount(std::size_t at, Amount& amount) {
    if (memo_at_ != at) {
      memo_at_ = at;
      memo_amount_ = {};
      memo_end_ = amount_at(at, memo_amount_);
    }
    if (memo_end_ != 0) amount = memo_amount_;
    return memo_end_;
  }

  std::size_t amount_at(std::size_t i, Amount& a) {
    std::size_t at = i;
    for (std::size_t most = 0; t_.opens(at, said_before) && most < 2 && (at == i || !t_[at].breaks);
         ++most) {  // "at least some", "an estimated"
      const std::size_t past = bound_at(at, bounds_before, a.bound);
      if (past == 0) break;
      at = past;
    }
    if (at > i && t_[at].breaks) return 0;
    const std::size_t lead = t_.past(at, Role::between);
    const std::size_t from = lead != 0 ? 0 : t_.past(at, Role::range_from);
    if (lead != 0 || from != 0) {
      at = lead + from;
      if (t_[at].breaks) return 0;
    }
    std::size_t end = money_number(at, a);
    if (end == 0) return 0;
    // "rose from 4 to 5": two numbers
    if (lead == 0 && from == 0 && at > 0 && t_.is(at - 1, Role::range_from) && changes_before(at - 1)) return end;
    end = range_behind(end, lead != 0, a);
    if ((lead != 0 || from != 0) && !a.range) return 0;
    if (from != 0 && changes_before(i)) return 0;  // "rose from 4 to 5": two numbers
    if (const std::size_t past = bound_behind(end, a)) end = past;
    return end;
  }

  template <std::size_t n>
  std::size_t bound_at(std::size_t i, const BoundRole (&roles)[n], Bound& bound) const {
    std::size_t best = 0;
    for (const BoundRole& r : roles) {
      const std::size_t past = t_.past(i, r.role);
      if (past > best) best = past, bound = r.bound;
    }
    return best;
  }

  // "500+ people", "20-odd", "20 or so people", "two hours or more"
  std::size_t bound_behind(std::size_t end, Amount& a) const {
    if (t_.is_mark(end, '+') && t_[end].glued) {
      a.bound = Bound::at_least;
      return end + 1;
    }
    const std::size_t at = t_.is_hyphen(end) ? end + 1 : end;
    if (t_[at].breaks || !t_.opens(at, said_after)) return 0;
    return bound_at(at, bounds_after, a.bound);
  }

  // "$1.2bn", "US$5m", "EUR 5m", "5 €", "€ 5 Mio."
  std::size_t money_number(std::size_t i, Amount& a) {
    std::size_t at = i;
    const lang::Meaning* meaning = nullptr;
    if (t_[at].kind == Token::mark && !currency_of(t_[at].code).empty()) {
      a.currency = currency_of(t_[at++].code);
    } else if (t_[at].capital && t_.past(at, Role::currency_prefix, &meaning) != 0 && t_[at + 1].glued &&
               t_.is_mark(at + 1, '$')) {
      a.currency = meaning->value;
      at += 2;
    } else if (t_[at].capital && t_.is(at, Role::currency_code)) {
      const bool dot = t_.is(at, Role::dotted) && t_.is_mark(at + 1, '.') && t_[at + 1].glued;  // Rs. 40
      const std::size_t figures = dot ? at + 2 : at + 1;
      const lang::Meaning* currency = t_[at].entry->in(Role::currency);
      if (currency != nullptr && t_.is_number(figures) && !t_[figures].breaks) {
        a.currency = currency->value;
        at = figures;
      }
    }
    if (at > i && t_[at].breaks) return 0;
    const bool sign = at > i && t_.is_mark(at, '-') && t_[at].glued;  // $-5m
    const Number n = at > i ? read_number(t_, at, true) : number_at(at);
    if (n.end == 0 || sign || (at == i && stands_in_name(at)) || is_label(at) || (at == i && numbers_name(at)))
      return 0;
    a.low = n.value, a.high = n.high;
    a.vague = n.vague, a.spelled = n.spelled, a.fraction = n.fraction;
    a.number = at;
    std::size_t end = n.end;
    if (a.currency.empty() && t_[end].kind == Token::mark && !t_[end].breaks && !currency_of(t_[end].code).empty() &&
        !(t_.is_number(end + 1) && t_[end + 1].glued)) {
      a.currency = currency_of(t_[end++].code);
    }
    return end;
  }

  // Is the number at i part of a name or of a longer run of digits: Covid-19, F-16, A320, 1.2.3, #5?
  bool stands_in_name(std::size_t i) const {
    if (!t_.is_number(i)) return false;
    if (t_.is_mark(i + 1, '.') && t_[i + 1].glued && t_[i + 2].glued && t_.is_number(i + 2)) return true;
    if (t_.is_mark(i + 1, '/') && t_[i + 1].glued && t_[i + 2].glued && t_.is_number(i + 2)) return true;  // 17/30
    if (i == 0 || !t_[i].glued) return false;
    const Token& before = t_[i - 1];
    if (before.kind == Token::word) return !t_.is(i - 1, Role::elided);
    if (before.code == '#' || before.code == '@' || before.code == '/' || before.code == '_') return true;
    if (before.code == '-' && before.glued && i > 1 && t_.is_word(i - 2)) return true;
    return before.code == '.' && before.glued;
  }

  // "Falcon 9", "Senate Bill 1062", "the WR 124": the number of what has a name. "In Berlin 40 people" counts people.
  bool numbers_name(std::size_t i) const {
    const Token& n = t_[i];
    if (i == 0 || n.breaks || n.kind != Token::number || n.decimals != 0 || n.grouped || n.size() > 4) return false;
    if (!t_.is_word(i - 1) || !t_[i - 1].capital || t_[i - 1].glued) return false;
    static constexpr Roles other_words{Role::month, Role::weekday, Role::ends_noun_phrase, Role::changes};
    if (t_.any(i - 1, other_words) || (t_[i - 1].entry != nullptr && t_.any(i - 1, opening))) return false;
    if (!counts_what_follows(i)) return true;
    return !nouns_capital_ && i > 1 && !t_[i - 1].breaks &&
           t_.any(i - 2, {Role::before_noun, Role::indefinite, Role::of, Role::number});
  }

  bool counts_what_follows(std::size_t i) const {
    std::size_t state = 0;
    return t_.past(i + 1, Role::unit) != 0 || t_.past(i + 1, Role::percent) != 0 || t_.is_mark(i + 1, '%') ||
           t_.any(i + 1, {Role::scale, Role::scale_glued, Role::currency, Role::people}) ||
           (t_.is_hyphen(i + 1) && t_.is_word(i + 2)) || noun_after(i + 1, false, state) != 0 || state != 0;
  }

  // "Flight 214", "a phase 3 trial", "No. 4", "berths 4 to 7"; but "on the line 12 people wait" and "the number 12,000"
  bool is_label(std::size_t i) const {
    if (i == 0 || t_[i].breaks) return false;
    if (t_.is_mark(i - 1, '.') || t_.is_mark(i - 1, 0xB0) || t_.is_mark(i - 1, 0xBA))  // No. 4, n° 4
      return i > 1 && t_[i - 1].glued && t_.is(i - 2, Role::label_dotted);
    const bool second = i > 2 && (t_.any(i - 1, {Role::range_to, Role::and_}) || t_.is_hyphen(i - 1)) &&
                        t_.is_number(i - 2) && !t_[i - 1].breaks && !t_[i - 2].breaks;
    const std::size_t word = second ? i - 3 : i - 1;
    if (!t_.any(word, {Role::label, Role::label_small})) return false;
    const Token& n = t_[i];
    if (n.kind == Token::number && (n.decimals != 0 || n.grouped || n.value > 9999)) return false;
    if (t_.is(word, Role::label_small))  // "brachte die Grotholm-Linie 118 Fahrgäste", but "Artikel 5 Absatz 2"
      return !nouns_capital_ || t_.is(i + 1, Role::label_small) || !counts_what_follows(i);
    if (nouns_capital_ || n.kind != Token::number) return false;
    return (t_[word].capital && word > 0) || !counts_what_follows(i);
  }

  // "rose from 4 to 5": does a verb of change stand before token i?
  bool changes_before(std::size_t i) const {
    for (std::size_t k = i; k > 0 && i - k < 6 && !t_[k].breaks; --k) {
      if (t_.is(k - 1, Role::changes)) return true;
      if (t_[k - 1].kind == Token::mark) return false;
    }
    return false;
  }

  // "10 to 15", "12-15", "$5-10m", "between 3,000 and 4,000", "90+3": past the second number, and both are in `a`.
  std::size_t range_behind(std::size_t end, bool between, Amount& a) const {
    if (t_.is_mark(end, '+') && t_[end].glued && t_[end + 1].glued && t_.is_number(end + 1) && t_[end + 1].value < 30 &&
        !a.spelled) {
      a.low = a.high = a.low + t_[end + 1].value;
      return end + 2;
    }
    std::size_t link = end;
    if (between && (t_.is_mark(link, '%') || t_.is(link, Role::percent) || t_.is(link, Role::unit))) ++link;
    const bool dash = t_.is_hyphen(link);
    if (t_[link].breaks || t_[link + 1].breaks) return end;
    if (!(dash || t_.is(link, Role::range_to) || (between && t_.is(link, Role::number_and)))) return end;
    std::size_t second = link + 1;
    if (!a.currency.empty() && t_[second].kind == Token::mark && currency_of(t_[second].code) == a.currency) ++second;
    if (t_.is_number(second)
            ? t_[second].unread || (t_[second].glued && !dash && second == link + 1) || stands_in_name_behind(second)
            : !t_.is(second, Role::number) && !t_.is(second, Role::indefinite))
      return end;
    const Number n = read_number(t_, second, !a.currency.empty());
    if (n.end == 0 || n.vague || (t_.is(second, Role::pronoun_number) && !dash && !between)) return end;
    // "2.5 to 3 million", "$5-10m": the multiplier holds for both
    double first = a.low;
    const double bare = t_.is_number(second) ? t_[second].value : n.value;
    if (n.value >= 1e3 && first < 1000 && bare < 1000 && bare > first && bare != 0) first *= n.value / bare;
    if (n.value <= first) return end;
    if (!between && a.currency.empty() && is_score(first, n.value, dash, n.end)) return end;
    a.low = first, a.high = n.value, a.range = true;
    if (a.currency.empty() && t_[n.end].kind == Token::mark && !currency_of(t_[n.end].code).empty() &&
        !t_[n.end].breaks) {
      a.currency = currency_of(t_[n.end].code);
      return n.end + 1;
    }
    return n.end;
  }

  // Does a third part follow: "1-2-3", "12-15.3.2031"?
  bool stands_in_name_behind(std::size_t i) const {
    return t_.is_mark(i + 1, '.') && t_[i + 1].glued && t_[i + 2].glued && t_.is_number(i + 2);
  }

  static bool is_whole(double v) { return v == std::floor(v) && v >= 0 && v < roundness.greatest_score; }

  // Are two numbers with a dash or a "to" between them the score of a match?
  bool is_score(double first, double second, bool dash, std::size_t end) const {
    if (!is_whole(first) || !is_whole(second) || counted_after(end)) return false;
    return dash ? std::max(first, second) <= roundness.greatest_goals : first > second;
  }

  // Is something counted from token i on: a noun, %, a measure?
  bool counted_after(std::size_t i) const {
    if (t_[i].breaks) return false;
    if (t_.is_mark(i, '%') || t_.is_hyphen(i)) return true;
    if (t_[i].kind == Token::mark) return !currency_of(t_[i].code).empty() || t_[i].code == 0xB0;
    if (!t_.is_word(i)) return false;
    static constexpr Roles measures{Role::unit, Role::currency, Role::state, Role::percent, Role::people};
    if (t_.any(i, measures) || t_.past(i, Role::unit) != 0 || t_.past(i, Role::percent) != 0) return true;
    std::size_t state = 0;
    const std::size_t noun = noun_after(i, false, state);
    return noun != 0 && !t_.is(noun, Role::outcome) && noun <= i + 1;
  }

  // ---- what the rules yield

  bool yields(const QuantityRule& rule, const Fit<Amount>& fit, Quantity& q) const {
    const auto* piece = fit.reading(static_cast<std::size_t>(QuantityClass::amount));
    if (piece == nullptr) piece = fit.reading(static_cast<std::size_t>(QuantityClass::number));
    if (piece == nullptr) piece = fit.reading(static_cast<std::size_t>(QuantityClass::figures));
    switch (rule.yield) {
      case QuantityYield::none:
        return yield_none(fit, q);
      case QuantityYield::ordinal:
        return yield_ordinal(fit, q);
      case QuantityYield::share:
        return yield_share(fit, q);
      case QuantityYield::part_of:
        return yield_part_of(fit, rule.unit, q);
      case QuantityYield::one_in:
        return yield_one_in(fit, q);
      case QuantityYield::every_nth:
        return yield_every_nth(fit, q);
      case QuantityYield::score:
        return yield_score(fit, q);
      case QuantityYield::ratio:
        return yield_ratio(fit, q);
      case QuantityYield::age:
        return yield_age(piece->reading, q);
      case QuantityYield::age_of_name:
        return name_before(piece->begin) && yield_age(piece->reading, q);
      case QuantityYield::unit:
        q.unit = rule.unit;
        break;
      case QuantityYield::measure:
        q.unit = unit_of(fit);
        if (q.unit.empty() || is_vague_one(piece->reading, fit)) return false;
        break;
      case QuantityYield::money:
        if (!fit.has(Role::currency) && piece->reading.currency.empty()) return false;
        q.unit = fit.has(Role::currency) ? fit.get(Role::currency)->meaning->value : piece->reading.currency;
        if (fit.has(Role::currency) && piece->reading.currency.empty() &&
            is_weight(fit.get(Role::currency)->begin, fit))
          q.unit = t_[fit.get(Role::currency)->begin].entry->in(Role::weight)->value;
        break;
      case QuantityYield::count:
        return yield_count(fit, piece->reading, q);
    }
    if (!piece->reading.currency.empty() && rule.yield != QuantityYield::money) return false;
    measure(piece->reading, q);
    if (const std::size_t noun = noun_behind(fit.end, true)) set_noun(q, noun);
    return true;
  }

  // "300 pounds of cocaine", "a 450-pound gorilla", "weighs 12 pounds", "6 feet and 210 pounds"; but "a 40-pound fine"
  bool is_weight(std::size_t pounds, const Fit<Amount>& fit) const {
    constexpr std::size_t near = 6;  // tokens
    if (!t_.is(pounds, Role::weight) || t_[pounds].entry == nullptr) return false;
    const std::size_t end = fit.end;
    std::size_t state = 0;
    if (!t_[end].breaks && (t_.is(end, Role::of) || t_.is_hyphen(pounds - 1))) {
      const std::size_t noun = t_.is(end, Role::of) ? nouns_.after_of(end) : nouns_.after(end, true, state);
      if (noun != 0 || state != 0) return !t_.is(noun != 0 ? noun : state, Role::sum_noun);
    }
    if (t_.is(end, Role::weighs)) return true;
    for (std::size_t k = fit.begin; k > 0 && fit.begin - k < near && !t_[k].breaks; --k) {
      if (t_.is_mark(k - 1, '.') && !t_[k].glued) return false;
      if (t_.is(k - 1, Role::weighs) || (t_.is(k - 1, Role::unit) && t_[k - 1].entry->in(Role::squared) != nullptr))
        return true;
    }
    return false;
  }

  // "a quarter of a percentage point", "half a per cent"
  bool yield_part_of(const Fit<Amount>& fit, std::string_view unit, Quantity& q) const {
    const auto* part = fit.has(Role::part) ? fit.get(Role::part) : fit.get(Role::fraction);
    const auto* times = fit.reading(static_cast<std::size_t>(QuantityClass::number));
    if (times != nullptr && (times->reading.low > 20 || times->reading.fraction)) return false;
    const auto* whole = fit.reading(static_cast<std::size_t>(QuantityClass::figures));
    if (whole != nullptr && whole->reading.low != 1) return false;  // "a quarter of 40%"
    q.value = part->meaning->number * (times != nullptr ? times->reading.low : 1);
    q.unit = unit;
    apply(bound_in(fit), q);
    return true;
  }

  // "one day", "at one point"
  bool is_vague_one(const Amount& a, const Fit<Amount>& fit) const {
    return a.spelled && a.low == 1 && a.high == 1 && fit.has(Role::unit) &&
           t_.is(fit.get(Role::unit)->begin, Role::not_after_one);
  }

  void set_noun(Quantity& q, std::size_t k) const { q.noun = {t_[k].begin, t_[k].end}; }

  std::size_t noun_after(std::size_t i, bool one, std::size_t& state) const { return nouns_.after(i, one, state); }

  std::size_t noun_behind(std::size_t end, bool one) const {
    if (t_[end].breaks) return 0;
    if (t_.is(end, Role::of)) return nouns_.after_of(end);
    std::size_t state = 0;
    const std::size_t noun = nouns_.after(t_.is_hyphen(end) ? end + 1 : end, one, state);
    return noun != 0 ? noun : state;
  }

  // The interval that the amount means.
  static void measure(const Amount& a, Quantity& q) {
    q.low = a.low, q.high = a.high;
    q.value = a.range ? (a.low + a.high) / 2 : a.low;
    if (a.range || a.vague) {
      q.approximate = a.vague || a.bound == Bound::about;
      if (a.vague && !a.range && a.low == a.high) q.high = a.low + 1;  // "a couple of"
      if (a.bound == Bound::at_least) q.high = infinity;
      if (a.bound == Bound::at_most) q.low = -infinity;
      return;
    }
    apply(a.bound, q);
  }

  // The place of the last figure that is not 0: 10 of 20, 100 of 1,300. "Twenty-odd" are 20 to 29.
  static double last_place(double v) {
    double place = 1;
    while (place < v && std::fmod(v, place * 10) == 0) place *= 10;
    return place;
  }

  static void apply(Bound bound, Quantity& q) {
    const double v = q.value;
    q.low = q.high = v;
    switch (bound) {
      case Bound::exact:
        return;
      case Bound::at_least:
        q.high = infinity;
        return;
      case Bound::at_most:
        q.low = -infinity;
        return;
      case Bound::about:
        q.low = (1 - roundness.about) * v, q.high = (1 + roundness.about) * v;
        break;
      case Bound::odd:
        q.high = v + last_place(v) - 1;
        break;
      case Bound::almost:
        q.low = (1 - roundness.almost) * v;
        break;
      case Bound::just_over:
        q.high = (1 + roundness.just_over) * v;
        break;
    }
    if (q.low > q.high) std::swap(q.low, q.high);
    q.approximate = true;
  }

  // The normal form of the unit that fits; "sq km", "km/h" where a square or an hour belongs to it.
  std::string unit_of(const Fit<Amount>& fit) const {
    const auto* piece = fit.get(Role::unit) != nullptr ? fit.get(Role::unit) : fit.get(Role::unit_glued);
    const std::string_view unit = piece->meaning->value;
    const lang::Entry* entry = t_[piece->begin].entry;
    const auto variant = [&](Role role) {
      const lang::Meaning* meaning = entry == nullptr ? nullptr : entry->in(role);
      return meaning == nullptr ? std::string() : std::string(meaning->value);
    };
    if (fit.has(Role::square_word) || t_.is_mark(fit.end - 1, 0xB2)) return variant(Role::squared);
    if (fit.has(Role::cubic_word) || t_.is_mark(fit.end - 1, 0xB3)) return variant(Role::cubed);
    if (fit.has(Role::hour_letter)) return variant(Role::speed);
    if (piece->element.what == static_cast<std::uint16_t>(Role::unit_glued) && !t_[piece->begin].glued) return {};
    return std::string(unit);
  }

  // "no casualties", "keine Verletzten": none of them
  bool yield_none(const Fit<Amount>& fit, Quantity& q) const {
    const std::size_t k = fit.get(Role::harm)->begin;
    q.unit = t_.any(k, {Role::state, Role::people}) ? "people" : std::string(t_.text(k));
    set_noun(q, k);
    return true;
  }

  // "fourth win", "10th", "der 3. Sieg"; but no "second" of time, and nothing that a hyphen binds ("third-placed")
  bool yield_ordinal(const Fit<Amount>& fit, Quantity& q) const {
    std::size_t end = fit.end;
    if (t_.is_dash(end) && t_[end].glued) return false;
    if (const auto* word = fit.get(Role::ordinal)) {
      q.value = word->meaning->number;
      const bool alone = !t_.is_word(end) || t_[end].breaks || t_.is(end, Role::ends_noun_phrase);
      if (t_.is(word->begin, Role::ordinal_with_noun) && (alone || t_.is(word->begin - 1, Role::indefinite)))
        return false;
    } else {
      q.value = fit.pieces[0].reading.low;
      if (t_.is_mark(end - 1, '.')) {  // German
        if (!t_.language().is("*", Role::ordinal_dot) || !t_.is_word(end) || t_[end].glued || t_[end].breaks ||
            t_[end].size() < 4 || t_.is(end, Role::starts_sentence) || q.value != std::floor(q.value) || q.value > 999)
          return false;
      }
    }
    q.low = q.high = q.value;
    q.ordinal = true;
    std::size_t state = 0;
    std::size_t noun = noun_after(end, true, state);
    if (noun == 0 && t_.is(end, Role::unit) && !t_[end].breaks) noun = end;
    if (noun != 0) {
      set_noun(q, noun);
      q.unit =
          t_.is(noun, Role::unit) ? std::string(t_[noun].entry->in(Role::unit)->value) : std::string(t_.text(noun));
    }
    return true;
  }

  static Bound bound_in(const Fit<Amount>& fit) {
    for (const BoundRole& r : bounds_before) {
      if (fit.has(r.role)) return r.bound;
    }
    return Bound::exact;
  }

  bool set_share(double share, const Fit<Amount>& fit, Quantity& q) const {
    q.value = share * 100;
    q.unit = "%";
    apply(bound_in(fit), q);
    std::size_t state = 0;
    std::size_t noun = t_.is(fit.end, Role::of) ? nouns_.after_of(fit.end) : 0;
    if (noun == 0 && t_.is_word(fit.end)) noun = noun_after(fit.end, false, state);
    if (noun != 0) set_noun(q, noun);
    return true;
  }

  // "two-thirds of", "a third of", "half of", "die Hälfte"
  bool yield_share(const Fit<Amount>& fit, Quantity& q) const {
    // "the first half of the year", "a half-century", "half of this year"
    if (t_.is_hyphen(fit.end) || (fit.begin > 0 && t_.any(fit.begin - 1, {Role::first, Role::ordinal}))) return false;
    if (t_.is(fit.end, Role::of) && t_.is(fit.end + 1, Role::which)) return false;
    // "half a point", "a quarter of a point": what its points are is not told here
    const std::size_t point = t_.is(fit.end, Role::of) ? fit.end + 1 : fit.end;
    if (t_.is(point, Role::indefinite) && t_.is(point + 1, Role::point)) return false;
    const auto* half = fit.has(Role::half) ? fit.get(Role::half) : fit.get(Role::half_noun);
    if (half != nullptr) return set_share(half->meaning->number, fit, q);
    const auto* part = fit.get(Role::fraction);
    const auto* times = fit.reading(static_cast<std::size_t>(QuantityClass::number));
    if (times != nullptr && (times->reading.low > 20 || times->reading.fraction)) return false;
    const double n = times != nullptr ? times->reading.low : 1;
    const bool hyphen = part->begin > fit.begin && t_.is_hyphen(part->begin - 1);
    if (t_.is(part->begin, Role::ordinal) && !t_.is(fit.end, Role::of) && !(times != nullptr && n == 1 && hyphen))
      return false;
    if (read_number(t_, fit.begin, false).end > fit.end) return false;  // a quarter of a million
    return n * part->meaning->number <= 1 && set_share(n * part->meaning->number, fit, q);
  }

  // "four in ten", "7 out of 10", "uno de cada cinco", "one train in ten": both small, and the second a round size
  bool yield_one_in(const Fit<Amount>& fit, Quantity& q) const {
    constexpr auto number = static_cast<std::size_t>(QuantityClass::number);
    const bool word = fit.has(Role::one_word) && fit.reading(number, 1) == nullptr;
    const auto& whole = *fit.reading(number, word ? 0 : 1);
    const double n = word ? 1 : fit.reading(number)->reading.low, m = whole.reading.low;
    if (whole.reading.vague || !(n >= 1 && m > n) || m != std::floor(m) || n != std::floor(n)) return false;
    const bool thing = word && t_.past(fit.begin + 1, Role::out_of) == 0 && whole.begin == fit.begin + 3;
    if (thing && t_.is(fit.begin + 2, Role::of)) return false;  // "eine Strafe von 30 Millionen"
    const bool surely = fit.has(Role::out_of);
    if (!surely && !(whole.reading.spelled && m <= 20) && m != 5 && m != 10 && m != 100 && m != 1000) return false;
    if (!surely && (t_.any(fit.end, {Role::unit, Role::scale}) || t_.is_mark(fit.end, '%'))) return false;
    return set_share(n / m, fit, q);
  }

  // "every fifth", "jeder dritte"
  bool yield_every_nth(const Fit<Amount>& fit, Quantity& q) const {
    const double n = fit.number(Role::ordinal);
    if (n < 2 || t_.any(fit.end, {Role::unit, Role::weekday, Role::period})) return false;
    return set_share(1 / n, fit, q);
  }

  // "6-3", "2:1", "3 to 1", "five votes to four"
  bool yield_score(const Fit<Amount>& fit, Quantity& q) const {
    constexpr auto number = static_cast<std::size_t>(QuantityClass::number);
    const double a = fit.reading(number)->reading.low, b = fit.reading(number, 1)->reading.low;
    const std::size_t link = fit.reading(number)->end;
    const bool dash = t_.is_hyphen(link), colon = t_.is_mark(link, ':') && t_[link].glued && t_[link + 1].glued;
    if (!dash && !colon && t_[link].kind == Token::mark) return false;
    if (fit.reading(number)->reading.vague || fit.reading(number, 1)->reading.vague || !is_whole(a) || !is_whole(b))
      return false;
    if (t_.is_number(fit.begin) && stands_in_name(fit.begin)) return false;
    if (stands_in_figures(fit)) return false;  // 1-2-3
    const bool small = std::max(a, b) <= roundness.greatest_goals;
    const bool led = fit.begin > 0 && (t_.is(fit.begin - 1, Role::range_from) || changes_before(fit.begin));
    if (colon ? !small : dash ? !(b <= a || small) : !(b <= a && !led)) return false;  // "the vote was 285 to 120"
    if (!fit.has(Role::outcome) && counted_after(fit.end)) return false;
    q.unit = "score";
    q.value = q.low = q.high = a * 1000 + b;
    return true;
  }

  // "a ratio of 3 to 1", "two-to-one", "3:1 ratio"
  bool yield_ratio(const Fit<Amount>& fit, Quantity& q) const {
    constexpr auto number = static_cast<std::size_t>(QuantityClass::number);
    const double a = fit.reading(number)->reading.low, b = fit.reading(number, 1)->reading.low;
    if (b == 0) return false;
    q.unit = "ratio";
    q.value = q.low = q.high = a / b;
    return true;
  }

  // "Ida Moll (27)", as German has it: a given name and more before and at token i? English shirts have numbers in brackets.
  bool full_name_ends(std::size_t i) const {
    constexpr std::size_t longest = 3;  // words before the last
    for (std::size_t k = i; k > 0 && i - k < longest && t_.is_word(k) && t_[k].capital && !t_[k].breaks; --k) {
      if (t_.is(k - 1, Role::given_name) && t_[k - 1].capital) return true;
    }
    return false;
  }

  // "Ana Ruiz, 34": a name and a comma before token i?
  bool name_before(std::size_t i) const {
    if (i > 2 && t_.is_mark(i - 1, '(')) return t_.language().is("*", Role::nouns_capital) && full_name_ends(i - 2);
    std::size_t comma = i;
    if (comma > 0 && t_.is(comma - 1, Role::of)) --comma;  // "Ana Ruiz, de 34 años,"
    if (comma < 2 || !t_.is_mark(comma - 1, ',') || t_[i].breaks) return false;
    if (comma > 2 && t_.is_mark(comma - 2, '.') && t_.is(comma - 3, Role::generation)) --comma;  // "Holm Jr., 38"
    const std::size_t word = comma - 2;
    return t_.is_word(word) && (t_[word].capital ? !t_.any(word, {Role::month, Role::weekday})
                                                 : t_.any(word, {Role::person, Role::occupation}));
  }

  bool yield_age(const Amount& a, Quantity& q) const {
    if (a.low < 0 || a.high >= roundness.greatest_age || a.vague || !a.currency.empty()) return false;
    measure(a, q);
    q.unit = "years old";
    return true;
  }

  // "one person died", but "one of the", "no one", "one another", "at one point"
  bool counts_one(std::size_t i) const {
    if (t_.text(i).ends_with('s') || t_.is_hyphen(i - 1)) return false;  // "one's", "one-on-one"
    if (t_.is_hyphen(i + 1) || t_[i + 1].breaks || !t_.is_word(i + 1)) return false;
    if (t_.any(i + 1, {Role::state, Role::people})) return true;
    if (t_.any(i + 1, {Role::ends_noun_phrase, Role::not_after_one})) return false;
    return i == 0 || !t_.is(i - 1, Role::not_before_one);
  }

  // "7-8-1", "09:53", "(5)": figures among marks that count nothing
  bool stands_in_figures(const Fit<Amount>& fit) const {
    const std::size_t i = fit.begin, end = fit.end;
    const auto links = [&](std::size_t mark) {
      return t_.is_hyphen(mark) || (t_.is_mark(mark, ':') && t_[mark].glued && t_[mark + 1].glued);
    };
    if (links(end) && t_.is_number(end + 1)) return true;
    if (i > 1 && links(i - 1) && t_.is_number(i - 2)) return true;
    return i > 0 && t_.is_mark(i - 1, '(') && t_.is_mark(end, ')') && end == i + 1 && t_.is_number(i);
  }

  // "201 Waterfront St.", "36 Mill Lane"
  bool is_address(std::size_t end) const {
    for (std::size_t k = end; k < end + 4 && t_.is_word(k) && t_[k].capital && !t_[k].breaks; ++k) {
      if (k > end && t_.is(k, Role::street)) return true;
    }
    return t_.is_word(end) && t_[end].capital && t_[end + 1].capital && t_.is(end + 1, Role::abbr_may_end) &&
           t_.is_mark(end + 2, '.');
  }

  bool yield_count(const Fit<Amount>& fit, const Amount& a, Quantity& q) const {
    const std::size_t end = fit.end;
    if (!a.currency.empty()) return false;
    if (!a.spelled && t_[end].glued && t_.is_word(end)) return false;  // 80s, 3D, 4x4
    if (!a.spelled && t_.is_mark(end, '.') && t_[end].glued && t_.language().is("*", Role::ordinal_dot) &&
        t_.is_word(end + 1) && !t_[end + 1].breaks && !t_.is(end + 1, Role::starts_sentence))
      return false;  // der 1. FC Hallow
    if (a.spelled && !a.range && a.bound == Bound::exact && t_.is(a.number, Role::pronoun_number) &&
        end == a.number + 1 && !counts_one(a.number))
      return false;
    if (t_.is(a.number, Role::range_from)) return false;
    if (stands_in_figures(fit) || is_address(end)) return false;
    measure(a, q);
    const bool hyphen = t_.is_hyphen(end) && t_.is_word(end + 1);
    std::size_t noun = 0, state = 0;
    if (t_.is(end, Role::of) && !t_[end].breaks) {
      noun = nouns_.after_of(end);
    } else if (!t_[end].breaks) {
      if (hyphen && is_plain_word(t_, end + 1)) noun = end + 1;  // a 10-game run
      if (noun == 0)
        noun =
            noun_after(hyphen ? end + 1 : end, a.low <= 1 || hyphen || a.fraction || a.low != std::floor(a.low), state);
      if (noun == 0 && state == 0 && !hyphen) noun = nouns_.single(end);
    }
    if (noun != 0 || state != 0) set_noun(q, noun != 0 ? noun : state);
    // "when the two were negotiating": a pronoun
    if (noun == 0 && state == 0) return !(a.spelled && fit.begin > 0 && t_.is(fit.begin - 1, Role::before_noun));
    const bool people = noun == 0 || t_.any(noun, {Role::people, Role::state});
    q.unit = people ? "people" : std::string(t_.text(noun));
    return true;
  }

  Tokens t_;
  Nouns nouns_{t_};
  bool nouns_capital_ = t_.language().is("*", Role::nouns_capital);
  bool joins_numbers_ = t_.language().is("*", Role::joins_numbers);
  std::size_t memo_at_ = static_cast<std::size_t>(-1), memo_end_ = 0;
  Amount memo_amount_;
  std::size_t memo_number_at_ = static_cast<std::size_t>(-1);
  Number memo_number_;
};

}  // namespace

std::vector<Quantity> find_quantities(Tokens tokens, std::span<const DateMention> dates) {
  return QuantityFinder(std::move(tokens), dates).run();
}

std::vector<Quantity> find_quantities(std::string_view text, std::span<const DateMention> dates,
                                      std::string_view language) {
  return find_quantities(Tokens(text, lang::Language::of(language)), dates);
}

}  // namespace storymerge

#include "read/dates.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <charconv>
#include <string>
#include <vector>

#include "lang/language.h"
#include "lang/spelling.h"
#include "read/ascii.h"
#include "storymerge/lang/languages.h"
#include "support/hash_text.h"

namespace storymerge::read {
namespace {

using namespace std::chrono;

constexpr lang::Roles weekdays{lang::Role::weekday, lang::Role::short_weekday};

// What any language says of a word in a date: a page's own is often not declared.
struct DateWord {
  lang::Roles roles;
  std::optional<double> month, zone, american_zone;
};

struct DateWords {
  boost::unordered_flat_map<std::string, DateWord, HashText, std::equal_to<>> words;
  std::vector<std::string_view> languages;  // that have months
};

const DateWords& date_words() {
  static const DateWords all = [] {
    DateWords out;
    for (const std::string_view tag : known_languages()) {
      const lang::Language language(tag, lang::tables_of(tag, {"calendar", "dates", "numbers"}));
      const auto add = [&](std::string_view word, lang::Role role) {
        if (!language.is(word, role)) return;
        DateWord& found = out.words[std::string(word)];
        found.roles.add(role);
        for (const auto& [of, slot] :
             {std::pair(lang::Role::month, &found.month), std::pair(lang::Role::time_zone, &found.zone),
              std::pair(lang::Role::american_zone, &found.american_zone)}) {
          if (role == of && !*slot) *slot = language.number(word, role);
        }
      };
      for (const lang::Role role : {lang::Role::month, lang::Role::time_zone, lang::Role::american_zone,
                                    lang::Role::weekday, lang::Role::short_weekday, lang::Role::date_link,
                                    lang::Role::ordinal_suffix, lang::Role::am, lang::Role::pm, lang::Role::oclock}) {
        for (const auto& [word, value] : language.with(role)) add(word, role);
        for (const std::string_view word : language.spelled_with(role)) add(word, role);
      }
      if (!language.with(lang::Role::month).empty()) out.languages.push_back(tag);
    }
    return out;
  }();
  return all;
}

const DateWord& date_word(std::string_view word) {
  static const DateWord unknown;
  const auto at = date_words().words.find(word);
  return at == date_words().words.end() ? unknown : at->second;
}

// Minutes east of Greenwich.
std::optional<int> zone_of(std::string_view word) {
  if (word == "z" || word == "ut") return 0;
  const DateWord& known = date_word(word);
  const std::optional<double> zone = known.zone ? known.zone : known.american_zone;
  return zone ? std::optional(static_cast<int>(*zone)) : std::nullopt;
}

struct Token {
  enum Kind { number, word, sign } kind = sign;
  std::string_view text;  // in small letters
  int value = 0;
  bool tight = false;  // no blank before it
};

// Letters, digits and signs of a line in small ASCII letters; `line` must outlive the tokens.
std::vector<Token> tokens_of(std::string_view line) {
  std::vector<Token> out;
  bool tight = false;
  for (std::size_t i = 0; i < line.size();) {
    const auto is_digit = [&](std::size_t k) { return k < line.size() && line[k] >= '0' && line[k] <= '9'; };
    const auto is_letter = [&](std::size_t k) {
      return k < line.size() && ((line[k] >= 'a' && line[k] <= 'z') || (line[k] & 0x80) != 0);
    };
    std::size_t end = i + 1;
    if (line.substr(i, 2) == "\xC2\xA0" || line.substr(i, 3) == "\xE2\x80\xAF") {  // no-break spaces
      i += line[i] == '\xC2' ? 2 : 3;
      tight = false;
      continue;
    }
    Token token;
    if (is_digit(i)) {
      while (is_digit(end)) ++end;
      token.kind = Token::number;
      const auto size = std::min<std::size_t>(end - i, 9);
      std::from_chars(line.data() + i, line.data() + i + size, token.value);
    } else if (is_letter(i)) {
      for (const std::string_view counter :
           {"\u5E74", "\u6708", "\u65E5", "\u65F6", "\u5206", "\uB144", "\uC6D4", "\uC77C"}) {
        if (line.substr(i).starts_with(counter)) end = i + counter.size(), token.kind = Token::sign;
      }
      if (end == i + 1) {
        while (is_letter(end) && line.substr(end, 2) != "\xC2\xA0") ++end;
        token.kind = Token::word;
      }
    } else if (line[i] == ' ' || line[i] == '\t' || line[i] == '\n' || line[i] == '\r' || line[i] == ',') {
      tight = false;
      ++i;
      continue;
    }
    token.text = line.substr(i, end - i);
    token.tight = tight;
    out.push_back(token);
    tight = true;
    i = end;
  }
  return out;
}

// Takes the pieces of a date as they come.
class DateReader {
 public:
  DateReader(const std::vector<Token>& tokens, bool strict, NumberOrder order)
      : t_(tokens), strict_(strict), order_(order) {}

  std::optional<ZonedTime> read() {
    while (i_ < t_.size()) {
      if (zone() || clock() || numeric_day() || month_word() || single_number() || filler()) continue;
      if (strict_) return std::nullopt;
      if (complete()) break;  // what follows is not the date's
      restart();
      ++i_;
    }
    return result();
  }

 private:
  bool is(std::size_t k, std::string_view text) const { return k < t_.size() && t_[k].text == text; }
  bool number(std::size_t k, std::size_t digits_min, std::size_t digits_max) const {
    return k < t_.size() && t_[k].kind == Token::number && t_[k].text.size() >= digits_min &&
           t_[k].text.size() <= digits_max;
  }
  bool complete() const { return y_ > 0 && m_ > 0 && d_ > 0; }
  void restart() {
    y_ = m_ = d_ = 0;
    clock_ = false;
  }

  bool set_day(int y, int m, int d, std::size_t tokens) {
    if (complete()) return false;
    y_ = y, m_ = m, d_ = d;
    i_ += tokens;
    return true;
  }

  static int full_year(const Token& t) {
    return t.text.size() == 4 ? t.value : t.value < 70 ? 2000 + t.value : 1900 + t.value;
  }

  // 2031-03-14, 2031/3/14, 2031年3月14日; 14.3.2031, 14/03/2031 where 14 can only be a day; 20310314.
  bool numeric_day() {
    if (number(i_, 8, 8) && t_[i_].value > 19000000)
      return set_day(t_[i_].value / 10000, t_[i_].value / 100 % 100, t_[i_].value % 100, 1);
    if (i_ + 4 >= t_.size() || t_[i_ + 1].kind != Token::sign) return false;
    const std::string_view mark = t_[i_ + 1].text;
    if (number(i_, 4, 4) && number(i_ + 2, 1, 2) && number(i_ + 4, 1, 2) &&
        (is(i_ + 3, mark) || is(i_ + 3, "\u6708") || is(i_ + 3, "\uC6D4"))) {
      const bool counted = is(i_ + 5, "\u65E5") || is(i_ + 5, "\uC77C");
      return set_day(t_[i_].value, t_[i_ + 2].value, t_[i_ + 4].value, counted ? 6 : 5);
    }
    if (!number(i_, 1, 2) || !number(i_ + 2, 1, 2) || !number(i_ + 4, 2, 4) || !is(i_ + 3, mark)) return false;
    const int a = t_[i_].value, b = t_[i_ + 2].value, y = full_year(t_[i_ + 4]);
    if (mark == "." || (one_of(mark, {"/", "-"}) && (a > 12 || a == b))) return set_day(y, b, a, 5);
    if (one_of(mark, {"/", "-"}) && b > 12) return set_day(y, a, b, 5);
    if (one_of(mark, {"/", "-"}) && order_ == NumberOrder::day_first) return set_day(y, b, a, 5);
    if (one_of(mark, {"/", "-"}) && order_ == NumberOrder::month_first) return set_day(y, a, b, 5);
    return false;
  }

  bool month_word() {
    if (t_[i_].kind != Token::word || m_ != 0) return false;
    const std::optional<double> month = date_word(t_[i_].text).month;
    if (!month) return false;
    m_ = static_cast<int>(*month);
    i_ += is(i_ + 1, ".") || is(i_ + 1, "-") ? 2 : 1;
    return true;
  }

  bool single_number() {
    if (number(i_, 4, 4) && y_ == 0) {
      y_ = t_[i_++].value;
      return true;
    }
    if (!number(i_, 1, 2)) return false;
    if (d_ == 0) {
      d_ = t_[i_++].value;
      if (i_ < t_.size() && t_[i_].tight &&
          (one_of(t_[i_].text, {".", "º", "-", "ª"}) || date_word(t_[i_].text).roles.has(lang::Role::ordinal_suffix)))
        ++i_;
      return true;
    }
    if (y_ != 0 || m_ == 0) return false;
    y_ = full_year(t_[i_++]);
    return true;
  }

  // 9:20, 09:20:00.123, 5.30 pm, 17h30, 9am; 092000 behind a T.
  bool clock() {
    if (clock_ || t_[i_].kind != Token::number) return false;
    std::size_t k = i_ + 1;
    int h = t_[i_].value, min = 0, s = 0;
    if (number(i_, 6, 6) && i_ > 0 && is(i_ - 1, "t")) {
      s = h % 100, min = h / 100 % 100, h /= 10000;
    } else if (number(i_, 1, 2) && (is(k, ":") || is(k, "h") || is(k, ".")) && number(k + 1, 2, 2) && t_[k + 1].tight) {
      const bool full_stop = is(k, ".");
      min = t_[k + 1].value;
      k += 2;
      if (full_stop &&
          !(k < t_.size() && (one_of(t_[k].text, {"a", "p", "h"}) ||
                              date_word(t_[k].text).roles.any({lang::Role::am, lang::Role::pm, lang::Role::oclock}))))
        return false;
      if (is(k, ":") && number(k + 1, 2, 2)) {
        s = t_[k + 1].value;
        k += 2;
        if ((is(k, ".")) && k + 1 < t_.size() && t_[k + 1].kind == Token::number) k += 2;
      }
    } else if (!(number(i_, 1, 2) && k < t_.size() &&
                 date_word(t_[k].text).roles.any({lang::Role::am, lang::Role::pm}))) {
      return false;
    }
    const auto half = [&](lang::Role role, std::string_view letter) {
      return k < t_.size() && (date_word(t_[k].text).roles.has(role) || (is(k, letter) && is(k + 1, ".")));
    };
    const bool am = half(lang::Role::am, "a"), pm = half(lang::Role::pm, "p");
    if (am || pm) {
      if (h < 1 || h > 12) return false;
      h = h % 12 + (pm ? 12 : 0);
      k += t_[k].text.size() == 2 ? 1 : 2;
      if (is(k, "m")) k += is(k + 1, ".") ? 2 : 1;
    }
    if (h > 24 || min > 59 || s > 60 || (h == 24 && (min != 0 || s != 0))) return false;
    time_ = hours(h) + minutes(min) + seconds(s);
    clock_ = true;
    i_ = k;
    return true;
  }

  // +0100, +01:00, GMT, GMT+1; only behind a time of day.
  bool zone() {
    if (!clock_) return false;
    std::size_t k = i_;
    if (t_[k].kind == Token::word) {
      const std::optional<int> named = zone_of(t_[k].text);
      if (!named) return false;
      offset_ = t_[k].text.size() > 1 && *named != 0 ? std::optional(minutes(*named)) : std::nullopt;
      zone_ = minutes(*named);
      ++k;
    }
    if ((is(k, "+") || is(k, "-")) && k + 1 < t_.size() && t_[k + 1].kind == Token::number && t_[k + 1].tight) {
      const Token& n = t_[k + 1];
      int value = n.text.size() <= 2 ? n.value * 60 : n.value / 100 * 60 + n.value % 100;
      const bool west = is(k, "-");
      k += 2;
      if (is(k, ":") && number(k + 1, 2, 2)) {
        value += t_[k + 1].value;
        k += 2;
      }
      if (value > 14 * 60 || n.text.size() > 4) return false;
      zone_ = minutes(west ? -value : value);
      offset_ = zone_;
    }
    if (k == i_) return false;
    i_ = k;
    return true;
  }

  // What dates are strung together with. The first word may be a weekday in any language.
  bool filler() {
    const Token& t = t_[i_];
    const lang::Roles roles = t.kind == Token::number ? lang::Roles() : date_word(t.text).roles;
    const bool link = roles.has(lang::Role::date_link);
    const bool first = i_ == 0 && t.kind == Token::word && !link;
    const bool sign = t.kind == Token::sign && one_of(t.text, {"-", "|", "(", ")", ".", ":", "/", "\u65E5"});
    const bool dash = t.text == "\u2013" || t.text == "\u2014" || t.text == "\u00B7";
    const bool weekday = t.kind == Token::word && roles.any(weekdays);
    if (!strict_ && first && !weekday) return false;
    if (!first && !sign && !dash && !weekday && !one_of(t.text, {"t", "h"}) && !link) return false;
    ++i_;
    return true;
  }

  std::optional<ZonedTime> result() const {
    if (!complete()) return std::nullopt;
    const year_month_day date{year(y_), std::chrono::month(static_cast<unsigned>(m_)), day(static_cast<unsigned>(d_))};
    if (!date.ok() || y_ > 9999) return std::nullopt;
    Time time = sys_days(date);
    if (clock_) time += time_ - zone_;
    return ZonedTime{std::clamp(time, first_time, last_time), clock_ ? offset_ : std::nullopt};
  }

  const std::vector<Token>& t_;
  bool strict_;
  NumberOrder order_;
  std::size_t i_ = 0;
  int y_ = 0, m_ = 0, d_ = 0;
  bool clock_ = false;
  seconds time_{0};
  minutes zone_{0};
  std::optional<minutes> offset_;
};

std::optional<ZonedTime> since_1970(std::string_view digits) {
  digits = digits.substr(0, digits.find('.'));
  if (digits.size() != 10 && digits.size() != 13) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return ZonedTime{Time(seconds(digits.size() == 13 ? value / 1000 : value)), std::nullopt};
}

bool has_digit(std::string_view s) {
  return std::any_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

constexpr std::size_t max_date = 100;  // bytes; longer lines are no dates

}  // namespace

std::optional<ZonedTime> read_date(std::string_view text, NumberOrder order) {
  text = trimmed(text);
  if (const auto time = parse_zoned_time(text)) return time;
  if (text.size() > max_date || !has_digit(text)) return std::nullopt;
  if (const auto time = since_1970(text)) return time;
  const std::string line = lower_spelling(text);
  return DateReader(tokens_of(line), true, order).read();
}

std::optional<ZonedTime> find_date(std::string_view text, NumberOrder order) {
  if (const auto date = read_date(text, order)) return date;
  if (text.size() > max_date || !has_digit(text)) return std::nullopt;
  const std::string line = lower_spelling(text);
  return DateReader(tokens_of(line), false, order).read();
}

NumberOrder number_order(std::string_view language) {
  const std::string tag = lower(language);
  const std::string_view main = std::string_view(tag).substr(0, tag.find_first_of("-_"));
  if (main == "en") {
    if (tag == "en-us") return NumberOrder::month_first;
    return one_of(tag, {"en-gb", "en-ie", "en-au", "en-nz", "en-in", "en-za"}) ? NumberOrder::day_first
                                                                               : NumberOrder::unknown;
  }
  const std::vector<std::string_view>& languages = date_words().languages;
  const bool known = std::find(languages.begin(), languages.end(), main) != languages.end();
  return known ? NumberOrder::day_first : NumberOrder::unknown;
}

bool plausible(Time published) { return published >= Time(sys_days(year(1990) / January / 1)); }

}  // namespace storymerge::read

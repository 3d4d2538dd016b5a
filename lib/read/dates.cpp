#include "read/dates.h"

#include <charconv>
#include <string>
#include <vector>

#include "lang/language.h"

namespace storymerge::read {
namespace {

// Minutes east of UTC.
std::optional<int> zone_of(std::string_view word) {
  struct Zone {
    std::string_view name;
    int minutes;
  };
  constexpr Zone zones[] = {{"z", 0},      {"ut", 0},     {"utc", 0},    {"gmt", 0},    {"bst", 60},
                            {"cet", 60},   {"cest", 120}, {"eet", 120},  {"eest", 180}, {"msk", 180},
                            {"est", -300}, {"edt", -240}, {"cst", -360}, {"cdt", -300}, {"mst", -420},
                            {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"et", -300}};
  for (const Zone& z : zones) {
    if (z.name == word) return z.minutes;
  }
  return std::nullopt;
}

std::optional<int> number(std::string_view s) {
  int value = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  if (error != std::errc() || end != s.data() + s.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Time> read_date(std::string_view text) {
  using namespace std::chrono;
  while (!text.empty() &&
         (text.front() == ' ' || text.front() == '\n' || text.front() == '\t' || text.front() == '\r')) {
    text.remove_prefix(1);
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\t' || text.back() == '\r')) {
    text.remove_suffix(1);
  }
  if (const auto time = parse_time(text)) return time;
  if (text.size() > 80) return std::nullopt;

  std::vector<std::string> words;
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') {
      word += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ':' || c == '+' || c == '-') {
      word += c;
    } else {
      flush();
    }
  }
  flush();

  const lang::Language& english = lang::Language::of("en");
  constexpr lang::Roles days{lang::Role::weekday, lang::Role::short_weekday};
  unsigned m = 0;
  int y = 0, d = 0, hour = 0, minute = 0, second = 0, zone = 0;
  bool clock = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string_view w = words[i];
    if (english.roles(w).any(days) || w == "at" || w == "on" || w == "of" || w == "the") continue;
    if (const auto month = english.number(w, lang::Role::month); month && m == 0) {
      m = static_cast<unsigned>(*month);
      continue;
    }
    if (w.find(':') != std::string_view::npos && w[0] != '+' && w[0] != '-' && !clock) {  // 9:20, 09:20:00, 9:20am
      const bool am = w.ends_with("am"), pm = w.ends_with("pm");
      if (am || pm) w.remove_suffix(2);
      const std::size_t c1 = w.find(':'), c2 = w.find(':', c1 + 1);
      const auto h = number(w.substr(0, c1));
      const auto min = number(w.substr(c1 + 1, (c2 == std::string_view::npos ? w.size() : c2) - c1 - 1));
      const auto s = c2 == std::string_view::npos ? std::optional(0) : number(w.substr(c2 + 1));
      if (!h || !min || !s || *h < 0 || *h > 23 || *min < 0 || *min > 59 || *s < 0 || *s > 60) return std::nullopt;
      hour = *h, minute = *min, second = *s;
      clock = true;
      if (am || pm) {
        if (hour < 1 || hour > 12) return std::nullopt;
        hour = hour % 12 + (pm ? 12 : 0);
      }
      continue;
    }
    if ((w == "am" || w == "pm") && clock && hour >= 1 && hour <= 12) {
      hour = hour % 12 + (w == "pm" ? 12 : 0);
      continue;
    }
    if ((w[0] == '+' || w[0] == '-') && clock) {  // +0100, +01:00
      std::string digits;
      for (const char c : w.substr(1)) {
        if (c != ':') digits += c;
      }
      const auto value = number(digits);
      if (digits.size() != 4 || !value || *value / 100 > 14 || *value % 100 > 59) return std::nullopt;
      zone = (*value / 100 * 60 + *value % 100) * (w[0] == '-' ? -1 : 1);
      continue;
    }
    if (const auto z = zone_of(w); z && clock) {
      zone = *z;
      continue;
    }
    if (w.size() > 2 && (w.ends_with("st") || w.ends_with("nd") || w.ends_with("rd") || w.ends_with("th"))) {
      w.remove_suffix(2);
    }
    const auto value = number(w);
    if (!value || w[0] == '-' || w[0] == '+') return std::nullopt;
    if (w.size() == 4 && y == 0) {
      y = *value;
    } else if (w.size() <= 2 && d == 0) {
      d = *value;
    } else {
      return std::nullopt;
    }
  }
  const year_month_day date{year(y), std::chrono::month(m), day(static_cast<unsigned>(d))};
  if (y < 1 || m == 0 || d == 0 || !date.ok()) return std::nullopt;
  return Time(sys_days(date)) + hours(hour) + minutes(minute) + seconds(second) - minutes(zone);
}

}  // namespace storymerge::read

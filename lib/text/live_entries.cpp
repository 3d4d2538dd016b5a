#include "text/live_entries.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace storymerge {
namespace {

struct EntryRules {
  std::size_t least = 3;  // lines that open with a time, from which a page is live
  double in_order = 0.8;  // share of their steps that go one way
  double covered = 0.5;   // share of the text that stands behind the first of them
  int wrap = 720;         // minutes back, from which a clock has begun anew
};
constexpr EntryRules rules;

constexpr int day = 24 * 60;

struct Stamp {
  std::uint32_t begin = 0;  // of its line
  int minute = 0;
  bool halved = false;  // told with a.m. or p.m.
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Skips blanks, no-break spaces among them.
std::size_t skip_blanks(std::string_view s, std::size_t i) {
  while (i < s.size()) {
    if (s[i] == ' ' || s[i] == '\t') {
      ++i;
    } else if (s.substr(i).starts_with("\u00a0") || s.substr(i).starts_with("\u202f")) {
      i += s[i] == '\xC2' ? 2 : 3;
    } else {
      break;
    }
  }
  return i;
}

// "a.m.", "PM": 0 for none, 1 for before noon, 2 for after.
int half_of_day(std::string_view s, std::size_t i) {
  const auto at = [&](std::size_t k) { return k < s.size() ? static_cast<char>(s[k] | 0x20) : ' '; };
  const std::size_t m = i + 1 < s.size() && s[i + 1] == '.' ? i + 2 : i + 1;
  if ((at(i) != 'a' && at(i) != 'p') || at(m) != 'm') return 0;
  if (m + 1 < s.size() && at(m + 1) >= 'a' && at(m + 1) <= 'z') return 0;
  return at(i) == 'a' ? 1 : 2;
}

// The time that a line opens with: "11:05", "[9.30]", "14h05", "9:05 a.m.", "18.40 Uhr:".
std::optional<Stamp> read_stamp(std::string_view line, std::uint32_t begin) {
  std::size_t i = !line.empty() && std::string_view("[(*|").find(line[0]) != std::string_view::npos ? 1 : 0;
  i = skip_blanks(line, i);
  int hour = 0, minute = 0;
  std::size_t digits = 0;
  for (; i < line.size() && is_digit(line[i]) && digits < 3; ++i, ++digits) hour = hour * 10 + (line[i] - '0');
  if (digits == 0 || digits > 2 || i >= line.size()) return std::nullopt;
  const char mark = line[i++];
  if (mark != ':' && mark != '.' && mark != 'h' && mark != 'H') return std::nullopt;
  for (digits = 0; i < line.size() && is_digit(line[i]) && digits < 3; ++i, ++digits)
    minute = minute * 10 + (line[i] - '0');
  if (digits != 2 || hour > 23 || minute > 59) return std::nullopt;
  if (i < line.size() && std::string_view("%,.:").find(line[i]) != std::string_view::npos && i + 1 < line.size() &&
      is_digit(line[i + 1])) {
    return std::nullopt;  // "10.30.2031", "1.25,50"
  }
  const int half = half_of_day(line, skip_blanks(line, i));
  if (half != 0 && hour > 12) return std::nullopt;
  if (half != 0) hour = hour % 12 + (half == 2 ? 12 : 0);
  return Stamp{begin, hour * 60 + minute, half != 0};
}

std::vector<Stamp> read_stamps(std::string_view text) {
  std::vector<Stamp> out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::size_t first = skip_blanks(text, begin);
    if (first < end &&
        (is_digit(text[first]) || std::string_view("[(*|").find(text[first]) != std::string_view::npos)) {
      if (const auto stamp = read_stamp(text.substr(first, end - first), static_cast<std::uint32_t>(first)))
        out.push_back(*stamp);
    }
    begin = end + 1;
  }
  return out;
}

// Minutes since the first day's midnight, oldest first; empty where the times go neither way.
std::vector<int> in_a_row(const std::vector<Stamp>& stamps) {
  std::vector<int> out;
  for (const Stamp& s : stamps) out.push_back(s.minute);
  std::size_t later = 0, earlier = 0;
  for (std::size_t i = 1; i < out.size(); ++i) {
    const int step = (out[i] - out[i - 1] + day) % day;  // the shorter way round the clock
    later += step != 0 && step < rules.wrap;
    earlier += step != 0 && step >= rules.wrap;
  }
  const auto one_way = static_cast<double>(std::max(later, earlier));
  if (one_way < rules.in_order * static_cast<double>(later + earlier) || one_way == 0) return {};
  const bool newest_first = earlier > later;
  if (newest_first) std::reverse(out.begin(), out.end());
  int days = 0;
  for (std::size_t i = 1; i < out.size(); ++i) {
    if (out[i] + days - out[i - 1] < -rules.wrap) days += day;
    out[i] += days;
  }
  if (newest_first) std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace

std::vector<DatedPassage> find_entries(const Article& article) {
  if (!article.published) return {};
  const std::vector<Stamp> stamps = read_stamps(article.text);
  if (stamps.size() < rules.least) return {};
  const auto behind = static_cast<double>(article.text.size() - stamps.front().begin);
  if (behind < rules.covered * static_cast<double>(article.text.size())) return {};
  const std::vector<int> minutes = in_a_row(stamps);
  if (minutes.empty()) return {};
  // The article's time is that of its first entry, or of its last.
  const auto offset = article.published_offset.value_or(std::chrono::minutes(0));
  const Time local = *article.published + offset;
  const auto today = std::chrono::floor<std::chrono::days>(local);
  const auto now = static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(local - today).count());
  const auto [first, last] = std::minmax_element(minutes.begin(), minutes.end());
  const bool of_last = std::abs(*last % day - now) < std::abs(*first - now);
  const int before = of_last ? *last / day : 0;
  std::vector<DatedPassage> out;
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    const auto end = i + 1 < stamps.size() ? stamps[i + 1].begin : static_cast<std::uint32_t>(article.text.size());
    out.push_back({{stamps[i].begin, end}, Time(today + std::chrono::minutes(minutes[i] - before * day) - offset)});
  }
  return out;
}

std::optional<std::size_t> entry_at(std::span<const DatedPassage> entries, std::uint32_t at) {
  const auto behind =
      std::partition_point(entries.begin(), entries.end(), [&](const DatedPassage& e) { return e.range.begin <= at; });
  if (behind == entries.begin()) return std::nullopt;
  return static_cast<std::size_t>(behind - entries.begin()) - 1;
}

}  // namespace storymerge

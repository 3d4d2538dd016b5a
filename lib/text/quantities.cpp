#include "storymerge/text/quantities.h"

#include <array>
#include <cstddef>

namespace storymerge {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; }

}  // namespace

std::vector<Quantity> find_quantities(std::string_view text) {
  std::vector<Quantity> out;
  std::size_t i = 0;
  while (i < text.size()) {
    if (!is_digit(text[i]) || (i > 0 && is_letter(text[i - 1]))) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    double value = 0, scale = 0;
    while (i < text.size()) {
      if (is_digit(text[i])) {
        value = value * 10 + (text[i] - '0');
        scale *= 10;
      } else if ((text[i] == ',' || (text[i] == '.' && scale == 0)) && i + 1 < text.size() && is_digit(text[i + 1])) {
        if (text[i] == '.') scale = 1;
      } else {
        break;
      }
      ++i;
    }
    Quantity q;
    q.value = q.low = q.high = scale == 0 ? value : value / scale;
    if (i < text.size() && text[i] == '%') {
      q.unit = "%";
      ++i;
    }
    q.range = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(i)};
    out.push_back(q);
  }
  return out;
}

std::vector<DateMention> find_dates(std::string_view text, std::optional<Time> published) {
  static constexpr std::array<std::string_view, 7> weekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                               "Thursday", "Friday", "Saturday"};
  std::vector<DateMention> out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && is_letter(text[i - 1])) continue;
    for (unsigned w = 0; w < 7; ++w) {
      if (text.substr(i, weekdays[w].size()) != weekdays[w]) continue;
      DateMention d;
      d.range = {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + weekdays[w].size())};
      if (published) {
        const auto day = std::chrono::floor<std::chrono::days>(*published);
        const auto back = std::chrono::weekday(day) - std::chrono::weekday(w);
        d.from = d.to = day - back;
      }
      out.push_back(d);
      i += weekdays[w].size();
      break;
    }
  }
  return out;
}

}  // namespace storymerge

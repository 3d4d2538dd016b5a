// Every rule of numbers and days finds its own examples.

#include "text/rules.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "storymerge/text/quantities.h"

namespace storymerge {
namespace {

const Time published = *parse_time("2031-11-03T09:40:00Z");  // a Monday

std::string number_text(double v) { return std::isinf(v) ? "" : fmt::format("{:.6g}", v); }

// "12 people", "12.. people", "10..15 km"
std::string value_of(const Quantity& q) {
  std::string low = number_text(q.low), high = number_text(q.high);
  if (std::abs(q.low) >= 1e6 && !std::isinf(q.low)) low = fmt::format("{:.0f}", q.low);
  if (std::abs(q.high) >= 1e6 && !std::isinf(q.high)) high = fmt::format("{:.0f}", q.high);
  const std::string interval = low == high ? low : low + ".." + high;
  return q.unit.empty() ? interval : interval + " " + q.unit;
}

std::string day_text(std::chrono::sys_days day) { return format_time(day).substr(0, 10); }

std::string value_of(const DateMention& d) {
  if (!d.from) return "-";
  return *d.from == *d.to ? day_text(*d.from) : day_text(*d.from) + ".." + day_text(*d.to);
}

template <class Mention>
std::string quote(std::string_view text, const Mention& m) {
  return std::string(text.substr(m.range.begin, m.range.size()));
}

template <class Find>
void expect_examples(std::span<const RuleCard> rules, Find find) {
  std::set<std::string_view> names;
  for (const RuleCard& rule : rules) {
    EXPECT_TRUE(names.insert(rule.name).second) << "two rules are called " << rule.name;
    EXPECT_FALSE(rule.yields.empty()) << rule.name;
    EXPECT_FALSE(rule.examples.empty()) << rule.name;
    for (const RuleExample& example : rule.examples) {
      SCOPED_TRACE(std::string(rule.name) + ": " + std::string(example.text));
      std::string found;
      bool right = false;
      for (const auto& mention : find(example)) {
        found += quote(example.text, mention) + " = " + value_of(mention) + " by " + std::string(mention.rule) + "; ";
        right = right || (quote(example.text, mention) == example.quote && value_of(mention) == example.value &&
                          mention.rule == rule.name);
      }
      EXPECT_TRUE(right) << "wanted " << example.quote << " = " << example.value << "; found " << found;
    }
  }
}

TEST(Rules, OfNumbersFindTheirExamples) {
  expect_examples(quantity_rules(), [](const RuleExample& e) {
    return find_quantities(e.text, find_dates(e.text, published, e.language), e.language);
  });
}

TEST(Rules, OfDaysFindTheirExamples) {
  expect_examples(date_rules(), [](const RuleExample& e) { return find_dates(e.text, published, e.language); });
}

}  // namespace
}  // namespace storymerge

#pragma once
// Which rules find numbers and dates? Each has a name, a pattern (text/patterns.h), what it yields, and examples.

#include <span>
#include <string_view>

namespace storymerge {

struct RuleExample {
  std::string_view language, text;
  std::string_view quote;  // what is found there
  std::string_view value;  // "12", "12..", "10..15" and the unit; "2031-03-14", "2031-03-14..2031-03-16", "05:10"
};

struct RuleCard {
  std::string_view name, pattern, yields;
  std::span<const RuleExample> examples;
};

std::span<const RuleCard> quantity_rules();
std::span<const RuleCard> date_rules();

}  // namespace storymerge

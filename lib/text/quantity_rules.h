#pragma once
// The rules that find quantities, as the finder runs them: the first that fits and yields something holds.

#include <cstdint>
#include <span>

#include "text/patterns.h"
#include "text/rules.h"

namespace storymerge {

// What the finder of quantities reads itself.
enum class QuantityClass : std::uint8_t {
  amount,   // a number with all that is said of its size: "more than $5m", "between 10 and 15", "500+"
  number,   // a bare number
  figures,  // a bare number that is written in figures
  word,     // a word that no table knows
};

enum class QuantityYield : std::uint8_t {
  none,  // 0 of what is harmed
  ordinal,
  share,      // a part, as %
  part_of,    // of the rule's unit
  one_in,     // n of m, as %
  every_nth,  // one of n, as %
  score,      // 1000 times the first and the second
  ratio,      // the first by the second
  age,
  age_of_name,  // an age, when a name stands before it
  unit,         // the rule's unit
  measure,      // the unit that is named
  money,
  count,  // of what stands behind it
};

struct QuantityRule {
  RuleCard card;
  QuantityYield yield;
  std::string_view unit;
  Pattern pattern;
};

std::span<const QuantityRule> compiled_quantity_rules();
// Of those, in their order: what each begins with, and what stands behind its first item.
const PatternIndex& quantity_rule_index();
const PatternIndex& quantity_rule_index_behind();

}  // namespace storymerge

#pragma once
// Which weights tell two classes apart best? Logistic regression, by Newton's method.

#include <cstddef>
#include <span>
#include <vector>

namespace storymerge::fit {

// Examples of two classes: one row of numbers each, all of one width. Column 0 is the constant 1.
struct Rows {
  std::size_t width = 0;
  std::vector<double> values;
  std::vector<char> labels;

  void add(bool label, std::span<const double> numbers, std::span<const double> more = {});
};

// One weight a column. Columns are standardised, and `penalty` (L2) holds all weights but that of column 0 down.
// Complexity: O(rows * width²), at most 10 times.
std::vector<double> fit_logistic(const Rows& rows, double penalty);

}  // namespace storymerge::fit

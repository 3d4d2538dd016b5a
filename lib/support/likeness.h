#pragma once
// How alike are two words, letter by letter?

#include <algorithm>
#include <string_view>
#include <vector>

namespace storymerge {

// 1 - edit distance / longer length (Levenshtein, over bytes): 1 for equal words, 0 when nothing is shared.
// Complexity: O(a.size() * b.size()).
inline double likeness(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1])});
      corner = above;
    }
  }
  const std::size_t longest = std::max(a.size(), b.size());
  return longest == 0 ? 1 : 1 - static_cast<double>(row[b.size()]) / static_cast<double>(longest);
}

}  // namespace storymerge

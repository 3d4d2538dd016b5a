#include <algorithm>

#include "dispute/kinds.h"

namespace storymerge::dispute {
namespace {

constexpr std::size_t fewest_words = 6;  // of a quotation that two sentences share: fewer may be said by anyone
constexpr std::size_t most_words = 128;  // looked at

std::size_t longest_common_run(const std::vector<Term>& a, const std::vector<Term>& b) {
  const std::size_t n = std::min(a.size(), most_words), m = std::min(b.size(), most_words);
  std::vector<std::size_t> row(m + 1, 0);
  std::size_t best = 0;
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t diagonal = 0;
    for (std::size_t j = 0; j < m; ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = a[i] == b[j] ? diagonal + 1 : 0;
      best = std::max(best, row[j + 1]);
      diagonal = above;
    }
  }
  return best;
}

// "Helene Brandvold" and "Chief Executive Brandvold" may be one person.
bool share_a_word(std::string_view x, std::string_view y) {
  const WordList a = fold_words(x), b = fold_words(y);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      if (a[i] == b[j]) return true;
    }
  }
  return false;
}

}  // namespace

std::optional<Difference> differ_in_attribution(const Context& context, const Frame& a, const Frame& b, double) {
  if (!a.speaker || !b.speaker || *a.speaker == *b.speaker) return std::nullopt;
  if (context.names_stand_together(*a.speaker, *b.speaker) ||
      share_a_word(context.name(*a.speaker), context.name(*b.speaker))) {
    return std::nullopt;
  }
  if (longest_common_run(a.quoted, b.quoted) < fewest_words) return std::nullopt;
  const auto value = [&](const Frame& frame) {
    return Value{context.name(*frame.speaker), static_cast<double>(*frame.speaker),
                 static_cast<double>(*frame.speaker)};
  };
  return Difference{value(a), value(b), {}};
}

}  // namespace storymerge::dispute

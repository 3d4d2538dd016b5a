#pragma once
// How right are the groups, and what they count? As shared by the figures of `evaluate`, on given stories and origins.

#include <string>
#include <vector>

#include "align/grouping.h"
#include "fit/cases.h"

namespace storymerge::fit {

// Counts over the stories added so far.
class GroupScores {
 public:
  void add(const Case& c, const std::vector<align::Group>& groups);
  std::string line() const;

 private:
  friend class CaseScorer;
  std::size_t pairs_want_ = 0, pairs_got_ = 0, pairs_both_ = 0;
  std::size_t several_ = 0, true_several_ = 0, exact_several_ = 0, found_several_ = 0, want_several_ = 0;
  std::size_t counted_ = 0, truly_ = 0, found_counted_ = 0;
  std::size_t origins_exact_ = 0, claims_ = 0;
};

double ratio(std::size_t a, std::size_t b);

}  // namespace storymerge::fit

#pragma once
// What is a claim called, so that the name stays while other articles come and go?

#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>

#include "storymerge/base/corpus.h"

namespace storymerge {

// The ids of one story's claims.
class ClaimIds {
 public:
  // Of the claim that this passage founded. Where one passage founds several claims, the later ones count on.
  std::string next(const Corpus& corpus, SourceSpan founder);

 private:
  std::set<std::string> given_;
  // By article and words. A page of one line again and again founds thousands of claims by it: numbers are not tried again.
  std::unordered_map<std::string, std::uint32_t> next_;
};

}  // namespace storymerge

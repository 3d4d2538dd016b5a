#pragma once
// What is a claim called, so that the name stays while other articles come and go?

#include <set>
#include <string>

#include "storymerge/base/corpus.h"

namespace storymerge {

// The ids of one story's claims.
class ClaimIds {
 public:
  // Of the claim that this passage founded. Where one passage founds several claims, the later ones count on.
  std::string next(const Corpus& corpus, SourceSpan founder);

 private:
  std::set<std::string> given_;
};

}  // namespace storymerge

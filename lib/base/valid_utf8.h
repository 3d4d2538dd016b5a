#pragma once
// A corpus of articles that their reader has validated already.

#include <vector>

#include "storymerge/base/corpus.h"

namespace storymerge {

// As Corpus(articles), without a second look for invalid UTF-8. Requires: all fields are valid UTF-8.
Corpus corpus_of_valid_utf8(std::vector<Article> articles);

}  // namespace storymerge

#pragma once
// Which sentences are part of a notice in which an outlet takes back what it reported?

#include <vector>

#include "storymerge/text/document.h"

namespace storymerge::claim {

// One a sentence: a phrase of such a notice stands in it, or near it in its paragraph. Complexity: linear in the words.
std::vector<bool> taken_back(const Document& document);

}  // namespace storymerge::claim

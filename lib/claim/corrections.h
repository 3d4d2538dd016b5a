#pragma once
// Is a sentence part of a notice in which an outlet takes back what it reported?

#include "storymerge/text/document.h"

namespace storymerge::claim {

// A phrase of such a notice stands in the sentence, or near it in its paragraph. Complexity: linear in a few sentences.
bool takes_back(const Document& document, std::uint32_t sentence);

}  // namespace storymerge::claim

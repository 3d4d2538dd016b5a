#pragma once
// Does a clause look back or ahead?
//
// The nearest verb that shows its tense decides: first before the day in its clause, then behind it in the clause, then
// before it in the sentence. A participle takes the tense of its auxiliary ("will be held", "was held"). Present tense
// with a day means what is planned. A clause without such a verb looks back.

#include <cstddef>

#include "text/tokens.h"

namespace storymerge {

bool looks_ahead(const Tokens& tokens, std::size_t i);

}  // namespace storymerge

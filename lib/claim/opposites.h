#pragma once
// Which words say the opposite of which?

#include <cstdint>
#include <span>

#include "storymerge/text/stems.h"

namespace storymerge::claim {

// The pairs of opposites that a stem belongs to: +k for one side of pair k, -k for the other; empty for most words.
std::span<const std::int16_t> opposites_of(Term term);

}  // namespace storymerge::claim

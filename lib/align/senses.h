#pragma once
// Which words of news English say the same thing? A small thesaurus: one line a sense, any word may stand in several.

#include <cstdint>
#include <span>

#include "storymerge/text/stems.h"

namespace storymerge::align {

// The senses of a stem, sorted; empty for most words.
std::span<const std::uint16_t> senses_of(Term term);

// The pairs of opposites that a stem belongs to: +k for one side of pair k, -k for the other; empty for most words.
std::span<const std::int16_t> opposites_of(Term term);

}  // namespace storymerge::align

#pragma once
// How common is a word in English at large? What lets two articles alone be judged well. How the table was made, and
// from what: en/commonness.txt.

#include <cstdint>

namespace storymerge {

// Share of general English articles (300 words) that use the term, 0 .. 1; 0 for a term that the table lacks.
double background_share(std::uint64_t term);

// True when the term is the stem of a word that English writes in lower case.
bool is_ordinary_word(std::uint64_t term);

}  // namespace storymerge

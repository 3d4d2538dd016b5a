#pragma once
// How common is a word in news at large, before any corpus is seen?
//
// A share per stem, by class: words that every report is full of (a short list of our own), very common and common
// English words (background_words.h), all others. With it two articles alone can be judged as well as ten thousand.

#include "storymerge/text/stems.h"

namespace storymerge {

// Share of news articles that hold this term, (0, 1). Complexity: one hash look-up.
double background_share(Term term);

}  // namespace storymerge

#pragma once
// What is a word's stem, and does the word carry meaning of its own?

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/base/export.h"
#include "storymerge/text/words.h"

namespace storymerge {

// 64-bit hash of a stem (XXH3 of its bytes); 0 for a stop word. Equal stems, equal terms; within one language.
using Term = std::uint64_t;

// The stem of one folded word (Snowball; `language` as in Article, unknown languages and scripts: the word itself).
STORYMERGE_EXPORT std::string stem(std::string_view folded_word, std::string_view language = "en");

// The term of every word in order. Complexity: one look-up a word; stems are cached within the call.
STORYMERGE_EXPORT std::vector<Term> stem_terms(const WordList& words, std::string_view language = "en");

// True for words that carry little meaning alone: "the", "of", "said".
STORYMERGE_EXPORT bool is_stop_word(std::string_view folded_word, std::string_view language = "en");

}  // namespace storymerge

#pragma once
// Which words does a text hold, in normal form, and where was each written?
//
// UTF-8 in; out, one contiguous buffer of folded words joined by single spaces, and for each word its bytes in the source
// and in the buffer. Folding: NFKC, case folding, accents dropped ("Málek" -> "malek", "Straße" -> "strasse", "Łódź" ->
// "lodz"), full-width forms narrowed. A word is a run of letters, digits and marks. Inside it join:
//   ' and ’ between letters ("don't"); a possessive 's is left out, of the word and of its source range ("Umerov")
//   & between letters ("AT&T")
//   . : between digits ("1.5", "5:10"), and , which is dropped before a group of three ("3,400" -> "3400")
//   . between letters that stand alone, dropped ("U.N." -> "un", as "UN"), its source range up to the last full stop; but
//     "U.S." and "US" -> "u.s", which is not the pronoun
// Hyphens separate, so that parts match: "9-year-old" is three words. In scripts written without spaces every character,
// with its marks, is a word of its own.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/base/export.h"
#include "storymerge/base/source_span.h"

namespace storymerge {

struct Word {
  ByteRange source;  // bytes in the source text
  ByteRange folded;  // bytes in WordList::folded
};

struct WordList {
  std::string folded;       // folded words, in order, joined by single spaces
  std::vector<Word> words;  // in order of source.begin; ranges never overlap

  std::size_t size() const { return words.size(); }
  std::string_view operator[](std::size_t i) const {
    return std::string_view(folded).substr(words[i].folded.begin, words[i].folded.size());
  }
};

// Appends the words of `text`; source ranges are shifted by `offset` (where `text` begins in the whole text).
// Invalid UTF-8 separates words.
// Errors: bad_input when `text` is, or `out.folded` grows, beyond 4 GiB.
// Complexity: one pass over the bytes; an ASCII fast path, ICU for the rest.
STORYMERGE_EXPORT void append_words(std::string_view text, std::uint32_t offset, WordList& out);

// The words of a whole text.
STORYMERGE_EXPORT WordList fold_words(std::string_view text);

}  // namespace storymerge

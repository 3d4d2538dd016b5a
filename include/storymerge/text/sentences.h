#pragma once
// What are the sentences of a text, and its direct quotations?

#include <span>
#include <string_view>
#include <vector>

#include "storymerge/base/export.h"
#include "storymerge/base/source_span.h"

namespace storymerge {

struct Sentence {
  ByteRange range;               // without outer blanks; never empty
  std::uint32_t paragraph = 0;   // counted from 0 over the text; a blank line, or a break after a full line, ends one
  bool heading = false;          // a line that stands alone, without a full stop: a heading or a bullet, one unit
  std::uint32_t first_word = 0;  // words of Document::body that it covers: [first_word, last_word)
  std::uint32_t last_word = 0;
};

// The sentences of `text` outside `excluded` (sorted, disjoint), in order and disjoint. Every byte of the text that is not
// blank and not excluded lies in exactly one of them. first_word and last_word are left 0.
// Complexity: one pass over the bytes.
STORYMERGE_EXPORT std::vector<Sentence> split_sentences(std::string_view text, std::span<const ByteRange> excluded = {},
                                                        std::string_view language = "en");

// Direct speech with its quotation marks, in order and disjoint. A mark that opens and never closes reaches to the end of
// its paragraph.
STORYMERGE_EXPORT std::vector<ByteRange> find_quotations(std::string_view text, std::string_view language = "en");

}  // namespace storymerge

#pragma once
// Where does a text break whatever its punctuation says? Paragraphs: lines, those that a mail program or a text page
// wrapped put together again.

#include <cstdint>
#include <string_view>
#include <vector>

#include "storymerge/base/source_span.h"

namespace storymerge {

// Without outer blanks, never empty, in order, disjoint; all that is not blank lies in one of them.
// A line break ends a paragraph unless it is a mere wrap: the block of lines is filled to one width, so that the next
// word would not have fitted, or a running sentence goes on in lower case. Complexity: one pass over the bytes, one
// over the lines.
std::vector<ByteRange> find_paragraphs(std::string_view text);

}  // namespace storymerge

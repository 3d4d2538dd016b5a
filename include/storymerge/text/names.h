#pragma once
// Which names does a text mention, and where?
//
// Detection only: which mentions mean the same person or place is decided inside a story, by context (story/names.h).

#include <span>
#include <string_view>
#include <vector>

#include "storymerge/text/sentences.h"
#include "storymerge/text/words.h"

namespace storymerge {

struct NameMention {
  ByteRange range;               // "Volodymyr Zelenskiy"; titles ("President", "Mr") and a possessive 's are left out
  std::uint32_t first_word = 0;  // words of Document::body: [first_word, last_word)
  std::uint32_t last_word = 0;
};

// In order, disjoint. A capitalised first word of a sentence counts only when the text also writes it capitalised
// elsewhere, or the word cannot be an ordinary one.
std::vector<NameMention> find_names(std::string_view text, const WordList& words, std::span<const Sentence> sentences);

}  // namespace storymerge

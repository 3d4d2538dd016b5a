#pragma once
// Which names does a text mention, and where?
//
// Detection only: which mentions mean the same person or place is decided inside a story, by context (story/names.h).

#include <span>
#include <string_view>
#include <vector>

#include "storymerge/base/export.h"
#include "storymerge/text/sentences.h"
#include "storymerge/text/stems.h"
#include "storymerge/text/words.h"

namespace storymerge {

struct NameMention {
  ByteRange range;               // "Volodymyr Zelenskiy"; titles ("President", "Mr") and a possessive 's are left out
  std::uint32_t first_word = 0;  // words of Document::body: [first_word, last_word)
  std::uint32_t last_word = 0;
};

// In order, disjoint. `terms`: one a word. Names are what is written with a capital where an ordinary word would have
// none: at the start of a sentence and in a headline in capitals a word counts only when the text also writes it
// capitalised elsewhere, or when it is no ordinary word. In German, where every noun has a capital, only names of two
// words or more count, their parts, and words that stand after a preposition without an article. Scripts without
// capitals have none.
STORYMERGE_EXPORT std::vector<NameMention> find_names(std::string_view text, const WordList& words,
                                                      std::span<const Term> terms, std::span<const Sentence> sentences,
                                                      std::string_view language = "en");

// True for a word of rank or office that stands before names: "president", "mr", "captain". Folded.
STORYMERGE_EXPORT bool is_title_word(std::string_view folded_word, std::string_view language = "en");

// True for a word that names of places and bodies begin with: "bank", "port", "north". Folded.
STORYMERGE_EXPORT bool opens_place_name(std::string_view folded_word, std::string_view language = "en");

}  // namespace storymerge

#pragma once
// Which mentions in a story name the same person, place or body?
//
// "Zelenskiy", "Zelensky" and "Volodymyr Zelenskyy"; "Kyiv" and "Kiev"; "IAEA" after "International Atomic Energy Agency".
// Candidates come from a romanisation-normalised consonant key, a reviewed exonym table and acronyms; context inside the
// story decides. Every unification is reported with the rule that made it.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/base/export.h"
#include "storymerge/story/stories.h"
#include "storymerge/text/document.h"

namespace storymerge {

struct Name {
  std::string canonical;              // as one article writes it: the fullest form
  std::vector<std::string> variants;  // other forms in the story, in byte order
  // One a variant: "capitals or accents"; "spelling" (another romanisation: Zelenskiy, Zelensky); "middle name" (left out);
  // "nickname" (Billy, William: a reviewed table); "second surname" (left out: Luis Ortega, Luis Ortega Benítez);
  // "exonym" (Kyiv, Kiev: a reviewed table); "acronym" (its initials); "surname"; "short form" (its first words);
  // "demonym" (Velychian); "role" ("the prime minister", where the article gives the office to one name alone).
  std::vector<std::string> rules;
};

// A phrase that stands for a name; none of Document::names.
struct RoleMention {
  SourceSpan span;         // "the prime minister"
  std::uint32_t name = 0;  // position in StoryNames::names
};

// Two names that are alike and are not one.
struct NamesApart {
  std::uint32_t a = 0, b = 0;  // positions in StoryNames::names, a < b
  // "given name" (two of one family); "generation" (Jr, Sr, or none); "word of a body" (House, White House); "place or body"
  // (Norland, Bank Norland); "several of that name" (Holm, where two Holms are told of); "named after it" (Port Selm
  // Infirmary); "both in one article" (two spellings); "ordinary words".
  std::string_view rule;
};

struct StoryNames {
  std::vector<Name> names;  // in order of first mention
  // name_of[k][m]: position in `names` of mention m (Document::names) of the story's k-th article.
  std::vector<std::vector<std::uint32_t>> name_of;
  std::vector<RoleMention> roles;  // in order
};

// Two given names of one family never become one; a surname alone then means, in each article, the one named there in full.
// Complexity: near-linear in mentions; a spelling is compared with at most 32 others of its consonants.
// `apart`, when given, is filled with what forbids to join, in order.
STORYMERGE_EXPORT StoryNames unify_names(const Corpus& corpus, std::span<const Document> documents, const Story& story,
                                         std::vector<NamesApart>* apart = nullptr);

}  // namespace storymerge

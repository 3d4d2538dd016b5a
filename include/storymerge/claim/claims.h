#pragma once
// What is asserted, by whom, how firmly?
//
// A claim is a clause: a sentence, or a part of one split at a safe point, never inside a quotation. Each carries a frame:
// what alignment compares.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/story/names.h"
#include "storymerge/story/stories.h"
#include "storymerge/text/document.h"

namespace storymerge {

enum class Hedge : std::uint8_t {
  asserted,     // told as a fact
  attributed,   // told on somebody's word
  hedged,       // may, reportedly, is believed to
  speculative,  // would, if, hopes, should
};

struct Claim {
  SourceSpan span;                     // the clause
  std::uint32_t sentence = 0;          // position in Document::sentences
  std::uint32_t first_word = 0;        // words of Document::body: [first_word, last_word)
  std::uint32_t last_word = 0;
  std::vector<Term> terms;             // content terms, sorted, distinct
  std::vector<std::uint32_t> names;    // positions in StoryNames::names, sorted, distinct
  std::vector<std::uint32_t> quantities;  // positions in Document::quantities
  std::vector<std::uint32_t> dates;       // positions in Document::dates
  bool negative = false;               // an odd number of negations
  Hedge hedge = Hedge::asserted;
  bool direct_speech = false;          // most of it stands in quotation marks
  std::optional<SourceSpan> speaker;   // who is quoted or cited as saying it
};

// The claims of a story's articles, in order of (article, begin). Every body sentence is covered by its claims.
std::vector<Claim> extract_claims(const Corpus& corpus, std::span<const Document> documents, const Story& story,
                                  const StoryNames& names);

}  // namespace storymerge

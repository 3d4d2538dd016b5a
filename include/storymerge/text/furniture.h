#pragma once
// What is body and what is page furniture?
//
// Furniture is what the page says about itself: share buttons, reading times, bylines, subscription pleas, links to other
// articles, captions' credits, copyright lines, and the headline and deck where the page repeats them. It supports no claim,
// links no articles, and is kept with its span and the reason, so that nothing vanishes.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/base/export.h"

namespace storymerge {

struct Furniture {
  ByteRange range;
  std::string reason;  // "cue: share this", "repeats the headline", "repeated by this source", ...
};

// Furniture of one article by its own lines (a line: bytes between line breaks, outer blanks not counted). In order,
// disjoint. Complexity: one pass over the text.
STORYMERGE_EXPORT std::vector<Furniture> find_furniture(const Article& article);

// Furniture of every article, indexed by ArticleIndex: that of find_furniture, and lines that one source repeats across
// articles that are not about the same thing.
STORYMERGE_EXPORT std::vector<std::vector<Furniture>> find_furniture(const Corpus& corpus, unsigned threads = 0);

}  // namespace storymerge

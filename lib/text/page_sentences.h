#pragma once
// What inside the paragraphs is the page's and not the report's: credits in brackets, links, signatures of embedded posts, what forms
// say, names of speakers above their words, headings.

#include <vector>

#include "storymerge/text/furniture.h"
#include "storymerge/text/sentences.h"

namespace storymerge {

// The reason of a line that names who speaks below it: "INGA MOE:".
inline constexpr char speaker_label[] = "label of what follows";

// Such pieces of the article's sentences, in order, disjoint; each is a sentence, or stands at one end of it.
// Complexity: one pass over the sentences.
std::vector<Furniture> find_page_sentences(const Article& article, std::span<const Sentence> sentences);

}  // namespace storymerge

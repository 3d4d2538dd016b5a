#pragma once
// Which articles of a story hold the same, word for word and day for day?
//
// What is read of the first need not be read again of its copies.

#include <cstdint>
#include <span>
#include <vector>

#include "storymerge/text/document.h"

namespace storymerge {

// For each of the articles, the position of the first that has the same body, which may be its own: the same text, language,
// sentences, furniture and days meant. All else in a Document follows from these, but for its title.
// Complexity: linear in the texts.
std::vector<std::uint32_t> first_with_body(const Corpus& corpus, std::span<const Document> documents,
                                           std::span<const ArticleIndex> articles);

}  // namespace storymerge

#pragma once
// Which likenesses make no copies, and which articles are one voice though their texts are not alike?

#include <functional>

#include "storymerge/dedup/duplicates.h"

namespace storymerge {

// The body words of an article; the second argument may be used to hold them.
using BodyWords = std::function<const WordList&(ArticleIndex, WordList&)>;

// A form that is filled in for two things (two towns' forecasts, two matches, this week's figures and last week's) makes two
// origins: pairs of texts that put other numbers, or other names, between the same words for the most part are marked as
// forms and join no longer. Complexity: one pass over the words of each text of a pair.
void keep_forms_apart(const Corpus& corpus, const BodyWords& words_of, const SourceTable& sources,
                      Duplicates& duplicates);

// Versions of one page (its links differ in nothing but scheme, trackers and the like), and an item that only links to
// another's page, are one voice. Adds a pair for each, to the version before it.
// Complexity: O(n log n) for n articles.
void join_versions(const Corpus& corpus, const SourceTable& sources, Duplicates& duplicates);

// Origins anew, from a label each article: equal for one voice. Those that keep their articles keep all that is known of them.
// Requires: label.size() == corpus.size(). Complexity: linear in articles and pairs.
void relabel(const Corpus& corpus, const SourceTable& sources, const std::vector<std::uint32_t>& label,
             Duplicates& duplicates);

}  // namespace storymerge

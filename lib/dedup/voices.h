#pragma once
// Which likenesses make no copies, and which articles are one voice though their texts are not alike?

#include <functional>

#include "storymerge/dedup/duplicates.h"

namespace storymerge {

// The body words of an article; the second argument may be used to hold them.
using BodyWords = std::function<const WordList&(ArticleIndex, WordList&)>;

// Errors: bad_option.
void check(const DuplicateOptions& options);

// find_duplicates() of documents that are wherever they are.
Duplicates find_duplicates(const Corpus& corpus, const BodyWords& words_of, const DuplicateOptions& options);

// Pairs of texts that are alike and tell something of their own join no longer:
//   form       one form filled in for two things (two towns' forecasts, two matches, this week's figures and last week's): other
//              numbers, or other names, between words that are the same for the most part; the pair is marked
//   retold     half of the shorter text is its own: another voice on the same event; the pair is marked
//   next       an outlet's text of another day, most of which its earlier one does not have
//   tail       both begin with what the other does not have (press releases with one firm's notes, an outlet's next report with
//              the background of the last), and come from one source, or not at one time
// Complexity: one pass over the words of each text of a pair.
void separate_reports(const Corpus& corpus, const BodyWords& words_of, const SourceTable& sources,
                      Duplicates& duplicates);

// Versions of one page (its links differ in nothing but scheme, trackers and the like; or Article::replaced_by says so), and an item that only links to
// another's page, are one voice. Adds a pair for each, to the version before it.
// Complexity: O(n log n) for n articles.
void join_versions(const Corpus& corpus, const SourceTable& sources, Duplicates& duplicates);

// Origins anew, from a label each article: equal for one voice. Those that keep their articles keep all that is known of them.
// Requires: label.size() == corpus.size(). Complexity: linear in articles and pairs.
void relabel(const Corpus& corpus, const SourceTable& sources, const std::vector<std::uint32_t>& label,
             Duplicates& duplicates);

}  // namespace storymerge

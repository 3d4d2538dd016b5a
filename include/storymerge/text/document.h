#pragma once
// One article as all later rooms see it: body and furniture, sentences, words, names, numbers and dates, each with the
// bytes where it was written.
//
// All ranges are bytes of Article::text, except those of `title`, which are bytes of Article::title.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/base/export.h"
#include "storymerge/text/furniture.h"
#include "storymerge/text/languages.h"
#include "storymerge/text/names.h"
#include "storymerge/text/quantities.h"
#include "storymerge/text/sentences.h"
#include "storymerge/text/stems.h"
#include "storymerge/text/words.h"

namespace storymerge {

struct Document {
  ArticleIndex article = 0;
  std::string language;               // of the article; where it has none, as guess_language() takes it
  WordList title;                     // words of the title
  std::vector<Term> title_terms;      // one a word of `title`
  WordList body;                      // words of the body: furniture has none
  std::vector<Term> body_terms;       // one a word of `body`
  std::vector<Sentence> sentences;    // of the body, in order
  std::vector<Furniture> furniture;   // in order
  std::vector<ByteRange> quotations;  // in order
  std::vector<NameMention> names;     // in order
  std::vector<Quantity> quantities;   // in order
  std::vector<DateMention> dates;     // in order
};

// One document an article, indexed by ArticleIndex: what all later rooms take as `documents`.
// Complexity: a fixed number of passes over the text, in parallel over articles (`threads`: 0 = all cores). `progress` is told
// now and then which share of the work is done, from one thread at a time.
STORYMERGE_EXPORT std::vector<Document> analyze(const Corpus& corpus, unsigned threads = 0,
                                                const std::function<void(double)>& progress = {});

// The same for one article of a corpus, given its furniture.
STORYMERGE_EXPORT Document analyze(const Corpus& corpus, ArticleIndex article, std::vector<Furniture> furniture);

}  // namespace storymerge

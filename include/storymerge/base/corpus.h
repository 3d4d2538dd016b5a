#pragma once
// The articles of one run: a fixed set in a fixed order, which alone owns the text that all spans point into.
//
// Articles are put in order of publication (undated ones last), then of id. Every later result speaks of articles by
// their index in that order, so no result can depend on the order in which the articles came.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "storymerge/base/article.h"
#include "storymerge/base/export.h"
#include "storymerge/base/source_span.h"

namespace storymerge {

class STORYMERGE_EXPORT Corpus {
 public:
  Corpus() = default;

  // Errors: bad_input when an id is empty or given twice, a text or another field is not valid UTF-8, a text is 4 GiB or
  // longer, a time is outside the years 1 to 9999, or there are 2^32 articles or more; the message names the article.
  // Complexity: O(n log n) comparisons for n articles and one pass over the text.
  explicit Corpus(std::vector<Article> articles);

  ArticleIndex size() const { return static_cast<ArticleIndex>(articles_.size()); }
  bool empty() const { return articles_.empty(); }
  std::span<const Article> articles() const { return articles_; }

  // Requires: index < size().
  const Article& operator[](ArticleIndex index) const;

  // The bytes of a span. The view lives as long as the corpus.
  // Requires: span.article < size() and span.begin <= span.end <= length of that article's text.
  std::string_view quote(SourceSpan span) const;

  // The article with this id, if there is one. Complexity: O(log n).
  std::optional<ArticleIndex> find(std::string_view id) const;

 private:
  friend Corpus corpus_of_valid_utf8(std::vector<Article> articles);  // lib/base/valid_utf8.h
  void arrange();

  std::vector<Article> articles_;    // by (published, id), undated last
  std::vector<ArticleIndex> by_id_;  // indices in order of a hash of the id
};

}  // namespace storymerge

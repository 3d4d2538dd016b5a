#pragma once
// The one checker of spans: every test that yields spans calls it. A span lies within its text and cuts no UTF-8
// sequence.

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/merge/merged_story.h"
#include "storymerge/text/document.h"
#include "support/utf8.h"

namespace storymerge::testing {

inline ::testing::AssertionResult is_valid_range(std::string_view text, ByteRange range) {
  if (range.begin > range.end || range.end > text.size()) {
    return ::testing::AssertionFailure() << "[" << range.begin << ", " << range.end << ") of " << text.size()
                                         << " bytes";
  }
  if (!is_boundary(text, range.begin) || !is_boundary(text, range.end)) {
    return ::testing::AssertionFailure() << "[" << range.begin << ", " << range.end << ") cuts a UTF-8 sequence";
  }
  return ::testing::AssertionSuccess();
}

inline ::testing::AssertionResult is_valid_span(const Corpus& corpus, SourceSpan span) {
  if (span.article >= corpus.size()) return ::testing::AssertionFailure() << "no article " << span.article;
  return is_valid_range(corpus[span.article].text, span.range());
}

// Valid, in order, disjoint; `range_of` takes one item.
template <class Items, class RangeOf>
void expect_ranges(std::string_view text, const Items& items, RangeOf range_of) {
  std::uint32_t end = 0;
  for (const auto& item : items) {
    const ByteRange range = range_of(item);
    EXPECT_TRUE(is_valid_range(text, range));
    EXPECT_LE(end, range.begin) << "not in order, or not disjoint";
    end = range.end;
  }
}

inline void expect_words(std::string_view text, const WordList& list) {
  expect_ranges(text, list.words, [](const Word& w) { return w.source; });
  expect_ranges(list.folded, list.words, [](const Word& w) { return w.folded; });
}

// Every range of a document; each byte that is not blank lies in one sentence or one piece of furniture.
inline void expect_document(const Corpus& corpus, const Document& d) {
  ASSERT_LT(d.article, corpus.size());
  const Article& article = corpus[d.article];
  const std::string_view text = article.text;
  SCOPED_TRACE("article " + article.id);
  expect_words(article.title, d.title);
  expect_words(text, d.body);
  EXPECT_EQ(d.title_terms.size(), d.title.size());
  EXPECT_EQ(d.body_terms.size(), d.body.size());
  const auto own_range = [](const auto& item) { return item.range; };
  expect_ranges(text, d.sentences, own_range);
  expect_ranges(text, d.furniture, own_range);
  expect_ranges(text, d.quotations, [](ByteRange r) { return r; });
  expect_ranges(text, d.names, own_range);
  expect_ranges(text, d.quantities, own_range);
  expect_ranges(text, d.dates, own_range);
  std::vector<unsigned char> covered(text.size(), 0);
  for (const Sentence& s : d.sentences) {
    EXPECT_LT(s.range.begin, s.range.end);
    EXPECT_LE(s.first_word, s.last_word);
    EXPECT_LE(s.last_word, d.body.size());
    for (std::uint32_t i = s.range.begin; i < s.range.end; ++i) ++covered[i];
  }
  for (const Furniture& f : d.furniture) {
    for (std::uint32_t i = f.range.begin; i < f.range.end; ++i) ++covered[i];
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool blank = text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r');
    // Unicode's own blanks are left to the rooms; they lie outside ASCII.
    if (blank || static_cast<unsigned char>(text[i]) >= 0x80) continue;
    ASSERT_EQ(covered[i], 1) << "byte " << i << " of " << text.size() << " lies in " << int{covered[i]} << " units";
  }
}

// Every span and every position of a merged story.
inline void expect_story(const Corpus& corpus, const MergedStory& story) {
  SCOPED_TRACE("story " + story.id);
  EXPECT_FALSE(story.id.empty());
  const std::set<ArticleIndex> inside(story.articles.begin(), story.articles.end());
  EXPECT_EQ(inside.size(), story.articles.size());
  const auto expect_support = [&](const std::vector<Support>& support) {
    EXPECT_FALSE(support.empty());
    for (const Support& s : support) {
      EXPECT_TRUE(is_valid_span(corpus, s.span));
      EXPECT_LT(s.span.begin, s.span.end);
      EXPECT_TRUE(inside.contains(s.span.article));
      if (s.speaker) {
        EXPECT_TRUE(is_valid_span(corpus, *s.speaker));
      }
    }
  };
  std::multiset<ArticleIndex> in_origins;
  for (const Origin& origin : story.origins) in_origins.insert(origin.articles.begin(), origin.articles.end());
  EXPECT_TRUE(std::equal(in_origins.begin(), in_origins.end(), inside.begin(), inside.end()));
  for (const MergedClaim& claim : story.claims) {
    expect_support(claim.support);
    std::set<std::size_t> voices;
    std::set<std::string> credited;
    for (const Support& s : claim.support) {
      if (!s.via.empty()) credited.insert(s.via);
      for (std::size_t o = 0; o < story.origins.size(); ++o) {
        const auto& articles = story.origins[o].articles;
        if (std::find(articles.begin(), articles.end(), s.span.article) != articles.end()) voices.insert(o);
      }
    }
    if (credited.empty()) {
      EXPECT_EQ(claim.origin_count, voices.size());
    }
    EXPECT_GE(claim.origin_count, 1u);
    EXPECT_LE(claim.origin_count, voices.size() + credited.size());
  }
  for (const MergedDispute& dispute : story.disputes) {
    EXPECT_LT(dispute.claim, story.claims.size());
    EXPECT_GE(dispute.values.size(), 2u);
    std::map<ArticleIndex, std::size_t> side;  // no article stands under two values of a conflict
    for (std::size_t v = 0; v < dispute.values.size(); ++v) {
      expect_support(dispute.values[v].support);
      for (const Support& s : dispute.values[v].support) {
        const bool own = side.emplace(s.span.article, v).first->second == v;
        EXPECT_TRUE(own || dispute.resolution == Resolution::update);
      }
    }
  }
  // Every claim is told once; the summary is no longer than the longest article.
  std::vector<int> told(story.claims.size(), 0);
  std::size_t summary = 0, longest = 0;
  for (const auto* paragraphs : {&story.summary, &story.further}) {
    for (const auto& paragraph : *paragraphs) {
      for (const std::uint32_t claim : paragraph) {
        ASSERT_LT(claim, story.claims.size());
        ++told[claim];
        if (paragraphs == &story.summary) summary += story.claims[claim].support.front().span.size();
      }
    }
  }
  EXPECT_EQ(told, std::vector<int>(story.claims.size(), 1));
  for (const ArticleIndex a : story.articles) longest = std::max(longest, corpus[a].text.size());
  EXPECT_LE(summary, longest);
  ASSERT_EQ(story.furniture.size(), story.articles.size());
  for (std::size_t k = 0; k < story.articles.size(); ++k) {
    expect_ranges(corpus[story.articles[k]].text, story.furniture[k], [](const Furniture& f) { return f.range; });
  }
}

}  // namespace storymerge::testing

// Documents come back as they were put, from memory, from the temporary file, or made again.

#include "text/kept_documents.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "support/corpora.h"
#include "support/files.h"

namespace storymerge {
namespace {

template <class T, class Same>
bool same_list(const std::vector<T>& a, const std::vector<T>& b, Same same) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

bool same_words(const WordList& a, const WordList& b) {
  return a.folded == b.folded && same_list(a.words, b.words, [](const Word& x, const Word& y) {
           return x.source == y.source && x.folded == y.folded;
         });
}

bool same_quantity(const Quantity& x, const Quantity& y) {
  return x.range == y.range && x.low == y.low && x.high == y.high && x.value == y.value && x.unit == y.unit &&
         x.noun == y.noun && x.approximate == y.approximate && x.ordinal == y.ordinal && x.rule == y.rule;
}

bool same_date(const DateMention& x, const DateMention& y) {
  return x.range == y.range && x.from == y.from && x.to == y.to && x.minute_of_day == y.minute_of_day &&
         x.instant == y.instant && x.night == y.night && x.rule == y.rule;
}

void expect_same(const Document& a, const Document& b) {
  EXPECT_EQ(a.article, b.article);
  EXPECT_EQ(a.language, b.language);
  EXPECT_TRUE(same_words(a.title, b.title));
  EXPECT_EQ(a.title_terms, b.title_terms);
  EXPECT_TRUE(same_words(a.body, b.body));
  EXPECT_EQ(a.body_terms, b.body_terms);
  EXPECT_TRUE(same_list(a.sentences, b.sentences, [](const Sentence& x, const Sentence& y) {
    return x.range == y.range && x.paragraph == y.paragraph && x.heading == y.heading && x.first_word == y.first_word &&
           x.last_word == y.last_word;
  }));
  EXPECT_TRUE(same_list(a.furniture, b.furniture, [](const Furniture& x, const Furniture& y) {
    return x.range == y.range && x.reason == y.reason;
  }));
  EXPECT_EQ(a.quotations, b.quotations);
  EXPECT_TRUE(same_list(a.names, b.names, [](const NameMention& x, const NameMention& y) {
    return x.range == y.range && x.first_word == y.first_word && x.last_word == y.last_word;
  }));
  EXPECT_TRUE(same_list(a.quantities, b.quantities, same_quantity));
  EXPECT_TRUE(same_list(a.dates, b.dates, same_date));
}

// Real pages, several languages, and texts whose words lie far apart, are long, or are none at all.
Corpus some_texts() {
  std::vector<Article> articles = testing::gold_coverage();
  articles.push_back({.id = "empty"});
  articles.push_back({.id = "far", .text = "Alpha" + std::string(70'000, ' ') + "met Beta on Friday."});
  articles.push_back({.id = "long", .text = std::string(70'000, 'x') + " met Beta."});
  articles.push_back({.id = "de", .language = "de", .text = "In Köln starben am 3. März 12 Menschen, so „Alpha“."});
  articles.push_back({.id = "ja", .language = "ja", .text = "東京で十二人が死亡した。"});
  articles.push_back(articles.back());  // a copy
  articles.back().id = "copy";
  return Corpus(std::move(articles));
}

void expect_kept(std::size_t memory) {
  const Corpus corpus = some_texts();
  const std::vector<Document> expected = analyze(corpus, 1);
  for (const unsigned threads : {1u, 3u}) {
    KeptDocuments kept(corpus, memory);
    analyze(corpus, threads, {}, kept);
    Document scratch;
    WordList body;
    for (ArticleIndex a = 0; a < corpus.size(); ++a) {
      SCOPED_TRACE(corpus[a].id);
      expect_same(kept.get(a, scratch), expected[a]);
      EXPECT_TRUE(same_words(kept.body_of(a, body), expected[a].body));
    }
    for (ArticleIndex a = corpus.size(); a-- > 0;) expect_same(kept.take(a), expected[a]);
  }
}

TEST(KeptDocuments, ComeBackFromMemoryAndFromTheFile) {
  expect_kept(std::size_t{1} << 30);
  expect_kept(0);
  expect_kept(100'000);  // some of each
}

TEST(KeptDocuments, AreMadeAgainWhereThereIsNoRoomForTheFile) {
  const char* before = std::getenv("TMPDIR");
  const std::string folder = before == nullptr ? "" : before;
  setenv("TMPDIR", "/nowhere/at/all", 1);
  expect_kept(0);
  folder.empty() ? unsetenv("TMPDIR") : setenv("TMPDIR", folder.c_str(), 1);
}

}  // namespace
}  // namespace storymerge

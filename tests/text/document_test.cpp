// A text that was analysed is not analysed again, and nobody can tell.

#include "storymerge/text/document.h"

#include <gtest/gtest.h>

namespace storymerge {
namespace {

template <class T>
bool same_bytes(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const T& x, const T& y) {
    return x.range.begin == y.range.begin && x.range.end == y.range.end;
  });
}

TEST(Document, ACopyIsAnalysedAsIfItStoodAlone) {
  std::vector<Article> articles;
  const char* const texts[] = {
      "The ferry Aurora Sol capsized off Lidra on Tuesday, killing at least 12 people.\n\nShare this article",
      "Marta Osten resigned on Friday after 3,400 workers walked out."};
  for (int i = 0; i < 40; ++i) {
    Article a;
    a.id = "a" + std::to_string(100 + i);
    a.source = "Outlet " + std::to_string(i % 7);
    a.language = i % 5 == 4 ? "de" : "en";
    a.title = i % 3 == 0 ? "Ferry capsizes off Lidra" : "Osten resigns " + std::to_string(i);
    if (i % 4 != 3) a.published = Time(std::chrono::hours(500000 + 100 * (i % 6)));
    a.text = texts[i % 2];
    articles.push_back(a);
  }
  const Corpus corpus(articles);
  const std::vector<Document> all = analyze(corpus, 2);
  const auto furniture = find_furniture(corpus);
  for (ArticleIndex i = 0; i < corpus.size(); ++i) {
    const Document alone = analyze(corpus, i, furniture[i]);
    EXPECT_EQ(all[i].article, i);
    EXPECT_EQ(all[i].title.folded, alone.title.folded);
    EXPECT_EQ(all[i].title_terms, alone.title_terms);
    EXPECT_EQ(all[i].body.folded, alone.body.folded);
    EXPECT_EQ(all[i].body_terms, alone.body_terms);
    EXPECT_TRUE(same_bytes(all[i].sentences, alone.sentences));
    EXPECT_TRUE(same_bytes(all[i].furniture, alone.furniture));
    EXPECT_EQ(all[i].names.size(), alone.names.size());
    EXPECT_EQ(all[i].quantities.size(), alone.quantities.size());
    ASSERT_EQ(all[i].dates.size(), alone.dates.size());
    for (std::size_t k = 0; k < alone.dates.size(); ++k) {
      EXPECT_EQ(all[i].dates[k].from, alone.dates[k].from);
      EXPECT_EQ(all[i].dates[k].to, alone.dates[k].to);
    }
  }
}

}  // namespace
}  // namespace storymerge

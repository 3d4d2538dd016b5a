// An explanation adds up, quotes the articles, and says what the grouping does.

#include <gtest/gtest.h>

#include "storymerge/story/explain.h"
#include "support/corpora.h"

namespace storymerge {
namespace {

TEST(Compare, AddsUpQuotesAndAgreesWithTheGrouping) {
  const std::vector<Article> articles = testing::gold_coverage();
  for (std::size_t i = 0; i + 9 < articles.size(); i += 5) {
    const Corpus corpus({articles[i], articles[i + (i % 2 == 0 ? 2 : 9)]});
    const std::vector<Document> documents = analyze(corpus);
    const Comparison c = compare(corpus, documents, 0, 1);
    double sum = 0;
    for (const Evidence& e : c.shared) sum += e.weight;
    EXPECT_NEAR(sum * c.time_factor, c.similarity, 1e-12);
    for (const Evidence& e : c.shared) {
      EXPECT_NE((corpus[0].title + "\n" + corpus[0].text).find(e.text), std::string::npos) << e.text;
    }
    for (const Evidence& e : c.only_b) {
      EXPECT_NE((corpus[1].title + "\n" + corpus[1].text).find(e.text), std::string::npos) << e.text;
    }
    // What is needed rises with what each dwells on, in its own words.
    if (c.needed > 0.2) {
      EXPECT_FALSE(c.dwells_a.empty() || c.dwells_b.empty());
      EXPECT_NE((corpus[0].title + "\n" + corpus[0].text).find(c.dwells_a), std::string::npos) << c.dwells_a;
      EXPECT_NE((corpus[1].title + "\n" + corpus[1].text).find(c.dwells_b), std::string::npos) << c.dwells_b;
    }
    EXPECT_EQ(c.day_a.empty(), c.day_b.empty());
    EXPECT_NE(corpus[0].text.find(c.day_a), std::string::npos);
    EXPECT_NE(corpus[1].text.find(c.day_b), std::string::npos);
    EXPECT_EQ(c.beat_a, 0);  // of two alone nobody knows it
    // What is decisive would turn the decision, and nothing less of it would.
    double turned = 0, last = 0;
    for (const Evidence& e : c.decisive) turned += last = e.weight;
    const double spare = (c.one_story() ? c.similarity - c.needed : c.needed - c.similarity) / c.time_factor;
    if (c.decisive.empty()) {
      EXPECT_FALSE(c.one_story());
      double all = 0;
      for (const auto* list : {&c.only_a, &c.only_b}) {
        for (const Evidence& e : *list) all += e.weight;
      }
      EXPECT_LE(all, spare + 1e-9);
    } else {
      EXPECT_GT(turned, spare - 1e-9);
      EXPECT_LE(turned - last, spare + 1e-9);
    }
    const Comparison back = compare(corpus, documents, 1, 0);
    EXPECT_NEAR(back.similarity, c.similarity, 1e-12);
    EXPECT_EQ(back.only_a.size(), c.only_b.size());
    const Duplicates duplicates = find_duplicates(corpus, documents);
    if (duplicates.origins.size() == 2) {
      EXPECT_EQ(group_stories(corpus, documents, duplicates).size() == 1, c.one_story());
    }
  }
}

// An article of a beat has one, and one that stands for itself has none.
TEST(Compare, TellsTheBeat) {
  std::vector<Article> articles;
  for (const Article& a : testing::gold_coverage()) {
    if (a.id.starts_with("quake-") || a.id == "verdict-aldray-1") articles.push_back(a);
  }
  const Corpus corpus(articles);
  const std::vector<Document> documents = analyze(corpus);
  const Comparison c = compare(corpus, documents, *corpus.find("quake-tavira-1"), *corpus.find("verdict-aldray-1"));
  EXPECT_GT(c.beat_a, 3 * c.beat_b);
  EXPECT_FALSE(c.day_a.empty());
  EXPECT_LT(c.beat_a, 0.13);
}

}  // namespace
}  // namespace storymerge

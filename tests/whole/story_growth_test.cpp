// An article costs the same in a large story as in a small one, and among many articles as among few. Processor time of one
// thread, as ratios; the better of some rounds, for others may use the machine, too.

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <functional>
#include <memory>
#include <sstream>

#include "bench/news_corpus.h"
#include "bench/news_languages.h"
#include "bench/reports.h"
#include "storymerge/storymerge.h"
#include "support/corpora.h"
#include "support/paths.h"

namespace storymerge {
namespace {

struct Cost {
  double time = 1e9;  // an article
  double bytes = 0;   // of JSON Lines, a byte of text
};

Cost cost(const Corpus& corpus, Options options) {
  options.threads = 1;
  double read = 0, written = 0;
  for (const Article& a : corpus.articles()) read += static_cast<double>(a.text.size());
  const std::clock_t begin = std::clock();
  merge_stories(corpus, options, [&](const MergedStory& story) {
    std::ostringstream line;
    write(Format::jsonl, line, corpus, {&story, 1});
    written += static_cast<double>(line.view().size());
  });
  return {static_cast<double>(std::clock() - begin) / static_cast<double>(corpus.size()), written / read};
}

// Takes turns, so that what slows the machine slows both. Stops when it holds.
void expect_at_most(double ratio, const std::function<double()>& small, const std::function<double()>& large) {
  double few = 1e9, many = 1e9;
  for (int round = 0; round < 4 && (round == 0 || many > ratio * few); ++round) {
    few = std::min(few, small());
    many = std::min(many, large());
  }
  EXPECT_LE(many, ratio * few) << few << " and " << many << " us an article";
}

std::function<double()> one_story(std::size_t reports) {
  std::vector<Article> coverage = testing::gold_coverage();
  coverage.resize(8);
  const std::vector<std::string> sentences = generated::sentences_of(coverage);
  const auto corpus = std::make_shared<Corpus>(generated::reports(sentences, 20, reports));
  Options options;
  for (ArticleIndex a = 1; a < corpus->size(); ++a)
    options.stories.must_link.emplace_back((*corpus)[0].id, (*corpus)[a].id);
  return [corpus, options] { return cost(*corpus, options).time; };
}

TEST(Speed, AnArticleCostsTheSameInALargeStory) {
#ifndef NDEBUG
  GTEST_SKIP() << "measures the optimised library";
#endif
  expect_at_most(1.3, one_story(100), one_story(400));
}

TEST(Speed, AnArticleCostsTheSameAmongManyFromTextToStories) {
#ifndef NDEBUG
  GTEST_SKIP() << "measures the optimised library";
#endif
  generated::NewsCorpus news(generated::languages_of((testing::project_root / "data").string()), {});
  std::vector<Article> articles;
  while (articles.size() < 3000) articles.push_back(news.next().article);
  const Corpus few(std::vector<Article>(articles.begin(), articles.begin() + 300)), many(std::move(articles));
  expect_at_most(
      1.2, [&] { return cost(few, {}).time; }, [&] { return cost(many, {}).time; });
  EXPECT_LE(cost(few, {}).bytes, 4);
}

}  // namespace
}  // namespace storymerge

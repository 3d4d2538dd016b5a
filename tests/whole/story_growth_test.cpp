// An article costs the same in a large story as in a small one, and among many articles as among few. Processor time of one
// thread, as ratios.

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <sstream>

#include "bench/news_corpus.h"
#include "bench/news_languages.h"
#include "bench/reports.h"
#include "storymerge/storymerge.h"
#include "support/corpora.h"
#include "support/cost.h"
#include "support/paths.h"

namespace storymerge {
namespace {

// Bytes of JSON Lines written.
std::size_t merge(const Corpus& corpus, Options options) {
  options.threads = 1;
  std::size_t written = 0;
  merge_stories(corpus, options, [&](const MergedStory& story) {
    std::ostringstream line;
    write(Format::jsonl, line, corpus, {&story, 1});
    written += line.view().size();
  });
  return written;
}

struct OneStory {
  Corpus corpus;
  Options options;  // all its articles linked

  explicit OneStory(std::size_t reports) {
    std::vector<Article> coverage = testing::gold_coverage();
    coverage.resize(8);
    corpus = Corpus(generated::reports(generated::sentences_of(coverage), 20, reports));
    for (ArticleIndex a = 1; a < corpus.size(); ++a) options.stories.must_link.emplace_back(corpus[0].id, corpus[a].id);
  }
};

TEST(Speed, AnArticleCostsTheSameInALargeStory) {
#ifndef NDEBUG
  GTEST_SKIP() << "measures the optimised library";
#endif
  const OneStory small(100), large(400);
  const auto four_small = [&] {
    for (int k = 0; k < 4; ++k) merge(small.corpus, small.options);
  };
  EXPECT_LE(testing::times_as_long(
                four_small, [&] { merge(large.corpus, large.options); }, 1.3, 8),
            1.3);
}

// Corpora of whole stories, each of about as many articles: cut anywhere else, a story has fewer reports and less to align.
std::vector<Corpus> whole_stories(const Corpus& corpus, std::size_t parts) {
  std::vector<std::vector<Article>> out(parts);
  merge_stories(corpus, {}, [&](const MergedStory& story) {
    std::vector<Article>& least = *std::ranges::min_element(out, {}, &std::vector<Article>::size);
    for (const ArticleIndex a : story.articles) least.push_back(corpus[a]);
  });
  return {std::move_iterator(out.begin()), std::move_iterator(out.end())};
}

TEST(Speed, AnArticleCostsTheSameAmongManyFromTextToStories) {
#ifndef NDEBUG
  GTEST_SKIP() << "measures the optimised library";
#endif
  generated::NewsCorpus news(generated::languages_of((testing::project_root / "data").string()), {});
  std::vector<Article> articles;
  while (articles.size() < 3000) articles.push_back(news.next().article);
  std::size_t read = 0, written = 0;
  for (const Article& a : articles) read += a.text.size();
  const Corpus whole(std::move(articles));
  const std::vector<Corpus> parts = whole_stories(whole, 10);
  const auto by_parts = [&] {
    for (const Corpus& part : parts) merge(part, {});
  };
  EXPECT_LE(testing::times_as_long(
                by_parts, [&] { written = merge(whole, {}); }, 1.2, 10),
            1.2);
  EXPECT_LE(written, 4 * read);
}

}  // namespace
}  // namespace storymerge

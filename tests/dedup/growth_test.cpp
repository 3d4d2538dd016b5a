// On articles whose words follow one another as in real texts: what is found is what comparing all pairs finds, and an
// article costs the same among many as among few.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "bench/news_corpus.h"
#include "bench/news_languages.h"
#include "storymerge/dedup/duplicates.h"
#include "storymerge/sketch/shingles.h"
#include "support/cost.h"
#include "support/paths.h"

namespace storymerge {
namespace {

std::vector<Article> news(std::size_t count, std::uint64_t seed) {
  generated::NewsOptions options;
  options.seed = seed;
  generated::NewsCorpus corpus(generated::languages_of(std::string(testing::root_path) + "/data"), options);
  std::vector<Article> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(corpus.next().article);
  return out;
}

// All pairs by their common shingles, counted through the texts of each. Sources are left out, so that nothing but what
// all repeat is passed over.
TEST(Growth, FindsWhatComparingAllPairsFinds) {
  std::vector<Article> articles = news(4000, 7);
  for (Article& article : articles) article.source.clear();
  const Corpus corpus(std::move(articles));
  std::vector<std::vector<std::uint64_t>> sets(corpus.size());
  std::vector<std::pair<std::uint64_t, ArticleIndex>> postings;
  std::set<std::string> seen;
  for (ArticleIndex i = 0; i < corpus.size(); ++i) {
    const WordList words = fold_words(corpus[i].text);
    // Of identical texts only the first is paired with others.
    if (shingle_words(words) != 3 || !seen.insert(words.folded).second) continue;
    sets[i] = shingle_hashes(words);
    std::sort(sets[i].begin(), sets[i].end());
    sets[i].erase(std::unique(sets[i].begin(), sets[i].end()), sets[i].end());
    for (const std::uint64_t shingle : sets[i]) postings.emplace_back(shingle, i);
  }
  std::sort(postings.begin(), postings.end());
  std::set<std::pair<ArticleIndex, ArticleIndex>> found, truth;
  for (const DuplicatePair& pair : find_duplicates(corpus).pairs) found.emplace(pair.a, pair.b);
  std::vector<std::uint16_t> common(corpus.size());
  std::size_t missed = 0;
  for (ArticleIndex a = 0; a < corpus.size(); ++a) {
    std::fill(common.begin(), common.end(), 0);
    for (const std::uint64_t shingle : sets[a]) {
      for (auto at = std::upper_bound(postings.begin(), postings.end(), std::pair(shingle, a));
           at != postings.end() && at->first == shingle; ++at) {
        ++common[at->second];
      }
    }
    for (ArticleIndex b = a + 1; b < corpus.size(); ++b) {
      const SetOverlap overlap{common[b], sets[a].size(), sets[b].size()};
      const double inside = std::max(overlap.containment_a_in_b(), overlap.containment_b_in_a());
      if (overlap.jaccard() < 0.5 && (inside < 0.65 || std::min(overlap.a, overlap.b) < 12)) continue;
      truth.emplace(a, b);
      missed += !found.contains({a, b});
    }
  }
  ASSERT_GT(truth.size(), 1000u);
  EXPECT_LE(static_cast<double>(missed), 0.005 * static_cast<double>(truth.size())) << missed << " of " << truth.size();
}

// Candidates cost; they must not follow the corpus. Counted, so that a loaded machine cannot break it.
TEST(Growth, CandidatesStayFew) {
  const auto false_candidates = [](std::size_t count) {
    const Duplicates found = find_duplicates(Corpus(news(count, 3)));
    const auto joined = static_cast<std::uint64_t>(std::count_if(
        found.pairs.begin(), found.pairs.end(), [](const DuplicatePair& p) { return p.relation != Relation::exact; }));
    return static_cast<double>(found.candidates - std::min(joined, found.candidates)) / static_cast<double>(count);
  };
  EXPECT_LT(false_candidates(2000), 1);
  EXPECT_LT(false_candidates(20000), 1);
}

// Processor time an article, among 6,000 and among 60,000.
TEST(Speed, AnArticleCostsTheSameAmongMany) {
  std::vector<Article> many = news(60000, 1);
  std::vector<Corpus> parts;
  for (auto at = many.begin(); at < many.end(); at += 6000) parts.emplace_back(std::vector<Article>(at, at + 6000));
  const Corpus whole(std::move(many));
  DuplicateOptions options;
  options.threads = 1;
  const auto by_parts = [&] {
    for (const Corpus& part : parts) find_duplicates(part, options);
  };
  EXPECT_LE(testing::times_as_long(
                by_parts, [&] { find_duplicates(whole, options); }, 1.2, 6),
            1.2);
}

}  // namespace
}  // namespace storymerge

// Laws of align_claims: nothing is lost, order does not matter, likely pairs stand together, copies add nothing.

#include "storymerge/align/alignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "align/model.h"
#include "support/one_story.h"

namespace storymerge {
namespace {

using testing::article, testing::OneStory;

std::vector<Article> ferry() {
  return {
      article(
          "a",
          "The ferry Aurora Sol capsized off Lidra on Friday.\n\nTwelve people were killed, the coast guard said.\n\n"
          "The ferry carried 233 people from the island of Merrou.",
          1),
      article(
          "b",
          "Police in Lidra said the ferry Aurora Sol had capsized near the harbour.\n\nThe coast guard said 15 people "
          "were killed.\n\nA brass band played in the square.",
          5),
      article("c",
              "The owner says the ferry had left Merrou with 233 people aboard.\n\nThe Aurora Sol capsized at dawn.",
              9)};
}

TEST(Alignment, EveryClaimStandsInAGroupAndGroupsAreSorted) {
  const OneStory run(ferry());
  const Material material = run.material();
  const Alignment alignment = align_claims(material);
  std::set<std::uint32_t> seen;
  for (const auto& group : alignment.groups) {
    ASSERT_FALSE(group.empty());
    EXPECT_TRUE(std::is_sorted(group.begin(), group.end()));
    EXPECT_EQ(std::adjacent_find(group.begin(), group.end()), group.end());
    seen.insert(group.begin(), group.end());
  }
  EXPECT_EQ(seen.size(), material.claims.size());
}

TEST(Alignment, CapsizingIsToldByAllThree) {
  const OneStory run(ferry());
  const Material material = run.material();
  bool found = false;
  for (const auto& group : align_claims(material).groups) {
    std::set<ArticleIndex> articles;
    bool capsized = true;
    for (const std::uint32_t c : group) {
      articles.insert(material.claims[c].span.article);
      capsized = capsized && run.corpus.quote(material.claims[c].span).find("capsized") != std::string_view::npos;
    }
    found = found || (capsized && articles.size() >= 2);
  }
  EXPECT_TRUE(found);
}

TEST(Alignment, AUsersSimilarityTakesTheWordsPlace) {
  const OneStory run(ferry());
  const Material material = run.material();
  AlignOptions never;
  never.similarity = [](const Claim&, const Claim&) { return 0.0; };
  std::size_t with_words = 0, without = 0;
  for (const AlignedPair& p : align_claims(material).pairs) with_words += p.probability > 0.35;
  for (const AlignedPair& p : align_claims(material, never).pairs) without += p.probability > 0.35;
  EXPECT_GT(with_words, without);
}

TEST(Alignment, ExplanationsAreStrongestFirst) {
  const OneStory run(ferry());
  const auto why = explain_pair(run.material(), 0, 3);
  ASSERT_EQ(why.size(), align::feature_count);
  for (std::size_t i = 1; i < why.size(); ++i) EXPECT_GE(std::abs(why[i - 1].log_odds), std::abs(why[i].log_odds));
}

// Any likely pair of different origins stands together in some group, every unit in at least one: on random graphs.
TEST(Groups, CoverEveryLikelyPair) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::vector<align::Unit> units(2 + random() % 9);
    for (std::size_t u = 0; u < units.size(); ++u) units[u].origin = static_cast<std::uint32_t>(random() % 4);
    align::PairGraph graph;
    for (std::uint32_t a = 0; a < units.size(); ++a) {
      for (std::uint32_t b = a + 1; b < units.size(); ++b) {
        if (random() % 3 == 0) continue;
        graph.pairs.push_back({a, b});
        graph.probability.push_back(static_cast<double>(random() % 1000) / 1000);
      }
    }
    std::vector<std::vector<align::PairGraph::Neighbour>> around(units.size());
    for (std::uint32_t k = 0; k < graph.pairs.size(); ++k) {
      around[graph.pairs[k].first].push_back({graph.pairs[k].second, k});
      around[graph.pairs[k].second].push_back({graph.pairs[k].first, k});
    }
    graph.first = {0};
    for (auto& list : around) {
      std::sort(list.begin(), list.end(), [](const auto& x, const auto& y) { return x.unit < y.unit; });
      graph.neighbours.insert(graph.neighbours.end(), list.begin(), list.end());
      graph.first.push_back(static_cast<std::uint32_t>(graph.neighbours.size()));
    }
    const auto groups = align::group_units(units, graph);
    std::set<std::uint32_t> seen;
    for (const auto& g : groups) seen.insert(g.begin(), g.end());
    EXPECT_EQ(seen.size(), units.size());
    for (std::size_t k = 0; k < graph.pairs.size(); ++k) {
      const auto& [a, b] = graph.pairs[k];
      if (graph.probability[k] < 0.35 || units[a].origin == units[b].origin) continue;
      bool together = false;
      for (const auto& g : groups) {
        together = together || (std::binary_search(g.begin(), g.end(), graph.pairs[k].first) &&
                                std::binary_search(g.begin(), g.end(), graph.pairs[k].second));
      }
      EXPECT_TRUE(together) << a << ' ' << b;
    }
  }
}

}  // namespace
}  // namespace storymerge

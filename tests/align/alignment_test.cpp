// Laws of align_claims: nothing is lost, order does not matter, likely pairs stand together, copies add nothing.

#include "storymerge/align/alignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "align/model.h"
#include "storymerge/pipeline.h"
#include "storymerge/write/word_for.h"

namespace storymerge {
namespace {

Article article(std::string id, std::string text, int hour) {
  Article a;
  a.id = std::move(id);
  a.source = a.id;
  a.title = "Ferry capsizes off Lidra";
  a.published = *parse_time("2031-03-14T" + std::string(hour < 10 ? "0" : "") + std::to_string(hour) + ":00:00Z");
  a.text = std::move(text);
  return a;
}

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

struct Prepared {
  Corpus corpus;
  std::vector<Document> documents;
  Duplicates duplicates;
  Story story;
  StoryNames names;
  std::vector<Claim> claims;

  explicit Prepared(std::vector<Article> articles) : corpus(std::move(articles)), documents(analyze(corpus)) {
    duplicates = find_duplicates(corpus, documents);
    for (ArticleIndex a = 0; a < corpus.size(); ++a) story.articles.push_back(a);
    for (std::uint32_t o = 0; o < duplicates.origins.size(); ++o) story.origins.push_back(o);
    names = unify_names(corpus, documents, story);
    claims = extract_claims(corpus, documents, story, names);
  }
  Alignment align(const AlignOptions& options = {}) const {
    return align_claims(corpus, documents, duplicates, story, names, claims, options);
  }
};

TEST(Alignment, EveryClaimStandsInAGroupAndGroupsAreSorted) {
  const Prepared run(ferry());
  const Alignment alignment = run.align();
  std::set<std::uint32_t> seen;
  for (const auto& group : alignment.groups) {
    ASSERT_FALSE(group.empty());
    EXPECT_TRUE(std::is_sorted(group.begin(), group.end()));
    EXPECT_EQ(std::adjacent_find(group.begin(), group.end()), group.end());
    seen.insert(group.begin(), group.end());
  }
  EXPECT_EQ(seen.size(), run.claims.size());
  for (const Dispute& d : alignment.disputes) {
    EXPECT_LT(d.group, alignment.groups.size());
    EXPECT_GE(d.values.size(), 2u);
    for (const DisputeValue& v : d.values) EXPECT_FALSE(v.claims.empty());
  }
}

TEST(Alignment, CapsizingIsToldByAllThree) {
  const Prepared run(ferry());
  bool found = false;
  for (const auto& group : run.align().groups) {
    std::set<ArticleIndex> articles;
    bool capsized = true;
    for (const std::uint32_t c : group) {
      articles.insert(run.claims[c].span.article);
      capsized = capsized && run.corpus.quote(run.claims[c].span).find("capsized") != std::string_view::npos;
    }
    found = found || (capsized && articles.size() >= 2);
  }
  EXPECT_TRUE(found);
}

TEST(Alignment, AUsersSimilarityTakesTheWordsPlace) {
  const Prepared run(ferry());
  AlignOptions never;
  never.similarity = [](const Claim&, const Claim&) { return 0.0; };
  std::size_t with_words = 0, without = 0;
  for (const AlignedPair& p : run.align().pairs) with_words += p.probability > 0.35;
  for (const AlignedPair& p : run.align(never).pairs) without += p.probability > 0.35;
  EXPECT_GT(with_words, without);
}

TEST(Alignment, ExplanationsAreStrongestFirst) {
  const Prepared run(ferry());
  const auto why = explain_pair(run.corpus, run.documents, run.duplicates, run.story, run.names, run.claims, 0, 3);
  ASSERT_EQ(why.size(), align::feature_count);
  for (std::size_t i = 1; i < why.size(); ++i) EXPECT_GE(std::abs(why[i - 1].log_odds), std::abs(why[i].log_odds));
}

// Two sources that give one man two names disagree; brothers whom one article tells apart do not, nor two spellings.
TEST(Disputes, TwoNamesOfOnePerson) {
  const auto names_disputed = [](const std::string& first, const std::string& second, const std::string& more) {
    const Prepared run({article("a",
                                "Rescuers in Lidra pulled a docker alive from the rubble of the harbour office after "
                                "seven hours on Friday.\n\nThe docker, " +
                                    first + ", was taken to hospital.",
                                1),
                        article("b",
                                "The docker who was pulled alive from the rubble of the harbour office in Lidra after "
                                "seven hours is in hospital.\n\nThe docker, " +
                                    second +
                                    ", was taken to hospital on "
                                    "Friday." +
                                    more,
                                5)});
    std::vector<std::string> values;
    for (const Dispute& d : run.align().disputes) {
      if (d.kind != DisputeKind::name) continue;
      for (const DisputeValue& v : d.values) values.push_back(v.value);
    }
    return values;
  };
  EXPECT_EQ(names_disputed("Vasco Nunal", "Vitor Nunal", ""), (std::vector<std::string>{"Vasco Nunal", "Vitor Nunal"}));
  EXPECT_EQ(names_disputed("Karel Bost", "Karel Posta", ""), (std::vector<std::string>{"Karel Bost", "Karel Posta"}));
  EXPECT_TRUE(names_disputed("Vasco Nunal", "Vasko Nunal", "").empty());
  EXPECT_TRUE(names_disputed("Vasco Nunal", "Vitor Nunal", "\n\nHis brother Vasco Nunal was at home.").empty());
  EXPECT_TRUE(names_disputed("Vasco Nunal", "Andrei Malik", "").empty());
}

// A later number overtakes an earlier one; a number that somebody else has counted does not.
TEST(Disputes, ACountOfOnesOwnOvertakesNothing) {
  const auto resolution = [](const std::string& later) {
    const Prepared run(
        {article("a", "A coach left the road near Lidra on Friday.\n\nThe coach had 46 people on board.", 1),
         article("b", "The coach that left the road near Lidra was full.\n\n" + later, 5)});
    for (const Dispute& d : run.align().disputes) {
      if (d.kind == DisputeKind::quantity) return std::string(word_for(d.resolution));
    }
    return std::string("none");
  };
  EXPECT_EQ(resolution("The coach had 49 people on board."), "update");
  EXPECT_EQ(resolution("The coach had 49 people on board, by the count of the passengers."), "conflict");
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

// Comparing through tables, and proposing through lists, give what looking at the two sentences gives.

#include "align/comparison.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "align/pairs.h"
#include "support/corpora.h"
#include "support/one_story.h"

namespace storymerge {
namespace {

std::vector<align::Profile> profiles_of_a_story() {
  std::vector<Article> articles = testing::gold_coverage();
  articles.resize(12);
  const testing::OneStory story(std::move(articles));
  const Material material = story.material();
  return align::describe(material, align::list_statements(material));
}

std::size_t longest_run(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  std::size_t longest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      std::size_t n = 0;
      while (i + n < a.size() && j + n < b.size() && a[i + n] == b[j + n]) ++n;
      longest = std::max(longest, n);
    }
  }
  return longest;
}

// Weight of the keys that both have: the lesser.
double shared_weight(const std::vector<align::Token>& a, const std::vector<align::Token>& b) {
  double sum = 0;
  for (const align::Token& s : a) {
    for (const align::Token& t : b) sum += s.key == t.key ? std::min(s.weight, t.weight) : 0;
  }
  return sum;
}

double overlap(const std::vector<align::Token>& a, double all_of_a, const std::vector<align::Token>& b,
               double all_of_b) {
  return shared_weight(a, b) / std::sqrt(std::max(1.0, all_of_a) * std::max(1.0, all_of_b));
}

TEST(Comparison, ThroughTablesIsThatOfTheTwoSentences) {
  const std::vector<align::Profile> profiles = profiles_of_a_story();
  const align::Compared compared = align::compare_all(profiles);
  ASSERT_GT(compared.pairs.size(), 1000u);
  std::size_t runs = 0;
  for (std::size_t k = 0; k < compared.pairs.size(); ++k) {
    const align::Profile& a = profiles[compared.pairs[k].first];
    const align::Profile& b = profiles[compared.pairs[k].second];
    const align::Features& f = compared.features[k];
    EXPECT_EQ(f, align::compare(a, b));
    const align::Features turned = align::compare(b, a);
    for (std::size_t i = 0; i < f.size(); ++i) {
      // What is a name in one sentence and a word in the other counts as the first has it.
      if (i == align::feature("names_apart") || i == align::feature("general")) continue;
      EXPECT_NEAR(f[i], turned[i], 1e-6) << align::feature_names[i];
    }
    EXPECT_NEAR(f[align::feature("shared_weight")], std::min(25.0, shared_weight(a.tokens, b.tokens)), 1e-5);
    EXPECT_NEAR(f[align::feature("after")], overlap(a.after, a.after_total, b.after, b.after_total), 1e-5);
    EXPECT_NEAR(f[align::feature("beside")],
                std::max(overlap(a.after, a.after_total, b.tokens, b.total),
                         overlap(b.after, b.after_total, a.tokens, a.total)) +
                    std::max(overlap(a.before, a.before_total, b.tokens, b.total),
                             overlap(b.before, b.before_total, a.tokens, a.total)),
                1e-5);
    EXPECT_EQ(f[align::feature("run")], std::log1p(static_cast<double>(longest_run(a.run, b.run))));
    EXPECT_EQ(f[align::feature("quotation")], std::log1p(static_cast<double>(longest_run(a.quoted, b.quoted))));
    runs += longest_run(a.run, b.run) > 3;
  }
  EXPECT_GT(runs, 3u);
}

// With lists looked through whole, each sentence's partners are those that share most with it.
TEST(Comparison, ProposesThePairsThatShareMost) {
  const std::vector<align::Profile> profiles = profiles_of_a_story();
  align::CandidateBounds bounds;
  bounds.window = 1u << 30;
  bounds.fewest = bounds.most = 5;
  bounds.an_article = 5;
  std::set<std::pair<std::uint32_t, std::uint32_t>> expected;
  for (std::uint32_t u = 0; u < profiles.size(); ++u) {
    std::vector<std::pair<double, std::uint32_t>> partners;
    for (std::uint32_t v = 0; v < profiles.size(); ++v) {
      if (profiles[u].article == profiles[v].article) continue;
      const align::Profile &a = profiles[u], &b = profiles[v];
      std::vector<align::Token> supplied_a = a.before, supplied_b = b.before;
      for (align::Token& t : supplied_a) t.weight *= static_cast<float>(bounds.supplied);
      for (align::Token& t : supplied_b) t.weight *= static_cast<float>(bounds.supplied);
      const double shared =
          shared_weight(a.tokens, b.tokens) + shared_weight(supplied_a, b.tokens) + shared_weight(a.tokens, supplied_b);
      if (shared > 0) partners.emplace_back(-shared / std::pow(std::max(1.0, b.total), 0.3), v);
    }
    std::sort(partners.begin(), partners.end());
    partners.resize(std::min<std::size_t>(partners.size(), 5));
    for (const auto& [score, v] : partners) expected.emplace(std::min(u, v), std::max(u, v));
  }
  const align::Pairs proposed = align::propose_pairs(profiles, bounds);
  EXPECT_EQ(std::set(proposed.begin(), proposed.end()), expected);
}

// An article alone is not weighed, for it is compared with none; its sentences are told all the same.
TEST(Comparison, AnArticleAloneTellsEachSentenceOnce) {
  const testing::OneStory story({testing::article(
      "a", "The old ferry sank off Lidra harbour. Nobody died. The old ferry sank off Lidra harbour.", 8)});
  const Material material = story.material();
  const Alignment alignment = align_claims(material);
  EXPECT_EQ(alignment.statements.size(), 3u);
  EXPECT_EQ(alignment.groups.size(), 2u);
  EXPECT_TRUE(alignment.pairs.empty());
}

}  // namespace
}  // namespace storymerge

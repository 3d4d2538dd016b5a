// Laws of align_claims: nothing is lost, the lead comes first, copies stand with what they copy.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "storymerge/align/alignment.h"
#include "support/one_story.h"

namespace storymerge {
namespace {

using testing::article, testing::OneStory;

std::vector<Article> ferry() {
  return {
      article("a",
              "The ferry Aurora Sol capsized off Lidra on Friday.\n\nTwelve people were killed, the coast guard "
              "said.\n\nThe ferry carried 233 people from the island of Merrou.",
              1),
      article("b",
              "Police in Lidra said the ferry Aurora Sol had capsized near the harbour.\n\nThe coast guard said 15 "
              "people were killed.\n\nA brass band played in the square.",
              5),
      article(
          "c",
          "The owner says the ferry had left Merrou with 233 people aboard.\n\nThe ferry Aurora Sol capsized at dawn.",
          9)};
}

TEST(Alignment, EachLeadsOrCountsInSomeGroupAndTheLeadComesFirst) {
  const OneStory story(ferry());
  const Material material = story.material();
  const Alignment alignment = align_claims(material);
  std::size_t sentences = 0;
  for (const ArticleIndex a : material.story.articles) sentences += material.documents[a].sentences.size();
  EXPECT_EQ(alignment.statements.size(), sentences);
  std::set<std::uint32_t> told;
  for (const ClaimGroup& group : alignment.groups) {
    ASSERT_FALSE(group.members.empty());
    EXPECT_TRUE(group.members.front().counted);
    EXPECT_EQ(group.members.front().probability, 1.0);
    std::set<std::uint32_t> distinct;
    for (std::size_t i = 0; i < group.members.size(); ++i) {
      const Member& m = group.members[i];
      ASSERT_LT(m.statement, alignment.statements.size());
      EXPECT_TRUE(distinct.insert(m.statement).second);
      if (i > 1) {
        EXPECT_LT(group.members[i - 1].statement, m.statement);
      }
      if (m.counted) told.insert(m.statement);
    }
  }
  EXPECT_EQ(told.size(), sentences);
}

TEST(Alignment, CapsizingIsToldByAllThree) {
  const OneStory story(ferry());
  const Material material = story.material();
  const Alignment alignment = align_claims(material);
  std::size_t most = 0;
  for (const ClaimGroup& group : alignment.groups) {
    std::set<ArticleIndex> articles;
    for (const Member& m : group.members) {
      const SourceSpan span = alignment.statements[m.statement].span;
      if (material.corpus.quote(span).find("capsized") != std::string_view::npos && m.counted)
        articles.insert(span.article);
    }
    most = std::max(most, articles.size());
  }
  EXPECT_GE(most, 2u);
}

// Copies stand in the groups of their original, each sentence with its own, however many there are; one that was changed does not.
TEST(Alignment, EachSentenceOfACopyStandsWithItsOriginal) {
  std::vector<Article> articles = ferry();
  articles[0].text += "\n\nWhy?\n\nWhy?";  // too short to be told apart
  for (int copy = 0; copy < 5; ++copy) {
    Article a = articles[0];
    a.id = a.source = "copy" + std::to_string(copy);
    if (copy == 3) a.text.replace(a.text.find("Twelve"), 6, "Thirty");
    articles.push_back(a);
  }
  const OneStory story(articles);
  const Material material = story.material();
  const Alignment alignment = align_claims(material);
  std::map<ArticleIndex, std::vector<std::set<std::size_t>>> groups;  // of each sentence of each article
  for (std::uint32_t s = 0; s < alignment.statements.size(); ++s) {
    auto& of_sentence = groups[alignment.statements[s].span.article].emplace_back();
    for (std::size_t g = 0; g < alignment.groups.size(); ++g) {
      const std::vector<Member>& members = alignment.groups[g].members;
      if (std::any_of(members.begin(), members.end(), [&](const Member& m) { return m.statement == s; }))
        of_sentence.insert(g);
    }
  }
  const ArticleIndex original = 0;
  for (ArticleIndex a = 0; a < story.corpus.size(); ++a) {
    if (!story.corpus[a].id.starts_with("copy")) continue;
    ASSERT_EQ(groups[a].size(), groups[original].size());
    for (std::size_t s = 0; s < 3; ++s) {
      const bool changed = s == 1 && story.corpus[a].id == "copy3";
      EXPECT_EQ(groups[a][s] == groups[original][s], !changed) << story.corpus[a].id << ", sentence " << s;
    }
  }
}

}  // namespace
}  // namespace storymerge

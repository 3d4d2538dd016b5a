// The two saved pages of ../shared/seeds (not part of the tree; skipped where they are absent): one story.
#include <gtest/gtest.h>

#include <algorithm>

#include "storymerge/storymerge.h"
#include "support/files.h"
#include "support/spans.h"

namespace storymerge {
namespace {

class Seeds : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto folder = testing::shared_folder / "seeds";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
    const std::string input = folder;
    corpus = read_articles({input}).corpus;
    stories = merge_stories(corpus);
  }
  std::string quote(SourceSpan span) const { return std::string(corpus.quote(span)); }
  // True when some member of the claim holds all of the words.
  bool says(const MergedClaim& claim, const std::vector<std::string>& words) const {
    return std::any_of(claim.support.begin(), claim.support.end(), [&](const Support& s) {
      return std::all_of(words.begin(), words.end(),
                         [&](const std::string& w) { return quote(s.span).find(w) != std::string::npos; });
    });
  }
  Corpus corpus;
  std::vector<MergedStory> stories;
};

TEST_F(Seeds, AreOneStoryOfTwoOrigins) {
  ASSERT_EQ(stories.size(), 1u);
  EXPECT_EQ(stories[0].articles.size(), 2u);
  EXPECT_EQ(stories[0].origins.size(), 2u);
  testing::expect_story(corpus, stories[0]);
}

TEST_F(Seeds, AtLeastFourClaimsHaveTwoOrigins) {
  ASSERT_EQ(stories.size(), 1u);
  std::vector<MergedClaim> shared;
  for (const MergedClaim& claim : stories[0].claims) {
    if (claim.origin_count >= 2) shared.push_back(claim);
  }
  EXPECT_GE(shared.size(), 4u);
  EXPECT_TRUE(std::any_of(shared.begin(), shared.end(), [&](const MergedClaim& c) {
    return says(c, {"Witkoff", "Kushner"});
  }));
  EXPECT_TRUE(
      std::any_of(shared.begin(), shared.end(), [&](const MergedClaim& c) { return says(c, {"constructive"}); }));
}

// The call with the two envoys, told by both pages, is one claim; what Kyiv will not negotiate and which terms it could
// accept are two, though they share "sovereignty and territorial integrity".
TEST_F(Seeds, DISABLED_TheCallIsOneClaimAndTheTermsAreTwo) {  // until alignment vetoes another quotation
  ASSERT_EQ(stories.size(), 1u);
  const auto together = [&](const std::vector<std::string>& one, const std::vector<std::string>& other) {
    return std::any_of(stories[0].claims.begin(), stories[0].claims.end(),
                       [&](const MergedClaim& c) { return says(c, one) && says(c, other); });
  };
  EXPECT_TRUE(together({"phone call with", "Witkoff", "Kushner"}, {"The conversation included", "Witkoff", "Kushner"}));
  EXPECT_TRUE(together({"non negotiable"}, {"sovereignty and territorial integrity"}));  // the words are in the text
  EXPECT_FALSE(together({"non negotiable"}, {"acceptable to Kyiv"}));
}

TEST_F(Seeds, TwoSpellingsAreOneName) {
  ASSERT_EQ(stories.size(), 1u);
  EXPECT_TRUE(std::any_of(stories[0].names.begin(), stories[0].names.end(), [](const Name& name) {
    std::string all = name.canonical;
    for (const std::string& v : name.variants) all += "|" + v;
    return all.find("Zelenskiy") != std::string::npos && all.find("Zelensky") != std::string::npos;
  }));
}

TEST_F(Seeds, NoClaimIsPageFurniture) {
  ASSERT_EQ(stories.size(), 1u);
  for (const MergedClaim& claim : stories[0].claims) {
    for (const char* furniture : {"Listen to this article", "Share this article", "min read", "generated illustration",
                                  "More in World", "Discussion", "James Thompson", "Source: ", "0:00"}) {
      EXPECT_EQ(quote(claim.support[0].span).find(furniture), std::string::npos) << quote(claim.support[0].span);
    }
    EXPECT_NE(quote(claim.support[0].span), "World");
    EXPECT_NE(quote(claim.support[0].span), "Published");
  }
}

// The page prints its headline twice and its deck once: neither stands behind a claim.
TEST_F(Seeds, RepeatedHeadlinesCorroborateNothing) {
  ASSERT_EQ(stories.size(), 1u);
  for (const MergedClaim& claim : stories[0].claims) {
    for (const Support& s : claim.support) {
      EXPECT_NE(quote(s.span), corpus[s.span.article].title);
    }
  }
}

}  // namespace
}  // namespace storymerge

// Laws of merge_story: copies are one voice, every claim is told from its own support, the summary tells no claim twice.

#include "storymerge/merge/merged_story.h"

#include <gtest/gtest.h>

#include <set>

#include "merge/voices.h"
#include "storymerge/pipeline.h"

namespace storymerge {
namespace {

Article article(std::string id, std::string text) {
  Article a;
  a.id = std::move(id);
  a.source = a.id;
  a.title = "Ferry capsizes off Lidra";
  a.text = std::move(text);
  return a;
}

const char* const wire =
    "The ferry Aurora Sol capsized off Lidra on Friday in heavy seas, killing at least twelve people, the coast guard "
    "said. "
    "Rescuers pulled 168 people to safety before nine in the morning. The ferry was on its way from the island of "
    "Merrou.";
const char* const report =
    "Police in Lidra said the ferry Aurora Sol had capsized near the harbour on Friday. Divers went on with the "
    "search.";

std::vector<MergedStory> merged(int copies) {
  std::vector<Article> articles = {article("report", report)};
  for (int i = 0; i < copies; ++i) articles.push_back(article("wire" + std::to_string(i), wire));
  return merge_stories(Corpus(std::move(articles)));
}

TEST(MergedStory, TenCopiesAreOneVoice) {
  const auto one = merged(1), ten = merged(10);
  ASSERT_EQ(one.size(), ten.size());
  for (std::size_t s = 0; s < one.size(); ++s) {
    ASSERT_EQ(one[s].claims.size(), ten[s].claims.size());
    for (std::size_t c = 0; c < one[s].claims.size(); ++c) {
      EXPECT_EQ(one[s].claims[c].origin_count, ten[s].claims[c].origin_count);
    }
  }
}

// An article that tells a thing itself and also on another outlet's word is one voice, not two; one that only passes it on is
// that outlet's.
TEST(Voices, AnOriginIsOne) {
  Voices voices;
  voices.origin = {0, 0, 1, 2, 2};
  voices.of = {0, 7, 7, 8, 9};  // 7, 8, 9: outlets credited
  const auto count = [&](std::vector<std::uint32_t> statements) { return voices.count(statements); };
  EXPECT_EQ(count({0, 1}), 1u);
  EXPECT_EQ(count({1, 2}), 1u);
  EXPECT_EQ(count({0, 1, 2}), 2u);
  EXPECT_EQ(count({3, 4}), 1u);
  EXPECT_EQ(count({2, 3, 4}), 2u);
}

TEST(MergedStory, ASummaryTellsNoClaimAndNoWordingTwice) {
  for (const MergedStory& story : merged(3)) {
    std::set<std::uint32_t> told;
    std::set<SourceSpan> wordings;
    for (const auto& paragraph : story.summary) {
      EXPECT_FALSE(paragraph.empty());
      for (const std::uint32_t c : paragraph) {
        ASSERT_LT(c, story.claims.size());
        EXPECT_TRUE(told.insert(c).second);
        EXPECT_TRUE(wordings.insert(story.claims[c].support.front().span).second);
      }
    }
    for (const MergedClaim& claim : story.claims) {
      EXPECT_FALSE(claim.support.empty());
      EXPECT_GE(claim.origin_count, 1u);
    }
  }
}

// A greeting, a time of day, a sentence that the page breaks off: what one origin has of such is further reading. Where there is
// nothing else, it is the story.
TEST(MergedStory, ScrapsAreNotInTheSummary) {
  const auto summary = [](const std::string& opening) {
    // Told twice over there, the wire leaves room for all else.
    const Corpus corpus({article("a", opening + "\n\n" + wire + "\n\n" + wire), article("b", report)});
    std::string out;
    for (const MergedStory& story : merge_stories(corpus)) {
      for (const auto& paragraph : story.summary) {
        for (const std::uint32_t c : paragraph) out += corpus.quote(story.claims[c].support.front().span);
      }
    }
    return out;
  };
  EXPECT_EQ(summary("Good morning.").find("Good morning."), std::string::npos);
  EXPECT_EQ(summary("Schools on the island stay closed until...").find("Schools"), std::string::npos);
  EXPECT_NE(summary("Schools on the island stay closed until Monday.").find("Schools"), std::string::npos);
  const Corpus only({article("a", "Good morning.")});
  for (const MergedStory& story : merge_stories(only)) EXPECT_EQ(story.summary.size(), 1u);
}

}  // namespace
}  // namespace storymerge

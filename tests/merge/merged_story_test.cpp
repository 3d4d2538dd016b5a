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

// Papers that retell an agency's report and say so are that agency's voice; those that credit nobody, or themselves know it, are
// voices of their own.
TEST(Voices, ReportsRetoldAreTheAgencys) {
  const auto most_voices = [](const std::string& language, std::vector<std::pair<std::string, std::string>> texts) {
    std::vector<Article> articles;
    for (const auto& [source, text] : texts) {
      articles.push_back(article(source, text));
      articles.back().language = language;
    }
    std::uint32_t most = 0;
    for (const MergedStory& story : merge_stories(Corpus(std::move(articles)))) {
      for (const MergedClaim& claim : story.claims) most = std::max(most, claim.origin_count);
    }
    return most;
  };
  using Texts = std::vector<std::pair<std::string, std::string>>;
  const std::string credited = "The ferry Aurora Sol has capsized off Lidra, Nordpress reports. ",
                    plain = "In heavy seas the ferry Aurora Sol has capsized near Lidra. ";
  const auto wire_and = [](std::string text) {
    return Texts{
        {"Nordpress", "The ferry Aurora Sol capsized off Lidra on Friday. On Friday night divers found twelve bodies."},
        {"Tolm Gazette", std::move(text)}};
  };
  EXPECT_EQ(most_voices("en", wire_and(credited + "Divers have found twelve bodies, according to the agency.")), 1u);
  EXPECT_EQ(most_voices("en", wire_and(credited + "Divers have found twelve bodies, the mayor told the Gazette.")), 2u);
  EXPECT_EQ(most_voices("en", wire_and(plain + "Divers have found twelve bodies, according to the agency.")), 2u);
  const auto daily_and = [](std::string text) {
    return Texts{{"Le Nordique",
                  "Le ferry Aurora Sol a chaviré vendredi au large de Lidra. Vendredi soir, douze corps ont été "
                  "retrouvés par des plongeurs."},
                 {"La Gazette", "Le ferry Aurora Sol a chaviré près de Lidra, selon Le Nordique. " + text}};
  };
  EXPECT_EQ(most_voices("fr", daily_and("Des plongeurs ont retrouvé douze corps, selon le quotidien.")), 1u);
  EXPECT_EQ(most_voices("fr", daily_and("Des plongeurs ont retrouvé douze corps, selon la préfecture.")), 2u);
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

// The example day, told as an editor would check it: which articles tell of one event, who only reprints, what is
// disputed and what was overtaken.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "storymerge/storymerge.h"
#include "support/corpora.h"

namespace storymerge {
namespace {

class Day : public ::testing::Test {
 protected:
  Day() : corpus(testing::example_day()), stories(merge_stories(corpus)) {}

  std::set<std::string> ids(const std::vector<ArticleIndex>& articles) const {
    std::set<std::string> out;
    for (const ArticleIndex a : articles) out.insert(corpus[a].id);
    return out;
  }
  const MergedStory& story_of(const std::string& id) const {
    return *std::find_if(stories.begin(), stories.end(),
                         [&](const MergedStory& s) { return ids(s.articles).contains(id); });
  }
  // Some dispute of this resolution has values that hold the two words.
  bool disputed(const MergedStory& story, Resolution resolution, const std::string& a, const std::string& b) const {
    const auto has = [](const MergedDispute& d, const std::string& word) {
      return std::any_of(d.values.begin(), d.values.end(),
                         [&](const MergedValue& v) { return v.value.find(word) != std::string::npos; });
    };
    return std::any_of(story.disputes.begin(), story.disputes.end(),
                       [&](const MergedDispute& d) { return d.resolution == resolution && has(d, a) && has(d, b); });
  }
  Corpus corpus;
  std::vector<MergedStory> stories;
};

TEST_F(Day, HasFourEvents) {
  std::set<std::set<std::string>> found;
  for (const MergedStory& story : stories) found.insert(ids(story.articles));
  const std::set<std::set<std::string>> expected = {
      {"wire-derailment", "chronicle-derailment", "herald-derailment", "channel-derailment", "ledger-derailment"},
      {"wire-museum", "courier-museum", "channel-museum"},
      {"wire-tram", "chronicle-tram"},
      {"gardener-bees"}};
  EXPECT_EQ(found, expected);
}

TEST_F(Day, TheReprintIsNoVoiceOfItsOwn) {
  const MergedStory& story = story_of("wire-derailment");
  EXPECT_TRUE(std::any_of(story.origins.begin(), story.origins.end(), [&](const Origin& o) {
    return ids(o.articles) == std::set<std::string>{"wire-derailment", "chronicle-derailment"};
  }));
}

TEST_F(Day, TellsWhatWasOvertaken) {
  const MergedStory& train = story_of("wire-derailment");
  EXPECT_TRUE(disputed(train, Resolution::update, "four", "nine"));
  EXPECT_NE(train.title.find("nine"), std::string::npos) << train.title;  // no headline of an overtaken toll
  EXPECT_TRUE(disputed(story_of("wire-museum"), Resolution::update, "14", "ixteen"));
}

// An insurer's sum overtakes no estimate of the police.
TEST_F(Day, TellsWhereEstimatesDiffer) {
  EXPECT_TRUE(disputed(story_of("wire-museum"), Resolution::conflict, "3.2 million", "5 million"));
}

// "231, not 212": a sentence that gives both values against those that give the old.
TEST_F(Day, TellsWhatIsCorrectedInOneSentence) {
  EXPECT_TRUE(disputed(story_of("wire-derailment"), Resolution::update, "212", "231"));
}

// Two numbers in one text are no disagreement between sources.
TEST_F(Day, NobodyDisagreesWithOneself) {
  for (const MergedStory& story : stories) {
    for (const MergedDispute& dispute : story.disputes) {
      std::set<std::size_t> voices;
      for (const MergedValue& value : dispute.values) {
        for (const Support& s : value.support) {
          for (std::size_t o = 0; o < story.origins.size(); ++o) {
            if (ids(story.origins[o].articles).contains(corpus[s.span.article].id)) voices.insert(o);
          }
        }
      }
      EXPECT_GE(voices.size(), 2u) << dispute.values[0].value << " or " << dispute.values[1].value;
    }
  }
}

}  // namespace
}  // namespace storymerge

// What is a dispute and what is none: two values of one thing, told of the same.

#include "storymerge/dispute/disputes.h"

#include <gtest/gtest.h>

#include "storymerge/write/word_for.h"
#include "support/one_story.h"

namespace storymerge {
namespace {

using testing::article, testing::OneStory;

TEST(Disputes, StandInAGroupAndHaveTwoValues) {
  const OneStory run(
      {article("a",
               "The ferry Aurora Sol capsized off Lidra on Friday.\n\nTwelve people were killed, the coast "
               "guard said.",
               1),
       article("b",
               "Police in Lidra said the ferry Aurora Sol had capsized near the harbour.\n\nThe coast guard "
               "said 15 people were killed.",
               5)});
  const Material material = run.material();
  const Alignment alignment = align_claims(material);
  const std::vector<Dispute> disputes = find_disputes(material, alignment);
  ASSERT_FALSE(disputes.empty());
  for (const Dispute& d : disputes) {
    EXPECT_LT(d.group, alignment.groups.size());
    EXPECT_GE(d.values.size(), 2u);
    for (const DisputeValue& v : d.values) EXPECT_FALSE(v.claims.empty());
  }
}

// Two sources that give one man two names disagree; brothers whom one article tells apart do not, nor two spellings.
TEST(Disputes, TwoNamesOfOnePerson) {
  const auto names_disputed = [](const std::string& first, const std::string& second, const std::string& more) {
    const OneStory run({article("a",
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
    const Material material = run.material();
    for (const Dispute& d : find_disputes(material, align_claims(material))) {
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
    const OneStory run(
        {article("a", "A coach left the road near Lidra on Friday.\n\nThe coach had 46 people on board.", 1),
         article("b", "The coach that left the road near Lidra was full.\n\n" + later, 5)});
    const Material material = run.material();
    for (const Dispute& d : find_disputes(material, align_claims(material))) {
      if (d.kind == DisputeKind::quantity) return std::string(word_for(d.resolution));
    }
    return std::string("none");
  };
  EXPECT_EQ(resolution("The coach had 49 people on board."), "update");
  EXPECT_EQ(resolution("The coach had 49 people on board, by the count of the passengers."), "conflict");
}

}  // namespace
}  // namespace storymerge

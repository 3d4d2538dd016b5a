// What forbids that a sentence counts for another that is much like it, each beside a twin that may count.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "align/comparison.h"
#include "support/one_story.h"

namespace storymerge {
namespace {

using testing::article, testing::OneStory;

// Of two articles that open with the sentences and have more of their own, so that they are no copies.
std::string veto_between(const std::string& a, const std::string& b) {
  const OneStory story(
      {article("a",
               a + "\n\nA brass band from the valley played in the square until midnight, and nobody went home.\n\n"
                   "Bakers opened early.",
               1),
       article("b",
               b + "\n\nSchools stay shut for the rest of the week because their heating failed.\n\nTeachers were "
                   "told by letter on the day before.",
               5)});
  const Material material = story.material();
  const std::vector<Statement> statements = align::list_statements(material);
  const std::vector<align::Profile> profiles = align::describe(material, statements);
  const auto first_of = [&](std::uint32_t article) {
    return *std::find_if(profiles.begin(), profiles.end(),
                         [&](const align::Profile& p) { return p.article == article && p.sentence == 0; });
  };
  return std::string(align::name_of(align::find_veto(first_of(0), first_of(1))));
}

TEST(Vetoes, EachWithATwin) {
  const struct {
    const char *a, *b, *twin;
    std::string veto;
  } rows[] = {
      {"The port of Sorn has not reopened.", "The port of Sorn has reopened.", "The port of Sorn is still not open.",
       "polarity"},
      {"Investigators ruled out arson at the mill in Sorrel.", "The fire at the mill in Sorrel was arson.",
       "Arson was ruled out at the mill in Sorrel, investigators say.", "polarity"},
      {"The union backs the new rota.", "The union rejects the new rota.", "The new rota is backed by the union.",
       "polarity"},
      {"Engineers dismissed the idea that wind toppled the crane.", "Wind toppled the crane.",
       "Wind did not topple the crane.", "polarity"},
      {"Operators opened the western sluice at noon.", "Operators closed the western sluice at noon.",
       "At noon the western sluice was opened by operators.", "polarity"},
      {"The driver of the crane may have fallen asleep.", "The driver of the crane had fallen asleep.",
       "The driver of the crane could have fallen asleep.", "certainty"},
      {"The ferry to Kelso sank on Monday.", "The ferry to Kelso sank on Sunday.", "On Monday the ferry to Kelso sank.",
       "day"},
      {"The mill in Sorrel opens in September.", "The mill in Sorrel opens in November.",
       "In the first week of September the mill in Sorrel opens.", "day"},
      {"A bell stolen in 1941 came home to Losk on Monday.", "A bell stolen in 1943 came home to Losk on Monday.",
       "On Monday a bell came home to Losk.", "day"},
      {"It was the coldest night in Losk since February 2019.", "It was the coldest night in Losk since May 2017.",
       "The night was the coldest in Losk since February 2019.", "day"},
      {"South Tarva sent two snow ploughs to the pass.", "North Tarva sent two snow ploughs to the pass.",
       "Two snow ploughs came to the pass from South Tarva.", "name"},
      {"The Ministry of Transport closed the pass.", "The Ministry of Defence closed the pass.",
       "The pass was closed by the Ministry of Transport.", "rival"},
      {"The fire killed 12 people in Losk.", "The fire killed 31 people in Losk.", "In Losk 12 people were killed.",
       "number"},
      {"An earlier report gave the mill 310 workers.", "The mill had 310 workers.", nullptr, "withdrawn"}};
  for (const auto& row : rows) {
    EXPECT_EQ(veto_between(row.a, row.b), row.veto) << row.a;
    EXPECT_EQ(veto_between(row.b, row.a), row.veto) << row.a;
    if (row.twin != nullptr) {
      EXPECT_EQ(veto_between(row.a, row.twin), "") << row.twin;
    }
  }
}

}  // namespace
}  // namespace storymerge

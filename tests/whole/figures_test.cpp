// How good must it be? Floors under the figures on the gold stories of the tree, all in one input.
#include <gtest/gtest.h>

#include <map>

#include "storymerge/eval/gold.h"
#include "storymerge/eval/scores.h"
#include "storymerge/storymerge.h"
#include "support/files.h"

namespace storymerge {
namespace {

TEST(Figures, StayAboveTheirFloorsOnTheGoldStories) {
  const std::string folder = testing::project_root / "data" / "gold";
  const std::vector<GoldStory> gold = read_gold({&folder, 1});
  const Corpus corpus(gold_articles(gold));
  std::map<std::string, double> figures;
  for (const Figure& figure : score(gold, corpus, merge_stories(corpus))) figures[figure.name] = figure.value;
  EXPECT_EQ(figures.at("valid"), 1);
  EXPECT_EQ(figures.at("boilerplate"), 0);
  const std::map<std::string, double> floors = {
      {"story_b3_f1", 0.97},   {"story_ari", 0.95},          {"copy_f1", 0.99},
      {"kept", 0.99},          {"align_f1", 0.61},           {"dispute_p", 0.75},
      {"origins_exact", 0.48}, {"dispute_resolution", 0.75}, {"summary_coverage_core", 0.84}};
  for (const auto& [name, floor] : floors) EXPECT_GE(figures.at(name), floor) << name;
  EXPECT_LE(figures.at("summary_redundancy"), 0.28);
}

}  // namespace
}  // namespace storymerge

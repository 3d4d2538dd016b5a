// How good is it on stories whose truth is known? Reads gold stories (data/gold/FORMAT.md), merges their articles as if
// nothing were known, and prints the figures of eval/scores.h, one `name value` a line.

#include <storymerge/eval/gold.h>
#include <storymerge/eval/scores.h>
#include <storymerge/storymerge.h>

#include <iomanip>
#include <iostream>

#include "program/arguments.h"

static const examples::Program program = {
    "evaluate",
    "merge gold stories as if their truth were not known, and print how well that went",
    "GOLD_DIR...",
    {examples::preset_flag}};

int main(int argc, char** argv) {
  return examples::run(argc, argv, program, [](const examples::Arguments& arguments, std::ostream& out) {
    storymerge::Options options;
    options.threads = arguments.threads;
    if (arguments.is("preset", "story")) options.stories.preset = storymerge::StoryPreset::story;
    const std::vector<storymerge::GoldStory> gold = storymerge::read_gold(arguments.inputs);
    const storymerge::Corpus corpus(storymerge::gold_articles(gold));
    if (corpus.empty()) throw storymerge::Error(storymerge::ErrorCode::bad_input, "no gold story in these folders");

    const std::vector<storymerge::MergedStory> stories = storymerge::merge_stories(corpus, options);
    for (const storymerge::Figure& figure : storymerge::score(gold, corpus, stories)) {
      out << figure.name << ' ' << std::fixed << std::setprecision(figure.count ? 0 : 4) << figure.value << '\n';
    }
  });
}

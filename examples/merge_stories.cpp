// The main job: articles in, one consolidated story per event out.

#include <storymerge/storymerge.h>

#include "program/arguments.h"
#include "program/judge.h"

static const examples::Program program = {"merge_stories",
                                          "merge articles of many outlets into one consolidated story per event",
                                          "INPUT...",
                                          {{"format", "markdown|jsonl|html|jsonld|ninjs",
                                            "how to write the stories: for a terminal, as JSON Lines, as one page for "
                                            "a browser, as linked data, as news items"},
                                           {"strictness", "balanced|strict",
                                            "what counts as told by several: what likely is, or only what may be "
                                            "printed unread"},
                                           {"judge", "COMMAND",
                                            "ask this program which sentences say the same, in JSON Lines "
                                            "(examples/judge.py)"},
                                           examples::preset_flag,
                                           examples::sources_flag}};

int main(int argc, char** argv) {
  return examples::run(argc, argv, program, [](const examples::Arguments& arguments, std::ostream& out) {
    storymerge::Options options;
    options.threads = arguments.threads;
    if (arguments.is("preset", "story")) options.stories.preset = storymerge::StoryPreset::story;
    if (arguments.is("strictness", "strict")) options.alignment.strictness = storymerge::Strictness::strict;
    if (arguments.has("judge")) options.alignment.judge = examples::start_judge(arguments.text("judge"));
    options.duplicates.sources = arguments.sources();
    storymerge::Format format{};
    for (const auto f : {storymerge::Format::markdown, storymerge::Format::jsonl, storymerge::Format::html,
                         storymerge::Format::jsonld, storymerge::Format::ninjs}) {
      if (arguments.is("format", word_for(f))) format = f;
    }
    const storymerge::Corpus corpus = arguments.read();
    options.progress = arguments.progress(corpus.size());

    // Each story is written as soon as it is merged; none is kept.
    storymerge::Writer writer(format, out, corpus);
    storymerge::merge_stories(corpus, options, [&](const storymerge::MergedStory& story) { writer.add(story); });
    writer.finish();
  });
}

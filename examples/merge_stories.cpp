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
                                           {"store", "PATH",
                                            "keep the articles in this file, beside those of earlier runs, and write "
                                            "all its live stories"},
                                           examples::preset_flag,
                                           examples::sources_flag}};

// What came before is in the store; all stories of it are put right and written.
static void merge_into_store(const examples::Arguments& arguments, const storymerge::Options& options,
                             storymerge::Format format, std::ostream& out) {
  storymerge::StoreOptions kept{options.duplicates, options.stories, options.alignment};
  kept.stories.threads = kept.duplicates.threads = options.threads;
  storymerge::StoryStore store(arguments.text("store"), kept);
  arguments.read_batches([&](std::span<const storymerge::Article> articles) {
    for (const storymerge::Article& article : articles) store.put(article);
  });
  store.repair();
  const storymerge::Corpus none;
  storymerge::Writer writer(format, out, none);
  for (const storymerge::StoryEntry& entry : store.stories()) {
    const auto stored = store.story(entry.id);
    if (stored) writer.add(stored->corpus, stored->story);
  }
  writer.finish();
}

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
    if (arguments.has("store")) return merge_into_store(arguments, options, format, out);
    const storymerge::Corpus corpus = arguments.read();
    options.progress = arguments.progress(corpus.size());

    // Each story is written as soon as it is merged; none is kept.
    storymerge::Writer writer(format, out, corpus);
    storymerge::merge_stories(corpus, options, [&](const storymerge::MergedStory& story) { writer.add(story); });
    writer.finish();
  });
}

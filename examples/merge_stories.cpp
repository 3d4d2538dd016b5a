// The main job: articles in, one consolidated story per event out.

#include <storymerge/storymerge.h>

#include <optional>

#include "program/arguments.h"

static const examples::Program program = {"merge_stories",
                                          "merge articles of many outlets into one consolidated story per event",
                                          "INPUT...",
                                          {{"format", "markdown|jsonl|html|jsonld|ninjs",
                                            "how to write the stories: for a terminal, as JSON Lines, as one page for "
                                            "a browser, as linked data, as news items"},
                                           examples::preset_flag}};

int main(int argc, char** argv) {
  return examples::run(argc, argv, program, [](const examples::Arguments& arguments, std::ostream& out) {
    storymerge::Options options;
    options.threads = arguments.threads;
    if (arguments.is("preset", "story")) options.stories.preset = storymerge::StoryPreset::story;
    const std::string format = arguments.text("format");
    const storymerge::Corpus corpus = arguments.read();

    // Each story is written as soon as it is merged; none is kept.
    std::optional<storymerge::HtmlPage> page;
    std::optional<storymerge::JsonLdDocument> document;
    if (format == "html") page.emplace(out, corpus);
    if (format == "jsonld") document.emplace(out, corpus);
    storymerge::merge_stories(corpus, options, [&](const storymerge::MergedStory& story) {
      if (page) {
        page->add(story);
      } else if (document) {
        document->add(story);
      } else if (format == "ninjs") {
        storymerge::write_ninjs(out, corpus, story);
      } else if (format == "jsonl") {
        storymerge::write_json(out, corpus, story);
      } else {
        storymerge::write_markdown(out, corpus, story);
      }
    });
    if (page) page->finish();
    if (document) document->finish();
  });
}

// The main job: articles in, one consolidated story per event out.
//   merge_stories [--format markdown|jsonl|html|jsonld|ninjs] [--preset event|story] [--threads N] [--output PATH] INPUT...

#include <storymerge/storymerge.h>

#include <optional>

#include "arguments.h"

int main(int argc, char** argv) {
  return examples::run(
      argc, argv, "merge_stories", "[--format markdown|jsonl|html|jsonld|ninjs] [--preset event|story] INPUT...",
      {"format", "preset"}, [](const examples::Arguments& arguments, std::ostream& out) {
        storymerge::Options options;
        options.threads = arguments.threads;
        options.stories.preset = arguments.one_of("preset", {"event", "story"}) == "story"
                                     ? storymerge::StoryPreset::story
                                     : storymerge::StoryPreset::event;
        const std::string format = arguments.one_of("format", {"markdown", "jsonl", "html", "jsonld", "ninjs"});
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

// The main job: articles in, one consolidated story per event out.
//   merge_stories [--format markdown|jsonl] [--preset event|story] [--threads N] [--output PATH] INPUT...

#include <storymerge/storymerge.h>

#include <cstdlib>
#include <iostream>

#include "arguments.h"

int main(int argc, char** argv) {
  return examples::run(argc, argv, "merge_stories", "[--format markdown|jsonl] [--preset event|story] INPUT...",
                       {"format", "preset"}, [](const examples::Arguments& arguments, std::ostream& out) {
    storymerge::Options options;
    options.threads = arguments.threads;
    options.stories.preset = arguments.one_of("preset", {"event", "story"}) == "story"
                                 ? storymerge::StoryPreset::story : storymerge::StoryPreset::event;
    const std::string format = arguments.one_of("format", {"markdown", "jsonl"});
    const storymerge::Corpus corpus = arguments.read();
    storymerge::merge_stories(corpus, options, [&](const storymerge::MergedStory& story) {
      if (format == "jsonl") {
        storymerge::write_json(out, corpus, story);
      } else {
        storymerge::write_markdown(out, corpus, story);
      }
    });
  });
}

#pragma once
// How does an editor read a merged story in a terminal or a pull request?

#include <iosfwd>

#include "storymerge/base/corpus.h"
#include "storymerge/merge/merged_story.h"

namespace storymerge {

// Title, the merged text with a source mark on every sentence, disagreements, what only one outlet has, the sources.
void write_markdown(std::ostream& out, const Corpus& corpus, const MergedStory& story);

}  // namespace storymerge

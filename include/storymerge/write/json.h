#pragma once
// How do programs read a merged story? One JSON object a line; contract/OUTPUT.md fixes the keys.

#include <iosfwd>

#include "storymerge/base/corpus.h"
#include "storymerge/merge/merged_story.h"

namespace storymerge {

// Writes one line. Keys in a fixed order; the same story, the same bytes.
void write_json(std::ostream& out, const Corpus& corpus, const MergedStory& story);

}  // namespace storymerge

#pragma once
// How does a newsroom system take in a merged story? As IPTC ninjs 3.1, one news item a line.
// https://iptc.org/standards/ninjs/

#include <iosfwd>

#include "storymerge/base/corpus.h"
#include "storymerge/merge/merged_story.h"

namespace storymerge {

// The body is the summary as plain text. The articles are its associations ("source", or "copy" of one), the outlets
// its info sources. `contentCreated` is the first publication, `versionCreated` the last: nothing depends on when it
// was run.
void write_ninjs(std::ostream& out, const Corpus& corpus, const MergedStory& story);

}  // namespace storymerge

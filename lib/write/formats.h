#pragma once
// How each format writes its document: one file a format, named as the format is.

#include <iosfwd>

#include "storymerge/base/corpus.h"
#include "storymerge/merge/merged_story.h"

namespace storymerge {

using WriteFrame = void (*)(std::ostream&);
using WriteStory = void (*)(std::ostream&, const Corpus&, const MergedStory&);

void open_html(std::ostream& out);
void close_html(std::ostream& out);
void open_jsonld(std::ostream& out);
void close_jsonld(std::ostream& out);

void write_html(std::ostream& out, const Corpus& corpus, const MergedStory& story);
void write_brief_html(std::ostream& out, const Corpus& corpus, const MergedStory& story);
void write_jsonl(std::ostream& out, const Corpus& corpus, const MergedStory& story);
void write_jsonld(std::ostream& out, const Corpus& corpus, const MergedStory& story);
void write_markdown(std::ostream& out, const Corpus& corpus, const MergedStory& story);
void write_ninjs(std::ostream& out, const Corpus& corpus, const MergedStory& story);

}  // namespace storymerge

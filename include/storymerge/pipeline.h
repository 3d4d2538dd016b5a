#pragma once
// All rooms in one call: articles in, merged stories out.

#include <functional>
#include <stop_token>
#include <vector>

#include "storymerge/align/alignment.h"
#include "storymerge/base/corpus.h"
#include "storymerge/dedup/duplicates.h"
#include "storymerge/merge/merged_story.h"
#include "storymerge/story/stories.h"

namespace storymerge {

struct Options {
  DuplicateOptions duplicates{};
  StoryOptions stories{};
  AlignOptions alignment{};
  unsigned threads = 0;    // 0: all cores; overrides `threads` of the rooms; results do not depend on it
  std::stop_token stop{};  // ends the call early: Error `stopped`, between two stories or within the analysis
};

// One merged story an event, in order of their first article. Every article stands in exactly one.
// Errors: bad_option, stopped. Complexity: near-linear in the text; the caps that keep it so are those of the rooms.
std::vector<MergedStory> merge_stories(const Corpus& corpus, const Options& options = {});

// The same, handed over one story at a time and in order, so that no more than a few are in memory.
void merge_stories(const Corpus& corpus, const Options& options, const std::function<void(const MergedStory&)>& sink);

}  // namespace storymerge

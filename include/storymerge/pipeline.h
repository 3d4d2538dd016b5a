#pragma once
// All rooms in one call: articles in, merged stories out.

#include <functional>
#include <stop_token>
#include <vector>

#include "storymerge/align/alignment.h"
#include "storymerge/base/corpus.h"
#include "storymerge/base/export.h"
#include "storymerge/dedup/duplicates.h"
#include "storymerge/merge/merged_story.h"
#include "storymerge/story/stories.h"

namespace storymerge {

// The parts of the work, in order.
enum class Stage { analyze, find_duplicates, group_stories, merge };

struct Options {
  DuplicateOptions duplicates{};
  StoryOptions stories{};
  AlignOptions alignment{};
  // Bytes of what is known of the articles that are kept in memory until their story is merged; the rest waits in a temporary
  // file (in TMPDIR, else /tmp; about 10 KB an article), and where there is no room for that it is found again. Results do not
  // depend on it.
  std::size_t memory = std::size_t{64} << 20;
  unsigned threads = 0;  // 0: all cores; overrides `threads` of the rooms; results do not depend on it
  // Told now and then which share of a stage is done, 0 .. 1; from one thread at a time. What it throws ends the call.
  std::function<void(Stage, double)> progress{};
  std::stop_token stop{};  // ends the call early: Error `stopped`, between two stories or within the analysis
};

// One merged story an event, in order of their first article. Every article stands in exactly one.
// Errors: bad_option, stopped. Complexity: near-linear in the text; the caps that keep it so are those of the rooms.
STORYMERGE_EXPORT std::vector<MergedStory> merge_stories(const Corpus& corpus, const Options& options = {});

// The same, handed over one story at a time and in order, so that no more than a few are in memory.
STORYMERGE_EXPORT void merge_stories(const Corpus& corpus, const Options& options,
                                     const std::function<void(const MergedStory&)>& sink);

}  // namespace storymerge

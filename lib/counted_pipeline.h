#pragma once
// The whole pipeline for a part of a corpus, whose words are as rare as all of it says.

#include "story/counted.h"
#include "storymerge/pipeline.h"

namespace storymerge {

// As of the public name; `counted` nullptr: as the articles say.
void merge_stories(const Corpus& corpus, const Options& options, const FeatureCounts* counted,
                   const std::function<void(const MergedStory&)>& sink);

}  // namespace storymerge

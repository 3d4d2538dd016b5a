#pragma once
// How rare is a word where the corpus is spread over many machines? As all of it says, counted part by part.

#include "story/profile.h"
#include "storymerge/story/stories.h"
#include "text/kept_documents.h"

namespace storymerge {

// How often features were seen, in how many texts.
struct FeatureCounts {
  boost::unordered_flat_map<std::uint64_t, std::uint32_t, KeyHash> held;
  std::uint64_t texts = 0;
};

// Of the texts that group_stories would weigh: copies count once.
FeatureCounts count_features(const Corpus& corpus, std::span<const Document> documents, const Duplicates& duplicates,
                             const StoryOptions& options);

// As of the public name, of documents that are wherever they are, with words as rare as `counted` says; nullptr: as the articles
// say.
std::vector<Story> group_stories(const Corpus& corpus, const DocumentOf& documents, const Duplicates& duplicates,
                                 const StoryOptions& options, const FeatureCounts* counted);

}  // namespace storymerge

#include "storymerge/story/stories.h"

#include <fmt/format.h>

#include <algorithm>

#include "story/grouping.h"
#include "support/hash.h"
#include "support/parallel.h"

namespace storymerge {

std::vector<Story> group_stories(const Corpus& corpus, std::span<const Document> documents,
                                 const Duplicates& duplicates, const StoryOptions& options) {
  const std::size_t n = duplicates.origins.size();
  std::vector<Profile> profiles(n);
  parallel_for(n, options.threads, [&](std::size_t o) {
    const ArticleIndex a = duplicates.origins[o].original;
    profiles[o] = make_profile(corpus[a], documents[a]);
  });
  Rarity rarity;
  for (const Profile& p : profiles) rarity.add(p);
  std::vector<SparseVector> vectors(n);
  parallel_for(n, options.threads, [&](std::size_t o) { vectors[o] = make_vector(profiles[o], rarity); });

  GroupingRules rules;
  rules.time = options.preset == StoryPreset::event;
  if (rules.time) rules.split = 0.7;  // an event is the narrower thing
  rules.threads = options.threads;
  const std::vector<std::uint32_t> label = group_profiles(profiles, vectors, {}, rules);

  std::vector<Story> stories(n == 0 ? 0 : *std::max_element(label.begin(), label.end()) + 1);
  for (std::uint32_t o = 0; o < n; ++o) stories[label[o]].origins.push_back(o);
  for (Story& story : stories) {
    for (const std::uint32_t o : story.origins) {
      const Origin& origin = duplicates.origins[o];
      story.articles.insert(story.articles.end(), origin.articles.begin(), origin.articles.end());
    }
    std::sort(story.articles.begin(), story.articles.end());
    story.id = fmt::format("{:016x}", hash_bytes(corpus[story.articles.front()].id));
  }
  std::sort(stories.begin(), stories.end(), [](const Story& a, const Story& b) { return a.articles < b.articles; });
  return stories;
}

}  // namespace storymerge

// How fast is the whole way from articles to merged stories, and does a large story cost more an article than a small one?
//   bench_pipeline     10,000 articles in 1,000 stories; then one story of 200 and one of 2,000. Wall clock, all cores

#include <storymerge/storymerge.h>

#include <chrono>
#include <cstdio>

#include "bench/generated_stories.h"

int main() {
  struct Setting {
    std::size_t articles, story_size;
  };
  for (const Setting setting : {Setting{10000, 10}, Setting{200, 200}, Setting{2000, 2000}}) {
    const storymerge::Corpus corpus(
        std::move(generated::stories(setting.articles, 1, 2000, setting.story_size).articles));
    const auto begin = std::chrono::steady_clock::now();
    std::size_t stories = 0, claims = 0;
    storymerge::merge_stories(corpus, {}, [&](const storymerge::MergedStory& story) {
      ++stories;
      claims += story.claims.size();
    });
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::printf("%zu articles, %zu in a story: %.2f s, %.0f articles/s, %.0f us an article; %zu stories, %zu claims\n",
                setting.articles, setting.story_size, seconds, static_cast<double>(setting.articles) / seconds,
                1e6 * seconds / static_cast<double>(setting.articles), stories, claims);
    std::fflush(stdout);
  }
}

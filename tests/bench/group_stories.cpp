// How fast are articles grouped into stories, and does the speed hold as the corpus grows?
//   bench_group_stories [ARTICLES...]     default: 10000 100000; prints articles a second and B-cubed for each
// Read, analysed and freed of copies first; only group_stories is timed.

#include <storymerge/eval/scores.h>
#include <storymerge/storymerge.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "bench/generated_stories.h"

int main(int argc, char** argv) {
  std::vector<std::size_t> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(std::strtoull(argv[i], nullptr, 10));
  if (sizes.empty()) sizes = {10000, 100000};
  for (const std::size_t n : sizes) {
    generated::StoryCorpus made = generated::stories(n);
    std::vector<std::uint32_t> truth(n);
    const storymerge::Corpus corpus(std::move(made.articles));
    for (storymerge::ArticleIndex a = 0; a < n; ++a)
      truth[a] = made.story[std::strtoul(corpus[a].id.c_str() + 1, nullptr, 10)];
    const auto documents = storymerge::analyze(corpus);
    const auto duplicates = storymerge::find_duplicates(corpus, documents);
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t cpu = std::clock();
    const auto stories = storymerge::group_stories(corpus, documents, duplicates);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const double cpu_seconds = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    std::vector<std::uint32_t> found(n);
    for (std::uint32_t s = 0; s < stories.size(); ++s) {
      for (const auto a : stories[s].articles) found[a] = s;
    }
    const auto b3 = storymerge::b_cubed(truth, found);
    std::printf("%zu articles, %zu stories: %.1f s, %.0f articles/s (%.0f a CPU second); B-cubed P %.3f R %.3f\n", n,
                stories.size(), seconds, static_cast<double>(n) / seconds, static_cast<double>(n) / cpu_seconds,
                b3.precision, b3.recall);
    std::fflush(stdout);
  }
}

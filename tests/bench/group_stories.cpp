// How fast are articles grouped into stories, and does the speed hold as the corpus grows?
//   bench_group_stories [ARTICLES...]     default: 10000 100000; prints articles a second and B-cubed for each
//   bench_group_stories stream [DAYS [ARTICLES]]  StoryIndex::add through so many days (default 90) of so many articles
//                                                 (10000), events that come again among them: every tenth of it, articles a
//                                                 CPU second, memory, and B-cubed of what came then
// Read, analysed and freed of copies first; only group_stories is timed. Of a stream, all that add() does.

#include <storymerge/eval/scores.h>
#include <storymerge/storymerge.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

#include "bench/generated_stories.h"

namespace {

double memory_in_mb() {
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages >> pages;
  return static_cast<double>(pages) * 4096 / 1e6;
}

// What came in a tenth of the days is judged at its end, by what add() alone has made of it.
void run_stream(std::size_t days, std::size_t a_day) {
  generated::StoryStream stream(a_day, 1);
  storymerge::StoryIndex index;
  std::vector<std::string> ids;  // of this tenth
  std::vector<std::uint32_t> truth;
  std::clock_t cpu = 0;
  for (std::size_t day = 1; day <= days; ++day) {
    generated::StoryCorpus made = stream.next_day();
    for (std::size_t i = 0; i < made.articles.size(); ++i) {
      ids.push_back(made.articles[i].id);
      truth.push_back(made.story[i]);
      const std::clock_t begin = std::clock();
      index.add(std::move(made.articles[i]));
      cpu += std::clock() - begin;
    }
    if (day * 10 / days == (day - 1) * 10 / days) continue;
    std::map<std::string_view, std::uint32_t> number;
    std::vector<std::uint32_t> found;
    for (const std::string& id : ids)
      found.push_back(number.try_emplace(index.story_of(id), static_cast<std::uint32_t>(number.size())).first->second);
    const auto b3 = storymerge::b_cubed(truth, found);
    std::printf("day %zu: %zu articles, %.0f a CPU second, %.0f MB; B-cubed P %.3f R %.3f\n", day, index.size(),
                static_cast<double>(ids.size()) * CLOCKS_PER_SEC / static_cast<double>(cpu), memory_in_mb(),
                b3.precision, b3.recall);
    std::fflush(stdout);
    ids.clear();
    truth.clear();
    cpu = 0;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "stream") {
    run_stream(argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 90,
               argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 10000);
    return 0;
  }
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

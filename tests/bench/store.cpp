// What does a store cost?
//   bench_store [ARTICLES...]     default: 1000 10000; puts a second with a commit every 100 articles, over the last
//                                 thousand and over all; how long opening and the first commit after it take
//   bench_store --growth N        N articles of one event, their stories merged after each

#include <storymerge/storymerge.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>

#include "bench/generated_stories.h"

namespace {

// Of the processor: what the disk and other programs take is left out, what threads take together is counted.
double now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }
double since(double begin) { return now() - begin; }

const std::string path = (std::filesystem::temp_directory_path() / "storymerge-bench.store").string();
void forget() {
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix);
}

void put_all(std::size_t n) {
  forget();
  std::vector<storymerge::Article> articles = generated::stories(n).articles;
  const storymerge::Article last = articles.back();
  articles.pop_back();
  const double begin = now();
  double last_thousand = begin;
  {
    storymerge::StoryStore store(path);
    for (std::size_t i = 0; i < articles.size(); ++i) {
      if (i + 1000 == articles.size()) last_thousand = now();
      store.put(std::move(articles[i]));
      if (i % 100 == 99) store.commit();
    }
    store.commit();
  }
  const double all = since(begin), end = since(last_thousand);
  const double opened = now();
  storymerge::StoryStore store(path);
  const std::size_t listed = store.stories({.limit = 20}).size();
  const double opening = since(opened);
  store.put(last);
  store.commit();
  std::printf(
      "%zu articles: %.0f puts/s, %.0f over the last thousand; opened and %zu stories listed in %.3f s, first commit "
      "%.1f s\n",
      n, static_cast<double>(n) / all, 1000 / end, listed, opening, since(opened) - opening);
  std::fflush(stdout);
}

void grow(std::size_t n) {
  forget();
  const std::vector<storymerge::Article> articles = generated::stories(n, 1, 2000, n).articles;
  storymerge::StoryStore store(path);
  double merging = 0;
  std::size_t largest = 0;
  const double begin = now();
  for (const storymerge::Article& article : articles) {
    store.put(article);
    store.commit();
    const double asked = now();
    if (const auto stored = store.story(store.story_of(article.id)))
      largest = std::max<std::size_t>(largest, stored->corpus.size());
    merging += since(asked);
  }
  std::printf("%zu articles, the largest story has %zu: %.1f s, %.1f of them merging\n", n, largest, since(begin),
              merging);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string(argv[1]) == "--growth") {
    grow(std::strtoull(argv[2], nullptr, 10));
  } else {
    std::vector<std::size_t> sizes;
    for (int i = 1; i < argc; ++i) sizes.push_back(std::strtoull(argv[i], nullptr, 10));
    if (sizes.empty()) sizes = {1000, 10000};
    for (const std::size_t n : sizes) put_all(n);
  }
  forget();
}

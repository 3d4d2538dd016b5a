// What does finding copies cost, and does an article cost the same among ten thousand and among a million?
//   bench_duplicates CORPUS.jsonl...     reads each, then prints what find_duplicates did to it; one thread

#include <storymerge/dedup/duplicates.h>
#include <storymerge/read/read.h>

#include <cstdio>
#include <ctime>

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    storymerge::ReadOptions reading;
    reading.threads = 1;
    const std::clock_t start = std::clock();
    const storymerge::Corpus corpus = storymerge::read_articles({argv[i]}, reading).corpus;
    storymerge::DuplicateOptions options;
    options.threads = 1;
    const std::clock_t begin = std::clock();
    const storymerge::Duplicates found = storymerge::find_duplicates(corpus, options);
    const std::clock_t end = std::clock();
    const double n = corpus.size();
    const auto micros = [&](std::clock_t from, std::clock_t to) {
      return 1e6 * static_cast<double>(to - from) / CLOCKS_PER_SEC / n;
    };
    std::printf(
        "%u articles: reading %.2f us, copies %.2f us an article; %.3f candidates and %.3f pairs an article; %llu "
        "capped, %llu frequent, %zu origins\n",
        corpus.size(), micros(start, begin), micros(begin, end), static_cast<double>(found.candidates) / n,
        static_cast<double>(found.pairs.size()) / n, static_cast<unsigned long long>(found.capped_buckets),
        static_cast<unsigned long long>(found.frequent_shingles), found.origins.size());
  }
}

// What does the whole way from articles to merged stories cost, and does a large story cost more an article than a small one?
//   bench_pipeline DATA_DIR [--threads N] [SHAPE:ARTICLES ...]
// Shapes: news, made of DATA_DIR's texts, mostly alone (news_corpus.h); ten, stories of ten; one, a single story of invented
// words (generated_stories.h); reports, one story linked by hand, in which all tell the same (reports.h); copies of one text.
// Processor time of all threads, and a digest of the output as JSON Lines.

#include <storymerge/storymerge.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <sstream>

#include "bench/generated_stories.h"
#include "bench/news_corpus.h"
#include "bench/news_languages.h"
#include "bench/reports.h"
#include "support/hash.h"

namespace {

using namespace storymerge;

std::vector<Article> make(const std::string& shape, std::size_t count, const std::string& data) {
  std::vector<Article> out;
  if (shape == "news") {
    generated::NewsCorpus news(generated::languages_of(data), {});
    while (out.size() < count) out.push_back(news.next().article);
  } else if (shape == "ten" || shape == "one") {
    out = generated::stories(count, 1, 2000, shape == "ten" ? 10 : count).articles;
  } else if (shape == "reports" || shape == "copies") {
    const std::vector<std::string> gold = {data + "/gold"};
    std::vector<GoldStory> stories = read_gold(gold);
    stories.resize(1);
    const std::vector<std::string> sentences = generated::sentences_of(gold_articles(stories));
    out = generated::reports(sentences, 20, shape == "copies" ? 1 : count);
    for (std::size_t i = 1; i < count && shape == "copies"; ++i) {
      out.push_back(out.front());
      out.back().id += std::to_string(i);
      out.back().source += std::to_string(i);
    }
  }
  return out;
}

void run(const std::string& shape, std::size_t count, const std::string& data, unsigned threads) {
  const Corpus corpus(make(shape, count, data));
  Options options;
  options.threads = threads;
  for (ArticleIndex a = 1; a < corpus.size() && shape == "reports"; ++a)
    options.stories.must_link.emplace_back(corpus[0].id, corpus[a].id);
  std::size_t stories = 0, claims = 0, bytes = 0, read = 0;
  for (const Article& a : corpus.articles()) read += a.text.size();
  std::uint64_t digest = 0;
  const std::clock_t cpu = std::clock();
  const auto begin = std::chrono::steady_clock::now();
  merge_stories(corpus, options, [&](const MergedStory& story) {
    std::ostringstream line;
    write(Format::jsonl, line, corpus, {&story, 1});
    digest = mix64(digest ^ hash_bytes(line.view()));
    bytes += line.view().size();
    claims += story.claims.size();
    ++stories;
  });
  const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const double seconds = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  std::printf(
      "%s:%zu: %.2f s (%.2f by the clock), %.0f us an article, %.2f times the text, %zu stories, %zu claims, "
      "%016llx, at most %ld MB so far\n",
      shape.c_str(), static_cast<std::size_t>(corpus.size()), seconds, wall,
      1e6 * seconds / static_cast<double>(corpus.size()), static_cast<double>(bytes) / static_cast<double>(read),
      stories, claims, static_cast<unsigned long long>(digest), used.ru_maxrss / 1024);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: bench_pipeline DATA_DIR [--threads N] [news|ten|one|reports|copies:ARTICLES ...]\n");
    return 2;
  }
  unsigned threads = 1;
  std::vector<std::string> shapes;
  for (int i = 2; i < argc; ++i) {
    if (std::strcmp(argv[i], "--threads") == 0 && i + 1 < argc)
      threads = static_cast<unsigned>(std::strtoul(argv[++i], nullptr, 10));
    else
      shapes.emplace_back(argv[i]);
  }
  if (shapes.empty())
    shapes = {"news:1000", "ten:1000", "one:100", "one:400", "reports:100", "reports:400", "copies:1000"};
  for (const std::string& word : shapes) {
    const std::size_t colon = std::min(word.find(':'), word.size() - 1);
    run(word.substr(0, colon), std::strtoull(word.c_str() + colon + 1, nullptr, 10), argv[1], threads);
  }
}

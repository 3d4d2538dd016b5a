// Writes articles as JSON Lines, and its truth beside it: article, kind, family, one a line, with tabs (news_corpus.h).
//   make_news DATA_DIR ARTICLES CORPUS.jsonl [TRUTH.tsv] [--seed N] [--hubs N] [--share S]

#include <storymerge/eval/gold.h>
#include <storymerge/read/read.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string_view>

#include "bench/articles_out.h"
#include "bench/news_corpus.h"

namespace {

// One language a list; English first.
std::vector<generated::Language> languages(const std::string& data) {
  std::map<std::string, std::vector<std::string>> texts;
  const auto take = [&](const storymerge::Corpus& corpus) {
    for (const storymerge::Article& article : corpus.articles()) texts[article.language].push_back(article.text);
  };
  take(storymerge::read_articles({data + "/day.jsonl", data + "/languages.jsonl"}).corpus);
  const std::vector<std::string> gold = {data + "/gold", data + "/check"};
  for (const storymerge::Article& article : storymerge::gold_articles(storymerge::read_gold(gold))) {
    texts["en"].push_back(article.text);
  }
  std::vector<generated::Language> out;
  for (const char* tag : {"en", "de", "es", "ru", "zh"}) out.emplace_back(texts[tag]);
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words;
  generated::NewsOptions options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--seed" && i + 1 < argc)
      options.seed = std::strtoull(argv[++i], nullptr, 10);
    else if (word == "--hubs" && i + 1 < argc)
      options.hubs = static_cast<unsigned>(std::strtoul(argv[++i], nullptr, 10));
    else if (word == "--share" && i + 1 < argc)
      options.hub_share = std::strtod(argv[++i], nullptr);
    else
      words.emplace_back(word);
  }
  if (words.size() < 3) {
    std::cerr << "usage: make_news DATA_DIR ARTICLES CORPUS.jsonl [TRUTH.tsv] [--seed N] [--hubs N] [--share S]\n";
    return 2;
  }
  generated::NewsCorpus news(languages(words[0]), options);
  const std::uint64_t count = std::strtoull(words[1].c_str(), nullptr, 10);
  std::ofstream corpus(words[2], std::ios::binary);
  std::ofstream truth(words.size() > 3 ? words[3] : "/dev/null", std::ios::binary);
  for (std::uint64_t i = 0; i < count; ++i) {
    const generated::NewsArticle made = news.next();
    corpus << generated::json_line(made.article);
    truth << made.article.id << '\t' << made.kind << "\tn" << made.family << '\n';
  }
  return corpus.flush() && truth.flush() ? 0 : 1;
}

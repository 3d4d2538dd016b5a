// Writes articles as JSON Lines, and its truth beside it: article, kind, family, bytes of its body, one a line, with tabs
// (news_corpus.h).
//   make_news DATA_DIR ARTICLES CORPUS.jsonl [TRUTH.tsv] [--seed N] [--hubs N] [--share S]

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string_view>

#include "bench/articles_out.h"
#include "bench/news_corpus.h"
#include "bench/news_languages.h"

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
  generated::NewsCorpus news(generated::languages_of(words[0]), options);
  const std::uint64_t count = std::strtoull(words[1].c_str(), nullptr, 10);
  std::ofstream corpus(words[2], std::ios::binary);
  std::ofstream truth(words.size() > 3 ? words[3] : "/dev/null", std::ios::binary);
  for (std::uint64_t i = 0; i < count; ++i) {
    const generated::NewsArticle made = news.next();
    corpus << generated::json_line(made.article);
    truth << made.article.id << '\t' << made.kind << "\tn" << made.family << '\t' << made.body << '\n';
  }
  return corpus.flush() && truth.flush() ? 0 : 1;
}

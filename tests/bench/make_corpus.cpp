// Writes a generated corpus as JSON Lines, and its truth beside it: article, kind, original, one a line, with tabs.
//   make_corpus ARTICLES CORPUS.jsonl [TRUTH.tsv] [SEED]

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "bench/articles_out.h"
#include "bench/generated_corpus.h"

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: make_corpus ARTICLES CORPUS.jsonl [TRUTH.tsv] [SEED]\n";
    return 2;
  }
  const std::uint64_t count = std::strtoull(argv[1], nullptr, 10);
  const std::uint64_t seed = argc > 4 ? std::strtoull(argv[4], nullptr, 10) : 1;
  std::ofstream corpus(argv[2], std::ios::binary);
  std::ofstream truth(argc > 3 ? argv[3] : "/dev/null", std::ios::binary);
  for (std::uint64_t i = 0; i < count; ++i) {
    const generated::Generated g = generated::article(i, seed);
    const storymerge::Article& a = g.article;
    corpus << generated::json_line(a);
    truth << a.id << '\t' << g.kind << "\ta" << g.original << '\n';
  }
  return corpus.flush() && truth.flush() ? 0 : 1;
}

// Writes a generated corpus as JSON Lines, and its truth beside it: article, kind, original, one a line, with tabs.
//   make_corpus ARTICLES CORPUS.jsonl [TRUTH.tsv] [SEED]

#include <storymerge/base/time.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "bench/generated_corpus.h"

namespace {

std::string quoted(const std::string& s) {
  std::string out = "\"";
  for (const char c : s) {
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: make_corpus ARTICLES CORPUS.jsonl [TRUTH.tsv] [SEED]\n";
    return 2;
  }
  const std::uint64_t count = std::strtoull(argv[1], nullptr, 10);
  const std::uint64_t seed = argc > 4 ? std::strtoull(argv[4], nullptr, 10) : 1;
  std::ofstream corpus(argv[2], std::ios::binary);
  std::ofstream truth(argc > 3 ? argv[3] : "/dev/null", std::ios::binary);
  std::string line;
  for (std::uint64_t i = 0; i < count; ++i) {
    const generated::Generated g = generated::article(i, seed);
    const storymerge::Article& a = g.article;
    line = "{\"id\":" + quoted(a.id) + ",\"source\":" + quoted(a.source) + ",\"title\":" + quoted(a.title) +
           ",\"published\":\"" + storymerge::format_time(*a.published) + "\",\"text\":" + quoted(a.text) + "}\n";
    corpus << line;
    truth << a.id << '\t' << g.kind << "\ta" << g.original << '\n';
  }
  return corpus.flush() && truth.flush() ? 0 : 1;
}

// Near-duplicates only: which articles are copies of which, by how much, and which came first.
//   find_duplicates [--threshold J] [--num-perm K] [--ngram N] [--format jsonl|tsv] [--tsv]
//                  [--threads N] [--output PATH] INPUT...

#include <storymerge/dedup/duplicates.h>
#include <storymerge/write/json_writer.h>
#include <storymerge/write/word_for.h>

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "arguments.h"

namespace {

using storymerge::ArticleIndex;
using storymerge::Corpus;
using storymerge::DuplicatePair;
using storymerge::Duplicates;
using storymerge::Origin;

// One group of two or more a line.
void write_jsonl(std::ostream& out, const Corpus& corpus, const Duplicates& duplicates) {
  std::vector<std::vector<const DuplicatePair*>> pairs(duplicates.origins.size());
  for (const DuplicatePair& pair : duplicates.pairs) {
    const std::uint32_t origin = duplicates.origin_of[pair.a];
    if (origin == duplicates.origin_of[pair.b]) pairs[origin].push_back(&pair);
  }
  storymerge::JsonWriter json(out);
  for (std::size_t o = 0; o < duplicates.origins.size(); ++o) {
    const Origin& origin = duplicates.origins[o];
    if (origin.articles.size() < 2) continue;
    json.begin_object().key("articles").begin_array();
    for (const ArticleIndex i : origin.articles) json.value(corpus[i].id);
    json.end_array().field("original", corpus[origin.original].id);
    json.field("weakest", origin.weakest).field("density", origin.density).key("pairs").begin_array();
    for (const DuplicatePair* pair : pairs[o]) {
      json.begin_object().field("a", corpus[pair->a].id).field("b", corpus[pair->b].id);
      json.field("relation", word_for(pair->relation)).field("jaccard", pair->jaccard);
      json.field("containment_a_in_b", pair->containment_a_in_b);
      json.field("containment_b_in_a", pair->containment_b_in_a).end_object();
    }
    json.end_array().end_object().raw("\n");
  }
}

// One article of a group a line: number of the group, article, original. A tab or line break in an id becomes a blank.
void write_tsv(std::ostream& out, const Corpus& corpus, const Duplicates& duplicates) {
  const auto field = [&](ArticleIndex i) {
    std::string id = corpus[i].id;
    const auto ends_field = [](char c) { return c == '\t' || c == '\n' || c == '\r'; };
    std::replace_if(id.begin(), id.end(), ends_field, ' ');
    return id;
  };
  out << "group\tarticle\toriginal\n";
  std::size_t group = 0;
  for (const Origin& origin : duplicates.origins) {
    if (origin.articles.size() < 2) continue;
    ++group;
    for (const ArticleIndex i : origin.articles) {
      out << group << '\t' << field(i) << '\t' << field(origin.original) << '\n';
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  static char tsv_format[] = "--format=tsv";  // what --tsv is short for
  for (char** word = argv + 1; word < argv + argc; ++word) {
    if (std::string_view(*word) == "--tsv") *word = tsv_format;
  }
  return examples::run(
      argc, argv, "find_duplicates", "[--threshold J] [--num-perm K] [--ngram N] [--format jsonl|tsv] [--tsv] INPUT...",
      {"threshold", "num-perm", "ngram", "format"}, [](const examples::Arguments& arguments, std::ostream& out) {
        storymerge::DuplicateOptions options;
        options.threshold = arguments.number("threshold", options.threshold);
        options.num_perm = arguments.count("num-perm", options.num_perm);
        options.ngram = arguments.count("ngram", options.ngram);
        options.threads = arguments.threads;
        const bool tsv = arguments.one_of("format", {"jsonl", "tsv"}) == "tsv";
        const Corpus corpus = arguments.read();
        const bool show = isatty(STDERR_FILENO) != 0 && corpus.size() >= 10000;
        if (show) {
          options.progress = [&](double done) {
            std::fprintf(stderr, done == 1 ? "\r%u articles, %3.0f %%\n" : "\r%u articles, %3.0f %%", corpus.size(),
                         100 * done);
          };
        }
        const Duplicates duplicates = find_duplicates(corpus, options);
        (tsv ? write_tsv : write_jsonl)(out, corpus, duplicates);
        if (duplicates.capped_buckets != 0 && show) {
          std::cerr << duplicates.capped_buckets << " crowded buckets were not compared pair by pair\n";
        }
      });
}

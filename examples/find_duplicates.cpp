// Near-duplicates only: which articles are copies of which, by how much, and which came first.

#include <storymerge/dedup/duplicates.h>
#include <storymerge/write/json_writer.h>
#include <storymerge/write/word_for.h>

#include <iostream>

#include "program/arguments.h"
#include "program/progress.h"
#include "program/safe_text.h"

namespace {

using examples::as_cell;
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

// One article of a group a line: number of the group, article, original.
void write_tsv(std::ostream& out, const Corpus& corpus, const Duplicates& duplicates) {
  out << "group\tarticle\toriginal\n";
  std::size_t group = 0;
  for (const Origin& origin : duplicates.origins) {
    if (origin.articles.size() < 2) continue;
    ++group;
    for (const ArticleIndex i : origin.articles) {
      out << group << '\t' << as_cell(corpus[i].id) << '\t' << as_cell(corpus[origin.original].id) << '\n';
    }
  }
}

}  // namespace

static const examples::Program program = {
    "find_duplicates",
    "find which texts are copies of which, by how much, and which came first",
    "INPUT...",
    {{"threshold", "J",
      "how alike two texts must be: the Jaccard similarity of their shingles, over 0 to 1; default 0.3. Given alone, "
      "it "
      "alone counts"},
     {"containment", "C",
      "or how much of the shorter text the longer must hold, over 0 to 1; default 0.6, none when only --threshold is "
      "given"},
     {"num-perm", "K", "slots of a signature, 16 to 1024; default 128"},
     {"ngram", "N", "words in a shingle, 1 to 16; default 3"},
     {"format", "jsonl|tsv", "one group of copies a line, with its pairs; or one article of a group a line"},
     {"tsv", "", "the same as --format tsv"}}};

int main(int argc, char** argv) {
  return examples::run(argc, argv, program, [](const examples::Arguments& arguments, std::ostream& out) {
    storymerge::DuplicateOptions options;
    options.threshold = arguments.number("threshold", options.threshold);
    if (arguments.has("containment")) {
      options.containment = arguments.number("containment", 0);
    } else if (arguments.has("threshold")) {
      options.containment = std::nullopt;
    }
    arguments.count("num-perm", 0);
    options.ngram = arguments.count("ngram", options.ngram);
    options.threads = arguments.threads;
    const bool tsv = arguments.is("format", "tsv") || arguments.has("tsv");
    const Corpus corpus = arguments.read();
    examples::Progress progress(arguments.has("quiet"));
    options.progress = [&](double done) { progress.show("comparing", done * corpus.size(), corpus.size()); };
    const Duplicates duplicates = find_duplicates(corpus, options);
    progress.clear();
    (tsv ? write_tsv : write_jsonl)(out, corpus, duplicates);
    if (duplicates.capped_buckets != 0 && arguments.has("verbose")) {
      std::cerr << duplicates.capped_buckets << " crowded buckets were not compared pair by pair\n";
    }
  });
}

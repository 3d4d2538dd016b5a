// Near-duplicates only: which articles are copies of which, by how much, and which came first.
//   find_duplicates [--threshold J] [--num-perm K] [--ngram N] [--format jsonl|tsv] [--tsv] INPUT...

#include <storymerge/dedup/duplicates.h>

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>

#include "arguments.h"

namespace {

using storymerge::Corpus;
using storymerge::DuplicatePair;
using storymerge::Duplicates;
using storymerge::Relation;

const char* name_of(Relation relation) {
  switch (relation) {
    case Relation::exact:
      return "exact";
    case Relation::near_duplicate:
      return "near_duplicate";
    case Relation::contains:
      return "contains";
    case Relation::contained_in:
      return "contained_in";
    case Relation::partial_overlap:
      return "partial_overlap";
  }
  return "";
}

std::string quoted(std::string_view s) {
  std::string out = "\"";
  for (const char c : s) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", c);
      out += code;
    } else {
      out += c;
    }
  }
  return out + '"';
}

// At most four decimals, without idle zeros.
std::string share(double value) {
  char out[16];
  std::snprintf(out, sizeof out, "%.4g", value);
  return out;
}

// One group of two or more a line.
void write_jsonl(std::ostream& out, const Corpus& corpus, const Duplicates& duplicates,
                 const std::vector<std::vector<const DuplicatePair*>>& pairs) {
  for (std::size_t o = 0; o < duplicates.origins.size(); ++o) {
    const storymerge::Origin& origin = duplicates.origins[o];
    if (origin.articles.size() < 2) continue;
    std::string line = "{\"articles\":[";
    for (const storymerge::ArticleIndex i : origin.articles) {
      if (line.back() != '[') line += ',';
      line += quoted(corpus[i].id);
    }
    line += "],\"original\":" + quoted(corpus[origin.original].id) + ",\"weakest\":" + share(origin.weakest) +
            ",\"density\":" + share(origin.density) + ",\"pairs\":[";
    for (const DuplicatePair* pair : pairs[o]) {
      if (line.back() != '[') line += ',';
      line += "{\"a\":" + quoted(corpus[pair->a].id) + ",\"b\":" + quoted(corpus[pair->b].id) + ",\"relation\":\"" +
              name_of(pair->relation) + "\",\"jaccard\":" + share(pair->jaccard) +
              ",\"containment_a_in_b\":" + share(pair->containment_a_in_b) +
              ",\"containment_b_in_a\":" + share(pair->containment_b_in_a) + "}";
    }
    out << line << "]}\n";
  }
}

// One article of a group a line: number of the group, article, original. A tab or line break in an id becomes a blank.
void write_tsv(std::ostream& out, const Corpus& corpus, const Duplicates& duplicates) {
  const auto field = [](std::string id) {
    std::replace_if(
        id.begin(), id.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return id;
  };
  out << "group\tarticle\toriginal\n";
  std::size_t group = 0;
  for (const storymerge::Origin& origin : duplicates.origins) {
    if (origin.articles.size() < 2) continue;
    ++group;
    for (const storymerge::ArticleIndex i : origin.articles) {
      out << group << '\t' << field(corpus[i].id) << '\t' << field(corpus[origin.original].id) << '\n';
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  // The short form first: it takes no value.
  std::vector<char*> words(argv, argv + argc);
  static char format[] = "--format=tsv";
  for (char*& word : words) {
    if (std::string_view(word) == "--tsv") word = format;
  }
  return examples::run(
      static_cast<int>(words.size()), words.data(), "find_duplicates",
      "[--threshold J] [--num-perm K] [--ngram N] [--format jsonl|tsv] [--tsv] INPUT...",
      {"threshold", "num-perm", "ngram", "format"}, [](const examples::Arguments& arguments, std::ostream& out) {
        storymerge::DuplicateOptions options;
        options.threshold = arguments.number("threshold", options.threshold);
        const auto count = [&](const char* flag, unsigned otherwise) {
          return static_cast<unsigned>(std::clamp(arguments.number(flag, otherwise), 0.0, 1e9));
        };
        options.num_perm = count("num-perm", options.num_perm);
        options.ngram = count("ngram", options.ngram);
        options.threads = arguments.threads;
        const bool tsv = arguments.one_of("format", {"jsonl", "tsv"}) == "tsv";
        const Corpus corpus = arguments.read();
        const bool show = isatty(STDERR_FILENO) != 0 && corpus.size() >= 10000;
        if (show) {
          options.progress = [&](double done) {
            std::fprintf(stderr, "\r%u articles, %3.0f %%", corpus.size(), 100 * done);
            if (done == 1) std::fputc('\n', stderr);
          };
        }
        const Duplicates duplicates = find_duplicates(corpus, options);
        if (tsv) {
          write_tsv(out, corpus, duplicates);
        } else {
          std::vector<std::vector<const DuplicatePair*>> pairs(duplicates.origins.size());
          for (const DuplicatePair& pair : duplicates.pairs) {
            const std::uint32_t origin = duplicates.origin_of[pair.a];
            if (origin == duplicates.origin_of[pair.b]) pairs[origin].push_back(&pair);
          }
          write_jsonl(out, corpus, duplicates, pairs);
        }
        if (duplicates.capped_buckets != 0 && show) {
          std::cerr << duplicates.capped_buckets << " crowded buckets were not compared pair by pair\n";
        }
      });
}

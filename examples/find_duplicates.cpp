// Near-duplicates only: which articles are copies of which, by how much, and which came first; and which of them an archive
// of signatures knows.

#include <storymerge/base/error.h>
#include <storymerge/dedup/duplicates.h>
#include <storymerge/sketch/minhash_lsh.h>
#include <storymerge/sketch/signature_file.h>
#include <storymerge/write/duplicates.h>
#include <storymerge/write/json_writer.h>

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <unordered_set>

#include "program/arguments.h"
#include "program/progress.h"
#include "program/safe_text.h"

namespace {

using examples::as_cell;
using storymerge::Article;
using storymerge::ArticleIndex;
using storymerge::DuplicateFinder;
using storymerge::MinHash;
using storymerge::MinHashOptions;
using storymerge::Origin;

// One article of a group a line: number of the group, article, original.
void write_tsv(std::ostream& out, const DuplicateFinder::Found& found) {
  out << "group\tarticle\toriginal\n";
  std::size_t group = 0;
  for (const Origin& origin : found.duplicates.origins) {
    if (origin.articles.size() < 2) continue;
    ++group;
    for (const ArticleIndex i : origin.articles) {
      out << group << '\t' << as_cell(found.ids[i]) << '\t' << as_cell(found.ids[origin.original]) << '\n';
    }
  }
}

// An archive of signatures, and who is like whom in it. What is told is an estimate: an archive holds no texts.
class Archive {
 public:
  Archive(const std::string& path, const MinHashOptions& kind, double threshold)
      : threshold_(threshold), index_({kind, storymerge::sure_banding(threshold, kind.num_perm)}) {
    if (!std::filesystem::exists(path)) return;  // --update makes it
    file_.emplace(path);
    for (std::size_t i = 0; i < file_->size(); ++i) {
      index_.insert(i, MinHash(file_->options(), file_->slots(i)), file_->time(i));
      names_.emplace(file_->name(i));
    }
  }

  bool has(const std::string& id) const { return names_.contains(id); }

  // A line when the archive knows the article.
  void tell(const Article& article, const MinHash& minhash, bool tsv, std::ostream& out) const {
    const auto matches = index_.query(minhash, threshold_).matches;
    if (matches.empty()) return;
    if (tsv) {
      for (const storymerge::LshMatch& match : matches) {
        out << as_cell(article.id) << '\t' << as_cell(std::string(file_->name(match.id))) << '\t'
            << match.jaccard.estimate << '\t' << match.jaccard.standard_error << '\n';
      }
      return;
    }
    storymerge::JsonWriter json(out);
    json.begin_object().field("article", article.id).key("known").begin_array();
    for (const storymerge::LshMatch& match : matches) {
      json.begin_object().field("id", file_->name(match.id)).field("jaccard", match.jaccard.estimate);
      json.field("standard_error", match.jaccard.standard_error).end_object();
    }
    json.end_array().end_object().raw("\n");
  }

 private:
  double threshold_;
  std::optional<storymerge::SignatureFile> file_;
  storymerge::MinHashLSH index_;
  std::unordered_set<std::string> names_;
};

// FNV-1a: the number under which an archive has an article; its name tells which.
std::uint64_t number_of(std::string_view id) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

void keep(const Article& article, const MinHash& minhash, storymerge::SignatureWriter& writer) {
  const auto time = article.published ? article.published->time_since_epoch().count() : 0;
  writer.add(number_of(article.id), minhash.slots(), article.id, time);
}

storymerge::DuplicateOptions options_of(const examples::Arguments& arguments) {
  storymerge::DuplicateOptions options;
  options.threshold = arguments.number("threshold", options.threshold);
  if (arguments.has("containment")) {
    options.containment = arguments.number("containment", 0);
  } else if (arguments.has("threshold")) {
    options.containment = std::nullopt;
  }
  options.ngram = arguments.count("ngram", options.ngram);
  options.sources = arguments.sources();
  options.threads = arguments.threads;
  return options;
}

// Groups of copies among what is read, or what of it an archive knows; and the signatures of it, if they are wanted.
void run(const examples::Arguments& arguments, std::ostream& out) {
  const bool tsv = arguments.is("format", "tsv") || arguments.has("tsv");
  const bool update = arguments.has("update"), against = update || arguments.has("against");
  if (update && arguments.has("against")) throw examples::UsageError("--update is --against the file that it updates");
  if (against && arguments.has("containment")) {
    throw examples::UsageError("an archive holds no texts: there is no --containment --against it");
  }
  storymerge::DuplicateOptions options = options_of(arguments);
  const MinHashOptions kind{storymerge::SketchScheme::affine32, arguments.count("num-perm", 128), 1, options.ngram};
  const std::string path = arguments.text(update ? "update" : "against");
  if (against && !update && !std::filesystem::exists(path)) {
    throw storymerge::Error(storymerge::ErrorCode::io, "there is no archive '" + path + "'");
  }
  std::optional<storymerge::SignatureWriter> added, saved;
  if (update) added.emplace(path, kind);
  std::optional<Archive> archive;
  if (against) archive.emplace(path, kind, arguments.number("threshold", 0.5));
  const std::string beside = arguments.text("save") + ".new";
  if (arguments.has("save")) {
    std::filesystem::remove(beside);
    saved.emplace(beside, kind);
  }

  examples::Progress progress(arguments.has("quiet"));
  double total = 0;
  options.progress = [&](double done) { progress.show("comparing", done * total, total); };
  DuplicateFinder finder(options);
  std::unordered_set<std::string> new_ids;
  if (against && tsv) out << "article\tknown\tjaccard\tstandard_error\n";
  arguments.read_batches([&](std::span<const Article> articles) {
    if (!against) finder.add(articles);
    if (!against && !saved) return;
    for (const Article& article : articles) {
      const MinHash minhash = storymerge::sign(article.text, kind);
      if (against) archive->tell(article, minhash, tsv, out);
      if (saved) keep(article, minhash, *saved);
      if (update && !archive->has(article.id) && new_ids.insert(article.id).second) keep(article, minhash, *added);
    }
    if (saved) saved->sync();
    if (added) added->sync();
  });
  if (saved) {
    saved.reset();
    std::filesystem::rename(beside, arguments.text("save"));
  }
  if (against) return;
  total = static_cast<double>(finder.size());
  const DuplicateFinder::Found found = finder.finish();
  progress.clear();
  if (tsv) {
    write_tsv(out, found);
  } else {
    write_duplicates(out, found.duplicates, [&](ArticleIndex i) -> std::string_view { return found.ids[i]; });
  }
  if (found.duplicates.capped_buckets != 0 && arguments.has("verbose")) {
    std::cerr << found.duplicates.capped_buckets << " crowded buckets were not compared pair by pair\n";
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
     {"against", "ARCHIVE",
      "tell instead which articles this file of signatures knows, as estimates with their standard error; the "
      "threshold is "
      "0.5 then"},
     {"update", "ARCHIVE",
      "the same, and add to the file the articles whose ids it lacks; it is made when there is none"},
     {"save", "ARCHIVE", "write the signatures of what is read to this file, for --against"},
     {"num-perm", "K", "slots of a signature, 16 to 1024; default 128"},
     {"ngram", "N", "words in a shingle, 1 to 16; default 3"},
     {"format", "jsonl|tsv", "one group of copies a line, with its pairs; or one article of a group a line"},
     {"tsv", "", "the same as --format tsv"},
     examples::sources_flag}};

int main(int argc, char** argv) { return examples::run(argc, argv, program, run); }

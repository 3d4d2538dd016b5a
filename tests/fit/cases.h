#pragma once
// Which pairs of sentences of the gold stories are compared, and which of them share a claim?

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "align/pairs.h"
#include "storymerge/dedup/duplicates.h"
#include "storymerge/eval/gold.h"

namespace storymerge::fit {

// A sentence of a gold story.
struct Spot {
  std::uint32_t article = 0, sentence = 0;
  friend auto operator<=>(const Spot&, const Spot&) = default;
};

// One gold story as alignment sees it.
struct Case {
  const GoldStory* gold = nullptr;
  std::size_t fold = 0;
  std::vector<std::uint32_t> origin;  // by article of the gold: the article that it copies, or itself
  std::vector<Statement> statements;
  std::vector<align::Profile> profiles;
  std::vector<std::vector<Spot>> spots;  // by profile: where it stands
  align::Compared compared;
  std::vector<char> compared_same;  // one a pair: both tell of some claim

  // What the first model leaves of them (CrossValidation::choose).
  align::PairGraph graph;
  std::vector<align::Features> features;
  std::vector<char> same;
  std::vector<char> cross;  // of two origins

  const std::vector<GoldTelling>& tells(Spot s) const { return gold->articles[s.article].sentences[s.sentence].tells; }
  bool share_a_claim(std::uint32_t a, std::uint32_t b) const;  // two profiles
};

// Sentence vectors by the text of a sentence in one line.
using Vectors = std::map<std::string, std::vector<float>>;
// Errors: std::runtime_error. FILE holds one line of numbers for each line of FILE.txt.
Vectors read_vectors(const std::string& file);

struct Options {
  std::size_t folds = 8;
  Vectors vectors;
};

class Cases {
 public:
  Cases(const std::vector<std::string>& folders, const Options& options);

  std::vector<Case> list;
  // Pairs of two origins: all; those compared; those that share a claim; those of them that are compared.
  std::size_t pairs = 0, candidates = 0, same = 0, same_candidates = 0;

  // The text of a profile of a case.
  std::string_view text(const Case& c, std::uint32_t profile) const;

 private:
  Case make(const GoldStory& gold, const Options& options) const;
  void count(const Case& c);

  std::vector<GoldStory> gold_;
  Corpus corpus_;
  std::vector<Document> documents_;
  Duplicates duplicates_;
};

// Line breaks as blanks.
std::string one_line(std::string_view text);

}  // namespace storymerge::fit

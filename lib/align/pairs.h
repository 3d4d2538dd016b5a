#pragma once
// How likely is it that two sentences share a proposition?
//
// Profiles in; candidate pairs out, each with a probability. Two logistic models in a row: the first sees the two texts
// (comparison.h), the second also what the first said of the pairs around: whether either has a better partner in the other's
// article, whether a third source says the same as both, whether their neighbours match.

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "align/comparison.h"

namespace storymerge::align {

inline constexpr std::array collective_names = {
    "logit",       "rival_least", "rival_most", "third_best", "third_second", "third_sum",  "diagonal",
    "beside_pair", "best_least",  "best_most",  "lead_least", "lead_most",    "mass_least", "mass_most"};
inline constexpr std::size_t collective_count = collective_names.size();
using Collective = std::array<double, collective_count>;

struct PairModel {
  std::array<double, feature_count> first{};
  std::array<double, feature_count + collective_count> second{};
};

// Fitted on real news by tests/fit/fit_pairs.cpp: by the two texts, and with a user's sentence vectors.
struct FittedModels {
  PairModel texts, vectors;
};
extern const FittedModels fitted_models;

double first_probability(const PairModel& model, const Features& f);
double second_probability(const PairModel& model, const Features& f, const Collective& around);

// What is compared at all.
struct CandidateBounds {
  std::size_t window = 192;             // postings looked at on each side of a sentence, a word
  std::size_t budget = 128 * 1024;      // pairs compared in a story, shared out among its sentences …
  std::size_t fewest = 32, most = 256;  // … but so many for each
  std::size_t an_article = 10;          // partners of each other article, however little is shared
  double enough = 5;                    // shared weight from which a pair is compared whatever its rank there
  double supplied = 0.5;                // share of what the sentence before supplies
  double likely = 0.0078;               // probability by the two texts alone, from which a pair is a candidate
};
inline constexpr CandidateBounds candidate_bounds{};

// Partners compared with a sentence in a story of so many.
std::size_t most_partners(std::size_t sentences, const CandidateBounds& bounds = candidate_bounds);

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;  // a < b, sorted

// Pairs of sentences of different articles that share words, or what the sentences before supply: each sentence's best.
// Complexity: O(profiles * (window + partners)).
Pairs propose_pairs(std::span<const Profile> profiles, const CandidateBounds& bounds = candidate_bounds);

struct PairGraph {
  struct Neighbour {
    std::uint32_t unit = 0;  // position in the profiles
    std::uint32_t pair = 0;
  };
  Pairs pairs;
  std::vector<double> probability;    // one a pair
  std::vector<std::uint32_t> first;   // first[u] .. first[u + 1]: neighbours of profile u
  std::vector<Neighbour> neighbours;  // of each in order

  std::span<const Neighbour> around(std::uint32_t u) const {
    return std::span(neighbours).subspan(first[u], first[u + 1] - first[u]);
  }
  // The pair of two profiles, or nullptr when it is no candidate.
  const Neighbour* find(std::uint32_t a, std::uint32_t b) const;
};

// `probability` left empty.
PairGraph make_graph(std::span<const Profile> profiles, Pairs pairs);

// The pairs that are compared, and how alike they are.
struct Compared {
  Pairs pairs;
  std::vector<Features> features;  // one a pair
};
// `vectors`: none, or one a profile, all of one length.
Compared compare_all(std::span<const Profile> profiles, std::span<const std::vector<float>> vectors = {});

// Candidates: the pairs that the first model does not think impossible. `features`: one a candidate.
PairGraph choose_candidates(const PairModel& model, std::span<const Profile> profiles, const Compared& compared,
                            std::vector<Features>& features);

// The candidates among all pairs, with probabilities by both models. `vectors` as above.
PairGraph estimate(const PairModel& model, std::span<const Profile> profiles,
                   std::span<const std::vector<float>> vectors = {});

// What `graph.probability` says of the pairs around each pair.
std::vector<Collective> look_around(std::span<const Profile> profiles, const PairGraph& graph);

}  // namespace storymerge::align

#pragma once
// How likely is it that two claims say the same?
//
// Candidate pairs in, one probability a pair out. Three logistic models in a row: the first sees the two texts (features.h),
// the second and the third also see what the model before them said of the pairs around: whether either claim has a better
// partner in the other's article, whether a third source says the same as both, whether their neighbours match.
// Most of the gain over word matching comes from there.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "align/features.h"

namespace storymerge::align {

inline constexpr std::array collective_names = {"logit",        "rival_least", "rival_most", "third_best",
                                                "third_second", "third_sum",   "diagonal",   "beside",
                                                "best_least",   "best_most",   "lead_least", "lead_most"};
inline constexpr std::size_t collective_count = collective_names.size();
using Collective = std::array<double, collective_count>;

inline constexpr std::array dispute_names = {
    "bias",        "logit",          "same_origin",  "adjacent",      "rival_number",   "rival_words", "rival_senses",
    "rival_slot",  "same_number",    "rival_day",    "rival_time",    "one_denies",     "both_deny",   "polarity",
    "one_insists", "both_insist",    "one_counts",   "both_count",    "revises",        "speaker",     "opposites",
    "soft_dice",   "direct_speech",  "best_partner", "rival_if_same", "denial_if_same", "one_negates", "same_unit",
    "both_told",   "days_both_told", "rival_head",   "rival_clash",   "far_apart",      "one_ordinal", "days_apart",
    "one_history", "rival_name"};
inline constexpr std::size_t dispute_count = dispute_names.size();
using DisputeFeatures = std::array<double, dispute_count>;
consteval std::size_t dispute_feature(std::string_view name) { return place_of(name, dispute_names); }

struct Model {
  std::array<double, feature_count> first{};
  std::array<double, feature_count + collective_count> second{};
  std::array<double, feature_count + 2 * collective_count> third{};
  std::array<double, dispute_count> dispute{};
};

// Fitted on data/gold by tests/fit/fit_alignment.cpp.
extern const Model fitted_model;

struct PairGraph {
  struct Neighbour {
    std::uint32_t unit = 0;
    std::uint32_t pair = 0;
  };
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;  // a < b, sorted
  std::vector<Features> features;                              // one a pair
  std::vector<double> probability;                             // one a pair
  std::vector<std::uint32_t> first;                            // first[u] .. first[u + 1]: neighbours of unit u
  std::vector<Neighbour> neighbours;                           // of each unit in order of unit
  // Pairs of numbers (of days) that some unit gives together, sorted: those are no two values of one thing.
  std::vector<std::pair<double, double>> numbers_together;
  std::vector<std::pair<std::int32_t, std::int32_t>> days_together;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> names_together;  // pairs of full names in one article, sorted

  std::span<const Neighbour> around(std::uint32_t u) const {
    return std::span(neighbours).subspan(first[u], first[u + 1] - first[u]);
  }
  // The pair of two units, or nullptr when it was no candidate.
  const Neighbour* find(std::uint32_t a, std::uint32_t b) const;
};

// The features of `pairs` (a < b, sorted); `probability` left empty.
PairGraph make_graph(std::span<const Unit> units, std::span<const Claim> claims,
                     std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs);

double first_probability(const Model& model, const Features& f);
// What `graph.probability` says of the pairs around each pair.
std::vector<Collective> look_around(std::span<const Unit> units, const PairGraph& graph);

// Fills `probability`. `similarity` (may be empty) takes the place of the first model.
void estimate(const Model& model, std::span<const Unit> units, std::span<const Claim> claims,
              const std::function<double(const Claim&, const Claim&)>& similarity, PairGraph& graph);

// Groups of units that say the same, each sorted, in order of their first unit; a unit may stand in more than one.
std::vector<std::vector<std::uint32_t>> group_units(std::span<const Unit> units, const PairGraph& graph);

// align_claims with other weights: what the fitting program measures.
Alignment align_claims(const Model& model, const Material& material, const AlignOptions& options);

}  // namespace storymerge::align

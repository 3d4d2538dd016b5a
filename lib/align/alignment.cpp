#include "storymerge/align/alignment.h"

#include <algorithm>
#include <cmath>

#include "align/model.h"

namespace storymerge {

Alignment align::align_claims(const Model& model, const Material& material, const AlignOptions& options) {
  constexpr double hardly = 0.02;  // a pair less likely than this is not worth telling of
  const std::vector<Unit> units = make_units(material);
  PairGraph graph = make_graph(units, material.claims, propose_pairs(units));
  estimate(model, units, material.claims, options.similarity, graph);
  Alignment out;
  const std::vector<std::vector<std::uint32_t>> groups = group_units(units, graph);
  for (const std::vector<std::uint32_t>& group : groups) {
    std::vector<std::uint32_t> members;
    for (const std::uint32_t u : group) members.insert(members.end(), units[u].claims.begin(), units[u].claims.end());
    std::sort(members.begin(), members.end());
    out.groups.push_back(std::move(members));
  }
  for (std::size_t k = 0; k < graph.pairs.size(); ++k) {
    if (graph.probability[k] < hardly) continue;
    const auto [a, b] = graph.pairs[k];
    out.pairs.push_back({units[a].claims.front(), units[b].claims.front(), graph.probability[k]});
  }
  return out;
}

Alignment align_claims(const Material& material, const AlignOptions& options) {
  return align::align_claims(align::fitted_model, material, options);
}

std::vector<Contribution> explain_pair(const Material& material, std::uint32_t a, std::uint32_t b) {
  const std::vector<Claim>& claims = material.claims;
  const std::vector<align::Unit> units = align::make_units(material);
  const auto unit_of = [&](std::uint32_t claim) {
    return std::find_if(units.begin(), units.end(), [&](const align::Unit& u) {
      return std::find(u.claims.begin(), u.claims.end(), claim) != u.claims.end();
    });
  };
  const auto ua = unit_of(a), ub = unit_of(b);
  const align::Features f = align::compare(*ua, *ub, claims[ua->claims.front()], claims[ub->claims.front()]);
  std::vector<Contribution> out;
  for (std::size_t i = 0; i < align::feature_count; ++i) {
    out.push_back({align::feature_names[i], f[i], f[i] * align::fitted_model.first[i]});
  }
  std::stable_sort(out.begin(), out.end(), [](const Contribution& x, const Contribution& y) {
    return std::abs(x.log_odds) > std::abs(y.log_odds);
  });
  return out;
}

}  // namespace storymerge

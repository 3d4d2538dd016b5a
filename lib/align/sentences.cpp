#include <algorithm>

#include "align/grouping.h"

namespace storymerge {

using namespace alignment;

SentenceAlignment align_sentences(const Material& material, const AlignOptions&) {
  SentenceAlignment out;
  out.statements = list_statements(material);
  const std::vector<Profile> profiles = describe(material, out.statements);
  const PairGraph graph = estimate(fitted_pair_model, profiles);
  const std::vector<double> affinity = compete(profiles, graph);
  const Bars bars;
  for (const Group& g : group(profiles, graph, affinity, bars, [](std::uint32_t) { return false; })) {
    ClaimGroup& claim = out.groups.emplace_back();
    const std::uint32_t lead = profiles[g.members.front().unit].statements.front();
    for (const Group::Member& m : g.members) {
      for (const std::uint32_t s : profiles[m.unit].statements) claim.members.push_back({s, m.probability, m.counted});
    }
    std::sort(claim.members.begin(), claim.members.end(), [&](const Member& a, const Member& b) {
      return a.statement == lead || (b.statement != lead && a.statement < b.statement);
    });
  }
  constexpr double impossible = 0.05;
  for (std::size_t k = 0; k < graph.pairs.size(); ++k) {
    if (graph.probability[k] < impossible) continue;
    const auto [a, b] = graph.pairs[k];
    out.pairs.push_back({profiles[a].statements.front(), profiles[b].statements.front(), graph.probability[k]});
  }
  return out;
}

}  // namespace storymerge

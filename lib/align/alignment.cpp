#include "storymerge/align/alignment.h"

#include <algorithm>

#include "align/model.h"

namespace storymerge {

Alignment align::align_claims(const Model& model, const Corpus& corpus, std::span<const Document> documents,
                              const Duplicates& duplicates, const Story& story, const StoryNames& names,
                              std::span<const Claim> claims, const AlignOptions&) {
  const std::vector<Unit> units = make_units(corpus, documents, duplicates, story, names, claims);
  PairGraph graph = make_graph(units, claims);
  estimate(model, units, claims, {}, graph);
  Alignment out;
  const std::vector<std::vector<std::uint32_t>> groups = group_units(units, graph);
  for (const std::vector<std::uint32_t>& group : groups) {
    std::vector<std::uint32_t> members;
    for (const std::uint32_t u : group) members.insert(members.end(), units[u].claims.begin(), units[u].claims.end());
    std::sort(members.begin(), members.end());
    out.groups.push_back(std::move(members));
  }
  for (std::size_t k = 0; k < graph.pairs.size(); ++k) {
    if (graph.probability[k] < 0.05) continue;
    const auto [a, b] = graph.pairs[k];
    out.pairs.push_back({units[a].claims.front(), units[b].claims.front(), graph.probability[k]});
  }
  out.disputes = find_disputes(model, corpus, documents, units, claims, graph, groups);
  return out;
}

Alignment align_claims(const Corpus& corpus, std::span<const Document> documents, const Duplicates& duplicates,
                       const Story& story, const StoryNames& names, std::span<const Claim> claims,
                       const AlignOptions& options) {
  return align::align_claims(align::fitted_model, corpus, documents, duplicates, story, names, claims, options);
}

}  // namespace storymerge

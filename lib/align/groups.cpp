#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <queue>

#include "align/model.h"

namespace storymerge::align {
namespace {
double env(const char* n, double d) { const char* v = std::getenv(n); return v ? std::atof(v) : d; }
}

// Facts as overlapping groups: every pair that is likely enough is covered by a group grown round it, strongest pairs first.
std::vector<std::vector<std::uint32_t>> cover(std::span<const Unit> units, const PairGraph& graph) {
  const double cut = env("SM_CUT", 0.35), grow = env("SM_GROW", 0.5), least = env("SM_LEAST", 0.03);
  const std::size_t n = units.size();
  std::vector<std::uint32_t> order;
  for (std::uint32_t k = 0; k < graph.pairs.size(); ++k) {
    if (graph.probability[k] >= cut && units[graph.pairs[k].first].origin != units[graph.pairs[k].second].origin) order.push_back(k);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t x, std::uint32_t y) { return graph.probability[x] > graph.probability[y]; });
  std::vector<std::vector<std::uint32_t>> groups, groups_of(n);
  const auto share = [&](std::uint32_t a, std::uint32_t b) {
    return std::find_first_of(groups_of[a].begin(), groups_of[a].end(), groups_of[b].begin(), groups_of[b].end()) !=
           groups_of[a].end();
  };
  for (const std::uint32_t k : order) {
    const auto [a, b] = graph.pairs[k];
    if (share(a, b)) continue;
    std::vector<std::uint32_t> group = {a, b};
    struct Candidate { double sum = 0; double least = 1; std::uint32_t seen = 0; };
    std::map<std::uint32_t, Candidate> around;
    const auto add = [&](std::uint32_t u) {
      for (const PairGraph::Neighbour& v : graph.around(u)) {
        Candidate& c = around[v.unit];
        c.sum += graph.probability[v.pair];
        c.least = std::min(c.least, graph.probability[v.pair]);
        ++c.seen;
      }
    };
    add(a);
    add(b);
    for (;;) {
      std::uint32_t best = 0;
      double most = -1;
      for (const auto& [u, c] : around) {
        if (std::find(group.begin(), group.end(), u) != group.end()) continue;
        if (std::any_of(group.begin(), group.end(), [&, u = u](std::uint32_t m) { return units[m].origin == units[u].origin; })) continue;
        const double mean = c.sum / static_cast<double>(group.size());
        if (mean < grow || (c.seen < group.size() ? 0 : c.least) < least || mean <= most) continue;
        most = mean;
        best = u;
      }
      if (most < 0) break;
      group.push_back(best);
      add(best);
    }
    const auto g = static_cast<std::uint32_t>(groups.size());
    std::sort(group.begin(), group.end());
    for (const std::uint32_t u : group) groups_of[u].push_back(g);
    groups.push_back(std::move(group));
  }
  for (std::uint32_t u = 0; u < n; ++u) {
    if (groups_of[u].empty()) groups.push_back({u});
  }
  std::sort(groups.begin(), groups.end());
  return groups;
}

// Average linkage over the candidate pairs (a pair that was no candidate counts as 0), then second memberships: a unit that
// tells more than one thing also joins other groups that it fits as well as their own members do.
std::vector<std::vector<std::uint32_t>> group_units(std::span<const Unit> units, const PairGraph& graph) {
  if (env("SM_COVER", 1) > 0) return cover(units, graph);
  const double cut = env("SM_CUT", 0.27), second = env("SM_SECOND", 0.45);
  const std::size_t n = units.size();
  std::vector<std::map<std::uint32_t, double>> sums(n);  // group -> sum of probabilities
  std::vector<std::vector<std::uint32_t>> groups(n);
  std::vector<std::uint32_t> version(n, 0), group_of(n);
  struct Link {
    double mean;
    std::uint32_t a, b, va, vb;
    bool operator<(const Link& o) const { return mean != o.mean ? mean < o.mean : a != o.a ? a > o.a : b > o.b; }
  };
  std::priority_queue<Link> queue;
  for (std::uint32_t u = 0; u < n; ++u) groups[u] = {u}, group_of[u] = u;
  for (std::size_t k = 0; k < graph.pairs.size(); ++k) {
    const auto [a, b] = graph.pairs[k];
    if (graph.probability[k] < 0.005) continue;
    sums[a][b] = sums[b][a] = graph.probability[k];
    queue.push({graph.probability[k], a, b, 0, 0});
  }
  while (!queue.empty()) {
    const Link link = queue.top();
    queue.pop();
    if (link.mean < cut) break;
    if (version[link.a] != link.va || version[link.b] != link.vb) continue;
    const std::uint32_t a = link.a, b = link.b;  // b joins a
    for (const std::uint32_t u : groups[b]) group_of[u] = a;
    groups[a].insert(groups[a].end(), groups[b].begin(), groups[b].end());
    groups[b].clear();
    ++version[a];
    version[b] = ~0u;
    sums[a].erase(b);
    for (const auto& [c, sum] : sums[b]) {
      if (c == a) continue;
      sums[a][c] += sum;
      sums[c].erase(b);
    }
    sums[b].clear();
    for (const auto& [c, sum] : sums[a]) {
      sums[c][a] = sum;
      const double mean = sum / static_cast<double>(groups[a].size() * groups[c].size());
      const std::uint32_t x = std::min(a, c), y = std::max(a, c);
      if (mean >= cut) queue.push({mean, x, y, version[x], version[y]});
    }
  }
  // Second memberships.
  std::vector<std::vector<std::uint32_t>> extra(n);
  for (std::uint32_t u = 0; u < n; ++u) {
    std::map<std::uint32_t, double> to;
    for (const PairGraph::Neighbour& v : graph.around(u)) {
      if (group_of[v.unit] != group_of[u]) to[group_of[v.unit]] += graph.probability[v.pair];
    }
    for (const auto& [g, sum] : to) {
      if (sum / static_cast<double>(groups[g].size()) >= second) extra[g].push_back(u);
    }
  }
  std::vector<std::vector<std::uint32_t>> out;
  for (std::uint32_t g = 0; g < n; ++g) {
    if (groups[g].empty()) continue;
    groups[g].insert(groups[g].end(), extra[g].begin(), extra[g].end());
    std::sort(groups[g].begin(), groups[g].end());
    out.push_back(std::move(groups[g]));
  }
  return out;
}

}  // namespace storymerge::align

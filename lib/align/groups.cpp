#include <algorithm>
#include <numeric>
#include <queue>

#include "align/model.h"

namespace storymerge::align {

// A cover: every pair that is likely enough comes to stand in a group, grown round it as long as somebody fits the group as a
// whole. So a sentence that tells three things stands in three groups, which no partition can give.
// Complexity: O(pairs log pairs), plus the overlap of the groups.
std::vector<std::vector<std::uint32_t>> group_units(std::span<const Unit> units, const PairGraph& graph) {
  constexpr double cut = 0.35;           // a pair from here on must stand in a group
  constexpr double fit = 0.5;            // mean probability with a group from which a unit joins it
  constexpr double least_of_all = 0.03;  // and no member may be less likely than this
  constexpr std::size_t told_widely = 16;
  constexpr std::uint32_t enough_seen = 5;
  constexpr std::size_t large = 6;
  const auto n = static_cast<std::uint32_t>(units.size());

  // Origins counted from 0, so that a list of them by round tells which a group has.
  std::vector<std::uint32_t> origins, origin_of(n);
  for (const Unit& unit : units) origins.push_back(unit.origin);
  std::sort(origins.begin(), origins.end());
  origins.erase(std::unique(origins.begin(), origins.end()), origins.end());
  for (std::uint32_t u = 0; u < n; ++u) {
    origin_of[u] =
        static_cast<std::uint32_t>(std::lower_bound(origins.begin(), origins.end(), units[u].origin) - origins.begin());
  }
  std::vector<std::uint32_t> taken(origins.size(), 0);  // the last round in which a member of the origin joined

  std::vector<std::uint32_t> seeds;
  std::vector<std::uint32_t> partners(n, 0);
  for (std::uint32_t k = 0; k < graph.pairs.size(); ++k) {
    const auto [a, b] = graph.pairs[k];
    if (graph.probability[k] < cut || units[a].origin == units[b].origin) continue;
    seeds.push_back(k);
    ++partners[a];
    ++partners[b];
  }
  std::stable_sort(seeds.begin(), seeds.end(),
                   [&](std::uint32_t x, std::uint32_t y) { return graph.probability[x] > graph.probability[y]; });

  std::vector<std::vector<std::uint32_t>> groups, groups_of(n);
  struct Candidate {
    double sum = 0, least = 1;
    std::uint32_t seen = 0, round = 0;
  };
  std::vector<Candidate> candidates(n);
  struct Offer {
    double mean;
    std::uint32_t unit;
    bool operator<(const Offer& o) const { return mean != o.mean ? mean < o.mean : unit > o.unit; }
  };
  std::vector<std::uint32_t> overlap(0);
  std::uint32_t round = 0;
  for (const std::uint32_t k : seeds) {
    const auto [a, b] = graph.pairs[k];
    const std::vector<std::uint32_t>& with_a = groups_of[a];
    if (std::any_of(with_a.begin(), with_a.end(), [&, other = b](std::uint32_t g) {
          return std::find(groups_of[other].begin(), groups_of[other].end(), g) != groups_of[other].end();
        })) {
      continue;
    }
    ++round;
    std::vector<std::uint32_t> group;
    const auto has_origin_of = [&](std::uint32_t u) { return taken[origin_of[u]] == round; };
    std::priority_queue<Offer> offers;
    // A pair that was no candidate counts as impossible, unless the unit has so many partners that not all were looked at.
    const auto mean = [&](std::uint32_t u) {
      const Candidate& c = candidates[u];
      if (c.seen < group.size() && (partners[u] < told_widely || c.seen < enough_seen)) return 0.0;
      if (c.least < least_of_all) return 0.0;
      return c.sum / static_cast<double>(c.seen);
    };
    const auto join = [&](std::uint32_t u) {
      group.push_back(u);
      taken[origin_of[u]] = round;
      for (const PairGraph::Neighbour& v : graph.around(u)) {
        Candidate& c = candidates[v.unit];
        if (c.round != round) c = {0, 1, 0, round};
        c.sum += graph.probability[v.pair];
        c.least = std::min(c.least, graph.probability[v.pair]);
        ++c.seen;
        if (group.size() > 1 && !has_origin_of(v.unit)) offers.push({mean(v.unit), v.unit});
      }
    };
    join(a);
    for (const PairGraph::Neighbour& v : graph.around(a)) {
      if (v.unit != b && !has_origin_of(v.unit)) offers.push({1.0, v.unit});  // weighed when it comes up
    }
    join(b);
    while (!offers.empty()) {
      const Offer best = offers.top();
      offers.pop();
      if (has_origin_of(best.unit)) continue;
      const double now = mean(best.unit);
      if (now < fit) continue;
      if (now < best.mean) {
        offers.push({now, best.unit});
        continue;
      }
      if (now > best.mean) continue;  // an offer of before: the new one is in the queue, or was taken
      join(best.unit);
    }
    std::sort(group.begin(), group.end());
    // A large group that lies mostly in one before is no other claim: its members come to stand there.
    std::uint32_t home = static_cast<std::uint32_t>(groups.size());
    if (group.size() >= large) {
      overlap.clear();
      for (const std::uint32_t u : group) overlap.insert(overlap.end(), groups_of[u].begin(), groups_of[u].end());
      std::sort(overlap.begin(), overlap.end());
      for (std::size_t i = 0, j = 0; i < overlap.size(); i = j) {
        while (j < overlap.size() && overlap[j] == overlap[i]) ++j;
        if (3 * (j - i) >= 2 * group.size()) {
          home = overlap[i];
          break;
        }
      }
    }
    const bool known = home < groups.size();
    if (!known) groups.emplace_back();
    const auto at_home = [&](std::uint32_t u) {
      return std::find(groups_of[u].begin(), groups_of[u].end(), home) != groups_of[u].end();
    };
    for (const std::uint32_t u : group) {
      if (known) {
        if (at_home(u)) continue;
        double sum = 0;
        std::uint32_t seen = 0;
        for (const PairGraph::Neighbour& v : graph.around(u)) {
          if (at_home(v.unit)) sum += graph.probability[v.pair], ++seen;
        }
        if (seen < enough_seen || sum < fit * seen) continue;
      }
      groups[home].push_back(u);
      groups_of[u].push_back(home);
    }
  }
  for (std::uint32_t u = 0; u < n; ++u) {
    if (groups_of[u].empty()) groups.push_back({u});
  }
  for (std::vector<std::uint32_t>& group : groups) std::sort(group.begin(), group.end());
  std::sort(groups.begin(), groups.end());
  return groups;
}

}  // namespace storymerge::align

#include "align/model.h"

#include <algorithm>
#include <cmath>

namespace storymerge::align {
namespace {

constexpr double supposition = 0.4;

double logistic(double x) { return 1.0 / (1.0 + std::exp(-x)); }

double logit(double p) { return std::log((p + 1e-3) / (1.0 - p + 1e-3)); }

template <std::size_t N>
double dot(const double* weights, const std::array<double, N>& values) {
  double sum = 0;
  for (std::size_t i = 0; i < N; ++i) sum += weights[i] * values[i];
  return sum;
}

// The two best probabilities of a unit with units of each origin.
struct Best {
  std::uint32_t origin = 0;
  double first = 0, second = 0;
};

}  // namespace

const Model fitted_model = {
#include "align/weights.inc"
};

const PairGraph::Neighbour* PairGraph::find(std::uint32_t a, std::uint32_t b) const {
  const std::span<const Neighbour> list = around(a);
  const auto at = std::partition_point(list.begin(), list.end(), [&](const Neighbour& n) { return n.unit < b; });
  return at != list.end() && at->unit == b ? &*at : nullptr;
}

PairGraph make_graph(std::span<const Unit> units, std::span<const Claim> claims,
                     std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs) {
  PairGraph graph;
  graph.pairs = std::move(pairs);
  graph.features.reserve(graph.pairs.size());
  graph.first.assign(units.size() + 1, 0);
  for (const auto& [a, b] : graph.pairs) {
    graph.features.push_back(
        compare(units[a], units[b], claims[units[a].claims.front()], claims[units[b].claims.front()]));
    ++graph.first[a + 1];
    ++graph.first[b + 1];
  }
  for (std::size_t u = 0; u < units.size(); ++u) graph.first[u + 1] += graph.first[u];
  for (const Unit& u : units) {
    for (std::size_t i = 0; i < u.numbers.size() && i < 8; ++i) {
      for (std::size_t j = i + 1; j < u.numbers.size() && j < 8; ++j) {
        const auto [low, high] = std::minmax(u.numbers[i].value, u.numbers[j].value);
        graph.numbers_together.push_back({low, high});
      }
    }
    for (std::size_t i = 0; i < u.days.size() && i < 8; ++i) {
      for (std::size_t j = i + 1; j < u.days.size() && j < 8; ++j)
        graph.days_together.push_back({u.days[i].first, u.days[j].first});
    }
  }
  for (std::size_t i = 0, j = 0; i < units.size(); i = j) {
    std::vector<std::uint32_t> named;
    for (; j < units.size() && units[j].article == units[i].article; ++j) {
      for (const FullName& n : units[j].full_names) named.push_back(n.name);
    }
    std::sort(named.begin(), named.end());
    named.erase(std::unique(named.begin(), named.end()), named.end());
    constexpr std::size_t most = 64;
    named.resize(std::min(named.size(), most));
    for (std::size_t x = 0; x < named.size(); ++x) {
      for (std::size_t y = x + 1; y < named.size(); ++y) graph.names_together.push_back({named[x], named[y]});
    }
  }
  std::sort(graph.names_together.begin(), graph.names_together.end());
  std::sort(graph.numbers_together.begin(), graph.numbers_together.end());
  std::sort(graph.days_together.begin(), graph.days_together.end());
  graph.neighbours.resize(2 * graph.pairs.size());
  std::vector<std::uint32_t> next(graph.first.begin(), graph.first.end() - 1);
  // Pairs are sorted: all (x, u) with x < u come before (u, y), so both passes together leave each list sorted.
  for (std::uint32_t p = 0; p < graph.pairs.size(); ++p) {
    graph.neighbours[next[graph.pairs[p].second]++] = {graph.pairs[p].first, p};
  }
  for (std::uint32_t p = 0; p < graph.pairs.size(); ++p) {
    graph.neighbours[next[graph.pairs[p].first]++] = {graph.pairs[p].second, p};
  }
  return graph;
}

double first_probability(const Model& model, const Features& f) { return logistic(dot(model.first.data(), f)); }

std::vector<Collective> look_around(std::span<const Unit> units, const PairGraph& graph) {
  const std::vector<double>& p = graph.probability;
  std::vector<std::uint32_t> origin_of;  // close together: looked up for every neighbour of every pair
  for (const Unit& unit : units) origin_of.push_back(unit.origin);
  std::vector<std::vector<Best>> best(units.size());
  std::vector<double> most(units.size(), 0.0);
  for (std::uint32_t u = 0; u < units.size(); ++u) {
    for (const PairGraph::Neighbour& n : graph.around(u)) {
      const std::uint32_t origin = origin_of[n.unit];
      auto at = std::find_if(best[u].begin(), best[u].end(), [&](const Best& b) { return b.origin == origin; });
      if (at == best[u].end()) at = best[u].insert(at, {origin, 0, 0});
      if (p[n.pair] > at->first) {
        at->second = at->first;
        at->first = p[n.pair];
      } else {
        at->second = std::max(at->second, p[n.pair]);
      }
      most[u] = std::max(most[u], p[n.pair]);
    }
  }
  // The best other partner of u in the origin of a partner that it has with probability v.
  const auto rival = [&](std::uint32_t u, std::uint32_t origin, double v) {
    for (const Best& b : best[u]) {
      if (b.origin == origin) return v >= b.first ? b.second : b.first;
    }
    return 0.0;
  };
  const auto at = [&](std::int64_t a, std::int64_t b, std::uint32_t article_a, std::uint32_t article_b) {
    const auto n = static_cast<std::int64_t>(units.size());
    if (a < 0 || b < 0 || a >= n || b >= n) return 0.0;
    const auto x = static_cast<std::uint32_t>(a), y = static_cast<std::uint32_t>(b);
    if (units[x].article != article_a || units[y].article != article_b) return 0.0;
    const PairGraph::Neighbour* pair = graph.find(x, y);
    return pair != nullptr ? p[pair->pair] : 0.0;
  };
  std::vector<Collective> out(graph.pairs.size());
  std::vector<double> with_a(units.size(), 0.0);  // probabilities of a's pairs with units of other origins
  for (std::size_t k = 0; k < graph.pairs.size(); ++k) {
    const auto [a, b] = graph.pairs[k];
    if (k == 0 || graph.pairs[k - 1].first != a) {  // pairs are sorted
      if (k != 0) {
        for (const PairGraph::Neighbour& n : graph.around(graph.pairs[k - 1].first)) with_a[n.unit] = 0;
      }
      for (const PairGraph::Neighbour& n : graph.around(a)) {
        if (origin_of[n.unit] != origin_of[a]) with_a[n.unit] = p[n.pair];
      }
    }
    const double v = p[k];
    const double rival_a = logit(rival(a, origin_of[b], v)), rival_b = logit(rival(b, origin_of[a], v));
    double third = 0, third_second = 0, sum = 0;
    for (const PairGraph::Neighbour& n : graph.around(b)) {
      const double x = origin_of[n.unit] != origin_of[b] ? with_a[n.unit] : 0.0, y = p[n.pair];
      const double least = std::min(x, y);
      sum += x * y;
      third_second = std::max(third_second, std::min(third, least));
      third = std::max(third, least);
    }
    double diagonal = 0, beside = 0;
    const std::uint32_t in_a = units[a].article, in_b = units[b].article;
    if (in_a != in_b) {
      for (const int i : {-1, 1}) {
        for (const int j : {-1, 1})
          diagonal = std::max(diagonal, at(std::int64_t{a} + i, std::int64_t{b} + j, in_a, in_b));
        beside = std::max({beside, at(std::int64_t{a} + i, b, in_a, in_b), at(a, std::int64_t{b} + i, in_a, in_b)});
      }
    }
    const double lead_a = std::max(logit(v) - rival_a, -4.0), lead_b = std::max(logit(v) - rival_b, -4.0);
    out[k] = {logit(v),
              std::min(rival_a, rival_b),
              std::max(rival_a, rival_b),
              third,
              third_second,
              std::min(2.0, sum),
              diagonal,
              beside,
              logit(std::min(most[a], most[b])),
              logit(std::max(most[a], most[b])),
              std::min(lead_a, lead_b),
              std::max(lead_a, lead_b)};
  }
  return out;
}

void estimate(const Model& model, std::span<const Unit> units, std::span<const Claim> claims,
              const std::function<double(const Claim&, const Claim&)>& similarity, PairGraph& graph) {
  const std::size_t n = graph.pairs.size();
  graph.probability.resize(n);
  for (std::size_t k = 0; k < n; ++k) {
    const auto [a, b] = graph.pairs[k];
    graph.probability[k] =
        similarity ? std::clamp(similarity(claims[units[a].claims.front()], claims[units[b].claims.front()]), 0.0, 1.0)
                   : first_probability(model, graph.features[k]);
  }
  const std::vector<Collective> once = look_around(units, graph);
  for (std::size_t k = 0; k < n; ++k) {
    graph.probability[k] =
        logistic(dot(model.second.data(), graph.features[k]) + dot(model.second.data() + feature_count, once[k]));
  }
  const std::vector<Collective> twice = look_around(units, graph);
  for (std::size_t k = 0; k < n; ++k) {
    graph.probability[k] =
        logistic(dot(model.third.data(), graph.features[k]) + dot(model.third.data() + feature_count, once[k]) +
                 dot(model.third.data() + feature_count + collective_count, twice[k]));
    // What may be is not what is: of a supposition and a statement less is believed.
    const auto [a, b] = graph.pairs[k];
    if (units[a].cues.supposes != units[b].cues.supposes) graph.probability[k] *= supposition;
  }
}

}  // namespace storymerge::align

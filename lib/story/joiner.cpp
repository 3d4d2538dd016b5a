#include "story/joiner.h"

#include <algorithm>
#include <numeric>
#include <queue>

namespace storymerge {
namespace {

constexpr std::size_t longest_sum = 2048;  // features of a group's sum; half are kept when it grows beyond
constexpr std::size_t sample_size = 6;     // members of a group that stand for it, by a user's own similarity

// a + b, where long sums lose their lightest features.
SparseVector add(const SparseVector& a, const SparseVector& b) {
  SparseVector sum;
  sum.reserve(a.size() + b.size());
  auto x = a.begin(), y = b.begin();
  while (x != a.end() && y != b.end()) {
    if (x->key < y->key) {
      sum.push_back(*x++);
    } else if (y->key < x->key) {
      sum.push_back(*y++);
    } else {
      sum.push_back({x->key, x->value + y->value});
      ++x, ++y;
    }
  }
  sum.insert(sum.end(), x, a.end());
  sum.insert(sum.end(), y, b.end());
  if (sum.size() > longest_sum) {
    std::nth_element(sum.begin(), sum.begin() + longest_sum / 2, sum.end(), [](const Weight& v, const Weight& w) {
      return v.value != w.value ? v.value > w.value : v.key < w.key;
    });
    sum.resize(longest_sum / 2);
    std::sort(sum.begin(), sum.end(), [](const Weight& v, const Weight& w) { return v.key < w.key; });
  }
  return sum;
}

struct Group {
  SparseVector sum;  // empty for one node, whose vector is its sum
  Nodes nodes;       // empty: joined to another
  Nodes enemies;     // nodes that must stay apart from it
  double beats = 0;
  double first_day = 1e18, last_day = -1e18;  // no day: first after last
};

class Joiner {
 public:
  Joiner(const Texts& texts, Pairs apart, double cut)
      : texts_(texts), cut_(cut), groups_(texts.profiles.size()), group_of_(texts.profiles.size()) {
    std::iota(group_of_.begin(), group_of_.end(), 0u);
    for (std::uint32_t i = 0; i < groups_.size(); ++i) {
      groups_[i].nodes = {i};
      groups_[i].beats = texts.beats[i];
      if (const auto day = texts.profiles[i].day) groups_[i].first_day = groups_[i].last_day = *day;
    }
    for (const auto& [a, b] : apart) {
      groups_[a].enemies.push_back(b);
      groups_[b].enemies.push_back(a);
    }
  }

  // A pair is scored again when one of its groups has grown since; the last result for each pair and size is remembered,
  // as a thousand edges may lead to one pair of groups.
  std::vector<Nodes> run(std::span<const Edge> edges) {
    std::vector<Candidate> first;
    first.reserve(edges.size());
    for (const Edge& e : edges) {
      const double score = texts_.similarity(e.a, e.b, e.score) - (texts_.beats[e.a] + texts_.beats[e.b]) / 2;
      if (score >= cut_) first.push_back({score, e.a, e.b, 1, 1});
    }
    std::priority_queue<Candidate> queue(std::less<Candidate>{}, std::move(first));
    boost::unordered_flat_map<std::uint64_t, std::uint64_t> scored;  // pair of groups -> their sizes when last scored
    while (!queue.empty()) {
      const Candidate top = queue.top();
      queue.pop();
      std::uint32_t a = group_of(top.a), b = group_of(top.b);
      if (a == b) continue;
      if (a > b) std::swap(a, b);
      const std::uint32_t size_a = size(a), size_b = size(b);
      if (a == top.a && b == top.b && size_a == top.size_a && size_b == top.size_b) {
        if (may_join(a, b)) unite(a, b);
        continue;
      }
      std::uint64_t& last = scored[std::uint64_t{a} << 32 | b];
      const std::uint64_t sizes = std::uint64_t{size_a} << 32 | size_b;
      if (last == sizes) continue;
      last = sizes;
      const double score = similarity(groups_[a], groups_[b]);
      if (score >= cut_) queue.push({score, a, b, size_a, size_b});
    }
    std::vector<Nodes> out;
    for (Group& g : groups_) {
      if (g.nodes.empty()) continue;
      std::sort(g.nodes.begin(), g.nodes.end());
      out.push_back(std::move(g.nodes));
    }
    std::sort(out.begin(), out.end());
    return out;
  }

 private:
  struct Candidate {
    double score;
    std::uint32_t a, b, size_a, size_b;
    bool operator<(const Candidate& o) const {
      if (score != o.score) return score < o.score;
      return a != o.a ? a > o.a : b > o.b;
    }
  };

  const SparseVector& sum_of(const Group& g) const { return g.nodes.size() == 1 ? texts_.vectors[g.nodes[0]] : g.sum; }

  std::uint32_t size(std::uint32_t g) const { return static_cast<std::uint32_t>(groups_[g].nodes.size()); }

  std::uint32_t group_of(std::uint32_t i) {
    while (group_of_[i] != i) i = group_of_[i] = group_of_[group_of_[i]];
    return i;
  }

  bool may_join(std::uint32_t a, std::uint32_t b) {
    if (groups_[a].enemies.size() > groups_[b].enemies.size()) std::swap(a, b);
    return std::none_of(groups_[a].enemies.begin(), groups_[a].enemies.end(),
                        [&](std::uint32_t enemy) { return group_of(enemy) == b; });
  }

  double similarity(const Group& a, const Group& b) const {
    const auto size_a = static_cast<double>(a.nodes.size()), size_b = static_cast<double>(b.nodes.size());
    if (texts_.rules.similarity) {  // no sums for a function that we know nothing of: a sample of pairs
      const Nodes x = sample_of(a.nodes, sample_size), y = sample_of(b.nodes, sample_size);
      double sum = 0;
      for (const std::uint32_t i : x) {
        for (const std::uint32_t j : y) sum += texts_.similarity(i, j);
      }
      return sum / static_cast<double>(x.size() * y.size());
    }
    double score = dot(sum_of(a), sum_of(b)) / (size_a * size_b);
    if (texts_.rules.time && a.first_day <= a.last_day && b.first_day <= b.last_day) {
      score *= time_factor(std::max({0.0, a.first_day - b.last_day, b.first_day - a.last_day}));
    }
    return score - (a.beats / size_a + b.beats / size_b) / 2;
  }

  void unite(std::uint32_t a, std::uint32_t b) {
    if (size(a) < size(b)) std::swap(a, b);
    Group &into = groups_[a], &from = groups_[b];
    group_of_[b] = a;
    into.sum = add(sum_of(into), sum_of(from));
    into.nodes.insert(into.nodes.end(), from.nodes.begin(), from.nodes.end());
    into.enemies.insert(into.enemies.end(), from.enemies.begin(), from.enemies.end());
    into.beats += from.beats;
    into.first_day = std::min(into.first_day, from.first_day);
    into.last_day = std::max(into.last_day, from.last_day);
    from = {};
  }

  const Texts& texts_;
  const double cut_;
  std::vector<Group> groups_;
  std::vector<std::uint32_t> group_of_;
};

}  // namespace

std::vector<Nodes> join_groups(const Texts& texts, std::span<const Edge> edges, Pairs apart, double cut) {
  return Joiner(texts, apart, cut).run(edges);
}

}  // namespace storymerge

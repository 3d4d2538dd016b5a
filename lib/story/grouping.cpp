#include "story/grouping.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <queue>

#include "support/parallel.h"

namespace storymerge {
namespace {

using Nodes = std::vector<std::uint32_t>;

constexpr std::size_t sample_size = 48;    // members of a group that decide whether it is cut
constexpr std::size_t seed_features = 40;  // features that a cut is tried by
constexpr std::size_t longest_sum = 2048;  // features of a group's sum; half are kept when it grows beyond

double pair_similarity(std::uint32_t a, std::uint32_t b, double score, std::span<const Profile> profiles,
                       const GroupingRules& rules) {
  if (rules.time && profiles[a].day && profiles[b].day) score *= time_factor(*profiles[a].day - *profiles[b].day);
  return rules.similarity ? rules.similarity(a, b, score) : score;
}

// Up to `count` of the nodes, evenly spread.
Nodes sample_of(const Nodes& nodes, std::size_t count) {
  if (nodes.size() <= count) return nodes;
  Nodes out(count);
  for (std::size_t i = 0; i < count; ++i) out[i] = nodes[i * nodes.size() / count];
  return out;
}

// ---- Joining --------------------------------------------------------------------------------------------------------

struct Group {
  SparseVector sum;
  Nodes nodes;    // empty: joined to another
  Nodes enemies;  // nodes that must stay apart from it
  double days = 0;
  double dated = 0;
};

class Joiner {
 public:
  Joiner(std::span<const Profile> profiles, std::span<const SparseVector> vectors,
         std::span<const std::pair<std::uint32_t, std::uint32_t>> apart, const GroupingRules& rules)
      : profiles_(profiles), vectors_(vectors), rules_(rules), groups_(profiles.size()), group_of_(profiles.size()) {
    std::iota(group_of_.begin(), group_of_.end(), 0u);
    for (std::uint32_t i = 0; i < profiles.size(); ++i) {
      groups_[i].nodes = {i};
      groups_[i].sum = vectors[i];
      if (profiles[i].day) groups_[i].days = *profiles[i].day, groups_[i].dated = 1;
    }
    for (const auto& [a, b] : apart) {
      groups_[a].enemies.push_back(b);
      groups_[b].enemies.push_back(a);
    }
  }

  // The best pair of groups is joined until none reaches the cut. A pair is scored again when one of its groups has
  // grown since; the last result for each pair and size is remembered, as a thousand edges may lead to one pair of
  // groups.
  std::vector<Nodes> run(std::span<const Edge> edges) {
    struct Candidate {
      double score;
      std::uint32_t a, b, size_a, size_b;
      bool operator<(const Candidate& o) const {
        if (score != o.score) return score < o.score;
        return a != o.a ? a > o.a : b > o.b;
      }
    };
    std::vector<Candidate> first;
    first.reserve(edges.size());
    for (const Edge& e : edges) {
      const double score = pair_similarity(e.a, e.b, e.score, profiles_, rules_);
      if (score >= rules_.cut) first.push_back({score, e.a, e.b, 1, 1});
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
        if (!may_join(a, b)) continue;
        unite(a, b);
        continue;
      }
      std::uint64_t& last = scored[std::uint64_t{a} << 32 | b];
      const std::uint64_t sizes = std::uint64_t{size_a} << 32 | size_b;
      if (last == sizes) continue;
      last = sizes;
      const double score = similarity(groups_[a], groups_[b]);
      if (score >= rules_.cut) queue.push({score, a, b, size_a, size_b});
    }
    std::vector<Nodes> out;
    for (Group& g : groups_) {
      if (g.nodes.empty()) continue;
      std::sort(g.nodes.begin(), g.nodes.end());
      out.push_back(std::move(g.nodes));
    }
    return out;
  }

 private:
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
    if (rules_.similarity) {  // no sums for a function that we know nothing of: a sample of pairs
      const Nodes x = sample_of(a.nodes, 6), y = sample_of(b.nodes, 6);
      double sum = 0;
      for (const std::uint32_t i : x) {
        for (const std::uint32_t j : y) {
          sum += pair_similarity(std::min(i, j), std::max(i, j), dot(vectors_[i], vectors_[j]), profiles_, rules_);
        }
      }
      return sum / static_cast<double>(x.size() * y.size());
    }
    double score = dot(a.sum, b.sum) / (static_cast<double>(a.nodes.size()) * static_cast<double>(b.nodes.size()));
    if (rules_.time && a.dated > 0 && b.dated > 0) score *= time_factor(a.days / a.dated - b.days / b.dated);
    return score;
  }

  void unite(std::uint32_t a, std::uint32_t b) {
    if (size(a) < size(b)) std::swap(a, b);
    Group &into = groups_[a], &from = groups_[b];
    group_of_[b] = a;
    into.nodes.insert(into.nodes.end(), from.nodes.begin(), from.nodes.end());
    into.enemies.insert(into.enemies.end(), from.enemies.begin(), from.enemies.end());
    into.days += from.days;
    into.dated += from.dated;
    SparseVector sum;
    sum.reserve(into.sum.size() + from.sum.size());
    auto x = into.sum.begin(), y = from.sum.begin();
    while (x != into.sum.end() && y != from.sum.end()) {
      if (x->key < y->key) {
        sum.push_back(*x++);
      } else if (y->key < x->key) {
        sum.push_back(*y++);
      } else {
        sum.push_back({x->key, x->value + y->value});
        ++x, ++y;
      }
    }
    sum.insert(sum.end(), x, into.sum.end());
    sum.insert(sum.end(), y, from.sum.end());
    if (sum.size() > longest_sum) {
      std::nth_element(sum.begin(), sum.begin() + longest_sum / 2, sum.end(), [](const Weight& v, const Weight& w) {
        return v.value != w.value ? v.value > w.value : v.key < w.key;
      });
      sum.resize(longest_sum / 2);
      std::sort(sum.begin(), sum.end(), [](const Weight& v, const Weight& w) { return v.key < w.key; });
    }
    into.sum = std::move(sum);
    from = {};
  }

  std::span<const Profile> profiles_;
  std::span<const SparseVector> vectors_;
  const GroupingRules& rules_;
  std::vector<Group> groups_;
  std::vector<std::uint32_t> group_of_;
};

// ---- Cutting --------------------------------------------------------------------------------------------------------

// Pairwise values of a sample, and the means of a cut.
class Table {
 public:
  explicit Table(std::size_t m) : m_(m), values_(m * m) {}
  double& at(std::size_t i, std::size_t j) { return values_[i * m_ + j]; }
  double at(std::size_t i, std::size_t j) const { return values_[i * m_ + j]; }
  std::size_t size() const { return m_; }

  // Similarity across the cut as a share of that within its two sides; 9 when a side has fewer than two.
  double ratio(const std::vector<bool>& side) const {
    double within[2] = {0, 0}, across = 0, count[2] = {0, 0};
    for (std::size_t i = 0; i < m_; ++i) {
      ++count[side[i]];
      for (std::size_t j = 0; j < i; ++j) (side[i] == side[j] ? within[side[i]] : across) += at(i, j);
    }
    if (std::min(count[0], count[1]) < 2) return 9;
    const double inside = within[0] / (count[0] * (count[0] - 1)) + within[1] / (count[1] * (count[1] - 1));
    return across / (count[0] * count[1]) / std::max(inside, 1e-9);
  }

 private:
  std::size_t m_;
  std::vector<double> values_;
};

// Moves members to the side that they are more like, as long as that helps.
void refine(const Table& table, std::vector<bool>& side) {
  const std::size_t m = table.size();
  for (int round = 0; round < 20; ++round) {
    bool moved = false;
    for (std::size_t i = 0; i < m; ++i) {
      double sum[2] = {0, 0}, count[2] = {0, 0};
      for (std::size_t j = 0; j < m; ++j) {
        if (j == i) continue;
        sum[side[j]] += table.at(i, j);
        ++count[side[j]];
      }
      if (count[side[i]] < 2 || count[!side[i]] == 0) continue;  // two stay on each side
      if (sum[!side[i]] / count[!side[i]] > sum[side[i]] / count[side[i]] + 1e-12) {
        side[i] = !side[i];
        moved = true;
      }
    }
    if (!moved) return;
  }
}

// Average linkage down to two.
std::vector<bool> two_by_linkage(Table table) {
  const std::size_t m = table.size();
  std::vector<double> size(m, 1);
  std::vector<std::size_t> group(m);
  std::iota(group.begin(), group.end(), std::size_t{0});
  for (std::size_t left = m; left > 2; --left) {
    std::size_t a = 0, b = 0;
    double best = -1;
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t j = i + 1; size[i] > 0 && j < m; ++j) {
        if (size[j] > 0 && table.at(i, j) > best) best = table.at(i, j), a = i, b = j;
      }
    }
    for (std::size_t k = 0; k < m; ++k) {
      table.at(a, k) = table.at(k, a) = (size[a] * table.at(a, k) + size[b] * table.at(b, k)) / (size[a] + size[b]);
    }
    size[a] += size[b];
    size[b] = 0;
    for (std::size_t& g : group) g = g == b ? a : g;
  }
  std::vector<bool> side(m);
  for (std::size_t i = 0; i < m; ++i) side[i] = group[i] != group[0];
  return side;
}

class Cutter {
 public:
  Cutter(std::span<const Profile> profiles, std::span<const SparseVector> vectors, const GroupingRules& rules)
      : profiles_(profiles), vectors_(vectors), rules_(rules) {}

  void cut(const Nodes& nodes, std::vector<Nodes>& out) const {
    if (nodes.size() < 4) {
      keep_close(nodes, out);
      return;
    }
    const Nodes sample = sample_of(nodes, sample_size);
    const std::size_t m = sample.size();
    const std::vector<SparseVector> local = local_vectors(sample);
    Table inside(m), global(m);
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        double near = dot(local[i], local[j]);
        if (rules_.time && profiles_[sample[i]].day && profiles_[sample[j]].day) {
          near *= time_factor(*profiles_[sample[i]].day - *profiles_[sample[j]].day);
        }
        inside.at(i, j) = inside.at(j, i) = near;
        global.at(i, j) = global.at(j, i) =
            pair_similarity(sample[j], sample[i], dot(vectors_[sample[i]], vectors_[sample[j]]), profiles_, rules_);
      }
    }
    const std::vector<bool> side = best_cut(inside, global, local);
    const auto right = static_cast<std::size_t>(std::count(side.begin(), side.end(), true));
    const std::size_t smaller = std::min(right, m - right);
    const double limit = smaller >= 3 ? rules_.split : rules_.split_small;
    const double ratio = global.ratio(side);
    const bool twins = smaller == 2 && m == 4 && ratio < rules_.split && apart(sample, global, side);
    if (smaller < 2 || (ratio >= limit && !twins)) {
      drop_strangers(nodes, sample, global, out);
      return;
    }
    Nodes sides[2];
    if (m == nodes.size()) {
      for (std::size_t i = 0; i < m; ++i) sides[side[i]].push_back(nodes[i]);
    } else {  // the others go to the side whose sample they are more like
      for (const std::uint32_t node : nodes) {
        double sum[2] = {0, 0};
        for (std::size_t i = 0; i < m; ++i) {
          sum[side[i]] += pair_similarity(std::min(node, sample[i]), std::max(node, sample[i]),
                                          dot(vectors_[node], vectors_[sample[i]]), profiles_, rules_);
        }
        const bool to = sum[1] * static_cast<double>(m - right) > sum[0] * static_cast<double>(right);
        sides[to].push_back(node);
      }
    }
    if (sides[0].empty() || sides[1].empty()) {
      out.push_back(nodes);
      return;
    }
    cut(sides[0], out);
    cut(sides[1], out);
  }

 private:
  // Have the two sides less in common than two texts alone would need, on average?
  bool apart(const Nodes& sample, const Table& global, const std::vector<bool>& side) const {
    double spare = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (side[i] == side[j]) continue;
        const double need =
            rules_.similarity ? rules_.cut_own : needed(profiles_[sample[i]], profiles_[sample[j]], rules_);
        spare += global.at(i, j) / need - 1;
      }
    }
    return spare < 0;
  }

  // A group that is not cut, without members that are far less like the others than these are like one another.
  void drop_strangers(const Nodes& nodes, const Nodes& sample, const Table& global, std::vector<Nodes>& out) const {
    const std::size_t m = sample.size();
    double all = 0;
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t j = 0; j < i; ++j) all += global.at(i, j);
    }
    Nodes kept;
    for (const std::uint32_t node : nodes) {
      double own = 0, others = 0;
      bool sampled = false;
      for (const std::uint32_t other : sample) {
        if (other == node) {
          sampled = true;
          continue;
        }
        own += pair_similarity(std::min(node, other), std::max(node, other), dot(vectors_[node], vectors_[other]),
                               profiles_, rules_);
        ++others;
      }
      const double rest = sampled ? all - own : all;
      if (own / others < rules_.stranger * rest / (others * (others - 1) / 2)) {
        out.push_back({node});
      } else {
        kept.push_back(node);
      }
    }
    if (!kept.empty()) out.push_back(std::move(kept));
  }

  // Two or three: average linkage down to what each pair needs.
  void keep_close(const Nodes& nodes, std::vector<Nodes>& out) const {
    const auto spare = [&](std::size_t i, std::size_t j) {  // similarity as a share of that needed
      const std::uint32_t a = nodes[i], b = nodes[j];
      const double need = rules_.similarity ? rules_.cut_own : needed(profiles_[a], profiles_[b], rules_);
      return pair_similarity(a, b, dot(vectors_[a], vectors_[b]), profiles_, rules_) / need;
    };
    if (nodes.size() == 1 || (nodes.size() == 2 && spare(0, 1) >= 1)) {
      out.push_back(nodes);
    } else if (nodes.size() == 2) {
      out.insert(out.end(), {{nodes[0]}, {nodes[1]}});
    } else {
      const double s[3] = {spare(1, 2), spare(0, 2), spare(0, 1)};  // s[i]: of the two that are not i
      const std::size_t odd = static_cast<std::size_t>(std::max_element(s, s + 3) - s);
      if (s[odd] < 1) {
        out.insert(out.end(), {{nodes[0]}, {nodes[1]}, {nodes[2]}});
      } else if ((s[0] + s[1] + s[2] - s[odd]) / 2 >= 1) {
        out.push_back(nodes);
      } else {
        Nodes pair = nodes;
        pair.erase(pair.begin() + static_cast<std::ptrdiff_t>(odd));
        out.push_back(std::move(pair));
        out.push_back({nodes[odd]});
      }
    }
  }

  // Unit vectors by how features are spread over the sample: those of one member or of all say nothing.
  std::vector<SparseVector> local_vectors(const Nodes& sample) const {
    const std::size_t m = sample.size();
    boost::unordered_flat_map<std::uint64_t, std::uint32_t, KeyHash> held;
    for (const std::uint32_t node : sample) {
      for (const Feature& f : profiles_[node].features) ++held[f.key];
    }
    std::vector<SparseVector> out(m);
    for (std::size_t i = 0; i < m; ++i) {
      double norm = 0;
      for (const Feature& f : profiles_[sample[i]].features) {
        const std::uint32_t df = held.find(f.key)->second;
        if (df < 2 || df == m) continue;
        const double spread = std::sqrt(std::log((static_cast<double>(m) + 0.5) / df));
        const double value = spread * (f.channel == Channel::number ? 2 : std::sqrt(f.count));
        out[i].push_back({f.key, static_cast<float>(value)});
        norm += value * value;
      }
      for (Weight& w : out[i]) w.value = static_cast<float>(w.value / std::sqrt(norm));
    }
    return out;
  }

  // Cuts are found by the weights inside the group, and the best of them chosen by those of the whole corpus.
  static std::vector<bool> best_cut(const Table& inside, const Table& global, const std::vector<SparseVector>& local) {
    const std::size_t m = local.size();
    std::vector<bool> best;
    double best_value = 0;
    std::vector<std::vector<bool>> tried;
    const auto attempt = [&](std::vector<bool> side) {
      refine(inside, side);
      if (side[0]) side.flip();
      if (std::find(tried.begin(), tried.end(), side) != tried.end()) return;
      const auto right = static_cast<std::size_t>(std::count(side.begin(), side.end(), true));
      // A small side may be a chance; it has to be the more distinct.
      const double value =
          global.ratio(side) * (1 + 1.0 / static_cast<double>(std::max<std::size_t>(1, std::min(right, m - right))));
      if (best.empty() || value < best_value) best = side, best_value = value;
      tried.push_back(std::move(side));
    };
    attempt(two_by_linkage(inside));
    for (const std::uint64_t key : seeds(local)) {
      std::vector<bool> side(m);
      for (std::size_t i = 0; i < m; ++i) {
        const auto at = std::lower_bound(local[i].begin(), local[i].end(), key,
                                         [](const Weight& w, std::uint64_t k) { return w.key < k; });
        side[i] = at != local[i].end() && at->key == key;
      }
      attempt(std::move(side));
    }
    return best;
  }

  // The features that weigh most in the sample.
  static std::vector<std::uint64_t> seeds(const std::vector<SparseVector>& local) {
    SparseVector all;
    for (const SparseVector& v : local) all.insert(all.end(), v.begin(), v.end());
    std::stable_sort(all.begin(), all.end(), [](const Weight& a, const Weight& b) { return a.key < b.key; });
    std::size_t kept = 0;
    for (const Weight& w : all) {
      if (kept > 0 && all[kept - 1].key == w.key) {
        all[kept - 1].value += w.value;
      } else {
        all[kept++] = w;
      }
    }
    all.resize(kept);
    const std::size_t count = std::min(seed_features, kept);
    std::partial_sort(
        all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count), all.end(),
        [](const Weight& a, const Weight& b) { return a.value != b.value ? a.value > b.value : a.key < b.key; });
    std::vector<std::uint64_t> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(all[i].key);
    return out;
  }

  std::span<const Profile> profiles_;
  std::span<const SparseVector> vectors_;
  const GroupingRules& rules_;
};

}  // namespace

double needed(const Profile& a, const Profile& b, const GroupingRules& rules) {
  return rules.cut_few * std::exp(rules.twins * divergence(a, b).degree);
}

double time_factor(double days) {
  constexpr double sigma = 3, floor = 0.6;
  return floor + (1 - floor) * std::exp(-days * days / (2 * sigma * sigma));
}

std::vector<std::uint32_t> group_profiles(std::span<const Profile> profiles, std::span<const SparseVector> vectors,
                                          std::span<const std::pair<std::uint32_t, std::uint32_t>> apart,
                                          const GroupingRules& rules) {
  const std::vector<Edge> edges = find_neighbours(vectors, rules.similarity ? 0 : rules.cut, rules.threads);
  const std::vector<Nodes> loose = Joiner(profiles, vectors, apart, rules).run(edges);
  std::vector<std::vector<Nodes>> cut(loose.size());
  const Cutter cutter(profiles, vectors, rules);
  parallel_for(loose.size(), rules.threads, [&](std::size_t i) { cutter.cut(loose[i], cut[i]); });

  std::vector<std::uint32_t> label(profiles.size()), number;
  std::uint32_t groups = 0;
  for (const auto& parts : cut) {
    for (const Nodes& part : parts) {
      for (const std::uint32_t node : part) label[node] = groups;
      ++groups;
    }
  }
  number.assign(groups, groups);
  std::uint32_t next = 0;
  for (std::uint32_t& l : label) {
    if (number[l] == groups) number[l] = next++;
    l = number[l];
  }
  return label;
}

}  // namespace storymerge

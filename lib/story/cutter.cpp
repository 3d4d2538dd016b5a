#include "story/cutter.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "support/parallel.h"

namespace storymerge {
namespace {

constexpr std::size_t sample_size = 48;    // members of a group that decide whether it is cut
constexpr std::size_t seed_features = 40;  // features that a cut is tried by
constexpr double named = 2;  // weight of a word in a name, beside that of the word: twins differ in their names

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

// Both tables, each as shares of its own sum: the group's weights tell the sides apart, the corpus's weigh more for who stands
// on which.
Table sum_of_shares(const Table& inside, const Table& global) {
  constexpr double weight = 4;  // of `global`; 3 to 5 give the same on the sets of GroupingRules
  const std::size_t m = global.size();
  double inside_sum = 1e-9, global_sum = 1e-9;
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < i; ++j) inside_sum += inside.at(i, j), global_sum += global.at(i, j);
  }
  Table out(m);
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < m; ++j)
      out.at(i, j) = inside.at(i, j) / inside_sum + weight * global.at(i, j) / global_sum;
  }
  return out;
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
  Cutter(const Texts& texts, double unknown) : texts_(texts), rules_(texts.rules), unknown_(unknown) {}

  void cut(const Nodes& nodes, std::vector<Nodes>& out) const {
    if (nodes.size() < 4) {
      keep_close(nodes, out);
      return;
    }
    const Nodes sample = sample_of(nodes, sample_size);
    const std::size_t m = sample.size();
    const std::vector<SparseVector> local = local_vectors(sample);
    Table inside(m), global(m), plain(m);  // plain: global without rivalry
    const std::vector<double> likeness = products(local);
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        double near = likeness[i * m + j];
        if (rules_.time && texts_.profiles[sample[i]].day && texts_.profiles[sample[j]].day) {
          near *= time_factor(*texts_.profiles[sample[i]].day - *texts_.profiles[sample[j]].day);
        }
        inside.at(i, j) = inside.at(j, i) = near;
        plain.at(i, j) = plain.at(j, i) = texts_.similarity(sample[j], sample[i]);
        global.at(i, j) = global.at(j, i) = plain.at(i, j) / rivalry_in_group(sample[i], sample[j]);
      }
    }
    std::vector<bool> side = best_cut(inside, global, local);
    refine(sum_of_shares(inside, global), side);
    const auto right = static_cast<std::size_t>(std::count(side.begin(), side.end(), true));
    const std::size_t smaller = std::min(right, m - right);
    const double limit = smaller < 3 ? rules_.split_small : rules_.split;
    const double ratio = global.ratio(side);
    const bool twins = smaller == 2 && m == 4 && ratio < rules_.split && apart(sample, global, side);
    if (smaller < 2 || (ratio >= limit && !twins)) {
      drop_strangers(nodes, sample, plain, global, out);
      return;
    }
    Nodes sides[2];
    if (m == nodes.size()) {
      for (std::size_t i = 0; i < m; ++i) sides[side[i]].push_back(nodes[i]);
    } else {  // the others go to the side whose sample they are more like
      for (const std::uint32_t node : nodes) {
        double sum[2] = {0, 0};
        for (std::size_t i = 0; i < m; ++i) {
          sum[side[i]] += texts_.similarity(node, sample[i]);
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
  double rivalry_in_group(std::uint32_t a, std::uint32_t b) const {
    const Profile &x = texts_.profiles[a], &y = texts_.profiles[b];
    if (!rules_.time || x.day.has_value() != y.day.has_value()) return 1;
    const bool days = rival_days(x, y), numbers = rival_numbers(x, y);
    if (x.day) return days && numbers ? rules_.rival_in_group : 1;
    return days ? rules_.rival_in_group / time_factor(rules_.named_apart) : numbers ? rules_.rival_in_group : 1;
  }

  // Have the two sides less in common than two texts alone would need, on average?
  bool apart(const Nodes& sample, const Table& global, const std::vector<bool>& side) const {
    double spare = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (side[i] == side[j]) continue;
        const double need = need_of(sample[i], sample[j]);
        spare += global.at(i, j) / need - 1;
      }
    }
    return spare < 0;
  }

  // A group that is not cut, without members that are far less like the others than these are like one another.
  void drop_strangers(const Nodes& nodes, const Nodes& sample, const Table& plain, const Table& global,
                      std::vector<Nodes>& out) const {
    const std::size_t m = sample.size();
    double all = 0;
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t j = 0; j < i; ++j) all += global.at(i, j);
    }
    Nodes kept;
    for (const std::uint32_t node : nodes) {
      const auto at = static_cast<std::size_t>(std::find(sample.begin(), sample.end(), node) - sample.begin());
      const bool sampled = at < m;
      double own = 0;
      for (std::size_t i = 0; i < m; ++i) {
        if (i != at) own += sampled ? plain.at(at, i) : texts_.similarity(node, sample[i]);
      }
      const auto others = static_cast<double>(sampled ? m - 1 : m);
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
      return texts_.similarity(a, b) / need_of(a, b);
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
      for (const Weight& w : texts_.vectors[node]) ++held[w.key];
    }
    std::vector<SparseVector> out(m);
    for (std::size_t i = 0; i < m; ++i) {
      double norm = 0;
      for (const Weight& w : texts_.vectors[sample[i]]) {
        const std::uint32_t df = held.find(w.key)->second;
        if (df < 2 || df == m) continue;
        const double spread = std::sqrt(std::log((static_cast<double>(m) + 0.5) / df));
        const double value =
            spread * std::sqrt(static_cast<float>(w.count)) * (w.channel() == Channel::name ? named : 1);
        out[i].push_back({w.key, static_cast<float>(value)});
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

  double need_of(std::uint32_t a, std::uint32_t b) const {
    return rules_.similarity ? rules_.own
                             : needed({texts_.profiles[a], texts_.vectors[a]}, {texts_.profiles[b], texts_.vectors[b]},
                                      unknown_, rules_);
  }

  const Texts& texts_;
  const GroupingRules& rules_;
  const double unknown_;
};

}  // namespace

std::vector<Nodes> cut_groups(const Texts& texts, std::span<const Nodes> groups, double unknown) {
  std::vector<std::vector<Nodes>> parts(groups.size());
  const Cutter cutter(texts, unknown);
  parallel_for(groups.size(), texts.rules.threads, [&](std::size_t i) { cutter.cut(groups[i], parts[i]); });
  std::vector<Nodes> out;
  for (std::vector<Nodes>& list : parts) std::move(list.begin(), list.end(), std::back_inserter(out));
  return out;
}

}  // namespace storymerge

#include "story/roundups.h"

#include <algorithm>

namespace storymerge {
namespace {

// A roundup shares with each event what it shares with no other. Set so that no article of allsides, neus, basil,
// giveme5w1h, ECB+ and the gold stories that tells of one event alone is one.
struct RoundupRules {
  std::size_t events = 3;  // from so many on
  double alike = 0.1;      // similarity to each: more than joins two groups
  double even = 0.5;       // and at least this share of that to the nearest: it dwells on none
  double apart = 0.03;     // similarity of two events is below that
  double common = 0.25;    // share of what it has in common with one event that it also has in common with another
  std::size_t neighbours = 12;
};
constexpr RoundupRules rules;

// What two texts share, as parts of 1.
SparseVector shared_parts(const SparseVector& a, const SparseVector& b) {
  SparseVector out;
  double sum = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const std::uint64_t x = a[i].key, y = b[j].key;
    if (x == y) {
      out.push_back({x, a[i].value * b[j].value});
      sum += out.back().value;
    }
    i += x <= y;
    j += y <= x;
  }
  for (Weight& w : out) w.value = static_cast<float>(w.value / sum);
  return out;
}

double overlap(const SparseVector& a, const SparseVector& b) {
  double sum = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const std::uint64_t x = a[i].key, y = b[j].key;
    if (x == y) sum += std::min(a[i].value, b[j].value);
    i += x <= y;
    j += y <= x;
  }
  return sum;
}

}  // namespace

Nodes find_roundups(const Texts& texts, std::span<const Edge> edges) {
  const std::size_t n = texts.profiles.size();
  std::vector<std::vector<std::pair<double, std::uint32_t>>> near(n);
  for (const Edge& e : edges) {
    const double score = texts.similarity(e.a, e.b, e.score);
    if (score < rules.alike) continue;
    near[e.a].push_back({-score, e.b});
    near[e.b].push_back({-score, e.a});
  }
  Nodes out;
  for (std::uint32_t i = 0; i < n; ++i) {
    if (near[i].size() < rules.events) continue;
    std::sort(near[i].begin(), near[i].end());
    if (near[i].size() > rules.neighbours) near[i].resize(rules.neighbours);
    Nodes events;  // one report of each
    std::vector<SparseVector> parts;
    for (const auto& [score, other] : near[i]) {
      if (-score < -rules.even * near[i].front().first) break;
      const SparseVector part = shared_parts(texts.vectors[i], texts.vectors[other]);
      bool is_new = true;
      for (std::size_t e = 0; is_new && e < events.size(); ++e) {
        is_new = overlap(part, parts[e]) < rules.common && texts.similarity(other, events[e]) < rules.apart;
      }
      if (!is_new) continue;
      events.push_back(other);
      parts.push_back(part);
    }
    if (events.size() >= rules.events) out.push_back(i);
  }
  return out;
}

}  // namespace storymerge

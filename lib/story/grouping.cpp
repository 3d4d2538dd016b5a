#include "story/grouping.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "story/cutter.h"
#include "story/joiner.h"
#include "story/roundups.h"
#include "support/parallel.h"

namespace storymerge {
namespace {

// How alike each text is to its nearest neighbours that are not surely of its event.
std::vector<double> find_beats(const Texts& texts, std::span<const Edge> edges, Pairs apart,
                               const Surroundings& elsewhere) {
  const GroupingRules& rules = texts.rules;
  const std::size_t n = texts.profiles.size();
  const std::vector<Nodes> events = join_groups(texts, edges, apart, rules.tight);
  std::vector<std::uint32_t> event_of(n);
  for (std::uint32_t e = 0; e < events.size(); ++e) {
    for (const std::uint32_t i : events[e]) event_of[i] = e;
  }
  std::vector<std::vector<float>> near = elsewhere.near;
  near.resize(n);
  for (const Edge& e : edges) {
    if (event_of[e.a] == event_of[e.b]) continue;
    const auto score = static_cast<float>(texts.similarity(e.a, e.b, e.score));
    near[e.a].push_back(score);
    near[e.b].push_back(score);
  }
  std::vector<double> out(n);
  for (std::size_t i = 0; i < n; ++i) out[i] = beat_of(std::move(near[i]), rules);
  return out;
}

// A text alone joins the group that it is far more like than any other: an eyewitness's report shares little with the
// agency's, but less still with anything else.
void adopt(const Texts& texts, std::span<const Edge> edges, Pairs apart, double unknown, std::vector<Nodes>& groups) {
  const std::size_t n = texts.profiles.size();
  std::vector<std::uint32_t> group_of(n);
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    for (const std::uint32_t i : groups[g]) group_of[i] = g;
  }
  struct Near {
    std::uint32_t group = 0, text = 0;
    double score = 0;
    bool operator<(const Near& o) const { return group != o.group ? group < o.group : text < o.text; }
  };
  std::vector<std::vector<Near>> near(n);
  std::vector<Nodes> enemies(n);
  for (const Edge& e : edges) {
    if (groups[group_of[e.a]].size() == 1) near[e.a].push_back({group_of[e.b], e.b, e.score});
    if (groups[group_of[e.b]].size() == 1) near[e.b].push_back({group_of[e.a], e.a, e.score});
  }
  for (const auto& [a, b] : apart) enemies[a].push_back(b), enemies[b].push_back(a);
  constexpr std::size_t sample = 24;
  const double least = texts.rules.adopt * (1 + texts.rules.alone * unknown);
  std::vector<std::uint32_t> adopted_by = group_of;
  parallel_for(n, texts.rules.threads, [&](std::size_t k) {
    const auto i = static_cast<std::uint32_t>(k);
    std::sort(near[i].begin(), near[i].end());
    double best = 0, second = 0;
    std::uint32_t where = group_of[i];
    for (auto first = near[i].begin(), last = first; first != near[i].end(); first = last) {
      const std::uint32_t g = first->group;
      while (last != near[i].end() && last->group == g) ++last;
      const Nodes members = sample_of(groups[g], sample);
      double sum = 0;
      for (const std::uint32_t other : members) {
        const auto edge = std::find_if(first, last, [&](const Near& e) { return e.text == other; });
        const double alike = edge != last ? texts.similarity(i, other, edge->score) : texts.similarity(i, other);
        sum += alike / rivalry(texts.profiles[i], texts.profiles[other], texts.rules);
      }
      const double score = sum / static_cast<double>(members.size());
      second = std::max(second, std::min(score, best));
      if (score > best) best = score, where = g;
    }
    if (groups[where].size() > 1 && best - texts.beats[i] >= least && best >= texts.rules.margin * second)
      adopted_by[i] = where;
  });
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t g = adopted_by[i];
    if (g == group_of[i]) continue;
    const auto is_there = [&](std::uint32_t other) { return group_of[other] == g; };
    if (std::any_of(enemies[i].begin(), enemies[i].end(), is_there)) continue;
    groups[group_of[i]].clear();
    groups[g].push_back(i);
    group_of[i] = g;
  }
}

// A roundup stands in the story of the report that it is most like.
void place_roundups(const Texts& texts, std::span<const Edge> edges, Pairs apart, const Nodes& roundups,
                    std::vector<Nodes>& groups) {
  if (roundups.empty()) return;
  const std::size_t n = texts.profiles.size();
  std::vector<std::uint32_t> group_of(n);
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    for (const std::uint32_t i : groups[g]) group_of[i] = g;
  }
  std::vector<bool> is_roundup(n, false);
  for (const std::uint32_t i : roundups) is_roundup[i] = true;
  std::vector<std::pair<double, std::uint32_t>> best(n, {0.0, 0});
  for (const Edge& e : edges) {
    const double score = texts.similarity(e.a, e.b, e.score);
    if (is_roundup[e.a] && !is_roundup[e.b]) best[e.a] = std::max(best[e.a], {score, e.b});
    if (is_roundup[e.b] && !is_roundup[e.a]) best[e.b] = std::max(best[e.b], {score, e.a});
  }
  std::vector<Nodes> enemies(n);
  for (const auto& [a, b] : apart) enemies[a].push_back(b), enemies[b].push_back(a);
  for (const std::uint32_t i : roundups) {
    if (best[i].first == 0) continue;
    const std::uint32_t g = group_of[best[i].second];
    if (std::any_of(enemies[i].begin(), enemies[i].end(), [&](std::uint32_t other) { return group_of[other] == g; })) {
      continue;
    }
    groups[group_of[i]].clear();
    groups[g].push_back(i);
    group_of[i] = g;
  }
}

std::vector<std::uint32_t> labels_of(std::size_t n, const std::vector<Nodes>& groups) {
  std::vector<std::uint32_t> label(n), number(groups.size(), ~0u);
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    for (const std::uint32_t i : groups[g]) label[i] = g;
  }
  std::uint32_t next = 0;
  for (std::uint32_t& l : label) {
    if (number[l] == ~0u) number[l] = next++;
    l = number[l];
  }
  return label;
}

}  // namespace

double needed(const Text& a, const Text& b, double unknown, const GroupingRules& rules) {
  const Divergence apart = divergence(a.vector, b.vector);
  double out = rules.few * (1 + rules.alone * unknown) * std::exp(rules.twins * apart.degree);
  if (apart.lead_names) {
    out *= std::exp(rules.names * unknown * (rules.names_shared - std::min(*apart.lead_names, rules.names_enough)));
  }
  if (rules.time && a.profile.day && b.profile.day) out /= std::sqrt(time_factor(*a.profile.day - *b.profile.day));
  return std::max(out * rivalry(a.profile, b.profile, rules), rules.cut);
}

double rivalry(const Profile& a, const Profile& b, const GroupingRules& rules) {
  if (!rules.time) return 1;
  if (!a.day || !b.day) return rival_days(a, b) ? rules.rival : 1;
  const double apart = std::abs(*a.day - *b.day);
  const bool days = rival_days(a, b), numbers = apart > rules.same_day && rival_numbers(a, b);
  double out = days ? rules.rival : 1;
  if (numbers && apart > rules.ended) {
    out *= days ? rules.rival_ended : rules.rival_numbers_ended;
  } else if (days && numbers) {
    out *= rules.rival_numbers;
  }
  if (apart > rules.same_day && rival_scores(a, b)) out *= rules.rival_scores;
  if (days && numbers && apart <= rules.ended && rival_rates(a, b)) out *= rules.rival_rates;
  return out;
}

double beat_of(std::vector<float> near, const GroupingRules& rules) {
  const auto last = near.begin() + static_cast<std::ptrdiff_t>(std::min(rules.neighbours, near.size()));
  std::partial_sort(near.begin(), last, near.end(), std::greater<>());
  return rules.beat * std::accumulate(near.begin(), last, 0.0) / static_cast<double>(rules.neighbours);
}

double time_factor(double days) {
  constexpr double sigma = 1.5, floor = 0.5;
  return floor + (1 - floor) * std::exp(-days * days / (2 * sigma * sigma));
}

Nodes sample_of(const Nodes& nodes, std::size_t count) {
  if (nodes.size() <= count) return nodes;
  Nodes out(count);
  for (std::size_t i = 0; i < count; ++i) out[i] = nodes[i * nodes.size() / count];
  return out;
}

double Texts::similarity(std::uint32_t a, std::uint32_t b, double score) const {
  if (rules.time && profiles[a].day && profiles[b].day) score *= time_factor(*profiles[a].day - *profiles[b].day);
  return rules.similarity ? rules.similarity(std::min(a, b), std::max(a, b), score) : score;
}

double Texts::similarity(std::uint32_t a, std::uint32_t b) const {
  const bool known = !products.empty() && a != b;
  return similarity(a, b, known ? products[a * vectors.size() + b] : dot(vectors[a], vectors[b]));
}

Grouping group_profiles(std::span<const Profile> profiles, std::span<const SparseVector> vectors,
                        std::span<const Edge> edges, Pairs apart, const GroupingRules& rules,
                        const Surroundings& elsewhere) {
  const std::size_t n = profiles.size();
  const std::vector<double> no_beats(n, 0.0);
  constexpr std::size_t few = 128;
  const std::vector<double> known = n <= few ? products(vectors) : std::vector<double>();
  const Texts plain = {profiles, vectors, no_beats, rules, known};
  if (rules.similarity) {  // of a user's function we know no beat, and no parts
    return {labels_of(n, cut_groups(plain, join_groups(plain, edges, apart, rules.own), 0)), {}};
  }
  Grouping out;
  out.roundups = find_roundups(plain, edges);
  std::vector<Edge> kept;  // a roundup ties nothing together
  if (!out.roundups.empty()) {
    std::vector<bool> is_roundup(n, false);
    for (const std::uint32_t i : out.roundups) is_roundup[i] = true;
    for (const Edge& e : edges) {
      if (!is_roundup[e.a] && !is_roundup[e.b]) kept.push_back(e);
    }
  }
  const std::span<const Edge> tying = out.roundups.empty() ? edges : std::span<const Edge>(kept);
  const std::vector<double> beats = find_beats(plain, tying, apart, elsewhere);
  const Texts texts = {profiles, vectors, beats, rules, known};
  const auto all = static_cast<double>(n + elsewhere.texts);
  const double unknown = std::max(0.0, 1 - (all - 2) / static_cast<double>(rules.neighbours));
  std::vector<Nodes> groups = cut_groups(texts, join_groups(texts, tying, apart, rules.cut), unknown);
  adopt(texts, tying, apart, unknown, groups);
  place_roundups(texts, edges, apart, out.roundups, groups);
  out.label = labels_of(n, groups);
  return out;
}

}  // namespace storymerge

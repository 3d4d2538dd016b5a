#include "story/roundups.h"

#include <algorithm>
#include <map>

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
  // A sentence of it tells of the story that has so much of its weight, when no other has more than a share of that.
  double told = 0.4, clear = 0.7;
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

bool by_key(const Weight& x, const Weight& y) { return x.key < y.key; }

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

std::vector<std::optional<std::uint32_t>> stories_told(const Document& roundup, const SparseVector& own,
                                                       std::span<const Touched> texts) {
  const std::vector<Term> terms = content_terms(roundup);
  std::vector<std::optional<std::uint32_t>> out(roundup.sentences.size());
  SparseVector sentence;
  for (std::size_t s = 0; s < out.size(); ++s) {
    sentence.clear();
    double whole = 0;
    for (std::uint32_t w = roundup.sentences[s].first_word; w < roundup.sentences[s].last_word; ++w) {
      sentence.push_back({terms[w], 0});
    }
    std::sort(sentence.begin(), sentence.end(), by_key);
    sentence.erase(
        std::unique(sentence.begin(), sentence.end(), [](const Weight& x, const Weight& y) { return x.key == y.key; }),
        sentence.end());
    for (Weight& w : sentence) {
      const auto at = std::lower_bound(own.begin(), own.end(), w, by_key);
      w.value = at != own.end() && at->key == w.key ? at->value * at->value : 0;
      whole += w.value;
    }
    std::map<std::uint32_t, double> told;  // by story: share of the sentence that one of its texts has
    for (const Touched& text : texts) {
      double sum = 0;
      for (const Weight& w : sentence) {
        const auto at = std::lower_bound(text.vector->begin(), text.vector->end(), w, by_key);
        if (at != text.vector->end() && at->key == w.key) sum += w.value;
      }
      double& best = told[text.story];
      best = std::max(best, sum);
    }
    double best = 0, second = 0;
    for (const auto& [story, sum] : told) {
      second = std::max(second, std::min(sum, best));
      if (sum > best) best = sum, out[s] = story;
    }
    if (best < rules.told * whole || second > rules.clear * best) out[s].reset();
  }
  return out;
}

}  // namespace storymerge

#include "story/roundups.h"

#include <algorithm>

namespace storymerge {
namespace {

// Set on digests made of the first sentences of three to six reports of allsides, neus, basil, giveme5w1h and ECB+ (32 of 60
// found; of their passages 137 told rightly, 6 wrongly), and so that hardly any article of these sets (1) is one.
struct RoundupRules {
  std::size_t events = 3;  // from so many on
  double alike = 0.02;     // similarity to a report of each: what is in a few of its sentences
  double apart = 0.08;     // similarity of two reports from which they are of one event
  std::size_t neighbours = 24;
  // A sentence tells of the event a report of which has so much of its weight, when no other has more than a share of that.
  double told = 0.3, clear = 0.8;
  double mostly = 0.5;  // share of its sentences that tell of an event
  double even = 0.6;    // share of these that tell of one event at most
  double back = 0.34;   // share of them after which it comes back to an event that it had left
};
constexpr RoundupRules rules;

// Reports of one event share its number.
std::vector<Told> number_events(const Texts& texts, std::span<const std::pair<double, std::uint32_t>> near) {
  Nodes first;  // a report of each event
  std::vector<Told> out;
  for (const auto& [score, other] : near) {
    std::uint32_t event = 0;
    while (event < first.size() && texts.similarity(other, first[event]) < rules.apart) ++event;
    if (event == first.size()) first.push_back(other);
    out.push_back({texts.vectors[other], event});
  }
  return out;
}

bool is_roundup(const std::vector<std::optional<std::uint32_t>>& told, std::size_t events) {
  std::vector<std::size_t> sentences(events, 0);
  std::size_t all = 0, back = 0;
  std::optional<std::uint32_t> last;
  for (const std::optional<std::uint32_t>& event : told) {
    if (!event) continue;
    ++all;
    back += sentences[*event] > 0 && last != event;
    ++sentences[*event];
    last = event;
  }
  const auto different =
      static_cast<std::size_t>(std::count_if(sentences.begin(), sentences.end(), [](std::size_t n) { return n > 0; }));
  const auto of = [](std::size_t part, std::size_t whole) {
    return static_cast<double>(part) / static_cast<double>(whole);
  };
  return different >= rules.events && of(all, told.size()) >= rules.mostly && of(back, all) <= rules.back &&
         of(*std::max_element(sentences.begin(), sentences.end()), all) <= rules.even;
}

}  // namespace

std::vector<std::optional<std::uint32_t>> events_told(const Profile& profile, std::span<const Weight> vector,
                                                      std::span<const Told> others) {
  // What each other text has of the weight of each feature.
  std::vector<std::vector<float>> has(others.size(), std::vector<float>(vector.size(), 0));
  for (std::size_t k = 0; k < others.size(); ++k) {
    const std::span<const Weight> other = others[k].vector;
    for (std::size_t i = 0, j = 0; i < vector.size() && j < other.size();) {
      const std::uint64_t x = vector[i].key, y = other[j].key;
      if (x == y) has[k][i] = vector[i].value * vector[i].value;
      i += x <= y;
      j += y <= x;
    }
  }
  std::vector<std::optional<std::uint32_t>> out;
  std::vector<float> sum(others.size(), 0);
  float whole = 0;
  for (const std::uint16_t feature : profile.sentences) {
    if (feature != Profile::end_of_sentence) {
      if (feature >= vector.size()) continue;  // a text without weight
      whole += vector[feature].value * vector[feature].value;
      for (std::size_t k = 0; k < others.size(); ++k) sum[k] += has[k][feature];
      continue;
    }
    const auto best = std::max_element(sum.begin(), sum.end());
    out.emplace_back();
    if (best != sum.end() && *best > 0 && *best >= rules.told * whole) {
      const std::uint32_t event = others[static_cast<std::size_t>(best - sum.begin())].event;
      bool clear = true;
      for (std::size_t k = 0; k < others.size(); ++k)
        clear = clear && (others[k].event == event || sum[k] <= rules.clear * *best);
      if (clear) out.back() = event;
    }
    std::fill(sum.begin(), sum.end(), 0.0F);
    whole = 0;
  }
  return out;
}

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
    const std::vector<Told> others = number_events(texts, near[i]);
    std::uint32_t events = 0;
    for (const Told& other : others) events = std::max(events, other.event + 1);
    if (events < rules.events) continue;
    if (is_roundup(events_told(texts.profiles[i], texts.vectors[i], others), events)) out.push_back(i);
  }
  return out;
}

}  // namespace storymerge

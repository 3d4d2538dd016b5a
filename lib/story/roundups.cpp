#include "story/roundups.h"

#include <algorithm>
#include <functional>

#include "support/parallel.h"

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

using Near = std::span<const std::pair<double, std::uint32_t>>;  // less the similarity, and the text; the nearest first

// Tells the events of the next texts, up to the `end`th; reports of one event share its number. `first`: a report of each.
void number_events(const Texts& texts, Near near, std::size_t end, Nodes& first, std::vector<Told>& out) {
  for (std::size_t k = out.size(); k < end; ++k) {
    const std::uint32_t other = near[k].second;
    std::uint32_t event = 0;
    while (event < first.size() && texts.similarity(other, first[event]) < rules.apart) ++event;
    if (event == first.size()) first.push_back(other);
    out.push_back({texts.vectors[other], event});
  }
}

// For each sentence of a text: tells how much of its weight each other text has, and how much it has itself.
template <class F>
void weigh_sentences(const Profile& profile, std::span<const Weight> vector, std::size_t others,
                     const std::function<std::span<const Weight>(std::size_t)>& vector_of, F&& weighed) {
  std::vector<float> has(vector.size() * others, 0);  // what each other has of the weight of each feature
  for (std::size_t k = 0; k < others; ++k) {
    const std::span<const Weight> other = vector_of(k);
    for (std::size_t i = 0, j = 0; i < vector.size() && j < other.size();) {
      const std::uint64_t x = vector[i].key, y = other[j].key;
      if (x == y) has[i * others + k] = vector[i].value * vector[i].value;
      i += x <= y;
      j += y <= x;
    }
  }
  std::vector<float> sum(others, 0);
  float whole = 0;
  for (const std::uint16_t feature : profile.sentences) {
    if (feature != Profile::end_of_sentence) {
      if (feature >= vector.size()) continue;  // a text without weight
      whole += vector[feature].value * vector[feature].value;
      const float* of_feature = has.data() + feature * others;
      for (std::size_t k = 0; k < others; ++k) sum[k] += of_feature[k];
      continue;
    }
    weighed(std::span<const float>(sum), whole);
    std::fill(sum.begin(), sum.end(), 0.0F);
    whole = 0;
  }
}

// Which other text tells most of a sentence, when that is enough.
std::optional<std::size_t> teller_of(std::span<const float> sum, float whole) {
  const auto best = std::max_element(sum.begin(), sum.end());
  if (best == sum.end() || *best <= 0 || *best < rules.told * whole) return std::nullopt;
  return static_cast<std::size_t>(best - sum.begin());
}

// Who tells most of some sentence, in order; nobody when too few of the sentences are told.
std::vector<std::size_t> tellers(const Texts& texts, std::uint32_t text, Near near) {
  std::vector<bool> tells(near.size(), false);
  std::size_t all = 0, told = 0;
  weigh_sentences(
      texts.profiles[text], texts.vectors[text], near.size(),
      [&](std::size_t k) { return std::span<const Weight>(texts.vectors[near[k].second]); },
      [&](std::span<const float> sum, float whole) {
        ++all;
        if (const auto best = teller_of(sum, whole)) tells[*best] = true, ++told;
      });
  std::vector<std::size_t> out;
  if (static_cast<double>(told) < rules.mostly * static_cast<double>(all)) return out;
  for (std::size_t k = 0; k < tells.size(); ++k) {
    if (tells[k]) out.push_back(k);
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
  std::vector<std::optional<std::uint32_t>> out;
  weigh_sentences(
      profile, vector, others.size(), [&](std::size_t k) { return others[k].vector; },
      [&](std::span<const float> sum, float whole) {
        out.emplace_back();
        const auto best = teller_of(sum, whole);
        if (!best) return;
        const std::uint32_t event = others[*best].event;
        bool clear = true;
        for (std::size_t k = 0; k < others.size(); ++k)
          clear = clear && (others[k].event == event || sum[k] <= rules.clear * sum[*best]);
        if (clear) out.back() = event;
      });
  return out;
}

namespace {

bool is_roundup(const Texts& texts, std::uint32_t text, Near near) {
  Nodes first;
  std::vector<Told> others;
  if (!texts.products.empty()) {  // then to number the events costs less than to look at words
    number_events(texts, near, near.size(), first, others);
    if (first.size() < rules.events) return false;
  }
  // Most texts are told by reports of one event, the nearest: the others' events need not be known.
  const std::vector<std::size_t> telling = tellers(texts, text, near);
  if (telling.size() < rules.events) return false;
  number_events(texts, near, telling.back() + 1, first, others);
  std::vector<bool> told(first.size(), false);
  for (const std::size_t k : telling) told[others[k].event] = true;
  if (static_cast<std::size_t>(std::count(told.begin(), told.end(), true)) < rules.events) return false;
  number_events(texts, near, near.size(), first, others);
  return is_roundup(events_told(texts.profiles[text], texts.vectors[text], others), first.size());
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
  std::vector<char> found(n, 0);
  parallel_for(n, texts.rules.threads, [&](std::size_t i) {
    if (near[i].size() < rules.events) return;
    std::sort(near[i].begin(), near[i].end());
    if (near[i].size() > rules.neighbours) near[i].resize(rules.neighbours);
    found[i] = is_roundup(texts, static_cast<std::uint32_t>(i), near[i]);
  });
  Nodes out;
  for (std::uint32_t i = 0; i < n; ++i) {
    if (found[i]) out.push_back(i);
  }
  return out;
}

}  // namespace storymerge

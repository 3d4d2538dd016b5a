#include "merge/telling.h"

#include <algorithm>
#include <numeric>

namespace storymerge {
Telling choose_wordings(const Duplicates& duplicates, std::span<const Claim> claims, const Alignment& alignment) {
  constexpr double told_before = 0.7;  // what telling one claim again costs, in claims told for the first time
  constexpr double alike = 1.0;        // the same for a sentence that surely repeats one shown
  // A claim is left out of the summary when its sentence likely repeats one shown; of single claims less doubt is enough.
  constexpr double repeats = 0.8, single_repeats = 0.2;
  const std::size_t n = alignment.groups.size();
  Telling out{std::vector<std::uint32_t>(n), std::vector<std::uint32_t>(n), std::vector<char>(n, 0)};

  // Sentences, and what each tells.
  std::vector<std::uint32_t> sentence_of(claims.size(), 0);
  for (std::uint32_t c = 1; c < claims.size(); ++c) {
    const bool same =
        claims[c].span.article == claims[c - 1].span.article && claims[c].sentence == claims[c - 1].sentence;
    sentence_of[c] = sentence_of[c - 1] + !same;
  }
  const std::size_t sentences = claims.empty() ? 0 : sentence_of.back() + 1;
  std::vector<std::vector<std::uint32_t>> tells(sentences);  // groups
  for (std::uint32_t g = 0; g < n; ++g) {
    std::vector<std::uint32_t> origins;
    for (const std::uint32_t c : alignment.groups[g]) {
      origins.push_back(duplicates.origin_of[claims[c].span.article]);
      std::vector<std::uint32_t>& list = tells[sentence_of[c]];
      if (list.empty() || list.back() != g) list.push_back(g);
    }
    std::sort(origins.begin(), origins.end());
    origins.erase(std::unique(origins.begin(), origins.end()), origins.end());
    out.origin_count[g] = static_cast<std::uint32_t>(origins.size());
  }
  struct Likeness {
    std::uint32_t sentence;
    double probability;
  };
  std::vector<std::vector<Likeness>> like(sentences);
  for (const AlignedPair& p : alignment.pairs) {
    const std::uint32_t a = sentence_of[p.a], b = sentence_of[p.b];
    if (a == b) continue;
    like[a].push_back({b, p.probability});
    like[b].push_back({a, p.probability});
  }
  std::vector<double> told(sentences, 0.0);  // the likeliest that a sentence repeats one that is shown
  std::vector<char> told_group(n, 0);
  std::vector<double> centrality(claims.size(), 0.0);

  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return out.origin_count[a] > out.origin_count[b]; });
  for (const std::uint32_t g : order) {
    // Centrality within the group.
    const std::vector<std::uint32_t>& members = alignment.groups[g];
    double best = 0;
    bool found = false;
    for (const std::uint32_t c : members) {
      const std::uint32_t s = sentence_of[c];
      double central = 0;
      for (const Likeness& l : like[s]) {
        if (std::any_of(members.begin(), members.end(), [&](std::uint32_t m) { return sentence_of[m] == l.sentence; }))
          central += l.probability;
      }
      central /= static_cast<double>(members.size());
      double fresh = 0, old = 0;
      for (const std::uint32_t t : tells[s]) {
        if (told_group[t])
          old += 1;
        else if (out.origin_count[t] > 1)
          fresh += 1;
      }
      const double value = fresh - told_before * old - alike * told[s] + central;
      if (!found || value > best) {
        best = value;
        out.lead[g] = c;
        found = true;
      }
    }
    if (told_group[g]) continue;
    const std::uint32_t s = sentence_of[out.lead[g]];
    if (told[s] >= (out.origin_count[g] > 1 ? repeats : single_repeats)) continue;
    out.shown[g] = 1;
    for (const std::uint32_t t : tells[s]) told_group[t] = 1;
    told[s] = 1;
    for (const Likeness& l : like[s]) told[l.sentence] = std::max(told[l.sentence], l.probability);
  }
  return out;
}

}  // namespace storymerge

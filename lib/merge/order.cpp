#include "merge/order.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <tuple>

#include "support/union_find.h"

namespace storymerge {
namespace {

// Where an origin first states a group.
struct Place {
  std::uint32_t origin = 0;
  ArticleIndex article = 0;
  std::uint32_t sentence = 0, paragraph = 0;
};

bool together(const Place& a, const Place& b) {
  if (a.article != b.article) return false;
  return a.paragraph == b.paragraph || a.sentence + 1 == b.sentence || b.sentence + 1 == a.sentence;
}

// Do two or more origins state both, and lie the two together in most of these? Both in order of origin.
bool belong_together(std::span<const Place> a, std::span<const Place> b) {
  constexpr double share = 0.6;
  std::uint32_t both = 0, near = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i].origin != b[j].origin) {
      a[i].origin < b[j].origin ? ++i : ++j;
      continue;
    }
    ++both;
    near += together(a[i++], b[j++]);
  }
  return both >= 2 && near > share * both;
}

}  // namespace

Order tell_in_order(const Material& material, const Alignment& alignment, std::span<const std::uint32_t> origin_count,
                    std::span<const std::uint32_t> lead) {
  const Corpus& corpus = material.corpus;
  const std::vector<Claim>& claims = material.claims;
  constexpr std::size_t looked_at = 32;  // places of a group: enough to tell where it belongs
  constexpr std::size_t window = 4;      // groups that follow one another in an article are tried that far
  const auto n = static_cast<std::uint32_t>(alignment.groups.size());
  std::vector<std::vector<Place>> places(n);
  std::vector<double> mean_place(n, 0.0);
  struct Stated {
    ArticleIndex article;
    std::uint32_t sentence, group;
  };
  std::vector<Stated> stated;  // groups of several origins, as the articles go through them
  for (std::uint32_t g = 0; g < n; ++g) {
    for (const std::uint32_t c : alignment.groups[g]) {
      const ArticleIndex article = claims[c].span.article;
      const std::uint32_t origin = material.duplicates.origin_of[article];
      if (places[g].size() == looked_at) break;
      if (std::any_of(places[g].begin(), places[g].end(), [&](const Place& p) { return p.origin == origin; })) continue;
      const std::vector<Sentence>& sentences = material.documents[article].sentences;
      places[g].push_back({origin, article, claims[c].sentence, sentences[claims[c].sentence].paragraph});
      mean_place[g] += claims[c].sentence / static_cast<double>(sentences.size());
      if (origin_count[g] > 1) stated.push_back({article, claims[c].sentence, g});
    }
    mean_place[g] /= static_cast<double>(places[g].size());
    std::sort(places[g].begin(), places[g].end(), [](const Place& a, const Place& b) { return a.origin < b.origin; });
  }
  std::sort(stated.begin(), stated.end(), [](const Stated& a, const Stated& b) {
    return std::tie(a.article, a.sentence, a.group) < std::tie(b.article, b.sentence, b.group);
  });
  UnionFind blocks(n);
  for (std::size_t i = 0; i < stated.size(); ++i) {
    for (std::size_t j = i + 1; j < stated.size() && j <= i + window && stated[j].article == stated[i].article; ++j) {
      const std::uint32_t a = stated[i].group, b = stated[j].group;
      if (blocks.find(a) != blocks.find(b) && belong_together(places[a], places[b])) blocks.unite(a, b);
    }
  }

  // Of each block: the first report of any of its claims. Undated articles come last.
  const auto reported = [&](std::uint32_t g) {
    std::optional<Time> first;
    for (const Place& p : places[g]) {
      const std::optional<Time> t = corpus[p.article].published;
      if (t && (!first || *t < *first)) first = t;
    }
    return first.value_or(Time::max());
  };
  std::vector<Time> first(n, Time::max());
  std::vector<double> place(n, 2.0);
  std::uint32_t widest = 0;
  for (std::uint32_t g = 0; g < n; ++g) {
    const std::uint32_t b = blocks.find(g);
    const Time t = reported(g);
    if (std::tie(t, mean_place[g]) < std::tie(first[b], place[b]))
      std::tie(first[b], place[b]) = std::tie(t, mean_place[g]);
    const auto rank = [&](std::uint32_t x) { return std::tuple(-static_cast<double>(origin_count[x]), mean_place[x]); };
    if (rank(g) < rank(widest)) widest = g;
  }
  const std::uint32_t leading = n == 0 ? 0 : blocks.find(widest);
  const auto key = [&](std::uint32_t g) {
    const std::uint32_t b = blocks.find(g);
    const bool alone = origin_count[g] < 2;
    const Time no_time{};
    // Claims of one origin in order of their articles; blocks by first report.
    return alone ? std::tuple(true, true, no_time, 0.0, lead[g], 0.0, g)
                 : std::tuple(false, b != leading, first[b], place[b], b, mean_place[g], g);
  };
  Order out;
  out.groups.resize(n);
  std::iota(out.groups.begin(), out.groups.end(), 0u);
  std::sort(out.groups.begin(), out.groups.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  for (std::uint32_t k = 0; k < n; ++k) {
    const std::uint32_t g = out.groups[k];
    const bool last = k + 1 == n;
    const auto block = [&](std::uint32_t x) {
      return origin_count[x] > 1 ? std::pair(false, blocks.find(x)) : std::pair(true, claims[lead[x]].span.article);
    };
    if (last || block(g) != block(out.groups[k + 1])) out.block_ends.push_back(k + 1);
  }
  return out;
}

}  // namespace storymerge

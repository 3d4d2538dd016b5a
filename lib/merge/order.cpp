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

struct Stated {
  ArticleIndex article = 0;
  std::uint32_t sentence = 0, claim = 0;
};

class Teller {
 public:
  Teller(const Material& material, const Alignment& alignment, std::span<const CountedClaim> claims)
      : material_(material),
        alignment_(alignment),
        claims_(claims),
        places_(claims.size()),
        mean_place_(claims.size(), 0.0),
        blocks_(static_cast<std::uint32_t>(claims.size())) {}

  Order run() {
    for (std::uint32_t c = 0; c < claims_.size(); ++c) find_places(c);
    form_blocks();
    date_blocks();
    Order out;
    out.claims.resize(claims_.size());
    std::iota(out.claims.begin(), out.claims.end(), 0u);
    std::sort(out.claims.begin(), out.claims.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
    for (std::uint32_t k = 0; k < claims_.size(); ++k) {
      const bool last = k + 1 == claims_.size();
      if (last || block_of(out.claims[k]) != block_of(out.claims[k + 1])) out.block_ends.push_back(k + 1);
    }
    return out;
  }

 private:
  bool alone(std::uint32_t c) const { return claims_[c].weight < 2; }

  void find_places(std::uint32_t c) {
    constexpr std::size_t looked_at = 32;  // enough to tell where a claim belongs
    std::vector<Place>& places = places_[c];
    std::vector<std::uint32_t> support = claims_[c].support;
    std::sort(support.begin(), support.end());
    for (const std::uint32_t s : support) {
      if (places.size() == looked_at) break;
      const ArticleIndex article = alignment_.statements[s].span.article;
      const std::uint32_t origin = material_.duplicates.origin_of[article];
      if (std::any_of(places.begin(), places.end(), [&](const Place& p) { return p.origin == origin; })) continue;
      const std::vector<Sentence>& sentences = material_.documents[article].sentences;
      const std::uint32_t sentence = material_.claims[alignment_.statements[s].first_claim].sentence;
      places.push_back({origin, article, sentence, sentences[sentence].paragraph});
      mean_place_[c] += sentence / static_cast<double>(sentences.size());
      if (!alone(c)) stated_.push_back({article, sentence, c});
    }
    mean_place_[c] /= static_cast<double>(places.size());
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.origin < b.origin; });
  }

  void form_blocks() {
    constexpr std::size_t window = 4;  // claims that follow one another in an article are tried that far
    std::sort(stated_.begin(), stated_.end(), [](const Stated& a, const Stated& b) {
      return std::tie(a.article, a.sentence, a.claim) < std::tie(b.article, b.sentence, b.claim);
    });
    for (std::size_t i = 0; i < stated_.size(); ++i) {
      for (std::size_t j = i + 1; j < stated_.size() && j <= i + window && stated_[j].article == stated_[i].article;
           ++j) {
        const std::uint32_t a = stated_[i].claim, b = stated_[j].claim;
        if (blocks_.find(a) != blocks_.find(b) && belong_together(places_[a], places_[b])) blocks_.unite(a, b);
      }
    }
  }

  // Undated articles come last.
  Time first_report(std::uint32_t c) const {
    Time first = Time::max();
    for (const Place& p : places_[c]) first = std::min(first, material_.corpus[p.article].published.value_or(first));
    return first;
  }

  // Of each block: the first report of any of its claims, and where that stands.
  void date_blocks() {
    first_.assign(claims_.size(), {Time::max(), 2.0});
    std::uint32_t widest = 0;
    for (std::uint32_t c = 0; c < claims_.size(); ++c) {
      auto& first = first_[blocks_.find(c)];
      first = std::min(first, std::pair(first_report(c), mean_place_[c]));
      const auto rank = [&](std::uint32_t x) {
        return std::pair(-static_cast<double>(claims_[x].weight), mean_place_[x]);
      };
      if (rank(c) < rank(widest)) widest = c;
    }
    leading_ = claims_.empty() ? 0 : blocks_.find(widest);
  }

  // Blocks by first report, the one with the most widely attested claim before all; then what one origin alone has, as its
  // articles tell it.
  std::tuple<bool, bool, std::pair<Time, double>, std::uint32_t, double, std::uint32_t> key(std::uint32_t c) {
    if (alone(c)) return {true, true, {}, claims_[c].support.front(), 0.0, c};
    const std::uint32_t block = blocks_.find(c);
    return {false, block != leading_, first_[block], block, mean_place_[c], c};
  }

  std::pair<bool, std::uint32_t> block_of(std::uint32_t c) {
    if (!alone(c)) return {false, blocks_.find(c)};
    return {true, alignment_.statements[claims_[c].support.front()].span.article};
  }

  const Material& material_;
  const Alignment& alignment_;
  std::span<const CountedClaim> claims_;
  std::vector<std::vector<Place>> places_;      // by claim: where each origin first states it, in order of origin
  std::vector<double> mean_place_;              // by claim: 0 at the top of its articles, 1 at the end
  std::vector<Stated> stated_;                  // claims of several origins, as the articles go through them
  UnionFind blocks_;                            // of claims
  std::vector<std::pair<Time, double>> first_;  // by block
  std::uint32_t leading_ = 0;                   // block
};

}  // namespace

Order tell_in_order(const Material& material, const Alignment& alignment, std::span<const CountedClaim> claims) {
  return Teller(material, alignment, claims).run();
}

}  // namespace storymerge

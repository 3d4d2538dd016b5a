#include "align/pairs.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

#include "support/radix_sort.h"

namespace storymerge::align {
namespace {

double logit(double p) { return std::log((p + 1e-3) / (1.0 - p + 1e-3)); }

// The two best probabilities of a sentence with sentences of one article, and the sum of all.
struct Best {
  std::uint32_t article = 0;
  double first = 0, second = 0, sum = 0;
};

double logistic(double x) { return 1.0 / (1.0 + std::exp(-x)); }

double dot(const double* weights, std::span<const double> values) {
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) sum += weights[i] * values[i];
  return sum;
}

}  // namespace

const FittedModels fitted_models = {
#include "align/pair_weights.inc"
};

double first_probability(const PairModel& model, const Features& f) { return logistic(dot(model.first.data(), f)); }

double second_probability(const PairModel& model, const Features& f, const Collective& c) {
  return logistic(dot(model.second.data(), f) + dot(model.second.data() + feature_count, c));
}

std::size_t most_partners(std::size_t sentences, const CandidateBounds& bounds) {
  return std::clamp(bounds.budget / std::max<std::size_t>(1, sentences), bounds.fewest, bounds.most);
}

namespace {

// By word: the sentences that say it or are supplied with it by those before them, in order.
class Postings {
 public:
  struct Posting {
    std::uint32_t unit = 0;
    float weight = 0;
  };

  Postings(std::span<const Profile> profiles, double supplied) {
    for_each(profiles, supplied, [&](std::uint32_t id, const Posting&, bool) {
      if (id + 2 > first_.size()) first_.resize(id + 2, 0);
      ++first_[id + 1];
    });
    for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
    postings_.resize(first_.empty() ? 0 : first_.back());
    is_own_.resize(postings_.size());
    std::vector<std::uint32_t> next(first_);
    of_unit_.push_back(0);
    for_each(profiles, supplied, [&](std::uint32_t id, const Posting& posting, bool is_own) {
      positions_.push_back({id, next[id]});
      is_own_[next[id]] = is_own;
      postings_[next[id]++] = posting;
      of_unit_.resize(posting.unit + 2, static_cast<std::uint32_t>(positions_.size() - 1));
      of_unit_.back() = static_cast<std::uint32_t>(positions_.size());
    });
    of_unit_.resize(profiles.size() + 1, static_cast<std::uint32_t>(positions_.size()));
    own_before_.reserve(postings_.size() + 1);
    for (std::size_t i = 0; i < postings_.size(); ++i) {
      own_before_.push_back(static_cast<std::uint32_t>(own_.size()));
      if (is_own_[i]) own_.push_back(postings_[i]);
    }
    own_before_.push_back(static_cast<std::uint32_t>(own_.size()));
  }

  // Calls visit(others, weight) for the postings at most `window` away of each of a sentence's, itself and others of its article
  // among them. Of a word that neither says itself nothing is made.
  template <class Visit>
  void around(std::uint32_t unit, std::size_t window, Visit visit) const {
    for (std::uint32_t k = of_unit_[unit]; k < of_unit_[unit + 1]; ++k) {
      const auto [id, at] = positions_[k];
      const auto reach = static_cast<std::uint32_t>(std::min<std::size_t>(window, postings_.size()));
      std::uint32_t first = at - std::min(at - first_[id], reach),
                    last = at + 1 + std::min(first_[id + 1] - at - 1, reach);
      if (!is_own_[at]) first = own_before_[first], last = own_before_[last];
      visit(std::span(is_own_[at] ? postings_ : own_).subspan(first, last - first), postings_[at].weight);
    }
  }

 private:
  template <class Each>
  static void for_each(std::span<const Profile> profiles, double supplied, Each each) {
    for (std::uint32_t u = 0; u < profiles.size(); ++u) {
      for (const Token& t : profiles[u].tokens) each(t.id, Posting{u, t.weight}, true);
      for (const Token& t : profiles[u].before) each(t.id, Posting{u, static_cast<float>(supplied) * t.weight}, false);
    }
  }

  std::vector<std::uint32_t> first_;                                // by word: its first posting
  std::vector<Posting> postings_;                                   // by word, then by unit
  std::vector<char> is_own_;                                        // by posting: said by the sentence itself
  std::vector<std::pair<std::uint32_t, std::uint32_t>> positions_;  // by unit: word, posting
  std::vector<std::uint32_t> of_unit_;                              // by unit: its first position
  std::vector<Posting> own_;                                        // those said by the sentence itself
  std::vector<std::uint32_t> own_before_;                           // by posting: how many of them come before it
};

struct Scored {
  double score = 0, shared = 0;
  std::uint32_t unit = 0;
  bool operator<(const Scored& o) const { return score != o.score ? score > o.score : unit < o.unit; }
};

// The best of many, in order.
class BestScored {
 public:
  explicit BestScored(std::size_t most) : most_(most) {}

  void clear() {
    all_.clear();
    full_ = false;
  }
  void add(const Scored& s) {
    if (full_ && !(s < worst_)) return;  // most
    all_.push_back(s);
    if (all_.size() >= 4 * most_) keep_best();
  }
  std::span<const Scored> sorted() {
    if (all_.size() > most_) keep_best();
    std::sort(all_.begin(), all_.end());
    return all_;
  }

 private:
  void keep_best() {
    const auto last = all_.begin() + static_cast<std::ptrdiff_t>(most_ - 1);
    std::nth_element(all_.begin(), last, all_.end());
    worst_ = *last;
    all_.resize(most_);
    full_ = true;
  }

  const std::size_t most_;
  std::vector<Scored> all_;
  Scored worst_;       // of those that are kept
  bool full_ = false;  // are there so many?
};

// What a sentence shares with others, in words.
class SharedWeights {
 public:
  explicit SharedWeights(std::size_t units) : shared_(units, 0.0) {}

  // The lesser weight of each.
  void add(std::span<const Postings::Posting> others, float weight) {
    if (touched_.size() < count_ + others.size()) touched_.resize(2 * (count_ + others.size()));
    for (const Postings::Posting& other : others) {
      double& shared = shared_[other.unit];
      touched_[count_] = other.unit;  // of no account when it is there already: nothing here hangs on chance
      count_ += shared == 0;
      shared += other.weight < weight ? other.weight : weight;
    }
  }

  // Calls take(unit, shared) for all, and begins anew.
  template <class Take>
  void take_all(Take take) {
    for (std::size_t i = 0; i < count_; ++i) take(touched_[i], std::exchange(shared_[touched_[i]], 0.0));
    count_ = 0;
  }

 private:
  std::vector<double> shared_;          // by unit
  std::vector<std::uint32_t> touched_;  // units; `count_` of them
  std::size_t count_ = 0;
};

}  // namespace

Pairs propose_pairs(std::span<const Profile> profiles, const CandidateBounds& bounds) {
  const Postings postings(profiles, bounds.supplied);
  const std::uint64_t n = profiles.size();
  std::vector<std::uint64_t> keys, scratch;  // n times the first sentence, and the second
  constexpr double longer = 0.3;  // power of the weight of a long sentence by which what it shares is divided
  std::vector<double> root_total;
  std::vector<std::uint32_t> article, of_article;  // of_article: kept already, by article
  for (const Profile& p : profiles) {
    root_total.push_back(std::pow(std::max(1.0, p.total), longer));
    article.push_back(p.article);
    of_article.resize(std::max<std::size_t>(of_article.size(), p.article + 1));
  }
  SharedWeights weights(profiles.size());
  BestScored best(most_partners(profiles.size(), bounds));
  for (std::uint32_t u = 0; u < profiles.size(); ++u) {
    postings.around(u, bounds.window, [&](auto others, float weight) { weights.add(others, weight); });
    best.clear();
    weights.take_all([&](std::uint32_t v, double shared) {
      if (article[v] != article[u]) best.add({shared / root_total[v], shared, v});
    });
    const std::span<const Scored> chosen = best.sorted();
    for (const Scored& s : chosen) {
      if (s.shared >= bounds.enough || of_article[article[s.unit]]++ < bounds.an_article)
        keys.push_back(std::min(u, s.unit) * n + std::max(u, s.unit));
    }
    for (const Scored& s : chosen) of_article[article[s.unit]] = 0;
  }
  radix_sort(keys, scratch, 0, static_cast<unsigned>(std::bit_width(n * n | 1)));
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  Pairs pairs;
  pairs.reserve(keys.size());
  for (const std::uint64_t key : keys)
    pairs.emplace_back(static_cast<std::uint32_t>(key / n), static_cast<std::uint32_t>(key % n));
  return pairs;
}

const PairGraph::Neighbour* PairGraph::find(std::uint32_t a, std::uint32_t b) const {
  const std::span<const Neighbour> list = around(a);
  const auto at = std::partition_point(list.begin(), list.end(), [&](const Neighbour& n) { return n.unit < b; });
  return at != list.end() && at->unit == b ? &*at : nullptr;
}

PairGraph make_graph(std::span<const Profile> profiles, Pairs pairs) {
  PairGraph graph;
  graph.pairs = std::move(pairs);
  graph.first.assign(profiles.size() + 1, 0);
  for (const auto& [a, b] : graph.pairs) {
    ++graph.first[a + 1];
    ++graph.first[b + 1];
  }
  for (std::size_t u = 0; u < profiles.size(); ++u) graph.first[u + 1] += graph.first[u];
  graph.neighbours.resize(2 * graph.pairs.size());
  std::vector<std::uint32_t> next(graph.first.begin(), graph.first.end() - 1);
  // Pairs are sorted: all (x, u) with x < u come before (u, y), so both passes together leave each list sorted.
  for (std::uint32_t p = 0; p < graph.pairs.size(); ++p)
    graph.neighbours[next[graph.pairs[p].second]++] = {graph.pairs[p].first, p};
  for (std::uint32_t p = 0; p < graph.pairs.size(); ++p)
    graph.neighbours[next[graph.pairs[p].first]++] = {graph.pairs[p].second, p};
  return graph;
}

namespace {

// Set before fitting, on gold/real.
constexpr struct {
  double least_lead = -4;    // log odds over the strongest rival: what is further behind is lost all the same
  double least_mass = 0.05;  // of all rivals, added, so that a pair without any has a logarithm
} bounds;

// Third sentences that go with both of a pair.
struct Thirds {
  double best = 0, second = 0;  // of the less likely of the two pairs
  double sum = 0;               // of both being right

  void add(double x, double y) {
    const double least = std::min(x, y);
    sum += x * y;
    second = std::max(second, std::min(best, least));
    best = std::max(best, least);
  }
};

// By pair. Three sentences whose pairs are all candidates are met once, from the first of them; each pair so meets its thirds in
// order. Who shares the origin of either of a pair is no third for it.
std::vector<Thirds> find_thirds(std::span<const std::uint32_t> origin, const PairGraph& graph) {
  const Pairs& pairs = graph.pairs;
  std::vector<Thirds> out(pairs.size());
  std::vector<std::uint32_t> begin(origin.size() + 1, 0);  // by sentence: the first pair that it is the first of
  for (const auto& [a, b] : pairs) ++begin[a + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::uint32_t> with_a(origin.size(), 0);  // by sentence: its pair with a, from 1
  for (std::uint32_t a = 0; a < origin.size(); ++a) {
    const std::uint32_t end_a = begin[a + 1];
    for (std::uint32_t k = begin[a]; k < end_a; ++k) with_a[pairs[k].second] = k + 1;
    for (std::uint32_t ab = begin[a]; ab < end_a; ++ab) {
      const std::uint32_t b = pairs[ab].second;
      const double p_ab = graph.probability[ab];
      Thirds of_ab = out[ab];
      for (std::uint32_t bc = begin[b]; bc < begin[b + 1]; ++bc) {
        const std::uint32_t c = pairs[bc].second;
        if (with_a[c] == 0) continue;
        const std::uint32_t ac = with_a[c] - 1;
        const double p_ac = graph.probability[ac], p_bc = graph.probability[bc];
        const bool a_b = origin[a] != origin[b], a_c = origin[a] != origin[c], b_c = origin[b] != origin[c];
        if (a_c && b_c) of_ab.add(p_ac, p_bc);
        if (a_b && b_c) out[ac].add(p_ab, p_bc);
        if (a_b && a_c) out[bc].add(p_ab, p_ac);
      }
      out[ab] = of_ab;
    }
    for (std::uint32_t k = begin[a]; k < end_a; ++k) with_a[pairs[k].second] = 0;
  }
  return out;
}

// The pairs around each pair: those of its two sentences with the same articles, with third sentences, and those beside it.
class Surroundings {
 public:
  Surroundings(std::span<const Profile> profiles, const PairGraph& graph)
      : graph_(graph), next_(profiles.size(), 0), odds_of_most_(profiles.size()) {
    std::vector<std::uint32_t> origin;
    for (const Profile& profile : profiles) {
      article_.push_back(profile.article);
      origin.push_back(profile.origin);
    }
    thirds_ = find_thirds(origin, graph);
    first_.reserve(profiles.size() + 1);
    for (std::uint32_t u = 0; u < profiles.size(); ++u) {
      first_.push_back(static_cast<std::uint32_t>(best_.size()));
      find_best(u);
    }
  }

  // Requires: called for all pairs in order.
  Collective of(std::size_t k) {
    const auto [a, b] = graph_.pairs[k];
    if (k == 0 || graph_.pairs[k - 1].first != a) stand_at(a, b);
    const double v = graph_.probability[k];
    const Best& best_a = next_with(a, article_[b]);
    const Best& best_b = next_with(b, article_[a]);
    const double odds = logit(v);
    const double rival_a = logit(v >= best_a.first ? best_a.second : best_a.first);
    const double rival_b = logit(v >= best_b.first ? best_b.second : best_b.first);
    const double lead_a = std::max(odds - rival_a, bounds.least_lead);
    const double lead_b = std::max(odds - rival_b, bounds.least_lead);
    const double mass_a = std::log(bounds.least_mass + best_a.sum - v),
                 mass_b = std::log(bounds.least_mass + best_b.sum - v);
    const Thirds& thirds = thirds_[k];
    const Beside beside = beside_pair(b);
    return {odds,
            std::min(rival_a, rival_b),
            std::max(rival_a, rival_b),
            thirds.best,
            thirds.second,
            std::min(2.0, thirds.sum),
            beside.diagonal,
            beside.straight,
            std::min(odds_of_most_[a], odds_of_most_[b]),
            std::max(odds_of_most_[a], odds_of_most_[b]),
            std::min(lead_a, lead_b),
            std::max(lead_a, lead_b),
            std::min(mass_a, mass_b),
            std::max(mass_a, mass_b)};
  }

 private:
  struct Beside {
    double diagonal = 0;  // both sentences are the next, or the ones before
    double straight = 0;  // one is
  };

  void find_best(std::uint32_t u) {
    double most = 0;
    for (const PairGraph::Neighbour& n : graph_.around(u)) {  // in order of unit, so of article
      const double p = graph_.probability[n.pair];
      if (best_.size() == first_[u] || best_.back().article != article_[n.unit]) best_.push_back({article_[n.unit]});
      Best& at = best_.back();
      if (p > at.first) {
        at.second = at.first;
        at.first = p;
      } else {
        at.second = std::max(at.second, p);
      }
      at.sum += p;
      most = std::max(most, p);
    }
    odds_of_most_[u] = logit(most);
  }

  // Requires: the pairs of a sentence come in order of article.
  const Best& next_with(std::uint32_t u, std::uint32_t article) {
    std::uint32_t& at = next_[u];
    while (best_[first_[u] + at].article < article) ++at;
    return best_[first_[u] + at];
  }

  // `b`: of its first pair, in which it is first.
  void stand_at(std::uint32_t a, std::uint32_t b) {
    for (const std::uint32_t i : {0u, 1u, 2u}) {
      std::span<const PairGraph::Neighbour>& list = beside_[i];
      const bool there = a + i >= 1 && a + i - 1 < article_.size() && article_[a + i - 1] == article_[a];
      list = there ? graph_.around(a + i - 1) : std::span<const PairGraph::Neighbour>();
      const auto far = [&](const PairGraph::Neighbour& other) { return other.unit + 1 < b; };
      list = list.subspan(static_cast<std::size_t>(std::partition_point(list.begin(), list.end(), far) - list.begin()));
    }
  }

  Beside beside_pair(std::uint32_t b) {
    Beside out;
    for (const std::uint32_t i : {0u, 1u, 2u}) {  // the sentence before a, a, and the next
      std::span<const PairGraph::Neighbour>& list = beside_[i];
      while (!list.empty() && list.front().unit + 1 < b) list = list.subspan(1);
      for (const PairGraph::Neighbour& n : list) {
        if (n.unit > b + 1) break;
        if (article_[n.unit] != article_[b]) continue;
        const double p = graph_.probability[n.pair];
        if (i != 1 && n.unit != b) out.diagonal = std::max(out.diagonal, p);
        if ((i == 1) != (n.unit == b)) out.straight = std::max(out.straight, p);
      }
    }
    return out;
  }

  const PairGraph& graph_;
  std::vector<std::uint32_t> article_;  // close together: looked up for every neighbour of every pair
  std::vector<Thirds> thirds_;          // by pair
  std::vector<Best> best_;              // by profile, in order of article
  std::vector<std::uint32_t> first_;    // by profile: its first of them
  std::vector<std::uint32_t> next_;     // by profile: how many of them are done
  std::vector<double> odds_of_most_;    // by profile: of the likeliest of its pairs
  std::array<std::span<const PairGraph::Neighbour>, 3> beside_;  // of the sentence before a, of a, of the next
};

}  // namespace

std::vector<Collective> look_around(std::span<const Profile> profiles, const PairGraph& graph) {
  Surroundings surroundings(profiles, graph);
  std::vector<Collective> out;
  out.reserve(graph.pairs.size());
  for (std::size_t k = 0; k < graph.pairs.size(); ++k) out.push_back(surroundings.of(k));
  return out;
}

namespace {

// Cosine of what is left when what all sentences of a story have in common is taken away.
std::vector<std::vector<float>> centred(std::span<const std::vector<float>> vectors) {
  std::vector<std::vector<float>> out(vectors.begin(), vectors.end());
  if (out.empty()) return out;
  std::vector<double> mean(out.front().size(), 0.0);
  for (const std::vector<float>& v : out) {
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += v[i] / static_cast<double>(out.size());
  }
  for (std::vector<float>& v : out) {
    double norm = 0;
    for (std::size_t i = 0; i < mean.size(); ++i) {
      v[i] = static_cast<float>(v[i] - mean[i]);
      norm += v[i] * v[i];
    }
    for (float& x : v) x = static_cast<float>(x / std::max(1e-9, std::sqrt(norm)));
  }
  return out;
}

}  // namespace

namespace {

// The features of one pair after the other.
class PairComparer {
 public:
  PairComparer(std::span<const Profile> profiles, std::span<const std::vector<float>> vectors)
      : profiles_(profiles), comparer_(profiles), directions_(centred(vectors)) {}

  // Complexity: least when pairs come in order.
  Features of(std::uint32_t a, std::uint32_t b) {
    if (laid_out_ != &profiles_[a]) comparer_.lay_out(*(laid_out_ = &profiles_[a]));
    Features f = comparer_.compare_with(profiles_[b]);
    if (!directions_.empty()) {
      const std::vector<float>& u = directions_[a];
      f[feature("vectors")] = std::inner_product(u.begin(), u.end(), directions_[b].begin(), 0.0);
    }
    return f;
  }

 private:
  std::span<const Profile> profiles_;
  Comparer comparer_;
  std::vector<std::vector<float>> directions_;
  const Profile* laid_out_ = nullptr;
};

}  // namespace

Compared compare_all(std::span<const Profile> profiles, std::span<const std::vector<float>> vectors) {
  Compared out;
  out.pairs = propose_pairs(profiles);
  out.features.reserve(out.pairs.size());
  PairComparer comparer(profiles, vectors);
  for (const auto& [a, b] : out.pairs) out.features.push_back(comparer.of(a, b));
  return out;
}

namespace {

template <class FeaturesOf>
PairGraph choose(const PairModel& model, std::span<const Profile> profiles, const Pairs& proposed,
                 std::vector<Features>& features, FeaturesOf features_of) {
  Pairs pairs;
  std::vector<double> probability;
  features.clear();
  features.reserve(proposed.size());  // what is not used is never touched
  for (std::size_t k = 0; k < proposed.size(); ++k) {
    const Features f = features_of(k);
    const double p = first_probability(model, f);
    if (p < candidate_bounds.likely) continue;
    pairs.push_back(proposed[k]);
    probability.push_back(p);
    features.push_back(f);
  }
  PairGraph graph = make_graph(profiles, std::move(pairs));
  graph.probability = std::move(probability);
  return graph;
}

}  // namespace

PairGraph choose_candidates(const PairModel& model, std::span<const Profile> profiles, const Compared& compared,
                            std::vector<Features>& features) {
  return choose(model, profiles, compared.pairs, features, [&](std::size_t k) { return compared.features[k]; });
}

PairGraph estimate(const PairModel& model, std::span<const Profile> profiles,
                   std::span<const std::vector<float>> vectors) {
  const Pairs proposed = propose_pairs(profiles);
  PairComparer comparer(profiles, vectors);
  std::vector<Features> features;  // of the candidates alone: those of all pairs would take most of the memory
  PairGraph graph = choose(model, profiles, proposed, features,
                           [&](std::size_t k) { return comparer.of(proposed[k].first, proposed[k].second); });
  Surroundings around(profiles, graph);
  std::vector<double> probability(graph.pairs.size());
  for (std::size_t k = 0; k < graph.pairs.size(); ++k)
    probability[k] = second_probability(model, features[k], around.of(k));
  graph.probability = std::move(probability);
  return graph;
}

}  // namespace storymerge::align

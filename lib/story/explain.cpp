#include "storymerge/story/explain.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <tuple>

#include "story/grouping.h"

namespace storymerge {
namespace {

// The first day that a lead tells of, as written; of a text without a date the first that it names.
std::string day_of(const Article& article, const Document& document, const Profile& profile) {
  for (const DateMention& date : document.dates) {
    if (!profile.day ||
        (date.from && std::binary_search(profile.lead_days.begin(), profile.lead_days.end(),
                                         static_cast<std::int32_t>(date.from->time_since_epoch().count())))) {
      return article.text.substr(date.range.begin, date.range.size());
    }
  }
  return {};
}

// The beat of profiles[own], as the grouping would take it off; texts as alike as those of one event are left out.
double beat_of(std::size_t own, std::size_t other, std::span<const Profile> profiles,
               std::span<const SparseVector> vectors, const GroupingRules& rules) {
  const std::vector<double> none(profiles.size(), 0.0);
  const Texts texts = {profiles, vectors, none, rules};
  std::vector<float> near;
  for (std::uint32_t i = 0; i < profiles.size(); ++i) {
    const double score = i == own || i == other ? 0 : texts.similarity(static_cast<std::uint32_t>(own), i);
    if (score >= rules.least_edge() && score < rules.tight) near.push_back(static_cast<float>(score));
  }
  return beat_of(std::move(near), rules);
}

}  // namespace

Comparison compare(const Corpus& corpus, std::span<const Document> documents, ArticleIndex a, ArticleIndex b,
                   const StoryOptions& options) {
  Rarity rarity;
  std::vector<Profile> all;
  for (ArticleIndex i = 0; i < corpus.size(); ++i) rarity.add(all.emplace_back(make_profile(corpus[i], documents[i])));
  const std::array<ArticleIndex, 2> articles = {a, b};
  std::array<Profile, 2> profiles;
  std::array<SparseVector, 2> vectors;
  std::array<Written, 2> written;
  for (std::size_t k = 0; k < 2; ++k) {
    profiles[k] = make_profile(corpus[articles[k]], documents[articles[k]], &written[k]);
    vectors[k] = make_vector(profiles[k], rarity);
  }
  Comparison out;
  const GroupingRules rules = rules_of(options);
  out.needed = options.similarity ? rules.own : needed({profiles[0], vectors[0]}, {profiles[1], vectors[1]}, 1, rules);
  const Divergence apart = divergence(vectors[0], vectors[1]);
  if (apart.only_a != 0) out.dwells_a = written[0].at(apart.only_a);
  if (apart.only_b != 0) out.dwells_b = written[1].at(apart.only_b);
  out.lead_names = apart.lead_names;
  if (rules.time && rival_days(profiles[0], profiles[1])) {
    out.day_a = day_of(corpus[a], documents[a], profiles[0]);
    out.day_b = day_of(corpus[b], documents[b], profiles[1]);
  }
  if (corpus.size() > 2 && !options.similarity) {
    std::vector<SparseVector> all_vectors;
    for (const Profile& p : all) all_vectors.push_back(make_vector(p, rarity));
    out.beat_a = beat_of(a, b, all, all_vectors, rules);
    out.beat_b = beat_of(b, a, all, all_vectors, rules);
  }
  if (profiles[0].day && profiles[1].day) {
    out.days_apart = std::abs(*profiles[0].day - *profiles[1].day);
    if (rules.time) out.time_factor = time_factor(out.days_apart);
  }
  double sum = 0;
  for (std::size_t k = 0; k < 2; ++k) {
    for (std::size_t i = 0; i < vectors[k].size(); ++i) {
      const Weight& w = vectors[k][i];
      const auto other = std::lower_bound(vectors[1 - k].begin(), vectors[1 - k].end(), w.key,
                                          [](const Weight& x, std::uint64_t key) { return x.key < key; });
      const bool both = other != vectors[1 - k].end() && other->key == w.key;
      if (both && k == 1) continue;
      const double weight = double{w.value} * (both ? other->value : w.value);
      if (both) sum += weight;
      const auto kind = static_cast<Evidence::Kind>(w.channel());
      (both ? out.shared : k == 0 ? out.only_a : out.only_b).push_back({kind, written[k].at(w.key), weight});
    }
  }
  out.similarity = sum * out.time_factor;
  const auto is_before = [](const Evidence& x, const Evidence& y) {
    return x.weight != y.weight ? x.weight > y.weight : std::tie(x.text, x.kind) < std::tie(y.text, y.kind);
  };
  for (std::vector<Evidence>* list : {&out.shared, &out.only_a, &out.only_b}) {
    std::sort(list->begin(), list->end(), is_before);
  }
  if (options.similarity) {
    out.similarity = ask(options, corpus[std::min(a, b)], corpus[std::max(a, b)], out.similarity);
    return out;
  }
  if (out.one_story()) {
    out.decisive = out.shared;
  } else {
    std::merge(out.only_a.begin(), out.only_a.end(), out.only_b.begin(), out.only_b.end(),
               std::back_inserter(out.decisive), is_before);
  }
  double enough = std::abs(out.similarity - out.needed) / out.time_factor;
  std::size_t count = 0;
  while (count < out.decisive.size() && enough >= 0) enough -= out.decisive[count++].weight;
  out.decisive.resize(enough < 0 ? count : 0);
  return out;
}

}  // namespace storymerge

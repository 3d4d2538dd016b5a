#include <algorithm>
#include <cmath>

#include "align/alignment.h"
#include "align/grouping.h"
#include "storymerge/base/error.h"

namespace storymerge {
namespace align {
namespace {

std::string_view text_of(const Material& material, const Statement& statement) {
  return material.corpus.quote(statement.span);
}

JudgedSentence show(const Material& material, std::span<const Statement> statements, std::uint32_t s) {
  const Article& article = material.corpus[statements[s].span.article];
  JudgedSentence out{text_of(material, statements[s]), {}, article.title, article.source, article.published};
  if (s > 0 && statements[s - 1].span.article == statements[s].span.article)
    out.before = text_of(material, statements[s - 1]);
  return out;
}

// Asks the user's judge about pairs; `probability`: one a pair, which its answer takes the place of.
void ask(const AlignOptions& options, const Material& material, std::span<const Statement> statements,
         std::span<const Profile> profiles, const Pairs& pairs, std::vector<double>& probability) {
  for (std::size_t begin = 0; begin < pairs.size(); begin += AlignOptions::most_judged) {
    const std::size_t end = std::min(pairs.size(), begin + AlignOptions::most_judged);
    std::vector<JudgedPair> batch;
    for (std::size_t k = begin; k < end; ++k) {
      const auto [a, b] = pairs[k];
      batch.push_back({show(material, statements, profiles[a].statements.front()),
                       show(material, statements, profiles[b].statements.front())});
    }
    const std::vector<double> answer = options.judge(batch);
    if (answer.empty()) continue;
    if (answer.size() != batch.size()) {
      throw Error(ErrorCode::bad_input, "judge: " + std::to_string(answer.size()) + " probabilities for " +
                                            std::to_string(batch.size()) + " pairs");
    }
    for (std::size_t k = begin; k < end; ++k) {
      const double p = answer[k - begin];
      if (!(p >= 0 && p <= 1))
        throw Error(ErrorCode::bad_input, "judge: probability " + std::to_string(p) + ", want 0 to 1");
      probability[k] = p;
    }
  }
}

// Pairs that are no candidates, for they share too few words, and that two likely pairs would join.
Pairs find_joined(std::span<const Profile> profiles, const PairGraph& graph) {
  constexpr double likely = 0.5;
  constexpr std::size_t most = 32;  // partners of a sentence that are tried with one another
  Pairs out;
  std::vector<PairGraph::Neighbour> partners;
  for (std::uint32_t u = 0; u < profiles.size(); ++u) {
    partners.clear();
    for (const PairGraph::Neighbour& v : graph.around(u)) {
      if (graph.probability[v.pair] >= likely) partners.push_back(v);
    }
    std::stable_sort(partners.begin(), partners.end(), [&](const auto& a, const auto& b) {
      return graph.probability[a.pair] > graph.probability[b.pair];
    });
    if (partners.size() > most) partners.resize(most);
    for (const PairGraph::Neighbour& a : partners) {
      for (const PairGraph::Neighbour& b : partners) {
        if (a.unit < b.unit && profiles[a.unit].article != profiles[b.unit].article &&
            graph.find(a.unit, b.unit) == nullptr)
          out.push_back({a.unit, b.unit});
      }
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// What the user's judge says of every candidate pair, and then of those that its answers would join.
PairGraph judge(const AlignOptions& options, const Material& material, std::span<const Statement> statements,
                std::span<const Profile> profiles, PairGraph graph) {
  ask(options, material, statements, profiles, graph.pairs, graph.probability);
  const Pairs joined = find_joined(profiles, graph);
  std::vector<double> answers(joined.size(), -1.0);  // none
  ask(options, material, statements, profiles, joined, answers);
  Pairs pairs;
  std::vector<double> probability;
  for (std::size_t i = 0, j = 0; i < graph.pairs.size() || j < joined.size();) {
    const bool candidate = j == joined.size() || (i < graph.pairs.size() && graph.pairs[i] < joined[j]);
    const double p = candidate ? graph.probability[i] : answers[j];
    const auto pair = candidate ? graph.pairs[i++] : joined[j++];
    if (p < 0) continue;
    pairs.push_back(pair);
    probability.push_back(p);
  }
  PairGraph out = make_graph(profiles, std::move(pairs));
  out.probability = std::move(probability);
  return out;
}

std::vector<std::vector<float>> embed(const AlignOptions& options, const Material& material,
                                      std::span<const Statement> statements, std::span<const Profile> profiles) {
  if (!options.embed) return {};
  std::vector<std::string_view> texts;
  for (const Profile& p : profiles) texts.push_back(text_of(material, statements[p.statements.front()]));
  std::vector<std::vector<float>> out = options.embed(texts);
  if (out.size() != texts.size()) {
    throw Error(ErrorCode::bad_input, "sentence encoder: " + std::to_string(out.size()) + " vectors for " +
                                          std::to_string(texts.size()) + " sentences");
  }
  for (const std::vector<float>& v : out) {
    if (v.size() != out.front().size()) {
      throw Error(ErrorCode::bad_input, "sentence encoder: a vector of " + std::to_string(v.size()) +
                                            " numbers beside " + std::to_string(out.front().size()));
    }
    if (!std::all_of(v.begin(), v.end(), [](float x) { return std::isfinite(x); }))
      throw Error(ErrorCode::bad_input, "sentence encoder: a vector with a number that is not finite");
  }
  return out;
}

// The lead first, then in order; copies stand with what they copy.
ClaimGroup to_group(const Group& group, std::span<const Profile> profiles) {
  ClaimGroup out;
  for (const Group::Member& m : group.members) {
    for (const std::uint32_t s : profiles[m.unit].statements) out.members.push_back({s, m.probability, m.counted});
  }
  std::sort(out.members.begin() + 1, out.members.end(),
            [](const Member& a, const Member& b) { return a.statement < b.statement; });
  return out;
}

}  // namespace

void check(const AlignOptions& options) {
  if (options.strictness == Strictness::balanced || options.strictness == Strictness::strict) return;
  throw Error(ErrorCode::bad_option,
              "strictness is " + std::to_string(static_cast<int>(options.strictness)) + ", must be balanced or strict");
}

Alignment align_claims(const FittedModels& models, const Material& material, const AlignOptions& options) {
  check(options);
  Alignment out;
  out.statements = list_statements(material);
  const std::vector<Profile> profiles = describe(material, out.statements);
  const std::vector<std::vector<float>> vectors = embed(options, material, out.statements, profiles);
  PairGraph graph = estimate(options.embed ? models.vectors : models.texts, profiles, vectors);
  if (options.judge) graph = judge(options, material, out.statements, profiles, std::move(graph));
  // A judge's answers know of no rivals that they have not weighed.
  const std::vector<double> affinity = options.judge ? graph.probability : compete(profiles, graph);
  for (const Group& g : group(profiles, graph, affinity, bars_for(options.strictness, options.judge != nullptr)))
    out.groups.push_back(to_group(g, profiles));
  constexpr double impossible = 0.05;
  for (std::size_t k = 0; k < graph.pairs.size(); ++k) {
    if (graph.probability[k] < impossible) continue;
    const auto [a, b] = graph.pairs[k];
    out.pairs.push_back({profiles[a].statements.front(), profiles[b].statements.front(), graph.probability[k]});
  }
  return out;
}

}  // namespace align

Alignment align_claims(const Material& material, const AlignOptions& options) {
  return align::align_claims(align::fitted_models, material, options);
}

Explanation explain_sentences(const Material& material, std::uint32_t a, std::uint32_t b, const AlignOptions& options) {
  using namespace align;
  check(options);
  const std::vector<Statement> statements = list_statements(material);
  const std::vector<Profile> profiles = describe(material, statements);
  const auto profile_of = [&](std::uint32_t statement) -> const Profile& {
    return *std::find_if(profiles.begin(), profiles.end(), [&](const Profile& p) {
      return std::find(p.statements.begin(), p.statements.end(), statement) != p.statements.end();
    });
  };
  const Profile& x = profile_of(a);
  const Profile& y = profile_of(b);
  const Features f = compare(x, y);
  const Bars bars = bars_for(options.strictness);
  Explanation out;
  out.alone = first_probability(fitted_models.texts, f);
  out.veto = name_of(find_veto(x, y));
  out.together = bars.seed;
  out.counted = bars.counted;
  for (std::size_t i = 0; i < feature_count; ++i)
    out.contributions.push_back({feature_names[i], f[i], f[i] * fitted_models.texts.first[i]});
  std::stable_sort(
      out.contributions.begin(), out.contributions.end(),
      [](const Contribution& l, const Contribution& r) { return std::abs(l.log_odds) > std::abs(r.log_odds); });
  return out;
}

}  // namespace storymerge

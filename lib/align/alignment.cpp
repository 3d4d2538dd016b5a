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

// Asks the user's judge about every candidate pair.
void ask(const AlignOptions& options, const Material& material, std::span<const Statement> statements,
         std::span<const Profile> profiles, PairGraph& graph) {
  for (std::size_t begin = 0; begin < graph.pairs.size(); begin += AlignOptions::most_judged) {
    const std::size_t end = std::min(graph.pairs.size(), begin + AlignOptions::most_judged);
    std::vector<JudgedPair> batch;
    for (std::size_t k = begin; k < end; ++k) {
      const auto [a, b] = graph.pairs[k];
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
      graph.probability[k] = p;
    }
  }
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

Alignment align_claims(const FittedModels& models, const Material& material, const AlignOptions& options) {
  Alignment out;
  out.statements = list_statements(material);
  const std::vector<Profile> profiles = describe(material, out.statements);
  const std::vector<std::vector<float>> vectors = embed(options, material, out.statements, profiles);
  PairGraph graph = estimate(options.embed ? models.vectors : models.texts, profiles, vectors);
  if (options.judge) ask(options, material, out.statements, profiles, graph);
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

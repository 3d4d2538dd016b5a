// Fits the weights of lib/align/weights.inc on gold stories, and shows whether they generalise.
//   fit_alignment [--write lib/align/weights.inc] [--quick] [--errors N] GOLD_DIR...
// Prints every figure of eval/scores.h twice: with weights fitted on all stories, and with each story measured by weights
// fitted on the others (leave one story out). Standard output; exit status 0, or 1 when nothing could be read.

#include <cmath>
#include <cstring>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <numeric>
#include <optional>
#include <sstream>

#include "dispute/weigh.h"
#include "storymerge/eval/gold.h"
#include "storymerge/eval/scores.h"
#include "storymerge/storymerge.h"

namespace {

using namespace storymerge;
using namespace storymerge::align;

// Rows of `width` values, one label a row.
struct Table {
  std::size_t width = 0;
  std::vector<double> values;
  std::vector<char> labels;
  std::vector<char> use;  // rows that the fit looks at

  template <std::size_t... N>
  void add(bool label, bool use_row, const std::array<double, N>&... parts) {
    width = (N + ...);
    (values.insert(values.end(), parts.begin(), parts.end()), ...);
    labels.push_back(label);
    use.push_back(use_row);
  }
};

// Logistic regression by Newton's method, columns standardised, an L2 penalty on all but column 0 (the constant 1).
std::vector<double> fit(const Table& all, double penalty) {
  Table t;
  t.width = all.width;
  for (std::size_t i = 0; i < all.labels.size(); ++i) {
    if (!all.use[i]) continue;
    t.values.insert(t.values.end(), all.values.begin() + static_cast<std::ptrdiff_t>(i * all.width),
                    all.values.begin() + static_cast<std::ptrdiff_t>((i + 1) * all.width));
    t.labels.push_back(all.labels[i]);
  }
  const std::size_t n = t.labels.size(), d = t.width;
  std::vector<double> mean(d, 0), scale(d, 0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < d; ++j) mean[j] += t.values[i * d + j];
  for (double& m : mean) m /= static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < d; ++j) scale[j] += std::pow(t.values[i * d + j] - mean[j], 2);
  for (double& s : scale) s = s < 1e-12 * static_cast<double>(n) ? 0 : 1.0 / std::sqrt(s / static_cast<double>(n));
  mean[0] = 0;
  scale[0] = 1;
  std::vector<double> z(n * d);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < d; ++j) z[i * d + j] = (t.values[i * d + j] - mean[j]) * scale[j];
  std::vector<double> w(d, 0);
  for (int step = 0; step < 12; ++step) {
    std::vector<double> gradient(d, 0), hessian(d * d, 0);
    for (std::size_t i = 0; i < n; ++i) {
      const double* row = &z[i * d];
      const double p = 1.0 / (1.0 + std::exp(-std::inner_product(w.begin(), w.end(), row, 0.0)));
      const double e = t.labels[i] - p, h = std::max(1e-9, p * (1 - p));
      for (std::size_t j = 0; j < d; ++j) {
        gradient[j] += e * row[j];
        const double hj = h * row[j];
        for (std::size_t k = 0; k <= j; ++k) hessian[j * d + k] += hj * row[k];
      }
    }
    for (std::size_t j = 0; j < d; ++j) {
      if (j > 0) gradient[j] -= penalty * w[j];
      hessian[j * d + j] += j > 0 ? penalty : 1e-6;
    }
    // Cholesky: hessian = L L', then two triangular systems.
    std::vector<double>& l = hessian;
    for (std::size_t j = 0; j < d; ++j) {
      for (std::size_t k = 0; k <= j; ++k) {
        double sum = l[j * d + k];
        for (std::size_t m = 0; m < k; ++m) sum -= l[j * d + m] * l[k * d + m];
        l[j * d + k] = j == k ? std::sqrt(std::max(sum, 1e-9)) : sum / l[k * d + k];
      }
    }
    for (std::size_t j = 0; j < d; ++j) {
      for (std::size_t m = 0; m < j; ++m) gradient[j] -= l[j * d + m] * gradient[m];
      gradient[j] /= l[j * d + j];
    }
    for (std::size_t j = d; j-- > 0;) {
      for (std::size_t m = j + 1; m < d; ++m) gradient[j] -= l[m * d + j] * gradient[m];
      gradient[j] /= l[j * d + j];
    }
    double moved = 0;
    for (std::size_t j = 0; j < d; ++j) {
      w[j] += gradient[j];
      moved = std::max(moved, std::abs(gradient[j]));
    }
    if (moved < 1e-6) break;
  }
  for (std::size_t j = 1; j < d; ++j) {
    w[j] *= scale[j];
    w[0] -= w[j] * mean[j];
  }
  return w;
}

// One story as the pipeline sees it, with the truth of its pairs.
struct Case {
  const Story* story = nullptr;
  std::size_t gold = 0;  // position of the gold story that most of its articles belong to
  std::optional<Material> material;
  std::vector<Unit> units;
  PairGraph graph;
  std::vector<char> same;    // one a pair: they share a gold claim
  std::vector<char> learn;   // one a pair: not a pair of clauses whose sentences share a claim that other clauses tell
  std::vector<char> differ;  // one a pair: they give different values of a shared gold claim
  std::vector<char> cross;   // one a pair: of different origins, what is scored

  const std::vector<Claim>& claims() const { return material->claims; }
};

struct Truth {
  std::vector<std::pair<std::size_t, std::size_t>> where;  // ArticleIndex -> gold story, article in it
  std::span<const GoldStory> gold;

  // What a span tells: what the sentences tell that share more than half of the shorter one.
  std::vector<GoldTelling> tells(const SourceSpan& span) const {
    std::vector<GoldTelling> out;
    const auto [s, a] = where[span.article];
    for (const GoldSentence& g : gold[s].articles[a].sentences) {
      const std::uint32_t begin = std::max(g.range.begin, span.begin), end = std::min(g.range.end, span.end);
      if (end <= begin || 2 * (end - begin) <= std::min(g.range.size(), span.size())) continue;
      out.insert(out.end(), g.tells.begin(), g.tells.end());
    }
    return out;
  }
};

Model fit_model(const std::vector<Case*>& cases) {
  Model model;
  Table first;
  for (const Case* c : cases) {
    for (std::size_t k = 0; k < c->same.size(); ++k) first.add(c->same[k], c->learn[k], c->graph.features[k]);
  }
  const std::vector<double> w1 = fit(first, 5.0);
  std::copy(w1.begin(), w1.end(), model.first.begin());
  Table second, third;
  std::vector<std::vector<Collective>> once(cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    Case& c = *cases[i];
    c.graph.probability.resize(c.same.size());
    for (std::size_t k = 0; k < c.same.size(); ++k)
      c.graph.probability[k] = first_probability(model, c.graph.features[k]);
    once[i] = look_around(c.units, c.graph);
    for (std::size_t k = 0; k < c.same.size(); ++k) second.add(c.same[k], c.learn[k], c.graph.features[k], once[i][k]);
  }
  const std::vector<double> w2 = fit(second, 5.0);
  std::copy(w2.begin(), w2.end(), model.second.begin());
  std::size_t row = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    Case& c = *cases[i];
    for (std::size_t k = 0; k < c.same.size(); ++k, ++row) {
      const double* values = &second.values[row * second.width];
      c.graph.probability[k] = 1.0 / (1.0 + std::exp(-std::inner_product(w2.begin(), w2.end(), values, 0.0)));
    }
    const std::vector<Collective> twice = look_around(c.units, c.graph);
    for (std::size_t k = 0; k < c.same.size(); ++k)
      third.add(c.same[k], c.learn[k], c.graph.features[k], once[i][k], twice[k]);
  }
  const std::vector<double> w3 = fit(third, 5.0);
  std::copy(w3.begin(), w3.end(), model.third.begin());
  Table disputes;
  for (Case* c : cases) {
    estimate(model, c->units, c->claims(), {}, c->graph);
    for (std::size_t k = 0; k < c->same.size(); ++k) {
      if (c->graph.probability[k] >= 0.02)
        disputes.add(c->differ[k], true, dispute::weigh_dispute(c->units, c->claims(), c->graph, k));
    }
  }
  const std::vector<double> w4 = fit(disputes, 5.0);
  std::copy(w4.begin(), w4.end(), model.dispute.begin());
  return model;
}

// F1 of "probability above a threshold" over pairs of different origins, at the best threshold; `missed` positives were no
// candidates.
std::string best_f1(const std::vector<Case>& cases, std::size_t missed) {
  std::vector<std::pair<double, bool>> all;
  std::size_t positive = missed;
  for (const Case& c : cases) {
    for (std::size_t k = 0; k < c.same.size(); ++k) {
      if (!c.cross[k]) continue;
      all.push_back({c.graph.probability[k], c.same[k]});
      positive += c.same[k];
    }
  }
  std::sort(all.rbegin(), all.rend());
  double best = 0, threshold = 0, precision = 0, recall = 0;
  std::size_t hits = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    hits += all[i].second;
    const double f = 2.0 * static_cast<double>(hits) / static_cast<double>(i + 1 + positive);
    if (f > best) {
      best = f;
      threshold = all[i].first;
      precision = static_cast<double>(hits) / static_cast<double>(i + 1);
      recall = static_cast<double>(hits) / static_cast<double>(positive);
    }
  }
  std::ostringstream out;
  out << std::fixed << std::setprecision(3) << best << " (p " << precision << " r " << recall << " at " << threshold
      << ")";
  return out.str();
}

void write_weights(std::ostream& out, const Model& model) {
  out << "// Written by tests/fit/fit_alignment.cpp; do not edit.\n" << std::setprecision(6);
  const auto block = [&](const char* name, const double* w, std::size_t n, std::size_t rounds) {
    out << "    // " << name << "\n    {\n";
    for (std::size_t i = 0; i < n; ++i) {
      out << "        " << w[i] << ",  // "
          << (rounds == 3         ? dispute_names[i]
              : i < feature_count ? feature_names[i]
                                  : collective_names[(i - feature_count) % collective_count]);
      if (rounds == 2 && i >= feature_count) out << (i < feature_count + collective_count ? ", once" : ", twice");
      out << '\n';
    }
    out << "    },\n";
  };
  block("first", model.first.data(), model.first.size(), 0);
  block("second", model.second.data(), model.second.size(), 1);
  block("third", model.third.data(), model.third.size(), 2);
  block("dispute", model.dispute.data(), model.dispute.size(), 3);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    std::vector<std::string> folders;
    std::string path;
    std::size_t errors = 0;
    bool quick = false;
    for (int i = 1; i < argc; ++i) {
      if (std::strcmp(argv[i], "--write") == 0 && i + 1 < argc)
        path = argv[++i];
      else if (std::strcmp(argv[i], "--quick") == 0)
        quick = true;
      else if (std::strcmp(argv[i], "--errors") == 0 && i + 1 < argc)
        errors = std::stoul(argv[++i]);
      else
        folders.emplace_back(argv[i]);
    }
    const std::vector<GoldStory> gold = read_gold(folders);
    const Corpus corpus(gold_articles(gold));
    const std::vector<Document> documents = analyze(corpus);
    const Duplicates duplicates = find_duplicates(corpus, documents);
    // Weights are fitted on the stories of the gold, so that they do not depend on how well articles are grouped; what is
    // measured are the stories that the pipeline makes.
    const std::vector<Story> stories = group_stories(corpus, documents, duplicates);
    std::vector<Story> known;
    for (const GoldStory& s : gold) {
      Story story{s.name, {}, {}};
      for (const GoldArticle& a : s.articles) story.articles.push_back(*corpus.find(a.article.id));
      std::sort(story.articles.begin(), story.articles.end());
      for (const ArticleIndex a : story.articles) story.origins.push_back(duplicates.origin_of[a]);
      std::sort(story.origins.begin(), story.origins.end());
      story.origins.erase(std::unique(story.origins.begin(), story.origins.end()), story.origins.end());
      known.push_back(std::move(story));
    }

    // Most users' stories are smaller than the gold's: the fit also looks at every two sources of each by themselves.
    std::vector<Story> of_two;
    for (const Story& story : known) {
      for (std::size_t i = 0; i < story.origins.size(); ++i) {
        for (std::size_t j = i + 1; j < story.origins.size(); ++j) {
          const auto [a, b] =
              std::minmax(duplicates.origins[story.origins[i]].original, duplicates.origins[story.origins[j]].original);
          of_two.push_back({story.id, {a, b}, {story.origins[i], story.origins[j]}});
        }
      }
    }

    Truth truth{std::vector<std::pair<std::size_t, std::size_t>>(corpus.size()), gold};
    for (std::size_t s = 0; s < gold.size(); ++s) {
      for (std::size_t a = 0; a < gold[s].articles.size(); ++a) {
        truth.where[*corpus.find(gold[s].articles[a].article.id)] = {s, a};
      }
    }
    std::size_t missed = 0, positives = 0, pairs = 0;
    const auto make_cases = [&](const std::vector<Story>& stories) {
      missed = positives = pairs = 0;
      std::vector<Case> cases(stories.size());
      for (std::size_t i = 0; i < stories.size(); ++i) {
        Case& c = cases[i];
        c.story = &stories[i];
        std::vector<std::size_t> votes(gold.size(), 0);
        for (const ArticleIndex a : stories[i].articles) ++votes[truth.where[a].first];
        c.gold = static_cast<std::size_t>(std::max_element(votes.begin(), votes.end()) - votes.begin());
        c.material.emplace(gather(corpus, documents, duplicates, stories[i]));
        c.units = make_units(*c.material);
        c.graph = make_graph(c.units, c.claims(), propose_pairs(c.units));
        std::vector<std::vector<GoldTelling>> told(c.units.size());
        for (std::size_t u = 0; u < c.units.size(); ++u)
          told[u] = truth.tells(c.claims()[c.units[u].claims.front()].span);
        const auto share = [&](std::uint32_t a, std::uint32_t b, bool different_values = false) {
          const ArticleIndex x = c.claims()[c.units[a].claims.front()].span.article;
          const ArticleIndex y = c.claims()[c.units[b].claims.front()].span.article;
          if (truth.where[x].first != truth.where[y].first) return false;
          for (const GoldTelling& s : told[a]) {
            for (const GoldTelling& t : told[b]) {
              if (s.claim == t.claim && (!different_values || (s.value && t.value && *s.value != *t.value)))
                return true;
            }
          }
          return false;
        };
        for (const auto& [a, b] : c.graph.pairs) {
          c.same.push_back(share(a, b));
          c.differ.push_back(share(a, b, true));
          c.cross.push_back(c.units[a].origin != c.units[b].origin);
        }
        // The gold speaks of sentences: of the pairs of their clauses the most alike is the one that shares the claim.
        std::map<std::array<std::uint32_t, 4>, std::size_t> best;
        c.learn.assign(c.same.size(), 1);
        for (std::size_t k = 0; k < c.same.size(); ++k) {
          if (!c.same[k]) continue;
          const Unit& a = c.units[c.graph.pairs[k].first];
          const Unit& b = c.units[c.graph.pairs[k].second];
          const auto [at, fresh] = best.emplace(std::array{a.article, a.sentence, b.article, b.sentence}, k);
          if (fresh) continue;
          const bool better = c.graph.features[k][19] > c.graph.features[at->second][19];
          c.learn[better ? at->second : k] = 0;
          if (better) at->second = k;
        }
        for (std::uint32_t a = 0; a < c.units.size(); ++a) {
          for (std::uint32_t b = a + 1; b < c.units.size(); ++b) {
            if (c.units[a].origin == c.units[b].origin || !share(a, b)) continue;
            ++positives;
            missed += c.graph.find(a, b) == nullptr;
          }
        }
        pairs += c.graph.pairs.size();
      }
      return cases;
    };
    std::vector<Case> cases = make_cases(stories);
    std::vector<Case> cases_of_two = make_cases(of_two);
    std::vector<Case> known_cases = make_cases(known);
    std::cout << known.size() << " stories, " << pairs << " candidate pairs, " << positives << " true, " << missed
              << " of them no candidates\n";

    std::vector<Case*> all;
    for (std::vector<Case>* list : {&known_cases, &cases_of_two}) {
      for (Case& c : *list) all.push_back(&c);
    }
    const Model model = fit_model(all);
    if (!path.empty()) {
      std::ofstream out(path);
      write_weights(out, model);
    }
    const auto merged = [&](const std::vector<Model>& models) {  // models: one a case
      std::vector<MergedStory> out;
      for (std::size_t i = 0; i < cases.size(); ++i) {
        Case& c = cases[i];
        estimate(models[i], c.units, c.claims(), {}, c.graph);
        const Alignment alignment = align::align_claims(models[i], *c.material, {});
        const std::vector<Dispute> disputes = dispute::find_disputes(models[i], *c.material, alignment);
        out.push_back(merge_story(*c.material, alignment, disputes));
      }
      return out;
    };
    const std::vector<Figure> fitted = score(gold, corpus, merged(std::vector<Model>(cases.size(), model)));
    for (Case& c : known_cases) estimate(model, c.units, c.claims(), {}, c.graph);
    std::cout << "pairs, fitted: best F1 " << best_f1(known_cases, missed) << '\n';
    std::vector<Figure> left_out = fitted;
    if (!quick) {
      std::vector<Model> models(cases.size()), left_out_models(gold.size());
      for (std::size_t s = 0; s < gold.size(); ++s) {
        std::vector<Case*> others;
        for (Case* c : all) {
          if (c->gold != s) others.push_back(c);
        }
        const Model without = fit_model(others);
        for (std::size_t i = 0; i < cases.size(); ++i) {
          if (cases[i].gold == s) models[i] = without;
        }
        left_out_models[s] = without;
      }
      left_out = score(gold, corpus, merged(models));
      for (Case& c : known_cases) estimate(left_out_models[c.gold], c.units, c.claims(), {}, c.graph);
      std::cout << "pairs, leave one story out: best F1 " << best_f1(known_cases, missed) << '\n';
    }
    if (errors > 0) {  // the worst, by the last weights used
      struct Wrong {
        double p;
        const Case* c;
        std::size_t k;
      };
      for (const bool same : {true, false}) {
        std::vector<Wrong> list;
        for (const Case& c : known_cases) {
          for (std::size_t k = 0; k < c.same.size(); ++k) {
            if (c.cross[k] && static_cast<bool>(c.same[k]) == same) list.push_back({c.graph.probability[k], &c, k});
          }
        }
        std::stable_sort(list.begin(), list.end(),
                         [&](const Wrong& x, const Wrong& y) { return same ? x.p < y.p : x.p > y.p; });
        list.resize(std::min(errors, list.size()));
        std::cout << (same ? "missed pairs, least likely first\n" : "false pairs, likeliest first\n");
        for (const Wrong& w : list) {
          const auto [a, b] = w.c->graph.pairs[w.k];
          std::cout << std::fixed << std::setprecision(3) << w.p << ' '
                    << corpus[w.c->claims()[w.c->units[a].claims.front()].span.article].id << "\n    "
                    << corpus.quote(w.c->claims()[w.c->units[a].claims.front()].span) << "\n    "
                    << corpus.quote(w.c->claims()[w.c->units[b].claims.front()].span) << '\n';
        }
      }
      const auto print_disputes = [&] {
        for (const Case& c : cases) {
          const Alignment alignment = align::align_claims(model, *c.material, {});
          for (const Dispute& d : dispute::find_disputes(model, *c.material, alignment)) {
            bool right = false;
            std::string gold_resolution;
            for (const DisputeValue& x : d.values)
              for (const DisputeValue& y : d.values)
                for (const std::uint32_t i : x.claims)
                  for (const std::uint32_t j : y.claims)
                    for (const GoldTelling& s : truth.tells(c.claims()[i].span))
                      for (const GoldTelling& t : truth.tells(c.claims()[j].span))
                        if (&x != &y && s.claim == t.claim && s.value && t.value && *s.value != *t.value) {
                          right = true;
                          for (const GoldDispute& g : gold[c.gold].disputes) {
                            if (g.claim == s.claim)
                              gold_resolution = g.resolution == Resolution::update ? "update" : "conflict";
                          }
                        }
            std::cout << (right ? "right " : "WRONG ") << static_cast<int>(d.kind)
                      << (d.resolution == Resolution::update ? " update " : " conflict ") << gold_resolution << ' '
                      << c.story->id << '\n';
            for (const DisputeValue& v : d.values) {
              std::cout << "    [" << v.value << "]\n";
              for (const std::uint32_t i : v.claims)
                std::cout << "        " << corpus.quote(c.claims()[i].span) << '\n';
            }
          }
        }
      };
      print_disputes();
    }
    std::cout << std::left << std::setw(24) << "figure"
              << "fitted  left out\n"
              << std::fixed << std::setprecision(4);
    for (std::size_t k = 0; k < fitted.size(); ++k) {
      std::cout << std::setw(24) << fitted[k].name << fitted[k].value << "  " << left_out[k].value << '\n';
    }
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "fit_alignment: " << error.what() << '\n';
    return 1;
  }
}

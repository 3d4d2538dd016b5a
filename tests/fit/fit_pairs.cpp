#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <numeric>
#include <set>
#include <sstream>

#include "align/grouping.h"
#include "align/pairs.h"
#include "storymerge/eval/gold.h"
#include "storymerge/storymerge.h"

namespace {

using namespace storymerge;
using namespace storymerge::align;

using Row = std::vector<double>;

struct Rows {
  std::size_t width = 0;
  std::vector<double> values;
  std::vector<char> labels;
  void add(bool label, const double* a, std::size_t na, const double* b = nullptr, std::size_t nb = 0) {
    width = na + nb;
    values.insert(values.end(), a, a + na);
    if (nb) values.insert(values.end(), b, b + nb);
    labels.push_back(label);
  }
};

// Logistic regression by Newton's method, columns standardised, an L2 penalty on all but column 0 (the constant 1).
std::vector<double> fit(const Rows& t, double penalty) {
  const std::size_t n = t.labels.size(), d = t.width;
  std::vector<double> mean(d, 0), scale(d, 0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < d; ++j) mean[j] += t.values[i * d + j];
  for (double& m : mean) m /= static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < d; ++j) {
      const double x = t.values[i * d + j] - mean[j];
      scale[j] += x * x;
    }
  for (double& s : scale) s = s < 1e-12 * static_cast<double>(n) ? 0 : 1.0 / std::sqrt(s / static_cast<double>(n));
  mean[0] = 0;
  scale[0] = 1;
  const std::size_t dd = (d + 7) / 8 * 8;
  std::vector<float> z(n * dd, 0.f);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < d; ++j) z[i * dd + j] = static_cast<float>((t.values[i * d + j] - mean[j]) * scale[j]);
  std::vector<double> w(d, 0);
  std::vector<float> block(dd * dd);
  for (int step = 0; step < 10; ++step) {
    std::vector<double> gradient(d, 0), hessian(d * d, 0);
    std::fill(block.begin(), block.end(), 0.f);
    for (std::size_t i = 0; i < n; ++i) {
      const float* row = &z[i * dd];
      double s = 0;
      for (std::size_t j = 0; j < d; ++j) s += w[j] * row[j];
      const double p = 1.0 / (1.0 + std::exp(-s));
      const double e = t.labels[i] - p;
      const float h = static_cast<float>(std::max(1e-9, p * (1 - p)));
      for (std::size_t j = 0; j < d; ++j) {
        gradient[j] += e * row[j];
        const float hj = h * row[j];
        float* to = &block[j * dd];
        for (std::size_t k = 0; k < dd; ++k) to[k] += hj * row[k];
      }
      if (i % 1024 == 1023 || i + 1 == n) {
        for (std::size_t j = 0; j < d; ++j)
          for (std::size_t k = 0; k <= j; ++k) hessian[j * d + k] += block[j * dd + k];
        std::fill(block.begin(), block.end(), 0.f);
      }
    }
    for (std::size_t j = 0; j < d; ++j) {
      if (j > 0) gradient[j] -= penalty * w[j];
      hessian[j * d + j] += j > 0 ? penalty : 1e-6;
    }
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
    if (moved < 1e-3) break;
  }
  for (std::size_t j = 1; j < d; ++j) {
    w[j] *= scale[j];
    w[0] -= w[j] * mean[j];
  }
  return w;
}

double logistic(double x) { return 1.0 / (1.0 + std::exp(-x)); }

struct Hit {
  std::uint32_t article = 0, sentence = 0;  // of the gold story
  friend auto operator<=>(const Hit&, const Hit&) = default;
};

struct Case {
  const Story* story = nullptr;
  const GoldStory* gold = nullptr;
  std::vector<std::uint32_t> root;  // gold origin by gold article
  std::vector<Statement> statements;
  std::vector<Profile> profiles;
  Pairs pool;
  std::vector<Features> pool_features;
  std::vector<char> pool_same;
  PairGraph graph;
  std::vector<Features> features;
  std::vector<char> same, cross;
  std::vector<std::vector<Hit>> hits;       // by statement
  std::vector<std::vector<Hit>> unit_hits;  // by profile
  std::vector<Collective> around;
  std::size_t fold = 0;
};

// Which claims: value, by claim, of a hit
const std::vector<GoldTelling>& tells(const Case& c, Hit h) {
  return c.gold->articles[h.article].sentences[h.sentence].tells;
}

struct Metrics {
  std::size_t pairs_want = 0, pairs_got = 0, pairs_both = 0;
  std::size_t several = 0, true_several = 0, exact_several = 0, found_several = 0, want_several = 0;
  std::size_t counted = 0, truly = 0, found_counted = 0;
  std::size_t origins_exact = 0, claims = 0, kept = 0, told = 0, boiler = 0;
};

bool compatible(const std::set<std::string>& a, const std::set<std::string>& b) {
  if (a.contains("") || b.contains("")) return true;
  return std::any_of(a.begin(), a.end(), [&](const std::string& v) { return b.contains(v); });
}

void score(const Case& c, const std::vector<Group>& groups, Metrics& m) {
  using Values = std::map<std::uint32_t, std::set<std::string>>;
  std::map<std::uint32_t, std::map<std::uint32_t, std::set<std::string>>> tellers;  // claim -> origin -> values
  std::map<std::uint32_t, std::set<Hit>> spots;
  for (std::uint32_t a = 0; a < c.gold->articles.size(); ++a) {
    for (std::uint32_t s = 0; s < c.gold->articles[a].sentences.size(); ++s) {
      for (const GoldTelling& t : c.gold->articles[a].sentences[s].tells) {
        tellers[t.claim][c.root[a]].insert(t.value.value_or(""));
        spots[t.claim].insert({a, s});
      }
    }
  }
  const auto origin = [&](Hit h) { return c.root[h.article]; };
  std::set<std::pair<Hit, Hit>> want, got;
  for (const auto& [claim, list] : spots)
    for (const Hit x : list)
      for (const Hit y : list)
        if (x < y && origin(x) != origin(y)) want.insert({x, y});
  const auto values_of = [&](const std::set<Hit>& hits) {
    Values out;
    for (const Hit h : hits)
      for (const GoldTelling& t : tells(c, h)) out[t.claim].insert(t.value.value_or(""));
    return out;
  };
  std::set<std::uint32_t> found_several, found_counted;
  struct Ours {
    std::set<Hit> hits, lead;
    std::size_t count;
  };
  std::vector<Ours> ours;
  for (const Group& g : groups) {
    std::set<Hit> hits, around, lead;
    std::set<std::uint32_t> origins;
    for (const Group::Member& member : g.members) {
      for (const Hit h : c.unit_hits[member.unit]) {
        around.insert(h);
        if (member.counted) hits.insert(h);
        if (&member == &g.members.front()) lead.insert(h);
      }
      if (member.counted) origins.insert(c.profiles[member.unit].origin);
    }
    for (const Hit x : around)
      for (const Hit y : around)
        if (x < y && origin(x) != origin(y)) {
          got.insert({x, y});
          for (const GoldTelling& s : tells(c, x))
            for (const GoldTelling& t : tells(c, y))
              if (s.claim == t.claim) found_several.insert(s.claim);
        }
    ours.push_back({hits, lead, origins.size()});
    if (origins.size() < 2) continue;
    const Values said = values_of(lead);
    std::set<std::uint32_t> own;
    for (const Hit h : lead) own.insert(origin(h));
    ++m.several;
    bool truth = false;
    std::map<std::uint32_t, std::set<std::uint32_t>> stated;  // origin -> agreed claims
    std::set<std::uint32_t> rivals;
    for (const Hit h : hits) {
      if (own.contains(origin(h))) continue;
      std::set<std::uint32_t>& agreed = stated[origin(h)];
      for (const auto& [claim, values] : values_of({h})) {
        const auto at = said.find(claim);
        if (at == said.end()) continue;
        truth = true;
        if (compatible(at->second, values))
          agreed.insert(claim);
        else
          rivals.insert(origin(h));
      }
    }
    m.true_several += truth;
    m.counted += stated.size();
    for (const auto& [o, agreed] : stated) {
      if (rivals.contains(o)) continue;
      m.truly += !agreed.empty();
      found_counted.insert(agreed.begin(), agreed.end());
    }
    bool exact = false;
    for (const auto& [claim, values] : said) {
      std::size_t n = 0;
      for (const auto& [o, theirs] : tellers[claim]) n += compatible(theirs, values);
      exact = exact || n == origins.size();
    }
    m.exact_several += exact;
  }
  for (const auto& p : got) m.pairs_both += want.contains(p);
  m.pairs_want += want.size();
  m.pairs_got += got.size();
  for (const auto& [claim, list] : tellers) {
    if (list.size() > 1) {
      ++m.want_several;
      m.found_several += found_several.contains(claim);
      m.found_counted += found_counted.contains(claim);
    }
    ++m.claims;
    const Ours* best = nullptr;
    std::pair<std::size_t, std::ptrdiff_t> most{0, 0};
    for (const Ours& o : ours) {
      std::size_t both = 0;
      for (const Hit h : o.hits) both += spots[claim].contains(h);
      if (both == 0) continue;
      const std::pair<std::size_t, std::ptrdiff_t> now{both, -static_cast<std::ptrdiff_t>(o.hits.size())};
      if (best == nullptr || now > most) best = &o, most = now;
    }
    if (best == nullptr) continue;
    Values values = values_of(best->lead);
    if (!values.contains(claim)) values[claim] = {""};
    std::size_t n = 0;
    for (const auto& [o, theirs] : list) n += compatible(theirs, values[claim]);
    m.origins_exact += best->count == n;
  }
}

double ratio(std::size_t a, std::size_t b) { return b ? static_cast<double>(a) / static_cast<double>(b) : 0; }

std::string line(const Metrics& m) {
  std::ostringstream out;
  const double p = ratio(m.pairs_both, m.pairs_got), r = ratio(m.pairs_both, m.pairs_want);
  out << std::fixed << std::setprecision(3) << "align " << p << '/' << r << '/' << 2 * p * r / std::max(1e-9, p + r)
      << "  several " << ratio(m.true_several, m.several) << '/' << ratio(m.found_several, m.want_several) << " exact "
      << ratio(m.exact_several, m.several) << "  counted " << ratio(m.truly, m.counted) << '/'
      << ratio(m.found_counted, m.want_several) << "  origins_exact " << ratio(m.origins_exact, m.claims) << "  ("
      << m.several << " several)";
  return out.str();
}

struct Ranked {
  double p;
  bool same;
};

std::string pair_figures(std::vector<Ranked> all, std::size_t positive) {
  std::sort(all.begin(), all.end(), [](const Ranked& a, const Ranked& b) { return a.p > b.p; });
  double best = 0, at = 0, pp = 0, rr = 0, ap = 0;
  std::size_t hits = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    hits += all[i].same;
    if (all[i].same) ap += ratio(hits, i + 1);
    const double f = 2.0 * static_cast<double>(hits) / static_cast<double>(i + 1 + positive);
    if (f > best) best = f, at = all[i].p, pp = ratio(hits, i + 1), rr = ratio(hits, positive);
  }
  std::ostringstream out;
  out << std::fixed << std::setprecision(3) << "AP " << ap / static_cast<double>(positive) << " F1 " << best << " ("
      << pp << '/' << rr << " at " << at << ")";
  return out.str();
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> folders;
  std::size_t folds = 8;
  double penalty = 5;
  CandidateBounds bounds;
  bool grid = false, judge = false;
  std::set<std::string> drop;
  std::string write, vectors_file, sentences_file;
  for (int i = 1; i < argc; ++i) {
    const std::string arg = argv[i];
    if (arg == "--folds")
      folds = std::stoul(argv[++i]);
    else if (arg == "--penalty")
      penalty = std::stod(argv[++i]);
    else if (arg == "--enough")
      bounds.enough = std::stod(argv[++i]);
    else if (arg == "--most")
      bounds.most = std::stoul(argv[++i]);
    else if (arg == "--an-article")
      bounds.an_article = std::stoul(argv[++i]);
    else if (arg == "--window")
      bounds.window = std::stoul(argv[++i]);
    else if (arg == "--supplied")
      bounds.supplied = std::stod(argv[++i]);
    else if (arg == "--likely")
      bounds.likely = std::stod(argv[++i]);
    else if (arg == "--vectors")
      vectors_file = argv[++i];
    else if (arg == "--sentences")
      sentences_file = argv[++i];
    else if (arg == "--write")
      write = argv[++i];
    else if (arg == "--grid")
      grid = true;
    else if (arg == "--judge")
      judge = true;
    else if (arg == "--drop")
      drop.insert(argv[++i]);
    else
      folders.push_back(arg);
  }
  const std::vector<GoldStory> gold = read_gold(folders);
  const Corpus corpus(gold_articles(gold));
  const std::vector<Document> documents = analyze(corpus);
  const Duplicates duplicates = find_duplicates(corpus, documents);
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
  std::map<std::string, std::vector<float>> vectors;
  if (!vectors_file.empty()) {
    std::ifstream texts(vectors_file + ".txt"), numbers(vectors_file);
    std::string text, row;
    while (std::getline(texts, text) && std::getline(numbers, row)) {
      std::istringstream in(row);
      std::vector<float>& v = vectors[text];
      v.clear();
      for (float x; in >> x;) v.push_back(x);
    }
  }
  const auto one_line = [](std::string_view text) {
    std::string out(text);
    std::replace(out.begin(), out.end(), '\n', ' ');
    return out;
  };
  const auto vectors_of = [&](const Case& c) {
    std::vector<std::vector<float>> out;
    if (vectors.empty()) return out;
    for (const Profile& p : c.profiles) {
      const auto at = vectors.find(one_line(corpus.quote(c.statements[p.statements[0]].span)));
      out.push_back(at != vectors.end() ? at->second : std::vector<float>(vectors.begin()->second.size(), 0.f));
    }
    return out;
  };
  std::ofstream sentences_out;
  if (!sentences_file.empty()) sentences_out.open(sentences_file);
  std::vector<Case> cases(gold.size());
  std::size_t all_pairs = 0, candidates = 0, truth = 0, truth_kept = 0;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    Case& c = cases[i];
    c.story = &known[i];
    c.gold = &gold[i];
    c.fold = i % folds;
    for (std::uint32_t a = 0; a < gold[i].articles.size(); ++a) {
      std::uint32_t r = a;
      while (gold[i].articles[r].copy_of) r = *gold[i].articles[r].copy_of;
      c.root.push_back(r);
    }
    std::map<ArticleIndex, std::uint32_t> place;
    for (std::uint32_t a = 0; a < gold[i].articles.size(); ++a) place[*corpus.find(gold[i].articles[a].article.id)] = a;
    const Material material = gather(corpus, documents, duplicates, known[i]);
    c.statements = list_statements(material);
    c.profiles = describe(material, c.statements);
    if (!sentences_file.empty())
      for (const Profile& p : c.profiles)
        sentences_out << one_line(corpus.quote(c.statements[p.statements[0]].span)) << '\n';
    for (const Statement& s : c.statements) {
      c.hits.emplace_back();
      const auto& sentences = gold[i].articles[place[s.span.article]].sentences;
      for (std::uint32_t k = 0; k < sentences.size(); ++k) {
        const std::uint32_t begin = std::max(sentences[k].range.begin, s.span.begin),
                            end = std::min(sentences[k].range.end, s.span.end);
        if (end > begin && 2 * (end - begin) > std::min(sentences[k].range.size(), s.span.size()))
          c.hits.back().push_back({place[s.span.article], k});
      }
    }
    for (const Profile& p : c.profiles) {
      c.unit_hits.emplace_back();
      for (const std::uint32_t s : p.statements)
        c.unit_hits.back().insert(c.unit_hits.back().end(), c.hits[s].begin(), c.hits[s].end());
    }
    const auto share = [&](std::uint32_t a, std::uint32_t b) {
      for (const Hit x : c.unit_hits[a])
        for (const Hit y : c.unit_hits[b])
          for (const GoldTelling& s : tells(c, x))
            for (const GoldTelling& t : tells(c, y))
              if (s.claim == t.claim) return true;
      return false;
    };
    Compared compared = compare_all(c.profiles, vectors_of(c));
    c.pool = std::move(compared.pairs);
    c.pool_features = std::move(compared.features);
    for (const auto& [a, b] : c.pool) c.pool_same.push_back(share(a, b));
    for (std::uint32_t a = 0; a < c.profiles.size(); ++a)
      for (std::uint32_t b = a + 1; b < c.profiles.size(); ++b) {
        if (c.profiles[a].origin == c.profiles[b].origin) continue;
        ++all_pairs;
        const bool in = std::binary_search(c.pool.begin(), c.pool.end(), std::pair(a, b));
        candidates += in;
        if (share(a, b)) {
          ++truth, truth_kept += in;
          if (!in && std::getenv("MISSED") && truth % 7 == 0)
            std::cout << "MISSED " << gold[i].name << "\n   "
                      << corpus.quote(c.statements[c.profiles[a].statements[0]].span) << "\n   "
                      << corpus.quote(c.statements[c.profiles[b].statements[0]].span) << '\n';
        }
      }
  }
  std::cout << all_pairs << " pairs, " << candidates << " candidates (" << ratio(candidates, all_pairs) << "), "
            << truth << " true, kept " << ratio(truth_kept, truth) << '\n';
  if (std::getenv("ONLY")) return 0;

  const auto collect = [&](auto use) {
    Rows rows;
    for (const Case& c : cases) {
      if (!use(c.fold)) continue;
      for (std::size_t k = 0; k < c.pool.size(); ++k)
        rows.add(c.pool_same[k], c.pool_features[k].data(), feature_count);
    }
    return rows;
  };
  std::size_t kept = 0, kept_true = 0;
  const auto first = [&](Case& c, const std::vector<double>& w) {
    PairModel model;
    std::copy(w.begin(), w.end(), model.first.begin());
    Pairs pairs;
    std::vector<double> probability;
    c.features.clear(), c.same.clear(), c.cross.clear();
    for (std::size_t k = 0; k < c.pool.size(); ++k) {
      const double p = first_probability(model, c.pool_features[k]);
      if (p < bounds.likely) continue;
      pairs.push_back(c.pool[k]);
      probability.push_back(p);
      c.features.push_back(c.pool_features[k]);
      c.same.push_back(c.pool_same[k]);
      c.cross.push_back(c.profiles[c.pool[k].first].origin != c.profiles[c.pool[k].second].origin);
      kept += c.cross.back();
      kept_true += c.cross.back() && c.same.back();
    }
    c.graph = make_graph(c.profiles, std::move(pairs));
    c.graph.probability = std::move(probability);
  };
  // stage 1 without folds f and g
  std::map<std::pair<std::size_t, std::size_t>, std::vector<double>> without;
  for (std::size_t f = 0; f < folds; ++f)
    for (std::size_t g = f; g < folds; ++g)
      without[{f, g}] = fit(collect([&](std::size_t x) { return x != f && x != g; }), penalty);
  std::vector<Ranked> ranked1, ranked2, ranked3;
  // CACHE
  std::vector<std::vector<double>> second_p(cases.size());
  std::size_t left_kept = 0, left_true = 0;
  const auto second_rows = [&](const auto& weights_of, auto use) {
    Rows rows;
    for (Case& c : cases) {
      if (!use(c)) continue;
      first(c, weights_of(c));
      const std::vector<Collective> around = look_around(c.profiles, c.graph);
      for (std::size_t k = 0; k < c.same.size(); ++k)
        rows.add(c.same[k], c.features[k].data(), feature_count, around[k].data(), collective_count);
    }
    return rows;
  };
  if (const char* dump = std::getenv("DUMP")) {
    std::ofstream out(dump, std::ios::binary);
    for (Case& c : cases) {
      first(c, without[{c.fold, c.fold}]);
      const std::vector<Collective> around = look_around(c.profiles, c.graph);
      for (std::size_t k = 0; k < c.same.size(); ++k) {
        std::vector<float> row{static_cast<float>(c.same[k]), static_cast<float>(c.cross[k]),
                               static_cast<float>(c.fold), static_cast<float>(&c - cases.data())};
        row.insert(row.end(), c.features[k].begin(), c.features[k].end());
        row.insert(row.end(), around[k].begin(), around[k].end());
        out.write(reinterpret_cast<const char*>(row.data()), static_cast<std::streamsize>(row.size() * 4));
      }
    }
    return 0;
  }
  if (!write.empty()) {
    const std::vector<double> w1 = fit(collect([](std::size_t) { return true; }), penalty);
    const std::vector<double> w2 = fit(second_rows(
                                           [&](const Case& c) {
                                             return without[{c.fold, c.fold}];
                                           },
                                           [](const Case&) { return true; }),
                                       penalty);
    // The other block, by the texts alone or with vectors, stays as it is.
    std::string old, row;
    {
      std::ifstream in(write);
      while (std::getline(in, row)) old += row + '\n';
    }
    const std::string mark = "    // with vectors\n";
    const std::size_t at = std::min(old.find(mark), old.size());
    std::ostringstream block;
    block << "    {\n" << std::setprecision(6);
    for (const auto& w : {w1, w2}) {
      block << "        {\n";
      for (std::size_t i = 0; i < w.size(); ++i)
        block << "            " << w[i] << ",  // "
              << (i < feature_count ? feature_names[i] : collective_names[i - feature_count]) << '\n';
      block << "        },\n";
    }
    block << "    },\n";
    std::ofstream out(write);
    if (vectors.empty())
      out << "// Written by tests/fit/fit_pairs.cpp; do not edit.\n    // by the two texts\n"
          << block.str() << old.substr(at);
    else
      out << old.substr(0, at) << mark << block.str();
  }
  for (std::size_t f = 0; f < folds; ++f) {
    Rows rows;
    for (Case& c : cases) {
      if (c.fold == f) continue;
      first(c, without[{std::min(f, c.fold), std::max(f, c.fold)}]);
      const std::vector<Collective> around = look_around(c.profiles, c.graph);
      for (std::size_t k = 0; k < c.same.size(); ++k)
        rows.add(c.same[k], c.features[k].data(), feature_count, around[k].data(), collective_count);
    }
    const std::vector<double> w = fit(rows, penalty);
    for (std::size_t i = 0; i < cases.size(); ++i) {
      Case& c = cases[i];
      if (c.fold != f) continue;
      kept = kept_true = 0;
      first(c, without[{f, f}]);
      left_kept += kept, left_true += kept_true;
      for (std::size_t k = 0; k < c.same.size(); ++k)
        if (c.cross[k]) ranked1.push_back({c.graph.probability[k], c.same[k] != 0});
      const std::vector<Collective> around = look_around(c.profiles, c.graph);
      for (std::size_t k = 0; k < c.same.size(); ++k)
        second_p[i].push_back(
            logistic(std::inner_product(w.begin(), w.begin() + feature_count, c.features[k].begin(), 0.0) +
                     std::inner_product(w.begin() + feature_count, w.end(), around[k].begin(), 0.0)));
    }
    if (f == 0) {
      const auto& w1 = without[{0, 0}];
      for (std::size_t j = 0; j < feature_count; ++j)
        std::cout << feature_names[j] << ' ' << w1[j] << ' ' << w[j] << '\n';
      for (std::size_t j = 0; j < collective_count; ++j)
        std::cout << "  " << collective_names[j] << ' ' << w[feature_count + j] << '\n';
    }
  }
  for (std::size_t i = 0; i < cases.size(); ++i) {
    Case& c = cases[i];
    first(c, without[{c.fold, c.fold}]);
    c.graph.probability = second_p[i];
    if (judge)
      for (std::size_t k = 0; k < c.same.size(); ++k) c.graph.probability[k] = c.same[k];
    for (std::size_t k = 0; k < c.same.size(); ++k)
      if (c.cross[k]) ranked2.push_back({c.graph.probability[k], c.same[k] != 0});
    const std::vector<double> affinity = compete(c.profiles, c.graph);
    for (std::size_t k = 0; k < c.same.size(); ++k)
      if (c.cross[k]) ranked3.push_back({affinity[k], c.same[k] != 0});
  }
  if (std::getenv("RECALL")) {
    std::vector<Ranked> r = ranked1;
    std::sort(r.begin(), r.end(), [](const Ranked& a, const Ranked& b) { return a.p > b.p; });
    std::size_t hits = 0;
    double next = .2;
    for (std::size_t i = 0; i < r.size(); ++i) {
      hits += r[i].same;
      if (ratio(i, all_pairs) >= next)
        std::cout << "share " << next << " at p " << r[i].p << " recall " << ratio(hits, truth) << '\n', next += .05;
    }
  }
  if (const char* list = std::getenv("WORST")) {
    struct W {
      double p;
      const Case* c;
      std::size_t k;
    };
    std::vector<W> all;
    for (const Case& c : cases) {
      std::size_t tp = 0, fp = 0, fn = 0, pos = 0;
      double mass = 0;
      for (std::size_t k = 0; k < c.same.size(); ++k) {
        if (!c.cross[k]) continue;
        all.push_back({c.graph.probability[k], &c, k});
        const bool on = c.graph.probability[k] >= .24;
        tp += on && c.same[k];
        fp += on && !c.same[k];
        fn += !on && c.same[k];
        pos += c.same[k];
        mass += c.graph.probability[k];
      }
      std::cout << "STORY " << c.gold->name << " tp " << tp << " fp " << fp << " fn " << fn << " true " << pos
                << " expected " << mass << '\n';
    }
    std::sort(all.begin(), all.end(), [](const W& a, const W& b) { return a.p > b.p; });
    const auto show = [&](const W& w) {
      const auto [a, b] = w.c->graph.pairs[w.k];
      std::cout << std::fixed << std::setprecision(3) << w.p << ' ' << w.c->gold->name << "\n   "
                << corpus.quote(w.c->statements[w.c->profiles[a].statements[0]].span) << "\n   "
                << corpus.quote(w.c->statements[w.c->profiles[b].statements[0]].span) << '\n';
    };
    int n = 0;
    for (const W& w : all)
      if (!w.c->same[w.k] && n++ < std::atoi(list)) std::cout << "FALSE ", show(w);
    n = 0;
    std::reverse(all.begin(), all.end());
    for (const W& w : all)
      if (w.c->same[w.k] && w.p < .24 && n++ % 12 == 0) std::cout << "MISS ", show(w);
  }
  std::cout << "candidates " << ratio(left_kept, all_pairs) << " of the pairs, " << ratio(left_true, truth)
            << " of the true ones\n";
  std::cout << "first   " << pair_figures(ranked1, truth) << "\nsecond  " << pair_figures(ranked2, truth)
            << "\ncompete " << pair_figures(ranked3, truth) << '\n';
  const auto measure = [&](const Bars& bars, bool competing) {
    Metrics m;
    for (Case& c : cases) {
      const std::vector<double> affinity = competing ? compete(c.profiles, c.graph) : c.graph.probability;
      score(c, group(c.profiles, c.graph, affinity, bars), m);
    }
    return line(m);
  };
  if (std::getenv("COUNTED")) {
    std::map<std::string, std::array<int, 3>> veto;
    for (Case& c : cases) {
      for (const Group& g : group(c.profiles, c.graph, compete(c.profiles, c.graph), bars_for(Strictness::balanced))) {
        const auto lead = g.members.front().unit;
        for (const auto& m : g.members) {
          if (m.unit == lead || m.probability < .6 || c.profiles[m.unit].origin == c.profiles[lead].origin) continue;
          bool agree = false, differ = false;
          for (const Hit x : c.unit_hits[lead])
            for (const Hit y : c.unit_hits[m.unit])
              for (const auto& s : tells(c, x))
                for (const auto& t : tells(c, y))
                  if (s.claim == t.claim) (!s.value || !t.value || *s.value == *t.value ? agree : differ) = true;
          const Veto v = find_veto(c.profiles[lead], c.profiles[m.unit]);
          ++veto[std::string(name_of(v))][differ ? 1 : agree ? 0 : 2];
          if (v == Veto::rival)
            std::cout << "VETO "
                      << (differ  ? "RIVAL "
                          : agree ? "WRONG"
                                  : "OTHER ")
                      << c.gold->name << ' ' << m.probability << "\n   "
                      << corpus.quote(c.statements[c.profiles[lead].statements[0]].span) << "\n   "
                      << corpus.quote(c.statements[c.profiles[m.unit].statements[0]].span) << '\n';
        }
      }
    }
    for (const auto& [name, n] : veto)
      std::cout << "CW veto " << name << ": right " << n[0] << " rival " << n[1] << " other " << n[2] << '\n';
  }
  if (const char* list = std::getenv("BARS")) {
    std::istringstream in(list);
    Bars bars;
    while (in >> bars.seed >> bars.fit >> bars.least >> bars.alike >> bars.known >> bars.counted)
      std::cout << "BARS " << bars.seed << ' ' << bars.fit << ' ' << bars.least << ' ' << bars.alike << ' '
                << bars.counted << "  " << measure(bars, !judge) << std::endl;
  }
  if (grid) {
    for (const bool competing : {true, false})
      for (const double seed : {.2, .25, .35})
        for (const double fit : {.4, .5, .6, .7})
          for (const double least : {.1, .2, .3})
            for (const double counted : {.4, .5, .6, .7, .8})
              std::cout << "GRID " << competing << ' ' << seed << ' ' << fit << ' ' << least << ' ' << counted << "  "
                        << measure({seed, fit, least, .1, 1, counted}, competing) << std::endl;
  }
  return 0;
}

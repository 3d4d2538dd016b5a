// Fits the models that say whether two sentences share a claim, and prints how they do on stories left out.
//
// Folds are of stories, and both stages are nested: what the second model sees of the first, on any story, comes of a first
// model fitted without the story's fold.

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>
#include <numeric>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "align/grouping.h"
#include "fit/cases.h"
#include "fit/group_scores.h"
#include "fit/logistic_regression.h"

namespace storymerge::fit {
namespace {

using Weights = std::vector<double>;

constexpr std::string_view usage =
    "usage: fit_pairs [FLAG...] GOLD_FOLDER...\n"
    "  --folds N           parts that the stories are dealt out to (8)\n"
    "  --penalty X         L2 on the weights (5)\n"
    "  --strictness WORD   balanced or strict: groups by the library's bars of that name (both, when nothing else is "
    "asked)\n"
    "  --bars \"S F L A K C ...\"  groups by these bars instead: seed fit least alike known counted, six numbers a "
    "set\n"
    "  --grid              groups by many bars\n"
    "  --judge             groups by the gold's own answers: what a perfect judge would reach\n"
    "  --vectors FILE      with sentence vectors: one line of numbers for each line of FILE.txt\n"
    "  --sentences FILE    writes the sentences, one a line\n"
    "  --write FILE.inc    fits on all stories, and writes the weights\n"
    "  --worst N           prints pairs that are most wrong: N false ones, and some that were missed\n"
    "  --calibration       prints how often pairs called so likely are right: the reliability curve, left out\n"
    "  --vetoes            prints what the vetoes forbid, and how often they are right\n";

struct Arguments {
  std::vector<std::string> folders;
  Options options;
  double penalty = 5;
  std::vector<align::Bars> bars;
  bool grid = false, judge = false, vetoes = false, calibration = false;
  std::size_t worst = 0;
  std::string sentences, write;
};

std::vector<align::Bars> read_bars(const std::string& numbers) {
  std::vector<align::Bars> out;
  std::istringstream in(numbers);
  for (align::Bars b; in >> b.seed >> b.fit >> b.least >> b.alike >> b.known >> b.counted;) out.push_back(b);
  if (out.empty() || !in.eof()) throw std::runtime_error("--bars '" + numbers + "': want six numbers a set");
  return out;
}

align::Bars named_bars(const std::string& strictness) {
  if (strictness == "balanced") return align::bars_for(Strictness::balanced);
  if (strictness == "strict") return align::bars_for(Strictness::strict);
  throw std::runtime_error("--strictness '" + strictness + "': want balanced or strict");
}

Arguments read_arguments(const std::vector<std::string>& words) {
  Arguments out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const auto value = [&]() -> const std::string& {
      if (i + 1 == words.size()) throw std::runtime_error(word + " needs a value");
      return words[++i];
    };
    if (word == "--folds") {
      out.options.folds = std::stoul(value());
    } else if (word == "--penalty") {
      out.penalty = std::stod(value());
    } else if (word == "--strictness") {
      out.bars.push_back(named_bars(value()));
    } else if (word == "--bars") {
      for (const align::Bars& b : read_bars(value())) out.bars.push_back(b);
    } else if (word == "--grid") {
      out.grid = true;
    } else if (word == "--judge") {
      out.judge = true;
    } else if (word == "--vectors") {
      out.options.vectors = read_vectors(value());
    } else if (word == "--sentences") {
      out.sentences = value();
    } else if (word == "--write") {
      out.write = value();
    } else if (word == "--worst") {
      out.worst = std::stoul(value());
    } else if (word == "--calibration") {
      out.calibration = true;
    } else if (word == "--vetoes") {
      out.vetoes = true;
    } else if (word.starts_with("-")) {
      throw std::runtime_error("no flag '" + word + "'");
    } else {
      out.folders.push_back(word);
    }
  }
  if (out.folders.empty()) throw std::runtime_error("give a folder of gold stories");
  if (out.bars.empty() && !out.grid) out.bars = {named_bars("balanced"), named_bars("strict")};
  if (out.options.folds < 3) throw std::runtime_error("--folds: want 3 or more");
  return out;
}

// A pair of two origins, by how likely a model calls it.
struct Ranked {
  double probability;
  bool same;
};

// Models fitted without the stories that they are looked at on.
class CrossValidation {
 public:
  CrossValidation(std::vector<Case>& cases, std::size_t folds, double penalty)
      : cases_(cases), folds_(folds), penalty_(penalty) {
    for (std::size_t f = 0; f < folds; ++f)
      for (std::size_t g = f; g < folds; ++g)
        first_.push_back(fit_first([&](const Case& c) { return c.fold != f && c.fold != g; }));
  }

  // Candidates of every case, with the probabilities that models of other folds give them.
  void estimate() {
    for (std::size_t f = 0; f < folds_; ++f) {
      const Weights second = fit_second([&](const Case& c) { return c.fold != f; },
                                        [&](const Case& c) -> const Weights& { return first(f, c.fold); });
      if (f == 0) print_weights(first(0, 0), second);
      for (Case& c : cases_) {
        if (c.fold != f) continue;
        choose(c, first(f, f));
        rank(c, by_first);
        probabilities_.push_back({&c, second_probabilities(c, second)});
      }
    }
    for (auto& [c, probabilities] : probabilities_) {
      choose(*c, first(c->fold, c->fold));
      c->graph.probability = std::move(probabilities);
    }
  }

  // On all stories.
  std::array<Weights, 2> fit_all() {
    const auto all = [](const Case&) { return true; };
    return {fit_first(all), fit_second(all, [&](const Case& c) -> const Weights& { return first(c.fold, c.fold); })};
  }

  std::vector<Ranked> by_first;

  // Adds the pairs of two origins of a case.
  static void rank(const Case& c, std::vector<Ranked>& out) { rank(c, c.graph.probability, out); }
  static void rank(const Case& c, const std::vector<double>& probability, std::vector<Ranked>& out) {
    for (std::size_t k = 0; k < c.same.size(); ++k)
      if (c.cross[k]) out.push_back({probability[k], c.same[k] != 0});
  }

 private:
  // Fitted without the folds f and g.
  const Weights& first(std::size_t f, std::size_t g) const {
    const auto [low, high] = std::minmax(f, g);
    return first_[low * folds_ - low * (low + 1) / 2 + high];
  }

  Weights fit_first(const std::function<bool(const Case&)>& use) const {
    Rows rows;
    for (const Case& c : cases_) {
      if (!use(c)) continue;
      for (std::size_t k = 0; k < c.compared_same.size(); ++k) rows.add(c.compared_same[k], c.compared.features[k]);
    }
    return fit_logistic(rows, penalty_);
  }

  Weights fit_second(const std::function<bool(const Case&)>& use,
                     const std::function<const Weights&(const Case&)>& first_of) const {
    Rows rows;
    for (Case& c : cases_) {
      if (!use(c)) continue;
      choose(c, first_of(c));
      const std::vector<align::Collective> around = align::look_around(c.profiles, c.graph);
      for (std::size_t k = 0; k < c.same.size(); ++k) rows.add(c.same[k], c.features[k], around[k]);
    }
    return fit_logistic(rows, penalty_);
  }

  // Leaves the pairs that the first model does not think impossible.
  static void choose(Case& c, const Weights& weights) {
    align::PairModel model;
    std::copy(weights.begin(), weights.end(), model.first.begin());
    c.features.clear();
    c.graph = align::choose_candidates(model, c.profiles, c.compared, c.features);
    c.same.clear();
    c.cross.clear();
    std::size_t at = 0;
    for (const auto& pair : c.graph.pairs) {
      while (c.compared.pairs[at] != pair) ++at;
      c.same.push_back(c.compared_same[at]);
      c.cross.push_back(c.profiles[pair.first].origin != c.profiles[pair.second].origin);
    }
  }

  static std::vector<double> second_probabilities(const Case& c, const Weights& weights) {
    const std::vector<align::Collective> around = align::look_around(c.profiles, c.graph);
    const auto split = weights.begin() + align::feature_count;
    std::vector<double> out;
    for (std::size_t k = 0; k < c.same.size(); ++k) {
      const double x = std::inner_product(weights.begin(), split, c.features[k].begin(), 0.0) +
                       std::inner_product(split, weights.end(), around[k].begin(), 0.0);
      out.push_back(1.0 / (1.0 + std::exp(-x)));
    }
    return out;
  }

  static void print_weights(const Weights& one, const Weights& two) {
    for (std::size_t j = 0; j < align::feature_count; ++j)
      std::cout << align::feature_names[j] << ' ' << one[j] << ' ' << two[j] << '\n';
    for (std::size_t j = 0; j < align::collective_count; ++j)
      std::cout << "  " << align::collective_names[j] << ' ' << two[align::feature_count + j] << '\n';
  }

  std::vector<Case>& cases_;
  std::size_t folds_;
  double penalty_;
  std::vector<Weights> first_;  // by (f, g), f <= g
  std::vector<std::pair<Case*, std::vector<double>>> probabilities_;
};

// Average precision, and the best F1 with its bar. `positive`: pairs that there are to be found.
std::string pair_figures(std::vector<Ranked> all, std::size_t positive) {
  std::sort(all.begin(), all.end(), [](const Ranked& a, const Ranked& b) { return a.probability > b.probability; });
  double best = 0, bar = 0, precision = 0, recall = 0, average = 0;
  std::size_t hits = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    hits += all[i].same;
    if (all[i].same) average += ratio(hits, i + 1);
    const double f1 = 2.0 * static_cast<double>(hits) / static_cast<double>(i + 1 + positive);
    if (f1 > best) best = f1, bar = all[i].probability, precision = ratio(hits, i + 1), recall = ratio(hits, positive);
  }
  std::ostringstream out;
  out << std::fixed << std::setprecision(3) << "AP " << average / static_cast<double>(positive) << " F1 " << best
      << " (" << precision << '/' << recall << " at " << bar << ")";
  return out.str();
}

void print_pairs(const Cases& cases, const std::vector<Ranked>& by_first) {
  std::vector<Ranked> by_second, competing;
  for (const Case& c : cases.list) {
    CrossValidation::rank(c, by_second);
    CrossValidation::rank(c, align::compete(c.profiles, c.graph), competing);
  }
  const auto right = std::count_if(by_first.begin(), by_first.end(), [](const Ranked& r) { return r.same; });
  std::cout << "candidates " << ratio(by_first.size(), cases.pairs) << " of the pairs, "
            << ratio(static_cast<std::size_t>(right), cases.same) << " of the true ones\n"
            << "first   " << pair_figures(by_first, cases.same) << "\nsecond  " << pair_figures(by_second, cases.same)
            << "\ncompete " << pair_figures(competing, cases.same) << '\n';
}

// Of pairs of two origins called about so likely: how many there are, their mean probability, and the share that is right. The
// expected calibration error is the mean distance of the two, over all pairs, and over those that are shown (0.05 or more).
void print_calibration(const Cases& cases) {
  struct Bin {
    double probability = 0;
    std::size_t pairs = 0, right = 0;
    double gap() const { return std::abs(probability - static_cast<double>(right)); }  // summed over its pairs
  };
  constexpr std::size_t bins = 20;
  constexpr std::size_t first_shown = 1;
  std::array<Bin, bins> curve;
  std::vector<Ranked> all;
  for (const Case& c : cases.list) CrossValidation::rank(c, all);
  for (const Ranked& r : all) {
    Bin& bin = curve[std::min(bins - 1, static_cast<std::size_t>(r.probability * bins))];
    bin.probability += r.probability;
    ++bin.pairs;
    bin.right += r.same;
  }
  double gap = 0, shown_gap = 0;
  std::size_t shown = 0;
  for (std::size_t i = 0; i < bins; ++i) {
    const Bin& bin = curve[i];
    gap += bin.gap();
    if (i >= first_shown) shown_gap += bin.gap(), shown += bin.pairs;
    if (bin.pairs == 0) continue;
    std::cout << "calibration " << std::fixed << std::setprecision(3)
              << bin.probability / static_cast<double>(bin.pairs) << " right " << ratio(bin.right, bin.pairs) << " of "
              << bin.pairs << '\n';
  }
  std::cout << "expected calibration error " << gap / static_cast<double>(all.size()) << ", of pairs shown "
            << shown_gap / static_cast<double>(shown) << '\n';
}

std::string measure(const Cases& cases, const align::Bars& bars, bool competing) {
  GroupScores scores;
  for (const Case& c : cases.list) {
    const std::vector<double> affinity = competing ? align::compete(c.profiles, c.graph) : c.graph.probability;
    scores.add(c, align::group(c.profiles, c.graph, affinity, bars));
  }
  return scores.line();
}

void print_groups(const Cases& cases, const Arguments& arguments) {
  for (const align::Bars& b : arguments.bars) {
    std::cout << "BARS " << b.seed << ' ' << b.fit << ' ' << b.least << ' ' << b.alike << ' ' << b.counted << "  "
              << measure(cases, b, !arguments.judge) << std::endl;
  }
  if (!arguments.grid) return;
  for (const bool competing : {true, false})
    for (const double seed : {.2, .25, .35})
      for (const double fit : {.4, .5, .6, .7})
        for (const double least : {.1, .2, .3})
          for (const double counted : {.4, .5, .6, .7, .8})
            std::cout << "GRID " << competing << ' ' << seed << ' ' << fit << ' ' << least << ' ' << counted << "  "
                      << measure(cases, {seed, fit, least, .1, 1, counted}, competing) << std::endl;
}

void show(const Cases& cases, const Case& c, std::uint32_t a, std::uint32_t b) {
  std::cout << c.gold->name << "\n   " << cases.text(c, a) << "\n   " << cases.text(c, b) << '\n';
}

// False pairs, the surest first, and every twelfth that was missed, the least likely first.
void print_worst(const Cases& cases, std::size_t most) {
  constexpr double bar = 0.24;
  constexpr std::size_t every = 12;
  struct Pair {
    double probability;
    const Case* c;
    std::size_t k;
  };
  std::vector<Pair> wrong, missed;
  for (const Case& c : cases.list) {
    for (std::size_t k = 0; k < c.same.size(); ++k) {
      if (!c.cross[k]) continue;
      if (!c.same[k]) wrong.push_back({c.graph.probability[k], &c, k});
      if (c.same[k] && c.graph.probability[k] < bar) missed.push_back({c.graph.probability[k], &c, k});
    }
  }
  const auto likelier = [](const Pair& a, const Pair& b) { return a.probability > b.probability; };
  std::sort(wrong.begin(), wrong.end(), likelier);
  std::sort(missed.rbegin(), missed.rend(), likelier);
  const auto print = [&](const char* what, const Pair& p) {
    const auto [a, b] = p.c->graph.pairs[p.k];
    std::cout << what << ' ' << std::fixed << std::setprecision(3) << p.probability << ' ';
    show(cases, *p.c, a, b);
  };
  for (std::size_t i = 0; i < std::min(most, wrong.size()); ++i) print("FALSE", wrong[i]);
  for (std::size_t i = 0; i < missed.size(); i += every) print("MISSED", missed[i]);
}

// Do the two profiles tell one claim with one value, or with another?
struct Told {
  bool agree = false, differ = false;
};
Told compare_told(const Case& c, std::uint32_t a, std::uint32_t b) {
  Told out;
  for (const Spot x : c.spots[a])
    for (const Spot y : c.spots[b])
      for (const GoldTelling& s : c.tells(x))
        for (const GoldTelling& t : c.tells(y))
          if (s.claim == t.claim) (!s.value || !t.value || *s.value == *t.value ? out.agree : out.differ) = true;
  return out;
}

// Of members likely enough to count: what forbids it, and what the gold says.
void print_vetoes(const Cases& cases) {
  const align::Bars bars = align::bars_for(Strictness::balanced);
  std::map<std::string, std::array<std::size_t, 3>> found;  // rivals, agree, neither
  for (const Case& c : cases.list) {
    for (const align::Group& g : align::group(c.profiles, c.graph, align::compete(c.profiles, c.graph), bars)) {
      const std::uint32_t lead = g.members.front().unit;
      for (const align::Group::Member& m : g.members) {
        if (m.probability < bars.counted || c.profiles[m.unit].origin == c.profiles[lead].origin) continue;
        const std::string veto(align::name_of(align::find_veto(c.profiles[lead], c.profiles[m.unit])));
        const Told told = compare_told(c, lead, m.unit);
        ++found[veto][told.differ ? 0 : told.agree ? 1 : 2];
        if (veto.empty()) continue;
        std::cout << "VETO " << veto << (told.differ ? " RIGHT " : told.agree ? " WRONG " : " OTHER ");
        show(cases, c, lead, m.unit);
      }
    }
  }
  for (const auto& [veto, n] : found) {
    std::cout << "vetoes " << (veto.empty() ? "none" : veto) << ": rivals " << n[0] << " agree " << n[1] << " neither "
              << n[2] << '\n';
  }
}

// The block of the other model, by the texts alone or with vectors, stays as it is.
void write_weights(const std::string& file, const std::array<Weights, 2>& stages, bool with_vectors) {
  const std::string mark = "    // with vectors\n";
  std::ostringstream old;
  old << std::ifstream(file).rdbuf();
  const std::string before = old.str();
  const std::size_t at = std::min(before.find(mark), before.size());
  std::ostringstream block;
  block << "    {\n" << std::setprecision(6);
  for (const Weights& w : stages) {
    block << "        {\n";
    for (std::size_t i = 0; i < w.size(); ++i) {
      const auto name = i < align::feature_count ? std::string_view(align::feature_names[i])
                                                 : std::string_view(align::collective_names[i - align::feature_count]);
      block << "            " << w[i] << ",  // " << name << '\n';
    }
    block << "        },\n";
  }
  block << "    },\n";
  std::ofstream out(file);
  if (with_vectors)
    out << before.substr(0, at) << mark << block.str();
  else
    out << "// Written by tests/fit/fit_pairs.cpp; do not edit.\n    // by the two texts\n"
        << block.str() << before.substr(at);
}

void write_sentences(const Cases& cases, const std::string& file) {
  std::ofstream out(file);
  for (const Case& c : cases.list)
    for (std::uint32_t u = 0; u < c.profiles.size(); ++u) out << one_line(cases.text(c, u)) << '\n';
}

void run(const Arguments& arguments) {
  Cases cases(arguments.folders, arguments.options);
  std::cout << cases.pairs << " pairs, " << cases.candidates << " candidates (" << ratio(cases.candidates, cases.pairs)
            << "), " << cases.same << " true, kept " << ratio(cases.same_candidates, cases.same) << '\n';
  if (!arguments.sentences.empty()) write_sentences(cases, arguments.sentences);
  CrossValidation models(cases.list, arguments.options.folds, arguments.penalty);
  if (!arguments.write.empty()) write_weights(arguments.write, models.fit_all(), !arguments.options.vectors.empty());
  models.estimate();
  if (arguments.judge) {
    for (Case& c : cases.list)
      for (std::size_t k = 0; k < c.same.size(); ++k) c.graph.probability[k] = c.same[k];
  }
  if (arguments.worst != 0) print_worst(cases, arguments.worst);
  if (arguments.vetoes) print_vetoes(cases);
  print_pairs(cases, models.by_first);
  if (arguments.calibration) print_calibration(cases);
  print_groups(cases, arguments);
}

}  // namespace
}  // namespace storymerge::fit

int main(int argc, char** argv) {
  try {
    storymerge::fit::run(storymerge::fit::read_arguments({argv + 1, argv + argc}));
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "fit_pairs: error: " << error.what() << '\n' << storymerge::fit::usage;
    return 1;
  }
}

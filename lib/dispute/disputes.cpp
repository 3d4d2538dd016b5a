#include "storymerge/dispute/disputes.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>

#include "dispute/weigh.h"
#include "support/likeness.h"
#include "support/union_find.h"

namespace storymerge {
namespace dispute {
namespace {

using namespace align;

bool share(const std::vector<std::int32_t>& a, const std::vector<std::int32_t>& b) {
  return std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
}

// Both give days, and no day of one can be a day of the other.
bool rival(const std::vector<Days>& a, const std::vector<Days>& b) {
  for (const Days& x : a) {
    for (const Days& y : b) {
      if (x.first <= y.last && y.first <= x.last) return false;
    }
  }
  return !a.empty() && !b.empty();
}

bool rival(const std::vector<std::int32_t>& a, const std::vector<std::int32_t>& b) {
  return !a.empty() && !b.empty() && !share(a, b);
}

bool opposed(const Unit& a, const Unit& b) {
  const auto has = [](const Unit& u, int o) {
    return std::binary_search(u.opposites.begin(), u.opposites.end(), static_cast<std::int16_t>(o));
  };
  return std::any_of(a.opposites.begin(), a.opposites.end(),
                     [&](int o) { return has(b, -o) && !has(b, o) && !has(a, -o); });
}

// Two given names with one family name, or the same given name with two family names spelled alike, where no article
// tells the one from the other.
struct RivalNames {
  std::uint32_t a = 0, b = 0;  // positions in Unit::full_names
  bool found = false;
};
RivalNames find_rival_names(const Unit& a, const Unit& b, const PairGraph& graph) {
  for (std::uint32_t i = 0; i < a.full_names.size(); ++i) {
    for (std::uint32_t j = 0; j < b.full_names.size(); ++j) {
      const FullName& x = a.full_names[i];
      const FullName& y = b.full_names[j];
      if (x.name == y.name) continue;
      const bool namesakes = x.family == y.family || (x.given == y.given && likeness(x.family, y.family) >= 0.5);
      if (!namesakes) continue;
      const auto both = std::minmax(x.name, y.name);
      if (std::binary_search(graph.names_together.begin(), graph.names_together.end(),
                             std::pair(both.first, both.second)))
        continue;
      return {i, j, true};
    }
  }
  return {};
}

struct Edge {
  std::uint32_t a = 0, b = 0;
  double probability = 0;
  DisputeKind kind = DisputeKind::quantity;
  Rivals rivals;
  RivalNames names;
};

DisputeKind kind_of(const Unit& a, const Unit& b, const Claim& ca, const Claim& cb, const Rivals& rivals,
                    const RivalNames& names) {
  if (names.found) return DisputeKind::name;
  const bool number = rivals.found && (rivals.words > 0 || rivals.senses > 0 || rivals.slot > 0);
  if (number) return DisputeKind::quantity;
  if (rival(a.days, b.days) || rival(a.minutes, b.minutes)) return DisputeKind::date;
  if (a.cues.denies != b.cues.denies || a.cues.negates != b.cues.negates || ca.negative != cb.negative) {
    return DisputeKind::polarity;
  }
  if (rivals.found) return DisputeKind::quantity;
  return opposed(a, b) ? DisputeKind::polarity : DisputeKind::attribution;
}

}  // namespace

DisputeFeatures weigh_dispute(std::span<const Unit> units, std::span<const Claim> claims, const PairGraph& graph,
                              std::size_t k) {
  const auto [i, j] = graph.pairs[k];
  const Unit& a = units[i];
  const Unit& b = units[j];
  const Claim& ca = claims[a.claims.front()];
  const Claim& cb = claims[b.claims.front()];
  const Features& f = graph.features[k];
  const double p = graph.probability[k];
  const Rivals rivals = find_rivals(a, b);
  double best = 0;
  for (const std::uint32_t u : {i, j}) {
    for (const PairGraph::Neighbour& n : graph.around(u)) best = std::max(best, graph.probability[n.pair]);
  }
  DisputeFeatures out{};
  out[dispute_feature("bias")] = 1;
  out[dispute_feature("logit")] = std::log((p + 1e-3) / (1 - p + 1e-3));
  out[dispute_feature("same_origin")] = a.origin == b.origin;
  out[dispute_feature("adjacent")] =
      a.article == b.article && a.sentence + 1 >= b.sentence && b.sentence + 1 >= a.sentence;
  out[dispute_feature("rival_number")] = rivals.found;
  out[dispute_feature("rival_words")] = std::min(5.0, rivals.words);
  out[dispute_feature("rival_senses")] = rivals.senses;
  out[dispute_feature("rival_slot")] = rivals.slot;
  out[dispute_feature("same_number")] = f[feature("number_count")];
  out[dispute_feature("rival_day")] = rival(a.days, b.days);
  out[dispute_feature("rival_time")] = rival(a.minutes, b.minutes);
  out[dispute_feature("one_denies")] = a.cues.denies != b.cues.denies;
  out[dispute_feature("both_deny")] = a.cues.denies && b.cues.denies;
  out[dispute_feature("polarity")] = ca.negative != cb.negative;
  out[dispute_feature("one_insists")] = a.cues.insists != b.cues.insists;
  out[dispute_feature("both_insist")] = a.cues.insists && b.cues.insists;
  out[dispute_feature("one_counts")] = a.cues.counts != b.cues.counts;
  out[dispute_feature("both_count")] = a.cues.counts && b.cues.counts;
  out[dispute_feature("revises")] = a.cues.revises || b.cues.revises;
  out[dispute_feature("speaker")] = f[feature("speaker")];
  out[dispute_feature("opposites")] = opposed(a, b);
  out[dispute_feature("soft_dice")] = f[feature("soft_dice")];
  out[dispute_feature("direct_speech")] = ca.direct_speech || cb.direct_speech;
  out[dispute_feature("best_partner")] = p >= best;
  out[dispute_feature("rival_if_same")] = rivals.found * p;
  const bool one_negates = a.cues.negates != b.cues.negates;
  out[dispute_feature("one_negates")] = one_negates;
  out[dispute_feature("same_unit")] = rivals.found && rivals.unit;
  if (rivals.found) {
    const auto [low, high] = std::minmax(a.numbers[rivals.a].value, b.numbers[rivals.b].value);
    out[dispute_feature("far_apart")] =
        std::min(4.0, std::abs(std::log((std::abs(low) + 0.5) / (std::abs(high) + 0.5))));
    out[dispute_feature("one_ordinal")] = a.numbers[rivals.a].ordinal != b.numbers[rivals.b].ordinal;
    out[dispute_feature("both_told")] =
        std::binary_search(graph.numbers_together.begin(), graph.numbers_together.end(), std::pair(low, high));
  }
  if (rivals.found && a.published && b.published) {
    const double days = std::chrono::duration<double, std::ratio<86400>>(*a.published - *b.published).count();
    out[dispute_feature("days_apart")] = std::min(3.0, std::abs(days));
  }
  out[dispute_feature("one_history")] = a.history != b.history;
  out[dispute_feature("rival_name")] = find_rival_names(a, b, graph).found;
  out[dispute_feature("rival_head")] = rivals.found && rivals.head;
  out[dispute_feature("rival_clash")] = rivals.found && rivals.clash;
  if (rival(a.days, b.days)) {
    const auto [low, high] = std::minmax(a.days.front().first, b.days.front().first);
    out[dispute_feature("days_both_told")] =
        std::binary_search(graph.days_together.begin(), graph.days_together.end(), std::pair(low, high));
  }
  out[dispute_feature("denial_if_same")] =
      (a.cues.denies != b.cues.denies || ca.negative != cb.negative || opposed(a, b)) * p;
  return out;
}

std::vector<Dispute> find_disputes(const Model& model, const Material& material, const Alignment& alignment) {
  const auto& [corpus, documents, duplicates, story, names, claims] = material;
  const std::vector<Unit> units = make_units(material);
  std::vector<std::uint32_t> unit_of(claims.size(), 0);
  for (std::uint32_t u = 0; u < units.size(); ++u) {
    for (const std::uint32_t c : units[u].claims) unit_of[c] = u;
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const AlignedPair& p : alignment.pairs) pairs.push_back({unit_of[p.a], unit_of[p.b]});
  PairGraph graph = make_graph(units, claims, std::move(pairs));
  for (const AlignedPair& p : alignment.pairs) graph.probability.push_back(p.probability);
  std::vector<std::vector<std::uint32_t>> groups;
  for (const std::vector<std::uint32_t>& group : alignment.groups) {
    groups.emplace_back();
    for (const std::uint32_t c : group) {
      if (units[unit_of[c]].claims.front() == c) groups.back().push_back(unit_of[c]);
    }
  }
  constexpr double cut = 0.05;             // a pair less likely than this is no evidence
  constexpr double enough = 0.4;           // the chance that one of its pairs is real, from which a dispute is reported
  constexpr double enough_unvalued = 0.6;  // the same where no value, day or denial shows what the sides differ in
  constexpr double faint = 0.5;  // of the likeliest pair's probability: what ties a further value to a dispute
  std::vector<Edge> edges;
  for (std::size_t k = 0; k < graph.pairs.size(); ++k) {
    if (graph.probability[k] < 0.02) continue;
    const DisputeFeatures f = weigh_dispute(units, claims, graph, k);
    double sum = 0;
    for (std::size_t i = 0; i < dispute_count; ++i) sum += model.dispute[i] * f[i];
    const double p = 1 / (1 + std::exp(-sum));
    if (p < cut) continue;
    const auto [a, b] = graph.pairs[k];
    Edge e{
        a, b, p, DisputeKind::quantity, find_rivals(units[a], units[b]), find_rival_names(units[a], units[b], graph)};
    e.kind = kind_of(units[a], units[b], claims[units[a].claims.front()], claims[units[b].claims.front()], e.rivals,
                     e.names);
    edges.push_back(e);
  }
  std::vector<std::vector<std::uint32_t>> groups_of(units.size());
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    for (const std::uint32_t u : groups[g]) groups_of[u].push_back(g);
  }
  // Edges hang together when they speak of the same numbers (of the same units, for other kinds): each such set is a dispute.
  std::map<std::tuple<DisputeKind, std::uint32_t, std::uint32_t>, std::uint32_t> nodes;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
  for (const Edge& e : edges) {
    const bool number = e.kind == DisputeKind::quantity;
    const auto node = [&](std::uint32_t unit, std::uint32_t n) {
      return nodes.emplace(std::tuple(e.kind, unit, number ? n : 0), static_cast<std::uint32_t>(nodes.size()))
          .first->second;
    };
    const std::uint32_t a = node(e.a, e.rivals.a);
    ends.push_back({a, node(e.b, e.rivals.b)});
  }
  // Values of one dispute have one unit, and no claim gives two of them side by side.
  struct Value {
    double value;
    std::uint64_t unit;
  };
  std::vector<std::vector<Value>> values(nodes.size());
  std::vector<std::uint32_t> size(nodes.size(), 1);
  for (const auto& [key, node] : nodes) {
    const auto& [kind, unit, n] = key;
    if (kind == DisputeKind::quantity) values[node] = {{units[unit].numbers[n].value, units[unit].numbers[n].unit}};
  }
  const auto compatible = [&](const Value& x, const Value& y) {
    if (x.unit != y.unit && x.unit != 0 && y.unit != 0) return false;
    const auto [low, high] = std::minmax(x.value, y.value);
    return !std::binary_search(graph.numbers_together.begin(), graph.numbers_together.end(), std::pair(low, high));
  };
  UnionFind sets(nodes.size());
  std::vector<std::uint32_t> strongest(edges.size());
  std::iota(strongest.begin(), strongest.end(), 0u);
  std::stable_sort(strongest.begin(), strongest.end(),
                   [&](std::uint32_t x, std::uint32_t y) { return edges[x].probability > edges[y].probability; });
  std::vector<char> kept(edges.size(), 0);
  for (const std::uint32_t k : strongest) {
    const std::uint32_t a = sets.find(ends[k].first), b = sets.find(ends[k].second);
    if (a == b) {
      kept[k] = 1;
      continue;
    }
    bool fits = true;
    for (const Value& x : values[a]) {
      for (const Value& y : values[b]) fits = fits && compatible(x, y);
    }
    constexpr std::uint32_t most_units = 64;
    constexpr std::size_t most_values = 4;
    if (!fits || size[a] + size[b] > most_units) continue;
    std::vector<Value> all = values[a];
    for (const Value& y : values[b]) {
      if (std::none_of(all.begin(), all.end(), [&](const Value& x) { return x.value == y.value; })) all.push_back(y);
    }
    if (all.size() > most_values) continue;
    const std::uint32_t members = size[a] + size[b];
    sets.unite(a, b);
    kept[k] = 1;
    values[sets.find(a)] = std::move(all);
    size[sets.find(a)] = members;
  }
  std::map<std::uint32_t, std::vector<Edge>> by_set;
  for (std::size_t k = 0; k < edges.size(); ++k)
    if (kept[k]) by_set[sets.find(ends[k].first)].push_back(edges[k]);

  const auto published = [&](std::uint32_t u) {
    return corpus[claims[units[u].claims.front()].span.article].published;
  };
  std::vector<Dispute> out;
  for (auto& [set, list] : by_set) {
    double none = 1;  // the chance that none of the edges is a real one
    std::map<std::uint32_t, std::uint32_t> votes;
    for (const Edge& e : list) {
      none *= 1 - e.probability;
      for (const std::uint32_t u : {e.a, e.b}) {
        for (const std::uint32_t g : groups_of[u]) ++votes[g];
      }
    }
    const DisputeKind kind = list.front().kind;
    if (1 - none < (kind == DisputeKind::attribution ? enough_unvalued : enough)) continue;
    const std::uint32_t group = std::max_element(votes.begin(), votes.end(), [](const auto& x, const auto& y) {
                                  return x.second < y.second;
                                })->first;
    std::stable_sort(list.begin(), list.end(),
                     [](const Edge& x, const Edge& y) { return x.probability > y.probability; });
    // Sides: what each unit gives. Numbers, dates and names are sides by value; other kinds have two sides.
    struct Side {
      std::string value;
      double low = 0, high = 0;  // quantity
      std::vector<Days> days;
      std::vector<std::int32_t> minutes;
      std::uint32_t name = 0;              // position in StoryNames::names
      std::vector<std::uint32_t> members;  // units
    };
    std::vector<Side> sides;
    const auto text = [&](std::uint32_t u, ByteRange range) {
      return std::string(corpus.quote({claims[units[u].claims.front()].span.article, range.begin, range.end}));
    };
    const auto document = [&](std::uint32_t u) -> const Document& {
      return documents[claims[units[u].claims.front()].span.article];
    };
    const auto join = [&](Side side, std::uint32_t u) {
      for (Side& s : sides) {
        const bool same = kind == DisputeKind::quantity ? s.low <= side.high && side.low <= s.high
                          : kind == DisputeKind::date   ? s.days == side.days && s.minutes == side.minutes
                                                        : s.name == side.name;
        if (!same) continue;
        if (std::find(s.members.begin(), s.members.end(), u) == s.members.end()) s.members.push_back(u);
        return;
      }
      side.members = {u};
      sides.push_back(std::move(side));
    };
    if (kind == DisputeKind::quantity) {
      const auto add = [&](std::uint32_t u, std::uint32_t number) {
        const NumberInUnit& n = units[u].numbers[number];
        join({text(u, document(u).quantities[n.slot.quantity].range), n.low, n.high, {}, {}, 0, {}}, u);
      };
      for (const Edge& e : list) {
        add(e.a, e.rivals.a);
        add(e.b, e.rivals.b);
      }
      for (const std::uint32_t u : groups[group]) {  // who else gives one of these values
        for (std::uint32_t n = 0; n < units[u].numbers.size(); ++n) {
          const NumberInUnit& x = units[u].numbers[n];
          if (std::any_of(sides.begin(), sides.end(),
                          [&](const Side& s) { return s.low == x.low && s.high == x.high; }))
            add(u, n);
        }
      }
    } else if (kind == DisputeKind::date) {
      const auto add = [&](std::uint32_t u, bool day) {
        Side side;
        if (day)
          side.days = units[u].days;
        else
          side.minutes = units[u].minutes;
        for (const std::uint32_t d : claims[units[u].claims.front()].dates) {
          const DateMention& m = document(u).dates[d];
          if (day ? m.from && std::any_of(side.days.begin(), side.days.end(),
                                          [&](const Days& x) {
                                            return x.first ==
                                                   static_cast<std::int32_t>(m.from->time_since_epoch().count());
                                          })
                  : m.minute_of_day.has_value()) {
            side.value = text(u, m.range);
            break;
          }
        }
        join(std::move(side), u);
      };
      for (const Edge& e : list) {
        const bool day = rival(units[e.a].days, units[e.b].days);
        add(e.a, day);
        add(e.b, day);
      }
    } else if (kind == DisputeKind::name) {
      const auto add = [&](std::uint32_t u, const FullName& n) {
        join({text(u, n.range), 0, 0, {}, {}, n.name, {}}, u);
      };
      for (const Edge& e : list) {
        add(e.a, units[e.a].full_names[e.names.a]);
        add(e.b, units[e.b].full_names[e.names.b]);
      }
      for (const std::uint32_t u : groups[group]) {  // who else gives one of these names
        for (const FullName& n : units[u].full_names) {
          if (std::any_of(sides.begin(), sides.end(), [&](const Side& s) { return s.name == n.name; })) add(u, n);
        }
      }
    } else {
      sides.resize(2);
      std::map<std::uint32_t, int> side_of;
      for (bool moved = true; moved;) {
        moved = false;
        for (const Edge& e : list) {
          const auto a = side_of.find(e.a), b = side_of.find(e.b);
          if (a != side_of.end() && b != side_of.end()) continue;
          if (a == side_of.end() && b == side_of.end()) {
            if (!side_of.empty()) continue;
            const bool first_denies = units[e.a].cues.denies && !units[e.b].cues.denies;
            side_of[e.a] = first_denies;
            side_of[e.b] = !first_denies;
          } else if (a == side_of.end()) {
            side_of[e.a] = 1 - b->second;
          } else {
            side_of[e.b] = 1 - a->second;
          }
          moved = true;
        }
      }
      for (const auto& [u, side] : side_of) {
        Side& s = sides[static_cast<std::size_t>(side)];
        if (s.value.empty()) {
          const SourceSpan span = claims[units[u].claims.front()].span;
          s.value =
              kind == DisputeKind::polarity ? (side == 0 ? "affirmed" : "denied") : std::string(corpus.quote(span));
        }
        s.members.push_back(u);
      }
    }
    // A side that only faint pairs tie to the rest is most likely a value of something else: it goes.
    if (sides.size() > 2) {
      const auto side_of = [&](std::uint32_t u, std::uint32_t number) {
        const auto at = std::find_if(sides.begin(), sides.end(), [&](const Side& s) {
          if (kind != DisputeKind::quantity) return std::find(s.members.begin(), s.members.end(), u) != s.members.end();
          const NumberInUnit& n = units[u].numbers[number];
          return s.low <= n.high && n.low <= s.high;
        });
        return static_cast<std::size_t>(at - sides.begin());
      };
      std::vector<char> stays(sides.size(), 0);
      for (bool moved = true; moved;) {
        moved = false;
        for (const Edge& e : list) {
          if (e.probability < faint * list.front().probability) break;
          const std::size_t x = side_of(e.a, e.rivals.a), y = side_of(e.b, e.rivals.b);
          if (x >= sides.size() || y >= sides.size()) continue;
          const bool first = &e == &list.front();
          if ((first || stays[x] || stays[y]) && !(stays[x] && stays[y])) stays[x] = stays[y] = moved = true;
        }
      }
      for (std::size_t k = 0; k < sides.size(); ++k) {
        if (!stays[k]) sides[k].members.clear();
      }
    }
    sides.erase(std::remove_if(sides.begin(), sides.end(), [](const Side& s) { return s.members.empty(); }),
                sides.end());
    if (sides.size() < 2) continue;

    // In order of first report. An update: no report of a value after the first report of the next one.
    struct Reports {
      std::optional<Time> first, last;
      bool revises = false;
    };
    const auto reports = [&](const Side& s) {
      Reports r;
      for (const std::uint32_t u : s.members) {
        const std::optional<Time> t = published(u);
        r.revises = r.revises || units[u].cues.revises;
        if (!t) continue;
        if (!r.first || *t < *r.first) r.first = t;
        if (!r.last || *t > *r.last) r.last = t;
      }
      return r;
    };
    for (Side& s : sides) std::sort(s.members.begin(), s.members.end());
    std::stable_sort(sides.begin(), sides.end(), [&](const Side& x, const Side& y) {
      const Reports rx = reports(x), ry = reports(y);
      if (rx.first != ry.first) return rx.first && (!ry.first || *rx.first < *ry.first);
      return x.members.front() < y.members.front();
    });
    // What the likeliest pair of rivals says decides: an update when nobody gave the old value any more once the new one was
    // out. An article that gives both and does not stand by the old one tells its history.
    const auto side_with = [&](std::uint32_t u) {
      return std::find_if(sides.begin(), sides.end(), [&](const Side& s) {
        return std::find(s.members.begin(), s.members.end(), u) != s.members.end();
      });
    };
    bool update = false, revised = false;
    for (const Edge& e : list) {
      auto before = side_with(e.a), after = side_with(e.b);
      if (before == after || before == sides.end() || after == sides.end()) continue;
      if (after < before) std::swap(before, after);
      const std::optional<Time> start = reports(*after).first;
      update = start.has_value();
      for (const std::uint32_t u : before->members) {
        const std::optional<Time> t = published(u);
        const bool both = std::any_of(after->members.begin(), after->members.end(),
                                      [&](std::uint32_t v) { return units[v].article == units[u].article; });
        const bool history = both && !units[u].cues.insists && !units[u].cues.counts && before->members.size() > 1;
        update = update && t && (*t < *start || history);
      }
      revised = reports(*after).revises;
      // Somebody's own count, put beside another's, overtakes nothing.
      update = update && (revised || std::any_of(after->members.begin(), after->members.end(), [&](std::uint32_t u) {
                            return !units[u].cues.counts && !units[u].cues.insists;
                          }));
      break;
    }
    if (kind != DisputeKind::quantity) update = update && revised;
    const auto add_unit = [&](std::vector<std::uint32_t>& to, std::uint32_t u) {
      const std::vector<std::uint32_t>& from = units[u].claims;
      if (std::find(to.begin(), to.end(), from.front()) == to.end()) to.insert(to.end(), from.begin(), from.end());
    };
    Dispute d;
    d.group = group;
    d.kind = kind;
    d.resolution = update ? Resolution::update : Resolution::conflict;
    for (const Side& s : sides) {
      DisputeValue v{s.value, {}};
      for (const Edge& e : list) {  // the likeliest pair first
        for (const std::uint32_t u : {e.a, e.b}) {
          if (std::find(s.members.begin(), s.members.end(), u) != s.members.end()) add_unit(v.claims, u);
        }
      }
      for (const std::uint32_t u : s.members) add_unit(v.claims, u);
      // Of a value what counts is who gave it first; of an assertion, which passage makes it plainest.
      if (kind != DisputeKind::polarity && kind != DisputeKind::attribution)
        std::sort(v.claims.begin(), v.claims.end());
      d.values.push_back(std::move(v));
    }
    out.push_back(std::move(d));
  }
  std::stable_sort(out.begin(), out.end(), [](const Dispute& x, const Dispute& y) { return x.group < y.group; });
  return out;
}

}  // namespace dispute

std::vector<Dispute> find_disputes(const Material& material, const Alignment& alignment) {
  return dispute::find_disputes(align::fitted_model, material, alignment);
}

}  // namespace storymerge

#include "storymerge/dispute/disputes.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "dispute/kinds.h"

namespace storymerge {
namespace dispute {
namespace {

// Two statements that differ in one slot.
struct Edge {
  std::uint32_t a = 0, b = 0;  // positions in the alignment's statements, a < b
  double probability = 0;      // that they speak of one matter
  const Kind* kind = nullptr;
  Difference difference;
};

struct Side {
  Value value;
  std::vector<std::uint32_t> statements;
  std::optional<Time> first, last;  // report
  bool withdrawn = false;           // by the outlets that gave it
};

// What an outlet takes back.
struct Withdrawal {
  std::string_view source;
  std::uint32_t origin = 0;
  DisputeKind kind = DisputeKind::quantity;
  double low = 0, high = 0;
  std::string name;  // of a name, as written: "Karl" takes back "Karl Toft"
};

bool holds_words(const std::string& text, const std::string& words) {
  return (' ' + text + ' ').find(' ' + words + ' ') != std::string::npos;
}

// How likely each pair of statements speaks of one matter, from either's side.
class Partners {
 public:
  Partners(const Alignment& alignment, std::size_t statements) : of_(statements) {
    for (const AlignedPair& p : alignment.pairs) add(p.a, p.b, p.probability);
    // Copies and versions of one text are no pairs; they stand in the groups of their originals.
    for (const ClaimGroup& group : alignment.groups) {
      const std::uint32_t lead = group.members.front().statement;
      for (const Member& m : group.members) {
        if (m.statement != lead) add(std::min(lead, m.statement), std::max(lead, m.statement), m.probability);
      }
    }
    for (auto& list : of_) {
      std::stable_sort(list.begin(), list.end(), [](const auto& x, const auto& y) {
        return x.first != y.first ? x.first < y.first : x.second > y.second;
      });
      list.erase(std::unique(list.begin(), list.end(), [](const auto& x, const auto& y) { return x.first == y.first; }),
                 list.end());
    }
  }
  const std::vector<std::pair<std::uint32_t, double>>& of(std::uint32_t statement) const { return of_[statement]; }

 private:
  void add(std::uint32_t a, std::uint32_t b, double probability) {
    of_[a].push_back({b, probability});
    of_[b].push_back({a, probability});
  }
  std::vector<std::vector<std::pair<std::uint32_t, double>>> of_;
};

class Finder {
 public:
  Finder(const Material& material, const Alignment& alignment, std::span<const Kind> kinds)
      : material_(material),
        kinds_(kinds),
        context_(material, alignment),
        partners_(alignment, alignment.statements.size()) {
    for (std::uint32_t s = 0; s < alignment.statements.size(); ++s) {
      if (context_[s].corrects) read_correction(s, alignment.statements.size());
      copies_[{context_[s].origin, material.corpus.quote(context_[s].span)}].push_back(s);
      for (const auto& [other, probability] : partners_.of(s)) {
        if (s < other) weigh(s, other, probability);
      }
    }
    const auto likelier = [](const Edge& x, const Edge& y) { return x.probability > y.probability; };
    std::stable_sort(edges_.begin(), edges_.end(), likelier);
    // What only stands beside another number says less than what differs itself.
    const auto direct = static_cast<std::ptrdiff_t>(edges_.size());
    for (std::uint32_t s = 1; s < alignment.statements.size(); ++s) weigh_beside(s);
    std::stable_sort(edges_.begin() + direct, edges_.end(), likelier);
  }

  std::vector<Dispute> run() {
    std::vector<Dispute> out;
    for (const Edge& edge : edges_) {
      const auto both = std::minmax(edge.difference.a.low, edge.difference.b.low);
      if (edge.kind->kind != DisputeKind::polarity &&
          !values_.insert({edge.kind->kind, both.first, both.second}).second) {
        continue;
      }
      if (told(edge, edge.a, edge.difference.a) || told(edge, edge.b, edge.difference.b)) continue;
      if (std::optional<Dispute> dispute = settle(edge, sides_of(edge))) out.push_back(std::move(*dispute));
    }
    return out;
  }

 private:
  bool told(const Edge& edge, std::uint32_t s, const Value& value) const {
    return told_.contains({edge.kind->kind, s, value.low});
  }

  bool comparable(const Frame& a, const Frame& b) const {
    const bool other_report = a.span.article != b.span.article || a.entry != b.entry;
    return other_report && !a.corrects && !b.corrects &&
           (a.origin != b.origin || (a.published && b.published && *a.published != *b.published));
  }

  void weigh(std::uint32_t a, std::uint32_t b, double probability) {
    const Frame &x = context_[a], &y = context_[b];
    if (!comparable(x, y)) return;
    for (const Kind& kind : kinds_) {
      if (probability < kind.likely) continue;
      if (std::optional<Difference> d = kind.differ(context_, x, y, probability)) {
        edges_.push_back({a, b, probability, &kind, std::move(*d)});
        return;
      }
    }
  }

  // What an article sets beside what another gives, too, contradicts that one.
  void weigh_beside(std::uint32_t s) {
    constexpr double likely = 0.3;  // probability that the other says what the sentence before says; tuned on gold/dev
    if (context_[s - 1].span.article != context_[s].span.article || context_[s].corrects) return;
    const auto kind =
        std::find_if(kinds_.begin(), kinds_.end(), [](const Kind& k) { return k.kind == DisputeKind::quantity; });
    const std::optional<Beside> beside = set_beside(context_, context_[s - 1], context_[s]);
    if (!beside || kind == kinds_.end()) return;
    for (const auto& [other, probability] : partners_.of(s - 1)) {
      if (probability < likely || context_[other].origin == context_[s].origin || context_[other].corrects) continue;
      if (std::optional<Difference> d =
              repeat_difference(context_, context_[other], context_[s - 1], context_[s], *beside))
        edges_.push_back({other, s, probability, &*kind, std::move(*d)});
    }
  }

  // The strongest edge's two values; then whoever differs from one of its two statements in the same slot.
  std::vector<Side> sides_of(const Edge& edge) const {
    std::vector<Side> sides = {{edge.difference.a, {edge.a}, {}, {}}, {edge.difference.b, {edge.b}, {}, {}}};
    for (const auto& [end, own] : {std::pair(edge.a, &edge.difference.a), std::pair(edge.b, &edge.difference.b)}) {
      for (const auto& [s, probability] : partners_.of(end)) {
        if (probability < edge.kind->likely || s == edge.a || s == edge.b || !comparable(context_[end], context_[s]))
          continue;
        const std::optional<Difference> d = edge.kind->differ(context_, context_[end], context_[s], probability);
        if (d && same(d->a, *own)) join(sides, d->b, s);
      }
    }
    return sides;
  }

  void join(std::vector<Side>& sides, const Value& value, std::uint32_t s) const {
    constexpr std::size_t most_values = 4;
    const ArticleIndex article = context_[s].span.article;
    for (Side& side : sides) {
      if (!same(side.value, value)) continue;
      const bool has = std::any_of(side.statements.begin(), side.statements.end(),
                                   [&](std::uint32_t t) { return context_[t].span.article == article; });
      if (!has) side.statements.push_back(s);
      return;
    }
    if (sides.size() < most_values) sides.push_back({value, {s}, {}, {}});
  }

  // "It was 4 million crowns, not 40 million", "He is Kurt Toft, not Karl": what is not. Where the notice has no such, "said that 71
  // people were hurt. It was 17.": all of a sentence that another of the notice with such a value follows.
  void read_correction(std::uint32_t s, std::size_t statements) {
    const Frame& frame = context_[s];
    const bool more =
        s + 1 < statements && context_[s + 1].corrects && context_[s + 1].span.article == frame.span.article;
    const Frame* next = more ? &context_[s + 1] : nullptr;
    Withdrawal out{material_.corpus[frame.span.article].source, frame.origin, DisputeKind::quantity, 0, 0, {}};
    for (const Number& n : frame.numbers) {
      if (n.slot.role != SlotRole::previous && (next == nullptr || next->numbers.empty())) continue;
      out.low = n.low, out.high = n.high;
      withdrawn_.push_back(out);
    }
    out.kind = DisputeKind::date;
    for (const Day& day : frame.days) {
      if (!context_.is_denied(frame, day.range) && (next == nullptr || next->days.empty())) continue;
      out.low = day.first, out.high = day.last;
      withdrawn_.push_back(out);
    }
    out.kind = DisputeKind::name;
    for (const FullName& name : frame.names) {
      const bool renamed = next != nullptr && !next->names.empty() &&
                           std::none_of(next->names.begin(), next->names.end(),
                                        [&](const FullName& other) { return other.name == name.name; });
      if (!context_.is_denied(frame, name.range) && !renamed) continue;
      out.name = context_.text(frame, name.range);
      withdrawn_.push_back(out);
    }
  }

  bool takes_back(const Frame& frame, DisputeKind kind, const Value& value) const {
    return std::any_of(withdrawn_.begin(), withdrawn_.end(), [&](const Withdrawal& w) {
      const std::string_view source = material_.corpus[frame.span.article].source;
      return w.kind == kind && (w.origin == frame.origin || (!source.empty() && w.source == source)) &&
             (kind == DisputeKind::name ? holds_words(value.text, w.name) : w.low <= value.high && value.low <= w.high);
    });
  }

  // Sides of which every outlet takes its value back come first. Returns whether there is one, and one that stands.
  bool withdraw(std::vector<Side>& sides, DisputeKind kind) const {
    for (Side& side : sides) {
      side.withdrawn = std::all_of(side.statements.begin(), side.statements.end(),
                                   [&](std::uint32_t s) { return takes_back(context_[s], kind, side.value); });
    }
    const auto first = std::stable_partition(sides.begin(), sides.end(), [](const Side& s) { return s.withdrawn; });
    return first != sides.begin() && first != sides.end();
  }

  // What is a copy of a passage gives its value.
  void add_copies(Side& side) const {
    std::set<std::uint32_t> all(side.statements.begin(), side.statements.end());
    for (std::size_t k = 0, own = side.statements.size(); k < own; ++k) {
      const Frame& frame = context_[side.statements[k]];
      for (const std::uint32_t copy : copies_.at({frame.origin, material_.corpus.quote(frame.span)})) {
        const bool other = context_[copy].span.article != frame.span.article;
        if (other && all.insert(copy).second) side.statements.push_back(copy);
      }
    }
  }

  void date(Side& side) const {
    for (const std::uint32_t s : side.statements) {
      const std::optional<Time>& t = context_[s].published;
      if (t && (!side.first || *t < *side.first)) side.first = t;
      if (t && (!side.last || *t > *side.last)) side.last = t;
    }
  }

  // Does one voice alone give both values?
  bool revised(const Side& x, const Side& y) const {
    const auto own = [&](std::uint32_t s) { return context_[s].origin == context_[x.statements.front()].origin; };
    return std::all_of(x.statements.begin(), x.statements.end(), own) &&
           std::all_of(y.statements.begin(), y.statements.end(), own);
  }

  // "231 aboard, not 212 as first reported": a later passage gives the other's value as one that does not hold.
  bool denies(const Side& side, const Side& other) const {
    return std::any_of(side.statements.begin(), side.statements.end(), [&](std::uint32_t s) {
      const Frame& frame = context_[s];
      return frame.published && other.first && *frame.published > *other.first &&
             std::any_of(frame.numbers.begin(), frame.numbers.end(), [&](const Number& n) {
               return n.slot.role == SlotRole::previous && n.low <= other.value.high && other.value.low <= n.high;
             });
    });
  }

  // An update when nobody gives an old value any more once the new one is out. What one voice revises in a later version or copy
  // is overtaken at once, whatever it is: a voice does not contradict itself.
  bool overtaken(const std::vector<Side>& sides, Moves moves) const {
    constexpr std::chrono::hours apart(6);  // so long the new value stands alone; less is at about the same time
    for (std::size_t k = 1; k < sides.size(); ++k) {
      if (denies(sides[k], sides[k - 1])) continue;
      if (!sides[k - 1].last || !sides[k].first || *sides[k - 1].last >= *sides[k].first) return false;
      if (revised(sides[k - 1], sides[k])) continue;
      if (moves == Moves::never) return false;
      if (moves == Moves::in_time && *sides[k].last - *sides[k - 1].last < apart) return false;
    }
    return true;
  }

  // Of each voice on two sides only what stands on the surer one stays.
  void take_one_side(std::vector<Side>& sides) const {
    std::set<std::uint32_t> seen;
    for (Side& side : sides) {
      std::set<std::uint32_t> own;
      std::erase_if(side.statements, [&](std::uint32_t s) {
        own.insert(context_[s].origin);
        return seen.contains(context_[s].origin);
      });
      seen.insert(own.begin(), own.end());
    }
    std::erase_if(sides, [](const Side& side) { return side.statements.empty(); });
  }

  std::optional<Dispute> settle(const Edge& edge, std::vector<Side> sides) {
    const auto by_report = [](const Side& x, const Side& y) { return x.first && (!y.first || *x.first < *y.first); };
    for (Side& side : sides) date(side);
    std::stable_sort(sides.begin(), sides.end(), by_report);
    const bool taken_back = withdraw(sides, edge.kind->kind);
    const bool update = taken_back || overtaken(sides, edge.difference.moves);
    if (!update) {
      // The strongest edge first, so that its sides keep their voices.
      std::stable_sort(sides.begin(), sides.end(), [&](const Side& x, const Side& y) {
        const auto seeds = [&](const Side& s) {
          return s.statements.front() != edge.a && s.statements.front() != edge.b;
        };
        return seeds(x) < seeds(y);
      });
      take_one_side(sides);
      if (sides.size() < 2) return std::nullopt;
      std::stable_sort(sides.begin(), sides.end(), by_report);
    }
    for (Side& side : sides) add_copies(side);
    Dispute out;
    out.kind = edge.kind->kind;
    out.resolution = update ? Resolution::update : Resolution::conflict;
    out.about = edge.difference.about;
    for (Side& side : sides) {
      for (const std::uint32_t s : side.statements) told_.insert({out.kind, s, side.value.low});
      out.values.push_back({side.value.text, std::move(side.statements), side.withdrawn});
    }
    return out;
  }

  const Material& material_;
  std::span<const Kind> kinds_;
  Context context_;
  Partners partners_;
  std::vector<Withdrawal> withdrawn_;
  std::vector<Edge> edges_;                                                                  // the likeliest first
  std::map<std::pair<std::uint32_t, std::string_view>, std::vector<std::uint32_t>> copies_;  // by origin and words
  std::set<std::tuple<DisputeKind, double, double>> values_;       // looked at, in whatever words; not of polarity
  std::set<std::tuple<DisputeKind, std::uint32_t, double>> told_;  // statements with the value that they give
};

}  // namespace

std::vector<Dispute> find_disputes(const Material& material, const Alignment& alignment, std::span<const Kind> kinds) {
  return Finder(material, alignment, kinds).run();
}

}  // namespace dispute

std::vector<Dispute> find_disputes(const Material& material, const Alignment& alignment) {
  return dispute::find_disputes(material, alignment, dispute::kinds);
}

}  // namespace storymerge

#include "merge/counting.h"

#include <algorithm>
#include <map>
#include <utility>

namespace storymerge {
namespace {

class Counter {
 public:
  Counter(const Material& material, const Alignment& alignment, std::span<const Dispute> disputes, const Voices& voices)
      : material_(material), alignment_(alignment), voices_(voices), sides_(alignment.statements.size()) {
    for (std::uint32_t d = 0; d < disputes.size(); ++d) {
      const Dispute& dispute = disputes[d];
      const bool update = dispute.resolution == Resolution::update;
      std::vector<std::uint32_t> all;
      for (const DisputeValue& v : dispute.values) all.insert(all.end(), v.statements.begin(), v.statements.end());
      const std::uint32_t told_by = voices.count(all);
      for (std::uint32_t v = 0; v < dispute.values.size(); ++v) {
        const bool last = v + 1 == dispute.values.size();
        const bool old = dispute.values[v].withdrawn || (update && !last);
        for (const std::uint32_t s : dispute.values[v].statements) {
          sides_[s].push_back({d, v, old, update ? last : v == 0, told_by});
        }
      }
    }
    for (const AlignedPair& p : alignment.pairs) probability_[{p.a, p.b}] = p.probability;
  }

  std::vector<CountedClaim> run() {
    std::vector<CountedClaim> out;
    std::vector<char> stands(alignment_.statements.size(), 0);
    for (std::uint32_t s = 0; s < stands.size(); ++s) stands[s] = !sides_[s].empty();
    for (const ClaimGroup& group : alignment_.groups) {
      CountedClaim claim = count(group);
      if (is_only_a_value(claim)) continue;
      for (const std::uint32_t s : claim.support) stands[s] = 1;
      out.push_back(std::move(claim));
    }
    for (std::uint32_t s = 0; s < stands.size(); ++s) {
      if (!stands[s]) out.push_back({{s}, {}, 1, 1});
    }
    return out;
  }

 private:
  struct Stand {
    std::uint32_t dispute = 0, value = 0;
    bool old = false;          // overtaken or withdrawn
    bool current = false;      // the newest of an update; of a conflict the first
    std::uint32_t voices = 0;  // of all values
  };

  // One voice's passages that give an old or rival value: they stand under that value.
  bool is_only_a_value(const CountedClaim& claim) const {
    return claim.origin_count < 2 && std::all_of(claim.support.begin(), claim.support.end(), [&](std::uint32_t s) {
             return !sides_[s].empty() &&
                    std::none_of(sides_[s].begin(), sides_[s].end(), [](const Stand& stand) { return stand.current; });
           });
  }

  bool rivals(std::uint32_t a, std::uint32_t b) const {
    for (const Stand& x : sides_[a]) {
      for (const Stand& y : sides_[b]) {
        if (x.dispute == y.dispute && x.value != y.value) return true;
      }
    }
    return false;
  }

  bool overtaken(std::uint32_t s) const {
    return std::any_of(sides_[s].begin(), sides_[s].end(), [](const Stand& stand) { return stand.old; });
  }

  int fault(std::uint32_t s) const { return overtaken(s) + alignment_.statements[s].leans; }

  double probability(std::uint32_t a, std::uint32_t b) const {
    const auto at = probability_.find(std::minmax(a, b));
    return at == probability_.end() ? 0 : at->second;
  }

  // The lead, unless it is at fault and another counted member is less so: the one most like the lead.
  std::uint32_t wording(const ClaimGroup& group) const {
    const Member& lead = group.members.front();
    std::uint32_t best = lead.statement;
    int least = fault(best);
    double most = 0;
    for (const Member& m : group.members) {
      if (!m.counted || m.statement == lead.statement) continue;
      const int f = fault(m.statement);
      if (f < least || (f == least && best != lead.statement && m.probability > most)) {
        best = m.statement;
        least = f;
        most = m.probability;
      }
    }
    return best;
  }

  CountedClaim count(const ClaimGroup& group) const {
    constexpr double counted = 0.5;  // probability with another wording than the lead's, from which a member counts
    const std::uint32_t lead = group.members.front().statement, told = wording(group);
    CountedClaim out{{told}, {}, 1, 1};
    for (const Member& m : group.members) {
      if (m.statement == told) continue;
      const bool counts = m.counted && !rivals(told, m.statement) &&
                          (told == lead || m.statement == lead || same_voice(told, m.statement) ||
                           probability(told, m.statement) >= counted);
      (counts ? out.support : out.also).push_back(m.statement);
    }
    std::sort(out.support.begin() + 1, out.support.end());
    std::sort(out.also.begin(), out.also.end());
    out.origin_count = voices_.count(out.support);
    out.weight = overtaken(told) ? 0 : out.origin_count;
    for (const Stand& stand : sides_[told]) {
      if (stand.current) out.weight = std::max(out.weight, stand.voices);
    }
    return out;
  }

  bool same_voice(std::uint32_t a, std::uint32_t b) const {
    const std::vector<std::uint32_t>& origin = material_.duplicates.origin_of;
    return origin[alignment_.statements[a].span.article] == origin[alignment_.statements[b].span.article];
  }

  const Material& material_;
  const Alignment& alignment_;
  const Voices& voices_;
  std::vector<std::vector<Stand>> sides_;  // by statement
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> probability_;
};

}  // namespace

std::vector<CountedClaim> count_claims(const Material& material, const Alignment& alignment,
                                       std::span<const Dispute> disputes, const Voices& voices) {
  return Counter(material, alignment, disputes, voices).run();
}

}  // namespace storymerge

#include "fit/group_scores.h"

#include <algorithm>
#include <iomanip>
#include <map>
#include <set>
#include <sstream>

namespace storymerge::fit {

using Values = std::set<std::string>;               // "": none told
using Claims = std::map<std::uint32_t, Values>;     // what is told of each claim
using Tellers = std::map<std::uint32_t, Values>;    // by origin
using SpotPairs = std::set<std::pair<Spot, Spot>>;  // of two origins, the earlier first

namespace {

bool compatible(const Values& a, const Values& b) {
  if (a.contains("") || b.contains("")) return true;
  return std::any_of(a.begin(), a.end(), [&](const std::string& v) { return b.contains(v); });
}

std::size_t count_compatible(const Tellers& tellers, const Values& values) {
  return static_cast<std::size_t>(std::count_if(tellers.begin(), tellers.end(),
                                                [&](const auto& teller) { return compatible(teller.second, values); }));
}

}  // namespace

double ratio(std::size_t a, std::size_t b) { return b ? static_cast<double>(a) / static_cast<double>(b) : 0; }

class CaseScorer {
 public:
  CaseScorer(const Case& c, GroupScores& scores) : c_(c), scores_(scores) {
    for (std::uint32_t a = 0; a < c.gold->articles.size(); ++a) {
      for (std::uint32_t s = 0; s < c.gold->articles[a].sentences.size(); ++s) {
        for (const GoldTelling& t : c.tells({a, s})) {
          tellers_[t.claim][c.origin[a]].insert(t.value.value_or(""));
          spots_[t.claim].insert({a, s});
        }
      }
    }
  }

  void score(const std::vector<align::Group>& groups) {
    for (const align::Group& g : groups) add(g);
    score_pairs();
    for (const auto& [claim, tellers] : tellers_) score_claim(claim, tellers);
  }

 private:
  struct Ours {
    std::set<Spot> counted, lead;
    std::size_t origins = 0;
  };

  std::uint32_t origin(Spot s) const { return c_.origin[s.article]; }

  Claims told_at(const std::set<Spot>& spots) const {
    Claims out;
    for (const Spot s : spots)
      for (const GoldTelling& t : c_.tells(s)) out[t.claim].insert(t.value.value_or(""));
    return out;
  }

  void add_pairs(const std::set<Spot>& spots, SpotPairs& out) const {
    for (const Spot x : spots)
      for (const Spot y : spots)
        if (x < y && origin(x) != origin(y)) out.insert({x, y});
  }

  void add(const align::Group& group) {
    Ours ours;
    std::set<Spot> together;
    std::set<std::uint32_t> origins;
    for (const align::Group::Member& member : group.members) {
      const bool leads = &member == &group.members.front();
      for (const Spot s : c_.spots[member.unit]) {
        together.insert(s);
        if (member.counted) ours.counted.insert(s);
        if (leads) ours.lead.insert(s);
      }
      if (member.counted) origins.insert(c_.profiles[member.unit].origin);
    }
    ours.origins = origins.size();
    SpotPairs pairs;
    add_pairs(together, pairs);
    for (const auto& [x, y] : pairs) {
      for (const GoldTelling& s : c_.tells(x))
        for (const GoldTelling& t : c_.tells(y))
          if (s.claim == t.claim) found_several_.insert(s.claim);
    }
    got_.insert(pairs.begin(), pairs.end());
    if (ours.origins > 1) score_several(ours);
    ours_.push_back(std::move(ours));
  }

  // A group that counts several origins: does each say what the lead says?
  void score_several(const Ours& ours) {
    const Claims said = told_at(ours.lead);
    std::set<std::uint32_t> own, rivals;  // origins
    for (const Spot s : ours.lead) own.insert(origin(s));
    bool any = false;
    std::map<std::uint32_t, std::set<std::uint32_t>> agreed;  // claims, by origin
    for (const Spot s : ours.counted) {
      if (own.contains(origin(s))) continue;
      std::set<std::uint32_t>& of_origin = agreed[origin(s)];
      for (const auto& [claim, values] : told_at({s})) {
        const auto at = said.find(claim);
        if (at == said.end()) continue;
        any = true;
        if (compatible(at->second, values))
          of_origin.insert(claim);
        else
          rivals.insert(origin(s));
      }
    }
    ++scores_.several_;
    scores_.true_several_ += any;
    scores_.counted_ += agreed.size();
    for (const auto& [o, claims] : agreed) {
      if (rivals.contains(o)) continue;
      scores_.truly_ += !claims.empty();
      found_counted_.insert(claims.begin(), claims.end());
    }
    scores_.exact_several_ += std::any_of(said.begin(), said.end(), [&](const auto& claim) {
      return count_compatible(tellers_[claim.first], claim.second) == ours.origins;
    });
  }

  void score_pairs() {
    SpotPairs want;
    for (const auto& [claim, spots] : spots_) add_pairs(spots, want);
    for (const auto& p : got_) scores_.pairs_both_ += want.contains(p);
    scores_.pairs_want_ += want.size();
    scores_.pairs_got_ += got_.size();
  }

  void score_claim(std::uint32_t claim, const Tellers& tellers) {
    ++scores_.claims_;
    if (tellers.size() > 1) {
      ++scores_.want_several_;
      scores_.found_several_ += found_several_.contains(claim);
      scores_.found_counted_ += found_counted_.contains(claim);
    }
    const Ours* best = nullptr;  // holds most of where it is told, and least else
    std::pair<std::size_t, std::ptrdiff_t> most{0, 0};
    for (const Ours& o : ours_) {
      std::size_t both = 0;
      for (const Spot s : o.counted) both += spots_[claim].contains(s);
      if (both == 0) continue;
      const std::pair<std::size_t, std::ptrdiff_t> now{both, -static_cast<std::ptrdiff_t>(o.counted.size())};
      if (best == nullptr || now > most) best = &o, most = now;
    }
    if (best == nullptr) return;
    Claims said = told_at(best->lead);
    if (!said.contains(claim)) said[claim] = {""};
    scores_.origins_exact_ += best->origins == count_compatible(tellers, said[claim]);
  }

  const Case& c_;
  GroupScores& scores_;
  std::map<std::uint32_t, Tellers> tellers_;       // by claim
  std::map<std::uint32_t, std::set<Spot>> spots_;  // by claim
  std::vector<Ours> ours_;
  SpotPairs got_;
  std::set<std::uint32_t> found_several_, found_counted_;  // claims
};

void GroupScores::add(const Case& c, const std::vector<align::Group>& groups) { CaseScorer(c, *this).score(groups); }

std::string GroupScores::line() const {
  std::ostringstream out;
  const double p = ratio(pairs_both_, pairs_got_), r = ratio(pairs_both_, pairs_want_);
  out << std::fixed << std::setprecision(3) << "align " << p << '/' << r << '/' << 2 * p * r / std::max(1e-9, p + r)
      << "  several " << ratio(true_several_, several_) << '/' << ratio(found_several_, want_several_) << " exact "
      << ratio(exact_several_, several_) << "  counted " << ratio(truly_, counted_) << '/'
      << ratio(found_counted_, want_several_) << "  origins_exact " << ratio(origins_exact_, claims_) << "  ("
      << several_ << " several)";
  return out.str();
}

}  // namespace storymerge::fit

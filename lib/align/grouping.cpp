#include "align/grouping.h"

#include <algorithm>
#include <cmath>
#include <queue>
#include <utility>

namespace storymerge::align {
namespace {

struct CoverTuning {              // tuned on gold/real
  std::uint32_t an_article = 3;   // sentences of one article in a group, at most
  std::size_t told_widely = 4;    // likely partners by which, of all compared, not all pairs need to have been compared
  std::uint32_t enough_seen = 5;  // then so many do
  std::size_t large = 6;          // members from which a group that lies in another is no other claim
  std::uint32_t memberships = 6;  // groups that a sentence stands in from which no more are grown from it
  std::uint32_t crowd = 40;       // and from which it joins none: more than in real stories, where not all is alike
} constexpr tuning;

// Grows the groups of a cover one by one.
class Cover {
 public:
  Cover(std::span<const Profile> profiles, const PairGraph& graph, std::span<const double> affinity, const Bars& bars)
      : profiles_(profiles),
        graph_(graph),
        affinity_(affinity),
        bars_(bars),
        told_widely_(most_partners(profiles.size()) / tuning.told_widely),
        candidates_(profiles.size()),
        partners_(profiles.size(), 0),
        joined_(profiles.size(), 0),
        groups_of_(profiles.size()) {
    std::uint32_t articles = 0;
    for (const Profile& p : profiles) articles = std::max(articles, p.article + 1);
    in_article_.resize(articles);
  }

  std::vector<std::vector<std::uint32_t>> run() {
    std::vector<std::uint32_t> seeds;
    for (std::uint32_t k = 0; k < graph_.pairs.size(); ++k) {
      const auto [a, b] = graph_.pairs[k];
      if (affinity_[k] < bars_.seed || profiles_[a].origin == profiles_[b].origin) continue;
      seeds.push_back(k);
      ++partners_[a];
      ++partners_[b];
    }
    std::stable_sort(seeds.begin(), seeds.end(),
                     [&](std::uint32_t x, std::uint32_t y) { return affinity_[x] > affinity_[y]; });
    for (const std::uint32_t k : seeds) {
      const auto [a, b] = graph_.pairs[k];
      if (together(a, b)) continue;
      if (groups_of_[a].size() >= tuning.memberships || groups_of_[b].size() >= tuning.memberships) continue;
      grow(a, b);
    }
    for (std::uint32_t u = 0; u < profiles_.size(); ++u) {
      if (groups_of_[u].empty()) groups_.push_back({u});
    }
    return std::move(groups_);
  }

 private:
  struct Candidate {
    double sum = 0, least = 1;
    std::uint32_t seen = 0, round = 0;
    double offered = 0;  // the highest mean in the queue; only ever too high, then it is looked at first
  };
  struct Offer {
    double mean;
    std::uint32_t unit;
    bool operator<(const Offer& o) const { return mean != o.mean ? mean < o.mean : unit > o.unit; }
  };
  struct InArticle {
    std::uint32_t round = 0, members = 0;
  };

  bool together(std::uint32_t a, std::uint32_t b) const {
    const std::vector<std::uint32_t>& x = groups_of_[a];
    const std::vector<std::uint32_t>& y = groups_of_[b];
    return std::find_first_of(x.begin(), x.end(), y.begin(), y.end()) != x.end();
  }

  std::uint32_t members_in(std::uint32_t article) const {
    return in_article_[article].round == round_ ? in_article_[article].members : 0;
  }

  bool full(std::uint32_t u) const { return members_in(profiles_[u].article) >= tuning.an_article; }

  // Are enough of a sentence's pairs with `others` members candidates? One with very many partners was compared with some alone.
  bool enough(std::uint32_t u, std::size_t seen, std::size_t others) const {
    return static_cast<double>(seen) >= bars_.known * static_cast<double>(others) ||
           (partners_[u] >= told_widely_ && seen >= tuning.enough_seen);
  }

  // Mean affinity with the members of other articles; 0 for a sentence that does not fit. A pair that was no candidate counts
  // as impossible, unless the sentence has so many partners that not all were looked at.
  double fit_of(std::uint32_t u) const {
    const Candidate& c = candidates_[u];
    const std::size_t others = group_.size() - members_in(profiles_[u].article);
    if (c.round != round_ || c.seen == 0 || others == 0) return 0;
    if (!enough(u, c.seen, others)) return 0;
    if (c.least < bars_.least) return 0;
    const double mean = c.sum / static_cast<double>(c.seen);
    return mean >= bars_.fit ? mean : 0;
  }

  bool is_member(std::uint32_t u) const { return joined_[u] == round_; }

  void join(std::uint32_t u) {
    group_.push_back(u);
    joined_[u] = round_;
    InArticle& in = in_article_[profiles_[u].article];
    if (in.round != round_) in = {round_, 0};
    ++in.members;
    for (const PairGraph::Neighbour& v : graph_.around(u)) {
      Candidate& c = candidates_[v.unit];
      if (c.round != round_) c = {0, 1, 0, round_, 0};
      c.sum += affinity_[v.pair];
      c.least = std::min(c.least, affinity_[v.pair]);
      ++c.seen;
      if (group_.size() < 2) continue;
      offer(v.unit);
    }
  }

  void offer(std::uint32_t u) {
    if (is_member(u) || full(u) || groups_of_[u].size() >= tuning.crowd) return;
    const double fits = fit_of(u);
    if (fits <= candidates_[u].offered) return;
    offers_.push({fits, u});
    candidates_[u].offered = fits;
  }

  void grow(std::uint32_t a, std::uint32_t b) {
    ++round_;
    group_.clear();
    offers_ = {};
    join(a);
    join(b);
    // Those around b have been offered. Of those around a alone, only b's article can fit: any other misses a pair with b.
    const std::uint32_t of_b = profiles_[b].article;
    const auto list = graph_.around(a);
    auto v =
        std::partition_point(list.begin(), list.end(), [&](const auto& n) { return profiles_[n.unit].article < of_b; });
    for (; v != list.end() && profiles_[v->unit].article == of_b; ++v) {
      offer(v->unit);
    }
    while (!offers_.empty()) {
      const Offer best = offers_.top();
      offers_.pop();
      if (full(best.unit) || is_member(best.unit)) continue;
      if (fit_of(best.unit) != best.mean) {  // an offer of before
        candidates_[best.unit].offered = 0;
        offer(best.unit);
        continue;
      }
      join(best.unit);
      if (group_.size() == tuning.large && settle()) return;
    }
    const auto g = static_cast<std::uint32_t>(groups_.size());
    groups_.push_back(group_);
    for (const std::uint32_t u : group_) groups_of_[u].push_back(g);
  }

  // A large group that lies mostly in one before is no other claim: what is new in it comes to stand there, if it fits.
  bool settle() {
    std::vector<std::uint32_t> homes;
    for (const std::uint32_t u : group_) homes.insert(homes.end(), groups_of_[u].begin(), groups_of_[u].end());
    std::sort(homes.begin(), homes.end());
    for (std::size_t i = 0, j = 0; i < homes.size(); i = j) {
      while (j < homes.size() && homes[j] == homes[i]) ++j;
      if (3 * (j - i) < 2 * group_.size()) continue;
      std::vector<std::uint32_t> fresh;
      for (const std::uint32_t u : group_) {
        if (!stands_in(u, homes[i])) fresh.push_back(u);
      }
      if (!std::all_of(fresh.begin(), fresh.end(), [&](std::uint32_t u) { return fits_in(u, homes[i]); })) continue;
      for (const std::uint32_t u : fresh) {
        groups_[homes[i]].push_back(u);
        groups_of_[u].push_back(homes[i]);
      }
      return true;
    }
    return false;
  }

  bool stands_in(std::uint32_t u, std::uint32_t g) const {
    return std::find(groups_of_[u].begin(), groups_of_[u].end(), g) != groups_of_[u].end();
  }

  // By all its pairs with the members.
  bool fits_in(std::uint32_t u, std::uint32_t g) const {
    double sum = 0, least = 1;
    std::uint32_t seen = 0;
    for (const PairGraph::Neighbour& v : graph_.around(u)) {
      if (!stands_in(v.unit, g)) continue;
      sum += affinity_[v.pair];
      least = std::min(least, affinity_[v.pair]);
      ++seen;
    }
    const std::size_t others = groups_[g].size() - std::min<std::size_t>(groups_[g].size(), tuning.an_article);
    return enough(u, seen, others) && least >= bars_.least && sum >= bars_.fit * seen;
  }

  std::span<const Profile> profiles_;
  const PairGraph& graph_;
  std::span<const double> affinity_;
  const Bars bars_;
  std::size_t told_widely_;
  std::vector<Candidate> candidates_;
  std::vector<std::uint32_t> partners_;  // likely ones
  std::vector<std::uint32_t> joined_;    // the last round in which it joined
  std::vector<InArticle> in_article_;
  std::vector<std::vector<std::uint32_t>> groups_, groups_of_;
  std::uint32_t round_ = 0;
  std::vector<std::uint32_t> group_;  // that grows in this round
  std::priority_queue<Offer> offers_;
};

}  // namespace

Bars bars_for(Strictness strictness, bool judged) {
  const bool strict = strictness == Strictness::strict;
  if (judged) return {.seed = .5, .fit = .6, .least = .3, .alike = .9, .known = .8, .counted = strict ? .85 : .57};
  if (strict) return {.seed = .35, .fit = .4, .least = .1, .alike = .1, .known = 1, .counted = .85};
  return {.seed = .25, .fit = .45, .least = .1, .alike = .1, .known = 1, .counted = .51};
}

std::vector<double> compete(std::span<const Profile> profiles, const PairGraph& graph) {
  const std::vector<double>& p = graph.probability;
  std::vector<double> out(p.size());
  // Expected partners of each sentence in each other article, in order of article: pairs ask for them in this order.
  struct Expected {
    std::uint32_t article = 0;
    double partners = 0;
  };
  std::vector<Expected> expected;
  std::vector<std::uint32_t> next_of_second;
  for (std::uint32_t u = 0; u < profiles.size(); ++u) {
    next_of_second.push_back(static_cast<std::uint32_t>(expected.size()));
    for (const PairGraph::Neighbour& n : graph.around(u)) {
      const std::uint32_t article = profiles[n.unit].article;
      if (expected.size() == next_of_second[u] || expected.back().article != article) expected.push_back({article});
      expected.back().partners += p[n.pair];
    }
  }
  const auto partners = [&](std::uint32_t article, std::uint32_t& next) {
    while (expected[next].article != article) ++next;
    return expected[next].partners;
  };
  const std::vector<std::uint32_t> first = next_of_second;
  std::uint32_t next_of_first = 0;
  for (std::size_t k = 0; k < p.size(); ++k) {
    const auto [a, b] = graph.pairs[k];
    if (k == 0 || graph.pairs[k - 1].first != a) next_of_first = first[a];
    const double many =
        std::max(partners(profiles[b].article, next_of_first), partners(profiles[a].article, next_of_second[b]));
    out[k] = p[k] / std::sqrt(std::max(1.0, many / 2));
  }
  return out;
}

namespace {

// What speaks for a sentence as a group's lead: one that leans on another sentence leads only where none stands alone.
struct Pull {
  bool leans = false;
  double sum = 0;
  bool operator<(const Pull& o) const { return leans != o.leans ? leans : sum < o.sum; }
};

// Puts the groups of a cover under their leads, one group a lead: a wording is shown once.
class Leads {
 public:
  Leads(std::span<const Profile> profiles, const PairGraph& graph, std::span<const double> affinity, const Bars& bars)
      : with(profiles.size()),
        profiles_(profiles),
        graph_(graph),
        affinity_(affinity),
        bars_(bars),
        member_(profiles.size(), 0),
        other_(profiles.size(), 0) {}

  // What its lead leads already takes the group in when the two fit; if not, the best of the members that lead nothing leads.
  void add(std::vector<std::uint32_t> members) {
    std::sort(members.begin(), members.end());
    for (const std::uint32_t u : members) member_[u] = 1;
    std::uint32_t lead = choose(members, false);
    if (!with[lead].empty() && fit(members, with[lead]) < bars_.alike) lead = choose(members, true);
    if (lead == none) lead = best_home(members);
    for (const std::uint32_t u : members) member_[u] = 0;
    std::vector<std::uint32_t>& all = with[lead];
    all.insert(all.end(), members.begin(), members.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
  }

  std::vector<std::vector<std::uint32_t>>
      with;  // by lead: members, sorted, the lead among them; empty for what leads nothing

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  // The member that the others pull at most, of those that stand alone if any does; `fresh`: of those that lead nothing.
  std::uint32_t choose(std::span<const std::uint32_t> members, bool fresh) const {
    std::uint32_t lead = none;
    Pull most{true, -1};
    for (const std::uint32_t u : members) {
      if (fresh && !with[u].empty()) continue;
      Pull pull{profiles_[u].leans};
      for (const PairGraph::Neighbour& n : graph_.around(u)) {
        if (member_[n.unit] != 0) pull.sum += affinity_[n.pair];
      }
      if (most < pull) most = pull, lead = u;
    }
    return lead;
  }

  // Where all lead already: the lead whose group is most alike.
  std::uint32_t best_home(std::span<const std::uint32_t> members) {
    std::uint32_t home = members.front();
    double most = -1;
    for (const std::uint32_t u : members) {
      if (const double now = fit(members, with[u]); now > most) most = now, home = u;
    }
    return home;
  }

  // Mean affinity between what only one and only the other has; 1 when one lies in the other.
  double fit(std::span<const std::uint32_t> members, std::span<const std::uint32_t> others) {
    double sum = 0, pairs = 0;
    for (const std::uint32_t v : others) other_[v] = 1;
    const auto only_other = static_cast<double>(
        std::count_if(others.begin(), others.end(), [&](std::uint32_t v) { return member_[v] == 0; }));
    for (const std::uint32_t u : members) {
      if (other_[u] != 0) continue;
      pairs += only_other;
      for (const PairGraph::Neighbour& n : graph_.around(u)) {
        if (other_[n.unit] != 0 && member_[n.unit] == 0) sum += affinity_[n.pair];
      }
    }
    for (const std::uint32_t v : others) other_[v] = 0;
    return pairs > 0 ? sum / pairs : 1;
  }

  std::span<const Profile> profiles_;
  const PairGraph& graph_;
  std::span<const double> affinity_;
  const Bars bars_;
  std::vector<char> member_, other_;  // by profile: of the group at hand, of the one that it is held against
};

// Who counts in the groups of a cover.
class Counting {
 public:
  Counting(std::span<const Profile> profiles, const PairGraph& graph, const Bars& bars)
      : profiles_(profiles),
        graph_(graph),
        bars_(bars),
        told_(profiles.size(), 0),
        at_hand_(profiles.size(), 0),
        agreeing_(profiles.size()) {}

  // Requires: `members` sorted, the lead among them.
  void add(std::uint32_t lead, std::span<const std::uint32_t> members) {
    Group g;
    g.members.push_back({lead, 1, true});
    for (const std::uint32_t u : members) {
      if (u != lead) g.members.push_back({u, probability(lead, u), counts(lead, u)});
    }
    for (const Group::Member& m : g.members) {
      if (m.counted) told_[m.unit] = std::max(told_[m.unit], m.probability);
    }
    out_.push_back(std::move(g));
  }

  // What a group's lead is no word for, for it gives another value or is not like enough, may agree among itself, and with
  // what counts for the lead but says this more surely: the one that most agrees with leads next, until none agree.
  // Complexity: O(pairs log pairs) of the members, but for the groups.
  void add_what_is_left(std::span<const std::uint32_t> members) {
    std::priority_queue<Agreement> best;
    for (const std::uint32_t u : members) at_hand_[u] = 1;
    for (const std::uint32_t u : members) {
      agreeing_[u].clear();
      if (told(u)) continue;
      for (const PairGraph::Neighbour& v : graph_.around(u)) {
        if (at_hand_[v.unit] != 0 && more_likely(v) && counts(u, v.unit)) agreeing_[u].push_back(v);
      }
      best.push({{profiles_[u].leans, agreement(u)}, u});
    }
    for (const std::uint32_t u : members) at_hand_[u] = 0;
    while (!best.empty()) {
      const Agreement next = best.top();
      best.pop();
      if (told(next.lead)) continue;
      const double now = agreement(next.lead);
      if (now <= 0) continue;
      if (now < next.pull.sum)
        best.push({{next.pull.leans, now}, next.lead});
      else
        add(next.lead, candidates(next.lead, members));
    }
  }

  // Of all that is left each leads itself.
  std::vector<Group> finish() {
    lead_anew();
    for (std::uint32_t u = 0; u < profiles_.size(); ++u) {
      if (!told(u)) out_.push_back({{{u, 1, true}}});
    }
    std::stable_sort(out_.begin(), out_.end(),
                     [](const Group& a, const Group& b) { return a.members.front().unit < b.members.front().unit; });
    return std::move(out_);
  }

 private:
  // Where all that a lead counts is counted for another with more, which speaks for it as well, it tells no claim of its own: the
  // best of what no lead counts leads the group; where there is none, the group goes. Two leads that count the same stay: each
  // may tell what the other does not.
  void lead_anew() {
    std::vector<std::vector<std::uint32_t>> counted(out_.size()), counted_in(profiles_.size());
    for (std::uint32_t g = 0; g < out_.size(); ++g) {
      for (const Group::Member& m : out_[g].members) {
        if (!m.counted) continue;
        counted[g].push_back(m.unit);
        counted_in[m.unit].push_back(g);
      }
      std::ranges::sort(counted[g]);
    }
    std::vector<char> gone(out_.size(), 0);
    for (std::uint32_t g = 0; g < gone.size(); ++g) {
      const std::uint32_t lead = out_[g].members.front().unit;
      gone[g] = of_several(counted[g]) && std::ranges::any_of(counted_in[lead], [&](std::uint32_t h) {
                  return h != g && !gone[h] && counted[h].size() > counted[g].size() &&
                         std::ranges::includes(counted[h], counted[g]) &&
                         speaks_for(out_[h].members.front().unit, counted[g]) >= speaks_for(lead, counted[g]);
                });
    }
    std::vector<Group> before = std::exchange(out_, {});
    for (std::uint32_t g = 0; g < before.size(); ++g) {
      if (!gone[g])
        out_.push_back(std::move(before[g]));
      else
        add_untold(before[g]);
    }
  }

  bool of_several(std::span<const std::uint32_t> units) const {
    return std::ranges::any_of(units,
                               [&](std::uint32_t u) { return profiles_[u].origin != profiles_[units.front()].origin; });
  }

  // Mean probability that the others say what it says.
  double speaks_for(std::uint32_t lead, std::span<const std::uint32_t> units) const {
    double sum = 0, others = 0;
    for (const std::uint32_t u : units) {
      if (u == lead) continue;
      sum += probability(lead, u);
      ++others;
    }
    return others > 0 ? sum / others : 1;
  }

  // Under the one that no lead counts and the others pull at most.
  void add_untold(const Group& group) {
    std::vector<std::uint32_t> members;
    for (const Group::Member& m : group.members) members.push_back(m.unit);
    std::ranges::sort(members);
    std::uint32_t lead = 0;
    Pull most{true, -1};
    for (const std::uint32_t u : members) {
      if (told(u)) continue;
      if (const Pull pull{profiles_[u].leans, speaks_for(u, members)}; most < pull) most = pull, lead = u;
    }
    if (most.sum >= 0) add(lead, members);
  }

  struct Agreement {
    Pull pull;
    std::uint32_t lead = 0;
    bool operator<(const Agreement& o) const { return pull < o.pull || (!(o.pull < pull) && lead > o.lead); }
  };

  // It and those of the members that may say what it says: a group founded beside another tells no more of the others again.
  std::vector<std::uint32_t> candidates(std::uint32_t lead, std::span<const std::uint32_t> members) const {
    std::vector<std::uint32_t> out;
    for (const std::uint32_t u : members) {
      if (u == lead || graph_.find(lead, u) != nullptr) out.push_back(u);
    }
    return out;
  }

  double probability(std::uint32_t a, std::uint32_t b) const {
    const PairGraph::Neighbour* pair = graph_.find(a, b);
    return pair == nullptr ? 0 : graph_.probability[pair->pair];
  }
  bool told(std::uint32_t u) const { return told_[u] > 0; }
  // Than that it says what a lead says that counts it.
  bool more_likely(const PairGraph::Neighbour& pair) const { return graph_.probability[pair.pair] > told_[pair.unit]; }
  // How likely those say what it says that say it rather than what they count for, in sum. Only ever less.
  double agreement(std::uint32_t u) const {
    double sum = 0;
    for (const PairGraph::Neighbour& v : agreeing_[u]) {
      if (more_likely(v)) sum += graph_.probability[v.pair];
    }
    return sum;
  }
  bool counts(std::uint32_t a, std::uint32_t b) const {
    return probability(a, b) >= bars_.counted && find_veto(profiles_[a], profiles_[b]) == Veto::none;
  }

  std::span<const Profile> profiles_;
  const PairGraph& graph_;
  const Bars bars_;
  std::vector<double> told_;   // probability with the surest lead that counts it, 0 without one
  std::vector<char> at_hand_;  // members of the group at hand
  std::vector<std::vector<PairGraph::Neighbour>> agreeing_;  // by what is left: what may count for it
  std::vector<Group> out_;
};

}  // namespace

std::vector<Group> group(std::span<const Profile> profiles, const PairGraph& graph, std::span<const double> affinity,
                         const Bars& bars) {
  Leads leads(profiles, graph, affinity, bars);
  for (std::vector<std::uint32_t>& members : Cover(profiles, graph, affinity, bars).run())
    leads.add(std::move(members));
  Counting counting(profiles, graph, bars);
  for (std::uint32_t lead = 0; lead < profiles.size(); ++lead) {
    if (!leads.with[lead].empty()) counting.add(lead, leads.with[lead]);
  }
  for (const std::vector<std::uint32_t>& members : leads.with) counting.add_what_is_left(members);
  return counting.finish();
}

}  // namespace storymerge::align

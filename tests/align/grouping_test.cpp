// The cover against a slow reference that looks at every sentence for every step; what counts in a group.

#include "align/grouping.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <set>

namespace storymerge::align {
namespace {

// Sentences, article by article, and what a model says of their pairs. Probabilities are multiples of 1/32, so that sums of them
// are exact in whatever order.
struct Universe {
  std::vector<Profile> profiles;
  PairGraph graph;

  // `levels`: one a pair of two articles, in order: 32 times its probability, negative for no candidate.
  Universe(const std::vector<std::uint32_t>& articles, const std::vector<int>& levels) {
    for (const std::uint32_t a : articles) {
      profiles.emplace_back();
      profiles.back().article = profiles.back().origin = a;
    }
    Pairs pairs;
    std::vector<double> probability;
    std::size_t at = 0;
    for (std::uint32_t a = 0; a < size(); ++a) {
      for (std::uint32_t b = a + 1; b < size(); ++b) {
        if (articles[a] == articles[b]) continue;
        const int level = levels[at++];
        if (level < 0) continue;
        pairs.push_back({a, b});
        probability.push_back(level / 32.0);
      }
    }
    graph = make_graph(profiles, std::move(pairs));
    graph.probability = std::move(probability);
  }

  std::uint32_t size() const { return static_cast<std::uint32_t>(profiles.size()); }
  bool leans(std::uint32_t u) const { return profiles[u].leans; }
  bool other_article(std::uint32_t a, std::uint32_t b) const { return profiles[a].article != profiles[b].article; }
};

std::size_t pairs_of_two_articles(const std::vector<std::uint32_t>& articles) {
  std::size_t out = 0;
  for (std::size_t a = 0; a < articles.size(); ++a) {
    for (std::size_t b = a + 1; b < articles.size(); ++b) out += articles[a] != articles[b];
  }
  return out;
}

using Set = std::vector<std::uint32_t>;
bool has(const Set& set, std::uint32_t u) { return std::find(set.begin(), set.end(), u) != set.end(); }

class Reference {
 public:
  Reference(const Universe& universe, const Bars& bars)
      : universe_(universe),
        bars_(bars),
        p_(universe.size(), std::vector<double>(universe.size(), -1)),
        told_(universe.size(), 0) {
    for (std::size_t k = 0; k < universe.graph.pairs.size(); ++k) {
      const auto [a, b] = universe.graph.pairs[k];
      p_[a][b] = p_[b][a] = universe.graph.probability[k];
    }
  }

  std::vector<Group> run() {
    cover();
    std::vector<Set> with(universe_.size());  // by lead
    for (Set members : groups_) {
      std::sort(members.begin(), members.end());
      put_under_lead(members, with);
    }
    for (std::uint32_t lead = 0; lead < universe_.size(); ++lead) {
      if (with[lead].empty()) continue;
      add_group(lead, with[lead]);
    }
    for (const Set& members : with) add_what_is_left(members);
    lead_anew();
    for (std::uint32_t u = 0; u < universe_.size(); ++u) {
      if (told_[u] == 0) out_.push_back({{{u, 1, true}}});
    }
    std::stable_sort(out_.begin(), out_.end(),
                     [](const Group& a, const Group& b) { return a.members[0].unit < b.members[0].unit; });
    return out_;
  }

 private:
  static constexpr std::size_t an_article = 3, large = 6, memberships = 6;

  void cover() {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> seeds;
    for (std::uint32_t a = 0; a < universe_.size(); ++a) {
      for (std::uint32_t b = a + 1; b < universe_.size(); ++b) {
        if (p_[a][b] >= bars_.seed) seeds.push_back({a, b});
      }
    }
    std::stable_sort(seeds.begin(), seeds.end(),
                     [&](const auto& x, const auto& y) { return p_[x.first][x.second] > p_[y.first][y.second]; });
    for (const auto& [a, b] : seeds) {
      bool skip = count_homes(a) >= memberships || count_homes(b) >= memberships;
      for (const Set& g : groups_) skip = skip || (has(g, a) && has(g, b));
      if (!skip) grow({a, b});
    }
    for (std::uint32_t u = 0; u < universe_.size(); ++u) {
      if (count_homes(u) == 0) groups_.push_back({u});
    }
  }

  std::size_t count_homes(std::uint32_t u) const {
    return static_cast<std::size_t>(
        std::count_if(groups_.begin(), groups_.end(), [&](const Set& g) { return has(g, u); }));
  }

  // Mean with the group's members; negative for a sentence that does not fit. `others`: pairs that there may be.
  double fit(std::uint32_t u, const Set& group, std::size_t others) const {
    double sum = 0, seen = 0;
    for (const std::uint32_t v : group) {
      if (p_[u][v] < 0) continue;
      if (p_[u][v] < bars_.least) return -1;
      sum += p_[u][v];
      ++seen;
    }
    const bool enough = seen > 0 && seen >= bars_.known * static_cast<double>(others);
    return enough && sum / seen >= bars_.fit ? sum / seen : -1;
  }

  void add_group(std::uint32_t lead, const Set& members) {
    out_.push_back({{{lead, 1, true}}});
    told_[lead] = 1;
    for (const std::uint32_t u : members) {
      if (u == lead) continue;
      const double p = std::max(0.0, p_[lead][u]);
      out_.back().members.push_back({u, p, p >= bars_.counted});
      if (p >= bars_.counted) told_[u] = std::max(told_[u], p);
    }
  }

  // The members that do not count for a lead, round the one that most of them count for, or rather for than for a lead.
  void add_what_is_left(const Set& members) {
    for (;;) {
      std::uint32_t lead = universe_.size();
      double most = 0;
      for (const std::uint32_t u : members) {
        double agreeing = 0;
        for (const std::uint32_t v : members) {
          if (u != v && told_[u] == 0 && p_[u][v] >= bars_.counted && p_[u][v] > told_[v]) agreeing += p_[u][v];
        }
        if (agreeing > 0 && better(u, agreeing, lead, most)) most = agreeing, lead = u;
      }
      if (lead == universe_.size()) return;
      Set candidates;  // of the lead alone
      for (const std::uint32_t u : members) {
        if (u == lead || p_[lead][u] >= 0) candidates.push_back(u);
      }
      add_group(lead, candidates);
    }
  }

  // Leads u rather than what leads so far? None does: its number is the universe's size.
  bool better(std::uint32_t u, double pull, std::uint32_t lead, double most) const {
    if (lead == universe_.size() || universe_.leans(u) == universe_.leans(lead)) return pull > most;
    return universe_.leans(lead);
  }

  static Set counted(const Group& g) {
    Set out;
    for (const Group::Member& m : g.members) {
      if (m.counted) out.push_back(m.unit);
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  double speaks_for(std::uint32_t lead, const Set& units) const {
    double sum = 0, others = 0;
    for (const std::uint32_t u : units) {
      if (u == lead) continue;
      sum += std::max(0.0, p_[lead][u]);
      ++others;
    }
    return others > 0 ? sum / others : 1;
  }

  void lead_anew() {
    std::vector<Group> before;
    before.swap(out_);
    std::vector<bool> gone(before.size(), false);
    for (std::size_t g = 0; g < before.size(); ++g) {
      const Set mine = counted(before[g]);
      if (std::none_of(mine.begin(), mine.end(), [&](std::uint32_t u) { return universe_.other_article(u, mine[0]); }))
        continue;
      for (std::size_t h = 0; h < before.size(); ++h) {
        const Set theirs = counted(before[h]);
        if (h == g || gone[h] || theirs.size() <= mine.size()) continue;
        if (!std::includes(theirs.begin(), theirs.end(), mine.begin(), mine.end())) continue;
        if (speaks_for(before[h].members[0].unit, mine) >= speaks_for(before[g].members[0].unit, mine)) gone[g] = true;
      }
    }
    for (std::size_t g = 0; g < before.size(); ++g) {
      if (!gone[g]) {
        out_.push_back(before[g]);
        continue;
      }
      Set members;
      for (const Group::Member& m : before[g].members) members.push_back(m.unit);
      std::sort(members.begin(), members.end());
      std::uint32_t lead = universe_.size();
      for (const std::uint32_t u : members) {
        if (told_[u] == 0 &&
            better(u, speaks_for(u, members), lead, lead == universe_.size() ? -1 : speaks_for(lead, members)))
          lead = u;
      }
      if (lead != universe_.size()) add_group(lead, members);
    }
  }

  void grow(Set group) {
    for (;;) {
      std::uint32_t best = universe_.size();
      double most = 0;
      for (std::uint32_t u = 0; u < universe_.size(); ++u) {
        const auto others = static_cast<std::size_t>(
            std::count_if(group.begin(), group.end(), [&](std::uint32_t v) { return universe_.other_article(u, v); }));
        if (has(group, u) || group.size() - others >= an_article) continue;
        if (const double mean = fit(u, group, others); mean > most) most = mean, best = u;
      }
      if (best == universe_.size()) break;
      group.push_back(best);
      if (group.size() == large && lies_in_another(group)) return;
    }
    groups_.push_back(group);
  }

  bool lies_in_another(const Set& group) {
    for (Set& home : groups_) {
      Set fresh;
      for (const std::uint32_t u : group) {
        if (!has(home, u)) fresh.push_back(u);
      }
      if (3 * (group.size() - fresh.size()) < 2 * group.size()) continue;
      const std::size_t others = home.size() - std::min(home.size(), an_article);
      if (!std::all_of(fresh.begin(), fresh.end(), [&](std::uint32_t u) { return fit(u, home, others) >= 0; }))
        continue;
      home.insert(home.end(), fresh.begin(), fresh.end());
      return true;
    }
    return false;
  }

  void put_under_lead(const Set& members, std::vector<Set>& with) const {
    const auto strongest = [&](bool fresh) {
      std::uint32_t lead = universe_.size();
      double most = -1;
      for (const std::uint32_t u : members) {
        if (fresh && !with[u].empty()) continue;
        double pull = 0;
        for (const std::uint32_t v : members) pull += u != v ? std::max(0.0, p_[u][v]) : 0;
        if (better(u, pull, lead, most)) most = pull, lead = u;
      }
      return lead;
    };
    std::uint32_t lead = strongest(false);
    if (!with[lead].empty() && alike(members, with[lead]) < bars_.alike) lead = strongest(true);
    if (lead == universe_.size()) {
      lead = *std::max_element(members.begin(), members.end(), [&](std::uint32_t x, std::uint32_t y) {
        return alike(members, with[x]) < alike(members, with[y]);
      });
    }
    with[lead].insert(with[lead].end(), members.begin(), members.end());
    std::sort(with[lead].begin(), with[lead].end());
    with[lead].erase(std::unique(with[lead].begin(), with[lead].end()), with[lead].end());
  }

  double alike(const Set& one, const Set& other) const {
    double sum = 0, pairs = 0;
    for (const std::uint32_t u : one) {
      for (const std::uint32_t v : other) {
        if (has(other, u) || has(one, v)) continue;
        sum += std::max(0.0, p_[u][v]);
        ++pairs;
      }
    }
    return pairs > 0 ? sum / pairs : 1;
  }

  const Universe& universe_;
  const Bars bars_;
  std::vector<std::vector<double>> p_;  // negative: no candidate
  std::vector<Set> groups_;
  std::vector<Group> out_;
  std::vector<double> told_;  // by the surest lead that it counts for; 0: by none
};

const Bars all_bars[] = {bars_for(Strictness::balanced), bars_for(Strictness::strict),
                         bars_for(Strictness::balanced, true)};

std::string text_of(const std::vector<Group>& groups) {
  std::string out;
  for (const Group& g : groups) {
    for (const Group::Member& m : g.members) {
      out += std::to_string(m.unit) + (m.counted ? "" : "-") + ":" + std::to_string(m.probability) + " ";
    }
    out += "\n";
  }
  return out;
}

// Whether the two agree; a message that shows the universe, if not.
::testing::AssertionResult agree(const Universe& u) {
  for (const Bars& bars : all_bars) {
    const std::string got = text_of(group(u.profiles, u.graph, u.graph.probability, bars));
    const std::string want = text_of(Reference(u, bars).run());
    if (got == want) continue;
    auto out = ::testing::AssertionFailure() << "seed " << bars.seed << "\ngot\n" << got << "want\n" << want;
    for (std::size_t k = 0; k < u.graph.pairs.size(); ++k)
      out << u.graph.pairs[k].first << '-' << u.graph.pairs[k].second << ' ' << u.graph.probability[k] << '\n';
    return out;
  }
  return ::testing::AssertionSuccess();
}

// Every universe of some sentences whose pairs are no candidates, too unlikely, fit to seed, likely.
TEST(Grouping, IsTheReferenceOnAllSmallUniverses) {
  const struct {
    std::vector<std::uint32_t> articles;
    std::vector<int> levels;
  } shapes[] = {{{0, 1, 2, 3}, {-1, 1, 12, 20, 28}},
                {{0, 0, 1, 2}, {-1, 1, 12, 20, 28}},
                {{0, 0, 1, 1}, {-1, 1, 9, 12, 20, 28}},
                {{0, 1, 2, 3, 4}, {-1, 20}}};
  for (const auto& shape : shapes) {
    std::vector<std::size_t> digits(pairs_of_two_articles(shape.articles), 0);
    for (bool more = true; more;) {
      std::vector<int> levels;
      for (const std::size_t d : digits) levels.push_back(shape.levels[d]);
      Universe universe(shape.articles, levels);
      ASSERT_TRUE(agree(universe));
      universe.profiles.front().leans = true;
      ASSERT_TRUE(agree(universe));
      more = false;
      for (std::size_t& d : digits) {
        d = d + 1 < shape.levels.size() ? d + 1 : 0;
        if (d != 0) {
          more = true;
          break;
        }
      }
    }
  }
}

Universe random_universe(std::mt19937& random, std::uint32_t sentences) {
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  const std::uint32_t most_articles = 2 + below(sentences), none = below(4), high = 1 + below(3);
  std::vector<std::uint32_t> articles;
  for (std::uint32_t u = 0; u < sentences; ++u) articles.push_back(below(most_articles));
  std::sort(articles.begin(), articles.end());
  std::vector<int> levels(pairs_of_two_articles(articles));
  for (int& level : levels) {
    level = below(8) < none ? -1 : static_cast<int>(below(33));
    for (std::uint32_t h = 1; h < high && level >= 0; ++h) level = std::max(level, static_cast<int>(below(33)));
  }
  Universe out(articles, levels);
  for (Profile& p : out.profiles) p.leans = below(4) == 0;
  return out;
}

TEST(Grouping, IsTheReferenceOnRandomUniverses) {
  std::mt19937 random(17);
  for (int round = 0; round < 3000; ++round) ASSERT_TRUE(agree(random_universe(random, 5 + random() % 14))) << round;
}

// The lead first, and every sentence leads or counts somewhere.
TEST(Grouping, TellsEverySentence) {
  std::mt19937 random(18);
  for (int round = 0; round < 500; ++round) {
    const Universe u = random_universe(random, 20);
    std::set<std::uint32_t> told;
    std::uint32_t before = 0;
    for (const Group& g : group(u.profiles, u.graph, compete(u.profiles, u.graph), all_bars[round % 3])) {
      EXPECT_TRUE(g.members.front().counted);
      EXPECT_LE(before, g.members.front().unit);
      before = g.members.front().unit;
      for (const Group::Member& m : g.members) {
        if (m.counted) told.insert(m.unit);
      }
    }
    EXPECT_EQ(told.size(), u.size());
  }
}

// A sentence that is alike to all of many pairs stands with few dozens of them: what is told does not grow with their square.
TEST(Grouping, ASentenceStandsInDozensOfGroupsAndNoMore) {
  const auto groups_of_the_first = [](std::uint32_t couples) {
    std::vector<std::uint32_t> articles(2 * couples + 1);
    std::iota(articles.begin(), articles.end(), 0U);
    std::vector<int> levels;
    for (std::uint32_t a = 0; a < articles.size(); ++a) {
      for (std::uint32_t b = a + 1; b < articles.size(); ++b) {
        const bool couple = a % 2 == 1 && b == a + 1;
        levels.push_back(couple ? 28 : a == 0 ? 20 : -1);
      }
    }
    const Universe u(articles, levels);
    std::size_t out = 0;
    for (const Group& g : group(u.profiles, u.graph, u.graph.probability, bars_for(Strictness::balanced)))
      out += std::ranges::any_of(g.members, [](const Group::Member& m) { return m.unit == 0; });
    return out;
  };
  EXPECT_EQ(groups_of_the_first(30), 30u);
  EXPECT_LE(groups_of_the_first(300), 40u);
}

// A veto forbids counting, whatever the probability; not standing beside. Those that it parts from the lead agree among themselves.
TEST(Grouping, AVetoStandsAgainstCounting) {
  Universe u({0, 1, 2}, {31, 30, 30});
  u.profiles[2].corrects = true;
  const std::vector<Group> groups = group(u.profiles, u.graph, u.graph.probability, all_bars[0]);
  EXPECT_EQ(text_of(groups),
            text_of({{{{0, 1, true}, {1, 31 / 32.0, true}, {2, 30 / 32.0, false}}}, {{{2, 1, true}}}}));
}

// What counts in each group, its lead first.
std::vector<Set> counted_in(const Universe& u) {
  std::vector<Set> out;
  for (const Group& g : group(u.profiles, u.graph, u.graph.probability, all_bars[0])) {
    out.emplace_back();
    for (const Group::Member& m : g.members) {
      if (m.counted) out.back().push_back(m.unit);
    }
  }
  return out;
}

// 0 and 1 say what 2 and 3 say, and something that 4 is somewhat like. Where 0 speaks for 1 there, 1 leads no claim that counts the
// two again; where 2 does, and less well, the two share more than it says.
TEST(Grouping, WhatIsCountedForAnotherAsWellIsNoClaimOfItsOwn) {
  const auto counted = [](const std::vector<int>& levels) { return counted_in({{0, 1, 2, 3, 4}, levels}); };
  EXPECT_EQ(counted({31, 30, 30, 16, 30, 30, 16, 30, -1, -1}), (std::vector<Set>{{0, 1, 2, 3}, {4}}));
  EXPECT_EQ(counted({31, 30, 29, 16, 30, 29, 16, 32, -1, -1}), (std::vector<Set>{{0, 1}, {2, 0, 1, 3}, {4}}));
}

// 0 and 1 stand in one article; 2 counts for 0. What it says more surely like 1 counts for 1 as well; what it says rather like 0
// leaves 1 alone.
TEST(Grouping, WhatSaysAnotherMoreSurelyCountsForThatToo) {
  const auto counted = [](int like_1) { return counted_in({{0, 0, 1, 2}, {20, 32, like_1, 12, 6}}); };
  EXPECT_EQ(counted(24), (std::vector<Set>{{0, 2, 3}, {1, 2}}));
  EXPECT_EQ(counted(18), (std::vector<Set>{{0, 2, 3}, {1}}));
}

// The others pull 0 most, which leads; where it leans on another sentence, one of them does; where all lean, 0 again.
TEST(Grouping, WhatLeansLeadsOnlyWhatAllLean) {
  const auto lead = [](const std::vector<std::uint32_t>& leaning) {
    Universe u({0, 1, 2}, {30, 30, 24});
    for (const std::uint32_t l : leaning) u.profiles[l].leans = true;
    const std::vector<Group> groups = group(u.profiles, u.graph, u.graph.probability, all_bars[0]);
    EXPECT_EQ(groups.size(), 1u);
    return groups.front().members.front().unit;
  };
  EXPECT_EQ(lead({}), 0u);
  EXPECT_EQ(lead({0}), 1u);
  EXPECT_EQ(lead({0, 1}), 2u);
  EXPECT_EQ(lead({0, 1, 2}), 0u);
}

TEST(Grouping, RivalsWeakenEachOther) {
  std::mt19937 random(19);
  for (int round = 0; round < 200; ++round) {
    const Universe u = random_universe(random, 12);
    const std::vector<double> affinity = compete(u.profiles, u.graph);
    for (std::size_t k = 0; k < affinity.size(); ++k) {
      const auto [a, b] = u.graph.pairs[k];
      double with_a = 0, with_b = 0;  // probabilities of a with the sentences of b's article, and the other way round
      for (std::size_t j = 0; j < affinity.size(); ++j) {
        const auto [x, y] = u.graph.pairs[j];
        const double p = u.graph.probability[j];
        with_a += (x == a && !u.other_article(y, b)) || (y == a && !u.other_article(x, b)) ? p : 0;
        with_b += (x == b && !u.other_article(y, a)) || (y == b && !u.other_article(x, a)) ? p : 0;
      }
      const double many = std::max({2.0, with_a, with_b}) / 2;
      EXPECT_DOUBLE_EQ(affinity[k], u.graph.probability[k] / std::sqrt(many));
    }
  }
}

}  // namespace
}  // namespace storymerge::align

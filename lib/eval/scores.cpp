#include "storymerge/eval/scores.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace storymerge {
namespace {

using Index = std::uint32_t;
using Pair = std::pair<Index, Index>;

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

void add_pairs_figures(const std::string& name, const std::set<Pair>& gold, const std::set<Pair>& found,
                       std::vector<Figure>& out) {
  std::size_t both = 0;
  for (const Pair& pair : found) both += gold.contains(pair);
  const PrecisionRecall pr{ratio(both, found.size()), ratio(both, gold.size())};
  out.push_back({name + "_p", pr.precision});
  out.push_back({name + "_r", pr.recall});
  out.push_back({name + "_f1", pr.f1()});
}

// How often each pair of labels meets, and each label alone.
struct Contingency {
  std::map<Pair, double> cells;
  std::map<Index, double> gold, found;

  Contingency(std::span<const Index> g, std::span<const Index> f) {
    assert(g.size() == f.size() && !g.empty());
    for (std::size_t i = 0; i < g.size(); ++i) {
      ++cells[{g[i], f[i]}];
      ++gold[g[i]];
      ++found[f[i]];
    }
  }
};

using Claims = std::map<Index, std::optional<std::string>>;  // claim -> value given with it
using Values = std::set<std::optional<std::string>>;         // nullopt: stated without one

// Values of one claim that can all hold.
bool compatible(const Values& a, const Values& b) {
  return a.contains(std::nullopt) || b.contains(std::nullopt) ||
         std::any_of(a.begin(), a.end(), [&](const auto& value) { return b.contains(value); });
}

// The gold annotation in flat columns. Sentences and claims are numbered through; articles go by ArticleIndex.
struct Gold {
  struct Sentence {
    ByteRange range;
    bool boilerplate = false;
    Claims tells;
  };
  std::vector<Index> story, origin;   // by article; an origin is named by the article that is copied
  std::vector<Index> first_sentence;  // by article, and one past the last
  std::vector<Sentence> sentences;
  std::vector<Index> article_of;                   // by sentence
  std::vector<std::vector<Index>> tellers;         // by claim: sentences, sorted
  std::vector<std::map<Index, Values>> values_of;  // by claim: origin -> values that it gives
  std::map<Index, Resolution> disputes;            // by claim

  Gold(std::span<const GoldStory> stories, const Corpus& corpus) {
    const Index n = corpus.size();
    story.resize(n);
    origin.resize(n);
    std::vector<const GoldArticle*> annotation(n, nullptr);
    std::vector<Index> first_claim(n);  // by article
    Index claims = 0;
    for (Index s = 0; s < stories.size(); ++s) {
      const auto index_of = [&](Index k) { return *corpus.find(stories[s].articles[k].article.id); };
      for (Index k = 0; k < stories[s].articles.size(); ++k) {
        const ArticleIndex a = index_of(k);
        annotation[a] = &stories[s].articles[k];
        story[a] = s;
        first_claim[a] = claims;
        Index root = k;
        while (stories[s].articles[root].copy_of) root = *stories[s].articles[root].copy_of;
        origin[a] = index_of(root);
      }
      for (const GoldDispute& d : stories[s].disputes) disputes[claims + d.claim] = d.resolution;
      claims += static_cast<Index>(stories[s].claims.size());
    }
    tellers.resize(claims);
    values_of.resize(claims);
    for (ArticleIndex a = 0; a < n; ++a) {
      assert(annotation[a] != nullptr);
      first_sentence.push_back(static_cast<Index>(sentences.size()));
      for (const GoldSentence& s : annotation[a]->sentences) {
        Sentence flat{s.range, s.boilerplate, {}};
        for (const GoldTelling& t : s.tells) flat.tells[first_claim[a] + t.claim] = t.value;
        for (const auto& [claim, value] : flat.tells) {
          tellers[claim].push_back(static_cast<Index>(sentences.size()));
          values_of[claim][origin[a]].insert(value);
        }
        sentences.push_back(std::move(flat));
        article_of.push_back(a);
      }
    }
    first_sentence.push_back(static_cast<Index>(sentences.size()));
  }

  Index origin_of(Index sentence) const { return origin[article_of[sentence]]; }

  // The sentences that a span hits, in order.
  std::vector<Index> hit(SourceSpan span) const {
    std::vector<Index> out;
    for (Index s = first_sentence[span.article]; s < first_sentence[span.article + 1]; ++s) {
      const ByteRange range = sentences[s].range;
      const auto begin = std::max(range.begin, span.begin), end = std::min(range.end, span.end);
      if (begin < end && 2 * std::uint64_t{end - begin} > std::min(range.size(), span.size())) out.push_back(s);
    }
    return out;
  }

  void add_hits(std::span<const Support> support, std::set<Index>& out) const {
    for (const Support& s : support) {
      for (const Index h : hit(s.span)) out.insert(h);
    }
  }

  // What the sentences state, each claim with all values that they give.
  template <class Hits>
  std::map<Index, Values> stated(const Hits& hits) const {
    std::map<Index, Values> out;
    for (const Index h : hits) {
      for (const auto& [claim, value] : sentences[h].tells) out[claim].insert(value);
    }
    return out;
  }

  // How many origins state a claim without a value that rivals `values`.
  std::size_t agreeing(Index claim, const Values& values) const {
    const auto& origins = values_of[claim];
    return static_cast<std::size_t>(std::count_if(origins.begin(), origins.end(),
                                                  [&](const auto& entry) { return compatible(entry.second, values); }));
  }

  // Pairs of sentences of different origins.
  template <class Hits>
  void add_pairs(const Hits& hits, std::set<Pair>& out) const {
    for (auto a = hits.begin(); a != hits.end(); ++a) {
      for (auto b = std::next(a); b != hits.end(); ++b) {
        if (origin_of(*a) != origin_of(*b)) out.insert({*a, *b});
      }
    }
  }
};

bool is_valid(const Gold& gold, const Corpus& corpus, const MergedStory& story) {
  constexpr std::size_t most_sentences = 3;  // that one passage runs over
  const auto fits = [&](const Support& s) {
    return std::binary_search(story.articles.begin(), story.articles.end(), s.span.article) &&
           s.span.begin < s.span.end && s.span.end <= corpus[s.span.article].text.size() &&
           gold.hit(s.span).size() <= most_sentences;
  };
  for (const MergedClaim& claim : story.claims) {
    if (claim.support.empty() || !std::all_of(claim.support.begin(), claim.support.end(), fits)) return false;
  }
  for (const MergedDispute& dispute : story.disputes) {
    for (const MergedValue& value : dispute.values) {
      if (!std::all_of(value.support.begin(), value.support.end(), fits)) return false;
    }
  }
  std::set<Index> told;
  for (const auto* paragraphs : {&story.summary, &story.further}) {
    for (const std::vector<Index>& paragraph : *paragraphs) {
      for (const Index claim : paragraph) {
        if (!told.insert(claim).second) return false;
      }
    }
  }
  return true;
}

bool are_valid(const Gold& gold, const Corpus& corpus, std::span<const MergedStory> stories) {
  std::vector<int> seen(corpus.size(), 0);
  for (const MergedStory& story : stories) {
    for (const ArticleIndex a : story.articles) {
      if (a >= corpus.size()) return false;
      ++seen[a];
    }
    if (!is_valid(gold, corpus, story)) return false;
  }
  return std::all_of(seen.begin(), seen.end(), [](int times) { return times == 1; });
}

void score_groups(const Gold& gold, std::span<const MergedStory> stories, std::vector<Figure>& out) {
  const auto n = static_cast<Index>(gold.story.size());
  // An article that no story has is a group alone.
  std::vector<Index> story(n);
  std::vector<Pair> origin(n);
  for (Index a = 0; a < n; ++a) {
    story[a] = static_cast<Index>(stories.size()) + a;
    origin[a] = {story[a], 0};
  }
  for (Index s = 0; s < stories.size(); ++s) {
    for (const ArticleIndex a : stories[s].articles) story[a] = s;
    for (Index o = 0; o < stories[s].origins.size(); ++o) {
      for (const ArticleIndex a : stories[s].origins[o].articles) origin[a] = {s, o};
    }
  }
  const PrecisionRecall b3 = b_cubed(gold.story, story);
  out.push_back({"story_b3_p", b3.precision});
  out.push_back({"story_b3_r", b3.recall});
  out.push_back({"story_b3_f1", b3.f1()});
  out.push_back({"story_ari", adjusted_rand_index(gold.story, story)});

  std::set<Pair> copies, found;
  for (Index a = 0; a < n; ++a) {
    for (Index b = a + 1; b < n; ++b) {
      if (gold.origin[a] == gold.origin[b]) copies.insert({a, b});
      if (origin[a] == origin[b]) found.insert({a, b});
    }
  }
  add_pairs_figures("copy", copies, found, out);
}

// The counts of claims that the output says to be told by several origins.
struct Counts {
  std::size_t several = 0, joined = 0,
              exact = 0;               // such claims; whose lead shares a gold claim with another origin; right
  std::size_t counted = 0, truly = 0;  // origins beside the lead's own; those that state what the lead does
  std::set<Index> joined_claims, counted_claims;  // gold claims

  void add(const Gold& gold, const MergedClaim& claim, const std::set<Index>& hits, std::span<const Index> lead) {
    const std::map<Index, Values> said = gold.stated(lead);
    std::set<Index> own;
    for (const Index h : lead) own.insert(gold.origin_of(h));
    struct Voice {
      std::set<Index> agrees;  // gold claims of the lead that it states
      bool rivals = false;     // it gives a rival value of another
    };
    std::map<Index, Voice> voices;
    bool shares = false;
    for (const Index h : hits) {
      if (own.contains(gold.origin_of(h))) continue;
      Voice& voice = voices[gold.origin_of(h)];
      for (const auto& [key, value] : gold.sentences[h].tells) {
        const auto at = said.find(key);
        if (at == said.end()) continue;
        shares = true;
        if (compatible(at->second, {value})) {
          voice.agrees.insert(key);
        } else {
          voice.rivals = true;
        }
      }
    }
    ++several;
    joined += shares;
    counted += voices.size();
    for (const auto& [origin, voice] : voices) {
      if (voice.rivals) continue;
      truly += !voice.agrees.empty();
      counted_claims.insert(voice.agrees.begin(), voice.agrees.end());
    }
    exact += std::any_of(said.begin(), said.end(), [&](const auto& entry) {
      return gold.agreeing(entry.first, entry.second) == claim.origin_count;
    });
  }
};

void score_alignment(const Gold& gold, std::span<const MergedStory> stories, std::vector<Figure>& out) {
  std::set<Pair> want, got;
  for (const std::vector<Index>& tellers : gold.tellers) gold.add_pairs(tellers, want);
  std::vector<bool> kept(gold.sentences.size(), false);
  std::size_t boilerplate = 0;
  Counts counts;
  for (const MergedStory& story : stories) {
    for (const MergedDispute& dispute : story.disputes) {
      std::set<Index> hits;
      for (const MergedValue& value : dispute.values) gold.add_hits(value.support, hits);
      for (const Index h : hits) kept[h] = true;
      if (dispute.kind != DisputeKind::polarity && dispute.kind != DisputeKind::attribution) gold.add_pairs(hits, got);
    }
    for (const MergedClaim& claim : story.claims) {
      std::set<Index> hits;
      gold.add_hits(claim.support, hits);
      std::set<Index> around = hits;
      gold.add_hits(claim.also, around);
      for (const Index h : around) kept[h] = true;
      std::set<Pair> pairs;
      gold.add_pairs(around, pairs);
      for (const auto& [a, b] : pairs) {
        for (const auto& told : gold.sentences[a].tells) {
          if (gold.sentences[b].tells.contains(told.first)) counts.joined_claims.insert(told.first);
        }
      }
      got.insert(pairs.begin(), pairs.end());
      if (claim.support.empty()) continue;
      const std::vector<Index> lead = gold.hit(claim.support.front().span);
      boilerplate += !lead.empty() &&
                     std::all_of(lead.begin(), lead.end(), [&](Index h) { return gold.sentences[h].boilerplate; });
      if (claim.origin_count > 1) counts.add(gold, claim, hits, lead);
    }
  }
  add_pairs_figures("align", want, got, out);
  std::size_t several = 0, joined = 0, counted = 0;  // gold claims that two or more origins state
  for (Index claim = 0; claim < gold.tellers.size(); ++claim) {
    if (gold.values_of[claim].size() < 2) continue;
    ++several;
    joined += counts.joined_claims.contains(claim);
    counted += counts.counted_claims.contains(claim);
  }
  const PrecisionRecall pr{ratio(counts.joined, counts.several), ratio(joined, several)};
  out.push_back({"several_p", pr.precision});
  out.push_back({"several_r", pr.recall});
  out.push_back({"several_f1", pr.f1()});
  out.push_back({"several_exact", ratio(counts.exact, counts.several)});
  out.push_back({"counted_p", ratio(counts.truly, counts.counted)});
  out.push_back({"counted_r", ratio(counted, several)});
  std::size_t body = 0, body_kept = 0;
  for (std::size_t s = 0; s < gold.sentences.size(); ++s) {
    if (gold.sentences[s].boilerplate) continue;
    ++body;
    body_kept += kept[s];
  }
  out.push_back({"kept", ratio(body_kept, body)});
  out.push_back({"boilerplate", static_cast<double>(boilerplate), true});
}

// The gold disputes that one of ours finds: two of our values are carried by passages that give two different gold values of
// one claim, and at least half of the passages under each of the two state that claim.
std::set<Index> found_disputes(const Gold& gold, const MergedDispute& dispute) {
  struct Told {
    std::map<std::size_t, std::size_t> passages;           // our value -> how many of its passages state the claim
    std::set<std::pair<std::size_t, std::string>> values;  // our value, gold value
  };
  std::map<Index, Told> told;  // by gold claim
  for (std::size_t v = 0; v < dispute.values.size(); ++v) {
    for (const Support& s : dispute.values[v].support) {
      Claims mine;
      for (const Index h : gold.hit(s.span)) {
        for (const auto& [claim, value] : gold.sentences[h].tells) mine[claim] = value;
      }
      for (const auto& [claim, value] : mine) {
        ++told[claim].passages[v];
        if (value) told[claim].values.emplace(v, *value);
      }
    }
  }
  std::set<Index> out;
  for (const auto& entry : told) {
    const Told& t = entry.second;
    const auto half = [&](std::size_t v) { return 2 * t.passages.at(v) >= dispute.values[v].support.size(); };
    const auto rivals = [&](const auto& x, const auto& y) {
      return x.first != y.first && x.second != y.second && half(x.first) && half(y.first);
    };
    const bool found = std::any_of(t.values.begin(), t.values.end(), [&](const auto& x) {
      return std::any_of(t.values.begin(), t.values.end(), [&](const auto& y) { return rivals(x, y); });
    });
    if (found && gold.disputes.contains(entry.first)) out.insert(entry.first);
  }
  return out;
}

// A conflict with an origin under two of its values.
bool is_two_sided(const Gold& gold, const MergedDispute& dispute) {
  std::map<Index, std::size_t> side_of;  // origin -> the first value that it gives
  for (std::size_t v = 0; v < dispute.values.size(); ++v) {
    for (const Support& s : dispute.values[v].support) {
      if (side_of.emplace(gold.origin[s.span.article], v).first->second != v) {
        return dispute.resolution == Resolution::conflict;
      }
    }
  }
  return false;
}

void score_disputes(const Gold& gold, std::span<const MergedStory> stories, std::vector<Figure>& out) {
  std::set<Index> matched, right;
  std::size_t ours = 0, good = 0, two_sided = 0;
  for (const MergedStory& story : stories) {
    for (const MergedDispute& dispute : story.disputes) {
      ++ours;
      two_sided += is_two_sided(gold, dispute);
      bool fresh = false;  // one told twice is right once
      for (const Index claim : found_disputes(gold, dispute)) {
        fresh = matched.insert(claim).second || fresh;
        if (gold.disputes.at(claim) == dispute.resolution) right.insert(claim);
      }
      good += fresh;
    }
  }
  const PrecisionRecall pr{ratio(good, ours), ratio(matched.size(), gold.disputes.size())};
  out.push_back({"dispute_p", pr.precision});
  out.push_back({"dispute_r", pr.recall});
  out.push_back({"dispute_f1", pr.f1()});
  out.push_back({"dispute_resolution", ratio(right.size(), matched.size())});
  out.push_back({"two_sided", static_cast<double>(two_sided), true});
}

// The bytes that the summary tells, by those of the story's longest article.
double summary_length(const Corpus& corpus, const MergedStory& story) {
  std::size_t told = 0, longest = 1;
  for (const std::vector<Index>& paragraph : story.summary) {
    for (const Index c : paragraph) told += story.claims[c].support.front().span.size();
  }
  for (const ArticleIndex a : story.articles) longest = std::max(longest, corpus[a].text.size());
  return ratio(told, longest);
}

void score_telling(const Gold& gold, const Corpus& corpus, std::span<const MergedStory> stories,
                   std::vector<Figure>& out) {
  // The output claim that covers most sentences of a gold claim speaks for it; of equals the one that covers the fewest
  // others, then the first.
  struct Best {
    std::size_t covered = 0, size = 0;
    const MergedClaim* claim = nullptr;
  };
  std::vector<Best> best(gold.tellers.size());
  std::vector<std::size_t> told(gold.tellers.size(), 0);
  std::size_t of_several = 0;  // stories of two origins or more
  double lengths = 0;
  for (const MergedStory& story : stories) {
    for (const MergedClaim& claim : story.claims) {
      std::set<Index> hits;
      gold.add_hits(claim.support, hits);
      for (const auto& entry : gold.stated(hits)) {
        const std::vector<Index>& tellers = gold.tellers[entry.first];
        const auto covered = static_cast<std::size_t>(
            std::count_if(tellers.begin(), tellers.end(), [&](Index s) { return hits.contains(s); }));
        Best& b = best[entry.first];
        if (covered > b.covered || (covered == b.covered && hits.size() < b.size)) b = {covered, hits.size(), &claim};
      }
    }
    for (const std::vector<Index>& paragraph : story.summary) {
      for (const Index c : paragraph) {
        for (const auto& entry : gold.stated(gold.hit(story.claims[c].support.front().span))) ++told[entry.first];
      }
    }
    if (story.origins.size() < 2) continue;
    ++of_several;
    lengths += summary_length(corpus, story);
  }
  // A claim that no sentence states counts nowhere.
  std::size_t total = 0, exact = 0, told_claims = 0, extra = 0, core = 0, core_told = 0;
  for (Index g = 0; g < gold.tellers.size(); ++g) {
    if (gold.tellers[g].empty()) continue;
    ++total;
    if (best[g].claim != nullptr) {
      const std::map<Index, Values> lead = gold.stated(gold.hit(best[g].claim->support.front().span));
      const auto at = lead.find(g);
      exact += best[g].claim->origin_count == gold.agreeing(g, at == lead.end() ? Values{std::nullopt} : at->second);
    }
    const bool several = gold.values_of[g].size() > 1;
    told_claims += told[g] > 0;
    extra += told[g] > 0 ? told[g] - 1 : 0;
    core += several;
    core_told += several && told[g] > 0;
  }
  out.push_back({"origins_exact", ratio(exact, total)});
  out.push_back({"summary_coverage", ratio(told_claims, total)});
  out.push_back({"summary_coverage_core", ratio(core_told, core)});
  out.push_back({"summary_redundancy", ratio(extra, told_claims)});
  out.push_back({"summary_length", ratio(lengths, of_several)});
}

}  // namespace

PrecisionRecall b_cubed(std::span<const Index> gold, std::span<const Index> found) {
  const Contingency table(gold, found);
  PrecisionRecall out;
  for (const auto& [labels, count] : table.cells) {
    out.precision += count * count / table.found.at(labels.second);
    out.recall += count * count / table.gold.at(labels.first);
  }
  const auto n = static_cast<double>(gold.size());
  return {out.precision / n, out.recall / n};
}

double adjusted_rand_index(std::span<const Index> gold, std::span<const Index> found) {
  const Contingency table(gold, found);
  const auto pairs = [](double n) { return n * (n - 1) / 2; };
  const auto sum = [&](const auto& counts) {
    double total = 0;
    for (const auto& entry : counts) total += pairs(entry.second);
    return total;
  };
  const double index = sum(table.cells), a = sum(table.gold), b = sum(table.found);
  const double all = pairs(static_cast<double>(gold.size()));
  const double expected = all > 0 ? a * b / all : 0;
  const double top = (a + b) / 2 - expected;
  return top != 0 ? (index - expected) / top : 1;
}

std::vector<Figure> score(std::span<const GoldStory> stories, const Corpus& corpus,
                          std::span<const MergedStory> merged) {
  const Gold gold(stories, corpus);
  std::vector<Figure> out;
  out.push_back({"valid", are_valid(gold, corpus, merged) ? 1.0 : 0.0, true});
  score_groups(gold, merged, out);
  score_alignment(gold, merged, out);
  score_disputes(gold, merged, out);
  score_telling(gold, corpus, merged, out);
  return out;
}

}  // namespace storymerge

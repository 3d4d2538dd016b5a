#include "storymerge/eval/scores.h"

#include <algorithm>
#include <cassert>
#include <map>
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

// The gold annotation in flat columns. Sentences and claims are numbered through; articles go by ArticleIndex.
struct Gold {
  struct Sentence {
    ByteRange range;
    bool boilerplate = false;
    std::vector<std::pair<Index, const std::optional<std::string>*>> tells;  // claim, value
  };
  std::vector<Index> story, origin;   // by article; an origin is named by the article that is copied
  std::vector<Index> first_sentence;  // by article, and one past the last
  std::vector<Sentence> sentences;
  std::vector<Index> article_of;            // by sentence
  std::vector<std::vector<Index>> tellers;  // by claim: sentences, sorted
  std::map<Index, Resolution> disputes;     // by claim

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
    for (ArticleIndex a = 0; a < n; ++a) {
      assert(annotation[a] != nullptr);
      first_sentence.push_back(static_cast<Index>(sentences.size()));
      for (const GoldSentence& s : annotation[a]->sentences) {
        Sentence flat{s.range, s.boilerplate, {}};
        for (const GoldTelling& t : s.tells) {
          flat.tells.emplace_back(first_claim[a] + t.claim, &t.value);
          tellers[flat.tells.back().first].push_back(static_cast<Index>(sentences.size()));
        }
        sentences.push_back(std::move(flat));
        article_of.push_back(a);
      }
    }
    first_sentence.push_back(static_cast<Index>(sentences.size()));
  }

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

  std::vector<Index> hit(std::span<const Support> support) const {
    std::set<Index> out;
    for (const Support& s : support) {
      for (const Index h : hit(s.span)) out.insert(h);
    }
    return {out.begin(), out.end()};
  }

  std::set<Index> claims_of(std::span<const Index> hits) const {
    std::set<Index> out;
    for (const Index h : hits) {
      for (const auto& tells : sentences[h].tells) out.insert(tells.first);
    }
    return out;
  }

  // Pairs of sentences of different origins.
  void add_pairs(std::span<const Index> group, std::set<Pair>& out) const {
    for (std::size_t i = 0; i < group.size(); ++i) {
      for (std::size_t j = i + 1; j < group.size(); ++j) {
        if (origin[article_of[group[i]]] != origin[article_of[group[j]]]) out.insert({group[i], group[j]});
      }
    }
  }
};

bool is_valid(const Corpus& corpus, std::span<const MergedStory> stories) {
  std::vector<int> seen(corpus.size(), 0);
  for (const MergedStory& story : stories) {
    for (const ArticleIndex a : story.articles) {
      if (a >= corpus.size()) return false;
      ++seen[a];
    }
    for (const MergedClaim& claim : story.claims) {
      for (const Support& s : claim.support) {
        if (!std::binary_search(story.articles.begin(), story.articles.end(), s.span.article) ||
            s.span.begin >= s.span.end || s.span.end > corpus[s.span.article].text.size()) {
          return false;
        }
      }
    }
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

void score_alignment(const Gold& gold, std::span<const MergedStory> stories, std::vector<Figure>& out) {
  std::set<Pair> want, got;
  for (const std::vector<Index>& tellers : gold.tellers) gold.add_pairs(tellers, want);
  std::vector<bool> kept(gold.sentences.size(), false);
  std::size_t boilerplate = 0;
  for (const MergedStory& story : stories) {
    for (const MergedClaim& claim : story.claims) {
      const std::vector<Index> hits = gold.hit(claim.support);
      for (const Index h : hits) kept[h] = true;
      gold.add_pairs(hits, got);
      if (claim.support.empty()) continue;
      const std::vector<Index> lead = gold.hit(claim.support.front().span);
      boilerplate += !lead.empty() &&
                     std::all_of(lead.begin(), lead.end(), [&](Index h) { return gold.sentences[h].boilerplate; });
    }
  }
  add_pairs_figures("align", want, got, out);
  std::size_t body = 0, body_kept = 0;
  for (std::size_t s = 0; s < gold.sentences.size(); ++s) {
    if (gold.sentences[s].boilerplate) continue;
    ++body;
    body_kept += kept[s];
  }
  out.push_back({"kept", ratio(body_kept, body)});
  out.push_back({"boilerplate", static_cast<double>(boilerplate), true});
}

// A dispute is found when two of our values are carried by sentences that give two different gold values of one claim.
void score_disputes(const Gold& gold, std::span<const MergedStory> stories, std::vector<Figure>& out) {
  std::set<Index> matched, right;
  std::size_t ours = 0, good = 0;
  for (const MergedStory& story : stories) {
    for (const MergedDispute& dispute : story.disputes) {
      ++ours;
      std::map<Index, std::set<std::pair<std::size_t, std::string>>> told;  // gold claim -> (our value, gold value)
      for (std::size_t v = 0; v < dispute.values.size(); ++v) {
        for (const Support& s : dispute.values[v].support) {
          for (const Index h : gold.hit(s.span)) {
            for (const auto& [claim, value] : gold.sentences[h].tells) {
              if (*value) told[claim].emplace(v, **value);
            }
          }
        }
      }
      bool found = false;
      for (const auto& [claim, values] : told) {
        const auto at = gold.disputes.find(claim);
        if (at == gold.disputes.end()) continue;
        const bool differs = std::any_of(values.begin(), values.end(), [&values = values](const auto& x) {
          return std::any_of(values.begin(), values.end(),
                             [&x](const auto& y) { return x.first != y.first && x.second != y.second; });
        });
        if (!differs) continue;
        found = true;
        matched.insert(claim);
        if (at->second == dispute.resolution) right.insert(claim);
      }
      good += found;
    }
  }
  const PrecisionRecall pr{ratio(good, ours), ratio(matched.size(), gold.disputes.size())};
  out.push_back({"dispute_p", pr.precision});
  out.push_back({"dispute_r", pr.recall});
  out.push_back({"dispute_f1", pr.f1()});
  out.push_back({"dispute_resolution", ratio(right.size(), matched.size())});
}

void score_telling(const Gold& gold, std::span<const MergedStory> stories, std::vector<Figure>& out) {
  // The output claim that covers most sentences of a gold claim speaks for it; of equals the one that covers the fewest
  // others, then the first.
  struct Best {
    std::size_t covered = 0, size = 0;
    Index origin_count = 0;
  };
  std::vector<std::optional<Best>> best(gold.tellers.size());
  std::vector<std::size_t> told(gold.tellers.size(), 0);
  for (const MergedStory& story : stories) {
    for (const MergedClaim& claim : story.claims) {
      const std::vector<Index> hits = gold.hit(claim.support);
      for (const Index g : gold.claims_of(hits)) {
        const std::vector<Index>& tellers = gold.tellers[g];
        const auto covered = static_cast<std::size_t>(std::count_if(
            hits.begin(), hits.end(), [&](Index h) { return std::binary_search(tellers.begin(), tellers.end(), h); }));
        std::optional<Best>& b = best[g];
        if (!b || covered > b->covered || (covered == b->covered && hits.size() < b->size)) {
          b = Best{covered, hits.size(), claim.origin_count};
        }
      }
    }
    for (const std::vector<Index>& paragraph : story.summary) {
      for (const Index c : paragraph) {
        for (const Index g : gold.claims_of(gold.hit(story.claims[c].support.front().span))) ++told[g];
      }
    }
  }
  // A claim that no sentence states counts nowhere.
  std::size_t total = 0, exact = 0, told_claims = 0, extra = 0, core = 0, core_told = 0;
  for (std::size_t g = 0; g < gold.tellers.size(); ++g) {
    if (gold.tellers[g].empty()) continue;
    std::set<Index> origins;
    for (const Index s : gold.tellers[g]) origins.insert(gold.origin[gold.article_of[s]]);
    ++total;
    exact += best[g] && best[g]->origin_count == origins.size();
    told_claims += told[g] > 0;
    extra += told[g] > 0 ? told[g] - 1 : 0;
    core += origins.size() > 1;
    core_told += origins.size() > 1 && told[g] > 0;
  }
  out.push_back({"origins_exact", ratio(exact, total)});
  out.push_back({"summary_coverage", ratio(told_claims, total)});
  out.push_back({"summary_coverage_core", ratio(core_told, core)});
  out.push_back({"summary_redundancy", ratio(extra, told_claims)});
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
  out.push_back({"valid", is_valid(corpus, merged) ? 1.0 : 0.0, true});
  score_groups(gold, merged, out);
  score_alignment(gold, merged, out);
  score_disputes(gold, merged, out);
  score_telling(gold, merged, out);
  return out;
}

}  // namespace storymerge

#include "storymerge/align/alignment.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace storymerge {
namespace {

struct Pair {
  std::uint32_t a = 0, b = 0;
  double similarity = 0;
};

// Cosine of IDF-weighted terms, for pairs of different articles that share a term which is not everywhere.
std::vector<Pair> score_pairs(std::span<const Claim> claims) {
  struct Posting {
    Term term;
    std::uint32_t claim;
    bool operator<(const Posting& o) const { return term != o.term ? term < o.term : claim < o.claim; }
  };
  std::vector<Posting> postings;
  for (std::uint32_t c = 0; c < claims.size(); ++c) {
    for (const Term t : claims[c].terms) {
      if (t != 0) postings.push_back({t, c});
    }
  }
  std::sort(postings.begin(), postings.end());
  std::vector<double> norm(claims.size(), 0.0);
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> dot;
  constexpr std::size_t longest = 200;
  for (std::size_t i = 0, j = 0; i < postings.size(); i = j) {
    while (j < postings.size() && postings[j].term == postings[i].term) ++j;
    const double idf = std::log(1.0 + static_cast<double>(claims.size()) / static_cast<double>(j - i));
    const std::size_t end = std::min(j, i + longest);
    for (std::size_t x = i; x < j; ++x) norm[postings[x].claim] += idf * idf;
    for (std::size_t x = i; x < end; ++x) {
      for (std::size_t y = x + 1; y < end; ++y) {
        if (claims[postings[x].claim].span.article == claims[postings[y].claim].span.article) continue;
        dot[{postings[x].claim, postings[y].claim}] += idf * idf;
      }
    }
  }
  std::vector<Pair> out;
  for (const auto& [key, value] : dot) {
    out.push_back({key.first, key.second, value / std::sqrt(norm[key.first] * norm[key.second])});
  }
  return out;
}

}  // namespace

Alignment align_claims(const Corpus&, std::span<const Document>, const Duplicates&, const Story&, const StoryNames&,
                       std::span<const Claim> claims, const AlignOptions&) {
  std::vector<Pair> pairs = score_pairs(claims);
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> similarity;
  for (const Pair& p : pairs) similarity[{p.a, p.b}] = p.similarity;
  std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) { return x.similarity > y.similarity; });

  // Average linkage, strongest pairs first.
  constexpr double cut = 0.3;
  std::vector<std::uint32_t> group_of(claims.size());
  std::vector<std::vector<std::uint32_t>> groups(claims.size());
  for (std::uint32_t c = 0; c < claims.size(); ++c) {
    group_of[c] = c;
    groups[c] = {c};
  }
  for (const Pair& p : pairs) {
    if (p.similarity < cut) break;
    const std::uint32_t ga = std::min(group_of[p.a], group_of[p.b]), gb = std::max(group_of[p.a], group_of[p.b]);
    if (ga == gb) continue;
    double sum = 0;
    for (const std::uint32_t x : groups[ga]) {
      for (const std::uint32_t y : groups[gb]) {
        const auto at = similarity.find({std::min(x, y), std::max(x, y)});
        if (at != similarity.end()) sum += at->second;
      }
    }
    if (sum < cut * static_cast<double>(groups[ga].size() * groups[gb].size())) continue;
    for (const std::uint32_t y : groups[gb]) group_of[y] = ga;
    groups[ga].insert(groups[ga].end(), groups[gb].begin(), groups[gb].end());
    groups[gb].clear();
  }
  Alignment out;
  for (std::vector<std::uint32_t>& g : groups) {
    if (g.empty()) continue;
    std::sort(g.begin(), g.end());
    out.groups.push_back(std::move(g));
  }
  return out;
}

}  // namespace storymerge

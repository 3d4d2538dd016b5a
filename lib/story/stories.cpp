#include "storymerge/story/stories.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "support/hash.h"

namespace storymerge {
namespace {

using Vector = std::vector<std::pair<Term, double>>;  // sorted by term, unit length

double dot(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i].first == b[j].first) {
      sum += a[i++].second * b[j++].second;
    } else if (a[i].first < b[j].first) {
      ++i;
    } else {
      ++j;
    }
  }
  return sum;
}

}  // namespace

std::vector<Story> group_stories(const Corpus& corpus, std::span<const Document> documents,
                                 const Duplicates& duplicates, const StoryOptions&) {
  const std::size_t n = duplicates.origins.size();
  std::vector<std::map<Term, double>> counts(n);
  std::unordered_map<Term, double> df;
  for (std::size_t o = 0; o < n; ++o) {
    const Document& d = documents[duplicates.origins[o].original];
    for (const Term t : d.title_terms) {
      if (t != 0) counts[o][t] += 3;
    }
    for (std::size_t w = 0; w < d.body_terms.size(); ++w) {
      if (d.body_terms[w] != 0) counts[o][d.body_terms[w]] += w < 60 ? 3 : 1;
    }
    for (const auto& entry : counts[o]) df[entry.first] += 1;
  }
  std::vector<Vector> vectors(n);
  for (std::size_t o = 0; o < n; ++o) {
    double norm = 0;
    for (const auto& entry : counts[o]) {
      const double weight =
          (1 + std::log(entry.second)) * std::log((static_cast<double>(n) + 2.0) / df[entry.first]);
      vectors[o].push_back({entry.first, weight});
      norm += weight * weight;
    }
    for (auto& entry : vectors[o]) entry.second /= std::sqrt(norm);
  }
  std::vector<std::vector<double>> similarity(n, std::vector<double>(n));
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < a; ++b) similarity[a][b] = similarity[b][a] = dot(vectors[a], vectors[b]);
  }
  std::vector<std::vector<std::uint32_t>> clusters(n);
  for (std::uint32_t o = 0; o < n; ++o) clusters[o] = {o};
  for (;;) {  // average linkage, the obvious way
    double best = 0.2;
    std::size_t first = 0, second = 0;
    for (std::size_t a = 0; a < n; ++a) {
      if (clusters[a].empty()) continue;
      for (std::size_t b = a + 1; b < n; ++b) {
        if (!clusters[b].empty() && similarity[a][b] > best) best = similarity[a][b], first = a, second = b;
      }
    }
    if (first == second) break;
    const double x = static_cast<double>(clusters[first].size()), y = static_cast<double>(clusters[second].size());
    for (std::size_t c = 0; c < n; ++c) {
      similarity[first][c] = similarity[c][first] = (x * similarity[first][c] + y * similarity[second][c]) / (x + y);
    }
    clusters[first].insert(clusters[first].end(), clusters[second].begin(), clusters[second].end());
    clusters[second].clear();
  }
  std::vector<Story> stories;
  for (auto& cluster : clusters) {
    if (cluster.empty()) continue;
    Story story;
    std::sort(cluster.begin(), cluster.end());
    story.origins = cluster;
    for (const std::uint32_t o : cluster) {
      const Origin& origin = duplicates.origins[o];
      story.articles.insert(story.articles.end(), origin.articles.begin(), origin.articles.end());
    }
    std::sort(story.articles.begin(), story.articles.end());
    story.id = fmt::format("{:016x}", hash_bytes(corpus[story.articles.front()].id));
    stories.push_back(std::move(story));
  }
  std::sort(stories.begin(), stories.end(),
            [](const Story& a, const Story& b) { return a.articles < b.articles; });
  return stories;
}

}  // namespace storymerge

#include "storymerge/story/stories.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "dedup/voices.h"
#include "story/grouping.h"
#include "story/roundups.h"
#include "storymerge/base/error.h"
#include "support/hash.h"
#include "support/parallel.h"
#include "support/union_find.h"

namespace storymerge {

GroupingRules rules_of(const StoryOptions& options) {
  GroupingRules rules;
  rules.time = options.preset == StoryPreset::event;
  rules.threads = options.threads;
  return rules;
}

namespace {

// `stories`: by label.
void add_touches(const Corpus& corpus, std::span<const Document> documents, const Duplicates& duplicates,
                 const std::vector<Nodes>& nodes, std::span<const Profile> profiles,
                 std::span<const SparseVector> vectors, std::span<const Edge> edges, const Grouping& grouping,
                 std::vector<Story>& stories) {
  std::map<std::uint32_t, std::vector<Told>> others;  // by roundup
  for (const std::uint32_t i : grouping.roundups) others[i];
  for (const Edge& e : edges) {
    for (const auto& [roundup, other] : {std::pair(e.a, e.b), std::pair(e.b, e.a)}) {
      const auto at = others.find(roundup);
      if (at != others.end() && !others.contains(other)) at->second.push_back({vectors[other], grouping.label[other]});
    }
  }
  for (const auto& [i, texts] : others) {
    Story& home = stories[grouping.label[i]];
    const Origin& origin = duplicates.origins[nodes[i][0]];
    const auto told = events_told(profiles[i], vectors[i], texts);
    for (const ArticleIndex a : origin.articles) {
      if (corpus[a].text != corpus[origin.original].text) continue;
      for (std::size_t s = 0; s < told.size(); ++s) {
        if (!told[s] || *told[s] == grouping.label[i]) continue;
        const ByteRange range = documents[a].sentences[s].range;
        home.touches.push_back({{a, range.begin, range.end}, stories[*told[s]].id});
      }
    }
  }
  for (Story& story : stories) std::ranges::sort(story.touches, {}, &Touch::span);
}

}  // namespace

std::vector<Story> group_stories(const Corpus& corpus, std::span<const Document> documents,
                                 const Duplicates& duplicates, const StoryOptions& options) {
  const StopScope scope(options.stop);
  const std::size_t origins = duplicates.origins.size();
  const auto origin_of = [&](const std::string& id) -> std::optional<std::uint32_t> {
    const std::optional<ArticleIndex> a = corpus.find(id);
    return a ? std::optional(duplicates.origin_of[*a]) : std::nullopt;
  };

  // A node is an origin, or all origins that must stay together.
  UnionFind linked(origins);
  for (const auto& [a, b] : options.must_link) {
    const auto x = origin_of(a), y = origin_of(b);
    if (x && y) linked.unite(*x, *y);
  }
  std::vector<std::uint32_t> node_of(origins);
  std::vector<std::vector<std::uint32_t>> nodes;
  for (std::uint32_t o = 0; o < origins; ++o) {
    if (linked.find(o) == o) {
      node_of[o] = static_cast<std::uint32_t>(nodes.size());
      nodes.emplace_back();
    }
    node_of[o] = node_of[linked.find(o)];
    nodes[node_of[o]].push_back(o);
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> apart;
  for (const auto& [a, b] : options.cannot_link) {
    const auto x = origin_of(a), y = origin_of(b);
    if (!x || !y) continue;
    if (node_of[*x] == node_of[*y]) {
      throw Error(ErrorCode::bad_option,
                  fmt::format("cannot_link: '{}' and '{}' are copies of one text or linked by must_link", a, b));
    }
    apart.push_back({node_of[*x], node_of[*y]});
  }

  for (const DuplicatePair& pair : duplicates.pairs) {
    const std::uint32_t x = node_of[duplicates.origin_of[pair.a]], y = node_of[duplicates.origin_of[pair.b]];
    if (pair.form && x != y) apart.push_back({x, y});
  }

  const std::size_t n = nodes.size();
  const auto original = [&](std::uint32_t node) { return duplicates.origins[nodes[node][0]].original; };
  std::vector<Profile> profiles(n);
  parallel_for(n, options.threads, [&](std::size_t i) {
    std::vector<Profile> parts;
    for (const std::uint32_t o : nodes[i]) {
      const ArticleIndex a = duplicates.origins[o].original;
      parts.push_back(make_profile(corpus[a], documents[a]));
    }
    profiles[i] = parts.size() == 1 ? std::move(parts[0]) : join(parts);
  });
  Rarity rarity;
  for (const Profile& p : profiles) rarity.add(p);
  std::vector<SparseVector> vectors(n);
  parallel_for(n, options.threads, [&](std::size_t i) { vectors[i] = make_vector(profiles[i], rarity); });

  GroupingRules rules = rules_of(options);
  if (options.similarity) {
    rules.similarity = [&](std::uint32_t x, std::uint32_t y, double ours) {
      const ArticleIndex a = original(x), b = original(y);
      return options.similarity(corpus[std::min(a, b)], corpus[std::max(a, b)], ours);
    };
  }
  const std::vector<Edge> edges = find_neighbours(vectors, rules.least_edge(), rules.threads);
  const Grouping grouping = group_profiles(profiles, vectors, edges, apart, rules);
  const std::vector<std::uint32_t>& label = grouping.label;

  std::vector<Story> stories(n == 0 ? 0 : *std::max_element(label.begin(), label.end()) + 1);
  for (std::uint32_t o = 0; o < origins; ++o) stories[label[node_of[o]]].origins.push_back(o);
  for (Story& story : stories) {
    for (const std::uint32_t o : story.origins) {
      const Origin& origin = duplicates.origins[o];
      story.articles.insert(story.articles.end(), origin.articles.begin(), origin.articles.end());
    }
    std::sort(story.articles.begin(), story.articles.end());
    story.id = fmt::format("{:016x}", hash_bytes(corpus[story.articles.front()].id));
  }
  add_touches(corpus, documents, duplicates, nodes, profiles, vectors, edges, grouping, stories);
  std::sort(stories.begin(), stories.end(), [](const Story& a, const Story& b) { return a.articles < b.articles; });
  return stories;
}

void join_owners(const Corpus& corpus, const SourceTable& sources, std::vector<Story>& stories,
                 Duplicates& duplicates) {
  if (sources.empty()) return;
  std::vector<std::uint32_t> label = duplicates.origin_of;
  std::vector<std::string> owner(duplicates.origins.size());  // of voices that become one with others
  std::vector<std::uint32_t> joined(duplicates.origins.size());
  for (const Story& story : stories) {
    std::map<std::string_view, std::uint32_t> voice_of;  // by owner
    for (const std::uint32_t o : story.origins) {
      joined[o] = o;
      const std::string_view owned_by = sources.owner_of(corpus[duplicates.origins[o].original]);
      if (owned_by.empty()) continue;
      joined[o] = voice_of.try_emplace(owned_by, o).first->second;
      if (joined[o] != o) owner[joined[o]] = owned_by;
    }
  }
  for (std::uint32_t& l : label) l = joined[l];
  relabel(corpus, sources, label, duplicates);
  for (Story& story : stories) {
    story.origins.clear();
    for (const ArticleIndex a : story.articles) {
      const std::uint32_t o = duplicates.origin_of[a];
      Origin& origin = duplicates.origins[o];
      if (origin.articles.front() != a) continue;
      story.origins.push_back(o);
      origin.owner = owner[label[a]];
    }
  }
}

}  // namespace storymerge

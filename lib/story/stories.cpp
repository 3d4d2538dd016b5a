#include "storymerge/story/stories.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "dedup/voices.h"
#include "story/counted.h"
#include "story/grouping.h"
#include "story/roundups.h"
#include "storymerge/base/error.h"
#include "support/hash.h"
#include "support/parallel.h"
#include "support/union_find.h"

namespace storymerge {

GroupingRules rules_of(const StoryOptions& options) {
  if (options.preset != StoryPreset::event && options.preset != StoryPreset::story) {
    throw Error(ErrorCode::bad_option,
                fmt::format("preset is {}, must be event or story", static_cast<int>(options.preset)));
  }
  GroupingRules rules;
  rules.time = options.preset == StoryPreset::event;
  rules.threads = options.threads;
  return rules;
}

double ask(const StoryOptions& options, const Article& a, const Article& b, double ours) {
  const double answer = options.similarity(a, b, ours);
  if (std::isnan(answer))
    throw Error(ErrorCode::bad_input,
                fmt::format("similarity of '{}' and '{}' is {}, must be 0 .. 1", a.id, b.id, answer));
  return std::clamp(answer, 0.0, 1.0);
}

namespace {

// `stories`: by label.
void add_touches(const Corpus& corpus, const DocumentOf& documents, const Duplicates& duplicates,
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
    Document scratch;
    const std::vector<Sentence>& sentences =
        documents(origin.original, scratch).sentences;  // of the profile; a copy's furniture may differ
    for (const ArticleIndex a : origin.articles) {
      if (corpus[a].text != corpus[origin.original].text) continue;
      for (std::size_t s = 0; s < told.size(); ++s) {
        if (!told[s] || *told[s] == grouping.label[i]) continue;
        const ByteRange range = sentences[s].range;
        home.touches.push_back({{a, range.begin, range.end}, stories[*told[s]].id});
      }
    }
  }
  for (Story& story : stories) std::ranges::sort(story.touches, {}, &Touch::span);
}

using NodePairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

// A node is an origin, or all origins that must stay together.
struct LinkedOrigins {
  std::vector<std::uint32_t> of_origin;
  std::vector<std::vector<std::uint32_t>> origins;  // of each node, in order
};

std::optional<std::uint32_t> origin_of(const Corpus& corpus, const Duplicates& duplicates, const std::string& id) {
  const std::optional<ArticleIndex> a = corpus.find(id);
  return a ? std::optional(duplicates.origin_of[*a]) : std::nullopt;
}

LinkedOrigins link_origins(const Corpus& corpus, const Duplicates& duplicates, const StoryOptions& options) {
  const std::size_t origins = duplicates.origins.size();
  UnionFind linked(origins);
  for (const auto& [a, b] : options.must_link) {
    const auto x = origin_of(corpus, duplicates, a), y = origin_of(corpus, duplicates, b);
    if (x && y) linked.unite(*x, *y);
  }
  std::vector<bool> has_enemy(origins, false);
  for (const auto& [a, b] : options.cannot_link) {
    for (const auto o : {origin_of(corpus, duplicates, a), origin_of(corpus, duplicates, b)}) {
      if (o) has_enemy[*o] = true;
    }
  }
  for (const DuplicatePair& pair : duplicates.pairs) {
    if (!pair.form) continue;
    for (const ArticleIndex a : {pair.a, pair.b}) has_enemy[duplicates.origin_of[a]] = true;
  }
  for (const DuplicatePair& pair : duplicates.pairs) {  // where nothing speaks against it
    const std::uint32_t x = duplicates.origin_of[pair.a], y = duplicates.origin_of[pair.b];
    if (pair.retold && !has_enemy[x] && !has_enemy[y]) linked.unite(x, y);
  }
  LinkedOrigins out{std::vector<std::uint32_t>(origins), {}};
  for (std::uint32_t o = 0; o < origins; ++o) {
    if (linked.find(o) == o) {
      out.of_origin[o] = static_cast<std::uint32_t>(out.origins.size());
      out.origins.emplace_back();
    }
    out.of_origin[o] = out.of_origin[linked.find(o)];
    out.origins[out.of_origin[o]].push_back(o);
  }
  return out;
}

// LinkedOrigins that may not be one story: as the caller says, and texts of one form that tell of different things.
NodePairs kept_apart(const Corpus& corpus, const Duplicates& duplicates, const StoryOptions& options,
                     const LinkedOrigins& nodes) {
  NodePairs out;
  for (const auto& [a, b] : options.cannot_link) {
    const auto x = origin_of(corpus, duplicates, a), y = origin_of(corpus, duplicates, b);
    if (!x || !y) continue;
    if (nodes.of_origin[*x] == nodes.of_origin[*y]) {
      throw Error(ErrorCode::bad_option,
                  fmt::format("cannot_link: '{}' and '{}' are copies of one text or linked by must_link", a, b));
    }
    out.push_back({nodes.of_origin[*x], nodes.of_origin[*y]});
  }
  for (const DuplicatePair& pair : duplicates.pairs) {
    const std::uint32_t x = nodes.of_origin[duplicates.origin_of[pair.a]];
    const std::uint32_t y = nodes.of_origin[duplicates.origin_of[pair.b]];
    if (pair.form && x != y) out.push_back({x, y});
  }
  return out;
}

std::vector<Profile> profile_nodes(const Corpus& corpus, const DocumentOf& documents, const Duplicates& duplicates,
                                   const LinkedOrigins& nodes, unsigned threads) {
  std::vector<Profile> out(nodes.origins.size());
  const std::vector<bool> is_notice = find_notices(duplicates);
  parallel_for(out.size(), threads, [&](std::size_t i) {
    std::vector<Profile> parts;
    Document scratch;
    for (const std::uint32_t o : nodes.origins[i]) {
      const ArticleIndex a = duplicates.origins[o].original;
      const Document& document = documents(a, scratch);
      parts.push_back(is_notice[a] ? make_profile(corpus[a], title_of(document)) : make_profile(corpus[a], document));
    }
    out[i] = parts.size() == 1 ? std::move(parts[0]) : join(parts);
  });
  return out;
}

DocumentOf all_of(std::span<const Document> documents) {
  return [documents](ArticleIndex a, Document&) -> const Document& { return documents[a]; };
}

// `label`: the story of each node, from 0.
std::vector<Story> list_stories(const Corpus& corpus, const Duplicates& duplicates, const LinkedOrigins& nodes,
                                std::span<const std::uint32_t> label) {
  std::vector<Story> out(label.empty() ? 0 : *std::max_element(label.begin(), label.end()) + 1);
  for (std::uint32_t o = 0; o < duplicates.origins.size(); ++o) out[label[nodes.of_origin[o]]].origins.push_back(o);
  for (Story& story : out) {
    for (const std::uint32_t o : story.origins) {
      const Origin& origin = duplicates.origins[o];
      story.articles.insert(story.articles.end(), origin.articles.begin(), origin.articles.end());
    }
    std::sort(story.articles.begin(), story.articles.end());
    story.id = fmt::format("{:016x}", hash_bytes(corpus[story.articles.front()].id));
  }
  return out;
}

}  // namespace

std::vector<Story> group_stories(const Corpus& corpus, std::span<const Document> documents,
                                 const Duplicates& duplicates, const StoryOptions& options) {
  return group_stories(corpus, all_of(documents), duplicates, options, nullptr);
}

FeatureCounts count_features(const Corpus& corpus, std::span<const Document> documents, const Duplicates& duplicates,
                             const StoryOptions& options) {
  const LinkedOrigins nodes = link_origins(corpus, duplicates, options);
  Rarity rarity;
  for (const Profile& p : profile_nodes(corpus, all_of(documents), duplicates, nodes, options.threads)) rarity.add(p);
  FeatureCounts out;
  out.texts = rarity.total();
  rarity.for_each([&](std::uint64_t key, std::uint32_t count) { out.held[key] = count; });
  return out;
}

std::vector<Story> group_stories(const Corpus& corpus, const DocumentOf& documents, const Duplicates& duplicates,
                                 const StoryOptions& options, const FeatureCounts* counted) {
  const StopScope scope(options.stop);
  const LinkedOrigins nodes = link_origins(corpus, duplicates, options);
  const NodePairs apart = kept_apart(corpus, duplicates, options, nodes);
  std::vector<Profile> profiles = profile_nodes(corpus, documents, duplicates, nodes, options.threads);
  Rarity rarity;
  for (const Profile& p : profiles) rarity.add(p);
  if (counted != nullptr) rarity.set(counted->held, counted->texts);
  std::vector<SparseVector> vectors(profiles.size());
  // A vector has all of a profile's features that is asked for from here on.
  parallel_for(vectors.size(), options.threads,
               [&](std::size_t i) { vectors[i] = make_vector(std::move(profiles[i]), rarity); });

  GroupingRules rules = rules_of(options);
  if (options.similarity) {
    rules.similarity = [&](std::uint32_t x, std::uint32_t y, double ours) {
      const auto original = [&](std::uint32_t node) { return duplicates.origins[nodes.origins[node][0]].original; };
      const ArticleIndex a = original(x), b = original(y);
      return ask(options, corpus[std::min(a, b)], corpus[std::max(a, b)], ours);
    };
  }
  const std::vector<Edge> edges = find_neighbours(vectors, rules.least_edge(), rules.threads);
  const Grouping grouping = group_profiles(profiles, vectors, edges, apart, rules);

  std::vector<Story> stories = list_stories(corpus, duplicates, nodes, grouping.label);
  add_touches(corpus, documents, duplicates, nodes.origins, profiles, vectors, edges, grouping, stories);
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

#include "storymerge/story/index.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "story/grouping.h"
#include "storymerge/base/error.h"
#include "support/hash.h"

namespace storymerge {
namespace {

constexpr std::size_t looked_at = 40;     // articles a feature that a new one is compared with
constexpr std::size_t key_features = 32;  // weightiest features that it is looked up by
constexpr std::size_t compared = 8;       // stories whose exact similarity is computed
constexpr std::size_t longest_sum = 1024;

}  // namespace

struct StoryIndex::State {
  struct Open {  // a story, with the sum of its articles' vectors
    std::string id;
    std::size_t size = 0;
    SparseVector sum;
    double days = 0;
    double dated = 0;
  };
  struct Recent {  // the last few articles with a feature
    std::array<std::uint32_t, looked_at> articles{};
    std::size_t count = 0;
  };

  StoryOptions options;
  DuplicateOptions duplicates;
  std::vector<Article> articles;
  std::vector<std::uint32_t> story_of;  // by position in `articles`: position in `stories`
  std::map<std::string, std::uint32_t, std::less<>> by_id;
  std::vector<Open> stories;
  Rarity rarity;
  boost::unordered_flat_map<std::uint64_t, Recent, KeyHash> recent;

  void remember(std::uint32_t article, const SparseVector& vector) {
    for (const Weight& w : keys_of(vector)) {
      Recent& r = recent[w.key];
      r.articles[r.count++ % looked_at] = article;
    }
  }

  static SparseVector keys_of(const SparseVector& vector) {
    SparseVector out = vector;
    const std::size_t count = std::min(key_features, out.size());
    std::partial_sort(
        out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count), out.end(),
        [](const Weight& a, const Weight& b) { return a.value != b.value ? a.value > b.value : a.key < b.key; });
    out.resize(count);
    return out;
  }

  void put(std::uint32_t article, std::uint32_t story, const SparseVector& vector, const std::optional<double>& day) {
    story_of[article] = story;
    Open& s = stories[story];
    ++s.size;
    if (day) s.days += *day, s.dated += 1;
    SparseVector sum;
    sum.reserve(s.sum.size() + vector.size());
    std::merge(s.sum.begin(), s.sum.end(), vector.begin(), vector.end(), std::back_inserter(sum),
               [](const Weight& a, const Weight& b) { return a.key < b.key; });
    std::size_t kept = 0;
    for (const Weight& w : sum) {
      if (kept > 0 && sum[kept - 1].key == w.key) {
        sum[kept - 1].value += w.value;
      } else {
        sum[kept++] = w;
      }
    }
    sum.resize(kept);
    if (kept > 2 * longest_sum) {
      std::nth_element(sum.begin(), sum.begin() + longest_sum, sum.end(), [](const Weight& a, const Weight& b) {
        return a.value != b.value ? a.value > b.value : a.key < b.key;
      });
      sum.resize(longest_sum);
      std::sort(sum.begin(), sum.end(), [](const Weight& a, const Weight& b) { return a.key < b.key; });
    }
    s.sum = std::move(sum);
  }

  // What the lists of the options say of an article and a story: 1 must, -1 must not, 0 nothing.
  int linked(const std::string& article, std::uint32_t story) const {
    const auto names = [&](const std::vector<std::pair<std::string, std::string>>& pairs) {
      return std::any_of(pairs.begin(), pairs.end(), [&](const auto& pair) {
        if (pair.first != article && pair.second != article) return false;
        const auto other = by_id.find(pair.first == article ? pair.second : pair.first);
        return other != by_id.end() && articles[other->second].id != article && story_of[other->second] == story;
      });
    };
    return names(options.must_link) ? 1 : names(options.cannot_link) ? -1 : 0;
  }

  std::uint32_t open(const std::string& first_article) {
    Open s;
    s.id = fmt::format("{:016x}", hash_bytes(first_article));
    stories.push_back(std::move(s));
    return static_cast<std::uint32_t>(stories.size() - 1);
  }
};

StoryIndex::StoryIndex(StoryOptions options, DuplicateOptions duplicates) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  state_->duplicates = duplicates;
}
StoryIndex::StoryIndex(StoryIndex&&) noexcept = default;
StoryIndex& StoryIndex::operator=(StoryIndex&&) noexcept = default;
StoryIndex::~StoryIndex() = default;

std::size_t StoryIndex::size() const { return state_->articles.size(); }

const std::string& StoryIndex::add(Article article) {
  State& s = *state_;
  if (s.by_id.contains(article.id)) {
    throw Error(ErrorCode::bad_input, fmt::format("id '{}' is given twice", article.id));
  }
  const Corpus corpus({article});
  const Document document = analyze(corpus, 1)[0];
  const Profile profile = make_profile(article, document);
  s.rarity.add(profile);
  const SparseVector vector = make_vector(profile, s.rarity);
  const auto index = static_cast<std::uint32_t>(s.articles.size());

  // Stories of the articles that share the weightiest features, by how much they share.
  std::map<std::uint32_t, double> shared;
  for (const Weight& w : State::keys_of(vector)) {
    const auto at = s.recent.find(w.key);
    if (at == s.recent.end()) continue;
    for (std::size_t i = 0; i < std::min(looked_at, at->second.count); ++i) {
      shared[s.story_of[at->second.articles[i]]] += double{w.value} * w.value;
    }
  }
  for (const auto& [a, b] : s.options.must_link) {
    const auto other = s.by_id.find(a == article.id ? b : a);
    if ((a == article.id || b == article.id) && other != s.by_id.end()) shared[s.story_of[other->second]] += 1e9;
  }
  std::vector<std::pair<double, std::uint32_t>> candidates;
  for (const auto& [story, sum] : shared) candidates.push_back({-sum, story});
  std::sort(candidates.begin(), candidates.end());
  if (candidates.size() > compared) candidates.resize(compared);

  const GroupingRules rules = rules_of(s.options);
  double best = rules.cut_own;
  std::optional<std::uint32_t> to;
  for (const auto& [sum, story] : candidates) {
    const State::Open& open = s.stories[story];
    double score = dot(vector, open.sum) / static_cast<double>(open.size);
    if (rules.time && profile.day && open.dated > 0) score *= time_factor(*profile.day - open.days / open.dated);
    const int linked = s.linked(article.id, story);
    if (linked < 0) continue;
    if (linked > 0) score += 1;
    if (score >= best && (!to || score > best)) best = score, to = story;
  }
  if (!to) to = s.open(article.id);
  s.by_id.emplace(article.id, index);
  s.articles.push_back(std::move(article));
  s.story_of.push_back(*to);
  s.put(index, *to, vector, profile.day);
  s.remember(index, vector);
  return s.stories[*to].id;
}

std::vector<StoryChange> StoryIndex::repair() {
  State& s = *state_;
  const Corpus corpus(s.articles);
  const std::vector<Document> documents = analyze(corpus, s.options.threads);
  const Duplicates duplicates = find_duplicates(corpus, documents, s.duplicates);
  const std::vector<Story> grouped = group_stories(corpus, documents, duplicates, s.options);

  // How many articles of each old story went to each new one; the largest shares carry the id over.
  struct Share {
    std::size_t count;
    std::string old_id;
    std::uint32_t now;
  };
  std::vector<Share> shares;
  for (std::uint32_t now = 0; now < grouped.size(); ++now) {
    std::map<std::string, std::size_t> from;
    for (const ArticleIndex a : grouped[now].articles) {
      ++from[s.stories[s.story_of[s.by_id.find(corpus[a].id)->second]].id];
    }
    for (const auto& [id, count] : from) shares.push_back({count, id, now});
  }
  std::sort(shares.begin(), shares.end(), [](const Share& x, const Share& y) {
    return std::tie(y.count, x.old_id, x.now) < std::tie(x.count, y.old_id, y.now);
  });
  std::vector<std::string> id(grouped.size());
  std::set<std::string> taken;
  for (const Share& share : shares) {
    if (id[share.now].empty() && taken.insert(share.old_id).second) id[share.now] = share.old_id;
  }
  for (std::uint32_t now = 0; now < grouped.size(); ++now) {
    std::string fresh = grouped[now].id;
    while (id[now].empty()) {
      if (taken.insert(fresh).second) {
        id[now] = fresh;
      } else {
        fresh = fmt::format("{:016x}", hash_bytes(fresh));
      }
    }
  }
  std::map<std::string, std::set<std::string>> came_from, went_to;
  for (const Share& share : shares) {
    if (share.old_id == id[share.now]) continue;
    came_from[id[share.now]].insert(share.old_id);
    went_to[share.old_id].insert(id[share.now]);
  }
  std::vector<StoryChange> changes;
  for (const auto& entry : came_from) {
    const auto& story = entry.first;
    const auto& others = entry.second;
    // A new id for what was part of one story is a split alone.
    const bool was_there = std::any_of(shares.begin(), shares.end(),
                                       [&](const Share& x) { return x.old_id == story && id[x.now] == story; });
    if (was_there || others.size() > 1)
      changes.push_back({StoryChange::Kind::merged, story, {others.begin(), others.end()}});
  }
  for (const auto& [story, others] : went_to) {
    const bool still_there = taken.contains(story);
    if (still_there || others.size() > 1)
      changes.push_back({StoryChange::Kind::split, story, {others.begin(), others.end()}});
  }

  s.rarity = {};
  s.recent.clear();
  s.stories.clear();
  std::vector<Profile> profiles(corpus.size());
  for (ArticleIndex a = 0; a < corpus.size(); ++a) {
    profiles[a] = make_profile(corpus[a], documents[a]);
    s.rarity.add(profiles[a]);
  }
  std::vector<std::uint32_t> now_of(corpus.size());
  for (std::uint32_t now = 0; now < grouped.size(); ++now) {
    s.stories.emplace_back();
    s.stories.back().id = id[now];
    for (const ArticleIndex a : grouped[now].articles) now_of[a] = now;
  }
  for (ArticleIndex a = 0; a < corpus.size(); ++a) {
    const std::uint32_t index = s.by_id.find(corpus[a].id)->second;
    const SparseVector vector = make_vector(profiles[a], s.rarity);
    s.put(index, now_of[a], vector, profiles[a].day);
    s.remember(index, vector);
  }
  return changes;
}

std::string_view StoryIndex::story_of(std::string_view article) const {
  const auto at = state_->by_id.find(article);
  return at == state_->by_id.end() ? std::string_view() : state_->stories[state_->story_of[at->second]].id;
}

std::vector<std::string> StoryIndex::articles_of(std::string_view story) const {
  std::vector<std::string> out;
  for (const auto& [id, index] : state_->by_id) {
    if (state_->stories[state_->story_of[index]].id == story) out.push_back(id);
  }
  return out;
}

}  // namespace storymerge

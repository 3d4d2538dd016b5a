#include "storymerge/story/index.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <deque>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "base/bytes.h"
#include "dedup/voices.h"
#include "story/grouping.h"
#include "story/learned.h"
#include "story/neighbours.h"
#include "storymerge/base/error.h"
#include "storymerge/read/url.h"
#include "support/hash.h"

namespace storymerge {
namespace {

constexpr std::size_t looked_at = 40;      // articles a feature that a new one is compared with
constexpr std::size_t perhaps_copies = 8;  // of them are looked at as copies: those that share most
constexpr std::size_t regrouped = 64;      // nodes that are grouped anew for an article
constexpr std::size_t sampled = 24;        // nodes of a story that is too large to be cut by that
constexpr double as_alike = 0.3;           // a story is looked at that is so alike, as a share of the one most alike
constexpr std::size_t most_closed = 2;     // closed stories that are looked at
constexpr std::size_t sampled_closed = 6;  // nodes of one that is larger
constexpr std::size_t remembered = 24;     // neighbours that a node remembers, for its beat
constexpr std::size_t weighed = 8192;      // nodes whose vectors are kept
constexpr std::size_t stale = 8;  // a vector is made anew when its words may have grown commoner by so small a share
constexpr std::uint32_t none = 0xFFFFFFFF;  // no story yet

double days_between(Time a, Time b) { return std::chrono::duration<double>(a - b).count() / 86400; }

// How many articles of an old story are in a new group.
struct Share {
  std::size_t count;
  std::uint64_t founded;  // the old story's place in the order of founding
  std::string old_id;
  std::uint32_t now;
};

// The heir of an old story is the group with most of its articles. A group keeps the id of the story founded first whose
// heir it is; the heir of none takes `fresh`, or a hash of it while that is in use.
std::vector<StoryChange> name_groups(std::vector<Share> shares, const std::vector<std::string>& fresh,
                                     const std::function<bool(const std::string&)>& in_use,
                                     std::vector<std::string>& id) {
  std::sort(shares.begin(), shares.end(), [](const Share& x, const Share& y) {
    return std::tie(x.founded, y.count, x.now) < std::tie(y.founded, x.count, y.now);
  });
  id.assign(fresh.size(), "");
  std::set<std::string> taken;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const bool is_heir = i == 0 || shares[i - 1].old_id != shares[i].old_id;
    if (is_heir && id[shares[i].now].empty()) taken.insert(id[shares[i].now] = shares[i].old_id);
  }
  for (std::size_t now = 0; now < fresh.size(); ++now) {
    for (std::string next = fresh[now]; id[now].empty(); next = fmt::format("{:016x}", hash_bytes(next))) {
      if (!in_use(next) && taken.insert(next).second) id[now] = next;
    }
  }
  std::map<std::string, std::set<std::string>> came_from, went_to;
  std::set<std::string> kept;  // ids of groups that hold articles of the story that had it
  for (const Share& share : shares) {
    if (share.old_id == id[share.now]) {
      kept.insert(share.old_id);
      continue;
    }
    came_from[id[share.now]].insert(share.old_id);
    went_to[share.old_id].insert(id[share.now]);
  }
  std::vector<StoryChange> changes;
  for (const auto& [story, others] : came_from) {
    // A new id for what was part of one story is a split alone.
    if (kept.contains(story) || others.size() > 1)
      changes.push_back({StoryChange::Kind::merged, story, {others.begin(), others.end()}});
  }
  for (const auto& [story, others] : went_to) {
    if (kept.contains(story) || others.size() > 1)
      changes.push_back({StoryChange::Kind::split, story, {others.begin(), others.end()}});
  }
  return changes;
}

}  // namespace

struct StoryIndex::State {
  struct Text {  // of an article and all its copies
    std::uint32_t original = 0;
    Profile profile;
    SparseVector keys;  // that it was found by since it came
  };
  struct Node {  // what stays together whatever else: copies of one text, and what must_link ties
    std::vector<std::uint32_t> articles;
    std::vector<Text> texts;
    std::vector<std::uint32_t> enemies;  // articles that cannot_link names
    std::uint32_t first = 0;             // the earliest article
    std::uint64_t label = 0;             // never given twice
    std::uint32_t story = none;
    std::vector<std::pair<std::uint32_t, float>> near;  // other nodes and how alike: the nearest that it has met
    // Of its texts, as they were weighed when there were so many in all and the node had been grouped so often.
    SparseVector vector{};
    std::size_t weighed_among = 0, weighed_at = 0, grouped = 0;
  };
  struct Open {
    std::string id;
    std::vector<std::uint32_t> nodes;
    std::size_t size = 0;       // articles
    std::uint64_t founded = 0;  // place in the order of founding
    // How alike its nodes were to one another when there were so many.
    double likeness = 0;
    std::size_t likeness_of = 0;
  };
  struct Recent {  // the last few articles with a feature, and its weight in each
    std::vector<std::pair<std::uint32_t, float>> articles;
    std::size_t oldest = 0;
  };
  struct Moved {  // articles that a new one has brought into its node
    std::uint32_t story = 0;
    std::size_t count = 0;
  };
  using Links = std::map<std::string, std::vector<std::string>, std::less<>>;

  StoryOptions options;
  DuplicateOptions duplicates, few;  // among all, and among the few texts around an article
  GroupingRules rules;               // for these
  Links must, cannot;                // by article, both ways
  std::vector<Article> articles;
  std::vector<std::vector<ByteRange>> bodies;  // sentences
  std::map<std::string, std::uint32_t, std::less<>> by_id;
  std::vector<std::uint32_t> node_of;
  std::vector<Node> nodes;  // one that was joined to another has no articles
  std::vector<Open> stories;
  std::vector<std::uint32_t> closed;  // stories that have no articles
  std::map<std::string, std::uint32_t, std::less<>> story_by_id;
  std::uint64_t founded = 0;                               // stories so far
  std::map<std::string, std::uint32_t, std::less<>> page;  // by url_identity: the article that came last
  Rarity rarity;
  boost::unordered_flat_map<std::uint64_t, Recent, KeyHash> recent;
  std::deque<std::uint32_t> with_vector;  // nodes, the one longest there first
  std::uint64_t last_label = 0;
  std::set<std::uint32_t> unsaved;  // articles whose records are other than when they were taken
  std::optional<std::uint64_t> basis;

  // What add() has changed, so that an exception leaves no trace.
  struct Journal {
    std::size_t nodes = 0;  // that there were
    std::map<std::uint32_t, Node> old_nodes;
    std::map<std::uint32_t, Open> old_stories;
  };
  std::optional<Journal> journal;

  void note_node(std::uint32_t node) {
    if (journal && node < journal->nodes) journal->old_nodes.try_emplace(node, nodes[node]);
  }
  void note_story(std::uint32_t story) {
    if (journal) journal->old_stories.try_emplace(story, stories[story]);
  }

  // Takes back everything since the journal was opened, the last article with it.
  void roll_back() {
    unsaved.erase(static_cast<std::uint32_t>(articles.size() - 1));
    by_id.erase(articles.back().id);
    articles.pop_back();
    bodies.pop_back();
    node_of.pop_back();
    nodes.resize(journal->nodes);
    for (auto& [node, old] : journal->old_nodes) {
      for (const std::uint32_t article : old.articles) node_of[article] = node;
      nodes[node] = std::move(old);
    }
    for (auto& [story, old] : journal->old_stories) stories[story] = std::move(old);
    journal.reset();
  }

  bool is_before(std::uint32_t a, std::uint32_t b) const {  // as in a Corpus
    const auto time = [&](std::uint32_t i) { return articles[i].published.value_or(Time::max()); };
    return time(a) != time(b) ? time(a) < time(b) : articles[a].id < articles[b].id;
  }

  std::vector<std::uint32_t> partners(const Links& links, std::uint32_t article) const {
    std::vector<std::uint32_t> out;
    if (const auto at = links.find(articles[article].id); at != links.end()) {
      for (const std::string& other : at->second) {
        const auto known = by_id.find(other);
        if (known != by_id.end() && node_of[known->second] != none && known->second != article) {
          out.push_back(known->second);
        }
      }
    }
    return out;
  }

  void remember(std::uint32_t article, const SparseVector& keys) {
    for (const Weight& w : keys) {
      Recent& r = recent[w.key];
      if (r.articles.size() < looked_at) {
        r.articles.push_back({article, w.value});
      } else {
        r.articles[r.oldest++ % looked_at] = {article, w.value};
      }
    }
  }

  // The version before of a new article's page, by its link; `none` when there is none. A front page is no page.
  std::uint32_t same_page(const std::string& identity) const {
    const auto at = page.find(identity);
    return at == page.end() ? none : at->second;
  }

  static std::string page_of(const Article& article) {
    std::string identity = url_identity(article.url);
    return identity.find_first_of("/?") == std::string::npos ? "" : identity;
  }

  struct Candidates {  // articles that share key features with a new one, those first that share most
    std::vector<std::uint32_t> articles;
    std::vector<std::uint32_t> close;  // those of them that may be of one story with it
    std::vector<double> likeness;      // of these: by key features and time
  };

  // Key features tell at least half of how alike two texts are: who is less so than anything needs to be that is taken into a
  // story is not close. Of a user's similarity we know no such bound.
  Candidates find_candidates(const SparseVector& keys, const std::optional<Time>& published) const {
    boost::unordered_flat_map<std::uint32_t, double> shared;
    for (const Weight& w : keys) {
      const auto at = recent.find(w.key);
      if (at == recent.end()) continue;
      for (const auto& [article, value] : at->second.articles) shared[article] += double{w.value} * value;
    }
    std::vector<std::pair<double, std::uint32_t>> most;
    for (const auto& [article, sum] : shared) {
      if (sum >= promising * rules.cut && node_of[article] != none) most.push_back({-sum, article});
    }
    std::sort(most.begin(), most.end());
    Candidates out;
    for (const auto& [sum, a] : most) {
      out.articles.push_back(a);
      const std::optional<Time>& other = articles[a].published;
      const double days = published && other ? days_between(*published, *other) : 0;
      const double likeness = -sum * (rules.time ? time_factor(days) : 1);
      if (!options.similarity && likeness < rules.adopt / 2) continue;
      out.close.push_back(a);
      out.likeness.push_back(likeness);
    }
    return out;
  }

  // ---- Nodes

  bool is_apart(const Node& node, std::uint32_t other) const {
    return std::any_of(node.enemies.begin(), node.enemies.end(), [&](std::uint32_t a) { return node_of[a] == other; });
  }

  // Two articles whose nodes must not share a story.
  void keep_apart(std::uint32_t a, std::uint32_t b) {
    if (node_of[a] == node_of[b]) return;
    note_node(node_of[a]);
    note_node(node_of[b]);
    nodes[node_of[a]].enemies.push_back(b);
    nodes[node_of[b]].enemies.push_back(a);
    note_enemies(node_of[a]);
    note_enemies(node_of[b]);
  }

  // They stand in the record of a node's first article.
  void note_enemies(std::uint32_t node) { unsaved.insert(nodes[node].articles.front()); }

  // Joins the smaller node to the larger one.
  std::uint32_t unite(std::uint32_t a, std::uint32_t b, std::vector<Moved>& moved) {
    if (a == b) return a;
    if (nodes[a].articles.size() > nodes[b].articles.size()) std::swap(a, b);
    for (const std::uint32_t node : {a, b}) {
      note_node(node);
      if (nodes[node].story != none) note_story(nodes[node].story);
    }
    Node from = std::exchange(nodes[a], {});
    Node& into = nodes[b];
    for (const std::uint32_t article : from.articles) node_of[article] = b;
    if (from.label != into.label) unsaved.insert(from.articles.begin(), from.articles.end());
    if (!from.enemies.empty()) note_enemies(b);
    into.articles.insert(into.articles.end(), from.articles.begin(), from.articles.end());
    into.enemies.insert(into.enemies.end(), from.enemies.begin(), from.enemies.end());
    std::move(from.texts.begin(), from.texts.end(), std::back_inserter(into.texts));
    into.vector = {};
    if (is_before(from.first, into.first)) into.first = from.first;
    if (into.story != none) stories[into.story].size += from.articles.size();
    if (from.story != none) {
      Open& left = stories[from.story];
      std::erase(left.nodes, a);
      left.size -= from.articles.size();
      moved.push_back({from.story, from.articles.size()});
    }
    return b;
  }

  // The same of two that tell one event in words of their own, where nothing speaks against it.
  std::uint32_t tie(std::uint32_t a, std::uint32_t b, std::vector<Moved>& moved) {
    return nodes[a].enemies.empty() && nodes[b].enemies.empty() ? unite(a, b, moved) : a;
  }

  // A text of a node for one whose original goes: that of the earliest article which stands for none yet.
  Text next_text(const Node& node, std::uint32_t gone) const {
    std::uint32_t first = none;
    for (const std::uint32_t a : node.articles) {
      const bool stands =
          std::any_of(node.texts.begin(), node.texts.end(), [&](const Text& t) { return t.original == a; });
      if (a != gone && !stands && (first == none || is_before(a, first))) first = a;
    }
    const Corpus corpus({articles[first]});
    Profile profile = make_profile(corpus[0], analyze(corpus, 1)[0]);
    SparseVector keys = keys_of(make_vector(profile, rarity));
    return {first, std::move(profile), std::move(keys)};
  }

  using Ties = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
  void learn(const Corpus& corpus, std::span<const Document> documents, const Duplicates& duplicates,
             const std::vector<std::uint32_t>& story_of, std::vector<Open> known);
  std::uint64_t basis_for(const Article& article);
  Learned learned_of(std::uint32_t article);
  void place(std::vector<Article> all, std::vector<Learned> learned, const Ties& retold,
             const std::vector<std::uint32_t>& story_of, std::vector<Open> known);

  void append(Article article, std::vector<ByteRange> body) {
    by_id.emplace(article.id, static_cast<std::uint32_t>(articles.size()));
    articles.push_back(std::move(article));
    bodies.push_back(std::move(body));
    node_of.push_back(none);
  }
  static std::vector<ByteRange> ranges_of(const Document& document) {
    std::vector<ByteRange> out;
    out.reserve(document.sentences.size());
    for (const Sentence& s : document.sentences) out.push_back(s.range);
    return out;
  }

  // The node of an article that has none yet.
  std::uint32_t make_node(std::uint32_t article, std::uint64_t label, std::vector<Moved>& moved) {
    const auto node = static_cast<std::uint32_t>(nodes.size());
    node_of[article] = node;
    last_label = std::max(last_label, label);
    nodes.push_back({{article}, {}, partners(cannot, article), article, label, none, {}});
    for (const std::uint32_t other : nodes.back().enemies) {
      note_node(node_of[other]);
      nodes[node_of[other]].enemies.push_back(article);
    }
    std::uint32_t out = node;
    for (const std::uint32_t other : partners(must, article)) out = unite(out, node_of[other], moved);
    return out;
  }

  // A node that has met an enemy in its story, which may be too large to be cut, leaves it.
  void leave_enemies(std::uint32_t own, std::vector<Moved>& moved) {
    Node& node = nodes[own];
    const std::uint32_t story = node.story;
    if (story == none || std::none_of(node.enemies.begin(), node.enemies.end(),
                                      [&](std::uint32_t a) { return nodes[node_of[a]].story == story; })) {
      return;
    }
    note_node(own);
    note_story(story);
    std::size_t count = node.articles.size() - 1;  // the new one was never there
    for (const Moved& m : moved) count -= m.count;
    moved.push_back({story, count});
    std::erase(stories[story].nodes, own);
    stories[story].size -= node.articles.size();
    node.story = none;
  }

  struct Likeness {
    std::vector<std::uint32_t>
        copies;  // of one text or page with the new article, itself among them; the original first
    std::vector<std::uint32_t> forms;   // that only share a form with it
    std::vector<std::uint32_t> retold;  // that tell the same in words of their own
    bool notice = false;                // of its text only the title is its own
  };

  // What a new article and the candidates are to each other.
  // `versions`: those before it of its page, whatever their texts.
  Likeness likeness_of(std::uint32_t article, const std::vector<std::uint32_t>& versions,
                       const std::vector<std::uint32_t>& candidates) const {
    std::vector<Article> texts;
    const auto add_text = [&](std::uint32_t a) {
      texts.push_back({});
      texts.back().id = articles[a].id;
      texts.back().title = articles[a].title;
      texts.back().source = articles[a].source;
      texts.back().url = articles[a].url;
      texts.back().published = articles[a].published;
      texts.back().replaced_by = articles[a].replaced_by;
      for (const ByteRange& s : bodies[a]) texts.back().text.append(articles[a].text, s.begin, s.size()) += '\n';
    };
    add_text(article);
    for (const std::uint32_t a : versions) add_text(a);
    for (const std::uint32_t a : candidates) {
      if (std::find(versions.begin(), versions.end(), a) != versions.end()) continue;
      const Node& node = nodes[node_of[a]];
      const bool is_original =
          std::any_of(node.texts.begin(), node.texts.end(), [&](const Text& text) { return text.original == a; });
      if (is_original && !is_apart(nodes[node_of[article]], node_of[a])) add_text(a);
      if (texts.size() > perhaps_copies) break;
    }
    if (texts.size() == 1) return {{article}, {}, {}, false};
    const Corpus corpus(std::move(texts));
    Duplicates found = find_duplicates(corpus, few);
    const BodyWords words_of = [&](ArticleIndex a, WordList& scratch) -> const WordList& {
      return scratch = fold_words(corpus[a].text);
    };
    separate_reports(corpus, words_of, few.sources, found);
    join_versions(corpus, few.sources, found);
    const ArticleIndex own = *corpus.find(articles[article].id);
    const auto known = [&](ArticleIndex a) { return by_id.find(corpus[a].id)->second; };
    const Origin& origin = found.origins[found.origin_of[own]];
    Likeness out = {{known(origin.original)}, {}, {}, find_notices(found)[own]};
    for (const ArticleIndex a : origin.articles) {
      if (a != origin.original) out.copies.push_back(known(a));
    }
    for (const DuplicatePair& pair : found.pairs) {
      if (pair.a != own && pair.b != own) continue;
      const std::uint32_t other = known(pair.a == own ? pair.b : pair.a);
      if (pair.form) out.forms.push_back(other);
      if (pair.retold) out.retold.push_back(other);
    }
    return out;
  }

  // ---- Stories

  struct Around {  // what is grouped anew for an article
    std::vector<std::uint32_t> nodes;
    std::vector<std::uint32_t> whole;  // stories all of whose nodes are among them
    std::vector<std::uint32_t> large;  // stories too large for that: a sample is
  };

  // Members of a large story from its beginning to its end; the same ones until it has grown by an eighth.
  static std::vector<std::uint32_t> spread_of(const std::vector<std::uint32_t>& members) {
    const std::size_t step = std::bit_floor(members.size()) / stale, size = members.size() / step * step;
    std::vector<std::uint32_t> out(sampled / 2);
    for (std::size_t k = 0; k < out.size(); ++k) out[k] = members[k * size / out.size()];
    return out;
  }

  double likeness(std::uint32_t a, std::uint32_t b) const {  // Requires: both are weighed. By their first texts' days.
    const std::optional<double>&x = nodes[a].texts[0].profile.day, &y = nodes[b].texts[0].profile.day;
    return dot(nodes[a].vector, nodes[b].vector) * (rules.time && x && y ? time_factor(*x - *y) : 1);
  }

  // Is all of a story from other days than an article? Then it may win the article, but unless it is small it is not grouped anew
  // for it. Of a user's similarity we know nothing of the kind.
  bool is_closed(std::uint32_t article, const std::vector<std::uint32_t>& members) const {
    const std::optional<Time>& published = articles[article].published;
    if (options.similarity || !rules.time || !published || members.size() > regrouped) return false;
    return std::all_of(members.begin(), members.end(), [&](std::uint32_t node) {
      return std::all_of(nodes[node].texts.begin(), nodes[node].texts.end(), [&](const Text& text) {
        const std::optional<Time>& other = articles[text.original].published;
        return other && std::abs(days_between(*published, *other)) > rules.ended;
      });
    });
  }

  // Of candidates that are not grouped with a node the nearest are of its beat.
  void meet_others(std::uint32_t own, const std::vector<std::uint32_t>& candidates,
                   const std::vector<std::uint32_t>& grouped_with) {
    if (options.similarity) return;
    std::size_t met = 0;
    weigh(own);
    for (const std::uint32_t a : candidates) {
      const std::uint32_t other = node_of[a];
      if (other == own || std::find(grouped_with.begin(), grouped_with.end(), other) != grouped_with.end()) continue;
      if (met++ == rules.neighbours) return;
      weigh(other);
      meet(own, other, static_cast<float>(likeness(own, other)));
    }
  }

  // The stories that an article's node came from, then those of its candidates that are about as alike as any, as long as there
  // is room. The others are of its beat at most, which meet_others() sees to.
  Around around(std::uint32_t article, const std::vector<Moved>& moved, const Candidates& found) const {
    const std::uint32_t own = node_of[article];
    std::vector<std::uint32_t> order;
    std::vector<double> likeness;  // of these: of the candidate that is most alike
    const auto want = [&](std::uint32_t story, double alike) {
      if (story == none) return;
      const auto at = static_cast<std::size_t>(std::find(order.begin(), order.end(), story) - order.begin());
      if (at == order.size()) order.push_back(story), likeness.push_back(0);
      likeness[at] = std::max(likeness[at], alike);
    };
    want(nodes[own].story, 0);
    for (const Moved& m : moved) want(m.story, 0);
    const std::size_t sure = order.size();
    for (std::size_t i = 0; i < found.close.size(); ++i) want(nodes[node_of[found.close[i]]].story, found.likeness[i]);
    const double least = options.similarity || order.empty() ? 0 : as_alike * *std::ranges::max_element(likeness);

    Around out;
    if (nodes[own].story == none) out.nodes.push_back(own);
    std::size_t closed = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i >= sure && likeness[i] < least) continue;
      const std::vector<std::uint32_t>& members = stories[order[i]].nodes;
      const std::size_t room = regrouped - std::min(regrouped, out.nodes.size());
      const bool ended = i >= sure && is_closed(article, members);
      if (ended && ++closed > most_closed) continue;
      const std::size_t size = ended ? sampled_closed : sampled;
      if (members.size() <= std::min(room, ended ? sampled_closed : regrouped)) {
        out.whole.push_back(order[i]);
        out.nodes.insert(out.nodes.end(), members.begin(), members.end());
      } else if (i < sure || room >= size) {
        out.large.push_back(order[i]);
        std::set<std::uint32_t> sample;  // half the nearest, half evenly spread
        if (nodes[own].story == order[i]) sample.insert(own);
        for (const std::uint32_t a : found.close) {
          if (sample.size() < size / 2 && nodes[node_of[a]].story == order[i]) sample.insert(node_of[a]);
        }
        const std::vector<std::uint32_t> spread = ended ? sample_of(members, size / 2) : spread_of(members);
        sample.insert(spread.begin(), spread.end());
        out.nodes.insert(out.nodes.end(), sample.begin(), sample.end());
      } else {
        break;
      }
    }
    std::sort(out.nodes.begin(), out.nodes.end(),
              [&](std::uint32_t a, std::uint32_t b) { return is_before(nodes[a].first, nodes[b].first); });
    return out;
  }

  struct Target {  // a group that nodes come to
    std::vector<std::uint32_t> nodes;
    std::uint32_t story = none;  // a large one, which keeps all that it holds
    std::size_t sample = 0;      // nodes of it in this group
  };

  // A large story is in the group that holds most of its sample; of several there, the one with most.
  std::vector<Target> targets_of(const Around& around, const std::vector<std::uint32_t>& label) const {
    std::vector<Target> targets(*std::max_element(label.begin(), label.end()) + 1);
    for (const std::uint32_t story : around.large) {
      std::vector<std::size_t> count(targets.size());
      for (std::size_t i = 0; i < label.size(); ++i) count[label[i]] += nodes[around.nodes[i]].story == story;
      const auto most = static_cast<std::size_t>(std::max_element(count.begin(), count.end()) - count.begin());
      Target held = {{}, story, count[most]};
      if (held.sample > targets[most].sample) {
        std::swap(held.story, targets[most].story);
        targets[most].sample = held.sample;
      }
      if (held.story != none) targets.push_back({{}, held.story, 0});
    }
    for (std::size_t i = 0; i < label.size(); ++i) {
      const std::uint32_t node = around.nodes[i];
      if (std::count(around.large.begin(), around.large.end(), nodes[node].story) == 0) {
        targets[label[i]].nodes.push_back(node);
      }
    }
    for (std::size_t t = 0, n = targets.size(); t < n; ++t) {  // cannot_link may name what was not in the sample
      const std::uint32_t story = targets[t].story;
      const auto is_enemy = [&](std::uint32_t a) { return nodes[node_of[a]].story == story; };
      const bool apart = std::any_of(targets[t].nodes.begin(), targets[t].nodes.end(), [&](std::uint32_t node) {
        return std::any_of(nodes[node].enemies.begin(), nodes[node].enemies.end(), is_enemy);
      });
      if (story != none && apart) targets.push_back({{}, std::exchange(targets[t].story, none), 0});
    }
    std::erase_if(targets, [](const Target& t) { return t.nodes.empty() && t.story == none; });
    return targets;
  }

  // The large story that a new node is surely of: all its candidates are, and it is about as like to the story's nodes as they
  // are to one another. To group it with them would not tell more.
  std::optional<std::uint32_t> surely_of(std::uint32_t own, const std::vector<Moved>& moved,
                                         const std::vector<std::uint32_t>& candidates) {
    const Node& node = nodes[own];
    if (options.similarity || candidates.empty() || node.story != none || !moved.empty() || !node.enemies.empty())
      return std::nullopt;
    const std::uint32_t story = nodes[node_of[candidates.front()]].story;
    const std::vector<std::uint32_t>& members = stories[story].nodes;
    if (members.size() < regrouped) return std::nullopt;
    std::vector<std::uint32_t> near;
    for (const std::uint32_t a : candidates) {
      if (nodes[node_of[a]].story != story) return std::nullopt;
      if (near.size() < sampled / 2) near.push_back(node_of[a]);
    }
    const std::vector<std::uint32_t> spread = spread_of(members);
    std::vector<std::uint32_t> sample = near;
    sample.insert(sample.end(), spread.begin(), spread.end());
    weigh(own);
    for (const std::uint32_t other : sample) {
      if (nodes[other].texts.size() != 1) return std::nullopt;
      weigh(other);
    }
    Open& open = stories[story];
    if (open.likeness_of == 0 || open.likeness_of + open.likeness_of / stale < members.size()) {
      double sum = 0;
      for (std::size_t i = 0; i < spread.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) sum += likeness(spread[i], spread[j]);
      }
      open.likeness = 2 * sum / static_cast<double>(spread.size() * (spread.size() - 1));
      open.likeness_of = members.size();
    }
    const auto mean = [&](const std::vector<std::uint32_t>& list) {
      double sum = 0;
      for (const std::uint32_t other : list) sum += likeness(own, other);
      return sum / static_cast<double>(list.size());
    };
    constexpr double about = 0.7;
    const double likeness_near = mean(near), likeness_far = mean(spread);
    if (likeness_far < std::max(rules.cut, about * open.likeness) || likeness_near < likeness_far) return std::nullopt;
    for (const std::uint32_t other : near) meet(own, other, static_cast<float>(likeness(own, other)));
    for (const std::uint32_t other : sample) ++nodes[other].grouped;
    return story;
  }

  // Groups anew what is around a node, and names the stories.
  std::vector<StoryChange> regroup(std::uint32_t article, const std::vector<Moved>& moved,
                                   const Candidates& candidates) {
    const std::uint32_t own = node_of[article];
    if (const std::optional<std::uint32_t> story = surely_of(own, moved, candidates.close)) {
      fill(*story, std::string(stories[*story].id), stories[*story].founded, {own});
      return {};
    }
    const Around around = this->around(article, moved, candidates);
    meet_others(own, candidates.close, around.nodes);
    const std::vector<Target> targets = targets_of(around, group(around.nodes));
    std::vector<Share> shares;
    std::vector<std::string> fresh;
    for (std::uint32_t t = 0; t < targets.size(); ++t) {
      const Target& target = targets[t];
      std::map<std::uint32_t, std::size_t> from;  // old story: articles
      if (target.story != none) from[target.story] = stories[target.story].size;
      for (const std::uint32_t node : target.nodes) from[nodes[node].story] += nodes[node].articles.size();
      // The new article came from nowhere, and what it brought along from elsewhere.
      const std::uint32_t now = nodes[own].story;
      if ((now != none && now == target.story) || std::count(target.nodes.begin(), target.nodes.end(), own) > 0) {
        --from[now];
        for (const Moved& m : moved) from[now] -= m.count, from[m.story] += m.count;
      }
      for (const auto& [story, count] : from) {
        if (count > 0) shares.push_back({count, stories[story].founded, stories[story].id, t});
      }
      const std::uint32_t first = target.nodes.empty() ? own : target.nodes.front();
      fresh.push_back(fmt::format("{:016x}", hash_bytes(articles[nodes[first].first].id)));
    }
    for (const std::uint32_t story : around.whole) story_by_id.erase(stories[story].id);
    for (const std::uint32_t story : around.large) story_by_id.erase(stories[story].id);
    std::vector<std::string> id;
    const auto in_use = [&](const std::string& known) { return story_by_id.contains(known); };
    std::vector<StoryChange> changes = name_groups(std::move(shares), fresh, in_use, id);

    std::map<std::string, std::uint64_t> founded_of;
    for (const auto& held : {around.whole, around.large}) {
      for (const std::uint32_t story : held) founded_of[stories[story].id] = stories[story].founded;
    }
    for (const std::uint32_t story : around.whole) stories[story] = {};
    closed.insert(closed.end(), around.whole.begin(), around.whole.end());
    for (std::uint32_t t = 0; t < targets.size(); ++t) {
      const auto before = founded_of.find(id[t]);
      fill(targets[t].story == none ? open() : targets[t].story, id[t],
           before == founded_of.end() ? founded++ : before->second, targets[t].nodes);
    }
    return changes;
  }

  // Profiles and vectors of some nodes side by side, as the grouping wants them; given back at the end.
  struct Lent {
    State& state;
    const std::vector<std::uint32_t>& nodes;
    std::vector<Profile> profiles;
    std::vector<SparseVector> vectors;

    Lent(State& of, const std::vector<std::uint32_t>& taken)
        : state(of), nodes(taken), profiles(taken.size()), vectors(taken.size()) {
      while (state.with_vector.size() > weighed) state.drop_oldest_vector();
      for (const std::uint32_t node : nodes) state.weigh(node);
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (const std::vector<Text>& texts = state.nodes[nodes[i]].texts; texts.size() != 1)
          profiles[i] = join_texts(texts);
      }
      swap();
    }
    ~Lent() { swap(); }
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;

   private:
    void swap() noexcept {
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        Node& node = state.nodes[nodes[i]];
        if (node.texts.size() == 1) std::swap(profiles[i], node.texts[0].profile);
        std::swap(vectors[i], node.vector);
      }
    }
  };

  static Profile join_texts(const std::vector<Text>& texts) {
    std::vector<Profile> parts;
    for (const Text& text : texts) parts.push_back(text.profile);
    return join(parts);
  }

  // Sees to a node's vector. One that is not quite of today does: it is made anew when there are an eighth more texts, or when
  // the node was grouped an eighth more often, and so its own words may be commoner.
  void weigh(std::uint32_t at) {
    Node& node = nodes[at];
    const std::size_t all = rarity.total();
    const bool is_fresh = node.weighed_among + node.weighed_among / stale >= all &&
                          node.weighed_at + node.weighed_at / stale >= node.grouped;
    if (!node.vector.empty() && is_fresh) return;
    const bool had_none = node.vector.empty();
    node.vector = make_vector(node.texts.size() == 1 ? node.texts[0].profile : join_texts(node.texts), rarity);
    node.weighed_among = all;
    node.weighed_at = node.grouped;
    if (had_none && !node.vector.empty()) with_vector.push_back(at);
  }
  void drop_oldest_vector() {
    if (with_vector.front() < nodes.size()) nodes[with_vector.front()].vector = {};
    with_vector.pop_front();
  }

  std::vector<std::uint32_t> group(const std::vector<std::uint32_t>& taken) {
    const std::size_t n = taken.size();
    const Lent lent(*this, taken);
    const std::vector<Profile>& profiles = lent.profiles;
    const std::vector<SparseVector>& vectors = lent.vectors;
    boost::unordered_flat_map<std::uint64_t, std::uint32_t, KeyHash> position;
    for (std::uint32_t i = 0; i < n; ++i) position[taken[i]] = i;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> apart;
    for (std::uint32_t i = 0; i < n; ++i) {
      for (const std::uint32_t a : nodes[taken[i]].enemies) {
        const auto other = position.find(node_of[a]);
        if (other != position.end() && other->second < i) apart.push_back({other->second, i});
      }
    }
    GroupingRules rules_here = rules;
    if (options.similarity) {
      rules_here.similarity = [&](std::uint32_t x, std::uint32_t y, double ours) {
        const std::uint32_t a = nodes[taken[x]].texts.front().original, b = nodes[taken[y]].texts.front().original;
        return is_before(a, b) ? ask(options, articles[a], articles[b], ours)
                               : ask(options, articles[b], articles[a], ours);
      };
    }
    const std::vector<Edge> edges = find_neighbours(vectors, rules_here.least_edge(), 1);
    const auto is_here = [&](std::uint32_t node) { return position.contains(node); };
    const std::vector<std::uint32_t> out =
        group_profiles(profiles, vectors, edges, apart, rules_here, surroundings(taken, is_here)).label;
    for (const std::uint32_t node : taken) ++nodes[node].grouped;
    if (!options.similarity) {
      for (const Edge& e : edges) {
        const double days = profiles[e.a].day && profiles[e.b].day ? *profiles[e.a].day - *profiles[e.b].day : 0;
        meet(taken[e.a], taken[e.b], static_cast<float>(e.score * (rules.time ? time_factor(days) : 1)));
      }
    }
    return out;
  }

  // What nodes know of others than those that are grouped with them, and than their own story.
  template <class IsHere>
  Surroundings surroundings(const std::vector<std::uint32_t>& taken, const IsHere& is_here) const {
    Surroundings out;
    out.texts = articles.size() - std::min(articles.size(), taken.size());
    for (const std::uint32_t node : taken) {
      std::vector<float>& near = out.near.emplace_back();
      for (const auto& [other, similarity] : nodes[node].near) {
        const bool own_story = nodes[other].story == nodes[node].story && nodes[node].story != none;
        if (!nodes[other].articles.empty() && !own_story && !is_here(other)) near.push_back(similarity);
      }
    }
    return out;
  }

  void meet(std::uint32_t a, std::uint32_t b, float similarity) {
    for (const auto& [own, other] : {std::pair(a, b), std::pair(b, a)}) {
      auto& near = nodes[own].near;
      const auto known =
          std::find_if(near.begin(), near.end(), [other = other](const auto& n) { return n.first == other; });
      if (known != near.end()) {
        known->second = similarity;
        continue;
      }
      near.push_back({other, similarity});
      if (near.size() <= remembered) continue;
      const auto least = std::min_element(near.begin(), near.end(), [](const auto& x, const auto& y) {
        return x.second != y.second ? x.second < y.second : x.first > y.first;
      });
      near.erase(least);
    }
  }

  std::uint32_t open() {
    if (closed.empty()) {
      stories.emplace_back();
      return static_cast<std::uint32_t>(stories.size() - 1);
    }
    const std::uint32_t out = closed.back();
    closed.pop_back();
    return out;
  }

  void fill(std::uint32_t story, const std::string& id, std::uint64_t founded_at,
            const std::vector<std::uint32_t>& with) {
    Open& s = stories[story];
    s.id = id;
    s.founded = founded_at;
    story_by_id[id] = story;
    for (const std::uint32_t node : with) {
      nodes[node].story = story;
      s.nodes.push_back(node);
      s.size += nodes[node].articles.size();
    }
  }
};

StoryIndex::StoryIndex(StoryOptions options, DuplicateOptions duplicates) : state_(std::make_unique<State>()) {
  for (const auto& [links, pairs] :
       {std::pair(&state_->must, &options.must_link), std::pair(&state_->cannot, &options.cannot_link)}) {
    for (const auto& [a, b] : *pairs) {
      (*links)[a].push_back(b);
      (*links)[b].push_back(a);
    }
  }
  check(duplicates);
  state_->rules = rules_of(options);
  state_->rules.threads = 1;
  state_->options = std::move(options);
  state_->duplicates = duplicates;
  state_->few = std::move(duplicates);
  state_->few.threads = 1;
  state_->few.progress = {};
}
StoryIndex::StoryIndex(StoryIndex&&) noexcept = default;
StoryIndex& StoryIndex::operator=(StoryIndex&&) noexcept = default;
StoryIndex::~StoryIndex() = default;

std::size_t StoryIndex::size() const { return state_->by_id.size(); }

StoryIndex::Added StoryIndex::add(Article article, std::string_view replaces) {
  State& s = *state_;
  if (s.by_id.contains(article.id)) {
    throw Error(ErrorCode::bad_input, fmt::format("id '{}' is given twice", article.id));
  }
  const Corpus corpus({article});
  Document document = std::move(analyze(corpus, 1)[0]);
  Profile profile = make_profile(article, document);
  const SparseVector keys = keys_of(make_vector(profile, s.rarity));
  const State::Candidates candidates = s.find_candidates(keys, article.published);
  std::vector<std::uint32_t> versions;
  if (const std::uint32_t same = s.same_page(State::page_of(article)); same != none) versions.push_back(same);
  std::uint32_t older_article = none;
  std::string older_replaced_by;
  if (const auto older = s.by_id.find(replaces); older != s.by_id.end()) {
    versions.push_back(older_article = older->second);
  }
  if (const auto newer = s.by_id.find(article.replaced_by); newer != s.by_id.end()) versions.push_back(newer->second);
  std::sort(versions.begin(), versions.end());
  versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
  const auto index = static_cast<std::uint32_t>(s.articles.size());
  std::vector<Profile> come, gone;  // texts that rarity counts: those of nodes, so that copies count once
  bool counted = false;
  State::Journal journal;
  journal.nodes = s.nodes.size();
  s.journal = std::move(journal);
  s.append(std::move(article), State::ranges_of(document));
  try {
    if (older_article != none)
      older_replaced_by = std::exchange(s.articles[older_article].replaced_by, s.articles[index].id);
    std::vector<State::Moved> moved;
    s.unsaved.insert(index);
    std::uint32_t node = s.make_node(index, s.last_label + 1, moved);
    s.nodes[node].texts.push_back({index, profile, keys});
    const State::Likeness like = s.likeness_of(index, versions, candidates.articles);
    if (like.notice) {
      s.nodes[node].texts.back().profile = profile = make_profile(s.articles[index], title_of(document));
    }
    const std::vector<std::uint32_t>& copies = like.copies;
    std::optional<std::uint32_t> original;
    for (const std::uint32_t copy : copies) {
      if (copy != index && s.is_apart(s.nodes[node], s.node_of[copy])) continue;
      node = s.unite(node, s.node_of[copy], moved);
      if (!original) original = copy;
    }
    const std::size_t erased = std::erase_if(s.nodes[node].texts, [&](const State::Text& text) {
      const bool goes = text.original != *original && std::count(copies.begin(), copies.end(), text.original) > 0;
      if (goes && text.original != index) gone.push_back(text.profile), s.unsaved.insert(text.original);
      return goes;
    });
    if (erased > 0) s.nodes[node].vector = {};
    for (const std::uint32_t other : like.forms) s.keep_apart(index, other);
    for (const std::uint32_t other : like.retold) node = s.tie(node, s.node_of[other], moved);
    if (*original == index) come.push_back(profile);
    s.rarity.exchange(gone, come);
    counted = true;
    s.leave_enemies(node, moved);
    std::vector<StoryChange> changes;
    const bool says_nothing_new = *original != index && moved.empty();
    if (!says_nothing_new) changes = s.regroup(index, moved, candidates);
    if (*original == index) s.remember(index, keys);
    const std::string story = s.stories[s.nodes[node].story].id;
    if (std::string page = State::page_of(s.articles[index]); !page.empty()) s.page[std::move(page)] = index;
    s.journal.reset();
    return {story, std::move(changes)};
  } catch (...) {  // of a user's similarity
    if (counted) s.rarity.exchange(come, gone);
    if (older_article != none) s.articles[older_article].replaced_by = std::move(older_replaced_by);
    s.roll_back();
    throw;
  }
}

// Takes the place of an empty state: all that add() would have learned of these articles, in stories that are known.
// `story_of`: by ArticleIndex, position in `known`; copies in two stories are two nodes.
void StoryIndex::State::learn(const Corpus& corpus, std::span<const Document> documents, const Duplicates& duplicates,
                              const std::vector<std::uint32_t>& story_of, std::vector<Open> known) {
  std::vector<Learned> learned(corpus.size());
  const std::vector<bool> is_notice = find_notices(duplicates);
  std::uint64_t label = 0;
  for (const Origin& origin : duplicates.origins) {
    std::map<std::uint32_t, std::pair<std::uint64_t, ArticleIndex>> parts;  // story: node, original
    for (const ArticleIndex a : origin.articles) {
      auto [part, is_new] = parts.try_emplace(story_of[a], label + 1, a);
      label += is_new;
      learned[a].node = part->second.first;
      if (a == origin.original) part->second.second = a;
    }
    for (const auto& [story, part] : parts) {
      const ArticleIndex a = part.second;
      learned[a].profile = make_profile(corpus[a], is_notice[a] ? title_of(documents[a]) : documents[a]);
    }
  }
  Ties retold;
  for (const DuplicatePair& pair : duplicates.pairs) {
    if (pair.form) learned[pair.a].apart.push_back(hash_bytes(corpus[pair.b].id));
    if (pair.retold && story_of[pair.a] == story_of[pair.b]) retold.push_back({pair.a, pair.b});
  }
  for (ArticleIndex a = 0; a < corpus.size(); ++a) {
    learned[a].body = ranges_of(documents[a]);
    unsaved.insert(a);
  }
  place({corpus.articles().begin(), corpus.articles().end()}, std::move(learned), retold, story_of, std::move(known));
}

// `all` are in the order of a Corpus. What was learned of them anew and what their records hold make one and the same state.
void StoryIndex::State::place(std::vector<Article> all, std::vector<Learned> learned, const Ties& retold,
                              const std::vector<std::uint32_t>& story_of, std::vector<Open> known) {
  std::vector<Moved> moved;
  boost::unordered_flat_map<std::uint64_t, std::uint32_t, KeyHash> by_label, by_hash;  // articles
  for (std::uint32_t a = 0; a < all.size(); ++a) {
    by_hash.emplace(hash_bytes(all[a].id), a);
    if (std::string identity = page_of(all[a]); !identity.empty()) page[std::move(identity)] = a;
    append(std::move(all[a]), std::move(learned[a].body));
    make_node(a, learned[a].node, moved);
    const auto [other, is_new] = by_label.emplace(learned[a].node, a);
    if (!is_new) unite(node_of[other->second], node_of[a], moved);
  }
  for (std::uint32_t a = 0; a < articles.size(); ++a) {
    if (!learned[a].profile) continue;
    rarity.add(*learned[a].profile);
    nodes[node_of[a]].texts.push_back({a, std::move(*learned[a].profile), std::move(learned[a].keys)});
  }
  const auto others = [&](const auto& ids, const auto& known_as, const auto& use) {
    for (const auto& id : ids) {
      if (const auto at = by_hash.find(known_as(id)); at != by_hash.end()) use(at->second, id);
    }
  };
  for (std::uint32_t a = 0; a < articles.size(); ++a) {
    others(learned[a].apart, std::identity(), [&](std::uint32_t other, std::uint64_t) {
      if (!is_apart(nodes[node_of[a]], node_of[other])) keep_apart(a, other);
    });
  }
  for (const auto& [a, b] : retold) tie(node_of[a], node_of[b], moved);
  for (Node& node : nodes) {
    std::sort(node.articles.begin(), node.articles.end());
    std::sort(node.texts.begin(), node.texts.end(),
              [](const Text& x, const Text& y) { return x.original < y.original; });
  }
  for (std::uint32_t a = 0; a < articles.size(); ++a) {
    if (!learned[a].profile) continue;
    for (Text& text : nodes[node_of[a]].texts) {
      if (text.original != a) continue;
      if (text.keys.empty()) text.keys = keys_of(make_vector(text.profile, rarity));
      remember(a, text.keys);
    }
  }
  for (std::uint32_t a = 0; a < articles.size(); ++a) {
    const auto id_of = [](const auto& near) { return near.first; };
    others(learned[a].near, id_of, [&](std::uint32_t other, const auto& near) {
      if (node_of[a] != node_of[other]) meet(node_of[a], node_of[other], near.second);
    });
  }
  for (std::uint32_t a = 0; a < articles.size(); ++a) {
    if (a == nodes[node_of[a]].first) known[story_of[a]].nodes.push_back(node_of[a]);
  }
  for (Open& story : known) {
    founded = std::max(founded, story.founded + 1);
    if (!story.nodes.empty()) fill(open(), story.id, story.founded, std::exchange(story.nodes, {}));
  }
}

namespace {

// What the options and the tables of the languages say that a record depends on.
std::uint64_t basis_of(const StoryOptions& options, const DuplicateOptions& duplicates) {
  BytesWriter out;
  out.fixed(basis_of_analysis());
  out.number(static_cast<std::uint64_t>(options.preset));
  out.number(options.similarity != nullptr);
  for (const auto* links : {&options.must_link, &options.cannot_link}) {
    out.number(links->size());
    for (const auto& [a, b] : *links) out.text(a), out.text(b);
  }
  out.real(duplicates.threshold);
  out.real(duplicates.containment.value_or(-1));
  out.number(duplicates.ngram);
  out.number(duplicates.repeated != nullptr);
  return hash_bytes(out.take());
}

}  // namespace

// What is said of its outlet counts, too.
std::uint64_t StoryIndex::State::basis_for(const Article& article) {
  if (!basis) basis = basis_of(options, duplicates);
  const SourceTable& sources = duplicates.sources;
  if (sources.empty()) return *basis;
  return mix64(*basis + hash_bytes(sources.owner_of(article)) + static_cast<std::uint64_t>(sources.kind_of(article)));
}

Learned StoryIndex::State::learned_of(std::uint32_t article) {
  const Node& node = nodes[node_of[article]];
  Learned out;
  out.basis = basis_for(articles[article]);
  out.node = node.label;
  out.body = bodies[article];
  for (const Text& text : node.texts) {
    if (text.original != article) continue;
    out.profile = text.profile;
    out.keys = text.keys;
  }
  if (article != node.articles.front()) return out;
  for (const std::uint32_t enemy : node.enemies) out.apart.push_back(hash_bytes(articles[enemy].id));
  for (const auto& [other, similarity] : node.near) {
    if (nodes[other].articles.empty()) continue;
    out.near.push_back({hash_bytes(articles[nodes[other].articles.front()].id), similarity});
  }
  return out;
}

std::vector<StoryIndex::Record> StoryIndex::take_records() {
  std::vector<Record> out;
  for (const std::uint32_t a : state_->unsaved) {
    out.push_back({state_->articles[a].id, pack(state_->learned_of(a))});
  }
  state_->unsaved.clear();
  return out;
}

std::vector<StoryChange> StoryIndex::repair(const GroupingSink& sink) {
  State& s = *state_;
  std::vector<Article> articles;
  for (const Article& a : s.articles) {
    if (!a.id.empty()) articles.push_back(a);
  }
  const Corpus corpus(std::move(articles));
  const std::vector<Document> documents = analyze(corpus, s.options.threads);
  const Duplicates duplicates = find_duplicates(corpus, documents, s.duplicates);
  std::vector<Story> grouped = group_stories(corpus, documents, duplicates, s.options);

  std::vector<Share> shares;
  std::vector<std::string> fresh, id;
  for (std::uint32_t now = 0; now < grouped.size(); ++now) {
    std::map<std::string_view, std::size_t> from;
    for (const ArticleIndex a : grouped[now].articles) ++from[story_of(corpus[a].id)];
    for (const auto& [old_id, count] : from) {
      const State::Open& old = s.stories[s.story_by_id.find(old_id)->second];
      shares.push_back({count, old.founded, old.id, now});
    }
    fresh.push_back(grouped[now].id);
  }
  std::vector<StoryChange> changes = name_groups(
      std::move(shares), fresh, [](const auto&) { return false; }, id);

  std::vector<State::Open> known(grouped.size());
  std::vector<std::uint32_t> label(corpus.size());
  std::uint64_t founded = s.founded;
  for (std::uint32_t now = 0; now < grouped.size(); ++now) {
    grouped[now].id = known[now].id = id[now];
    const auto before = s.story_by_id.find(id[now]);
    known[now].founded = before == s.story_by_id.end() ? founded++ : s.stories[before->second].founded;
    for (const ArticleIndex a : grouped[now].articles) label[a] = now;
  }
  std::map<std::string, std::string> kept;  // by the id that a batch gives
  for (std::uint32_t now = 0; now < grouped.size(); ++now) kept[fresh[now]] = id[now];
  for (Story& story : grouped) {
    for (Touch& touch : story.touches) touch.story = kept.at(touch.story);
  }
  if (sink) sink(corpus, duplicates, grouped);
  StoryIndex index(s.options, s.duplicates);
  index.state_->founded = founded;
  index.state_->learn(corpus, documents, duplicates, label, std::move(known));
  *this = std::move(index);
  return changes;
}

namespace {

// Positions of articles as a Corpus puts them.
std::vector<std::uint32_t> in_order(const std::vector<Article>& articles) {
  std::vector<std::uint32_t> order(articles.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Time x = articles[a].published.value_or(Time::max()), y = articles[b].published.value_or(Time::max());
    return x != y ? x < y : articles[a].id < articles[b].id;
  });
  return order;
}

template <class T>
std::vector<T> arranged(std::vector<T> all, const std::vector<std::uint32_t>& order) {
  std::vector<T> out;
  out.reserve(all.size());
  for (const std::uint32_t i : order) out.push_back(std::move(all[i]));
  return out;
}

}  // namespace

void StoryIndex::restore(const std::function<bool(Placed&)>& next) {
  State& s = *state_;
  std::vector<State::Open> known;
  std::map<std::string, std::uint32_t> position;
  std::vector<Article> articles;
  std::vector<std::uint32_t> label;
  std::vector<Learned> learned;
  bool all_known = true;
  for (Placed p; next(p); p = {}) {
    const auto [at, is_new] = position.try_emplace(p.story, static_cast<std::uint32_t>(known.size()));
    if (is_new) known.push_back({std::move(p.story), {}, 0, known.size()});
    label.push_back(at->second);
    if (all_known && !p.record.empty()) learned.push_back(unpack(p.record));
    all_known = all_known && !p.record.empty() && learned.back().basis == s.basis_for(p.article);
    if (!all_known) learned = {};
    for (const ByteRange& range : all_known ? learned.back().body : std::vector<ByteRange>()) {
      if (range.begin > range.end || range.end > p.article.text.size()) BytesReader::damaged();
    }
    articles.push_back(std::move(p.article));
  }
  const std::vector<std::uint32_t> order = in_order(articles);
  articles = arranged(std::move(articles), order);
  label = arranged(std::move(label), order);
  StoryIndex index(s.options, s.duplicates);
  if (all_known) {
    index.state_->place(std::move(articles), arranged(std::move(learned), order), {}, label, std::move(known));
  } else {
    const Corpus corpus(std::move(articles));
    const std::vector<Document> documents = analyze(corpus, s.options.threads);
    const Duplicates duplicates = find_duplicates(corpus, documents, s.duplicates);
    index.state_->learn(corpus, documents, duplicates, label, std::move(known));
  }
  *this = std::move(index);
}

bool StoryIndex::remove(std::string_view id) {
  State& s = *state_;
  const auto at = s.by_id.find(id);
  if (at == s.by_id.end()) return false;
  const std::uint32_t article = at->second, own = s.node_of[article];
  State::Node& node = s.nodes[own];
  // What can throw comes first: the profile of the copy that now stands for its text.
  const auto text =
      std::find_if(node.texts.begin(), node.texts.end(), [&](const State::Text& t) { return t.original == article; });
  std::optional<State::Text> next;
  if (text != node.texts.end() && node.articles.size() > node.texts.size()) next = s.next_text(node, article);

  node.vector = {};
  if (text != node.texts.end()) {
    s.rarity.remove(text->profile);
    node.texts.erase(text);
  }
  if (next) {
    s.rarity.add(next->profile);
    s.remember(next->original, next->keys);
    s.unsaved.insert(next->original);
    node.texts.push_back(std::move(*next));
  }
  std::erase(node.articles, article);
  s.unsaved.erase(article);
  if (!node.articles.empty()) s.note_enemies(own);
  for (const std::uint32_t enemy : node.enemies) {  // of what is left of the node
    auto& of_enemy = s.nodes[s.node_of[enemy]].enemies;
    if (node.articles.empty()) {
      std::erase(of_enemy, article);
    } else {
      std::replace(of_enemy.begin(), of_enemy.end(), article, node.articles.front());
    }
    s.note_enemies(s.node_of[enemy]);
  }
  if (std::string page = State::page_of(s.articles[article]); s.same_page(page) == article) s.page.erase(page);
  State::Open& story = s.stories[node.story];
  --story.size;
  if (node.articles.empty()) {
    std::erase(story.nodes, own);
    if (story.nodes.empty()) {
      s.story_by_id.erase(story.id);
      s.closed.push_back(node.story);
      story = {};
    }
    node = {};
  } else if (node.first == article) {
    node.first = *std::min_element(node.articles.begin(), node.articles.end(),
                                   [&](std::uint32_t a, std::uint32_t b) { return s.is_before(a, b); });
  }
  s.by_id.erase(at);
  s.articles[article] = {};
  s.bodies[article] = {};
  s.node_of[article] = none;
  return true;
}

std::string_view StoryIndex::story_of(std::string_view article) const {
  const auto at = state_->by_id.find(article);
  if (at == state_->by_id.end()) return {};
  return state_->stories[state_->nodes[state_->node_of[at->second]].story].id;
}

std::vector<std::string> StoryIndex::articles_of(std::string_view story) const {
  std::vector<std::string> out;
  const auto at = state_->story_by_id.find(story);
  if (at == state_->story_by_id.end()) return out;
  for (const std::uint32_t node : state_->stories[at->second].nodes) {
    for (const std::uint32_t a : state_->nodes[node].articles) out.push_back(state_->articles[a].id);
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace storymerge

// How does a store change? What waits is written down in one transaction, and the index follows.

#include <fmt/format.h>

#include <algorithm>

#include "read/identity.h"
#include "store/records.h"
#include "store/schema.h"
#include "store/state.h"
#include "storymerge/base/error.h"
#include "support/hash.h"

namespace storymerge {

using store::Pending;
using store::Query;
using store::still;
using store::Transaction;

namespace {

std::int64_t seconds_of(Time time) { return time.time_since_epoch().count(); }
std::optional<std::int64_t> seconds_of(const std::optional<Time>& time) {
  return time ? std::optional(seconds_of(*time)) : std::nullopt;
}
std::int64_t signed_hash(std::string_view bytes) { return static_cast<std::int64_t>(hash_bytes(bytes)); }

// One revision while it is written. The index is changed as it goes; whoever sees an exception drops it.
class Revising {
 public:
  explicit Revising(store::StoreState& state)
      : state_(state),
        database_(state.database),
        index_(*state.index),
        now_(static_cast<std::int64_t>(state.base + 1)) {}

  // `touched`: stories that the index may see otherwise than the file. False when nothing has changed.
  bool run(bool repair, std::set<std::string> touched) {
    touched_ = std::move(touched);
    withdraw();
    insert_articles();
    link_versions();
    for (const Pending& p : state_.waiting.put) add_to_index(p);
    if (repair) group_anew();
    for (const Pending& p : state_.waiting.put) {
      const std::string story(index_.story_of(p.article.id));
      if (!touched_.contains(story)) move_members(story, {p.article.id});
    }
    for (const std::string& story : touched_) move_members(story, index_.articles_of(story));
    for (const std::string& story : changed_) write_version(story);
    if (state_.waiting.expire) expire(seconds_of(*state_.waiting.expire));
    expire_beyond();
    keep_learned();
    const bool changed = !state_.waiting.empty() || !changed_.empty();
    if (changed) query("INSERT INTO revision VALUES (?, ?)").with(now_, newest_).run();
    return changed;
  }

 private:
  void withdraw() {
    if (state_.waiting.removed.empty()) return;
    for (const auto& [number, removed] : state_.waiting.removed) {
      Query& members = query("SELECT story, since, until FROM member WHERE article = ?");
      std::string last;
      members.with(number);
      while (members.step()) {
        std::string story = members.text(0);
        query("UPDATE story SET articles = articles - 1 WHERE id = ? AND since >= ? AND since < ?")
            .with(story, members.number(1), members.number(2))
            .run();
        if (members.number(2) == still) last = std::move(story);
      }
      for (const char* sql : {"DELETE FROM member WHERE article = ?", "DELETE FROM furniture WHERE article = ?",
                              "DELETE FROM replaced WHERE article = ?1 OR by = ?1",
                              "DELETE FROM learned WHERE article = ?", "DELETE FROM article WHERE number = ?"}) {
        query(sql).with(number).run();
      }
      query("INSERT INTO withdrawn VALUES (?, ?, ?, ?)").with(number, removed.id, last, now_).run();
      index_.remove(removed.id);
      if (!last.empty()) changed_.insert(last);
    }
    query("DELETE FROM story WHERE articles <= 0 AND until <> ?").with(still).run();
  }

  void insert_articles() {
    Query& before = query("SELECT newest FROM revision ORDER BY number DESC LIMIT 1");
    if (before.step()) newest_ = before.number(0);
    for (const Pending& p : state_.waiting.put) {
      const std::optional<std::int64_t> published = seconds_of(p.article.published);
      if (published) newest_ = std::max(newest_, *published);
      const std::string record = store::write_article(p.article);
      query("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)")
          .with(p.number, p.article.id, p.given, p.page, p.root, p.hash, published, published.value_or(newest_), now_,
                record)
          .run();
    }
  }

  // Versions of a page are in order of publication, then of arrival.
  void link_versions() {
    std::set<std::uint64_t> roots;
    for (const Pending& p : state_.waiting.put) {
      if (p.root != p.number) roots.insert(p.root);
    }
    for (const auto& [number, removed] : state_.waiting.removed) roots.insert(removed.root);
    Query& versions =
        query("SELECT number, id FROM article WHERE root = ? ORDER BY published IS NULL, published, number");
    Query& known = query("SELECT by FROM replaced WHERE article = ?");
    for (const std::uint64_t root : roots) {
      std::vector<std::pair<std::uint64_t, std::string>> all;
      versions.with(root);
      while (versions.step()) all.emplace_back(static_cast<std::uint64_t>(versions.number(0)), versions.text(1));
      for (std::size_t k = 1; k < all.size(); ++k) {
        before_[all[k].first] = all[k - 1].second;
        after_[all[k - 1].first] = all[k].second;
        const std::uint64_t by = all[k].first;
        if (known.with(all[k - 1].first).step() && static_cast<std::uint64_t>(known.number(0)) == by) continue;
        query("INSERT OR REPLACE INTO replaced VALUES (?, ?, ?)").with(all[k - 1].first, by, now_).run();
      }
    }
  }
  void add_to_index(const Pending& p) {
    const auto before = before_.find(p.number), after = after_.find(p.number);
    Article article = p.article;
    if (after != after_.end()) article.replaced_by = after->second;
    const StoryIndex::Added added = index_.add(std::move(article), before == before_.end() ? "" : before->second);
    for (const StoryChange& change : added.changes) {
      touched_.insert(change.story);
      touched_.insert(change.others.begin(), change.others.end());
    }
  }

  // What a batch found of furniture and copies is kept for the stories' merging.
  void group_anew() {
    index_.repair([&](const Corpus& corpus, const Duplicates& duplicates, std::span<const Story> stories) {
      // Not that of the documents: analyze() adds what it finds in their sentences, and does so again.
      const std::vector<std::vector<Furniture>> furniture = find_furniture(corpus, state_.options.stories.threads);
      std::vector<std::uint64_t> numbers;
      for (const Article& a : corpus.articles()) numbers.push_back(number_of(a.id));
      Query& story_of = query("SELECT story FROM member WHERE article = ? AND until = ?");
      for (const Story& story : stories) {
        for (const ArticleIndex a : story.articles) {
          if (!story_of.with(numbers[a], still).step() || story_of.bytes(0) != story.id) touched_.insert(story.id);
          keep_record("furniture", "article", numbers[a], store::write_furniture(furniture[a]), story.id);
        }
        if (story.articles.size() > 1 || !story.touches.empty()) {
          keep_record("copies", "story", story.id, copies_of(story, numbers, duplicates), story.id);
        }
      }
    });
  }

  template <class Key>
  void keep_record(const char* table, const char* column, const Key& key, const std::string& record,
                   const std::string& story) {
    Query& known = query(fmt::format("SELECT record FROM {} WHERE {} = ? ORDER BY since DESC LIMIT 1", table, column));
    if (known.with(key).step() && known.bytes(0) == record) return;
    query(fmt::format("INSERT OR REPLACE INTO {} VALUES (?, ?, ?)", table)).with(key, now_, record).run();
    changed_.insert(story);
  }

  static std::string copies_of(const Story& story, const std::vector<std::uint64_t>& numbers,
                               const Duplicates& duplicates) {
    store::Copies out;
    std::map<ArticleIndex, ArticleIndex> position;
    for (const ArticleIndex a : story.articles) {
      position.emplace(a, static_cast<ArticleIndex>(out.articles.size()));
      out.articles.push_back(numbers[a]);
    }
    for (const ArticleIndex a : story.articles) {
      auto pair = std::lower_bound(duplicates.pairs.begin(), duplicates.pairs.end(), a,
                                   [](const DuplicatePair& p, ArticleIndex article) { return p.a < article; });
      for (; pair != duplicates.pairs.end() && pair->a == a; ++pair) {
        if (!position.contains(pair->b)) continue;
        out.duplicates.pairs.push_back(*pair);
        out.duplicates.pairs.back().a = position.at(pair->a);
        out.duplicates.pairs.back().b = position.at(pair->b);
      }
    }
    for (const std::uint32_t o : story.origins) {
      Origin& origin = out.duplicates.origins.emplace_back(duplicates.origins[o]);
      for (ArticleIndex& a : origin.articles) a = position.at(a);
      origin.original = position.at(origin.original);
    }
    for (Touch touch : story.touches) {
      touch.span.article = position.at(touch.span.article);
      out.touches.push_back(std::move(touch));
    }
    return store::write_copies(out);
  }

  // The file follows the index: who has come to a story leaves another.
  void move_members(const std::string& id, const std::vector<std::string>& articles) {
    Query& old = query("SELECT story, since FROM member WHERE article = ? AND until = ?");
    for (const std::string& article : articles) {
      const std::uint64_t number = number_of(article);
      if (old.with(number, still).step()) {
        if (old.bytes(0) == id) continue;
        const std::string from = old.text(0);
        query("UPDATE member SET until = ? WHERE article = ? AND since = ?").with(now_, number, old.number(1)).run();
        ++went_[from][id];
        changed_.insert(from);
      }
      query("INSERT OR REPLACE INTO member VALUES (?, ?, ?, ?)").with(number, now_, still, id).run();
      changed_.insert(id);
    }
  }

  struct Extent {
    std::int64_t articles = 0;
    std::optional<std::int64_t> first, last;
    std::int64_t aged = 0, title_of = 0;
  };
  Extent extent_of(const std::string& id) {
    Query& articles = query(
        "SELECT number, published, aged FROM member JOIN article ON number = article "
        "WHERE story = ? AND until = ? ORDER BY published IS NULL, published, number");
    Extent out;
    articles.with(id, still);
    while (articles.step()) {
      if (out.articles++ == 0) out.title_of = articles.number(0), out.aged = articles.number(2);
      out.aged = std::max(out.aged, articles.number(2));
      if (articles.is_null(1)) continue;
      if (!out.first) out.first = articles.number(1);
      out.last = articles.number(1);
    }
    return out;
  }

  void write_version(const std::string& id, bool live = true) {
    Query& open = query("SELECT since, founded FROM story WHERE id = ? AND until = ?");
    const Extent extent = extent_of(id);
    std::int64_t founded = 0;
    if (open.with(id, still).step()) {
      founded = open.number(1);
      if (open.number(0) == now_) {
        query("DELETE FROM story WHERE id = ? AND since = ?").with(id, now_).run();
      } else {
        query("UPDATE story SET until = ? WHERE id = ? AND since = ?").with(now_, id, open.number(0)).run();
      }
    } else {
      founded = static_cast<std::int64_t>(++state_.last_founded);
    }
    if (extent.articles == 0) return lead_on(id);
    query("INSERT INTO story VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .with(id, now_, still, founded, extent.articles, extent.first, extent.last, extent.aged, extent.title_of,
              std::int64_t{live})
        .run();
  }

  // Where most of its articles went.
  void lead_on(const std::string& id) {
    const std::string* to = nullptr;
    std::size_t most = 0;
    for (const auto& [story, count] : went_[id]) {
      if (count > most) most = count, to = &story;
    }
    if (to != nullptr) query("INSERT OR REPLACE INTO alias VALUES (?, ?, ?)").with(id, now_, *to).run();
  }

  void expire(std::int64_t before) {
    Query& old = query("SELECT id FROM story WHERE until = ? AND live = 1 AND aged < ?");
    std::vector<std::string> gone;
    old.with(still, before);
    while (old.step()) gone.push_back(old.text(0));
    for (const std::string& story : gone) let_go(story);
  }

  // A tenth more than is asked, so that the next commits need not.
  void expire_beyond() {
    if (index_.size() <= state_.options.live) return;
    Query& oldest = query("SELECT id FROM story WHERE until = ? AND live = 1 ORDER BY aged, id LIMIT 1");
    while (index_.size() > state_.options.live - state_.options.live / 10) {
      if (!oldest.with(still).step()) return;
      let_go(oldest.text(0));
    }
  }

  void let_go(const std::string& story) {
    for (const std::string& article : index_.articles_of(story)) {
      query("UPDATE article SET expired = ? WHERE id = ?").with(now_, article).run();
      query("DELETE FROM learned WHERE article = ?").with(number_of(article)).run();
      index_.remove(article);
    }
    write_version(story, false);
  }

  // So that the index need not be made anew of the articles' texts.
  void keep_learned() {
    Query& keep = query(
        "INSERT INTO learned VALUES (?, ?) ON CONFLICT(article) DO UPDATE SET record = excluded.record "
        "WHERE record <> excluded.record");
    for (const StoryIndex::Record& r : index_.take_records()) keep.with(number_of(r.article), r.bytes).run();
  }

  std::uint64_t number_of(const std::string& id) {
    Query& number = query("SELECT number FROM article WHERE id = ?");
    if (!number.with(id).step()) throw Error(ErrorCode::bad_input, fmt::format("the store has lost article '{}'", id));
    return static_cast<std::uint64_t>(number.number(0));
  }

  Query& query(const std::string& sql) {
    const auto at = queries_.find(sql);
    return at != queries_.end() ? at->second : queries_.emplace(sql, Query(database_, sql)).first->second;
  }

  store::StoreState& state_;
  const store::Database& database_;
  StoryIndex& index_;
  const std::int64_t now_;
  std::int64_t newest_ = 0;                              // publication so far, seconds
  std::map<std::uint64_t, std::string> before_, after_;  // by article: ids of the versions next to it
  std::set<std::string> touched_;  // stories that have gained or lost other articles than new ones
  std::set<std::string> changed_;  // stories that are other than before
  std::map<std::string, std::map<std::string, std::size_t>> went_;  // from, to: articles
  std::map<std::string, Query> queries_;
};

}  // namespace

void store::StoreState::must_write(const char* what) const {
  if (!options.read_only) return;
  throw Error(ErrorCode::io, fmt::format("store '{}' was opened to be read only: {}", database.path(), what));
}

void store::StoreState::load() {
  const auto one = [&](const char* sql) {
    Query statement(database, sql);
    return statement.step() ? static_cast<std::uint64_t>(statement.number(0)) : 0;
  };
  const Transaction transaction(database, Transaction::Kind::read);
  base = newest_revision();
  last_number = one("SELECT seq FROM sqlite_sequence WHERE name = 'article'");
  last_founded = one("SELECT max(founded) FROM story");
}

// The page that an article is of: the number of its first version; nothing when it is a new one.
std::optional<std::uint64_t> store::StoreState::root_of(const Pending& p) const {
  if (const auto at = waiting.by_given.find(p.given); at != waiting.by_given.end()) return at->second;
  const auto find = [&](const char* sql, const auto& value) -> std::optional<std::uint64_t> {
    Query statement(database, sql);
    statement.with(value);
    while (statement.step()) {
      if (!waiting.removed.contains(static_cast<std::uint64_t>(statement.number(1)))) {
        return static_cast<std::uint64_t>(statement.number(0));
      }
    }
    return std::nullopt;
  };
  if (const auto root = find("SELECT root, number FROM article WHERE given = ?1 OR id = ?1", p.given)) return root;
  if (!p.page) return std::nullopt;
  if (const auto at = waiting.by_page.find(*p.page); at != waiting.by_page.end()) return at->second;
  return find("SELECT root, number FROM article WHERE page = ?", *p.page);
}

// The id of the version of its page that has its text.
std::optional<std::string> store::StoreState::known_id(const Pending& p) const {
  if (const auto at = waiting.texts.find({p.root, p.hash}); at != waiting.texts.end()) return at->second;
  Query statement(database, "SELECT number, id FROM article WHERE root = ? AND hash = ?");
  statement.with(p.root, p.hash);
  while (statement.step()) {
    if (!waiting.removed.contains(static_cast<std::uint64_t>(statement.number(0)))) return statement.text(1);
  }
  return std::nullopt;
}

// The id that it came with, or that with the number of its version.
std::string store::StoreState::free_id(const std::string& given) const {
  Query statement(database, "SELECT number FROM article WHERE id = ?");
  std::string id = given;
  for (int version = 2;; id = fmt::format("{}@{}", given, version++)) {
    if (waiting.ids.contains(id)) continue;
    if (!statement.with(id).step() || waiting.removed.contains(static_cast<std::uint64_t>(statement.number(0))))
      return id;
  }
}

StoryStore::Put store::StoreState::put(Article article, std::string* id) {
  must_write("put");
  if (article.source.empty()) article.source = read::plain_host(article.url);
  if (article.id.empty()) article.id = read::made_id(article);
  article.replaced_by.clear();
  const Corpus checked({article});
  Pending p;
  p.number = last_number + 1;
  p.given = article.id;
  if (const std::string page = read::page_key(article); !page.empty()) p.page = signed_hash(page);
  p.hash = signed_hash(article.text);
  const std::optional<std::uint64_t> root = root_of(p);
  p.root = root.value_or(p.number);
  if (std::optional<std::string> known = root ? known_id(p) : std::nullopt) {
    if (id != nullptr) *id = std::move(*known);
    return StoryStore::Put::known;
  }
  article.id = free_id(p.given);
  if (id != nullptr) *id = article.id;
  p.article = std::move(article);
  waiting.add(std::move(p));
  ++last_number;
  return root ? StoryStore::Put::version : StoryStore::Put::added;
}

bool store::StoreState::remove(std::string_view id) {
  must_write("remove");
  const auto pending =
      std::find_if(waiting.put.begin(), waiting.put.end(), [&](const Pending& p) { return p.article.id == id; });
  if (pending != waiting.put.end()) {
    store::Waiting left;
    for (const Pending& p : waiting.put) {
      if (&p != &*pending) left.add(p);
    }
    left.removed = waiting.removed;
    left.expire = waiting.expire;
    left.notes = std::move(waiting.notes);
    waiting = std::move(left);
    return true;
  }
  Query statement(database, "SELECT number, root FROM article WHERE id = ?");
  if (!statement.with(id).step()) return false;
  return waiting.removed
      .try_emplace(static_cast<std::uint64_t>(statement.number(0)),
                   store::Removed{std::string(id), static_cast<std::uint64_t>(statement.number(1))})
      .second;
}

// As the file has it; the stories that it sees otherwise, where links or bounds are no longer those of then.
std::set<std::string> store::StoreState::restore_index() {
  Query live(database,
             "SELECT article.id, article.record, story.id, learned.record, (SELECT next.id FROM replaced "
             "JOIN article AS next ON next.number = by WHERE replaced.article = article.number) "
             "FROM story JOIN member ON member.story = story.id AND member.until = ?1 "
             "JOIN article ON article.number = member.article LEFT JOIN learned ON learned.article = article.number "
             "WHERE story.until = ?1 AND live = 1 AND expired IS NULL ORDER BY founded, article.number");
  std::vector<std::pair<std::string, std::string>> was;  // article, story
  live.with(still);
  index.emplace(options.stories, options.duplicates);
  index->restore([&](StoryIndex::Placed& p) {
    if (!live.step()) return false;
    p.article = store::read_article(live.bytes(1));
    p.article.id = live.text(0);
    p.article.replaced_by = live.text(4);
    p.story = live.text(2);
    p.record = live.text(3);
    was.emplace_back(p.article.id, p.story);
    return true;
  });
  std::set<std::string> out;
  for (const auto& [article, story] : was) {
    if (const std::string_view now = index->story_of(article); now != story) out.emplace(now);
  }
  return out;
}

void store::StoreState::write_notes() const {
  Query keep(database, "INSERT OR REPLACE INTO note VALUES (?, ?)"), forget(database, "DELETE FROM note WHERE key = ?");
  for (const auto& [key, value] : waiting.notes) value.empty() ? forget.with(key).run() : keep.with(key, value).run();
}

Revision store::StoreState::commit(bool repair) {
  must_write("commit");
  if (waiting.empty() && waiting.notes.empty() && !repair) return base;
  bool changed = false;
  const std::uint64_t founded = last_founded;
  try {
    Transaction transaction(database, Transaction::Kind::write);
    if (newest_revision() != base) {
      throw Error(ErrorCode::incompatible,
                  fmt::format("store '{}' was written by another since it was opened: open it again", database.path()));
    }
    if (!waiting.empty() || repair) {
      std::set<std::string> touched;
      if (!index) touched = restore_index();
      changed = Revising(*this).run(repair, std::move(touched));
    }
    write_notes();
    transaction.commit();
  } catch (...) {
    index.reset();  // it may be ahead of the file
    last_founded = founded;
    throw;
  }
  const bool removed = !waiting.removed.empty();
  waiting = {};
  base += changed;
  if (removed) sqlite3_wal_checkpoint_v2(database.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  return base;
}

}  // namespace storymerge

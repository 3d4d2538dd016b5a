#pragma once
// What a StoryStore holds: the file, what waits for commit(), the index of live articles, stories that were merged.

#include <list>
#include <map>
#include <set>

#include "store/database.h"
#include "storymerge/store/story_store.h"
#include "storymerge/story/index.h"

namespace storymerge {

namespace store {

// A new article that waits for commit().
struct Pending {
  std::uint64_t number = 0;  // in order of arrival, never given twice
  std::uint64_t root = 0;    // number of the first version of its page
  std::string given;         // the id it came with
  std::optional<std::int64_t> page;
  std::int64_t hash = 0;  // of the text
  Article article;
};

struct Removed {
  std::string id;
  std::uint64_t root = 0;
};

struct Waiting {
  std::vector<Pending> put;
  std::map<std::uint64_t, Removed> removed;  // by number
  std::optional<Time> expire;
  std::map<std::string, std::string> notes;

  // Of `put`.
  std::map<std::string, std::uint64_t, std::less<>> by_given;           // root
  std::map<std::int64_t, std::uint64_t> by_page;                        // root
  std::map<std::pair<std::uint64_t, std::int64_t>, std::string> texts;  // root, hash: id
  std::set<std::string, std::less<>> ids;

  bool empty() const { return put.empty() && removed.empty() && !expire; }
  void add(Pending p) {
    Waiting of_it;  // made beforehand: to bring it in cannot fail
    of_it.by_given[p.given] = p.root;
    if (p.page) of_it.by_page[*p.page] = p.root;
    of_it.texts.insert({{p.root, p.hash}, p.article.id});
    of_it.ids.insert(p.article.id);
    put.push_back(std::move(p));
    by_given.merge(of_it.by_given);
    by_page.merge(of_it.by_page);
    texts.merge(of_it.texts);
    ids.merge(of_it.ids);
  }
};

// One state of a story: it holds from `since` on.
struct StoryVersion {
  std::string id;
  std::int64_t since = 0;
};

struct Merged {  // one that is kept
  StoryVersion version;
  StoredStory stored;
};

struct StoreState {
  StoreOptions options;
  Database database;
  std::uint64_t base = 0;          // revision that what waits was put on, and that the index is of
  std::uint64_t last_number = 0;   // of an article, those that wait included
  std::uint64_t last_founded = 0;  // place of a story in the order of founding
  Waiting waiting;
  std::optional<StoryIndex> index;  // made at the first commit
  std::list<Merged> kept;           // used last first
  std::int64_t kept_withdrawn = 0;  // withdrawals that they know of

  StoreState(const std::string& path, StoreOptions options);

  // Reading; each inside a transaction.
  std::uint64_t newest_revision() const;
  std::uint64_t revision_at(Revision as_of) const;
  std::optional<StoryVersion> resolve(std::string id, std::uint64_t revision) const;
  std::vector<std::string> aliases_of(const std::string& id, std::uint64_t revision) const;
  std::vector<StoryEntry> list(const StoryFilter& filter) const;
  const StoredStory& merged(const StoryVersion& version);
  StoredStory merge(const StoryVersion& version) const;
  std::vector<std::pair<std::uint64_t, Article>> articles_of(const StoryVersion& version) const;
  std::vector<Document> documents_of(const Corpus& corpus, const std::vector<std::uint64_t>& numbers,
                                     std::int64_t revision) const;

  // Writing.
  void must_write(const char* what) const;
  void load();  // the writer's counters
  std::optional<std::uint64_t> root_of(const Pending& p) const;
  std::optional<std::string> known_id(const Pending& p) const;
  std::string free_id(const std::string& given) const;
  StoryStore::Put put(Article article, std::string* id);
  bool remove(std::string_view id);
  std::set<std::string> restore_index();
  void write_notes() const;
  Revision commit(bool repair);
};

}  // namespace store

struct StoryStore::State : store::StoreState {
  using StoreState::StoreState;
};

}  // namespace storymerge

#pragma once
// What did we know when, and what has changed since?
//
// A store is opened on a path and is the memory of a newsroom: articles come in, are replaced and withdrawn; each commit is a
// revision, and what stood in one stays readable while the next is written. Articles in; stories, and what changed in them, out.
//
//   StoryStore store("day.store");
//   store.put(article);                                  // new, known, or the next version of a page
//   store.commit();                                      // all or nothing
//   for (const Change& c : store.since(seen)) { ... }    // what a reader has not seen yet
//
// On disk it is one SQLite file with its journal beside it (PATH-wal, PATH-shm). Every page carries a checksum: a byte that has
// changed on the disk is an Error when it is read, never another answer. Stories are merged when they are asked for.
//
// Stories grow as in a StoryIndex (story/index.h), which a store that is written holds in memory for its live articles; it is
// made anew of the file at the first commit after opening. After repair() the live stories are those that merge_stories makes of the
// live articles, byte for byte up to ids. Before it, a story's furniture and copies are found among its own articles alone.
//
// One object is used by one thread at a time. Any number of objects, in any processes, may read a path beside one that writes.
// Of two that write, the second to commit gets an Error and opens the store again.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/align/alignment.h"
#include "storymerge/base/corpus.h"
#include "storymerge/base/export.h"
#include "storymerge/dedup/duplicates.h"
#include "storymerge/merge/merged_story.h"
#include "storymerge/story/stories.h"

namespace storymerge {

struct StoreOptions {
  DuplicateOptions duplicates{};
  StoryOptions stories{};
  AlignOptions alignment{};
  bool read_only = false;         // the store must be there; put() and what else changes it throws
  std::size_t live = 100'000;     // articles, >= 1: beyond it a commit lets the oldest stories expire
  std::size_t kept_stories = 64;  // merged stories that are kept in memory while they do not change
};

// Counted from 1, one a commit; 0: nothing has been committed.
using Revision = std::uint64_t;
inline constexpr Revision newest = std::numeric_limits<Revision>::max();

// A line of the list of stories.
struct StoryEntry {
  std::string id;
  std::string title;  // of its earliest article
  std::size_t articles = 0;
  std::optional<Time> first_published{};  // absent when no article has a date
  std::optional<Time> last_published{};
  Revision changed = 0;  // when articles last came or went
  bool live = true;      // false: expired
};

struct StoryFilter {
  Revision as_of = newest;
  Revision changed_since = 0;  // only those that changed after it
  bool expired = false;        // the archive, too
  std::size_t limit = std::numeric_limits<std::size_t>::max();
};

// A story as of a revision. Its spans and article indices are those of `corpus`, which holds its articles and no others.
struct StoredStory {
  Corpus corpus;
  MergedStory story;
};

struct Change {
  enum class Kind : std::uint8_t {
    founded,          // a story that was not there; its claims are not told one by one
    grown,            // articles came: `before` and `after` of them
    shrunk,           // articles went
    merged,           // `other` now leads to `story`
    parted,           // `other` was a part of `story`
    ended,            // nothing of it is left
    expired,          // out of the live stories, still in the archive
    replaced,         // article `other` by its next version, `text`
    withdrawn,        // article `other`
    claim_new,        // `other`: its id; `text`: its wording
    claim_gone,       // `text`: the id of the claim that now holds its passage, where one does
    claim_gained,     // origins, `before` and `after`
    claim_lost,       // origins
    superseded,       // values of claim `other` were overtaken; `text`: what of, and the values, oldest first
    dispute_opened,   // sources conflict over claim `other`; `text`: what over, and the values
    dispute_settled,  // they no longer do
  };
  Kind kind = Kind::founded;
  std::string story;  // id; "" for a withdrawn article that was in none
  std::string other{};
  std::string text{};
  std::uint32_t before = 0, after = 0;

  friend bool operator==(const Change&, const Change&) = default;
};
STORYMERGE_EXPORT std::string_view word_for(Change::Kind kind);  // "claim gained", ...

class STORYMERGE_EXPORT StoryStore {
 public:
  // Opens the store, or makes one; ":memory:" is one that goes with the object. Errors: io when the file cannot be opened, or
  // written though it should; bad_input when it is no store or is damaged; incompatible when a newer storymerge made it, with
  // both versions; bad_option.
  explicit StoryStore(const std::string& path, StoreOptions options = {});
  StoryStore(StoryStore&&) noexcept;
  StoryStore& operator=(StoryStore&&) noexcept;
  ~StoryStore();  // what is not committed is gone

  // All that changes the store waits for commit(). A call that throws leaves the store as it was before it.

  enum class Put : std::uint8_t {
    added,    // a new article
    known,    // the same text again under its id or link: nothing happens
    version,  // of a page that is known by its id, or by its outlet's link: the one before is replaced by it
  };
  // A version that comes under its page's id is called id@2, id@3, ...; one without an id is named as read_articles does.
  // `id` is told what it is called, or, when it is known, what it was. Errors: bad_input as for a Corpus; io when the store is
  // read-only.
  Put put(Article article, std::string* id = nullptr);

  // Withdraws the article with this id: its text goes from every revision and, once no reader looks at an older one, from the
  // file. False when there is none.
  bool remove(std::string_view id);

  // Lets stories go into the archive whose last article is older: nothing joins them any more. An article without a date is as old
  // as the newest one when it came.
  void expire(Time before);

  // What a reader of articles wants to find when it starts again, as how far it has read: written down with the articles, all or
  // nothing, and no part of any revision. An empty value forgets the key.
  void note(std::string key, std::string value);
  // Those written down whose key begins so.
  std::map<std::string, std::string> notes(std::string_view prefix = {}) const;

  // Writes down all of that as one revision, on the disk when it returns; without articles that come or go, none. Errors: io;
  // incompatible when another object has written since this one was opened; whatever a similarity of your own throws.
  // Complexity: for an article, that of StoryIndex::add; the first one also reads all live articles.
  Revision commit();

  // Commits, and groups all live articles anew as a batch does. Complexity: that of group_stories.
  Revision repair();

  Revision revision() const;  // the last one committed, here or elsewhere
  std::size_t size() const;   // articles in it, versions and expired ones too

  // The latest published first, then by id; stories without dates last. Errors: bad_input when the file is damaged.
  std::vector<StoryEntry> stories(const StoryFilter& filter = {}) const;

  // The story with this id, or the one that it leads to: its `aliases` name the ids that lead there. Nothing when there is, or was
  // then, none.
  std::optional<StoredStory> story(std::string_view id, Revision as_of = newest) const;

  // The story that holds an article; "" when there is none.
  std::string story_of(std::string_view article, Revision as_of = newest) const;

  // What changed after a revision, story by story. Complexity: that of merging the stories that changed, then and now.
  std::vector<Change> since(Revision revision) const;

  // Reads every page and record. Errors: bad_input, naming what is damaged.
  void verify() const;

  // All articles in order of arrival, versions too, as JSON Lines that read_articles reads. A store that they are put into one by
  // one, in one commit or many, has the same stories after repair(), up to ids.
  void export_articles(std::ostream& out) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace storymerge

// The store's verbs.
#include <fmt/format.h>

#include <array>

#include "c/session.h"
#include "storymerge/write/json_writer.h"
#include "storymerge/write/writer.h"

namespace {

using namespace storymerge;
using namespace storymerge::c;

StoryStore& store_of(storymerge_session* session) {
  if (!session->store) throw Error(ErrorCode::bad_input, "no store is open; storymerge_store_open opens one");
  return *session->store;
}

void write_entry(std::ostream& out, const StoryEntry& entry) {
  JsonWriter json(out);
  json.begin_object().field("id", entry.id).field("title", entry.title);
  json.field("articles", std::uint64_t{entry.articles});
  if (entry.first_published) json.field("first_published", format_time(*entry.first_published));
  if (entry.last_published) json.field("last_published", format_time(*entry.last_published));
  json.field("changed", entry.changed).field("live", entry.live).end_object().raw("\n").flush();
}

void write_change(std::ostream& out, const Change& change) {
  JsonWriter json(out);
  json.begin_object().field("kind", word_for(change.kind)).field("story", change.story);
  if (!change.other.empty()) json.field("other", change.other);
  if (!change.text.empty()) json.field("text", change.text);
  if (change.before != change.after) json.field("before", change.before).field("after", change.after);
  json.end_object().raw("\n").flush();
}

// By Put: how many articles.
using Puts = std::array<std::uint64_t, 3>;

void write_puts(std::ostream& out, const Puts& puts) {
  const auto of = [&](StoryStore::Put put) { return puts[static_cast<std::size_t>(put)]; };
  JsonWriter json(out);
  json.begin_object().field("added", of(StoryStore::Put::added)).field("version", of(StoryStore::Put::version));
  json.field("known", of(StoryStore::Put::known)).end_object().raw("\n").flush();
}

void hand_over_story(const std::optional<StoredStory>& stored, storymerge_take take, void* context) {
  Lines out(take, context);
  if (stored) write(Format::jsonl, out, stored->corpus, {&stored->story, 1});
}

}  // namespace

storymerge_status storymerge_store_open(storymerge_session* session, const char* path) {
  return guarded(session, [&] {
    if (session->store) throw Error(ErrorCode::bad_input, "a store is open already; storymerge_store_close closes it");
    session->store.emplace(path, session->settings.store_options());
  });
}

storymerge_status storymerge_store_close(storymerge_session* session) {
  return guarded(session, [&] { session->store.reset(); });
}

storymerge_status storymerge_store_put(storymerge_session* session, const char* bytes, size_t size,
                                       storymerge_take take, void* context) {
  return guarded(session, [&] {
    StoryStore& store = store_of(session);
    std::vector<Article> articles;
    read::Collector reading({}, [&](Article&& article) { articles.push_back(std::move(article)); });
    read_lines({bytes, size}, reading);
    Puts puts{};
    for (Article& article : articles) {
      check_stop();
      ++puts[static_cast<std::size_t>(store.put(std::move(article)))];
    }
    Lines out(take, context);
    write_puts(out, puts);
    for (const ReadIssue& issue : reading.take_report().issues) write_issue(out, issue);
  });
}

storymerge_status storymerge_store_remove(storymerge_session* session, const char* id, int* removed) {
  return guarded(session, [&] { *removed = store_of(session).remove(id) ? 1 : 0; });
}

storymerge_status storymerge_store_expire(storymerge_session* session, const char* before) {
  return guarded(session, [&] {
    StoryStore& store = store_of(session);
    const auto time = parse_zoned_time(before);
    if (!time) throw Error(ErrorCode::bad_input, fmt::format("'before' takes a time of RFC 3339; got '{}'", before));
    store.expire(time->time);
  });
}

storymerge_status storymerge_store_commit(storymerge_session* session, uint64_t* revision) {
  return guarded(session, [&] { *revision = store_of(session).commit(); });
}

storymerge_status storymerge_store_repair(storymerge_session* session, uint64_t* revision) {
  return guarded(session, [&] { *revision = store_of(session).repair(); });
}

storymerge_status storymerge_store_revision(storymerge_session* session, uint64_t* revision) {
  return guarded(session, [&] { *revision = store_of(session).revision(); });
}

storymerge_status storymerge_store_list(storymerge_session* session, uint64_t as_of, uint64_t changed_since,
                                        int expired, storymerge_take take, void* context) {
  return guarded(session, [&] {
    Lines out(take, context);
    for (const StoryEntry& entry : store_of(session).stories({as_of, changed_since, expired != 0}))
      write_entry(out, entry);
  });
}

storymerge_status storymerge_store_story(storymerge_session* session, const char* id, uint64_t as_of,
                                         storymerge_take take, void* context) {
  return guarded(session, [&] { hand_over_story(store_of(session).story(id, as_of), take, context); });
}

storymerge_status storymerge_store_story_of(storymerge_session* session, const char* article, uint64_t as_of,
                                            storymerge_take take, void* context) {
  return guarded(session, [&] {
    const StoryStore& store = store_of(session);
    hand_over_story(store.story(store.story_of(article, as_of), as_of), take, context);
  });
}

storymerge_status storymerge_store_since(storymerge_session* session, uint64_t revision, storymerge_take take,
                                         void* context) {
  return guarded(session, [&] {
    Lines out(take, context);
    for (const Change& change : store_of(session).since(revision)) write_change(out, change);
  });
}

storymerge_status storymerge_store_verify(storymerge_session* session) {
  return guarded(session, [&] { store_of(session).verify(); });
}

storymerge_status storymerge_store_export(storymerge_session* session, storymerge_take take, void* context) {
  return guarded(session, [&] {
    Lines out(take, context);
    store_of(session).export_articles(out);
    out.flush();
  });
}

#include "serve/snapshot.h"

#include <storymerge/base/time.h>
#include <storymerge/write/json_writer.h>
#include <storymerge/write/word_for.h>
#include <storymerge/write/writer.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "serve/feeds.h"

namespace examples::serve {
namespace {

using storymerge::JsonWriter;
using storymerge::MergedStory;
using storymerge::PageDetail;
using storymerge::PageUse;
using storymerge::StoredStory;
using storymerge::StoryEntry;

constexpr const char* json_type = "application/json";

std::string json_line(const StoredStory& stored) {
  std::ostringstream out;
  storymerge::Writer writer(storymerge::Format::jsonl, out, stored.corpus);
  writer.add(stored.story);
  writer.finish();
  return std::move(out).str();
}

std::string list_line(const StoryEntry& entry, const StoredStory& stored) {
  std::ostringstream out;
  JsonWriter json(out);
  json.begin_object().field("id", entry.id).field("title", stored.story.title);
  json.field("articles", std::uint64_t{entry.articles}).field("origins", std::uint64_t{stored.story.origins.size()});
  json.field("claims", std::uint64_t{stored.story.claims.size()});
  json.field("disputes", std::uint64_t{stored.story.disputes.size()});
  if (entry.first_published) json.field("first_published", storymerge::format_time(*entry.first_published));
  if (entry.last_published) json.field("last_published", storymerge::format_time(*entry.last_published));
  json.field("changed", entry.changed).end_object().flush();
  return std::move(out).str();
}

// What is told, and on how many words.
std::string told_by(const MergedStory& story) {
  std::string out;
  for (const storymerge::MergedClaim& claim : story.claims) {
    out += claim.id + ' ' + std::to_string(claim.origin_count) + ' ' + std::string(word_for(claim.status)) + '\n';
  }
  for (const storymerge::MergedDispute& dispute : story.disputes) {
    for (const storymerge::MergedValue& value : dispute.values) out += value.value + '\n';
  }
  return out;
}

std::string feed_text(const StoredStory& stored) {
  std::string out;
  for (const std::vector<std::uint32_t>& paragraph : stored.story.summary) {
    for (const std::uint32_t c : paragraph) {
      out.append(stored.corpus.quote(stored.story.claims[c].support.front().span)).append(" ");
    }
    out.back() = '\n';
    out += '\n';
  }
  std::set<std::string_view> outlets;
  for (const storymerge::Origin& origin : stored.story.origins) outlets.insert(stored.corpus[origin.original].source);
  outlets.erase("");
  std::string_view between = "Sources: ";
  for (const std::string_view outlet : outlets) {
    out.append(between).append(outlet);
    between = ", ";
  }
  return out;
}

std::shared_ptr<const ServedStory> serve_story(const StoryEntry& entry, const StoredStory& stored, PageDetail detail,
                                               const ServedStory* before, const Snapshot& snapshot) {
  auto out = std::make_shared<ServedStory>();
  out->id = entry.id;
  out->aliases = stored.story.aliases;
  out->changed = entry.changed;
  out->step = snapshot.step;
  out->json = make_body(json_type, json_line(stored));
  out->line = list_line(entry, stored);
  out->detail = detail;
  out->page = page_story(stored.corpus, stored.story, detail);
  out->told = told_by(stored.story);
  out->title = stored.story.title;
  out->text = feed_text(stored);
  out->founded = entry.first_published ? Clock::time_point(*entry.first_published)
                 : before              ? before->founded
                                       : snapshot.made;
  // At the start nobody knows when a story last changed: its last article tells.
  if (before == nullptr) {
    out->updated = entry.last_published ? Clock::time_point(*entry.last_published) : snapshot.made;
  } else {
    out->updated = before->told == out->told ? before->updated : snapshot.made;
  }
  return out;
}

std::string live_part(const Snapshot& snapshot) {
  std::ostringstream out;
  JsonWriter json(out, JsonWriter::Escaping::markup);
  json.raw("<script type=\"application/json\" id=\"live\">");
  json.begin_object().field("revision", snapshot.revision);
  if (!snapshot.complete) json.field("step", snapshot.step);
  json.key("stories").begin_array();
  for (const auto& story : snapshot.stories) json.begin_array().value(story->id).value(story->changed).end_array();
  json.end_array().end_object().raw("</script>\n").flush();
  return std::move(out).str();
}

void make_bodies(Snapshot& snapshot, const std::string& address) {
  std::string page = page_opening(PageUse::served) + live_part(snapshot);
  std::string list = "{\"revision\":" + std::to_string(snapshot.revision) + ",\"stories\":[";
  for (const auto& story : snapshot.stories) {
    page += story->page;
    if (story != snapshot.stories.front()) list += ",\n";
    list += story->line;
  }
  snapshot.page = make_body("text/html; charset=utf-8", page + page_closing(PageUse::served),
                            page_policy(PageUse::served) + "; frame-ancestors 'none'");
  snapshot.list = make_body(json_type, list + "]}\n");
  snapshot.json_feed = make_body("application/feed+json", json_feed(snapshot, address));
  snapshot.atom_feed = make_body("application/atom+xml", atom_feed(snapshot, address));
}

}  // namespace

std::shared_ptr<const Snapshot> take_snapshot(const storymerge::StoryStore& store, const Snapshot* before,
                                              std::size_t most, const std::function<bool(std::size_t)>& enough,
                                              const std::string& address, Clock::time_point now) {
  auto out = std::make_shared<Snapshot>();
  out->revision = store.revision();
  out->began = before != nullptr ? before->began : out->revision;
  out->step = before != nullptr ? before->step + 1 : 1;
  out->made = now;
  storymerge::StoryFilter newest;
  newest.as_of = out->revision;
  newest.limit = most;
  const std::vector<StoryEntry> entries = store.stories(newest);
  const PageDetail detail = entries.size() > storymerge::whole_page_stories ? PageDetail::brief : PageDetail::whole;
  std::size_t merged = 0;
  for (const StoryEntry& entry : entries) {
    std::shared_ptr<const ServedStory> story;
    if (before != nullptr) {
      if (const auto known = before->by_id.find(entry.id); known != before->by_id.end()) story = known->second;
    }
    const bool same = story && story->id == entry.id && story->changed == entry.changed && story->detail == detail;
    if (!same) {
      out->complete = out->complete && !enough(merged);
    }
    if (!same && !out->complete && !(story && story->id == entry.id)) continue;  // an older state of it is kept
    if (!same && out->complete) {
      const std::optional<StoredStory> stored = store.story(entry.id, out->revision);
      ++merged;
      if (!stored) continue;
      // At the start, and for a story that is new since: what is not known has not changed.
      ServedStory founded;
      founded.founded = now;
      const ServedStory* old = story ? story.get() : entry.changed > out->began ? &founded : nullptr;
      story = serve_story(entry, *stored, detail, old, *out);
    }
    for (const std::string& alias : story->aliases) out->by_id[alias] = story;
    out->by_id[entry.id] = story;
    out->stories.push_back(std::move(story));
  }
  make_bodies(*out, address);
  return out;
}

std::string page_changes(const Snapshot& snapshot, storymerge::Revision since, std::optional<std::uint64_t> step) {
  std::string out = live_part(snapshot);
  for (const auto& story : snapshot.stories) {
    if (story->changed > since || (step && story->step > *step)) out += story->page;
  }
  return out;
}

SharedBody story_json(const storymerge::StoryStore& store, const std::string& id) {
  const std::optional<StoredStory> stored = store.story(id);
  return stored ? make_body(json_type, json_line(*stored)) : nullptr;
}

SharedBody changes_json(const storymerge::StoryStore& store, storymerge::Revision since) {
  const storymerge::Revision now = store.revision();
  std::ostringstream out;
  JsonWriter json(out);
  json.begin_object().field("revision", now).field("since", since).key("changes").begin_array();
  for (const storymerge::Change& change : store.since(since)) {
    json.begin_object().field("kind", word_for(change.kind)).field("story", change.story);
    if (!change.other.empty()) json.field("other", change.other);
    if (!change.text.empty()) json.field("text", change.text);
    if (change.before != 0 || change.after != 0) json.field("before", change.before).field("after", change.after);
    json.end_object();
  }
  json.end_array().end_object().raw("\n").flush();
  return make_body(json_type, std::move(out).str());
}

}  // namespace examples::serve

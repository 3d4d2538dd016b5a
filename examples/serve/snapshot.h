#pragma once
// What is served: all live stories of a store as of one revision, made once for all clients.

#include <storymerge/store/story_store.h>
#include <storymerge/write/page.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "serve/body.h"

namespace examples::serve {

using Clock = std::chrono::system_clock;

// A story as clients read it.
struct ServedStory {
  std::string id;
  std::vector<std::string> aliases;  // ids that lead to it
  storymerge::Revision changed = 0;
  std::uint64_t step = 0;  // of the snapshot for which it was made
  SharedBody json;         // one object, as in JSON Lines
  std::string line;        // of /stories.json
  std::string page;        // its part of the page
  storymerge::PageDetail detail = storymerge::PageDetail::whole;
  std::string told;         // changes when a claim or a value does
  std::string title, text;  // of the feeds: what the summary tells, by whom
  Clock::time_point founded, updated;
};

struct Snapshot {
  storymerge::Revision revision = 0;
  storymerge::Revision began = 0;  // the revision of the first one
  std::uint64_t step = 1;          // how many there were, with this one
  bool complete = true;            // no story of the revision is missing: merging many takes its time
  Clock::time_point made;          // when this revision was first seen
  std::vector<std::shared_ptr<const ServedStory>> stories;                       // the newest first
  std::map<std::string, std::shared_ptr<const ServedStory>, std::less<>> by_id;  // and by the ids that lead to it
  SharedBody page, list, json_feed, atom_feed;
};

// Of the newest `most` stories. What has not changed since `before` (may be null) is taken over; of the others as many are merged,
// the newest first, as `enough` (given how many were) wants. `address`: "http://127.0.0.1:8080/".
std::shared_ptr<const Snapshot> take_snapshot(const storymerge::StoryStore& store, const Snapshot* before,
                                              std::size_t most, const std::function<bool(std::size_t)>& enough,
                                              const std::string& address, Clock::time_point now);

// What a page that was opened at a revision needs to be as this one: storymerge/write/page.h. One that was made of a snapshot that
// was not complete says so by its step.
std::string page_changes(const Snapshot& snapshot, storymerge::Revision since, std::optional<std::uint64_t> step);

// A story that is not among those, as of now; null when there is none. Changes since a revision, as JSON.
SharedBody story_json(const storymerge::StoryStore& store, const std::string& id);
SharedBody changes_json(const storymerge::StoryStore& store, storymerge::Revision since);

}  // namespace examples::serve

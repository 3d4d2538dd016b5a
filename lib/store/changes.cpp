// What has changed between two revisions? Stories by their members, claims and disputes by comparing what was told.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "store/schema.h"
#include "store/state.h"

namespace storymerge {

using store::Query;
using store::still;
using store::StoryVersion;
using Kind = Change::Kind;

std::string_view word_for(Change::Kind kind) {
  static constexpr std::array<std::string_view, 16> names = {
      "founded",    "grown",      "shrunk",         "merged",         "parted",     "ended",
      "expired",    "replaced",   "withdrawn",      "claim new",      "claim gone", "claim gained",
      "claim lost", "superseded", "dispute opened", "dispute settled"};
  return names[static_cast<std::size_t>(kind)];
}

namespace {

std::uint32_t count_of(std::size_t n) { return static_cast<std::uint32_t>(n); }

// What is compared of a claim.
struct Told {
  std::string text;
  std::uint32_t origins = 0;
  std::vector<std::pair<std::string, std::string>> passages;  // article and words, the founder among them
  std::vector<std::string> conflicts, updates;                // what of, and the values
};

std::string values_of(const MergedDispute& dispute) {
  std::string out = dispute.about;
  for (const MergedValue& v : dispute.values)
    out += fmt::format("{}{}", &v == &dispute.values[0] ? ": " : ", ", v.value);
  return out;
}

using Claims = std::map<std::string, Told>;  // by id

Claims claims_of(const StoredStory& stored) {
  Claims out;
  std::vector<Told*> by_position;
  for (const MergedClaim& claim : stored.story.claims) {
    Told& told = out[claim.id];
    by_position.push_back(&told);
    told.text = stored.corpus.quote(claim.support.front().span);
    told.origins = claim.origin_count;
    for (const Support& s : claim.support) {
      told.passages.emplace_back(stored.corpus[s.span.article].id, stored.corpus.quote(s.span));
    }
  }
  for (const MergedDispute& dispute : stored.story.disputes) {
    Told& told = *by_position[dispute.claim];
    (dispute.resolution == Resolution::conflict ? told.conflicts : told.updates).push_back(values_of(dispute));
  }
  return out;
}

class Comparing {
 public:
  Comparing(store::StoreState& state, std::uint64_t from, std::uint64_t to)
      : state_(state), database_(state.database), from_(from), to_(to) {}

  std::vector<Change> run() {
    withdrawn();
    for (const std::string& id : changed()) compare(id);
    return std::move(out_);
  }

 private:
  // Stories in order of their ids.
  std::set<std::string> changed() const {
    std::set<std::string> out;
    Query statement(database_,
                    "SELECT id FROM story WHERE since > ?1 AND since <= ?2 "
                    "UNION SELECT id FROM story WHERE until > ?1 AND until <= ?2");
    statement.with(from_, to_);
    while (statement.step()) out.insert(statement.text(0));
    return out;
  }

  void withdrawn() {
    Query statement(database_, "SELECT id, story FROM withdrawn WHERE since > ? AND since <= ? ORDER BY since, number");
    statement.with(from_, to_);
    while (statement.step()) add(Kind::withdrawn, statement.text(1), statement.text(0));
  }

  struct State {  // of one story at one revision
    std::optional<StoryVersion> version;
    std::size_t articles = 0;
    bool live = true;
  };
  State state_at(const std::string& id, std::uint64_t revision) const {
    Query statement(database_, "SELECT since, articles, live FROM story WHERE id = ? AND since <= ?2 AND until > ?2");
    if (!statement.with(id, revision).step()) return {};
    return {StoryVersion{id, statement.number(0)}, static_cast<std::size_t>(statement.number(1)),
            statement.number(2) != 0};
  }

  void compare(const std::string& id) {
    const State before = state_at(id, from_), after = state_at(id, to_);
    if (!after.version) {
      if (!before.version) return;  // came and went
      const std::optional<StoryVersion> now = state_.resolve(id, to_);
      now ? add(Kind::merged, now->id, id) : add(Kind::ended, id);
      return;
    }
    const std::set<std::string> sources = sources_of(id);
    if (!before.version) {
      const std::string* parent = nullptr;
      for (const std::string& source : sources) {
        if (state_at(source, to_).version) parent = &source;
      }
      if (parent != nullptr) {
        add(Kind::parted, *parent, id);
      } else {
        add(Kind::founded, id, "", "", 0, count_of(after.articles));
      }
    } else {
      if (after.articles > before.articles) sizes(Kind::grown, id, before, after);
      if (after.articles < before.articles) sizes(Kind::shrunk, id, before, after);
      if (before.live && !after.live) add(Kind::expired, id);
    }
    replaced(id);
    if (!sources.empty()) compare_claims(id, *after.version, sources);
  }

  void sizes(Kind kind, const std::string& id, const State& before, const State& after) {
    add(kind, id, "", "", count_of(before.articles), count_of(after.articles));
  }

  // The stories that its articles were in.
  std::set<std::string> sources_of(const std::string& id) const {
    Query statement(database_,
                    "SELECT DISTINCT old.story FROM member AS new JOIN member AS old USING (article) "
                    "WHERE new.story = ?1 AND new.since <= ?3 AND new.until > ?3 "
                    "AND old.since <= ?2 AND old.until > ?2");
    statement.with(id, from_, to_);
    std::set<std::string> out;
    while (statement.step()) out.insert(statement.text(0));
    return out;
  }

  void replaced(const std::string& id) {
    Query statement(database_,
                    "SELECT old.id, new.id FROM member JOIN replaced USING (article) "
                    "JOIN article AS old ON old.number = article JOIN article AS new ON new.number = by "
                    "WHERE story = ?1 AND member.since <= ?3 AND until > ?3 "
                    "AND replaced.since > ?2 AND replaced.since <= ?3 ORDER BY old.number");
    statement.with(id, from_, to_);
    while (statement.step()) add(Kind::replaced, id, statement.text(0), statement.text(1));
  }

  void compare_claims(const std::string& id, const StoryVersion& version, const std::set<std::string>& sources) {
    const StoredStory& now = state_.merged(version);
    const Claims after = claims_of(now);
    Claims before;
    for (const std::string& source : sources) {
      for (auto& [claim, told] : claims_of(state_.merge(*state_at(source, from_).version))) {
        const bool here = std::any_of(told.passages.begin(), told.passages.end(),
                                      [&](const auto& p) { return now.corpus.find(p.first).has_value(); });
        if (here) before.emplace(claim, std::move(told));
      }
    }
    std::map<std::pair<std::string, std::string>, std::string> holder;  // of a passage: the claim that holds it now
    for (const auto& [claim, told] : after) {
      for (const auto& passage : told.passages) holder.emplace(passage, claim);
    }
    for (const auto& [claim, told] : before) {
      if (after.contains(claim)) continue;
      const auto held =
          std::find_if(told.passages.begin(), told.passages.end(), [&](const auto& p) { return holder.contains(p); });
      add(Kind::claim_gone, id, claim, held == told.passages.end() ? "" : holder.at(*held));
    }
    static const Told nothing;
    for (const auto& [claim, told] : after) {
      const auto old = before.find(claim);
      if (old == before.end()) add(Kind::claim_new, id, claim, told.text, 0, told.origins);
      compare(id, claim, old == before.end() ? nothing : old->second, told, old == before.end());
    }
  }

  void compare(const std::string& id, const std::string& claim, const Told& before, const Told& after, bool is_new) {
    if (!is_new && after.origins != before.origins) {
      add(after.origins > before.origins ? Kind::claim_gained : Kind::claim_lost, id, claim, after.text, before.origins,
          after.origins);
    }
    const auto fresh = [&](Kind kind, const std::vector<std::string>& old, const std::vector<std::string>& now) {
      for (const std::string& values : now) {
        if (std::find(old.begin(), old.end(), values) == old.end()) add(kind, id, claim, values);
      }
    };
    fresh(Kind::superseded, before.updates, after.updates);
    fresh(Kind::dispute_opened, before.conflicts, after.conflicts);
    if (!before.conflicts.empty() && after.conflicts.empty())
      add(Kind::dispute_settled, id, claim, before.conflicts[0]);
  }

  void add(Kind kind, const std::string& story, std::string other = {}, std::string text = {}, std::uint32_t before = 0,
           std::uint32_t after = 0) {
    out_.push_back({kind, story, std::move(other), std::move(text), before, after});
  }

  store::StoreState& state_;
  const store::Database& database_;
  const std::uint64_t from_, to_;
  std::vector<Change> out_;
};

}  // namespace

std::vector<Change> StoryStore::since(Revision revision) const {
  const store::Transaction transaction(state_->database, store::Transaction::Kind::read);
  return Comparing(*state_, revision, state_->newest_revision()).run();
}

}  // namespace storymerge

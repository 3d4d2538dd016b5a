#include "storymerge/store/story_store.h"

#include <fmt/format.h>

#include <cstdlib>

#include "align/alignment.h"
#include "dedup/voices.h"
#include "store/checked_pages.h"
#include "store/records.h"
#include "store/schema.h"
#include "store/state.h"
#include "story/grouping.h"
#include "story/learned.h"
#include "storymerge/base/error.h"
#include "storymerge/write/json_writer.h"

namespace storymerge {

using store::Query;
using store::Transaction;

namespace {

constexpr int application = 0x53544D47;  // "STMG", in the file's header

std::int64_t number_of(const store::Database& database, const char* sql) {
  Query statement(database, sql);
  statement.step();
  return statement.number(0);
}

std::int64_t version_of(const store::Database& database) { return number_of(database, "PRAGMA user_version"); }

// Of a new file, or of one of an older version: all or nothing, and once, whoever else opens it.
void make_tables(const store::Database& database) {
  Transaction transaction(database, Transaction::Kind::write);
  if (number_of(database, "SELECT count(*) FROM sqlite_schema") == 0) {
    database.run(store::schema);
    database.run(fmt::format("PRAGMA application_id = {}", application).c_str());
  } else {
    for (auto v = version_of(database); v < store::schema_version; ++v) {
      database.run(store::migrations[static_cast<std::size_t>(v - 1)]);
    }
  }
  database.run(fmt::format("PRAGMA user_version = {}", store::schema_version).c_str());
  transaction.commit();
}

// A new file becomes a store; an old one is looked at.
void prepare(const store::Database& database, bool read_only) {
  if (!read_only) {
    int reserved = store::reserved;
    sqlite3_file_control(database.handle(), nullptr, SQLITE_FCNTL_RESERVE_BYTES, &reserved);
    database.run(fmt::format("PRAGMA page_size = {}; PRAGMA journal_mode = WAL", store::page_size).c_str());
    database.run("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
  }
  database.run("PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY");
  const bool is_new = !read_only && number_of(database, "SELECT count(*) FROM sqlite_schema") == 0;
  if (!is_new && number_of(database, "PRAGMA application_id") != application) {
    throw Error(ErrorCode::bad_input, fmt::format("'{}' is no store", database.path()));
  }
  if (!read_only && version_of(database) < store::schema_version) make_tables(database);
  if (const std::int64_t version = version_of(database); version != store::schema_version) {
    throw Error(ErrorCode::incompatible,
                fmt::format("store '{}' has version {} of the tables, this storymerge {}{}", database.path(), version,
                            store::schema_version,
                            version < store::schema_version ? ": open it once to write, that brings it up" : ""));
  }
}

// Before a file is made.
StoreOptions checked(StoreOptions options) {
  if (options.live == 0) throw Error(ErrorCode::bad_option, "live is 0, and must be 1 or more");
  check(options.duplicates);
  rules_of(options.stories);
  align::check(options.alignment);
  return options;
}

}  // namespace

store::StoreState::StoreState(const std::string& path, StoreOptions given)
    : options(checked(std::move(given))), database(path, options.read_only) {
  prepare(database, options.read_only);
  if (options.read_only) return;
  load();
}

StoryStore::StoryStore(const std::string& path, StoreOptions options)
    : state_(std::make_unique<State>(path, std::move(options))) {}
StoryStore::StoryStore(StoryStore&&) noexcept = default;
StoryStore& StoryStore::operator=(StoryStore&&) noexcept = default;
StoryStore::~StoryStore() = default;

StoryStore::Put StoryStore::put(Article article, std::string* id) { return state_->put(std::move(article), id); }
bool StoryStore::remove(std::string_view id) { return state_->remove(id); }

void StoryStore::expire(Time before) {
  state_->must_write("expire");
  state_->waiting.expire = std::max(before, state_->waiting.expire.value_or(before));
}

void StoryStore::note(std::string key, std::string value) {
  state_->must_write("note");
  state_->waiting.notes[std::move(key)] = std::move(value);
}

std::map<std::string, std::string> StoryStore::notes(std::string_view prefix) const {
  Query statement(state_->database, "SELECT key, value FROM note WHERE key >= ? ORDER BY key");
  statement.with(prefix);
  std::map<std::string, std::string> out;
  while (statement.step() && statement.bytes(0).starts_with(prefix)) out[statement.text(0)] = statement.text(1);
  return out;
}

Revision StoryStore::commit() { return state_->commit(false); }
Revision StoryStore::repair() { return state_->commit(true); }

Revision StoryStore::revision() const { return state_->newest_revision(); }

std::size_t StoryStore::size() const {
  return static_cast<std::size_t>(number_of(state_->database, "SELECT count(*) FROM article"));
}

std::vector<StoryEntry> StoryStore::stories(const StoryFilter& filter) const {
  const Transaction transaction(state_->database, Transaction::Kind::read);
  return state_->list(filter);
}

std::optional<StoredStory> StoryStore::story(std::string_view id, Revision as_of) const {
  const Transaction transaction(state_->database, Transaction::Kind::read);
  const std::uint64_t revision = state_->revision_at(as_of);
  const std::optional<store::StoryVersion> version = state_->resolve(std::string(id), revision);
  if (!version) return std::nullopt;
  StoredStory out = state_->merged(*version);
  out.story.aliases = state_->aliases_of(version->id, revision);
  return out;
}

std::string StoryStore::story_of(std::string_view article, Revision as_of) const {
  const Transaction transaction(state_->database, Transaction::Kind::read);
  const std::uint64_t revision = state_->revision_at(as_of);
  Query statement(state_->database,
                  "SELECT story FROM member JOIN article ON number = article "
                  "WHERE id = ? AND since <= ?2 AND until > ?2");
  return statement.with(article, revision).step() ? statement.text(0) : "";
}

void StoryStore::verify() const {
  const Transaction transaction(state_->database, Transaction::Kind::read);
  Query check(state_->database, "PRAGMA integrity_check(1)");
  if (!check.step() || check.bytes(0) != "ok") {
    throw Error(ErrorCode::bad_input, fmt::format("store '{}' is damaged: {}", state_->database.path(), check.text(0)));
  }
  Query articles(state_->database, "SELECT record FROM article");
  while (articles.step()) store::read_article(articles.bytes(0));
  Query furniture(state_->database, "SELECT record FROM furniture");
  while (furniture.step()) store::read_furniture(furniture.bytes(0));
  Query copies(state_->database, "SELECT record FROM copies");
  while (copies.step()) store::read_copies(copies.bytes(0));
  Query learned(state_->database, "SELECT record FROM learned");
  while (learned.step()) unpack(learned.bytes(0));
}

namespace {

// With the clock of the outlet, where that is known.
std::string written(const Article& article) {
  if (!article.published_offset) return format_time(*article.published);
  std::string out = format_time(*article.published + *article.published_offset);
  const auto minutes = article.published_offset->count();
  out.back() = minutes < 0 ? '-' : '+';
  return out + fmt::format("{:02}:{:02}", std::abs(minutes) / 60, std::abs(minutes) % 60);
}

}  // namespace

void StoryStore::export_articles(std::ostream& out) const {
  const Transaction transaction(state_->database, Transaction::Kind::read);
  Query articles(state_->database, "SELECT given, record FROM article ORDER BY number");
  JsonWriter json(out);
  while (articles.step()) {
    const Article article = store::read_article(articles.bytes(1));
    json.begin_object().field("id", articles.text(0));
    for (const auto& [key, value] :
         {std::pair("title", &article.title), std::pair("source", &article.source), std::pair("url", &article.url),
          std::pair("language", &article.language), std::pair("author", &article.author)}) {
      if (!value->empty()) json.field(key, *value);
    }
    if (article.published) json.field("published", written(article));
    json.field("text", article.text).end_object().raw("\n");
  }
}

}  // namespace storymerge

#include "store/database.h"

#include <fmt/format.h>

#include "store/checked_pages.h"
#include "storymerge/base/error.h"

namespace storymerge::store {

void fail(const std::string& path, int code, const char* what) {
  if (code == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM) throw std::bad_alloc();
  const int primary = code & 0xFF;
  if (code == SQLITE_IOERR_DATA || primary == SQLITE_CORRUPT) {
    throw Error(ErrorCode::bad_input,
                fmt::format("store '{}' is damaged: {}", path,
                            code == SQLITE_IOERR_DATA ? "a page's checksum does not match" : what));
  }
  if (primary == SQLITE_NOTADB) throw Error(ErrorCode::bad_input, fmt::format("'{}' is no store, or is damaged", path));
  throw Error(ErrorCode::io, fmt::format("store '{}': {}", path, what));
}

Database::Database(const std::string& path, bool read_only) : path_(path) {
  if (path.empty()) throw Error(ErrorCode::io, "a store needs a path");
  sqlite3* handle = nullptr;
  const int flags = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const std::string name = path[0] == '/' || path[0] == ':' ? path : "./" + path;  // never SQLite's URI
  const int code =
      sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, checked_pages());
  handle_.reset(handle);
  if (code != SQLITE_OK) fail(path_, code, handle == nullptr ? "no memory" : sqlite3_errmsg(handle));
  if (!read_only && sqlite3_db_readonly(handle, "main") == 1) {
    throw Error(ErrorCode::io, fmt::format("store '{}' cannot be written", path_));
  }
  sqlite3_busy_timeout(handle, 5000);
}

void Database::run(const char* sql) const { check(sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr)); }

Query::Query(const Database& database, std::string_view sql) : database_(&database) {
  sqlite3_stmt* handle = nullptr;
  database.check(sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                    SQLITE_PREPARE_PERSISTENT, &handle, nullptr));
  handle_.reset(handle);
}

bool Query::step() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  sqlite3_reset(handle_.get());
  if (code != SQLITE_DONE) database_->check(code);
  return false;
}

void Query::run() {
  while (step()) {
  }
}

void Query::bind(int at, std::string_view text) {
  database_->check(sqlite3_bind_blob64(handle_.get(), at, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC));
}
void Query::bind(int at, std::int64_t number) { database_->check(sqlite3_bind_int64(handle_.get(), at, number)); }
void Query::bind(int at, const std::optional<std::int64_t>& number) {
  database_->check(number ? sqlite3_bind_int64(handle_.get(), at, *number) : sqlite3_bind_null(handle_.get(), at));
}

Transaction::Transaction(const Database& database, Kind kind) : database_(database), back_(database, "ROLLBACK") {
  if (sqlite3_get_autocommit(database.handle()) == 0) back_.run();  // one that could not be taken back
  database.run(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN");
}
Transaction::~Transaction() {
  if (open_) back_.try_run();
}
void Transaction::commit() {
  database_.run("COMMIT");
  open_ = false;
}

}  // namespace storymerge::store

#pragma once
// SQLite as the store uses it: errors are thrown, handles close themselves, every page is checked.

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace storymerge::store {

// Throws Error for a result code, with what SQLite says of it. `path` names the store.
[[noreturn]] void fail(const std::string& path, int code, const char* what);

class Database {
 public:
  // Errors: io, bad_input.
  Database(const std::string& path, bool read_only);

  sqlite3* handle() const { return handle_.get(); }
  const std::string& path() const { return path_; }
  void run(const char* sql) const;
  void check(int code) const {
    if (code != SQLITE_OK) fail(path_, sqlite3_extended_errcode(handle()), sqlite3_errmsg(handle()));
  }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::string path_;
  std::unique_ptr<sqlite3, Close> handle_;
};

// A prepared statement: bind in order, then step through its rows; or run it. Bound texts and blobs must outlive that.
class Query {
 public:
  Query(const Database& database, std::string_view sql);

  template <class... Values>
  Query& with(const Values&... values) {
    sqlite3_reset(handle_.get());
    int at = 0;
    (bind(++at, values), ...);
    return *this;
  }
  bool step();  // false when there is no further row; it is reset then
  void run();   // for those without rows
  void try_run() noexcept { sqlite3_step(handle_.get()), sqlite3_reset(handle_.get()); }

  std::int64_t number(int column) const { return sqlite3_column_int64(handle_.get(), column); }
  bool is_null(int column) const { return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL; }
  std::string_view bytes(int column) const {  // valid until the next step
    const void* data = sqlite3_column_blob(handle_.get(), column);
    return {static_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
  }
  std::string text(int column) const { return std::string(bytes(column)); }

 private:
  void bind(int at, std::string_view text);
  void bind(int at, std::int64_t number);
  void bind(int at, const std::string& text) { bind(at, std::string_view(text)); }
  void bind(int at, std::uint64_t number) { bind(at, static_cast<std::int64_t>(number)); }
  void bind(int at, const std::optional<std::int64_t>& number);

  struct Finalize {
    void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
  };
  const Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

// From its making to commit(), or to its end, which takes all back.
class Transaction {
 public:
  enum class Kind { read, write };
  Transaction(const Database& database, Kind kind);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  const Database& database_;
  Query back_;  // prepared: it shall not want for memory
  bool open_ = true;
};

}  // namespace storymerge::store

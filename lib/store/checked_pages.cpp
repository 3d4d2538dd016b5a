#include "store/checked_pages.h"

#include <sqlite3.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "support/hash.h"

namespace storymerge::store {
namespace {

// What SQLite allots for a file of ours; the file below stands in memory of its own.
struct File {
  sqlite3_file base;
  sqlite3_file* below;
  bool checked;  // a store's pages; the journal is passed through
};

sqlite3_file* below(sqlite3_file* file) { return reinterpret_cast<File*>(file)->below; }
bool is_checked(sqlite3_file* file) { return reinterpret_cast<File*>(file)->checked; }

// The place is part of the hash: a page that stands where another belongs is wrong, too.
std::uint64_t hash_of(const unsigned char* page, sqlite3_int64 offset) {
  const std::string_view bytes(reinterpret_cast<const char*>(page), page_size - reserved);
  return mix64(hash_bytes(bytes) + static_cast<std::uint64_t>(offset));
}

bool is_whole(const unsigned char* page, sqlite3_int64 offset) {
  std::uint64_t written = 0;
  std::memcpy(&written, page + page_size - reserved, reserved);
  return written == hash_of(page, offset);
}

int read_page(sqlite3_file* file, unsigned char* page, sqlite3_int64 offset) {
  const int code = below(file)->pMethods->xRead(below(file), page, page_size, offset);
  if (code != SQLITE_OK) return code;
  return is_whole(page, offset) ? SQLITE_OK : SQLITE_IOERR_DATA;
}

int read(sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
  if (!is_checked(file)) return below(file)->pMethods->xRead(below(file), to, amount, offset);
  auto* out = static_cast<unsigned char*>(to);
  if (amount % page_size == 0 && offset % page_size == 0) {
    for (int at = 0; at < amount; at += page_size) {
      const int code = read_page(file, out + at, offset + at);
      if (code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
  }
  // A piece of a page: the header of the file.
  const int begin = static_cast<int>(offset % page_size);
  if (begin + amount > page_size) return SQLITE_IOERR_DATA;
  unsigned char page[page_size];
  const int code = read_page(file, page, offset - begin);
  if (code == SQLITE_IOERR_SHORT_READ) std::memset(out, 0, static_cast<std::size_t>(amount));  // as SQLite wants it
  if (code == SQLITE_OK) std::memcpy(out, page + begin, static_cast<std::size_t>(amount));
  return code;
}

int write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
  if (!is_checked(file)) return below(file)->pMethods->xWrite(below(file), from, amount, offset);
  if (amount != page_size || offset % page_size != 0) return SQLITE_IOERR_WRITE;
  unsigned char page[page_size];
  std::memcpy(page, from, page_size);
  const std::uint64_t hash = hash_of(page, offset);
  std::memcpy(page + page_size - reserved, &hash, reserved);
  return below(file)->pMethods->xWrite(below(file), page, page_size, offset);
}

int close(sqlite3_file* file) {
  sqlite3_file* under = below(file);
  const int code = under->pMethods->xClose(under);
  std::free(under);
  return code;
}

template <auto Method, class... Arguments>
int pass(sqlite3_file* file, Arguments... arguments) {
  return (below(file)->pMethods->*Method)(below(file), arguments...);
}
void shm_barrier(sqlite3_file* file) { below(file)->pMethods->xShmBarrier(below(file)); }
int fetch(sqlite3_file*, sqlite3_int64, int, void** page) {  // nothing is mapped: it would not be checked
  *page = nullptr;
  return SQLITE_OK;
}
int unfetch(sqlite3_file*, sqlite3_int64, void*) { return SQLITE_OK; }

using M = sqlite3_io_methods;
const sqlite3_io_methods methods = {
    3,
    close,
    read,
    write,
    pass<&M::xTruncate, sqlite3_int64>,
    pass<&M::xSync, int>,
    pass<&M::xFileSize, sqlite3_int64*>,
    pass<&M::xLock, int>,
    pass<&M::xUnlock, int>,
    pass<&M::xCheckReservedLock, int*>,
    pass<&M::xFileControl, int, void*>,
    pass<&M::xSectorSize>,
    pass<&M::xDeviceCharacteristics>,
    pass<&M::xShmMap, int, int, int, void volatile**>,
    pass<&M::xShmLock, int, int, int>,
    shm_barrier,
    pass<&M::xShmUnmap, int>,
    fetch,
    unfetch,
};

sqlite3_vfs* under() { return sqlite3_vfs_find(nullptr); }

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* own = reinterpret_cast<File*>(file);
  own->base.pMethods = nullptr;
  sqlite3_vfs* vfs = under();
  own->below = static_cast<sqlite3_file*>(std::calloc(1, static_cast<std::size_t>(vfs->szOsFile)));
  if (own->below == nullptr) return SQLITE_NOMEM;
  own->checked = (flags & SQLITE_OPEN_MAIN_DB) != 0;
  const int code = vfs->xOpen(vfs, name, own->below, flags, out_flags);
  if (own->below->pMethods != nullptr) {
    own->base.pMethods = &methods;
  } else {
    std::free(own->below);
  }
  return code;
}

template <auto Method, class... Arguments>
auto pass_vfs(sqlite3_vfs*, Arguments... arguments) {
  return (under()->*Method)(under(), arguments...);
}

}  // namespace

const char* checked_pages() {
  using V = sqlite3_vfs;
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs v{};
    v.iVersion = 2;
    v.szOsFile = sizeof(File);
    v.mxPathname = under()->mxPathname;
    v.zName = "storymerge";
    v.xOpen = open;
    v.xDelete = pass_vfs<&V::xDelete, const char*, int>;
    v.xAccess = pass_vfs<&V::xAccess, const char*, int, int*>;
    v.xFullPathname = pass_vfs<&V::xFullPathname, const char*, int, char*>;
    v.xRandomness = pass_vfs<&V::xRandomness, int, char*>;
    v.xSleep = pass_vfs<&V::xSleep, int>;
    v.xCurrentTime = pass_vfs<&V::xCurrentTime, double*>;
    v.xGetLastError = pass_vfs<&V::xGetLastError, int, char*>;
    v.xCurrentTimeInt64 = pass_vfs<&V::xCurrentTimeInt64, sqlite3_int64*>;
    return v;
  }();
  static const int registered = sqlite3_initialize() == SQLITE_OK ? sqlite3_vfs_register(&vfs, 0) : SQLITE_NOMEM;
  (void)registered;  // SQLite says so when it does not know the name
  return vfs.zName;
}

}  // namespace storymerge::store

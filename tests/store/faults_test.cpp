// What comes from below: writes and syncs that fail, are cut short or torn, power that goes, a full disk, a file that cannot be
// written, readers beside a writer.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <random>
#include <thread>

#include "store/reference.h"
#include "storymerge/base/error.h"
#include "support/corpora.h"
#include "support/files.h"

namespace storymerge {
namespace {

using testing::read_file;
using testing::TemporaryFolder;
using testing::write_file;

enum class Fault {
  none,
  refused,     // the n-th write or sync fails
  full,        // as refused, with all that follow
  torn,        // the power goes: half of the n-th write is on the disk, and nothing after it
  reordered,   // the power goes, and of what was not synced some is on the disk and some is not
  unwritable,  // files open to be read only
};

// A layer under the checked pages: the default of SQLite, as long as this lives.
class FaultyDisk {
 public:
  FaultyDisk() : plain_(sqlite3_vfs_find(nullptr)) {
    self_ = this;
    vfs_ = *plain_;
    vfs_.zName = "faulty";
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + plain_->szOsFile;
    vfs_.xOpen = open;
    sqlite3_vfs_register(&vfs_, 1);
  }
  ~FaultyDisk() {
    sqlite3_vfs_register(plain_, 1);
    sqlite3_vfs_unregister(&vfs_);
    self_ = nullptr;
  }
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  void arm(Fault fault, int at) {
    fault_ = fault;
    left_ = at;
    gone_ = happened_ = false;
    random_.seed(static_cast<unsigned>(at));
  }
  bool happened() const { return happened_; }

 private:
  struct Undo {
    sqlite3_int64 offset = 0, size = 0;  // of the write; of the file before it
    std::string bytes;                   // that it took the place of
  };
  struct File {
    sqlite3_file base;
    std::vector<Undo>* unsynced;
    sqlite3_file* below() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  };
  static File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }

  // Is this call the one that fails, or one after it that does?
  bool fails() {
    if (gone_) return true;
    if (fault_ == Fault::none || fault_ == Fault::unwritable || --left_ > 0) return false;
    happened_ = true;
    if (fault_ == Fault::refused) {
      fault_ = Fault::none;
    } else {
      gone_ = true;
    }
    return true;
  }

  void lose_unsynced(File& file) {
    sqlite3_file* below = file.below();
    for (auto undo = file.unsynced->rbegin(); undo != file.unsynced->rend(); ++undo) {
      if (random_() % 2 == 0) continue;
      if (!undo->bytes.empty()) {
        below->pMethods->xWrite(below, undo->bytes.data(), static_cast<int>(undo->bytes.size()), undo->offset);
      } else {
        const std::string zeros(64, '\0');  // it grew the file, and is not there
        below->pMethods->xWrite(below, zeros.data(), static_cast<int>(zeros.size()), undo->offset);
      }
    }
    file.unsynced->clear();
  }

  static int write(sqlite3_file* file, const void* bytes, int amount, sqlite3_int64 offset) {
    sqlite3_file* below = of(file).below();
    const bool was_gone = self_->gone_;
    if (self_->fails()) {
      if (self_->fault_ == Fault::torn && !was_gone) below->pMethods->xWrite(below, bytes, amount / 2, offset);
      if (self_->fault_ == Fault::reordered && !was_gone) {
        for (File* open : self_->files_) self_->lose_unsynced(*open);
      }
      return self_->fault_ == Fault::full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    if (self_->fault_ == Fault::reordered) {
      Undo undo;
      undo.offset = offset;
      below->pMethods->xFileSize(below, &undo.size);
      if (offset + amount <= undo.size) {
        undo.bytes.resize(static_cast<std::size_t>(amount));
        below->pMethods->xRead(below, undo.bytes.data(), amount, offset);
      }
      of(file).unsynced->push_back(std::move(undo));
    }
    return below->pMethods->xWrite(below, bytes, amount, offset);
  }

  static int sync(sqlite3_file* file, int flags) {
    const bool was_gone = self_->gone_;
    if (self_->fails()) {
      if (self_->fault_ == Fault::reordered && !was_gone) {
        for (File* open : self_->files_) self_->lose_unsynced(*open);
      }
      return SQLITE_IOERR_FSYNC;
    }
    of(file).unsynced->clear();
    return of(file).below()->pMethods->xSync(of(file).below(), flags);
  }

  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (self_->fails()) return SQLITE_IOERR_TRUNCATE;
    return of(file).below()->pMethods->xTruncate(of(file).below(), size);
  }

  static int close(sqlite3_file* file) {
    std::erase(self_->files_, &of(file));
    delete of(file).unsynced;
    return of(file).below()->pMethods->xClose(of(file).below());
  }

  template <auto Method, class... Arguments>
  static int pass(sqlite3_file* file, Arguments... arguments) {
    return (of(file).below()->pMethods->*Method)(of(file).below(), arguments...);
  }
  static void barrier(sqlite3_file* file) { of(file).below()->pMethods->xShmBarrier(of(file).below()); }

  static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    using M = sqlite3_io_methods;
    static const sqlite3_io_methods methods = {
        2,
        close,
        pass<&M::xRead, void*, int, sqlite3_int64>,
        write,
        truncate,
        sync,
        pass<&M::xFileSize, sqlite3_int64*>,
        pass<&M::xLock, int>,
        pass<&M::xUnlock, int>,
        pass<&M::xCheckReservedLock, int*>,
        pass<&M::xFileControl, int, void*>,
        pass<&M::xSectorSize>,
        pass<&M::xDeviceCharacteristics>,
        pass<&M::xShmMap, int, int, int, void volatile**>,
        pass<&M::xShmLock, int, int, int>,
        barrier,
        pass<&M::xShmUnmap, int>,
        nullptr,
        nullptr,
    };
    if (self_->fault_ == Fault::unwritable) {
      flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
    }
    File& own = of(file);
    own.base.pMethods = nullptr;
    const int code = self_->plain_->xOpen(self_->plain_, name, own.below(), flags, out_flags);
    if (own.below()->pMethods == nullptr) return code;
    own.unsynced = new std::vector<Undo>;
    self_->files_.push_back(&own);
    own.base.pMethods = &methods;
    return code;
  }

  static inline FaultyDisk* self_ = nullptr;
  sqlite3_vfs* plain_;
  sqlite3_vfs vfs_{};
  std::vector<File*> files_;
  Fault fault_ = Fault::none;
  int left_ = 0;  // calls until the fault
  bool gone_ = false, happened_ = false;
  std::mt19937 random_;
};

class Faults : public ::testing::Test {
 protected:
  StoryStore open() const {
    StoreOptions options;
    options.stories.threads = options.duplicates.threads = 1;
    return StoryStore(path_, options);
  }
  static std::vector<std::string> told(const StoryStore& store) {
    std::vector<std::string> out = {std::to_string(store.revision())};
    for (const StoryEntry& entry : store.stories()) {
      const StoredStory stored = *store.story(entry.id);
      out.push_back(testing::line_of(stored.corpus, stored.story));
    }
    return out;
  }

  TemporaryFolder folder_;
  std::string path_ = (folder_ / "day.store").string();
  const std::vector<Article> articles_ = testing::generated_coverage(2, 4);
};

// Two articles are committed; two more come, and one of the first goes, while the disk fails.
TEST_F(Faults, OfTheDiskLeaveOneRevisionOrTheOther) {
  ASSERT_GE(articles_.size(), 4u);
  FaultyDisk disk;
  {
    StoryStore store = open();
    store.put(articles_[0]);
    store.put(articles_[1]);
    store.commit();
  }
  const std::string file = read_file(path_);
  const auto change = [&](StoryStore& store) {
    store.put(articles_[2]);
    store.put(articles_[3]);
    store.remove(articles_[0].id);
  };
  const std::vector<std::string> before = told(open());
  std::vector<std::string> after;
  {
    StoryStore store = open();
    change(store);
    store.commit();
    after = told(store);
  }
  ASSERT_NE(before, after);
  for (const Fault fault : {Fault::refused, Fault::full, Fault::torn, Fault::reordered}) {
    int n = 1, kept = 0, lost = 0;
    for (bool reached = true; reached; ++n) {
      SCOPED_TRACE(std::to_string(static_cast<int>(fault)) + " at " + std::to_string(n));
      for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(path_ + suffix);
      write_file(path_, file);
      bool committed = false;
      {
        StoryStore store = open();
        change(store);
        disk.arm(fault, n);
        try {
          store.commit();
          committed = true;
        } catch (const Error& error) {
          EXPECT_EQ(error.code(), ErrorCode::io) << error.what();
        }
        if (fault == Fault::refused || fault == Fault::full) {
          const bool hit = disk.happened();
          disk.arm(Fault::none, 0);
          EXPECT_EQ(told(store), committed ? after : before);
          if (!committed) {
            EXPECT_EQ(store.commit(), 2u);  // nothing that waited is lost
            EXPECT_EQ(told(store), after);
          }
          reached = hit;
        }
      }  // closing writes, too
      if (fault == Fault::torn || fault == Fault::reordered) reached = disk.happened();
      disk.arm(Fault::none, 0);
      const StoryStore store = open();
      store.verify();
      const std::vector<std::string> now = told(store);
      EXPECT_TRUE(now == after || (now == before && !committed && fault != Fault::refused && fault != Fault::full));
      ++(now == after ? kept : lost);
      if (::testing::Test::HasFailure()) return;
    }
    EXPECT_GT(n, 20);
    const bool power_goes = fault == Fault::torn || fault == Fault::reordered;
    EXPECT_EQ(kept > 0 && lost > 0, power_goes);
  }
}

TEST_F(Faults, OfAFileThatCannotBeWrittenIsTold) {
  FaultyDisk disk;
  {
    StoryStore store = open();
    store.put(articles_[0]);
    store.commit();
  }
  disk.arm(Fault::unwritable, 0);
  try {
    open();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::io);
    EXPECT_NE(std::string(error.what()).find("cannot be written"), std::string::npos) << error.what();
  }
}

TEST_F(Faults, OfAFullDiskEndWhenThereIsRoom) {
  struct Limit {
    explicit Limit(rlim_t bytes) {
      getrlimit(RLIMIT_FSIZE, &before);
      rlimit lower = before;
      lower.rlim_cur = bytes;
      setrlimit(RLIMIT_FSIZE, &lower);
    }
    ~Limit() { setrlimit(RLIMIT_FSIZE, &before); }
    rlimit before{};
  };
  std::signal(SIGXFSZ, SIG_IGN);
  StoryStore store = open();
  store.put(articles_[0]);
  store.commit();
  const std::vector<std::string> before = told(store);
  store.put(articles_[1]);
  {
    const Limit limit(std::filesystem::file_size(path_ + "-wal") + 5000);
    EXPECT_THROW(store.commit(), Error);
    EXPECT_EQ(told(store), before);
    EXPECT_THROW(store.commit(), Error);
  }
  EXPECT_EQ(store.commit(), 2u);
  store.verify();
}

// STORYMERGE_FULL=1: for a minute.
TEST_F(Faults, AreNoneOfReadersBesideAWriter) {
  const auto until =
      std::chrono::steady_clock::now() + std::chrono::seconds(std::getenv("STORYMERGE_FULL") != nullptr ? 60 : 2);
  open();
  std::atomic<bool> done{false};
  std::atomic<Revision> written{0}, read{0};
  const auto look = [&] {
    StoreOptions options;
    options.read_only = true;
    options.stories.threads = options.duplicates.threads = 1;
    StoryStore store(path_, options);
    Revision seen = 0;
    while (!done) {
      const Revision now = store.revision();
      EXPECT_GE(now, seen);
      std::size_t articles = 0;
      for (const StoryEntry& entry : store.stories({.as_of = now})) {
        const std::optional<StoredStory> stored = store.story(entry.id, now);
        ASSERT_TRUE(stored);
        EXPECT_EQ(stored->corpus.size(), entry.articles);
        articles += entry.articles;
      }
      EXPECT_EQ(articles, now);  // one a commit
      store.since(seen);
      seen = now;
      ++read;
    }
  };
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i) readers.emplace_back(look);
  StoryStore store = open();
  const std::vector<Article> articles = testing::generated_coverage(3, 12);
  // However slow the build or the machine is, there is something to see.
  for (std::size_t i = 0; std::chrono::steady_clock::now() < until || written < 4 || read < 4; ++i) {
    Article article = articles[i % articles.size()];
    article.id += "-" + std::to_string(i / articles.size());
    article.url.clear();
    store.put(std::move(article));
    written = store.commit();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (::testing::Test::HasFailure()) break;
  }
  done = true;
  readers.clear();
}

}  // namespace
}  // namespace storymerge

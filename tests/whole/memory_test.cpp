// Memory that ends: the n-th allocation fails, for n all over a merge, each reader and each index. The call throws
// std::bad_alloc or does without; what it gives is never something else, and whatever it was called on goes on working.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <random>
#include <sstream>

#include "storymerge/sketch/minhash_lsh.h"
#include "storymerge/storymerge.h"
#include "support/files.h"

namespace {

std::atomic<long> allocations{0};    // since the last limit was set
std::atomic<long> limit{-1};         // the one that fails; -1: none
std::atomic<bool> all_after{false};  // and every later one

bool fails() {
  const long n = allocations++;
  const long at = limit;
  return at >= 0 && (n == at || (n > at && all_after));
}

void* allocate(std::size_t size, std::size_t alignment) {
  if (fails()) return nullptr;
  size = std::max(size, alignment);
  return alignment <= alignof(std::max_align_t)
             ? std::malloc(size)
             : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
}

// SQLite's own allocations count, too. Before it is first used: when the program starts.
sqlite3_mem_methods plain_memory;
const int sqlite_fails_too = [] {
  sqlite3_config(SQLITE_CONFIG_GETMALLOC, &plain_memory);
  sqlite3_mem_methods methods = plain_memory;
  methods.xMalloc = [](int size) { return fails() ? nullptr : plain_memory.xMalloc(size); };
  methods.xRealloc = [](void* p, int size) { return fails() ? nullptr : plain_memory.xRealloc(p, size); };
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}();

void* allocate_or_throw(std::size_t size, std::size_t alignment) {
  void* const out = allocate(size, alignment);
  if (out == nullptr) throw std::bad_alloc();
  return out;
}

}  // namespace

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"  // g++ 12 does not see that both sides are replaced
#endif

void* operator new(std::size_t size) { return allocate_or_throw(size, 1); }
void* operator new[](std::size_t size) { return allocate_or_throw(size, 1); }
void* operator new(std::size_t size, std::align_val_t a) { return allocate_or_throw(size, std::size_t(a)); }
void* operator new[](std::size_t size, std::align_val_t a) { return allocate_or_throw(size, std::size_t(a)); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size, 1); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size, 1); }
void operator delete(void* p) noexcept { std::free(p); }
void operator delete[](void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete[](void* p, std::size_t) noexcept { std::free(p); }
void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
void operator delete[](void* p, std::align_val_t) noexcept { std::free(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }
void operator delete[](void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }
void operator delete(void* p, const std::nothrow_t&) noexcept { std::free(p); }
void operator delete[](void* p, const std::nothrow_t&) noexcept { std::free(p); }

namespace storymerge {
namespace {

// Lets an allocation fail while it lives.
class Failing {
 public:
  Failing(long n, bool later_ones_too) {
    all_after = later_ones_too;
    allocations = 0;
    limit = n;
  }
  ~Failing() { limit = -1; }
};

template <class Work>
long allocations_of(const Work& work) {
  allocations = 0;
  work();
  return allocations;
}

// The first allocations, and others at random: `most` in all. With STORYMERGE_FULL every one, which takes long.
std::vector<long> sampled(long count, std::size_t most) {
  if (std::getenv("STORYMERGE_FULL") != nullptr) most = 3 * static_cast<std::size_t>(count);
  std::mt19937 random(20);
  std::vector<long> out;
  for (long n = 0; n < count && out.size() < most / 3; ++n) out.push_back(n);
  while (out.size() < most && static_cast<std::size_t>(count) > most) {
    out.push_back(std::uniform_int_distribution<long>(0, count - 1)(random));
  }
  return out;
}

// Calls work() with one failing allocation after another; check() after each. How many of the calls threw bad_alloc.
template <class Work, class Check>
std::size_t fail_all_over(const Work& work, const Check& check, std::size_t most) {
  std::size_t thrown = 0;
  for (const long n : sampled(allocations_of(work), most)) {
    try {
      const Failing failing(n, n % 2 == 1);
      work();
    } catch (const std::bad_alloc&) {
      ++thrown;
    }
    check();
  }
  return thrown;
}

TEST(Memory, EndsAMergeWithoutAnotherResult) {
  const Corpus corpus = read_articles({(testing::project_root / "data" / "day.jsonl").string()}).corpus;
  Options options;
  options.threads = 1;
  const auto told = [&](const std::vector<MergedStory>& stories) {
    std::ostringstream out;
    write(Format::jsonl, out, corpus, stories);
    return out.str();
  };
  const std::string expected = told(merge_stories(corpus, options));
  std::vector<MergedStory> stories;
  const auto work = [&] {
    stories.clear();
    stories = merge_stories(corpus, options);
  };
  const std::size_t thrown = fail_all_over(
      work,
      [&] {
        if (!stories.empty()) {
          EXPECT_EQ(told(stories), expected);
        }
      },
      90);
  EXPECT_GT(thrown, 60u);
  EXPECT_EQ(told(merge_stories(corpus, options)), expected);
}

TEST(Memory, EndsAReadWithoutAnotherText) {
  const testing::TemporaryFolder folder;
  const std::string words =
      "The ferry Aurora Sol capsized off Lidra on Friday and twelve people died, officials said. ";
  std::string page = "<html><head><title>Ferry capsizes</title></head><body><article><h1>Ferry capsizes</h1>";
  for (int i = 0; i < 12; ++i) page += "<p>" + words + "Paragraph " + std::to_string(i) + " tells more.</p>";
  page += "</article></body></html>";
  std::string feed = "<rss version=\"2.0\"><channel><title>Alpha</title>";
  for (const char* n : {"1", "2", "3"}) {
    feed += std::string("<item><guid>https://a.example/") + n + "</guid><title>T</title><description>" + words + n +
            "</description></item>";
  }
  std::vector<std::string> inputs = {folder.write("a.txt", "Ferry capsizes\n\n" + words + "\n\n" + words),
                                     folder.write("a.html", page), folder.write("a.rss", feed + "</channel></rss>"),
                                     (testing::project_root / "data" / "day.jsonl").string()};
  for (const char* zip : {"gzip -k ", "zstd -qk "}) testing::run(zip + inputs[1]);
  inputs.push_back(inputs[1] + ".gz");
  inputs.push_back(inputs[1] + ".zst");
  ReadOptions options;
  options.threads = 1;
  for (const std::string& input : inputs) {
    const ReadResult expected = read_articles({input}, options);
    ASSERT_FALSE(expected.corpus.empty()) << input;
    ReadResult got;
    const auto work = [&] {
      got = {};
      got = read_articles({input}, options);
    };
    const auto check = [&] {
      if (got.report.records != 0 && got.report.rejected == 0) {
        EXPECT_EQ(got.corpus.size(), expected.corpus.size());
      }
      for (const Article& article : got.corpus.articles()) {
        const auto at = expected.corpus.find(article.id);
        ASSERT_TRUE(at) << input;
        EXPECT_EQ(article.text, expected.corpus[*at].text) << input;
        EXPECT_EQ(article.title, expected.corpus[*at].title) << input;
      }
    };
    fail_all_over(work, check, 150);
  }
}

TEST(Memory, LeavesAnIndexOfSignaturesAsItWas) {
  const std::vector<std::uint64_t> shingles = {1, 2, 3, 4, 5, 6, 7, 8};
  MinHash signature;
  signature.update(shingles);
  MinHashLSH index({});
  std::size_t ids = 0;
  for (long n = 0; n < 40; ++n) {
    for (int more = 0; more < 7; ++more) {
      try {
        const Failing failing(n % 9, n % 2 == 1);
        index.insert(ids, signature);
        ++ids;
      } catch (const std::bad_alloc&) {
      }
      ASSERT_EQ(index.size(), ids);
      ASSERT_EQ(index.query(signature).matches.size(), ids);
    }
  }
  for (std::size_t id = 0; id < ids; ++id) {
    const Failing failing(static_cast<long>(id % 3), true);
    EXPECT_TRUE(index.remove(id));
  }
  EXPECT_EQ(index.size(), 0u);
}

// Those of SQLite, too.
TEST(Memory, LeavesAStoreAsItWas) {
  const testing::TemporaryFolder folder;
  StoreOptions options;
  options.stories.threads = options.duplicates.threads = 1;
  StoryStore store((folder / "day.store").string(), options);
  const std::string four = "Four people died when the ferry Aurora Sol capsized off Lidra, the coast guard said.";
  store.put({.id = "a", .text = four});
  Revision revision = store.commit();
  std::size_t thrown = 0;
  for (const long n : sampled(allocations_of([&] {
                                store.put({.id = "b", .text = "Six" + four.substr(4)});
                                store.commit();
                                ++revision;
                              }) * 2,  // after a failure the index is made anew
                              300)) {
    const Article article = {.id = "n" + std::to_string(n),
                             .text = "The mayor of Alpha resigns on day " + std::to_string(n) + "."};
    const std::size_t size = store.size();
    const auto fails = [&](const auto& call) {
      try {
        const Failing failing(n, n % 2 == 1);
        call();
        return false;
      } catch (const std::bad_alloc&) {
        ++thrown;
        return true;
      }
    };
    if (fails([&] { store.put(article); })) {
      EXPECT_EQ(store.put(article), StoryStore::Put::added) << n;
    }
    if (fails([&] { store.commit(); })) {
      EXPECT_EQ(store.revision(), revision) << n;
      EXPECT_EQ(store.size(), size) << n;
      EXPECT_EQ(store.commit(), revision + 1) << n;
    }
    ++revision;
    ASSERT_EQ(store.revision(), revision) << n;
    ASSERT_EQ(store.size(), size + 1) << n;
    store.remove(article.id);
    revision = store.commit();
  }
  EXPECT_GT(thrown, 200u);
  store.verify();
  EXPECT_EQ(store.stories().size(), 1u);
}

TEST(Moved, ObjectsAreEmptyAndGoOn) {
  const std::vector<std::uint64_t> shingles = {1, 2, 3, 4, 5, 6, 7, 8};
  MinHash a;
  a.update(shingles);
  MinHash b = std::move(a);
  EXPECT_EQ(a.jaccard(b).estimate, 1);
  MinHashLSH index({});
  index.insert(1, b);
  MinHashLSH other = std::move(index);
  EXPECT_EQ(index.size(), 0u);
  EXPECT_TRUE(index.query(b).matches.empty());
  EXPECT_FALSE(index.remove(1));
  index.insert(1, b);
  EXPECT_EQ(index.query(b).matches.size(), 1u);
  EXPECT_EQ(other.query(b).matches.size(), 1u);
  Corpus corpus(std::vector<Article>{{.id = "a", .text = "A."}});
  const Corpus taken = std::move(corpus);
  EXPECT_FALSE(corpus.find("a"));
  EXPECT_TRUE(merge_stories(corpus).empty());
}

}  // namespace
}  // namespace storymerge

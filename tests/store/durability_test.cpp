// What was committed stays: through kill -9 at any moment, and a byte that changed on the disk is told or does no harm.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <random>

#include "store/reference.h"
#include "support/corpora.h"
#include "support/files.h"

namespace storymerge {
namespace {

using testing::TemporaryFolder;

// All of them: STORYMERGE_FULL=1.
int rounds(int few, int all) { return std::getenv("STORYMERGE_FULL") != nullptr ? all : few; }

// Puts and commits until it is killed, and tells each revision.
[[noreturn]] void write_until_killed(const std::string& path, const std::vector<Article>& articles, int tell) {
  try {
    StoryStore store(path);
    for (std::size_t i = store.size();; ++i) {
      Article article = articles[i % articles.size()];
      article.id += "-" + std::to_string(i / articles.size());
      article.url.clear();
      store.put(std::move(article));
      const Revision revision = store.commit();
      if (::write(tell, &revision, sizeof revision) != sizeof revision) break;
    }
  } catch (const std::exception&) {
  }
  _exit(1);
}

TEST(Durability, KilledAtAnyMomentItHoldsWhatWasCommitted) {
  const TemporaryFolder folder;
  const std::string path = (folder / "day.store").string();
  const std::vector<Article> articles = testing::generated_coverage(9, 8);
  std::mt19937 random(1);
  Revision told = 0;
  for (int round = 0; round < rounds(12, 500); ++round) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) write_until_killed(path, articles, ends[1]);
    close(ends[1]);
    // Of a slow build, a first revision is waited for.
    Revision first = 0;
    if (round == 0 && read(ends[0], &first, sizeof first) == sizeof first) told = first;
    usleep(random() % 120'000);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    for (Revision revision; read(ends[0], &revision, sizeof revision) == sizeof revision;) told = revision;
    close(ends[0]);
    StoryStore store(path);
    store.verify();
    EXPECT_GE(store.revision(), told);
    EXPECT_EQ(store.size(), store.revision());  // one article each
    told = store.revision();
  }
  EXPECT_GT(told, 0u);
  StoryStore store(path);
  store.repair();
  testing::expect_batch(store);
}

TEST(Durability, AFlippedByteIsToldOrDoesNoHarm) {
  const TemporaryFolder folder;
  const std::string path = (folder / "day.store").string();
  const auto answers = [&] {
    const StoryStore store(path);
    std::vector<Article> articles;
    return std::pair(testing::lines_of(store, articles), store.revision());
  };
  {
    StoryStore store(path);
    for (const Article& a : testing::generated_coverage(2, 3)) store.put(a);
    store.repair();
  }
  const auto right = answers();
  const std::string whole = testing::read_file(path);
  std::mt19937 random(7);
  int told = 0;
  for (int round = 0; round < rounds(150, 10'000); ++round) {
    std::string bytes = whole;
    bytes[random() % bytes.size()] ^= static_cast<char>(1 + random() % 255);
    for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(path + suffix);
    testing::write_file(path, bytes);
    bool harmless = true;
    try {
      EXPECT_EQ(answers(), right);
    } catch (const Error& error) {
      harmless = false;
    }
    told += !harmless;
    EXPECT_THROW(StoryStore(path).verify(), Error) << "round " << round;
  }
  EXPECT_GT(told, 0);
}

}  // namespace
}  // namespace storymerge

// watch_folder tells what changes in the stories while files come, change and go, and goes on where it was.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>
#include <vector>

#include "storymerge/store/story_store.h"
#include "support/files.h"

namespace storymerge {
namespace {

namespace fs = std::filesystem;
using testing::Outcome;
using testing::read_file;
using testing::run;
using testing::TemporaryFolder;

class WatchFolder : public ::testing::Test {
 protected:
  WatchFolder() { fs::create_directory(in_); }

  std::string command(const std::string& flags) const {
    return std::string(testing::program_folder) + "/watch_folder " + flags + " " + in_ + " 2>" + errors_;
  }
  // One look with a store: the kinds of changes told, each with the id of an article or the counts where it has them.
  std::multiset<std::string> look() const {
    const Outcome outcome = run(command("--seconds 0 --store " + store_));
    EXPECT_EQ(outcome.status, 0) << read_file(errors_);
    std::multiset<std::string> out;
    std::istringstream lines(outcome.output);
    for (std::string line; std::getline(lines, line);) {
      const std::string kind = line.substr(0, line.find("  "));
      const std::string about = line.size() < 34 ? "" : line.substr(34, line.find("  ", 34) - 34);
      if (!kind.starts_with("claim")) out.insert(kind + ": " + about);
    }
    return out;
  }
  std::string record(const std::string& id, const std::string& text) const {
    return "{\"id\":\"" + id + "\",\"text\":\"" + text + "\"}\n";
  }

  using Told = std::multiset<std::string>;
  TemporaryFolder folder_;
  std::string in_ = (folder_ / "in").string(), store_ = (folder_ / "day.store").string(),
              errors_ = (folder_ / "errors").string();
  const std::string mayor = "The town of Alpha has a new mayor, Ines Brandt.";
  const std::string bank = "The bank of Beta closed its doors on Monday.";
  const std::string quake = "A quake shook the island of Gamma at night.";
};

TEST_F(WatchFolder, TellsNewChangedAndDeletedFilesAndGoesOnWhereItWas) {
  EXPECT_EQ(look(), Told{});
  folder_.write("in/a.jsonl", record("1", mayor) + record("2", bank));
  folder_.write("in/sub/deep/b.jsonl", record("3", quake) + "{\"id\":\"4\"}\n");
  folder_.write("in/.hidden/c.jsonl", record("5", "Nobody reads this text of all texts."));
  EXPECT_EQ(look(), (Told{"founded: 0 -> 1", "founded: 0 -> 1", "founded: 0 -> 1"}));
  EXPECT_NE(read_file(errors_).find("b.jsonl:2: rejected"), std::string::npos);
  EXPECT_EQ(look(), Told{});
  EXPECT_EQ(read_file(errors_), "");  // nothing is read again

  folder_.write("in/a.jsonl", record("1", mayor) + record("2", "The bank of Beta closed its doors on Tuesday."));
  EXPECT_EQ(look(), (Told{"grown: 1 -> 2", "replaced: 2"}));

  // Moved it is not deleted, and held by a second file neither; a record that is no longer in its file stays.
  fs::rename(in_ + "/sub/deep/b.jsonl", in_ + "/moved.jsonl");
  folder_.write("in/sub/copy.jsonl", record("1", mayor));
  EXPECT_EQ(look(), Told{});
  folder_.write("in/moved.jsonl", "");
  fs::remove(in_ + "/a.jsonl");
  EXPECT_EQ(look(), (Told{"withdrawn: 2", "withdrawn: 2@2", "ended: "}));
  fs::remove_all(in_ + "/sub");
  fs::remove(in_ + "/moved.jsonl");
  EXPECT_EQ(look(), (Told{"withdrawn: 1", "withdrawn: 3", "ended: ", "ended: "}));
  const StoryStore store(store_);
  EXPECT_EQ(store.size(), 0u);
  EXPECT_TRUE(store.notes().empty());
}

TEST_F(WatchFolder, TakesAChangedPageForItsNextVersion) {
  folder_.write("in/a.txt", mayor);
  folder_.write("in/b.txt", bank);
  look();
  folder_.write("in/a.txt", "The town of Alpha has a new mayor, Ines Brandt, who is 40.");
  const Told told = look();
  EXPECT_EQ(told.size(), 2u);
  EXPECT_TRUE(told.contains("grown: 1 -> 2"));
}

TEST_F(WatchFolder, ReadsAFileWhenItStandsStillAndAgainWhenItGrew) {
  const std::string file = folder_.write("in/n.jsonl", record("1", mayor) + "{\"id\":\"2\",\"te");
  const std::string out = (folder_ / "out").string(), process = (folder_ / "process").string();
  std::jthread watcher([&] { run("echo $$ >" + process + "; exec " + command("--seconds 0.2") + " >" + out); });
  const auto told = [&](const std::string& kind) {
    const std::string output = fs::exists(out) ? read_file(out) : "";
    std::size_t found = 0;
    for (std::size_t at = 0; (at = output.find(kind, at)) != std::string::npos; ++at) ++found;
    return found;
  };
  // However busy the machine is, the next thing happens when the last one was told.
  const auto expect_told = [&](const std::string& kind, std::size_t times) {
    for (int i = 0; i < 300 && told(kind) < times; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_EQ(told(kind), times) << kind << read_file(errors_);
  };
  expect_told("founded ", 1);
  std::ofstream(file, std::ios::app) << "xt\":\"" + bank + "\"}\n" + record("3", quake);
  expect_told("founded ", 3);
  fs::remove(file);
  expect_told("withdrawn ", 3);
  ASSERT_EQ(kill(std::stoi(read_file(process)), SIGINT), 0);
  watcher.join();
  EXPECT_NE(read_file(errors_).find("n.jsonl:2: rejected"), std::string::npos);
}

TEST_F(WatchFolder, OutlivesFilesThatCannotBeRead) {
  folder_.write("in/b.jsonl", record("1", mayor) + record("2", bank));
  fs::create_symlink("loop.jsonl", in_ + "/loop.jsonl");
  fs::create_symlink(".", in_ + "/self");
  fs::create_symlink("/proc/self/mem", in_ + "/a.jsonl");
  fs::create_symlink("/nowhere.jsonl", in_ + "/nowhere.jsonl");
  ASSERT_EQ(mkfifo((in_ + "/fifo.jsonl").c_str(), 0600), 0);
  EXPECT_EQ(look(), (Told{"founded: 0 -> 1", "founded: 0 -> 1"}));
  for (const char* name : {"loop.jsonl", "a.jsonl", "nowhere.jsonl", "fifo.jsonl"}) {
    EXPECT_NE(read_file(errors_).find(std::string(name) + ": rejected: "), std::string::npos) << name;
  }
}

TEST_F(WatchFolder, DeletesNothingWhenItsFolderIsGone) {
  folder_.write("in/a.jsonl", record("1", mayor));
  look();
  fs::rename(in_, in_ + "2");
  EXPECT_EQ(run(command("--seconds 0 --store " + store_)).status, 1);
  EXPECT_EQ(StoryStore(store_).size(), 1u);
}

TEST_F(WatchFolder, KeepsNoStoreAmongItsInputs) {
  folder_.write("in/a.jsonl", record("1", mayor));
  EXPECT_EQ(run(command("--seconds 0 --store " + in_ + "/day.store")).status, 2);
  EXPECT_EQ(run(command("--seconds 0 --store " + in_ + "/a.jsonl")).status, 2);
  EXPECT_EQ(run(command("--seconds 0 --store ''")).status, 2);
  EXPECT_EQ(read_file(in_ + "/a.jsonl"), record("1", mayor));
}

}  // namespace
}  // namespace storymerge

// How far is the work? What the library tells its caller, and the programs a person at a terminal.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "storymerge/storymerge.h"
#include "support/corpora.h"
#include "support/files.h"

namespace storymerge {
namespace {

TEST(Progress, GoesThroughTheStagesToTheEnd) {
  const Corpus corpus(testing::generated_coverage(7, 20));
  for (const unsigned threads : {1u, 3u}) {
    Options options;
    options.threads = threads;
    std::vector<std::pair<Stage, double>> told;
    options.progress = [&](Stage stage, double done) { told.emplace_back(stage, done); };
    merge_stories(corpus, options);
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told.front().first, Stage::analyze);
    EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
    for (const auto& [stage, done] : told) {
      EXPECT_GE(done, 0);
      EXPECT_LE(done, 1);
    }
    EXPECT_EQ(told.back(), std::pair(Stage::merge, 1.0));
    for (const Stage stage : {Stage::find_duplicates, Stage::group_stories}) {
      EXPECT_TRUE(std::ranges::any_of(told, [&](const auto& t) { return t.first == stage; }));
    }
  }
}

TEST(Progress, OfReadingGoesToTheEndOfTheInputs) {
  const testing::TemporaryFolder folder;
  const std::string line = R"({"text":"The ferry sank off Lidra on Friday and nobody died."})";
  std::string lines;
  for (int i = 0; i < 500; ++i) lines += line + (i % 50 == 7 ? "x\n" : "\n");  // ten are rejected
  const std::vector<std::string> inputs = {folder.write("in/a.jsonl", lines),
                                           folder.write("in/b.txt", "Ferry sinks\n")};
  const std::uint64_t size = lines.size() + 12;
  std::vector<ReadProgress> told;
  ReadOptions options;
  options.progress = [&](const ReadProgress& p) { told.push_back(p); };
  for (const auto& given : {inputs, std::vector<std::string>{(folder / "in").string()}}) {
    told.clear();
    const ReadReport report = read_articles(given, options).report;
    ASSERT_EQ(told.size(), report.records);
    for (std::size_t i = 0; i < told.size(); ++i) {
      EXPECT_EQ(told[i].of, size);
      EXPECT_EQ(told[i].records, i + 1);
      EXPECT_LE(i == 0 ? 0 : told[i - 1].bytes, told[i].bytes);
    }
    EXPECT_EQ(told.back().bytes, size);
  }
  struct Enough {};
  options.progress = [](const ReadProgress&) { throw Enough(); };
  EXPECT_THROW(read_articles(inputs, options), Enough);
}

TEST(Progress, ThatThrowsEndsTheCallAndHarmsNothing) {
  struct Enough {};
  const Corpus corpus(testing::generated_coverage(7, 6));
  const std::size_t stories = merge_stories(corpus).size();
  for (const Stage last : {Stage::analyze, Stage::find_duplicates, Stage::group_stories, Stage::merge}) {
    Options options;
    options.threads = 2;
    options.progress = [&](Stage stage, double) {
      if (stage == last) throw Enough();
    };
    EXPECT_THROW(merge_stories(corpus, options), Enough);
  }
  EXPECT_EQ(merge_stories(corpus).size(), stories);
}

TEST(Progress, IsShownOnATerminalOnly) {
  if (testing::run("script -qec true /dev/null </dev/null >/dev/null 2>&1").status != 0) {
    GTEST_SKIP() << "no command `script`";
  }
  const testing::TemporaryFolder folder;
  std::string lines;
  for (const Article& article : testing::generated_coverage(7, 1500)) {
    boost::json::object record = {{"id", article.id}, {"title", article.title}, {"text", article.text}};
    if (article.published) record["published"] = format_time(*article.published);
    lines += boost::json::serialize(record) + '\n';
  }
  const std::string command = std::string(testing::program_folder) + "/merge_stories --format jsonl --threads 1 " +
                              folder.write("in.jsonl", lines);
  const std::string to_file = command + " --output " + (folder / "out").string();
  const auto on_a_terminal = [](const std::string& c) {
    return testing::run("script -qec '" + c + "' /dev/null </dev/null").output;
  };
  const std::string shown = on_a_terminal(to_file);
  for (const char* part : {"merging ", " %, ", " articles/s, ", " s left", "\r\x1b[K"}) {
    EXPECT_NE(shown.find(part), std::string::npos) << part << " in " << shown;
  }
  EXPECT_EQ(on_a_terminal(to_file + " --quiet"), "");
  // So is the reading, of a stream whose records come a while apart.
  const std::string file = (folder / "in.jsonl").string();
  const std::string slow = "(head -n 1400 " + file + "; sleep 1; tail -n 100 " + file + ") | " +
                           std::string(testing::program_folder) + "/find_duplicates - --threads 1 --output " +
                           (folder / "out").string();
  const std::string read = on_a_terminal(slow);
  EXPECT_NE(read.find("reading, "), std::string::npos) << read;
  EXPECT_NE(read.find(" articles/s"), std::string::npos) << read;
  // Stories that go to the terminal are not written over.
  EXPECT_EQ(on_a_terminal(command).find("merging "), std::string::npos);
}

}  // namespace
}  // namespace storymerge

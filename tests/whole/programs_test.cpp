// The example programs as a user runs them: help, exit status, output, bad lines, closed pipes; and the golden files.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "support/files.h"

namespace storymerge {
namespace {

using testing::Outcome;
using testing::run;
using testing::TemporaryFolder;

std::string program(const std::string& name) { return std::string(testing::program_folder) + "/" + name; }
std::string data(const std::string& name) { return (testing::project_root / "data" / name).string(); }

std::vector<std::string> all_programs() {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(testing::project_root / "examples")) {
    const auto& path = entry.path();
    if (path.extension() == ".cpp" && std::filesystem::exists(program(path.stem()))) out.push_back(path.stem());
  }
  return out;
}

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(Programs, AnswerHelpAndRefuseUnknownFlags) {
  if (all_programs().empty()) GTEST_SKIP() << "the examples are not built";
  for (const std::string& name : all_programs()) {
    const std::string source = testing::read_file(testing::project_root / "examples" / (name + ".cpp"));
    if (source.find("examples::run(") == std::string::npos) continue;  // takes no arguments
    const Outcome help = run(program(name) + " --help");
    EXPECT_EQ(help.status, 0) << name;
    EXPECT_TRUE(help.output.starts_with("usage: " + name)) << help.output;
    EXPECT_EQ(run(program(name) + " --no-such-flag 1 x 2>/dev/null").status, 2) << name;
    EXPECT_EQ(run(program(name) + " /nowhere/at/all /nowhere/either 2>/dev/null").status, 1) << name;
  }
}

TEST(Programs, MergeStoriesRejectsABadLineAndTellsTheOthers) {
  if (all_programs().empty()) GTEST_SKIP() << "the examples are not built";
  const TemporaryFolder folder;
  testing::write_file(folder / "in.jsonl",
                      "{\"id\": \"a\", \"text\": \"The bridge over the Sarn fell on Monday.\", \"source\": \"A\"}\n"
                      "{\"id\": \"b\", \"text\": \n"
                      "{\"id\": \"c\", \"title\": \"No text\"}\n"
                      "{\"id\": \"a\", \"text\": \"Second with this id.\"}\n"
                      "{\"id\": \"d\", \"text\": 7}\n"
                      "{\"id\": \"e\", \"text\": \"Bad \xff byte.\"}\n"
                      "{\"id\": \"f\", \"text\": \"Apples were cheap in Oldbrek.\", \"published\": \"some day\"}\n");
  const Outcome all = run(program("merge_stories") + " --format jsonl " + (folder / "in.jsonl").string() + " 2>" +
                          (folder / "errors").string());
  EXPECT_EQ(all.status, 0);
  EXPECT_EQ(lines_of(all.output), 2u);
  const std::string errors = testing::read_file(folder / "errors");
  for (const char* line :
       {"in.jsonl:2: rejected", "in.jsonl:3: rejected: text", "in.jsonl:4: rejected: id", "in.jsonl:5: rejected: text",
        "in.jsonl:6: rejected", "in.jsonl:7: flagged: published", "5 of 7 records rejected"}) {
    EXPECT_NE(errors.find(line), std::string::npos) << line << " in\n" << errors;
  }
}

TEST(Programs, AClosedPipeIsNoError) {
  if (all_programs().empty()) GTEST_SKIP() << "the examples are not built";
  const Outcome outcome = run("bash -c 'set -o pipefail; " + program("merge_stories") + " --format jsonl " +
                              data("day.jsonl") + " | head -c 1 >/dev/null' 2>&1");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

TEST(Programs, OutputGoesToTheFileNamed) {
  if (all_programs().empty()) GTEST_SKIP() << "the examples are not built";
  const TemporaryFolder folder;
  const std::string command = program("merge_stories") + " --format jsonl " + data("day.jsonl");
  EXPECT_EQ(run(command + " --output " + (folder / "out").string()).output, "");
  EXPECT_EQ(testing::read_file(folder / "out"), run(command).output);
  EXPECT_EQ(run(command + " --output /nowhere/at/all 2>/dev/null").status, 1);
  EXPECT_EQ(run(command + " --format pigeon 2>/dev/null").status, 2);
  EXPECT_EQ(run(program("merge_stories") + " --format jsonl - < " + data("day.jsonl")).output, run(command).output);
}

// What the main job prints for the example day. `tests/run.sh --update-golden` writes the files anew.
TEST(Programs, PrintTheGoldenFiles) {
  if (all_programs().empty()) GTEST_SKIP() << "the examples are not built";
  const auto folder = testing::project_root / "tests" / "whole" / "golden";
  for (const std::string format : {"jsonl", "markdown"}) {
    const Outcome outcome = run(program("merge_stories") + " --format " + format + " " + data("day.jsonl"));
    ASSERT_EQ(outcome.status, 0);
    const auto file = folder / ("day." + format);
    if (std::getenv("STORYMERGE_UPDATE_GOLDEN") != nullptr) {
      std::filesystem::create_directories(folder);
      testing::write_file(file, outcome.output);
    }
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "no golden file yet: " << file;
    EXPECT_EQ(outcome.output, testing::read_file(file)) << "if this is meant: tests/run.sh --update-golden";
  }
}

}  // namespace
}  // namespace storymerge

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

// Lines of data/day.jsonl, counted from 1.
std::string lines_of_day(std::initializer_list<std::size_t> numbers) {
  std::istringstream day(testing::read_file(data("day.jsonl")));
  std::vector<std::string> lines;
  for (std::string line; std::getline(day, line);) lines.push_back(line + "\n");
  std::string out;
  for (const std::size_t number : numbers) out += lines.at(number - 1);
  return out;
}

bool is_utf8(const std::string& text) {
  const TemporaryFolder folder;
  testing::write_file(folder / "text", text);
  return run("iconv -f UTF-8 -t UTF-8 " + (folder / "text").string() + " 2>&1 >/dev/null").status == 0;
}

TEST(Programs, CompareArticlesTellsCopiesStoriesAndStrangers) {
  if (all_programs().empty()) GTEST_SKIP() << "the examples are not built";
  const TemporaryFolder folder;
  const auto compare = [&](const std::string& a, const std::string& b) {
    testing::write_file(folder / "a.jsonl", a);
    testing::write_file(folder / "b.jsonl", b);
    return run(program("compare_articles") + " " + (folder / "a.jsonl").string() + " " + (folder / "b.jsonl").string());
  };
  const auto expect_all = [](const Outcome& outcome, std::initializer_list<const char*> parts) {
    EXPECT_EQ(outcome.status, 0);
    for (const char* part : parts) EXPECT_NE(outcome.output.find(part), std::string::npos) << part << outcome.output;
    EXPECT_TRUE(is_utf8(outcome.output));
  };
  const std::string first = lines_of_day({1}), last = lines_of_day({5}), bees = lines_of_day({11});
  const Outcome told_twice = compare(first, last);
  expect_all(told_twice, {"A  Karst Wire", "B  The Sarn Ledger", "Not copies", "One story", "would be two without",
                          "name   Oldbrek", "At least four people", "% sure", "updated:"});
  // The order of the inputs tells nothing: A is the earlier. One input of two is as good.
  EXPECT_EQ(compare(last, first).output, told_twice.output);
  EXPECT_EQ(compare(first + last, "").output, told_twice.output);
  const Outcome strangers = compare(first, bees);
  expect_all(strangers, {"Not copies", "Two stories", "would be one if both told of"});
  EXPECT_TRUE(strangers.output.ends_with("CLAIMS OF BOTH, IF ANY\n"));
  std::string copy = first;
  copy.replace(copy.find("wire-derailment"), 15, "copy");
  expect_all(compare(first, copy), {"Copies of one text, the same", "Jaccard 1.", "B has 100% of A's", "One story"});
  EXPECT_EQ(compare(first + last, bees).status, 2);
  EXPECT_EQ(compare(first, "").status, 2);
}

// Wherever a title or a quote is cut, no sequence of bytes is; and no byte of a text commands the terminal.
TEST(Programs, CompareArticlesCutsBetweenCharacters) {
  if (all_programs().empty()) GTEST_SKIP() << "the examples are not built";
  const TemporaryFolder folder;
  for (std::size_t shift = 0; shift < 4; ++shift) {
    std::string text(shift, 'x');
    for (int i = 0; i < 400; ++i) text += "é漢𝔸";
    testing::write_file(folder / "in.jsonl", "{\"id\": \"a\", \"title\": \"" + text + "\", \"text\": \"" + text +
                                                 "\"}\n{\"id\": \"b\", \"source\": \"" + text +
                                                 "\", \"text\": \"\\u001b[2J" + text + " and more.\"}\n");
    const Outcome outcome = run(program("compare_articles") + " " + (folder / "in.jsonl").string());
    EXPECT_EQ(outcome.status, 0);
    EXPECT_TRUE(is_utf8(outcome.output)) << outcome.output;
    EXPECT_EQ(outcome.output.find('\x1b'), std::string::npos);
  }
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

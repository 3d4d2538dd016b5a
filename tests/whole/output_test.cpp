// What programs write, whatever happens meanwhile: a full disk, closed streams, signals, two runs at once. And what they say
// of themselves: --version, messages, manual pages, completions, colour.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <random>
#include <sstream>
#include <thread>

#include "support/files.h"

namespace storymerge {
namespace {

using testing::Outcome;
using testing::read_file;
using testing::run;
using testing::TemporaryFolder;
using testing::write_file;

std::string program(const std::string& name) { return std::string(testing::program_folder) + "/" + name; }
std::string day() { return (testing::project_root / "data" / "day.jsonl").string(); }

// Every program that takes flags, with operands that give some output.
std::vector<std::string> all_commands(const TemporaryFolder& folder) {
  write_file(folder / "two.jsonl",
             "{\"id\":\"1\",\"text\":\"The town of Alpha has a mayor.\"}\n"
             "{\"id\":\"2\",\"text\":\"The bank of Beta closed on Monday.\"}\n");
  const std::string watched = std::filesystem::path(folder.write("watched/day.jsonl", read_file(day()))).parent_path();
  std::vector<std::string> out = {"merge_stories --format html " + day(),
                                  "merge_stories " + day(),
                                  "find_duplicates --format tsv " + day(),
                                  "inspect_article " + day(),
                                  "compare_articles " + (folder / "two.jsonl").string(),
                                  "custom_similarity " + day(),
                                  "choose_bands",
                                  "watch_folder --seconds 0 " + watched,
                                  "evaluate " + (testing::project_root / "data" / "check").string()};
  std::erase_if(out, [](const std::string& c) { return !std::filesystem::exists(program(c.substr(0, c.find(' ')))); });
  for (std::string& command : out) command = program(command);
  return out;
}

std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) out.push_back(entry.path().filename().string());
  std::sort(out.begin(), out.end());
  return out;
}

TEST(Output, IsCheckedToTheLastByte) {
  const TemporaryFolder folder;
  for (const std::string& command : all_commands(folder)) {
    EXPECT_EQ(run(command + " >/dev/full 2>/dev/null").status, 1) << command;
    EXPECT_EQ(run(command + " --output /dev/full 2>/dev/null").status, 1) << command;
    EXPECT_EQ(run(command + " >&- 2>/dev/null").status, 1) << command;
    EXPECT_EQ(run(command + " --output /nowhere/at/all 2>/dev/null").status, 1) << command;
    EXPECT_EQ(run("bash -c 'set -o pipefail; " + command + " | head -c 1 >/dev/null' 2>&1").status, 0) << command;
  }
}

TEST(Output, OfTheFirstProgramIsCheckedToo) {
  EXPECT_EQ(run(program("quickstart") + " >/dev/full").status, 1);
  EXPECT_EQ(run(program("quickstart")).status, 0);
}

TEST(Output, HoldsNoMessagesWhenStandardStreamsAreClosed) {
  const TemporaryFolder folder;
  const std::string bad = folder.write("bad.jsonl", "{\"id\":\"x\"}\n");
  for (const std::string& command : all_commands(folder)) {
    const bool reads = command.find(".jsonl") != std::string::npos && command.find("compare") == std::string::npos;
    const std::string whole = command + (reads ? " " + bad : "") + " --output " + (folder / "out").string();
    ASSERT_EQ(run(whole + " 2>/dev/null").status, 0) << whole;
    const std::string expected = read_file(folder / "out");
    for (const char* closed : {" 2>&-", " <&- >&- 2>&-", " <&- 2>&-"}) {
      EXPECT_EQ(run(whole + closed).status, 0) << whole << closed;
      EXPECT_TRUE(read_file(folder / "out") == expected) << whole << closed;
    }
  }
}

TEST(Output, TakesThePlaceOfTheOldOneOnlyWhenItIsWhole) {
  const TemporaryFolder folder;
  const std::string out = folder.write("sub/out", "yesterday");
  const std::string command = program("merge_stories") + " --format jsonl " + day();
  const std::string expected = run(command).output;
  EXPECT_EQ(run(program("merge_stories") + " --output " + out + " /nowhere 2>/dev/null").status, 1);
  EXPECT_EQ(run(program("compare_articles") + " --output " + out + " " + day() + " 2>/dev/null").status, 2);
  EXPECT_EQ(read_file(out), "yesterday");
  EXPECT_EQ(run("bash -c 'ulimit -f 1; trap \"\" XFSZ; " + command + " --output " + out + " 2>/dev/null'").status, 1);
  EXPECT_EQ(read_file(out), "yesterday");
  folder.write("sub/.out.storymerge0", "what a run that was killed left behind, longer than anything " + expected);
  EXPECT_EQ(run(command + " --output " + out).status, 0);
  EXPECT_TRUE(read_file(out) == expected);
  EXPECT_EQ(files_in(folder / "sub"), std::vector<std::string>{"out"});
  // A link stays one, and the mode of the old file is kept.
  std::filesystem::create_symlink("out", folder / "sub/link");
  std::filesystem::permissions(out, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(run(command + " --output " + (folder / "sub/link").string()).status, 0);
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "sub/link"));
  EXPECT_EQ(std::filesystem::status(out).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(Output, ThatIsAnInputIsRefused) {
  const TemporaryFolder folder;
  const std::string text = read_file(day()), input = folder.write("in/a.jsonl", text);
  std::filesystem::create_symlink(input, folder / "link.jsonl");
  std::filesystem::create_hard_link(input, folder / "hard.jsonl");
  const std::string merge = program("merge_stories") + " --format jsonl ";
  const std::string in = (folder / "in").string();
  for (const std::string& arguments :
       {"--output " + input + " " + input, "--output " + input + " " + (folder / "link.jsonl").string(),
        "--output " + (folder / "hard.jsonl").string() + " " + input, "--output " + in + "/new " + in,
        "--output " + in + "/../in/new " + in, "--output " + (folder / "hard.jsonl").string() + " " + in,
        "--output " + input + " - <" + input, input + " >>" + input}) {
    EXPECT_EQ(run(merge + arguments + " 2>/dev/null").status, 2) << arguments;
    EXPECT_TRUE(read_file(input) == text) << arguments;
    EXPECT_EQ(files_in(in), std::vector<std::string>{"a.jsonl"}) << arguments;
  }
  EXPECT_EQ(run(merge + "--output " + in + "2 " + in).status, 0);  // beside the folder
}

TEST(Output, OfTwoRunsAtOnceIsThatOfOneOfThem) {
  const TemporaryFolder folder;
  const std::string out = (folder / "out").string(), merge = program("merge_stories") + " " + day() + " --format ";
  const std::string a = run(merge + "jsonl").output, b = run(merge + "ninjs").output;
  for (int round = 0; round < 5; ++round) {
    const std::string both = merge + "jsonl --output " + out + " & " + merge + "ninjs --output " + out;
    EXPECT_EQ(run(both + " & wait $! && wait").status, 0);
    const std::string got = read_file(out);
    EXPECT_TRUE(got == a || got == b);
    EXPECT_EQ(files_in(folder.path()), std::vector<std::string>{"out"});
  }
}

struct Ended {
  int status = 0;
  double seconds = 0;
};

// Runs a command without a shell between; after `delay` seconds it gets the signal.
Ended run_and_signal(const std::string& command, int signal, double delay) {
  std::istringstream words(command);
  std::vector<std::string> arguments;
  for (std::string word; words >> word;) arguments.push_back(word);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  const auto begin = std::chrono::steady_clock::now();
  pid_t child = 0;
  if (posix_spawn(&child, pointers[0], nullptr, nullptr, pointers.data(), environ) != 0) return {-1, 0};
  if (signal != 0) {
    std::this_thread::sleep_for(std::chrono::duration<double>(delay));
    kill(child, signal);
  }
  Ended ended;
  waitpid(child, &ended.status, 0);
  ended.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return ended;
}

// STORYMERGE_SIGNALS: how many a program; 8 unless it is set.
TEST(Output, OfAnInterruptedRunIsTheOldOneOrTheNewOne) {
  const char* const asked = std::getenv("STORYMERGE_SIGNALS");
  const int rounds = asked != nullptr ? std::atoi(asked) : 8;
  const TemporaryFolder folder;
  std::mt19937 random(20);
  const std::string out = folder.write("sub/out", "yesterday");
  std::size_t ended_by_signal = 0;
  for (const std::string& command : all_commands(folder)) {
    const std::string whole = command + " --quiet --output " + out;
    const double seconds = run_and_signal(whole, 0, 0).seconds;
    const std::string expected = read_file(out);
    for (int round = 0; round < rounds; ++round) {
      const int signal = round % 2 == 0 ? SIGINT : SIGTERM;
      write_file(out, "yesterday");
      const int status =
          run_and_signal(whole, signal, std::uniform_real_distribution<>(0, std::min(1.2 * seconds, 0.3))(random))
              .status;
      const bool signalled = WIFSIGNALED(status) && WTERMSIG(status) == signal;
      ended_by_signal += signalled;
      EXPECT_TRUE(signalled || (WIFEXITED(status) && WEXITSTATUS(status) == 0)) << status << ": " << whole;
      const std::string got = read_file(out);
      EXPECT_TRUE(got == expected || (signalled && got == "yesterday")) << whole;
      EXPECT_EQ(files_in(folder / "sub"), std::vector<std::string>{"out"}) << whole;
    }
  }
  EXPECT_GT(ended_by_signal, 5u);
  RecordProperty("ended_by_signal", static_cast<int>(ended_by_signal));
}

TEST(Messages, AreTenAnInputAllOnRequestOrNone) {
  const TemporaryFolder folder;
  std::string lines = "{\"id\":\"good\",\"text\":\"The town of Alpha has a mayor.\"}\n";
  for (int i = 0; i < 2700; ++i) lines += "{\"id\":\"" + std::to_string(i) + "\"}\n";
  const std::string file = folder.write("in.jsonl", lines);
  const auto told = [&](const std::string& flags) {
    return run(program("merge_stories") + " " + flags + " " + file + " 2>&1 >/dev/null").output;
  };
  const auto rejections = [](const std::string& text) {
    std::size_t n = 0;
    for (std::size_t at = 0; (at = text.find(": rejected: ", at)) != std::string::npos; ++at) ++n;
    return n;
  };
  const std::string ten = told("");
  EXPECT_EQ(rejections(ten), 10u);
  EXPECT_NE(ten.find("2690 more"), std::string::npos) << ten;
  EXPECT_NE(ten.find("2700 of 2701 records rejected"), std::string::npos) << ten;
  EXPECT_EQ(rejections(told("--verbose")), 2700u);
  EXPECT_EQ(told("--quiet"), "");
  // What ends the run is told all the same.
  EXPECT_NE(run(program("merge_stories") + " --quiet /nowhere 2>&1").output, "");
}

// A terminal: what `script` runs has one.
std::string on_a_terminal(const std::string& environment, const std::string& command) {
  return run("env -u NO_COLOR TERM=xterm " + environment + " script -qec '" + command + "' /dev/null </dev/null")
      .output;
}

TEST(Messages, HaveColourOnATerminalOnlyAndNotUnderNoColor) {
  if (run("script -qec true /dev/null </dev/null >/dev/null 2>&1").status != 0) GTEST_SKIP() << "no command `script`";
  const std::string command = program("merge_stories") + " /nowhere";
  EXPECT_NE(on_a_terminal("", command).find("\x1b[31m"), std::string::npos);
  EXPECT_EQ(on_a_terminal("NO_COLOR=1", command).find('\x1b'), std::string::npos);
  EXPECT_EQ(on_a_terminal("TERM=dumb", command).find('\x1b'), std::string::npos);
  EXPECT_EQ(run("TERM=xterm " + command + " 2>&1").output.find('\x1b'), std::string::npos);
}

// The rows of a program's table of flags, as --help shows them: "  --format markdown|jsonl".
std::vector<std::string> flags_of(const std::string& help) {
  std::vector<std::string> out;
  std::istringstream lines(help);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("  --")) out.push_back(line.substr(4, line.find(' ', 4) - 4));
  }
  return out;
}

TEST(Manual, AndCompletionsNameEveryFlagOfTheHelp) {
  const TemporaryFolder folder;
  for (std::string name : all_commands(folder)) {
    name = name.substr(0, name.find(' '));
    const std::vector<std::string> flags = flags_of(run(name + " --help").output);
    EXPECT_GE(flags.size(), 7u) << name;
    const std::string manual = run(name + " --generate man").output, bash = run(name + " --generate bash").output,
                      zsh = run(name + " --generate zsh").output;
    for (const std::string& flag : flags) {
      std::string escaped = "\\-\\-";
      for (const char c : flag) escaped += c == '-' ? "\\-" : std::string(1, c);
      EXPECT_NE(manual.find(".B " + escaped + "\\fR"), std::string::npos) << name << flag;
      EXPECT_NE(bash.find("--" + flag), std::string::npos) << name << flag;
      EXPECT_NE(zsh.find("'--" + flag), std::string::npos) << name << flag;
    }
    EXPECT_EQ(run(name + " --generate bash | bash -n 2>&1").output, "");
    EXPECT_TRUE(run(name + " --version").output.ends_with(" (storymerge) 0.1.0\n"));
  }
}

TEST(Manual, CompletesFlagsTheirChoicesAndFiles) {
  const auto complete = [](const std::string& words) {
    return run("bash -c 'source <(" + program("merge_stories") + " --generate bash); COMP_WORDS=(" + words +
               "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _merge_stories; echo \"${COMPREPLY[*]}\"'")
        .output;
  };
  EXPECT_EQ(complete("merge_stories --form"), "--format\n");
  EXPECT_EQ(complete("merge_stories --format j"), "jsonl jsonld\n");
  EXPECT_EQ(complete("merge_stories --format = n"), "ninjs\n");
  EXPECT_EQ(complete("merge_stories --output /et"), "/etc\n");
}

}  // namespace
}  // namespace storymerge

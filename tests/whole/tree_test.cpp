// Rules of the tree itself: which room may include which, what public headers may include, and that the library neither
// prints nor ends the program.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "support/files.h"

namespace {

namespace fs = std::filesystem;

const fs::path root = storymerge::testing::root_path;

// In the order in which data flows. `support` is what all may use; `pipeline` runs all but `eval`.
const std::map<std::string, int> rank = {{"support", 0},   {"base", 1},   {"lang", 2},   {"read", 3},   {"text", 4},
                                         {"sketch", 5},    {"dedup", 6},  {"story", 7},  {"claim", 8},  {"align", 9},
                                         {"dispute", 10},  {"merge", 11}, {"write", 12}, {"store", 13}, {"eval", 14},
                                         {"pipeline", 15}, {"c", 16}};

const fs::path c_header = root / "include" / "storymerge" / "c.h";  // tests/c holds it against rules of its own

struct Include {
  fs::path file;     // relative to the root
  std::string from;  // room
  std::string name;  // as written
  bool quoted = false;
};

// "storymerge/text/words.h" and "text/words.h" -> "text"; "storymerge/pipeline.h" -> "pipeline".
std::string room_of(std::string path) {
  if (path.starts_with("storymerge/")) path.erase(0, 11);
  const std::size_t slash = path.find('/');
  return slash == std::string::npos ? "pipeline" : path.substr(0, slash);
}

std::vector<Include> includes_under(const fs::path& folder) {
  static const std::regex line_form(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"].*)re");
  std::vector<Include> out;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    const std::string ending = entry.path().extension();
    if (ending != ".h" && ending != ".cpp" && ending != ".inc") continue;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      std::smatch m;
      if (std::regex_match(line, m, line_form)) {
        out.push_back({fs::relative(entry.path(), root),
                       room_of(fs::relative(entry.path(), root / folder).generic_string()), m[2], m[1] == "\""});
      }
    }
  }
  return out;
}

TEST(Tree, EveryRoomIncludesOnlyRoomsBeforeIt) {
  std::size_t seen = 0;
  for (const char* folder : {"include/storymerge", "lib"}) {
    for (const Include& include : includes_under(folder)) {
      ASSERT_TRUE(rank.contains(include.from)) << include.file << ": no such room: " << include.from;
      const bool ours = include.quoted || include.name.starts_with("storymerge/");
      if (!ours) continue;
      // A file beside the including one may be named without its room.
      const std::string to = include.name.find('/') == std::string::npos ? include.from : room_of(include.name);
      ASSERT_TRUE(rank.contains(to)) << include.file << ": " << include.name;
      EXPECT_LE(rank.at(to), rank.at(include.from)) << include.file << " includes " << include.name;
      if (include.from == "pipeline") {
        EXPECT_NE(to, "eval") << include.file << ": only tests and examples see eval";
      }
      ++seen;
    }
  }
  EXPECT_GT(seen, 50u);
}

TEST(Tree, PublicHeadersIncludeOnlyTheStandardLibraryAndEachOther) {
  const std::set<std::string> standard = {
      "algorithm", "array",       "atomic",        "bit",       "chrono",     "cmath",      "compare",
      "concepts",  "cstddef",     "cstdint",       "exception", "filesystem", "functional", "initializer_list",
      "iosfwd",    "istream",     "iterator",      "limits",    "map",        "memory",     "optional",
      "ostream",   "set",         "span",          "stdexcept", "stop_token", "string",     "string_view",
      "tuple",     "type_traits", "unordered_map", "utility",   "variant",    "vector"};
  for (const Include& include : includes_under("include")) {
    if (root / include.file == c_header) continue;
    if (include.quoted) {
      EXPECT_TRUE(fs::exists(root / "include" / include.name)) << include.file << " includes " << include.name;
    } else {
      EXPECT_TRUE(standard.contains(include.name)) << include.file << " includes <" << include.name << ">";
    }
  }
}

TEST(Tree, EveryPublicHeaderOpensWithPragmaOnceAndAComment) {
  for (const auto& entry : fs::recursive_directory_iterator(root / "include")) {
    if (entry.path().extension() != ".h") continue;
    std::ifstream in(entry.path());
    std::string first, second;
    std::getline(in, first);
    std::getline(in, second);
    EXPECT_EQ(first, "#pragma once") << entry.path();
    EXPECT_TRUE(second.starts_with(entry.path() == c_header ? "/* " : "// ")) << entry.path();
  }
}

// A name without the mark is missing from the shared library, and only its users would see it.
TEST(Tree, EveryFunctionAndClassOfAPublicHeaderIsExported) {
  static const std::regex function(R"re([A-Za-z].*\(.*)re"), class_head(R"re(class (\w+).*\{)re");
  static const std::regex needs_none(R"re((inline|template|constexpr|struct|class|enum|using|namespace)\b.*)re");
  std::size_t marked = 0;
  for (const auto& entry : fs::recursive_directory_iterator(root / "include")) {
    if (entry.path().extension() != ".h" || entry.path() == c_header) continue;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      std::smatch m;
      marked += line.starts_with("STORYMERGE_EXPORT ");
      if (std::regex_match(line, function) && !std::regex_match(line, needs_none)) {
        EXPECT_TRUE(line.starts_with("STORYMERGE_EXPORT ")) << entry.path() << ": " << line;
      }
      if (std::regex_match(line, m, class_head)) {
        EXPECT_EQ(m[1], "STORYMERGE_EXPORT") << entry.path() << ": " << line;
      }
    }
  }
  EXPECT_GT(marked, 50u);
}

TEST(Tree, TheTopLevelHoldsOnlyWhatANewcomerNeeds) {
  const std::set<std::string> allowed = {
      "CMakeLists.txt", "include",   "lib",          "examples",        "tests", "data",
      "LICENSE",        "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "build", "CMakePresets.json"};
  const auto listed =
      storymerge::testing::run("git -C '" + root.string() + "' ls-files");  // not what a user left there
  if (listed.status != 0) GTEST_SKIP() << "not a checkout of git's";
  std::istringstream files(listed.output);
  for (std::string file; std::getline(files, file);) {
    const std::string name = file.substr(0, file.find('/'));
    EXPECT_TRUE(name.starts_with('.') || allowed.contains(name)) << name;
  }
}

// Undefined symbols of the built library: what it asks of others.
TEST(Tree, TheLibraryNeverPrintsLogsExitsOrAborts) {
  const std::string command = std::string("nm -C --undefined-only ") + storymerge::testing::library_nm_flags + " '" +
                              storymerge::testing::library_file + "' 2>/dev/null";
  FILE* pipe = popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  std::string listing;
  char buffer[4096];
  for (std::size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) listing.append(buffer, n);
  pclose(pipe);
  const std::set<std::string> forbidden = {
      "std::cout", "std::cerr", "std::clog", "printf", "fprintf", "vprintf",      "vfprintf",     "puts",
      "fputs",     "putchar",   "fputc",     "putc",   "exit",    "_exit",        "_Exit",        "quick_exit",
      "abort",     "syslog",    "stdout",    "stderr", "perror",  "__printf_chk", "__fprintf_chk"};
  std::size_t symbols = 0;
  std::istringstream lines(listing);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t at = line.find(" U ");
    if (at == std::string::npos) continue;
    std::string name = line.substr(at + 3);
    name.erase(std::min(name.find('@'), name.size()));  // GLIBC's versions
    ++symbols;
    EXPECT_FALSE(forbidden.contains(name)) << name;
  }
  EXPECT_GT(symbols, 50u);
}

}  // namespace

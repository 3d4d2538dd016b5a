// The server: what it makes of a request's words, and what it does to clients of all kinds.

#include "serve/request.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <random>

#include "support/files.h"
#include "support/paths.h"

namespace examples::serve {
namespace {

TEST(Serve, ReadsTargets) {
  const auto path = [](std::string_view target) { return read_target(target).value_or(Target{"-", ""}).path; };
  EXPECT_EQ(path("/stories/a%20b.json?since=3"), "/stories/a b.json");
  EXPECT_EQ(read_target("/x?a=1?b")->query, "a=1?b");
  EXPECT_EQ(read_target("/x?")->query, "");
  for (const char* none :
       {"", "x", "*", "http://x/", "/a#b", "/a b", "/%", "/%4", "/%4?1", "/%+1", "/%zz", "/\n", "/\x7f"}) {
    EXPECT_FALSE(read_target(none)) << none;
  }
  EXPECT_EQ(path(std::string_view("/%00", 4)), std::string("/\0", 2));
}

TEST(Serve, ReadsRevisions) {
  EXPECT_EQ(number_in("since=12", "since"), 12U);
  EXPECT_EQ(number_in("a=1&since=0&b", "since"), 0U);
  EXPECT_EQ(number_in("since=3&step=4", "step"), 4U);
  for (const char* none :
       {"", "since", "since=", "since=-1", "since=1x", "since= 1x", "sinc=1", "since=99999999999999999999"}) {
    EXPECT_FALSE(number_in(none, "since")) << none;
  }
}

TEST(Serve, AnswersToItsOwnNamesAlone) {
  const std::vector<std::string> hosts = {"desk.example", "127.0.0.1", "[::1]"};
  for (const char* own : {"desk.example:8080", "DESK.Example:8080", "127.0.0.1:8080", "[::1]:8080"}) {
    EXPECT_TRUE(is_own_host(own, hosts, false, 8080)) << own;
  }
  for (const char* other :
       {"", ":8080", "desk.example", "desk.example:80", "desk.example.:8080", "evil.example:8080", "127.0.0.2:8080",
        "desk.example:8080:8080", "desk.example:", "desk.example:8080x", "desk.example:08080", "[::1]"}) {
    EXPECT_FALSE(is_own_host(other, hosts, false, 8080)) << other;
  }
  EXPECT_TRUE(is_own_host("desk.example", hosts, false, 80));
  EXPECT_TRUE(is_own_host("[::1]", hosts, false, 80));
  EXPECT_TRUE(is_own_host("10.0.0.7:8080", {}, true, 8080));  // listening at all addresses, it cannot be misled to one
  EXPECT_TRUE(is_own_host("[fe80::1]:8080", {}, true, 8080));
  for (const char* name :
       {"10.0.0.7.evil.example:8080", "10.0.0:8080", "10.0.0.256:8080", "evil.example:8080", "[evil]:8080"}) {
    EXPECT_FALSE(is_own_host(name, {}, true, 8080)) << name;
  }
}

TEST(Serve, KnowsTagsAndEncodings) {
  EXPECT_TRUE(names_tag("\"a\", W/\"b\"", "\"b\""));
  EXPECT_TRUE(names_tag("*", "\"b\""));
  EXPECT_FALSE(names_tag("\"ab\"", "\"b\""));
  EXPECT_FALSE(names_tag("", "\"b\""));
  for (const char* yes : {"gzip", "br, GZIP;q=0.5", "deflate , gzip ; q=1"}) EXPECT_TRUE(accepts_gzip(yes)) << yes;
  for (const char* no : {"", "br", "gzip;q=0", "gzip;q=0.000", "xgzip"}) EXPECT_FALSE(accepts_gzip(no)) << no;
}

// Whatever is sent, reading it ends, and a path that is read holds no more than was sent.
TEST(Serve, ReadsNonsense) {
  std::mt19937 dice(23);
  const std::string_view pieces[] = {"/",  "%",  "?", "&", "since=", "=", ",", ";",    "q=0",
                                     "\"", "W/", ":", "[", "]",      "4", "f", "\xff", " "};
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (std::size_t n = dice() % 12; n > 0; --n) text += pieces[dice() % std::size(pieces)];
    const Target target = read_target(text).value_or(Target{});
    EXPECT_LE(target.path.size() + target.query.size(), text.size());
    number_in(text, "since");
    names_tag(text, "\"a\"");
    accepts_gzip(text);
    is_own_host(text, {"a"}, true, 80);
  }
}

// tests/whole/serve_check.py: routes, refusals, a thousand requests at once, slow clients, commits, the open page in a browser.
TEST(Serve, Clients) {
  const std::filesystem::path programs = storymerge::testing::program_folder;
  if (!std::filesystem::exists(programs / "serve_stories")) GTEST_SKIP() << "the examples are not built";
  if (std::system("python3 -c '' 2>/dev/null") != 0) GTEST_SKIP() << "python3 is missing";
  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) / ("storymerge_serve_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  const std::string root = std::string(storymerge::testing::root_path);
  const std::string command = "python3 " + root + "/tests/whole/serve_check.py '" + programs.string() + "' " + root +
                              "/data/day.jsonl '" + folder.string() + "' > '" + folder.string() + "/log' 2>&1";
  const int status = std::system(command.c_str());
  const std::string log = storymerge::testing::read_file(folder / "log");
  std::filesystem::remove_all(folder);
  EXPECT_EQ(status, 0) << log;
  std::cout << log;
}

}  // namespace
}  // namespace examples::serve

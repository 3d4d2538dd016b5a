// A second parser, Python's, reads the same texts out of lines of JSON that were changed at random; where the two do not agree
// is listed in second_parser.py.

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "storymerge/read/read.h"
#include "support/files.h"

namespace storymerge {
namespace {

std::string hex(const std::string& bytes) {
  std::string out;
  for (const unsigned char c : bytes) {
    out += "0123456789abcdef"[c >> 4];
    out += "0123456789abcdef"[c & 15];
  }
  return out;
}

// Changes a few bytes of a line, mostly to what means something in JSON.
std::string mutated(std::string line, std::mt19937& random) {
  static const std::vector<std::string> pieces = {"\"",       "\\",        "{",
                                                  "}",        "[",         "]",
                                                  ",",        ":",         "\\u",
                                                  "\\ud83d",  "\\n",       "\\/",
                                                  "null",     "NaN",       "1e5",
                                                  "-",        "\x01",      "\t",
                                                  "\xff",     "\xc3\xa9",  "\xed\xa0\x80",
                                                  "\xc0\x80", "\"text\":", "\"text\":\"x\",",
                                                  " ",        "\\u0041",   "\\ud83d\\ude00",
                                                  "0"};
  for (std::size_t n = 1 + random() % 3; n > 0; --n) {
    const std::size_t at = random() % (line.size() + 1);
    const std::string& piece = pieces[random() % pieces.size()];
    switch (random() % 3) {
      case 0:
        line.insert(at, piece);
        break;
      case 1:
        line.erase(at, 1 + random() % 3);
        break;
      default:
        line.replace(at, std::min<std::size_t>(line.size() - at, piece.size()), piece);
    }
    if (line.empty()) line = "x";
  }
  return line;
}

TEST(SecondParser, ReadsTheSameTextsOfLinesOfJson) {
  if (testing::run("python3 -c ''").status != 0) GTEST_SKIP() << "no Python";
  const testing::TemporaryFolder folder;
  const std::vector<std::string> seeds = {
      R"({"id":"a","text":"The ferry sank off Lidra. \u201cNobody died\u201d, it said.","published":"2031-03-14T10:00:00Z"})",
      R"({"source":"Alpha","title":"T","text":"Two\nlines \\ and \"quotes\" \ud83d\ude00 é.","extra":[1,-2.5e3,{"a":null}]})",
      R"({ "text" : "Короткий текст." , "url" : "https://a.example/1" , "flag" : true })"};
  std::mt19937 random(21);
  std::string bytes;
  for (int i = 0; i < 10000; ++i) {
    std::string line = mutated(seeds[static_cast<std::size_t>(i) % seeds.size()], random);
    std::erase(line, '\n');
    bytes += line + '\n';
  }
  const std::string file = folder.write("lines.jsonl", bytes);
  std::vector<std::string> ours;
  const ReadReport report = read_articles({&file, 1}, [&](Article&& a) { ours.push_back(hex(a.text)); }, {});
  std::map<std::uint64_t, std::string> rejected;
  for (const ReadIssue& issue : report.issues) {
    if (issue.rejected) rejected[issue.line] = issue.field + ": " + issue.reason;
  }
  const auto python =
      testing::run("python3 " + (testing::project_root / "tests/read/second_parser.py").string() + " " + file);
  ASSERT_EQ(python.status, 0) << python.output;
  std::istringstream theirs(python.output), lines(bytes);
  std::string line, text;
  std::map<std::string, std::size_t> differences;
  std::size_t next = 0, same = 0;
  for (std::uint64_t n = 1; std::getline(lines, line); ++n) {
    ASSERT_TRUE(std::getline(theirs, text)) << n;
    const auto why = rejected.find(n);
    if (why != rejected.end()) {
      if (text == "-")
        ++same;
      else
        ++differences["rejected, " + why->second + " in " + line];
      continue;
    }
    ASSERT_LT(next, ours.size());
    EXPECT_EQ(ours[next], text) << line;
    same += ours[next++] == text;
  }
  EXPECT_EQ(next, ours.size());
  EXPECT_GT(same, 9000u);
  for (const auto& [why, count] : differences) ADD_FAILURE() << why << ": " << count << " lines";
}

}  // namespace
}  // namespace storymerge

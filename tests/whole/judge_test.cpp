// The judge of merge_stories --judge: a process that answers, and ones that do not, of which nothing is lost but their word.

#include "program/judge.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <chrono>

#include "support/files.h"

namespace storymerge {
namespace {

using examples::start_judge;

JudgedPair pair() {
  JudgedPair out;
  out.a = {"A \"ferry\" sank.", "Before.", "Ferry sinks", "Lidra Post", parse_time("2031-03-14T05:00:00Z")};
  out.b = {"The ferry went down.", {}, {}, {}, std::nullopt};
  return out;
}

TEST(JudgeProcess, GetsEachPairAndAnswers) {
  const testing::TemporaryFolder folder;
  const auto judge = start_judge("while read -r line; do echo \"$line\" >> '" + (folder / "asked").string() +
                                 "'; echo '{\"p\": [0.25, 1]}'; done");
  const std::vector<JudgedPair> batch = {pair(), pair()};
  const std::vector<double> want = {0.25, 1};
  EXPECT_EQ(judge(batch), want);
  EXPECT_EQ(judge(batch), want);
  const std::string asked = testing::read_file(folder / "asked");
  const boost::json::value line = boost::json::parse(asked.substr(0, asked.find('\n')));
  ASSERT_EQ(line.at("pairs").as_array().size(), 2u);
  EXPECT_EQ(line.at("pairs").at(1).at("a"),
            boost::json::parse(R"({"text": "A \"ferry\" sank.", "before": "Before.", "title": "Ferry sinks",)"
                               R"( "source": "Lidra Post", "published": "2031-03-14T05:00:00Z"})"));
  EXPECT_EQ(line.at("pairs").at(1).at("b"),
            boost::json::parse(R"({"text": "The ferry went down.", "before": "", "title": "", "source": ""})"));
}

// Told once on standard error, and asked no more.
TEST(JudgeProcess, OneThatFailsIsLeftOut) {
  const std::vector<JudgedPair> batch = {pair()};
  const struct {
    std::string command, message;
  } rows[] = {{"read -r line; echo '{\"p\": [0.5, 0.5]}'", "2 numbers for 1 pairs"},
              {"read -r line; echo '{\"p\": []}'", "0 numbers for 1 pairs"},
              {"read -r line; echo '{\"p\": [1.5]}'", "no number from 0 to 1"},
              {"read -r line; echo '{\"p\": [nan]}'", "no number from 0 to 1"},
              {"read -r line; echo 0.5", "answers no"},
              {"true", "ended before it answered"},
              {"/nowhere/judge 2>/dev/null", "ended before it answered"},
              {"sleep 60", "no answer within 1 seconds"}};
  for (const auto& row : rows) {
    const auto started = std::chrono::steady_clock::now();
    const auto judge = start_judge(row.command, 1);
    ::testing::internal::CaptureStderr();
    EXPECT_TRUE(judge(batch).empty()) << row.command;
    EXPECT_NE(::testing::internal::GetCapturedStderr().find(row.message), std::string::npos) << row.command;
    ::testing::internal::CaptureStderr();
    EXPECT_TRUE(judge(batch).empty()) << row.command;
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "") << row.command;
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(30)) << row.command;
  }
}

// More than a pipe holds, to a judge that talks before it listens.
TEST(JudgeProcess, NeitherSideWaitsForEver) {
  JudgedPair wide = pair();
  const std::string text(3'000, 'x');
  wide.a.text = wide.b.text = text;
  const std::vector<JudgedPair> batch(AlignOptions::most_judged, wide);
  std::string answer = "0.5";
  for (std::size_t k = 1; k < batch.size(); ++k) answer += ", 0.5";
  const auto judge =
      start_judge("head -c 300000 /dev/zero | tr '\\0' ' '; read -r line; echo '{\"p\": [" + answer + "]}'");
  EXPECT_EQ(judge(batch), std::vector<double>(batch.size(), 0.5));
}

}  // namespace
}  // namespace storymerge

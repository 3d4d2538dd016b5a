// A bad line of JSON is told with its number, field and reason, and costs no other line.

#include <gtest/gtest.h>
#include <storymerge/base/error.h>
#include <storymerge/read/read.h>

#include "support/files.h"

namespace storymerge {
namespace {

using testing::TemporaryFolder;

TEST(JsonLines, EachBadLineIsNamedAndTheOthersAreRead) {
  const TemporaryFolder folder;
  const std::string file = folder.write("in.jsonl",
                                        "{\"id\":\"a\",\"text\":\"one\",\"published\":\"2031-03-14T09:20:00Z\"}\n"
                                        "{\"id\":\"b\",\"text\":\n"
                                        "\n"
                                        "{\"id\":\"c\"}\n"
                                        "{\"id\":\"a\",\"text\":\"again\"}\n"
                                        "{\"id\":\"d\",\"text\":7}\n"
                                        "{\"id\":\"e\",\"text\":\"bad \xff byte\"}\n"
                                        "{\"id\":\"f\",\"text\":\"ok\",\"published\":\"yesterday\"}\n"
                                        "[1]\n"
                                        "{\"id\":\"g\",\"text\":\"ok\",\"extra\":{\"deep\":[1,{\"text\":5}]}}\n");
  const ReadResult got = read_articles(std::vector<std::string>{file});
  EXPECT_EQ(got.corpus.size(), 3u);
  EXPECT_EQ(got.report.records, 9u);
  EXPECT_EQ(got.report.rejected, 6u);
  std::vector<std::string> seen;
  for (const ReadIssue& i : got.report.issues) {
    seen.push_back(std::to_string(i.line) + " " + i.field + (i.rejected ? " rejected" : " flagged"));
    EXPECT_FALSE(i.reason.empty());
    EXPECT_EQ(i.input, file);
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"2 text rejected", "4 text rejected", "5 id rejected", "6 text rejected",
                                            "7 text rejected", "8 published flagged", "9  rejected"}));
  EXPECT_FALSE(got.corpus[*got.corpus.find("f")].published);
  EXPECT_TRUE(got.corpus[*got.corpus.find("a")].published);
}

}  // namespace
}  // namespace storymerge

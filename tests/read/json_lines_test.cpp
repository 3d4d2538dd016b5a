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
  const ReadResult got = read_articles({file});
  EXPECT_EQ(got.corpus.size(), 4u);
  EXPECT_EQ(got.report.records, 9u);
  EXPECT_EQ(got.report.rejected, 5u);
  std::vector<std::string> seen;
  for (const ReadIssue& i : got.report.issues) {
    seen.push_back(std::to_string(i.line) + " " + i.field + (i.rejected ? " rejected" : " flagged"));
    EXPECT_FALSE(i.reason.empty());
    EXPECT_EQ(i.input, file);
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"2 text rejected", "4 text rejected", "6 text rejected", "7 text rejected",
                                            "8 published flagged", "9  rejected"}));
  EXPECT_FALSE(got.corpus[*got.corpus.find("f")].published);
  EXPECT_TRUE(got.corpus[*got.corpus.find("a")].published);
  EXPECT_EQ(got.corpus[*got.corpus.find("a")].replaced_by, "a@2");
}

TEST(JsonLines, LinesOfAnyLengthAcrossAllBuffers) {
  const TemporaryFolder folder;
  std::uint32_t state = 7;
  const auto next = [&] { return (state = state * 1664525u + 1013904223u) >> 8; };
  ReadOptions options;
  options.max_record_bytes = 300'000;
  std::string bytes;
  std::vector<std::size_t> sizes;       // of the texts kept, by id
  std::vector<std::uint64_t> too_long;  // lines
  for (std::uint64_t line = 1; bytes.size() < (std::size_t{20} << 20); ++line) {
    const std::size_t size = std::size_t{next()} % (std::size_t{1} << next() % 20);
    if (size % 11 == 0) {  // blank
      bytes += "\n";
      continue;
    }
    const std::string json =
        "{\"id\":\"" + std::to_string(sizes.size()) + "\",\"text\":\"" + std::string(size, 'x') + "\"}";
    if (json.size() > options.max_record_bytes) {
      too_long.push_back(line);
    } else {
      sizes.push_back(size);
    }
    bytes += json + "\n";
  }
  bytes.pop_back();
  EXPECT_GT(too_long.size(), 3u);
  const std::vector<std::string> file = {folder.write("in.jsonl", bytes)};
  for (const unsigned threads : {1u, 3u}) {
    options.threads = threads;
    const ReadResult got = read_articles(file, options);
    ASSERT_EQ(got.corpus.size(), sizes.size());
    for (const Article& a : got.corpus.articles()) EXPECT_EQ(a.text, std::string(sizes[std::stoul(a.id)], 'x'));
    std::vector<std::uint64_t> told;
    for (const ReadIssue& issue : got.report.issues) told.push_back(issue.line);
    EXPECT_EQ(told, too_long);
  }
}

// No one looks again after the parser.
TEST(JsonLines, NothingButValidUtf8ComesIn) {
  const TemporaryFolder folder;
  std::string bytes;
  std::uint64_t count = 0;
  for (const std::string bad : {"\x80", "\xC3", "\xC0\x80", "\xC1\xBF", "\xE2\x82", "\xE0\x81\x81", "\xED\xA0\x80",
                                "\xF0\x9F\x98", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xFF",
                                "\\ud800", "\\udc00", "\\udc00\\ud800"}) {
    for (const std::string field : {"id", "title", "source", "url", "language", "author", "text"}) {
      for (const std::string around : {"", "a", "\\n", "\xC3\xA9"}) {
        bytes += "{\"" + field + "\":\"" + around + bad + around + "\"";
        if (field != "text") bytes += ",\"text\":\"T.\"";
        bytes += "}\n";
        ++count;
      }
    }
  }
  const ReadResult got = read_articles({folder.write("in.jsonl", bytes)});
  EXPECT_EQ(got.corpus.size(), 0u);
  EXPECT_EQ(got.report.rejected, count);
}

}  // namespace
}  // namespace storymerge

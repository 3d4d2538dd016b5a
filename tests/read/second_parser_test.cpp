// Second parsers, Python's, read the same texts out of lines of JSON, and the same words out of pages, that were changed at random;
// where the two do not agree is listed in second_parser.py and second_tree.py.

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "read/html_tree.h"
#include "storymerge/read/read.h"
#include "support/files.h"
#include "support/utf8.h"

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

// Changes a few bytes of a line, mostly to one of the pieces.
std::string mutated(std::string line, const std::vector<std::string>& pieces, std::mt19937& random) {
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
  // What means something in JSON.
  const std::vector<std::string> pieces = {"\"",       "\\",        "{",
                                           "}",        "[",         "]",
                                           ",",        ":",         "\\u",
                                           "\\ud83d",  "\\n",       "\\/",
                                           "null",     "NaN",       "1e5",
                                           "-",        "\x01",      "\t",
                                           "\xff",     "\xc3\xa9",  "\xed\xa0\x80",
                                           "\xc0\x80", "\"text\":", "\"text\":\"x\",",
                                           " ",        "\\u0041",   "\\ud83d\\ude00",
                                           "0"};
  std::mt19937 random(21);
  std::string bytes;
  for (int i = 0; i < 10000; ++i) {
    std::string line = mutated(seeds[static_cast<std::size_t>(i) % seeds.size()], pieces, random);
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

// What stands under a node and its next ones, scripts and styles aside.
void append_text(const xmlNode* n, std::string& out) {
  for (; n != nullptr; n = n->next) {
    if (n->type == XML_TEXT_NODE && n->content != nullptr) out += reinterpret_cast<const char*>(n->content);
    const std::string_view name = read::name_of(n);
    if (n->type == XML_ELEMENT_NODE && name != "script" && name != "style") append_text(n->children, out);
  }
}

std::string text_of_tree(const std::string& page) {
  std::string text;
  if (const read::HtmlTree tree = read::parse_html(page)) append_text(xmlDocGetRootElement(tree.get()), text);
  text = read::clean_line(text);
  std::erase(text, ' ');  // where elements end there may be one or none
  return text;
}

// Nothing that a page says gets lost in the tree, and no markup becomes a word.
TEST(SecondParser, ReadsTheSameWordsOfPages) {
  if (testing::run("python3 -c ''").status != 0) GTEST_SKIP() << "no Python";
  const testing::TemporaryFolder folder;
  const std::vector<std::string> seeds = {
      R"(<!DOCTYPE html><html><head><title>Ferry sinks</title><script>if (a < b) document.write("<p>no</p>");</script>)"
      R"(<style>p > a { color: red }</style></head><body class="x"><h1>Ferry sinks</h1><p>The ferry <b>sank</b> off )"
      R"(<a href="/l?a=1&amp;b=2" title='Lidra "port"'>Lidra</a>.<br>It was &quot;late&quot;.</p><!-- no word -->)"
      R"(<ul><li>one<li>two</ul></body></html>)",
      R"(<div id=a><p>First paragraph<p>Second &eacute;t&eacute; &#8220;quoted&#8221; &#x2014; dash<table><tr><td>1<td>2)"
      R"(</tr></table><![if !IE]><img src=x.png alt="a > b"><![endif]><em>end &copy 2031</em></div>)",
      R"(<article><header><h2>Two &amp; three</h2><time datetime="2031-03-14">14 March</time></header><section>)"
      R"(<blockquote>"Yes," she said. AT&T</blockquote><select><option>A<option selected>B</select>)"
      R"(<textarea>free text</textarea></section></article>)"};
  const std::vector<std::string> pieces = {"<",
                                           ">",
                                           "</",
                                           "/>",
                                           "<p>",
                                           "</p>",
                                           "</div>",
                                           "<div>",
                                           "<b",
                                           "<!--",
                                           "-->",
                                           "\"",
                                           "'",
                                           "=",
                                           "&",
                                           "&amp;",
                                           "&#65;",
                                           "&lt;",
                                           ";",
                                           "#",
                                           " ",
                                           "\n",
                                           "<br/>",
                                           "</a>",
                                           "<a href=\"x\">",
                                           "<td>",
                                           "</table>",
                                           "<!",
                                           "</>",
                                           "&nbsp",
                                           "<h3>",
                                           "word",
                                           "<i>",
                                           "<span class='a b'>",
                                           "</body>",
                                           "<script>",
                                           "</script>",
                                           "</style>",
                                           "\u00E9"};
  std::mt19937 random(22);
  std::vector<std::string> pages;
  std::string lines;
  for (std::size_t i = 0; pages.size() < 11500; ++i) {
    std::string page = mutated(seeds[i % seeds.size()], pieces, random);
    if (find_invalid_utf8(page)) continue;
    lines += hex(page) + '\n';
    pages.push_back(std::move(page));
  }
  const auto python = testing::run("python3 " + (testing::project_root / "tests/read/second_tree.py").string() + " " +
                                   folder.write("pages.hex", lines));
  ASSERT_EQ(python.status, 0) << python.output;
  std::istringstream theirs(python.output);
  std::size_t compared = 0;
  std::string words;
  for (const std::string& page : pages) {
    ASSERT_TRUE(std::getline(theirs, words));
    if (words == hex("?")) continue;
    ++compared;
    EXPECT_EQ(hex(text_of_tree(page)), words) << page;
  }
  EXPECT_GT(compared, 10000u);
}

}  // namespace
}  // namespace storymerge

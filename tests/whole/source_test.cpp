// Rules of the code of lib/ and examples/: no word of a language outside lib/lang, no function that needs scrolling.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "lang/language.h"
#include "storymerge/lang/languages.h"
#include "support/files.h"
#include "support/source_code.h"

namespace storymerge::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::Pair;

std::vector<fs::path> sources_under(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(root_path / folder)) {
    const std::string ending = entry.path().extension();
    if (ending == ".h" || ending == ".cpp" || ending == ".inc") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

// ---- Words of a language -----------------------------------------------------------------------------------------------

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

// The words of two letters or more; none in what is no prose, such as "og:title", ".com" and "date_published".
std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> out;
  std::string piece;
  for (const char c : std::string(text) + ' ') {
    if (c != ' ') {
      piece += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      continue;
    }
    piece.erase(piece.find_last_not_of(":,.!?-") + 1);
    const auto letters = std::count_if(piece.begin(), piece.end(),
                                       [](char b) { return (static_cast<unsigned char>(b) & 0xC0) != 0x80; });
    if (letters >= 2 && std::all_of(piece.begin(), piece.end(), [](char b) { return is_letter(b) || b == '\''; }))
      out.push_back(piece);
    piece.clear();
  }
  return out;
}

const std::set<std::string>& words_of_the_tables() {
  static const std::set<std::string> words = [] {
    std::set<std::string> out;
    for (const EmbeddedFile& table : lang::tables()) {
      std::istringstream lines{std::string(table.text)};
      for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('#')) continue;
        for (const std::string& word : words_in(line.substr(0, line.find('\t')))) out.insert(word);
      }
    }
    return out;
  }();
  return words;
}

// Strings that code may ask a text for: what it compares with, searches for, or holds in a list or a constant. What it only
// tells (a message, a key that is written, the name of a rule) is no question, and an ending (ends_with) is no word. Nor are
//   - tags of languages, statements of SQL,
//   - what tables and rules yield: a variable of that name is compared ("week" is the value of semaine),
//   - names of ours: lists and constants of these names (features, places, classes), and rows of rules, whose patterns are of roles and
//     whose examples a test runs,
//   - single words in small letters in what reads keys and markup, and the parts of such names.
class Questions {
 public:
  explicit Questions(std::vector<Token> tokens) : t_(std::move(tokens)) {}

  std::vector<std::pair<std::size_t, std::string>> find() {  // line, string
    std::vector<std::pair<std::size_t, std::string>> out;
    bool asked = false;
    for (std::size_t i = 0; i < t_.size(); ++i) {
      if (t_[i].kind == Token::string) {
        if (!is(i - 1, Token::string)) asked = is_asked(i);
        if (asked && !is_sql(t_[i].text)) out.push_back({t_[i].line, t_[i].text});
      } else if (mark(i, "(") || mark(i, "{") || mark(i, "[")) {
        open_.push_back({t_[i].text, name_before(i)});
      } else if ((mark(i, ")") || mark(i, "}") || mark(i, "]")) && !open_.empty()) {
        open_.pop_back();
      }
    }
    return out;
  }

 private:
  struct Open {
    std::string bracket;
    std::string name;  // of the function or variable that it belongs to
  };

  static bool is_sql(std::string_view text) {
    static constexpr std::string_view verbs[] = {"SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM "};
    return std::any_of(std::begin(verbs), std::end(verbs),
                       [&](std::string_view verb) { return text.starts_with(verb); });
  }
  bool is(std::size_t i, Token::Kind kind) const { return i < t_.size() && t_[i].kind == kind; }
  bool mark(std::size_t i, std::string_view text) const { return is(i, Token::mark) && t_[i].text == text; }

  std::string name_before(std::size_t i) const {
    if (is(i - 1, Token::word)) return t_[i - 1].text;
    if (mark(i - 1, ":")) return "for";
    if (mark(i - 1, "=") || mark(i - 1, "]")) {
      std::size_t k = mark(i - 1, "=") ? i - 2 : i - 1;
      while (k < t_.size() && !(is(k, Token::word) && !mark(k - 1, "[") && !mark(k + 1, "::"))) --k;
      return k < t_.size() ? t_[k].text : "";
    }
    return open_.empty() ? "" : open_.back().name;  // a list in a list, an argument
  }

  bool is_asked(std::size_t i) const {
    static const std::set<std::string> asking = {"starts_with", "find", "rfind", "contains", "compare", "is", "one_of"};
    static const std::set<std::string> yields = {"unit", "value", "reason", "rule"};
    const auto compares = [&](std::size_t k) { return mark(k, "==") || mark(k, "!="); };
    if (compares(i - 1)) return !(is(i - 2, Token::word) && yields.contains(t_[i - 2].text));
    if (compares(i + 1)) return true;
    if (mark(i - 1, "=") && is(i - 2, Token::word) && is(i - 3, Token::word))
      return t_[i - 3].text == "string_view" && !names_of_ours.contains(t_[i - 2].text);
    if (open_.empty()) return false;
    const Open& in = open_.back();
    if (in.bracket == "(") return asking.contains(in.name);
    if (in.bracket != "{" || !(mark(i - 1, "{") || mark(i - 1, ","))) return false;
    if (in.name == "for" || asking.contains(in.name)) return true;
    const bool argument =
        std::any_of(open_.begin(), open_.end(), [&](const Open& o) { return o.bracket == "(" && o.name == in.name; });
    static const std::set<std::string> made = {"return", "affirmed", "denied"};
    return !argument && !made.contains(in.name) && !names_of_ours.contains(in.name);
  }

  static inline const std::set<std::string> names_of_ours = {
      "rules",       "rows",        "classes", "names", "feature_names", "place_names", "collective_names",
      "field_names", "label_reason"};

  std::vector<Token> t_;
  std::vector<Open> open_;
};

// Does the file read keys and markup? Dates and plain text are prose, wherever they stand.
bool reads_keys(std::string_view file) {
  static constexpr std::string_view readers[] = {"lib/read/", "lib/eval/", "lib/c/", "lib/base/corpus.cpp"};
  return file != "lib/read/dates.cpp" && file != "lib/read/text_page.cpp" &&
         std::any_of(std::begin(readers), std::end(readers), [&](auto r) { return file.starts_with(r); });
}

std::vector<std::pair<std::size_t, std::string>> words_asked_for(std::string_view code, bool keys = false) {
  static const std::set<std::string> tags = [] {
    const std::vector<std::string_view> known = known_languages();
    return std::set<std::string>(known.begin(), known.end());
  }();
  static const std::set<std::string> parts_of_names = {"Article", "Posting", "Report", "mobile.", "tag:"};
  const auto is_key = [](const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; }) ||
           parts_of_names.contains(text);
  };
  std::vector<std::pair<std::size_t, std::string>> out;
  for (const auto& question : Questions(tokens_of(code)).find()) {
    if (keys && is_key(question.second)) continue;
    const std::vector<std::string> words = words_in(question.second);
    const auto is_word = [](const std::string& w) { return words_of_the_tables().contains(w) && !tags.contains(w); };
    if (std::any_of(words.begin(), words.end(), is_word)) out.push_back(question);
  }
  return out;
}

std::size_t asks(std::string_view code, bool keys = false) { return words_asked_for(code, keys).size(); }

TEST(Source, WordsThatCodeAsksForAreFound) {
  EXPECT_EQ(asks(R"(if (word == "said") return;)"), 1u);
  EXPECT_EQ(asks(R"(if ("said" != word) return;)"), 1u);
  EXPECT_EQ(asks(R"(x = line.starts_with("Live updates: ");)"), 1u);
  EXPECT_EQ(asks(R"(for (const std::string_view w : {"you", "your", "xyzzy"}) f(w);)"), 2u);
  EXPECT_EQ(asks(R"(constexpr std::string_view verbs[] = {"sagte", "xy" "zzy"};)"), 1u);
  EXPECT_EQ(asks(R"(constexpr std::string_view pairs = "xyzzy\n" "rise | fall\n";)"), 1u);
  EXPECT_EQ(asks(R"(static const std::set<std::string> stop{"the", "of"};)"), 2u);
  EXPECT_EQ(asks(R"(const Pair pairs[] = {{"rise", 1}, {"fall", 2}};)"), 2u);
  EXPECT_EQ(asks(R"code(const auto text = "xyzzy"; f(R"(said)" == word);)code"), 1u);
  EXPECT_EQ(asks(R"(return one_of(word, {"said", "told"});)"), 2u);
}

TEST(Source, WhatCodeOnlyTellsIsNoQuestion) {
  EXPECT_EQ(asks(R"(throw Error(ErrorCode::io, fmt::format("no text was told in {}", name));)"), 0u);
  EXPECT_EQ(asks(R"(claim.rule = "word of saying"; return "link in brackets";)"), 0u);
  EXPECT_EQ(asks(R"(out.push_back({range, "repeated by this source"});)"), 0u);
  EXPECT_EQ(asks(R"(// word == "said"
                    /* word == "said" */ f(word == 's');)"),
            0u);
  EXPECT_EQ(asks(R"(if (q.unit == "people") f();)"), 0u);
  EXPECT_EQ(asks(R"(if (word.ends_with("ed") && tag == "de") f();)"), 0u);
  EXPECT_EQ(asks(R"(if (name == "article" || name == "og:title") f();)", true), 0u);
  EXPECT_EQ(asks(R"(if (name == "article" || name == "og:title") f();)", false), 1u);
  EXPECT_EQ(asks(R"(if (line.starts_with("Posted by ")) f();)", true), 1u);
}

TEST(Source, NoWordOfALanguageStandsOutsideItsTables) {
  for (const fs::path& file : sources_under("lib")) {
    const std::string name = fs::relative(file, root_path).generic_string();
    if (name.starts_with("lib/lang/") || name.starts_with("lib/write/")) continue;  // writers ask no text
    if (name == "lib/read/element_names.cpp") continue;  // what pages call their elements, in several languages
    for (const auto& [line, text] : words_asked_for(read_file(file), reads_keys(name)))
      ADD_FAILURE() << name << ":" << line << ": \"" << text << "\" belongs in a table of lib/lang";
  }
}

// ---- Long functions ----------------------------------------------------------------------------------------------------

struct Body {
  std::string name;
  std::size_t line = 0, lines = 0;  // from the brace that opens it to the one that closes it
};

// Bodies of functions that stand in namespaces or classes; what stands in a function (a lambda, a class) is part of it.
std::vector<Body> bodies_in(std::string_view code) {
  const std::vector<Token> t = tokens_of(code);
  const auto mark = [&](std::size_t i, std::string_view text) {
    return i < t.size() && t[i].kind == Token::mark && t[i].text == text;
  };
  std::vector<Body> out;
  std::string name;         // the last one with a parenthesis behind it in this declaration
  std::size_t round = 0;    // open parentheses
  bool holds_more = false;  // namespace, class, enum: functions may stand in it
  for (std::size_t i = 0; i < t.size(); ++i) {
    if (mark(i, "(") && round++ == 0 && name.empty() && i > 0 && t[i - 1].kind == Token::word) name = t[i - 1].text;
    if (mark(i, ")")) --round;
    if (round != 0) continue;
    if (t[i].kind == Token::word && name.empty()) {
      static const std::set<std::string> holders = {"namespace", "class", "struct", "union", "enum"};
      holds_more = holds_more || holders.contains(t[i].text);
    }
    if (mark(i, ";") || mark(i, "}") || mark(i, ":")) holds_more = holds_more && mark(i, ":");
    if (mark(i, ";") || mark(i, "}")) name.clear();
    if (!mark(i, "{")) continue;
    if (holds_more && name.empty()) {
      holds_more = false;
      continue;
    }
    const std::size_t first = t[i].line;
    for (std::size_t depth = 0; i < t.size(); ++i) {
      depth += mark(i, "{");
      if (mark(i, "}") && --depth == 0) break;
    }
    const bool initialiser = mark(i + 1, ",") || mark(i + 1, "{");  // of a member: x{1}, y{2} {
    if (!name.empty() && !initialiser && i < t.size()) out.push_back({name, first, t[i].line - first + 1});
    if (!initialiser) name.clear();
  }
  return out;
}

TEST(Source, BodiesOfFunctionsAreMeasured) {
  const auto bodies = bodies_in(R"(
#include <vector>
namespace a {
struct S : T {
  int x{1};
  S(int y) : x{y}, z_(f({})) {
    g();
  }
  bool f() const { return x == 1; }
};
constexpr int table[] = {1, 2, 3};
template <class T> void long_one(const T& t = {}) {
  const auto h = [&](int k) {
    if (k) { return "}"; }
  };
  h(2);
}
}  // namespace a
int main() {
})");
  std::vector<std::pair<std::string, std::size_t>> seen;
  for (const Body& b : bodies) seen.push_back({b.name, b.lines});
  EXPECT_THAT(seen, ElementsAre(Pair("S", 3u), Pair("f", 1u), Pair("long_one", 6u), Pair("main", 2u)));
}

TEST(Source, NoFunctionNeedsScrolling) {
  constexpr std::size_t most = 80;
  std::size_t functions = 0;
  for (const char* folder : {"lib", "examples", "include", "tests/fit"}) {
    for (const fs::path& file : sources_under(folder)) {
      for (const Body& body : bodies_in(read_file(file))) {
        ++functions;
        EXPECT_LE(body.lines, most) << fs::relative(file, root_path).generic_string() << ":" << body.line << ": "
                                    << body.name;
      }
    }
  }
  EXPECT_GT(functions, 1000u);
}

}  // namespace
}  // namespace storymerge::testing

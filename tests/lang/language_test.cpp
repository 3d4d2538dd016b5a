// What holds of every table of every language, and how a language is added.
#include "lang/language.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "lang/spelling.h"
#include "storymerge/base/error.h"
#include "storymerge/lang/languages.h"
#include "storymerge/text/stems.h"
#include "storymerge/text/words.h"
#include "text/phrases.h"

namespace storymerge::lang {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

TEST(Tables, AreSortedBetweenCommentsAndTellNothingTwice) {
  ASSERT_GT(tables().size(), 5u);
  for (const EmbeddedFile& table : tables()) {
    std::string_view last;
    std::set<std::string_view> rows, words;
    for (const std::string_view line : lines_of(table.text)) {
      if (line.empty() || line.front() == '#') {
        last = {};
        continue;
      }
      const std::string_view word = line.substr(0, line.find('\t'));
      EXPECT_LE(last, word) << table.name << ": out of order";
      EXPECT_TRUE(words.insert(word).second) << table.name << ": two rows for '" << word << "'";
      std::set<std::string_view> cells;
      std::string_view rest = line.substr(word.size() + 1);
      while (!rest.empty()) {
        const std::string_view cell = rest.substr(0, rest.find('\t'));
        EXPECT_TRUE(cells.insert(cell).second) << table.name << ": '" << word << "' has '" << cell << "' twice";
        rest.remove_prefix(std::min(cell.size() + 1, rest.size()));
      }
      last = word;
    }
  }
}

TEST(Tables, EveryRoleIsGivenToSomeWord) {
  Roles given;
  const Language all("all", tables());
  for (std::size_t r = 0; r < role_names.size(); ++r) {
    const Role role = static_cast<Role>(r);
    if (!all.with(role).empty()) given.add(role);
  }
  for (std::size_t r = 0; r < role_names.size(); ++r) EXPECT_TRUE(given.has(static_cast<Role>(r))) << role_names[r];
}

// What all tables of a language say of a word, together.
TEST(Tables, DoNotContradictOneAnother) {
  constexpr std::pair<Role, Role> contradictions[] = {{Role::abbr_never_ends, Role::abbr_may_end},
                                                      {Role::at_least, Role::at_most},
                                                      {Role::almost, Role::just_over},
                                                      {Role::or_more, Role::or_less},
                                                      {Role::am, Role::pm},
                                                      {Role::month, Role::weekday},
                                                      {Role::denies, Role::affirms},
                                                      {Role::past_verb, Role::future_verb},
                                                      {Role::past_verb, Role::present_verb},
                                                      {Role::earlier, Role::later},
                                                      {Role::decimal_mark, Role::group_mark},
                                                      {Role::past_hour, Role::to_hour}};
  // Roles of which a word has one value.
  constexpr Role single[] = {Role::month,    Role::weekday,   Role::short_weekday, Role::number,        Role::ordinal,
                             Role::fraction, Role::unit,      Role::currency,      Role::event,         Role::befalls,
                             Role::scale,    Role::time_zone, Role::period,        Role::american_zone, Role::exonym};
  for (const std::string_view tag : known_languages()) {
    const Language& language = Language::of(tag);
    for (const auto& [a, b] : contradictions) {
      for (const auto& [word, value] : language.with(a)) EXPECT_FALSE(language.is(word, b)) << tag << ": " << word;
    }
    for (const Role role : single) {
      std::map<std::string_view, std::string_view> seen;
      for (const auto& [word, value] : language.with(role)) {
        const std::string_view first = seen.emplace(word, value).first->second;
        EXPECT_EQ(first, value) << tag << ": " << word << ": " << role_names[static_cast<std::size_t>(role)];
      }
    }
  }
}

TEST(Tables, OfPagesDoNotContradictThemselves) {
  constexpr std::pair<Role, Role> contradictions[] = {{Role::reader_word, Role::our_word},
                                                      {Role::page_stop, Role::page_word}};
  for (const std::string_view tag : known_languages()) {
    const Language page(tag, tables_of(tag, {page_table}));
    for (const auto& [a, b] : contradictions) {
      std::set<std::string_view> words;
      for (const auto& [word, value] : page.with(a)) words.insert(word);
      for (const auto& [word, value] : page.with(b)) EXPECT_FALSE(words.contains(word)) << tag << ": " << word;
    }
  }
}

// Words that code looks up by their stem: forms of one word stand for one thing.
TEST(Tables, OfStemsAgree) {
  for (const std::string_view tag : known_languages()) {
    std::map<std::pair<std::string, std::string>, char> sides;  // by stem and pair
    for (const auto& [word, side] : Language::of(tag).with(Role::opposite)) {
      ASSERT_TRUE(side.ends_with('+') || side.ends_with('-')) << tag << ": " << word << ": " << side;
      EXPECT_NE(stem_terms(fold_words(word), tag).front(), 0u) << tag << ": " << word << " has no stem: a stop word";
      const std::string pair(side.substr(0, side.size() - 1));
      const char seen = sides.emplace(std::pair(stem(word, tag), pair), side.back()).first->second;
      EXPECT_EQ(seen, side.back()) << tag << ": " << word << " stands on both sides of " << pair;
    }
    std::map<std::string, std::pair<std::string_view, std::string_view>> events;  // by stem: word and event
    for (const auto& [word, event] : Language::of(tag).with(Role::event)) {
      if (word.find(' ') != word.npos) continue;
      const auto [seen_word, seen] = events.emplace(stem(word, tag), std::pair(word, event)).first->second;
      EXPECT_EQ(seen, event) << tag << ": " << word << " and " << seen_word;
    }
  }
}

// Words are looked up as the room `text` folds them.
TEST(Tables, WordsAreFoldedAsTextsAre) {
  for (const EmbeddedFile& table : tables()) {
    for (const std::string_view line : lines_of(table.text)) {
      if (line.empty() || line.front() == '#') continue;
      const std::string_view word = line.substr(0, line.find('\t'));
      const WordList folded = fold_words(word);
      if (folded.size() != 1 || folded.words[0].source.size() != word.size()) continue;  // a phrase, or with marks
      if (word == "us" || word.find('.') != word.npos) continue;  // of "U.S." the dots are left out, of "1.5" not
      EXPECT_EQ(folded[0], fold_spelling(word)) << table.name;
    }
  }
}

TEST(Language, IsKnownByItsTagWhateverTheRegion) {
  EXPECT_THAT(known_languages(), ::testing::IsSupersetOf({"de", "en", "es", "fr"}));
  EXPECT_EQ(&Language::of("de-AT"), &Language::of("de"));
  EXPECT_EQ(&Language::of("de_CH"), &Language::of("de"));
  EXPECT_EQ(&Language::of(""), &Language::of("en"));
  EXPECT_TRUE(Language::of("tlh").roles("the").empty());
}

// A language is a folder of tables: nothing else is needed.
TEST(Language, IsMadeOfTablesAlone) {
  const EmbeddedFile toy[] = {{"toy/a.tsv", "# a comment\n\nÖl\tstop=7\nÖl auf\tstop=x y\nöl auf dem\tstop\n"},
                              {"toy/b.tsv", "öl\tstop\n"}};
  const Language language("toy", toy);
  EXPECT_TRUE(language.is("öl", Role::stop));
  EXPECT_TRUE(language.is("ol", Role::stop));  // folded
  EXPECT_FALSE(language.is("Öl", Role::stop));
  EXPECT_EQ(language.number("ol", Role::stop), 7);
  EXPECT_EQ(language.value("ol auf", Role::stop), "x y");
  EXPECT_EQ(language.number("ol auf", Role::stop), std::nullopt);
  EXPECT_EQ(language.meanings("ol").size(), 2u);  // both tables
  EXPECT_THAT(language.with(Role::stop),
              ElementsAre(Pair("ol", "7"), Pair("ol auf", "x y"), Pair("ol auf dem", ""), Pair("ol", "")));

  const auto longest = [&](std::string_view text) {
    const WordList words = fold_words(text);
    return longest_phrase(language, words, 0, words.size()).words;
  };
  EXPECT_EQ(longest("Öl auf dem Wasser"), 3u);
  EXPECT_EQ(longest("Öl auf der"), 2u);
  EXPECT_EQ(longest("Öl"), 1u);
  EXPECT_EQ(longest("auf dem"), 0u);
}

TEST(Language, SaysWhichRowIsWrong) {
  const auto refusal = [](std::string_view text) -> std::string {
    const EmbeddedFile table[] = {{"toy/a.tsv", text}};
    try {
      Language("toy", table);
    } catch (const Error& error) {
      return error.what();
    }
    return "none";
  };
  EXPECT_THAT(refusal("ja\tstop\nnein\tstopp\n"), HasSubstr("toy/a.tsv:2: no such role: 'stopp'"));
  EXPECT_THAT(refusal("# nothing\nja\n"), HasSubstr("toy/a.tsv:2: 'ja' has no role"));
  EXPECT_EQ(refusal("ja\tstop\n"), "none");
}

}  // namespace
}  // namespace storymerge::lang

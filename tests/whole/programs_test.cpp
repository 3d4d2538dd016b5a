// The example programs as a user runs them: help, exit status, output, bad lines, closed pipes; and the golden files.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <sstream>

#include "storymerge/dedup/duplicates.h"
#include "support/corpora.h"
#include "support/files.h"

namespace storymerge {
namespace {

using testing::Outcome;
using testing::run;
using testing::TemporaryFolder;

std::string program(const std::string& name) { return std::string(testing::program_folder) + "/" + name; }
std::string data(const std::string& name) { return (testing::project_root / "data" / name).string(); }

std::vector<std::string> all_programs() {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(testing::project_root / "examples")) {
    const auto& path = entry.path();
    if (path.extension() == ".cpp" && std::filesystem::exists(program(path.stem()))) out.push_back(path.stem());
  }
  return out;
}

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(Programs, AnswerHelpAndRefuseUnknownFlags) {
  if (all_programs().empty()) GTEST_SKIP() << "the examples are not built";
  for (const std::string& name : all_programs()) {
    const std::string source = testing::read_file(testing::project_root / "examples" / (name + ".cpp"));
    if (source.find("examples::run(") == std::string::npos) continue;  // takes no arguments
    const Outcome help = run(program(name) + " --help");
    EXPECT_EQ(help.status, 0) << name;
    EXPECT_TRUE(help.output.starts_with("usage: " + name)) << help.output;
    EXPECT_EQ(run(program(name) + " --no-such-flag 1 x 2>/dev/null").status, 2) << name;
    const bool takes_inputs = !help.output.starts_with("usage: " + name + " [FLAG...]\n");
    EXPECT_EQ(run(program(name) + " /nowhere/at/all /nowhere/either 2>/dev/null").status, takes_inputs ? 1 : 2) << name;
  }
}

TEST(Programs, ATableOfSourcesMakesTwoOutletsOneVoice) {
  if (all_programs().empty()) GTEST_SKIP() << "the examples are not built";
  const TemporaryFolder folder;
  testing::write_file(
      folder / "in.jsonl",
      R"({"id": "a", "title": "Old bridge over the Sarn falls", "source": "A", "text": )"
      R"("The old bridge over the Sarn fell on Monday. Three people were hurt, said the police in Oldbrek."})"
      "\n"
      R"({"id": "b", "title": "Sarn: old bridge falls", "url": "https://b.example/1", "text": )"
      R"("Police in Oldbrek said three people were hurt. The bridge had been closed to lorries. On Monday the old )"
      R"(bridge over the Sarn fell."})"
      "\n");
  const std::string table = (folder / "sources.tsv").string();
  const std::string command =
      program("merge_stories") + " --format jsonl --sources " + table + " " + (folder / "in.jsonl").string() + " 2>&1";
  testing::write_file(table, "host\tname\towner\tkind\n\tA\tHorn Media\toutlet\nb.example\t\tHorn Media\t\n");
  const Outcome joined = run(command);
  EXPECT_EQ(joined.status, 0);
  EXPECT_NE(joined.output.find(R"("why":["owner"],"owner":"Horn Media")"), std::string::npos) << joined.output;
  EXPECT_EQ(joined.output.find(R"("origin_count":2)"), std::string::npos) << joined.output;
  testing::write_file(table, "host\tname\towner\tkind\n\tA\tHorn Media\toutlet\nb.example\t\tEcho Media\t\n");
  EXPECT_NE(run(command).output.find(R"("origin_count":2)"), std::string::npos);
  testing::write_file(table, "host\tname\towner\tkind\n\tA\tHorn Media\tpaper\n");
  const Outcome refused = run(command);
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.output.find("sources.tsv:2: kind is 'paper', must be outlet, agency or aggregator"),
            std::string::npos)
      << refused.output;
}

TEST(Programs, MergeStoriesRejectsABadLineAndTellsTheOthers) {
  if (all_programs().empty()) GTEST_SKIP() << "the examples are not built";
  const TemporaryFolder folder;
  testing::write_file(folder / "in.jsonl",
                      "{\"id\": \"a\", \"text\": \"The bridge over the Sarn fell on Monday.\", \"source\": \"A\"}\n"
                      "{\"id\": \"b\", \"text\": \n"
                      "{\"id\": \"c\", \"title\": \"No text\"}\n"
                      "{\"id\": \"a\", \"text\": \"The bridge over the Sarn fell on Monday.\"}\n"
                      "{\"id\": \"d\", \"text\": 7}\n"
                      "{\"id\": \"e\", \"text\": \"Bad \xff byte.\"}\n"
                      "{\"id\": \"f\", \"text\": \"Apples were cheap in Oldbrek.\", \"published\": \"some day\"}\n");
  const Outcome all = run(program("merge_stories") + " --format jsonl " + (folder / "in.jsonl").string() + " 2>" +
                          (folder / "errors").string());
  EXPECT_EQ(all.status, 0);
  EXPECT_EQ(lines_of(all.output), 2u);
  const std::string errors = testing::read_file(folder / "errors");
  for (const char* line :
       {"in.jsonl:2: rejected", "in.jsonl:3: rejected: text", "in.jsonl:4: rejected: id", "in.jsonl:5: rejected: text",
        "in.jsonl:6: rejected", "in.jsonl:7: flagged: published", "5 of 7 records rejected"}) {
    EXPECT_NE(errors.find(line), std::string::npos) << line << " in\n" << errors;
  }
}

TEST(Programs, AClosedPipeIsNoError) {
  if (all_programs().empty()) GTEST_SKIP() << "the examples are not built";
  const Outcome outcome = run("bash -c 'set -o pipefail; " + program("merge_stories") + " --format jsonl " +
                              data("day.jsonl") + " | head -c 1 >/dev/null' 2>&1");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

TEST(Programs, OutputGoesToTheFileNamed) {
  if (all_programs().empty()) GTEST_SKIP() << "the examples are not built";
  const TemporaryFolder folder;
  const std::string command = program("merge_stories") + " --format jsonl " + data("day.jsonl");
  EXPECT_EQ(run(command + " --output " + (folder / "out").string()).output, "");
  EXPECT_EQ(testing::read_file(folder / "out"), run(command).output);
  EXPECT_EQ(run(command + " --output /nowhere/at/all 2>/dev/null").status, 1);
  EXPECT_EQ(run(command + " --format pigeon 2>/dev/null").status, 2);
  EXPECT_EQ(run(program("merge_stories") + " --format jsonl - < " + data("day.jsonl")).output, run(command).output);
}

namespace json = boost::json;

std::string text_of(const json::value& v) { return {v.as_string().begin(), v.as_string().end()}; }

// Both formats of find_duplicates tell the groups of the library, by the ids of their articles.
TEST(Programs, FindDuplicatesTellsEveryGroupInBothFormats) {
  if (all_programs().empty()) GTEST_SKIP() << "the examples are not built";
  const TemporaryFolder folder;
  std::vector<Article> articles = testing::generated_coverage(7, 20);
  articles.front().id = "an id\twith \"quotes\"\nand lines";
  articles.push_back(articles.front());
  articles.back().id = "copy";
  std::string lines;
  for (const Article& a : articles) {
    json::object record = {{"id", a.id}, {"text", a.text}, {"source", a.source}};
    if (a.published) record["published"] = format_time(*a.published);
    lines += json::serialize(record) + '\n';
  }
  testing::write_file(folder / "in.jsonl", lines);
  const std::string file = folder / "in.jsonl";
  const Corpus corpus = read_articles({file}).corpus;
  const Duplicates duplicates = find_duplicates(corpus);
  std::vector<const Origin*> groups;
  std::size_t rows = 1;  // the heading
  for (const Origin& origin : duplicates.origins) {
    if (origin.articles.size() < 2) continue;
    groups.push_back(&origin);
    rows += origin.articles.size();
  }
  ASSERT_GT(groups.size(), 3u);

  std::istringstream told(run(program("find_duplicates") + " " + file).output);
  std::size_t pairs = 0;
  for (const Origin* group : groups) {
    std::string line;
    ASSERT_TRUE(std::getline(told, line));
    const json::value v = json::parse(line);
    ASSERT_EQ(v.at("articles").as_array().size(), group->articles.size());
    for (std::size_t k = 0; k < group->articles.size(); ++k) {
      EXPECT_EQ(text_of(v.at("articles").as_array()[k]), corpus[group->articles[k]].id);
    }
    EXPECT_EQ(text_of(v.at("original")), corpus[group->original].id);
    for (const json::value& pair : v.at("pairs").as_array()) {
      const auto at = std::find_if(duplicates.pairs.begin(), duplicates.pairs.end(), [&](const DuplicatePair& p) {
        return corpus[p.a].id == text_of(pair.at("a")) && corpus[p.b].id == text_of(pair.at("b"));
      });
      ASSERT_NE(at, duplicates.pairs.end());
      const std::map<std::string, Relation> relations = {{"exact", Relation::exact},
                                                         {"near_duplicate", Relation::near_duplicate},
                                                         {"contains", Relation::contains},
                                                         {"contained_in", Relation::contained_in},
                                                         {"partial_overlap", Relation::partial_overlap}};
      EXPECT_EQ(relations.at(text_of(pair.at("relation"))), at->relation);
      EXPECT_DOUBLE_EQ(pair.at("jaccard").to_number<double>(), at->jaccard);
      EXPECT_DOUBLE_EQ(pair.at("containment_a_in_b").to_number<double>(), at->containment_a_in_b);
      EXPECT_DOUBLE_EQ(pair.at("containment_b_in_a").to_number<double>(), at->containment_b_in_a);
      ++pairs;
    }
  }
  EXPECT_EQ(told.peek(), EOF);
  EXPECT_GE(pairs, groups.size());

  const std::string table = run(program("find_duplicates") + " --format tsv " + file).output;
  EXPECT_TRUE(table.starts_with("group\tarticle\toriginal\n"));
  EXPECT_EQ(lines_of(table), rows);
  EXPECT_EQ(std::count(table.begin(), table.end(), '\t'), 2 * static_cast<long>(rows));
  for (const char* wrong : {"--threads -1", "--ngram x", "--num-perm 1e99", "--format csv", "--threshold"}) {
    EXPECT_EQ(run(program("find_duplicates") + " " + file + " " + wrong + " 2>/dev/null").status, 2) << wrong;
  }
  EXPECT_EQ(run(program("find_duplicates") + " --threshold 7 " + file + " 2>/dev/null").status, 1);
}

// What one run saved the next one knows; an archive that is updated twice is as after once.
TEST(Programs, FindDuplicatesKnowsAnArchive) {
  const testing::TemporaryFolder folder;
  const std::string text =
      "The ferry Aurora Sol capsized off Lidra on Tuesday, killing at least 12 people, officials of the port said. ";
  const auto line = [](const std::string& id, const std::string& body) {
    return "{\"id\": \"" + id + "\", \"text\": \"" + body + "\"}\n";
  };
  testing::write_file(folder / "old.jsonl", line("old", text + "Divers search the wreck.") +
                                                line("other", "Nothing of the kind was said by anybody."));
  testing::write_file(folder / "new.jsonl", line("new", text + "Divers searched the wreck.") +
                                                line("own", "The council met late and went home early, again."));
  const std::string find = program("find_duplicates") + " ", old = folder / "old.jsonl", fresh = folder / "new.jsonl";
  const std::string archive = folder / "archive.sig", table = " --format tsv ";
  EXPECT_EQ(run(find + "--save " + archive + " " + old).status, 0);
  const std::string known = run(find + "--against " + archive + table + fresh).output;
  EXPECT_EQ(lines_of(known), 2u);
  EXPECT_NE(known.find("new\told\t0."), std::string::npos) << known;
  const json::value v = json::parse(run(find + "--against " + archive + " " + fresh).output);
  EXPECT_EQ(text_of(v.at("article")), "new");
  EXPECT_GT(v.at("known").as_array()[0].at("standard_error").to_number<double>(), 0);
  EXPECT_EQ(run(find + "--update " + archive + table + fresh).output, known);
  const std::string updated = testing::read_file(archive);
  EXPECT_EQ(lines_of(run(find + "--update " + archive + table + fresh).output), 1u + 3u);  // itself, and each other
  EXPECT_EQ(testing::read_file(archive), updated);
  EXPECT_EQ(run(find + "--against " + archive + " --ngram 5 " + fresh + " 2>/dev/null").status, 1);
  EXPECT_EQ(run(find + "--against " + archive + ".none " + fresh + " 2>/dev/null").status, 1);
  EXPECT_EQ(run(find + "--against " + archive + " --containment .5 " + fresh + " 2>/dev/null").status, 2);
}

// Calls `check` with every object that has a quote.
template <class Check>
void for_each_quote(const json::value& v, const Check& check) {
  if (v.is_array()) {
    for (const json::value& item : v.as_array()) for_each_quote(item, check);
  } else if (v.is_object()) {
    if (v.as_object().contains("quote")) check(v);
    for (const auto& [key, value] : v.as_object()) for_each_quote(value, check);
  }
}

TEST(Programs, InspectArticleQuotesTheBytesThatItNames) {
  if (all_programs().empty()) GTEST_SKIP() << "the examples are not built";
  const std::vector<Article> day = testing::example_day();
  std::istringstream told(run(program("inspect_article") + " " + data("day.jsonl")).output);
  std::map<std::string, std::size_t> found;
  std::size_t articles = 0;
  for (std::string line; std::getline(told, line); ++articles) {
    const json::value v = json::parse(line);
    const auto article =
        std::find_if(day.begin(), day.end(), [&](const auto& a) { return a.id == text_of(v.at("id")); });
    ASSERT_NE(article, day.end());
    EXPECT_EQ(text_of(v.at("text")), article->text);
    EXPECT_EQ(text_of(v.at("title")), article->title);
    for_each_quote(v, [&](const json::value& item) {
      const auto begin = item.at("begin").to_number<std::size_t>(), end = item.at("end").to_number<std::size_t>();
      EXPECT_EQ(text_of(item.at("quote")), article->text.substr(begin, end - begin));
    });
    for (const char* kind : {"furniture", "sentences", "names", "quantities", "dates", "claims"}) {
      found[kind] += v.at(kind).as_array().size();
    }
    for (const json::value& q : v.at("quantities").as_array()) {
      for (const char* end : {"low", "high"}) EXPECT_TRUE(q.at(end).is_number() || q.at(end).is_null());
      EXPECT_TRUE(q.at("unit").is_string());
    }
    for (const json::value& d : v.at("dates").as_array()) {
      EXPECT_TRUE(d.at("from").is_null() || parse_time(text_of(d.at("from")))) << line;
      EXPECT_TRUE(d.at("to").is_null() || parse_time(text_of(d.at("to")))) << line;
    }
  }
  EXPECT_EQ(articles, day.size());
  for (const auto& [kind, count] : found) EXPECT_GT(count, 0u) << kind;
}

// Lines of data/day.jsonl, counted from 1.
std::string lines_of_day(std::initializer_list<std::size_t> numbers) {
  std::istringstream day(testing::read_file(data("day.jsonl")));
  std::vector<std::string> lines;
  for (std::string line; std::getline(day, line);) lines.push_back(line + "\n");
  std::string out;
  for (const std::size_t number : numbers) out += lines.at(number - 1);
  return out;
}

bool is_utf8(const std::string& text) {
  const TemporaryFolder folder;
  testing::write_file(folder / "text", text);
  return run("iconv -f UTF-8 -t UTF-8 " + (folder / "text").string() + " 2>&1 >/dev/null").status == 0;
}

TEST(Programs, CompareArticlesTellsCopiesStoriesAndStrangers) {
  if (all_programs().empty()) GTEST_SKIP() << "the examples are not built";
  const TemporaryFolder folder;
  const auto compare = [&](const std::string& a, const std::string& b) {
    testing::write_file(folder / "a.jsonl", a);
    testing::write_file(folder / "b.jsonl", b);
    return run(program("compare_articles") + " " + (folder / "a.jsonl").string() + " " + (folder / "b.jsonl").string());
  };
  const auto expect_all = [](const Outcome& outcome, std::initializer_list<const char*> parts) {
    EXPECT_EQ(outcome.status, 0);
    for (const char* part : parts) EXPECT_NE(outcome.output.find(part), std::string::npos) << part << outcome.output;
    EXPECT_TRUE(is_utf8(outcome.output));
  };
  const std::string first = lines_of_day({1}), last = lines_of_day({5}), bees = lines_of_day({11});
  const Outcome told_twice = compare(first, last);
  expect_all(told_twice, {"A  Karst Wire", "B  The Sarn Ledger", "Not copies", "One story", "would be two without",
                          "names of both", "numbers of B only", "At least four people", "% sure", "Updated: "});
  // The order of the inputs tells nothing: A is the earlier. One input of two is as good.
  EXPECT_EQ(compare(last, first).output, told_twice.output);
  EXPECT_EQ(compare(first + last, "").output, told_twice.output);
  const Outcome strangers = compare(first, bees);
  expect_all(strangers, {"Not copies", "Two stories", "would be one if both told of"});
  EXPECT_TRUE(strangers.output.ends_with("CLAIMS OF BOTH, IF ANY\n"));
  std::string copy = first;
  copy.replace(copy.find("wire-derailment"), 15, "copy");
  expect_all(compare(first, copy), {"Copies of one text, the same", "Jaccard 1.", "B has 100% of A's", "One story"});
  EXPECT_EQ(compare(first + last, bees).status, 2);
  EXPECT_EQ(compare(first, "").status, 2);
}

// Wherever a title or a quote is cut, no sequence of bytes is; and no byte of a text commands the terminal.
TEST(Programs, CompareArticlesCutsBetweenCharacters) {
  if (all_programs().empty()) GTEST_SKIP() << "the examples are not built";
  const TemporaryFolder folder;
  for (std::size_t shift = 0; shift < 4; ++shift) {
    std::string text(shift, 'x');
    for (int i = 0; i < 400; ++i) text += "é漢𝔸";
    testing::write_file(folder / "in.jsonl", "{\"id\": \"a\", \"title\": \"" + text + "\", \"text\": \"" + text +
                                                 "\"}\n{\"id\": \"b\", \"source\": \"" + text +
                                                 "\", \"text\": \"\\u001b[2J" + text + " and more.\"}\n");
    const Outcome outcome = run(program("compare_articles") + " " + (folder / "in.jsonl").string());
    EXPECT_EQ(outcome.status, 0);
    EXPECT_TRUE(is_utf8(outcome.output)) << outcome.output;
    EXPECT_EQ(outcome.output.find('\x1b'), std::string::npos);
  }
}

// What the main job prints for the example day. `tests/run.sh --update-golden` writes the files anew.
TEST(Programs, PrintTheGoldenFiles) {
  if (all_programs().empty()) GTEST_SKIP() << "the examples are not built";
  const auto folder = testing::project_root / "tests" / "whole" / "golden";
  for (const std::string format : {"jsonl", "markdown"}) {
    const Outcome outcome = run(program("merge_stories") + " --format " + format + " " + data("day.jsonl"));
    ASSERT_EQ(outcome.status, 0);
    const auto file = folder / ("day." + format);
    if (std::getenv("STORYMERGE_UPDATE_GOLDEN") != nullptr) {
      std::filesystem::create_directories(folder);
      testing::write_file(file, outcome.output);
    }
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "no golden file yet: " << file;
    EXPECT_EQ(outcome.output, testing::read_file(file)) << "if this is meant: tests/run.sh --update-golden";
  }
}

}  // namespace
}  // namespace storymerge

// JSON Lines: read back by another parser, each story says what was written, and each quote is its source's bytes.

#include <gtest/gtest.h>
#include <storymerge/pipeline.h>
#include <storymerge/read/read.h>
#include <storymerge/write/json_writer.h>
#include <storymerge/write/writer.h>

#include <cmath>
#include <fstream>
#include <random>

#include "write/sample.h"

namespace storymerge {
namespace {

namespace json = boost::json;

std::string_view text_of(const json::value& v) { return std::string_view(v.as_string().data(), v.as_string().size()); }

void check_support(const Corpus& corpus, const json::value& support, const std::vector<Support>& expected) {
  ASSERT_EQ(support.as_array().size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const json::value& s = support.as_array()[i];
    const Article& article = corpus[expected[i].span.article];
    EXPECT_EQ(text_of(s.at("article")), article.id);
    const std::size_t begin = s.at("begin").to_number<std::size_t>(), end = s.at("end").to_number<std::size_t>();
    EXPECT_EQ(text_of(s.at("quote")), article.text.substr(begin, end - begin));
    EXPECT_EQ(begin, expected[i].span.begin);
    EXPECT_EQ(end, expected[i].span.end);
  }
}

void check_story(const Corpus& corpus, const MergedStory& story) {
  std::ostringstream out;
  write(Format::jsonl, out, corpus, {&story, 1});
  const std::string line = out.str();
  ASSERT_EQ(line.find('\n'), line.size() - 1);
  const json::value v = json::parse(line);
  EXPECT_EQ(v.at("format").to_number<int>(), 2);
  EXPECT_EQ(text_of(v.at("id")), story.id);
  EXPECT_EQ(text_of(v.at("title")), story.title);
  ASSERT_EQ(v.at("articles").as_array().size(), story.articles.size());
  for (std::size_t k = 0; k < story.articles.size(); ++k) {
    const Article& article = corpus[story.articles[k]];
    const json::value& a = v.at("articles").as_array()[k];
    EXPECT_EQ(text_of(a.at("id")), article.id);
    EXPECT_EQ(text_of(a.at("source")), article.source);
    EXPECT_EQ(text_of(a.at("url")), article.url);
    EXPECT_EQ(text_of(a.at("title")), article.title);
    EXPECT_EQ(a.as_object().contains("published"), article.published.has_value());
  }
  ASSERT_EQ(v.at("origins").as_array().size(), story.origins.size());
  ASSERT_EQ(v.at("claims").as_array().size(), story.claims.size());
  for (std::size_t c = 0; c < story.claims.size(); ++c) {
    const json::value& claim = v.at("claims").as_array()[c];
    EXPECT_EQ(text_of(claim.at("id")), "c" + std::to_string(c + 1));
    EXPECT_EQ(claim.at("text"), claim.at("support").as_array().at(0).at("quote"));
    EXPECT_EQ(claim.at("origin_count").to_number<std::uint32_t>(), story.claims[c].origin_count);
    check_support(corpus, claim.at("support"), story.claims[c].support);
    check_support(corpus, claim.at("also"), story.claims[c].also);
  }
  ASSERT_EQ(v.at("disputes").as_array().size(), story.disputes.size());
  for (std::size_t d = 0; d < story.disputes.size(); ++d) {
    const json::array& values = v.at("disputes").as_array()[d].at("values").as_array();
    ASSERT_EQ(values.size(), story.disputes[d].values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      EXPECT_EQ(text_of(values[i].at("value")), story.disputes[d].values[i].value);
      check_support(corpus, values[i].at("support"), story.disputes[d].values[i].support);
    }
  }
  EXPECT_EQ(v.at("summary").as_array().size(), story.summary.size());
  for (const json::value& f : v.at("furniture").as_array()) {
    const Article& article = corpus[*corpus.find(text_of(f.at("article")))];
    const std::size_t begin = f.at("begin").to_number<std::size_t>(), end = f.at("end").to_number<std::size_t>();
    EXPECT_EQ(text_of(f.at("quote")), article.text.substr(begin, end - begin));
  }
}

TEST(Json, GoldStoriesReadBack) {
  for (const char* name : {"ferry-lidra", "strike-rail-hallam", "envoy-call"}) {
    const samples::Sample s = samples::gold(name);
    check_story(s.corpus, s.stories[0]);
  }
}

TEST(Json, HostileTextReadsBack) {
  const samples::Sample s = samples::hostile();
  check_story(s.corpus, s.stories[0]);
}

// Real output, hand-made output and hostile output, against the schema that programs of others rely on.
TEST(Json, IsValidByItsSchema) {
  const testing::TemporaryFolder folder;
  {
    std::ofstream out(folder / "stories.jsonl", std::ios::binary);
    const Corpus day = read_articles({(testing::project_root / "data" / "day.jsonl").string()}).corpus;
    write(Format::jsonl, out, day, merge_stories(day));
    for (const samples::Sample& s : {samples::gold("ferry-lidra"), samples::hostile(), samples::example()}) {
      write(Format::jsonl, out, s.corpus, s.stories);
    }
  }
  const testing::Outcome check =
      testing::run("python3 '" + (testing::project_root / "tests/write/schema_check.py").string() + "' '" +
                   (testing::project_root / "data/story.schema.json").string() + "' '" +
                   (folder / "stories.jsonl").string() + "' 2>&1");
  if (check.status == 77 || check.status == 127) GTEST_SKIP() << check.output;
  EXPECT_EQ(check.status, 0) << check.output;
}

TEST(Json, AStoryOfNothingIsStillAnObject) {
  std::ostringstream out;
  const MergedStory nothing;
  write(Format::jsonl, out, Corpus(), {&nothing, 1});
  EXPECT_TRUE(json::parse(out.str()).at("claims").as_array().empty());
}

TEST(JsonWriter, ANumberWithoutEndIsNull) {
  for (const double number : {HUGE_VAL, -HUGE_VAL, std::nan("")}) {
    std::ostringstream out;
    JsonWriter(out).begin_object().field("high", number).key("low").null().end_object();
    EXPECT_EQ(out.str(), R"({"high":null,"low":null})");
  }
}

TEST(JsonWriter, AnyStringReadsBackAndMarkupEscapingHidesEveryBracket) {
  std::mt19937 random(7);
  const std::vector<std::string> pieces = {
      "<",      ">",      "&",      "\"",     "\\", "/", "\n",     std::string(1, '\0'), "\x7F", "a",
      "\u2028", "\u2029", "\u0085", "\u202E", "é",  "🚢", "\u20AC", "\xE2\x81\xA8"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (unsigned n = random() % 8; n > 0; --n) text += pieces[random() % pieces.size()];
    for (const auto escaping : {JsonWriter::Escaping::plain, JsonWriter::Escaping::markup}) {
      std::ostringstream out;
      JsonWriter(out, escaping).begin_array().value(text).value(1.5).value(true).end_array();
      const std::string written = out.str();
      const json::value v = json::parse(written);
      ASSERT_EQ(text_of(v.as_array()[0]), text);
      for (const char* line_end : {"\n", "\u0085", "\u2028", "\u2029"}) {
        ASSERT_EQ(written.find(line_end), std::string::npos);
      }
      if (escaping == JsonWriter::Escaping::markup) {
        ASSERT_EQ(written.find_first_of("<>&'"), std::string::npos);
      }
    }
  }
}

}  // namespace
}  // namespace storymerge

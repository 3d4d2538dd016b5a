// JSON-LD and ninjs: the shape that their standards ask for, and every selector finds its quote in the article.

#include <gtest/gtest.h>
#include <storymerge/write/writer.h>

#include <cstdlib>

#include "support/paths.h"
#include "write/sample.h"

namespace storymerge {
namespace {

namespace json = boost::json;

using samples::text_of;

std::string jsonld(const samples::Sample& s) {
  std::ostringstream out;
  write(Format::jsonld, out, s.corpus, s.stories);
  return out.str();
}

// Slow and obvious: where each code point begins, and the end of the text.
std::vector<std::size_t> code_points(const std::string& text) {
  std::vector<std::size_t> begins;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (is_boundary(text, i)) begins.push_back(i);
  }
  return begins;
}

bool has_type(const json::value& node, std::string_view type) {
  const json::value& t = node.at("type");
  if (t.is_string()) return t.as_string() == type;
  return std::any_of(t.as_array().begin(), t.as_array().end(),
                     [&](const json::value& v) { return v.as_string() == type; });
}

void check_graph(const samples::Sample& s) {
  const MergedStory& story = s.stories[0];
  const json::value document = json::parse(jsonld(s));
  ASSERT_EQ(document.at("@context").as_array().at(0).as_string(), "http://www.w3.org/ns/anno.jsonld");
  std::map<std::string, const json::value*> nodes;
  for (const json::value& node : document.at("@graph").as_array()) {
    EXPECT_TRUE(nodes.emplace(text_of(node.at("id")), &node).second) << "two nodes are called " << node.at("id");
  }
  std::map<std::string, const Article*> articles;  // by IRI
  std::size_t claims = 0, annotations = 0, stories = 0, copies = 0;
  for (const auto& [iri, node] : nodes) {
    if (!has_type(*node, "schema:NewsArticle")) continue;
    articles[iri] = &s.corpus[*s.corpus.find(text_of(node->at("schema:identifier")))];
    if (const json::value* url = node->as_object().if_contains("schema:url")) {
      EXPECT_TRUE(text_of(url->at("id")).starts_with("http"));
    }
    if (const json::value* original = node->as_object().if_contains("prov:wasDerivedFrom")) {
      ++copies;
      EXPECT_TRUE(has_type(*nodes.at(text_of(original->at("id"))), "schema:NewsArticle"));
    }
  }
  std::size_t supports = 0;
  for (const MergedClaim& claim : story.claims) supports += claim.support.size();
  for (const MergedDispute& d : story.disputes) {
    for (const MergedValue& v : d.values) supports += v.support.size();
  }
  for (const auto& [iri, node] : nodes) {
    if (has_type(*node, "schema:Claim")) {
      ++claims;
      EXPECT_TRUE(articles.contains(text_of(node->at("prov:wasQuotedFrom").at("id"))));
      for (const json::value& a : node->at("schema:appearance").as_array()) {
        EXPECT_TRUE(articles.contains(text_of(a.at("id"))));
      }
    }
    if (has_type(*node, "schema:Report")) {
      ++stories;
      EXPECT_EQ(node->at("schema:isBasedOn").as_array().size(), story.articles.size());
      for (const json::value& c : node->at("storymerge:tells").at("@list").as_array()) {
        EXPECT_TRUE(has_type(*nodes.at(text_of(c.at("id"))), "schema:Claim"));
      }
    }
    if (!has_type(*node, "Annotation")) continue;
    ++annotations;
    EXPECT_TRUE(nodes.contains(text_of(node->at("body"))));
    const std::string& text = articles.at(text_of(node->at("target").at("source")))->text;
    const json::array& selectors = node->at("target").at("selector").as_array();
    ASSERT_EQ(selectors.size(), 2u);
    ASSERT_TRUE(has_type(selectors[0], "TextPositionSelector"));
    ASSERT_TRUE(has_type(selectors[1], "TextQuoteSelector"));
    const std::vector<std::size_t> begins = code_points(text);
    const std::size_t start = selectors[0].at("start").to_number<std::size_t>();
    const std::size_t end = selectors[0].at("end").to_number<std::size_t>();
    ASSERT_LT(end, begins.size());
    const std::string exact = text_of(selectors[1].at("exact"));
    const std::string prefix = text_of(selectors[1].at("prefix")), suffix = text_of(selectors[1].at("suffix"));
    EXPECT_EQ(text.substr(begins[start], begins[end] - begins[start]), exact);
    EXPECT_EQ(text.substr(begins[start] - prefix.size(), prefix.size() + exact.size() + suffix.size()),
              prefix + exact + suffix);
    EXPECT_EQ(code_points(prefix).size() - 1, std::min<std::size_t>(32, start));
    EXPECT_EQ(code_points(suffix).size() - 1, std::min<std::size_t>(32, begins.size() - 1 - end));
  }
  std::size_t expected_copies = 0;
  for (const Origin& o : story.origins) expected_copies += o.articles.size() - 1;
  EXPECT_EQ(articles.size(), story.articles.size());
  EXPECT_EQ(claims, story.claims.size());
  EXPECT_EQ(annotations, supports);
  EXPECT_EQ(stories, 1u);
  EXPECT_EQ(copies, expected_copies);
}

TEST(JsonLd, ShapeAndSelectors) {
  for (const char* name : {"ferry-lidra", "strike-rail-hallam", "breach-lumenpay"}) check_graph(samples::gold(name));
  check_graph(samples::hostile());
  check_graph(samples::example());
}

TEST(JsonLd, NoStoryIsStillADocument) { EXPECT_EQ(json::parse(jsonld({})).at("@graph").as_array().size(), 1u); }

// data/example.jsonld; `tests/run.sh --update-golden` writes it anew.
TEST(JsonLd, GoldenExample) {
  const std::filesystem::path path = std::filesystem::path(testing::root_path) / "data/example.jsonld";
  const std::string written = jsonld(samples::example());
  if (std::getenv("STORYMERGE_UPDATE_GOLDEN")) std::ofstream(path, std::ios::binary) << written;
  EXPECT_EQ(testing::read_file(path), written);
}

void check_ninjs(const samples::Sample& s) {
  const MergedStory& story = s.stories[0];
  std::ostringstream out;
  write(Format::ninjs, out, s.corpus, {&story, 1});
  ASSERT_EQ(out.str().find('\n'), out.str().size() - 1);
  const json::value item = json::parse(out.str());
  // ninjs forbids keys that it does not know.
  const std::set<std::string> known = {
      "uri",   "standard",  "type",   "representationType", "profile", "language", "contentCreated", "versionCreated",
      "title", "headlines", "edNote", "descriptions",       "bodies",  "subjects", "infoSources",    "associations"};
  for (const auto& member : item.as_object()) EXPECT_TRUE(known.contains(std::string(member.key()))) << member.key();
  const std::set<std::string> known_below = {
      "uri", "name",      "type",        "rel",   "representationType", "contentCreated", "language",
      "by",  "headlines", "infoSources", "altIds"};
  ASSERT_EQ(item.at("associations").as_array().size(), story.articles.size());
  for (const json::value& a : item.at("associations").as_array()) {
    for (const auto& member : a.as_object()) EXPECT_TRUE(known_below.contains(std::string(member.key())));
    EXPECT_TRUE(s.corpus.find(text_of(a.at("name"))));
    EXPECT_TRUE(text_of(a.at("uri")).starts_with("urn:storymerge:article:"));
    EXPECT_EQ(text_of(a.at("uri")).find_first_of("<>\"' "), std::string::npos);
  }
  const std::string body = text_of(item.at("bodies").as_array().at(0).at("value"));
  EXPECT_EQ(item.at("bodies").as_array()[0].at("charCount").to_number<std::size_t>(), code_points(body).size() - 1);
  std::size_t at = 0;  // every sentence of the summary, in order, as its source wrote it
  for (const auto& paragraph : story.summary) {
    for (const std::uint32_t c : paragraph) {
      const std::string_view quote = s.corpus.quote(story.claims[c].support.front().span);
      at = body.find(quote, at);
      ASSERT_NE(at, std::string::npos);
      at += quote.size();
    }
  }
  EXPECT_EQ(at, body.size());
}

TEST(Ninjs, ShapeAndBody) {
  for (const char* name : {"ferry-lidra", "strike-rail-hallam"}) check_ninjs(samples::gold(name));
  check_ninjs(samples::hostile());
  check_ninjs(samples::example());
}

}  // namespace
}  // namespace storymerge

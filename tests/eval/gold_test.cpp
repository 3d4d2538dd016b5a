// Gold stories: what their files say is what is read, and a file that breaks the format is told by name.

#include "storymerge/eval/gold.h"

#include <gtest/gtest.h>

#include "storymerge/base/corpus.h"
#include "storymerge/base/error.h"
#include "support/files.h"
#include "support/spans.h"

namespace storymerge {
namespace {

using testing::TemporaryFolder;

const std::string good = R"({"story": "s", "title": "T", "claims": {"c1": "One.", "c2": "N."},
 "articles": [
  {"id": "a", "source": "W", "url": "u", "title": "A", "published": "2031-03-14T09:20:00Z", "copy_of": null,
   "paragraphs": [[{"s": "Öne.", "claims": ["c1", "c2=at least 12"]}, {"s": "Two.", "claims": []}],
                  [{"s": "Share", "claims": [], "boilerplate": true}]]},
  {"id": "b", "source": "X", "url": "v", "title": "B", "published": "2031-03-14T10:20:00Z", "copy_of": "a",
   "paragraphs": [[{"s": "One.", "claims": ["c2=15"]}]]}],
 "disputes": [{"claim": "c2", "kind": "quantity", "values": {"at least 12": ["a"], "15": ["b"]}, "resolution": "update"}]})";

std::vector<GoldStory> read_text(const std::string& text) {
  const TemporaryFolder folder;
  testing::write_file(folder / "s.json", text);
  const std::string path = folder / "";
  return read_gold({&path, 1});
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Gold, ReadsTextSpansClaimsAndDisputes) {
  const std::vector<GoldStory> stories = read_text(good);
  ASSERT_EQ(stories.size(), 1u);
  const GoldStory& story = stories[0];
  EXPECT_EQ(story.name, "s");
  EXPECT_EQ(story.claims, (std::vector<std::string>{"One.", "N."}));
  ASSERT_EQ(story.articles.size(), 2u);
  const GoldArticle& a = story.articles[0];
  EXPECT_EQ(a.article.text, "Öne. Two.\n\nShare");
  EXPECT_FALSE(a.copy_of);
  EXPECT_EQ(story.articles[1].copy_of, 0u);
  ASSERT_EQ(a.sentences.size(), 3u);
  EXPECT_EQ(a.sentences[1].range, (ByteRange{6, 10}));
  ASSERT_EQ(a.sentences[0].tells.size(), 2u);
  EXPECT_FALSE(a.sentences[0].tells[0].value);
  EXPECT_EQ(a.sentences[0].tells[1].value, "at least 12");
  EXPECT_TRUE(a.sentences[2].boilerplate);
  ASSERT_EQ(story.disputes.size(), 1u);
  EXPECT_EQ(story.disputes[0].claim, 1u);
  EXPECT_EQ(story.disputes[0].kind, DisputeKind::quantity);
  EXPECT_EQ(story.disputes[0].resolution, Resolution::update);
}

TEST(Gold, MessagesNameTheFileAndWhatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"{", "not JSON"},
      {"[]", "the file is not an object"},
      {replaced(good, "\"c2=15\"", "\"c9=15\""), "claim 'c9' is not declared"},
      {replaced(good, "\"id\": \"b\"", "\"id\": \"a\""), "article 'a' is given twice"},
      {replaced(good, "\"copy_of\": \"a\"", "\"copy_of\": \"z\""), "copy_of 'z': no such article"},
      {replaced(good, "\"copy_of\": null", "\"copy_of\": \"b\""), "article 'a' is a copy of itself"},
      {replaced(good, "\"quantity\"", "\"mood\""), "dispute of kind 'mood'"},
      {replaced(good, "\"update\"", "\"later\""), "resolution 'later'"},
      {replaced(good, "2031-03-14T10:20:00Z", "Tuesday"), "article 'b': published 'Tuesday' is no date"},
      {replaced(good, "\"title\": \"B\"", "\"title\": 7"), "'title' is not a string"},
      {replaced(good, "\"paragraphs\"", "\"paragraph\""), "no 'paragraphs'"},
  };
  for (const auto& [text, reason] : cases) {
    try {
      read_text(text);
      ADD_FAILURE() << "no error: " << reason;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::bad_input);
      EXPECT_NE(std::string(error.what()).find("s.json'"), std::string::npos) << error.what();
      EXPECT_NE(std::string(error.what()).find(reason), std::string::npos) << error.what();
    }
  }
}

TEST(Gold, AFolderThatIsNotThereIsAnIoError) {
  const std::string path = "/nowhere/at/all";
  try {
    read_gold({&path, 1});
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::io);
  }
}

TEST(Gold, EveryStoryOfTheTreeIsReadWithValidSpans) {
  const std::string path = testing::project_root / "data" / "gold";
  const std::vector<GoldStory> stories = read_gold({&path, 1});
  EXPECT_GE(stories.size(), 16u);
  const Corpus corpus(gold_articles(stories));
  for (const GoldStory& story : stories) {
    for (const GoldArticle& a : story.articles) {
      testing::expect_ranges(a.article.text, a.sentences, [](const GoldSentence& s) { return s.range; });
    }
  }
}

}  // namespace
}  // namespace storymerge

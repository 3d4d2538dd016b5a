// The order of a corpus, its look-ups, and what it refuses.

#include "storymerge/base/corpus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "storymerge/base/error.h"
#include "storymerge/base/time.h"

namespace storymerge {
namespace {

Article article(std::string id, std::optional<std::string> published = {}, std::string text = "Text.") {
  Article a;
  a.id = std::move(id);
  a.text = std::move(text);
  if (published) a.published = parse_time(*published);
  return a;
}

std::string message_of(std::vector<Article> articles) {
  try {
    Corpus corpus(std::move(articles));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::bad_input);
    return error.what();
  }
  return "";
}

TEST(Corpus, OrderIsThatOfPublicationThenIdWithUndatedLast) {
  std::vector<Article> articles = {article("z", "2031-03-14T09:00:00Z"), article("b"), article("a"),
                                   article("c", "2031-03-14T09:00:00Z"), article("y", "2031-03-13T10:00:00+01:00")};
  std::mt19937 random(1);
  for (int round = 0; round < 20; ++round) {
    std::shuffle(articles.begin(), articles.end(), random);
    const Corpus corpus(articles);
    std::string order;
    for (const Article& a : corpus.articles()) order += a.id;
    EXPECT_EQ(order, "yczab");
  }
}

TEST(Corpus, FindsEveryIdAndNoOther) {
  std::vector<Article> articles;
  for (int i = 0; i < 100; i += 2) articles.push_back(article("id" + std::to_string(i)));
  const Corpus corpus(articles);
  for (int i = 0; i < 100; ++i) {
    const auto at = corpus.find("id" + std::to_string(i));
    ASSERT_EQ(at.has_value(), i % 2 == 0);
    if (at) {
      EXPECT_EQ(corpus[*at].id, "id" + std::to_string(i));
    }
  }
  EXPECT_FALSE(corpus.find(""));
}

TEST(Corpus, EmptyIsAllowed) {
  const Corpus corpus(std::vector<Article>{});
  EXPECT_TRUE(corpus.empty());
  EXPECT_EQ(corpus.size(), 0u);
  EXPECT_FALSE(corpus.find("a"));
}

TEST(Corpus, QuotesAreTheBytesOfTheText) {
  const std::string text = "Málek said: “no”.";
  const Corpus corpus({article("a", {}, text)});
  for (std::uint32_t begin = 0; begin <= text.size(); ++begin) {
    for (std::uint32_t end = begin; end <= text.size(); ++end) {
      EXPECT_EQ(corpus.quote({0, begin, end}), std::string_view(text).substr(begin, end - begin));
    }
  }
}

TEST(Corpus, ErrorsNameTheArticleAndTheField) {
  EXPECT_EQ(message_of({article("a"), article("b"), article("a")}), "id 'a' is given twice");
  EXPECT_EQ(message_of({article("")}), "article titled '': no id");
  EXPECT_EQ(message_of({article("a", {}, "ab\xff")}), "article 'a': text is not valid UTF-8 at byte 2");
  Article bad = article("a");
  bad.author = "\xc3";
  EXPECT_EQ(message_of({bad}), "article 'a': author is not valid UTF-8 at byte 0");
}

}  // namespace
}  // namespace storymerge

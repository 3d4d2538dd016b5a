// The laws of the library, held against the gold stories, the example day, and generated and hostile corpora.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <sstream>

#include "storymerge/storymerge.h"
#include "support/corpora.h"
#include "support/spans.h"

namespace storymerge {
namespace {

std::string as_json(const std::vector<Article>& articles, unsigned threads = 1) {
  const Corpus corpus(articles);
  Options options;
  options.threads = threads;
  std::ostringstream out;
  merge_stories(corpus, options, [&](const MergedStory& story) { write(Format::jsonl, out, corpus, {&story, 1}); });
  return out.str();
}

bool overlap(ByteRange a, ByteRange b) { return std::max(a.begin, b.begin) < std::min(a.end, b.end); }

// Laws 1 to 4 on one corpus.
void expect_laws(const std::vector<Article>& articles) {
  const Corpus corpus(articles);
  const std::vector<Document> documents = analyze(corpus, 1);
  ASSERT_EQ(documents.size(), corpus.size());
  for (const Document& document : documents) testing::expect_document(corpus, document);

  const std::vector<MergedStory> stories = merge_stories(corpus, {.threads = 1});
  std::vector<int> times(corpus.size(), 0);
  std::vector<std::vector<ByteRange>> supported(corpus.size());
  for (const MergedStory& story : stories) {
    testing::expect_story(corpus, story);
    for (const ArticleIndex a : story.articles) ++times[a];
    for (const MergedClaim& claim : story.claims) {
      for (const Support& s : claim.support) supported[s.span.article].push_back(s.span.range());
    }
    for (const MergedDispute& dispute : story.disputes) {
      for (const MergedValue& value : dispute.values) {
        for (const Support& s : value.support) supported[s.span.article].push_back(s.span.range());
      }
    }
  }
  EXPECT_EQ(times, std::vector<int>(corpus.size(), 1)) << "every article stands in exactly one story";

  for (const Document& document : documents) {
    const std::string_view text = corpus[document.article].text;
    const auto& spans = supported[document.article];
    for (const Sentence& s : document.sentences) {
      EXPECT_TRUE(std::any_of(spans.begin(), spans.end(), [&](ByteRange r) { return overlap(r, s.range); }))
          << corpus[document.article].id << ": lost: " << text.substr(s.range.begin, s.range.size());
    }
    for (const Word& w : document.body.words) {
      EXPECT_TRUE(std::any_of(spans.begin(), spans.end(), [&](ByteRange r) { return r.contains(w.source); }))
          << corpus[document.article].id << ": lost: " << text.substr(w.source.begin, w.source.size());
    }
    for (const Furniture& f : document.furniture) {
      EXPECT_FALSE(std::any_of(spans.begin(), spans.end(), [&](ByteRange r) { return overlap(r, f.range); }))
          << corpus[document.article].id << ": told: " << text.substr(f.range.begin, f.range.size());
    }
  }

  // An origin is one voice, and the origins are those of the copies.
  const Duplicates duplicates = find_duplicates(corpus, documents);
  std::vector<std::uint32_t> seen(corpus.size(), 0);
  for (const MergedStory& story : stories) {
    for (const Origin& origin : story.origins) {
      EXPECT_EQ(origin.articles, duplicates.origins[duplicates.origin_of[origin.articles.front()]].articles);
      for (const ArticleIndex a : origin.articles) ++seen[a];
    }
  }
  EXPECT_EQ(seen, std::vector<std::uint32_t>(corpus.size(), 1));
}

TEST(Laws, HoldForTheGoldStories) { expect_laws(testing::gold_coverage()); }

TEST(Laws, HoldForTheExampleDay) { expect_laws(testing::example_day()); }

TEST(Laws, HoldForGeneratedCoverage) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    expect_laws(testing::generated_coverage(seed, 8));
  }
}

TEST(Laws, HoldForHostileCoverage) {
  for (unsigned seed = 1; seed <= 25; ++seed) {
    SCOPED_TRACE(seed);
    expect_laws(testing::hostile_coverage(seed, 24));
  }
}

TEST(Laws, HoldForEveryHostilePieceAlone) {
  for (const std::string& piece : testing::hostile_pieces()) {
    SCOPED_TRACE(piece.substr(0, 60));
    Article a;
    a.id = "only";
    a.text = piece;
    expect_laws({a});
    a.title = piece;
    expect_laws({a});
  }
}

// Texts that are long in one way each: what is quadratic in it shows as a time-out.
std::vector<std::string> giant_texts() {
  const auto times = [](std::size_t n, const std::string& piece) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += piece;
    return out;
  };
  std::string counted;
  for (int i = 0; i < 3000; ++i) counted += "In all " + std::to_string(i) + " houses burned on Tuesday. ";
  return {times(200'000, "x"),
          times(30'000, "word "),
          times(4'000, "Mr Smith of Oldbrek said that "),
          times(4'000, "12 people died. "),
          times(20'000, "\n\n"),
          times(5'000, "“"),
          times(5'000, "\"a\" "),
          times(2'000, "“He said: \"no\", "),
          times(2'000, "Share this article\n\n"),
          times(10'000, "1,000,"),
          times(4'000, "قال الرئيس إن المحادثات كانت بناءة. "),
          times(20'000, "東京"),
          times(20'000, "e\u0301"),
          times(10'000, "\u202e"),
          times(20'000, std::string("\0", 1)),
          counted};
}

TEST(Laws, HoldForGiantTexts) {
  for (const std::string& text : giant_texts()) {
    SCOPED_TRACE(text.substr(0, 60));
    Article a;
    a.id = "giant";
    a.text = text;
    expect_laws({a});
  }
}

// All that a reader makes of bytes that are no UTF-8, cut anywhere, with zero bytes among them, is lawful; and every record
// is either an article or is told as rejected.
TEST(Laws, HoldForWhateverIsReadFromHostileBytes) {
  const testing::TemporaryFolder folder;
  const std::string day = testing::read_file(testing::project_root / "data" / "day.jsonl");
  std::mt19937 random(16);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const std::vector<std::string> bad = {
      "\xff", "\xc3",    "\xe2\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\x80", "\xc0\xaf", std::string("\0", 1), "\r",
      "\n",   "\x1b[2J", "<",        "\"",           "\\ud800"};
  std::size_t articles = 0, rejected = 0;
  for (int round = 0; round < 40; ++round) {
    std::string bytes = day.substr(below(day.size() / 2), 4000 + below(8000));
    for (std::size_t n = below(12); n > 0; --n) bytes.insert(below(bytes.size() + 1), bad[below(bad.size())]);
    const std::string endings[] = {"jsonl", "txt", "html", "xml", "warc"};
    const std::string file = folder / ("in." + endings[static_cast<std::size_t>(round) % std::size(endings)]);
    SCOPED_TRACE(file + ", round " + std::to_string(round));
    testing::write_file(file, bytes);
    const ReadResult read = read_articles({file});
    EXPECT_EQ(read.corpus.size() + read.report.rejected, read.report.records);
    articles += read.corpus.size();
    rejected += read.report.rejected;
    expect_laws({read.corpus.articles().begin(), read.corpus.articles().end()});
  }
  EXPECT_GT(articles, 20u);
  EXPECT_GT(rejected, 20u);
}

// Pages of nothing but furniture: each stands in a story, says nothing, and all of it is reported.
TEST(Laws, HoldForPagesOfFurnitureAlone) {
  const std::vector<std::string> lines = {"Share this article", "3 min read", "Sign up for our newsletter",
                                          "Advertisement", "© 2031 The Outlet. All rights reserved."};
  std::mt19937 random(17);
  std::vector<Article> articles;
  for (int i = 0; i < 60; ++i) {
    Article a;
    a.id = "page" + std::to_string(i);
    a.source = "Outlet " + std::to_string(i % 3);
    for (std::size_t n = 1 + random() % 6; n > 0; --n) a.text += lines[random() % lines.size()] + "\n\n";
    articles.push_back(a);
  }
  expect_laws(articles);
  for (const MergedStory& story : merge_stories(Corpus(articles), {.threads = 1})) {
    EXPECT_TRUE(story.claims.empty()) << story.id;
    for (const auto& furniture : story.furniture) EXPECT_FALSE(furniture.empty()) << story.id;
  }
}

TEST(Laws, HoldForNoArticleAtAll) {
  const Corpus corpus;
  EXPECT_TRUE(merge_stories(corpus).empty());
  EXPECT_TRUE(analyze(corpus).empty());
}

std::vector<std::vector<Article>> some_of_each() {
  return {testing::example_day(), testing::generated_coverage(11, 10), testing::hostile_coverage(12, 40)};
}

TEST(Laws, ThreadsAndOrderOfInputDoNotChangeAByte) {
  std::mt19937 random(13);
  for (std::vector<Article> articles : some_of_each()) {
    const std::string expected = as_json(articles);
    EXPECT_FALSE(expected.empty());
    for (const unsigned threads : {1u, 2u, 3u, 8u}) {
      std::shuffle(articles.begin(), articles.end(), random);
      EXPECT_EQ(as_json(articles, threads), expected) << threads << " threads";
    }
  }
}

// How many origins state each wording, over all stories.
std::map<std::string, std::uint32_t> voices(const std::vector<Article>& articles) {
  const Corpus corpus(articles);
  std::map<std::string, std::uint32_t> out;
  for (const MergedStory& story : merge_stories(corpus, {.threads = 1})) {
    for (const MergedClaim& claim : story.claims) {
      out[std::string(corpus.quote(claim.support.front().span))] += claim.origin_count;
    }
  }
  return out;
}

// Ten copies of one text by other outlets are no further voice.
TEST(Laws, CopiesAddNoVoice) {
  for (const std::vector<Article>& articles : {testing::example_day(), testing::generated_coverage(14, 4)}) {
    const std::map<std::string, std::uint32_t> before = voices(articles);
    for (const std::size_t which : {std::size_t{0}, articles.size() / 2, articles.size() - 1}) {
      std::vector<Article> more = articles;
      for (int copy = 0; copy < 10; ++copy) {
        Article a = articles[which];
        a.id += "-copy" + std::to_string(copy);
        a.source = "Reprinter " + std::to_string(copy);
        if (a.published) *a.published += std::chrono::minutes(1 + copy);
        more.push_back(a);
      }
      std::uint32_t total_before = 0, total = 0;
      for (const auto& entry : before) total_before += entry.second;
      for (const auto& entry : voices(more)) total += entry.second;
      EXPECT_EQ(total, total_before) << "copies of " << articles[which].id;
    }
  }
}

// What a page says about itself changes no claim.
TEST(Laws, AppendedFurnitureChangesNoClaim) {
  for (const std::vector<Article>& articles : {testing::example_day(), testing::generated_coverage(15, 6)}) {
    const auto before = voices(articles);
    std::vector<Article> more = articles;
    for (Article& a : more) a.text += "\n\nShare this article\n\n© 2031 The Outlet. All rights reserved.";
    EXPECT_EQ(voices(more), before);
  }
}

TEST(Laws, TenThousandCopiesAreOneStoryOfOneVoice) {
  std::vector<Article> articles(10'000, testing::example_day()[0]);
  for (std::size_t i = 0; i < articles.size(); ++i) articles[i].id = "copy" + std::to_string(i);
  articles.front().text += " ";
  const Corpus corpus(articles);
  const std::vector<MergedStory> stories = merge_stories(corpus);
  ASSERT_EQ(stories.size(), 1u);
  EXPECT_EQ(stories[0].origins.size(), 1u);
  for (const MergedClaim& claim : stories[0].claims) EXPECT_EQ(claim.origin_count, 1u);
}

}  // namespace
}  // namespace storymerge

// Articles that come one by one stand at once where a batch puts them, and every change of a story is told.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <stdexcept>

#include "bench/generated_stories.h"
#include "storymerge/base/error.h"
#include "storymerge/eval/gold.h"
#include "storymerge/eval/scores.h"
#include "storymerge/read/read.h"
#include "storymerge/story/index.h"
#include "support/corpora.h"

namespace storymerge {
namespace {

std::vector<std::uint32_t> numbered(const std::vector<std::string>& names) {
  std::map<std::string, std::uint32_t> number;
  std::vector<std::uint32_t> out;
  for (const std::string& n : names) {
    out.push_back(number.try_emplace(n, static_cast<std::uint32_t>(number.size())).first->second);
  }
  return out;
}

struct Labelled {
  std::vector<Article> articles;
  std::map<std::string, std::string> story;
  StoryPreset preset = StoryPreset::event;
};

Labelled gold(const std::filesystem::path& folder) {
  const std::string name = folder.string();
  Labelled out;
  const std::vector<GoldStory> stories = read_gold({&name, 1});
  out.articles = gold_articles(stories);
  for (const Article& a : out.articles) out.story[a.id] = a.id.substr(0, a.id.rfind('-'));
  return out;
}

double agreement(const Labelled& truth, const std::function<std::string(const std::string&)>& story_of) {
  std::vector<std::string> gold, found;
  for (const auto& [article, story] : truth.story) {
    gold.push_back(story);
    found.push_back(story_of(article));
    EXPECT_FALSE(found.back().empty());
  }
  return b_cubed(numbered(gold), numbered(found)).f1();
}

// In order of time, then in `orders` - 1 random ones.
void expect_as_good_as_a_batch(Labelled labelled, int orders = 4) {
  StoryOptions options;
  options.preset = labelled.preset;
  std::vector<Article>& articles = labelled.articles;
  const Corpus corpus(articles);
  articles.assign(corpus.articles().begin(), corpus.articles().end());
  const auto documents = analyze(corpus);
  std::map<std::string, std::string> batch;
  for (const Story& s : group_stories(corpus, documents, find_duplicates(corpus, documents), options)) {
    for (const ArticleIndex a : s.articles) batch[corpus[a].id] = s.id;
  }
  const double best = agreement(labelled, [&](const std::string& a) { return batch.at(a); });
  std::mt19937 random(5);
  for (int order = 0; order < orders; ++order) {
    if (order > 0) std::shuffle(articles.begin(), articles.end(), random);
    StoryIndex index(options);
    const auto story_of = [&](const std::string& a) { return std::string(index.story_of(a)); };
    for (const Article& a : articles) {
      const std::string story = index.add(a).story;
      EXPECT_EQ(index.story_of(a.id), story);
    }
    // One article in the wrong story costs about 2/n; the weights that a batch of all knows were others when it came.
    EXPECT_NEAR(agreement(labelled, story_of), best, std::max(0.01, 2.0 / static_cast<double>(articles.size())))
        << "order " << order;
    index.repair();
    EXPECT_DOUBLE_EQ(agreement(labelled, story_of), best);
    EXPECT_TRUE(index.repair().empty());  // nothing new, nothing changes
  }
}

TEST(StoryIndex, OneByOneInAnyOrderIsAsGoodAsABatch) {
  expect_as_good_as_a_batch(gold(testing::project_root / "data" / "gold"));
}

TEST(StoryIndex, OneByOneIsAsGoodAsABatchOnTheSharedGold) {
  const auto folder = testing::shared_folder / "gold" / "dev";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
  expect_as_good_as_a_batch(gold(folder));
}

// Real news, in order of time and in one random order: matters that go on by the preset for them, all by the default.
class OneByOne : public ::testing::TestWithParam<std::pair<const char*, StoryPreset>> {};

TEST_P(OneByOne, IsAsGoodAsABatchOnRealNews) {
  const auto folder = testing::shared_folder / "data";
  const std::string name = GetParam().first, file = folder / (name + "-dev.jsonl");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no " << file;
  Labelled labelled;
  labelled.preset = GetParam().second;
  const ReadResult read = read_articles({file});
  labelled.articles.assign(read.corpus.articles().begin(), read.corpus.articles().end());
  std::ifstream truth(folder / (name + "-dev.stories.tsv"));
  for (std::string article, story; truth >> article >> story;) labelled.story[article] = story;
  expect_as_good_as_a_batch(std::move(labelled), 2);
}

INSTANTIATE_TEST_SUITE_P(
    StoryIndex, OneByOne,
    ::testing::Values(std::pair("ecbplus", StoryPreset::story), std::pair("ecbplus", StoryPreset::event),
                      std::pair("allsides", StoryPreset::event), std::pair("neus", StoryPreset::event),
                      std::pair("basil", StoryPreset::event), std::pair("giveme5w1h", StoryPreset::event)));

// Eight hundred reports of one event, without a link between them, are one story: in a batch and one by one.
TEST(StoryIndex, EightHundredReportsAreOneStory) {
  const auto made = generated::stories(1600, 9, 800, 800);  // of two events
  const Corpus corpus(made.articles);
  const auto documents = analyze(corpus);
  EXPECT_EQ(group_stories(corpus, documents, find_duplicates(corpus, documents)).size(), 2u);
  StoryIndex index;
  std::set<std::string_view> stories;
  for (const Article& a : corpus.articles()) index.add(a);
  for (const Article& a : corpus.articles()) stories.insert(index.story_of(a.id));
  EXPECT_EQ(stories.size(), 2u);
}

// Every article whose story has another id than before stands in a change; every story named there is, or was, one.
void expect_told(const std::map<std::string, std::string>& before, const StoryIndex& index,
                 const std::vector<StoryChange>& changes) {
  std::set<std::string> merged_from, split_from, old_ids;
  for (const StoryChange& c : changes) {
    (c.kind == StoryChange::Kind::split ? split_from : merged_from).insert(c.story);
    if (c.kind == StoryChange::Kind::merged) {
      merged_from.insert(c.others.begin(), c.others.end());
      EXPECT_FALSE(index.articles_of(c.story).empty());
    }
    EXPECT_TRUE(!c.others.empty() && std::is_sorted(c.others.begin(), c.others.end()));
  }
  for (const auto& [article, story] : before) {
    old_ids.insert(story);
    if (index.story_of(article) == story) continue;
    EXPECT_TRUE(merged_from.contains(story) || split_from.contains(story)) << story;
  }
  for (const std::string& story : split_from) EXPECT_TRUE(old_ids.contains(story)) << story;
}

std::map<std::string, std::string> stories_of(const std::vector<Article>& articles, std::size_t count,
                                              const StoryIndex& index) {
  std::map<std::string, std::string> out;
  for (std::size_t i = 0; i < count; ++i) out[articles[i].id] = index.story_of(articles[i].id);
  return out;
}

TEST(StoryIndex, TellsEveryMergeAndSplit) {
  std::vector<Article> articles = testing::gold_coverage();
  std::mt19937 random(8);
  std::shuffle(articles.begin(), articles.end(), random);
  StoryIndex index;
  std::size_t changes = 0;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    const auto before = stories_of(articles, i, index);
    const StoryIndex::Added added = index.add(articles[i]);
    changes += added.changes.size();
    expect_told(before, index, added.changes);
    if (i % 24 != 23) continue;
    const auto unrepaired = stories_of(articles, i + 1, index);
    expect_told(unrepaired, index, index.repair());
  }
  EXPECT_GT(changes, 0u);
}

// Small stories and some too large to be grouped anew as a whole, copies, and random links that contradict one another
// nowhere: they tie articles of one last digit, and keep apart those of two.
TEST(StoryIndex, HoldsEveryLinkAtEveryStep) {
  std::vector<Article> articles = generated::stories(420, 3, 210).articles;
  for (std::size_t i = 9; i < articles.size(); i += 10) articles[i].text = articles[i - 9].text;  // copies
  std::mt19937 random(4);
  std::shuffle(articles.begin(), articles.end(), random);
  StoryOptions options;
  const auto some = [&] { return random() % articles.size(); };
  const auto number = [&](std::size_t i) { return std::strtoul(articles[i].id.c_str() + 1, nullptr, 10) % 10 % 9; };
  while (options.must_link.size() < 25) {
    const std::size_t a = some(), b = some();
    if (number(a) == number(b)) options.must_link.push_back({articles[a].id, articles[b].id});
  }
  while (options.cannot_link.size() < 25) {
    const std::size_t a = some(), b = some();
    if (number(a) != number(b)) options.cannot_link.push_back({articles[a].id, articles[b].id});
  }
  StoryIndex index(options), again(options);
  std::size_t largest = 0, small = 0;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    const auto before = stories_of(articles, i, index);
    const StoryIndex::Added added = index.add(articles[i]);
    expect_told(before, index, added.changes);
    EXPECT_EQ(again.add(articles[i]).story, added.story);
    const auto now = stories_of(articles, i + 1, index);
    for (const auto& [a, b] : options.must_link) {
      EXPECT_TRUE(!now.contains(a) || !now.contains(b) || now.at(a) == now.at(b)) << a << ' ' << b;
    }
    for (const auto& [a, b] : options.cannot_link) {
      EXPECT_TRUE(!now.contains(a) || !now.contains(b) || now.at(a) != now.at(b)) << a << ' ' << b;
    }
    std::map<std::string, std::vector<std::string>> members;
    for (const auto& [article, story] : now) members[story].push_back(article);
    for (const auto& [story, its] : members) {
      EXPECT_EQ(index.articles_of(story), its);
      largest = std::max(largest, its.size());
      small += i + 1 == articles.size() && its.size() > 1 && its.size() < 24;
    }
  }
  EXPECT_GT(largest, 80u);
  EXPECT_GT(small, 10u);
  EXPECT_EQ(stories_of(articles, articles.size(), index), stories_of(articles, articles.size(), again));
  const auto before = stories_of(articles, articles.size(), index);
  expect_told(before, index, index.repair());
}

TEST(StoryIndex, LinksHoldAtOnceAndAfterRepair) {
  const std::vector<Article> articles = testing::gold_coverage();
  const std::string a = articles[0].id, b = articles.back().id;
  StoryOptions options;
  options.must_link = {{b, a}};
  StoryIndex index(options);
  for (const Article& article : articles) index.add(article);
  EXPECT_EQ(index.story_of(a), index.story_of(b));
  index.repair();
  EXPECT_EQ(index.story_of(a), index.story_of(b));
  const auto members = index.articles_of(index.story_of(a));
  EXPECT_TRUE(std::count(members.begin(), members.end(), a) == 1 && std::count(members.begin(), members.end(), b) == 1);
}

TEST(StoryIndex, TheUsersSimilarityDecidesAtOnce) {
  const std::vector<Article> articles = testing::gold_coverage();
  StoryOptions options;
  const auto of = [](const Article& a) { return a.id.substr(0, a.id.rfind('-')); };
  options.similarity = [&](const Article& a, const Article& b, double) { return of(a) == of(b) ? 1.0 : 0.0; };
  StoryIndex known(options);
  options.similarity = [](const Article&, const Article&, double) { return 0.0; };
  StoryIndex alone(options);
  for (const Article& a : articles) {
    for (const std::string& other : known.articles_of(known.add(a).story)) {
      EXPECT_EQ(other.substr(0, other.rfind('-')), of(a));
    }
    alone.add(a);
  }
  std::set<std::string> stories;
  for (const Article& a : articles) stories.insert(std::string(alone.story_of(a.id)));
  const Corpus corpus(articles);
  EXPECT_EQ(stories.size(), find_duplicates(corpus, analyze(corpus)).origins.size());
}

TEST(StoryIndex, RefusesAnIdTwice) {
  StoryIndex index;
  Article a;
  a.id = "a";
  index.add(a);
  EXPECT_THROW(index.add(a), Error);
  EXPECT_EQ(index.size(), 1u);
  EXPECT_TRUE(index.story_of("b").empty());
  EXPECT_TRUE(StoryIndex().repair().empty());
  DuplicateOptions duplicates;
  duplicates.threshold = 0;
  EXPECT_THROW(StoryIndex({}, duplicates), Error);
}

// A similarity that throws, at any of its calls, leaves no trace: the index goes on as one that never heard of the article.
TEST(StoryIndex, AThrowingSimilarityLeavesNoTrace) {
  std::vector<Article> articles = generated::stories(60, 9, 25).articles;
  articles[30].text = articles[3].text;  // a copy
  int calls_left = 0;
  StoryOptions options;
  options.must_link = {{articles[5].id, articles[40].id}, {articles[6].id, articles[40].id}};
  options.cannot_link = {{articles[7].id, articles[8].id}, {articles[40].id, articles[41].id}};
  options.similarity = [&](const Article&, const Article&, double ours) {
    if (calls_left-- == 0) throw std::runtime_error("tired");
    return ours;
  };
  StoryIndex index(options), untroubled(options);
  std::size_t thrown = 0;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    calls_left = 1 << 30;
    const StoryIndex::Added wanted = untroubled.add(articles[i]);
    const auto before = stories_of(articles, i, index);
    for (int calls = 0;; calls = 2 * calls + 1) {
      calls_left = calls;
      try {
        const StoryIndex::Added added = index.add(articles[i]);
        EXPECT_EQ(added.story, wanted.story);
        EXPECT_EQ(added.changes.size(), wanted.changes.size());
        break;
      } catch (const std::runtime_error&) {
        ++thrown;
        EXPECT_EQ(index.size(), i);
        EXPECT_TRUE(index.story_of(articles[i].id).empty());
        EXPECT_EQ(stories_of(articles, i, index), before);
      }
    }
  }
  EXPECT_GT(thrown, 100u);
  calls_left = 1 << 30;
  EXPECT_EQ(stories_of(articles, articles.size(), index), stories_of(articles, articles.size(), untroubled));
}

// A text that comes later and turns out to be the original of those that stand there takes their place, and may go again.
TEST(StoryIndex, ForgetsAnOriginalThatCameAfterItsCopies) {
  const std::string text =
      "The bridge over the Lidra is shut, the mayor said on Friday. Twelve people were hurt when a cable broke at "
      "noon. "
      "Engineers will look at the towers before it opens again.";
  const auto article = [](const char* id, int hour, std::string text) {
    Article a;
    a.id = id, a.source = id, a.text = std::move(text);
    a.published = Time(std::chrono::hours(500'000 + hour));
    return a;
  };
  StoryIndex index;
  index.add(article("copy", 2, text));
  index.add(article("original", 1, text + " Helicopters brought divers from Karsund."));
  EXPECT_TRUE(index.remove("original"));
  index.add(article("later", 3, text + " Tickets are valid on ferries."));
  for (const char* id : {"copy", "later"}) EXPECT_TRUE(index.remove(id));
  EXPECT_EQ(index.size(), 0u);
}

}  // namespace
}  // namespace storymerge

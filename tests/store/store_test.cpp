// A store says what a batch says, after any history, and remembers what it said before.
#include "storymerge/store/story_store.h"

#include <gtest/gtest.h>

#include <random>

#include "store/database.h"
#include "store/reference.h"
#include "storymerge/base/error.h"
#include "storymerge/read/read.h"
#include "support/corpora.h"
#include "support/files.h"
#include "support/one_story.h"

namespace storymerge {
namespace {

using testing::article;
using testing::expect_batch;
using testing::TemporaryFolder;
using Put = StoryStore::Put;
using Kind = Change::Kind;

class Store : public ::testing::Test {
 protected:
  StoryStore open(StoreOptions options = {}) const { return StoryStore(path_, std::move(options)); }
  StoryStore reader() const {
    StoreOptions options;
    options.read_only = true;
    return open(options);
  }

  // What is written down of what the index has found out, by article.
  std::map<std::int64_t, std::string> records() const {
    std::map<std::int64_t, std::string> out;
    const store::Database database(path_, true);
    store::Query query(database, "SELECT article, record FROM learned");
    while (query.step()) out[query.number(0)] = query.text(1);
    return out;
  }

  TemporaryFolder folder_;
  std::string path_ = (folder_ / "day.store").string();
};

std::size_t count(const std::vector<Change>& changes, Kind kind) {
  return static_cast<std::size_t>(
      std::count_if(changes.begin(), changes.end(), [&](const Change& c) { return c.kind == kind; }));
}

const Change* find(const std::vector<Change>& changes, Kind kind) {
  for (const Change& c : changes) {
    if (c.kind == kind) return &c;
  }
  return nullptr;
}

const std::string four =
    "Four people died when the ferry Aurora Sol capsized off Lidra on Friday, the coast guard said.";
const std::string six = "Six people died when the ferry Aurora Sol capsized off Lidra on Friday, the coast guard said.";

TEST_F(Store, IsEmptyWhenItIsMade) {
  StoryStore store = open();
  EXPECT_EQ(store.revision(), 0u);
  EXPECT_EQ(store.size(), 0u);
  EXPECT_TRUE(store.stories().empty());
  EXPECT_FALSE(store.story("nothing"));
  EXPECT_EQ(store.commit(), 0u);
  EXPECT_EQ(store.repair(), 0u);
  EXPECT_TRUE(store.since(0).empty());
  store.verify();
}

TEST_F(Store, SaysWhatABatchSaysInAnyOrder) {
  for (const auto& coverage : {testing::example_day(), testing::gold_coverage(), testing::hostile_coverage(3, 60)}) {
    std::vector<Article> articles = coverage;
    std::mt19937 random(4);
    for (int order = 0; order < 2; ++order) {
      std::filesystem::remove(path_);
      StoryStore store = open();
      for (const Article& a : articles) {
        store.put(a);
        if (random() % 7 == 0) store.commit();
        if (random() % 40 == 0) store = open();  // what waits is lost, and comes again
        if (random() % 40 == 0) store.repair();
      }
      for (const Article& a : articles) store.put(a);
      store.repair();
      expect_batch(store);
      const Revision settled = store.revision();
      EXPECT_EQ(store.repair(), settled);
      StoryStore again = open();
      expect_batch(again);
      again.verify();
      std::shuffle(articles.begin(), articles.end(), random);
    }
  }
}

TEST_F(Store, SaysWhatABatchSaysOnTheSharedSets) {
  for (const char* name : {"ecbplus-dev.jsonl", "basil-dev.jsonl"}) {
    const std::string file = testing::shared_folder / "data" / name;
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "no " << file;
    std::filesystem::remove(path_);
    StoryStore store = open();
    read_articles({&file, 1}, [&](Article&& a) { store.put(std::move(a)); });
    store.repair();
    expect_batch(store);
  }
}

TEST_F(Store, GrowsNearTheBatchBeforeItIsRepaired) {
  StoryStore store = open();
  std::vector<Article> articles = testing::gold_coverage(), mine;
  for (const Article& a : articles) {
    store.put(a);
    store.commit();
  }
  const auto lines = testing::lines_of(store, mine);
  EXPECT_EQ(mine.size(), articles.size());
  const auto batch = testing::batch_of(mine);
  std::size_t same = 0;
  for (const auto& [ids, line] : batch) same += lines.contains(ids);
  EXPECT_GE(10 * same, 9 * batch.size());
}

TEST_F(Store, KnowsAnArticleAgain) {
  StoryStore store = open();
  Article a = article("a", four, 9);
  EXPECT_EQ(store.put(a), Put::added);
  EXPECT_EQ(store.put(a), Put::known);
  store.commit();
  EXPECT_EQ(store.put(a), Put::known);
  EXPECT_EQ(store.commit(), 1u);
  std::string id;
  EXPECT_EQ(store.put(a, &id), Put::known);
  EXPECT_EQ(id, "a");
  a.text = six;
  EXPECT_EQ(store.put(a, &id), Put::version);
  EXPECT_EQ(id, "a@2");
  EXPECT_EQ(store.put(a, &id), Put::known);
  EXPECT_EQ(id, "a@2");
  EXPECT_TRUE(store.remove("a@2"));
  a.text = four;
  a.id.clear();
  EXPECT_EQ(store.put(a), Put::added);  // without an id it is named by its text
  EXPECT_EQ(store.put(a), Put::known);
  EXPECT_THROW(store.put(article("b", "bad \xff", 9)), Error);
  EXPECT_EQ(store.size(), 1u);
}

struct VersionCase {
  const char* name;
  std::string id, url;  // of the second; the first is "a" at https://news.example/ferry
  Put put;
};
const VersionCase version_cases[] = {
    {"the same link with what tracks the reader", "b", "http://www.news.example/ferry/?utm_source=x", Put::version},
    {"the same id, a changed slug", "a", "https://news.example/ferry-six-dead", Put::version},
    {"the same id without a link", "a", "", Put::version},
    {"another link and id", "b", "https://news.example/other", Put::added},
    {"a front page is no page", "b", "https://news.example/", Put::added},
};

TEST_F(Store, TellsFourDeadReplacedBySixAsOneVoice) {
  for (const VersionCase& c : version_cases) {
    std::filesystem::remove(path_);
    StoryStore store = open();
    Article a = article("a", four, 9), b = article(c.id, six, 11);
    a.source = b.source = "Lidra News";
    a.url = "https://news.example/ferry";
    b.url = c.url;
    store.put(a);
    const Revision before = store.commit();
    EXPECT_EQ(store.put(b), c.put) << c.name;
    store.commit();
    const std::vector<Change> changes = store.since(before);
    EXPECT_EQ(count(changes, Kind::replaced), c.put == Put::version ? 1u : 0u) << c.name;
    if (c.put != Put::version) continue;
    const std::optional<StoredStory> stored = store.story(store.story_of("a"));
    ASSERT_TRUE(stored);
    ASSERT_EQ(stored->corpus.size(), 2u) << c.name;
    EXPECT_EQ(stored->corpus[0].replaced_by, stored->corpus[1].id);
    EXPECT_EQ(stored->story.origins.size(), 1u) << c.name;
    for (const MergedClaim& claim : stored->story.claims) EXPECT_EQ(claim.origin_count, 1u) << c.name;
    EXPECT_EQ(count(changes, Kind::superseded), 1u) << c.name;
    ASSERT_FALSE(stored->story.disputes.empty()) << c.name;
    EXPECT_EQ(stored->story.disputes[0].resolution, Resolution::update);
    EXPECT_EQ(stored->corpus.quote(stored->story.claims[0].support[0].span).substr(0, 3), "Six") << c.name;
    EXPECT_EQ(store.story(stored->story.id, before)->corpus.size(), 1u);  // as it was
    store.repair();
    expect_batch(store);
  }
}

TEST_F(Store, PutsAVersionThatComesLateInItsPlace) {
  StoryStore store = open();
  Article a = article("a", four, 9), b = article("a", six, 11), between = article("a", "Five" + four.substr(4), 10);
  store.put(b);
  store.put(a);
  store.commit();
  EXPECT_EQ(store.put(between), Put::version);
  store.repair();
  const StoredStory stored = *store.story(store.story_of("a"));
  ASSERT_EQ(stored.corpus.size(), 3u);
  EXPECT_EQ(stored.corpus[0].replaced_by, stored.corpus[1].id);
  EXPECT_EQ(stored.corpus[1].replaced_by, stored.corpus[2].id);
  EXPECT_EQ(stored.corpus[2].replaced_by, "");
  expect_batch(store);
}

TEST_F(Store, RemembersEveryRevision) {
  StoryStore store = open();
  std::vector<Article> articles = testing::gold_coverage();
  articles.resize(30);
  std::map<Revision, std::map<std::string, std::string>> told;
  for (const Article& a : articles) {
    store.put(a);
    const Revision revision = store.commit();
    for (const StoryEntry& entry : store.stories()) {
      const StoredStory stored = *store.story(entry.id);
      told[revision][entry.id] = testing::line_of(stored.corpus, stored.story);
    }
  }
  store.repair();
  const StoryStore later = reader();
  for (const auto& [revision, stories] : told) {
    EXPECT_EQ(later.stories({.as_of = revision}).size(), stories.size());
    for (const auto& [id, line] : stories) {
      const std::optional<StoredStory> stored = later.story(id, revision);
      ASSERT_TRUE(stored);
      EXPECT_EQ(testing::line_of(stored->corpus, stored->story), line) << id << " at " << revision;
    }
  }
}

// Ids that were ever given lead to a story as long as an article of it is there.
TEST_F(Store, EveryOldIdLeadsSomewhere) {
  StoryStore store = open();
  std::vector<Article> articles = testing::gold_coverage();
  std::mt19937 random(11);
  std::shuffle(articles.begin(), articles.end(), random);
  std::set<std::string> ids;
  std::size_t aliases = 0;
  for (const Article& a : articles) {
    store.put(a);
    store.commit();
    for (const StoryEntry& entry : store.stories()) ids.insert(entry.id);
  }
  store.repair();
  for (const std::string& id : ids) {
    const std::optional<StoredStory> stored = store.story(id);
    ASSERT_TRUE(stored) << id;
    const auto& known_as = stored->story.aliases;
    EXPECT_EQ(stored->story.id != id, std::binary_search(known_as.begin(), known_as.end(), id));
    aliases += stored->story.id != id;
  }
  EXPECT_GT(aliases, 0u);
}

// By its id, or as the alias of one claim. Not quite all: words that founded a claim may stand in a longer passage today, or in none.
TEST_F(Store, OldClaimsLeadToOneClaim) {
  StoryStore store = open();
  std::vector<Article> articles = testing::gold_coverage();
  std::mt19937 random(13);
  std::shuffle(articles.begin(), articles.end(), random);
  articles.resize(60);
  std::set<std::string> told;
  for (const Article& a : articles) {
    store.put(a);
    store.commit();
    const StoredStory stored = *store.story(store.story_of(a.id));
    for (const MergedClaim& claim : stored.story.claims) told.insert(claim.id);
  }
  store.repair();
  std::map<std::string, std::size_t> leads;
  std::size_t aliases = 0;
  for (const StoryEntry& entry : store.stories()) {
    const StoredStory stored = *store.story(entry.id);
    for (const MergedClaim& claim : stored.story.claims) {
      ++leads[claim.id];
      aliases += claim.aliases.size();
      for (const std::string& alias : claim.aliases) ++leads[alias];
    }
  }
  EXPECT_GT(aliases, 20u);
  std::size_t lost = 0;
  for (const std::string& id : told) {
    EXPECT_LE(leads[id], 1u) << id;
    lost += leads[id] == 0;
  }
  EXPECT_LE(50 * lost, told.size());
}

// Who applies every change to the list of yesterday has the list of today.
TEST_F(Store, TellsWhatChanged) {
  StoryStore store = open();
  std::vector<Article> articles = testing::gold_coverage();
  std::mt19937 random(12);
  std::shuffle(articles.begin(), articles.end(), random);
  std::map<std::string, std::size_t> mine;  // articles by story
  Revision seen = 0;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    store.put(articles[i]);
    if (i % 5 != 0) continue;
    store.commit();
    if (i % 25 == 0) store.repair();
    for (const Change& c : store.since(seen)) {
      if (c.kind == Kind::founded || c.kind == Kind::grown || c.kind == Kind::shrunk) {
        EXPECT_EQ(mine[c.story], c.before);
        mine[c.story] = c.after;
      }
      if (c.kind == Kind::parted) mine[c.other] = store.story(c.other)->corpus.size();
      if (c.kind == Kind::merged) mine.erase(c.other);
      if (c.kind == Kind::ended) mine.erase(c.story);
    }
    seen = store.revision();
    EXPECT_TRUE(store.since(seen).empty());
    std::map<std::string, std::size_t> now;
    for (const StoryEntry& entry : store.stories()) now[entry.id] = entry.articles;
    EXPECT_EQ(mine, now);
  }
}

TEST_F(Store, TellsAClaimThatGainsAnOriginAndADisputeThatOpens) {
  StoryStore store = open();
  store.put(article("a", four, 9));
  const Revision one = store.commit();
  EXPECT_EQ(store.since(0), (std::vector<Change>{{Kind::founded, store.story_of("a"), "", "", 0, 1}}));
  store.put(article("b",
                    "Four people died when the ferry Aurora Sol capsized off Lidra on Friday, officials said. "
                    "Rescuers searched the sea for survivors through the night.",
                    9));
  const Revision two = store.commit();
  const std::vector<Change> gained = store.since(one);
  ASSERT_EQ(count(gained, Kind::claim_gained), 1u);
  EXPECT_EQ(find(gained, Kind::claim_gained)->before, 1u);
  EXPECT_EQ(find(gained, Kind::claim_gained)->after, 2u);
  EXPECT_EQ(count(gained, Kind::claim_new), 1u);
  EXPECT_EQ(count(gained, Kind::grown), 1u);
  const std::string claim = find(gained, Kind::claim_gained)->other;
  store.put(
      article("c", "Nine people died when the ferry Aurora Sol capsized off Lidra on Friday, the mayor said.", 9));
  store.commit();
  EXPECT_EQ(count(store.since(two), Kind::dispute_opened), 1u);
  store.remove("c");
  const Revision three = store.revision();
  store.commit();
  EXPECT_EQ(store.since(three), (std::vector<Change>{{Kind::withdrawn, store.story_of("a"), "c", "", 0, 0}}));
  const StoredStory stored = *store.story(store.story_of("a"));
  EXPECT_TRUE(std::any_of(stored.story.claims.begin(), stored.story.claims.end(), [&](const MergedClaim& c) {
    return c.id == claim;
  }));  // an earlier passage came; the id stays
}

TEST_F(Store, ForgetsWhatIsWithdrawnFromEveryRevisionAndFromTheFile) {
  StoryStore store = open();
  const std::string secret = "Halina Wojcek was named as the captain of the ferry Aurora Sol that sank.";
  store.put(article("a", four, 9));
  store.put(article("b", six + " " + secret, 10));
  const Revision before = store.commit();
  store.repair();
  const auto in_file = [&] {
    std::string bytes;
    for (const char* suffix : {"", "-wal", "-shm"}) bytes += testing::read_file(path_ + suffix);
    return bytes.find("Halina Wojcek") != std::string::npos;
  };
  EXPECT_TRUE(in_file());
  EXPECT_FALSE(store.remove("c"));
  EXPECT_TRUE(store.remove("b"));
  EXPECT_FALSE(store.remove("b"));
  EXPECT_TRUE(store.story(store.story_of("b")));  // until it is committed
  store.commit();
  EXPECT_FALSE(in_file());
  EXPECT_EQ(store.story_of("b"), "");
  EXPECT_EQ(store.story_of("b", before), "");
  for (const Revision revision : {before, newest}) {
    for (const StoryEntry& entry : store.stories({.as_of = revision})) {
      EXPECT_FALSE(store.story(entry.id, revision)->corpus.find("b"));
    }
  }
  EXPECT_EQ(store.put(article("b", six, 10)), Put::added);  // it may come again
  store.repair();
  expect_batch(store);
}

TEST_F(Store, LetsStoriesExpireAndStillKnowsThem) {
  StoreOptions options;
  options.live = 50;
  StoryStore store = open(options);
  const std::vector<Article> articles = testing::generated_coverage(5, 60);
  std::set<std::string> ids;
  for (const Article& a : articles) {
    store.put(a);
    store.commit();
    ids.insert(store.story_of(a.id));
  }
  std::size_t live = 0, all = 0;
  for (const StoryEntry& entry : store.stories({.expired = true})) {
    all += entry.articles;
    if (entry.live) live += entry.articles;
    EXPECT_TRUE(store.story(entry.id));
  }
  EXPECT_EQ(all, articles.size());
  EXPECT_LE(live, options.live);
  const Revision before = store.revision();
  store.expire(last_time);
  store.commit();
  EXPECT_TRUE(store.stories().empty());
  EXPECT_GT(count(store.since(before), Kind::expired), 0u);
  EXPECT_EQ(store.put(articles[0]), Put::known);
  for (const std::string& id : ids) EXPECT_TRUE(store.story(id));
}

TEST_F(Store, IsMadeAnewFromItsExport) {
  StoryStore store = open();
  for (const Article& a : testing::generated_coverage(6, 30)) store.put(a);
  Article odd = article("a", four, 9);
  odd.published_offset = std::chrono::minutes(-210);
  odd.author = "Ann \"Odd\"\nDvoran";
  store.put(odd);
  store.put(article("a", six, 11));
  store.repair();
  const std::string file = (folder_ / "out.jsonl").string();
  {
    std::ofstream out(file);
    store.export_articles(out);
  }
  StoryStore anew((folder_ / "new.store").string());
  read_articles({&file, 1}, [&](Article&& a) { anew.put(std::move(a)); });
  anew.repair();
  std::vector<Article> mine, other;
  EXPECT_EQ(testing::lines_of(store, mine), testing::lines_of(anew, other));
}

// A reader of articles finds how far it was exactly where its articles are.
TEST_F(Store, KeepsNotesWithItsArticles) {
  using Notes = std::map<std::string, std::string>;
  const std::string zero("a\0b", 3);
  StoryStore store = open();
  store.put(article("a", four, 9));
  store.note("line", "1");
  store.note(zero, "x");
  store.note("lines", "y");
  EXPECT_TRUE(store.notes().empty());
  EXPECT_EQ(store.commit(), 1u);
  store.note("line", "2");
  store.put(article("b", six, 9));
  store = open();  // both are lost
  EXPECT_EQ(store.notes("line"), (Notes{{"line", "1"}, {"lines", "y"}}));
  EXPECT_EQ(store.notes(zero), (Notes{{zero, "x"}}));
  store.note(zero, "");
  EXPECT_EQ(store.commit(), 1u);  // no revision
  EXPECT_EQ(reader().notes(), (Notes{{"line", "1"}, {"lines", "y"}}));
  EXPECT_THROW(reader().note("line", "3"), Error);
}

TEST_F(Store, InMemoryGoesWithItsObject) {
  StoryStore store(":memory:");
  for (const Article& a : testing::generated_coverage(6, 30)) store.put(a);
  store.repair();
  expect_batch(store);
  store.verify();
  EXPECT_EQ(StoryStore(":memory:").size(), 0u);
  EXPECT_FALSE(std::filesystem::exists(":memory:"));
}

TEST_F(Store, IsBroughtUpFromAnOlderVersionAndRefusesANewerOne) {
  std::vector<Article> mine, later;
  testing::Lines lines;
  {
    StoryStore store = open();
    for (const Article& a : testing::generated_coverage(6, 30)) store.put(a);
    store.repair();
    lines = testing::lines_of(store, mine);
  }
  store::Database(path_, false).run("DROP TABLE note; DROP TABLE learned; PRAGMA user_version = 1");
  EXPECT_THROW(reader(), Error);
  {
    StoryStore store = open();
    EXPECT_EQ(testing::lines_of(store, later), lines);
    store.note("line", "1");
    store.commit();
    EXPECT_EQ(store.notes().size(), 1u);
    EXPECT_EQ(testing::lines_of(reader(), later), lines);
    EXPECT_EQ(records().size(), 0u);
    store.put(article("a", four, 9));
    store.commit();
    EXPECT_EQ(records().size(), store.size());
  }
  store::Database(path_, false).run("PRAGMA user_version = 1234");
  try {
    open();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::incompatible);
    for (const char* part : {"version 1234", "this storymerge 3", "day.store"}) {
      EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
    }
  }
}

// Articles with copies, forms that are filled in, versions and a withdrawn original.
std::vector<Article> with_copies_and_forms() {
  std::vector<Article> out = testing::gold_coverage();
  out.resize(60);
  for (const Article& a : testing::generated_coverage(8, 20)) out.push_back(a);
  for (std::size_t i = 5, n = out.size(); i < n; i += 9) {
    out.push_back(out[i]);
    out.back().id += "-copy";
    out.back().url.clear();
    out.back().source = "Copier";
  }
  for (int day = 1; day < 9; ++day) {
    out.push_back(article(("form" + std::to_string(day)).c_str(),
                          "The weather in Lidra today: sunny spells, light winds from the west and a high of " +
                              std::to_string(10 + day) + " degrees. Tides are high at " + std::to_string(day) + ":15.",
                          24 * day));
  }
  std::shuffle(out.begin(), out.end(), std::mt19937(21));
  return out;
}

// Each article, and the first one of its story.
std::map<std::string, std::string> together(const StoryStore& store, const std::vector<Article>& articles) {
  std::map<std::string, std::string> first, out;
  for (const Article& a : articles) {
    const std::string story = store.story_of(a.id);
    out[a.id] = story.empty() ? "" : first.try_emplace(story, a.id).first->second;
  }
  return out;
}

std::map<std::string, std::string> stories_by_article(const StoryStore& store, const std::vector<Article>& articles) {
  std::map<std::string, std::string> out;
  for (const Article& a : articles) out[a.id] = store.story_of(a.id);
  return out;
}

// Articles whose story is another.
std::string other_than(const std::map<std::string, std::string>& stories,
                       const std::map<std::string, std::string>& other) {
  std::string out;
  for (const auto& [article, story] : stories) {
    if (other.at(article) != story) out += article + ": " + other.at(article) + " for " + story + "\n";
  }
  return out;
}

// What the records say is what the articles say: three stores that go on from one repair() are the same at each step, one that
// reads its records, one that has lost them, and, up to ids, one that stays open.
TEST_F(Store, GoesOnFromItsRecordsAsFromItsArticles) {
  const std::vector<Article> articles = with_copies_and_forms();
  const std::size_t then = articles.size() * 4 / 5;
  StoryStore open_still = open();
  for (std::size_t i = 0; i < then; ++i) open_still.put(articles[i]);
  open_still.commit();
  EXPECT_TRUE(open_still.remove(articles[3].id));
  open_still.repair();
  const std::string with = (folder_ / "with.store").string(), without = (folder_ / "without.store").string();
  store::Database(path_, false).run("PRAGMA wal_checkpoint(TRUNCATE)");
  for (const std::string& copy : {with, without}) std::filesystem::copy_file(path_, copy);
  EXPECT_EQ(records().size(), open_still.size());
  store::Database(without, false).run("DELETE FROM learned");
  StoryStore from_records(with), from_articles(without);
  for (std::size_t i = then; i < articles.size(); ++i) {
    for (StoryStore* store : {&open_still, &from_records, &from_articles}) {
      store->put(articles[i]);
      if (i % 17 == 0) store->remove(articles[i - then].id);
      store->commit();
    }
    if (i % 7 != 0) continue;
    ASSERT_EQ(other_than(stories_by_article(from_records, articles), stories_by_article(from_articles, articles)), "");
    ASSERT_EQ(other_than(together(from_records, articles), together(open_still, articles)), "");
  }
  std::vector<Article> mine, other;
  const testing::Lines lines = testing::lines_of(open_still, mine);
  EXPECT_EQ(testing::lines_of(from_records, other), lines);
  EXPECT_EQ(testing::lines_of(from_articles, other), lines);
  from_records.verify();
  from_records.repair();
  expect_batch(from_records);
}

TEST_F(Store, ReopenedAtAnyTimeItHasARecordOfEachArticle) {
  const std::vector<Article> articles = with_copies_and_forms();
  StoryStore store = open();
  for (std::size_t i = 0; i < articles.size(); ++i) {
    store.put(articles[i]);
    if (i % 13 == 12) store.remove(articles[i - 7].id);
    if (i % 4 == 0) store.commit();
    if (i % 20 == 16) {
      EXPECT_EQ(records().size(), store.size());
      store = open();
    }
  }
  store.commit();
  store.verify();
  store.repair();
  expect_batch(store);
  store.expire(last_time);
  store.commit();
  EXPECT_EQ(records().size(), 0u);
}

TEST_F(Store, RecordsOfOtherOptionsAreMadeAnew) {
  const std::vector<Article> articles = with_copies_and_forms();
  StoreOptions options;
  const auto put_one_more = [&](std::size_t i) {
    StoryStore store = open(options);
    store.put(articles[i]);
    store.commit();
    return records();
  };
  {
    StoryStore store = open();
    for (std::size_t i = 0; i < 60; ++i) store.put(articles[i]);
    store.repair();
  }
  const auto basis_of = [](const std::string& record) { return record.substr(0, 8); };
  const auto first = records(), same = put_one_more(60);
  std::size_t rewritten = 0;
  for (const auto& [article, record] : first) rewritten += same.at(article) != record;
  EXPECT_LT(rewritten, 9u);  // copies of the new one
  options.duplicates.ngram = 2;
  const auto other = put_one_more(61);
  for (const auto& [article, record] : other) EXPECT_EQ(basis_of(record), basis_of(other.begin()->second));
  EXPECT_NE(basis_of(other.begin()->second), basis_of(first.begin()->second));
  EXPECT_EQ(other.size(), 62u);
}

TEST_F(Store, RefusesWhatItCannotUse) {
  const auto code_of = [](const auto& job) {
    try {
      job();
    } catch (const Error& error) {
      return std::pair(static_cast<int>(error.code()), std::string(error.what()));
    }
    return std::pair(-1, std::string());
  };
  EXPECT_EQ(code_of([&] { reader(); }).first, static_cast<int>(ErrorCode::io));
  const std::string text = folder_.write("text", "This is no store, but a text that is long enough to be looked at. ");
  EXPECT_EQ(code_of([&] { StoryStore{text}; }).first, static_cast<int>(ErrorCode::bad_input));
  EXPECT_EQ(testing::read_file(text).substr(0, 15), "This is no stor");
  EXPECT_EQ(code_of([&] { StoryStore{""}; }).first, static_cast<int>(ErrorCode::io));
  { open(); }
  ASSERT_EQ(testing::run("sqlite3 --version >/dev/null 2>&1").status, testing::run("true").status);
  StoreOptions options;
  options.live = 0;
  EXPECT_EQ(code_of([&] { open(options); }).first, static_cast<int>(ErrorCode::bad_option));
  StoryStore reads = reader();
  EXPECT_EQ(code_of([&] { reads.put(article("a", four, 9)); }).first, static_cast<int>(ErrorCode::io));
  EXPECT_EQ(code_of([&] { reads.commit(); }).first, static_cast<int>(ErrorCode::io));
}

TEST_F(Store, RefusesTheSecondOfTwoWriters) {
  StoryStore one = open(), two = open();
  one.put(article("a", four, 9));
  two.put(article("b", six, 10));
  one.commit();
  EXPECT_EQ(two.revision(), 1u);
  EXPECT_THROW(two.commit(), Error);
  two = open();
  two.put(article("b", six, 10));
  EXPECT_EQ(two.commit(), 2u);
}

TEST_F(Store, IsAsItWasWhenASimilarityThrows) {
  StoreOptions options;
  int calls = 0, throw_at = 1'000'000;
  options.stories.similarity = [&](const Article&, const Article&, double ours) {
    if (++calls >= throw_at) throw std::runtime_error("no similarity today");
    return ours;
  };
  options.stories.threads = 1;
  StoryStore store = open(options);
  const std::vector<Article> articles = testing::gold_coverage();
  for (std::size_t i = 0; i < 30; ++i) store.put(articles[i]);
  store.commit();
  for (std::size_t i = 30; i < 40; ++i) store.put(articles[i]);
  std::vector<Article> before, after;
  const testing::Lines lines = testing::lines_of(store, before);
  std::size_t thrown = 0;
  for (int n = 1;; n += 7) {
    calls = 0;
    throw_at = n;
    try {
      store.commit();
      break;
    } catch (const std::runtime_error&) {
      ++thrown;
      EXPECT_EQ(store.revision(), 1u);
    }
    if (n == 1) {
      EXPECT_EQ(testing::lines_of(store, after), lines);
    }
  }
  throw_at = 1'000'000;
  EXPECT_GT(thrown, 3u);
  EXPECT_EQ(store.revision(), 2u);
  EXPECT_EQ(store.size(), 40u);
}

}  // namespace
}  // namespace storymerge

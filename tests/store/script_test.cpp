// Random scripts of all verbs, reopening among them, against a slow reference: a map of articles, and a batch over it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "store/reference.h"
#include "support/corpora.h"
#include "support/files.h"

namespace storymerge {
namespace {

// What a store must hold: id, and text.
using Texts = std::map<std::string, std::string>;

class Script {
 public:
  Script(std::string path, unsigned seed)
      : random_(seed), path_(std::move(path)), articles_(testing::generated_coverage(seed, 12)) {
    options_.stories.threads = options_.duplicates.threads = 1;
    store_.emplace(path_, options_);
  }

  void run(int steps) {
    for (int step = 0; step < steps; ++step) {
      const unsigned verb = random_() % 20;
      if (verb < 9) {
        put(articles_[random_() % articles_.size()]);
      } else if (verb < 11) {
        remove();
      } else if (verb < 15) {
        const Revision revision = store_->commit();
        EXPECT_EQ(revision, store_->revision());
        settle();
      } else if (verb < 16) {
        store_.emplace(path_, options_);  // what waits is lost
        waiting_ = committed_;
      } else if (verb < 17) {
        store_->repair();
        settle();
        testing::expect_batch(*store_, options_);
      } else {
        look();
      }
      if (::testing::Test::HasFailure()) return;
    }
    store_->repair();
    settle();
    look();
    testing::expect_batch(*store_, options_);
    store_->verify();
  }

 private:
  // As it is, or with another text: a new one, one that is known, or a version.
  void put(Article article) {
    if (random_() % 4 == 0)
      article.text += "\n\nThe harbour master resigned on day " + std::to_string(random_() % 3) + ".";
    std::string id;
    const StoryStore::Put what = store_->put(article, &id);
    EXPECT_EQ(what == StoryStore::Put::known, waiting_.contains(id)) << id;
    const auto known = waiting_.find(id);
    if (known == waiting_.end()) {
      EXPECT_EQ(what == StoryStore::Put::version, id != article.id || versions(article.id) > 0) << id;
    } else {
      EXPECT_EQ(known->second, article.text);
    }
    waiting_[id] = article.text;
  }
  std::size_t versions(const std::string& id) const {
    std::size_t count = waiting_.contains(id);
    for (const auto& [other, text] : waiting_) count += other.starts_with(id + "@");
    return count;
  }

  void remove() {
    const Article& article = articles_[random_() % articles_.size()];
    const std::string id = random_() % 3 == 0 ? article.id + "@2" : article.id;
    EXPECT_EQ(store_->remove(id), waiting_.erase(id) > 0) << id;
  }

  void settle() { committed_ = waiting_; }

  // What is committed is there, in stories that share no article; a reader sees the same, and what it saw before.
  void look() {
    StoreOptions reading = options_;
    reading.read_only = true;
    const StoryStore reader(path_, reading);
    Texts found;
    for (const StoryEntry& entry : reader.stories()) {
      const std::optional<StoredStory> stored = reader.story(entry.id);
      ASSERT_TRUE(stored);
      for (const Article& a : stored->corpus.articles()) {
        EXPECT_TRUE(found.emplace(a.id, a.text).second) << a.id;
        EXPECT_EQ(reader.story_of(a.id), entry.id);
      }
    }
    EXPECT_EQ(found, committed_);
    EXPECT_EQ(reader.size(), committed_.size());
    const auto changes = reader.since(seen_);
    EXPECT_TRUE(changes.empty() || reader.revision() > seen_);
    seen_ = reader.revision();
  }

  std::mt19937 random_;
  std::string path_;
  std::vector<Article> articles_;
  StoreOptions options_;
  std::optional<StoryStore> store_;
  Texts committed_, waiting_;
  Revision seen_ = 0;
};

// STORYMERGE_FULL=1: two hundred scripts.
TEST(StoreScripts, EndAsABatchOverWhatIsLeft) {
  const unsigned scripts = std::getenv("STORYMERGE_FULL") != nullptr ? 200 : 8;
  for (unsigned seed = 1; seed <= scripts; ++seed) {
    SCOPED_TRACE("script " + std::to_string(seed));
    const testing::TemporaryFolder folder;
    Script((folder / "day.store").string(), seed).run(60);
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace storymerge

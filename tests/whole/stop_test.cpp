// A call that the caller stops ends with Error `stopped`, and what it had handed over by then is whole.
#include <gtest/gtest.h>

#include <random>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "storymerge/storymerge.h"
#include "support/files.h"

namespace storymerge {
namespace {

const Corpus& day() {
  static const Corpus corpus = read_articles({(testing::project_root / "data" / "day.jsonl").string()}).corpus;
  return corpus;
}

template <class F>
bool is_stopped(F&& call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::stopped) << error.what();
    return true;
  }
  return false;
}

TEST(Stop, EndsEveryLongCall) {
  std::stop_source source;
  source.request_stop();
  Options options;
  options.stop = options.duplicates.stop = options.stories.stop = source.get_token();
  EXPECT_TRUE(is_stopped([&] { merge_stories(day(), options); }));
  EXPECT_TRUE(is_stopped([&] { find_duplicates(day(), options.duplicates); }));
  const std::vector<Document> documents = analyze(day());
  EXPECT_TRUE(is_stopped([&] { find_duplicates(day(), documents, options.duplicates); }));
  const Duplicates duplicates = find_duplicates(day(), documents);
  EXPECT_TRUE(is_stopped([&] { group_stories(day(), documents, duplicates, options.stories); }));
}

TEST(Stop, ATokenThatNobodyTriggersChangesNothing) {
  std::stop_source source;
  Options options;
  options.stop = source.get_token();
  EXPECT_EQ(merge_stories(day(), options).size(), merge_stories(day()).size());
}

// From the sink, and from another thread at random moments: what came is the beginning of the whole answer.
TEST(Stop, LeavesTheBeginningOfTheAnswer) {
  std::vector<std::string> whole;
  merge_stories(day(), {}, [&](const MergedStory& story) { whole.push_back(story.id); });
  ASSERT_GT(whole.size(), 1u);
  std::mt19937 random(7);
  std::size_t ended_early = 0;
  for (int round = 0; round < 40; ++round) {
    std::stop_source source;
    Options options;
    options.threads = 1 + static_cast<unsigned>(round % 3);
    options.stop = source.get_token();
    std::vector<std::string> came;
    const auto wait = std::chrono::microseconds(random() % 20000);
    std::jthread other([&] {
      std::this_thread::sleep_for(wait);
      source.request_stop();
    });
    const bool stopped =
        is_stopped([&] { merge_stories(day(), options, [&](const MergedStory& story) { came.push_back(story.id); }); });
    ended_early += stopped ? 1 : 0;
    if (!stopped) {
      EXPECT_EQ(came, whole);
    }
    ASSERT_LE(came.size(), whole.size());
    EXPECT_TRUE(std::equal(came.begin(), came.end(), whole.begin()));
  }
  EXPECT_GT(ended_early, 0u);
}

}  // namespace
}  // namespace storymerge

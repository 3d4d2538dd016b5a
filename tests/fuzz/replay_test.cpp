// Replays the seeds of every fuzzer and every input that once crashed one: tests/fuzz/{corpus,crashes}/TARGET/*.
#include "fuzz/targets.h"

namespace storymerge {
namespace {

TEST(Fuzz, SeedsAndPastCrashesPass) {
  for (const fuzz::Target& target : fuzz::targets) {
    std::size_t seeds = 0;
    for (const char* kind : {"corpus", "crashes"}) {
      const auto folder = testing::project_root / "tests" / "fuzz" / kind / target.name;
      if (!std::filesystem::exists(folder)) continue;
      for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        SCOPED_TRACE(entry.path().string());
        target.run(testing::read_file(entry.path()));
        ++seeds;
      }
    }
    EXPECT_GT(seeds, 0u) << "no seeds for " << target.name;
  }
}

TEST(Fuzz, NoBytesAtAllPass) {
  for (const fuzz::Target& target : fuzz::targets) target.run("");
}

}  // namespace
}  // namespace storymerge

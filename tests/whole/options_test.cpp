// Every option has a range, and a value outside it is refused by a message that names the option, the value and the range.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "storymerge/sketch/minhash_lsh.h"
#include "storymerge/storymerge.h"

namespace storymerge {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr unsigned huge = 4000000000u;

struct Case {
  std::string option;  // as the message must name it
  std::function<void()> call;
};

void duplicates(const std::function<void(DuplicateOptions&)>& set) {
  DuplicateOptions options;
  set(options);
  find_duplicates(Corpus({{.id = "a", .text = "Some words of a text."}, {.id = "b", .text = "Some words of a text."}}),
                  options);
}

void read(const std::function<void(ReadOptions&)>& set) {
  ReadOptions options;
  set(options);
  read_articles(InputBytes{.bytes = "Some words of a text.", .name = "a.txt"}, options);
}

void lsh(const std::function<void(MinHashLSH::Options&)>& set) {
  MinHashLSH::Options options;
  set(options);
  const MinHashLSH index(options);
}

std::vector<Case> cases() {
  std::vector<Case> out;
  for (const double wrong : {nan, infinite, -infinite, 0.0, -0.1, 1.1}) {
    out.push_back({"threshold", [=] { duplicates([=](DuplicateOptions& o) { o.threshold = wrong; }); }});
    out.push_back({"containment", [=] { duplicates([=](DuplicateOptions& o) { o.containment = wrong; }); }});
    out.push_back({"threshold", [=] { optimal_banding(wrong, 128); }});
    out.push_back({"threshold", [=] { sure_banding(wrong, 128); }});
    out.push_back({"recall", [=] { sure_banding(0.5, 128, wrong); }});
  }
  for (const double wrong : {nan, infinite, -infinite, -0.1}) {
    out.push_back({"weights", [=] { optimal_banding(0.5, 128, wrong, 1); }});
    out.push_back({"weights", [=] { optimal_banding(0.5, 128, 1, wrong); }});
  }
  out.push_back({"weights", [] { optimal_banding(0.5, 128, 0, 0); }});
  for (const double wrong : {nan, -infinite, -1.0, 0.0, 0.9}) {
    out.push_back({"max_expansion", [=] { read([=](ReadOptions& o) { o.max_expansion = wrong; }); }});
  }
  out.push_back({"max_record_bytes", [] { read([](ReadOptions& o) { o.max_record_bytes = 0; }); }});
  for (const unsigned wrong : {0u, 17u, huge}) {
    out.push_back({"ngram", [=] { duplicates([=](DuplicateOptions& o) { o.ngram = wrong; }); }});
  }
  for (const unsigned wrong : {0u, 15u, 1025u, huge}) {
    out.push_back({"num_perm", [=] { const MinHash made({.num_perm = wrong}); }});
    out.push_back({"num_perm", [=] { const MinHasher made({.num_perm = wrong}); }});
    out.push_back({"num_perm", [=] { lsh([=](MinHashLSH::Options& o) { o.minhash.num_perm = wrong; }); }});
    if (wrong == 15) continue;
    out.push_back({"num_perm", [=] { optimal_banding(0.5, wrong); }});
    out.push_back({"num_perm", [=] { sure_banding(0.5, wrong); }});
  }
  for (const Banding wrong : {Banding{0, 3}, Banding{3, 0}, Banding{129, 1}, Banding{huge, huge}}) {
    out.push_back({"bands", [=] { lsh([=](MinHashLSH::Options& o) { o.banding = wrong; }); }});
  }
  out.push_back({"max_bucket", [] { lsh([](MinHashLSH::Options& o) { o.max_bucket = 0; }); }});
  out.push_back({"scheme", [] { const MinHash made({.scheme = static_cast<SketchScheme>(9)}); }});
  return out;
}

TEST(Options, OutsideTheirRangeAreRefusedByName) {
  for (const Case& c : cases()) {
    try {
      c.call();
      ADD_FAILURE() << c.option << " is taken";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::bad_option) << error.what();
      EXPECT_NE(std::string(error.what()).find(c.option), std::string::npos) << error.what();
    }
  }
}

// No machine has them; the work is done by those there are.
TEST(Options, AskForMoreThreadsThanThereAre) {
  std::vector<Article> articles;
  for (int i = 0; i < 300; ++i) articles.push_back({.id = std::to_string(i), .text = "Words of a text."});
  const Corpus corpus(articles);
  Options options;
  options.threads = huge;
  EXPECT_EQ(merge_stories(corpus, options).size(), merge_stories(corpus).size());
}

Corpus published_at(Time time) {
  return Corpus(std::vector<Article>{{.id = "a", .published = time, .text = "Last year, on Friday, it fell."}});
}

TEST(Times, OutsideTheCalendarAreRefusedOrClamped) {
  EXPECT_EQ(format_time(Time::min()), "0001-01-01T00:00:00Z");
  EXPECT_EQ(format_time(Time::max()), "9999-12-31T23:59:59Z");
  for (const Time wrong :
       {Time::min(), Time::max(), first_time - std::chrono::seconds(1), last_time + std::chrono::seconds(1)}) {
    EXPECT_THROW(published_at(wrong), Error);
    EXPECT_FALSE(parse_time(format_time(wrong)) == wrong);
    find_dates("On Friday, 3 March, and last year.", wrong);  // no overflow: UBSan looks on
    StoryIndex index;
    EXPECT_THROW(index.add({.id = "a", .published = wrong, .text = "On Friday."}), Error);
  }
  for (const Time right : {first_time, last_time}) {
    EXPECT_EQ(parse_time(format_time(right)), right);
    EXPECT_EQ(merge_stories(published_at(right)).size(), 1u);
  }
  EXPECT_FALSE(parse_time("0001-01-01T00:00:00+01:00"));
  EXPECT_FALSE(parse_time("9999-12-31T23:59:59-01:00"));
}

}  // namespace
}  // namespace storymerge

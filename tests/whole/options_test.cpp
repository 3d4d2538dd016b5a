// Every option has a range: a value outside it is refused by a message that names the option, the value and the range, and the ends
// of the range are taken. One row a field; a field without a row fails.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <functional>
#include <limits>
#include <set>

#include "storymerge/sketch/minhash_lsh.h"
#include "storymerge/storymerge.h"
#include "support/files.h"
#include "support/source_code.h"

namespace storymerge {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr unsigned huge = 4000000000u;

// One field of a public options struct: values out of its range, which every call that takes the struct must refuse, and the ends of
// its range, which all must take. Of a field that any value suits, or that is a struct with rows of its own, the name alone.
struct Row {
  std::string field;
  std::vector<std::function<void()>> refused{}, taken{};
};

const Corpus& two_texts() {
  static const Corpus corpus(
      std::vector<Article>{{.id = "a", .text = "The ferry sank off Lidra. Twelve people died, it was said."},
                           {.id = "b", .text = "The ferry sank off Lidra. Fourteen people died."}});
  return corpus;
}

StoryStore opened(const StoreOptions& options) { return StoryStore(":memory:", options); }
void merged(const Options& options) { merge_stories(two_texts(), options); }

// What takes such options.
template <class Struct>
std::vector<std::function<void(const Struct&)>> uses();

template <>
std::vector<std::function<void(const DuplicateOptions&)>> uses() {
  return {[](const auto& o) { find_duplicates(two_texts(), o); }, [](const auto& o) { DuplicateFinder finder(o); },
          [](const auto& o) { StoryIndex index({}, o); }, [](const auto& o) { merged({.duplicates = o}); },
          [](const auto& o) { opened({.duplicates = o}); }};
}

template <>
std::vector<std::function<void(const StoryOptions&)>> uses() {
  return {[](const auto& o) {
            const std::vector<Document> documents = analyze(two_texts());
            group_stories(two_texts(), documents, find_duplicates(two_texts(), documents), o);
          },
          [](const auto& o) { StoryIndex index(o); }, [](const auto& o) { merged({.stories = o}); },
          [](const auto& o) { opened({.stories = o}); }};
}

template <>
std::vector<std::function<void(const AlignOptions&)>> uses() {
  return {[](const auto& o) { merged({.alignment = o}); }, [](const auto& o) { opened({.alignment = o}); }};
}

template <>
std::vector<std::function<void(const Options&)>> uses() {
  return {merged};
}

template <>
std::vector<std::function<void(const StoreOptions&)>> uses() {
  return {[](const auto& o) {
    StoryStore store = opened(o);
    for (const Article& article : two_texts().articles()) store.put(article);
    store.commit();
    EXPECT_LE(store.stories().size(), 2u);
  }};
}

template <>
std::vector<std::function<void(const ReadOptions&)>> uses() {
  return {[](const auto& o) { read_articles(InputBytes{.bytes = "Some words of a text.", .name = "a.txt"}, o); }};
}

template <>
std::vector<std::function<void(const MinHashOptions&)>> uses() {
  return {[](const auto& o) { const MinHash made(o); }, [](const auto& o) { const MinHasher made(o); },
          [](const auto& o) {
            const MinHashLSH made({.minhash = o, .banding = {16, 1}});
          }};
}

template <>
std::vector<std::function<void(const MinHashLSH::Options&)>> uses() {
  return {[](const auto& o) { const MinHashLSH made(o); }};
}

template <class Struct, class Value>
Row row(std::string field, Value Struct::*member, const std::vector<Value>& refused, const std::vector<Value>& taken) {
  Row out{std::move(field)};
  for (const auto& [values, calls] : {std::pair(&refused, &out.refused), std::pair(&taken, &out.taken)}) {
    for (const Value& value : *values) {
      for (const auto& use : uses<Struct>()) {
        calls->push_back([=] {
          Struct options;
          options.*member = value;
          use(options);
        });
      }
    }
  }
  return out;
}

std::vector<Row> rows() {
  constexpr double least = std::numeric_limits<double>::denorm_min(), most = std::numeric_limits<double>::max();
  constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
  const std::vector<unsigned> threads = {0, 1, huge};
  using Share = std::optional<double>;
  return {
      row("DuplicateOptions::threshold", &DuplicateOptions::threshold, {nan, infinite, -infinite, 0, -0.1, 1.1},
          {least, 1}),
      row("DuplicateOptions::containment", &DuplicateOptions::containment,
          std::vector<Share>{nan, infinite, -infinite, 0, -0.1, 1.1}, {std::nullopt, least, 1}),
      row("DuplicateOptions::ngram", &DuplicateOptions::ngram, {0, 17, huge}, {1, 16}),
      row("DuplicateOptions::threads", &DuplicateOptions::threads, {}, threads),
      row("StoryOptions::preset", &StoryOptions::preset, {static_cast<StoryPreset>(9), static_cast<StoryPreset>(-1)},
          {StoryPreset::event, StoryPreset::story}),
      row("StoryOptions::must_link", &StoryOptions::must_link, {}, {{}, {{"a", "a"}, {"a", "nobody"}, {"a", "b"}}}),
      row("StoryOptions::cannot_link", &StoryOptions::cannot_link, {}, {{}, {{"nobody", "a"}, {"a", "b"}}}),
      row("StoryOptions::threads", &StoryOptions::threads, {}, threads),
      row("AlignOptions::strictness", &AlignOptions::strictness,
          {static_cast<Strictness>(9), static_cast<Strictness>(-1)}, {Strictness::balanced, Strictness::strict}),
      row("Options::memory", &Options::memory, {}, {0, 1, all}),
      row("Options::threads", &Options::threads, {}, threads),
      row("ReadOptions::max_record_bytes", &ReadOptions::max_record_bytes, {0},
          {1, std::numeric_limits<std::uint64_t>::max()}),
      row("ReadOptions::max_expansion", &ReadOptions::max_expansion, {nan, -infinite, -1, 0, 0.9}, {1, most, infinite}),
      row("ReadOptions::threads", &ReadOptions::threads, {}, threads),
      row("MinHashOptions::scheme", &MinHashOptions::scheme, {static_cast<SketchScheme>(9)}, {SketchScheme::affine32}),
      row("MinHashOptions::num_perm", &MinHashOptions::num_perm, {0, 15, 1025, huge}, {16, 1024}),
      row("MinHashOptions::seed", &MinHashOptions::seed, {}, {0, std::numeric_limits<std::uint64_t>::max()}),
      row("MinHashOptions::ngram", &MinHashOptions::ngram, {0, 17, huge}, {1, 16}),
      row("Options::banding", &MinHashLSH::Options::banding, {{0, 3}, {3, 0}, {129, 1}, {huge, huge}},
          {{1, 1}, {128, 1}, {1, 128}}),
      row("Options::max_bucket", &MinHashLSH::Options::max_bucket, {0}, {1, std::numeric_limits<std::uint32_t>::max()}),
      row("StoreOptions::live", &StoreOptions::live, {0}, {1, 2, all}),
      row("StoreOptions::kept_stories", &StoreOptions::kept_stories, {}, {0, 1, all}),
      {"DuplicateOptions::sources"},
      {"DuplicateOptions::repeated"},
      {"DuplicateOptions::stop"},
      {"DuplicateOptions::progress"},
      {"StoryOptions::similarity"},
      {"StoryOptions::stop"},
      {"AlignOptions::judge"},
      {"AlignOptions::embed"},
      {"Options::duplicates"},
      {"Options::stories"},
      {"Options::alignment"},
      {"Options::progress"},
      {"Options::stop"},
      {"Options::minhash"},
      {"ReadOptions::strict"},
      {"ReadOptions::stop"},
      {"ReadOptions::progress"},
      {"StoreOptions::duplicates"},
      {"StoreOptions::stories"},
      {"StoreOptions::alignment"},
      {"StoreOptions::read_only"},
  };
}

// Parameters that are no fields; the message names them all the same.
std::vector<Row> parameters() {
  Row threshold{"threshold"}, recall{"recall"}, weights{"weights"}, num_perm{"num_perm"};
  for (const double wrong : {nan, infinite, -infinite, 0.0, -0.1, 1.1}) {
    threshold.refused.push_back([=] { optimal_banding(wrong, 128); });
    threshold.refused.push_back([=] { sure_banding(wrong, 128); });
    recall.refused.push_back([=] { sure_banding(0.5, 128, wrong); });
  }
  for (const double wrong : {nan, infinite, -infinite, -0.1}) {
    weights.refused.push_back([=] { optimal_banding(0.5, 128, wrong, 1); });
    weights.refused.push_back([=] { optimal_banding(0.5, 128, 1, wrong); });
  }
  weights.refused.push_back([] { optimal_banding(0.5, 128, 0, 0); });
  for (const unsigned wrong : {0u, 1025u, huge}) {
    num_perm.refused.push_back([=] { optimal_banding(0.5, wrong); });
    num_perm.refused.push_back([=] { sure_banding(0.5, wrong); });
  }
  return {threshold, recall, weights, num_perm};
}

void check(const Row& row) {
  const std::string name = row.field.substr(row.field.find_last_of(':') + 1);
  for (std::size_t i = 0; i < row.refused.size(); ++i) {
    try {
      row.refused[i]();
      ADD_FAILURE() << row.field << ", refused " << i << ": is taken";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::bad_option) << error.what();
      EXPECT_NE(std::string(error.what()).find(name == "banding" ? "bands" : name), std::string::npos) << error.what();
    }
  }
  for (std::size_t i = 0; i < row.taken.size(); ++i) EXPECT_NO_THROW(row.taken[i]()) << row.field << ", taken " << i;
}

TEST(Options, OutsideTheirRangeAreRefusedByName) {
  for (const Row& row : rows()) check(row);
  for (const Row& row : parameters()) check(row);
}

// "ReadOptions::strict" and so on, of every struct Options or …Options in the public headers.
std::set<std::string> public_fields() {
  using testing::Token;
  std::set<std::string> out;
  for (const auto& file : std::filesystem::recursive_directory_iterator(testing::project_root / "include")) {
    if (file.path().extension() != ".h" || file.path().filename() == "c.h") continue;
    const std::vector<Token> tokens = testing::tokens_of(testing::read_file(file.path()));
    for (std::size_t t = 0; t + 2 < tokens.size(); ++t) {
      const std::string& name = tokens[t + 1].text;
      if (tokens[t].text != "struct" || !name.ends_with("Options") || tokens[t + 2].text != "{") continue;
      t += 3;
      while (t < tokens.size() && tokens[t].text != "}") {  // a declaration
        const bool field = tokens[t].text != "static" && tokens[t].text != "friend";
        std::string last;
        bool named = false;
        for (int angles = 0, braces = 0; t < tokens.size() && (braces > 0 || tokens[t].text != ";"); ++t) {
          const std::string& token = tokens[t].text;
          named = named || (angles == 0 && (token == "=" || token == "{"));
          if (!named) {
            angles += token == "<" ? 1 : token == ">" ? -1 : token == ">>" ? -2 : 0;
            if (angles == 0 && tokens[t].kind == Token::word) last = token;
          }
          braces += token == "{" ? 1 : token == "}" ? -1 : 0;
        }
        if (field) out.insert(name + "::" + last);
        ++t;
      }
    }
  }
  return out;
}

TEST(Options, StandInTheTableAll) {
  std::set<std::string> in_table;
  for (const Row& row : rows()) EXPECT_TRUE(in_table.insert(row.field).second) << row.field;
  EXPECT_EQ(in_table, public_fields());
}

// What a caller's function answers has a range, too.
TEST(Options, AnswersThatAreNoNumbersAreRefused) {
  Options options;
  options.threads = 1;
  const auto stories_at = [&](double answer) {
    options.stories.similarity = [=](const Article&, const Article&, double) { return answer; };
    return merge_stories(two_texts(), options).size();
  };
  options.duplicates.threshold = 1;  // or the two are one text
  options.duplicates.containment.reset();
  EXPECT_EQ(stories_at(1), 1u);
  EXPECT_EQ(stories_at(0), 2u);
  EXPECT_EQ(stories_at(infinite), 1u);
  EXPECT_EQ(stories_at(7), 1u);
  EXPECT_EQ(stories_at(-infinite), 2u);
  const auto code_of = [](const auto& call) -> std::optional<ErrorCode> {
    try {
      call();
    } catch (const Error& error) {
      return error.code();
    }
    return std::nullopt;
  };
  EXPECT_EQ(code_of([&] { stories_at(nan); }), ErrorCode::bad_input);
  StoryIndex index(options.stories, options.duplicates);
  index.add(two_texts()[0]);
  EXPECT_EQ(code_of([&] {
              index.add(two_texts()[1]);
              index.repair();
            }),
            ErrorCode::bad_input);
  options.stories.similarity = {};
  for (const float wrong : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    options.alignment.embed = [=](std::span<const std::string_view> sentences) {
      return std::vector<std::vector<float>>(sentences.size(), {wrong, 1});
    };
    EXPECT_EQ(code_of([&] { merged(options); }), ErrorCode::bad_input);
  }
}

// A store that could not be opened with these options has not been made either.
TEST(Options, ThatAreRefusedLeaveNoFile) {
  const testing::TemporaryFolder folder;
  const std::string path = (folder / "new.store").string();
  StoreOptions options;
  options.duplicates.threshold = nan;
  EXPECT_THROW(StoryStore(path, options), Error);
  EXPECT_FALSE(std::filesystem::exists(path));
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

// Numbers and days of real news, annotated by reading (data/real-standoff): how many does the library read as a reader does?
// The texts are not part of the project; without them the test is skipped.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "storymerge/eval/gold.h"
#include "storymerge/text/document.h"
#include "storymerge/text/quantities.h"
#include "support/paths.h"

namespace storymerge {
namespace {

struct Annotated {
  ByteRange range;
  std::string first, last;  // of a number both its value
};

struct Sample {
  std::string article;
  ByteRange sentence;
  std::vector<Annotated> numbers, days;
};

std::vector<Sample> read_samples(const std::string& path) {
  std::vector<Sample> out;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream cells(line);
    std::string kind;
    Annotated a;
    cells >> kind;
    if (kind == "sentence") {
      out.emplace_back();
      cells >> out.back().article >> out.back().sentence.begin >> out.back().sentence.end;
      continue;
    }
    cells >> a.range.begin >> a.range.end >> a.first;
    if (!(cells >> a.last)) a.last = a.first;
    (kind == "number" ? out.back().numbers : out.back().days).push_back(a);
  }
  return out;
}

struct Figures {
  std::size_t found = 0, right = 0, annotated = 0;
  std::string wrong;
  double precision() const { return static_cast<double>(right) / static_cast<double>(found); }
  double recall() const { return static_cast<double>(right) / static_cast<double>(annotated); }
};

template <class Mention, class Same>
void count(const Sample& sample, std::string_view text, const std::vector<Annotated>& want,
           const std::vector<Mention>& mentions, Figures& f, Same same) {
  f.annotated += want.size();
  std::vector<bool> used(want.size());
  std::string wrong;
  for (const Mention& m : mentions) {
    if (m.range.begin < sample.sentence.begin || m.range.end > sample.sentence.end) continue;
    ++f.found;
    bool right = false;
    for (std::size_t i = 0; i < want.size() && !right; ++i) {
      right = !used[i] && want[i].range.begin < m.range.end && m.range.begin < want[i].range.end && same(m, want[i]);
      if (right) used[i] = true;
    }
    f.right += right;
    if (!right)
      wrong.append(" [read ").append(text.substr(m.range.begin, m.range.size())).append(" by ").append(m.rule) += ']';
  }
  for (std::size_t i = 0; i < want.size(); ++i) {
    if (!used[i]) wrong.append(" [missed ").append(text.substr(want[i].range.begin, want[i].range.size())) += ']';
  }
  if (!wrong.empty()) f.wrong.append(text.substr(sample.sentence.begin, sample.sentence.size())).append(wrong) += '\n';
}

bool same_value(const Quantity& q, const Annotated& a) {
  double value = 0;
  std::from_chars(a.first.data(), a.first.data() + a.first.size(), value);
  return std::abs(q.value - value) <= 1e-6 * std::abs(value) + 1e-9;
}

bool same_days(const DateMention& m, const Annotated& a) {
  const auto text = [](std::optional<std::chrono::sys_days> d) { return d ? format_time(*d).substr(0, 10) : "-"; };
  return text(m.from) == a.first && text(m.to) == a.last;
}

TEST(RealNews, NumbersAndDaysAreReadAsAReaderDoes) {
  const std::string texts = std::string(testing::root_path) + "/../shared/gold/real";
  if (!std::filesystem::exists(texts)) GTEST_SKIP() << "the texts of gold/real are not here";
  std::map<std::string, Article> articles;
  for (const Article& a : gold_articles(read_gold(std::vector<std::string>{texts}))) articles.emplace(a.id, a);
  Figures numbers, days;
  for (const Sample& s : read_samples(std::string(testing::root_path) + "/data/real-standoff/numbers-and-days.tsv")) {
    ASSERT_TRUE(articles.contains(s.article)) << s.article;
    const Article& a = articles.at(s.article);
    const auto dates = find_dates(a.text, a.published);
    count(s, a.text, s.days, dates, days, same_days);
    count(s, a.text, s.numbers, find_quantities(a.text, dates), numbers, same_value);
  }
  EXPECT_GE(numbers.precision(), 0.97) << numbers.wrong;
  EXPECT_GE(numbers.recall(), 0.97) << numbers.wrong;
  EXPECT_GE(days.precision(), 0.95) << days.wrong;
  EXPECT_GE(days.recall(), 0.95) << days.wrong;
  RecordProperty("numbers", std::to_string(numbers.right) + " right of " + std::to_string(numbers.found) +
                                " found and " + std::to_string(numbers.annotated) + " annotated");
  RecordProperty("days", std::to_string(days.right) + " right of " + std::to_string(days.found) + " found and " +
                             std::to_string(days.annotated) + " annotated");
}

// Every number and day of the annotated stories in German, French and Spanish, checked by reading: article, kind, where it begins,
// as written, and what it is.
TEST(LanguageStories, NumbersAndDaysAreAllRight) {
  const std::string root = testing::root_path;
  const std::string texts = root + "/../shared/gold/languages";
  if (!std::filesystem::exists(texts)) GTEST_SKIP() << "the stories are not at " << texts;
  const auto value = [](double v) { return std::isinf(v) ? "" : fmt::format("{:.10g}", std::round(v * 1e6) / 1e6); };
  const auto day = [](std::chrono::sys_days d) { return format_time(d).substr(0, 10); };
  std::set<std::string> found;
  for (const GoldStory& story : read_gold(std::vector<std::string>{texts})) {
    for (const GoldArticle& gold : story.articles) {
      const Article& a = gold.article;
      const Corpus corpus({a});
      const Document d = analyze(corpus, 1)[0];
      const auto add = [&](std::string_view kind, ByteRange range, const std::string& means) {
        found.insert(fmt::format("{}\t{}\t{}\t{}\t{}", a.id, kind, range.begin,
                                 a.text.substr(range.begin, range.size()), means));
      };
      for (const Quantity& q : d.quantities)
        add("number", q.range, q.low == q.high ? value(q.low) : value(q.low) + ".." + value(q.high));
      for (const DateMention& m : d.dates) {
        std::string means = !m.from ? "-" : *m.from == *m.to ? day(*m.from) : day(*m.from) + ".." + day(*m.to);
        if (m.minute_of_day) means += fmt::format(" {:02}:{:02}", *m.minute_of_day / 60, *m.minute_of_day % 60);
        add("day", m.range, means);
      }
    }
  }
  std::set<std::string> wanted;
  std::ifstream file(root + "/tests/text/language_stories.tsv");
  for (std::string line; std::getline(file, line);) wanted.insert(line);
  ASSERT_GE(wanted.size(), 200u);
  for (const std::string& row : wanted) EXPECT_TRUE(found.contains(row)) << "not found: " << row;
  for (const std::string& row : found) EXPECT_TRUE(wanted.contains(row)) << "found: " << row;
}

}  // namespace
}  // namespace storymerge

// Figures against slow references, against tellings that are perfect or spoilt, and against the script they come from.

#include "storymerge/eval/scores.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "storymerge/pipeline.h"
#include "storymerge/write/writer.h"
#include "support/files.h"
#include "support/spans.h"

namespace storymerge {
namespace {

using Labels = std::vector<std::uint32_t>;

// Item by item, as the paper puts it.
PrecisionRecall slow_b_cubed(const Labels& gold, const Labels& found) {
  PrecisionRecall out;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    double both = 0, in_gold = 0, in_found = 0;
    for (std::size_t j = 0; j < gold.size(); ++j) {
      both += gold[i] == gold[j] && found[i] == found[j];
      in_gold += gold[i] == gold[j];
      in_found += found[i] == found[j];
    }
    out.precision += both / in_found / static_cast<double>(gold.size());
    out.recall += both / in_gold / static_cast<double>(gold.size());
  }
  return out;
}

// From the counts of pairs that both, one or neither grouping joins.
double slow_rand(const Labels& gold, const Labels& found) {
  double both = 0, only_gold = 0, only_found = 0, neither = 0;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const bool g = gold[i] == gold[j], f = found[i] == found[j];
      ++(g ? (f ? both : only_gold) : (f ? only_found : neither));
    }
  }
  const double top = 2 * (both * neither - only_gold * only_found);
  const double bottom = (both + only_gold) * (only_gold + neither) + (both + only_found) * (only_found + neither);
  return bottom == 0 ? 1 : top / bottom;
}

TEST(Scores, GroupingFiguresAgreeWithTheReferenceOnEverySmallGrouping) {
  for (std::size_t n = 1; n <= 5; ++n) {
    const auto count = static_cast<std::uint32_t>(std::pow(n, n));
    std::vector<Labels> all;
    for (std::uint32_t code = 0; code < count; code += n < 5 ? 1 : 7) {
      Labels labels(n);
      for (std::uint32_t rest = code, i = 0; i < n; ++i, rest /= static_cast<std::uint32_t>(n)) labels[i] = rest % n;
      all.push_back(labels);
    }
    for (const Labels& gold : all) {
      for (const Labels& found : all) {
        const PrecisionRecall fast = b_cubed(gold, found), slow = slow_b_cubed(gold, found);
        ASSERT_NEAR(fast.precision, slow.precision, 1e-12);
        ASSERT_NEAR(fast.recall, slow.recall, 1e-12);
        ASSERT_NEAR(adjusted_rand_index(gold, found), slow_rand(gold, found), 1e-12);
      }
    }
  }
}

std::vector<GoldStory> tree_gold() {
  const std::string path = testing::project_root / "data" / "gold";
  return read_gold({&path, 1});
}

std::map<std::string, double> by_name(const std::vector<Figure>& figures) {
  std::map<std::string, double> out;
  for (const Figure& f : figures) out[f.name] = f.value;
  return out;
}

// Stories as a program that knows the gold would write them, with a share `noise` of everything gone wrong.
std::vector<MergedStory> told(const std::vector<GoldStory>& gold, const Corpus& corpus, double noise, unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
  const auto wrong = [&] { return std::uniform_real_distribution<>()(random) < noise; };

  std::vector<MergedStory> out(gold.size());
  std::vector<std::size_t> story_of(corpus.size());
  for (std::size_t s = 0; s < gold.size(); ++s) {
    for (const GoldArticle& a : gold[s].articles) {
      const std::size_t to = wrong() ? below(gold.size()) : s;
      story_of[*corpus.find(a.article.id)] = to;
      out[to].articles.push_back(*corpus.find(a.article.id));
    }
  }
  struct Spot {
    SourceSpan span;
    GoldTelling telling;
  };
  for (std::size_t s = 0; s < gold.size(); ++s) {
    MergedStory& story = out[s];
    story.id = "s" + std::to_string(s);
    std::sort(story.articles.begin(), story.articles.end());
    story.furniture.resize(story.articles.size());
    story.replaced_by.resize(story.articles.size());

    std::map<std::string, std::size_t> origin_of;
    for (const GoldStory& g : gold) {
      for (const GoldArticle& a : g.articles) {
        const ArticleIndex index = *corpus.find(a.article.id);
        if (story_of[index] != s) continue;
        const std::string original = a.copy_of && !wrong() ? g.articles[*a.copy_of].article.id : a.article.id;
        const auto [at, fresh] = origin_of.emplace(original, story.origins.size());
        if (fresh) story.origins.push_back({{}, index});
        story.origins[at->second].articles.push_back(index);
      }
    }

    std::map<std::uint32_t, std::vector<Spot>> spots;
    for (const GoldArticle& a : gold[s].articles) {
      const ArticleIndex index = *corpus.find(a.article.id);
      if (story_of[index] != s) continue;
      for (const GoldSentence& sentence : a.sentences) {
        ByteRange r = sentence.range;
        if (wrong()) r.begin = r.begin + static_cast<std::uint32_t>(below(r.size()));
        if (wrong()) r.end = r.begin + 1 + static_cast<std::uint32_t>(below(a.article.text.size() - r.begin));
        while (!is_boundary(a.article.text, r.begin)) --r.begin;
        while (!is_boundary(a.article.text, r.end)) ++r.end;
        const Spot spot{{index, r.begin, r.end}, {}};
        if (sentence.tells.empty() && wrong()) spots[10000 + r.begin].push_back(spot);
        for (const GoldTelling& t : sentence.tells) {
          if (!wrong()) spots[wrong() ? static_cast<std::uint32_t>(below(20)) : t.claim].push_back({spot.span, t});
        }
      }
    }
    std::map<std::uint32_t, std::uint32_t> claim_at;
    for (const auto& [claim, all] : spots) {
      MergedClaim merged;
      merged.id = "c" + std::to_string(claim);
      for (const Spot& spot : all) merged.support.push_back({.span = spot.span, .speaker = {}});
      merged.origin_count = static_cast<std::uint32_t>(wrong() ? below(4) : 1 + below(all.size()));
      claim_at[claim] = static_cast<std::uint32_t>(story.claims.size());
      if (!wrong()) story.summary.emplace_back();
      if (!story.summary.empty() && !wrong()) story.summary.back().push_back(claim_at[claim]);
      if (!story.summary.empty() && wrong()) {
        story.summary.back().push_back(static_cast<std::uint32_t>(below(claim_at[claim] + 1)));
      }
      story.claims.push_back(std::move(merged));
    }
    for (const GoldDispute& d : gold[s].disputes) {
      const auto at = spots.find(d.claim);
      if (at == spots.end()) continue;
      std::map<std::string, MergedValue> values;
      for (const Spot& spot : at->second) {
        const std::string value = wrong() ? "other" : spot.telling.value.value_or("none");
        values[value].value = value;
        values[value].support.push_back({.span = spot.span, .speaker = {}});
      }
      MergedDispute dispute;
      dispute.claim = claim_at[d.claim];
      dispute.kind = d.kind;
      dispute.resolution = wrong() ? Resolution::conflict : d.resolution;
      for (const auto& entry : values) dispute.values.push_back(entry.second);
      story.disputes.push_back(std::move(dispute));
    }
  }
  std::erase_if(out, [](const MergedStory& story) { return story.articles.empty(); });
  return out;
}

TEST(Scores, APerfectTellingScoresOne) {
  const std::vector<GoldStory> gold = tree_gold();
  const Corpus corpus(gold_articles(gold));
  const std::map<std::string, double> figures = by_name(score(gold, corpus, told(gold, corpus, 0, 1)));
  for (const char* name :
       {"valid", "story_b3_p", "story_b3_r", "story_b3_f1", "story_ari", "copy_p", "copy_r", "copy_f1", "align_r",
        "several_r", "dispute_r", "dispute_resolution", "summary_coverage", "summary_coverage_core"}) {
    EXPECT_DOUBLE_EQ(figures.at(name), 1) << name;
  }
  EXPECT_EQ(figures.at("boilerplate"), 0);
  EXPECT_GT(figures.at("dispute_p"),
            0.95);  // not 1: a sentence that gives two disputed values finds both disputes at once
}

TEST(Scores, ASpanOutsideItsStoryIsInvalid) {
  const std::vector<GoldStory> gold = tree_gold();
  const Corpus corpus(gold_articles(gold));
  std::vector<MergedStory> stories = told(gold, corpus, 0, 1);
  EXPECT_EQ(score(gold, corpus, stories)[0].value, 1);
  stories[0].claims[0].support[0].span.article = stories[1].articles[0];
  EXPECT_EQ(score(gold, corpus, stories)[0].value, 0);
  stories = told(gold, corpus, 0, 1);
  stories[0].articles.pop_back();
  EXPECT_EQ(score(gold, corpus, stories)[0].value, 0);
}

// The development script is an independent implementation of the same figures: on stories made from the gold, more and more
// spoilt, and on what the pipeline makes.
TEST(Scores, AgreeWithTheScriptToFourDecimals) {
  const auto script = testing::shared_folder / "eval" / "score.py";
  if (!std::filesystem::exists(script)) GTEST_SKIP() << "no " << script;
  if (testing::run("python3 -c 'pass' 2>&1").status != 0) GTEST_SKIP() << "no python3";
  const testing::TemporaryFolder folder;
  for (const char* set : {"dev", "real", "languages"}) {
    const std::string gold_folder = testing::shared_folder / "gold" / set;
    if (!std::filesystem::exists(gold_folder)) continue;
    const std::vector<GoldStory> gold = read_gold({&gold_folder, 1});
    const Corpus corpus(gold_articles(gold));
    for (unsigned seed = 0; seed <= 4; ++seed) {
      const std::vector<MergedStory> stories =
          seed == 0 ? merge_stories(corpus) : told(gold, corpus, 0.08 * (seed - 1), seed);
      {
        std::ofstream out(folder / "stories.jsonl", std::ios::binary);
        write(Format::jsonl, out, corpus, stories);
      }
      const testing::Outcome theirs = testing::run("python3 '" + script.string() + "' gold '" + gold_folder + "' < '" +
                                                   (folder / "stories.jsonl").string() + "'");
      ASSERT_EQ(theirs.status, 0) << theirs.output;
      const std::vector<Figure> ours = score(gold, corpus, stories);
      std::istringstream lines(theirs.output);
      std::size_t k = 0;
      std::string name;
      for (double value; lines >> name >> value; ++k) {
        ASSERT_LT(k, ours.size());
        EXPECT_EQ(ours[k].name, name);
        EXPECT_NEAR(ours[k].value, value, 0.500001e-4) << name << ", " << set << ", seed " << seed;
      }
      EXPECT_EQ(k, ours.size());
    }
  }
}

}  // namespace
}  // namespace storymerge

// Copies against comparing all pairs, on made texts whose copies are known; what only looks like a copy; the laws.

#include "storymerge/dedup/duplicates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <string>

#include "bench/generated_corpus.h"
#include "dedup/sampled.h"
#include "storymerge/base/error.h"
#include "storymerge/eval/gold.h"
#include "support/paths.h"

namespace storymerge {
namespace {

using generated::Words;

// Articles in the order in which they are added: one a minute, each of its own source.
struct Pile {
  std::vector<Article> articles;

  std::string add(std::string text, std::string source = "") {
    Article a;
    a.id = "a" + std::to_string(100000 + articles.size());
    a.source = source.empty() ? "Outlet " + a.id : std::move(source);
    a.published = Time(std::chrono::minutes(30000000 + articles.size()));
    a.text = std::move(text);
    articles.push_back(a);
    return a.id;
  }
  std::string add(const Words& words, std::string source = "") {
    return add(generated::text_of(words), std::move(source));
  }
  Corpus corpus() const { return Corpus(articles); }
};

std::vector<std::string> shingles_of(const std::string& text, std::size_t n) {
  const WordList words = fold_words(text);
  std::vector<std::string> out;
  for (std::size_t i = 0; i + n <= words.size(); ++i) {
    std::string shingle;
    for (std::size_t k = i; k < i + n; ++k) shingle += std::string(words[k]) + ' ';
    out.push_back(shingle);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Slow and obvious.
double jaccard(const std::string& a, const std::string& b, std::size_t n = 3) {
  const auto x = shingles_of(a, n), y = shingles_of(b, n);
  std::vector<std::string> common;
  std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(common));
  const double all = static_cast<double>(x.size() + y.size() - common.size());
  return all == 0 ? 0 : static_cast<double>(common.size()) / all;
}

bool together(const Corpus& corpus, const Duplicates& d, const std::string& a, const std::string& b) {
  return d.origin_of[*corpus.find(a)] == d.origin_of[*corpus.find(b)];
}

void expect_well_formed(const Corpus& corpus, const Duplicates& d) {
  ASSERT_EQ(d.origin_of.size(), corpus.size());
  std::vector<int> seen(corpus.size(), 0);
  ArticleIndex last_first = 0;
  for (std::size_t o = 0; o < d.origins.size(); ++o) {
    const Origin& origin = d.origins[o];
    ASSERT_FALSE(origin.articles.empty());
    ASSERT_TRUE(std::is_sorted(origin.articles.begin(), origin.articles.end()));
    ASSERT_TRUE(o == 0 || last_first < origin.articles[0]);
    last_first = origin.articles[0];
    ASSERT_TRUE(std::count(origin.articles.begin(), origin.articles.end(), origin.original) == 1);
    ASSERT_GE(origin.density, 0);
    ASSERT_LE(origin.density, 1);
    for (const ArticleIndex i : origin.articles) {
      ++seen[i];
      ASSERT_EQ(d.origin_of[i], o);
    }
  }
  ASSERT_TRUE(std::all_of(seen.begin(), seen.end(), [](int n) { return n == 1; }));
  for (std::size_t k = 0; k < d.pairs.size(); ++k) {
    ASSERT_LT(d.pairs[k].a, d.pairs[k].b);
    if (k > 0) {
      ASSERT_TRUE(std::pair(d.pairs[k - 1].a, d.pairs[k - 1].b) < std::pair(d.pairs[k].a, d.pairs[k].b));
    }
  }
}

TEST(FindDuplicates, AgreesWithComparingAllPairs) {
  std::vector<Article> articles;
  for (std::uint64_t i = 0; i < 5000; ++i) articles.push_back(generated::article(i, 3).article);
  const Corpus corpus(std::move(articles));
  DuplicateOptions options;
  options.threshold = 0.5;
  const Duplicates found = find_duplicates(corpus, options);
  expect_well_formed(corpus, found);
  EXPECT_EQ(found.frequent_shingles, 0u);

  // All pairs: common shingles counted through the texts of each shingle.
  std::vector<std::pair<std::size_t, ArticleIndex>> postings;
  std::vector<std::size_t> sizes;
  for (const Article& article : corpus.articles()) {
    const auto shingles = shingles_of(article.text, 3);
    for (const std::string& s : shingles) {
      postings.emplace_back(std::hash<std::string>()(s), static_cast<ArticleIndex>(sizes.size()));
    }
    sizes.push_back(shingles.size());
  }
  std::sort(postings.begin(), postings.end());
  std::vector<std::pair<ArticleIndex, ArticleIndex>> meetings;
  for (std::size_t i = 0; i < postings.size(); ++i) {
    for (std::size_t k = i + 1; k < postings.size() && postings[k].first == postings[i].first; ++k) {
      meetings.emplace_back(postings[i].second, postings[k].second);
    }
  }
  std::sort(meetings.begin(), meetings.end());
  std::map<std::string, ArticleIndex> first_with;
  const auto is_first = [&](ArticleIndex i) { return first_with.try_emplace(corpus[i].text, i).first->second == i; };
  for (ArticleIndex i = 0; i < corpus.size(); ++i) is_first(i);
  std::map<std::pair<ArticleIndex, ArticleIndex>, double> truth;
  for (std::size_t i = 0, next = 0; i < meetings.size(); i = next) {
    while (next < meetings.size() && meetings[next] == meetings[i]) ++next;
    const auto pair = meetings[i];
    const std::size_t count = next - i;
    const double j = static_cast<double>(count) / static_cast<double>(sizes[pair.first] + sizes[pair.second] - count);
    const bool identical = corpus[pair.first].text == corpus[pair.second].text;
    if (j >= 0.5 && is_first(pair.first) && (identical || is_first(pair.second))) truth[pair] = j;
  }
  ASSERT_GT(truth.size(), 2000u);
  std::size_t right = 0;
  for (const DuplicatePair& pair : found.pairs) {
    if (pair.jaccard < 0.5) continue;
    const auto at = truth.find({pair.a, pair.b});
    ASSERT_NE(at, truth.end()) << corpus[pair.a].id << ' ' << corpus[pair.b].id;
    EXPECT_NEAR(pair.jaccard, at->second, 1e-9);
    ++right;
  }
  EXPECT_GE(static_cast<double>(right), 0.99 * static_cast<double>(truth.size()));
}

TEST(FindDuplicates, FindsAWireTextInsideALongerArticle) {
  for (const double ratio : {1.5, 2.0, 3.0, 4.0}) {
    Pile pile;
    std::vector<std::pair<std::string, std::string>> truth;
    for (std::uint64_t i = 0; i < 300; ++i) {
      const Words wire = generated::fresh(i + 1, 90 + i % 200);
      const std::string id = pile.add(wire);
      truth.emplace_back(id, pile.add(generated::embedded(wire, ratio, i + 5000)));
    }
    const Corpus corpus = pile.corpus();
    const Duplicates d = find_duplicates(corpus);
    std::size_t met = 0;
    for (const auto& [wire, article] : truth) met += together(corpus, d, wire, article);
    EXPECT_GE(static_cast<double>(met), 0.98 * static_cast<double>(truth.size())) << ratio;
    EXPECT_EQ(d.origins.size() + met, corpus.size()) << ratio;  // and nothing else
    if (ratio == 4.0) {
      for (const DuplicatePair& pair : d.pairs) {
        EXPECT_EQ(pair.relation, Relation::contained_in);
        EXPECT_GT(pair.containment_a_in_b, 0.95);
      }
    }
  }
}

TEST(FindDuplicates, OneWordInsertedAnywhereIsFound) {
  Pile pile;
  std::vector<std::pair<std::string, std::string>> truth;
  for (std::size_t k = 0; k <= 300; ++k) {
    Words words = generated::fresh(k + 77, 300);
    const std::string id = pile.add(words);
    words.insert(words.begin() + static_cast<std::ptrdiff_t>(k), 49000);
    truth.emplace_back(id, pile.add(words));
  }
  const Corpus corpus = pile.corpus();
  const Duplicates d = find_duplicates(corpus);
  for (const auto& [a, b] : truth) EXPECT_TRUE(together(corpus, d, a, b)) << a;
  EXPECT_EQ(d.origins.size(), truth.size());
}

TEST(FindDuplicates, ChainsDoNotGlueStrangers) {
  Pile pile;
  Words words = generated::fresh(1, 300);
  for (std::uint64_t k = 0; k < 200; ++k) {
    pile.add(words);
    words = generated::shifted(words, 0.8, k + 10);
  }
  const Corpus corpus = pile.corpus();
  for (const double threshold : {0.3, 0.5, 0.7}) {
    DuplicateOptions options;
    options.threshold = threshold;
    options.containment = 1;
    const Duplicates d = find_duplicates(corpus, options);
    expect_well_formed(corpus, d);
    EXPECT_GT(d.origins.size(), 20u);
    EXPECT_LT(d.origins.size(), 120u);
    for (const Origin& origin : d.origins) {
      double weakest = 1;
      for (const ArticleIndex i : origin.articles) {
        if (i == origin.original) continue;
        const double j = jaccard(corpus[i].text, corpus[origin.original].text);
        EXPECT_GE(j, threshold);
        weakest = std::min(weakest, j);
      }
      EXPECT_NEAR(origin.weakest, weakest, 1e-9);
    }
  }
}

TEST(FindDuplicates, TenThousandIdenticalTextsTakeLinearWork) {
  Pile pile;
  const std::string text = generated::text_of(generated::fresh(5, 300));
  for (int i = 0; i < 10000; ++i) pile.add(text);
  const Corpus corpus = pile.corpus();
  const Duplicates d = find_duplicates(corpus);
  ASSERT_EQ(d.origins.size(), 1u);
  EXPECT_EQ(d.origins[0].original, 0u);
  EXPECT_EQ(d.origins[0].density, 1);
  EXPECT_EQ(d.candidates, 0u);
  ASSERT_EQ(d.pairs.size(), 9999u);
  EXPECT_EQ(d.pairs[0].relation, Relation::exact);
}

TEST(FindDuplicates, ThousandsOfVariantsTakeLinearWork) {
  Pile pile;
  const Words words = generated::fresh(5, 300);
  constexpr std::size_t n = 4000;
  for (std::uint64_t i = 0; i < n; ++i) pile.add(generated::edited(words, 0.02, i));
  const Corpus corpus = pile.corpus();
  const Duplicates d = find_duplicates(corpus);
  expect_well_formed(corpus, d);
  EXPECT_EQ(d.origins.size(), 1u);
  EXPECT_GT(d.capped_buckets, 0u);
  EXPECT_LT(d.candidates, 2000 * n);  // of four million pairs of four thousand texts, a fixed number a text
}

TEST(FindDuplicates, ShortTextsAreCopiesOnlyWhenIdentical) {
  Pile pile;
  const std::string e1 = pile.add(""), e2 = pile.add(""), e3 = pile.add(" . , \n");
  const std::string a = pile.add("Breaking news"), b = pile.add("BREAKING NEWS."), c = pile.add("Breaking news today"),
                    d = pile.add("Breaking"), f = pile.add("Breaking views"), g = pile.add("breaking!");
  const Corpus corpus = pile.corpus();
  const Duplicates found = find_duplicates(corpus);
  EXPECT_FALSE(together(corpus, found, e1, e2));
  EXPECT_FALSE(together(corpus, found, e1, e3));
  EXPECT_TRUE(together(corpus, found, a, b));
  EXPECT_FALSE(together(corpus, found, a, c));
  EXPECT_FALSE(together(corpus, found, a, d));
  EXPECT_FALSE(together(corpus, found, a, f));
  EXPECT_TRUE(together(corpus, found, d, g));
}

TEST(FindDuplicates, CopiesMeetAcrossTheBorderOfShortTexts) {
  Pile pile;
  std::vector<std::pair<std::string, std::string>> truth;
  for (std::uint64_t i = 0; i < 60; ++i) {
    Words words = generated::fresh(i + 300, 38);
    const std::string id = pile.add(words);
    words.insert(words.begin() + 20, {41000, 42000, 43000, 44000});
    truth.emplace_back(id, pile.add(words));
  }
  const Corpus corpus = pile.corpus();
  const Duplicates d = find_duplicates(corpus);
  for (const auto& [a, b] : truth) EXPECT_TRUE(together(corpus, d, a, b)) << a;
  EXPECT_EQ(d.origins.size(), truth.size());
}

TEST(FindDuplicates, WorksInScriptsWithoutSpaces) {
  std::mt19937 random(3);
  const auto text = [&] {
    std::string out;
    for (int i = 0; i < 150; ++i) {
      const char32_t c = 0x4E00 + random() % 3000;
      out += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)),
              static_cast<char>(0x80 | (c & 63))};
      if (i % 20 == 19) out += "。";
    }
    return out;
  };
  Pile pile;
  const std::string first = text();
  const std::string a = pile.add(first), b = pile.add("速報 " + first.substr(30)), c = pile.add(text());
  const Corpus corpus = pile.corpus();
  const Duplicates d = find_duplicates(corpus);
  EXPECT_TRUE(together(corpus, d, a, b));
  EXPECT_FALSE(together(corpus, d, a, c));
}

TEST(FindDuplicates, FurnitureOfASourceDoesNotLink) {
  // Bodies of 50 words round which each of three sources puts 90 words of its own.
  Pile pile;
  std::vector<std::string> copies;
  for (std::uint64_t s = 0; s < 3; ++s) {
    const std::string footer = generated::text_of(generated::fresh(s + 9000, 90));
    for (std::uint64_t i = 0; i < 30; ++i) {
      pile.add(generated::text_of(generated::fresh(s * 100 + i, 50)) + "\n\n" + footer, "Source " + std::to_string(s));
    }
    copies.push_back(
        pile.add(generated::text_of(generated::fresh(777, 50)) + "\n\n" + footer, "Source " + std::to_string(s)));
  }
  const Corpus corpus = pile.corpus();
  const Duplicates d = find_duplicates(corpus);
  EXPECT_GT(d.frequent_shingles, 200u);
  EXPECT_TRUE(together(corpus, d, copies[0], copies[1]));  // copies count by body
  EXPECT_TRUE(together(corpus, d, copies[0], copies[2]));
  EXPECT_EQ(d.origins.size(), corpus.size() - 2);
}

TEST(FindDuplicates, TwoArticlesOfOneSourceThatShareAFooterAreTwo) {
  const std::string footer = "\n\n" + generated::text_of(generated::fresh(9000, 70));
  Pile pile;
  const std::string a = pile.add(generated::text_of(generated::fresh(1, 60)) + footer, "Herald");
  const std::string b = pile.add(generated::text_of(generated::fresh(2, 60)) + footer, "Herald");
  const Corpus corpus = pile.corpus();
  const Duplicates d = find_duplicates(corpus);
  EXPECT_FALSE(together(corpus, d, a, b));
}

TEST(FindDuplicates, WhatAllPagesSayDoesNotLink) {
  const std::string footer = "\n\n" + generated::text_of(generated::fresh(9000, 90));
  Pile pile;
  for (std::uint64_t i = 0; i < 300; ++i) pile.add(generated::text_of(generated::fresh(i, 50)) + footer);
  const Corpus corpus = pile.corpus();
  EXPECT_EQ(find_duplicates(corpus).origins.size(), corpus.size());
}

TEST(FindDuplicates, VersionsOfOneSourceStayTogether) {
  Pile pile;
  const Words words = generated::fresh(4, 250);
  for (std::uint64_t i = 0; i < 6; ++i) pile.add(generated::edited(words, 0.05, i), "Herald");
  for (std::uint64_t i = 0; i < 20; ++i) pile.add(generated::fresh(100 + i, 250), "Herald");
  const Corpus corpus = pile.corpus();
  EXPECT_EQ(find_duplicates(corpus).origins.size(), 21u);
}

TEST(FindDuplicates, AQuotedPassageMakesNoCopy) {
  // Two reports of 200 words that both quote one statement of 60.
  const Words statement = generated::fresh(50, 60);
  Pile pile;
  const std::string a = pile.add(generated::embedded(statement, 3.3, 1)),
                    b = pile.add(generated::embedded(statement, 3.3, 2));
  const Corpus corpus = pile.corpus();
  const Duplicates d = find_duplicates(corpus);
  EXPECT_FALSE(together(corpus, d, a, b));
}

TEST(FindDuplicates, TheOriginalIsTheEarliestThenTheLongest) {
  const Words words = generated::fresh(4, 250);
  std::vector<Article> articles(4);
  const char* const ids[] = {"z", "y", "x", "w"};
  for (std::size_t i = 0; i < 4; ++i) {
    articles[i].id = ids[i];
    articles[i].source = ids[i];
    Words longer = words;
    longer.insert(longer.end(), i, 40000);
    articles[i].text = generated::text_of(longer);
  }
  articles[1].published = articles[2].published = Time(std::chrono::hours(1));
  articles[0].published = Time(std::chrono::hours(2));  // and the longest has no date
  const Corpus corpus(articles);
  const Duplicates d = find_duplicates(corpus);
  ASSERT_EQ(d.origins.size(), 1u);
  EXPECT_EQ(corpus[d.origins[0].original].id, "x");
}

bool same(const Duplicates& a, const Duplicates& b) {
  const auto pair = [](const DuplicatePair& p) {
    return std::tuple(p.a, p.b, p.relation, p.jaccard, p.containment_a_in_b, p.containment_b_in_a);
  };
  return a.origin_of == b.origin_of && a.candidates == b.candidates && a.capped_buckets == b.capped_buckets &&
         std::equal(a.pairs.begin(), a.pairs.end(), b.pairs.begin(), b.pairs.end(),
                    [&](const DuplicatePair& x, const DuplicatePair& y) { return pair(x) == pair(y); }) &&
         std::equal(a.origins.begin(), a.origins.end(), b.origins.begin(), b.origins.end(),
                    [](const Origin& x, const Origin& y) {
                      return x.articles == y.articles && x.original == y.original && x.weakest == y.weakest &&
                             x.density == y.density;
                    });
}

TEST(FindDuplicates, NeitherThreadsNorInputOrderChangeAnything) {
  std::vector<Article> articles;
  for (std::uint64_t i = 0; i < 3000; ++i) articles.push_back(generated::article(i, 9, 120).article);
  DuplicateOptions options;
  options.threads = 1;
  const Duplicates one = find_duplicates(Corpus(articles), options);
  options.threads = 3;
  EXPECT_TRUE(same(one, find_duplicates(Corpus(articles), options)));
  std::shuffle(articles.begin(), articles.end(), std::mt19937(1));
  EXPECT_TRUE(same(one, find_duplicates(Corpus(articles), options)));
}

// Exactly the reprints, whether the page round the text was looked at or not.
TEST(FindDuplicates, FindsTheCopiesOfTheGoldStories) {
  const std::string folders[] = {std::string(storymerge::testing::root_path) + "/data/gold"};
  const std::vector<GoldStory> stories = read_gold(folders);
  const Corpus corpus(gold_articles(stories));
  std::set<std::pair<std::string, std::string>> truth;
  for (const GoldStory& story : stories) {
    const auto root = [&](std::uint32_t i) {
      while (story.articles[i].copy_of) i = *story.articles[i].copy_of;
      return i;
    };
    for (std::uint32_t i = 0; i < story.articles.size(); ++i) {
      for (std::uint32_t k = 0; k < story.articles.size(); ++k) {
        const std::string &a = story.articles[i].article.id, &b = story.articles[k].article.id;
        if (a < b && root(i) == root(k)) truth.emplace(a, b);
      }
    }
  }
  const auto joined = [&](const Duplicates& d) {
    std::set<std::pair<std::string, std::string>> out;
    for (const Origin& origin : d.origins) {
      for (const ArticleIndex i : origin.articles) {
        for (const ArticleIndex k : origin.articles) {
          if (corpus[i].id < corpus[k].id) out.emplace(corpus[i].id, corpus[k].id);
        }
      }
    }
    return out;
  };
  EXPECT_EQ(joined(find_duplicates(corpus, analyze(corpus))), truth);
  EXPECT_EQ(joined(find_duplicates(corpus)), truth);
}

// Bounds say which pairs are told, never what they are called.
TEST(FindDuplicates, NamesDoNotDependOnTheBounds) {
  std::vector<Article> articles;
  for (std::uint64_t i = 0; i < 1000; ++i) articles.push_back(generated::article(i, 5).article);
  const Corpus corpus(std::move(articles));
  std::map<std::pair<ArticleIndex, ArticleIndex>, Relation> names;
  std::set<Relation> seen;
  for (const double threshold : {0.15, 0.3, 0.6, 0.9}) {
    for (const std::optional<double> containment : {std::optional<double>(), {0.3}, {0.6}, {0.95}}) {
      DuplicateOptions options;
      options.threshold = threshold;
      options.containment = containment;
      for (const DuplicatePair& pair : find_duplicates(corpus, options).pairs) {
        const double inside = std::max(pair.containment_a_in_b, pair.containment_b_in_a);
        if (pair.joins) {
          EXPECT_TRUE(pair.jaccard >= threshold || (containment && inside >= *containment));
        } else {
          EXPECT_TRUE(containment && pair.relation == Relation::partial_overlap);
        }
        EXPECT_EQ(names.try_emplace({pair.a, pair.b}, pair.relation).first->second, pair.relation);
        seen.insert(pair.relation);
      }
    }
  }
  EXPECT_GE(seen.size(), 3u);
}

// Whatever comes when, in pieces of whatever size: what a corpus gives.
TEST(DuplicateFinder, FindsWhatACorpusGives) {
  std::vector<Article> articles;
  for (std::uint64_t i = 0; i < 2000; ++i) articles.push_back(generated::article(i, 8, 150).article);
  const Corpus corpus(articles);
  const Duplicates whole = find_duplicates(corpus);
  std::mt19937 random(4);
  std::shuffle(articles.begin(), articles.end(), random);
  DuplicateFinder finder;
  for (int round = 0; round < 2; ++round) {  // finish() leaves it empty
    for (std::size_t begin = 0; begin < articles.size();) {
      const std::size_t size = std::min<std::size_t>(1 + random() % 700, articles.size() - begin);
      finder.add(std::span(articles).subspan(begin, size));
      begin += size;
    }
    EXPECT_EQ(finder.size(), corpus.size());
    const DuplicateFinder::Found found = finder.finish();
    ASSERT_EQ(found.ids.size(), corpus.size());
    for (ArticleIndex i = 0; i < corpus.size(); ++i) ASSERT_EQ(found.ids[i], corpus[i].id);
    EXPECT_TRUE(same(whole, found.duplicates));
  }
  // A record too many, and another version.
  std::vector<Article> again(3, articles[0]);
  again[2].text = "Something else altogether, told under the same id.";
  again[2].published = Time(std::chrono::hours(1000000));
  finder.add(again);
  EXPECT_EQ(finder.finish().ids, (std::vector<std::string>{articles[0].id, articles[0].id + "@2"}));
  again[0].id.clear();
  finder.add(again);
  EXPECT_THROW(finder.finish(), Error);
}

// A paragraph that many articles share proposes no pairs: what an article costs does not follow it.
TEST(FindDuplicates, AParagraphThatOneInTwentyFiveSharesProposesNoPairs) {
  const auto candidates = [](bool hubs) {
    Pile pile;
    for (std::uint64_t i = 0; i < 3000; ++i) {
      Words words = generated::fresh(i, 200);
      const Words hub = generated::fresh(9000 + i % 25, 60);
      if (hubs) words.insert(words.end(), hub.begin(), hub.end());
      pile.add(words);
    }
    return find_duplicates(pile.corpus()).candidates;
  };
  EXPECT_LE(candidates(true), candidates(false) + 300);
}

// Where the corpus is spread: a machine that knows what repeats decides of its articles as the one that sees all. The rule by which keys
// propose pairs, as a slow reference, proposes all that join.
TEST(FindDuplicates, DecidesOfAPartAsOfTheWholeWhereItKnowsWhatRepeats) {
  Pile pile;
  for (std::uint64_t i = 0; i < 1500; ++i) {
    const std::string footer = generated::text_of(generated::fresh(9000 + i % 7, 30));
    pile.add(generated::article(i, 9, 120).article.text + "\n\n" + footer, "Source " + std::to_string(i % 7));
  }
  const Corpus corpus = pile.corpus();
  const Duplicates whole = find_duplicates(corpus);
  EXPECT_GT(whole.frequent_shingles, 100u);
  const Repeated repeated = learn_repeated(corpus);
  DuplicateOptions options;
  options.repeated = &repeated;
  std::set<std::pair<std::string, std::string>> joined, again, in_parts;
  const auto note = [](const Corpus& of, const Duplicates& found, auto& to) {
    for (const DuplicatePair& pair : found.pairs) {
      if (pair.joins) to.emplace(of[pair.a].id, of[pair.b].id);
    }
  };
  note(corpus, whole, joined);
  EXPECT_GT(joined.size(), 100u);
  note(corpus, find_duplicates(corpus, options), again);
  EXPECT_EQ(again, joined);
  std::size_t proposed = 0;
  const std::vector<SampledText> sampled = sample_shingles(corpus.articles(), options);
  std::map<std::uint32_t, std::size_t> texts[2];
  for (const SampledText& text : sampled) {
    for (const std::size_t kind : {0, 1}) {
      for (const std::uint32_t key : text.kinds[kind].keys) ++texts[kind][key];
    }
  }
  for (const auto& [a, b] : joined) {
    const SampledText &x = sampled[*corpus.find(a)], &y = sampled[*corpus.find(b)];
    bool is_proposed = x.hash == y.hash;
    for (const std::size_t kind : {0, 1}) {
      std::vector<std::uint32_t> common;
      std::ranges::set_intersection(x.kinds[kind].keys, y.kinds[kind].keys, std::back_inserter(common));
      const auto [sparse_a, dense_a] = x.kinds[kind].size;
      const auto [sparse_b, dense_b] = y.kinds[kind].size;
      const std::uint32_t size =
          dense_a != 0 && dense_b != 0 ? std::min(dense_a, dense_b) : std::min(sparse_a, sparse_b);
      const bool speaks = std::ranges::any_of(common, [&](std::uint32_t key) { return texts[kind][key] <= 8; });
      is_proposed = is_proposed || ((common.size() >= 3 || speaks) && common.size() + 2 >= size / 4 && !common.empty());
    }
    proposed += is_proposed;
    std::vector<Article> two = {corpus[*corpus.find(a)], corpus[*corpus.find(b)]};
    const Corpus part(std::move(two));
    note(part, find_duplicates(part, options), in_parts);
  }
  EXPECT_EQ(proposed, joined.size());
  EXPECT_EQ(in_parts, joined);
}

TEST(FindDuplicates, RefusesBadOptions) {
  const Corpus corpus;
  const auto code = [&](auto change) {
    DuplicateOptions options;
    change(options);
    try {
      find_duplicates(corpus, options);
    } catch (const Error& error) {
      return static_cast<int>(error.code());
    }
    return -1;
  };
  EXPECT_EQ(code([](DuplicateOptions&) {}), -1);
  EXPECT_EQ(code([](DuplicateOptions& o) { o.threshold = 1; }), -1);
  const int bad = static_cast<int>(ErrorCode::bad_option);
  EXPECT_EQ(code([](DuplicateOptions& o) { o.threshold = 0; }), bad);
  EXPECT_EQ(code([](DuplicateOptions& o) { o.threshold = 1.1; }), bad);
  EXPECT_EQ(code([](DuplicateOptions& o) { o.containment = -1; }), bad);
  EXPECT_EQ(code([](DuplicateOptions& o) { o.ngram = 0; }), bad);
}

Article page(const std::string& id, const std::string& source, const std::string& url, int hour,
             const std::string& text) {
  Article a;
  a.id = id;
  a.source = source;
  a.url = url;
  a.published = Time(std::chrono::hours(500000 + hour));
  a.text = text;
  return a;
}

std::string forecast(const std::string& town, const std::string& county, int high, int low, int wind) {
  return town + " will wake to fog on Monday before the sun breaks through at noon. Temperatures in " + town +
         " reach a high of " + std::to_string(high) + "C and drop to " + std::to_string(low) +
         "C at night. A breeze of up to " + std::to_string(wind) + " mph is expected along the coast of " + county +
         " by the evening. Drivers are told to take care on wet leaves and to keep a good distance all day long.";
}

std::size_t voices(std::vector<Article> articles) {
  const Corpus corpus(std::move(articles));
  return find_duplicates(corpus, analyze(corpus)).origins.size();
}

TEST(Voices, AFormFilledInForTwoTownsIsTwoAndItsReprintIsOne) {
  const Article here = page("a", "Post", "https://post.example/w/1", 0, forecast("Ostermouth", "Sallow", 17, 6, 9));
  EXPECT_EQ(voices({here, page("b", "Mail", "https://mail.example/w", 1, forecast("Pellham", "Tarn", 21, 11, 14))}),
            2u);
  EXPECT_EQ(voices({here, page("b", "Mail", "https://mail.example/w", 1, here.text + " The next one comes at noon.")}),
            1u);
}

TEST(Voices, VersionsOfAPageAndWhoOnlyLinksToItAreOne) {
  const Article first = page("a", "Avis", "https://www.avis.example/news/crane-4711?utm_source=feed", 0,
                             "A crane fell onto a block of flats in Orlund on Wednesday and killed three people.");
  const std::string later =
      "Five are dead in Orlund. Prosecutors have seized the papers of the firm that put up the crane.";
  EXPECT_EQ(voices({first, page("b", "Avis", "http://m.avis.example/news/crane-4711", 7, later)}), 1u);
  EXPECT_EQ(voices({first, page("b", "Planet", "https://avis.example/news/crane-4711?ref=planet", 7, later)}), 1u);
  EXPECT_EQ(voices({first, page("b", "Avis", "https://avis.example/news/crane-4712", 7, later)}), 2u);
  EXPECT_EQ(voices({first, page("b", "Avis", "https://avis.example/news/crane-4711", 24 * 9, later)}), 2u);
  Article front = first, other = page("b", "Avis", "https://avis.example/", 7, later);
  front.url = "https://www.avis.example";
  EXPECT_EQ(voices({front, other}), 2u);  // a front page is no page of an article
}

// One row a kind: what two texts share does not make them one voice when each tells something of its own; with its twin.
TEST(Voices, TellReportsFromCopies) {
  const std::string notes =
      "About Halden Pumps. The company makes pumps, valves and meters for waterworks in 31 countries and was founded "
      "in "
      "1922. Its shares are listed on the Northern Exchange. This release holds statements about the future that rest "
      "on "
      "the present views of the management; results may differ from them for many reasons, among them demand, prices "
      "of "
      "raw materials and changes of law. Readers should not rely on them more than is due.";
  const std::string sales =
      "Sales of the pump maker rose by nine percent in spring, helped by orders from the Baltic "
      "waterworks, and the board keeps its forecast for the whole year unchanged.";
  const std::string factory =
      "Kivik will get a plant for valves where 140 people shall work from next summer on; the town "
      "gives the land for free, mayor Jens Holt told reporters yesterday.";
  const std::string middle =
      "The mayor had asked for the plant for two years, and four other towns had made offers. "
      "Building begins in August and the first valves shall leave the hall in May.";
  struct Row {
    std::string what, a, source_a, day_a, b, source_b, day_b;
    bool copies;
  };
  const Row rows[] = {
      {"two releases with one tail", sales + ' ' + notes, "Releases", "24", factory + ' ' + notes, "Releases", "24",
       false},
      {"two releases with one tail, sent by others", sales + ' ' + notes, "Releases", "10", factory + ' ' + notes,
       "Wire", "24", false},
      {"one release, printed by another", sales + ' ' + notes, "Releases", "24", sales + ' ' + notes + " End.", "Post",
       "24", true},
      {"one release, printed two weeks later", sales + ' ' + notes, "Releases", "10", "(Sarno) " + sales + ' ' + notes,
       "Post", "24", true},
      {"an outlet's next report", factory + ' ' + middle, "Post", "10",
       sales + ' ' + notes + ' ' + factory + ' ' + middle, "Post", "24", false},
      {"another outlet's longer print of it", factory + ' ' + middle, "Wire", "24",
       factory + ' ' + middle + ' ' + sales, "Post", "24", true},
  };
  for (const Row& row : rows) {
    Article a, b;
    a.id = "a", a.text = row.a, a.source = row.source_a,
    a.published = parse_time("2031-03-" + row.day_a + "T08:00:00Z");
    b.id = "b", b.text = row.b, b.source = row.source_b,
    b.published = parse_time("2031-03-" + row.day_b + "T09:00:00Z");
    const Corpus corpus({a, b});
    EXPECT_EQ(find_duplicates(corpus, analyze(corpus)).origins.size(), row.copies ? 1u : 2u) << row.what;
  }
}

}  // namespace
}  // namespace storymerge

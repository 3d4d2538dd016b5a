// Banding against its S-curve, candidate pairs against comparing all keys, the index as it grows and shrinks.

#include "storymerge/sketch/minhash_lsh.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "storymerge/base/error.h"

namespace storymerge {
namespace {

MinHash signature(std::vector<std::uint64_t> set, std::uint64_t seed = 1) {
  MinHash out({SketchScheme::affine32, 128, seed});
  out.update(set);
  return out;
}

TEST(Banding, CollisionsFollowTheCurve) {
  std::mt19937_64 random(1);
  const Banding bandings[] = {{16, 8}, {32, 4}, {42, 3}, {64, 2}, {25, 5}, {9, 13}, {128, 1}};
  for (const double jaccard : {0.25, 0.5, 0.8}) {
    const std::size_t n = 120, common = static_cast<std::size_t>(std::lround(2 * n * jaccard / (1 + jaccard)));
    const double truth = static_cast<double>(common) / static_cast<double>(2 * n - common);
    std::map<unsigned, int> met;
    constexpr int trials = 3000;
    for (int t = 0; t < trials; ++t) {
      std::vector<std::uint64_t> a(n), b(n);
      for (std::uint64_t& x : a) x = random();
      for (std::uint64_t& x : b) x = random();
      std::copy(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(common), b.begin());
      const MinHash of_a = signature(a, random()), of_b = [&] {
        MinHash out(of_a.options());
        out.update(b);
        return out;
      }();
      for (const Banding& banding : bandings) {
        std::vector<std::uint32_t> ka(banding.bands), kb(banding.bands);
        band_keys(of_a.slots(), banding, ka);
        band_keys(of_b.slots(), banding, kb);
        bool meet = false;
        for (unsigned i = 0; i < banding.bands; ++i) meet = meet || ka[i] == kb[i];
        met[banding.rows] += meet;
      }
    }
    for (const Banding& banding : bandings) {
      const double p = collision_probability(truth, banding);
      const double noise = std::sqrt(p * (1 - p) / trials);
      EXPECT_NEAR(met[banding.rows] / double{trials}, p, 4 * noise + 0.001) << banding.bands << 'x' << banding.rows;
    }
  }
}

TEST(Banding, IsTunedByItsWeights) {
  const Banding wary = optimal_banding(0.5, 128), even = optimal_banding(0.5, 128, 1, 1);
  EXPECT_GT(collision_probability(0.5, wary), collision_probability(0.5, even));
  EXPECT_GT(collision_probability(0.5, wary), 0.85);
  EXPECT_GT(optimal_banding(0.9, 128).rows, optimal_banding(0.3, 128).rows);
  EXPECT_EQ(optimal_banding(0.5, 128, 0.1, 0.9), optimal_banding(0.5, 128, 1, 9));
  EXPECT_LE(optimal_banding(1, 128).bands * optimal_banding(1, 128).rows, 128u);
  for (const double threshold : {0.3, 0.5, 0.7, 0.9, 1.0}) {
    const Banding sure = sure_banding(threshold, 128);
    EXPECT_GE(collision_probability(threshold, sure), 0.99);
    EXPECT_LT(collision_probability(threshold, {128 / (sure.rows + 1), sure.rows + 1}), threshold < 1 ? 0.99 : 1.01);
  }
  EXPECT_THROW(optimal_banding(0, 128), Error);
  EXPECT_THROW(optimal_banding(0.5, 128, -1, 1), Error);
  EXPECT_THROW(optimal_banding(0.5, 128, 0, 0), Error);
  EXPECT_THROW(sure_banding(1.5, 128), Error);
  EXPECT_THROW(sure_banding(0.5, 128, 0), Error);
  EXPECT_THROW(sure_banding(0.5, 128, 1.01), Error);
}

TEST(ProposePairs, AreThoseThatShareAKey) {
  std::mt19937 random(4);
  for (int round = 0; round < 100; ++round) {
    const std::size_t n = random() % 120, bands = 1 + random() % 5;
    std::vector<std::uint32_t> keys(n * bands);
    for (std::uint32_t& key : keys) key = random() % 40;
    std::vector<std::uint8_t> skip(n);
    for (std::uint8_t& s : skip) s = random() % 5 == 0;
    std::vector<CandidatePair> expected;
    for (std::uint32_t a = 0; a < n; ++a) {
      for (std::uint32_t b = a + 1; b < n; ++b) {
        bool meet = false;
        for (std::size_t band = 0; band < bands; ++band) meet = meet || keys[band * n + a] == keys[band * n + b];
        if (meet && skip[a] == 0 && skip[b] == 0) expected.push_back({a, b});
      }
    }
    for (const unsigned threads : {1u, 3u}) {
      const Candidates candidates = propose_pairs(keys, n, skip, 1000, threads);
      ASSERT_EQ(candidates.pairs, expected);
      ASSERT_EQ(candidates.capped_buckets, 0u);
    }
  }
}

TEST(ProposePairs, CapsCrowdedBucketsAndSaysSo) {
  const std::size_t n = 5000;
  const std::vector<std::uint32_t> keys(2 * n, 7);  // all alike
  const Candidates candidates = propose_pairs(keys, n, {}, 10);
  EXPECT_EQ(candidates.capped_buckets, 2u);
  EXPECT_EQ(candidates.pairs.size(), 10 * n - 55);
  EXPECT_EQ(candidates.pairs.back(), (CandidatePair{n - 2, n - 1}));  // neighbours still meet
}

class Index : public testing::Test {
 protected:
  // Texts 0 .. 199: text i shares most with i + 1.
  static std::vector<std::uint64_t> text(std::uint64_t i) {
    std::vector<std::uint64_t> out;
    for (std::uint64_t k = 0; k < 100; ++k) out.push_back((i * 10 + k) * 0x9e3779b97f4a7c15ULL);
    return out;
  }
  static std::set<std::uint64_t> ids(const MinHashLSH::Query& query) {
    std::set<std::uint64_t> out;
    for (const LshMatch& match : query.matches) out.insert(match.id);
    return out;
  }
  const MinHashLSH::Options options_{{}, {42, 3}, 1024};
};

TEST_F(Index, FindsWhatIsLikeTheQueryBestFirst) {
  MinHashLSH index(options_);
  for (std::uint64_t i = 0; i < 200; ++i) index.insert(i, signature(text(i)));
  EXPECT_EQ(index.size(), 200u);
  const MinHashLSH::Query found = index.query(signature(text(50)), 0.5);
  ASSERT_FALSE(found.matches.empty());
  EXPECT_EQ(found.matches[0].id, 50u);
  EXPECT_EQ(found.matches[0].jaccard.estimate, 1);
  EXPECT_TRUE(ids(found).contains(49));
  EXPECT_TRUE(ids(found).contains(51));
  EXPECT_FALSE(ids(found).contains(60));
  EXPECT_TRUE(std::is_sorted(found.matches.begin(), found.matches.end(), [](const LshMatch& a, const LshMatch& b) {
    return a.jaccard.estimate > b.jaccard.estimate;
  }));
  EXPECT_TRUE(index.query(MinHash()).matches.empty());
  EXPECT_THROW(index.insert(50, signature(text(1))), Error);
  EXPECT_THROW(index.insert(1000, MinHash({SketchScheme::affine32, 128, 2})), Error);
  EXPECT_THROW(index.query(MinHash({SketchScheme::similarity, 128, 1})), Error);
}

TEST_F(Index, ForgetsWhatIsRemoved) {
  MinHashLSH index(options_);
  for (std::uint64_t i = 0; i < 200; ++i) index.insert(i, signature(text(i)));
  for (std::uint64_t i = 0; i < 200; ++i) {
    if (i % 3 != 0) {
      EXPECT_TRUE(index.remove(i));
    }
  }
  EXPECT_FALSE(index.remove(1));
  EXPECT_EQ(index.size(), 67u);
  MinHashLSH fresh(options_);
  for (std::uint64_t i = 0; i < 200; i += 3) fresh.insert(i, signature(text(i)));
  for (std::uint64_t i = 0; i < 200; ++i) {
    EXPECT_EQ(ids(index.query(signature(text(i)))), ids(fresh.query(signature(text(i)))));
  }
  index.insert(1, signature(text(1)));
  EXPECT_EQ(index.query(signature(text(1))).matches[0].id, 1u);
}

TEST_F(Index, MergesWithAnother) {
  MinHashLSH left(options_), right(options_), whole(options_);
  for (std::uint64_t i = 0; i < 100; ++i) {
    (i % 2 == 0 ? left : right).insert(i, signature(text(i)));
    whole.insert(i, signature(text(i)));
  }
  left.merge(right);
  for (std::uint64_t i = 0; i < 100; ++i) {
    EXPECT_EQ(ids(left.query(signature(text(i)))), ids(whole.query(signature(text(i)))));
  }
  EXPECT_THROW(left.merge(right), Error);  // ids in both
  EXPECT_EQ(left.size(), 100u);
  EXPECT_THROW(left.merge(MinHashLSH({{SketchScheme::affine32, 128, 2}, {42, 3}, 1024})), Error);
  // Into another banding: the same signatures.
  MinHashLSH other({{}, {32, 4}, 1024});
  other.merge(left);
  for (std::uint64_t i = 0; i < 100; ++i) EXPECT_EQ(other.find(i), signature(text(i)));
}

// Rows, a file and another index: the same index.
TEST_F(Index, IsMadeOfRowsOrOfAFile) {
  const std::string path = ::testing::TempDir() + "index_of_a_file.sig";
  MinHashLSH whole({{}, {42, 3}, 1024}), of_rows(whole.options()), of_file(whole.options());
  std::vector<std::uint64_t> numbers;
  std::vector<std::uint32_t> slots;
  for (std::uint64_t i = 0; i < 50; ++i) {
    const MinHash minhash = signature(text(i));
    whole.insert(i, minhash);
    of_rows.insert(i, minhash.slots());
    numbers.push_back(i);
    slots.insert(slots.end(), minhash.slots().begin(), minhash.slots().end());
    EXPECT_EQ(MinHash(minhash.options(), minhash.slots()), minhash);
  }
  write_signatures(path, {}, numbers, slots);
  of_file.merge(SignatureFile(path));
  for (std::uint64_t i = 0; i < 50; ++i) {
    EXPECT_EQ(ids(of_rows.query(signature(text(i)))), ids(whole.query(signature(text(i)))));
    EXPECT_EQ(ids(of_file.query(signature(text(i)))), ids(whole.query(signature(text(i)))));
  }
  EXPECT_THROW(of_file.merge(SignatureFile(path)), Error);  // ids in both
  EXPECT_THROW(of_rows.insert(77, std::span(slots).first(64)), Error);
  EXPECT_THROW(MinHash({}, std::span(slots).first(64)), Error);
  write_signatures(path, {SketchScheme::affine32, 128, 1, 5}, {}, {});
  EXPECT_THROW(of_file.merge(SignatureFile(path)), Error);
}

TEST_F(Index, ForgetsWhatIsOld) {
  MinHashLSH index({{}, {42, 3}, 1024});
  for (std::uint64_t i = 0; i < 30; ++i) index.insert(i, signature(text(i)), static_cast<std::int64_t>(i));
  MinHashLSH copy(index.options());
  copy.merge(index);  // with the times
  EXPECT_EQ(copy.expire(20), 20u);
  EXPECT_EQ(copy.expire(20), 0u);
  EXPECT_EQ(copy.size(), 10u);
  EXPECT_FALSE(copy.find(19));
  EXPECT_EQ(copy.find(20), signature(text(20)));
  EXPECT_EQ(copy.expire(100), 10u);
  EXPECT_EQ(copy.size(), 0u);
  EXPECT_EQ(index.size(), 30u);
}

TEST_F(Index, CapsCrowdedBucketsAndSaysSo) {
  MinHashLSH index({{}, {42, 3}, 8});
  for (std::uint64_t i = 0; i < 1000; ++i) index.insert(i, signature(text(0)));
  const MinHashLSH::Query found = index.query(signature(text(0)));
  EXPECT_EQ(found.capped_buckets, 42u);
  ASSERT_EQ(found.matches.size(), 8u);
  EXPECT_EQ(found.matches[0].id, 992u);
}

TEST_F(Index, RefusesABandingThatDoesNotFit) {
  EXPECT_THROW(MinHashLSH({{}, {43, 3}, 8}), Error);
  EXPECT_THROW(MinHashLSH({{}, {0, 3}, 8}), Error);
  EXPECT_THROW(MinHashLSH({{}, {1, 0}, 8}), Error);
}

}  // namespace
}  // namespace storymerge

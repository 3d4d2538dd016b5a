// Signatures against their definition, their errors against theory; the same bits from every instruction set.

#include "storymerge/sketch/minhash.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "sketch/kernels.h"
#include "storymerge/base/error.h"
#include "support/hash.h"

namespace storymerge {
namespace {

constexpr std::uint32_t none = 0xFFFFFFFF;

std::vector<std::uint64_t> random_set(std::mt19937_64& random, std::size_t n) {
  std::vector<std::uint64_t> out(n);
  for (std::uint64_t& x : out) x = random();
  return out;
}

std::vector<std::uint32_t> sketch(const MinHasher& hasher, const std::vector<std::uint64_t>& set) {
  std::vector<std::uint32_t> out(hasher.options().num_perm, none);
  hasher.update(set, out);
  return out;
}

// The definition in data/SIGNATURE_FORMAT.md, written out.
std::uint64_t r(std::uint64_t seed, std::uint64_t i) {
  const std::uint64_t g = 0x9e3779b97f4a7c15ULL;
  return mix64(mix64(seed + g) + (i + 1) * g);
}

std::uint32_t fmix32(std::uint32_t h) {
  h = (h ^ h >> 16) * 0x85ebca6bU;
  h = (h ^ h >> 13) * 0xc2b2ae35U;
  return h ^ h >> 16;
}

std::vector<std::uint32_t> slow_affine(const std::vector<std::uint64_t>& set, std::uint64_t seed,
                                       std::size_t num_perm) {
  std::vector<std::uint32_t> out(num_perm, none);
  for (std::size_t k = 0; k < num_perm; ++k) {
    for (const std::uint64_t h : set) {
      const std::uint32_t a = static_cast<std::uint32_t>(r(seed, 2 * k)) | 1;
      const auto b = static_cast<std::uint32_t>(r(seed, 2 * k + 1));
      out[k] = std::min(out[k], a * fmix32(static_cast<std::uint32_t>(h)) + b);
    }
  }
  return out;
}

// All rounds, without stopping early.
std::vector<std::uint32_t> slow_similarity(const std::vector<std::uint64_t>& set, std::uint64_t seed, std::uint64_t K) {
  std::vector<std::uint32_t> out(K, none);
  unsigned bits = 0;
  while (2 * K >> bits != 0) ++bits;
  for (std::uint64_t i = 0; i < 2 * K; ++i) {
    for (const std::uint64_t h : set) {
      const std::uint64_t dart = mix64(h ^ r(seed, i));
      const std::uint64_t slot = i < K ? (dart >> 32) * K >> 32 : i - K;
      out[slot] =
          std::min(out[slot], static_cast<std::uint32_t>(i << (32 - bits) | (dart & ((1ULL << (32 - bits)) - 1))));
    }
  }
  return out;
}

TEST(MinHash, FollowsItsDefinition) {
  std::mt19937_64 random(1);
  for (const unsigned num_perm : {16u, 17u, 100u, 128u, 256u, 1000u}) {
    for (const std::size_t n : {0u, 1u, 7u, 600u}) {
      const auto set = random_set(random, n);
      EXPECT_EQ(sketch(MinHasher({SketchScheme::affine32, num_perm, 9}), set), slow_affine(set, 9, num_perm));
      EXPECT_EQ(sketch(MinHasher({SketchScheme::similarity, num_perm, 9}), set), slow_similarity(set, 9, num_perm));
    }
  }
}

TEST(MinHash, KnownAnswers) {
  MinHash affine({SketchScheme::affine32, 16, 1}), similarity({SketchScheme::similarity, 16, 1});
  const std::vector<std::uint64_t> set = {hash_bytes("the ferry capsized"), hash_bytes("ferry capsized off"),
                                          hash_bytes("capsized off lidra")};
  affine.update(set);
  similarity.update(set);
  const std::vector<std::uint32_t> of_affine(affine.slots().begin(), affine.slots().end());
  const std::vector<std::uint32_t> of_similarity(similarity.slots().begin(), similarity.slots().end());
  EXPECT_EQ(of_affine,
            (std::vector<std::uint32_t>{1221467031u, 1091849251u, 379454244u, 237972379u, 1310590664u, 1375535067u,
                                        843262836u, 241030387u, 239180312u, 824089474u, 883115794u, 1872686326u,
                                        1069865297u, 92045544u, 352413161u, 1173824652u}));
  EXPECT_EQ(of_similarity,
            (std::vector<std::uint32_t>{458944402u, 684841596u, 413783783u, 206018997u, 63214820u, 272220484u,
                                        257971887u, 577880737u, 172058140u, 111116737u, 16385011u, 771360482u,
                                        71416729u, 60598180u, 199632107u, 154072752u}));
  EXPECT_EQ(fingerprint({SketchScheme::affine32, 128, 1, 3}), 7001408636376897310ULL);
}

TEST(MinHash, EveryInstructionSetGivesTheSameBits) {
  std::mt19937_64 random(2);
  ASSERT_FALSE(affine_kernels().empty());
  EXPECT_STREQ(affine_kernels().back().name, "portable");
  for (const std::size_t slots : {16u, 48u, 128u, 144u, 1024u}) {
    std::vector<std::uint32_t> a(slots), b(slots);
    for (auto* v : {&a, &b}) {
      for (std::uint32_t& x : *v) x = static_cast<std::uint32_t>(random());
    }
    const std::vector<std::uint64_t> hashes = random_set(random, 301);
    for (const std::size_t n : {0u, 1u, 301u}) {
      std::vector<std::uint32_t> expected(slots, none);
      affine_kernels().back().run(hashes.data(), n, a.data(), b.data(), slots, expected.data());
      for (const Named<AffineKernel>& kernel : affine_kernels()) {
        std::vector<std::uint32_t> out(slots, none);
        kernel.run(hashes.data(), n, a.data(), b.data(), slots, out.data());
        EXPECT_EQ(out, expected) << kernel.name << ' ' << slots << ' ' << n;
      }
    }
  }
}

// Root mean square error of the estimate for two sets of n shingles, and its bias.
struct Errors {
  double rmse = 0, bias = 0, theory = 0, within = 0;
};

Errors measure(SketchScheme scheme, std::size_t n, double jaccard, int trials) {
  std::mt19937_64 random(n * 1000 + static_cast<std::size_t>(jaccard * 100));
  const auto common = static_cast<std::size_t>(std::lround(2 * static_cast<double>(n) * jaccard / (1 + jaccard)));
  const double truth = static_cast<double>(common) / static_cast<double>(2 * n - common);
  Errors out;
  for (int t = 0; t < trials; ++t) {
    const MinHasher hasher({scheme, 128, static_cast<std::uint64_t>(t)});
    auto a = random_set(random, n), b = random_set(random, n);
    std::copy(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(common), b.begin());
    const JaccardEstimate estimate = estimate_jaccard(sketch(hasher, a), sketch(hasher, b));
    out.rmse += (estimate.estimate - truth) * (estimate.estimate - truth) / trials;
    out.bias += (estimate.estimate - truth) / trials;
    out.within += (estimate.low <= truth && truth <= estimate.high ? 1.0 : 0.0) / trials;
  }
  out.rmse = std::sqrt(out.rmse);
  out.theory = std::sqrt(truth * (1 - truth) / 128);
  return out;
}

TEST(MinHash, AffineErrorIsThatOfTheory) {
  for (const std::size_t n : {50u, 100u, 300u}) {
    for (const double jaccard : {0.3, 0.5, 0.8}) {
      const Errors e = measure(SketchScheme::affine32, n, jaccard, 4000);
      EXPECT_NEAR(e.rmse / e.theory, 1, 0.05) << n << ' ' << jaccard;
      EXPECT_NEAR(e.bias, 0, 4 * e.theory / std::sqrt(4000)) << n << ' ' << jaccard;
      EXPECT_GT(e.within, 0.93) << n << ' ' << jaccard;
    }
  }
}

TEST(MinHash, SimilaritySketchesErrLessOnShortTexts) {
  for (const std::size_t n : {20u, 50u, 100u}) {
    for (const double jaccard : {0.3, 0.5, 0.8}) {
      const Errors e = measure(SketchScheme::similarity, n, jaccard, 1500);
      EXPECT_LE(e.rmse, 0.8 * e.theory) << n << ' ' << jaccard;
      EXPECT_NEAR(e.bias, 0, 4 * e.theory / std::sqrt(1500)) << n << ' ' << jaccard;
      EXPECT_GT(e.within, 0.95) << n << ' ' << jaccard;
    }
  }
}

TEST(MinHash, MergeIsTheSignatureOfTheUnion) {
  std::mt19937_64 random(3);
  for (const SketchScheme scheme : {SketchScheme::affine32, SketchScheme::similarity}) {
    for (int round = 0; round < 200; ++round) {
      const auto a = random_set(random, random() % 60), b = random_set(random, random() % 60);
      MinHash left({scheme, 64, 5}), right({scheme, 64, 5}), whole({scheme, 64, 5}), in_parts({scheme, 64, 5});
      left.update(a);
      right.update(b);
      std::vector<std::uint64_t> both = b;
      both.insert(both.end(), a.begin(), a.end());
      whole.update(both);
      in_parts.update(a);
      in_parts.update(b);
      left.merge(right);
      ASSERT_EQ(left, whole);
      ASSERT_EQ(in_parts, whole);
    }
  }
}

TEST(MinHash, EmptySetsAreLikeNothing) {
  MinHash empty, text;
  text.update(std::vector<std::uint64_t>{1, 2, 3});
  EXPECT_TRUE(empty.is_empty());
  EXPECT_FALSE(text.is_empty());
  EXPECT_EQ(empty.jaccard(MinHash()).high, 0);
  EXPECT_EQ(empty.jaccard(text).estimate, 0);
  EXPECT_EQ(text.jaccard(text).estimate, 1);
  EXPECT_LT(text.jaccard(text).low, 1);
}

template <class F>
ErrorCode code_of(F&& f) {
  try {
    f();
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::io;
}

TEST(MinHash, AnEstimateTellsItsStandardError) {
  MinHash a, b;
  a.update(std::vector<std::uint64_t>{1, 2, 3});
  b.update(std::vector<std::uint64_t>{2, 3, 4});
  const JaccardEstimate found = a.jaccard(b);
  EXPECT_NEAR(found.standard_error, std::sqrt(found.estimate * (1 - found.estimate) / 128), 1e-12);
  EXPECT_EQ(a.jaccard(a).standard_error, 0);
}

TEST(MinHash, SaysInWhatKindsDiffer) {
  EXPECT_EQ(difference({}, {}), "");
  EXPECT_EQ(difference({SketchScheme::affine32, 128, 1, 3}, {SketchScheme::affine32, 64, 1, 5}),
            "num_perm 128 and 64, ngram 3 and 5");
}

TEST(MinHash, MixingKindsIsAnError) {
  const MinHash plain;
  for (const MinHashOptions& other :
       {MinHashOptions{SketchScheme::similarity, 128, 1}, MinHashOptions{SketchScheme::affine32, 256, 1},
        MinHashOptions{SketchScheme::affine32, 128, 2}, MinHashOptions{SketchScheme::affine32, 128, 1, 5}}) {
    EXPECT_NE(fingerprint(other), fingerprint({}));
    EXPECT_EQ(code_of([&] { plain.jaccard(MinHash(other)); }), ErrorCode::incompatible);
    EXPECT_EQ(code_of([&] { MinHash(other).merge(plain); }), ErrorCode::incompatible);
  }
  EXPECT_EQ(code_of([] { MinHash({SketchScheme::affine32, 15, 1}); }), ErrorCode::bad_option);
  EXPECT_EQ(code_of([] { MinHasher({SketchScheme::affine32, 1025, 1}); }), ErrorCode::bad_option);
}

}  // namespace
}  // namespace storymerge

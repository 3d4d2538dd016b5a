// What does each stage of finding copies cost, next to what the machine could do at best?
//
// Every benchmark passes over the same 2,000 generated articles of 300 words and reports bytes and articles a second.
// The first two set the scale: reading the text, and XXH3-64 of each whole text. Compare within one run.

#include <benchmark/benchmark.h>
#include <storymerge/base/corpus.h>
#include <storymerge/dedup/duplicates.h>
#include <storymerge/sketch/minhash.h>
#include <storymerge/sketch/minhash_lsh.h>
#include <storymerge/sketch/shingles.h>

#include <algorithm>
#include <string>
#include <vector>

#include "bench/generated_corpus.h"
#include "sketch/kernels.h"
#include "support/hash.h"

namespace {

using namespace storymerge;

const std::vector<std::string>& texts() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> out;
    for (std::uint64_t i = 0; i < 2000; ++i) out.push_back(generated::text_of(generated::fresh(i, 300)));
    return out;
  }();
  return all;
}

// Runs f on every text, over and over.
template <class F>
void over_texts(benchmark::State& state, F&& f) {
  std::int64_t bytes = 0;
  for (const std::string& text : texts()) bytes += static_cast<std::int64_t>(text.size());
  for (auto _ : state) {
    for (const std::string& text : texts()) f(text);
  }
  state.SetBytesProcessed(state.iterations() * bytes);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(texts().size()));
}

void read_memory(benchmark::State& state) {
  over_texts(state, [](const std::string& text) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i + 8 <= text.size(); i += 8) {
      std::uint64_t eight;
      __builtin_memcpy(&eight, text.data() + i, 8);
      sum += eight;
    }
    benchmark::DoNotOptimize(sum);
  });
}
BENCHMARK(read_memory);

void xxh3_whole_text(benchmark::State& state) {
  over_texts(state, [](const std::string& text) { benchmark::DoNotOptimize(hash_bytes(text)); });
}
BENCHMARK(xxh3_whole_text);

void fold(benchmark::State& state) {
  WordList words;
  over_texts(state, [&](const std::string& text) {
    words.folded.clear();
    words.words.clear();
    append_words(text, 0, words);
    benchmark::DoNotOptimize(words.words.data());
  });
}
BENCHMARK(fold);

void fold_and_shingle(benchmark::State& state) {
  WordList words;
  std::vector<std::uint64_t> shingles;
  over_texts(state, [&](const std::string& text) {
    words.folded.clear();
    words.words.clear();
    append_words(text, 0, words);
    shingles.clear();
    append_shingles(words, shingle_words(words), shingles);
    benchmark::DoNotOptimize(shingles.data());
  });
}
BENCHMARK(fold_and_shingle);

void text_to_signature(benchmark::State& state, SketchScheme scheme) {
  const MinHasher hasher({scheme, 128, 1});
  WordList words;
  std::vector<std::uint64_t> shingles;
  std::vector<std::uint32_t> slots(128);
  over_texts(state, [&](const std::string& text) {
    words.folded.clear();
    words.words.clear();
    append_words(text, 0, words);
    shingles.clear();
    append_shingles(words, shingle_words(words), shingles);
    std::fill(slots.begin(), slots.end(), 0xFFFFFFFF);
    hasher.update(shingles, slots);
    benchmark::DoNotOptimize(slots.data());
  });
}
BENCHMARK_CAPTURE(text_to_signature, affine32, SketchScheme::affine32);
BENCHMARK_CAPTURE(text_to_signature, similarity, SketchScheme::similarity);

// One instruction set after another, 300 shingles and 128 slots; the item is a shingle.
void affine_kernel(benchmark::State& state) {
  const Named<AffineKernel>& kernel = affine_kernels()[static_cast<std::size_t>(state.range(0))];
  std::vector<std::uint64_t> hashes(300);
  std::vector<std::uint32_t> a(128), b(128), slots(128, 0xFFFFFFFF);
  generated::Random random(1);
  for (std::uint64_t& hash : hashes) hash = random.next();
  for (std::size_t k = 0; k < 128; ++k) a[k] = b[k] = static_cast<std::uint32_t>(random.next());
  for (auto _ : state) {
    kernel.run(hashes.data(), hashes.size(), a.data(), b.data(), slots.size(), slots.data());
    benchmark::DoNotOptimize(slots.data());
  }
  state.SetItemsProcessed(state.iterations() * 300);
  state.SetLabel(kernel.name);
}
BENCHMARK(affine_kernel)->DenseRange(0, static_cast<int>(affine_kernels().size()) - 1);

// Exact comparison of two sets of 300 shingles; the item is a pair.
void compare_two_sets(benchmark::State& state) {
  std::vector<std::vector<std::uint32_t>> sets(64);
  generated::Random random(1);
  for (auto& set : sets) {
    for (int i = 0; i < 300; ++i) set.push_back(random.below(3000));
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
  }
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(compare_sets(std::span<const std::uint32_t>(sets[i % 64]), sets[(i * 7 + 1) % 64]));
    ++i;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(compare_two_sets);

// Candidate pairs of n signatures that are mostly unlike; the item is a signature.
void propose_by_bands(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const Banding banding{42, 3};
  std::vector<std::uint32_t> keys(n * banding.bands);
  generated::Random random(1);
  for (std::size_t i = 0; i < keys.size(); ++i)
    keys[i] = i % n % 4 == 1 ? keys[i - 1] : static_cast<std::uint32_t>(random.next());
  for (auto _ : state) benchmark::DoNotOptimize(propose_pairs(keys, n, {}, 32, 1));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(n));
}
BENCHMARK(propose_by_bands)->Arg(10000)->Arg(100000)->Unit(benchmark::kMillisecond);

// The whole of it on a generated corpus with two copies in five articles: memory to groups.
void find_copies(benchmark::State& state) {
  const auto n = static_cast<std::uint64_t>(state.range(0));
  std::vector<Article> articles;
  std::int64_t bytes = 0;
  for (std::uint64_t i = 0; i < n; ++i) {
    articles.push_back(generated::article(i).article);
    bytes += static_cast<std::int64_t>(articles.back().text.size());
  }
  const Corpus corpus(std::move(articles));
  DuplicateOptions options;
  options.threads = static_cast<unsigned>(state.range(1));
  for (auto _ : state) benchmark::DoNotOptimize(find_duplicates(corpus, options));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(n));
  state.SetBytesProcessed(state.iterations() * bytes);
}
BENCHMARK(find_copies)
    ->ArgNames({"articles", "threads"})
    ->Args({10000, 1})
    ->Args({10000, 2})
    ->Args({100000, 2})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();

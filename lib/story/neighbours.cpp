#include "story/neighbours.h"

#include <algorithm>
#include <numeric>

#include "support/parallel.h"

namespace storymerge {
namespace {

constexpr std::size_t most_keys = 32;  // features of a text that the index holds
constexpr std::size_t look_back = 40;  // texts a feature that are looked at
constexpr std::size_t scored = 40;     // candidates a text whose exact score is computed
constexpr std::size_t kept = 24;       // edges a text

}  // namespace

SparseVector keys_of(const SparseVector& vector) {
  SparseVector out = vector;
  const auto heavier = [](const Weight& a, const Weight& b) {
    return a.value != b.value ? a.value > b.value : a.key < b.key;
  };
  std::erase_if(out, [](const Weight& w) { return w.value <= 0; });
  const std::size_t count = std::min(most_keys, out.size());
  std::nth_element(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count), out.end(), heavier);
  out.resize(count);
  out.shrink_to_fit();  // a corpus keeps them all
  std::sort(out.begin(), out.end(), [](const Weight& a, const Weight& b) { return a.key < b.key; });
  return out;
}

std::vector<Edge> find_neighbours(std::span<const SparseVector> vectors, double least, unsigned threads) {
  const std::size_t n = vectors.size();
  std::vector<SparseVector> keys(n);
  parallel_for(n, threads, [&](std::size_t i) { keys[i] = keys_of(vectors[i]); });

  // Postings by feature, each list in order of text.
  boost::unordered_flat_map<std::uint64_t, std::uint32_t, KeyHash> list_of;
  std::vector<std::uint32_t> begins;
  for (const auto& list : keys) {
    for (const Weight& w : list) {
      const auto [at, added] = list_of.try_emplace(w.key, static_cast<std::uint32_t>(begins.size()));
      if (added) begins.push_back(0);
      ++begins[at->second];
    }
  }
  std::vector<std::uint32_t> ends(begins.size());
  std::exclusive_scan(begins.begin(), begins.end(), begins.begin(), 0u);
  ends = begins;
  struct Entry {
    std::uint32_t text;
    float value;
  };
  std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> at(n);  // (list, own entry) of each key feature
  std::size_t total = 0;
  for (const auto& list : keys) total += list.size();
  std::vector<Entry> postings(total);
  for (std::uint32_t i = 0; i < n; ++i) {
    at[i].reserve(keys[i].size());
    for (const Weight& w : keys[i]) {
      const std::uint32_t list = list_of.find(w.key)->second;
      at[i].push_back({list, ends[list]});
      postings[ends[list]++] = {i, w.value};
    }
    keys[i] = {};
  }

  std::vector<std::vector<Edge>> edges(n);
  parallel_pieces(n, std::max<std::size_t>(256, n / 64), threads, [&](std::size_t begin, std::size_t end) {
    std::vector<float> sums(end, 0.0f);  // by text; all zero again after each article
    std::vector<std::uint32_t> touched;
    std::vector<std::pair<float, std::uint32_t>> candidates;
    std::vector<Edge> found;
    for (std::size_t i = begin; i < end; ++i) {
      touched.clear();
      for (const auto& [list, position] : at[i]) {
        const std::uint32_t first = std::max<std::size_t>(begins[list] + look_back, position) - look_back;
        for (std::uint32_t p = first; p < position; ++p) {
          float& sum = sums[postings[p].text];
          if (sum == 0) touched.push_back(postings[p].text);
          sum += postings[position].value * postings[p].value;
        }
      }
      candidates.clear();
      for (const std::uint32_t text : touched) {
        if (touched.size() <= scored || sums[text] >= promising * least) candidates.push_back({-sums[text], text});
        sums[text] = 0;
      }
      const std::size_t count = std::min(scored, candidates.size());
      std::nth_element(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(count), candidates.end());
      candidates.resize(count);
      found.clear();
      for (const auto& [sum, text] : candidates) {
        const double score = dot(vectors[text], vectors[i]);
        if (score >= least) found.push_back({text, static_cast<std::uint32_t>(i), score});
      }
      std::sort(found.begin(), found.end(),
                [](const Edge& x, const Edge& y) { return x.score != y.score ? x.score > y.score : x.a < y.a; });
      if (found.size() > kept) found.resize(kept);
      std::sort(found.begin(), found.end(), [](const Edge& x, const Edge& y) { return x.a < y.a; });
      edges[i].assign(found.begin(), found.end());
    }
  });
  at = {};
  std::vector<Edge> out;
  for (auto& list : edges) {
    out.insert(out.end(), list.begin(), list.end());
    list = {};
  }
  return out;
}

}  // namespace storymerge

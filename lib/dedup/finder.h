#pragma once
// Finds copies among kept texts: see duplicates.h.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "dedup/frequent.h"
#include "dedup/kept_texts.h"
#include "dedup/sampled.h"
#include "dedup/shared_shingles.h"
#include "dedup/shingle_table.h"
#include "storymerge/dedup/duplicates.h"
#include "storymerge/sketch/shingles.h"

namespace storymerge {

class Finder {
 public:
  // texts: in order of article; sources are numbered in order of name, 0 is no name.
  Finder(const KeptWords& words, std::vector<KeptText> texts, const DuplicateOptions& options);

  // Shingles that repeat across unrelated articles, as `Repeated` has them.
  struct Learned {
    std::vector<std::uint32_t> frequent, common;
    std::vector<std::vector<std::uint32_t>> of_source;  // by number
  };
  Learned learn() const;

  Duplicates run(const Learned& learned);
  // Of each text: the keys by which pairs are proposed.
  std::vector<SampledText> sample_all(const Learned& learned);

 private:
  // What a text's shingles come to, without repetition.
  struct Summary {
    std::uint64_t bits[32] = {};  // bit h mod 2,048 for each shingle h
    std::uint32_t set_bits = 0;
    std::uint32_t shingles = 0;
  };
  struct Scratch {
    std::vector<std::uint64_t> shingles;
    std::vector<std::uint32_t> set, sorting;
    ShingleTable table;
  };
  using Sample = std::vector<std::vector<std::uint32_t>>;

  void join_identical_texts();
  void leave_out(const Learned& learned);
  Sample sample(const std::vector<ArticleIndex>& articles, std::size_t size) const;
  void propose();
  void add_samples(ArticleIndex i, std::size_t piece, std::vector<std::uint64_t>& shingles);
  void drop_unlike();
  void compare_all();
  bool compare_together(std::span<const CandidatePair> pairs, std::vector<DuplicatePair>& found) const;
  void compare_one_by_one(std::span<const CandidatePair> pairs, std::vector<DuplicatePair>& found) const;

  void counted_shingles(ArticleIndex i, unsigned n, std::vector<std::uint64_t>& out) const;
  std::span<const std::uint32_t> set_of(ArticleIndex i, unsigned n, Scratch& scratch) const;
  Summary summary_of(ArticleIndex i, Scratch& scratch) const;
  std::uint8_t may_count(const Summary& a, const Summary& b, bool short_shingles) const;
  std::optional<DuplicatePair> judge(ArticleIndex a, ArticleIndex b, unsigned n, const SetOverlap& overlap) const;
  std::vector<std::optional<DuplicatePair>> compare_with(ArticleIndex i, std::span<const ArticleIndex> others) const;
  bool have_bodies_of_their_own(ArticleIndex a, ArticleIndex b, unsigned n) const;
  bool is_short(unsigned n) const { return n < options_.ngram; }
  void progress(double share) const {
    if (options_.progress) options_.progress(share);
  }

  const KeptWords& words_;
  const DuplicateOptions& options_;
  const std::vector<KeptText> texts_;
  const std::size_t n_;
  std::size_t sources_ = 1;
  std::vector<ArticleIndex> first_;  // by article: the first one with this very text
  ShingleFilter frequent_, common_;
  std::vector<ShingleFilter> frequent_of_source_;
  std::optional<SharedShingles> shared_, shared_of_short_;
  std::vector<SharedShingles::Lane> lanes_, short_lanes_;
  std::vector<std::uint32_t> set_size_;    // by article: distinct shingles that count; known of candidates
  std::vector<CandidatePair> candidates_;  // in order of b, then of a; by kind when they are compared
  std::vector<ArticleIndex> kind_;         // by article: that of the one before with which it may share most
  std::vector<DuplicatePair> verified_;
  Duplicates out_;
};

}  // namespace storymerge

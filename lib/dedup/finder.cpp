#include "dedup/finder.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <iterator>
#include <numeric>

#include "dedup/origins.h"
#include "dedup/relation.h"
#include "support/parallel.h"
#include "support/radix_sort.h"

namespace storymerge {
namespace {

constexpr std::uint32_t max_bucket = 32;  // texts of a bucket that each text is compared with
constexpr std::size_t fewest_words = 3;   // of a text that is looked at; a shorter one is a copy of what is identical

// Where shingles are looked for that repeat across unrelated articles.
struct Samples {
  std::size_t least_corpus = 200;  // articles; fewer show nothing of the kind
  std::size_t of_corpus = 2048, of_source = 32;
  std::size_t of_all_sources = 65536;  // those with most articles first
  std::size_t least_source = 3;
  std::size_t corpus_texts = 20, corpus_share = 20;  // frequent: in 20 texts, and in one of 20
  std::size_t source_texts = 3, source_share = 5;
  // Common: too frequent to propose pairs, though they count when a pair is compared. In one of 50 texts; up to three in a
  // row are a phrase, which interrupts no body.
  std::size_t common_share = 50, phrase = 3;
};
constexpr Samples samples;

// When two articles of one source share no more than the page round them.
struct OwnBody {
  std::size_t run = 8;           // shingles that the other lacks
  std::size_t share = 4;         // and a quarter of the text
  std::size_t common_words = 5;  // and of its long words less than a fifth stand in the other's
};
constexpr OwnBody own_body;

// When the pairs of a block are compared together.
struct Together {
  std::size_t words = std::size_t{1} << 20;  // of all its texts, at most: 16 bytes of memory each
  double pairs_a_text = 1.5;                 // at least: the shingles of a text are sorted once for all its pairs
  std::size_t waste = 16;                    // pairs counted for one that is asked for, at most
};
constexpr Together together;

bool in_order(const CandidatePair& x, const CandidatePair& y) { return x.b != y.b ? x.b < y.b : x.a < y.a; }

}  // namespace

Finder::Finder(const KeptWords& words, std::vector<KeptText> texts, const DuplicateOptions& options)
    : words_(words), options_(options), texts_(std::move(texts)), n_(texts_.size()) {
  for (const KeptText& text : texts_) sources_ = std::max<std::size_t>(sources_, text.source + std::size_t{1});
}

Duplicates Finder::run(const Learned& learned) {
  join_identical_texts();
  leave_out(learned);
  propose();
  drop_unlike();
  compare_all();
  OriginInput input;
  input.first = first_;
  input.is_before = [this](ArticleIndex a, ArticleIndex b) {
    const KeptText &x = texts_[a], &y = texts_[b];
    if (x.kind != y.kind) return x.kind < y.kind;
    if (x.published != y.published) return x.published < y.published;
    return x.size != y.size ? x.size > y.size : a < b;
  };
  input.compare = [this](ArticleIndex a, std::span<const ArticleIndex> others) { return compare_with(a, others); };
  input.threads = options_.threads;
  make_origins(input, verified_, out_);
  for (Origin& origin : out_.origins) {  // of identical texts only one was compared
    for (const ArticleIndex a : origin.articles) {
      if (input.is_before(a, origin.original)) origin.original = a;
    }
  }
  out_.pairs.insert(out_.pairs.end(), verified_.begin(), verified_.end());
  std::sort(out_.pairs.begin(), out_.pairs.end(),
            [](const DuplicatePair& x, const DuplicatePair& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
  progress(1);
  return std::move(out_);
}

void Finder::counted_shingles(ArticleIndex i, unsigned n, std::vector<std::uint64_t>& out) const {
  out.clear();
  words_.append_shingles(texts_[i], n, out);
  const ShingleFilter& own = frequent_of_source_[texts_[i].source];
  if (frequent_.empty() && own.empty()) return;
  std::erase_if(out, [&](std::uint64_t shingle) {
    return frequent_.contains(short_hash(shingle)) || own.contains(short_hash(shingle));
  });
}

std::span<const std::uint32_t> Finder::set_of(ArticleIndex i, unsigned n, Scratch& scratch) const {
  counted_shingles(i, n, scratch.shingles);
  scratch.set.resize(scratch.shingles.size());
  std::transform(scratch.shingles.begin(), scratch.shingles.end(), scratch.set.begin(), short_hash);
  sort_hashes(scratch.set, scratch.sorting);
  scratch.set.erase(std::unique(scratch.set.begin(), scratch.set.end()), scratch.set.end());
  return scratch.set;
}

// Of identical texts, only the first goes on.
void Finder::join_identical_texts() {
  std::vector<ArticleIndex> order;
  first_.resize(n_);
  for (ArticleIndex i = 0; i < n_; ++i) {
    first_[i] = i;
    if (texts_[i].size != 0) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](ArticleIndex a, ArticleIndex b) {
    return texts_[a].hash != texts_[b].hash ? texts_[a].hash < texts_[b].hash : a < b;
  });
  for (std::size_t k = 1; k < order.size(); ++k) {
    const ArticleIndex i = order[k], before = order[k - 1];
    if (texts_[i].hash != texts_[before].hash || texts_[i].size != texts_[before].size) continue;
    first_[i] = first_[before];
    out_.pairs.push_back({first_[i], i, Relation::exact, true, 1, 1, 1});
  }
}

// Looks at a fixed sample of the corpus, and of each source, for shingles that repeat across unrelated articles.
Finder::Learned Finder::learn() const {
  std::vector<std::vector<ArticleIndex>> by_source(sources_);
  std::vector<ArticleIndex> everyone(n_);
  for (ArticleIndex i = 0; i < n_; ++i) {
    by_source[texts_[i].source].push_back(i);
    everyone[i] = i;
  }
  Learned out;
  out.of_source.resize(sources_);
  if (n_ >= samples.least_corpus) {
    const Sample texts = sample(everyone, samples.of_corpus);
    const RepeatedShingles repeated(texts);
    const auto in_one_of = [&](std::size_t share) { return std::max(samples.corpus_texts, texts.size() / share); };
    out.frequent = repeated.frequent(in_one_of(samples.corpus_share), 0);
    out.common = repeated.frequent(in_one_of(samples.common_share), samples.phrase);
  }

  std::vector<std::uint32_t> order(sources_);
  for (std::uint32_t s = 0; s < order.size(); ++s) order[s] = s;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return by_source[a].size() > by_source[b].size(); });
  std::size_t looked_at = 0, chosen = 0;
  while (chosen < order.size() && by_source[order[chosen]].size() >= samples.least_source &&
         looked_at < samples.of_all_sources) {
    looked_at += std::min(samples.of_source, by_source[order[chosen++]].size());
  }
  parallel_for(chosen, options_.threads, [&](std::size_t k) {
    const Sample texts = sample(by_source[order[k]], samples.of_source);
    out.of_source[order[k]] =
        RepeatedShingles(texts).frequent(std::max(samples.source_texts, texts.size() / samples.source_share), 0);
  });
  return out;
}

void Finder::leave_out(const Learned& learned) {
  frequent_ = ShingleFilter(learned.frequent);
  common_ = ShingleFilter(learned.common);
  frequent_of_source_.resize(sources_);
  out_.frequent_shingles = learned.frequent.size();
  for (std::size_t s = 0; s < sources_; ++s) {
    frequent_of_source_[s] = ShingleFilter(learned.of_source[s]);
    out_.frequent_shingles += learned.of_source[s].size();
  }
  progress(0.1);
}

// Shingles of evenly spaced ones of these articles, each distinct text once.
Finder::Sample Finder::sample(const std::vector<ArticleIndex>& articles, std::size_t size) const {
  Sample out;
  std::vector<std::uint64_t> shingles;
  size = std::min(size, articles.size());
  std::vector<std::uint64_t> seen;
  for (std::size_t k = 0; k < size; ++k) {
    const KeptText& text = texts_[articles[k * articles.size() / size]];
    if (text.n == 0 || std::find(seen.begin(), seen.end(), text.hash) != seen.end()) continue;
    seen.push_back(text.hash);
    shingles.clear();
    words_.append_shingles(text, text.n, shingles);
    out.emplace_back();
    for (const std::uint64_t shingle : shingles) out.back().push_back(short_hash(shingle));
  }
  return out;
}

void Finder::propose() {
  shared_.emplace(n_, SharedShingles::Sample::by_length);
  shared_of_short_.emplace(n_, SharedShingles::Sample::all);
  const std::size_t grain = std::clamp<std::size_t>(n_ / 16, 256, 16384);
  lanes_.resize((n_ + grain - 1) / grain);
  short_lanes_.resize(lanes_.size());
  parallel_pieces(n_, grain, options_.threads, [&](std::size_t begin, std::size_t end) {
    std::vector<std::uint64_t> shingles;
    for (auto i = static_cast<ArticleIndex>(begin); i < end; ++i) {
      if (first_[i] == i && texts_[i].size >= fewest_words) add_samples(i, begin / grain, shingles);
    }
    SharedShingles::close(lanes_[begin / grain]);
    SharedShingles::close(short_lanes_[begin / grain]);
  });
  progress(0.4);
  Candidates of_all = shared_->propose_pairs(lanes_, max_bucket, options_.threads);
  shared_.reset();
  progress(0.6);
  Candidates of_short = shared_of_short_->propose_pairs(short_lanes_, max_bucket, options_.threads);
  shared_of_short_.reset();
  lanes_ = {};
  short_lanes_ = {};
  out_.capped_buckets = of_all.capped_buckets + of_short.capped_buckets;
  if (of_short.pairs.empty()) {
    candidates_ = std::move(of_all.pairs);
  } else {
    std::set_union(of_all.pairs.begin(), of_all.pairs.end(), of_short.pairs.begin(), of_short.pairs.end(),
                   std::back_inserter(candidates_), in_order);
  }
  out_.candidates = candidates_.size();
}

// A text of 39 words must meet its copy of 41, so texts that are not much longer than a short one are looked at as short
// ones too; and a short one's longer shingles must meet the article that it stands in.
void Finder::add_samples(ArticleIndex i, std::size_t piece, std::vector<std::uint64_t>& shingles) {
  const KeptText& text = texts_[i];
  const bool has_short_kin = options_.ngram > 2 && !text.unspaced && text.size < 2 * short_text_words;
  counted_shingles(i, has_short_kin ? std::min(options_.ngram, text.size) : text.n, shingles);
  std::erase_if(shingles, [&](std::uint64_t shingle) { return common_.contains(short_hash(shingle)); });
  shared_->add(i, shingles, lanes_[piece]);
  if (!has_short_kin) return;
  counted_shingles(i, 2, shingles);
  shared_of_short_->add(i, shingles, short_lanes_[piece]);
}

std::vector<SampledText> Finder::sample_all(const Learned& learned) {
  leave_out(learned);
  shared_.emplace(n_, SharedShingles::Sample::by_length);
  shared_of_short_.emplace(n_, SharedShingles::Sample::all);
  lanes_.resize(1);
  short_lanes_.resize(1);
  std::vector<SampledText> out(n_);
  std::vector<std::uint64_t> shingles;
  const auto take = [](const SharedShingles& shared, ArticleIndex i, SharedShingles::Lane& lane,
                       SampledText::Kind& to) {
    to.size = shared.size(i);
    for (const std::uint64_t posting : lane.postings) to.keys.push_back(short_hash(posting));
    std::sort(to.keys.begin(), to.keys.end());
    to.keys.erase(std::unique(to.keys.begin(), to.keys.end()), to.keys.end());
    lane.postings.clear();
  };
  for (ArticleIndex i = 0; i < n_; ++i) {
    out[i].hash = texts_[i].hash;
    out[i].words = texts_[i].size;
    if (texts_[i].size < fewest_words) continue;
    add_samples(i, 0, shingles);
    take(*shared_, i, lanes_[0], out[i].kinds[0]);
    take(*shared_of_short_, i, short_lanes_[0], out[i].kinds[1]);
  }
  return out;
}

Finder::Summary Finder::summary_of(ArticleIndex i, Scratch& scratch) const {
  Summary out;
  counted_shingles(i, texts_[i].n, scratch.shingles);
  for (const std::uint64_t shingle : scratch.shingles) {
    out.bits[short_hash(shingle) % 2048 / 64] |= std::uint64_t{1} << (short_hash(shingle) % 64);
  }
  for (const std::uint64_t word : out.bits) out.set_bits += static_cast<std::uint32_t>(std::popcount(word));
  out.shingles = scratch.table.assign(scratch.shingles);
  return out;
}

// Two sets have at most as many shingles in common as both have bits, and as many more as one has shingles that share a
// bit. What would not count with so many does not count: 0. Else, how much of the smaller they may share, 1 .. 255.
std::uint8_t Finder::may_count(const Summary& a, const Summary& b, bool short_shingles) const {
  std::size_t both = 0;
  for (std::size_t k = 0; k < std::size(a.bits); ++k)
    both += static_cast<std::size_t>(std::popcount(a.bits[k] & b.bits[k]));
  SetOverlap most{0, a.shingles, b.shingles};
  most.common = std::min({both + std::min(a.shingles - a.set_bits, b.shingles - b.set_bits), most.a, most.b});
  if (!overlaps(most, short_shingles, options_) && !name_pair(0, 0, most, short_shingles, options_).joins) return 0;
  return static_cast<std::uint8_t>(1 + 254 * most.common / std::max<std::size_t>(1, std::min(most.a, most.b)));
}

// Leaves the candidates that may be worth telling.
void Finder::drop_unlike() {
  std::vector<std::uint32_t> at(n_, 0);  // position in `summaries`, counted from 1
  std::vector<ArticleIndex> wanted;
  const auto want = [&](ArticleIndex i) {
    if (at[i] == 0) wanted.push_back(i), at[i] = static_cast<std::uint32_t>(wanted.size());
  };
  for (const CandidatePair& pair : candidates_) want(pair.a), want(pair.b);
  std::vector<Summary> summaries(wanted.size());
  set_size_.assign(n_, 0);
  parallel_pieces(wanted.size(), 1024, options_.threads, [&](std::size_t begin, std::size_t end) {
    Scratch scratch;
    for (std::size_t k = begin; k < end; ++k) {
      summaries[k] = summary_of(wanted[k], scratch);
      set_size_[wanted[k]] = summaries[k].shingles;
    }
  });
  std::vector<std::uint8_t> may_share(candidates_.size(), 1);
  parallel_pieces(candidates_.size(), 4096, options_.threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      const auto [a, b] = candidates_[k];
      if (texts_[a].n == texts_[b].n)
        may_share[k] = may_count(summaries[at[a] - 1], summaries[at[b] - 1], is_short(texts_[a].n));
    }
  });
  std::size_t kept = 0;
  kind_.resize(n_);
  std::iota(kind_.begin(), kind_.end(), 0U);
  for (std::size_t first = 0, last = 0; first < candidates_.size(); first = last) {
    const ArticleIndex b = candidates_[first].b;
    std::uint8_t most = 0;
    for (; last < candidates_.size() && candidates_[last].b == b; ++last) {
      if (may_share[last] == 0) continue;
      const CandidatePair pair = candidates_[kept++] = candidates_[last];
      if (may_share[last] > most) most = may_share[last], kind_[b] = kind_[pair.a];
    }
  }
  candidates_.resize(kept);
  progress(0.8);
}

void Finder::compare_all() {
  const auto kind_of = [&](const CandidatePair& pair) {  // of both; the last of all when they differ
    return kind_[pair.a] == kind_[pair.b] ? kind_[pair.a] : n_;
  };
  std::sort(candidates_.begin(), candidates_.end(), [&](const CandidatePair& x, const CandidatePair& y) {
    const std::size_t of_x = kind_of(x), of_y = kind_of(y);
    return of_x != of_y ? of_x < of_y : in_order(x, y);
  });
  constexpr std::size_t grain = 4096;
  std::vector<std::vector<DuplicatePair>> found((candidates_.size() + grain - 1) / grain);
  parallel_pieces(candidates_.size(), grain, options_.threads, [&](std::size_t begin, std::size_t end) {
    const std::span<const CandidatePair> block = std::span(candidates_).subspan(begin, end - begin);
    std::vector<DuplicatePair>& of_block = found[begin / grain];
    for (std::size_t first = 0, last = 0; first < block.size(); first = last) {
      while (last < block.size() && kind_of(block[last]) == kind_of(block[first])) ++last;
      const std::span<const CandidatePair> of_one_kind = block.subspan(first, last - first);
      if (!compare_together(of_one_kind, of_block)) compare_one_by_one(of_one_kind, of_block);
    }
  });
  for (const std::vector<DuplicatePair>& piece : found) verified_.insert(verified_.end(), piece.begin(), piece.end());
}

// The shingles of all texts are sorted, and each list of texts that have one adds to what their pairs have in common. False, and
// nothing is done, where that is no gain.
bool Finder::compare_together(std::span<const CandidatePair> pairs, std::vector<DuplicatePair>& found) const {
  if (pairs.size() < 3) return false;
  std::vector<ArticleIndex> texts, seconds;
  for (const CandidatePair& pair : pairs) {
    texts.push_back(pair.a);
    texts.push_back(pair.b);
    seconds.push_back(pair.b);
  }
  for (std::vector<ArticleIndex>* list : {&texts, &seconds}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  const unsigned n = texts_[texts.front()].n;
  const auto m = static_cast<std::uint32_t>(texts.size());
  std::size_t words = 0;
  for (const ArticleIndex i : texts) words += texts_[i].n == n ? texts_[i].size : together.words + 1;
  if (words > together.words || static_cast<double>(pairs.size()) < together.pairs_a_text * static_cast<double>(m) ||
      seconds.size() * m > together.waste * pairs.size())
    return false;

  const auto position = [](const std::vector<ArticleIndex>& list, ArticleIndex i) {
    return static_cast<std::uint32_t>(std::lower_bound(list.begin(), list.end(), i) - list.begin());
  };
  std::vector<std::uint64_t> entries, shingles;  // shingle above, position of a text below
  constexpr std::uint32_t none = ~std::uint32_t{0};
  std::vector<std::uint32_t> row_of(m, none);  // by text: where its counts begin, of one that is second of a pair
  for (std::uint32_t k = 0; k < m; ++k) {
    counted_shingles(texts[k], n, shingles);
    for (const std::uint64_t shingle : shingles) entries.push_back(std::uint64_t{short_hash(shingle)} << 32 | k);
    if (const std::uint32_t row = position(seconds, texts[k]); row < seconds.size() && seconds[row] == texts[k])
      row_of[k] = row * m;
  }
  radix_sort(entries, shingles, 32, 64);
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  std::vector<std::uint32_t> common(seconds.size() * m, 0);
  for (auto first = entries.begin(), last = first; first != entries.end(); first = last) {
    last = std::find_if(first, entries.end(), [&](std::uint64_t entry) { return entry >> 32 != *first >> 32; });
    for (auto i = first + 1; i < last; ++i) {
      const std::uint32_t row = row_of[static_cast<std::uint32_t>(*i)];
      if (row == none) continue;
      for (auto k = first; k < i; ++k) ++common[row + static_cast<std::uint32_t>(*k)];
    }
  }
  for (const auto& [a, b] : pairs) {
    const SetOverlap overlap{common[row_of[position(texts, b)] + position(texts, a)], set_size_[a], set_size_[b]};
    if (const auto pair = judge(a, b, n, overlap)) found.push_back(*pair);
  }
  return true;
}

// Pairs of one b stand together.
void Finder::compare_one_by_one(std::span<const CandidatePair> pairs, std::vector<DuplicatePair>& found) const {
  std::vector<ArticleIndex> others;
  for (std::size_t first = 0, last = 0; first < pairs.size(); first = last) {
    others.clear();
    while (last < pairs.size() && pairs[last].b == pairs[first].b) others.push_back(pairs[last++].a);
    for (const std::optional<DuplicatePair>& pair : compare_with(pairs[first].b, others)) {
      if (pair) found.push_back(*pair);
    }
  }
}

// Its shingles are put into a table once, and those of each other text are looked up there.
std::vector<std::optional<DuplicatePair>> Finder::compare_with(ArticleIndex i,
                                                               std::span<const ArticleIndex> others) const {
  std::vector<std::optional<DuplicatePair>> out;
  out.reserve(others.size());
  std::vector<std::uint64_t> shingles;
  ShingleTable table;
  unsigned in_table = 0;  // words in its shingles
  std::uint32_t size = 0;
  for (const ArticleIndex other : others) {
    const unsigned n = std::min(texts_[i].n, texts_[other].n);
    if (in_table != n) {
      counted_shingles(i, n, shingles);
      size = table.assign(shingles);
      in_table = n;
    }
    counted_shingles(other, n, shingles);
    SetOverlap overlap{table.count_common(shingles), size, set_size_[other]};
    if (n != texts_[other].n) overlap.b = ShingleTable().assign(shingles);
    if (other < i) std::swap(overlap.a, overlap.b);
    out.push_back(judge(std::min(i, other), std::max(i, other), n, overlap));
  }
  return out;
}

// What two texts are to each other; nullopt when nothing worth telling.
std::optional<DuplicatePair> Finder::judge(ArticleIndex a, ArticleIndex b, unsigned n,
                                           const SetOverlap& overlap) const {
  DuplicatePair pair = name_pair(a, b, overlap, is_short(n), options_);
  if (pair.joins && pair.relation != Relation::exact && texts_[a].source == texts_[b].source && texts_[a].source != 0 &&
      have_bodies_of_their_own(a, b, n)) {
    pair.relation = Relation::partial_overlap;
    pair.joins = false;
    return pair;
  }
  if (pair.joins || (pair.relation == Relation::partial_overlap && overlaps(overlap, is_short(n), options_)))
    return pair;
  return std::nullopt;
}

// Two articles of one source may share no more than the page round them. Then each has a long run that the other
// lacks, and the words of the two runs have little to do with each other (those of an update and its first version
// have).
bool Finder::have_bodies_of_their_own(ArticleIndex a, ArticleIndex b, unsigned n) const {
  Scratch of_a, of_b;
  set_of(a, n, of_a);
  set_of(b, n, of_b);
  const auto own_words = [&](const Scratch& mine, const Scratch& other, ArticleIndex i,
                             std::vector<std::uint32_t>& out) {
    std::vector<std::uint64_t> shingles;
    words_.append_shingles(texts_[i], n, shingles);
    std::size_t run = 0, longest = 0, end = 0;
    for (std::size_t k = 0; k < shingles.size(); ++k) {
      const bool shared = std::binary_search(other.set.begin(), other.set.end(), short_hash(shingles[k]));
      run = shared ? 0 : run + 1;
      if (run > longest) {
        longest = run;
        end = k + 1;
      }
    }
    for (std::size_t w = end - longest; w < end; ++w) {
      const std::uint32_t word = words_.word(texts_[i], w);
      if ((word & KeptWords::long_word) != 0) out.push_back(word);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return longest >= own_body.run && own_body.share * longest >= mine.set.size();
  };
  std::vector<std::uint32_t> words_a, words_b;
  if (!own_words(of_a, of_b, a, words_a) || !own_words(of_b, of_a, b, words_b)) return false;
  const SetOverlap overlap = compare_sets(words_a, words_b);
  return own_body.common_words * overlap.common < std::min(overlap.a, overlap.b);
}

}  // namespace storymerge

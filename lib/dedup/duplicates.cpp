#include "storymerge/dedup/duplicates.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "dedup/frequent.h"
#include "dedup/shared_shingles.h"
#include "storymerge/base/error.h"
#include "storymerge/sketch/minhash.h"
#include "storymerge/sketch/minhash_lsh.h"
#include "storymerge/sketch/shingles.h"
#include "support/hash.h"
#include "support/parallel.h"
#include "support/radix_sort.h"
#include "support/union_find.h"

namespace storymerge {
namespace {

constexpr std::uint32_t max_bucket = 32;     // texts of a bucket that each text is compared with
constexpr std::size_t least_contained = 12;  // shingles that a text must have to count as contained in another
constexpr std::size_t least_overlap = 20;    // shingles that make a partial overlap worth reporting

void check(const DuplicateOptions& o) {
  const auto share = [](const char* name, double value) {
    if (!(value > 0 && value <= 1)) {
      throw Error(ErrorCode::bad_option, fmt::format("{} is {}, must be in (0, 1]", name, value));
    }
  };
  share("threshold", o.threshold);
  share("containment", o.containment);
  if (o.ngram < 1 || o.ngram > 16) {
    throw Error(ErrorCode::bad_option, fmt::format("ngram is {}, must be 1 .. 16", o.ngram));
  }
}

// Gives the words of one text; `scratch` may be used to hold them.
using WordsOf = std::function<const WordList&(ArticleIndex, WordList& scratch)>;

std::uint32_t short_hash(std::uint64_t shingle) { return static_cast<std::uint32_t>(shingle >> 32); }

class Finder {
 public:
  Finder(const Corpus& corpus, const WordsOf& words_of, const DuplicateOptions& options)
      : corpus_(corpus), words_of_(words_of), options_(options), n_(corpus.size()), texts_(n_), skip_(n_, 0) {}

  Duplicates run() {
    learn_frequent_shingles();
    sketch();
    join_identical_texts();
    propose();
    build_sets();
    compare_all();
    make_origins();
    progress(1);
    return std::move(out_);
  }

 private:
  struct Text {
    std::uint64_t hash = 0;  // of the folded words
    std::uint32_t words = 0;
    std::uint32_t shingles = 0;  // as many are in its set, once that is built; before, with repetitions
    std::size_t begin = 0;       // where they stand in its piece of sets_
    ArticleIndex first = 0;      // the first article with this very text
    std::uint8_t n = 0;          // words in a shingle
  };

  void progress(double share) {
    if (options_.progress) options_.progress(share);
  }

  // The shingles of n words that count, in order of text.
  void counted_shingles(ArticleIndex i, const WordList& words, unsigned n, std::vector<std::uint64_t>& out) const {
    out.clear();
    append_shingles(words, n, out);
    const ShingleFilter& own = frequent_of_source_[source_[i]];
    if (frequent_.empty() && own.empty()) return;
    std::erase_if(out, [&](std::uint64_t shingle) {
      return frequent_.contains(short_hash(shingle)) || own.contains(short_hash(shingle));
    });
  }

  // Looks at a fixed sample of the corpus, and of each source, for shingles that repeat across unrelated articles.
  void learn_frequent_shingles() {
    std::map<std::string_view, std::uint32_t> names;
    for (const Article& article : corpus_.articles()) names.emplace(article.source, 0);
    std::uint32_t next = 0;
    for (auto& [name, id] : names) id = next++;
    source_.resize(n_);
    std::vector<std::vector<ArticleIndex>> by_source(names.size());
    for (ArticleIndex i = 0; i < n_; ++i) {
      source_[i] = names.find(corpus_[i].source)->second;
      by_source[source_[i]].push_back(i);
    }
    frequent_of_source_.resize(names.size());

    constexpr std::size_t of_corpus = 2048, of_source = 32, of_all_sources = 65536;
    std::vector<ArticleIndex> everyone(n_);
    for (ArticleIndex i = 0; i < n_; ++i) everyone[i] = i;
    std::vector<std::uint32_t> found;
    if (n_ >= 200) {
      const auto texts = sample(everyone, of_corpus);
      found = frequent_shingles(texts, std::max<std::size_t>(20, texts.size() / 20));
    }
    out_.frequent_shingles = found.size();
    frequent_ = ShingleFilter(std::move(found));

    // Sources with most articles first, should there be too many to look at.
    std::vector<std::uint32_t> order(names.size());
    for (std::uint32_t s = 0; s < order.size(); ++s) order[s] = s;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return by_source[a].size() > by_source[b].size(); });
    std::size_t looked_at = 0, sources = 0;
    while (sources < order.size() && by_source[order[sources]].size() >= 3 && looked_at < of_all_sources) {
      looked_at += std::min(of_source, by_source[order[sources++]].size());
    }
    std::atomic<std::uint64_t> count{0};
    parallel_for(sources, options_.threads, [&](std::size_t k) {
      const auto texts = sample(by_source[order[k]], of_source);
      std::vector<std::uint32_t> of_this = frequent_shingles(texts, std::max<std::size_t>(3, texts.size() / 5));
      count += of_this.size();
      frequent_of_source_[order[k]] = ShingleFilter(std::move(of_this));
    });
    out_.frequent_shingles += count;
  }

  // Shingles of evenly spaced ones of these articles, each distinct text once.
  std::vector<std::vector<std::uint32_t>> sample(const std::vector<ArticleIndex>& articles, std::size_t size) const {
    std::vector<std::vector<std::uint32_t>> out;
    std::vector<std::uint64_t> seen, shingles;
    WordList scratch;
    size = std::min(size, articles.size());
    for (std::size_t k = 0; k < size; ++k) {
      const WordList& words = words_of_(articles[k * articles.size() / size], scratch);
      const std::uint64_t hash = hash_bytes(words.folded);
      const unsigned n = shingle_words(words, options_.ngram);
      if (n == 0 || std::find(seen.begin(), seen.end(), hash) != seen.end()) continue;
      seen.push_back(hash);
      shingles.clear();
      append_shingles(words, n, shingles);
      out.emplace_back();
      for (const std::uint64_t shingle : shingles) out.back().push_back(short_hash(shingle));
    }
    return out;
  }

  // One pass over all texts: hash, band keys, sampled shingles.
  void sketch() {
    const MinHasher hasher({SketchScheme::affine32, options_.num_perm, 1});
    // Pairs below one half are left to the shared shingles: few slots cannot find them without a flood of candidates.
    banding_ = sure_banding(std::max(options_.threshold, 0.5), options_.num_perm);
    keys_.resize(std::size_t{banding_.bands} * n_);
    const std::size_t grain = std::clamp<std::size_t>(n_ / 16, 256, 16384);
    grain_ = grain;
    lanes_.resize((n_ + grain - 1) / grain);
    sets_.resize(lanes_.size());
    short_lanes_.resize(lanes_.size());
    shared_.emplace(n_);
    std::mutex telling;
    std::size_t done = 0;
    parallel_pieces(n_, grain, options_.threads, [&](std::size_t begin, std::size_t end) {
      WordList scratch;
      std::vector<std::uint64_t> shingles;
      std::vector<std::uint32_t> slots(options_.num_perm), keys(banding_.bands);
      SharedShingles::Lane& lane = lanes_[begin / grain];
      ShortTexts& short_texts = short_lanes_[begin / grain];
      std::vector<std::uint32_t>& kept = sets_[begin / grain];
      const auto sign = [&] {
        std::fill(slots.begin(), slots.end(), 0xFFFFFFFFu);
        hasher.update(shingles, slots);
        band_keys(slots, banding_, keys);
      };
      // Keys go to their bands a cache line at a time.
      constexpr std::size_t tile_width = 16;
      std::vector<std::uint32_t> tile(banding_.bands * tile_width);
      std::size_t tile_begin = begin;
      const auto store_tile = [&](std::size_t tile_end) {
        for (unsigned band = 0; band < banding_.bands; ++band) {
          const auto from = tile.begin() + static_cast<std::ptrdiff_t>(band * tile_width);
          std::copy(from, from + static_cast<std::ptrdiff_t>(tile_end - tile_begin),
                    keys_.begin() + static_cast<std::ptrdiff_t>(band * n_ + tile_begin));
        }
        tile_begin = tile_end;
      };
      for (auto i = static_cast<ArticleIndex>(begin); i < end; ++i) {
        if (i == tile_begin + tile_width) store_tile(i);
        const WordList& words = words_of_(i, scratch);
        Text& text = texts_[i];
        text.hash = hash_bytes(words.folded);
        text.words = static_cast<std::uint32_t>(words.size());
        text.n = static_cast<std::uint8_t>(shingle_words(words, options_.ngram));
        skip_[i] = words.size() < 3;  // a copy only of what is identical
        if (skip_[i] != 0) continue;
        counted_shingles(i, words, text.n, shingles);
        text.shingles = static_cast<std::uint32_t>(shingles.size());
        skip_[i] = shingles.empty();
        if (skip_[i] != 0) continue;
        text.begin = static_cast<std::uint32_t>(kept.size());
        for (const std::uint64_t shingle : shingles) kept.push_back(short_hash(shingle));
        sign();
        for (unsigned band = 0; band < banding_.bands; ++band) tile[band * tile_width + (i - tile_begin)] = keys[band];

        const bool is_short = words.size() < short_text_words;
        const bool dense = text.n < options_.ngram && is_written_without_spaces(words);
        if (options_.ngram > 2 && !dense && words.size() < 2 * short_text_words) {
          // A text of 39 words must meet its copy of 41, so longer ones are looked at as short ones too; and a short
          // one's longer shingles must meet the article that it stands in.
          if (is_short) {
            short_texts.add(i, keys);
            counted_shingles(i, words, std::min(options_.ngram, text.words), shingles);
            shared_->add(i, shingles, lane);
          } else {
            shared_->add(i, shingles, lane);
            counted_shingles(i, words, 2, shingles);
            if (shingles.empty()) continue;
            sign();
            short_texts.add(i, keys);
          }
        } else {
          shared_->add(i, shingles, lane);
        }
      }
      store_tile(end);
      kept.shrink_to_fit();
      if (options_.progress) {
        const std::lock_guard lock(telling);
        done += end - begin;
        options_.progress(0.7 * static_cast<double>(done) / static_cast<double>(n_));
      }
    });
  }

  // Of identical texts, only the first goes on.
  void join_identical_texts() {
    std::vector<ArticleIndex> order;
    for (ArticleIndex i = 0; i < n_; ++i) {
      texts_[i].first = i;
      if (texts_[i].words != 0) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [&](ArticleIndex a, ArticleIndex b) {
      return texts_[a].hash != texts_[b].hash ? texts_[a].hash < texts_[b].hash : a < b;
    });
    for (std::size_t k = 1; k < order.size(); ++k) {
      Text& text = texts_[order[k]];
      const Text& before = texts_[order[k - 1]];
      if (text.hash != before.hash || text.words != before.words) continue;
      text.first = before.first;
      skip_[order[k]] = 1;
      out_.pairs.push_back({text.first, order[k], Relation::exact, 1, 1, 1});
    }
  }

  void propose() {
    Candidates banded = storymerge::propose_pairs(keys_, n_, skip_, max_bucket, options_.threads);
    keys_ = {};
    progress(0.8);
    Candidates shared = shared_->propose_pairs(lanes_, skip_, max_bucket, options_.threads);
    shared_.reset();
    lanes_ = {};
    progress(0.9);

    ShortTexts all;  // short texts by themselves, their keys band by band
    for (const ShortTexts& lane : short_lanes_) {
      all.articles.insert(all.articles.end(), lane.articles.begin(), lane.articles.end());
      all.keys.insert(all.keys.end(), lane.keys.begin(), lane.keys.end());
    }
    short_lanes_ = {};
    const std::size_t count = all.articles.size();
    std::vector<std::uint32_t> keys(all.keys.size());
    std::vector<std::uint8_t> skip(count);
    for (std::size_t i = 0; i < count; ++i) {
      skip[i] = skip_[all.articles[i]];
      for (unsigned band = 0; band < banding_.bands; ++band) {
        keys[band * count + i] = all.keys[i * banding_.bands + band];
      }
    }
    Candidates brief = storymerge::propose_pairs(keys, count, skip, max_bucket, options_.threads);
    for (CandidatePair& pair : brief.pairs) pair = {all.articles[pair.a], all.articles[pair.b]};

    out_.capped_buckets = banded.capped_buckets + shared.capped_buckets + brief.capped_buckets;
    candidates_ = std::move(banded.pairs);
    candidates_.insert(candidates_.end(), shared.pairs.begin(), shared.pairs.end());
    candidates_.insert(candidates_.end(), brief.pairs.begin(), brief.pairs.end());
    std::sort(candidates_.begin(), candidates_.end());
    candidates_.erase(std::unique(candidates_.begin(), candidates_.end()), candidates_.end());
    out_.candidates = candidates_.size();
  }

  // Makes sets, sorted and distinct, of the shingles of every text that is a candidate.
  void build_sets() {
    std::vector<std::uint8_t> is_wanted(n_, 0);
    for (const CandidatePair& pair : candidates_) is_wanted[pair.a] = is_wanted[pair.b] = 1;
    parallel_pieces(n_, 1024, options_.threads, [&](std::size_t begin, std::size_t end) {
      std::vector<std::uint32_t> set, scratch;
      for (std::size_t i = begin; i < end; ++i) {
        if (is_wanted[i] == 0) continue;
        Text& text = texts_[i];
        std::uint32_t* const shingles = sets_[i / grain_].data() + text.begin;
        set.assign(shingles, shingles + text.shingles);
        sort_hashes(set, scratch);
        text.shingles = static_cast<std::uint32_t>(std::unique_copy(set.begin(), set.end(), shingles) - shingles);
      }
    });
  }

  struct Scratch {
    WordList words;
    std::vector<std::uint64_t> shingles;
    std::vector<std::uint32_t> set, sorting;
  };

  const std::vector<std::uint32_t>& set_of(ArticleIndex i, unsigned n, Scratch& scratch) const {
    counted_shingles(i, words_of_(i, scratch.words), n, scratch.shingles);
    scratch.set.clear();
    for (const std::uint64_t shingle : scratch.shingles) scratch.set.push_back(short_hash(shingle));
    sort_hashes(scratch.set, scratch.sorting);
    scratch.set.erase(std::unique(scratch.set.begin(), scratch.set.end()), scratch.set.end());
    return scratch.set;
  }

  std::span<const std::uint32_t> built_set(ArticleIndex i) const {
    return std::span(sets_[i / grain_]).subspan(texts_[i].begin, texts_[i].shingles);
  }

  // What two texts are to each other; nullopt when nothing worth telling.
  std::optional<DuplicatePair> compare(ArticleIndex a, ArticleIndex b) const {
    const unsigned n = std::min(texts_[a].n, texts_[b].n);
    SetOverlap overlap;
    if (texts_[a].n == texts_[b].n) {
      overlap = compare_sets(built_set(a), built_set(b));
    } else {
      Scratch of_a, of_b;
      overlap = compare_sets(set_of(a, n, of_a), set_of(b, n, of_b));
    }
    DuplicatePair pair{a, b};
    pair.jaccard = overlap.jaccard();
    pair.containment_a_in_b = overlap.containment_a_in_b();
    pair.containment_b_in_a = overlap.containment_b_in_a();

    const bool strict = n < options_.ngram;
    const double threshold = strict ? std::max(options_.threshold, 0.5) : options_.threshold;
    const double containment = strict ? std::max(options_.containment, 0.8) : options_.containment;
    if (overlap.common != 0 && overlap.common == overlap.a && overlap.common == overlap.b) {
      pair.relation = Relation::exact;
      return pair;
    }
    if (pair.jaccard >= threshold) {
      pair.relation = Relation::near_duplicate;
    } else if (pair.containment_a_in_b >= containment && overlap.a >= least_contained) {
      pair.relation = Relation::contained_in;
    } else if (pair.containment_b_in_a >= containment && overlap.b >= least_contained) {
      pair.relation = Relation::contains;
    } else if (std::max(pair.containment_a_in_b, pair.containment_b_in_a) >= containment / 2 &&
               overlap.common >= least_overlap) {
      pair.relation = Relation::partial_overlap;
      return pair;
    } else {
      return std::nullopt;
    }
    if (source_[a] == source_[b] && !corpus_[a].source.empty() && have_bodies_of_their_own(a, b, n)) {
      pair.relation = Relation::partial_overlap;
    }
    return pair;
  }

  // Two articles of one source may share no more than the page round them. Then each has a long run that the other
  // lacks, and the words of the two runs have little to do with each other (those of an update and its first version
  // have).
  bool have_bodies_of_their_own(ArticleIndex a, ArticleIndex b, unsigned n) const {
    Scratch of_a, of_b;
    set_of(a, n, of_a);
    set_of(b, n, of_b);
    const auto own_words = [&](const Scratch& mine, const Scratch& other, ArticleIndex i,
                               std::vector<std::uint64_t>& out) {
      WordList scratch;
      const WordList& words = words_of_(i, scratch);
      std::vector<std::uint64_t> shingles;
      append_shingles(words, n, shingles);
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
        if (words[w].size() >= 5) out.push_back(hash_bytes(words[w]));
      }
      std::sort(out.begin(), out.end());
      out.erase(std::unique(out.begin(), out.end()), out.end());
      return longest >= 8 && 4 * longest >= mine.set.size();
    };
    std::vector<std::uint64_t> words_a, words_b;
    if (!own_words(of_a, of_b, a, words_a) || !own_words(of_b, of_a, b, words_b)) return false;
    const SetOverlap overlap = compare_sets(words_a, words_b);
    return 5 * overlap.common < std::min(overlap.a, overlap.b);
  }

  static bool joins(const DuplicatePair& pair) { return pair.relation != Relation::partial_overlap; }

  void compare_all() {
    constexpr std::size_t grain = 1024;
    std::vector<std::vector<DuplicatePair>> found((candidates_.size() + grain - 1) / grain);
    parallel_pieces(candidates_.size(), grain, options_.threads, [&](std::size_t begin, std::size_t end) {
      for (std::size_t k = begin; k < end; ++k) {
        if (const auto pair = compare(candidates_[k].a, candidates_[k].b)) found[begin / grain].push_back(*pair);
      }
    });
    for (const std::vector<DuplicatePair>& piece : found) verified_.insert(verified_.end(), piece.begin(), piece.end());
  }

  // The earliest, then the longest, then the first.
  bool is_before(ArticleIndex a, ArticleIndex b) const {
    const auto time = [&](ArticleIndex i) { return corpus_[i].published.value_or(Time::max()); };
    if (time(a) != time(b)) return time(a) < time(b);
    if (texts_[a].words != texts_[b].words) return texts_[a].words > texts_[b].words;
    return a < b;
  }

  // Splits every connected component round its earliest text, what is left round the earliest of that, and so on.
  void make_origins() {
    // Verified neighbours of each text: links_[k] for k in [starts[i], starts[i + 1]).
    std::vector<std::uint32_t> starts(n_ + 1, 0);
    UnionFind components(n_);
    for (const DuplicatePair& pair : verified_) {
      if (!joins(pair)) continue;
      ++starts[pair.a + 1];
      ++starts[pair.b + 1];
      components.unite(pair.a, pair.b);
    }
    for (std::size_t i = 0; i < n_; ++i) starts[i + 1] += starts[i];
    std::vector<std::uint32_t> links(starts[n_]), cursor(starts.begin(), starts.end() - 1);
    for (std::uint32_t k = 0; k < verified_.size(); ++k) {
      if (!joins(verified_[k])) continue;
      links[cursor[verified_[k].a]++] = k;
      links[cursor[verified_[k].b]++] = k;
    }
    std::vector<std::vector<ArticleIndex>> members;  // of components of two or more texts
    std::vector<std::uint32_t> component_of(n_, 0);
    for (ArticleIndex i = 0; i < n_; ++i) {
      if (starts[i] == starts[i + 1]) continue;
      const ArticleIndex root = components.find(i);
      if (root == i) {
        component_of[i] = static_cast<std::uint32_t>(members.size());
        members.emplace_back();
      }
      members[component_of[root]].push_back(i);
    }

    std::vector<ArticleIndex> centre(n_);  // the text that each is a copy of
    std::vector<double> link(n_, 1);       // how much of one
    std::vector<std::uint8_t> taken(n_, 0);
    for (ArticleIndex i = 0; i < n_; ++i) centre[i] = i;
    std::vector<std::vector<DuplicatePair>> found(members.size());
    parallel_pieces(members.size(), 16, options_.threads, [&](std::size_t begin, std::size_t end) {
      for (std::size_t c = begin; c < end; ++c) split(members[c], starts, links, taken, centre, link, found[c]);
    });
    for (const std::vector<DuplicatePair>& pairs : found) {
      verified_.insert(verified_.end(), pairs.begin(), pairs.end());
      out_.candidates += pairs.size();
    }

    // Origins in order of their first article; all copies of a text go where it goes.
    out_.origin_of.assign(n_, 0);
    std::unordered_map<ArticleIndex, std::uint32_t> origin_at;
    std::vector<std::uint32_t> texts_in;  // distinct texts of each origin
    for (ArticleIndex i = 0; i < n_; ++i) {
      const ArticleIndex text = texts_[i].first;
      const auto [at, is_new] = origin_at.try_emplace(centre[text], static_cast<std::uint32_t>(out_.origins.size()));
      if (is_new) {
        out_.origins.emplace_back();
        out_.origins.back().original = centre[text];
        texts_in.push_back(0);
      }
      Origin& origin = out_.origins[at->second];
      out_.origin_of[i] = at->second;
      origin.articles.push_back(i);
      if (text == i) {
        origin.weakest = std::min(origin.weakest, link[i]);
        ++texts_in[at->second];
      }
    }
    std::vector<std::uint64_t> pairs_in(out_.origins.size(), 0);
    for (const DuplicatePair& pair : verified_) {
      if (joins(pair) && out_.origin_of[pair.a] == out_.origin_of[pair.b]) ++pairs_in[out_.origin_of[pair.a]];
    }
    for (std::size_t o = 0; o < out_.origins.size(); ++o) {
      const double all = 0.5 * texts_in[o] * (texts_in[o] - 1.0);
      if (all > 0) out_.origins[o].density = static_cast<double>(pairs_in[o]) / all;
    }
    out_.pairs.insert(out_.pairs.end(), verified_.begin(), verified_.end());
    std::sort(out_.pairs.begin(), out_.pairs.end(),
              [](const DuplicatePair& x, const DuplicatePair& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
  }

  // Distributes one component's members over centres. Pairs that no bucket proposed are compared here, up to 64 a
  // member.
  void split(std::vector<ArticleIndex>& members, const std::vector<std::uint32_t>& starts,
             const std::vector<std::uint32_t>& links, std::vector<std::uint8_t>& taken,
             std::vector<ArticleIndex>& centre, std::vector<double>& link, std::vector<DuplicatePair>& found) const {
    std::sort(members.begin(), members.end(), [&](ArticleIndex a, ArticleIndex b) { return is_before(a, b); });
    const auto strength = [](const DuplicatePair& pair) {
      return pair.relation == Relation::contains || pair.relation == Relation::contained_in
                 ? std::max(pair.containment_a_in_b, pair.containment_b_in_a)
                 : pair.jaccard;
    };
    std::size_t budget = 64 * members.size();
    std::vector<ArticleIndex> left = members, rest, neighbours;
    while (!left.empty()) {
      const ArticleIndex original = left.front();
      taken[original] = 1;
      rest.clear();
      neighbours.clear();
      for (std::uint32_t k = starts[original]; k < starts[original + 1]; ++k) {
        const DuplicatePair& pair = verified_[links[k]];
        const ArticleIndex other = pair.a == original ? pair.b : pair.a;
        neighbours.push_back(other);
        if (taken[other] != 0) continue;
        taken[other] = 1;
        centre[other] = original;
        link[other] = strength(pair);
      }
      std::sort(neighbours.begin(), neighbours.end());
      for (std::size_t k = 1; k < left.size(); ++k) {
        const ArticleIndex other = left[k];
        if (taken[other] == 0 && budget > 0 && !std::binary_search(neighbours.begin(), neighbours.end(), other)) {
          --budget;
          const auto pair = compare(std::min(original, other), std::max(original, other));
          if (pair && joins(*pair)) {
            taken[other] = 1;
            centre[other] = original;
            link[other] = strength(*pair);
            found.push_back(*pair);
          }
        }
        if (taken[other] == 0) rest.push_back(other);
      }
      left.swap(rest);
    }
  }

  // Texts that are short, or nearly: their keys as texts of two-word shingles, one row a text.
  struct ShortTexts {
    std::vector<ArticleIndex> articles;
    std::vector<std::uint32_t> keys;

    void add(ArticleIndex i, const std::vector<std::uint32_t>& row) {
      articles.push_back(i);
      keys.insert(keys.end(), row.begin(), row.end());
    }
  };

  const Corpus& corpus_;
  const WordsOf& words_of_;
  const DuplicateOptions& options_;
  const std::size_t n_;
  std::vector<Text> texts_;
  std::vector<std::uint8_t> skip_;  // not to be compared: too short, or a copy of an identical text
  std::vector<std::uint32_t> source_;
  ShingleFilter frequent_;
  std::vector<ShingleFilter> frequent_of_source_;
  Banding banding_;
  std::vector<std::uint32_t> keys_;  // band * n_ + article
  std::vector<SharedShingles::Lane> lanes_;
  std::vector<ShortTexts> short_lanes_;
  std::optional<SharedShingles> shared_;
  std::vector<CandidatePair> candidates_;
  std::size_t grain_ = 1;
  std::vector<std::vector<std::uint32_t>> sets_;  // by piece of grain_ articles: their shingles, later their sets
  std::vector<DuplicatePair> verified_;
  Duplicates out_;
};

}  // namespace

Duplicates find_duplicates(const Corpus& corpus, std::span<const Document> documents, const DuplicateOptions& options) {
  assert(documents.size() == corpus.size());
  check(options);
  const StopScope scope(options.stop);
  const WordsOf words_of = [&](ArticleIndex i, WordList&) -> const WordList& { return documents[i].body; };
  return Finder(corpus, words_of, options).run();
}

Duplicates find_duplicates(const Corpus& corpus, const DuplicateOptions& options) {
  check(options);
  const StopScope scope(options.stop);
  const WordsOf words_of = [&](ArticleIndex i, WordList& scratch) -> const WordList& {
    scratch.folded.clear();
    scratch.words.clear();
    append_words(corpus[i].text, 0, scratch);
    return scratch;
  };
  return Finder(corpus, words_of, options).run();
}

}  // namespace storymerge

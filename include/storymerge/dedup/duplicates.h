#pragma once
// Which texts are copies of one another, and which one is the original?
//
// Documents, a bare corpus, or articles as they come, in; verified pairs and origins out. Identical texts are joined first.
// Candidates come from an index of sampled shingles, which finds texts of like length and a wire text inside a longer
// article; each is then decided by exact comparison of the two shingle sets, and only verified pairs are joined. Groups
// are split round their original, so that a chain A~B~C… cannot glue strangers. Only body words count: page furniture
// links nothing, nor do passages that one source, or the whole corpus, repeats across articles with bodies of their own.
// Broder, "On the resemblance and containment of documents", SEQUENCES 1997.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/base/export.h"
#include "storymerge/read/sources.h"
#include "storymerge/text/document.h"

namespace storymerge {

// What two texts are to each other. The name does not depend on the options' bounds; in brackets, where a text of the pair
// has shingles shorter than `ngram`, for it is under 40 words or in a script without spaces, and much is shared by chance.
enum class Relation : std::uint8_t {
  exact,            // same body text, or same shingles
  near_duplicate,   // Jaccard >= 0.3 (0.5)
  contains,         // else: a holds >= 0.6 (0.8) of b, which has 12 shingles or more
  contained_in,     // else: b holds as much of a
  partial_overlap,  // else; and two articles of one source that share no more than the page round them
  version,          // a later version of one page, by its link, whatever the texts
  link,             // another outlet's item that only links to the page
};

// A verified pair, a < b.
struct DuplicatePair {
  ArticleIndex a = 0;
  ArticleIndex b = 0;
  Relation relation = Relation::near_duplicate;
  bool joins = false;             // reaches a bound of the options: one is a copy of the other
  double jaccard = 0;             // exact, over the shingle sets
  double containment_a_in_b = 0;  // share of a's shingles that b has
  double containment_b_in_a = 0;
  bool form = false;    // alike as two fillings of one form are, whose names or numbers differ: two events, no
                        // copies; of two texts with the same words: a notice that stands in for both
  bool retold = false;  // the same report in words half its own: two voices, one story
};

// Articles that are copies of one text: one voice. An article without copies is an origin alone.
struct Origin {
  std::vector<ArticleIndex> articles;  // in order
  // An agency's rather than an outlet's, an outlet's rather than an aggregator's (DuplicateOptions::sources); then the earliest;
  // the longest of equally early ones; then the first.
  ArticleIndex original = 0;
  std::string owner{};  // of all its outlets, where that is why they are one voice (join_owners); else empty
  // How well the group holds together; both 1 for an article alone and for identical texts.
  double weakest = 1;  // least link of a member to the original: Jaccard, or containment of the shorter
  double density = 1;  // share of its pairs of distinct texts that are verified copies of each other
};

struct Duplicates {
  // Those that join, and partial overlaps of 20 shingles and 0.3 (0.4) of the shorter text or more, unless Jaccard alone
  // counts. In order of (a, b). Of identical texts each is paired with the first of them only, which alone is paired with
  // others.
  std::vector<DuplicatePair> pairs;
  std::vector<Origin> origins;           // in order of their first article; every article stands in exactly one
  std::vector<std::uint32_t> origin_of;  // by ArticleIndex: position in `origins`

  // What was done to get there.
  std::uint64_t candidates = 0;         // pairs compared exactly
  std::uint64_t capped_buckets = 0;     // buckets too full to compare every pair in them
  std::uint64_t frequent_shingles = 0;  // shingles that link nothing, for they repeat across unrelated articles
};

// What repeats across unrelated articles and so speaks for no copying: hashes of shingles of `ngram` words, sorted.
struct Repeated {
  std::vector<std::uint32_t> frequent;  // link nothing
  std::vector<std::uint32_t> common;    // propose no pair, though they count when two texts are compared
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> of_source;  // link nothing in texts of this source
};

struct DuplicateOptions {
  // A pair that reaches either bound joins. Where shingles are shorter than `ngram`, at least 0.5 counts as `threshold`, at
  // least 0.8 as `containment`.
  double threshold = 0.3;                   // Jaccard, (0, 1]
  std::optional<double> containment = 0.6;  // share of the shorter text that the longer holds, (0, 1]; nullopt: Jaccard
                                            // alone counts
  unsigned ngram = 3;                       // words in a shingle, 1 .. 16
  SourceTable sources{};                    // whose text of several copies is the original
  const Repeated* repeated = nullptr;       // learned of a corpus of which these articles are a part; nullptr: of them
  unsigned threads = 0;                     // 0: all cores; results do not depend on it
  std::stop_token stop{};                   // ends the call early: Error `stopped`
  std::function<void(double)> progress;  // told now and then which share of the work is done; from one thread at a time
};

// Only here: forms that are filled in differently (forecasts, match reports, weekly figures), reports half of whose words
// are their own, and texts that share no more than a tail join nothing; versions of one page, by its link, and items that
// only link to it are one voice.
// Requires: one document an article, in order.
// Errors: bad_option.
// Complexity: linear in text and articles; work on crowded buckets is capped, and the caps are counted in the result.
STORYMERGE_EXPORT Duplicates find_duplicates(const Corpus& corpus, std::span<const Document> documents,
                                             const DuplicateOptions& options = {});

// The same of whole texts: each is folded on the way and not kept. Page furniture is not looked for; what a source repeats
// is still found by its shingles.
STORYMERGE_EXPORT Duplicates find_duplicates(const Corpus& corpus, const DuplicateOptions& options = {});

// What find_duplicates would learn of these articles, for calls that see only some of them. It looks at a fixed sample: 2,048 evenly
// spaced articles, and 32 of each source. Errors: bad_option.
STORYMERGE_EXPORT Repeated learn_repeated(const Corpus& corpus, std::span<const Document> documents,
                                          const DuplicateOptions& options = {});
STORYMERGE_EXPORT Repeated learn_repeated(const Corpus& corpus, const DuplicateOptions& options = {});

// The same of articles that come one after another and need not be in memory together: of each, three bytes a word are
// kept. The result is that of find_duplicates(Corpus), whatever the order of arrival.
class STORYMERGE_EXPORT DuplicateFinder {
 public:
  // Errors: bad_option.
  explicit DuplicateFinder(DuplicateOptions options = {});
  ~DuplicateFinder();
  DuplicateFinder(DuplicateFinder&& other) noexcept;
  DuplicateFinder& operator=(DuplicateFinder&& other) noexcept;

  // Many at once are folded on several threads. Errors: bad_input when a text is 4 GiB or longer.
  void add(std::span<const Article> articles);
  std::size_t size() const;

  struct Found {
    Duplicates duplicates;
    std::vector<std::string>
        ids;  // by ArticleIndex: in order of publication (undated last), then of id, as in a Corpus
  };
  // What is found among all that were added; there are none then. Of articles that share an id, those with one text count
  // once, and those with another are versions, called id, id@2, id@3 in order of publication. Errors: bad_input when an id
  // is empty.
  Found finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace storymerge

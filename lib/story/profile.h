#pragma once
// What does an article look like to the grouping? Weighted counts of stems, names and numbers, and a vector of them.
//
// Three channels: stems (title and lead thrice), stems inside names, numbers; channels have keys of their own. A vector is
// tf-idf; its stems have a length that grows slowly with the text's, and names and numbers are added to that. So the
// similarity of two texts is one dot product, and the average similarity of two sets of texts is the dot product of their
// mean vectors: average linkage without pairs.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/dedup/duplicates.h"
#include "storymerge/text/document.h"

#include <boost/unordered/unordered_flat_map.hpp>

namespace storymerge {

enum class Channel : std::uint8_t { term, name, number };

// Sixteen bytes, for a corpus keeps hundreds of every text.
struct Feature {
  std::uint64_t key = 0;  // of its channel: equal terms of two channels differ
  float value = 0;        // in a profile, the share of articles at large that use it, 0 .. 1; in a vector, its weight
  std::uint32_t count : 29 = 0;   // weighted occurrences
  std::uint32_t in_lead : 1 = 0;  // of a name: the title or the first words have it
  std::uint32_t channel_bits : 2 = 0;
  Channel channel() const { return static_cast<Channel>(channel_bits); }
};

// What a text without a date says of its days: days of the week and years, a bit each.
struct Calendar {
  std::uint8_t weekdays = 0;  // Sunday first
  std::uint64_t years = 0;    // of the remainder by 64
  void add(const Calendar& other) { weekdays |= other.weekdays, years |= other.years; }
  friend bool operator==(const Calendar&, const Calendar&) = default;
};

struct Profile {
  std::vector<Feature> features;  // by key, distinct
  // Positions in `features` of the content words of each sentence, in order, and an `end_of_sentence` after each; none when it
  // was joined of several.
  std::vector<std::uint16_t> sentences;
  static constexpr std::uint16_t end_of_sentence = 0xFFFF;
  double words = 0;           // content words, title included
  std::optional<double> day;  // publication, in days since 1970
  // Days that a dated text names, since 1970, distinct and in order: in its first sentences, and anywhere.
  std::vector<std::int32_t> lead_days, days;
  Calendar lead_calendar, calendar;  // of a text without a date: of its first sentences, and of all
  // Numbers that it tells, distinct and in order: in its first sentences, and anywhere; of the first, those of a match, and the
  // percentages with which it opens.
  std::vector<float> lead_numbers, numbers, lead_scores, lead_rates;
};

// Do the leads of two texts tell of days of which the other text says nothing, of numbers of which it has hardly any, of
// matches that ended otherwise, of other percentages? Of texts without a date, days are those of the week, and years; of one
// with and one without, nothing is known.
bool rival_days(const Profile& a, const Profile& b);
bool rival_numbers(const Profile& a, const Profile& b);
bool rival_scores(const Profile& a, const Profile& b);
bool rival_rates(const Profile& a, const Profile& b);

// `written`, when given, takes the text of each feature where it stands first, by key.
// Complexity: O(w log w) for w words.
using Written = std::map<std::uint64_t, std::string>;
Profile make_profile(const Article& article, const Document& document, Written* written = nullptr);

// By article: does a notice stand in for its text, so that only the title is its own?
std::vector<bool> find_notices(const Duplicates& duplicates);

// What is left of such a document.
Document title_of(const Document& document);

// One profile for articles that must stay together: counts added, days averaged.
Profile join(std::span<const Profile> profiles);

using Weight = Feature;                    // of a vector
using SparseVector = std::vector<Weight>;  // by key

// What each of two texts dwells on and the other hardly tells: for each, the term by whose count it most exceeds the other,
// counts as shares of the root of a text's length. Twins, two events of one kind, have such a term on both sides: a place, a
// ship, an opponent. Another side of one event has it on one side only, for it names the event's own terms in passing.
struct Divergence {
  double degree = 0;                     // geometric mean of the two excesses
  std::uint64_t only_a = 0, only_b = 0;  // keys of the two terms
  // Share of the names of either lead, rare ones more, that the other lead has: the smaller of the two; none without names.
  std::optional<double> lead_names{};
};
Divergence divergence(std::span<const Weight> a, std::span<const Weight> b);

double dot(std::span<const Weight> a, std::span<const Weight> b);

// The dot product of each two of some vectors, exactly as dot() has it, at [i * n + j]; of one with itself it is 0.
// Complexity: sorts all weights, then one step for each two vectors that share a key.
std::vector<double> products(std::span<const SparseVector> vectors);

struct KeyHash {
  std::size_t operator()(std::uint64_t key) const { return static_cast<std::size_t>(key); }  // a hash already
};

// How many of the profiles hold a feature, with the background table as a thousand more.
class Rarity {
 public:
  void add(const Profile& profile);
  void remove(const Profile& profile);  // Requires: it was added.
  void exchange(std::span<const Profile> gone, std::span<const Profile> come);
  double idf(const Feature& feature) const;

  // As a larger corpus says, for features that it knows.
  template <class Counts>
  void set(const Counts& counts, std::size_t total) {
    total_ = total;
    for (auto& [key, held] : held_) {
      if (const auto at = counts.find(key); at != counts.end()) held.count = at->second;
    }
  }
  template <class F>
  void for_each(F&& f) const {
    for (const auto& [key, held] : held_) f(key, held.count);
  }
  std::size_t total() const { return total_; }

 private:
  struct Held {
    std::uint32_t count = 0;
    float background = 0;
  };
  boost::unordered_flat_map<std::uint64_t, Held, KeyHash> held_;
  std::size_t total_ = 0;
};

// The vector of a profile; empty when it has no features. Of one that is given away, its features become it.
SparseVector make_vector(const Profile& profile, const Rarity& rarity);
SparseVector make_vector(Profile&& profile, const Rarity& rarity);

}  // namespace storymerge

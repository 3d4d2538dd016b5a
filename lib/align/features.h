#pragma once
// How alike are two claims, feature by feature?
//
// Claims of one story -> units (a claim and its repeats in copies of the same text) -> candidate pairs, each with a fixed row
// of features. Everything here is what anyone can point at in the two texts: shared words, names, numbers, dates, what the
// sentence before supplies. The weights of the features are in weights.inc, fitted by tests/fit/fit_alignment.cpp.

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "storymerge/align/alignment.h"

namespace storymerge::align {

// A word, name, number or day of a unit, with its weight in this story.
struct Token {
  enum Kind : std::uint8_t { word, name, number, day };
  std::uint64_t key = 0;
  double weight = 0;
  Kind kind = word;
};

// A number and the words round it.
struct NumberInUnit {
  double low = 0, high = 0, value = 0;
  bool ordinal = false;
  std::uint64_t unit = 0;  // hash of Quantity::unit
  Slot slot;
  std::uint64_t head = 0;                  // the first word of weight after it; 0 when there is none
  std::vector<std::uint64_t> near;         // keys of words near it, sorted
  std::vector<std::uint16_t> near_senses;  // sorted
};

// How a unit's wording shows that somebody disagrees, or that a value has moved.
struct Cues {
  bool denies = false;    // denied, rejected, "a lie"
  bool negates = false;   // no, not, never
  bool insists = false;   // confirmed, maintained, stood by
  bool counts = false;    // "by the police's count", "put at", "according to"
  bool revises = false;   // rose to, revised, now, extended
  bool supposes = false;  // could, might, if
};

// First and last day meant, as days since 1970.
struct Days {
  std::int32_t first = 0, last = 0;
  friend auto operator<=>(const Days&, const Days&) = default;
};

struct SenseOfWord {
  std::uint16_t sense = 0;
  std::uint64_t key = 0;
  double weight = 0;
};

// A given name and a family name, next to each other.
struct FullName {
  std::uint32_t name = 0;          // position in StoryNames::names
  std::string_view given, family;  // folded, of Document::body
  ByteRange range;                 // as the unit's first claim writes it
};

struct Unit {
  std::vector<std::uint32_t> claims;  // positions in the story's claims; the first is the one described here
  std::uint32_t origin = 0;
  std::uint32_t article = 0;  // position in Story::articles
  std::uint32_t sentence = 0;
  double position = 0;              // 0: first claim of its article, 1: last
  std::vector<Token> tokens;        // sorted by key, distinct
  std::vector<Token> context;       // what the sentences before supply, lighter with distance; sorted by key
  std::vector<SenseOfWord> senses;  // sorted by (sense, key)
  std::vector<NumberInUnit> numbers;
  std::vector<FullName> full_names;
  std::vector<Days> days;               // resolved dates, sorted
  std::vector<std::int32_t> minutes;    // times of day, sorted
  std::vector<std::int16_t> opposites;  // as opposites_of, of all its words, sorted
  Cues cues;
  bool history = false;  // names a day long before its article
  std::optional<Time> published;
  double total = 0, norm = 0;  // sum and Euclidean norm of the weights of `tokens`
  double name_weight = 0;
};

// The units of a story, in order of their first claim.
std::vector<Unit> make_units(const Material& material);

inline constexpr std::array feature_names = {
    "bias",         "cosine",        "dice",           "containment",  "soft_dice",      "soft_containment",
    "names",        "name_count",    "number_weight",  "number_count", "numbers_differ", "rival_words",
    "rival_senses", "context_gives", "context_shared", "position",     "length_ratio",   "senses",
    "day",          "shared_weight", "predicate",      "slot_rival",   "slot_agrees",    "speaker",
    "polarity",     "hedge",         "same_origin"};
inline constexpr std::size_t feature_count = feature_names.size();
using Features = std::array<double, feature_count>;

// The position of a feature; one that does not exist does not compile.
consteval std::size_t place_of(std::string_view name, std::span<const char* const> names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return i;
  }
  throw "no such feature";
}
consteval std::size_t feature(std::string_view name) { return place_of(name, feature_names); }

// The two numbers, one of each unit, that look most like different values of one thing; numbers that both units give do
// not count.
struct Rivals {
  std::uint32_t a = 0, b = 0;  // positions in Unit::numbers
  bool found = false;
  double words = 0;    // weight of words near both
  double senses = 0;   // 1: words of one sense are near both
  double slot = 0;     // 0 .. 1: same thing counted, same event
  bool unit = false;   // same unit
  bool head = false;   // the words that follow mean the same
  bool clash = false;  // both stand near words of known sense, and none is shared
};
Rivals find_rivals(const Unit& a, const Unit& b);

Features compare(const Unit& a, const Unit& b, const Claim& ca, const Claim& cb);

// Candidate pairs (a < b), sorted, of units that share words, names, numbers or senses: each unit's best by shared weight.
// Complexity: O(units * cap) where cap bounds postings and partners.
std::vector<std::pair<std::uint32_t, std::uint32_t>> propose_pairs(std::span<const Unit> units);

}  // namespace storymerge::align

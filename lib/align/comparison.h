#pragma once
// How alike are two sentences, feature by feature?
//
// Everything here is what anyone can point at in the two texts. The weights of the features are in weights.inc, fitted by
// tests/fit/fit_pairs.cpp. None knows how large the story is.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "align/profile.h"

namespace storymerge::align {

inline constexpr std::array feature_names = {
    "bias",        "cosine",      "dice",       "containment",   "covered_most", "shared_weight",  "general",
    "rarest",      "second",      "third",      "char_cosine",   "char_square",  "char_short",     "run",
    "quotation",   "quoted_both", "quoted_one", "number_weight", "number_count", "numbers_differ", "numbers_apart",
    "names_apart", "predicate",   "negation",   "supplied",      "beside",       "after",          "in_title",
    "distance",    "later",       "earlier",    "shorter",       "longer",       "hours",          "same_origin",
    "heading",     "vectors"};
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

// Two numbers, one of each sentence, that are different values of what looks like one thing; numbers that both give do not
// count.
struct RivalNumbers {
  std::uint32_t a = 0, b = 0;  // positions in Profile::numbers
  double slot = -1;            // 0 .. 1: same thing counted, same event; -1: none found
};
RivalNumbers find_rival_numbers(const Profile& a, const Profile& b);

// What forbids that one sentence counts for the other, however alike they are; nothing, mostly.
enum class Veto : std::uint8_t {
  none,
  number,     // other values of one thing, and no number in common
  rival,      // another of one kind: Reactor 2, the other chamber, charged and not convicted, fell and not rose
  polarity,   // it happened and it did not; survived and collapsed
  certainty,  // it happened, and it may have or is to
  day,        // on Monday, on Sunday; in 1941, in 1943
  name,       // South Tarva, North Tarva
  withdrawn,  // one is part of a notice of correction: what it repeats it takes back
};
Veto find_veto(const Profile& a, const Profile& b);
std::string_view name_of(Veto veto);  // "number"; empty for none

// Compares one sentence with many of its story: it is laid out once in tables by key, and of each of the others only its own
// words are looked up there.
class Comparer {
 public:
  explicit Comparer(std::span<const Profile> profiles);  // of one story

  // `a` must live while it is compared.
  void lay_out(const Profile& a);

  // Requires: both are of the story. "vectors" is left 0. Complexity: linear in b; numbers, predicates and names are looked
  // for in a bounded part of both.
  Features compare_with(const Profile& b) const;

 private:
  struct Place {
    std::uint32_t token = 0;                // position in its tokens, from 1
    float said = 0, before = 0, after = 0;  // weights
  };
  struct Shared;
  Shared share_tokens(const Profile& b) const;
  void take_back();
  static std::size_t longest_run(const std::vector<std::uint64_t>& at, std::span<const std::uint32_t> b);
  void compare_texts(const Profile& b, Features& f) const;
  void compare_characters(const Profile& b, Features& f) const;
  void compare_contexts(const Profile& b, Features& f) const;
  void compare_places(const Profile& b, Features& f) const;

  const Profile* a_ = nullptr;
  std::vector<Place> place_;                        // by token
  std::vector<float> gram_;                         // weight, by gram
  std::vector<std::uint64_t> in_run_, in_quoted_;   // by word: the places where it stands, bit by bit
  std::array<double, most_in_run + 1> log_of_run_;  // log(1 + n), by n
};

Features compare(const Profile& a, const Profile& b);

}  // namespace storymerge::align

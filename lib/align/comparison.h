#pragma once
// How alike are two sentences, feature by feature?
//
// Everything here is what anyone can point at in the two texts. The weights of the features are in weights.inc, fitted by
// tests/fit/fit_alignment.cpp. None knows how large the story is.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "align/profile.h"

namespace storymerge::alignment {

inline constexpr std::array feature_names = {
    "bias",          "cosine",       "dice",           "containment",  "covered_most",   "char_cosine",
    "pair_cosine",   "rarest",       "second",         "third",        "names",          "name_count",
    "number_weight", "number_count", "numbers_differ", "rival_number", "agreed_number",  "day",
    "before",        "after",        "across",         "supplied",     "distance",       "later",
    "earlier",       "shorter",      "longer",         "quotation",    "quoted_both",    "quoted_one",
    "predicate",     "speaker",      "negation",       "hedge",        "in_title_least", "in_title_most",
    "same_origin",   "heading",      "shared_weight"};
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

// Complexity: linear in the two sentences.
Features compare(const Profile& a, const Profile& b);

}  // namespace storymerge::alignment

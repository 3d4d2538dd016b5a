#pragma once
// What of a sentence can differ from another sentence that says the same?
//
// A statement of the alignment -> its frame: the words that say what it is about, and beside them, each with its place, its
// numbers and what they are numbers of, its days, full names, predicates and quotation.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/align/alignment.h"
#include "storymerge/claim/claims.h"

namespace storymerge::dispute {

struct Number {
  double low = 0, high = 0, value = 0;  // a bound left open is the number named
  Slot slot;
  std::string_view unit;
  ByteRange range, noun;                // as written
  bool ordinal = false, vague = false;  // vague: "thousands", "tens of millions", "dozens"
};

// First and last day meant, as days since 1970.
struct Day {
  std::int32_t first = 0, last = 0;
  ByteRange range;
};

struct FullName {
  std::uint32_t name = 0;  // position in StoryNames::names
  std::uint32_t first_word = 0, last_word = 0;
  ByteRange range;
};

// What a clause says to happen, or not to happen.
struct Action {
  Term predicate = 0;
  std::uint32_t word = 0;   // where that stands, in Document::body
  std::vector<Term> terms;  // of its clause, without numbers, days and the predicate; sorted, distinct
  bool negative = false;
  std::uint32_t negations = 0;  // negating words of its clause
  bool negator_before = false;  // one of them stands shortly before the predicate
  Hedge hedge = Hedge::asserted;
};

struct Frame {
  SourceSpan span;
  std::uint32_t statement = 0;  // position in the alignment's statements
  std::uint32_t origin = 0;     // position in Duplicates::origins
  std::optional<Time> published;
  std::vector<Term> terms;  // words outside numbers and days, sorted, distinct
  std::vector<Number> numbers;
  std::vector<Day> days;
  std::vector<FullName> names;
  std::vector<Action> actions;
  std::vector<Term> quoted;              // quoted words in order
  std::optional<std::uint32_t> speaker;  // position in StoryNames::names
  bool corrects = false;                 // of a notice that takes something back
};

// One frame a statement. Complexity: linear in the text.
std::vector<Frame> read_frames(const Material& material, const Alignment& alignment);

// 0 .. 1: the words that both have by those of both.
double shared_words(const std::vector<Term>& a, const std::vector<Term>& b);

}  // namespace storymerge::dispute

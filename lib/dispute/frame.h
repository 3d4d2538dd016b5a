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

#include "claim/contrast.h"
#include "storymerge/align/alignment.h"
#include "storymerge/claim/claims.h"

namespace storymerge::dispute {

struct Number {
  double low = 0, high = 0, value = 0;  // a bound left open is the number named
  bool least = false, most = false;     // "more than", "at most": open above, below
  Slot slot;
  std::string_view unit;
  ByteRange range, noun;  // as written
  bool ordinal = false;
  bool label = false;     // a part of a name or of a longer number: "the Group of Seven", "Bill 8", "at 3: 33"
  bool expected = false;  // "the 60-vote threshold", "analysts had expected 700,000": what should be, and not what is
  bool rate = false;      // "a day", "each week"
};

// First and last day meant, as days since 1970.
struct Day {
  std::int32_t first = 0, last = 0;
  ByteRange range;
  const DateMention* mention = nullptr;
};

struct FullName {
  std::uint32_t name = 0;  // position in StoryNames::names
  std::uint32_t first_word = 0, last_word = 0;
  ByteRange range;
};

struct Frame {
  SourceSpan span;
  std::uint32_t statement = 0;       // position in the alignment's statements
  std::uint32_t origin = 0;          // position in Duplicates::origins
  std::optional<Time> published;     // of a live page: when its entry was written
  std::optional<std::size_t> entry;  // of a live page
  std::vector<Term> terms;           // words outside numbers and days, sorted, distinct
  std::vector<Number> numbers;
  std::vector<Day> days;
  std::vector<FullName> names;
  std::vector<claim::Act> acts;          // of its clauses
  std::vector<Term> quoted;              // quoted words in order
  std::optional<std::uint32_t> speaker;  // position in StoryNames::names; whom it names itself: "she" may be anyone
  bool corrects = false;                 // of a notice that takes something back
};

// One frame a statement. Complexity: linear in the text.
std::vector<Frame> read_frames(const Material& material, const Alignment& alignment);

using claim::shared_words;

}  // namespace storymerge::dispute

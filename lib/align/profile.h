#pragma once
// What of a sentence is compared with other sentences?
//
// The material of one story -> its statements (sentences; DESIGN: the unit of display), and for each that is no copy a profile:
// sorted columns of words, names, numbers, days, character n-grams and quoted words with their weight in the story, so that
// two profiles are compared in one pass over both.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "claim/contrast.h"
#include "claim/measures.h"
#include "storymerge/align/alignment.h"

namespace storymerge::align {

// A word, name, number or day, with its weight in this story.
struct Token {
  enum Kind : std::uint8_t { word, name, number, day };
  std::uint64_t key = 0;
  float weight = 0;
  Kind kind = word;
  float general = 1;     // how rare the word is in English at large, about 0 .. 1
  std::uint32_t id = 0;  // the key's number in this story
};

// A number as what is compared: its interval and what it is the number of.
struct Number {
  double low = 0, high = 0, value = 0;
  std::uint64_t unit = 0;  // hash of Quantity::unit
  Slot slot;
  claim::Measure measure;
};

struct Gram {
  std::uint32_t key = 0;  // its three or four bytes
  std::uint32_t id = 0;   // the key's number in this story
  float weight = 0;
};

// One of a kind that others of the kind rival: reactor/2, chamber/senate, case/charge.
struct OneOfAKind {
  std::uint64_t kind = 0, one = 0;
  friend auto operator<=>(const OneOfAKind&, const OneOfAKind&) = default;
};

// A name of two words or more, with its words: what tells siblings apart.
struct FullName {
  std::uint32_t name = 0;   // position in StoryNames::names
  std::vector<Term> words;  // in order
};

inline constexpr std::size_t most_in_run = 64;  // words looked at for what two sentences say word for word

struct Profile {
  std::vector<std::uint32_t> statements;  // positions in the story's statements: the one described, then its copies
  std::uint32_t origin = 0;               // position in Duplicates::origins
  std::uint32_t article = 0;              // position in Story::articles
  std::uint32_t sentence = 0;             // position in Document::sentences
  std::uint32_t sentences = 1;            // in its article
  std::optional<Time> published;
  std::vector<Token> tokens;  // sorted by key, distinct
  // What the sentences beside it say, lighter with distance, sorted by key; and characters, 3 and 4 of a word, its ends among them,
  // sorted, of length 1. Those that no other article has are counted, and left out: sentences of one are not compared.
  std::vector<Token> before, after;
  std::vector<Gram> grams;
  std::vector<std::uint32_t> run;     // its words' numbers, in order; the first most_in_run
  std::vector<std::uint32_t> quoted;  // of those in quotation marks
  std::vector<Term> predicates;       // of its clauses, sorted, distinct
  std::vector<Number> numbers;
  std::vector<OneOfAKind> rivals;  // sorted, distinct
  std::vector<claim::Act> acts;    // of its clauses
  std::vector<FullName> names;
  double quoted_share = 0;  // of its words
  bool negative = false;
  bool heading = false;
  bool leans = false;                      // on the sentence before it (Statement::leans)
  bool corrects = false;                   // of a notice that takes something back
  double total = 0, norm = 0;              // sum and Euclidean norm of the weights of `tokens`
  double log_total = 0, log_sentence = 0;  // log(total), and log(1 + sentence): looked at once for each other sentence
  double name_weight = 0, general_total = 0, gram_total = 0;
  double before_total = 0, after_total = 0;  // sums of weights, of what is left out, too
  double in_title = 0;                       // share of its weight that its article's title has too
};

// The sentences of a story, in order of their spans.
std::vector<Statement> list_statements(const Material& material);

// One profile a statement that is no copy of another of its origin, in order. An article alone has nothing to be compared
// with: weights, contexts and characters are left out. Complexity: linear in the text, near enough.
std::vector<Profile> describe(const Material& material, std::span<const Statement> statements);

}  // namespace storymerge::align

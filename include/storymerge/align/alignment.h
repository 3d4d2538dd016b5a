#pragma once
// Which sentences say the same, and which of them count for one another?
//
// The material of one story in; out, a cover of its sentences by groups that share a proposition, each with the sentence that
// leads it and with the members that likely say what the lead says. Sentences that share words, names, numbers or what the
// sentences before supply are compared; two logistic models weigh what the two have in common, and then what is known of the
// pairs around them. Their weights are fitted on real news by tests/fit/fit_pairs.cpp.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "storymerge/base/export.h"
#include "storymerge/claim/claims.h"

namespace storymerge {

// How sure it is that two sentences share a proposition.
struct AlignedPair {
  std::uint32_t a = 0, b = 0;  // positions in Alignment::statements, a < b
  double probability = 0;      // 0 .. 1
};

// One sentence of a pair, as a judge sees it.
struct JudgedSentence {
  std::string_view text;
  std::string_view before;  // the sentence before it in its article; empty for the first
  std::string_view title;   // the headline of its article
  std::string_view source;  // its outlet
  std::optional<Time> published;
};
struct JudgedPair {
  JudgedSentence a, b;
};

// How much is asked of what is counted. Measured on stories of real news left out of the fit, precision / recall:
enum class Strictness : std::uint8_t {
  balanced,  // counted .87 / .60; claims told by several origins .91 / .77, their count exactly right in .78
  strict,    // counted .95 / .42; claims told by several origins .97 / .71, exact .80: may be printed unread
};

struct AlignOptions {
  Strictness strictness = Strictness::balanced;
  // Your own judge of pairs (a cross-encoder, a language model): how likely the two sentences share a proposition, 0 .. 1, one
  // a pair; no answer at all leaves the batch to the features. Asked for the candidate pairs of a story, then for others
  // that two likely ones would join, at most `most_judged` at once, from several threads. What it says takes
  // the place of both models; grouping, bars and vetoes stay. Errors: bad_input when it answers with another number of
  // probabilities, or one outside 0 .. 1.
  std::function<std::vector<double>(std::span<const JudgedPair>)> judge{};
  static constexpr std::size_t most_judged = 128;
  // Your own sentence encoder: one vector a sentence, all of one length. What two of them have in common beyond what all
  // sentences of the story have becomes one more feature, with weights fitted for a small encoder (all-MiniLM-L6-v2).
  // Asked once a story, from several threads. Errors: bad_input when the vectors differ in number or length.
  std::function<std::vector<std::vector<float>>(std::span<const std::string_view>)> embed{};
};

// A sentence: what is compared, grouped and shown. It holds one or more claims.
struct Statement {
  SourceSpan span;
  std::uint32_t first_claim = 0, last_claim = 0;  // positions in Material::claims: [first, last)
  bool leans = false;                             // on the sentence before it: "He said it would reopen."
};

// A sentence of a group.
struct Member {
  std::uint32_t statement = 0;  // position in Alignment::statements
  double probability = 1;       // that it says what the lead says
  bool counted = true;          // it likely does, and rivals nothing of it: its origin counts
};

// Sentences that share a proposition: the lead first, whose wording is shown, then the others in order.
struct ClaimGroup {
  std::vector<Member> members;
};

struct Alignment {
  std::vector<Statement> statements;  // every sentence of the story, in order of span
  std::vector<ClaimGroup> groups;     // in order of lead; each statement leads or is counted in at least one
  std::vector<AlignedPair> pairs;     // those that are not all but impossible, in order of (a, b)
};

// A cover, no partition: a sentence that states several things stands in several groups. Copies of a statement stand with it.
// Complexity: near-linear in the sentences: candidate partners of a sentence, and postings looked at, are capped.
STORYMERGE_EXPORT Alignment align_claims(const Material& material, const AlignOptions& options = {});

// What one feature adds to the log-odds of a pair. Features, of words, names, numbers and days, which weigh the more the rarer
// they are in the story:
//   cosine, dice, containment, covered_most    how much both share: by angle, of both, of the shorter, of the longer
//   shared_weight, rarest, second, third       in all; the three rarest that both have
//   general                                    as dice, by how rare the words are in the language at large
//   char_cosine, char_square, char_short       the same of runs of 3 and 4 characters; of the shorter
//   run, quotation                             the longest run of words that both say; that both quote
//   quoted_both, quoted_one                    how much of both is quoted; of one more than of the other
//   number_weight, number_count                shared numbers: their weight, their count
//   numbers_differ, numbers_apart, names_apart numbers in both and none shared; numbers, names that the other lacks
//   predicate, negation                        a verb of both; one is negative
//   supplied, beside, after                    what the sentences round the one give of the other; what follows both
//   in_title                                   how much of it the headline says
//   distance, later, earlier                   where they stand in their articles
//   shorter, longer, hours                     their weights; time between their articles
//   same_origin, heading, vectors              copies of one text; a heading; cosine of a user's vectors
//   bias                                       always 1
struct Contribution {
  std::string_view feature;
  double value = 0;
  double log_odds = 0;  // value times weight
};

// Why two sentences were, or were not, taken to share a proposition, and whether one counts for the other.
struct Explanation {
  double alone = 0;                         // probability by the two texts, before the pairs around are weighed in
  std::vector<Contribution> contributions;  // to its log-odds, strongest first
  std::string_view veto;             // what forbids that one counts for the other: "number", "rival"; empty: nothing
  double together = 0, counted = 0;  // the two bars: to stand together, to count
};
// Requires: a and b are positions in the statements of an alignment of the material, of different articles.
STORYMERGE_EXPORT Explanation explain_sentences(const Material& material, std::uint32_t a, std::uint32_t b,
                                                const AlignOptions& options = {});

}  // namespace storymerge

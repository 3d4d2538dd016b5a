#pragma once
// Which claims say the same?
//
// The claims of one story in; out, groups of those that say the same. Claims that share words, names, numbers or senses are
// candidate pairs; logistic models weigh what the two have in common, and then what is known of the pairs around them.
// Their weights are fitted on data/gold by tests/fit/fit_alignment.cpp. Groups are a cover, no partition: a sentence may
// tell several things.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "storymerge/base/export.h"
#include "storymerge/claim/claims.h"

namespace storymerge {

// How sure it is that two claims say the same.
struct AlignedPair {
  std::uint32_t a = 0, b = 0;  // positions in the story's claims, a < b
  double probability = 0;      // 0 .. 1
};

struct Alignment {
  std::vector<std::vector<std::uint32_t>> groups;  // positions in the story's claims: those that say the same
  std::vector<AlignedPair> pairs;                  // those that are not all but impossible, in order of (a, b)
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
  balanced,  // counted .87 / .58; claims told by several origins .91 / .78, their count exactly right in .72
  strict,    // counted .94 / .40; claims told by several origins .98 / .72, exact .75: may be printed unread
};

struct AlignOptions {
  Strictness strictness = Strictness::balanced;
  // Your own judge of pairs (a cross-encoder, a language model): how likely the two sentences share a proposition, 0 .. 1, one
  // a pair; no answer at all leaves the batch to the features. Asked for the candidate pairs of a story, at most
  // `most_judged` at once, from several threads. What it says takes the place of both models; grouping, bars and vetoes
  // stay. Errors: bad_input when it answers with another number of probabilities, or one outside 0 .. 1.
  std::function<std::vector<double>(std::span<const JudgedPair>)> judge{};
  static constexpr std::size_t most_judged = 128;
  // Your own sentence encoder: one vector a sentence, all of one length. What two of them have in common beyond what all
  // sentences of the story have becomes one more feature, with weights fitted for a small encoder (all-MiniLM-L6-v2).
  // Asked once a story, from several threads. Errors: bad_input when the vectors differ in number or length.
  std::function<std::vector<std::vector<float>>(std::span<const std::string_view>)> embed{};
  // Your own idea of how likely two claims say the same, 0 .. 1 (a sentence encoder, say); takes the place of the
  // comparison of words, names and numbers. What the pairs around say is still weighed in. Called only for candidate
  // pairs of one story, from several threads at once.
  std::function<double(const Claim&, const Claim&)> similarity;
};

// ---- What takes the place of the above: sentences, two bars.

// A sentence: what is compared, grouped and shown. It holds one or more claims.
struct Statement {
  SourceSpan span;
  std::uint32_t first_claim = 0, last_claim = 0;  // positions in Material::claims: [first, last)
};

// A sentence of a group.
struct Member {
  std::uint32_t statement = 0;  // position in SentenceAlignment::statements
  double probability = 1;       // that it says what the lead says
  bool counted = true;          // it likely does, and rivals nothing of it: its origin counts
};

// Sentences that share a proposition: the lead first, whose wording is shown, then the others in order.
struct ClaimGroup {
  std::vector<Member> members;
};

struct SentenceAlignment {
  std::vector<Statement> statements;  // every sentence of the story, in order of span
  std::vector<ClaimGroup> groups;     // in order of lead; each statement leads or is counted in at least one
  std::vector<AlignedPair>
      pairs;  // positions in `statements`; those that are not all but impossible, in order of (a, b)
};

// A cover, no partition: a sentence that states several things stands in several groups. Copies of a statement stand with it.
// Complexity: near-linear in the sentences: candidate partners of a sentence, and postings looked at, are capped.
STORYMERGE_EXPORT SentenceAlignment align_sentences(const Material& material, const AlignOptions& options = {});

// Every claim stands in at least one group; one that states several things may stand in several.
// Complexity: near-linear in the claims: candidate partners of a claim, and postings looked at, are capped.
STORYMERGE_EXPORT Alignment align_claims(const Material& material, const AlignOptions& options = {});

// Why two claims were, or were not, taken to say the same: what each feature adds to the log-odds, strongest first.
// Features, of the words, names, numbers and days of both claims, which weigh the more the rarer they are in the story:
//   cosine, dice, containment, shared_weight  how much they share: by angle, of both, of the shorter, in all
//   soft_dice, soft_containment               the same when words of one sense are nearly the same word
//   senses                                    how far their words are of the same senses
//   names, name_count                         shared names: their share, their count
//   number_weight, number_count               shared numbers: their weight, their count
//   numbers_differ                            both give numbers, and none is shared
//   rival_words, rival_senses, slot_rival     different numbers of one kind: words and senses round both; same thing counted
//   slot_agrees                               the same number of the same thing
//   day                                       1: a day in common; -1: both name days, and none is shared
//   context_gives, context_shared             what the sentences before either supply to the other, and share
//   position, length_ratio                    how far apart they stand in their articles; the shorter by the longer
//   predicate                                 the same verb
//   speaker                                   1: the same person says so; -1: two named persons
//   polarity, hedge                           one is negative; steps between how sure they are
//   same_origin                               copies of one text, or one article
//   bias                                      always 1
struct Contribution {
  std::string_view feature;
  double value = 0;
  double log_odds = 0;  // value times weight
};
// Of two claims by themselves, before the pairs around are weighed in. Requires: a and b are positions in the claims.
STORYMERGE_EXPORT std::vector<Contribution> explain_pair(const Material& material, std::uint32_t a, std::uint32_t b);

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

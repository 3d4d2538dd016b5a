#pragma once
// Which claims say the same?
//
// The claims of one story in; out, groups of those that say the same. Claims that share words, names, numbers or senses are
// candidate pairs; logistic models weigh what the two have in common, and then what is known of the pairs around them.
// Their weights are fitted on data/gold by tests/fit/fit_alignment.cpp. Groups are a cover, no partition: a sentence may
// tell several things.

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

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

struct AlignOptions {
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
SentenceAlignment align_sentences(const Material& material, const AlignOptions& options = {});

// Every claim stands in at least one group; one that states several things may stand in several.
// Complexity: near-linear in the claims: candidate partners of a claim, and postings looked at, are capped.
Alignment align_claims(const Material& material, const AlignOptions& options = {});

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
std::vector<Contribution> explain_pair(const Material& material, std::uint32_t a, std::uint32_t b);

}  // namespace storymerge

#pragma once
// What is asserted, by whom, how firmly?
//
// A claim is a clause: a sentence, or a part of one split at a safe point, never inside a quotation. Each carries a
// frame: what alignment compares.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/base/export.h"
#include "storymerge/dedup/duplicates.h"
#include "storymerge/story/names.h"
#include "storymerge/story/stories.h"
#include "storymerge/text/document.h"

namespace storymerge {

enum class Hedge : std::uint8_t {
  asserted,     // told as a fact
  attributed,   // told on somebody's word
  hedged,       // reportedly, is believed to, seems to
  speculative,  // possible or planned: may, will, plans to, if
};

enum class SlotRole : std::uint8_t {
  value,     // "stands at 4.5%", "46 people were hurt"
  change,    // "rose by 17%", "a cut of 250 jobs", "two more people"
  previous,  // "up from 3.1%", "compared with 12 last year", "not 212 as first reported"
};

// One number of a claim and what it is the number of. Two values of one slot, in whatever words ("14 arrests", "22
// people were detained"), agree or are rivals.
struct Slot {
  std::uint32_t quantity = 0;  // position in Document::quantities
  Term head = 0;               // the noun counted or measured: "people", "turnout"; 0 when none is near
  Term event = 0;              // what happens to it, as Claim::predicate: "detained", "arrests"; 0 when not known
  std::optional<std::uint32_t> event_word;  // where that stands, in Document::body
  bool people = false;  // persons are counted, whatever they are called: "arrests", "passengers", "12 dead"
  SlotRole role = SlotRole::value;
};

struct Claim {
  SourceSpan span;               // the clause
  std::uint32_t sentence = 0;    // position in Document::sentences
  std::uint32_t first_word = 0;  // words of Document::body: [first_word, last_word)
  std::uint32_t last_word = 0;
  std::vector<Term> terms;           // content terms, sorted, distinct
  std::vector<std::uint32_t> names;  // positions in StoryNames::names, sorted, distinct
  std::vector<Term> context_terms;   // what the discourse supplies and the clause leaves out: the subject that a
  std::vector<std::uint32_t> context_names;  // pronoun or "the ferry" stands for, or that an earlier clause names
  std::vector<std::uint32_t> quantities;     // positions in Document::quantities
  std::vector<Slot> slots;                   // one for each of `quantities`
  std::vector<std::uint32_t> dates;          // positions in Document::dates
  Term predicate = 0;                        // main verb or event noun; common news verbs of one meaning share a term
  std::optional<std::uint32_t> predicate_word;  // where that stands, in Document::body
  bool negative =
      false;  // denied: an odd number of negations govern the predicate, or its subject or object is "no one"
  Hedge hedge = Hedge::asserted;
  bool direct_speech = false;  // most of it stands in quotation marks
  // Who is quoted or cited as saying it: a name (where a pronoun stands for it, its fullest mention in the article) or a
  // description, never a bare pronoun, never the article's own outlet.
  std::optional<SourceSpan> speaker;
  std::optional<std::uint32_t> speaker_name;  // the same as a position in StoryNames::names
  std::optional<SourceSpan> via;          // the outlet that the clause itself credits with the report: "told Reuters"
  std::optional<std::uint32_t> via_name;  // the same as a position in StoryNames::names
  std::uint32_t citation_first = 0;       // words of Document::body that only say who says it: [first, last);
  std::uint32_t citation_last = 0;        // none when equal
  // Which rules found these; empty for no speaker, affirmed, a fact.
  std::string_view speaker_rule, polarity_rule, hedge_rule;
};

// The claims of a story's articles, in order of (article, begin). Every body sentence is covered by its claims.
STORYMERGE_EXPORT std::vector<Claim> extract_claims(const Corpus& corpus, std::span<const Document> documents,
                                                    const Story& story, const StoryNames& names);

// What belongs to one story: what every later room is given. It refers to the first four, which must outlive it, and owns
// what was read from them.
struct Material {
  const Corpus& corpus;
  std::span<const Document> documents;  // of every article of `corpus`
  const Duplicates& duplicates;         // of all of `corpus`
  const Story& story;
  StoryNames names;
  std::vector<Claim> claims;  // in order of (article, begin); later rooms name a claim by its position here

  std::uint32_t origin_of(const Claim& claim) const { return duplicates.origin_of[claim.span.article]; }
  const Document& document_of(const Claim& claim) const { return documents[claim.span.article]; }
};

// The story's names unified, its claims extracted.
STORYMERGE_EXPORT Material gather(const Corpus& corpus, std::span<const Document> documents,
                                  const Duplicates& duplicates, const Story& story);

}  // namespace storymerge

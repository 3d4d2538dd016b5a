#pragma once
// What do we tell, in which words, in what order, on whose word?
//
// The wording of a claim is verbatim that of a central member whose sentence repeats little of what is told already. The
// summary tells each thing once: first what several origins state, in blocks of claims that lie together in the articles, the
// widest attested block first and the others in order of first report (Barzilay, Elhadad and McKeown, JAIR 17, 2002);
// then what only one has, article by article.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storymerge/align/alignment.h"
#include "storymerge/dispute/disputes.h"

namespace storymerge {

struct Support {
  SourceSpan span;
  std::optional<SourceSpan> speaker;  // who is quoted or cited as saying it
  Hedge hedge = Hedge::asserted;      // how firmly this passage states it
};

enum class ClaimStatus : std::uint8_t {
  corroborated,  // two origins or more state it, and there is no dispute
  single,        // one origin alone states it, and there is no dispute
  disputed,      // sources give values that conflict
  updated,       // none conflict, but later reports supersede earlier ones
};

struct MergedClaim {
  std::vector<Support> support;    // [0]: where the wording comes from; then by time, then id
  SourceSpan sentence;             // the sentence that the wording stands in: what to show when it is part of one
  std::uint32_t origin_count = 0;  // independent origins that state it or a rival value of it
  ClaimStatus status = ClaimStatus::single;
  std::vector<Support> also{};  // passages that share something with it and are not counted
};

struct MergedValue {
  std::string value;
  std::vector<Support> support;
};

struct MergedDispute {
  std::uint32_t claim = 0;  // position in MergedStory::claims
  DisputeKind kind = DisputeKind::quantity;
  Resolution resolution = Resolution::conflict;
  std::vector<MergedValue> values;
};

struct MergedStory {
  std::string id;                      // Story::id
  std::string title;                   // the headline that shares most with the other articles, of the current numbers
  std::vector<ArticleIndex> articles;  // in order
  std::vector<Origin> origins;
  std::vector<DuplicatePair> copies;  // verified pairs among `articles`, in order: why an origin is one voice
  std::vector<MergedClaim> claims;    // in telling order
  std::vector<MergedDispute> disputes;
  std::vector<std::vector<std::uint32_t>> summary;  // paragraphs of positions in `claims`, in telling order
  std::vector<std::vector<std::uint32_t>> further;  // what the summary has no room for, article by article
  std::vector<Name> names;                          // which spellings were taken as one name, and by which rule
  // furniture[k]: what was left out of the story's k-th article, and why.
  std::vector<std::vector<Furniture>> furniture;
};

// Every group of `alignment` becomes one claim, every dispute one dispute.
// Requires: `alignment` and `disputes` are what align_claims and find_disputes made of `material`.
MergedStory merge_story(const Material& material, const Alignment& alignment, std::span<const Dispute> disputes);

}  // namespace storymerge

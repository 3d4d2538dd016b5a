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
#include "storymerge/base/export.h"
#include "storymerge/dispute/disputes.h"

namespace storymerge {

// A passage: a sentence, or a quotation that holds several.
struct Support {
  SourceSpan span;
  std::optional<SourceSpan> speaker;  // who is quoted or cited as saying it: a name or description, no bare pronoun
  Hedge hedge = Hedge::asserted;      // how firmly this passage states it
  std::string via{};                  // the outlet that the passage itself credits with the report; empty when none
};

// The first that holds.
enum class ClaimStatus : std::uint8_t {
  disputed,      // sources give values that conflict
  updated,       // none conflict, but later reports supersede earlier ones
  corroborated,  // two origins or more state it
  single,        // one alone does
};

struct MergedClaim {
  std::string id;                // made of the passage that first stated it: it stays while other articles come and go
  std::vector<Support> support;  // passages that say it; [0]: where the wording comes from; then by time, then id
  std::vector<Support> also;     // passages that share something with it and are not counted; by time, then id
  // Independent voices whose passages say what the wording says. Passages that credit one outlet (`via`) are one voice, and
  // the same as that outlet's own article.
  std::uint32_t origin_count = 0;
  ClaimStatus status = ClaimStatus::single;
  // Ids of claims that its passages founded, or would have, before they were found to say the same or to share something; in
  // byte order (of a StoryStore only). One leads to one claim of a story.
  std::vector<std::string> aliases{};
};

struct MergedValue {
  std::string value;
  std::vector<Support> support;
  std::uint32_t origin_count = 0;
  bool withdrawn = false;  // its own outlet took it back
};

struct MergedDispute {
  std::uint32_t claim = 0;  // position in MergedStory::claims: its wording gives one of the values
  DisputeKind kind = DisputeKind::quantity;
  Resolution resolution = Resolution::conflict;
  std::string about;  // what the values are values of, in the sources' words: "people killed"
  std::vector<MergedValue> values;
};

struct MergedStory {
  std::string id;                      // Story::id
  std::vector<std::string> aliases{};  // ids that now lead to it, in byte order (of a StoryStore only)
  std::string title;                   // the headline that shares most with the other articles, of the newest state
  std::vector<ArticleIndex> articles;  // in order
  // replaced_by[k]: the later version of the same page as the story's k-th article, when the story has one.
  std::vector<std::optional<ArticleIndex>> replaced_by;
  std::vector<Origin> origins;
  std::vector<DuplicatePair> copies;  // verified pairs among `articles`, in order: why an origin is one voice
  std::vector<MergedClaim> claims;    // in telling order
  std::vector<MergedDispute> disputes;
  // Paragraphs of positions in `claims`, in telling order; every claim stands in one of the two, once.
  std::vector<std::vector<std::uint32_t>> summary;  // at most as long as the longest article
  std::vector<std::vector<std::uint32_t>> further;  // what that has no room for, article by article
  std::vector<Touch> touches;                       // Story::touches
  std::vector<Name> names;                          // which spellings were taken as one name, and by which rule
  // furniture[k]: what was left out of the story's k-th article, and why.
  std::vector<std::vector<Furniture>> furniture;
};

// Every group of `alignment` becomes one claim, every dispute one dispute.
// Requires: `alignment` and `disputes` are what align_claims and find_disputes made of `material`.
STORYMERGE_EXPORT MergedStory merge_story(const Material& material, const Alignment& alignment,
                                          std::span<const Dispute> disputes);

// From the story's articles to what is told: gather, align_claims, find_disputes and the above.
// Requires: documents and duplicates of all of `corpus`.
STORYMERGE_EXPORT MergedStory merge_story(const Corpus& corpus, std::span<const Document> documents,
                                          const Duplicates& duplicates, const Story& story,
                                          const AlignOptions& options = {});

}  // namespace storymerge

#pragma once
// Which claims say the same, and which contradict or supersede one another?

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/claim/claims.h"

namespace storymerge {

enum class DisputeKind : std::uint8_t { quantity, date, name, polarity, attribution };
enum class Resolution : std::uint8_t {
  conflict,  // told at about the same time, or no way to tell which holds
  update,    // a later report supersedes the earlier one
};

struct DisputeValue {
  std::string value;                 // as written: "at least 12"
  std::vector<std::uint32_t> claims; // positions in the story's claims
};

struct Dispute {
  std::uint32_t group = 0;           // position in Alignment::groups
  DisputeKind kind = DisputeKind::quantity;
  Resolution resolution = Resolution::conflict;
  std::vector<DisputeValue> values;  // two or more, in order of first report
};

// How sure it is that two claims say the same.
struct AlignedPair {
  std::uint32_t a = 0, b = 0;  // positions in the story's claims, a < b
  double probability = 0;      // 0 .. 1
};

struct Alignment {
  std::vector<std::vector<std::uint32_t>> groups;  // positions in the story's claims: those that say the same
  std::vector<Dispute> disputes;                   // in order of group
  std::vector<AlignedPair> pairs;                  // those that are not all but impossible, in order of (a, b)
};

struct AlignOptions {
  unsigned threads = 0;  // 0: all cores; results do not depend on it
};

// Every claim stands in at least one group.
Alignment align_claims(const Corpus& corpus, std::span<const Document> documents, const Duplicates& duplicates,
                       const Story& story, const StoryNames& names, std::span<const Claim> claims,
                       const AlignOptions& options = {});

}  // namespace storymerge

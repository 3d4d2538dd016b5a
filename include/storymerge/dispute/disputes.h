#pragma once
// Where do sources contradict or overtake one another?
//
// The material of one story and its alignment in; out, disputes: passages of different voices that say the same but for one
// slot, a quantity, a date, a name, whether it is so, or who said it. The single strongest pair of passages decides: it makes
// the dispute and its first two values, and others join only where they differ from one of the two in the same slot. No voice
// stands on two sides of a conflict; each article gives one passage to a side.

#include <cstdint>
#include <string>
#include <vector>

#include "storymerge/align/alignment.h"
#include "storymerge/base/export.h"
#include "storymerge/claim/claims.h"

namespace storymerge {

enum class DisputeKind : std::uint8_t { quantity, date, name, polarity, attribution };
enum class Resolution : std::uint8_t {
  conflict,  // told at about the same time, or no way to tell which holds
  update,    // a later report, or the outlet's own correction, supersedes the earlier one
};

struct DisputeValue {
  std::string value;                      // as written: "at least 12"; of polarity: affirmed, denied
  std::vector<std::uint32_t> statements;  // positions in the alignment's statements: the plainest first
  bool withdrawn = false;                 // its own outlet took it back
};

struct Dispute {
  DisputeKind kind = DisputeKind::quantity;
  Resolution resolution = Resolution::conflict;
  std::string about;                 // what the values are values of, in the sources' words; empty when no words tell
  std::vector<DisputeValue> values;  // two or more, in order of first report
};

// The disputes of a story, the surest first. Requires: `alignment` is what align_claims made of `material`.
// Complexity: linear in the alignment's pairs and members.
STORYMERGE_EXPORT std::vector<Dispute> find_disputes(const Material& material, const Alignment& alignment);

}  // namespace storymerge

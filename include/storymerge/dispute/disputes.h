#pragma once
// Where do sources contradict or overtake one another?
//
// The material of one story and which of its claims say the same in; out, disputes: values that cannot all hold, each with
// the claims that give it.

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
  update,    // a later report supersedes the earlier one
};

struct DisputeValue {
  std::string value;  // as written: "at least 12"
  // Positions in Material::claims: in order; of polarity and attribution the plainest first.
  std::vector<std::uint32_t> claims;
};

struct Dispute {
  std::uint32_t group = 0;  // position in Alignment::groups
  DisputeKind kind = DisputeKind::quantity;
  Resolution resolution = Resolution::conflict;
  std::vector<DisputeValue> values;  // two or more, in order of first report
};

// The disputes of a story, in order of group. Requires: `alignment` is what align_claims made of `material`.
STORYMERGE_EXPORT std::vector<Dispute> find_disputes(const Material& material, const Alignment& alignment);

}  // namespace storymerge

#pragma once
// Which articles tell of several events, and which of their sentences of which?
//
// Sentence after sentence of a morning briefing, a digest, a newsletter is told by the reports of one event, then of another
// that is not like it, then of a third, and none of them fills the text. It ties none of them together: it lends no weight
// to any group.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "story/grouping.h"

namespace storymerge {

// Texts that are roundups, in order. Complexity: O(e) for e edges, of which a bounded number a text count.
Nodes find_roundups(const Texts& texts, std::span<const Edge> edges);

// A text that a roundup may tell of, and its event.
struct Told {
  std::span<const Weight> vector;
  std::uint32_t event = 0;
};

// For each sentence of a text the event that it tells of, when that is clear. `vector`: the text's own.
// Complexity: words of the text times `others`.
std::vector<std::optional<std::uint32_t>> events_told(const Profile& profile, std::span<const Weight> vector,
                                                      std::span<const Told> others);

}  // namespace storymerge

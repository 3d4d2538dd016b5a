#pragma once
// Which passages of a live page were written when?
//
// "11:00 Fifteen are dead … 9:00 Twelve are dead": lines that open with a time of day, newest or oldest first.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "storymerge/base/article.h"
#include "storymerge/base/source_span.h"

namespace storymerge {

struct DatedPassage {
  ByteRange range;
  Time time;
};

// The entries, in order of the text; none where the article has no date, or fewer than three lines in a row of times open with
// one. The day of an entry is that of the article, and goes on where the clock begins anew.
// Complexity: one pass over the lines.
std::vector<DatedPassage> find_entries(const Article& article);

// Position of the entry of a byte of the text; nullopt: it stands in none.
std::optional<std::size_t> entry_at(std::span<const DatedPassage> entries, std::uint32_t at);

}  // namespace storymerge

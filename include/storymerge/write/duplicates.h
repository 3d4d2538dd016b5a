#pragma once
// How do programs read which texts are copies? As JSON Lines, one group of two or more a line:
//
//   articles   [id]       in order of publication
//   original   id         the earliest
//   weakest, density      how well the group holds together (dedup/duplicates.h)
//   pairs      [{a: id, b: id, relation, jaccard, containment_a_in_b, containment_b_in_a}]

#include <functional>
#include <iosfwd>
#include <string_view>

#include "storymerge/base/export.h"
#include "storymerge/dedup/duplicates.h"

namespace storymerge {

STORYMERGE_EXPORT void write_duplicates(std::ostream& out, const Duplicates& duplicates,
                                        const std::function<std::string_view(ArticleIndex)>& id_of);

// Pairs that join, whatever group their articles stand in: as in `pairs` above, one a line.
STORYMERGE_EXPORT void write_pairs(std::ostream& out, const Duplicates& duplicates,
                                   const std::function<std::string_view(ArticleIndex)>& id_of);

}  // namespace storymerge

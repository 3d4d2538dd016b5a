#pragma once
// What of a story does a page of many have room for? What the summary begins with and what is disputed, on the first passages of
// different origins; of the articles these passages, with some words on either side.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/merge/merged_story.h"
#include "storymerge/text/document.h"

namespace storymerge {

struct BriefBounds {
  std::size_t told;      // bytes of the summary; its first claim is told whatever its size
  std::size_t passages;  // of a claim or value, each of another origin, from 1
  std::size_t around;    // bytes before and after a passage
  std::size_t sources;   // that are named, beside those of passages, from 1
  std::size_t disputes;  // conflicts before updates
};

// The first that keeps a story within brief_size is taken: 1,000 stories, how dense soever, are a page of less than 4 MB, 85 KB of it
// style and scripts. Of 679 stories that real news make (all sets of shared/data, 2,359 articles) one in six needs more than the first.
inline constexpr BriefBounds brief_bounds[] = {
    {400, 3, 80, 8, 8}, {400, 2, 60, 5, 4}, {300, 1, 60, 4, 2}, {200, 1, 0, 2, 1}};
inline constexpr std::size_t brief_size = 3'800;  // bytes of a story as HTML

// `story` with fewer claims, passages, disputes, origins and articles, all as they are in it and in its order.
MergedStory in_brief(const MergedStory& story, const BriefBounds& bounds);

// Parts [begin, end) of an article's text, apart from one another, in order.
using Parts = std::vector<ByteRange>;

// By position in shown.articles: its passages with what stands around them. `shown`: in_brief of `story`.
std::vector<Parts> brief_parts(const Corpus& corpus, const MergedStory& story, const MergedStory& shown,
                               std::size_t around);

}  // namespace storymerge

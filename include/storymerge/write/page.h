#pragma once
// How does a server give out the page of write/writer.h, story by story, and again where a story has changed?
//
//   page_opening(served) + page_story(...) for each story + page_closing(served)   the document
//   page_policy(served)                                                            its Content-Security-Policy
//
// A served page asks for `/events`, server-sent events whose data is a revision, and for `/page?since=REVISION`: an HTML fragment of
// the page_story() of each story that changed after it, and
//   <script type="application/json" id="live">{"revision": N, "stories": [["id", changed], ...]}</script>   all there are, in order, and when each changed
// which also stands in the document, before its first story. A server that has not merged all its stories yet adds "step": N to it; such a
// page asks for `/page?since=REVISION&step=N` at the next event, of any revision, and wants what was merged after that step, too.

#include <cstddef>
#include <cstdint>
#include <string>

#include "storymerge/base/corpus.h"
#include "storymerge/base/export.h"
#include "storymerge/merge/merged_story.h"

namespace storymerge {

enum class PageUse : std::uint8_t {
  file,    // opened from a disk: it asks nothing of any network
  served,  // it asks its own server for what has changed
};

enum class PageDetail : std::uint8_t {
  whole,  // all claims, and the articles in full
  brief,  // what the summary begins with and what is disputed; of the articles, these passages and some words on either side
};

// A page of more stories than this holds each in brief.
inline constexpr std::size_t whole_page_stories = 200;

STORYMERGE_EXPORT std::string page_policy(PageUse use);
STORYMERGE_EXPORT std::string page_opening(PageUse use);
STORYMERGE_EXPORT std::string page_story(const Corpus& corpus, const MergedStory& story, PageDetail detail);
STORYMERGE_EXPORT std::string page_closing(PageUse use);

}  // namespace storymerge

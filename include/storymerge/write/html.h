#pragma once
// How does an editor see every story at once, and check each claim against its sources? One self-contained page: it
// works from disk, asks nothing of any network, and holds the text of the articles, so that every passage is shown in
// its place.

#include <cstdint>
#include <iosfwd>

#include "storymerge/base/corpus.h"
#include "storymerge/merge/merged_story.h"

namespace storymerge {

// Stories are written as they are added; none is kept. The stream and the corpus must outlive the page.
class HtmlPage {
 public:
  HtmlPage(std::ostream& out, const Corpus& corpus);
  void add(const MergedStory& story);
  void finish();  // call once, after the last story

 private:
  std::ostream& out_;
  const Corpus& corpus_;
};

}  // namespace storymerge

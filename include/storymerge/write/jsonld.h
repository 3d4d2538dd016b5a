#pragma once
// How do programs that know nothing of storymerge follow each claim to its words? One JSON-LD document of all stories:
//   schema.org      NewsArticle, Claim and the merged story, isBasedOn its articles
//   Web Annotation  one annotation a passage: its place in the article's text in code points (TextPositionSelector) and
//                   its words with 32 characters on either side (TextQuoteSelector)
//   PROV            copies derived from originals, claims quoted from articles, later values revising earlier ones
// What these do not say (status, independent sources, disputes) has terms of its own, under `storymerge:`.
// https://www.w3.org/TR/annotation-model/, https://www.w3.org/TR/prov-o/, https://schema.org/Claim

#include <iosfwd>

#include "storymerge/base/corpus.h"
#include "storymerge/merge/merged_story.h"

namespace storymerge {

// Stories are written as they are added, a node a line; none is kept. The stream and the corpus must outlive the
// document.
class JsonLdDocument {
 public:
  JsonLdDocument(std::ostream& out, const Corpus& corpus);
  void add(const MergedStory& story);
  void finish();  // call once, after the last story

 private:
  std::ostream& out_;
  const Corpus& corpus_;
};

}  // namespace storymerge

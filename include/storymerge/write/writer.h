#pragma once
// How do people and programs read merged stories?
//
// Stories in, one after another; out, a document in one of these formats. Keys come in a fixed order: the same stories, the
// same bytes.
//
// markdown  for a terminal or a pull request: title, the merged text with a source mark on every sentence, disagreements, what
//           only one outlet has, the sources
// html      one self-contained page for an editor: every claim is checked against its sources in their place. It works from disk
//           and asks nothing of any network
// jsonl     for programs: one JSON object a line, in UTF-8, as described below
// jsonld    for programs that know nothing of storymerge: schema.org (NewsArticle, Claim, and the story, isBasedOn its
//           articles); Web Annotation, one a passage (its place in code points, and its words with 32 characters on either
//           side); PROV (copies derived from originals, claims quoted from articles, later values revising earlier ones). What
//           these do not say (status, independent sources, disputes) has terms of its own, under `storymerge:`.
//           https://www.w3.org/TR/annotation-model/, https://www.w3.org/TR/prov-o/, https://schema.org/Claim
// ninjs     for a newsroom system: IPTC ninjs 3.1, one news item a line. The body is the summary as plain text; the articles are
//           its associations ("source", or "copy" of one), the outlets its info sources. `contentCreated` is the first
//           publication, `versionCreated` the last: nothing depends on when it was run. https://iptc.org/standards/ninjs/
//
// jsonl, a line (its JSON Schema is data/story.schema.json):
//   format     2: raised when a key changes its meaning or goes
//   id, title                         strings; the id stays the same when later articles join
//   aliases    [id]   ids that now lead to it; absent when none do (a StoryStore's stories)
//   first_published, last_published   RFC 3339; absent when no article has a date
//   articles   [{id, source, url, title, published, replaced_by}]   published is absent when it is not known; replaced_by:
//                a later version of the same page, where there is one
//   origins    [{articles: [id], original: id, why}]   one voice; why: near_duplicate, contains, version, link, owner (named)
//   claims     [{id, aliases, text, status, origin_count, support, also}]
//                aliases: ids that now lead to it; absent when none do (a StoryStore's claims)
//                status: the first that holds of disputed, updated, corroborated (two or more origins), single;
//                text: support[0].quote; also: passages that share something with it and are not counted
//   disputes   [{claim: id, kind, about, resolution, values: [{value, origin_count, withdrawn, support}]}]
//                kind: quantity, date, name, polarity, attribution; resolution: conflict, update; withdrawn: true where its
//                own outlet took the value back, else absent
//   summary    [[id]]   paragraphs of claims, in telling order; at most as long as the longest article
//   further    [[id]]   what the summary has no room for: paragraphs, article by article
//   touches    [{article: id, begin, end, quote, story: id}]   passages that tell of another story
//   names      [{canonical, variants: [{name, rule}]}]   spellings taken as one name
//   copies     [{a: id, b: id, relation, jaccard, containment_a_in_b, containment_b_in_a}]
//   furniture  [{article: id, begin, end, quote, reason}]   what was left out
//
// support and also are [{article: id, begin, end, quote, speaker, hedge, via}]: bytes [begin, end) of the article's text,
// and those bytes. speaker is absent when nobody is cited, hedge (attributed, hedged, speculative) when it is told as a fact,
// via when the passage credits no outlet.

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

#include "storymerge/base/corpus.h"
#include "storymerge/base/export.h"
#include "storymerge/merge/merged_story.h"

namespace storymerge {

enum class Format : std::uint8_t { markdown, jsonl, html, jsonld, ninjs };

// Stories are written as they are added; none is kept, but of a page the first whole_page_stories (write/page.h) as text. The stream and the corpus must outlive the writer.
class STORYMERGE_EXPORT Writer {
 public:
  Writer(Format format, std::ostream& out, const Corpus& corpus);
  void add(const MergedStory& story) { add(corpus_, story); }
  void add(const Corpus& corpus, const MergedStory& story);  // one of another corpus, as a StoryStore gives them
  void finish();                                             // call once, after the last story

 private:
  Format format_;
  std::ostream& out_;
  const Corpus& corpus_;
  // Of a page: what its first stories are, in full and in brief, until it is known which is wanted.
  std::size_t stories_ = 0;
  std::string whole_, brief_;
};

// A whole document.
STORYMERGE_EXPORT void write(Format format, std::ostream& out, const Corpus& corpus,
                             std::span<const MergedStory> stories);

}  // namespace storymerge

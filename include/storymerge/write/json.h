#pragma once
// How do programs read a merged story? One JSON object a line, in UTF-8:
//
//   id, title                         strings; the id stays the same when later articles join
//   first_published, last_published   RFC 3339; absent when no article has a date
//   articles   [{id, source, url, title, published}]   published is absent when it is not known
//   origins    [{articles: [id], original: id}]        copies of one text share an origin
//   claims     [{id, text, sentence, status, origin_count, support}]
//                status: corroborated (two or more origins), single, disputed, updated; text: support[0].quote;
//                sentence: the one that the text stands in, where it is a part of one
//   disputes   [{claim: id, kind, resolution, values: [{value, support}]}]
//                kind: quantity, date, name, polarity, attribution; resolution: conflict, update
//   summary    [[id]]   paragraphs of claims, in telling order
//   names      [{canonical, variants: [{name, rule}]}]   spellings taken as one name
//   copies     [{a: id, b: id, relation, jaccard, containment_a_in_b, containment_b_in_a}]
//   furniture  [{article: id, begin, end, quote, reason}]   what was left out
//
// support is [{article: id, begin, end, quote, speaker, hedge}]: bytes [begin, end) of the article's text, and those bytes.
// speaker is absent when nobody is cited, hedge (attributed, hedged, speculative) when it is told as a fact.

#include <iosfwd>

#include "storymerge/base/corpus.h"
#include "storymerge/merge/merged_story.h"

namespace storymerge {

// Writes one line. Keys in a fixed order; the same story, the same bytes.
void write_json(std::ostream& out, const Corpus& corpus, const MergedStory& story);

}  // namespace storymerge

#pragma once
// storymerge: news coverage by many outlets in, one consolidated story per event out.
//
// The rooms, in the order in which data flows; each includes only rooms before it.
//
//   base    where did these bytes come from?                       Article, Corpus, SourceSpan, Error
//   lang    what does this word do in this language?               one folder of tables a language (lib/lang)
//   read    which inputs became articles, which did not, why?      files, streams -> Corpus + ReadReport
//   text    body or furniture; sentences, words, names, numbers    Article -> Document
//   sketch  how alike are two texts, without comparing them?       words -> shingles -> MinHash signature
//   dedup   which texts are copies of one another?                 Documents -> Duplicates (verified pairs, origins)
//   story   which articles tell of one event?                      origins -> Stories, names unified
//   claim   what is asserted, by whom, how firmly?                 Story -> Claims, each a span of one article
//   align   which claims say the same?                             Material (story, names, claims) -> Alignment
//   dispute where do sources contradict or overtake one another?   Material, Alignment -> Disputes
//   merge   what do we tell, in which words, on whose word?        Alignment -> MergedStory
//   write   how do people and programs read it?                    JSON, Markdown, HTML, JSON-LD, ninjs
//   store   what did we know when, and what changed since?         articles over time -> durable stories, deltas
//   eval    how good is it?                                        gold + MergedStories -> figures (not included here)
//
// merge_stories (pipeline.h) runs them all. Results are value types that speak of articles by ArticleIndex and of bytes by
// SourceSpan; the Corpus alone owns the text. Nothing here prints, logs or exits; errors are thrown as Error.

#include "storymerge/align/alignment.h"
#include "storymerge/base/corpus.h"
#include "storymerge/base/error.h"
#include "storymerge/claim/claims.h"
#include "storymerge/dedup/duplicates.h"
#include "storymerge/dispute/disputes.h"
#include "storymerge/lang/languages.h"
#include "storymerge/merge/merged_story.h"
#include "storymerge/pipeline.h"
#include "storymerge/read/read.h"
#include "storymerge/read/sources.h"
#include "storymerge/read/url.h"
#include "storymerge/sketch/minhash.h"
#include "storymerge/sketch/minhash_lsh.h"
#include "storymerge/sketch/shingles.h"
#include "storymerge/sketch/signature_file.h"
#include "storymerge/store/story_store.h"
#include "storymerge/story/explain.h"
#include "storymerge/story/index.h"
#include "storymerge/story/names.h"
#include "storymerge/story/stories.h"
#include "storymerge/text/document.h"
#include "storymerge/write/duplicates.h"
#include "storymerge/write/json_writer.h"
#include "storymerge/write/page.h"
#include "storymerge/write/word_for.h"
#include "storymerge/write/writer.h"

#include "storymerge/write/json_writer.h"
#include "storymerge/write/word_for.h"
#include "write/common.h"
#include "write/formats.h"

namespace storymerge {
namespace {

void write_span(JsonWriter& json, const Corpus& corpus, SourceSpan span) {
  json.field("article", corpus[span.article].id);
  json.field("begin", span.begin).field("end", span.end);
  json.field("quote", corpus.quote(span));
}

void write_support(JsonWriter& json, const Corpus& corpus, const std::vector<Support>& support) {
  json.key("support").begin_array();
  for (const Support& s : support) {
    json.begin_object();
    write_span(json, corpus, s.span);
    if (s.speaker) json.field("speaker", corpus.quote(*s.speaker));
    if (s.hedge != Hedge::asserted) json.field("hedge", word_for(s.hedge));
    json.end_object();
  }
  json.end_array();
}

}  // namespace

void write_jsonl(std::ostream& out, const Corpus& corpus, const MergedStory& story) {
  JsonWriter json(out);
  json.begin_object().field("id", story.id).field("title", story.title);

  if (const std::optional<Period> period = period_of(corpus, story)) {
    json.field("first_published", format_time(period->first)).field("last_published", format_time(period->last));
  }

  json.key("articles").begin_array();
  for (const ArticleIndex a : story.articles) {
    const Article& article = corpus[a];
    json.begin_object().field("id", article.id).field("source", article.source);
    json.field("url", article.url).field("title", article.title);
    if (article.published) json.field("published", format_time(*article.published));
    json.end_object();
  }
  json.end_array();

  json.key("origins").begin_array();
  for (const Origin& origin : story.origins) {
    json.begin_object().key("articles").begin_array();
    for (const ArticleIndex a : origin.articles) json.value(corpus[a].id);
    json.end_array().field("original", corpus[origin.original].id).end_object();
  }
  json.end_array();

  json.key("claims").begin_array();
  for (std::uint32_t c = 0; c < story.claims.size(); ++c) {
    const MergedClaim& claim = story.claims[c];
    json.begin_object().field("id", claim_id(c)).field("text", corpus.quote(claim.support.front().span));
    if (claim.sentence != claim.support.front().span) json.field("sentence", corpus.quote(claim.sentence));
    json.field("status", word_for(claim.status)).field("origin_count", claim.origin_count);
    write_support(json, corpus, claim.support);
    json.end_object();
  }
  json.end_array();

  json.key("disputes").begin_array();
  for (const MergedDispute& dispute : story.disputes) {
    json.begin_object().field("claim", claim_id(dispute.claim)).field("kind", word_for(dispute.kind));
    json.field("resolution", word_for(dispute.resolution)).key("values").begin_array();
    for (const MergedValue& value : dispute.values) {
      json.begin_object().field("value", value.value);
      write_support(json, corpus, value.support);
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();

  json.key("summary").begin_array();
  for (const std::vector<std::uint32_t>& paragraph : story.summary) {
    json.begin_array();
    for (const std::uint32_t c : paragraph) json.value(claim_id(c));
    json.end_array();
  }
  json.end_array();

  json.key("names").begin_array();
  for (const Name& name : story.names) {
    if (name.variants.empty()) continue;
    json.begin_object().field("canonical", name.canonical).key("variants").begin_array();
    for (std::size_t v = 0; v < name.variants.size(); ++v) {
      json.begin_object().field("name", name.variants[v]).field("rule", name.rules[v]).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();

  json.key("copies").begin_array();
  for (const DuplicatePair& pair : story.copies) {
    json.begin_object().field("a", corpus[pair.a].id).field("b", corpus[pair.b].id);
    json.field("relation", word_for(pair.relation)).field("jaccard", pair.jaccard);
    json.field("containment_a_in_b", pair.containment_a_in_b).field("containment_b_in_a", pair.containment_b_in_a);
    json.end_object();
  }
  json.end_array();

  json.key("furniture").begin_array();
  for (std::size_t k = 0; k < story.furniture.size(); ++k) {
    for (const Furniture& furniture : story.furniture[k]) {
      json.begin_object();
      write_span(json, corpus, {story.articles[k], furniture.range.begin, furniture.range.end});
      json.field("reason", furniture.reason).end_object();
    }
  }
  json.end_array().end_object().raw("\n");
}

}  // namespace storymerge

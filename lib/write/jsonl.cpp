#include "storymerge/write/json_writer.h"
#include "storymerge/write/word_for.h"
#include "write/common.h"
#include "write/formats.h"

namespace storymerge {
namespace {

constexpr std::uint32_t format_version = 2;  // raised when a key changes its meaning or goes

void write_span(JsonWriter& json, const Corpus& corpus, SourceSpan span) {
  json.field("article", corpus[span.article].id);
  json.field("begin", span.begin).field("end", span.end);
  json.field("quote", corpus.quote(span));
}

void write_support(JsonWriter& json, const Corpus& corpus, std::string_view key, const std::vector<Support>& support) {
  json.key(key).begin_array();
  for (const Support& s : support) {
    json.begin_object();
    write_span(json, corpus, s.span);
    if (s.speaker) json.field("speaker", corpus.quote(*s.speaker));
    if (s.hedge != Hedge::asserted) json.field("hedge", word_for(s.hedge));
    if (!s.via.empty()) json.field("via", s.via);
    json.end_object();
  }
  json.end_array();
}

void write_articles(JsonWriter& json, const Corpus& corpus, const MergedStory& story) {
  json.key("articles").begin_array();
  for (std::size_t k = 0; k < story.articles.size(); ++k) {
    const Article& article = corpus[story.articles[k]];
    json.begin_object().field("id", article.id).field("source", article.source);
    json.field("url", article.url).field("title", article.title);
    if (article.published) json.field("published", format_time(*article.published));
    if (story.replaced_by[k]) json.field("replaced_by", corpus[*story.replaced_by[k]].id);
    json.end_object();
  }
  json.end_array();
}

void write_origins(JsonWriter& json, const Corpus& corpus, const MergedStory& story) {
  json.key("origins").begin_array();
  for (const Origin& origin : story.origins) {
    json.begin_object().key("articles").begin_array();
    for (const ArticleIndex a : origin.articles) json.value(corpus[a].id);
    json.end_array().field("original", corpus[origin.original].id).key("why").begin_array();
    for (const std::string_view reason : reasons(story, origin)) json.value(reason);
    json.end_array();
    if (!origin.owner.empty()) json.field("owner", origin.owner);
    json.end_object();
  }
  json.end_array();
}

void write_aliases(JsonWriter& json, const std::vector<std::string>& aliases) {
  if (aliases.empty()) return;
  json.key("aliases").begin_array();
  for (const std::string& alias : aliases) json.value(alias);
  json.end_array();
}

void write_claims(JsonWriter& json, const Corpus& corpus, const MergedStory& story) {
  json.key("claims").begin_array();
  for (const MergedClaim& claim : story.claims) {
    json.begin_object().field("id", claim.id);
    write_aliases(json, claim.aliases);
    json.field("text", corpus.quote(claim.support.front().span));
    json.field("status", word_for(claim.status)).field("origin_count", claim.origin_count);
    write_support(json, corpus, "support", claim.support);
    write_support(json, corpus, "also", claim.also);
    json.end_object();
  }
  json.end_array();
}

void write_disputes(JsonWriter& json, const Corpus& corpus, const MergedStory& story) {
  json.key("disputes").begin_array();
  for (const MergedDispute& dispute : story.disputes) {
    json.begin_object().field("claim", story.claims[dispute.claim].id).field("kind", word_for(dispute.kind));
    json.field("about", dispute.about).field("resolution", word_for(dispute.resolution)).key("values").begin_array();
    for (const MergedValue& value : dispute.values) {
      json.begin_object().field("value", value.value).field("origin_count", value.origin_count);
      if (value.withdrawn) json.field("withdrawn", true);
      write_support(json, corpus, "support", value.support);
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

void write_paragraphs(JsonWriter& json, const MergedStory& story, std::string_view key,
                      const std::vector<std::vector<std::uint32_t>>& paragraphs) {
  json.key(key).begin_array();
  for (const std::vector<std::uint32_t>& paragraph : paragraphs) {
    json.begin_array();
    for (const std::uint32_t c : paragraph) json.value(story.claims[c].id);
    json.end_array();
  }
  json.end_array();
}

void write_touches(JsonWriter& json, const Corpus& corpus, const MergedStory& story) {
  json.key("touches").begin_array();
  for (const Touch& touch : story.touches) {
    json.begin_object();
    write_span(json, corpus, touch.span);
    json.field("story", touch.story).end_object();
  }
  json.end_array();
}

void write_names(JsonWriter& json, const MergedStory& story) {
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
}

void write_copies(JsonWriter& json, const Corpus& corpus, const MergedStory& story) {
  json.key("copies").begin_array();
  for (const DuplicatePair& pair : story.copies) {
    json.begin_object().field("a", corpus[pair.a].id).field("b", corpus[pair.b].id);
    json.field("relation", word_for(pair.relation)).field("jaccard", pair.jaccard);
    json.field("containment_a_in_b", pair.containment_a_in_b).field("containment_b_in_a", pair.containment_b_in_a);
    json.end_object();
  }
  json.end_array();
}

void write_furniture(JsonWriter& json, const Corpus& corpus, const MergedStory& story) {
  json.key("furniture").begin_array();
  for (std::size_t k = 0; k < story.furniture.size(); ++k) {
    for (const Furniture& furniture : story.furniture[k]) {
      json.begin_object();
      write_span(json, corpus, {story.articles[k], furniture.range.begin, furniture.range.end});
      json.field("reason", furniture.reason).end_object();
    }
  }
  json.end_array();
}

}  // namespace

void write_jsonl(std::ostream& out, const Corpus& corpus, const MergedStory& story) {
  JsonWriter json(out);
  json.begin_object().field("format", format_version).field("id", story.id).field("title", story.title);
  write_aliases(json, story.aliases);
  if (const std::optional<Period> period = period_of(corpus, story)) {
    json.field("first_published", format_time(period->first)).field("last_published", format_time(period->last));
  }
  write_articles(json, corpus, story);
  write_origins(json, corpus, story);
  write_claims(json, corpus, story);
  write_disputes(json, corpus, story);
  write_paragraphs(json, story, "summary", story.summary);
  write_paragraphs(json, story, "further", story.further);
  write_touches(json, corpus, story);
  write_names(json, story);
  write_copies(json, corpus, story);
  write_furniture(json, corpus, story);
  json.end_object().raw("\n");
}

}  // namespace storymerge

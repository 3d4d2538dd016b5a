#include <fmt/format.h>

#include "storymerge/write/json_writer.h"
#include "storymerge/write/word_for.h"
#include "write/common.h"
#include "write/formats.h"
#include "write/text_units.h"

namespace storymerge {
namespace {

void write_headline(JsonWriter& json, const std::string& title) {
  if (title.empty()) return;
  json.key("headlines").begin_array().begin_object().field("value", title).end_object().end_array();
}

// The language of all articles; "" when they differ or one does not say.
std::string common_language(const Corpus& corpus, const MergedStory& story) {
  std::string language = story.articles.empty() ? "" : corpus[story.articles.front()].language;
  for (const ArticleIndex a : story.articles) {
    if (corpus[a].language != language) return "";
  }
  return language;
}

std::string summary_text(const Corpus& corpus, const MergedStory& story) {
  std::string text;
  for (const std::vector<std::uint32_t>& paragraph : story.summary) {
    if (!text.empty()) text += "\n\n";
    for (std::size_t i = 0; i < paragraph.size(); ++i) {
      if (i > 0) text += ' ';
      text += corpus.quote(story.claims[paragraph[i]].support.front().span);
    }
  }
  return text;
}

void write_association(JsonWriter& json, const Article& article, bool copy) {
  json.begin_object().field("uri", article_iri(article)).field("name", article.id).field("type", "text");
  json.field("rel", copy ? "copy" : "source").field("representationType", "partial");
  if (article.published) json.field("contentCreated", format_time(*article.published));
  if (!article.language.empty()) json.field("language", article.language);
  if (!article.author.empty()) json.field("by", article.author);
  write_headline(json, article.title);
  if (!article.source.empty()) {
    json.key("infoSources").begin_array().begin_object().field("name", article.source).end_object().end_array();
  }
  if (is_web_url(article.url)) {
    json.key("altIds").begin_array().begin_object().field("role", "url").field("value", article.url);
    json.end_object().end_array();
  }
  json.end_object();
}

}  // namespace

void write_ninjs(std::ostream& out, const Corpus& corpus, const MergedStory& story) {
  JsonWriter json(out);
  json.begin_object().field("uri", story_iri(story));
  json.key("standard").begin_object().field("name", "ninjs").field("version", "3.1");
  json.field("schema", "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#").end_object();
  json.field("type", "text").field("representationType", "full").field("profile", "storymerge");
  if (const std::optional<Period> period = period_of(corpus, story)) {
    json.field("contentCreated", format_time(period->first)).field("versionCreated", format_time(period->last));
  }
  if (const std::string language = common_language(corpus, story); !language.empty()) json.field("language", language);
  json.field("title", story.title);
  write_headline(json, story.title);
  json.field("edNote", fmt::format("Merged from {} articles of {} independent sources; {} disputes and updates.",
                                   story.articles.size(), story.origins.size(), story.disputes.size()));
  if (!story.disputes.empty()) {
    json.key("descriptions").begin_array();
    for (const MergedDispute& dispute : story.disputes) {
      std::string values;
      for (const MergedValue& value : dispute.values) values += (values.empty() ? "" : " / ") + value.value;
      json.begin_object().field("role", word_for(dispute.resolution)).field("contentType", "text/plain");
      json.field("value", fmt::format("{}: {}", dispute.about.empty() ? word_for(dispute.kind) : dispute.about, values))
          .end_object();
    }
    json.end_array();
  }

  const std::string body = summary_text(corpus, story);
  json.key("bodies").begin_array().begin_object().field("contentType", "text/plain");
  json.field("charCount", UnitCounter(body, TextUnit::code_point)(static_cast<std::uint32_t>(body.size())));
  json.field("value", body).end_object().end_array();

  json.key("subjects").begin_array();
  for (const Name& name : story.names) json.begin_object().field("name", name.canonical).end_object();
  json.end_array();

  json.key("infoSources").begin_array();
  for (const Origin& origin : story.origins) {
    if (const std::string& source = corpus[origin.original].source; !source.empty()) {
      json.begin_object().field("name", source).end_object();
    }
  }
  json.end_array();

  json.key("associations").begin_array();
  for (const Origin& origin : story.origins) {
    for (const ArticleIndex a : origin.articles) write_association(json, corpus[a], a != origin.original);
  }
  json.end_array().end_object().raw("\n");
}

}  // namespace storymerge

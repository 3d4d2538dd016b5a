#include <algorithm>
#include <ostream>
#include <span>
#include <string>

#include "storymerge/write/json_writer.h"
#include "storymerge/write/word_for.h"
#include "support/embedded.h"
#include "write/common.h"
#include "write/formats.h"
#include "write/text_units.h"

namespace storymerge {

std::span<const EmbeddedFile> page_files();  // the files of write/page, made part of the library at build

namespace {

const EmbeddedFile& page_file(std::string_view name) {
  return *std::ranges::find(page_files(), name, &EmbeddedFile::name);
}

// What the page's script reads: articles with their text; claims and disputes as spans of it, in UTF-16 units.
class StoryData {
 public:
  StoryData(JsonWriter& json, const Corpus& corpus, const MergedStory& story)
      : json_(json), corpus_(corpus), story_(story) {
    units_.reserve(story.articles.size());
    for (const ArticleIndex a : story.articles) units_.emplace_back(corpus[a].text, TextUnit::utf16);
  }

  void head() {
    std::uint32_t conflicts = 0, updates = 0;
    for (const MergedDispute& d : story_.disputes) ++(d.resolution == Resolution::conflict ? conflicts : updates);
    json_.begin_object().field("id", story_.id).field("title", display_title(corpus_, story_));
    json_.field("articles", std::uint64_t{story_.articles.size()});
    json_.field("origins", std::uint64_t{story_.origins.size()});
    json_.field("conflicts", conflicts).field("updates", updates);
    if (const std::optional<Period> period = period_of(corpus_, story_)) {
      json_.field("first", format_time(period->first)).field("last", format_time(period->last));
    }
    json_.end_object();
  }

  void body() {
    json_.begin_object();
    articles();
    json_.key("claims").begin_array();
    for (const MergedClaim& claim : story_.claims) {
      json_.begin_object().field("id", claim.id).field("status", word_for(claim.status));
      json_.field("origins", claim.origin_count);
      support("support", claim.support);
      support("also", claim.also);
      json_.end_object();
    }
    json_.end_array().key("disputes").begin_array();
    for (const MergedDispute& dispute : story_.disputes) {
      json_.begin_object().field("claim", dispute.claim).field("kind", word_for(dispute.kind));
      json_.field("about", dispute.about).field("resolution", word_for(dispute.resolution));
      json_.key("values").begin_array();
      for (const MergedValue& value : dispute.values) {
        json_.begin_object().field("value", value.value);
        if (value.withdrawn) json_.field("withdrawn", true);
        support("support", value.support);
        json_.end_object();
      }
      json_.end_array().end_object();
    }
    json_.end_array();
    paragraphs("summary", story_.summary);
    paragraphs("further", story_.further);
    json_.key("names").begin_array();
    for (const Name& name : story_.names) {
      if (name.variants.empty()) continue;
      json_.begin_object().field("name", name.canonical).key("variants").begin_array();
      for (std::size_t v = 0; v < name.variants.size(); ++v) {
        json_.begin_array().value(name.variants[v]).value(name.rules[v]).end_array();
      }
      json_.end_array().end_object();
    }
    json_.end_array().end_object();
  }

 private:
  void articles() {
    const std::vector<std::uint32_t> origin_of = origin_positions(story_);
    json_.key("articles").begin_array();
    for (std::size_t k = 0; k < story_.articles.size(); ++k) {
      const Article& article = corpus_[story_.articles[k]];
      json_.begin_object().field("id", article.id).field("source", article.source).field("title", article.title);
      json_.field("author", article.author).field("language", article.language);
      if (is_web_url(article.url)) json_.field("url", article.url);
      if (article.published) json_.field("published", format_time(*article.published));
      if (story_.replaced_by[k]) json_.field("replacedBy", position_in(story_, *story_.replaced_by[k]));
      const ArticleIndex original = story_.origins[origin_of[k]].original;
      const bool same_text = original != story_.articles[k] && corpus_[original].text == article.text;
      if (same_text) {  // ten thousand copies of one text take the place of one
        json_.field("sameText", position_in(story_, original));
      } else {
        json_.field("text", article.text);
      }
      if (original != story_.articles[k]) {
        if (const DuplicatePair* pair = copy_evidence(story_, original, story_.articles[k])) {
          json_.field("shared", pair->b == story_.articles[k] ? pair->containment_b_in_a : pair->containment_a_in_b);
        }
      }
      json_.key("furniture").begin_array();
      for (const Furniture& f : story_.furniture[k]) {
        json_.begin_array().value(units_[k](f.range.begin)).value(units_[k](f.range.end)).value(f.reason).end_array();
      }
      json_.end_array().end_object();
    }
    json_.end_array().key("origins").begin_array();  // the original first
    for (const Origin& origin : story_.origins) {
      json_.begin_array().value(position_in(story_, origin.original));
      for (const ArticleIndex a : origin.articles) {
        if (a != origin.original) json_.value(position_in(story_, a));
      }
      json_.end_array();
    }
    json_.end_array();
  }

  void paragraphs(std::string_view key, const std::vector<std::vector<std::uint32_t>>& paragraphs) {
    json_.key(key).begin_array();
    for (const std::vector<std::uint32_t>& paragraph : paragraphs) {
      json_.begin_array();
      for (const std::uint32_t c : paragraph) json_.value(c);
      json_.end_array();
    }
    json_.end_array();
  }

  void support(std::string_view key, const std::vector<Support>& support) {
    json_.key(key).begin_array();
    for (const Support& s : support) {
      const std::uint32_t k = position_in(story_, s.span.article);
      json_.begin_object().field("a", k).field("b", units_[k](s.span.begin)).field("e", units_[k](s.span.end));
      if (s.hedge != Hedge::asserted) json_.field("hedge", word_for(s.hedge));
      if (s.speaker) json_.field("speaker", corpus_.quote(*s.speaker));
      if (!s.via.empty()) json_.field("via", s.via);
      json_.end_object();
    }
    json_.end_array();
  }

  JsonWriter& json_;
  const Corpus& corpus_;
  const MergedStory& story_;
  std::vector<UnitCounter> units_;  // by position in story_.articles
};

}  // namespace

// The policy lets the page's own style and script run, known by their hashes, and forbids all else and every request, should
// an escape ever fail.
void open_html(std::ostream& out) {
  const EmbeddedFile& style = page_file("page.css");
  out << "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'sha256-"
      << style.sha256 << "'; script-src 'sha256-" << page_file("page.js").sha256
      << "'; base-uri 'none'; form-action 'none'\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
         "<link rel=\"icon\" href=\"data:,\">\n"
         "<title>Merged stories</title>\n<style>"
      << style.text << "</style>\n</head>\n<body>\n"
      << page_file("page.html").text;
}

void write_html(std::ostream& out, const Corpus& corpus, const MergedStory& story) {
  JsonWriter json(out, JsonWriter::Escaping::markup);
  StoryData data(json, corpus, story);
  json.raw("<script type=\"application/json\" class=\"story\" data-head='");
  data.head();
  json.raw("'>");
  data.body();
  json.raw("</script>\n");
}

void close_html(std::ostream& out) {
  out << "<script>" << page_file("page.js").text << "</script>\n</body>\n</html>\n";
}

}  // namespace storymerge

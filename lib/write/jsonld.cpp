#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <string>

#include "storymerge/write/json_writer.h"
#include "storymerge/write/word_for.h"
#include "support/utf8.h"
#include "write/common.h"
#include "write/formats.h"
#include "write/text_units.h"

namespace storymerge {
namespace {

constexpr std::string_view software = "urn:storymerge:software";

// At most `most` characters that end at `end`, or that begin at `begin`.
std::string_view characters_before(std::string_view text, std::size_t end, int most) {
  std::size_t begin = end;
  for (; most > 0 && begin > 0; --most) {
    do --begin;
    while (!is_boundary(text, begin));
  }
  return text.substr(begin, end - begin);
}

std::string_view characters_after(std::string_view text, std::size_t begin, int most) {
  std::size_t end = begin;
  for (; most > 0 && end < text.size(); --most) {
    do ++end;
    while (!is_boundary(text, end));
  }
  return text.substr(begin, end - begin);
}

class StoryGraph {
 public:
  StoryGraph(std::ostream& out, const Corpus& corpus, const MergedStory& story)
      : json_(out, JsonWriter::Escaping::markup), corpus_(corpus), story_(story), iri_(story_iri(story)) {
    units_.reserve(story.articles.size());
    for (const ArticleIndex a : story.articles) units_.emplace_back(corpus[a].text, TextUnit::code_point);
  }

  void write() {
    articles();
    story();
    for (std::uint32_t c = 0; c < story_.claims.size(); ++c) claim(c);
    for (std::size_t d = 0; d < story_.disputes.size(); ++d) dispute(d);
  }

 private:
  JsonWriter& node(std::string_view iri) { return json_.raw(",\n").begin_object().field("id", iri); }

  void types(std::string_view first, std::string_view second) {
    json_.key("type").begin_array().value(first).value(second).end_array();
  }

  void links(std::string_view key, const std::vector<std::string>& iris) {
    json_.key(key).begin_array();
    for (const std::string& iri : iris) json_.begin_object().field("id", iri).end_object();
    json_.end_array();
  }

  void link(std::string_view key, std::string_view iri) { json_.key(key).begin_object().field("id", iri).end_object(); }

  void named(std::string_view key, std::string_view type, std::string_view name) {
    json_.key(key).begin_object().field("type", type).field("schema:name", name).end_object();
  }

  void articles() {
    const std::vector<std::uint32_t> origin_of = origin_positions(story_);
    for (std::size_t k = 0; k < story_.articles.size(); ++k) {
      const Article& article = corpus_[story_.articles[k]];
      article_iris_.push_back(article_iri(article));
      node(article_iris_.back());
      types("schema:NewsArticle", "prov:Entity");
      json_.field("schema:identifier", article.id);
      if (!article.title.empty()) json_.field("schema:headline", article.title);
      if (is_web_url(article.url)) link("schema:url", article.url);
      if (!article.source.empty()) named("schema:publisher", "schema:Organization", article.source);
      if (!article.author.empty()) named("schema:author", "schema:Person", article.author);
      if (!article.language.empty()) json_.field("schema:inLanguage", article.language);
      if (article.published) json_.field("schema:datePublished", format_time(*article.published));
      const ArticleIndex original = story_.origins[origin_of[k]].original;
      if (original != story_.articles[k]) link("prov:wasDerivedFrom", article_iri(corpus_[original]));
      if (story_.replaced_by[k]) link("schema:supersededBy", article_iri(corpus_[*story_.replaced_by[k]]));
      json_.end_object();
    }
  }

  void story() {
    std::vector<std::string> told;
    for (const std::vector<std::uint32_t>& paragraph : story_.summary) {
      for (const std::uint32_t c : paragraph) told.push_back(claim_iri(c));
    }
    node(iri_);
    types("schema:Report", "prov:Entity");
    json_.field("schema:headline", story_.title);
    links("schema:isBasedOn", article_iris_);
    links("prov:wasDerivedFrom", article_iris_);
    json_.key("storymerge:tells").begin_object();
    links("@list", told);
    json_.end_object();
    json_.field("storymerge:originCount", std::uint64_t{story_.origins.size()});
    json_.key("prov:wasGeneratedBy").begin_object().field("id", iri_ + ":merging").field("type", "prov:Activity");
    links("prov:used", article_iris_);
    link("prov:wasAssociatedWith", software);
    json_.end_object();
    link("prov:wasAttributedTo", software);
    json_.end_object();
  }

  std::string claim_iri(std::uint32_t c) const { return iri_ + ":" + story_.claims[c].id; }

  void claim(std::uint32_t c) {
    const MergedClaim& claim = story_.claims[c];
    const std::string iri = claim_iri(c);
    const SourceSpan wording = claim.support.front().span;
    std::vector<std::uint32_t> appearances;
    for (const Support& s : claim.support) appearances.push_back(position_in(story_, s.span.article));
    std::sort(appearances.begin(), appearances.end());
    appearances.erase(std::unique(appearances.begin(), appearances.end()), appearances.end());
    std::vector<std::string> iris;
    for (const std::uint32_t k : appearances) iris.push_back(article_iris_[k]);

    node(iri);
    types("schema:Claim", "prov:Entity");
    json_.field("schema:text", corpus_.quote(wording));
    link("schema:isPartOf", iri_);
    links("schema:appearance", iris);
    if (corpus_[story_.articles[appearances.front()]].published) link("schema:firstAppearance", iris.front());
    link("prov:wasQuotedFrom", article_iris_[position_in(story_, wording.article)]);
    json_.field("storymerge:status", word_for(claim.status)).field("storymerge:originCount", claim.origin_count);
    json_.end_object();
    annotations(iri, claim.support);
  }

  void dispute(std::size_t d) {
    const MergedDispute& dispute = story_.disputes[d];
    const std::string iri = fmt::format("{}:d{}", iri_, d + 1);
    std::vector<std::string> values;
    for (std::size_t v = 0; v < dispute.values.size(); ++v) values.push_back(fmt::format("{}:v{}", iri, v + 1));
    node(iri).field("type", "storymerge:Dispute");
    link("schema:about", claim_iri(dispute.claim));
    json_.field("storymerge:kind", word_for(dispute.kind)).field("storymerge:resolution", word_for(dispute.resolution));
    if (!dispute.about.empty()) json_.field("storymerge:concerns", dispute.about);
    json_.key("storymerge:values").begin_object();
    links("@list", values);
    json_.end_object().end_object();
    for (std::size_t v = 0; v < values.size(); ++v) {
      node(values[v]);
      types("storymerge:Value", "prov:Entity");
      json_.field("schema:value", dispute.values[v].value);
      json_.field("storymerge:originCount", dispute.values[v].origin_count);
      if (dispute.values[v].withdrawn) json_.field("storymerge:withdrawn", true);
      if (dispute.resolution == Resolution::conflict) {
        std::vector<std::string> others = values;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(v));
        links("storymerge:contradicts", others);
      } else if (v > 0) {
        link("prov:wasRevisionOf", values[v - 1]);
      }
      json_.end_object();
      annotations(values[v], dispute.values[v].support);
    }
  }

  void annotations(const std::string& body, const std::vector<Support>& support) {
    for (std::size_t i = 0; i < support.size(); ++i) {
      const SourceSpan span = support[i].span;
      const std::uint32_t k = position_in(story_, span.article);
      const std::string_view text = corpus_[span.article].text;
      node(fmt::format("{}:e{}", body, i + 1)).field("type", "Annotation").field("motivation", "linking");
      json_.field("body", body).field("creator", software);
      if (support[i].hedge != Hedge::asserted) json_.field("storymerge:hedge", word_for(support[i].hedge));
      if (support[i].speaker) json_.field("storymerge:speaker", corpus_.quote(*support[i].speaker));
      if (!support[i].via.empty()) json_.field("storymerge:via", support[i].via);
      json_.key("target").begin_object().field("source", article_iris_[k]).key("selector").begin_array();
      json_.begin_object().field("type", "TextPositionSelector");
      json_.field("start", units_[k](span.begin)).field("end", units_[k](span.end)).end_object();
      json_.begin_object().field("type", "TextQuoteSelector").field("exact", corpus_.quote(span));
      json_.field("prefix", characters_before(text, span.begin, 32));
      json_.field("suffix", characters_after(text, span.end, 32)).end_object();
      json_.end_array().end_object().end_object();
    }
  }

  JsonWriter json_;
  const Corpus& corpus_;
  const MergedStory& story_;
  std::string iri_;
  std::vector<std::string> article_iris_;  // by position in story_.articles
  std::vector<UnitCounter> units_;         // by position in story_.articles
};

}  // namespace

void open_jsonld(std::ostream& out) {
  JsonWriter json(out, JsonWriter::Escaping::markup);  // a page may hold the document in a script element
  json.raw("{\"@context\":[\"http://www.w3.org/ns/anno.jsonld\",");
  json.begin_object().field("schema", "https://schema.org/").field("prov", "http://www.w3.org/ns/prov#");
  json.field("storymerge", "urn:storymerge:terms:").end_object().raw("],\n\"@graph\":[\n");
  json.begin_object().field("id", software).key("type").begin_array();
  json.value("schema:SoftwareApplication").value("prov:SoftwareAgent").end_array();
  json.field("schema:name", "storymerge").end_object();
}

void write_jsonld(std::ostream& out, const Corpus& corpus, const MergedStory& story) {
  StoryGraph(out, corpus, story).write();
}

void close_jsonld(std::ostream& out) { out << "\n]}\n"; }

}  // namespace storymerge

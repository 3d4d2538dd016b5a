#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <ostream>
#include <set>
#include <span>
#include <sstream>
#include <string>

#include "merge/claim_ids.h"
#include "storymerge/write/json_writer.h"
#include "storymerge/write/page.h"
#include "storymerge/write/word_for.h"
#include "support/embedded.h"
#include "support/hash.h"
#include "write/brief.h"
#include "write/common.h"
#include "write/formats.h"
#include "write/text_units.h"

namespace storymerge {

std::span<const EmbeddedFile> page_files();  // the files of write/page, made part of the library at build

namespace {

const EmbeddedFile& page_file(std::string_view name) {
  return *std::ranges::find(page_files(), name, &EmbeddedFile::name);
}

// The scripts, in the order in which they run; the first before anything is drawn.
constexpr std::string_view early_script = "early.js", live_script = "live.js";
constexpr std::array<std::string_view, 6> scripts = {"tools.js", "stories.js",  "list.js",
                                                     "story.js", "evidence.js", "page.js"};

std::string_view words_of(const Corpus& corpus, const MergedClaim& claim) {
  return corpus.quote(claim.support[0].span);
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    constexpr std::string_view special = "<>&\"";
    constexpr std::array<std::string_view, 4> references = {"&lt;", "&gt;", "&amp;", "&quot;"};
    if (const std::size_t at = special.find(c); at != std::string_view::npos) {
      out += references[at];
    } else {
      out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    }
  }
  return out;
}

// An article's words as HTML that shows them and means nothing else. Their writing direction stays inside: a pop without its
// push (U+2069) would end the isolation itself, so it is dropped.
std::string as_html(std::string_view text) {
  std::string kept;
  int isolates = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view here = text.substr(i, 3);
    const bool opens = here == "\u2066" || here == "\u2067" || here == "\u2068", ends = here == "\u2069";
    if (!ends || isolates > 0) kept += opens || ends ? here : here.substr(0, 1);
    isolates = opens ? isolates + 1 : ends ? std::max(0, isolates - 1) : isolates;
    i += opens || ends ? 3 : 1;
  }
  return "<bdi>" + escaped(kept) + "</bdi>";
}

std::string plural(std::size_t n, std::string_view one) { return fmt::format("{} {}{}", n, one, n == 1 ? "" : "s"); }

// In brief, where `shown` is a part of the story: the outlets alone, each a link to its article.
std::string sources_as_html(const Corpus& corpus, const MergedStory& story, const MergedStory& shown) {
  const bool brief = &story != &shown;
  std::string out = "<ul>\n";
  for (const Origin& origin : shown.origins) {
    const Article& article = corpus[origin.original];
    const bool outlet_alone = brief && !article.source.empty();
    const std::string& title = outlet_alone ? article.source : article.title.empty() ? article.id : article.title;
    out += article.source.empty() || outlet_alone ? "<li>" : "<li>" + as_html(article.source) + ": ";
    out += is_web_url(article.url) ? fmt::format("<a href=\"{}\">{}</a>", escaped(article.url), as_html(title))
                                   : as_html(title);
    if (article.published) out += ", " + readable_time(*article.published);
    if (origin.articles.size() > 1) out += fmt::format(", in {}", plural(origin.articles.size(), "article"));
    out += "</li>\n";
  }
  const std::size_t more = story.origins.size() - shown.origins.size();
  if (more > 0) out += fmt::format("<li>and {} more</li>\n", more);
  return out + "</ul>\n";
}

// For a reader without scripts, and for print: headline, what is disputed, what is told, by whom.
std::string as_article(const Corpus& corpus, const MergedStory& story, const MergedStory& shown) {
  std::string out = fmt::format("<article>\n<h2>{}</h2>\n", as_html(display_title(corpus, story)));
  out += fmt::format("<p class=\"meta\">{}", plural(story.origins.size(), "independent source"));
  if (const std::optional<Period> period = period_of(corpus, story)) {
    out += " · " + readable_time(period->first);
    if (period->first < period->last) out += " to " + readable_time(period->last);
  }
  out += "</p>\n";
  for (const MergedDispute& dispute : shown.disputes) {
    const bool update = dispute.resolution == Resolution::update;
    out += update ? "<p>Overtaken: " : "<p>Disputed: ";
    if (!dispute.about.empty()) out += as_html(dispute.about) + ": ";
    std::string_view between;
    for (const MergedValue& value : dispute.values) {
      out += fmt::format("{}{} ({})", between, as_html(value.value), plural(value.origin_count, "source"));
      between = update ? ", then " : ", ";
    }
    out += "</p>\n";
  }
  std::set<SourceSpan> told;  // a passage that words several claims stands once
  for (const std::vector<std::uint32_t>& paragraph : shown.summary) {
    out += "<p>";
    for (const std::uint32_t c : paragraph) {
      const MergedClaim& claim = shown.claims[c];
      if (!told.insert(claim.support[0].span).second) continue;
      out += fmt::format("{} ({}) ", as_html(words_of(corpus, claim)), claim.origin_count);
    }
    out += "</p>\n";
  }
  return out + sources_as_html(corpus, story, shown) + "</article>\n";
}

// What the page's script reads: articles with their text; claims and disputes as spans of it, in UTF-16 units. What is empty, or
// one where that is usual, is left out.
class StoryData {
 public:
  // `shown` is `story`, or a part of it with so many words around its passages.
  StoryData(JsonWriter& json, const Corpus& corpus, const MergedStory& story, const MergedStory& shown,
            std::size_t around)
      : json_(json), corpus_(corpus), story_(story), shown_(shown), around_(around) {
    units_.reserve(shown.articles.size());
    for (const ArticleIndex a : shown.articles) units_.emplace_back(corpus[a].text, TextUnit::utf16);
  }

  void head() {
    std::uint32_t conflicts = 0, updates = 0;
    for (const MergedDispute& d : story_.disputes) ++(d.resolution == Resolution::conflict ? conflicts : updates);
    json_.begin_object().field("id", story_.id).field("title", display_title(corpus_, story_));
    json_.field("articles", std::uint64_t{story_.articles.size()});
    json_.field("origins", std::uint64_t{story_.origins.size()});
    json_.field("conflicts", conflicts).field("updates", updates).field("version", version());
    if (const std::optional<Period> period = period_of(corpus_, story_)) {
      json_.field("first", format_time(period->first)).field("last", format_time(period->last));
    }
    std::set<std::string_view> outlets;
    for (const ArticleIndex a : story_.articles) outlets.insert(corpus_[a].source);
    outlets.erase("");
    strings("outlets", outlets);
    if (!story_.aliases.empty()) strings("aliases", story_.aliases);
    json_.end_object();
  }

  void body() {
    json_.begin_object();
    if (brief()) {
      json_.field("leftOut", std::uint64_t{story_.claims.size() - shown_.claims.size()});
      const std::size_t sources = story_.origins.size() - shown_.origins.size();
      if (sources > 0) json_.field("sourcesLeftOut", std::uint64_t{sources});
    }
    articles();
    claims();
    disputes();
    paragraphs("summary", shown_.summary);
    paragraphs("further", shown_.further);
    json_.key("names").begin_array();
    for (const Name& name : story_.names) {
      if (name.variants.empty() || brief()) continue;
      json_.begin_object().field("name", name.canonical).key("variants").begin_array();
      for (std::size_t v = 0; v < name.variants.size(); ++v) {
        json_.begin_array().value(name.variants[v]).value(name.rules[v]).end_array();
      }
      json_.end_array().end_object();
    }
    json_.end_array().end_object();
  }

 private:
  bool brief() const { return &story_ != &shown_; }

  // Changes when what is told, or on how many words, does.
  std::string version() const {
    std::string told;
    for (const MergedClaim& claim : story_.claims) {
      told += fmt::format("{} {} {}\n", claim.id, claim.origin_count, word_for(claim.status));
    }
    for (const MergedDispute& dispute : story_.disputes) {
      for (const MergedValue& value : dispute.values) told += fmt::format("{}\n{}\n", value.value, value.origin_count);
    }
    return fmt::format("{:08x}", hash_bytes(told) >> 32);
  }

  template <class Strings>
  void strings(std::string_view key, const Strings& all) {
    json_.key(key).begin_array();
    for (const std::string_view text : all) json_.value(text);
    json_.end_array();
  }

  void articles() {
    const std::vector<std::uint32_t> origin_of = origin_positions(shown_);
    const std::vector<Parts> parts = brief() ? brief_parts(corpus_, story_, shown_, around_) : std::vector<Parts>{};
    json_.key("articles").begin_array();
    for (std::uint32_t k = 0; k < shown_.articles.size(); ++k) {
      const Article& article = corpus_[shown_.articles[k]];
      json_.begin_object().field("id", article.id).field("source", article.source).field("title", article.title);
      if (!article.author.empty()) json_.field("author", article.author);
      if (!article.language.empty()) json_.field("language", article.language);
      if (is_web_url(article.url)) json_.field("url", article.url);
      if (article.published) json_.field("published", format_time(*article.published));
      if (shown_.replaced_by[k]) json_.field("replacedBy", position_in(shown_, *shown_.replaced_by[k]));
      const ArticleIndex original = shown_.origins[origin_of[k]].original;
      if (brief()) {
        text_parts(k, parts[k]);
      } else if (original != shown_.articles[k] && corpus_[original].text == article.text) {
        json_.field("sameText",
                    position_in(shown_, original));  // ten thousand copies of one text take the place of one
      } else {
        json_.field("text", article.text);
      }
      if (original != shown_.articles[k]) {
        if (const DuplicatePair* pair = copy_evidence(shown_, original, shown_.articles[k])) {
          json_.field("shared", pair->b == shown_.articles[k] ? pair->containment_b_in_a : pair->containment_a_in_b);
        }
      }
      if (!brief() && !shown_.furniture[k].empty()) furniture(k);
      json_.end_object();
    }
    json_.end_array();
    origins();
  }

  // [[place in the text, words]]
  void text_parts(std::uint32_t k, const Parts& parts) {
    json_.key("parts").begin_array();
    for (const ByteRange part : parts) {
      json_.begin_array().value(units_[k](part.begin));
      json_.value(corpus_.quote({shown_.articles[k], part.begin, part.end})).end_array();
    }
    json_.end_array();
  }

  void furniture(std::uint32_t k) {
    json_.key("furniture").begin_array();
    for (const Furniture& f : shown_.furniture[k]) {
      json_.begin_array().value(units_[k](f.range.begin)).value(units_[k](f.range.end)).value(f.reason).end_array();
    }
    json_.end_array();
  }

  void origins() {
    json_.key("origins").begin_array();  // the original first
    for (const Origin& origin : shown_.origins) {
      json_.begin_array().value(position_in(shown_, origin.original));
      for (const ArticleIndex a : origin.articles) {
        if (a != origin.original) json_.value(position_in(shown_, a));
      }
      json_.end_array();
    }
    json_.end_array();
  }

  void claims() {
    json_.key("claims").begin_array();
    for (const MergedClaim& claim : shown_.claims) {
      json_.begin_object().field("id", claim.id);
      if (claim.status != ClaimStatus::single) json_.field("status", word_for(claim.status));
      if (claim.origin_count != 1) json_.field("origins", claim.origin_count);
      support("support", claim.support);
      if (!brief() && claim.support.size() > 1) aliases(claim);
      if (!claim.also.empty()) support("also", claim.also);
      json_.end_object();
    }
    json_.end_array();
  }

  // What claims were called, or would have been, that its passages founded before they were found to say the same.
  void aliases(const MergedClaim& claim) {
    std::set<std::string> ids;
    for (const Support& s : claim.support) ids.insert(ClaimIds().next(corpus_, s.span));
    ids.erase(claim.id);
    strings("aliases", ids);
  }

  void disputes() {
    json_.key("disputes").begin_array();
    for (const MergedDispute& dispute : shown_.disputes) {
      json_.begin_object().field("claim", dispute.claim).field("kind", word_for(dispute.kind));
      json_.field("about", dispute.about).field("resolution", word_for(dispute.resolution));
      json_.key("values").begin_array();
      for (const MergedValue& value : dispute.values) {
        json_.begin_object().field("value", value.value).field("origins", value.origin_count);
        if (value.withdrawn) json_.field("withdrawn", true);
        support("support", value.support);
        json_.end_object();
      }
      json_.end_array().end_object();
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
      const std::uint32_t k = position_in(shown_, s.span.article);
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
  const MergedStory& shown_;
  std::size_t around_;
  std::vector<UnitCounter> units_;  // by position in shown_.articles
};

std::string story_part(const Corpus& corpus, const MergedStory& story, const MergedStory& shown, std::size_t around) {
  std::ostringstream out;
  out << as_article(corpus, story, shown);
  JsonWriter json(out, JsonWriter::Escaping::markup);
  StoryData data(json, corpus, story, shown, around);
  json.raw("<script type=\"application/json\" class=\"story\" data-head='");
  data.head();
  json.raw("'>");
  data.body();
  json.raw("</script>\n");
  json.flush();
  return std::move(out).str();
}

std::string script(std::string_view name) { return fmt::format("<script>{}</script>\n", page_file(name).text); }

}  // namespace

// The page's own style and scripts run, known by their hashes; all else and every request is forbidden, should an escape ever fail.
std::string page_policy(PageUse use) {
  std::string out = fmt::format("default-src 'none'; img-src data:; style-src 'sha256-{}'; script-src 'sha256-{}'",
                                page_file("page.css").sha256, page_file(early_script).sha256);
  for (const std::string_view name : scripts) out += fmt::format(" 'sha256-{}'", page_file(name).sha256);
  if (use == PageUse::served) out += fmt::format(" 'sha256-{}'; connect-src 'self'", page_file(live_script).sha256);
  return out + "; base-uri 'none'; form-action 'none'";
}

std::string page_opening(PageUse use) {
  const std::string_view feeds = use == PageUse::file
                                     ? ""
                                     : "<link rel=\"alternate\" type=\"application/feed+json\" href=\"feed.json\">\n"
                                       "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"feed.atom\">\n";
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<link rel=\"icon\" href=\"data:,\">\n<title>Merged stories</title>\n{}{}<style>{}</style>\n</head>\n<body>\n{}",
      page_policy(use), feeds, script(early_script), page_file("page.css").text, page_file("page.html").text);
}

std::string page_story(const Corpus& corpus, const MergedStory& story, PageDetail detail) {
  if (detail == PageDetail::whole) return story_part(corpus, story, story, 0);
  std::string out;
  for (const BriefBounds& bounds : brief_bounds) {
    out = story_part(corpus, story, in_brief(story, bounds), bounds.around);
    if (out.size() <= brief_size) break;
  }
  return out;
}

std::string page_closing(PageUse use) {
  std::string out = "</section>\n";
  for (const std::string_view name : scripts) out += script(name);
  if (use == PageUse::served) out += script(live_script);
  return out + "</body>\n</html>\n";
}

void open_html(std::ostream& out) { out << page_opening(PageUse::file); }

void write_html(std::ostream& out, const Corpus& corpus, const MergedStory& story) {
  out << page_story(corpus, story, PageDetail::whole);
}

void write_brief_html(std::ostream& out, const Corpus& corpus, const MergedStory& story) {
  out << page_story(corpus, story, PageDetail::brief);
}

void close_html(std::ostream& out) { out << page_closing(PageUse::file); }

}  // namespace storymerge

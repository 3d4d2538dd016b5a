// What the library sees in each article: furniture, sentences, names, numbers, dates, and the claims with their frames.

#include <storymerge/storymerge.h>

#include <array>
#include <cmath>
#include <map>

#include "program/arguments.h"
#include "program/safe_text.h"

namespace sm = storymerge;

// `"key": [{...}, ...]`; write_item(item) writes the fields of one object.
template <class Items, class WriteItem>
static void write_array(sm::JsonWriter& json, std::string_view key, const Items& items, WriteItem write_item) {
  json.key(key).begin_array();
  for (const auto& item : items) {
    json.begin_object();
    write_item(item);
    json.end_object();
  }
  json.end_array();
}

static void write_day(sm::JsonWriter& json, std::string_view key, std::optional<std::chrono::sys_days> day) {
  json.key(key);
  day ? json.value(sm::format_time(*day).substr(0, 10)) : json.null();
}

static std::string_view exactness(const sm::Quantity& q) {
  if (std::isinf(q.high)) return "at least";
  if (std::isinf(q.low)) return "at most";
  if (q.approximate) return "about";
  return q.low < q.high ? "between" : "exact";
}

static void write_claim(sm::JsonWriter& json, const sm::Corpus& corpus, const sm::Document& d,
                        const sm::StoryNames& names, const sm::Claim& c, bool explain) {
  const auto write_names = [&](const char* key, const std::vector<std::uint32_t>& positions) {
    json.key(key).begin_array();
    for (const std::uint32_t i : positions) json.value(names.names[i].canonical);
    json.end_array();
  };
  json.field("hedge", word_for(c.hedge)).field("negative", c.negative).field("direct_speech", c.direct_speech);
  if (c.predicate_word) json.field("predicate", d.body[*c.predicate_word]);
  if (c.speaker) json.field("speaker", corpus.quote(*c.speaker));
  if (c.via) json.field("via", corpus.quote(*c.via));
  if (explain) {
    json.field("speaker_rule", c.speaker ? c.speaker_rule : "nobody is cited");
    json.field("polarity_rule", c.negative ? c.polarity_rule : "nothing denies it");
    json.field("hedge_rule", c.hedge == sm::Hedge::asserted ? "nothing makes it less than a fact" : c.hedge_rule);
  }
  write_names("names", c.names);
  write_names("context_names", c.context_names);
  write_array(json, "slots", c.slots, [&](const sm::Slot& slot) {
    const sm::Quantity& q = d.quantities[slot.quantity];
    json.field("value", q.value).field("unit", q.unit).field("people", slot.people);
    json.field("role", word_for(slot.role));
    if (slot.event_word) json.field("event", d.body[*slot.event_word]);
  });
}

// What joined the spellings of one name, and what kept names that are alike apart.
static void explain_names(sm::JsonWriter& json, const sm::StoryNames& names, const std::vector<sm::NamesApart>& apart) {
  std::vector<std::array<std::string_view, 3>> joined;
  for (const sm::Name& name : names.names) {
    for (std::size_t v = 0; v < name.variants.size(); ++v)
      joined.push_back({name.canonical, name.variants[v], name.rules[v]});
  }
  write_array(json, "joined", joined,
              [&](const auto& row) { json.field("a", row[0]).field("b", row[1]).field("rule", row[2]); });
  write_array(json, "apart", apart, [&](const sm::NamesApart& row) {
    json.field("a", names.names[row.a].canonical).field("b", names.names[row.b].canonical).field("rule", row.rule);
  });
}

using Pages = std::map<std::string_view, const sm::PageReport*>;  // by the article's id

static void write_article(sm::JsonWriter& json, const sm::Corpus& corpus, const std::vector<sm::Document>& documents,
                          const sm::Document& d, const Pages& pages, bool explain) {
  const sm::Article& article = corpus[d.article];
  sm::Story story;  // names and claims are decided inside a story: here, one of this article alone
  story.articles = {d.article};
  std::vector<sm::NamesApart> apart;
  const sm::StoryNames names = sm::unify_names(corpus, documents, story, explain ? &apart : nullptr);
  const std::vector<sm::Claim> claims = sm::extract_claims(corpus, documents, story, names);
  const auto write_range = [&](sm::ByteRange range) {
    json.field("begin", range.begin).field("end", range.end);
    json.field("quote", corpus.quote({d.article, range.begin, range.end}));
  };

  json.begin_object().field("id", article.id);
  if (!article.title.empty()) json.field("title", article.title);
  if (!article.source.empty()) json.field("source", article.source);
  if (!article.author.empty()) json.field("author", article.author);
  json.field("language", d.language);
  if (article.published) json.field("published", sm::format_time(*article.published));
  if (!article.replaced_by.empty()) json.field("replaced_by", article.replaced_by);
  json.field("text", article.text);
  if (const auto page = pages.find(article.id); page != pages.end()) {
    write_array(json, "left_out", page->second->left_out,
                [&](const sm::LeftOutBytes& l) { json.field("kind", l.kind).field("bytes", l.bytes); });
  }
  write_array(json, "furniture", d.furniture, [&](const sm::Furniture& f) {
    write_range(f.range);
    json.field("reason", f.reason);
  });
  write_array(json, "sentences", d.sentences, [&](const sm::Sentence& s) { write_range(s.range); });
  std::size_t mention = 0;
  write_array(json, "names", d.names, [&](const sm::NameMention& m) {
    write_range(m.range);
    json.field("canonical", names.names[names.name_of[0][mention++]].canonical);
  });
  write_array(json, "quantities", d.quantities, [&](const sm::Quantity& q) {
    write_range(q.range);
    json.field("value", q.value).field("low", q.low).field("high", q.high);  // null: open on that side
    json.field("exactness", exactness(q)).field("unit", q.unit);
    if (q.noun.size() != 0) json.field("counts", corpus.quote({d.article, q.noun.begin, q.noun.end}));
    if (q.ordinal) json.field("ordinal", true);
    if (explain) json.field("rule", q.rule);
  });
  write_array(json, "dates", d.dates, [&](const sm::DateMention& m) {
    write_range(m.range);
    write_day(json, "from", m.from);
    write_day(json, "to", m.to);
    if (m.minute_of_day) json.field("minute_of_day", static_cast<std::uint32_t>(*m.minute_of_day));
    if (m.instant) json.field("instant", sm::format_time(*m.instant));
    if (explain) json.field("rule", m.rule);
  });
  write_array(json, "claims", claims, [&](const sm::Claim& c) {
    json.field("begin", c.span.begin).field("end", c.span.end);  // its words stand in the sentence
    write_claim(json, corpus, d, names, c, explain);
  });
  if (explain) explain_names(json, names, apart);
  json.end_object().raw("\n");
}

// The text of each article as it was read, with its furniture marked and named, and what of a page is not in it.
static void write_html(std::ostream& out, const sm::Corpus& corpus, const std::vector<sm::Document>& documents,
                       const Pages& pages) {
  out << "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Body and furniture</title>\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
         "<style>body{font:1rem/1.5 serif;max-width:42rem;margin:2rem auto;padding:0 1rem}.text{white-space:pre-wrap}"
         "mark{background:#eee;color:#555}mark::after{content:' [' attr(data-reason) "
         "']';font-size:.75rem}</style></head><body>\n";
  for (const sm::Document& d : documents) {
    const sm::Article& article = corpus[d.article];
    out << "<article><h2>" << examples::as_markup(article.title.empty() ? article.id : article.title) << "</h2>\n<p>"
        << examples::as_markup(article.source);
    if (!article.author.empty()) out << " \u00B7 " << examples::as_markup(article.author);
    if (article.published) out << " \u00B7 " << sm::format_time(*article.published);
    out << "</p>\n<div class=\"text\">";
    std::size_t at = 0;
    const std::string_view text = article.text;
    for (const sm::Furniture& f : d.furniture) {
      out << examples::as_markup(text.substr(at, f.range.begin - at)) << "<mark data-reason=\""
          << examples::as_markup(f.reason) << "\">" << examples::as_markup(text.substr(f.range.begin, f.range.size()))
          << "</mark>";
      at = f.range.end;
    }
    out << examples::as_markup(text.substr(at)) << "</div>\n";
    if (const auto page = pages.find(article.id); page != pages.end()) {
      out << "<p>On the page and not in the text:";
      for (const sm::LeftOutBytes& l : page->second->left_out)
        out << ' ' << examples::as_markup(l.kind) << " (" << l.bytes << " bytes)";
      out << "</p>\n";
    }
    out << "</article>\n";
  }
  out << "</body></html>\n";
}

static const examples::Program program = {
    "inspect_article",
    "print what the library sees in each article",
    "INPUT...",
    {{"format", "jsonl|html", "how to print it: all of it, one article a line, as JSON; body and furniture as a page"},
     {"explain", "",
      "name the rule that found each number, day, speaker, denial and hedge; what joins names, and what forbids to"}}};

int main(int argc, char** argv) {
  return examples::run(argc, argv, program, [](const examples::Arguments& arguments, std::ostream& out) {
    sm::ReadOptions options;
    options.threads = arguments.threads;
    const sm::ReadResult read = sm::read_articles(arguments.inputs, options);
    arguments.tell(read.report);
    if (read.corpus.empty()) throw sm::Error(sm::ErrorCode::bad_input, "no article could be read");
    Pages pages;
    for (const sm::PageReport& page : read.report.pages) pages[page.article] = &page;
    const std::vector<sm::Document> documents = sm::analyze(read.corpus, arguments.threads);
    if (arguments.is("format", "html")) return write_html(out, read.corpus, documents, pages);
    sm::JsonWriter json(out);
    for (const sm::Document& document : documents)
      write_article(json, read.corpus, documents, document, pages, arguments.has("explain"));
  });
}

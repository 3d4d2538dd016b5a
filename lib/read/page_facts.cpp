#include "read/page_facts.h"

#include <algorithm>
#include <boost/json.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <functional>

#include "lang/language.h"
#include "read/ascii.h"
#include "read/byline.h"
#include "read/dates.h"
#include "read/element_names.h"
#include "read/html.h"
#include "read/openings.h"
#include "storymerge/read/url.h"
#include "support/hash_text.h"
#include "support/line_end.h"

namespace storymerge::read {
namespace {

namespace json = boost::json;

// Share of words in common from which two lines may be one headline. Tuned on cases/read and the pages of data/pages.
constexpr struct {
  double declared = 0.4;  // of a data block's and the page's
  double shown = 0.3;     // of a heading's and the page's
} alike_from;

// ---- data blocks ----

std::string string_of(const json::value& v) {
  if (const auto* s = v.if_string()) return clean_line(std::string_view(s->data(), s->size()));
  if (const auto* o = v.if_object()) {
    for (const char* key : {"name", "@value", "@id"}) {
      if (const json::value* inner = o->if_contains(key)) return string_of(*inner);
    }
  }
  if (const auto* list = v.if_array()) {
    std::string out;
    for (const json::value& item : *list) {
      const std::string one = item.is_array() ? "" : string_of(item);
      if (!one.empty()) out += (out.empty() ? "" : ", ") + one;
    }
    return out;
  }
  return {};
}

std::string string_at(const json::object& o, const char* key) {
  const json::value* v = o.if_contains(key);
  return v == nullptr ? std::string() : string_of(*v);
}

bool is_article(const json::object& o) {
  const json::value* type = o.if_contains("@type");
  const auto fits = [](const json::value& v) {
    if (!v.is_string()) return false;
    std::string_view t(v.get_string().data(), v.get_string().size());
    t = t.substr(t.rfind('/') == std::string_view::npos ? 0 : t.rfind('/') + 1);
    return t.ends_with("Article") || t.ends_with("Posting") || t == "Report" || t == "Review";
  };
  if (type == nullptr) return false;
  if (const auto* list = type->if_array()) return std::any_of(list->begin(), list->end(), fits);
  return fits(*type);
}

void find_articles(const json::value& v, int depth, std::vector<const json::object*>& out) {
  if (depth > 6 || out.size() > 200) return;
  if (const auto* list = v.if_array()) {
    for (const json::value& item : *list) find_articles(item, depth + 1, out);
  } else if (const auto* o = v.if_object()) {
    if (is_article(*o)) return out.push_back(o);
    for (const char* key : {"@graph", "mainEntity", "mainEntityOfPage"}) {
      if (const json::value* inner = o->if_contains(key)) find_articles(*inner, depth + 1, out);
    }
  }
}

// As lenient as browsers' readers are: comments, commas too many, line breaks inside strings.
json::value parse_data(std::string_view source) {
  std::string text(trimmed(source));
  for (const std::string_view mark : {"<!--", "<![CDATA[", "/*<![CDATA[*/", "//<![CDATA["}) {
    if (text.starts_with(mark)) text.erase(0, mark.size());
  }
  for (const std::string_view mark : {"-->", "]]>", "//]]>", "/*]]>*/", "//-->", ";"}) {
    if (text.ends_with(mark)) text.resize(text.size() - mark.size());
  }
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  json::parse_options options;
  options.max_depth = 64;
  options.allow_comments = true;
  options.allow_trailing_commas = true;
  options.allow_invalid_utf8 = true;
  json::error_code error;
  json::value value = json::parse(text, error, {}, options);
  return error ? json::value() : value;
}

// ---- comparing ----

// Letters and digits of a line in small letters: what two spellings of a headline share.
std::string bare(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (const char c : s) {
    if (c >= 'A' && c <= 'Z')
      out += static_cast<char>(c - 'A' + 'a');
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0)
      out += c;
  }
  return out;
}

bool bares_agree(std::string_view x, std::string_view y) {
  if (x.empty() || y.empty()) return false;
  if (x.size() > y.size()) std::swap(x, y);
  return x == y || (x.size() >= 12 && y.find(x) != std::string_view::npos);
}

bool says_the_same(std::string_view a, std::string_view b) { return bares_agree(bare(a), bare(b)); }

std::vector<std::string> words_of(std::string_view s) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t end = std::min(s.find(' ', i), s.size());
    if (std::string word = bare(s.substr(i, end - i)); !word.empty()) out.push_back(std::move(word));
    i = end + 1;
  }
  return out;
}

// The share of the shorter line's words that the other has too.
double alike(std::string_view a, std::string_view b) {
  std::vector<std::string> x = words_of(a), y = words_of(b);
  if (x.size() > y.size()) std::swap(x, y);
  if (x.empty()) return 0;
  std::size_t shared = 0;
  for (const std::string& w : x) shared += std::find(y.begin(), y.end(), w) != y.end();
  return static_cast<double>(shared) / static_cast<double>(x.size());
}

// ---- the page ----

struct Element {
  const xmlNode* node = nullptr;
  std::string text;
  std::size_t order = 0;
};

// An element that may be a line by itself; what is asked of it twice is kept.
struct ShownLine {
  const xmlNode* node = nullptr;
  std::size_t order = 0;
  mutable std::optional<bool> of_this_article = {};
  mutable std::optional<std::vector<std::string>> lines = {};
};

// Signs by which sites string the parts of a title together.
constexpr std::string_view bars[] = {" | ",      " - ",      " \u2013 ", " \u2014 ", " :: ",    " \u00BB ",
                                     " \u00B7 ", " \u2022 ", " / ",      " > ",      " \u00AB "};
bool is_word_part(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

enum class MetaField {
  own_title,
  title,
  parsely,
  label,
  labelled,
  own_site,
  site,
  url,
  language,
  author,
  published,
  modified
};

// What the names of meta elements tell of, in small letters.
using MetaFields = boost::unordered_flat_map<std::string_view, MetaField, HashText, std::equal_to<>>;
const MetaFields& meta_fields() {
  using enum MetaField;
  static const MetaFields all = {{"og:title", own_title},
                                 {"twitter:title", title},
                                 {"dc.title", title},
                                 {"dcterms.title", title},
                                 {"parsely-title", title},
                                 {"sailthru.title", title},
                                 {"headline", title},
                                 {"parsely-page", parsely},
                                 {"twitter:label1", label},
                                 {"twitter:label2", label},
                                 {"twitter:data1", labelled},
                                 {"twitter:data2", labelled},
                                 {"og:site_name", own_site},
                                 {"application-name", site},
                                 {"dc.publisher", site},
                                 {"publisher", site},
                                 {"og:url", url},
                                 {"content-language", language},
                                 {"language", language},
                                 {"dc.language", language},
                                 {"author", author},
                                 {"article:author", author},
                                 {"article:author_name", author},
                                 {"dc.creator", author},
                                 {"dcterms.creator", author},
                                 {"dc:creator", author},
                                 {"dcterm:creator", author},
                                 {"dcterms:creator", author},
                                 {"author_name", author},
                                 {"cxenseparse:author", author},
                                 {"parsely-author", author},
                                 {"byl", author},
                                 {"sailthru.author", author},
                                 {"citation_author", author},
                                 {"creator", author},
                                 {"article:published_time", published},
                                 {"og:published_time", published},
                                 {"datepublished", published},
                                 {"date", published},
                                 {"pubdate", published},
                                 {"publishdate", published},
                                 {"publish-date", published},
                                 {"publish_date", published},
                                 {"published_time", published},
                                 {"published-date", published},
                                 {"dc.date", published},
                                 {"dc.date.issued", published},
                                 {"dcterms.created", published},
                                 {"dc.date.created", published},
                                 {"dcterms.issued", published},
                                 {"dcterms.date", published},
                                 {"sailthru.date", published},
                                 {"parsely-pub-date", published},
                                 {"article.published", published},
                                 {"publication_date", published},
                                 {"cxenseparse:recs:publishtime", published},
                                 {"rnews:datepublished", published},
                                 {"article:published", published},
                                 {"originalpublicationdate", published},
                                 {"citation_publication_date", published},
                                 {"bt:pubdate", published},
                                 {"article_date_original", published},
                                 {"datecreated", published},
                                 {"article:modified_time", modified},
                                 {"og:updated_time", modified},
                                 {"datemodified", modified},
                                 {"last-modified", modified},
                                 {"dcterms.modified", modified}};
  return all;
}

class FactReader {
 public:
  FactReader(xmlNode* root, std::string_view url) : fetched_(url) {
    each_element(root, [&](xmlNode* n) { return look_at(n); });
  }

  PageFacts read() {
    PageFacts out;
    out.language = language_;
    out.url = !canonical_.empty() ? canonical_ : og_url_;
    choose_data(out);
    if (out.url.empty() && data_ != nullptr) out.url = string_at(*data_, "url");
    if (url_host(out.url).empty()) out.url = fetched_;
    choose_site(out);
    choose_title(out);
    choose_date(out);
    choose_author(out);
    for (const std::string* t : {&out.title, &og_title_, &out_headline_}) {
      if (!t->empty()) out.titles.push_back(lower(*t));
    }
    if (out.headline != nullptr) out.titles.push_back(lower(text_of(out.headline)));
    return out;
  }

 private:
  static void first(std::string& slot, std::string_view value) {
    if (slot.empty()) slot = clean_line(value);
  }

  static bool holds_no_block(const xmlNode* n) {
    for (const xmlNode* c = n->children; c != nullptr; c = c->next) {
      if (c->type == XML_ELEMENT_NODE && is_block(name_of(c))) return false;
    }
    return n->children != nullptr;
  }

  bool look_at(xmlNode* n) {
    ++order_;
    const std::string_view name = name_of(n);
    std::string_view itemprop, rel;
    bool names_author = false;  // as far as letters go
    for (const xmlAttr* a = n->properties; a != nullptr; a = a->next) {
      const std::string_view key = reinterpret_cast<const char*>(a->name);
      if (a->children == nullptr || a->children->content == nullptr) continue;
      const std::string_view value = reinterpret_cast<const char*>(a->children->content);
      if (is(key, "itemprop")) itemprop = value;
      if (is(key, "rel")) rel = value;
      if (is(key, "datetime") || (is(key, "title") && is(name, "abbr")) || key.starts_with("data-") ||
          key.starts_with("time"))
        stamp(key, value, n);
      if (one_of(key, {"class", "id", "data-component", "data-testid", "data-testkey"})) {
        names_author = names_author || may_name_writer(value);
      }
    }
    if (is(name, "html")) {
      first(language_, attribute(n, "lang"));
      if (language_.empty()) first(language_, attribute(n, "xml:lang"));
    } else if (is(name, "meta")) {
      meta(n);
    } else if (is(name, "link")) {
      const std::string rel = lower(attribute(n, "rel"));
      if (rel == "canonical" && !url_host(attribute(n, "href")).empty()) canonical_ = clean_line(attribute(n, "href"));
    } else if (is(name, "title")) {
      if (n->parent == nullptr || name_of(n->parent) != "svg") first(title_, text_of(n));
    } else if (is(name, "script")) {
      if (lower(attribute(n, "type")).starts_with("application/ld+json") && n->children != nullptr &&
          n->children->content != nullptr)
        data_blocks_.push_back(parse_data(reinterpret_cast<const char*>(n->children->content)));
      return false;
    } else if (is(name, "article")) {
      articles_.push_back({n, "", order_});
    } else if (is(name, "time")) {
      const std::string_view title = attribute(n, "title");
      if (!has_attribute(n, "datetime")) times_.push_back({n, std::string(title), order_});
    }
    if (is_heading(name) && (name[1] <= '2' || is(itemprop, "headline") || has_name_word(n, {"headline", "title"}))) {
      if (headings_.size() < 60) headings_.push_back({n, text_of(n), order_});
    } else if (is(itemprop, "headline") && !is(name, "meta")) {
      headings_.insert(headings_.begin(), {n, text_of(n), order_});
    }
    if (is(itemprop, "datePublished") && !is(name, "meta") && !is(name, "time")) {
      const std::string_view content = attribute(n, "content");
      times_.push_back({n, content.empty() ? text_of(n) : std::string(content), order_});
    }
    if (!is(name, "meta") && !is(name, "link") && authors_.size() < 20) {
      const bool marked = lower(rel) == "author" || is(itemprop, "author");
      if (marked || (names_author && names_writer(n))) authors_.push_back({n, "", order_});
    }
    // Short lines, for dates, names and headlines that are only shown.
    const bool line =
        is_block(name) || one_of(name, {"span", "time", "b", "strong", "i", "em", "font", "small", "address"});
    if (lines_.size() < 5000 && line && holds_no_block(n)) lines_.push_back({n, order_});
    return true;
  }

  // When something was, in an attribute for programs: datetime of any element, an abbreviation's title, data-timestamp.
  void stamp(std::string_view key, std::string_view value, const xmlNode* n) {
    if (times_.size() >= 200 || value.size() < 6 || value.size() > 60) return;
    if (key != "datetime" && key != "title" && key.find("time") == key.npos && key.find("date") == key.npos &&
        key.find("publish") == key.npos)
      return;
    if (key != "datetime" && !read_date(clean_line(value))) return;
    times_.push_back({n, std::string(value), order_});
  }

  void meta(const xmlNode* n) {
    std::string key = lower(attribute(n, "property"));
    if (key.empty()) key = lower(attribute(n, "name"));
    if (key.empty()) key = lower(attribute(n, "itemprop"));
    const auto known = meta_fields().find(key);
    if (known == meta_fields().end()) return;
    const std::string_view value = attribute(n, "content");
    switch (known->second) {
      case MetaField::own_title:
        og_title_ = clean_line(value);
        break;
      case MetaField::title:
        first(other_title_, value);
        break;
      case MetaField::parsely:
        parsely_ = parse_data(value);
        break;
      case MetaField::label:
        label_ = clean_line(value);
        break;
      case MetaField::labelled:
        if (opening(label_ + ":", lang::Role::opens_byline) != 0) first(labelled_author_, value);
        break;
      case MetaField::own_site:
        site_ = clean_line(value);
        break;
      case MetaField::site:
        first(other_site_, value);
        break;
      case MetaField::url:
        first(og_url_, value);
        break;
      case MetaField::language:
        first(language_, value);
        break;
      case MetaField::author:
        add_author(key, clean_author(value));
        break;
      case MetaField::published:
        meta_dates_.emplace_back(value);
        break;
      case MetaField::modified:
        modified_.emplace_back(value);
        break;
    }
  }

  void add_author(const std::string& key, const std::string& author) {
    if (author.empty() || std::find(meta_authors_.begin(), meta_authors_.end(), author) != meta_authors_.end()) return;
    if (!meta_authors_.empty() && key != meta_author_key_) return;
    meta_authors_.push_back(author);
    meta_author_key_ = key;
  }

  // The data block of this article among those of its neighbours: by link, then by headline; the only one unless it speaks of
  // something else.
  void choose_data(PageFacts& out) {
    std::vector<const json::object*> all;
    for (const json::value& v : data_blocks_) find_articles(v, 0, all);
    int best = 0;
    for (const json::object* o : all) {
      const std::string url = string_at(*o, "url"), headline = string_at(*o, "headline");
      int score = all.size() == 1 ? 1 : 0;
      bool strange = !headline.empty();
      if (!url.empty() && !out.url.empty() && url_identity(url) == url_identity(out.url)) score += 4, strange = false;
      const auto agrees = [&](std::string_view line) {
        if (strange && alike(headline, line) >= alike_from.declared) strange = false;
        return says_the_same(headline, line);
      };
      bool same = agrees(og_title_);
      same = agrees(title_) || same;
      for (const Element& h : headings_) same = agrees(h.text) || same;
      if (title_.empty() && og_title_.empty() && headings_.empty()) strange = false;
      score += same ? 2 : 0;
      if (strange) score = 0;
      if (score > best) {
        best = score;
        data_ = o;
      }
    }
    if (data_ != nullptr) out_headline_ = fragment_text(string_at(*data_, "headline"));
    if (data_ == nullptr && all.empty()) {
      for (const json::value& v : data_blocks_) find_page(v, 0);
    }
    if (const json::value* body = data_ == nullptr ? nullptr : data_->if_contains("articleBody")) {
      if (const auto* text = body->if_string()) out.body = *text;
    }
  }

  void find_page(const json::value& v, int depth) {
    if (depth > 3 || page_data_ != nullptr) return;
    if (const auto* list = v.if_array()) {
      for (const json::value& one : *list) find_page(one, depth + 1);
    } else if (const auto* o = v.if_object()) {
      if (string_at(*o, "@type").ends_with("Page") && o->contains("datePublished")) page_data_ = o;
      if (const json::value* graph = o->if_contains("@graph")) find_page(*graph, depth + 1);
    }
  }

  void choose_site(PageFacts& out) const {
    std::string publisher;
    if (data_ != nullptr) {
      if (const json::value* v = data_->if_contains("publisher")) publisher = string_of(*v);
    }
    const std::string host = bare(url_host(out.url));
    for (const std::string* s : {&site_, static_cast<const std::string*>(&publisher), &other_site_}) {
      const bool headline =
          says_the_same(*s, og_title_) && !title_.empty() && says_the_same(*s, title_) && s->size() > 40;
      if (out.site.empty() && !s->starts_with("http") && !headline) out.site = *s;
    }
    if (!out.site.empty()) return;
    for (const std::string& piece :
         pieces(title_)) {  // "Ferry capsizes | The Eastern Courier" on easterncourier.example
      std::string name = bare(piece);
      for (const auto& [article, value] : lang::Language::of("en").with(lang::Role::definite)) {
        if (name.starts_with(article)) name.erase(0, article.size());
      }
      if (name.size() >= 5 && !host.empty() && host.find(name) != std::string::npos) out.site = piece;
    }
  }

  // A title's parts between bars.
  static std::vector<std::string> pieces(std::string_view title) {
    std::vector<std::string> out;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < title.size(); ++i) {
      if (title[i] != ' ' || i + 1 == title.size() || is_word_part(title[i + 1])) continue;
      for (const std::string_view bar : bars) {
        if (!title.substr(i).starts_with(bar)) continue;
        out.emplace_back(title.substr(begin, i - begin));
        begin = i + bar.size();
        i = begin - 1;
        break;
      }
    }
    out.emplace_back(title.substr(begin));
    return out;
  }

  // Few words, each of which begins with a capital.
  static bool is_name(std::string_view part) {
    constexpr std::size_t most_words = 4;
    std::size_t words = 0;
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (part[i] == ' ' || (i > 0 && part[i - 1] != ' ')) continue;
      ++words;
      const std::size_t size = std::min(part.find(' ', i), part.size()) - i;
      if (size > 3 && !(part[i] >= 'A' && part[i] <= 'Z') && (part[i] & 0x80) == 0) return false;
      if (part[i] >= '0' && part[i] <= '9') return false;
    }
    return words <= most_words;
  }

  // Without the site's name and its sections: what a heading shows of it, else what is left at an end, else the longest part.
  std::string headline_in(const std::string& title, const PageFacts& out) const {
    const std::vector<std::string> parts = pieces(title);
    if (parts.size() == 1) return title;
    const auto names_site = [&](const std::string& part) {
      const std::string name = bare(part), host = bare(url_host(out.url));
      if (!out.site.empty() &&
          (name == bare(out.site) || (name.size() >= 4 && bare(out.site).find(name) != std::string::npos)))
        return true;
      return name.size() >= 4 && !host.empty() && (host.starts_with(name) || host == name);
    };
    const auto named = std::count_if(parts.begin(), parts.end(), names_site);
    // Cut named parts off both ends, and single words beside them.
    std::size_t first = 0, last = parts.size();
    while (last - first > 1 && names_site(parts[last - 1])) --last;
    while (last - first > 1 && names_site(parts[first])) ++first;
    if (named != 0 || out.site.empty()) {
      const auto is_section = [](const std::string& part) { return words_of(part).size() <= 2; };
      const bool bar = title.find(" | ") != std::string::npos || named != 0;
      while (bar && last - first > 1 && is_section(parts[last - 1]) && words_of(parts[first]).size() >= 3) --last;
      while (bar && last - first > 1 && is_section(parts[first]) && words_of(parts[last - 1]).size() >= 3) ++first;
    }
    // Behind a headline of words, a short part in capitals throughout is a name.
    while (named == 0 && last - first > 1 && words_of(parts[first]).size() >= 4 && is_name(parts[last - 1])) --last;
    const std::size_t begin = title.find(parts[first]);
    const std::size_t end = title.rfind(parts[last - 1]) + parts[last - 1].size();
    return title.substr(begin, end - begin);
  }

  void choose_title(PageFacts& out) {
    const auto names_site = [&](const std::string& t) { return !out.site.empty() && bare(t) == bare(out.site); };
    std::string declared;
    for (const std::string* t : {&og_title_, &out_headline_, &other_title_, &title_}) {
      if (declared.empty() && !names_site(*t)) declared = headline_in(*t, out);
    }
    const Element* shown = nullptr;
    const std::string bare_declared = bare(declared), bare_title = bare(title_), bare_headline = bare(out_headline_);
    for (const Element& h : headings_) {  // the heading that the declared title repeats; a page's own h1 before others
      if (h.text.size() < 3 || names_site(h.text)) continue;
      const std::string text = bare(h.text);
      const bool same =
          bares_agree(text, bare_declared) || bares_agree(text, bare_title) || bares_agree(text, bare_headline);
      if (same && (shown == nullptr || (name_of(h.node) == "h1" && name_of(shown->node) != "h1"))) shown = &h;
    }
    if (shown == nullptr) {
      for (const Element& h : headings_) {
        const bool close = declared.empty() || alike(h.text, declared) >= alike_from.shown;
        if (name_of(h.node) == "h1" && h.text.size() >= 3 && !names_site(h.text) && close) {
          shown = &h;
          break;
        }
      }
    }
    std::optional<Element> line;
    if (shown == nullptr && (line = headline_line(declared.empty() ? title_ : declared))) shown = &*line;
    if (shown != nullptr) {
      out.headline = shown->node;
      headline_order_ = shown->order;
    }
    // A heading says it as readers see it, unless it holds more than the headline.
    const bool heading = shown != nullptr && (declared.empty() || shown->text.size() <= declared.size() + 20) &&
                         (shown->text.size() + 12 >= declared.size() || bare(declared).starts_with(bare(shown->text)) ||
                          bare(declared).ends_with(bare(shown->text)));
    out.title = heading ? shown->text : declared;
  }

  // Of a page without a heading that says what the page is called: the line that does.
  std::optional<Element> headline_line(std::string_view declared) const {
    constexpr std::size_t most_lines = 300, shortest = 15;
    std::size_t looked = 0;
    for (const ShownLine& e : lines_) {
      if (++looked > most_lines) break;
      const std::string text = text_of(e.node);
      if (text.size() < shortest || text.size() > declared.size() + 3 || 2 * text.size() < declared.size()) continue;
      if (says_the_same(text, declared)) return Element{e.node, text, e.order};
    }
    return std::nullopt;
  }

  bool accept(std::string_view text, PageFacts& out) const {
    const std::optional<ZonedTime> date = read_date(clean_line(text));
    if (!date) return false;
    if (!plausible(date->time)) {
      if (out.doubtful_date.empty()) out.doubtful_date = clean_line(text);
      return false;
    }
    out.published = date;
    return true;
  }

  // Nothing of a list of links, of another article on the page, of comments.
  bool of_this_article(const ShownLine& e, const PageFacts& out) const {
    if (!e.of_this_article) e.of_this_article = of_this_article(e.node, out);
    return *e.of_this_article;
  }
  bool of_this_article(const xmlNode* element, const PageFacts& out, bool marked = false) const {
    const xmlNode* article = nullptr;
    for (const xmlNode* n = element; n != nullptr; n = n->parent) {
      const std::string_view name = name_of(n);
      if (name == "article" && article == nullptr) article = n;
      if (out.headline != nullptr && holds(n, out.headline)) break;
      if (n != element && (one_of(name, {"nav", "aside", "a"}) || (name == "li" && in_long_list(n)))) return false;
      const DoubtKind kind = doubt_of(n).kind;
      if (kind == DoubtKind::comments || kind == DoubtKind::advert || (kind == DoubtKind::links && !marked))
        return false;
    }
    if (article == nullptr || out.headline == nullptr || holds(article, out.headline)) return true;
    // The headline stands above its article: the first that follows.
    const auto next = std::find_if(articles_.begin(), articles_.end(),
                                   [this](const Element& a) { return a.order > headline_order_; });
    return next != articles_.end() && next->node == article;
  }
  static bool in_long_list(const xmlNode* item) {
    std::size_t items = 0;
    for (const xmlNode* n = item->parent->children; n != nullptr; n = n->next) items += name_of(n) == "li";
    return items > 3;
  }
  static bool holds(const xmlNode* outer, const xmlNode* n) {
    for (; n != nullptr; n = n->parent) {
      if (n == outer) return true;
    }
    return false;
  }

  void choose_date(PageFacts& out) const {
    if (data_ != nullptr &&
        (accept(string_at(*data_, "datePublished"), out) || accept(string_at(*data_, "dateCreated"), out)))
      return;
    for (const std::string& d : meta_dates_) {
      if (accept(d, out)) return;
    }
    if (parsely_.is_object() && accept(string_at(parsely_.get_object(), "pub_date"), out)) return;
    if (data_ == nullptr && page_data_ != nullptr && accept(string_at(*page_data_, "datePublished"), out)) return;
    if (date_of_time(out) || date_shown(out)) return;
    if (data_ != nullptr && accept(string_at(*data_, "dateModified"), out)) return;
    for (const std::string& d : modified_) {
      if (accept(d, out)) return;
    }
    date_of_link(out);
  }

  // The time element nearest behind the headline, else before it; without a headline the first.
  bool date_of_time(PageFacts& out) const {
    std::vector<std::pair<std::size_t, const Element*>> near;
    for (const Element& e : times_) {
      if (!of_this_article(e.node, out)) continue;
      const bool published = attribute(e.node, "itemprop") == "datePublished" || has_attribute(e.node, "pubdate") ||
                             has_name_word(e.node, {"published", "publish", "posted"});
      const bool behind = e.order >= headline_order_;
      const std::size_t away = behind ? e.order - headline_order_ : 3 * (headline_order_ - e.order);
      near.push_back({published ? 0 : 1 + away, &e});
    }
    std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [away, e] : near) {
      if (accept(e->text, out) || accept(text_of(e->node), out)) return true;
    }
    return false;
  }

  // A date that the page only shows: a short line beside the headline, not in the text.
  bool date_shown(PageFacts& out) const {
    std::size_t looked = 0;
    for (const bool behind : {true, false}) {
      looked = 0;
      for (std::size_t k = 0; k < lines_.size() && looked < 12; ++k) {
        const ShownLine& e = behind ? lines_[k] : lines_[lines_.size() - 1 - k];
        if (behind != (e.order >= headline_order_)) continue;
        if (e.node == out.headline || !of_this_article(e, out)) continue;
        if (out.headline != nullptr && holds(e.node, out.headline)) continue;
        bool text = false;
        for (const std::string& line : lines_of(e)) {
          text = text || (behind && line.size() > 150 && ends_as_sentence(line) && name_of(e.node) == "p");
          if (text) break;
          looked += line.size() <= 100;
          if (date_of_line(line, out)) return true;
        }
        if (text) break;
      }
    }
    return false;
  }

  static const std::vector<std::string>& lines_of(const ShownLine& e) {
    if (!e.lines) e.lines = shown_lines(e.node);
    return *e.lines;
  }

  static bool date_of_line(const std::string& line, PageFacts& out) {
    if (line.size() > 100 || std::none_of(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; }))
      return false;
    const std::optional<ZonedTime> date = find_date(line, number_order(out.language));
    if (!date || !plausible(date->time) || (ends_as_sentence(line) && line.size() > 60)) return false;
    out.published = date;
    return true;
  }

  // "/2031/04/02/", "/2031-04-02-", "/20310402/".
  static void date_of_link(PageFacts& out) {
    std::string_view s = out.url;
    for (std::size_t i = s.find('/'); i != std::string_view::npos && i + 9 <= s.size(); i = s.find('/', i + 1)) {
      std::string digits;
      std::size_t k = i + 1;
      for (; k < s.size() && digits.size() < 8 &&
             ((s[k] >= '0' && s[k] <= '9') || (!digits.empty() && one_of(s.substr(k, 1), {"/", "-"})));
           ++k) {
        if (s[k] >= '0' && s[k] <= '9') digits += s[k];
      }
      if (digits.size() != 8 || (k < s.size() && s[k] >= '0' && s[k] <= '9')) continue;
      const auto date = read_date(digits);
      if (date && plausible(date->time)) {
        out.published = date;
        return;
      }
    }
  }

  void choose_author(PageFacts& out) const {
    const auto fits = [&](const std::string& author) {
      return !author.empty() && author.size() < 150 && bare(author) != bare(out.site) &&
             bare(author) != bare(out.title);
    };
    std::string author;
    for (const char* key : {"author", "creator"}) {
      if (data_ != nullptr) author = clean_author(people_at(*data_, key));
      if (!fits(author)) continue;
      out.author = author;
      return;
    }
    author.clear();
    for (const std::string& a : meta_authors_) {
      if (fits(a)) author += (author.empty() ? "" : ", ") + a;
    }
    if (!author.empty()) {
      out.author = author;
      return;
    }
    for (const std::string& a :
         {labelled_author_, parsely_.is_object() ? string_at(parsely_.get_object(), "author") : ""}) {
      if (author = clean_author(a); !fits(author)) continue;
      out.author = author;
      return;
    }
    author_shown(out, fits);
  }

  // In an element that says so, the ones behind the headline first; else in a line between headline and text that opens as bylines do.
  template <class Fits>
  void author_shown(PageFacts& out, const Fits& fits) const {
    for (const bool behind : {true, false}) {
      for (const Element& e : authors_) {
        const bool marked = attribute(e.node, "itemprop") == "author";
        if (behind != (e.order >= headline_order_) || !of_this_article(e.node, out, marked)) continue;
        std::string author = writers_in(e.node);
        if (!fits(author)) continue;
        for (const Element& other : authors_) {  // one link each: "A and B"
          if (other.order <= e.order || other.order > e.order + 8 || holds(e.node, other.node)) continue;
          const std::string more = writers_in(other.node);
          if (name_of(e.node) == "a" && name_of(other.node) == "a" && fits(more) && author.find(more) == author.npos)
            author += ", " + more;
        }
        out.author = author;
        return;
      }
    }
    std::size_t looked = 0;
    for (const ShownLine& e : lines_) {
      if (e.order < headline_order_ || !of_this_article(e, out)) continue;
      if (out.headline != nullptr && holds(e.node, out.headline)) continue;
      for (const std::string& line : lines_of(e)) {
        if (line.size() > 150 && ends_as_sentence(line)) return;  // the text has begun
        if (++looked > 12) return;
        const std::string author = writers_of_line(line);
        if (!fits(author)) continue;
        out.author = author;
        return;
      }
    }
  }

  // Names of people in a data block; those that it only points to stand elsewhere on the page.
  std::string people_at(const json::object& o, const char* key) const {
    const json::value* v = o.if_contains(key);
    if (v == nullptr) return {};
    std::string out;
    const auto add = [&](const json::value& one) {
      std::string name = string_of(one);
      if (const auto* person = one.if_object(); person != nullptr && !person->contains("name")) {
        if (const json::value* id = person->if_contains("@id")) {
          name.clear();
          for (const json::value& block : data_blocks_) {
            if (const json::object* found = with_id(block, string_of(*id), 0); found != nullptr)
              name = string_at(*found, "name");
          }
        }
      }
      if (!name.empty() && out.find(name) == std::string::npos) out += (out.empty() ? "" : ", ") + name;
    };
    if (const auto* list = v->if_array())
      for (const json::value& one : *list) add(one);
    else
      add(*v);
    return out;
  }

  static const json::object* with_id(const json::value& v, const std::string& id, int depth) {
    if (depth > 3) return nullptr;
    if (const auto* list = v.if_array()) {
      for (const json::value& one : *list) {
        if (const json::object* found = with_id(one, id, depth + 1)) return found;
      }
    } else if (const auto* o = v.if_object()) {
      if (o->contains("name") && string_at(*o, "@id") == id) return o;
      if (const json::value* graph = o->if_contains("@graph")) return with_id(*graph, id, depth + 1);
    }
    return nullptr;
  }

  std::size_t order_ = 0, headline_order_ = 0;
  std::string fetched_, language_, canonical_, og_url_, og_title_, other_title_, title_, site_, other_site_,
      out_headline_, meta_author_key_, label_, labelled_author_;
  json::value parsely_;  // what one provider of statistics asks pages to say
  std::vector<std::string> meta_authors_, meta_dates_, modified_;
  std::vector<json::value> data_blocks_;
  std::vector<Element> headings_, times_, authors_, articles_;
  std::vector<ShownLine> lines_;
  const json::object* data_ = nullptr;       // of this article
  const json::object* page_data_ = nullptr;  // of the page, where nothing is said of the article
};

}  // namespace

PageFacts read_facts(xmlNode* root, std::string_view url) { return FactReader(root, url).read(); }

}  // namespace storymerge::read

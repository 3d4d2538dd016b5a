#include "read/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <boost/json.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <limits>
#include <memory>
#include <vector>

#include "read/ascii.h"
#include "read/dates.h"
#include "storymerge/read/url.h"
#include "support/utf8.h"

namespace storymerge::read {
namespace {

struct FreeDocument {
  void operator()(xmlDoc* d) const { xmlFreeDoc(d); }
};
using Document = std::unique_ptr<xmlDoc, FreeDocument>;

// libxml2 stops at 256 levels of elements by itself; what it has read by then is used.
Document parse(std::string_view html) {
  if (html.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return nullptr;
  return Document(htmlReadMemory(
      html.data(), static_cast<int>(html.size()), nullptr, "UTF-8",
      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT));
}

std::string_view name_of(const xmlNode* n) { return reinterpret_cast<const char*>(n->name); }

std::string attribute(const xmlNode* n, const char* name) {
  std::string out;
  if (xmlChar* value = xmlGetProp(const_cast<xmlNode*>(n), reinterpret_cast<const xmlChar*>(name))) {
    out = reinterpret_cast<const char*>(value);
    xmlFree(value);
  }
  return out;
}

bool has_attribute(const xmlNode* n, const char* name) {
  return xmlHasProp(const_cast<xmlNode*>(n), reinterpret_cast<const xmlChar*>(name)) != nullptr;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// Blanks of all kinds to single spaces, none outside.
std::string squeezed(std::string_view s) {
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    char c = s[i];
    if (s.substr(i, 2) == "\xC2\xA0") {  // no-break space
      c = ' ';
      ++i;
    } else if (s.substr(i, 2) == "\xC2\xAD") {  // soft hyphen
      ++i;
      continue;
    } else if (s.substr(i, 3) == "\xE2\x80\x8B" || s.substr(i, 3) == "\xEF\xBB\xBF") {  // zero width
      i += 2;
      continue;
    }
    if (c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v') c = ' ';
    if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
    out += c;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string text_of(const xmlNode* n) {
  std::string out;
  if (xmlChar* content = xmlNodeGetContent(n)) {
    out = squeezed(reinterpret_cast<const char*>(content));
    xmlFree(content);
  }
  return out;
}

// Calls f on every element under `root` in document order; f says whether to go inside.
template <class F>
void each_element(xmlNode* root, F&& f) {
  for (xmlNode* n = root; n != nullptr;) {
    const bool inside = n->type != XML_ELEMENT_NODE ? n == root : f(n);
    if (inside && n->children != nullptr) {
      n = n->children;
      continue;
    }
    while (n != root && n->next == nullptr) n = n->parent;
    if (n == root) return;
    n = n->next;
  }
}

// ---- what the page says of itself ----

namespace json = boost::json;

std::string string_at(const json::object& o, std::string_view key) {
  const json::value* v = o.if_contains(json::string_view(key.data(), key.size()));
  if (v == nullptr) return {};
  if (const auto* s = v->if_string()) return std::string(s->data(), s->size());
  if (const auto* inner = v->if_object()) return string_at(*inner, inner->contains("name") ? "name" : "@id");
  if (const auto* list = v->if_array()) {
    std::string out;
    for (const json::value& item : *list) {
      std::string one;
      if (const auto* s = item.if_string()) one = std::string(s->data(), s->size());
      if (const auto* inner = item.if_object()) one = string_at(*inner, "name");
      if (!one.empty()) out += (out.empty() ? "" : ", ") + one;
    }
    return out;
  }
  return {};
}

bool is_article(const json::object& o) {
  const std::string type = string_at(o, "@type");
  const json::value* list = o.if_contains("@type");
  const auto fits = [](std::string_view t) {
    return t.ends_with("Article") || t.ends_with("Posting") || t == "Report" || t == "LiveBlogPosting";
  };
  if (list != nullptr && list->is_array()) {
    for (const json::value& t : list->get_array()) {
      if (t.is_string() && fits(std::string_view(t.get_string().data(), t.get_string().size()))) return true;
    }
  }
  return fits(type);
}

const json::object* find_article(const json::value& v, int depth) {
  if (depth > 6) return nullptr;
  if (const auto* list = v.if_array()) {
    for (const json::value& item : *list) {
      if (const auto* found = find_article(item, depth + 1)) return found;
    }
  } else if (const auto* o = v.if_object()) {
    if (is_article(*o)) return o;
    for (const char* key : {"@graph", "mainEntity", "mainEntityOfPage"}) {
      if (const json::value* inner = o->if_contains(key)) {
        if (const auto* found = find_article(*inner, depth + 1)) return found;
      }
    }
  }
  return nullptr;
}

struct Said {
  std::string headline, og_title, h1, title, site, author, date, time, url, language;
};

void first(std::string& slot, std::string_view value) {
  if (slot.empty()) slot = squeezed(value);
}

Said read_meta(xmlNode* root) {
  Said said;
  each_element(root, [&](xmlNode* n) {
    const std::string_view name = name_of(n);
    if (name == "html") {
      first(said.language, attribute(n, "lang"));
    } else if (name == "meta") {
      const std::string key = lower(has_attribute(n, "property") ? attribute(n, "property")
                                    : has_attribute(n, "name")   ? attribute(n, "name")
                                                                 : attribute(n, "itemprop"));
      const std::string value = attribute(n, "content");
      if (key == "og:title" || key == "twitter:title") first(said.og_title, value);
      if (key == "og:site_name" || key == "application-name") first(said.site, value);
      if (key == "og:url") first(said.url, value);
      if (one_of(key, {"author", "article:author", "dc.creator", "parsely-author", "byl"}) &&
          !value.starts_with("http")) {
        first(said.author, value);
      }
      if (one_of(key, {"article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate",
                       "publish-date", "dc.date", "dc.date.issued", "dcterms.created", "sailthru.date",
                       "parsely-pub-date"}) &&
          said.date.empty() && read_date(value)) {
        said.date = value;
      }
    } else if (name == "link") {
      if (lower(attribute(n, "rel")) == "canonical") said.url = squeezed(attribute(n, "href"));
    } else if (name == "title") {
      first(said.title, text_of(n));
    } else if (name == "h1") {
      first(said.h1, text_of(n));
    } else if (name == "time") {
      const std::string when = attribute(n, "datetime");
      if (said.time.empty() && read_date(when)) said.time = when;
    } else if (name == "script" && lower(attribute(n, "type")) == "application/ld+json") {
      json::error_code error;
      json::parse_options options;
      options.max_depth = 64;
      const std::string source = reinterpret_cast<const char*>(n->children != nullptr && n->children->content != nullptr
                                                                   ? n->children->content
                                                                   : reinterpret_cast<const xmlChar*>(""));
      const json::value value = json::parse(source, error, {}, options);
      if (error) return false;
      if (const json::object* article = find_article(value, 0)) {
        first(said.headline, string_at(*article, "headline"));
        const std::string date = string_at(*article, "datePublished");
        if (read_date(date)) said.date = date;  // weighs more than a meta element
        if (std::string author = string_at(*article, "author"); !author.empty()) said.author = author;
        if (const std::string site = string_at(*article, "publisher"); said.site.empty()) first(said.site, site);
        first(said.url, string_at(*article, "url"));
      }
      return false;
    }
    if (said.author.empty() &&
        (lower(attribute(n, "rel")) == "author" || lower(attribute(n, "itemprop")) == "author")) {
      std::string author = text_of(n);
      if (author.size() < 80) said.author = std::move(author);
    }
    return true;
  });
  return said;
}

// "Ferry capsizes off Lidra | The Eastern Courier": without the site's name.
std::string without_site(std::string title, const std::string& site) {
  for (const std::string_view bar : {" | ", " - ", " \u2013 ", " \u2014 ", " :: "}) {
    const std::size_t at = title.rfind(bar);
    if (at == std::string::npos || at == 0) continue;
    const std::string_view tail = std::string_view(title).substr(at + bar.size());
    if ((!site.empty() && lower(tail) == lower(site)) || (site.empty() && bar == " | ")) return title.substr(0, at);
  }
  return title;
}

// ---- what is body ----

enum class Kind { paragraph, heading, item, row, loose };

struct Block {
  std::string text;
  std::size_t linked = 0;  // bytes of it inside links
  Kind kind = Kind::loose;
  const xmlNode* node = nullptr;

  double link_share() const {
    return text.empty() ? 0 : static_cast<double>(linked) / static_cast<double>(text.size());
  }
  bool good() const { return text.size() >= (kind == Kind::item ? 40u : 60u) && link_share() < 0.35; }
};

bool ends_as_sentence(std::string_view s) {
  while (!s.empty() && (s.back() == ')' || s.back() == '"' || s.back() == '\'' || s.back() == ' ')) s.remove_suffix(1);
  for (const std::string_view close : {"\u201D", "\u2019", "\u00BB", "\u201C"}) {
    if (s.ends_with(close)) s.remove_suffix(close.size());
  }
  for (const std::string_view stop : {".", "!", "?", ":", ";", "\u2026", "\u3002", "\u061F"}) {
    if (s.ends_with(stop)) return true;
  }
  return false;
}

// Words of a class or id: split at signs and at capitals ("relatedLinks", "share-bar").
std::vector<std::string> words_of(std::string_view s) {
  std::vector<std::string> out;
  bool open = false;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const char c = s[i];
    const bool up = c >= 'A' && c <= 'Z', letter = up || (c >= 'a' && c <= 'z');
    if (!letter) {
      open = false;
      continue;
    }
    if (!open || (up && i > 0 && s[i - 1] >= 'a' && s[i - 1] <= 'z')) out.emplace_back();
    open = true;
    out.back() += up ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

// Elements that are never body, whatever they hold.
bool never_body(const xmlNode* n) {
  const std::string_view name = name_of(n);
  if (one_of(name, {"script", "style",  "noscript", "template", "iframe", "svg",        "form", "button", "input",
                    "select", "option", "textarea", "label",    "nav",    "dialog",     "head", "canvas", "object",
                    "embed",  "audio",  "video",    "picture",  "menu",   "figcaption", "map"}) ||
      name.starts_with("amp-")) {
    return true;
  }
  if (has_attribute(n, "hidden") || attribute(n, "aria-hidden") == "true") return true;
  const std::string style = lower(attribute(n, "style"));
  if (style.find("display:none") != std::string::npos || style.find("display: none") != std::string::npos ||
      style.find("visibility:hidden") != std::string::npos) {
    return true;
  }
  return one_of(lower(attribute(n, "role")),
                {"navigation", "banner", "complementary", "contentinfo", "search", "dialog", "alertdialog", "menu",
                 "menubar", "toolbar", "alert", "button"});
}

// Elements whose name, class or id says that they are the page's and not the article's.
bool named_as_furniture(const xmlNode* n) {
  const std::string_view name = name_of(n);
  if (name == "aside" || name == "footer") return true;
  if (one_of(name, {"html", "body", "main", "article"}) && name != "article") return false;
  std::vector<std::string> words = words_of(attribute(n, "class"));
  const std::vector<std::string> id = words_of(attribute(n, "id"));
  words.insert(words.end(), id.begin(), id.end());
  // Names of layouts mention their neighbours: "has-sidebar", "with-comments", "no-ads".
  if (!words.empty() && one_of(words.front(), {"has", "with", "no", "without", "is"})) return false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& w = words[i];
    if (one_of(w, {"comment",
                   "comments",
                   "disqus",
                   "respond",
                   "related",
                   "recommended",
                   "recommendations",
                   "recommendation",
                   "share",
                   "sharing",
                   "social",
                   "promo",
                   "promotion",
                   "newsletter",
                   "newsletters",
                   "subscribe",
                   "subscription",
                   "cookie",
                   "cookies",
                   "consent",
                   "gdpr",
                   "sidebar",
                   "footer",
                   "nav",
                   "navbar",
                   "navigation",
                   "menu",
                   "breadcrumb",
                   "breadcrumbs",
                   "ad",
                   "ads",
                   "advert",
                   "advertisement",
                   "advertising",
                   "sponsored",
                   "sponsor",
                   "paywall",
                   "popup",
                   "modal",
                   "overlay",
                   "widget",
                   "trending",
                   "tags",
                   "taglist",
                   "byline",
                   "dateline",
                   "timestamp",
                   "caption",
                   "credit",
                   "credits",
                   "toolbar",
                   "signup",
                   "donate",
                   "donation",
                   "membership",
                   "outbrain",
                   "taboola",
                   "mostread",
                   "popular",
                   "pagination",
                   "pager",
                   "copyright",
                   "legal",
                   "disclaimer",
                   "skip",
                   "login",
                   "masthead",
                   "topbar",
                   "banner",
                   "toast",
                   "tooltip",
                   "hidden",
                   "print",
                   "utility",
                   "meta",
                   "authorbox",
                   "bio",
                   "profile",
                   "teaser",
                   "teasers",
                   "readmore",
                   "kicker",
                   "eyebrow",
                   "tracker",
                   "crosslinks",
                   "partner",
                   "partners",
                   "rail",
                   "puff",
                   "subscriber",
                   "regwall"})) {
      return true;
    }
    if (i + 1 < words.size() &&
        ((w == "most" && words[i + 1] == "read") || (w == "read" && words[i + 1] == "more") ||
         (w == "read" && words[i + 1] == "next") || (w == "author" && words[i + 1] == "box") ||
         (w == "more" && one_of(words[i + 1], {"stories", "from", "news", "on", "links"})) ||
         (w == "sign" && words[i + 1] == "up") || (w == "reading" && words[i + 1] == "time") ||
         (w == "site" && words[i + 1] == "header") || (w == "page" && words[i + 1] == "header"))) {
      return true;
    }
  }
  return false;
}

class Extractor {
 public:
  Extractor(xmlNode* root, bool by_name) : by_name_(by_name) {
    walk(root, 0, false, Kind::loose);
    flush();
    for (const Block& b : blocks_) {
      if (!b.good()) continue;
      for (const xmlNode* n = b.node; n != nullptr; n = n->parent) mass_[n] += b.text.size() - b.linked;
    }
    total_ = mass_[root];
  }

  std::size_t total() const { return total_; }
  const std::vector<Block>& blocks() const { return blocks_; }

  // The smallest element that holds the mass of good text.
  const xmlNode* main_element(const xmlNode* root) const {
    const xmlNode* at = root;
    while (true) {
      const xmlNode* best = nullptr;
      std::size_t best_mass = 0;
      for (const xmlNode* c = at->children; c != nullptr; c = c->next) {
        const auto found = mass_.find(c);
        if (found != mass_.end() && found->second > best_mass) {
          best = c;
          best_mass = found->second;
        }
      }
      const std::string_view name = name_of(at);
      if (best == nullptr || static_cast<double>(best_mass) < 0.8 * static_cast<double>(mass_.at(at))) return at;
      if (one_of(name_of(best),
                 {"p", "li", "ul", "ol", "blockquote", "tr", "table", "tbody", "td", "dl", "section", "figure"}) &&
          name_of(best) != "section" && !one_of(name_of(best), {"table", "tbody", "tr", "td"})) {
        return at;
      }
      // Inside an article element only what is marked as its body is smaller.
      if (name == "article" && lower(attribute(best, "itemprop")) != "articlebody" &&
          best_mass * 100 < mass_.at(at) * 97) {
        return at;
      }
      at = best;
    }
  }

 private:
  void flush() {
    std::string text = squeezed(current_.text);
    if (!text.empty()) {
      // Line breaks inside a paragraph (<br>) were kept as \x01.
      std::size_t begin = 0;
      while (begin <= text.size()) {
        const std::size_t end = std::min(text.find('\x01', begin), text.size());
        Block piece = current_;
        piece.text = squeezed(std::string_view(text).substr(begin, end - begin));
        piece.linked = std::min(current_.linked, piece.text.size());
        if (!piece.text.empty()) blocks_.push_back(std::move(piece));
        begin = end + 1;
      }
    }
    current_ = {};
  }

  static bool holds_the_headline(xmlNode* n) {
    bool found = false;
    each_element(n, [&](xmlNode* e) {
      found = found || name_of(e) == "h1" || lower(attribute(e, "itemprop")) == "articlebody";
      return !found;
    });
    return found;
  }

  void walk(xmlNode* n, int depth, bool linked, Kind kind) {
    if (depth > 400) return;
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
      if (n->content == nullptr) return;
      const std::string_view s = reinterpret_cast<const char*>(n->content);
      if (current_.node == nullptr) {
        if (s.find_first_not_of(" \t\r\n\f") == std::string_view::npos) return;
        current_.node = n->parent;
        current_.kind = kind;
      }
      current_.text += s;
      if (linked) current_.linked += s.size();
      return;
    }
    if (n->type != XML_ELEMENT_NODE && n->type != XML_HTML_DOCUMENT_NODE) {
      if (n->type != XML_ENTITY_REF_NODE) return;
    }
    if (n->type == XML_ELEMENT_NODE) {
      if (never_body(n)) return;
      if (by_name_ && named_as_furniture(n) && !holds_the_headline(n)) return;
      const std::string_view name = name_of(n);
      if (name == "br") {
        if (current_.node != nullptr) current_.text += '\x01';
        return;
      }
      const bool heading = name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
      const bool block =
          heading ||
          one_of(name, {"p",       "div",    "li",    "ul",         "ol",       "section", "article", "main",
                        "header",  "footer", "aside", "blockquote", "pre",      "table",   "thead",   "tbody",
                        "tfoot",   "tr",     "dl",    "dt",         "dd",       "figure",  "address", "details",
                        "summary", "body",   "html",  "center",     "fieldset", "hr",      "caption"});
      if (name == "a") linked = true;
      if (name == "td" || name == "th") {
        if (current_.node != nullptr) current_.text += " | ";
      }
      if (block) {
        // A paragraph inside a table row or a list item belongs to it.
        const bool part = (kind == Kind::row || kind == Kind::item) && one_of(name, {"p", "div"});
        if (!part) flush();
        Kind inner = kind;
        if (heading || name == "caption" || name == "dt" || name == "summary")
          inner = Kind::heading;
        else if (name == "tr")
          inner = Kind::row;
        else if (name == "li" || name == "dd")
          inner = Kind::item;
        else if (!part && one_of(name, {"p", "blockquote", "pre"}))
          inner = Kind::paragraph;
        else if (!part && kind != Kind::paragraph)
          inner = Kind::loose;
        for (xmlNode* c = n->children; c != nullptr; c = c->next) walk(c, depth + 1, linked, inner);
        if (part) {
          if (current_.node != nullptr) current_.text += ' ';
        } else {
          flush();
        }
        return;
      }
    }
    for (xmlNode* c = n->children; c != nullptr; c = c->next) walk(c, depth + 1, linked, kind);
  }

  bool by_name_;
  std::vector<Block> blocks_;
  Block current_;
  boost::unordered_flat_map<const xmlNode*, std::size_t> mass_;
  std::size_t total_ = 0;
};

bool inside(const xmlNode* n, const xmlNode* of) {
  for (; n != nullptr; n = n->parent) {
    if (n == of) return true;
  }
  return false;
}

std::string main_text(const Extractor& extractor, const xmlNode* root, const std::vector<std::string>& titles) {
  const xmlNode* main = extractor.main_element(root);
  std::vector<const Block*> blocks;
  for (const Block& b : extractor.blocks()) {
    // A paragraph of text beside it is its standfirst.
    const bool beside = b.kind == Kind::paragraph && b.good() && main != root && b.node->parent == main->parent;
    if (beside || inside(b.node, main)) blocks.push_back(&b);
  }
  std::size_t first_good = blocks.size(), last_good = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i]->good() && blocks[i]->kind != Kind::heading) {
      first_good = std::min(first_good, i);
      last_good = i;
    }
  }
  std::vector<bool> keep(blocks.size(), false);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& b = *blocks[i];
    if (std::find(titles.begin(), titles.end(), lower(b.text)) != titles.end()) continue;
    if (b.kind == Kind::heading || b.link_share() > 0.5) continue;
    const bool between = i > first_good && i < last_good;
    const bool sentence = ends_as_sentence(b.text);
    if (b.good())
      keep[i] = true;
    else if (b.kind == Kind::paragraph)
      keep[i] = between || (sentence && i > last_good) || (sentence && b.text.size() > 40);
    else if (b.kind == Kind::item || b.kind == Kind::row)
      keep[i] = between || i > last_good;
    else
      keep[i] = between && (sentence || b.text.size() > 40);
  }
  // A heading stays when body follows before the next heading of the page.
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i]->kind != Kind::heading || blocks[i]->link_share() > 0.5 || i < first_good) continue;
    if (name_of(blocks[i]->node) == "h1") continue;
    if (std::find(titles.begin(), titles.end(), lower(blocks[i]->text)) != titles.end()) continue;
    for (std::size_t k = i + 1; k < blocks.size() && k <= i + 2; ++k) {
      if (keep[k]) {
        keep[i] = true;
        break;
      }
      if (blocks[k]->kind == Kind::heading) break;
    }
  }
  std::string out;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (!keep[i]) continue;
    if (!out.empty()) out += "\n\n";
    if (blocks[i]->kind == Kind::item) out += "- ";
    out += blocks[i]->text;
  }
  return out;
}

std::string valid(std::string s) {
  while (const auto at = find_invalid_utf8(s)) s.erase(*at, 1);
  return s;
}

}  // namespace

std::string declared_encoding(std::string_view html) {
  const std::string head = lower(html.substr(0, 4096));
  for (std::size_t at = head.find("charset"); at != std::string::npos; at = head.find("charset", at + 1)) {
    std::size_t i = at + 7;
    while (i < head.size() && (head[i] == ' ' || head[i] == '=')) ++i;
    while (i < head.size() && (head[i] == '"' || head[i] == '\'')) ++i;
    const std::size_t end = head.find_first_of("\"' ;/>\r\n\t", i);
    if (end != std::string::npos && end > i && end - i < 40) return head.substr(i, end - i);
  }
  if (head.starts_with("<?xml")) {
    const std::size_t at = head.find("encoding=");
    if (at != std::string::npos && at + 10 < head.size() && at < head.find("?>")) {
      const std::size_t end = head.find(head[at + 9], at + 10);
      if (end != std::string::npos) return head.substr(at + 10, end - at - 10);
    }
  }
  return {};
}

Article read_page(std::string_view html) {
  Article article;
  const Document document = parse(html);
  xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (root == nullptr) return article;
  const Said said = read_meta(root);
  article.url = said.url;
  article.source = said.site.empty() ? url_host(said.url) : said.site;
  article.language = said.language;
  article.author = said.author;
  article.published = read_date(said.date.empty() ? said.time : said.date);
  for (const std::string* title : {&said.h1, &said.headline, &said.og_title, &said.title}) {
    if (article.title.empty()) article.title = without_site(*title, said.site);
  }
  std::vector<std::string> titles;
  for (const std::string* title : {&said.h1, &said.headline, &said.og_title}) {
    if (!title->empty()) titles.push_back(lower(*title));
  }
  const Extractor named(root, true);
  if (named.total() >= 200) {
    article.text = main_text(named, root, titles);
  } else {  // perhaps a layout whose names mislead
    const Extractor all(root, false);
    article.text = main_text(all.total() > 4 * named.total() + 200 ? all : named, root, titles);
  }
  for (std::string* field :
       {&article.title, &article.source, &article.url, &article.language, &article.author, &article.text}) {
    *field = valid(std::move(*field));
  }
  return article;
}

std::string fragment_text(std::string_view html) {
  const Document document = parse(html);
  xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (root == nullptr) return {};
  std::string out;
  const Extractor extractor(root, false);
  for (const Block& b : extractor.blocks()) {
    if (b.link_share() > 0.8) continue;
    if (!out.empty()) out += "\n\n";
    if (b.kind == Kind::item) out += "- ";
    out += b.text;
  }
  return valid(std::move(out));
}

}  // namespace storymerge::read

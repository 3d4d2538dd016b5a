// RSS 0.9 to 2.0, Atom 0.3 and 1.0, CDF, and news sitemaps. A feed is cut into its entries before a parser sees it: what is broken in
// one is lost in that one alone, entities of a DTD are never expanded, and each entry has a budget of its own.

#include <fmt/format.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <utility>

#include "read/ascii.h"
#include "read/base64.h"
#include "read/byline.h"
#include "read/dates.h"
#include "read/encoding.h"
#include "read/feed_entry.h"
#include "read/formats.h"
#include "read/html.h"
#include "read/html_tree.h"
#include "read/main_text.h"
#include "storymerge/base/error.h"
#include "storymerge/read/url.h"
#include "support/utf8.h"

namespace storymerge::read {

// ---- what an entry means, whatever format it came in ----

namespace {

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// Markup or references that are still there when a reader should see the text: "&lt;p&gt;" in what has been unescaped once.
bool looks_escaped(std::string_view s) {
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '&') {
      const std::size_t end = s.find(';', i);
      if (end == std::string_view::npos || end - i > 10 || end - i < 3) continue;
      const std::string name(s.substr(i + 1, end - i - 1));
      if (name[0] == '#' || htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str())) != nullptr) return true;
    } else if (s[i] == '<') {
      std::size_t k = i + 1 + (i + 1 < s.size() && s[i + 1] == '/');
      std::size_t end = k;
      while (end < s.size() && is_word(s[end])) ++end;
      const std::size_t close = s.find('>', end);
      if (end > k && close != std::string_view::npos && close - end < 300 &&
          htmlTagLookup(reinterpret_cast<const xmlChar*>(lower(s.substr(k, end - k)).c_str())) != nullptr)
        return true;
    }
  }
  return false;
}

std::string unescaped(std::string_view html) {
  std::string text = fragment_text(html);
  for (int round = 0; round < 2 && looks_escaped(text); ++round) text = fragment_text(text);
  return text;
}

// The line that publishing systems add below each entry: little but its title and the outlet's name.
void cut_tail(std::string& text, std::string_view title, std::string_view outlet) {
  const std::size_t begin = text.rfind("\n\n");
  if (begin == std::string::npos || title.size() < 5 || outlet.size() < 3) return;
  const std::string_view last = std::string_view(text).substr(begin + 2);
  if (last.size() > title.size() + outlet.size() + 60) return;
  if (last.find(title) != std::string_view::npos && last.rfind(outlet) != std::string_view::npos) text.resize(begin);
}

// Good in every feed: a link, a URN, a tag.
bool global(std::string_view id) {
  return !url_host(id).empty() || id.starts_with("urn:") || id.starts_with("tag:") ||
         id.find("://") != std::string_view::npos;
}

std::string absolute(std::string_view link, std::string_view base) {
  if (link.empty() || link.find("://") != std::string_view::npos || url_host(base).empty()) return std::string(link);
  const std::size_t host = base.find("://") + 3;
  if (link.starts_with("//")) return std::string(base.substr(0, host - 2)).append(link);
  const std::size_t path = std::min(base.find('/', host), base.size());
  if (link.starts_with('/')) return std::string(base.substr(0, path)).append(link);
  const std::size_t folder = base.rfind('/');
  return std::string(base.substr(0, folder < host ? base.size() : folder)).append("/").append(link);
}

}  // namespace

std::string text_of_content(const FeedContent& content) {
  const std::string type = lower(content.type);
  if (content.base64) {
    if (!type.empty() && !type.starts_with("text") && type.find("html") == std::string::npos) return {};
    const std::string bytes = from_base64(content.text);
    return unescaped(page_to_utf8(bytes, "").text);
  }
  if (content.markup) return fragment_text(content.text);
  const bool plain = type == "text" || type == "text/plain";
  if (plain && !looks_escaped(content.text)) {
    std::string out;
    std::string_view rest = content.text;
    while (!rest.empty()) {  // lines as they are
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string line = clean_line(rest.substr(0, end));
      if (!out.empty()) out += '\n';
      out += line;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return std::string(trimmed(out));
  }
  return unescaped(content.text);
}

// "Tower sold - Norland Post" of a feed that collects: the outlet, which the entry names as its source, is no part of the title.
static std::string without_source(std::string title, std::string_view source) {
  for (const std::string_view joint : {" - ", " \u2013 ", " \u2014 ", " | "}) {
    const std::string tail = std::string(joint) + std::string(source);
    if (title.size() > tail.size() && title.ends_with(tail)) return title.substr(0, title.size() - tail.size());
  }
  return title;
}

void add_entry(FeedEntry&& entry, const FeedFacts& feed, std::uint64_t line, Collector& out) {
  Article a;
  a.title = clean_line(unescaped(entry.title));
  a.url = absolute(entry.link.empty() && !url_host(entry.id).empty() ? entry.id : entry.link,
                   entry.base.empty() ? feed.link : entry.base);
  a.author = clean_author(unescaped(entry.author.empty() ? feed.author : entry.author));
  a.language = entry.language.empty() ? feed.language : entry.language;
  a.source = clean_line(unescaped(entry.source.empty() ? feed.title : entry.source));
  if (!entry.source.empty() && !a.source.empty()) a.title = without_source(std::move(a.title), a.source);
  if (!entry.id.empty()) {
    const std::string host = url_host(feed.link.empty() ? a.url : feed.link);
    const std::string& local = host.empty() ? a.source : host;
    a.id = global(entry.id) ? entry.id : local.empty() ? "" : local + "#" + entry.id;
  }
  for (const FeedContent& content : entry.contents) {
    a.text = text_of_content(content);
    if (!a.text.empty()) break;
  }
  cut_tail(a.text, a.title, a.source);
  if (a.text.empty()) return out.reject(line, "text", "no text");
  std::string unread;
  for (const std::string& text : entry.dates) {
    const std::optional<ZonedTime> date = read_date(clean_line(text));
    if (date && plausible(date->time)) {
      a.published = date->time;
      a.published_offset = date->offset;
      break;
    }
    if (unread.empty() && !text.empty())
      unread = date ? fmt::format("'{}' is not believed", text) : fmt::format("'{}' is no date", text);
  }
  if (!a.published && !unread.empty()) out.flag(line, "published", std::move(unread));
  for (std::string* field : {&a.id, &a.title, &a.source, &a.url, &a.language, &a.author, &a.text}) {
    while (const auto at = find_invalid_utf8(*field)) field->erase(*at, 1);
  }
  out.add(std::move(a), line);
}

// ---- XML ----

namespace {

enum class Space { none, atom, content, dc, media, itunes, xhtml, feedburner, other };

Space space_of(const xmlNode* n) {
  std::string uri = n->ns != nullptr && n->ns->href != nullptr ? lower(reinterpret_cast<const char*>(n->ns->href)) : "";
  if (uri.empty()) {
    const std::string_view name = name_of(n);
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos) return Space::none;
    const std::string_view prefix = name.substr(0, colon);  // that nobody declared
    return prefix == "content"                  ? Space::content
           : prefix == "dc"                     ? Space::dc
           : prefix == "dcterms"                ? Space::dc
           : prefix == "media"                  ? Space::media
           : prefix == "itunes"                 ? Space::itunes
           : prefix == "atom"                   ? Space::atom
           : prefix == "xhtml"                  ? Space::xhtml
           : prefix == "feedburner"             ? Space::feedburner
           : prefix == "rss" || prefix == "rdf" ? Space::none
                                                : Space::other;
  }
  const auto in = [&](std::string_view part) { return uri.find(part) != std::string::npos; };
  if (in("w3.org/2005/atom") || in("purl.org/atom/ns")) return Space::atom;
  if (in("purl.org/rss/1.0/modules/content")) return Space::content;
  if (in("purl.org/dc/") || in("purl.org/rss/1.0/modules/dc")) return Space::dc;
  if (in("yahoo.com/mrss")) return Space::media;
  if (in("itunes.com/dtds") || in("itunes.com/dtd")) return Space::itunes;
  if (in("w3.org/1999/xhtml")) return Space::xhtml;
  if (in("feedburner")) return Space::feedburner;
  if (in("purl.org/rss/1.0/modules")) return Space::other;
  if (in("purl.org/rss/") || in("netscape.com/rdf") || in("netscape.com/publish") || in("backend.userland.com") ||
      in("purl.org/net/rss1.1") || in("w3.org/1999/02/22-rdf") || in("channel.netscape.com") ||
      in("w3.org/standards/history/cdf") || in("rssnamespace.org/rss"))
    return Space::none;
  return Space::other;
}

std::string local_name(const xmlNode* n) {
  const std::string_view name = name_of(n);
  const std::size_t colon = name.find(':');
  return lower(colon == std::string_view::npos ? name : name.substr(colon + 1));
}

std::string content_of(const xmlNode* n) {
  const Content content(xmlNodeGetContent(n), xmlFree);
  if (!content) return {};
  return std::string(trimmed(reinterpret_cast<const char*>(content.get())));
}

bool has_elements(const xmlNode* n) {
  for (const xmlNode* c = n->children; c != nullptr; c = c->next) {
    if (c->type == XML_ELEMENT_NODE) return true;
  }
  return false;
}

std::string markup_of(xmlNode* n) {
  std::string out;
  const std::unique_ptr<xmlBuffer, void (*)(xmlBufferPtr)> buffer(xmlBufferCreate(), xmlBufferFree);
  for (xmlNode* c = n->children; c != nullptr && buffer; c = c->next) {
    const xmlNs* ns = c->ns;  // HTML knows no prefixes
    if (c->type == XML_ELEMENT_NODE && ns != nullptr && ns->prefix != nullptr) {
      each_element(c, [](xmlNode* e) {
        e->ns = nullptr;
        return true;
      });
    }
    xmlNodeDump(buffer.get(), n->doc, c, 0, 0);
  }
  if (buffer) out = reinterpret_cast<const char*>(xmlBufferContent(buffer.get()));
  return out;
}

std::string any_attribute(const xmlNode* n, std::string_view name) {
  for (const xmlAttr* a = n->properties; a != nullptr; a = a->next) {
    if (lower(reinterpret_cast<const char*>(a->name)) == name && a->children != nullptr)
      return content_of(reinterpret_cast<const xmlNode*>(a));
  }
  return {};
}

const xmlNode* child(const xmlNode* n, std::string_view name) {
  for (const xmlNode* c = n->children; c != nullptr; c = c->next) {
    if (c->type == XML_ELEMENT_NODE && local_name(c) == name) return c;
  }
  return nullptr;
}

// Which element holds the text: the fullest kind first.
int rank_of(Space space, std::string_view name) {
  if (space == Space::content && (name == "encoded" || name == "items")) return 0;
  if (space == Space::atom && name == "content") return 1;
  if (space == Space::xhtml && (name == "body" || name == "div")) return 2;
  if (space == Space::none && (name == "fullitem" || name == "fulltext" || name == "full-text")) return 3;
  if (space == Space::none && (name == "body" || name == "content")) return 4;
  if (space == Space::none && name == "description") return 5;
  if (space == Space::atom && name == "summary") return 6;
  if (space == Space::none && (name == "summary" || name == "abstract")) return 7;
  if (space == Space::dc && (name == "description" || name == "abstract")) return 8;
  if (space == Space::itunes && name == "summary") return 9;
  if (space == Space::media && name == "description") return 10;
  if (space == Space::atom && name == "description") return 11;
  if (space == Space::itunes && name == "subtitle") return 12;
  return -1;
}

FeedContent content_in(xmlNode* n, bool atom) {
  FeedContent out;
  out.type = any_attribute(n, "type");
  const std::string mode = lower(any_attribute(n, "mode"));
  const std::string type = lower(out.type);
  out.markup = mode == "xml" || type == "xhtml" || type == "application/xhtml+xml" || has_elements(n);
  if (mode == "escaped") out.markup = false;
  if (atom && out.type.empty() && mode.empty()) out.type = "text";
  out.base64 =
      mode == "base64" || lower(any_attribute(n, "encoding")) == "base64" ||
      (!out.markup && type.find('/') != std::string::npos && !type.starts_with("text/") && !type.ends_with("xml"));
  out.text = out.markup ? markup_of(n) : content_of(n);
  return out;
}

class EntryReader {
 public:
  FeedEntry read(xmlNode* entry) {
    out_.link = any_attribute(entry, "href");  // CDF
    out_.id = any_attribute(entry, "about");   // RSS 1.0
    if (out_.link.empty() && !url_host(out_.id).empty()) about_ = out_.id;
    out_.base = any_attribute(entry, "base");
    out_.language = any_attribute(entry, "lang");
    for (xmlNode* n = entry->children; n != nullptr; n = n->next) {
      if (n->type == XML_ELEMENT_NODE) take(n, 0);
    }
    if (contents_.empty()) {  // swallowed by markup that was never closed
      each_element(entry, [&](xmlNode* n) {
        if (n != entry && contents_.empty() && rank_of(space_of(n), local_name(n)) >= 0) take(n, 4);
        return contents_.empty();
      });
    }
    if (out_.link.empty()) out_.link = permalink_.empty() ? about_ : permalink_;
    std::stable_sort(contents_.begin(), contents_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [rank, content] : contents_) out_.contents.push_back(std::move(content));
    std::stable_sort(dates_.begin(), dates_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [rank, date] : dates_) out_.dates.push_back(std::move(date));
    return std::move(out_);
  }

 private:
  static void first(std::string& slot, std::string value) {
    if (slot.empty()) slot = std::move(value);
  }

  void take(xmlNode* n, int depth) {
    const Space space = space_of(n);
    const std::string name = local_name(n);
    const bool own = space == Space::none || space == Space::atom;
    if (const int rank = rank_of(space, name); rank >= 0) {
      contents_.emplace_back(rank, content_in(n, space == Space::atom));
      inside_unclosed(n, depth);
    } else if (space == Space::media && (name == "content" || name == "group") && depth < 2) {
      for (xmlNode* c = n->children; c != nullptr; c = c->next) {
        if (c->type == XML_ELEMENT_NODE && space_of(c) == Space::media) take(c, depth + 1);
      }
    } else if (name == "title" && own) {
      first(out_.title, has_elements(n) ? markup_of(n) : content_of(n));
    } else if (name == "title" && space == Space::dc) {
      first(other_title_, content_of(n));
    } else if ((name == "id" || name == "guid") && own) {
      out_.id = content_of(n);
      if (name == "guid" && lower(any_attribute(n, "ispermalink")) != "false" && !url_host(out_.id).empty())
        permalink_ = out_.id;
    } else if (name == "link" && own) {
      const std::string rel = lower(any_attribute(n, "rel")), href = any_attribute(n, "href");
      if (href.empty()) first(out_.link, content_of(n));
      if (!href.empty() && (rel.empty() || rel == "alternate")) first(out_.link, href);
    } else if (name == "origlink" && space == Space::feedburner) {
      out_.link = content_of(n);
    } else if (own || space == Space::dc) {
      date_or_person(n, space, name);
    } else if (space == Space::itunes && name == "author") {
      first(out_.author, content_of(n));
    }
    if (out_.title.empty() && !other_title_.empty() && n->next == nullptr) out_.title = other_title_;
  }

  void date_or_person(xmlNode* n, Space space, const std::string& name) {
    if (name == "pubdate" || name == "published") dates_.emplace_back(0, content_of(n));
    if (name == "issued" || name == "created" || name == "date") dates_.emplace_back(1, content_of(n));
    if (name == "updated" || name == "modified") dates_.emplace_back(2, content_of(n));
    if (name == "lastmod") dates_.emplace_back(3, content_of(n));
    if (name == "creator" || (name == "author" && space != Space::dc)) {
      const xmlNode* inner = child(n, "name");
      const std::string author = content_of(inner != nullptr ? inner : n);
      if (space == Space::atom && out_.author.size() < 200 && !author.empty() && !out_.author.empty())
        out_.author += ", " + author;
      else
        first(out_.author, author);
    }
    if (name == "source" && space != Space::dc) {
      const xmlNode* inner = child(n, "title");
      out_.source = inner != nullptr ? content_of(inner) : has_elements(n) ? "" : content_of(n);
    }
    if (name == "language") out_.language = content_of(n);
  }

  // Markup that was never closed has swallowed the fields behind it.
  void inside_unclosed(xmlNode* n, int depth) {
    if (depth > 3 || !has_elements(n)) return;
    for (xmlNode* c = n->children; c != nullptr; c = c->next) {
      if (c->type != XML_ELEMENT_NODE) continue;
      const std::string name = local_name(c);
      if (one_of(name, {"pubdate", "guid"}) || (name == "date" && space_of(c) == Space::dc)) take(c, depth + 1);
    }
  }

  FeedEntry out_;
  std::string permalink_, about_, other_title_;
  std::vector<std::pair<int, FeedContent>> contents_;
  std::vector<std::pair<int, std::string>> dates_;
};

// What the whole of a feed declares for its entries.
struct Declared {
  std::string spaces;     // ` xmlns:dc="…"`
  bool entities = false;  // of its own: they are left out
};

// Well-formed as far as characters go: HTML's named references as characters, bare & and < as references, no controls.
std::string repaired(std::string_view s, bool own_entities) {
  std::string out;
  out.reserve(s.size() + s.size() / 16);
  for (std::size_t i = 0; i < s.size();) {
    const char c = s[i];
    if (s.substr(i).starts_with("<![CDATA[")) {
      const std::size_t end = s.find("]]>", i);
      const std::size_t stop = end == std::string_view::npos ? s.size() : end + 3;
      for (; i < stop; ++i) {
        if (static_cast<unsigned char>(s[i]) >= 0x20 || s[i] == '\n' || s[i] == '\t' || s[i] == '\r') out += s[i];
      }
      if (end == std::string_view::npos) out += "]]>";
    } else if (c == '&') {
      const std::size_t end = s.find(';', i);
      const std::string name(end == std::string_view::npos || end - i > 12 ? std::string_view()
                                                                           : s.substr(i + 1, end - i - 1));
      unsigned code = 0;
      if (name.size() > 1 && name[0] == '#') {
        const bool hex = name[1] == 'x' || name[1] == 'X';
        const char* from = name.data() + (hex ? 2 : 1);
        const auto [stop, error] = std::from_chars(from, name.data() + name.size(), code, hex ? 16 : 10);
        if (error != std::errc() || stop != name.data() + name.size()) code = 0;
      } else if (one_of(name, {"amp", "lt", "gt", "quot", "apos"})) {
        out.append("&").append(name).append(";");
        i = end + 1;
        continue;
      } else if (!name.empty()) {
        if (const htmlEntityDesc* known = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str())))
          code = known->value;
      }
      const bool named = !name.empty() && (code != 0 || name[0] == '#');
      if (code >= 0x20 && code < 0x110000 && (code < 0xD800 || code > 0xDFFF) && code != 0xFFFE && code != 0xFFFF)
        out += fmt::format("&#{};", code);
      else if (!named && !(own_entities && !name.empty()))
        out += "&amp;";
      i = named || (own_entities && !name.empty()) ? end + 1 : i + 1;
    } else if (c == '<' && i + 1 < s.size() && !is_word(s[i + 1]) && s[i + 1] != '/' && s[i + 1] != '!' &&
               s[i + 1] != '?') {
      out += "&lt;";
      ++i;
    } else {
      if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t' || c == '\r') out += c;
      ++i;
    }
  }
  return out;
}

struct FreeXml {
  void operator()(xmlDoc* d) const { xmlFreeDoc(d); }
};
using XmlTree = std::unique_ptr<xmlDoc, FreeXml>;

// `piece` inside an element that declares its namespaces. Null when nothing of it can be read.
XmlTree parse_xml(std::string_view piece, const Declared& declared) {
  check_markup(piece);
  const std::string text = "<feed" + declared.spaces + ">" + repaired(piece, declared.entities) + "</feed>";
  return XmlTree(
      xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                    XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET | XML_PARSE_NOCDATA));
}

// ---- cutting ----

struct Tag {
  std::size_t begin = 0, end = 0;  // with its brackets
  std::string_view name;           // as written
  bool closes = false, empty = false;
};

// The next tag at or behind `at`, past comments, CDATA sections, instructions and document types.
bool next_tag(std::string_view s, std::size_t at, Tag& out) {
  while (true) {
    const std::size_t begin = s.find('<', at);
    if (begin == std::string_view::npos) return false;
    const auto past = [&](std::string_view mark) {
      const std::size_t end = s.find(mark, begin);
      at = end == std::string_view::npos ? s.size() : end + mark.size();
    };
    if (s.substr(begin).starts_with("<!--")) {
      past("-->");
    } else if (s.substr(begin).starts_with("<![CDATA[")) {
      past("]]>");
    } else if (s.substr(begin).starts_with("<?")) {
      past("?>");
    } else if (s.substr(begin).starts_with("<!")) {
      const std::size_t bracket = s.find_first_of("[>", begin);
      past(bracket != std::string_view::npos && s[bracket] == '[' ? "]>" : ">");
    } else {
      const bool closes = begin + 1 < s.size() && s[begin + 1] == '/';
      std::size_t i = begin + 1 + closes;
      if (i >= s.size() || !is_word(s[i])) {
        at = begin + 1;
        continue;
      }
      const std::size_t name_end = std::min(s.find_first_of(" \t\r\n/>", i), s.size());
      out.name = s.substr(i, name_end - i);
      for (i = name_end; i < s.size() && s[i] != '>'; ++i) {
        if ((s[i] == '"' || s[i] == '\'') && s[i - 1] == '=') i = std::min(s.find(s[i], i + 1), s.size() - 1);
      }
      if (i >= s.size()) return false;
      out.begin = begin;
      out.end = i + 1;
      out.closes = closes;
      out.empty = s[i - 1] == '/';
      return true;
    }
  }
}

std::string_view local(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// The namespaces that a tag declares, as they stand: ` xmlns:dc="…"`.
void add_spaces(std::string_view tag, std::string& out) {
  for (std::size_t at = tag.find("xmlns"); at != std::string_view::npos; at = tag.find("xmlns", at + 1)) {
    const std::size_t equals = tag.find('=', at);
    if (equals == std::string_view::npos) return;
    const std::string name(trimmed(tag.substr(at, equals - at)));
    const std::size_t quote = tag.find_first_of("\"'", equals);
    if (quote == std::string_view::npos || quote - equals > 4) return;
    const std::size_t end = tag.find(tag[quote], quote + 1);
    if (end == std::string_view::npos) return;
    if (out.find(" " + name + "=") == std::string::npos && out.size() < 8192)
      out.append(" ").append(name).append("=").append(tag.substr(quote, end + 1 - quote));
    at = end;
  }
}

// Title, link and language of the whole, from what stands outside the entries.
FeedFacts facts_of(std::string_view frame, const Declared& declared) {
  FeedFacts out;
  const XmlTree tree = parse_xml(frame, declared);
  xmlNode* root = tree ? xmlDocGetRootElement(tree.get()) : nullptr;
  if (root == nullptr) return out;
  int depth = 0;
  const auto look = [&](const auto& self, const xmlNode* n) -> void {
    if (++depth < 6) {
      if (out.language.empty()) out.language = any_attribute(n, "lang");
      for (const xmlNode* c = n->children; c != nullptr; c = c->next) {
        if (c->type != XML_ELEMENT_NODE) continue;
        const std::string name = local_name(c);
        const Space space = space_of(c);
        const bool own = space == Space::none || space == Space::atom || space == Space::dc;
        if (one_of(name, {"rss", "rdf", "feed", "channel"})) self(self, c);
        if (!own) continue;
        if (name == "title" && out.title.empty()) out.title = content_of(c);
        if (name == "language" && out.language.empty()) out.language = content_of(c);
        if (name == "author" && space == Space::atom && out.author.empty()) {  // of all entries that name none
          const xmlNode* inner = child(c, "name");
          if (inner != nullptr) out.author = content_of(inner);
        }
        if (name != "link" || !out.link.empty()) continue;
        const std::string rel = lower(any_attribute(c, "rel")), href = any_attribute(c, "href");
        if (href.empty()) out.link = content_of(c);
        if (!href.empty() && (rel.empty() || rel == "alternate")) out.link = href;
      }
    }
    --depth;
  };
  look(look, root);
  return out;
}

void read_entry(std::string_view piece, std::uint64_t line, const Declared& declared, const FeedFacts& feed,
                Collector& out) {
  try {
    const XmlTree tree = parse_xml(piece, declared);
    xmlNode* root = tree ? xmlDocGetRootElement(tree.get()) : nullptr;
    xmlNode* entry = root == nullptr ? nullptr : root->children;
    while (entry != nullptr && entry->type != XML_ELEMENT_NODE) entry = entry->next;
    if (entry == nullptr) return out.reject(line, "", "broken XML");
    add_entry(EntryReader().read(entry), feed, line, out);
  } catch (const Error& error) {
    out.reject(line, "", error.what());
  }
}

// What a news sitemap says of the pages that it lists.
void announce_pages(std::string_view s, const Declared& declared, Collector& out) {
  std::size_t open = std::string_view::npos;
  Tag tag;
  for (std::size_t at = 0; next_tag(s, at, tag); at = tag.end) {
    if (lower(local(tag.name)) != "url") continue;
    if (!tag.closes) {
      open = tag.begin;
      continue;
    }
    if (open == std::string_view::npos) continue;
    std::string link;
    Collector::Announced what;
    try {
      const std::size_t begin = std::exchange(open, std::string_view::npos);
      const XmlTree tree = parse_xml(s.substr(begin, tag.end - begin), declared);
      xmlNode* root = tree ? xmlDocGetRootElement(tree.get()) : nullptr;
      if (root == nullptr) continue;
      each_element(root, [&](xmlNode* n) {
        const std::string name = local_name(n);
        if (name == "loc" && link.empty()) link = content_of(n);
        if (name == "title" && what.title.empty()) what.title = clean_line(unescaped(content_of(n)));
        if (name == "language") what.language = content_of(n);
        if (name == "publication_date") what.published = read_date(content_of(n));
        return true;
      });
    } catch (const Error&) {
      continue;  // of one page
    }
    for (std::string* field : {&what.title, &what.language}) {
      while (const auto bad = find_invalid_utf8(*field)) field->erase(*bad, 1);
    }
    if (what.published && !plausible(what.published->time)) what.published.reset();
    if (!url_host(link).empty()) out.announce(link, std::move(what));
  }
}

// Where an entry that nothing closes ends: before the end tags of what it stands in.
std::size_t end_of_frame(std::string_view s, std::size_t open) {
  Tag tag;
  for (std::size_t at = open; next_tag(s, at, tag); at = tag.end) {
    if (tag.closes && one_of(lower(local(tag.name)), {"channel", "rss", "feed", "rdf"})) {
      s = s.substr(0, tag.begin);
      break;
    }
  }
  return s.find_last_not_of(" \t\r\n") + 1;
}

// Does a piece that nothing closes hold only elements that are closed? Then its text is whole.
bool is_whole_inside(std::string_view piece) {
  std::size_t open = 0;
  Tag tag;
  for (std::size_t at = 0; next_tag(piece, at, tag); at = tag.end) {
    if (tag.closes) {
      open -= open > 0;
    } else {
      open += !tag.empty;
    }
  }
  return open == 1 && piece.ends_with('>');
}

}  // namespace

void read_feed(Reader& in, Collector& out) {
  const std::optional<std::string_view> bytes = take_whole(in, out);
  if (!bytes) return;
  const Converted converted = page_to_utf8(*bytes, declared_xml_encoding(*bytes));
  const std::string_view s = converted.text;
  if (converted.replaced != 0) out.flag(0, "text", fmt::format("{} bytes in no known encoding", converted.replaced));
  struct Piece {
    std::size_t begin, end;
  };
  std::vector<Piece> entries;
  Declared declared;
  declared.entities = s.find("<!ENTITY") != std::string_view::npos;
  std::string frame, root;
  std::size_t copied = 0, open = std::string_view::npos;
  std::string open_name;
  Tag tag;
  for (std::size_t at = 0; next_tag(s, at, tag); at = tag.end) {
    const std::string name = lower(local(tag.name));
    if (root.empty() && !tag.closes) root = name;
    if (name != "item" && name != "entry") {
      if (open == std::string_view::npos && !tag.closes)
        add_spaces(s.substr(tag.begin, tag.end - tag.begin), declared.spaces);
      continue;
    }
    if (open != std::string_view::npos && tag.name != open_name) continue;  // <entry> in the content of an <item>
    if (!tag.closes && open != std::string_view::npos) {                    // the one before was never closed
      entries.push_back({open, tag.begin});
      copied = tag.begin;
      open = std::string_view::npos;
    }
    if (!tag.closes) {
      frame += s.substr(copied, tag.begin - copied);
      open = tag.begin;
      open_name = tag.name;
    }
    if ((tag.closes || tag.empty) && open != std::string_view::npos) {
      entries.push_back({open, tag.end});
      copied = tag.end;
      open = std::string_view::npos;
    }
  }
  if (root == "urlset") announce_pages(s, declared, out);
  if (root == "urlset" || root == "sitemapindex")
    return out.reject(0, "text", "a sitemap: links and headlines, no text of articles");
  if (entries.empty() && open == std::string_view::npos) return out.reject(0, "", "no item or entry: not a feed");
  frame += s.substr(std::min(copied, open));
  if (open != std::string_view::npos) frame.resize(frame.size() - (s.size() - open));
  FeedFacts feed;
  try {
    feed = facts_of(frame, declared);
  } catch (const Error& error) {
    out.flag(0, "source", error.what());
  }
  std::uint64_t line = 1;
  std::size_t counted = 0;
  const auto line_of = [&](std::size_t at) {
    line += static_cast<std::uint64_t>(std::count(s.begin() + static_cast<std::ptrdiff_t>(counted),
                                                  s.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    counted = at;
    return line;
  };
  for (const Piece& p : entries) {
    const std::uint64_t at = line_of(p.begin);
    read_entry(s.substr(p.begin, p.end - p.begin), at, declared, feed, out);
  }
  if (open == std::string_view::npos) return;
  const std::string_view last = s.substr(open, end_of_frame(s, open) - open);
  if (!is_whole_inside(last)) return out.reject(line_of(open), "", "broken XML: ends inside an entry");
  out.flag(line_of(open), "text", "the input ends inside the entry, behind its last element");
  read_entry(last, line, declared, feed, out);
}

}  // namespace storymerge::read

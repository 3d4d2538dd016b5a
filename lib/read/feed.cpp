// RSS 2.0, RSS 1.0 and Atom (RFC 4287) by libxml2's pull reader: one entry in memory at a time.

#include <fmt/format.h>
#include <libxml/xmlreader.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "read/dates.h"
#include "read/formats.h"
#include "read/html.h"
#include "storymerge/read/url.h"
#include "support/utf8.h"

namespace storymerge::read {
namespace {

struct Input {
  Reader* in;
  std::exception_ptr failure;  // thrown through C code it must not be
};

int take(void* context, char* buffer, int size) {
  auto& input = *static_cast<Input*>(context);
  try {
    const std::string_view bytes = input.in->peek(1);
    const std::size_t n = std::min(bytes.size(), static_cast<std::size_t>(size));
    std::memcpy(buffer, bytes.data(), n);
    input.in->skip(n);
    return static_cast<int>(n);
  } catch (...) {
    input.failure = std::current_exception();
    return -1;
  }
}

std::string_view local_name(const xmlNode* n) { return reinterpret_cast<const char*>(n->name); }

std::string_view prefix_of(const xmlNode* n) {
  return n->ns != nullptr && n->ns->prefix != nullptr ? reinterpret_cast<const char*>(n->ns->prefix) : "";
}

std::string text_of(const xmlNode* n) {
  std::string out;
  if (xmlChar* content = xmlNodeGetContent(n)) {
    out = reinterpret_cast<const char*>(content);
    xmlFree(content);
  }
  const auto first = out.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return {};
  return out.substr(first, out.find_last_not_of(" \t\r\n") - first + 1);
}

std::string attribute(const xmlNode* n, const char* name) {
  std::string out;
  if (xmlChar* value = xmlGetNoNsProp(const_cast<xmlNode*>(n), reinterpret_cast<const xmlChar*>(name))) {
    out = reinterpret_cast<const char*>(value);
    xmlFree(value);
  }
  return out;
}

std::string markup_of(xmlNode* n) {
  std::string out;
  xmlBuffer* buffer = xmlBufferCreate();
  for (xmlNode* c = n->children; c != nullptr && buffer != nullptr; c = c->next) xmlNodeDump(buffer, n->doc, c, 0, 0);
  if (buffer != nullptr) out = reinterpret_cast<const char*>(xmlBufferContent(buffer));
  xmlBufferFree(buffer);
  return out;
}

const xmlNode* child(const xmlNode* n, std::string_view name) {
  for (const xmlNode* c = n->children; c != nullptr; c = c->next) {
    if (c->type == XML_ELEMENT_NODE && local_name(c) == name) return c;
  }
  return nullptr;
}

struct Entry {
  Article article;
  std::string date;
};

Entry read_entry(xmlNode* entry) {
  Entry out;
  Article& a = out.article;
  std::string content, summary, updated, permalink;
  for (xmlNode* n = entry->children; n != nullptr; n = n->next) {
    if (n->type != XML_ELEMENT_NODE) continue;
    const std::string_view name = local_name(n), prefix = prefix_of(n);
    if (prefix == "media" || prefix == "itunes") continue;
    if (name == "title") {
      a.title = attribute(n, "type") == "xhtml" ? text_of(n) : fragment_text(text_of(n));
      std::replace(a.title.begin(), a.title.end(), '\n', ' ');
    } else if (name == "id" || name == "guid") {
      a.id = text_of(n);
      if (name == "guid" && attribute(n, "isPermaLink") != "false" && !url_host(a.id).empty()) permalink = a.id;
    } else if (name == "link") {
      const std::string rel = attribute(n, "rel"), href = attribute(n, "href");
      if (href.empty() && a.url.empty()) a.url = text_of(n);
      if (!href.empty() && (rel.empty() || rel == "alternate") && a.url.empty()) a.url = href;
    } else if (name == "pubDate" || name == "published" || (name == "date" && prefix == "dc") || name == "issued") {
      out.date = text_of(n);
    } else if (name == "updated") {
      updated = text_of(n);
    } else if (name == "creator" || name == "author") {
      const xmlNode* inner = child(n, "name");
      const std::string author = text_of(inner != nullptr ? inner : n);
      if (a.author.empty()) a.author = author;
    } else if (name == "source") {
      const xmlNode* inner = child(n, "title");
      a.source = text_of(inner != nullptr ? inner : n);
    } else if (name == "encoded" || name == "content") {
      content = attribute(n, "type") == "xhtml" ? markup_of(n) : text_of(n);
    } else if (name == "description" || name == "summary") {
      summary = attribute(n, "type") == "xhtml" ? markup_of(n) : text_of(n);
    }
  }
  if (out.date.empty()) out.date = updated;
  if (a.url.empty()) a.url = permalink;
  a.text = fragment_text(content.empty() ? summary : content);
  if (a.text.empty() && !content.empty()) a.text = fragment_text(summary);
  return out;
}

std::string error_of(xmlTextReader* reader) {
  const xmlError* error = xmlGetLastError();
  (void)reader;
  if (error == nullptr || error->message == nullptr) return "broken XML";
  std::string message = error->message;
  while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) message.pop_back();
  for (char& c : message) {
    if (c == '\n') c = ' ';
  }
  return "broken XML: " + message;
}

}  // namespace

void read_feed(Reader& in, Collector& out) {
  Input input{&in, nullptr};
  // External entities are not fetched and entities not replaced: neither a network nor a "billion laughs" is let in.
  const std::unique_ptr<xmlTextReader, void (*)(xmlTextReader*)> reader(
      xmlReaderForIO(take, nullptr, &input, nullptr, nullptr,
                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA),
      xmlFreeTextReader);
  if (!reader) return out.reject(0, "", "broken XML");
  xmlResetLastError();
  std::string source, language;
  bool any = false;
  int state = xmlTextReaderRead(reader.get());
  while (state == 1) {
    if (xmlTextReaderNodeType(reader.get()) != XML_READER_TYPE_ELEMENT) {
      state = xmlTextReaderRead(reader.get());
      continue;
    }
    const std::string name = reinterpret_cast<const char*>(xmlTextReaderConstLocalName(reader.get()));
    const int depth = xmlTextReaderDepth(reader.get());
    if (name == "item" || name == "entry") {
      any = true;
      const auto line = static_cast<std::uint64_t>(std::max(0, xmlTextReaderGetParserLineNumber(reader.get())));
      xmlNode* node = xmlTextReaderExpand(reader.get());
      if (node == nullptr) break;
      Entry entry = read_entry(node);
      if (entry.article.source.empty()) entry.article.source = source.empty() ? url_host(entry.article.url) : source;
      if (entry.article.language.empty()) entry.article.language = language;
      if (entry.article.text.empty()) {
        out.reject(line, "text", "no text");
      } else {
        if (!entry.date.empty()) {
          entry.article.published = read_date(entry.date);
          if (!entry.article.published) out.flag(line, "published", fmt::format("'{}' is no date", entry.date));
        }
        out.add(std::move(entry.article), line);
      }
      state = xmlTextReaderNext(reader.get());
      continue;
    }
    if (depth <= 2 && (name == "title" || name == "language")) {
      if (xmlNode* node = xmlTextReaderExpand(reader.get())) {
        std::string& slot = name == "title" ? source : language;
        if (slot.empty()) slot = text_of(node);
      }
      state = xmlTextReaderNext(reader.get());
      continue;
    }
    if (depth == 0 && language.empty()) {
      if (xmlChar* lang = xmlTextReaderXmlLang(reader.get())) {
        language = reinterpret_cast<const char*>(lang);
        xmlFree(lang);
      }
    }
    state = xmlTextReaderRead(reader.get());
  }
  if (input.failure) std::rethrow_exception(input.failure);
  if (state != 0) {
    const auto line = static_cast<std::uint64_t>(std::max(0, xmlTextReaderGetParserLineNumber(reader.get())));
    out.reject(line, "", error_of(reader.get()));
  } else if (!any) {
    out.reject(0, "", "no item or entry: not a feed");
  }
}

}  // namespace storymerge::read

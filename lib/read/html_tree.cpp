#include "read/html_tree.h"

#include <fmt/format.h>
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <new>
#include <string>
#include <utility>

#include "read/ascii.h"
#include "storymerge/base/error.h"

namespace storymerge::read {
namespace {

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_name_part(char c) { return is_name_start(c) || (c >= '0' && c <= '9'); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// The name of an element in small letters, without memory of its own.
class SmallName {
 public:
  explicit SmallName(std::string_view name) : size_(std::min(name.size(), sizeof name_)) {
    for (std::size_t i = 0; i < size_; ++i) name_[i] = static_cast<char>(name[i] | 0x20);
  }
  operator std::string_view() const { return {name_, size_}; }

 private:
  char name_[8];
  std::size_t size_;
};

// Elements that end without an end tag of their own: they do not nest.
bool ends_by_itself(std::string_view name) {
  switch (name.size()) {
    case 1:
      return name == "p" || name == "a";
    case 2:
      return one_of(name, {"li", "dt", "dd", "tr", "td", "th", "br", "hr"});
    case 3:
      return one_of(name, {"img", "col", "wbr"});
    case 4:
      return one_of(name, {"meta", "link", "area", "base", "body", "html", "head", "font"});
    case 5:
      return one_of(name, {"tbody", "thead", "input", "embed", "param", "track"});
    case 6:
      return name == "option" || name == "source";
    default:
      return false;
  }
}

[[noreturn]] void over(std::string_view what, std::size_t limit) {
  throw Error(ErrorCode::bad_input, fmt::format("more than {} {}", limit, what));
}

// A copy of a text with some pieces replaced, told in order; no copy while there are none.
class Repair {
 public:
  explicit Repair(std::string_view text) : text_(text) {}
  void replace(std::size_t at, std::size_t size, std::string_view with) {
    out_.append(text_, done_, at - done_);
    out_ += with;
    done_ = at + size;
  }
  std::string take() {
    if (done_ != 0) out_.append(text_, done_);
    return std::move(out_);
  }

 private:
  std::string_view text_;
  std::string out_;
  std::size_t done_ = 0;  // bytes of the text that are in `out_`
};

// What libxml2 takes as the name of an attribute.
bool is_plain_name(char c, bool first) {
  return is_name_start(c) || c == '_' || c == ':' || c == '.' || (!first && ((c >= '0' && c <= '9') || c == '-'));
}

// The end of the tag whose name ends at `at`; counts its attributes, makes their names plain and parts them by blanks.
std::size_t skip_tag(std::string_view s, std::size_t at, std::size_t limit, Repair& repair) {
  enum { between, name, before_value, value } state = between;
  std::size_t attributes = 0;
  for (; at < s.size() && s[at] != '>'; ++at) {
    const char c = s[at];
    if (is_blank(c)) {
      if (state != before_value) state = between;
    } else if (state == before_value) {
      state = value;
      if (c != '"' && c != '\'') continue;
      at = s.find(c, at + 1);
      if (at == std::string_view::npos) return s.size();
      state = between;
    } else if (state != value && c == '=') {
      state = before_value;
    } else if (state != value && c == '/') {
      if (at + 1 < s.size() && s[at + 1] != '>') repair.replace(at, 1, " ");
      state = between;
    } else if (state != value) {
      if (state == between && ++attributes > limit) over("attributes in a tag", limit);
      if (!is_plain_name(c, state == between)) repair.replace(at, 1, "_");
      state = name;
    }
  }
  return at;
}

// Where the end tag of a script or style begins: "</div>" inside it is text.
std::size_t end_of_raw_text(std::string_view s, std::size_t at, std::string_view element) {
  for (at = s.find("</", at); at != std::string_view::npos; at = s.find("</", at + 2)) {
    if (std::string_view(SmallName(s.substr(at + 2, element.size()))) == element) return at;
  }
  return s.size();
}

// Messages of the parser on this thread, kept from the terminal.
class QuietParser {
 public:
  QuietParser() : context_(xmlStructuredErrorContext), handler_(xmlStructuredError) {
    xmlSetStructuredErrorFunc(this, [](void* self, xmlErrorPtr error) {
      if (error != nullptr && error->code == XML_ERR_NO_MEMORY) static_cast<QuietParser*>(self)->out_of_memory_ = true;
    });
  }
  QuietParser(const QuietParser&) = delete;
  QuietParser& operator=(const QuietParser&) = delete;
  ~QuietParser() { xmlSetStructuredErrorFunc(context_, handler_); }

  bool out_of_memory() const { return out_of_memory_; }

 private:
  void* context_;
  xmlStructuredErrorFunc handler_;
  bool out_of_memory_ = false;
};

// What windows-1252 has at 0x80 to 0x9F; "" where it has nothing.
constexpr std::string_view c1_as_1252[32] = {
    "\u20AC", "",       "\u201A", "\u0192", "\u201E", "\u2026", "\u2020", "\u2021", "\u02C6", "\u2030", "\u0160",
    "\u2039", "\u0152", "",       "\u017D", "",       "",       "\u2018", "\u2019", "\u201C", "\u201D", "\u2022",
    "\u2013", "\u2014", "\u02DC", "\u2122", "\u0161", "\u203A", "\u0153", "",       "\u017E", "\u0178"};

constexpr std::string_view ligatures[7] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};  // U+FB00 to U+FB06

// The end of the letters, marks and single spaces of ASCII that begin at `i`.
std::size_t end_of_ascii(std::string_view s, std::size_t i, bool after_blank) {
  if constexpr (std::endian::native == std::endian::little) {  // eight at a time, while none needs a look
    constexpr std::uint64_t ones = 0x0101010101010101, tops = ones * 0x80;
    for (std::uint64_t w = 0; i + 8 <= s.size(); i += 8) {
      std::memcpy(&w, s.data() + i, 8);
      if (((w | (w + ones) | (w - ones * 0x20)) & tops) != 0) break;  // over 0x7E, below 0x20
      const std::uint64_t blanks = ~((w ^ (ones * ' ')) + ones * 0x7F) & tops;
      if ((blanks & ((blanks << 8) | (after_blank ? 0x80 : 0))) != 0) break;
      after_blank = blanks >> 63 != 0;
    }
  }
  for (; i < s.size(); ++i) {
    const auto c = static_cast<unsigned char>(s[i]);
    if (c < 0x20 || c >= 0x7F || (c == ' ' && after_blank)) break;
    after_blank = c == ' ';
  }
  return i;
}

// "<![endif]>" and "<!-x>" where a comment or "<!DOCTYPE" was not meant.
bool is_odd_comment(std::string_view markup) {
  return markup.starts_with("<!") && lower(markup.substr(2, 7)) != "doctype";
}

// The end of the entity's name at `amp` that browsers know without a semicolon and that has none; npos: there is no such one.
// "AT&T", "?a=1&copy=2" and "&copy2031" stay as they are.
std::size_t open_entity(std::string_view s, std::size_t amp) {
  constexpr std::size_t longest = 6;
  std::size_t end = amp + 1;
  while (end < s.size() && end - amp <= longest + 1 && is_name_part(s[end])) ++end;
  if (end - amp < 3 || end - amp > longest + 1) return std::string_view::npos;
  if (end < s.size() && (s[end] == ';' || s[end] == '=')) return std::string_view::npos;
  const std::string name(s.substr(amp + 1, end - amp - 1));
  const htmlEntityDesc* const entity = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str()));
  return entity != nullptr && entity->value < 256 && name != "apos" ? end : std::string_view::npos;
}

// With semicolons behind all entities that browsers know without; "" when they are there.
std::string with_semicolons(std::string_view s) {
  Repair repair(s);
  for (std::size_t amp = s.find('&'); amp != std::string_view::npos; amp = s.find('&', amp + 1)) {
    if (const std::size_t end = open_entity(s, amp); end != std::string_view::npos) repair.replace(end, 0, ";");
  }
  return repair.take();
}

}  // namespace

std::string check_markup(std::string_view s, const MarkupLimits& limits) {
  Repair repair(s);
  std::size_t elements = 0, depth = 0;
  for (std::size_t at = s.find('<'); at != std::string_view::npos; at = s.find('<', at)) {
    if (at + 1 < s.size() && s[at + 1] == '!' && (s.substr(at, 4) == "<!--" || s.substr(at, 9) == "<![CDATA[")) {
      const std::string_view end = s[at + 2] == '-' ? "-->" : "]]>";
      at = std::min(s.find(end, at + 4), s.size());
      continue;
    }
    const bool closes = at + 1 < s.size() && s[at + 1] == '/';
    const std::size_t name = at + 1 + closes;
    if (name < s.size() && !is_name_start(s[name]) && (closes || is_odd_comment(s.substr(at)))) {
      if (++elements > limits.elements) over("elements", limits.elements);
      const std::size_t end = std::min(s.find('>', name), s.size() - 1) + 1;
      repair.replace(at, end - at, "<!---->");  // nothing would make a tag of "<</>b>"
      at = end;
      continue;
    }
    at = name;
    if (name >= s.size() || !is_name_start(s[name])) continue;
    while (at < s.size() && s[at] != '>' && s[at] != '/' && !is_blank(s[at])) ++at;
    if (closes) {
      if (depth > 0 && !ends_by_itself(SmallName(s.substr(name, at - name)))) --depth;
      continue;
    }
    const SmallName element(s.substr(name, at - name));
    if (++elements > limits.elements) over("elements", limits.elements);
    at = skip_tag(s, at, limits.attributes, repair);
    const bool closed = at < s.size() && s[at - 1] == '/';
    if (!closed && !ends_by_itself(element) && ++depth > limits.depth) over("levels of elements", limits.depth);
    if (one_of(element, {"script", "style"})) at = end_of_raw_text(s, at, element);
  }
  return repair.take();
}

HtmlTree parse_html(std::string_view html) {
  if (html.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return nullptr;
  const std::string repaired = check_markup(html);
  if (!repaired.empty()) html = repaired;
  const std::string closed = with_semicolons(html);
  if (!closed.empty()) html = closed;
  const QuietParser quiet;
  const std::unique_ptr<htmlParserCtxt, void (*)(htmlParserCtxtPtr)> parser(
      htmlCreateMemoryParserCtxt(html.data(), static_cast<int>(html.size())), htmlFreeParserCtxt);
  if (!parser) {
    if (html.empty()) return nullptr;
    throw std::bad_alloc();
  }
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                       HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC);
  parser->options |= XML_PARSE_HUGE;  // depth is bounded above; without it the rest of a deep page is lost
  xmlSwitchEncoding(parser.get(), XML_CHAR_ENCODING_UTF8);
  htmlParseDocument(parser.get());
  HtmlTree tree(parser->myDoc);
  parser->myDoc = nullptr;
  if (quiet.out_of_memory() || parser->errNo == XML_ERR_NO_MEMORY) throw std::bad_alloc();
  return tree;
}

std::string_view attribute(const xmlNode* n, std::string_view name) {
  for (const xmlAttr* a = n->properties; a != nullptr; a = a->next) {
    const char* const own = reinterpret_cast<const char*>(a->name);
    if (*own != name.front() || name != own) continue;
    if (a->children == nullptr || a->children->content == nullptr) return {};
    return reinterpret_cast<const char*>(a->children->content);
  }
  return {};
}

bool has_attribute(const xmlNode* n, std::string_view name) {
  for (const xmlAttr* a = n->properties; a != nullptr; a = a->next) {
    if (name == reinterpret_cast<const char*>(a->name)) return true;
  }
  return false;
}

std::string text_of(const xmlNode* n) {
  const Content content(xmlNodeGetContent(n), xmlFree);
  return content ? clean_line(reinterpret_cast<const char*>(content.get())) : std::string();
}

std::string clean_line(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (std::size_t i = 0; i < s.size();) {
    const auto byte = [&](std::size_t k) { return i + k < s.size() ? static_cast<unsigned char>(s[i + k]) : 0u; };
    const std::size_t run = end_of_ascii(s, i, out.empty() || out.back() == ' ');
    if (run > i) {
      out.append(s, i, run - i);
      i = run;
      continue;
    }
    const unsigned c = byte(0);
    bool blank = c <= 0x20 || c == 0x7F;  // other controls say nothing either
    std::size_t length = 1;
    std::string_view instead;
    bool gone = false;
    if (c == 0xC2 && byte(1) <= 0xA0) {  // C1, no-break space
      length = 2;
      blank = byte(1) == 0xA0 || byte(1) == 0x85;
      if (!blank) instead = c1_as_1252[byte(1) - 0x80];
      if (byte(1) == 0x85) instead = "\u2026", blank = false;
    } else if (c == 0xC2 && byte(1) == 0xAD) {  // soft hyphen
      length = 2;
      gone = true;
    } else if (c == 0xE2 && byte(1) == 0x80) {
      const unsigned last = byte(2);
      blank = last == 0xAF || last == 0xA8 || last == 0xA9 || (last >= 0x80 && last <= 0x8A);  // spaces, U+2028, U+2029
      gone = last == 0x8B || last == 0x8E || last == 0x8F || (last >= 0xAA && last <= 0xAE);   // zero width, directions
      if (blank || gone) length = 3;
    } else if (c == 0xE2 && byte(1) == 0x81) {
      gone = byte(2) == 0xA0 || (byte(2) >= 0xA6 && byte(2) <= 0xA9);  // word joiner, isolates
      if (gone) length = 3;
    } else if (c == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80) {  // the blank of ideographs
      length = 3;
      blank = true;
    } else if (c == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) {
      length = 3;
      gone = true;
    } else if (c == 0xEF && byte(1) == 0xAC && byte(2) >= 0x80 && byte(2) <= 0x86) {
      length = 3;
      instead = ligatures[byte(2) - 0x80];
    }
    if (blank) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (!instead.empty()) {
      out += instead;
    } else if (!gone) {
      out += s.substr(i, length);
    }
    i += length;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace storymerge::read

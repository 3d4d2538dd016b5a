#include "read/element_names.h"

#include <boost/unordered/unordered_flat_map.hpp>
#include <string>

#include "read/ascii.h"
#include "support/hash_text.h"

namespace storymerge::read {
namespace {

struct Named {
  std::string_view word;
  DoubtKind kind;
  int weight;
};

using enum DoubtKind;

// Words of classes and ids; two words in one row stand side by side.
constexpr Named names[] = {{"comment", comments, 2},
                           {"comments", comments, 2},
                           {"disqus", comments, 3},
                           {"respond", comments, 2},
                           {"replies", comments, 2},
                           {"commentlist", comments, 3},
                           {"kommentare", comments, 2},
                           {"commentaires", comments, 2},
                           {"comentarios", comments, 2},
                           {"discussion", comments, 1},
                           {"forum", comments, 1},
                           {"reactions", comments, 1},

                           {"related", links, 2},
                           {"recommended", links, 2},
                           {"recommendations", links, 2},
                           {"recommendation", links, 2},
                           {"share", links, 2},
                           {"sharing", links, 2},
                           {"social", links, 2},
                           {"sidebar", links, 2},
                           {"nav", links, 2},
                           {"navbar", links, 2},
                           {"navigation", links, 2},
                           {"menu", links, 2},
                           {"breadcrumb", links, 2},
                           {"breadcrumbs", links, 2},
                           {"footer", links, 2},
                           {"foot", links, 2},
                           {"trending", links, 2},
                           {"tags", links, 2},
                           {"taglist", links, 2},
                           {"mostread", links, 2},
                           {"popular", links, 2},
                           {"pagination", links, 2},
                           {"pager", links, 2},
                           {"skip", links, 1},
                           {"masthead", links, 2},
                           {"topbar", links, 2},
                           {"toolbar", links, 2},
                           {"utility", links, 1},
                           {"readmore", links, 1},
                           {"crosslinks", links, 2},
                           {"rail", links, 1},
                           {"outbrain", links, 3},
                           {"taboola", links, 3},
                           {"teaser", links, 1},
                           {"teasers", links, 2},
                           {"widget", links, 1},
                           {"tracker", links, 1},
                           {"puff", links, 1},
                           {"most read", links, 2},
                           {"read more", links, 1},
                           {"read next", links, 2},
                           {"more stories", links, 2},
                           {"more from", links, 2},
                           {"more news", links, 2},
                           {"more on", links, 2},
                           {"more links", links, 2},
                           {"site header", links, 2},
                           {"page header", links, 1},
                           {"ticker", links, 2},
                           {"jumplinks", links, 2},
                           {"seealso", links, 2},
                           {"see alsos", links, 2},
                           {"see also", links, 2},
                           {"toc", links, 1},

                           {"newsletter", appeal, 2},
                           {"newsletters", appeal, 2},
                           {"subscribe", appeal, 2},
                           {"subscription", appeal, 2},
                           {"cookie", appeal, 2},
                           {"cookies", appeal, 2},
                           {"consent", appeal, 2},
                           {"gdpr", appeal, 3},
                           {"cmp", appeal, 2},
                           {"onetrust", appeal, 3},
                           {"didomi", appeal, 3},
                           {"cookiebot", appeal, 3},
                           {"privacy", appeal, 1},
                           {"paywall", appeal, 2},
                           {"regwall", appeal, 2},
                           {"signup", appeal, 2},
                           {"sign up", appeal, 2},
                           {"donate", appeal, 2},
                           {"donation", appeal, 2},
                           {"membership", appeal, 2},
                           {"subscriber", appeal, 1},
                           {"login", appeal, 2},
                           {"popup", appeal, 2},
                           {"modal", appeal, 2},
                           {"overlay", appeal, 1},
                           {"toast", appeal, 2},
                           {"tooltip", appeal, 1},
                           {"banner", appeal, 1},
                           {"copyright", appeal, 2},
                           {"legal", appeal, 1},
                           {"disclaimer", appeal, 2},
                           {"register", appeal, 1},
                           {"subscriptions", appeal, 2},

                           {"ad", advert, 2},
                           {"ads", advert, 2},
                           {"advert", advert, 2},
                           {"adverts", advert, 2},
                           {"advertisement", advert, 2},
                           {"advertising", advert, 2},
                           {"sponsored", advert, 2},
                           {"sponsor", advert, 2},
                           {"promo", advert, 2},
                           {"promotion", advert, 2},
                           {"partner", advert, 1},
                           {"partners", advert, 1},
                           {"adsense", advert, 3},
                           {"dfp", advert, 2},

                           {"caption", caption, 2},
                           {"credit", credit, 2},
                           {"credits", credit, 2},
                           {"byline", credit, 2},
                           {"dateline", credit, 2},
                           {"timestamp", credit, 2},
                           {"meta", credit, 1},
                           {"kicker", credit, 2},
                           {"eyebrow", credit, 2},
                           {"bio", credit, 2},
                           {"authorbox", credit, 2},
                           {"author box", credit, 2},
                           {"author bio", credit, 3},
                           {"author info", credit, 2},
                           {"about author", credit, 3},
                           {"profile", credit, 1},
                           {"reading time", credit, 2},
                           {"print", control, 1},
                           {"hidden", aside, 1},
                           {"player", control, 1}};

struct Known {
  const Named* named = nullptr;
  bool opens_pair = false;  // the first of two words in one row
};
using Table = boost::unordered_flat_map<std::string_view, Known, HashText>;
const Table& table() {
  static const Table all = [] {
    Table out;
    for (const Named& n : names) {
      out[n.word].named = &n;
      if (const std::size_t blank = n.word.find(' '); blank != n.word.npos)
        out[n.word.substr(0, blank)].opens_pair = true;
    }
    return out;
  }();
  return all;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

// Calls f(word) for each word of one class name, in small letters.
template <class F>
void each_word(std::string_view name, F&& f) {
  for (std::size_t i = 0; i < name.size();) {
    if (!is_letter(name[i])) {
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    while (end < name.size() && is_letter(name[end]) && !(is_capital(name[end]) && !is_capital(name[end - 1]))) ++end;
    char word[24];
    const std::size_t size = std::min(end - i, sizeof word);
    for (std::size_t k = 0; k < size; ++k)
      word[k] = static_cast<char>(is_capital(name[i + k]) ? name[i + k] - 'A' + 'a' : name[i + k]);
    f(std::string_view(word, size));
    i = end;
  }
}

template <class F>
void each_name(std::string_view names_of_element, F&& f) {
  for (std::size_t i = 0; i < names_of_element.size();) {
    std::size_t end = i;
    while (end < names_of_element.size() && !is_blank(names_of_element[end])) ++end;
    if (end > i) f(names_of_element.substr(i, end - i));
    i = end + 1;
  }
}

// What one class name or id raises. "no-sidebar", "with-comments", "comment-free" name the layout's neighbours; words like
// "content" and "body" beside the doubtful one make it likely to be chance.
void look_at(std::string_view name, Doubt& out) {
  Doubt found;
  bool plain = false, neighbour = false, first = true;
  char before[24];
  std::size_t before_size = 0;
  each_word(name, [&](std::string_view word) {
    if (first) neighbour = one_of(word, {"has", "with", "no", "without", "is", "not"});
    first = false;
    neighbour = neighbour || word == "free" || word == "less" || word == "disabled";
    plain =
        plain || one_of(word, {"article", "body", "content", "story", "text", "main", "entry", "paragraph", "lead"});
    const auto take = [&](std::string_view key) {
      const auto at = table().find(key);
      if (at == table().end()) return false;
      const auto [named, opens_pair] = at->second;
      if (named != nullptr && named->weight > found.weight) found = {named->kind, named->weight};
      return opens_pair;
    };
    const bool opens_pair = take(word);
    if (before_size != 0) take(std::string(before, before_size).append(1, ' ').append(word));
    before_size = opens_pair ? word.copy(before, sizeof before) : 0;
  });
  if (neighbour) return;
  if (plain && found.weight == 2 && (found.kind == links || found.kind == comments)) --found.weight;
  if (found.weight > out.weight) {
    out.kind = found.kind;
    out.weight = found.weight;
  }
}

bool hides(std::string_view style) {
  if (style.empty()) return false;
  std::string plain;
  for (const char c : style) {
    if (c != ' ') plain += is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return plain.find("display:none") != std::string::npos || plain.find("visibility:hidden") != std::string::npos;
}

void raise(Doubt& doubt, DoubtKind kind, int weight) {
  if (doubt.weight == 0 || weight > doubt.weight) doubt.kind = kind;
  doubt.weight = std::min(3, std::max(weight, doubt.weight + (doubt.weight != 0 ? 1 : 0)));
}

// The footer of an article is not that of the site.
bool inside_article(const xmlNode* n) {
  for (n = n->parent; n != nullptr; n = n->parent) {
    if (name_of(n) == "article" || name_of(n) == "main") return true;
  }
  return false;
}

}  // namespace

Doubt doubt_of(const xmlNode* n) {
  Doubt doubt;
  const std::string_view name = name_of(n);
  if (is(name, "html") || is(name, "body")) return doubt;
  for (const xmlAttr* a = n->properties; a != nullptr; a = a->next) {
    const std::string_view key = reinterpret_cast<const char*>(a->name);
    const std::string_view value = a->children != nullptr && a->children->content != nullptr
                                       ? reinterpret_cast<const char*>(a->children->content)
                                       : std::string_view();
    if (one_of(key, {"class", "id", "data-component", "data-area", "data-module", "data-testid"})) {
      each_name(value, [&](std::string_view one) { look_at(one, doubt); });
    } else if (is(key, "aria-hidden")) {
      if (is(value, "true")) raise(doubt, DoubtKind::hidden, 2);
    } else if (is(key, "hidden")) {
      doubt.hidden = true;
    } else if (is(key, "style")) {
      doubt.hidden = doubt.hidden || hides(value);
    } else if (is(key, "layout") && is(value, "nodisplay")) {
      doubt.hidden = true;
    } else if (is(key, "role")) {
      if (one_of(value, {"navigation", "banner", "contentinfo", "search", "menu", "menubar", "toolbar"}))
        raise(doubt, links, 2);
      if (one_of(value, {"complementary"})) raise(doubt, aside, 1);
      if (one_of(value, {"dialog", "alertdialog", "alert"})) raise(doubt, appeal, 3);
      if (is(value, "button")) raise(doubt, control, 2);
    }
  }
  if (is(name, "nav") || is(name, "menu")) raise(doubt, links, 3);
  if (is(name, "aside") || (is(name, "footer") && inside_article(n))) raise(doubt, aside, 1);
  if (is(name, "footer") && !inside_article(n)) raise(doubt, links, 2);
  if (is(name, "dialog") || is(name, "amp-consent") || is(name, "amp-user-notification")) raise(doubt, appeal, 3);
  if (is(name, "amp-sidebar") || is(name, "amp-social-share")) raise(doubt, links, 3);
  if (is(name, "figcaption")) raise(doubt, caption, 1);
  if (is(name, "form") || is(name, "fieldset")) raise(doubt, control, 1);
  if (is(name, "noscript")) doubt.hidden = true;
  return doubt;
}

std::string_view word_for(DoubtKind kind) {
  switch (kind) {
    case links:
      return "links";
    case comments:
      return "comments";
    case appeal:
      return "appeals and notices";
    case advert:
      return "advertising";
    case caption:
      return "captions";
    case credit:
      return "byline and credits";
    case aside:
      return "boxes";
    case hidden:
      return "hidden";
    case control:
      return "controls";
    case none:
      break;
  }
  return "labels";
}

bool never_text(const xmlNode* n) {
  const std::string_view name = name_of(n);
  if (name.starts_with("amp-")) {
    return one_of(
        name, {"amp-ad", "amp-analytics", "amp-img", "amp-video", "amp-iframe", "amp-embed", "amp-pixel", "amp-state",
               "amp-script", "amp-audio", "amp-anim", "amp-youtube", "amp-sticky-ad", "amp-auto-ads"});
  }
  // No "head": libxml2 puts into it what comes before the first element that it knows to be of the body.
  return one_of(name, {"script", "style", "template", "iframe", "svg", "title", "canvas", "object", "embed", "audio",
                       "video", "picture", "map", "math", "datalist", "progress", "meter"});
}

bool is_heading(std::string_view name) {
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
}

bool is_block(std::string_view name) {
  switch (name.size()) {
    case 1:
      return is(name, "p");
    case 2:
      return is_heading(name) || one_of(name, {"li", "ul", "ol", "tr", "td", "th", "dl", "dt", "dd", "hr"});
    case 3:
      return is(name, "div") || is(name, "pre") || is(name, "nav");
    default:
      return one_of(name, {"section", "article",  "main",   "header", "footer", "aside",      "blockquote",
                           "table",   "thead",    "tbody",  "tfoot",  "figure", "figcaption", "address",
                           "details", "summary",  "body",   "html",   "center", "fieldset",   "caption",
                           "form",    "noscript", "dialog", "menu",   "hgroup", "legend"}) ||
             name.starts_with("amp-");
  }
}

bool has_name_word(const xmlNode* n, std::initializer_list<std::string_view> words) {
  bool found = false;
  for (const std::string_view key : {"class", "id", "itemprop", "data-testid"}) {
    each_word(attribute(n, key), [&](std::string_view word) { found = found || one_of(word, words); });
  }
  return found;
}

}  // namespace storymerge::read

#include "read/html.h"

#include "read/ascii.h"
#include "read/encoding.h"
#include "read/feed_entry.h"
#include "read/html_tree.h"
#include "read/main_text.h"
#include "read/page_facts.h"
#include "storymerge/read/url.h"
#include "support/line_end.h"
#include "support/utf8.h"

namespace storymerge {
namespace read {
namespace {

std::string valid(std::string s) {
  while (const auto at = find_invalid_utf8(s)) s.erase(*at, 1);
  return s;
}

// What libxml2 would take as the end of the page.
std::string without_zeros(std::string_view html) {
  std::string out;
  out.reserve(html.size());
  for (const char c : html) {
    if (c != '\0') out += c;
  }
  return out;
}

// The article's text in a data block, where the page shows less than half of it: pages that scripts fill, previews.
void take_data_body(const std::string& body, MainText& main) {
  if (2 * main.text.size() >= body.size()) return;
  std::string text = text_of_content({body, "text"});
  const bool whole = ends_as_sentence(text) && !text.ends_with("...") && !text.ends_with("\u2026");
  if (2 * main.text.size() >= text.size() || !(whole || main.text.empty())) return;
  if (!main.text.empty() && text.find(main.text.substr(0, 60)) == std::string::npos)
    main.left_out.push_back({"text elsewhere on the page", std::move(main.text)});
  main.text = std::move(text);
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
  return declared_xml_encoding(html);
}

Page page_of(std::string_view html, std::string_view url) {
  Page page;
  const HtmlTree tree = html.find('\0') == std::string_view::npos ? parse_html(html) : parse_html(without_zeros(html));
  xmlNode* root = tree ? xmlDocGetRootElement(tree.get()) : nullptr;
  if (root == nullptr) return page;
  Article& article = page.article;
  PageFacts facts = read_facts(root, url);
  article.url = std::move(facts.url);
  article.source = facts.site.empty() ? url_host(article.url) : std::move(facts.site);
  article.language = std::move(facts.language);
  article.author = std::move(facts.author);
  article.title = std::move(facts.title);
  if (facts.published) {
    article.published = facts.published->time;
    article.published_offset = facts.published->offset;
  }
  page.doubtful_date = std::move(facts.doubtful_date);
  MainText main = find_main_text(root, facts.headline, facts.titles, article.author);
  take_data_body(facts.body, main);
  article.text = std::move(main.text);
  for (LeftOutText& l : main.left_out) page.left_out.push_back({std::string(l.kind), valid(std::move(l.text))});
  for (std::string* field :
       {&article.title, &article.source, &article.url, &article.language, &article.author, &article.text})
    *field = valid(std::move(*field));
  return page;
}

std::string fragment_text(std::string_view html) {
  if (html.find_first_of("<&") == std::string_view::npos) return clean_line(html);
  const HtmlTree tree = html.find('\0') == std::string_view::npos ? parse_html(html) : parse_html(without_zeros(html));
  xmlNode* root = tree ? xmlDocGetRootElement(tree.get()) : nullptr;
  return root == nullptr ? std::string() : valid(all_text(root));
}

}  // namespace read

Page read_page(std::string_view bytes, const PageHints& hints) {
  if (read::is_plain_utf8(bytes)) return read::page_of(bytes, hints.url);
  const read::Converted html =
      read::page_to_utf8(bytes, hints.encoding.empty() ? read::declared_encoding(bytes) : hints.encoding);
  Page page = read::page_of(html.text, hints.url);
  page.replaced = html.replaced;
  return page;
}

}  // namespace storymerge

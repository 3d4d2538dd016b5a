// A saved page as a record.

#include <fmt/format.h>

#include "read/encoding.h"
#include "read/formats.h"
#include "read/html.h"
#include "storymerge/read/url.h"

namespace storymerge::read {

void add_html_page(std::string_view bytes, std::string_view url, const std::string& encoding, Collector& out) {
  const Converted page = page_to_utf8(bytes, encoding.empty() ? declared_encoding(bytes) : encoding);
  Article article = read_page(page.text);
  if (article.url.empty() || url_host(article.url).empty()) article.url = url;
  if (article.source.empty()) article.source = url_host(article.url);
  const std::string where = url.empty() ? "" : fmt::format("{}: ", url);
  if (article.text.empty()) return out.reject(0, "text", where + "no main text on the page");
  if (page.replaced != 0) out.flag(0, "text", fmt::format("{}{} bytes in no known encoding", where, page.replaced));
  out.add(std::move(article));
}

void read_html_page(Reader& in, Collector& out) {
  if (const std::optional<std::string_view> bytes = take_whole(in, out)) add_html_page(*bytes, "", "", out);
}

}  // namespace storymerge::read

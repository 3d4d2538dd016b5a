// A saved page as a record.

#include <fmt/format.h>

#include <stdexcept>

#include "read/encoding.h"
#include "read/formats.h"
#include "read/html.h"
#include "storymerge/base/error.h"

namespace storymerge::read {

void add_html_page(std::string_view bytes, std::string_view url, const std::string& encoding, Collector& out) {
  const std::string where = url.empty() ? "" : fmt::format("{}: ", url);
  Page page;
  try {
    page = read_page(bytes, {std::string(url), encoding});
  } catch (const Error& error) {
    return out.reject(0, "", where + error.what());
  } catch (const std::logic_error& fault) {  // ours, and no reason to end a run of many pages
    return out.reject(0, "", fmt::format("{}a fault of storymerge: {}", where, fault.what()));
  }
  if (page.article.text.empty()) return out.reject(0, "text", where + "no main text on the page");
  if (page.replaced != 0) out.flag(0, "text", fmt::format("{}{} bytes in no known encoding", where, page.replaced));
  if (!page.doubtful_date.empty() && !page.article.published)
    out.flag(0, "published", fmt::format("{}'{}' is not believed", where, page.doubtful_date));
  out.left_out(page.left_out);
  out.add(std::move(page.article));
}

void read_html_page(Reader& in, Collector& out) {
  if (const std::optional<std::string_view> bytes = take_whole(in, out)) add_html_page(*bytes, "", "", out);
}

}  // namespace storymerge::read

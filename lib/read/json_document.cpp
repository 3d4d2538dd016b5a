// JSON that is one value: an array of articles, taken element by element; one article; a JSON Feed; an answer of an interface with a
// list of articles in it.

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "read/feed_entry.h"
#include "read/formats.h"
#include "support/stop.h"

namespace storymerge::read {
namespace {

namespace json = boost::json;

// Looks for the end of the value that opens with the first bracket; goes on where it stopped.
struct Scan {
  std::size_t at = 0;
  int depth = 0;
  bool in_string = false, escaped = false;

  bool find_end(std::string_view s) {
    for (; at < s.size(); ++at) {
      const char c = s[at];
      if (in_string) {
        if (escaped)
          escaped = false;
        else if (c == '\\')
          escaped = true;
        else if (c == '"')
          in_string = false;
      } else if (c == '"') {
        in_string = true;
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if ((c == '}' || c == ']') && --depth <= 0) {
        ++at;
        return true;
      }
    }
    return false;
  }
};

std::string string_at(const json::object& o, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    const json::value* v = o.if_contains(key);
    if (v == nullptr) continue;
    if (const auto* s = v->if_string(); s != nullptr && !s->empty()) return std::string(s->data(), s->size());
    if (v->is_number()) return json::serialize(*v);
  }
  return {};
}

std::string authors_of(const json::object& o) {
  std::string out;
  if (const json::value* list = o.if_contains("authors"); list != nullptr && list->is_array()) {
    for (const json::value& a : list->get_array()) {
      const std::string name = a.is_object() ? string_at(a.get_object(), {"name"}) : "";
      if (!name.empty()) out += (out.empty() ? "" : ", ") + name;
    }
  }
  if (const json::value* one = o.if_contains("author"); out.empty() && one != nullptr && one->is_object())
    out = string_at(one->get_object(), {"name"});
  return out;
}

// JSON Feed 1.0 and 1.1.
void read_json_feed(const json::object& o, const json::array& items, Collector& out) {
  FeedFacts feed;
  feed.title = string_at(o, {"title"});
  feed.link = string_at(o, {"home_page_url", "feed_url"});
  feed.language = string_at(o, {"language"});
  for (const json::value& v : items) {
    check_stop();
    if (!v.is_object()) {
      out.reject(0, "", "an item that is no object");
      continue;
    }
    const json::object& item = v.get_object();
    FeedEntry entry;
    entry.id = string_at(item, {"id"});
    entry.title = string_at(item, {"title"});
    entry.link = string_at(item, {"url", "external_url"});
    entry.author = authors_of(item);
    entry.language = string_at(item, {"language"});
    entry.contents.push_back({string_at(item, {"content_html"}), "html"});
    entry.contents.push_back({string_at(item, {"content_text"}), "text"});
    entry.contents.push_back({string_at(item, {"summary"}), "text"});
    entry.dates = {string_at(item, {"date_published"}), string_at(item, {"date_modified"})};
    add_entry(std::move(entry), feed, 0, out);
  }
}

// The first list of objects in an answer.
const json::array* list_in(const json::object& o, int depth) {
  for (const json::key_value_pair& member : o) {
    const auto* list = member.value().if_array();
    if (list != nullptr && !list->empty() && list->front().is_object() && list->front().get_object().contains("text"))
      return list;
  }
  if (depth == 0) return nullptr;
  for (const json::key_value_pair& member : o) {
    if (const auto* inner = member.value().if_object()) {
      if (const json::array* list = list_in(*inner, depth - 1)) return list;
    }
  }
  return nullptr;
}

void read_array(Reader& in, Collector& out) {
  const std::uint64_t limit = out.options().max_record_bytes;
  std::uint64_t line = 1;
  bool opened = false;
  while (true) {
    check_stop();
    const std::string_view head = in.peek(1);
    if (head.empty()) return out.reject(line, "", "broken JSON: the array ends early");
    const char c = head.front();
    if (c == ']' && opened) return;
    if (c != '{') {
      const bool between = c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' || (c == '[' && !opened);
      if (!between) return out.reject(line, "", "expected an object in the array");
      line += c == '\n';
      opened = opened || c == '[';
      in.skip(1);
      continue;
    }
    Scan scan;
    std::size_t wanted = std::size_t{1} << 12;
    std::string_view bytes = in.peek(wanted);
    bool whole = false;
    while (!(whole = scan.find_end(bytes)) && bytes.size() >= wanted && wanted <= limit) bytes = in.peek(wanted *= 2);
    if (!whole && scan.at <= limit) return out.reject(line, "", "broken JSON: the array ends early");
    if (scan.at > limit) return out.reject(line, "", fmt::format("longer than {} bytes", limit));
    const std::string_view object = bytes.substr(0, scan.at);
    read_json_object(object, line, out);
    line += static_cast<std::uint64_t>(std::count(object.begin(), object.end(), '\n'));
    in.skip(object.size());
  }
}

}  // namespace

bool is_json_document(std::string_view head) {
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return false;
  if (head[first] == '[') return true;
  if (head[first] != '{') return false;
  head.remove_prefix(first);
  const std::string_view line = head.substr(0, head.find('\n'));
  if (line.find("jsonfeed.org/version") != std::string_view::npos) return true;
  // One object a line, or one over many lines: then the second goes on inside it.
  const std::size_t second = head.find_first_not_of(" \t\r\n", line.size());
  return second != std::string_view::npos && (head[second] == '"' || head[second] == '}') && !Scan().find_end(line);
}

bool read_json_list(std::string_view object, std::uint64_t line, Collector& out) {
  json::parse_options options;
  options.max_depth = 512;
  json::error_code error;
  const json::value value = json::parse(json::string_view(object.data(), object.size()), error, {}, options);
  const json::array* list = !error && value.is_object() ? list_in(value.get_object(), 2) : nullptr;
  if (list == nullptr) return false;
  for (const json::value& article : *list) read_json_object(json::serialize(article), line, out);
  return true;
}

void read_json_document(Reader& in, Collector& out) {
  if (const std::string_view head = in.peek(64);
      head.find_first_not_of(" \t\r\n") != std::string_view::npos && head[head.find_first_not_of(" \t\r\n")] == '[')
    return read_array(in, out);
  const std::optional<std::string_view> bytes = take_whole(in, out);
  if (!bytes) return;
  json::parse_options options;
  options.max_depth = 512;
  options.allow_trailing_commas = true;
  json::error_code error;
  const json::value value = json::parse(json::string_view(bytes->data(), bytes->size()), error, {}, options);
  if (error || !value.is_object())
    return out.reject(0, "", fmt::format("broken JSON: {}", error ? error.message() : "expected an object"));
  const json::object& o = value.get_object();
  const json::value* items = o.if_contains("items");
  if (items != nullptr && items->is_array() && !o.contains("text")) return read_json_feed(o, items->get_array(), out);
  read_json_object(json::serialize(value), 1, out);
}

}  // namespace storymerge::read

#include "read/json_plain.h"

#include <simdjson.h>

#include <algorithm>
#include <vector>

namespace storymerge::read {
namespace {

constexpr std::size_t longest = std::size_t{1} << 20;  // the parser keeps memory for the longest line that it saw
constexpr std::ptrdiff_t deepest = 512;                // what the event parser takes

std::string* field_of(std::string_view key, Article& article, std::string& published) {
  if (key == "id") return &article.id;
  if (key == "title") return &article.title;
  if (key == "source") return &article.source;
  if (key == "url") return &article.url;
  if (key == "language") return &article.language;
  if (key == "author") return &article.author;
  if (key == "published") return &published;
  if (key == "text") return &article.text;
  return nullptr;
}

// What simdjson takes and the event parser does not, or may not; and what that takes faster: it copies runs without escapes
// as they are.
bool is_for_events(std::string_view line) {
  if (line.find('\\') == line.npos) return true;
  if (line.size() > longest || line.find("\\ud") != line.npos || line.find("\\uD") != line.npos)
    return true;  // surrogates
  return std::count_if(line.begin(), line.end(), [](char c) { return c == '[' || c == '{'; }) > deepest;
}

}  // namespace

bool parse_plain(std::string_view line, Article& article, std::string& published) {
  if (is_for_events(line)) return false;
  thread_local simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.parse(line.data(), line.size()).get(object) != simdjson::SUCCESS) return false;
  struct Found {
    std::string* field;
    std::string_view value;
  };
  thread_local std::vector<Found> found;
  found.clear();
  bool has_text = false;
  for (const auto [key, value] : object) {
    std::string* field = field_of(key, article, published);
    if (field == nullptr || value.is_null()) continue;
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return false;
    has_text = has_text || field == &article.text;
    found.push_back({field, text});
  }
  if (!has_text) return false;
  for (const Found& f : found) f.field->assign(f.value);
  return true;
}

}  // namespace storymerge::read

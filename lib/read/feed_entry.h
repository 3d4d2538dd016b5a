#pragma once
// An entry of a feed as its format gives it, and the article that it means: the same for XML and JSON feeds.

#include <cstdint>
#include <string>
#include <vector>

#include "read/collector.h"

namespace storymerge::read {

struct FeedFacts {
  std::string title, link, language;
  std::string author;  // of the entries that name none
};

struct FeedContent {
  std::string text;
  std::string type;     // "text", "html", "text/html", ... ; "" where the format has none: HTML
  bool markup = false;  // is markup, not escaped markup
  bool base64 = false;
};

struct FeedEntry {
  std::string id, title, link, author, source, language;
  std::string base;                   // of relative links
  std::vector<FeedContent> contents;  // the fullest kind first
  std::vector<std::string> dates;     // of publication first
};

// The text that a reader sees, "" when there is none: unescaped as often as it was escaped.
std::string text_of_content(const FeedContent& content);

// Adds the article of an entry, or rejects it. Its id is its own where that is good everywhere, else feed and id.
void add_entry(FeedEntry&& entry, const FeedFacts& feed, std::uint64_t line, Collector& out);

}  // namespace storymerge::read

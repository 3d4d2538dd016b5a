#pragma once
// An article as a line of JSON.

#include <storymerge/base/article.h>
#include <storymerge/base/time.h>

#include <string>

namespace generated {

inline std::string quoted(const std::string& s) {
  std::string out = "\"";
  for (const char c : s) {
    if (c == '\n') {
      out += "\\n";
    } else {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out + '"';
}

inline std::string json_line(const storymerge::Article& a) {
  return "{\"id\":" + quoted(a.id) + ",\"source\":" + quoted(a.source) + ",\"title\":" + quoted(a.title) +
         (a.language.empty() ? "" : ",\"language\":" + quoted(a.language)) + ",\"published\":\"" +
         storymerge::format_time(*a.published) + "\",\"text\":" + quoted(a.text) + "}\n";
}

}  // namespace generated

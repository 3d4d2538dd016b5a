#pragma once
// Lines of JSON with escapes that have nothing to be told about, read by simdjson.

#include <string>
#include <string_view>

#include "storymerge/base/article.h"

namespace storymerge::read {

// The fields of an article that are strings, from one line. False when the line is anything but an object whose keys that
// are ours hold strings or null, and that has a text, or has no escape, which the event parser reads faster: then nothing is set.
bool parse_plain(std::string_view line, Article& article, std::string& published);

}  // namespace storymerge::read

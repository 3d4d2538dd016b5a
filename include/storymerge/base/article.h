#pragma once
// One article as an outlet published it. (Topic detection calls this a "story"; here a story is a group of articles.)

#include <optional>
#include <string>

#include "storymerge/base/time.h"

namespace storymerge {

// The initialisers let `{.id = …, .text = …}` compile without warnings.
struct Article {
  std::string id{};                 // unique in its corpus
  std::string title{};              // may be empty; not part of `text` unless the page repeats it there
  std::string source{};             // the outlet: "Meridian Wire"
  std::string url{};                // may be empty
  std::string language{};           // BCP 47 ("en", "de-AT"); empty: taken as English where a language matters
  std::string author{};             // may be empty
  std::optional<Time> published{};  // absent when unknown
  std::optional<std::chrono::minutes>
      published_offset{};     // of the outlet's clock, east of Greenwich; absent when unknown
  std::string replaced_by{};  // id of the next version of the same page; empty: this is the newest
  std::string text{};         // UTF-8: the body as published, page furniture and all; spans point into it
};

}  // namespace storymerge

#pragma once
// Files of the tree that are part of the library: cmake/embed.cmake makes a column of them at build.

#include <string_view>

namespace storymerge {

struct EmbeddedFile {
  std::string_view name;  // below the folder that was named at build: "en/numbers.tsv", "page.css"
  std::string_view text;
  std::string_view sha256{};  // of `text`, in base64: what a Content-Security-Policy calls it
};

}  // namespace storymerge

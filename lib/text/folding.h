#pragma once
// The folding of words, once for each instruction set: the same words out of each.

#include <cstdint>
#include <span>
#include <string_view>

#include "storymerge/text/words.h"

namespace storymerge {

using AppendWords = void (*)(std::string_view text, std::uint32_t offset, WordList& out);

struct NamedFolding {
  const char* name;
  AppendWords append;
};

// Those that this machine can run, the fastest first, the portable one last.
std::span<const NamedFolding> foldings();

// Character by character, by the rules that hold for any text: slow, and what the others are tested against.
void append_words_by_character(std::string_view text, std::uint32_t offset, WordList& out);

}  // namespace storymerge

#pragma once
// Whose voice is each passage?
//
// A voice is an origin, or the outlet that passages credit with the report ("told Reuters", "according to the BBC"): all that
// credit one outlet are one voice, and the same as that outlet's own article.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "storymerge/align/alignment.h"

namespace storymerge {

struct Voices {
  std::vector<std::string> via;       // by statement: the outlet credited, as written; empty when none, or its own
  std::vector<std::uint32_t> of;      // by statement: equal for equal voices
  std::vector<std::uint32_t> origin;  // by statement: the voice of its own article

  // How many voices some statements are. An origin is one: where it says a thing both itself and on another's word, its own.
  std::uint32_t count(std::span<const std::uint32_t> statements) const;
};

// Complexity: linear in the text.
Voices read_voices(const Material& material, const Alignment& alignment);

}  // namespace storymerge

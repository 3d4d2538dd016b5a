#pragma once
// The hash of a table of words that is asked with views.

#include <cstddef>
#include <string_view>

#include "support/hash.h"

namespace storymerge {

struct HashText {
  using is_transparent = void;
  using is_avalanching = void;
  std::size_t operator()(std::string_view s) const { return hash_bytes(s); }
};

}  // namespace storymerge

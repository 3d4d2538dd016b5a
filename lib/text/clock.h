#pragma once
// Which time of day do these tokens give?

#include <cstddef>
#include <optional>

#include "text/tokens.h"

namespace storymerge {

struct Clock {
  std::size_t end = 0;      // past its last token; 0: no time here
  int minute = 0;           // of the day, as written
  std::optional<int> zone;  // minutes before Greenwich, when a zone is told
  bool american = false;    // the zone has its summer time by American rule
  bool halved = false;      // told with a.m. or p.m., or by a word
  bool spoken = false;      // counts to twelve, in whatever language
};

// The time that begins at token i. Complexity: as many tokens as it has.
// `behind_day`: a day in figures stands before it, so that "09:53" is a time.
Clock read_clock(const Tokens& tokens, std::size_t i, bool behind_day = false);

}  // namespace storymerge

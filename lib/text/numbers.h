#pragma once
// What number do these tokens write: 3,400; 1.2bn; "two hundred and fifty"; "a quarter of a million"; "dozens"?

#include <cstddef>

#include "text/tokens.h"

namespace storymerge {

struct Number {
  std::size_t end = 0;  // past its last token; 0: no number here
  double value = 0;
  double high = 0;        // above `value` in "dozens" (24 to 120)
  bool vague = false;     // "dozens", "several hundred", "a couple"
  bool spelled = false;   // in words
  bool fraction = false;  // a part of one is in it: "two and a half"
};

// The number that begins at token i. `money`: a currency stands before it, so that "5m" are millions.
// Complexity: as many tokens as it has, at most a dozen.
Number read_number(const Tokens& tokens, std::size_t i, bool money);

// Half, a quarter: the value of ½, ¼, ¾, ⅓, ⅔; 0 for any other mark.
double part_of_mark(char32_t code);

}  // namespace storymerge

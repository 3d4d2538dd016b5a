#include "claim/outlet_key.h"

#include "storymerge/text/words.h"

namespace storymerge::claim {

using enum lang::Role;

std::string outlet_key(std::string_view name, const lang::Language& language) {
  const WordList words = fold_words(name);
  std::string out;
  for (std::size_t w = 0; w < words.size(); ++w) {
    if (w == 0 && words.size() > 1 && language.is(words[w], definite)) continue;
    const std::size_t mark = words[w].find('\'');  // "l'AFP"
    const bool elides = mark != std::string_view::npos && language.is(words[w].substr(0, mark), elided);
    out.append(out.empty() ? "" : " ").append(elides ? words[w].substr(mark + 1) : words[w]);
  }
  return out;
}

}  // namespace storymerge::claim

#include "claim/opposites.h"

#include <string_view>
#include <unordered_map>
#include <vector>

#include "lang/language.h"
#include "storymerge/lang/languages.h"

namespace storymerge::claim {
namespace {

using Opposites = std::unordered_map<Term, std::vector<std::int16_t>>;

Opposites read_opposites() {
  Opposites out;
  std::unordered_map<std::string_view, std::int16_t> numbers;  // of the pairs, from 1
  for (const std::string_view tag : known_languages()) {
    const lang::Language language(tag, lang::tables_of(tag, {"opposites"}));
    for (const auto& [word, side] : language.with(lang::Role::opposite)) {
      const auto next = static_cast<std::int16_t>(numbers.size() + 1);
      const std::int16_t pair = numbers.try_emplace(side.substr(0, side.size() - 1), next).first->second;
      for (const Term term : stem_terms(fold_words(word), tag)) {
        if (term != 0) out[term].push_back(side.ends_with('+') ? pair : static_cast<std::int16_t>(-pair));
      }
    }
  }
  return out;
}

}  // namespace

std::span<const std::int16_t> opposites_of(Term term) {
  static const Opposites pairs = read_opposites();
  const auto at = term != 0 ? pairs.find(term) : pairs.end();
  if (at == pairs.end()) return {};
  return at->second;
}

}  // namespace storymerge::claim

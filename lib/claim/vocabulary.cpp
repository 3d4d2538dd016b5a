#include "claim/vocabulary.h"

#include <array>
#include <map>
#include <mutex>
#include <string>

#include "storymerge/text/words.h"
#include "support/hash.h"

namespace storymerge::claim {
namespace {

using lang::Role;

constexpr std::array kinds{Role::event, Role::befalls, Role::moves};

Term term_of(std::string_view event) { return hash_bytes(stem(event)); }

}  // namespace

Events::Events(const lang::Language& language) {
  constexpr Term several = ~Term{0};
  for (const Role kind : kinds) {
    for (const auto& [word, event] : language.with(kind)) {
      const Term term = term_of(event);
      kinds_[term].add(kind);
      by_word_.emplace(word, term);
      const WordList words = fold_words(word);
      if (words.size() != 1) continue;
      const Term stemmed = stem_terms(words, language.tag()).front();
      if (stemmed == 0) continue;
      const auto [at, added] = by_stem_.emplace(stemmed, term);
      if (!added && at->second != term) at->second = several;
    }
  }
  erase_if(by_stem_, [](const auto& entry) { return entry.second == several; });
}

const Events& Events::of(std::string_view tag) {
  static std::mutex guard;
  static auto* const made = new std::map<std::string, Events, std::less<>>();  // never destroyed, as the tables
  const lang::Language& language = lang::Language::of(tag);
  const std::lock_guard lock(guard);
  auto at = made->find(language.tag());
  if (at == made->end()) at = made->emplace(language.tag(), Events(language)).first;
  return at->second;
}

Term Events::of_word(std::string_view word, Term stem) const {
  if (const auto at = by_word_.find(word); at != by_word_.end()) return at->second;
  const auto at = by_stem_.find(stem);
  return at == by_stem_.end() ? 0 : at->second;
}

}  // namespace storymerge::claim

#pragma once
// Which event does a word of a language stand for?

#include <boost/unordered/unordered_flat_map.hpp>

#include <string_view>

#include "lang/language.h"
#include "storymerge/text/stems.h"

namespace storymerge::claim {

// Words of one event share a term, in all languages: "killed", "deaths", "perished", "getötet".
class Events {
 public:
  explicit Events(const lang::Language& language);
  // Of the tag's language; made when first asked for.
  static const Events& of(std::string_view language);

  // The event of a word or phrase, or else of its stem; 0 for what is none.
  Term of_word(std::string_view word, Term stem) const;
  // Does it happen to people, so that its numbers count them: "12 arrests", "four dead"?
  bool befalls(Term event) const { return has(event, lang::Role::befalls); }
  // Does it tell how a number moves: "rose", "a cut"?
  bool moves(Term event) const { return has(event, lang::Role::moves); }

 private:
  bool has(Term event, lang::Role role) const {
    const auto at = kinds_.find(event);
    return at != kinds_.end() && at->second.has(role);
  }

  boost::unordered_flat_map<std::string_view, Term> by_word_;  // words and phrases; the language owns them
  boost::unordered_flat_map<Term, Term> by_stem_;              // of stems whose words all stand for one event
  boost::unordered_flat_map<Term, lang::Roles> kinds_;
};

}  // namespace storymerge::claim

#pragma once
// Who says it? "Lumenpay said", "according to police", "Mayor Inger Falk: “…”".
//
// A table of rules, each tried at every word of a clause that stands outside quotation marks. A verb that is negated ("did not
// say"), asked for or merely possible cites nobody.

#include <optional>
#include <span>
#include <string_view>

#include "claim/cast.h"
#include "claim/clauses.h"

namespace storymerge::claim {

struct Citation {
  Words who;                  // the speaker's phrase
  Words words;                // all words that only cite: speaker, verb, listener
  std::uint32_t verb = none;  // none: the clause cites nobody
  bool trailing = false;      // what is said stands before it, and it ends its sentence or clause
  std::string_view rule;
  bool found() const { return verb != none; }
};

class CitationFinder;

struct CitationRule {
  std::string_view name;
  bool (CitationFinder::*find)(std::uint32_t w, Citation& out) const;  // a citation whose verb or preposition is word w
  std::string_view example;                                            // an article,
  std::string_view speaker;                                            // whom its first claim cites,
  std::string_view language = "en";
};
std::span<const CitationRule> citation_rules();

// The citations of one clause. The clause must outlive it.
class CitationFinder {
 public:
  CitationFinder(const ClauseText& text, const Clause& clause) : t_(text), c_(clause) {}

  // The one that holds for the whole clause. Complexity: a fixed number of steps a word.
  // `inner`: one that stands inside what is said: "AFP reported that Ana Ruiz said …".
  Citation find(Citation* inner = nullptr) const;

  bool by_preposition(std::uint32_t w, Citation& out) const;
  bool by_opening_preposition(std::uint32_t w, Citation& out) const;
  bool by_postposition(std::uint32_t w, Citation& out) const;
  bool by_colon(std::uint32_t w, Citation& out) const;
  bool reported_to_have(std::uint32_t w, Citation& out) const;
  bool quotes_somebody(std::uint32_t w, Citation& out) const;
  bool by_agent(std::uint32_t w, Citation& out) const;
  bool inverted(std::uint32_t w, Citation& out) const;
  bool in_relative_clause(std::uint32_t w, Citation& out) const;
  bool by_participle(std::uint32_t w, Citation& out) const;
  bool by_verb(std::uint32_t w, Citation& out) const;
  bool calls_it(std::uint32_t w, Citation& out) const;

 private:
  struct NounPhrase {
    Words words;
    bool cut = false;  // by a finite verb, so that it may be that verb's object
  };

  Words phrase_from(std::uint32_t w) const;
  Words named_behind(Words who) const;
  bool inserted(std::uint32_t verb, std::uint32_t end) const;
  bool behind_apposition(std::uint32_t verb) const;
  NounPhrase phrase_to(std::uint32_t end) const;
  Words strip_opening(Words phrase) const;
  std::uint32_t over_insertions(std::uint32_t end) const;
  Words without_clause_before_and(Words who) const;
  std::uint32_t over_apposition(std::uint32_t end) const;
  std::uint32_t relative_before(std::uint32_t end) const;
  bool only_tail_behind(std::uint32_t w) const;
  bool comma_before(std::uint32_t verb) const;
  std::uint32_t skip_back(std::uint32_t verb) const;
  bool is_description(std::uint32_t end) const;
  bool tells_when(const Citation& found) const;
  bool is_bare_name(std::uint32_t first, std::uint32_t last) const;
  bool is_family_name(std::uint32_t w) const;
  Words who_before(std::uint32_t verb) const;
  Words who_before_and(std::uint32_t conjunction_at) const;
  Words who_of_verb(std::uint32_t verb) const;
  Words own_subject() const;
  bool can_speak(Words who) const;
  bool may_cite(std::uint32_t w) const;
  bool taken_back(std::uint32_t verb) const;
  bool brings_in(std::uint32_t verb) const;
  bool begins_noun_phrase(std::uint32_t w) const;
  bool quotation_near(std::uint32_t verb, std::uint32_t reach) const;
  bool clause_behind(std::uint32_t w) const;
  bool clause_before(std::uint32_t w) const;
  bool ends_here(std::uint32_t w) const;  // a mark, a quotation or the clause's end
  void set(Citation& out, Words who, std::uint32_t verb, std::uint32_t end) const;

  const ClauseText& t_;
  const Clause& c_;
};

// The words by which a speaker is shown: of a phrase its name where that is the head, or else its noun phrase. Empty for
// "some", "we" and the like.
Words head_of(const ClauseText& text, Words who);

// The subject of a clause: the words before its first finite verb, what is said (behind the citation) first, an opening
// "On Monday," left out.
Words subject_of(const ClauseText& text, const Clause& clause, const Citation& citation);

}  // namespace storymerge::claim

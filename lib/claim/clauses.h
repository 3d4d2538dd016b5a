#pragma once
// Where do the clauses of a sentence begin, and what is the part of each word in them?

#include <cstdint>
#include <string_view>
#include <vector>

#include "claim/vocabulary.h"
#include "lang/language.h"
#include "storymerge/base/corpus.h"
#include "storymerge/text/document.h"

namespace storymerge::claim {

inline constexpr std::uint32_t none = 0xFFFFFFFF;

// Words [first, last) of Document::body.
struct Words {
  std::uint32_t first = 0, last = 0;
  bool empty() const { return first >= last; }
  bool holds(std::uint32_t w) const { return first <= w && w < last; }
};

// What stands between a word and the one before it.
enum Gap : std::uint8_t {
  comma = 1u << 0,
  semicolon = 1u << 1,
  colon = 1u << 2,
  dash = 1u << 3,
  bracket = 1u << 4,
  quote = 1u << 5,
  full_stop = 1u << 6,
  any_mark = 0xFF,
};

// The words of a clause and its bytes.
struct Clause {
  std::uint32_t first = 0, last = 0;
  ByteRange range;
  enum Join : std::uint8_t {
    opens,     // begins the sentence
    and_that,  // "… and that the ship sank": goes on with what was said
    new_subject,
    same_subject,  // "and sank": the subject is that of the clause before
    relative_to,   // ", which sank": the subject ends the clause before
  } join = opens;
};

// The words of one article with their roles and marks, as the rules of this room read them; all columns are indexed by the words
// of Document::body. The roles of a phrase are those of its first word, too.
class ClauseText {
 public:
  ClauseText(const Article& article, const Document& document);

  // In order; they cover the sentence. Complexity: linear in its words.
  std::vector<Clause> clauses(const Sentence& sentence) const;

  const Document& document() const { return document_; }
  const lang::Language& language() const { return language_; }
  std::string_view word(std::uint32_t w) const { return document_.body[w]; }
  ByteRange source(std::uint32_t w) const { return document_.body.words[w].source; }
  std::string_view written(std::uint32_t w) const {
    return std::string_view(article_.text).substr(source(w).begin, source(w).size());
  }
  Term term(std::uint32_t w) const { return document_.body_terms[w]; }
  // Has the word any of these roles?
  template <class... Any>
  bool is(std::uint32_t w, Any... roles) const {
    return roles_[w].any(lang::Roles(roles...));
  }
  bool is_event(std::uint32_t w) const { return event_[w] != 0; }
  // The event that the word stands for, or else its own term.
  Term event(std::uint32_t w) const { return event_[w] != 0 ? event_[w] : term(w); }
  bool befalls(Term event) const { return events_.befalls(event); }
  bool moves(Term event) const { return events_.moves(event); }
  bool has_gap(std::uint32_t w, std::uint8_t gaps) const { return (gaps_[w] & gaps) != 0; }
  bool quoted(std::uint32_t w) const { return (flags_[w] & in_quotation) != 0; }
  bool counted(std::uint32_t w) const { return (flags_[w] & in_number) != 0; }  // part of a quantity or a date
  bool capital(std::uint32_t w) const { return (flags_[w] & begins_capital) != 0; }
  bool dated(std::uint32_t w) const { return (flags_[w] & in_date) != 0; }
  bool bracketed(std::uint32_t w) const { return (flags_[w] & in_bracket) != 0; }
  bool possesses(std::uint32_t w) const { return (flags_[w] & before_possessive_s) != 0; }       // "Mueller's"
  bool elides(std::uint32_t w) const { return elided_mark(word(w)) != std::string_view::npos; }  // "l'agence"
  bool hyphened(std::uint32_t w) const { return (flags_[w] & behind_hyphen) != 0; }  // "in" of "Editor-in-Chief"
  // Position in Document::names of the mention that the word is part of, plus 1; 0 when it is in none.
  std::uint32_t mention(std::uint32_t w) const { return mention_[w]; }
  bool nouns_have_capitals() const { return nouns_have_capitals_; }
  // Do what governs a verb and its "not" stand behind it, too: "nahm den Mann nicht fest"?
  bool verb_second() const { return verb_second_; }
  // The phrase of the tables that the word belongs to; the word alone when there is none.
  Words phrase(std::uint32_t w) const { return {w - before_[w], w + after_[w] + 1}; }

  // Could the word be a verb that makes a clause: an auxiliary, a past, a verb of saying, "-ed" where a verb can stand?
  bool is_finite(std::uint32_t w) const;
  // A verb of saying, not the noun: "reports that", but not "the reports".
  bool is_saying(std::uint32_t w) const;

 private:
  enum Flag : std::uint8_t {
    in_quotation = 1,
    in_number = 2,
    begins_capital = 4,
    in_bracket = 8,
    in_date = 16,
    before_possessive_s = 32,
    behind_hyphen = 64,
  };

  std::size_t elided_mark(std::string_view form) const;
  lang::Roles roles_behind_elision(std::string_view form) const;
  void look_up_words();
  void note_phrase(std::uint32_t w, std::uint32_t words, const lang::Roles& roles);
  void read_marks();
  void leave_insertions();
  void note_mark(char32_t code, std::uint32_t w, bool spaced, bool& bracketed);
  std::uint8_t flags_of(std::uint32_t w, std::size_t& quotation, std::size_t& quantity, std::size_t& date) const;
  bool is_present(std::uint32_t w) const;
  bool plural_before(std::uint32_t w) const;
  friend class Splitter;

  const Article& article_;
  const Document& document_;
  const lang::Language& language_;
  const Events& events_;
  const bool nouns_have_capitals_, verb_second_;
  const bool bare_forms_;  // are verbs of plurals spelled as nouns are: "they state", "the state"?
  // Columns by word, one longer than there are words: rules look one word ahead, and nothing holds of what is not there.
  std::vector<lang::Roles> roles_;
  std::vector<Term> event_;                   // 0 for a word that stands for none
  std::vector<std::uint8_t> before_, after_;  // words of its phrase on both sides
  std::vector<std::uint32_t> mention_;
  std::vector<std::uint8_t> gaps_;
  std::vector<std::uint8_t> flags_;
};

}  // namespace storymerge::claim

#pragma once
// Who is who in one article: which names are persons, which are outlets, who is "the minister", whom does "she" stand for?

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "claim/clauses.h"

namespace storymerge::claim {

// Somebody or something that is spoken of.
struct Referent {
  std::optional<std::uint32_t> name;  // position in StoryNames::names
  std::vector<Term> terms;
  Words words;  // where
  bool known() const { return name.has_value() || !terms.empty(); }
};

enum class Gender : std::uint8_t { unknown, masculine, feminine };

// What the whole article tells of its names. Complexity: linear in its words.
class Cast {
 public:
  // `name_of`: as StoryNames::name_of of this article; `sources`: folded names of the story's outlets.
  Cast(const ClauseText& text, std::span<const std::uint32_t> name_of, const std::unordered_set<std::string>& sources);

  std::uint32_t name_at(std::uint32_t w) const { return name_of_[t_.mention(w) - 1]; }
  bool is_person(std::uint32_t name) const { return persons_.contains(name); }
  bool is_outlet(std::uint32_t name) const { return outlets_.contains(name); }
  Gender gender(std::uint32_t name) const;
  // The name that the article gives a common noun to: "the ferry Aurora Sol", "Radu Fenech, the minister".
  std::optional<std::uint32_t> named_by(Term noun) const;
  // The fullest mention of a name in the article: position in Document::names.
  std::uint32_t fullest(std::uint32_t name) const { return fullest_.at(name); }
  Referent referent_of(Words words) const;

 private:
  void learn(std::uint32_t m);
  void learn_from_before(std::uint32_t m);
  void learn_from_apposition(std::uint32_t m);
  void learn_gender(std::uint32_t name, std::uint32_t w);
  bool names_an_outlet(std::uint32_t m, const std::unordered_set<std::string>& sources) const;

  const ClauseText& t_;
  std::span<const std::uint32_t> name_of_;
  std::unordered_set<std::uint32_t> persons_, outlets_;
  std::unordered_map<std::uint32_t, Gender> genders_;
  std::unordered_map<std::uint32_t, Term> last_words_;  // the last word of a name of several words
  std::unordered_map<Term, std::uint32_t> roles_;       // the noun beside a name -> the name
  std::unordered_map<std::uint32_t, std::uint32_t> fullest_;
};

// Whom pronouns stand for at one point of an article, clause after clause.
class Discourse {
 public:
  Discourse(const ClauseText& text, const Cast& cast) : t_(text), cast_(cast) {}

  Referent resolve(std::uint32_t pronoun) const;
  const Referent& clause_subject() const { return clause_subject_; }
  const Referent& last_subject() const { return last_subject_; }

  void note_speaker(Words head);  // as head_of() gives it
  void note_subject(Words subject);
  void note_mentions(Words clause);  // persons that it names, before its subject is noted

 private:
  void remember(const Referent& person);

  static constexpr std::size_t remembered = 6;  // persons

  const ClauseText& t_;
  const Cast& cast_;
  std::vector<Referent> persons_;  // the latest last
  Referent last_thing_, last_subject_, last_group_, clause_subject_;
};

}  // namespace storymerge::claim

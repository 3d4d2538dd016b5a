#pragma once
// What does this word do in this language?
//
// Tables in, look-ups out. A table is a TSV file, lib/lang/TAG/NAME.tsv, that a translator can edit:
//   # a comment line; blank lines are passed over
//   WORD OR PHRASE <tab> ROLE <tab> ROLE=VALUE …
// Words stand as they are spelled ("März", "U.S."), and are found folded, too, where no other word is spelled so ("würde" is not
// "wurde"); roles are those of roles.h. What several tables of a language say of one
// word adds up.

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "lang/roles.h"
#include "support/embedded.h"
#include "support/hash.h"

namespace storymerge::lang {

// One cell of a table: what is said of a word.
struct Meaning {
  Role role{};
  std::string_view value;  // empty when the role stands alone
  double number = 0;       // the value read as a number; 0 when it is none
  friend bool operator==(const Meaning&, const Meaning&) = default;
};

// All that the tables say of a word or phrase.
struct Entry {
  Roles roles;
  std::span<const Meaning> meanings;
  std::size_t longest = 1;  // words in the longest phrase that begins with it

  // What is said of it in this role; null when it does not have it.
  const Meaning* in(Role role) const {
    if (!roles.has(role)) return nullptr;
    for (const Meaning& m : meanings) {
      if (m.role == role) return &m;
    }
    return nullptr;
  }
};

// One row of a table.
struct Row {
  std::string_view word;   // folded: neither case nor accents
  std::string_view lower;  // in small letters, as spelled
  std::span<const Meaning> meanings;
};

class Language {
 public:
  // Errors: bad_input, naming table, line and reason, for a row without a role or with one that is not known. The text of the
  // tables must outlive the language.
  Language(std::string_view tag, std::span<const EmbeddedFile> tables);
  Language(const Language&) = delete;  // rows and words look into it
  Language& operator=(const Language&) = delete;

  // The language of a tag as in Article::language: "de-AT" is "de", "" is English; one that is not known has no words. The words of
  // pages are left out: they are of no language (text/page_words.h).
  static const Language& of(std::string_view tag);

  std::string_view tag() const { return tag_; }

  // What is said of a word or phrase, in small letters or folded; nothing for one that no table holds.
  // Complexity: one look-up.
  const Entry* find(std::string_view word) const {
    const auto at = words_.find(word);
    return at == words_.end() ? nullptr : &at->second;
  }
  Roles roles(std::string_view word) const {
    const Entry* entry = find(word);
    return entry == nullptr ? Roles() : entry->roles;
  }
  bool is(std::string_view word, Role role) const { return roles(word).has(role); }
  // Has the last part of a compound the role, as "leiterin" of "einsatzleiterin"? Complexity: a look-up a letter.
  bool ends_with(std::string_view word, Role role) const {
    constexpr std::size_t first_part = 3, last_part = 5;  // bytes, at least
    for (std::size_t i = first_part; i + last_part <= word.size(); ++i) {
      if (is(word.substr(i), role)) return true;
    }
    return false;
  }
  std::span<const Meaning> meanings(std::string_view word) const;
  // The first value that the role has there; empty when it has none.
  std::string_view value(std::string_view word, Role role) const;
  std::optional<double> number(std::string_view word, Role role) const;

  // All rows in which a role is given, in order of table and line.
  std::vector<std::pair<std::string_view, std::string_view>> with(Role role) const;  // word, value
  // The same rows as they are spelled, in small letters.
  std::vector<std::string_view> spelled_with(Role role) const;

 private:
  struct HashText {
    using is_avalanching = void;
    std::size_t operator()(std::string_view s) const { return hash_bytes(s); }
  };
  void add(const EmbeddedFile& table);
  std::string_view keep(std::string spelling);
  void note(std::string_view word, std::span<const Meaning> meanings);
  void note_folded();

  std::string tag_;
  std::vector<Meaning> meanings_;            // of all rows, one row's after another's; never moved
  std::deque<std::vector<Meaning>> joined_;  // of words that several rows tell of
  std::deque<std::string> spellings_;        // that do not stand so in the tables
  std::vector<Row> rows_;
  std::array<std::vector<std::uint32_t>, role_names.size()> with_role_;  // positions in rows_
  // By spelling in small letters, and folded; what only opens phrases has an entry without roles.
  boost::unordered_flat_map<std::string_view, Entry, HashText, std::equal_to<>> words_;
};

inline constexpr std::string_view page_table = "furniture";  // the name of the table that holds the words of pages

// All tables of the library; names are TAG/NAME.tsv.
std::span<const EmbeddedFile> tables();
// Those of one language that have these names: what a few rows of every language are asked for need not read all the others.
std::vector<EmbeddedFile> tables_of(std::string_view tag, std::initializer_list<std::string_view> names);

}  // namespace storymerge::lang

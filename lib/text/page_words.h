#pragma once
// The words by which page furniture is known, out of the tables of all languages: pages often do not say which language theirs is.

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lang/language.h"
#include "storymerge/base/source_span.h"
#include "support/hash_text.h"

namespace storymerge {

enum class Place { whole, edge, start, note, part, end, frame, sentence, within, links };
inline constexpr std::string_view place_names[] = {"whole", "edge",  "start",    "note",   "part",
                                                   "end",   "frame", "sentence", "within", "links"};

struct Cue {
  Place place;
  std::string phrase;    // in normal form
  std::size_t lead = 0;  // where its first word begins: behind signs
};

// What the tables say of one word.
struct Entry {
  int weight = 0;
  lang::Roles roles;
  std::vector<std::uint16_t> cues;  // whose phrase opens with this word; longest first
};

struct Lexicon {
  std::vector<Cue> cues;
  std::vector<std::string> money;  // a blank before each
  boost::unordered_flat_map<std::string, Entry, HashText, std::equal_to<>> words;

  const Entry* find(std::string_view word) const {
    const auto at = words.find(word);
    return at == words.end() ? nullptr : &at->second;
  }
  bool is(std::string_view word, lang::Role role) const { return has(find(word), role); }
  static bool has(const Entry* entry, lang::Role role) { return entry != nullptr && entry->roles.has(role); }
};

const Lexicon& lexicon();

// A line as the phrases are written: folded, straight quotes, hyphens for dashes, single blanks, # for a run of digits.
std::string normal_form(std::string_view line);

inline bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }
inline bool is_word_byte(char c) { return is_letter(c) || c == '\''; }

// The first word of a line in normal form from position i on; empty at its end when there is none. A run of digits (#) is a word
// of its own.
inline ByteRange next_word(std::string_view line, std::size_t i) {
  while (i < line.size() && line[i] != '#' && !is_letter(line[i])) ++i;
  std::size_t end = i;
  if (i < line.size()) ++end;
  while (end > i && line[i] != '#' && end < line.size() &&
         (is_word_byte(line[end]) || (line[end] == '-' && end + 1 < line.size() && is_letter(line[end + 1])))) {
    ++end;
  }
  return {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end)};
}

// Calls f(position, word) for each word of a line in normal form.
template <class F>
void each_word(std::string_view line, F&& f) {
  for (ByteRange word = next_word(line, 0); word.size() != 0; word = next_word(line, word.end))
    f(std::size_t{word.begin}, line.substr(word.begin, word.size()));
}

// A verb that is contracted behind its subject, and nobody addressed: "moons aren't blue", "I'm alone"; not "Don't miss".
bool holds_contracted_verb(std::string_view normal);

}  // namespace storymerge

#include "read/openings.h"

#include <boost/unordered/unordered_flat_map.hpp>
#include <functional>
#include <string>

#include "lang/language.h"
#include "lang/spelling.h"
#include "storymerge/lang/languages.h"
#include "support/hash_text.h"

namespace storymerge::read {
namespace {

using lang::Role;

using Phrases = boost::unordered_flat_map<std::string, std::string_view, HashText, std::equal_to<>>;  // what they need

Phrases read_tables(Role role) {
  Phrases out;
  for (const std::string_view tag : known_languages()) {
    const lang::Language language(tag, lang::tables_of(tag, {lang::page_table}));
    for (const auto& [phrase, needs] : language.with(role)) out.emplace(phrase, needs);
  }
  return out;
}

}  // namespace

std::size_t opening(std::string_view line, Role role) {
  static const Phrases of_bylines = read_tables(Role::opens_byline), of_stamps = read_tables(Role::opens_stamp);
  const Phrases& phrases = role == Role::opens_byline ? of_bylines : of_stamps;
  constexpr std::size_t longest = 24;  // bytes
  line = line.substr(0, longest);
  std::string phrase;
  std::size_t folded = 0;  // bytes of the line
  for (std::size_t end = line.find_first_of(": "); end < line.size(); end = line.find_first_of(": ", end + 1)) {
    phrase += fold_spelling(line.substr(folded, end - folded));
    folded = end;
    const auto at = phrases.find(phrase);
    if (at == phrases.end()) continue;
    const bool colon = line[end] == ':', capital = line.front() >= 'A' && line.front() <= 'Z';
    const std::string_view value = at->second;
    if (value.empty() || (value == "colon" && colon) || (value == "capital" && capital)) return end + 1;
  }
  return 0;
}

}  // namespace storymerge::read

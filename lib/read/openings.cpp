#include "read/openings.h"

#include <map>
#include <string>
#include <utility>

#include "lang/language.h"
#include "lang/spelling.h"
#include "storymerge/lang/languages.h"

namespace storymerge::read {
namespace {

using lang::Role;

std::map<std::pair<Role, std::string>, std::string_view> read_tables() {
  std::map<std::pair<Role, std::string>, std::string_view> out;
  for (const std::string_view tag : known_languages()) {
    const lang::Language language(tag, lang::tables_of(tag, {lang::page_table}));
    for (const Role role : {Role::opens_byline, Role::opens_stamp}) {
      for (const auto& [phrase, needs] : language.with(role)) out.emplace(std::pair(role, phrase), needs);
    }
  }
  return out;
}

}  // namespace

std::size_t opening(std::string_view line, Role role) {
  static const auto phrases = read_tables();
  constexpr std::size_t longest = 24;  // bytes
  for (std::size_t end = line.find_first_of(": "); end < longest; end = line.find_first_of(": ", end + 1)) {
    const std::string phrase = fold_spelling(line.substr(0, end));
    const auto at = phrases.find({role, phrase});
    if (at == phrases.end()) continue;
    const bool colon = line[end] == ':', capital = line.front() >= 'A' && line.front() <= 'Z';
    const std::string_view value = at->second;
    if (value.empty() || (value == "colon" && colon) || (value == "capital" && capital)) return end + 1;
  }
  return 0;
}

}  // namespace storymerge::read

#include "text/page_words.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "lang/spelling.h"
#include "storymerge/lang/languages.h"

namespace storymerge {
namespace {

std::string with_number_signs(std::string_view phrase) {
  std::string out;
  for (const char c : phrase) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit || out.empty() || out.back() != '#') out += digit ? '#' : c;
  }
  return out;
}

Lexicon read_tables() {
  using lang::Role;
  constexpr lang::Roles calendar{Role::month, Role::weekday, Role::short_weekday, Role::time_zone, Role::american_zone};
  Lexicon out;
  for (const std::string_view tag : known_languages()) {
    const lang::Language language(tag, lang::tables_of(tag, {"calendar", "dates", lang::page_table}));
    for (const auto& [phrase, place] : language.with(Role::furniture)) {
      const auto at = std::find(std::begin(place_names), std::end(place_names), place);
      if (at == std::end(place_names)) continue;
      out.cues.push_back({static_cast<Place>(at - std::begin(place_names)), with_number_signs(phrase)});
    }
    for (const auto& [word, weight] : language.with(Role::page_word))
      out.words[std::string(word)].weight = weight[0] - '0';
    for (const auto& [word, value] : language.with(Role::page_money)) out.money.push_back(" " + std::string(word));
    for (std::size_t r = 0; r < lang::role_names.size(); ++r) {
      const Role role = static_cast<Role>(r);
      if (!lang::page_roles.has(role) && !calendar.has(role)) continue;
      for (const auto& [word, value] : language.with(role)) out.words[std::string(word)].roles.add(role);
    }
  }
  for (std::size_t c = 0; c < out.cues.size(); ++c) {
    bool first = true;
    each_word(out.cues[c].phrase, [&](std::size_t at, std::string_view word) {
      if (!std::exchange(first, false)) return;
      out.words[std::string(word)].cues.push_back(static_cast<std::uint16_t>(c));
      out.cues[c].lead = at;
    });
  }
  for (auto& [word, entry] : out.words) {
    std::sort(entry.cues.begin(), entry.cues.end(), [&](auto a, auto b) {
      return std::pair(out.cues[b].phrase.size(), a) < std::pair(out.cues[a].phrase.size(), b);
    });
  }
  return out;
}

struct Mark {
  std::string_view bytes;
  char plain;
};
constexpr Mark marks[] = {{"\u2018", '\''}, {"\u2019", '\''}, {"\u201C", '"'}, {"\u201D", '"'}, {"\u00AB", '"'},
                          {"\u00BB", '"'},  {"\u201E", '"'},  {"\u2013", '-'}, {"\u2014", '-'}, {"\u2010", '-'},
                          {"\u2011", '-'},  {"\u00A0", ' '},  {"\u202F", ' '}, {"\u2022", '*'}, {"\u00B7", '*'},
                          {"\u2026", '.'},  {"\u203A", '>'},  {"\u25B6", '*'}, {"\u2192", '>'}};

// Of ASCII: small letters, # for digits, blanks. Other bytes as they are.
constexpr std::array<char, 256> normal_bytes = [] {
  std::array<char, 256> out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<char>(i);
  for (unsigned char c = 'A'; c <= 'Z'; ++c) out[c] = static_cast<char>(c - 'A' + 'a');
  for (unsigned char c = '0'; c <= '9'; ++c) out[c] = '#';
  for (const unsigned char c : {'\t', '\r', '\f', '\v'}) out[c] = ' ';
  return out;
}();

}  // namespace

const Lexicon& lexicon() {
  static const Lexicon table = read_tables();
  return table;
}

std::string normal_form(std::string_view s) {
  std::string out(s.size(), '\0');  // never longer
  char* to = out.data();
  char last = 0;
  bool ascii = true;
  for (std::size_t i = 0; i < s.size();) {
    char c = normal_bytes[static_cast<unsigned char>(s[i])];
    if (static_cast<unsigned char>(c) >= 0x80) {
      const Mark* found = nullptr;
      for (const Mark& m : marks) {
        if (s.substr(i).starts_with(m.bytes)) found = &m;
      }
      if (found != nullptr) c = found->plain;
      ascii = ascii && found != nullptr;
      i += found != nullptr ? found->bytes.size() : 1;
    } else {
      ++i;
    }
    if ((c == ' ' || c == '#') && last == c) continue;
    *to++ = last = c;
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
  return ascii ? out : fold_spelling(out);
}

bool holds_contracted_verb(std::string_view normal) {
  bool holds = false, addresses = false;
  each_word(normal, [&](std::size_t at, std::string_view word) {
    holds = holds || (at > 0 && word.ends_with("n't")) || word.ends_with("'m");
    addresses = addresses || lexicon().is(word, lang::Role::reader_word) || lexicon().is(word, lang::Role::our_word);
  });
  return holds && !addresses;
}

}  // namespace storymerge

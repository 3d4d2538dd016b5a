#include "text/patterns.h"

#include "text/characters.h"

namespace storymerge {
namespace {

Element element_of(std::string_view word, std::span<const std::string_view> classes) {
  if (word == "<") return {Element::begin, 0, 0};
  if (word == ">") return {Element::end, 0, 0};
  if (word.front() == '\'') return {Element::mark, 0, decode(word, 1).code};
  const auto among = [&](auto& names) { return std::find(names.begin(), names.end(), word) - names.begin(); };
  const auto position = among(classes);
  if (position < static_cast<std::ptrdiff_t>(classes.size())) {
    return {Element::reading, static_cast<std::uint16_t>(position), 0};
  }
  const auto role = among(lang::role_names);
  assert(role < static_cast<std::ptrdiff_t>(lang::role_names.size()));
  return {Element::role, static_cast<std::uint16_t>(role), 0};
}

}  // namespace

Pattern::Pattern(std::string_view text, std::span<const std::string_view> classes) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    Item item;
    item.glued = word.size() > 1 && word.front() == '+';
    if (item.glued) word.remove_prefix(1);
    item.optional = word.size() > 1 && word.back() == '?';
    if (item.optional) word.remove_suffix(1);
    while (!word.empty()) {
      const std::size_t bar = std::min(word.find('|'), word.size());
      item.either.push_back(element_of(word.substr(0, bar), classes));
      word.remove_prefix(std::min(bar + 1, word.size()));
    }
    items_.push_back(std::move(item));
  }
}

PatternIndex::PatternIndex(std::span<const Pattern* const> patterns, std::span<const Opening> classes,
                           std::size_t behind)
    : led_by_(classes.size()) {
  assert(patterns.size() <= 64);
  for (std::size_t p = 0; p < patterns.size(); ++p) {
    const std::uint64_t bit = std::uint64_t{1} << p;
    const auto add_role = [&](std::size_t role) { with_role_[role] |= bit; };
    bool opens = true, ends = true;  // nothing has come yet; nothing that must stand there
    for (const Pattern::Item& item : patterns[p]->items().subspan(behind)) {
      const bool range = item.either.front().kind == Element::begin || item.either.front().kind == Element::end;
      if (range) continue;
      for (const Element& element : item.either) {
        if (element.kind == Element::role) add_role(element.what);
        if (element.kind == Element::mark) marks_ |= bit;
        if (element.kind != Element::reading) continue;
        const Opening& opening = classes[element.what];
        if (opening.numbers) numbers_ |= bit;
        if (opening.marks) marks_ |= bit;
        if (opening.words) words_ |= bit;
        for (std::size_t role = 0; role < with_role_.size(); ++role) {
          if (opening.roles.has(static_cast<lang::Role>(role))) add_role(role);
        }
        if (opens && !item.optional && item.either.size() == 1) led_by_[element.what] |= bit;
      }
      opens = false;
      ends = item.optional;
      if (!ends) break;
    }
    if (ends) numbers_ |= bit, marks_ |= bit, words_ |= bit;
  }
}

std::uint64_t PatternIndex::at(const Token& token) const {
  if (token.kind == Token::number) return numbers_;
  if (token.kind == Token::mark) return marks_;
  std::uint64_t out = words_;
  for (const lang::Entry* said : {token.entry, token.phrase}) {
    if (said == nullptr) continue;
    for (const lang::Meaning& m : said->meanings) out |= with_role_[static_cast<std::size_t>(m.role)];
  }
  return out;
}

}  // namespace storymerge

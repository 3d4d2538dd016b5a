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

}  // namespace storymerge

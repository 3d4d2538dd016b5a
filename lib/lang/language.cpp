#include "lang/language.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>

#include "lang/spelling.h"
#include "storymerge/base/error.h"
#include "storymerge/lang/languages.h"

namespace storymerge {
namespace lang {
namespace {

std::string_view folder_of(std::string_view table) { return table.substr(0, table.find('/')); }

// Cuts what stands before `mark` off `rest`.
std::string_view cut(std::string_view& rest, char mark) {
  const std::size_t end = std::min(rest.find(mark), rest.size());
  const std::string_view piece = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return piece;
}

// A third of what a program's start costs was looking for them one after another.
std::optional<Role> role_named(std::string_view name) {
  static const auto roles = [] {
    std::array<std::pair<std::string_view, Role>, role_names.size()> by_name{};
    for (std::size_t r = 0; r < by_name.size(); ++r) by_name[r] = {role_names[r], static_cast<Role>(r)};
    std::sort(by_name.begin(), by_name.end());
    return by_name;
  }();
  const auto at = std::lower_bound(roles.begin(), roles.end(), name,
                                   [](const auto& role, std::string_view n) { return role.first < n; });
  if (at == roles.end() || at->first != name) return std::nullopt;
  return at->second;
}

std::optional<double> number_in(std::string_view text) {
  double out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

}  // namespace

namespace {

// What most words of the tables are: folded and in small letters as they stand.
bool is_plain(std::string_view spelled) {
  return std::ranges::none_of(spelled,
                              [](char c) { return (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; });
}

// Rows that are only listed are no words to be found.
bool is_looked_up(const Row& row) {
  return std::any_of(row.meanings.begin(), row.meanings.end(),
                     [](const Meaning& m) { return !listed_roles.has(m.role); });
}

}  // namespace

Language::Language(std::string_view tag, std::span<const EmbeddedFile> tables) : tag_(tag) {
  std::size_t cells = 0;
  for (const EmbeddedFile& table : tables) cells += static_cast<std::size_t>(std::ranges::count(table.text, '\t'));
  rows_.reserve(cells);
  words_.reserve(cells);
  meanings_.reserve(cells);
  for (const EmbeddedFile& table : tables) add(table);
  note_folded();
}

void Language::add(const EmbeddedFile& table) {
  const auto fail = [&](std::size_t line, const std::string& why) {
    throw Error(ErrorCode::bad_input, fmt::format("{}:{}: {}", table.name, line, why));
  };
  std::string_view text = table.text, role_before;
  std::optional<Role> role;
  for (std::size_t line = 1; !text.empty(); ++line) {
    std::string_view cells = cut(text, '\n');
    if (cells.empty() || cells.front() == '#') continue;
    const std::string_view spelled = cut(cells, '\t');
    const std::size_t first = meanings_.size();
    while (!cells.empty()) {
      std::string_view value = cut(cells, '\t');
      const std::string_view name = cut(value, '=');
      if (name != role_before) role = role_named(name);  // most rows of a table have one role
      role_before = name;
      if (!role) fail(line, fmt::format("no such role: '{}'", name));
      meanings_.push_back({*role, value, number_in(value).value_or(0)});
    }
    if (meanings_.size() == first) fail(line, fmt::format("'{}' has no role", spelled));
    Row row{spelled, spelled, std::span(meanings_).subspan(first)};
    if (!is_plain(spelled)) row.word = keep(fold_spelling(spelled)), row.lower = keep(lower_spelling(spelled));
    if (is_looked_up(row)) note(row.lower, row.meanings);
    const auto position = static_cast<std::uint32_t>(rows_.size());
    for (const Meaning& m : row.meanings) {
      std::vector<std::uint32_t>& with = with_role_[static_cast<std::size_t>(m.role)];
      if (with.empty() || with.back() != position) with.push_back(position);
    }
    rows_.push_back(row);
  }
}

std::string_view Language::keep(std::string spelling) { return spellings_.emplace_back(std::move(spelling)); }

void Language::note(std::string_view word, std::span<const Meaning> meanings) {
  Entry& entry = words_[word];
  const auto is_known = [&](const Meaning& m) { return std::ranges::find(entry.meanings, m) != entry.meanings.end(); };
  if (entry.meanings.empty()) {
    entry.meanings = meanings;
  } else if (!std::ranges::all_of(meanings, is_known)) {
    std::vector<Meaning> all(entry.meanings.begin(), entry.meanings.end());
    std::ranges::copy_if(meanings, std::back_inserter(all), std::not_fn(is_known));
    entry.meanings = joined_.emplace_back(std::move(all));
  }
  for (const Meaning& m : meanings) entry.roles.add(m.role);
  std::size_t blank = word.find(' ');
  if (blank == std::string_view::npos) return;
  const auto words = static_cast<std::size_t>(std::ranges::count(word, ' ')) + 1;
  for (; blank != std::string_view::npos; blank = word.find(' ', blank + 1)) {
    std::size_t& longest = words_[word.substr(0, blank)].longest;
    longest = std::max(longest, words);
  }
}

void Language::note_folded() {
  std::vector<const Row*> folded;
  for (const Row& row : rows_) {
    if (row.word != row.lower && is_looked_up(row) && roles(row.word).empty()) folded.push_back(&row);
  }
  for (const Row* row : folded) note(row->word, row->meanings);
}

std::span<const Meaning> Language::meanings(std::string_view word) const {
  const Entry* entry = find(word);
  return entry == nullptr ? std::span<const Meaning>() : entry->meanings;
}

std::string_view Language::value(std::string_view word, Role role) const {
  const Entry* entry = find(word);
  const Meaning* meaning = entry == nullptr ? nullptr : entry->in(role);
  return meaning == nullptr ? std::string_view() : meaning->value;
}

std::optional<double> Language::number(std::string_view word, Role role) const { return number_in(value(word, role)); }

std::vector<std::pair<std::string_view, std::string_view>> Language::with(Role role) const {
  std::vector<std::pair<std::string_view, std::string_view>> out;
  for (const std::uint32_t at : with_role_[static_cast<std::size_t>(role)]) {
    for (const Meaning& m : rows_[at].meanings) {
      if (m.role == role) out.push_back({rows_[at].word, m.value});
    }
  }
  return out;
}

std::vector<std::string_view> Language::spelled_with(Role role) const {
  std::vector<std::string_view> out;
  for (const std::uint32_t at : with_role_[static_cast<std::size_t>(role)]) {
    for (const Meaning& m : rows_[at].meanings) {
      if (m.role == role) out.push_back(rows_[at].lower);
    }
  }
  return out;
}

namespace {

// The tables of one folder, which stand together.
std::span<const EmbeddedFile> tables_of(std::string_view tag) {
  const std::span<const EmbeddedFile> all = tables();
  const auto of_tag = [&](const EmbeddedFile& f) { return folder_of(f.name) == tag; };
  const auto first = std::find_if(all.begin(), all.end(), of_tag);
  return {first, std::find_if_not(first, all.end(), of_tag)};
}

std::string_view name_of(std::string_view table) {
  table.remove_prefix(table.find('/') + 1);
  return table.substr(0, table.find('.'));
}

// Each language is made when it is first asked for.
struct Lazy {
  std::once_flag once;
  std::unique_ptr<const Language> language;
};

}  // namespace

std::vector<EmbeddedFile> tables_of(std::string_view tag, std::initializer_list<std::string_view> names) {
  std::vector<EmbeddedFile> out;
  std::ranges::copy_if(tables_of(tag), std::back_inserter(out), [&](const EmbeddedFile& table) {
    return std::ranges::find(names, name_of(table.name)) != names.end();
  });
  return out;
}

const Language& Language::of(std::string_view tag) {
  static auto* const all = [] {
    auto* map = new std::map<std::string_view, Lazy>();  // never destroyed: texts may be read while the program ends
    for (const EmbeddedFile& table : tables()) (*map)[folder_of(table.name)];
    return map;
  }();
  static const Language none("", {});
  tag = tag.empty() ? "en" : tag.substr(0, tag.find_first_of("-_"));
  const auto at = all->find(tag);
  if (at == all->end()) return none;
  Lazy& lazy = at->second;
  std::call_once(lazy.once, [&] {
    std::vector<EmbeddedFile> of_news;
    std::ranges::copy_if(tables_of(tag), std::back_inserter(of_news),
                         [](const EmbeddedFile& table) { return name_of(table.name) != page_table; });
    lazy.language = std::make_unique<Language>(tag, of_news);
  });
  return *lazy.language;
}

}  // namespace lang

std::vector<std::string_view> known_languages() {
  std::vector<std::string_view> out;
  for (const EmbeddedFile& table : lang::tables()) {
    const std::string_view tag = lang::folder_of(table.name);
    if (out.empty() || out.back() != tag) out.push_back(tag);
  }
  return out;
}

}  // namespace storymerge

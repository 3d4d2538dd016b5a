#include <algorithm>
#include <iterator>
#include <tuple>

#include "dispute/kinds.h"
#include "lang/language.h"
#include "support/hash.h"

namespace storymerge::dispute {
namespace {

std::uint64_t thing_counted(const Number& n) { return n.slot.head != 0 ? n.slot.head : hash_bytes(n.unit); }
std::uint64_t people_of(const Number& n) { return mix64(n.slot.event); }  // whatever they are called

void sort_unique(auto& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

}  // namespace

Context::Context(const Material& material, const Alignment& alignment)
    : material_(material), frames_(read_frames(material, alignment)), articles_with_(material.names.names.size()) {
  for (const Frame& frame : frames_) {
    for (const Number& n : frame.numbers) {
      if (n.slot.role == SlotRole::previous) continue;
      values_.push_back({frame.span.article, thing_counted(n), n.value});
      values_.push_back({frame.span.article, mix64(hash_bytes(n.unit)), n.value});
      if (n.slot.people && n.slot.event != 0) values_.push_back({frame.span.article, people_of(n), n.value});
    }
    if (frame.corrects) continue;  // a notice names who was meant and who was told
    for (const FullName& n : frame.names) articles_with_[n.name].push_back(frame.span.article);
  }
  sort_unique(values_);
  for (auto& articles : articles_with_) sort_unique(articles);
}

std::size_t Context::values_in(ArticleIndex article, const Number& like) const {
  return count(article, thing_counted(like));
}

bool Context::is_denied(const Frame& frame, ByteRange range) const {
  constexpr std::size_t reach = 3;  // words back over "on the" to the "not"
  const Document& d = document(frame);
  const lang::Language& language = lang::Language::of(d.language);
  const auto& words = d.body.words;
  const auto at = static_cast<std::size_t>(
      std::partition_point(words.begin(), words.end(), [&](const Word& w) { return w.source.begin < range.begin; }) -
      words.begin());
  for (std::size_t w = at; w > at - std::min(at, reach) && words[w - 1].source.begin >= frame.span.begin; --w) {
    const lang::Roles roles = language.roles(d.body[w - 1]);
    if (roles.has(lang::Role::negates)) return true;
    if (!roles.has(lang::Role::preposition) && !roles.has(lang::Role::determiner)) return false;
  }
  return false;
}

std::size_t Context::people_in(ArticleIndex article, const Number& like) const {
  return count(article, people_of(like));
}

bool Context::is_only_value(ArticleIndex article, const Number& number) const {
  return count(article, mix64(hash_bytes(number.unit))) == 1;
}

std::size_t Context::count(ArticleIndex article, std::uint64_t thing) const {
  const auto before = [](const auto& value, const std::pair<ArticleIndex, std::uint64_t>& key) {
    return std::pair(std::get<0>(value), std::get<1>(value)) < key;
  };
  const auto behind = [](const std::pair<ArticleIndex, std::uint64_t>& key, const auto& value) {
    return key < std::pair(std::get<0>(value), std::get<1>(value));
  };
  const std::pair key(article, thing);
  const auto first = std::lower_bound(values_.begin(), values_.end(), key, before);
  return static_cast<std::size_t>(std::upper_bound(first, values_.end(), key, behind) - first);
}

bool Context::names_stand_together(std::uint32_t x, std::uint32_t y) const {
  std::vector<std::uint32_t> both;
  std::set_intersection(articles_with_[x].begin(), articles_with_[x].end(), articles_with_[y].begin(),
                        articles_with_[y].end(), std::back_inserter(both));
  return !both.empty();
}

}  // namespace storymerge::dispute

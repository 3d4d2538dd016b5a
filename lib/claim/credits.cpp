#include "claim/credits.h"

#include <algorithm>

namespace storymerge::claim {

using enum lang::Role;

namespace {

// "NASA", but not "US".
bool is_acronym(std::string_view written) {
  return written.size() >= 3 &&
         std::all_of(written.begin(), written.end(), [](char c) { return 'A' <= c && c <= 'Z'; });
}

}  // namespace

std::optional<std::uint32_t> Credits::meant_before(std::uint32_t last) {
  if (!credited_ || !t_.is(t_.phrase(last).first, outlet_noun)) return std::nullopt;
  const std::uint32_t noun = t_.phrase(last).first;
  return meant_by({t_.elides(noun) || noun == 0 ? noun : noun - 1, last + 1});
}

std::optional<std::uint32_t> Credits::meant_by(Words description) {
  if (!credited_ || description.empty()) return std::nullopt;
  const std::uint32_t last = description.last - 1;
  const Words noun = t_.phrase(last);
  const bool bare = t_.elides(noun.first) ? description.first == noun.first
                                          : description.first + 1 == noun.first && t_.is(description.first, definite);
  if (!bare || !t_.is(noun.first, outlet_noun) || t_.mention(last) != 0 || t_.possesses(last)) return std::nullopt;
  read_to(description.first);
  if (noun.last - noun.first == 1) {  // "the news agency" is no other
    const auto named = cast_.named_by(t_.term(last));
    if (named && *named != cast_.name_at(t_.document().names[*credited_].first_word)) return std::nullopt;
    if (!named && (taken_.contains(t_.term(last)) || (body_ && t_.is(last, body_noun)))) return std::nullopt;
  }
  read_ = std::max(read_, description.last);
  return credited_;
}

bool Credits::beside_outlet(std::uint32_t w) const {
  const auto is_outlet = [&](std::uint32_t k) { return t_.mention(k) != 0 && cast_.is_outlet(cast_.name_at(k)); };
  return (w > 0 && is_outlet(w - 1) && !t_.has_gap(w, full_stop)) ||
         (is_outlet(w + 1) && !t_.has_gap(w + 1, full_stop));
}

void Credits::read_to(std::uint32_t end) {
  for (; read_ < end; ++read_) {
    const std::uint32_t w = read_, m = t_.mention(w);
    if (m != 0 && t_.document().names[m - 1].first_word == w) read_name(m - 1);
    const Words phrase = t_.phrase(w);
    if (phrase.last - phrase.first > 1 && t_.is(phrase.first, outlet_noun)) continue;
    const bool noun = t_.is(w, outlet_noun), body = t_.is(w, body_noun);
    if ((noun || body) && (m != 0 || !beside_outlet(w))) {  // "the Medicines Agency"
      if (noun) taken_.insert(t_.term(w));
      body_ = body_ || body;
    }
    if (!noun && t_.nouns_have_capitals() && t_.capital(w))
      body_ = body_ || t_.language().ends_with(t_.word(w), body_noun);
  }
}

// What is told of as something that acts, and is neither a person nor an outlet, may be the agency: "Nasa postponed".
void Credits::read_name(std::uint32_t m) {
  const NameMention& mention = t_.document().names[m];
  const std::uint32_t name = cast_.name_at(mention.first_word);
  if (cast_.is_outlet(name) || cast_.is_person(name)) return;
  const std::uint32_t first = mention.first_word;
  if (first > 0 && cast_.named_by(t_.term(first - 1)) == name && !t_.is(first - 1, body_noun)) return;  // "the ferry …"
  body_ =
      body_ || t_.is_finite(mention.last_word) || t_.possesses(mention.last_word - 1) || is_acronym(t_.written(first));
}

}  // namespace storymerge::claim

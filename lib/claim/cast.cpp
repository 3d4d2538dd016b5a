#include "claim/cast.h"

#include <algorithm>

#include "lang/commonness.h"

namespace storymerge::claim {

using enum lang::Role;

Cast::Cast(const ClauseText& text, std::span<const std::uint32_t> name_of,
           const std::unordered_set<std::string>& sources)
    : t_(text), name_of_(name_of) {
  const auto& names = t_.document().names;
  for (std::uint32_t m = 0; m < names.size(); ++m) {
    learn(m);
    if (names_an_outlet(m, sources)) outlets_.insert(name_of_[m]);
    const auto [at, added] = fullest_.try_emplace(name_of_[m], m);
    if (!added && names[m].last_word - names[m].first_word > names[at->second].last_word - names[at->second].first_word)
      at->second = m;
  }
  // "Tomas Verhaly", later "Verhaly": persons are shortened to their last word, bodies to their first
  for (std::uint32_t m = 0; m < names.size(); ++m) {
    if (names[m].last_word - names[m].first_word != 1) continue;
    const auto at = last_words_.find(name_of_[m]);
    if (at != last_words_.end() && at->second == t_.term(names[m].first_word) && !is_ordinary_word(at->second))
      persons_.insert(name_of_[m]);
  }
}

void Cast::learn(std::uint32_t m) {
  const NameMention& mention = t_.document().names[m];
  const std::uint32_t name = name_of_[m], first = mention.first_word, last = mention.last_word;
  learn_from_before(m);
  learn_from_apposition(m);
  if (t_.is(first, given_name) && last - first >= 2) {
    persons_.insert(name);
    learn_gender(name, first);
  }
  if (last < t_.document().body.size() && t_.is_saying(last) && last - first >= 2 && t_.is(last, tells))
    persons_.insert(name);
  if (last - first >= 2 && !t_.is(first, opens_place)) last_words_.emplace(name, t_.term(last - 1));
}

void Cast::learn_gender(std::uint32_t name, std::uint32_t w) {
  if (t_.is(w, masculine)) genders_.emplace(name, Gender::masculine);
  if (t_.is(w, feminine)) genders_.emplace(name, Gender::feminine);
}

// "the ferry Aurora Sol", "Mayor Ana Ruiz", "his wife Ada".
void Cast::learn_from_before(std::uint32_t m) {
  const NameMention& mention = t_.document().names[m];
  const std::uint32_t first = mention.first_word, last = mention.last_word, name = name_of_[m];
  if (first > 0 && t_.has_gap(first, comma) && !t_.has_gap(first, quote) && t_.mention(first - 1) == 0 &&
      t_.is(first - 1, title, occupation) && (last >= t_.document().body.size() || t_.has_gap(last, comma))) {
    roles_.emplace(t_.term(first - 1), name);  // "His lawyer, Ada Prior,"
    persons_.insert(name);
    learn_gender(name, first - 1);
  }
  if (first == 0 || t_.source(first - 1).end + 3 < mention.range.begin ||
      t_.has_gap(first, comma | semicolon | colon | quote))
    return;
  const std::uint32_t before = first - 1;
  if (t_.is(before, title, occupation)) persons_.insert(name);
  learn_gender(name, before);
  if (!t_.is(before, preposition, determiner, conjunction, auxiliary, says, adverb, relative, possessive) &&
      t_.mention(before) == 0 && !t_.counted(before) && t_.term(before) != 0 && !t_.has_gap(first, full_stop))
    roles_.emplace(t_.term(before), name);
}

// ", the transport minister," and ", 44, a nurse".
void Cast::learn_from_apposition(std::uint32_t m) {
  const auto n = static_cast<std::uint32_t>(t_.document().body.size());
  const std::uint32_t name = name_of_[m];
  std::uint32_t w = t_.document().names[m].last_word;
  if (w < n && t_.has_gap(w, comma) && t_.counted(w) && !t_.dated(w)) {
    persons_.insert(name);
    ++w;
  }
  if (w + 1 >= n || !t_.has_gap(w, comma) || t_.has_gap(w, quote) || !t_.is(w, determiner, possessive) ||
      t_.is(w, subject))
    return;
  std::uint32_t head = none;
  for (std::uint32_t k = w + 1; k < n && k < w + 7; ++k) {
    if (k > w + 1 && t_.has_gap(k, comma | semicolon | colon | dash | quote | full_stop)) break;
    if (t_.is(k, preposition, relative, auxiliary, conjunction) || t_.mention(k) != 0) break;
    if (t_.term(k) != 0) head = k;
  }
  if (head == none) return;
  roles_.emplace(t_.term(head), name);
  if (t_.is(head, title, occupation)) persons_.insert(name);
  learn_gender(name, head);
}

bool Cast::names_an_outlet(std::uint32_t m, const std::unordered_set<std::string>& sources) const {
  const NameMention& mention = t_.document().names[m];
  const WordList& body = t_.document().body;
  std::uint32_t begin = body.words[mention.first_word].folded.begin;
  if (t_.elides(mention.first_word)) begin += static_cast<std::uint32_t>(t_.word(mention.first_word).find('\'') + 1);
  const std::uint32_t end = body.words[mention.last_word - 1].folded.end;
  const auto is_known = [&] {
    const std::string_view folded = std::string_view(body.folded).substr(begin, end - begin);
    return t_.language().is(folded, outlet) || sources.contains(std::string(folded));
  };
  if (is_known()) return true;
  if (mention.first_word > 0 && t_.is(mention.first_word - 1, definite)) {  // "Le Monde"
    begin = body.words[mention.first_word - 1].folded.begin;
    if (is_known()) return true;
  }
  return mention.last_word - mention.first_word >= 2 && t_.is(mention.last_word - 1, outlet_word);
}

Gender Cast::gender(std::uint32_t name) const {
  const auto at = genders_.find(name);
  return at == genders_.end() ? Gender::unknown : at->second;
}

std::optional<std::uint32_t> Cast::named_by(Term noun) const {
  const auto at = roles_.find(noun);
  return noun == 0 || at == roles_.end() ? std::nullopt : std::optional(at->second);
}

Referent Cast::referent_of(Words words) const {
  constexpr std::uint32_t longest = 24;  // words of a phrase
  Referent r;
  r.words = words;
  for (std::uint32_t w = words.first; w < std::min(words.last, words.first + longest); ++w) {
    if (t_.mention(w) != 0 && !r.name) r.name = name_at(w);
    if (t_.term(w) != 0 && !t_.is(w, pronoun)) r.terms.push_back(t_.term(w));
  }
  return r;
}

// ---- discourse

Referent Discourse::resolve(std::uint32_t w) const {
  if (t_.is(w, masculine, feminine)) {
    const bool he = t_.is(w, masculine), she = t_.is(w, feminine);
    for (auto person = persons_.rbegin(); person != persons_.rend(); ++person) {
      const Gender gender = person->name ? cast_.gender(*person->name) : Gender::unknown;
      if (gender == Gender::unknown || (gender == Gender::masculine ? he : she)) return *person;
    }
    if (!t_.is(w, plural)) return {};
  }
  if (t_.is(w, plural)) return last_group_.known() ? last_group_ : last_subject_;
  if (t_.is(w, demonstrative)) return last_subject_;
  return last_thing_.known() ? last_thing_ : last_subject_;
}

void Discourse::remember(const Referent& person) {
  std::erase_if(persons_, [&](const Referent& r) { return r.name && r.name == person.name; });
  persons_.push_back(person);
  if (persons_.size() > remembered) persons_.erase(persons_.begin());
}

void Discourse::note_speaker(Words head) {
  if (head.empty()) return;
  const Referent r = cast_.referent_of(head);
  if (!r.known()) return;
  const std::uint32_t last = head.last - 1;
  if (t_.mention(last) != 0 && !cast_.is_outlet(cast_.name_at(last))) {
    remember({cast_.name_at(last), r.terms, head});
    return;
  }
  if (t_.is(last, occupation, masculine, feminine)) return remember(r);
  last_thing_ = last_group_ = r;
}

void Discourse::note_mentions(Words clause) {
  for (std::uint32_t w = clause.first; w < clause.last; ++w) {
    if (t_.mention(w) == 0 || t_.quoted(w) || (w > clause.first && t_.mention(w) == t_.mention(w - 1))) continue;
    if (cast_.is_person(cast_.name_at(w)) && !t_.possesses(t_.document().names[t_.mention(w) - 1].last_word - 1))
      remember({cast_.name_at(w), {}, {w, w + 1}});
  }
}

void Discourse::note_subject(Words words) {
  if (words.empty()) return;
  if (t_.is(words.first, pronoun) && words.last - words.first <= 2) {  // the pronoun's referent stays
    clause_subject_ = resolve(words.first);
    return;
  }
  Referent r = cast_.referent_of(words);
  if (!r.known()) return;
  for (std::uint32_t w = words.first; w < words.last && !r.name; ++w) r.name = cast_.named_by(t_.term(w));
  clause_subject_ = last_subject_ = r;
  bool person = r.name && cast_.is_person(*r.name);
  for (std::uint32_t w = words.first; w < words.last && !person && !r.name; ++w) person = t_.is(w, occupation);
  if (person) {
    remember(r);
  } else {
    last_thing_ = r;
    if (!r.name) last_group_ = r;
  }
}

}  // namespace storymerge::claim

#include "claim/clauses.h"

#include <algorithm>

#include "text/characters.h"

namespace storymerge::claim {
namespace {

using enum lang::Role;

constexpr std::uint32_t look_ahead = 40;  // words; keeps the work linear in the length of a sentence

}  // namespace

ClauseText::ClauseText(const Article& article, const Document& document)
    : article_(article),
      document_(document),
      language_(lang::Language::of(document.language)),
      events_(Events::of(document.language)) {
  const std::string_view text = article.text;
  const auto n = static_cast<std::uint32_t>(document.body.size());
  look_up();
  mention_.resize(n);
  gaps_.resize(n);
  flags_.resize(n);
  std::size_t quotation = 0, quantity = 0, date = 0;
  bool bracketed = false;
  std::uint32_t after = 0;  // end of the word before
  for (std::uint32_t w = 0; w < n; ++w) {
    const ByteRange at = source(w);
    for (std::uint32_t i = after; i < at.begin;) {
      const Character c = decode(text, i);
      switch (c.code) {
        case ',':
          gaps_[w] |= comma;
          break;
        case ';':
          gaps_[w] |= semicolon;
          break;
        case ':':
          gaps_[w] |= colon;
          break;
        case '.':
        case '!':
        case '?':
          gaps_[w] |= full_stop;
          break;
        case '\n':
          bracketed = false;
          break;
        case '(':
        case '[':
          gaps_[w] |= bracket, bracketed = true;
          break;
        case ')':
        case ']':
          gaps_[w] |= bracket, bracketed = false;
          break;
        case '"':
        case 0x201C:
        case 0x201D:
        case 0x2018:
        case 0xAB:
        case 0xBB:
          gaps_[w] |= quote;
          break;
        case 0x2013:
        case 0x2014:
          gaps_[w] |= dash;
          break;
        case '-':
          if (i + 1 < at.begin && i > after) gaps_[w] |= dash;
          break;
        default:
          break;
      }
      i += static_cast<std::uint32_t>(c.length);
    }
    after = at.end;
    while (quotation < document.quotations.size() && document.quotations[quotation].end <= at.begin) ++quotation;
    while (quantity < document.quantities.size() && document.quantities[quantity].range.end <= at.begin) ++quantity;
    while (date < document.dates.size() && document.dates[date].range.end <= at.begin) ++date;
    std::uint8_t flags = bracketed ? in_bracket : 0;
    if (quotation < document.quotations.size() && document.quotations[quotation].begin <= at.begin)
      flags |= in_quotation;
    if (quantity < document.quantities.size() && document.quantities[quantity].range.begin < at.end) flags |= in_number;
    if (date < document.dates.size() && document.dates[date].range.begin < at.end) flags |= in_number | in_date;
    if (at.begin < text.size() && letter_case(decode(text, at.begin).code) == Letter::upper) flags |= begins_capital;
    flags_[w] = flags;
  }
  for (std::uint32_t m = 0; m < document.names.size(); ++m) {
    for (std::uint32_t w = document.names[m].first_word; w < document.names[m].last_word && w < n; ++w)
      mention_[w] = m + 1;
  }
}

// Words and phrases in the tables. An event of a phrase is that of its last word that means something alone.
void ClauseText::look_up() {
  const auto n = static_cast<std::uint32_t>(document_.body.size());
  roles_.resize(n);
  event_.resize(n);
  for (std::uint32_t w = 0; w < n; ++w) {
    roles_[w] = language_.roles(word(w));
    event_[w] = events_.of_word(word(w), term(w));
  }
  for (std::uint32_t w = 0; w < n; ++w) {
    const auto words = static_cast<std::uint32_t>(
        language_.longest_phrase(w, [&](std::size_t i) { return i < n ? document_.body[i] : std::string_view(); }));
    if (words < 2) continue;
    const std::string_view phrase =
        std::string_view(document_.body.folded)
            .substr(document_.body.words[w].folded.begin,
                    document_.body.words[w + words - 1].folded.end - document_.body.words[w].folded.begin);
    const Term event = events_.of_word(phrase, 0);
    if (event == 0) continue;
    std::uint32_t last = w + words - 1;
    while (last > w && term(last) == 0) --last;
    event_[last] = event;
  }
}

bool ClauseText::is_saying(std::uint32_t w) const {
  if (!is(w, says) || quoted(w)) return false;
  if (w == 0 || has_gap(w, comma | quote)) return true;
  if (is(w - 1, auxiliary) && (word(w - 1) == "is" || word(w - 1) == "are" || word(w - 1) == "be"))
    return false;  // is said to
  return !is(w - 1, determiner, possessive, preposition, conjunction) || is(w - 1, pronoun);
}

bool ClauseText::is_finite(std::uint32_t w) const {
  if (mention_[w] != 0 || counted(w)) return false;
  if (is(w, auxiliary, past))
    return !(w > 0 && is(w - 1, determiner, possessive) && !is(w - 1, pronoun)) && word(w) != "being" &&
           word(w) != "been";
  if (is_saying(w)) return true;
  const std::string_view form = word(w);
  if (form.size() < 4 || !form.ends_with("ed")) return false;
  return w == 0 || !is(w - 1, determiner, possessive, preposition) || is(w - 1, pronoun);
}

bool ClauseText::finite_between(std::uint32_t first, std::uint32_t last) const {
  for (std::uint32_t w = first; w < std::min(last, first + look_ahead); ++w) {
    if (is_finite(w)) return true;
  }
  return false;
}

bool ClauseText::gives_a_fact(std::uint32_t first, std::uint32_t last) const {
  for (std::uint32_t w = first; w < std::min(last, first + look_ahead); ++w) {
    if (mention_[w] != 0 || counted(w)) return true;
  }
  return false;
}

bool ClauseText::begins_noun_phrase(std::uint32_t w) const {
  if (is(w, subject, determiner, possessive) || mention_[w] != 0 || counted(w)) return true;
  return !is(w, preposition, conjunction, contrast, relative, auxiliary, adverb, negates) && !is_finite(w);
}

// A noun phrase and then a finite verb, before the next comma.
bool ClauseText::begins_clause(std::uint32_t w, std::uint32_t last) const {
  if (w >= last || !begins_noun_phrase(w)) return false;
  const std::uint32_t limit = std::min(last, w + 11);
  for (std::uint32_t v = w + 1; v < limit; ++v) {
    if (has_gap(v, comma | semicolon | colon | quote)) return false;
    if (is_finite(v)) return last - w >= 3;
    if (is(v, conjunction, contrast, relative)) return false;
  }
  return false;
}

std::vector<Clause> ClauseText::clauses(const Sentence& sentence) const {
  std::vector<Clause> out;
  const std::string_view text = article_.text;
  const std::uint32_t last = sentence.last_word;
  Clause current{sentence.first_word, last, sentence.range, Clause::opens};
  bool said = false;         // a verb of saying stands in the sentence so far
  bool verb_before = false;  // a finite verb in the clause so far
  bool fact_before = false;  // a name, number or date in it
  bool verb_in_piece = false,
       item_before = false;  // of the piece since the last comma, and of the piece before that comma
  const auto cut = [&](std::uint32_t w, Clause::Join join) {
    std::uint32_t at = source(w).begin;  // to the left over marks that open something
    while (at > current.range.begin && blank_length(text, previous_character(text, at)) == 0) {
      at = static_cast<std::uint32_t>(previous_character(text, at));
    }
    const auto next = std::lower_bound(document_.quotations.begin(), document_.quotations.end(), at,
                                       [](const ByteRange& q, std::uint32_t begin) { return q.begin < begin; });
    if (next != document_.quotations.begin() && at < std::prev(next)->end) return;
    const auto end = static_cast<std::uint32_t>(trim_blanks(text, current.range.begin, at));
    if (end == current.range.begin || at < source(w - 1).end) return;
    Clause done = current;
    done.last = w;
    done.range.end = end;
    out.push_back(done);
    current.first = w;
    current.range.begin = at;
    current.join = join;
    verb_before = fact_before = false;
  };
  const bool contrast_first = sentence.first_word < last && is(sentence.first_word, contrast);
  for (std::uint32_t w = sentence.first_word; w < last; ++w) {
    if (w > current.first) {
      said = said || is_saying(w - 1);
      verb_before = verb_before || is_finite(w - 1);
      fact_before = fact_before || gives_a_fact(w - 1, w);
      verb_in_piece = verb_in_piece || is_finite(w - 1);
    }
    if (has_gap(w, comma)) {  // "blankets, priests, and lists": an item of a list, no clause, stands before this comma
      item_before = !verb_in_piece;
      verb_in_piece = false;
    }
    const std::uint32_t left = w - current.first, right = last - w;
    if (left < 3 || right < 3 || quoted(w) || (flags_[w] & in_bracket) != 0) continue;
    const bool after_comma = has_gap(w, comma);
    if (has_gap(w, semicolon) && !counted(w)) {
      cut(w, Clause::new_subject);
    } else if (has_gap(w, colon) && !after_comma && begins_clause(w, last) && verb_before) {
      cut(w, Clause::new_subject);
    } else if (contrast_first && after_comma && current.first == sentence.first_word && begins_clause(w, last) &&
               verb_before) {
      cut(w, Clause::new_subject);
    } else if (is(w, contrast) && (after_comma || word(w) == "whereas" || word(w) == "although") &&
               begins_clause(w + 1, last) && verb_before) {
      cut(w, Clause::new_subject);
    } else if (is(w, conjunction) && w + 1 < last && word(w + 1) == "that" && said && word(w) != "so" &&
               finite_between(w + 2, last)) {
      cut(w, Clause::and_that);
    } else if (is(w, conjunction) && word(w) != "nor" && ((after_comma && !item_before) || word(w) == "but") &&
               !has_gap(w + 1, comma) && begins_clause(w + 1, last) && verb_before) {
      cut(w, Clause::new_subject);
    } else if ((word(w) == "and" || word(w) == "but") && left >= 4 && right >= 4 && verb_before && !quoted(w + 1)) {
      std::uint32_t verb = w + 1;  // "and later sank"
      while (verb + 1 < last && is(verb, adverb) && !is(verb, determiner)) ++verb;
      if (is_finite(verb) && !is_saying(verb) && gives_a_fact(verb, last) && fact_before) cut(w, Clause::same_subject);
    } else if (after_comma && word(w) != "that" && (is(w, relative) || (word(w).ends_with("ing") && is_event(w))) &&
               verb_before && right <= look_ahead) {
      bool to_the_end = true, number = false;
      for (std::uint32_t k = w; k < last; ++k) {
        to_the_end = to_the_end && (k == w || !has_gap(k, comma | semicolon | colon | dash | quote));
        number = number || counted(k);
      }
      if (to_the_end && number) cut(w, Clause::relative_to);
    }
  }
  out.push_back(current);
  return out;
}

}  // namespace storymerge::claim

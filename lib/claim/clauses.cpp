#include "claim/clauses.h"

#include <algorithm>
#include <optional>

#include "lang/spelling.h"
#include "text/characters.h"
#include "text/phrases.h"

namespace storymerge::claim {

using enum lang::Role;

ClauseText::ClauseText(const Article& article, const Document& document)
    : article_(article),
      document_(document),
      language_(lang::Language::of(document.language)),
      events_(Events::of(document.language)),
      nouns_have_capitals_(!language_.with(before_place).empty()),
      verb_second_(!language_.with(brackets).empty()),
      bare_forms_(!language_.spelled_with(ends_present).empty()) {
  look_up_words();
  read_marks();
  mention_.resize(document.body.size() + 1);
  for (std::uint32_t m = 0; m < document.names.size(); ++m) {
    for (std::uint32_t w = document.names[m].first_word; w < document.names[m].last_word && w < mention_.size(); ++w)
      mention_[w] = m + 1;
    const std::uint32_t before = document.names[m].first_word - 1;
    if (nouns_have_capitals_ && before + 1 != 0 && language_.ends_with(word(before), title)) roles_[before].add(title);
  }
  leave_insertions();
}

namespace {

// A word has the roles of its endings: "-ed", ends_past.
constexpr lang::Role endings[] = {ends_past, ends_present, ends_participle, ends_infinitive, ends_adverb, ends_noun};

}  // namespace

// Where an article or the like is left out before the word; npos where none is.
std::size_t ClauseText::elided_mark(std::string_view form) const {
  const std::size_t mark = form.find('\'');
  return mark != std::string_view::npos && language_.is(form.substr(0, mark), elided) ? mark : std::string_view::npos;
}

// "n'arrive", "d'avoir", "l'usine": those of the word, and whether what is left out there denies or begins a clause.
lang::Roles ClauseText::roles_behind_elision(std::string_view form) const {
  const std::size_t mark = elided_mark(form);
  if (mark == std::string_view::npos) return {};
  lang::Roles out = language_.roles(form.substr(mark + 1));
  for (const lang::Role role : {half_negates, negates, complement, infinitive, preposition}) {
    if (language_.is(form.substr(0, mark), role)) out.add(role);
  }
  return out;
}

void ClauseText::look_up_words() {
  const auto n = static_cast<std::uint32_t>(document_.body.size());
  roles_.resize(n + 1);
  event_.resize(n + 1);
  before_.resize(n + 1);
  after_.resize(n + 1);
  std::vector<std::pair<std::string_view, lang::Role>> known;
  for (const lang::Role role : endings) {
    for (const std::string_view ending : language_.spelled_with(role))
      known.emplace_back(ending.substr(1), role);  // "-ed"
  }
  for (const lang::Meaning& ending : language_.meanings("*")) {
    if (ending.role == future_ending) known.emplace_back(ending.value, future_ending);
  }
  std::string spelled;
  std::vector<bool> opens_phrase(n);
  for (std::uint32_t w = 0; w < n; ++w) {
    std::string_view form = word(w);
    const lang::Entry* entry = language_.find(form);
    opens_phrase[w] = entry != nullptr && entry->longest > 1;
    const std::string_view written = std::string_view(article_.text).substr(source(w).begin, source(w).size());
    if (std::any_of(written.begin(), written.end(), [](char c) { return !is_ascii(c); })) {
      form = spelled = lower_spelling(written);
      roles_[w] = language_.roles(form);  // "würde" is not "wurde"
    }
    if (roles_[w].empty() && entry != nullptr) roles_[w] = entry->roles;
    if (roles_[w].empty()) roles_[w] = roles_behind_elision(form);
    for (const auto& [ending, role] : known) {
      if (form.size() > ending.size() + 1 && form.back() == ending.back() && form.ends_with(ending))
        roles_[w].add(role);
    }
    event_[w] = events_.of_word(word(w), term(w));
  }
  for (const Sentence& sentence : document_.sentences) {
    for (std::uint32_t w = sentence.first_word; w < sentence.last_word;) {
      const Phrase phrase =
          opens_phrase[w] ? longest_phrase(language_, document_.body, w, sentence.last_word) : Phrase();
      const auto words = static_cast<std::uint32_t>(phrase.words);
      if (words > 1) note_phrase(w, words, phrase.entry->roles);
      w += std::max(words, 1u);
    }
  }
}

// An event of a phrase is that of its last word that means something alone.
void ClauseText::note_phrase(std::uint32_t w, std::uint32_t words, const lang::Roles& roles) {
  roles_[w].add(roles);
  for (std::uint32_t k = 0; k < words; ++k) {
    before_[w + k] = static_cast<std::uint8_t>(k);
    after_[w + k] = static_cast<std::uint8_t>(words - 1 - k);
  }
  const Term event = events_.of_word(words_between(document_.body, w, w + words), 0);
  if (event == 0) return;
  std::uint32_t last = w + words - 1;
  while (last > w && term(last) == 0) --last;
  event_[last] = event;
}

void ClauseText::note_mark(char32_t code, std::uint32_t w, bool spaced, bool& bracketed) {
  switch (code) {
    case ',':
    case 0x3001:
    case 0xFF0C:
      gaps_[w] |= comma;
      break;
    case ';':
      gaps_[w] |= semicolon;
      break;
    case ':':
    case 0xFF1A:
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
    case 0x201E:
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
      if (spaced) gaps_[w] |= dash;
      break;
    default:
      break;
  }
}

void ClauseText::read_marks() {
  const std::string_view text = article_.text;
  const auto n = static_cast<std::uint32_t>(document_.body.size());
  gaps_.resize(n + 1);
  flags_.resize(n + 1);
  std::size_t quotation = 0, quantity = 0, date = 0;
  bool bracketed = false;
  std::uint32_t after = 0;  // end of the word before
  for (std::uint32_t w = 0; w < n; ++w) {
    const ByteRange at = source(w);
    for (std::uint32_t i = after; i < at.begin;) {
      const Character c = decode(text, i);
      note_mark(c.code, w, i + 1 < at.begin && i > after, bracketed);
      i += static_cast<std::uint32_t>(c.length);
    }
    if (w > 0) {
      const std::string_view gap = text.substr(after, at.begin - after);
      if (gap.starts_with("'s ") || gap.starts_with("\xE2\x80\x99s ") || gap == "' " || gap == "\xE2\x80\x99 ")
        flags_[w - 1] |= before_possessive_s;
    }
    const bool hyphen = w > 0 && text.substr(after, at.begin - after) == "-";
    after = at.end;
    flags_[w] = static_cast<std::uint8_t>(flags_of(w, quotation, quantity, date) | (bracketed ? in_bracket : 0) |
                                          (hyphen ? behind_hyphen : 0));
  }
}

// «El puente —explicó Ana Ruiz— es seguro»: what stands between two marks, and begins with a verb of saying and who says it, is
// not quoted.
void ClauseText::leave_insertions() {
  constexpr std::uint32_t longest = 12;  // words
  const auto n = static_cast<std::uint32_t>(document_.body.size());
  for (std::uint32_t w = 1; w + 1 < n; ++w) {
    if (!quoted(w) || !quoted(w - 1) || !has_gap(w, comma | dash) || has_gap(w, quote)) continue;
    std::uint32_t verb = w;
    while (verb < w + 2 && is(verb, auxiliary) && !is(verb, says)) ++verb;
    if (!is(verb, says) || is(verb, ends_participle) || has_gap(verb + 1, any_mark) ||
        !(mention_[verb + 1] != 0 || is(verb + 1, determiner, title, occupation) ||
          (flags_[verb + 1] & behind_hyphen) != 0))
      continue;
    std::uint32_t end = verb + 2;
    while (end < n && end < w + longest && !has_gap(end, any_mark)) ++end;
    if (end >= n || !quoted(end) || !has_gap(end, comma | dash) || has_gap(end, quote)) continue;
    for (std::uint32_t k = w; k < end; ++k) flags_[k] &= static_cast<std::uint8_t>(~in_quotation);
    w = end;
  }
}

// The positions move on with the words.
std::uint8_t ClauseText::flags_of(std::uint32_t w, std::size_t& quotation, std::size_t& quantity,
                                  std::size_t& date) const {
  const ByteRange at = source(w);
  const Document& d = document_;
  while (quotation < d.quotations.size() && d.quotations[quotation].end <= at.begin) ++quotation;
  while (quantity < d.quantities.size() && d.quantities[quantity].range.end <= at.begin) ++quantity;
  while (date < d.dates.size() && d.dates[date].range.end <= at.begin) ++date;
  std::uint8_t flags = 0;
  if (quotation < d.quotations.size() && d.quotations[quotation].begin <= at.begin) flags |= in_quotation;
  if (quantity < d.quantities.size() && d.quantities[quantity].range.begin < at.end) flags |= in_number;
  if (date < d.dates.size() && d.dates[date].range.begin < at.end) flags |= in_number | in_date;
  if (letter_case(decode(article_.text, at.begin).code) == Letter::upper) flags |= begins_capital;
  return flags;
}

bool ClauseText::is_saying(std::uint32_t w) const {
  if (!is(w, says) || quoted(w) || mention_[w] != 0) return false;
  const bool plain = !is(w, past) && !is(w, ends_past);
  // "Claims that the dam had cracked": the noun
  if (plain && capital(w) && (w == 0 || has_gap(w, full_stop)) && w + 1 < roles_.size() && is(w + 1, complement))
    return false;
  // "state-backed"; but "assure-t-elle"
  if (hyphened(w) ||
      (w + 1 < document_.body.size() && hyphened(w + 1) && word(w + 1).size() > 1 && !is(w + 1, pronoun)))
    return false;
  if (w > 0 && (possesses(w - 1) || (counted(w - 1) && !dated(w - 1) && !has_gap(w, any_mark))))
    return false;  // "nine states"
  // "media reports say", ", state media reported": the noun, before the verb
  for (std::uint32_t k = w + 1; plain && k < roles_.size() && k < w + 4 && !has_gap(k, any_mark); ++k) {
    if (is(k, says) && (k == w + 1 || (!is(w, ends_present) && is(k, past, ends_past)))) return false;
    if (is(k, determiner, pronoun, subject, preposition, complement)) break;
  }
  // "a talk show host", "released a 225-page report that said": the bare form needs more than one
  if (plain && bare_forms_ && is(w, may_say) && !is(w, ends_present, ends_participle) && after_[w] == 0 &&
      !plural_before(w))
    return false;
  if (w == 0 || has_gap(w, comma | quote)) return true;
  if (is(w - 1, be)) return false;                                               // "is said to"
  if (before_[w - 1] > 0 && is(phrase(w - 1).first, preposition)) return false;  // "contrary to reports"
  if (mention_[w - 1] == 0 && is(w - 1, determiner, possessive, preposition) &&
      !is(w - 1, pronoun, unnamed, infinitive, adverb))
    return false;
  // "media reports say": the noun
  return !(plain && w + 1 < roles_.size() && !has_gap(w + 1, any_mark) && is(w + 1, auxiliary, says) &&
           !is(w + 1, pronoun, subject));
}

// Can the subject of a verb in its bare form stand before it: a plural, a pronoun, people, several joined by "and"?
bool ClauseText::plural_before(std::uint32_t w) const {
  constexpr std::uint32_t farthest = 8;  // words
  for (std::uint32_t k = w; k > 0 && w - k < farthest; --k) {
    if (k < w && has_gap(k, any_mark)) return false;
    const std::uint32_t at = k - 1;
    const std::string_view form = word(at);
    if (possesses(at)) continue;
    if (is(at, pronoun, subject, relative, and_, person, occupation, auxiliary, infinitive, modal, irregular_plural))
      return true;
    if (form.size() > 2 && form.ends_with('s') && !form.ends_with("ss") && !form.ends_with("us") &&
        !is(at, preposition))
      return true;
    if (is(at, past, ends_past)) return false;
  }
  return false;
}

// "supports the closure": a verb in the present behind a name or pronoun.
bool ClauseText::is_present(std::uint32_t w) const {
  if (w == 0 || w + 1 >= roles_.size() || is(w, adverb, preposition, determiner, pronoun) || has_gap(w, any_mark) ||
      has_gap(w + 1, any_mark) || capital(w) || possesses(w - 1) || !is(w, ends_present) || is(w, ends_noun))
    return false;
  if (!(mention_[w - 1] != 0 || (is(w - 1, pronoun, relative) && is(w - 1, subject, relative)))) return false;
  return is(w + 1, determiner, possessive, preposition) || mention_[w + 1] != 0 || counted(w + 1);
}

bool ClauseText::is_finite(std::uint32_t w) const {
  if (mention_[w] != 0 || counted(w) || (nouns_have_capitals_ && capital(w) && !is(w, auxiliary, past))) return false;
  const bool noun = w > 0 && mention_[w - 1] == 0 && is(w - 1, determiner, possessive) &&
                    (is(w - 1, definite) || !is(w - 1, pronoun, adverb));
  if (is(w, auxiliary, past)) return !noun && !is(w, nonfinite);
  if (is_saying(w)) return !is(w, nonfinite);
  if (hyphened(w) && word(w - 1).size() > 2) return false;  // "California-based"; not "e-mailed"
  if (is(w, ends_past, future_ending))
    return w == 0 || (!noun && (mention_[w - 1] != 0 || !is(w - 1, preposition) || is(w - 1, pronoun)));
  return is_present(w);
}

// ---- where clauses begin

// Reads one sentence from left to right.
class Splitter {
 public:
  Splitter(const ClauseText& text, const Sentence& sentence)
      : t_(text), last_(sentence.last_word), current_{sentence.first_word, last_, sentence.range, Clause::opens} {
    contrast_first_ = sentence.first_word < last_ && t_.is(sentence.first_word, contrast);
    opening_ = sentence.first_word;
  }

  std::vector<Clause> run() {
    for (std::uint32_t w = opening_; w < last_; ++w) {
      note_word(w);
      const std::uint32_t left = w - current_.first, right = last_ - w;
      if (left < shortest || right < shortest || t_.quoted(w) || t_.bracketed(w)) continue;
      if (const auto join = begins_clause_at(w)) cut(w, *join);
    }
    out_.push_back(current_);
    return std::move(out_);
  }

 private:
  static constexpr std::uint32_t shortest = 3;     // words of a clause
  static constexpr std::uint32_t look_ahead = 40;  // words; keeps the work linear in the length of a sentence

  bool is_finite(std::uint32_t w) const { return t_.is_finite(w); }

  void note_word(std::uint32_t w) {
    if (w > current_.first) {
      said_ = said_ || t_.is_saying(w - 1);
      verb_before_ = verb_before_ || is_finite(w - 1);
      fact_before_ = fact_before_ || gives_a_fact(w - 1, w);
      verb_in_piece_ = verb_in_piece_ || is_finite(w - 1);
    }
    if (t_.has_gap(w,
                   comma)) {  // "blankets, priests, and lists": an item of a list, no clause, stands before this comma
      item_before_ = !verb_in_piece_;
      verb_in_piece_ = false;
    }
  }

  std::optional<Clause::Join> begins_clause_at(std::uint32_t w) const {
    const bool after_comma = t_.has_gap(w, comma);
    if (t_.has_gap(w, semicolon) && !t_.counted(w)) return Clause::new_subject;
    if (verb_before_ && t_.has_gap(w, colon) && !after_comma && clause_from(w)) return Clause::new_subject;
    if (verb_before_ && contrast_first_ && after_comma && current_.first == opening_ && clause_from(w))
      return Clause::new_subject;
    if (verb_before_ && t_.is(w, contrast) && (after_comma || t_.is(w, concedes)) && clause_from(w + 1))
      return Clause::new_subject;
    if (t_.is(w, conjunction)) return conjoined(w, after_comma);
    if (verb_before_ && after_comma && last_ - w <= look_ahead && !t_.is(w, complement) &&
        (t_.is(w, relative) || (t_.is(w, ends_participle) && t_.is_event(w))) && one_number_phrase(w))
      return Clause::relative_to;
    return std::nullopt;
  }

  std::optional<Clause::Join> conjoined(std::uint32_t w, bool after_comma) const {
    if (said_ && !t_.is(w, adverb) && w + 1 < last_ && t_.is(w + 1, complement) && finite_between(w + 2, last_))
      return Clause::and_that;
    if (!verb_before_) return std::nullopt;
    if (!t_.is(w, negates) && ((after_comma && !item_before_) || t_.is(w, adversative)) && !t_.has_gap(w + 1, comma) &&
        clause_from(w + 1))
      return Clause::new_subject;
    if (!t_.is(w, and_, adversative) || w - current_.first <= shortest || last_ - w <= shortest || t_.quoted(w + 1))
      return std::nullopt;
    std::uint32_t verb = w + 1;  // "and later sank"
    while (verb + 1 < last_ && t_.is(verb, adverb) && !t_.is(verb, determiner)) ++verb;
    if (is_finite(verb) && !t_.is_saying(verb) && gives_a_fact(verb, last_) && fact_before_)
      return Clause::same_subject;
    return std::nullopt;
  }

  // ", which sank with 12 men": to the end of the sentence, with a number and without further marks.
  bool one_number_phrase(std::uint32_t w) const {
    bool number = false;
    for (std::uint32_t k = w; k < last_; ++k) {
      if (k > w && t_.has_gap(k, comma | semicolon | colon | dash | quote)) return false;
      number = number || t_.counted(k);
    }
    return number;
  }

  bool finite_between(std::uint32_t first, std::uint32_t last) const {
    for (std::uint32_t w = first; w < std::min(last, first + look_ahead); ++w) {
      if (is_finite(w)) return true;
    }
    return false;
  }

  bool gives_a_fact(std::uint32_t first, std::uint32_t last) const {  // a number, a date or a name stands in it
    for (std::uint32_t w = first; w < std::min(last, first + look_ahead); ++w) {
      if (t_.mention(w) != 0 || t_.counted(w)) return true;
    }
    return false;
  }

  bool begins_noun_phrase(std::uint32_t w) const {
    if (t_.is(w, subject, determiner, possessive) || t_.mention(w) != 0 || t_.counted(w)) return true;
    return !t_.is(w, preposition, conjunction, contrast, relative, auxiliary, adverb, negates) && !is_finite(w);
  }

  // A noun phrase and then a finite verb, before the next comma.
  bool clause_from(std::uint32_t w) const {
    if (w >= last_ || !begins_noun_phrase(w)) return false;
    const std::uint32_t limit = std::min(last_, w + 11);
    for (std::uint32_t v = w + 1; v < limit; ++v) {
      if (t_.has_gap(v, comma | semicolon | colon | quote)) return false;
      if (is_finite(v)) return last_ - w >= shortest;
      if (t_.is(v, conjunction, contrast, relative)) return false;
    }
    return false;
  }

  void cut(std::uint32_t w, Clause::Join join) {
    const std::string_view text = t_.article_.text;
    const std::vector<ByteRange>& quotations = t_.document_.quotations;
    std::uint32_t at = t_.source(w).begin;  // to the left over marks that open something
    while (at > current_.range.begin && blank_length(text, previous_character(text, at)) == 0) {
      at = static_cast<std::uint32_t>(previous_character(text, at));
    }
    const auto next = std::lower_bound(quotations.begin(), quotations.end(), at,
                                       [](const ByteRange& q, std::uint32_t begin) { return q.begin < begin; });
    if (next != quotations.begin() && at < std::prev(next)->end) return;
    const auto end = static_cast<std::uint32_t>(trim_blanks(text, current_.range.begin, at));
    if (end == current_.range.begin || at < t_.source(w - 1).end) return;
    Clause done = current_;
    done.last = w;
    done.range.end = end;
    out_.push_back(done);
    current_.first = w;
    current_.range.begin = at;
    current_.join = join;
    verb_before_ = fact_before_ = false;
  }

  const ClauseText& t_;
  std::uint32_t last_;
  std::uint32_t opening_ = 0;
  Clause current_;
  bool contrast_first_ = false;
  bool said_ = false;           // a verb of saying stands in the sentence so far
  bool verb_before_ = false;    // a finite verb in the clause so far
  bool fact_before_ = false;    // a name, number or date in it
  bool verb_in_piece_ = false;  // of the piece since the last comma
  bool item_before_ = false;    // of the piece before that comma
  std::vector<Clause> out_;
};

std::vector<Clause> ClauseText::clauses(const Sentence& sentence) const { return Splitter(*this, sentence).run(); }

}  // namespace storymerge::claim

#include "storymerge/text/names.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <string>
#include <unordered_set>

#include "lang/commonness.h"
#include "lang/language.h"

namespace storymerge {
namespace {

using lang::Role;

constexpr std::string_view background_language = "en";  // of is_ordinary_word()

// Roles of words that are no names.
constexpr lang::Roles grammar = {Role::determiner,  Role::pronoun,  Role::subject,    Role::preposition,
                                 Role::conjunction, Role::adverb,   Role::negates,    Role::auxiliary,
                                 Role::relative,    Role::contrast, Role::complement, Role::subordinates,
                                 Role::says,        Role::person,   Role::cites,      Role::conditional};

std::string_view without_possessive(std::string_view folded) {
  return folded.ends_with("'s") ? folded.substr(0, folded.size() - 2) : folded;
}

enum class Case : std::uint8_t { lower, capital, capitals };

Case case_of(std::string_view written) {
  UChar32 c = 0;
  std::int32_t i = 0;
  const auto size = static_cast<std::int32_t>(written.size());
  U8_NEXT(written.data(), i, size, c);
  if (c < 0 || !(u_isupper(c) || u_istitle(c))) return Case::lower;
  unsigned upper = 1;
  while (i < size) {
    U8_NEXT(written.data(), i, size, c);
    if (c >= 0 && u_islower(c)) return Case::capital;
    upper += c >= 0 && u_isupper(c);
  }
  return upper > 1 ? Case::capitals : Case::capital;
}

class Finder {
 public:
  Finder(std::string_view text, const WordList& words, std::span<const Term> terms, std::span<const Sentence> sentences,
         std::string_view language)
      : text_(text),
        words_(words),
        terms_(terms),
        sentences_(sentences),
        language_(lang::Language::of(language)),
        knows_ordinary_words_(language_.tag() == background_language),
        nouns_have_capitals_(!language_.with(Role::before_place).empty()) {}

  std::vector<NameMention> run() {
    case_.reserve(words_.size());
    asked_.resize(words_.size());
    for (const Sentence& s : sentences_) {
      if (text_[s.range.end - 1] == '?') std::fill(asked_.begin() + s.first_word, asked_.begin() + s.last_word, true);
    }
    elided_.resize(words_.size());
    if (language_.is("*", Role::elides)) find_elisions();
    for (std::uint32_t w = 0; w < words_.size(); ++w)
      case_.push_back(case_of(text_.substr(begin_of(w), end_of(w) - begin_of(w))));
    count_uses();
    std::vector<NameMention> out;
    for (const Sentence& s : sentences_) {
      const bool shouting = is_shouting(s);
      for (std::uint32_t w = s.first_word; w < s.last_word;) {
        if (!may_name(w, shouting) || opens_a_count(w, s)) {
          ++w;
          continue;
        }
        std::uint32_t end = w + 1;
        while (true) {  // through "of", "de la" to the next capital
          std::uint32_t next = end;
          while (next < s.last_word && next < end + 3 && joined(next) && case_[next] == Case::lower &&
                 is_connector(next, w, end))
            ++next;
          if (next >= s.last_word || !joined(next) || !may_name(next, shouting)) {
            if (ends_given_name(w, end, s)) ++end;
            break;
          }
          end = next + 1;
        }
        emit(w, end, s, shouting, out);
        w = end;
      }
    }
    if (!particled_.empty()) take_particles(out);
    return nouns_have_capitals_ ? german_names(std::move(out)) : out;
  }

 private:
  // Without what is elided before it: "onu" of "l'ONU".
  std::string_view word(std::uint32_t w) const {
    const std::string_view folded = words_[w];
    return elided_[w] == 0 ? folded : folded.substr(folded.find('\'') + 1);
  }
  std::uint32_t begin_of(std::uint32_t w) const { return words_.words[w].source.begin + elided_[w]; }
  std::uint32_t end_of(std::uint32_t w) const { return words_.words[w].source.end; }

  void find_elisions() {
    constexpr std::string_view curly = "\xE2\x80\x99";
    for (std::uint32_t w = 0; w < words_.size(); ++w) {
      const std::size_t mark = words_[w].find('\'');
      if (mark == std::string_view::npos || !language_.is(words_[w].substr(0, mark), Role::elided)) continue;
      const std::string_view written = text_.substr(words_.words[w].source.begin, words_.words[w].source.size());
      const std::size_t plain = written.find('\''), other = written.find(curly);
      const std::size_t end = plain < other ? plain + 1 : other == std::string_view::npos ? 0 : other + curly.size();
      if (end < written.size() && mark + 1 < words_[w].size()) elided_[w] = static_cast<std::uint8_t>(end);
    }
  }

  // "Côte d'Ivoire", but "vu par l'ONU", "la France d'Ana Ruiz".
  bool goes_on_behind_elision(std::uint32_t w) const {
    return elided_[w] == 0 ||
           (language_.is(words_[w].substr(0, words_[w].find('\'')), Role::of) && !is(w, Role::given_name));
  }
  bool is(std::uint32_t w, Role role) const { return language_.is(word(w), role); }

  std::string_view gap(std::uint32_t w) const {  // what stands before word w, w > 0
    return text_.substr(words_.words[w - 1].source.end, words_.words[w].source.begin - words_.words[w - 1].source.end);
  }

  bool is_initial(std::uint32_t w) const {
    return w < words_.size() && words_.words[w].source.size() <= 2 && word(w).size() == 1;
  }

  // One name may reach over the gap before w.
  bool joined(std::uint32_t w) const {
    if (word(w - 1).ends_with("'s") || !goes_on_behind_elision(w)) return false;
    const std::string_view g = gap(w);
    if (g == " " || g == "-" || g == "\xC2\xA0") return true;
    return (g == ". " || g == "." || g == ".-") &&
           (is_initial(w - 1) || is(w - 1, Role::opens_place) || is(w - 1, Role::title));
  }

  // Where an ordinary word would have a capital too.
  bool starts(std::uint32_t w, const Sentence& s) const {
    if (w == s.first_word) return true;
    if (joined(w) || (elided_[w] != 0 && gap(w) == " ")) return false;
    const std::string_view g = gap(w);
    return g.find_first_of(":\"([.!?|*/\n") != g.npos || g.find("\xE2\x80") != g.npos || g.find("\xC2\xAB") != g.npos ||
           g.find("\xE2\x80\xA2") != g.npos || g.find(" '") != g.npos;
  }

  bool is_connector(std::uint32_t w, std::uint32_t begin, std::uint32_t end) const {
    // Where all nouns have capitals, "der" and "von" are hardly ever parts of a name: "Angaben der Polizei".
    if (nouns_have_capitals_ && !is(end - 1, Role::given_name)) return false;
    // "Bank of Norland" is a name; "Henrik Solvang of Norland" are two.
    if (is(w, Role::links_body) && end - begin > 1 && !is_ordinary(end - 1)) return false;
    return is(w, Role::name_particle) || (w > end && is(w, Role::definite) && is(w - 1, Role::links_body));
  }

  bool is_ordinary(std::uint32_t w) const {
    if (terms_[w] == 0 || is_ordinary_word(terms_[w]) || language_.roles(word(w)).any(grammar)) return true;
    const std::string_view f = word(w);
    return f.size() > 5 && (f.ends_with("ing") || f.ends_with("ed") || f.ends_with("ly"));
  }

  // Most of its words have capitals: a headline, whose capitals say little.
  bool is_shouting(const Sentence& s) const {
    if (s.range.end > 0 && text_[s.range.end - 1] == '.') return false;  // a headline has no full stop
    unsigned content = 0, capital = 0;
    for (std::uint32_t w = s.first_word; w < s.last_word; ++w) {
      if (terms_[w] == 0 || (word(w)[0] >= '0' && word(w)[0] <= '9')) continue;
      ++content;
      capital += case_[w] != Case::lower;
    }
    return !nouns_have_capitals_ && content >= 4 && capital * 10 >= content * 8;
  }

  void count_uses() {
    uses_.reserve(words_.size());
    for (const Sentence& s : sentences_) {
      if (is_shouting(s)) continue;
      for (std::uint32_t w = s.first_word; w < s.last_word; ++w) {
        if (w > s.first_word && ends_person(w)) family_words_.insert(without_possessive(word(w)));
        Uses& u = uses_[without_possessive(word(w))];
        if (case_[w] == Case::lower) {
          ++u.lower;
        } else if (!starts(w, s)) {
          ++u.capital;
        }
      }
    }
  }

  bool may_name(std::uint32_t w, bool shouting) const {
    if (case_[w] == Case::lower) return false;
    if (word(w).starts_with("i'")) return false;  // "I'd"
    if (is_initial(w)) return w + 1 < words_.size() && gap(w + 1).starts_with(".");
    if (terms_[w] != 0 || begins_person(w) || is_family_word(w)) return true;
    // "US", "WHO"
    return case_[w] == Case::capitals && !shouting && word(w).size() <= 4 &&
           word(w).find('.') == std::string_view::npos;
  }

  // "Hunderte Bauern": where all nouns have capitals, and the number has one for the sentence.
  bool opens_a_count(std::uint32_t w, const Sentence& s) const {
    return nouns_have_capitals_ && starts(w, s) && is(w, Role::many);
  }

  // A given name that is a word, and a family name that is none: "Will Tarrant", "May Lindqvist"; but not "In May Tarrant …",
  // nor "Will Tarrant resign?".
  bool begins_person(std::uint32_t w) const {
    if (!is(w, Role::given_name) || w + 1 >= words_.size() || !joined(w + 1) || case_[w + 1] != Case::capital)
      return false;
    if (ends_person(w + 1)) return true;
    if (terms_[w + 1] == 0 || (is_ordinary_word(terms_[w + 1]) && !supported(w + 1))) return false;
    if (is(w, Role::month) && w > 0 && is(w - 1, Role::preposition)) return false;
    return !(is(w, Role::modal) && asked_[w]);
  }

  // "Theresa May": a family name that is a month.
  bool ends_person(std::uint32_t w) const {
    const std::string_view name = without_possessive(word(w));
    return terms_[w] == 0 && case_[w] == Case::capital && language_.is(name, Role::month) && joined(w) &&
           case_[w - 1] == Case::capital && is(w - 1, Role::given_name) && !is(w - 1, Role::month) &&
           !before_figures(w);
  }

  // "May" where the text names Theresa May; not "in May", "May 5".
  bool is_family_word(std::uint32_t w) const {
    if (family_words_.empty() || family_words_.count(without_possessive(word(w))) == 0 || before_figures(w))
      return false;
    if (w == 0 || ends_person(w)) return true;
    const char before = word(w - 1).back();
    return !is(w - 1, Role::preposition) && !(before >= '0' && before <= '9');
  }

  bool before_figures(std::uint32_t w) const {
    return w + 1 < words_.size() && joined(w + 1) && word(w + 1)[0] >= '0' && word(w + 1)[0] <= '9';
  }

  // "un" of "Kim Jong-un"; not "led" of "Fox News-led".
  bool ends_given_name(std::uint32_t begin, std::uint32_t w, const Sentence& s) const {
    constexpr std::size_t longest = 5;
    return w < s.last_word && w - begin >= 2 && gap(w) == "-" && case_[w] == Case::lower && word(w).size() <= longest &&
           terms_[w] != 0 && !is_ordinary_word(terms_[w]);
  }

  bool supported(std::uint32_t w) const {
    const auto at = uses_.find(without_possessive(word(w)));
    return at != uses_.end() && at->second.capital > 0;
  }

  // "Einsatzleiterin Petra Vogt"
  bool opens_with_office(std::uint32_t begin, std::uint32_t end) const {
    return nouns_have_capitals_ && end - begin > 1 && language_.ends_with(word(begin), Role::title);
  }

  void emit(std::uint32_t begin, std::uint32_t end, const Sentence& s, bool shouting, std::vector<NameMention>& out) {
    // Titles cut a run: "Norland | Prime Minister | Ana Kovač".
    for (std::uint32_t w = begin; w < end;) {
      std::uint32_t stop = w;
      while (stop < end && !is(stop, Role::title) && !(stop == begin && opens_with_office(begin, end))) ++stop;
      std::uint32_t last = stop;
      if (stop < end) {
        while (last > w && is(last - 1, Role::title_modifier)) --last;
      }
      emit_part(w, last, s, shouting, out);
      w = stop + 1;
    }
  }

  void emit_part(std::uint32_t w, std::uint32_t end, const Sentence& s, bool shouting, std::vector<NameMention>& out) {
    while (w < end) {
      const bool opener = w + 1 < end && is(w, Role::opens_place);
      const bool weak = shouting || starts(w, s);
      const bool connector = case_[w] == Case::lower;
      const bool ordinary = is_ordinary(w) || (!knows_ordinary_words_ && end - w == 1);
      const bool given = w + 1 < end && (begins_person(w) || (is(w, Role::given_name) && case_[w + 1] == Case::lower));
      if (!connector && !(weak && !supported(w) && !opener && ordinary && !given)) break;
      ++w;
    }
    while (end > w && ((case_[end - 1] == Case::lower && gap(end - 1) != "-") || is_initial(end - 1))) --end;
    if (w == end) return;
    if (end - w == 1) {
      // "the Captain" in a text that also says "the captain".
      const auto at = uses_.find(without_possessive(word(w)));
      if (case_[w] != Case::capitals && at != uses_.end() && at->second.lower > at->second.capital && is_ordinary(w))
        return;
      if (is(w, Role::title_modifier)) return;
    }
    ByteRange range{begin_of(w), end_of(end - 1)};
    if (word(end - 1).ends_with("'s")) {
      const std::string_view written = text_.substr(range.begin, range.size());
      range.end -= written.ends_with("'s") || written.ends_with("'S") ? 2
                   : written.size() > 4 && (written.ends_with("\xE2\x80\x99s") || written.ends_with("\xE2\x80\x99S"))
                       ? 4
                       : 0;
    }
    for (std::uint32_t k = w + 1; k + 1 < end; ++k) {
      if (case_[k] == Case::lower && is(k, Role::name_particle)) particled_.insert(pair_of(k));
    }
    out.push_back({range, w, end});
  }

  std::string pair_of(std::uint32_t w) const {
    return std::string(word(w)) + ' ' + std::string(without_possessive(word(w + 1)));
  }

  // "von Hagen" where the text names Clara von Hagen; not where the particle is a preposition, too.
  void take_particles(std::vector<NameMention>& found) const {
    for (NameMention& m : found) {
      const std::uint32_t w = m.first_word - 1;
      if (m.first_word == 0 || case_[w] != Case::lower || !is(w, Role::name_particle) || is(w, Role::preposition) ||
          !joined(m.first_word) || particled_.count(pair_of(w)) == 0)
        continue;
      m.first_word = w;
      m.range.begin = words_.words[w].source.begin;
    }
  }

  std::vector<NameMention> german_names(std::vector<NameMention> found) const {
    std::unordered_map<std::string_view, bool> parts;
    for (const NameMention& m : found) {
      if (m.last_word - m.first_word < 2) continue;
      for (std::uint32_t w = m.first_word; w < m.last_word; ++w) parts[without_possessive(word(w))] = true;
    }
    std::erase_if(found, [&](const NameMention& m) {
      if (m.last_word - m.first_word > 1 || case_[m.first_word] == Case::capitals) return false;
      if (parts.count(without_possessive(word(m.first_word))) != 0) return false;
      return m.first_word == 0 || !is(m.first_word - 1, Role::before_place) || gap(m.first_word) != " ";
    });
    return found;
  }

  struct Uses {
    unsigned lower = 0;
    unsigned capital = 0;  // where an ordinary word would have none
  };

  std::string_view text_;
  const WordList& words_;
  std::span<const Term> terms_;
  std::span<const Sentence> sentences_;
  const lang::Language& language_;
  bool knows_ordinary_words_;
  bool nouns_have_capitals_;
  std::vector<std::uint8_t> elided_;  // bytes of "l'" before a word
  std::vector<Case> case_;
  std::vector<bool> asked_;  // a word of a question
  boost::unordered_flat_map<std::string_view, Uses> uses_;
  std::unordered_set<std::string_view> family_words_;  // that are other words, too
  std::unordered_set<std::string> particled_;          // "von hagen": inside the names found
};

}  // namespace

bool opens_place_name(std::string_view folded_word, std::string_view language) {
  return lang::Language::of(language).is(folded_word, Role::opens_place);
}

bool is_title_word(std::string_view folded_word, std::string_view language) {
  return lang::Language::of(language).is(folded_word, Role::title);
}

std::vector<NameMention> find_names(std::string_view text, const WordList& words, std::span<const Term> terms,
                                    std::span<const Sentence> sentences, std::string_view language) {
  return Finder(text, words, terms, sentences, language).run();
}

}  // namespace storymerge

#include "storymerge/story/names.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "lang/commonness.h"
#include "lang/language.h"
#include "support/hash.h"
#include "support/likeness.h"
#include "support/union_find.h"

namespace storymerge {
namespace {

using Parts = std::vector<std::string>;

// One spelling for all romanisations of one sound.
std::string normal_spelling(std::string_view word) {
  static constexpr std::pair<std::string_view, std::string_view> rules[] = {
      {"shch", "s"}, {"tsch", "c"}, {"sch", "s"}, {"tch", "c"}, {"dzh", "z"}, {"zh", "z"}, {"sh", "s"},
      {"sz", "s"},   {"cz", "c"},   {"ch", "c"},  {"kh", "g"},  {"gh", "g"},  {"ck", "k"}, {"ph", "f"},
      {"th", "t"},   {"tz", "c"},   {"ts", "c"},  {"dj", "z"},  {"dh", "d"},  {"ou", "u"}, {"oo", "u"},
      {"h", "g"},    {"q", "k"},    {"w", "v"},   {"x", "ks"},  {"y", "i"},   {"j", "i"},
  };
  std::string out;
  for (std::size_t i = 0; i < word.size();) {
    std::string_view as = word.substr(i, 1);
    std::size_t used = 1;
    for (const auto& rule : rules) {
      if (rule.first.front() == word[i] && word.substr(i).starts_with(rule.first)) {
        as = rule.second, used = rule.first.size();
        break;
      }
    }
    for (const char c : as) {
      if (out.empty() || out.back() != c) out += c;
    }
    i += used;
  }
  // "-iy", "-yi", "-ii", "-ij" have become one "i" already; "-ei" and "-ey" of given names have not.
  if (out.size() > 3 && out.ends_with("ei")) out.erase(out.size() - 2, 1);
  return out;
}

bool is_vowel(char c) { return std::string_view("aeiou'").find(c) != std::string_view::npos; }

// First letter (any vowel is one letter) and consonants; voiced as voiceless, "c" as "k".
std::string signature(std::string_view word) {
  std::string out;
  for (const char c : normal_spelling(word)) {
    char as = c == 'g' || c == 'c' ? 'k' : c == 'd' ? 't' : c == 'z' ? 's' : c;
    if (is_vowel(c)) {
      if (!out.empty()) continue;
      as = 'a';
    }
    out += as;
  }
  return out;
}

// Share of letters that two spellings with the same consonants have in common, at least. Tuned on the pairs of names_test.
constexpr double alike_spellings = 0.6, alike_short = 0.75;

bool same_spelling(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (a.size() < 3 || b.size() < 3 || a.size() > 40 || b.size() > 40) return false;
  const std::string x = normal_spelling(a), y = normal_spelling(b);
  if (x == y) return true;
  if (a.size() < 4 || b.size() < 4) return false;
  const std::string key = signature(a);
  // of two consonants only, vowels must tell: "Soraya" is not Syria
  return key.size() >= 2 && key == signature(b) && likeness(x, y) >= (key.size() > 2 ? alike_spellings : alike_short);
}

// A given name as another article may write it: another spelling, an exonym, an initial.
// What the languages of a story, and English, say of the words of names.
class NameWords {
 public:
  NameWords() : languages_{&lang::Language::of("")} {}
  void add(std::string_view tag) {
    const lang::Language* language = &lang::Language::of(tag);
    if (std::find(languages_.begin(), languages_.end(), language) == languages_.end()) languages_.push_back(language);
  }

  bool is(const std::string& folded, lang::Role role) const {
    return std::any_of(languages_.begin(), languages_.end(), [&](const auto* l) { return l->is(folded, role); });
  }
  // "Kiev" -> "kyiv", "Billy" -> "william"; else the word itself.
  std::string_view standing_for(const std::string& folded, lang::Role role) const {
    for (const lang::Language* l : languages_) {
      if (const std::string_view value = l->value(folded, role); !value.empty()) return value;
    }
    return folded;
  }
  std::string_view exonym(const std::string& folded) const { return standing_for(folded, lang::Role::exonym); }

  bool same_given_name(const std::string& a, const std::string& b) const {
    if (a.size() == 1 || b.size() == 1) return a[0] == b[0];
    return same_spelling(a, b) || exonym(a) == exonym(b) ||
           standing_for(a, lang::Role::nickname) == standing_for(b, lang::Role::nickname);
  }

  // Position of the family name: before "Jr".
  std::size_t family_at(const Parts& parts) const {
    const std::size_t last = parts.size() - 1;
    return last > 0 && is(parts[last], lang::Role::generation) ? last - 1 : last;
  }

  // "-ian" of "Velychian".
  std::vector<std::string_view> demonym_endings() const {
    std::vector<std::string_view> out;
    for (const lang::Language* l : languages_) {
      for (const std::string_view ending : l->spelled_with(lang::Role::ends_demonym)) out.push_back(ending.substr(1));
    }
    return out;
  }

 private:
  std::vector<const lang::Language*> languages_;
};

// One way in which the story writes a name.
struct Form {
  Parts parts;                              // folded words
  std::string folded;                       // joined by spaces
  std::map<std::string, unsigned> written;  // as in the articles, with how often
  std::set<std::uint32_t> articles;         // positions in Story::articles
  bool capitals = false;                    // some article writes it in capitals
  bool ordinary = false;                    // some word of it is an ordinary English one
  bool has_connector = false;
};

std::string joined(const Parts& parts) {
  std::string out;
  for (const std::string& p : parts) out += (out.empty() ? "" : " ") + p;
  return out;
}

bool is_capitals(std::string_view written) {
  unsigned letters = 0;
  for (const char c : written) {
    if (c >= 'a' && c <= 'z') return false;
    letters += c >= 'A' && c <= 'Z';
  }
  return letters >= 2;
}

class Unifier {
 public:
  Unifier(const Corpus& corpus, std::span<const Document> documents, const Story& story)
      : corpus_(corpus), documents_(documents), story_(story) {}

  StoryNames run(std::vector<NamesApart>* apart) {
    for (const ArticleIndex a : story_.articles) words_.add(documents_[a].language);
    collect();
    sets_.emplace(forms_.size());
    rule_.assign(forms_.size(), "");
    full_forms();
    exonym_forms();
    acronyms();
    short_forms();
    single_words();
    demonyms();
    StoryNames out = report();
    if (apart != nullptr) *apart = kept_apart(out);
    return out;
  }

 private:
  void collect() {
    for (std::uint32_t k = 0; k < story_.articles.size(); ++k) {
      const Document& d = documents_[story_.articles[k]];
      auto& ids = form_of_.emplace_back();
      for (const NameMention& m : d.names) {
        Parts parts;
        bool ordinary = false, connector = false;
        for (std::uint32_t w = m.first_word; w < m.last_word; ++w) {
          std::string_view word = d.body[w];
          if (w == m.first_word && m.range.begin > d.body.words[w].source.begin)  // "l'ONU"
            word.remove_prefix(word.find('\'') + 1);
          if (word.ends_with("'s")) word.remove_suffix(2);
          std::string part(word);
          std::erase(part, '.');  // "U.S.", "US"
          if (part.empty()) part = word;
          parts.push_back(std::move(part));
          ordinary = ordinary || is_ordinary_word(d.body_terms[w]);
          // "Will Tarrant", "Theresa May": a given name or family name that is a word of grammar
          const bool inside = w > m.first_word && w + 1 < m.last_word;
          connector = connector || (d.body_terms[w] == 0 &&
                                    (inside || (w == m.first_word && !words_.is(parts.back(), lang::Role::given_name) &&
                                                m.last_word - m.first_word > 1)));
        }
        std::string folded = joined(parts);
        const auto [at, added] = by_folded_.try_emplace(folded, static_cast<std::uint32_t>(forms_.size()));
        if (added) forms_.push_back({std::move(parts), std::move(folded), {}, {}, false, ordinary, connector});
        Form& form = forms_[at->second];
        std::string written(corpus_[story_.articles[k]].text, m.range.begin, m.range.size());
        // "Ardan-Velychian talks" are of two names, not of one person.
        if (form.parts.size() == 2 && written.find('-') != written.npos) form.has_connector = true;
        form.capitals = form.capitals || is_capitals(written);
        ++form.written[written];
        form.articles.insert(k);
        ids.push_back(at->second);
      }
    }
  }

  void unite(std::uint32_t a, std::uint32_t b, const char* rule) {
    if (!sets_->unite(a, b)) return;
    const std::uint32_t less = forms_[a].parts.size() < forms_[b].parts.size() ? a : b;
    (rule_[less].empty() ? rule_[less] : rule_[less == a ? b : a]) = rule;
  }

  bool is_personal(const Form& f) const { return f.parts.size() >= 2 && f.parts.size() <= 4 && !f.has_connector; }

  // "Anton Reszek", "Antun Resek"; never two given names of one family, nor father and son.
  void full_forms() {
    std::map<std::string, std::vector<std::uint32_t>> by_key;
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      if (forms_[f].parts.size() < 2) continue;
      auto& bucket = by_key[signature(forms_[f].parts.back())];
      const std::size_t first = bucket.size() > 32 ? bucket.size() - 32 : 0;
      for (std::size_t i = first; i < bucket.size(); ++i) {
        if (const char* rule = full_form_rule(forms_[f], forms_[bucket[i]])) unite(f, bucket[i], rule);
      }
      bucket.push_back(f);
    }
  }

  const char* full_form_rule(const Form& x, const Form& y) const {
    const Parts &a = x.parts, &b = y.parts;
    if (!same_spelling(a.back(), b.back()) || !words_.same_given_name(a.front(), b.front())) return nullptr;
    for (std::size_t p = 1; a.size() == b.size() && p + 1 < a.size(); ++p) {
      if (!words_.same_given_name(a[p], b[p])) return nullptr;
    }
    if (a.size() != b.size()) return is_personal(x) && is_personal(y) ? "middle name" : nullptr;
    return same_spelling(a.front(), b.front()) || a.front().size() == 1 || b.front().size() == 1 ||
                   words_.exonym(a.front()) == words_.exonym(b.front())
               ? "spelling"
               : "nickname";
  }

  void exonym_forms() {
    std::map<std::string_view, std::uint32_t> first;
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      const auto [at, added] = first.try_emplace(words_.exonym(forms_[f].folded), f);
      if (!added) unite(at->second, f, "exonym");
    }
  }

  void acronyms() {
    std::map<std::string, std::vector<std::uint32_t>> by_initials;
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      if (forms_[f].parts.size() < 2) continue;
      std::string all, heads;
      for (const std::string& p : forms_[f].parts) {
        all += p[0];
        if (!is_stop_word(p)) heads += p[0];
      }
      by_initials[heads].push_back(f);
      if (all != heads) by_initials[all].push_back(f);
    }
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      if (forms_[f].parts.size() != 1 || !forms_[f].capitals || forms_[f].folded.size() < 2) continue;
      const auto at = by_initials.find(forms_[f].folded);
      if (at == by_initials.end()) continue;
      // One name only has these initials in the story, or one that shares an article with them.
      std::set<std::uint32_t> all, near;
      for (const std::uint32_t g : at->second) {
        all.insert(sets_->find(g));
        if (share_article(f, g)) near.insert(sets_->find(g));
      }
      const auto& found = near.size() == 1 ? near : all;
      const bool of_person = forms_[f].folded.size() == 2 && found.size() == 1 && is_titled_or_given(at->second);
      if (!of_person && found.size() == 1 && (!near.empty() || forms_[f].folded.size() >= 3))
        unite(f, *found.begin(), "acronym");
    }
  }

  // "Dan Cathy", "Secretary Clinton": "DC" and "SC" stand for something else.
  bool is_titled_or_given(const std::vector<std::uint32_t>& forms) const {
    return std::any_of(forms.begin(), forms.end(), [&](std::uint32_t g) {
      const std::string& first = forms_[g].parts.front();
      return words_.is(first, lang::Role::given_name) || words_.is(first, lang::Role::title);
    });
  }

  bool share_article(std::uint32_t f, std::uint32_t g) const {
    return std::any_of(forms_[f].articles.begin(), forms_[f].articles.end(),
                       [&](std::uint32_t k) { return forms_[g].articles.contains(k); });
  }

  // "Zelensky" after "Volodymyr Zelenskiy"; "Sarmic Star" after "Sarmic Star Ferries". Where two persons share a surname each
  // article means the one that it names in full.
  void short_forms() {
    std::map<std::string, std::vector<std::uint32_t>> by_last, by_first;
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      if (forms_[f].parts.size() < 2) continue;
      by_first[forms_[f].parts.front()].push_back(f);
      if (!is_personal(forms_[f])) continue;
      const std::size_t family = words_.family_at(forms_[f].parts);
      if (family > 0) by_last[signature(forms_[f].parts[family])].push_back(f);
    }
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      const Form& form = forms_[f];
      // "Von Halben" of "Ursula von Halben"
      const bool particle = form.parts.size() == 2 && words_.is(form.parts.front(), lang::Role::name_particle);
      if (form.parts.size() == 1 || particle) {
        const auto at = by_last.find(signature(form.parts.back()));
        // "House" is no family name of "Amber House"
        if (at != by_last.end() && !words_.is(form.parts.back(), lang::Role::ends_body)) surname(f, at->second);
        if (!rule_[f].empty()) continue;
      }
      const auto at = by_first.find(form.parts.front());
      if (at == by_first.end()) continue;
      longer_form(f, at->second);
    }
  }

  // "Hochmark" after "Hochmark Mining", "Kim" after "Kim Jong-un", "Luis Ortega" after "Luis Ortega Benítez".
  void longer_form(std::uint32_t f, const std::vector<std::uint32_t>& candidates) {
    const Form& form = forms_[f];
    std::map<std::uint32_t, std::uint32_t> longer;  // set -> a form of it
    const char* rule = "short form";
    for (const std::uint32_t g : candidates) {
      const Form& full = forms_[g];
      if (full.parts.size() <= form.parts.size() ||
          !std::equal(form.parts.begin(), form.parts.end(), full.parts.begin()))
        continue;
      if (words_.is(full.parts.back(), lang::Role::generation) && full.parts.size() == form.parts.size() + 1 &&
          form.parts.size() > 1 && !share_article(f, g))
        continue;  // "Viktor Holm" may be his father
      const bool generation = words_.is(full.parts.back(), lang::Role::generation);
      if (generation && form.parts.size() > 1 && precedes_somewhere(f, g)) continue;  // he is named, and then his son
      const bool second_surname = form.parts.size() == 2 && full.parts.size() == 3 && !full.has_connector &&
                                  !generation && words_.is(form.parts.front(), lang::Role::given_name);
      // It may be the place that a body is named after: "Hochmark", "Port Selm" and "Port Selm Infirmary". One word must be part
      // of a proper name all through; several must occur only beside the full form.
      if (form.parts.size() == 1 &&
          (full.ordinary || full.has_connector || !share_article(f, g) || is_demonym(form) || is_compound(full)))
        continue;
      // "New York" and "New York Times", "United States" and its Senate: papers and bodies have the names of their places
      if (words_.is(full.parts.back(), lang::Role::outlet_word) || opens_place_name(form.parts.front())) continue;
      if (form.parts.size() > 1 && !second_surname &&
          !std::includes(full.articles.begin(), full.articles.end(), form.articles.begin(), form.articles.end()))
        continue;
      if (second_surname) rule = "second surname";
      longer.emplace(sets_->find(g), g);
    }
    longer.erase(sets_->find(f));
    if (longer.size() == 1) return unite(f, longer.begin()->second, rule);
    if (longer.size() > 1) name_in_articles(f, candidates, longer, rule);
  }

  // "Palestinian" of "Palestinian Joan of Arc": a people's adjective is no name cut short.
  bool is_demonym(const Form& form) const {
    const std::string& word = form.folded;
    if (words_.is(word, lang::Role::given_name)) return false;
    const std::vector<std::string_view> endings = words_.demonym_endings();
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) {
      return word.size() >= ending.size() + 4 && word.ends_with(ending);
    });
  }

  // "WikiLeaks Twitter" where WikiLeaks and Twitter are names of their own, and no given name and surname.
  bool is_compound(const Form& full) const {
    if (full.parts.size() != 2 || words_.is(full.parts.front(), lang::Role::given_name)) return false;
    return by_folded_.count(full.parts.front()) != 0 && by_folded_.count(full.parts.back()) != 0;
  }

  // Does some article name f before it first names g?
  bool precedes_somewhere(std::uint32_t f, std::uint32_t g) const {
    for (const std::vector<std::uint32_t>& ids : form_of_) {
      const auto a = std::find(ids.begin(), ids.end(), f), b = std::find(ids.begin(), ids.end(), g);
      if (a != ids.end() && b != ids.end() && a < b) return true;
    }
    return false;
  }

  // Where several names may be meant, each article means the one that it gives in full.
  template <class Sets>
  void name_in_articles(std::uint32_t f, const std::vector<std::uint32_t>& full_forms, const Sets& meant,
                        const char* rule) {
    rule_[f] = rule;
    for (const std::uint32_t k : forms_[f].articles) {
      std::map<std::uint32_t, std::uint32_t> here;  // set -> a form of it
      for (const std::uint32_t g : full_forms) {
        if (g != f && forms_[g].articles.contains(k) && meant.contains(sets_->find(g))) here.emplace(sets_->find(g), g);
      }
      if (here.size() == 1) in_article_[{k, f}] = here.begin()->second;
    }
  }

  void surname(std::uint32_t f, const std::vector<std::uint32_t>& full_forms) {
    const Parts& own = forms_[f].parts;
    if (forms_[f].capitals && own.size() == 1 && own.front().size() <= 3) return;  // "German TV" and "TV"
    std::map<std::uint32_t, bool> exact;                                           // by set: the very spelling?
    for (const std::uint32_t g : full_forms) {
      const std::size_t family = words_.family_at(forms_[g].parts);
      const std::string& last = forms_[g].parts[family];
      // "Norland" is not "Bank Norland"; what names of places and bodies begin with begins no person's.
      if (!same_spelling(own.back(), last) || opens_place_name(forms_[g].parts.front())) continue;
      if (is_compound(forms_[g]) || (is_common(last) && !begins_as_person(forms_[g].parts.front()))) continue;
      if (own.size() == 2 && (family < 2 || forms_[g].parts[family - 1] != own.front())) continue;
      if (last != own.back() && last.front() != own.back().front() &&
          normal_spelling(last) != normal_spelling(own.back()))
        continue;  // "Honea" is not Guinea
      if (is_chance_neighbour(f, g)) continue;
      bool& e = exact[sets_->find(g)];
      e = e || last == own.back();
    }
    // "Smith" is Lis Smith, not Austin Smythe
    const bool any_exact = std::any_of(exact.begin(), exact.end(), [](const auto& set) { return set.second; });
    for (auto set = exact.begin(); any_exact && set != exact.end();)
      set = set->second ? std::next(set) : exact.erase(set);
    if (exact.size() == 1) {
      unite(f, exact.begin()->first, exact.begin()->second ? "surname" : "spelling");
    } else if (exact.size() > 1) {
      name_in_articles(f, full_forms, exact, "surname");
    }
  }

  // "Medicare", named all through, and once "Managed Medicare": not a surname and its full form.
  bool is_chance_neighbour(std::uint32_t f, std::uint32_t g) const {
    if (words_.is(forms_[g].parts.front(), lang::Role::given_name) || forms_[g].parts.front().size() == 1) return false;
    return mentions(g) == 1 && mentions(f) >= 3 && precedes_somewhere(f, g);
  }

  unsigned mentions(std::uint32_t f) const {
    unsigned n = 0;
    for (const auto& entry : forms_[f].written) n += entry.second;
    return n;
  }

  // "Public" is no surname of "County Public", but "Abbott" is one of "Rose Abbott", "Bush" one of "George W. Bush".
  bool begins_as_person(const std::string& first) const {
    return first.size() == 1 || words_.is(first, lang::Role::given_name) || !is_common(first);
  }

  static bool is_common(const std::string& part) { return is_ordinary_word(hash_bytes(stem(part))); }

  // "Merrou", "Merru"; "Zelenskiy", "Zelensky" where nobody gives a first name. No article writes one name in two ways, so two
  // spellings in one article are two names, unless only the romanisation differs.
  void single_words() {
    std::map<std::string, std::vector<std::uint32_t>> by_key;
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      const Form& form = forms_[f];
      if (form.parts.size() != 1 || form.folded.size() < 4) continue;
      auto& bucket = by_key[signature(form.folded)];
      const std::size_t first = bucket.size() > 32 ? bucket.size() - 32 : 0;
      for (std::size_t i = first; i < bucket.size(); ++i) {
        const Form& other = forms_[bucket[i]];
        const bool same_sound = normal_spelling(form.folded) == normal_spelling(other.folded);
        const bool common = is_common(form.folded) && is_common(other.folded);
        if (!common && same_spelling(form.folded, other.folded) && (same_sound || !share_article(f, bucket[i]))) {
          unite(f, bucket[i], "spelling");
        }
      }
      bucket.push_back(f);
    }
  }

  // "Velychian" of "Velychia".
  void demonyms() {
    const std::vector<std::string_view> endings = words_.demonym_endings();
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      const std::string& word = forms_[f].folded;
      if (forms_[f].parts.size() != 1 || word.size() < 5) continue;
      for (const std::string_view ending : endings) {
        if (!word.ends_with(ending) || word.size() < ending.size() + 3) continue;
        const auto at = by_folded_.find(word.substr(0, word.size() - ending.size()));
        if (at != by_folded_.end()) unite(at->second, f, "demonym");
      }
    }
  }

  // Offices that stand before a name, "Prime Minister Ana Kovač", and later stand for it: "the prime minister". A link when
  // the article gives the office to one name alone.
  void roles(StoryNames& out, std::vector<std::map<std::string, std::string>>& variants) {
    for (std::uint32_t k = 0; k < story_.articles.size(); ++k) {
      const Document& d = documents_[story_.articles[k]];
      const std::string& text = corpus_[story_.articles[k]].text;
      const lang::Language& language = lang::Language::of(d.language);
      std::map<std::string, std::set<std::uint32_t>> holders;
      for (std::size_t m = 0; m < d.names.size(); ++m) {
        const std::uint32_t w = d.names[m].first_word;
        if (w == 0 || !is_office(language, d.body[w - 1]) || !adjacent(d, text, w - 1)) continue;
        holders[office_ending(language, d, text, w - 1)].insert(out.name_of[k][m]);
      }
      for (std::uint32_t w = 1; w < d.body.size() && !holders.empty(); ++w) {
        if (!is_office(language, d.body[w])) continue;
        if (w + 1 < d.body.size() && is_office(language, d.body[w + 1]) && adjacent(d, text, w)) continue;
        const std::string office = office_ending(language, d, text, w);
        const std::uint32_t first =
            w + 1 - static_cast<std::uint32_t>(1 + std::count(office.begin(), office.end(), ' '));
        if (first == 0 || !language.is(d.body[first - 1], lang::Role::definite) || !adjacent(d, text, first - 1))
          continue;
        const auto at = holders.find(office);
        const auto next =
            std::lower_bound(d.names.begin(), d.names.end(), w + 1,
                             [](const NameMention& n, std::uint32_t word) { return n.first_word < word; });
        const bool named = next != d.names.end() && next->first_word == w + 1;
        if (at == holders.end() || at->second.size() != 1 || named) continue;
        const std::uint32_t name = *at->second.begin();
        const std::uint32_t begin = d.body.words[first - 1].source.begin, end = d.body.words[w].source.end;
        out.roles.push_back({{story_.articles[k], begin, end}, name});
        std::string phrase(d.body[first - 1]);
        phrase.append(1, ' ').append(text, d.body.words[first].source.begin, end - d.body.words[first].source.begin);
        variants[name].try_emplace(std::move(phrase), "role");
      }
    }
  }

  static bool is_office(const lang::Language& language, std::string_view word) {
    return language.is(word, lang::Role::title) && !language.is(word, lang::Role::address);
  }
  static bool adjacent(const Document& d, const std::string& text, std::uint32_t w) {
    return w + 1 < d.body.size() && d.body.words[w + 1].source.begin == d.body.words[w].source.end + 1 &&
           text[d.body.words[w].source.end] == ' ';
  }
  // "prime minister", "foreign minister": the office and the word that tells which.
  static std::string office_ending(const lang::Language& language, const Document& d, const std::string& text,
                                   std::uint32_t w) {
    std::string office(d.body[w]);
    if (w > 0 && adjacent(d, text, w - 1) && language.is(d.body[w - 1], lang::Role::office_kind))
      office = std::string(d.body[w - 1]) + " " + office;
    return office;
  }

  StoryNames report() {
    StoryNames out;
    std::map<std::uint32_t, std::uint32_t> name_of_set;
    std::vector<std::vector<std::uint32_t>> forms_of;
    for (std::uint32_t k = 0; k < form_of_.size(); ++k) {
      auto& ids = out.name_of.emplace_back();
      for (const std::uint32_t f : form_of_[k]) {
        const auto elsewhere = in_article_.find({k, f});
        const std::uint32_t set = sets_->find(elsewhere == in_article_.end() ? f : elsewhere->second);
        const auto [at, added] = name_of_set.try_emplace(set, static_cast<std::uint32_t>(forms_of.size()));
        if (added) forms_of.emplace_back();
        auto& forms = forms_of[at->second];
        if (std::find(forms.begin(), forms.end(), f) == forms.end()) forms.push_back(f);
        ids.push_back(at->second);
      }
    }
    std::vector<std::map<std::string, std::string>> variants(forms_of.size());
    for (std::size_t n = 0; n < forms_of.size(); ++n) {
      const std::uint32_t full =
          *std::min_element(forms_of[n].begin(), forms_of[n].end(), [&](std::uint32_t x, std::uint32_t y) {
            const Form &a = forms_[x], &b = forms_[y];
            if (a.parts.size() != b.parts.size()) return a.parts.size() > b.parts.size();
            const bool demonym_a = rule_[x] == "demonym", demonym_b = rule_[y] == "demonym";
            if (demonym_a != demonym_b) return demonym_b;
            return a.articles.size() != b.articles.size() ? a.articles.size() > b.articles.size() : x < y;
          });
      Name& name = out.names.emplace_back();
      name.canonical = usual(forms_[full]);
      for (const std::uint32_t f : forms_of[n]) {
        const std::string& rule = f == full ? "" : !rule_[f].empty() ? rule_[f] : rule_[full];
        for (const auto& entry : forms_[f].written) {
          if (entry.first != name.canonical)
            variants[n].try_emplace(entry.first, f == full ? "capitals or accents" : rule);
        }
      }
    }
    roles(out, variants);
    for (std::size_t n = 0; n < out.names.size(); ++n) {
      for (const auto& entry : variants[n]) {
        out.names[n].variants.push_back(entry.first);
        out.names[n].rules.push_back(entry.second);
      }
    }
    return out;
  }

  // ---- what forbids to join

  // Forms that share their first or their last word, or what sounds like it, and became different names.
  std::vector<NamesApart> kept_apart(const StoryNames& names) const {
    std::vector<std::set<std::uint32_t>> name_of(forms_.size());
    for (std::size_t k = 0; k < form_of_.size(); ++k) {
      for (std::size_t m = 0; m < form_of_[k].size(); ++m) name_of[form_of_[k][m]].insert(names.name_of[k][m]);
    }
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::string_view> found;
    std::map<std::string, std::vector<std::uint32_t>> by_key;
    for (std::uint32_t f = 0; f < forms_.size(); ++f) {
      const Parts& parts = forms_[f].parts;
      const std::string last = signature(parts[words_.family_at(parts)]), first = signature(parts.front());
      for (const std::string& key : last == first ? std::vector{last} : std::vector{last, first}) {
        auto& bucket = by_key[key];
        for (std::size_t i = bucket.size() > 32 ? bucket.size() - 32 : 0; i < bucket.size(); ++i) {
          const std::uint32_t g = bucket[i];
          if (name_of[f].size() != 1 || name_of[g].size() != 1 || name_of[f] == name_of[g]) continue;
          const std::string_view rule = parts.size() < forms_[g].parts.size() ? rule_against(f, g) : rule_against(g, f);
          const auto pair = std::minmax(*name_of[f].begin(), *name_of[g].begin());
          if (!rule.empty()) found.try_emplace({pair.first, pair.second}, rule);
        }
        bucket.push_back(f);
      }
    }
    std::vector<NamesApart> out;
    for (const auto& [pair, rule] : found) out.push_back({pair.first, pair.second, rule});
    return out;
  }

  // Of two forms, the first not longer than the second.
  std::string_view rule_against(std::uint32_t f, std::uint32_t g) const {
    const Parts &a = forms_[f].parts, &b = forms_[g].parts;
    const std::size_t family_a = words_.family_at(a), family_b = words_.family_at(b);
    const bool one_family = same_spelling(a[family_a], b[family_b]);
    if (a.size() == 1 && b.size() == 1) {
      if (!one_family) return {};
      return is_common(a[0]) && is_common(b[0]) ? "ordinary words" : share_article(f, g) ? "both in one article" : "";
    }
    if (a.size() > 1 && one_family) {
      const bool generation = family_a + 1 < a.size() || family_b + 1 < b.size();
      return words_.same_given_name(a[0], b[0]) && generation ? "generation" : "given name";
    }
    if (std::equal(a.begin(), a.end(), b.begin())) return "named after it";
    if (a.size() > 1 || !one_family) return {};
    if (words_.is(a[0], lang::Role::ends_body)) return "word of a body";
    return opens_place_name(b.front()) ? "place or body" : "several of that name";
  }

  // As most mentions write it, capitals last.
  static std::string usual(const Form& form) {
    const std::pair<const std::string, unsigned>* best = nullptr;
    for (const auto& entry : form.written) {
      if (best == nullptr ||
          std::pair(!is_capitals(entry.first), entry.second) > std::pair(!is_capitals(best->first), best->second))
        best = &entry;
    }
    return best->first;
  }

  const Corpus& corpus_;
  std::span<const Document> documents_;
  const Story& story_;
  NameWords words_;
  std::vector<Form> forms_;  // in order of first mention
  std::unordered_map<std::string, std::uint32_t> by_folded_;
  std::vector<std::vector<std::uint32_t>> form_of_;  // by article, mention
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t>
      in_article_;  // (article, short form) -> full form meant
  std::optional<UnionFind> sets_;
  std::vector<std::string> rule_;  // by form: how it came to its set
};

}  // namespace

StoryNames unify_names(const Corpus& corpus, std::span<const Document> documents, const Story& story,
                       std::vector<NamesApart>* apart) {
  return Unifier(corpus, documents, story).run(apart);
}

}  // namespace storymerge

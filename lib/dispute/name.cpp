#include <algorithm>

#include "dispute/kinds.h"
#include "lang/commonness.h"
#include "lang/language.h"
#include "support/likeness.h"

namespace storymerge::dispute {
namespace {

// Tuned on gold/real.
constexpr struct {
  double likely = 0.6;          // probability of one matter, unless only the generation differs
  double alike = 0.2;           // words in common beside the names, at least
  double spelling = 0.65;       // likeness of two words that stand for one another, at least
  double same_spelling = 0.85;  // … and from here on they are one word, spelled in two ways
  double family = 0.5;          // the same of two family names beside one given name
  std::size_t letters = 4;      // of such a word, at least
} rule;

// "Confederate", "Confederacy": two words of one stem, more or less.
bool derived(std::string_view p, std::string_view q) {
  const auto shared = std::mismatch(p.begin(), p.end(), q.begin(), q.end()).first - p.begin();
  return 3 * static_cast<std::size_t>(shared) >= 2 * std::max(p.size(), q.size());
}

// "Anders Holm Jr.", "Anders Holm Sr.": father or son.
bool generations(const Document& d, const FullName& x, const Document& e, const FullName& y) {
  const std::uint32_t n = x.last_word - x.first_word;
  if (n < 2 || n != y.last_word - y.first_word) return false;
  for (std::uint32_t i = 0; i + 1 < n; ++i) {
    if (d.body[x.first_word + i] != e.body[y.first_word + i]) return false;
  }
  const std::string_view p = d.body[x.last_word - 1], q = e.body[y.last_word - 1];
  const auto says = [](const Document& document, std::string_view word) {
    return lang::Language::of(document.language).is(word, lang::Role::generation);
  };
  return p != q && says(d, p) && says(e, q);
}

// "Gulf" of "Gulf Coast", "Speaker" of "Speaker Pelosi": no given name and no name of a place.
bool is_only_a_word(const Document& d, std::uint32_t w) {
  return is_ordinary_word(d.body_terms[w]) && !lang::Language::of(d.language).is(d.body[w], lang::Role::given_name);
}

// All words but one are the same, and that one is another given name with one family name, or much alike: Norwalk, Norfolk.
bool namesakes(const Document& d, const FullName& x, const Document& e, const FullName& y) {
  const std::uint32_t n = x.last_word - x.first_word;
  if (n != y.last_word - y.first_word || n > 2) return false;
  std::uint32_t differing = n;
  for (std::uint32_t i = 0; i < n; ++i) {
    if (d.body[x.first_word + i] == e.body[y.first_word + i]) continue;
    if (differing < n) return false;
    differing = i;
  }
  if (differing == n || d.body_terms[x.first_word + differing] == e.body_terms[y.first_word + differing]) return false;
  const std::string_view p = d.body[x.first_word + differing], q = e.body[y.first_word + differing];
  const double like = likeness(p, q);
  if (std::min(p.size(), q.size()) < rule.letters || like >= rule.same_spelling) return false;
  if (n > 1 && (is_only_a_word(d, x.first_word + differing) || is_only_a_word(e, y.first_word + differing)))
    return false;
  if (n > 1 && differing + 1 < n) return true;  // another given name
  if (derived(p, q)) return false;
  return n > 1 ? like >= rule.family : like >= rule.spelling && p.front() == q.front();
}

bool names(const Frame& frame, std::uint32_t name) {
  return std::any_of(frame.names.begin(), frame.names.end(), [&](const FullName& n) { return n.name == name; });
}

}  // namespace

std::optional<Difference> differ_in_name(const Context& context, const Frame& a, const Frame& b, double probability) {
  if (shared_words(a.terms, b.terms) < rule.alike) return std::nullopt;
  for (const FullName& x : a.names) {
    if (names(b, x.name)) continue;
    for (const FullName& y : b.names) {
      const Document &d = context.document(a), &e = context.document(b);
      if (names(a, y.name)) continue;
      if (!generations(d, x, e, y) && (probability < rule.likely || !namesakes(d, x, e, y))) continue;
      if (context.names_stand_together(x.name, y.name)) continue;
      return Difference{{context.text(a, x.range), static_cast<double>(x.name), static_cast<double>(x.name)},
                        {context.text(b, y.range), static_cast<double>(y.name), static_cast<double>(y.name)},
                        {}};
    }
  }
  return std::nullopt;
}

}  // namespace storymerge::dispute

#pragma once
// What is left of a letter, or of a word, when neither case nor accents count?

#include <string>
#include <string_view>

#include <unicode/normalizer2.h>

namespace storymerge {

// ICU makes each of these at its first use behind a lock of its own, which a sanitizer of threads cannot see; here the
// compiler's lock stands round all three.
struct Normalizers {
  const icu::Normalizer2& decompose;
  const icu::Normalizer2& compose;
  const icu::Normalizer2& casefold;
};
const Normalizers& normalizers();

// NFKC, case folding, accents dropped, letters that Unicode does not decompose as newsrooms write them ("Ł" -> "l",
// "æ" -> "ae"). A fraction stays as it is. Sets `compose` when a word that holds the result must be put into NFC.
std::string fold_letter(char32_t c, bool& compose);

// Valid UTF-8 in small letters, accents kept, the typographic apostrophe as the plain one.
std::string lower_spelling(std::string_view text);

// Every letter of valid UTF-8 folded; blanks, marks and digits stay: "d’après l’AFP" -> "d'apres l'afp".
std::string fold_spelling(std::string_view text);

// Words that in capitals are folded as other words than in small letters: "US" is the country, not the pronoun.
struct Acronym {
  std::string_view folded, as;
};
inline constexpr Acronym acronyms[] = {{"us", "u.s"}};  // `as` is one byte longer at most

}  // namespace storymerge

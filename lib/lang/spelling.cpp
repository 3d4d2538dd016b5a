#include "lang/spelling.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "storymerge/base/error.h"

namespace storymerge {
namespace {

// Letters that Unicode does not decompose, and what newsrooms write for them.
const char* plain_spelling(UChar32 folded) {
  switch (folded) {
    case 0x00E6:
      return "ae";
    case 0x00F0:
      return "d";
    case 0x00F8:
      return "o";
    case 0x00FE:
      return "th";
    case 0x0111:
      return "d";
    case 0x0127:
      return "h";
    case 0x0131:
      return "i";
    case 0x0142:
      return "l";
    case 0x0153:
      return "oe";
    case 0x0167:
      return "t";
    default:
      return nullptr;
  }
}

// An accent, not a vowel sign: combining classes of Latin, Greek, Cyrillic, Hebrew and Arabic marks. Thai, Lao and
// Tibetan signs lie between the two ranges, Indic ones and kana voicing marks below them.
bool is_accent(UChar32 c) {
  const int combining = u_getCombiningClass(c);
  return (combining >= 10 && combining <= 36) || combining >= 200;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char lower(char ascii) { return ascii >= 'A' && ascii <= 'Z' ? static_cast<char>(ascii - 'A' + 'a') : ascii; }

// What most words are, and for which ICU takes many times as long.
std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

icu::UnicodeString decoded(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
}

}  // namespace

const Normalizers& normalizers() {
  static const Normalizers all = [] {
    UErrorCode status = U_ZERO_ERROR;
    const auto* decompose = icu::Normalizer2::getNFDInstance(status);
    const auto* compose = icu::Normalizer2::getNFCInstance(status);
    const auto* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status))
      throw Error(ErrorCode::io, std::string("no normalisation data in ICU: ") + u_errorName(status));
    return Normalizers{*decompose, *compose, *casefold};
  }();
  return all;
}

std::string fold_letter(char32_t c, bool& compose) {
  if (c < 0x80) return std::string(1, lower(static_cast<char>(c)));
  UErrorCode status = U_ZERO_ERROR;
  const Normalizers& normal = normalizers();
  const icu::UnicodeString written(static_cast<UChar32>(c));
  const icu::UnicodeString folded = normal.casefold.normalize(written, status);
  const icu::UnicodeString parts = normal.decompose.normalize(folded, status);
  icu::UnicodeString kept;
  for (int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
    const UChar32 part = parts.char32At(i);
    if (is_accent(part)) continue;
    if (const char* plain = plain_spelling(part)) {
      kept.append(icu::UnicodeString(plain, -1, US_INV));
    } else {
      kept.append(part);
    }
  }
  std::string out;
  normal.compose.normalize(kept, status).toUTF8String(out);
  if (parts.indexOf(UChar(0x3099)) >= 0 || parts.indexOf(UChar(0x309A)) >= 0) compose = true;
  if (U_FAILURE(status) || parts.indexOf(UChar(0x2044)) >= 0) {
    out.clear();
    written.toUTF8String(out);
  }
  return out;
}

std::string lower_spelling(std::string_view text) {
  if (is_ascii(text)) return lower_ascii(text);
  std::string out;
  icu::UnicodeString letters = decoded(text);
  letters.findAndReplace(icu::UnicodeString(UChar32{0x2019}), icu::UnicodeString(UChar32{'\''}));
  letters.toLower(icu::Locale::getRoot()).toUTF8String(out);
  return out;
}

std::string fold_spelling(std::string_view text) {
  if (is_ascii(text)) return lower_ascii(text);
  const icu::UnicodeString letters = decoded(text);
  std::string out;
  bool compose = false;
  for (int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
    const UChar32 c = letters.char32At(i);
    out += c == 0x2019 ? "'" : fold_letter(static_cast<char32_t>(c), compose);
  }
  if (!compose) return out;
  UErrorCode status = U_ZERO_ERROR;
  std::string composed;
  normalizers().compose.normalize(icu::UnicodeString::fromUTF8(out), status).toUTF8String(composed);
  return U_FAILURE(status) ? out : composed;
}

}  // namespace storymerge

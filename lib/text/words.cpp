#include "storymerge/text/words.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <memory>

#include "storymerge/base/error.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace storymerge {
namespace {

enum class Kind : std::uint8_t {
  separator,
  joiner,  // ' ’ . , : & may stand inside a word
  letter,
  digit,
  single,     // a character that is a word of its own
  mark,       // belongs to the character before it
  ignorable,  // soft hyphen and the like: neither breaks a word nor is kept
};

// What a code point is, and what it becomes.
struct Folding {
  Kind kind = Kind::separator;
  std::uint8_t size = 0;  // bytes used
  bool compose = false;   // the word must be put into NFC when it is whole: conjoining jamo, kana voicing marks
  char bytes[13] = {};
};

bool without_spaces(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return c == 0x30FC || c == 0xFF70;  // prolonged sound mark: of no one script
  }
}

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

Folding compute_folding(UChar32 c) {
  Folding f;
  const int type = u_charType(c);
  if (c == 0x2019 || c == 0x02BC) {
    f.kind = Kind::joiner;
  } else if (c == 0x200B) {
    f.kind = Kind::separator;
  } else if (u_isalpha(c) || type == U_LETTER_NUMBER || type == U_MODIFIER_LETTER) {
    f.kind = without_spaces(c) ? Kind::single : Kind::letter;
    const int syllable = u_getIntPropertyValue(c, UCHAR_HANGUL_SYLLABLE_TYPE);
    f.compose = syllable == U_HST_LEADING_JAMO || syllable == U_HST_VOWEL_JAMO || syllable == U_HST_TRAILING_JAMO;
    if (type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK) f.kind = Kind::mark;
    if (c == 0xFF9E || c == 0xFF9F) f.kind = Kind::mark;  // half-width voicing marks
    if (c == 0x0640) f.kind = Kind::ignorable;            // tatweel only stretches
  } else if (type == U_DECIMAL_DIGIT_NUMBER) {
    f.kind = Kind::digit;
  } else if (type == U_OTHER_NUMBER) {
    f.kind = Kind::single;
  } else if (type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK || type == U_ENCLOSING_MARK) {
    f.kind = Kind::mark;
  } else if (type == U_FORMAT_CHAR) {
    f.kind = Kind::ignorable;
  }
  if (f.kind == Kind::separator || f.kind == Kind::joiner || f.kind == Kind::ignorable) return f;

  std::string out;
  UErrorCode status = U_ZERO_ERROR;
  const auto* decompose = icu::Normalizer2::getNFDInstance(status);
  const auto* compose = icu::Normalizer2::getNFCInstance(status);
  const auto* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::UnicodeString folded = casefold->normalize(icu::UnicodeString(c), status);
  const icu::UnicodeString parts = decompose->normalize(folded, status);
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
  compose->normalize(kept, status).toUTF8String(out);
  if (parts.indexOf(UChar(0x3099)) >= 0 || parts.indexOf(UChar(0x309A)) >= 0) f.compose = true;
  // A ligature of a whole phrase stays as it is, and so does a fraction.
  if (U_FAILURE(status) || out.size() > sizeof f.bytes || parts.indexOf(UChar(0x2044)) >= 0) {
    out.clear();
    icu::UnicodeString(c).toUTF8String(out);
  }
  f.size = static_cast<std::uint8_t>(out.size());
  std::memcpy(f.bytes, out.data(), out.size());
  return f;
}

template <std::size_t N>
std::unique_ptr<std::array<Folding, N>> make_table(UChar32 first) {
  auto table = std::make_unique<std::array<Folding, N>>();
  for (std::size_t i = 0; i < N; ++i) (*table)[i] = compute_folding(first + static_cast<UChar32>(i));
  return table;
}

// Latin, Greek, Cyrillic, Hebrew, Arabic are one look-up; then the rest up to kana; ideographs and Hangul need no
// table.
Folding folding_of(UChar32 c) {
  constexpr UChar32 near_end = 0x0600, far_end = 0x3400;
  if (c < near_end) {
    static const auto table = make_table<near_end>(0);
    return (*table)[static_cast<std::size_t>(c)];
  }
  if (c < far_end) {
    if (c >= 0x2010 && c <= 0x2027 && c != 0x2019) return {};  // dashes, quotation marks, ellipsis
    static const auto table = make_table<far_end - near_end>(near_end);
    return (*table)[static_cast<std::size_t>(c - near_end)];
  }
  if ((c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3)) {
    Folding f;
    f.kind = c < 0xAC00 ? Kind::single : Kind::letter;
    f.size = 3;
    f.bytes[0] = static_cast<char>(0xE0 | (c >> 12));
    f.bytes[1] = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    f.bytes[2] = static_cast<char>(0x80 | (c & 0x3F));
    return f;
  }
  return compute_folding(c);
}

constexpr std::array<Kind, 128> ascii_kinds = [] {
  std::array<Kind, 128> kinds{};
  for (char c = 'a'; c <= 'z'; ++c) kinds[static_cast<std::size_t>(c)] = Kind::letter;
  for (char c = 'A'; c <= 'Z'; ++c) kinds[static_cast<std::size_t>(c)] = Kind::letter;
  for (char c = '0'; c <= '9'; ++c) kinds[static_cast<std::size_t>(c)] = Kind::digit;
  for (char c : {'\'', '.', ',', ':', '&'}) kinds[static_cast<std::size_t>(c)] = Kind::joiner;
  return kinds;
}();

// One character of the source.
struct Character {
  Folding folding;
  std::size_t size = 0;  // bytes in the source; 0 past the end
};

// What 64 bytes are, one bit a byte.
struct Block {
  std::uint64_t alphanumeric = 0;  // ASCII letters and digits
  std::uint64_t joiner = 0;        // ' . , : &
  std::uint64_t beyond_ascii = 0;
};

Block classify(const char* bytes) {
  Block out;
#ifdef __SSE2__
  for (int i = 0; i < 4; ++i) {
    const __m128i c = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + 16 * i));
    const __m128i letter = _mm_sub_epi8(_mm_or_si128(c, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
    const __m128i digit = _mm_sub_epi8(c, _mm_set1_epi8('0'));
    const __m128i is_letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter);
    const __m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
    // & and ' differ in one bit; so do . and , but for another.
    const __m128i quote = _mm_cmpeq_epi8(_mm_or_si128(c, _mm_set1_epi8(1)), _mm_set1_epi8('\''));
    const __m128i stop = _mm_cmpeq_epi8(_mm_or_si128(c, _mm_set1_epi8(2)), _mm_set1_epi8('.'));
    const __m128i colon = _mm_cmpeq_epi8(c, _mm_set1_epi8(':'));
    const auto bits = [&](__m128i mask) {
      return std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(mask))} << (16 * i);
    };
    out.alphanumeric |= bits(_mm_or_si128(is_letter, is_digit));
    out.joiner |= bits(_mm_or_si128(_mm_or_si128(quote, stop), colon));
    out.beyond_ascii |= bits(c);
  }
#else
  for (int i = 0; i < 64; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    const std::uint64_t bit = std::uint64_t{1} << i;
    if (byte >= 0x80) {
      out.beyond_ascii |= bit;
    } else if (ascii_kinds[byte] == Kind::letter || ascii_kinds[byte] == Kind::digit) {
      out.alphanumeric |= bit;
    } else if (ascii_kinds[byte] == Kind::joiner) {
      out.joiner |= bit;
    }
  }
#endif
  return out;
}

class Folder {
 public:
  Folder(std::string_view text, std::uint32_t offset, WordList& out)
      : text_(text), offset_(offset), out_(out), folded_size_(out.folded.size()), word_count_(out.words.size()) {
    out_.folded.resize(folded_size_ + text_.size() + text_.size() / 3 + slack);
    out_.words.resize(word_count_ + text_.size() / 6 + 64);
  }

  // Goes over the text 64 bytes at a time. Words of ASCII that end plainly are copied at once; at each spot where
  // something else may happen, the general rules take the word that it belongs to.
  void run() {
    constexpr std::size_t none = ~std::size_t{0};
    const std::size_t size = text_.size();
    std::size_t at = 0;       // all before it is done, but for
    std::size_t open = none;  // the word that began here, before `at`, and goes on
    while (at < size) {
      const std::size_t base = at & ~std::size_t{63};
      const Block block = block_at(base);
      const std::uint64_t from_here = ~std::uint64_t{0} << (at & 63);
      const std::uint64_t inside = block.alphanumeric & from_here;
      const std::uint64_t before = inside << 1 | (open != none && at == base ? 1 : 0);
      std::uint64_t next = (block.alphanumeric | block.beyond_ascii) >> 1;
      if (base + 64 < size && is_more(text_[base + 64])) next |= std::uint64_t{1} << 63;
      const std::uint64_t spots = ((block.joiner & before & next) | block.beyond_ascii) & from_here;
      const std::uint64_t plain = spots == 0 ? ~std::uint64_t{0} : (spots & -spots) - 1;  // bits before the first spot
      std::uint64_t starts = inside & ~before & plain;
      std::uint64_t ends = ~inside & before & plain & from_here;

      char* to = out_.folded.data() + folded_size_;
      reserve_words(64);
      Word* word = out_.words.data() + word_count_;
      while (ends != 0) {
        std::size_t begin = open;
        if (open == none) {
          begin = base + static_cast<std::size_t>(std::countr_zero(starts));
          starts &= starts - 1;
        }
        open = none;
        const std::size_t end = base + static_cast<std::size_t>(std::countr_zero(ends));
        ends &= ends - 1;
        to = copy_plain(begin, end, to, word++);
      }
      folded_size_ = static_cast<std::size_t>(to - out_.folded.data());
      word_count_ = static_cast<std::size_t>(word - out_.words.data());
      if (open == none && starts != 0) open = base + static_cast<std::size_t>(std::countr_zero(starts));
      if (spots == 0) {
        at = base + 64;
        continue;
      }
      const std::size_t spot = base + static_cast<std::size_t>(std::countr_zero(spots));
      if (open != none) {
        at = take_word(open);
      } else {
        const Character c = character(spot);
        const Kind kind = c.folding.kind;
        at = kind == Kind::letter || kind == Kind::digit || kind == Kind::single ? take_word(spot) : spot + c.size;
      }
      open = none;
    }
    if (open != none) take_word(open);
    out_.folded.resize(folded_size_);
    out_.words.resize(word_count_);
  }

 private:
  static constexpr std::size_t slack = 64;

  static bool is_more(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || ascii_kinds[byte] == Kind::letter || ascii_kinds[byte] == Kind::digit;
  }

  Block block_at(std::size_t base) const {
    Block block;
    if (base + 64 <= text_.size()) {
      block = classify(text_.data() + base);
    } else {
      char padded[64] = {};
      std::memcpy(padded, text_.data() + base, text_.size() - base);
      block = classify(padded);
    }
    if (block.beyond_ascii != 0) block.beyond_ascii &= ~typographic_signs(base, block.beyond_ascii);
    return block;
  }

  // Of these bytes of a block, those of dashes, quotation marks and ellipses (U+2010 to U+2027, but for the
  // apostrophe): they separate as blanks do, and news text is full of them.
  std::uint64_t typographic_signs(std::size_t base, std::uint64_t bytes) const {
    std::uint64_t out = 0;
    while (bytes != 0) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(bytes));
      std::size_t lead = base + bit;  // or up to two bytes before the block
      while (lead > 0 && lead + 2 > base + bit && (static_cast<unsigned char>(text_[lead]) & 0xC0) == 0x80) --lead;
      const auto third = lead + 2 < text_.size() ? static_cast<unsigned char>(text_[lead + 2]) : 0;
      const bool sign = text_[lead] == '\xE2' && third != 0 && text_[lead + 1] == '\x80' && third >= 0x90 &&
                        third <= 0xA7 && third != 0x99;
      const std::size_t size = sign ? lead + 3 - (base + bit) : 1;
      const std::uint64_t these = ((std::uint64_t{1} << size) - 1) << bit;
      if (sign) out |= these;
      bytes &= ~these;
    }
    return out;
  }

  void reserve_words(std::size_t more) {
    if (word_count_ + more > out_.words.size()) out_.words.resize(2 * word_count_ + more);
  }

  // Writes one word of ASCII letters and digits; where the next one goes.
  char* copy_plain(std::size_t begin, std::size_t end, char* to, Word* word) const {
    const std::size_t size = end - begin;
    const char* from = text_.data() + begin;
    const char* const buffer = out_.folded.data();
    if (to != buffer) *to++ = ' ';
    const auto start = static_cast<std::uint32_t>(to - buffer);
    if (size == 2 && from[0] == 'U' && from[1] == 'S') {
      std::memcpy(to, "u.s", 3);
      to += 3;
    } else {
      if (size <= 16 && begin + 16 <= text_.size()) {
        lower16(from, to);  // the buffer has slack, and what is written too far is overwritten
      } else {
        for (std::size_t i = 0; i < size; ++i) to[i] = static_cast<char>(from[i] | 0x20);
      }
      to += size;
    }
    *word = {{offset_ + static_cast<std::uint32_t>(begin), offset_ + static_cast<std::uint32_t>(end)},
             {start, static_cast<std::uint32_t>(to - buffer)}};
    return to;
  }

  // In letters and digits the bit 0x20 makes lower case or is set already.
  static void lower16(const char* from, char* to) {
    std::uint64_t halves[2];
    std::memcpy(halves, from, 16);
    halves[0] |= 0x2020202020202020ULL;
    halves[1] |= 0x2020202020202020ULL;
    std::memcpy(to, halves, 16);
  }

  Character character(std::size_t at) const {
    if (at >= text_.size()) return {};
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (byte < 0x80) {
      Character c;
      c.size = 1;
      c.folding.kind = ascii_kinds[byte];
      c.folding.size = 1;
      c.folding.bytes[0] = static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
      return c;
    }
    UChar32 code = 0;
    std::size_t next = at;
    U8_NEXT(text_.data(), next, text_.size(), code);
    if (code < 0) return {{}, next - at};
    return {folding_of(code), next - at};
  }

  static bool is_part(Kind kind) {
    return kind == Kind::letter || kind == Kind::digit || kind == Kind::mark || kind == Kind::ignorable;
  }
  bool ends_at(std::size_t at) const { return !is_part(character(at).folding.kind); }

  // Where the text goes on after a possessive 's that begins here; `at` when none does.
  std::size_t skip_possessive(std::size_t at) const {
    const Character c = character(at);
    if (c.folding.kind != Kind::joiner || (text_[at] != '\'' && c.size == 1)) return at;
    const std::size_t s = at + c.size;
    return s < text_.size() && (text_[s] == 's' || text_[s] == 'S') && ends_at(s + 1) ? s + 1 : at;
  }

  // Exactly three digits from here, as after the comma of "3,400".
  bool three_digits(std::size_t at) const {
    for (std::size_t i = 0; i < 3; ++i) {
      if (character(at + i).folding.kind != Kind::digit || static_cast<unsigned char>(text_[at + i]) >= 0x80)
        return false;
    }
    return character(at + 3).folding.kind != Kind::digit;
  }

  // The word that begins here, whatever is in it; where the text goes on.
  std::size_t take_word(const std::size_t begin) {
    std::string& folded = word_;
    folded.clear();
    bool compose = false;
    bool acronym = false;
    std::size_t letters = 0;  // characters since the last joiner
    Kind last = Kind::separator;
    std::size_t at = begin;
    std::size_t after_possessive = 0;
    while (true) {
      const Character c = character(at);
      const Kind kind = c.folding.kind;
      if ((is_part(kind) && (last != Kind::single || kind == Kind::mark || kind == Kind::ignorable)) ||
          (kind == Kind::single && at == begin)) {
        if (kind != Kind::ignorable) {
          folded.append(c.folding.bytes, c.folding.size);
          compose = compose || c.folding.compose;
          if (kind != Kind::mark) {
            last = kind;
            ++letters;
          }
        }
        at += c.size;
        continue;
      }
      if (kind != Kind::joiner || last == Kind::single) break;
      const Character next = character(at + c.size);
      const char sign = text_[at];
      if (last == Kind::letter && next.folding.kind == Kind::letter) {
        if (sign == '.') {
          // Only letters that stand alone: "U.S", not "said.The".
          if (letters != 1 || !ends_at(at + c.size + next.size)) break;
          acronym = true;
        } else if (sign == '&') {
          folded.push_back('&');
        } else if (sign == ',' || sign == ':') {
          break;
        } else {
          after_possessive = skip_possessive(at);
          if (after_possessive != at) break;
          folded.push_back('\'');
        }
      } else if (last == Kind::digit && next.folding.kind == Kind::digit &&
                 (sign == '.' || sign == ',' || sign == ':')) {
        if (sign != ',' || !three_digits(at + 1)) folded.push_back(sign);
      } else {
        break;
      }
      letters = 0;
      at += c.size;
    }
    std::size_t end = at;
    if (acronym && at < text_.size() && text_[at] == '.') {
      end = at + 1;
      after_possessive = skip_possessive(end);
    }
    if (folded == "us" && (acronym || text_.substr(begin, 2) == "US")) {
      folded = "u.s";  // the country, not the pronoun
    }
    if (compose) {
      UErrorCode status = U_ZERO_ERROR;
      std::string whole;
      icu::Normalizer2::getNFCInstance(status)
          ->normalize(icu::UnicodeString::fromUTF8(folded), status)
          .toUTF8String(whole);
      folded = whole;
    }
    const std::size_t next = std::max(end, after_possessive);
    if (!folded.empty()) {
      // Room for this word and for all that follows, should it be plain: but for "US" a word grows by no more than a
      // blank.
      const std::size_t rest = text_.size() - next;
      const std::size_t needed = folded_size_ + folded.size() + rest + rest / 3 + slack;
      if (needed > out_.folded.size()) out_.folded.resize(needed + needed / 2);
      if (folded_size_ != 0) out_.folded[folded_size_++] = ' ';
      std::memcpy(out_.folded.data() + folded_size_, folded.data(), folded.size());
      reserve_words(1);
      out_.words[word_count_++] = {
          {offset_ + static_cast<std::uint32_t>(begin), offset_ + static_cast<std::uint32_t>(end)},
          {static_cast<std::uint32_t>(folded_size_), static_cast<std::uint32_t>(folded_size_ + folded.size())}};
      folded_size_ += folded.size();
    }
    return next;
  }

  std::string_view text_;
  std::uint32_t offset_;
  WordList& out_;
  std::size_t folded_size_;  // bytes of out_.folded in use: it is longer while this works
  std::size_t word_count_;   // the same of out_.words
  std::string word_;
};

}  // namespace

void append_words(std::string_view text, std::uint32_t offset, WordList& out) {
  Folder(text, offset, out).run();
  if (out.folded.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::bad_input, "a text is longer than 4294967295 bytes when folded");
  }
}

WordList fold_words(std::string_view text) {
  WordList out;
  append_words(text, 0, out);
  return out;
}

}  // namespace storymerge

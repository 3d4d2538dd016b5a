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
#include "text/folding.h"

#if defined(__x86_64__) || defined(__i386__)
#define STORYMERGE_X86 1
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // g++ 12 warns of its own avx512fintrin.h
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif
#include <immintrin.h>
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
  for (unsigned char c = 'a'; c <= 'z'; ++c) kinds[c] = Kind::letter;
  for (unsigned char c = 'A'; c <= 'Z'; ++c) kinds[c] = Kind::letter;
  for (unsigned char c = '0'; c <= '9'; ++c) kinds[c] = Kind::digit;
  for (unsigned char c : {'\'', '.', ',', ':', '&'}) kinds[c] = Kind::joiner;
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

bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x80 && (ascii_kinds[byte] == Kind::letter || ascii_kinds[byte] == Kind::digit);
}

Block classify(const char* bytes) {
  Block out;
  for (int i = 0; i < 64; ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    if (static_cast<unsigned char>(bytes[i]) >= 0x80) {
      out.beyond_ascii |= bit;
    } else if (is_plain(bytes[i])) {
      out.alphanumeric |= bit;
    } else if (ascii_kinds[static_cast<unsigned char>(bytes[i])] == Kind::joiner) {
      out.joiner |= bit;
    }
  }
  return out;
}

// Writes base + i for each bit i, in order; behind them up to 64 in all are clobbered. Eight at a time, for a loop of as
// many rounds as there are bits cannot be foretold.
void list_bits(std::uint64_t bits, std::uint32_t base, std::uint32_t* out) {
  do {
    for (int i = 0; i < 8; ++i) {
      out[i] = base + static_cast<std::uint32_t>(std::countr_zero(bits));
      bits &= bits - 1;
    }
    out += 8;
  } while (bits != 0);
}

#ifdef STORYMERGE_X86

__attribute__((target("avx2"))) inline std::uint64_t high_bits(__m256i bytes) {
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes));
}

// & and ' differ in one bit; so do . and , but for another.
__attribute__((target("avx2"))) Block classify_avx2(const char* bytes) {
  Block out;
  for (int i = 0; i < 64; i += 32) {
    const __m256i c = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + i));
    const __m256i letter = _mm256_sub_epi8(_mm256_or_si256(c, _mm256_set1_epi8(0x20)), _mm256_set1_epi8('a'));
    const __m256i digit = _mm256_sub_epi8(c, _mm256_set1_epi8('0'));
    const __m256i is_letter = _mm256_cmpeq_epi8(_mm256_min_epu8(letter, _mm256_set1_epi8(25)), letter);
    const __m256i is_digit = _mm256_cmpeq_epi8(_mm256_min_epu8(digit, _mm256_set1_epi8(9)), digit);
    const __m256i quote = _mm256_cmpeq_epi8(_mm256_or_si256(c, _mm256_set1_epi8(1)), _mm256_set1_epi8('\''));
    const __m256i stop = _mm256_cmpeq_epi8(_mm256_or_si256(c, _mm256_set1_epi8(2)), _mm256_set1_epi8('.'));
    const __m256i colon = _mm256_cmpeq_epi8(c, _mm256_set1_epi8(':'));
    out.alphanumeric |= high_bits(_mm256_or_si256(is_letter, is_digit)) << i;
    out.joiner |= high_bits(_mm256_or_si256(_mm256_or_si256(quote, stop), colon)) << i;
    out.beyond_ascii |= high_bits(c) << i;
  }
  return out;
}

__attribute__((target("avx512bw"))) Block classify_avx512(const char* bytes) {
  const __m512i c = _mm512_loadu_si512(bytes);
  const __m512i letter = _mm512_sub_epi8(_mm512_or_si512(c, _mm512_set1_epi8(0x20)), _mm512_set1_epi8('a'));
  const __m512i digit = _mm512_sub_epi8(c, _mm512_set1_epi8('0'));
  Block out;
  out.alphanumeric =
      _mm512_cmple_epu8_mask(letter, _mm512_set1_epi8(25)) | _mm512_cmple_epu8_mask(digit, _mm512_set1_epi8(9));
  out.joiner = _mm512_cmpeq_epi8_mask(_mm512_or_si512(c, _mm512_set1_epi8(1)), _mm512_set1_epi8('\'')) |
               _mm512_cmpeq_epi8_mask(_mm512_or_si512(c, _mm512_set1_epi8(2)), _mm512_set1_epi8('.')) |
               _mm512_cmpeq_epi8_mask(c, _mm512_set1_epi8(':'));
  out.beyond_ascii = _mm512_movepi8_mask(c);
  return out;
}

__attribute__((target("avx512bw,avx512vbmi2"))) void list_bits_avx512(std::uint64_t bits, std::uint32_t base,
                                                                      std::uint32_t* out) {
  static constexpr std::array<std::uint8_t, 64> numbers = [] {
    std::array<std::uint8_t, 64> all{};
    for (std::size_t i = 0; i < 64; ++i) all[i] = static_cast<std::uint8_t>(i);
    return all;
  }();
  alignas(64) std::uint8_t places[64];
  _mm512_store_si512(places, _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(numbers.data())));
  for (int i = 0; i < 64; i += 16) {
    const __m128i some = _mm_load_si128(reinterpret_cast<const __m128i*>(places + i));
    _mm512_storeu_si512(out + i,
                        _mm512_add_epi32(_mm512_cvtepu8_epi32(some), _mm512_set1_epi32(static_cast<int>(base))));
  }
}

#endif

class Folder {
 public:
  Folder(std::string_view text, std::uint32_t offset, WordList& out)
      : text_(text), offset_(offset), out_(out), folded_size_(out.folded.size()), word_count_(out.words.size()) {
    out_.folded.resize(folded_size_ + text_.size() + text_.size() / 3 + slack);
    out_.words.resize(word_count_ + text_.size() / 6 + 64);
    if (folded_size_ != 0) out_.folded[folded_size_++] = ' ';
  }

  // Goes over the text 64 bytes at a time and lists where words of ASCII begin and end, to copy many at once: loops whose
  // branches can be foretold. At each spot where something else may happen, the general rules take the word that it
  // belongs to. Inlined, so that each instruction set has its own.
  template <Block (*classify)(const char*), void (*list_bits)(std::uint64_t, std::uint32_t, std::uint32_t*)>
  __attribute__((always_inline)) inline void run() {
    const std::size_t size = text_.size();
    std::uint32_t edges[edge_room];  // of plain words: begin, end, begin, end …
    std::uint32_t* edge = edges;
    std::size_t at = 0;      // all before it is done or listed
    std::uint64_t open = 0;  // 1: the last edge began a word that goes on
    const auto list = [&](std::uint64_t changes, std::size_t base) {
      list_bits(changes, static_cast<std::uint32_t>(base), edge);
      edge += std::popcount(changes);
    };
    const auto copy_listed = [&] {
      const std::uint32_t last = open != 0 ? *--edge : 0;
      copy_plain(edges, edge);
      edge = edges;
      if (open != 0) *edge++ = last;
    };
    while (at < size) {
      const std::size_t base = at & ~std::size_t{63};
      char padded[64];
      const char* bytes = text_.data() + base;
      if (base + 64 > size) {
        std::memset(padded, 0, 64);
        std::memcpy(padded, bytes, size - base);
        bytes = padded;
      }
      Block block = classify(bytes);
      if (block.beyond_ascii != 0) block.beyond_ascii &= ~typographic_signs(base, block.beyond_ascii);
      std::uint64_t next = (block.alphanumeric | block.beyond_ascii) >> 1;
      if (base + 64 < size) {
        const char c = text_[base + 64];
        if (static_cast<unsigned char>(c) >= 0x80 || is_plain(c)) next |= std::uint64_t{1} << 63;
      }
      do {
        const std::uint64_t from_here = ~std::uint64_t{0} << (at & 63);
        const std::uint64_t inside = block.alphanumeric & from_here;
        const std::uint64_t before = inside << 1 | open;
        const std::uint64_t changes = (inside ^ before) & from_here;
        const std::uint64_t spots = ((block.joiner & before & next) | block.beyond_ascii) & from_here;
        if (spots == 0) {
          list(changes, base);
          open = inside >> 63;
          at = base + 64;
          break;
        }
        list(changes & ((spots & -spots) - 1), base);
        open = static_cast<std::uint64_t>(edge - edges) & 1;
        copy_listed();
        at = base + static_cast<std::size_t>(std::countr_zero(spots));
        if (open != 0) {
          at = take_word(*--edge);
        } else {
          const Character c = character(at);
          const Kind kind = c.folding.kind;
          const bool begins = kind == Kind::letter || kind == Kind::digit || kind == Kind::single;
          at = begins ? take_word(at) : at + c.size;
        }
        open = 0;
      } while (at < std::min(base + 64, size));
      if (edge > edges + edge_room - 128) copy_listed();
    }
    copy_listed();
    if (open != 0) take_word(edges[0]);
    if (folded_size_ != 0) --folded_size_;  // the last blank
    out_.folded.resize(folded_size_);
    out_.words.resize(word_count_);
  }

 private:
  static constexpr std::size_t slack = 64;
  static constexpr std::size_t edge_room = 1024;

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

  // Writes the words of ASCII letters and digits between these edges.
  __attribute__((always_inline)) inline void copy_plain(const std::uint32_t* edge, const std::uint32_t* last) {
    reserve_words(static_cast<std::size_t>(last - edge) / 2);
    const char* const text = text_.data();
    const std::size_t text_size = text_.size();
    char* const buffer = out_.folded.data();
    char* to = buffer + folded_size_;
    Word* word = out_.words.data() + word_count_;
    for (; edge != last; edge += 2, ++word) {
      const std::size_t begin = edge[0], size = edge[1] - edge[0];
      const char* const from = text + begin;
      const auto start = static_cast<std::uint32_t>(to - buffer);
      if (size <= 16 && begin + 16 <= text_size) {
        lower16(from, to);  // the buffer has slack, and what is written too far is overwritten
      } else {
        for (std::size_t i = 0; i < size; ++i) to[i] = static_cast<char>(from[i] | 0x20);
      }
      to += size;
      if (from[0] == 'U' && size == 2 && from[1] == 'S') {
        to[-1] = '.';
        *to++ = 's';
      }
      *word = {{offset_ + edge[0], offset_ + edge[1]}, {start, static_cast<std::uint32_t>(to - buffer)}};
      *to++ = ' ';
    }
    folded_size_ = static_cast<std::size_t>(to - buffer);
    word_count_ = static_cast<std::size_t>(word - out_.words.data());
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
      if (last != Kind::single) {  // a run of plain characters
        const std::size_t first = at;
        for (; at < text_.size() && is_plain(text_[at]); ++at) folded.push_back(static_cast<char>(text_[at] | 0x20));
        if (at != first) last = ascii_kinds[static_cast<unsigned char>(text_[at - 1])];
        letters += at - first;
      }
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
      std::memcpy(out_.folded.data() + folded_size_, folded.data(), folded.size());
      reserve_words(1);
      out_.words[word_count_++] = {
          {offset_ + static_cast<std::uint32_t>(begin), offset_ + static_cast<std::uint32_t>(end)},
          {static_cast<std::uint32_t>(folded_size_), static_cast<std::uint32_t>(folded_size_ + folded.size())}};
      folded_size_ += folded.size();
      out_.folded[folded_size_++] = ' ';
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

// Every byte but 0, which also fills the block after the text's end, is a spot.
Block nothing_plain(const char* bytes) {
  Block out;
  for (int i = 0; i < 64; ++i) out.beyond_ascii |= std::uint64_t{bytes[i] != 0} << i;
  return out;
}

void append_portable(std::string_view text, std::uint32_t offset, WordList& out) {
  Folder(text, offset, out).run<classify, list_bits>();
}

#ifdef STORYMERGE_X86

__attribute__((target("avx2,bmi,popcnt"))) void append_avx2(std::string_view text, std::uint32_t offset,
                                                            WordList& out) {
  Folder(text, offset, out).run<classify_avx2, list_bits>();
}

__attribute__((target("avx512bw,avx512vbmi2,bmi,popcnt"))) void append_avx512(std::string_view text,
                                                                              std::uint32_t offset, WordList& out) {
  Folder(text, offset, out).run<classify_avx512, list_bits_avx512>();
}

#endif

std::vector<NamedFolding> available() {
  std::vector<NamedFolding> out;
#ifdef STORYMERGE_X86
  __builtin_cpu_init();
  const bool bits = __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
  if (bits && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2"))
    out.push_back({"avx512", append_avx512});
  if (bits && __builtin_cpu_supports("avx2")) out.push_back({"avx2", append_avx2});
#endif
  out.push_back({"portable", append_portable});
  return out;
}

}  // namespace

std::span<const NamedFolding> foldings() {
  static const std::vector<NamedFolding> all = available();
  return all;
}

void append_words_by_character(std::string_view text, std::uint32_t offset, WordList& out) {
  Folder(text, offset, out).run<nothing_plain, list_bits>();
}

void append_words(std::string_view text, std::uint32_t offset, WordList& out) {
  static const AppendWords append = foldings().front().append;
  constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
  if (text.size() <= most) append(text, offset, out);
  if (text.size() > most || out.folded.size() > most) {
    throw Error(ErrorCode::bad_input, "a text is longer than 4294967295 bytes, or is when folded");
  }
}

WordList fold_words(std::string_view text) {
  WordList out;
  append_words(text, 0, out);
  return out;
}

}  // namespace storymerge

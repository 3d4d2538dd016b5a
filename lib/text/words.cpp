#include "storymerge/text/words.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <mutex>

#include "lang/spelling.h"
#include "storymerge/base/error.h"
#include "support/x86.h"
#include "text/folding.h"

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

Folding compute_folding(UChar32 c) {
  Folding f;
  const int type = u_charType(c);
  if (c == 0x2019 || c == 0x02BC) {
    f.kind = Kind::joiner;
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

  std::string out = fold_letter(static_cast<char32_t>(c), f.compose);
  if (out.size() > sizeof f.bytes) {  // a ligature of a whole phrase stays as it is
    out.clear();
    icu::UnicodeString(c).toUTF8String(out);
  }
  f.size = static_cast<std::uint8_t>(out.size());
  std::memcpy(f.bytes, out.data(), out.size());
  return f;
}

// 64 code points, made when one of them is first seen.
struct Page {
  std::once_flag once;
  std::array<Folding, 64> foldings;
};

// A look-up up to kana; ideographs and Hangul need no table.
Folding folding_of(UChar32 c) {
  constexpr UChar32 pages_end = 0x3400;
  if (c >= 0x2010 && c <= 0x2027 && c != 0x2019) return {};  // dashes, quotation marks, ellipsis
  if (c < pages_end) {
    static std::array<Page, pages_end / 64> pages;
    Page& page = pages[static_cast<std::size_t>(c / 64)];
    std::call_once(page.once, [&] {
      for (UChar32 i = 0; i < 64; ++i) page.foldings[static_cast<std::size_t>(i)] = compute_folding(c / 64 * 64 + i);
    });
    return page.foldings[static_cast<std::size_t>(c % 64)];
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
  std::uint64_t us = 0;       // a U before an S or s, or in the last place
  std::uint64_t dropped = 0;  // second bytes of accented letters, which fold to one byte
};

constexpr std::array<bool, 256> plain_bytes = [] {
  std::array<bool, 256> plain{};
  for (std::size_t i = 0; i < 128; ++i) plain[i] = ascii_kinds[i] == Kind::letter || ascii_kinds[i] == Kind::digit;
  return plain;
}();

bool is_plain(char c) { return plain_bytes[static_cast<unsigned char>(c)]; }

// What the second bytes of U+00C0 to U+00FF fold to, where that is one letter.
constexpr std::array<char, 64> plain_letters = [] {
  std::array<char, 64> letters{};
  const char* const of_range = "aaaaaa_ceeeeiiiidnooooo_ouuuuy__aaaaaa_ceeeeiiiidnooooo_ouuuuy_y";
  for (std::size_t i = 0; i < 64; ++i) letters[i] = of_range[i] == '_' ? '\0' : of_range[i];
  return letters;
}();

// Where 64 bytes have which byte, one bit a byte.
struct Signs {
  std::uint64_t letter = 0, digit = 0;
  std::uint64_t joiner = 0;            // ' . , : &
  std::uint64_t quote = 0;             // '
  std::uint64_t high = 0;              // 0x80 and up
  std::uint64_t xE2 = 0, x80 = 0;      // the first two bytes of U+2010 to U+2027
  std::uint64_t third = 0, x99 = 0;    // 0x90 to 0xA7: the last of their bytes; that of the apostrophe
  std::uint64_t accented = 0;          // first bytes of accented letters that fold to one, both bytes in this block
  std::uint64_t s = 0, capital_u = 0;  // s and S; U
};

__attribute__((always_inline)) inline Block resolve(const Signs& is) {
  // Dashes, quotation marks and ellipses, by the last of their three bytes. They separate as blanks do.
  const std::uint64_t punctuation = is.x80 << 1 & is.xE2 << 2 & is.third;
  const std::uint64_t apostrophe = punctuation & is.x99;
  const auto three = [](std::uint64_t last) { return last | last >> 1 | last >> 2; };
  Block out;
  out.dropped = is.accented << 1;
  out.alphanumeric = is.letter | is.digit | is.accented | out.dropped;
  out.beyond_ascii = is.high & ~three(punctuation & ~apostrophe) & ~(is.accented | out.dropped);
  // A possessive 's that ends before this block does, and does not follow another.
  const std::uint64_t last_byte = (is.letter | out.dropped) & ~(is.s & ((is.quote | apostrophe) << 1 | 7));
  const std::uint64_t possessive = ((is.quote & last_byte << 1) | (apostrophe & last_byte << 3)) & is.s >> 1 &
                                   ~((out.alphanumeric | out.beyond_ascii) >> 2) & ~std::uint64_t{0} >> 2;
  out.alphanumeric &= ~(possessive << 1);
  out.beyond_ascii &= ~three(possessive & apostrophe);
  out.joiner = is.joiner & ~possessive;
  out.us = is.capital_u & (is.s >> 1 | std::uint64_t{1} << 63);
  return out;
}

// Byte i is 0xC3, the first of two: of an accented letter that folds to one?
void fold_accented(const char* bytes, int i, char* folded, Signs& is) {
  const auto second = static_cast<unsigned char>(bytes[i + 1]);
  if (second < 0x80 || second > 0xBF || plain_letters[second & 63] == 0) return;
  folded[i] = plain_letters[second & 63];
  is.accented |= std::uint64_t{1} << i;
}

// Also writes what each byte is in a folded word: letters in lower case, digits, and a blank for all others.
Block classify(const char* bytes, char* folded) {
  Signs is;
  for (int i = 0; i < 64; ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    const auto byte = static_cast<unsigned char>(bytes[i]);
    const Kind kind = byte < 0x80 ? ascii_kinds[byte] : Kind::separator;
    folded[i] = kind == Kind::letter || kind == Kind::digit ? static_cast<char>(byte | 0x20) : ' ';
    if (kind == Kind::letter) {
      is.letter |= bit;
      if ((byte | 0x20) == 's') is.s |= bit;
      if (byte == 'U') is.capital_u |= bit;
    } else if (kind == Kind::digit) {
      is.digit |= bit;
    } else if (kind == Kind::joiner) {
      is.joiner |= bit;
      if (byte == '\'') is.quote |= bit;
    } else if (byte >= 0x80) {
      is.high |= bit;
      if (byte == 0xE2) is.xE2 |= bit;
      if (byte == 0x80) is.x80 |= bit;
      if (byte >= 0x90 && byte <= 0xA7) is.third |= bit;
      if (byte == 0x99) is.x99 |= bit;
      if (byte == 0xC3 && i < 63) fold_accented(bytes, i, folded, is);
    }
  }
  return resolve(is);
}

// Writes those of 64 bytes that have a bit, close together; behind them up to 64 in all are clobbered.
void pack(const char* bytes, std::uint64_t kept, char* out) {
  for (int i = 0; i < 64; ++i, kept >>= 1) {
    *out = bytes[i];
    out += kept & 1;
  }
}

// Lists for each bit of `places`, in order, where it lies in the text (from `base` on) and, when those of `kept` are packed,
// in the folded bytes (from `packed` on); behind them up to 64 in all are clobbered. Eight at a time, for a loop of as many
// rounds as there are bits cannot be foretold.
struct Edges {
  std::uint32_t* source;
  std::uint32_t* folded;
};

__attribute__((always_inline)) inline void list_edges(std::uint64_t places, std::uint64_t kept, std::uint32_t base,
                                                      std::uint32_t packed, Edges out) {
  while (places != 0) {
    for (int i = 0; i < 8; ++i) {
      const std::uint64_t below = (places & -places) - 1;
      *out.source++ = base + static_cast<std::uint32_t>(std::popcount(below));
      *out.folded++ = packed + static_cast<std::uint32_t>(std::popcount(kept & below));
      places &= places - 1;
    }
  }
}

#ifdef STORYMERGE_X86

__attribute__((target("avx2"))) inline std::uint64_t high_bits(__m256i bytes) {
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes));
}

// AVX2 compares bytes as signed only: `first` is moved to the least of them.
__attribute__((target("avx2"))) inline __m256i within(__m256i bytes, char first, char last) {
  const auto behind = static_cast<char>(-128 + (last - first) + 1);
  return _mm256_cmpgt_epi8(_mm256_set1_epi8(behind),
                           _mm256_sub_epi8(bytes, _mm256_set1_epi8(static_cast<char>(first + 128))));
}

// At the place of its lowest four bits: each joiner; elsewhere a byte whose lowest bits are others.
constexpr std::array<char, 32> joiners = [] {
  std::array<char, 32> table{};
  table[0] = table[16] = 1;
  for (const char c : {'\'', '.', ',', ':', '&'}) table[c & 15] = table[16 + (c & 15)] = c;
  return table;
}();

__attribute__((target("avx2,bmi"))) Block classify_avx2(const char* bytes, char* folded) {
  Signs is;
  const auto load = [bytes](int i) __attribute__((target("avx2"))) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + i));
  };
  for (int i = 0; i < 64; i += 32) {
    const __m256i c = load(i);
    const __m256i lower = _mm256_or_si256(c, _mm256_set1_epi8(0x20));
    const __m256i letter = within(lower, 'a', 'z');
    const __m256i digit = within(c, '0', '9');
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(folded + i),
                        _mm256_blendv_epi8(_mm256_set1_epi8(' '), lower, _mm256_or_si256(letter, digit)));
    const __m256i table = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(joiners.data()));
    is.letter |= high_bits(letter) << i;
    is.digit |= high_bits(digit) << i;
    is.joiner |= high_bits(_mm256_cmpeq_epi8(_mm256_shuffle_epi8(table, c), c)) << i;
    is.quote |= high_bits(_mm256_cmpeq_epi8(c, _mm256_set1_epi8('\''))) << i;
    is.s |= high_bits(_mm256_cmpeq_epi8(lower, _mm256_set1_epi8('s'))) << i;
    is.capital_u |= high_bits(_mm256_cmpeq_epi8(c, _mm256_set1_epi8('U'))) << i;
    is.high |= high_bits(c) << i;
  }
  if (is.high == 0) return resolve(is);
  std::uint64_t xC3 = 0;
  for (int i = 0; i < 64; i += 32) {
    const __m256i c = load(i);
    is.xE2 |= high_bits(_mm256_cmpeq_epi8(c, _mm256_set1_epi8('\xE2'))) << i;
    is.x80 |= high_bits(_mm256_cmpeq_epi8(c, _mm256_set1_epi8('\x80'))) << i;
    is.third |= high_bits(within(c, '\x90', '\xA7')) << i;
    is.x99 |= high_bits(_mm256_cmpeq_epi8(c, _mm256_set1_epi8('\x99'))) << i;
    xC3 |= high_bits(_mm256_cmpeq_epi8(c, _mm256_set1_epi8('\xC3'))) << i;
  }
  for (xC3 &= ~std::uint64_t{0} >> 1; xC3 != 0; xC3 &= xC3 - 1) fold_accented(bytes, std::countr_zero(xC3), folded, is);
  return resolve(is);
}

// For each byte: the places of its bits, one a byte.
constexpr std::array<std::uint64_t, 256> places_of_bits = [] {
  std::array<std::uint64_t, 256> all{};
  for (unsigned bits = 0; bits < 256; ++bits) {
    unsigned to = 0;
    for (unsigned i = 0; i < 8; ++i) {
      if ((bits >> i & 1) != 0) all[bits] |= std::uint64_t{i} << (8 * to++);
    }
  }
  return all;
}();

__attribute__((target("avx2"))) inline __m128i load_places(std::uint64_t bits) {
  return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(&places_of_bits[bits & 0xFF]));
}

__attribute__((target("avx2,popcnt"))) void pack_avx2(const char* bytes, std::uint64_t kept, char* out) {
  for (int i = 0; i < 64; i += 8, kept >>= 8) {
    const __m128i eight = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(bytes + i));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out), _mm_shuffle_epi8(eight, load_places(kept)));
    out += std::popcount(kept & 0xFF);
  }
}

__attribute__((target("avx2,popcnt"))) inline void list_bits_avx2(std::uint64_t bits, std::uint32_t base,
                                                                  std::uint32_t* out) {
  __m256i first = _mm256_set1_epi32(static_cast<int>(base));
  for (int i = 0; i < 8; ++i, bits >>= 8) {
    const __m256i places = _mm256_cvtepu8_epi32(load_places(bits));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), _mm256_add_epi32(places, first));
    first = _mm256_add_epi32(first, _mm256_set1_epi32(8));
    out += std::popcount(bits & 0xFF);
  }
}

__attribute__((target("avx2,bmi2,popcnt"))) inline void list_edges_avx2(std::uint64_t places, std::uint64_t kept,
                                                                        std::uint32_t base, std::uint32_t packed,
                                                                        Edges out) {
  list_bits_avx2(places, base, out.source);
  list_bits_avx2(_pext_u64(places, kept), packed, out.folded);
}

template <std::uint8_t first>
constexpr std::array<std::uint8_t, 64> count_from = [] {
  std::array<std::uint8_t, 64> numbers{};
  for (std::size_t i = 0; i < 64; ++i) numbers[i] = static_cast<std::uint8_t>((i + first) % 64);
  return numbers;
}();

__attribute__((target("avx512bw"))) inline __m512i all(char c) { return _mm512_set1_epi8(c); }

__attribute__((target("avx512bw,avx512vbmi"))) Block classify_avx512(const char* bytes, char* folded) {
  const __m512i c = _mm512_loadu_si512(bytes);
  const __m512i lower = _mm512_or_si512(c, all(0x20));
  const auto where = [c](char byte) __attribute__((target("avx512bw"))) {
    return _mm512_cmpeq_epi8_mask(c, all(byte));
  };
  Signs is;
  is.letter = _mm512_cmple_epu8_mask(_mm512_sub_epi8(lower, all('a')), all(25));
  is.digit = _mm512_cmple_epu8_mask(_mm512_sub_epi8(c, all('0')), all(9));
  is.quote = where('\'');
  is.joiner = is.quote | where('&') | where(':') | _mm512_cmpeq_epi8_mask(_mm512_or_si512(c, all(2)), all('.'));
  is.high = _mm512_movepi8_mask(c);
  is.xE2 = where('\xE2');
  is.x80 = where('\x80');
  is.third = _mm512_cmple_epu8_mask(_mm512_sub_epi8(c, all('\x90')), all(0x17));
  is.x99 = where('\x99');
  const __m512i following = _mm512_permutexvar_epi8(_mm512_loadu_si512(count_from<1>.data()), c);
  const __m512i plain_letter = _mm512_permutexvar_epi8(following, _mm512_loadu_si512(plain_letters.data()));
  is.accented = where('\xC3') & _mm512_cmplt_epi8_mask(following, all('\xC0')) &
                _mm512_test_epi8_mask(plain_letter, plain_letter) & ~std::uint64_t{0} >> 1;
  is.s = _mm512_cmpeq_epi8_mask(lower, all('s'));
  is.capital_u = where('U');
  _mm512_storeu_si512(folded, _mm512_mask_mov_epi8(_mm512_mask_mov_epi8(all(' '), is.letter | is.digit, lower),
                                                   is.accented, plain_letter));
  return resolve(is);
}

__attribute__((target("avx512bw,avx512vbmi2"))) void pack_avx512(const char* bytes, std::uint64_t kept, char* out) {
  _mm512_storeu_si512(out, _mm512_maskz_compress_epi8(kept, _mm512_loadu_si512(bytes)));
}

__attribute__((target("avx512bw,avx512vbmi2"))) inline void list_bits_avx512(std::uint64_t bits, std::uint32_t base,
                                                                             std::uint32_t* out) {
  const __m512i places = _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(count_from<0>.data()));
  const __m512i first = _mm512_set1_epi32(static_cast<int>(base));
  const auto store = [&](int i, __m128i some) __attribute__((target("avx512bw"))) {
    _mm512_storeu_si512(out + i, _mm512_add_epi32(_mm512_cvtepu8_epi32(some), first));
  };
  store(0, _mm512_castsi512_si128(places));
  store(16, _mm512_extracti32x4_epi32(places, 1));
  if (std::popcount(bits) > 32) {
    store(32, _mm512_extracti32x4_epi32(places, 2));
    store(48, _mm512_extracti32x4_epi32(places, 3));
  }
}

__attribute__((target("avx512bw,avx512vbmi2,bmi2,popcnt"))) inline void list_edges_avx512(
    std::uint64_t places, std::uint64_t kept, std::uint32_t base, std::uint32_t packed, Edges out) {
  list_bits_avx512(places, base, out.source);
  list_bits_avx512(_pext_u64(places, kept), packed, out.folded);
}

#endif

class Folder {
 public:
  Folder(std::string_view text, std::uint32_t offset, WordList& out)
      : text_(text), offset_(offset), out_(out), folded_size_(out.folded.size()) {
    for (std::size_t i = 0; i < text_.size() && i < 512; i += 64) __builtin_prefetch(text_.data() + i);
    out_.folded.resize(folded_size_ + text_.size() + slack);
    if (folded_size_ != 0) out_.folded[folded_size_++] = ' ';
  }

  // Goes over the text 64 bytes at a time: packs the bytes of plain words together and lists where words begin and end, by
  // loops whose branches can be foretold. At each spot where something else may happen, the general rules take the word
  // that it belongs to. Inlined, so that each instruction set has its own.
  template <Block (*classify)(const char*, char*), void (*pack)(const char*, std::uint64_t, char*),
            void (*list_edges)(std::uint64_t, std::uint64_t, std::uint32_t, std::uint32_t, Edges)>
  __attribute__((always_inline)) inline void run() {
    const std::size_t size = text_.size();
    std::uint32_t sources[edge_room], places[edge_room];  // of plain words: begin, end, begin, end …
    std::size_t edges = 0;
    std::size_t at = 0;      // all before it is done or listed
    std::uint64_t open = 0;  // 1: the last edge began a word that goes on
    std::size_t packed = folded_size_;
    const auto add_listed = [&] {
      edges -= open;
      add_plain(sources, places, edges);
      if (open != 0) {
        sources[0] = sources[edges];
        places[0] = places[edges];
      }
      edges = open;
    };
    while (at < size) {
      const std::size_t base = at & ~std::size_t{63};
      char padded[64], folded[64];
      const char* bytes = text_.data() + base;
      if (base + 64 > size) {
        std::memset(padded, 0, 64);
        std::memcpy(padded, bytes, size - base);
        bytes = padded;
      }
      Block block = classify(bytes, folded);
      if (block.beyond_ascii != 0) block.beyond_ascii &= ~typographic_signs(base, block.beyond_ascii);
      std::uint64_t next = (block.alphanumeric | block.beyond_ascii) >> 1;
      if (base + 64 < size) {
        const char c = text_[base + 64];
        next |= static_cast<std::uint64_t>(is_plain(c) || static_cast<unsigned char>(c) >= 0x80) << 63;
      }
      do {
        const std::uint64_t from_here = ~std::uint64_t{0} << (at & 63);
        const std::uint64_t inside = block.alphanumeric & from_here;
        const std::uint64_t before = inside << 1 | open;
        const std::uint64_t spots =
            ((block.joiner & before & next) | block.beyond_ascii | (block.us & ~before)) & from_here;
        const std::uint64_t plain = from_here & (spots == 0 ? ~std::uint64_t{0} : (spots & -spots) - 1);
        const std::uint64_t changes = (inside ^ before) & plain;
        const std::uint64_t kept = (inside | before) & plain & ~block.dropped;  // words, and a blank after each
        list_edges(changes, kept, static_cast<std::uint32_t>(base), static_cast<std::uint32_t>(packed),
                   {sources + edges, places + edges});
        edges += static_cast<std::size_t>(std::popcount(changes));
        pack(folded, kept, out_.folded.data() + packed);
        packed += static_cast<std::size_t>(std::popcount(kept));
        if (spots == 0) {
          open = inside >> 63;
          at = base + 64;
          break;
        }
        open = edges & 1;
        add_listed();
        at = base + static_cast<std::size_t>(std::countr_zero(spots));
        if (open != 0) {
          folded_size_ = places[0];
          at = take_word(sources[0]);
        } else {
          folded_size_ = packed;
          const Character c = character(at);
          const Kind kind = c.folding.kind;
          const bool begins = kind == Kind::letter || kind == Kind::digit || kind == Kind::single;
          at = begins ? take_word(at) : at + c.size;
        }
        open = 0;
        edges = 0;
        packed = folded_size_;
      } while (at < std::min(base + 64, size));
      if (edges > edge_room - 128) add_listed();
    }
    add_listed();
    folded_size_ = open != 0 ? places[0] : packed;
    if (open != 0) take_word(sources[0]);
    if (folded_size_ != 0) --folded_size_;  // the last blank
    out_.folded.resize(folded_size_);
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

  // Adds the words between these edges, whose bytes are packed.
  __attribute__((always_inline)) inline void add_plain(const std::uint32_t* source, const std::uint32_t* folded,
                                                       std::size_t edges) {
    const std::size_t old = out_.words.size();
    out_.words.resize(old + edges / 2);
    Word* const words = out_.words.data() + old;
    for (std::size_t i = 0; i < edges / 2; ++i) {
      // clang-analyzer does not see that list_edges writes as many as popcount counts.
      // NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult)
      words[i] = {{offset_ + source[2 * i], offset_ + source[2 * i + 1]}, {folded[2 * i], folded[2 * i + 1]}};
    }
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

  // Room for so many bytes and for all that follow from `at` on, should they be plain: those fold to no more, with a blank
  // after each word. `slack` holds what pack clobbers and what "US" adds before room is asked for again.
  void reserve_folded(std::size_t bytes, std::size_t at) {
    const std::size_t rest = text_.size() - at;
    const std::size_t needed = bytes + rest + slack;
    if (needed > out_.folded.size()) out_.folded.resize(needed + needed / 2);
  }

  // By how many bytes a word folded to [first, used) grows when it is an acronym, by its marks or capitals.
  std::size_t fold_acronym(std::size_t begin, std::size_t first, std::size_t used, bool dotted) {
    for (const Acronym& a : acronyms) {
      if (std::string_view(out_.folded).substr(first, used - first) != a.folded) continue;
      const std::string_view written = text_.substr(begin, a.folded.size());
      if (!dotted && !std::all_of(written.begin(), written.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
        continue;
      std::memcpy(out_.folded.data() + first, a.as.data(), a.as.size());
      return a.as.size() - a.folded.size();
    }
    return 0;
  }

  // Puts what is folded to [first, used) into NFC; where it ends then.
  std::size_t compose_folded(std::size_t first, std::size_t used, std::size_t next) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::StringPiece parts(out_.folded.data() + first, static_cast<int32_t>(used - first));
    std::string whole;
    normalizers().compose.normalize(icu::UnicodeString::fromUTF8(parts), status).toUTF8String(whole);
    reserve_folded(first + whole.size(), next);
    std::memcpy(out_.folded.data() + first, whole.data(), whole.size());
    return first + whole.size();
  }

  void add_word(std::size_t begin, std::size_t end, std::pair<std::size_t, std::size_t> folded, std::size_t next) {
    const auto [first, used] = folded;
    out_.words.push_back({{offset_ + static_cast<std::uint32_t>(begin), offset_ + static_cast<std::uint32_t>(end)},
                          {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(used)}});
    out_.folded[used] = ' ';
    reserve_folded(used + 1, next);
    folded_size_ = used + 1;
  }

  // The word that begins here, whatever is in it; where the text goes on.
  std::size_t take_word(const std::size_t begin) {
    const std::size_t first = folded_size_;
    std::size_t used = first;  // bytes of out_.folded
    const auto put = [&](const char* bytes, std::size_t size, std::size_t next) {
      reserve_folded(used + sizeof Folding::bytes, next);
      std::memcpy(out_.folded.data() + used, bytes, sizeof Folding::bytes);
      used += size;
    };
    const auto put_sign = [&](char sign) { out_.folded[used++] = sign; };
    bool compose = false;
    bool acronym = false;
    std::size_t letters = 0;  // characters since the last joiner
    Kind last = Kind::separator;
    std::size_t at = begin;
    std::size_t after_possessive = 0;
    while (true) {
      if (last != Kind::single) {  // a run of plain characters
        const std::size_t run = at;
        char* const to = out_.folded.data() + used - run;
        for (; at < text_.size() && is_plain(text_[at]); ++at) to[at] = static_cast<char>(text_[at] | 0x20);
        if (at != run) last = ascii_kinds[static_cast<unsigned char>(text_[at - 1])];
        letters += at - run;
        used += at - run;
      }
      const Character c = character(at);
      const Kind kind = c.folding.kind;
      if ((is_part(kind) && (last != Kind::single || kind == Kind::mark || kind == Kind::ignorable)) ||
          (kind == Kind::single && at == begin)) {
        if (kind != Kind::ignorable) {
          put(c.folding.bytes, c.folding.size, at + c.size);
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
          put_sign('&');
        } else if (sign == ',' || sign == ':') {
          break;
        } else {
          after_possessive = skip_possessive(at);
          if (after_possessive != at) break;
          put_sign('\'');
        }
      } else if (last == Kind::digit && next.folding.kind == Kind::digit &&
                 (sign == '.' || sign == ',' || sign == ':')) {
        if (sign != ',' || !three_digits(at + 1)) put_sign(sign);
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
    used += fold_acronym(begin, first, used, acronym);
    const std::size_t next = std::max(end, after_possessive);
    if (compose) used = compose_folded(first, used, next);
    if (used != first) add_word(begin, end, {first, used}, next);
    return next;
  }

  std::string_view text_;
  std::uint32_t offset_;
  WordList& out_;
  std::size_t folded_size_;  // bytes of out_.folded in use: it is longer while this works
};

// Every byte but 0, which also fills the block after the text's end, is a spot.
Block nothing_plain(const char* bytes, char*) {
  Block out;
  for (int i = 0; i < 64; ++i) out.beyond_ascii |= std::uint64_t{bytes[i] != 0} << i;
  return out;
}

void append_portable(std::string_view text, std::uint32_t offset, WordList& out) {
  Folder(text, offset, out).run<classify, pack, list_edges>();
}

#ifdef STORYMERGE_X86

__attribute__((target("avx2,bmi,bmi2,popcnt"))) void append_avx2(std::string_view text, std::uint32_t offset,
                                                                 WordList& out) {
  Folder(text, offset, out).run<classify_avx2, pack_avx2, list_edges_avx2>();
}

__attribute__((target("avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt"))) void append_avx512(std::string_view text,
                                                                                              std::uint32_t offset,
                                                                                              WordList& out) {
  Folder(text, offset, out).run<classify_avx512, pack_avx512, list_edges_avx512>();
}

#endif

std::vector<NamedFolding> available() {
  std::vector<NamedFolding> out;
#ifdef STORYMERGE_X86
  __builtin_cpu_init();
  const bool bits = __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
  if (bits && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi") &&
      __builtin_cpu_supports("avx512vbmi2"))
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
  Folder(text, offset, out).run<nothing_plain, pack, list_edges>();
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

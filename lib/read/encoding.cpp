#include "read/encoding.h"

#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <memory>

#include "read/ascii.h"
#include "support/utf8.h"

namespace storymerge::read {
namespace {

struct CloseConverter {
  void operator()(UConverter* c) const { ucnv_close(c); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

constexpr std::string_view replacement = "\xEF\xBF\xBD";

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + what.size())) ++n;
  return n;
}

}  // namespace

ByteOrderMark byte_order_mark(std::string_view head) {
  using namespace std::string_view_literals;
  if (head.starts_with("\xEF\xBB\xBF"sv)) return {"UTF-8", 3};
  if (head.starts_with("\xFF\xFE\0\0"sv)) return {"UTF-32LE", 4};
  if (head.starts_with("\0\0\xFE\xFF"sv)) return {"UTF-32BE", 4};
  if (head.starts_with("\xFF\xFE"sv)) return {"UTF-16LE", 2};
  if (head.starts_with("\xFE\xFF"sv)) return {"UTF-16BE", 2};
  return {};
}

std::string_view utf16_without_mark(std::string_view head) {
  if (head.size() < 8) return {};
  std::size_t zero[2] = {0, 0};
  const std::size_t n = std::min<std::size_t>(head.size() & ~std::size_t{1}, 512);
  if (head.substr(0, n).find('\0') == std::string_view::npos) return {};
  for (std::size_t i = 0; i < n; ++i) zero[i % 2] += head[i] == '\0';
  if (zero[1] * 4 > n && zero[0] * 20 < n) return "UTF-16LE";
  if (zero[0] * 4 > n && zero[1] * 20 < n) return "UTF-16BE";
  return {};
}

std::optional<Converted> to_utf8(std::string_view bytes, const std::string& encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const Converter from(ucnv_open(encoding.c_str(), &status));
  const Converter to(ucnv_open("UTF-8", &status));
  if (U_FAILURE(status)) return std::nullopt;
  Converted out;
  const std::size_t before = count(bytes, replacement);
  const char* source = bytes.data();
  const char* const source_end = bytes.data() + bytes.size();
  UChar pivot[1024];
  UChar *pivot_read = pivot, *pivot_write = pivot;
  char piece[4096];
  bool first = true;
  while (true) {
    char* target = piece;
    status = U_ZERO_ERROR;
    ucnv_convertEx(to.get(), from.get(), &target, piece + sizeof piece, &source, source_end, pivot, &pivot_read,
                   &pivot_write, pivot + std::size(pivot), first, true, &status);
    first = false;
    out.text.append(piece, static_cast<std::size_t>(target - piece));
    if (status == U_BUFFER_OVERFLOW_ERROR) continue;
    if (U_FAILURE(status)) return std::nullopt;
    break;
  }
  const std::size_t after = count(out.text, replacement);
  out.replaced = after > before ? after - before : 0;
  return out;
}

namespace {

// The web's names for what is really its superset (WHATWG Encoding, section 4.2).
std::string real_name(const std::string& declared) {
  const std::string name = lower(declared);
  if (one_of(name, {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "iso_8859-1"}))
    return "windows-1252";
  if (one_of(name, {"gb2312", "gbk", "gb_2312-80", "x-gbk"})) return "gb18030";
  if (one_of(name, {"shift_jis", "shift-jis", "sjis", "x-sjis"})) return "windows-31j";
  if (one_of(name, {"euc-kr", "ks_c_5601-1987", "uhc"})) return "windows-949";
  if (name == "iso-8859-9") return "windows-1254";
  if (name == "tis-620") return "windows-874";
  return name;
}

bool is_utf8(std::string_view name) { return name == "utf-8" || name == "utf8" || name == "unicode"; }

// What uchardet says of the bytes, or "". Markup and ASCII words outweigh the rest and are left out.
std::string guessed_encoding(std::string_view bytes) {
  const std::unique_ptr<uchardet, void (*)(uchardet_t)> detector(uchardet_new(), uchardet_delete);
  std::string text;
  bool tag = false;
  for (const char c : bytes.substr(0, std::size_t{1} << 20)) {
    if (c == '<') tag = true;
    if (!tag) text += c;
    if (c == '>') tag = false;
    if (text.size() > (std::size_t{1} << 17)) break;
  }
  if (text.size() < 20) text = bytes.substr(0, std::size_t{1} << 17);
  if (uchardet_handle_data(detector.get(), text.data(), text.size()) != 0) return {};
  uchardet_data_end(detector.get());
  return lower(uchardet_get_charset(detector.get()));
}

// How little a text looks like one: replacement characters, C1 controls, and capitals or signs in the middle of words.
double oddness(const Converted& c) {
  std::size_t odd = 10 * c.replaced, high = 1;
  for (std::size_t i = 0; i + 1 < c.text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(c.text[i]), next = static_cast<unsigned char>(c.text[i + 1]);
    if (byte < 0x80) continue;
    if ((byte & 0xC0) == 0xC0) ++high;
    if (byte == 0xC2 && next < 0xA0) odd += 5;  // C1
    if (byte == 0xC2 && next >= 0xA1 && next < 0xC0 && i > 0 && (c.text[i - 1] & 0x80) != 0)
      ++odd;  // signs among letters
  }
  return static_cast<double>(odd) / static_cast<double>(high);
}

// Bytes that are not UTF-8 among those that are: a page with some damage in it stays UTF-8.
bool mostly_utf8(std::string_view bytes) {
  std::size_t good = 0, bad = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    if (c < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    if (c >= 0xC2 && c < 0xF5 && i + length <= bytes.size() && !find_invalid_utf8(bytes.substr(i, length))) {
      ++good;
      i += length;
    } else {
      ++bad;
      ++i;
    }
  }
  return good > 20 * bad;
}

}  // namespace

std::string declared_xml_encoding(std::string_view bytes) {
  const std::string head = lower(bytes.substr(0, 512));
  const std::size_t begin = head.find("<?xml");
  if (begin == std::string::npos || begin > 4) return {};
  const std::size_t end = std::min(head.find("?>"), head.size());
  const std::size_t at = head.find("encoding", begin);
  if (at == std::string::npos || at > end) return {};
  const std::size_t open = head.find_first_of("\"'", at);
  if (open == std::string::npos || open > end) return {};
  const std::size_t close = head.find(head[open], open + 1);
  return close == std::string::npos ? std::string() : head.substr(open + 1, close - open - 1);
}

bool is_plain_utf8(std::string_view bytes) {
  const auto has = [&](char c) { return bytes.find(c) != std::string_view::npos; };
  return !has('\0') && !has('\x1B') && !has('~') && byte_order_mark(bytes).size == 0 && !find_invalid_utf8(bytes);
}

Converted page_to_utf8(std::string_view bytes, const std::string& declared) {
  if (const ByteOrderMark mark = byte_order_mark(bytes); mark.size != 0) {
    bytes.remove_prefix(mark.size);
    if (mark.encoding == "UTF-8" && !find_invalid_utf8(bytes)) return {std::string(bytes), 0};
    return *to_utf8(bytes, std::string(mark.encoding));
  }
  if (const std::string_view wide = utf16_without_mark(bytes); !wide.empty()) return *to_utf8(bytes, std::string(wide));
  // ISO 2022 and HZ are ASCII to look at.
  if (one_of(lower(declared), {"iso-2022-jp", "hz-gb-2312", "iso-2022-kr"}) ||
      bytes.find("\x1B$") != std::string_view::npos) {
    if (auto converted = to_utf8(bytes, declared.empty() ? "iso-2022-jp" : declared)) return *std::move(converted);
  }
  if (!find_invalid_utf8(bytes)) return {std::string(bytes), 0};
  if (mostly_utf8(bytes)) return *to_utf8(bytes, "utf-8");
  std::optional<Converted> as_declared;
  const std::string name = real_name(declared);
  if (!name.empty() && !is_utf8(name) && !name.starts_with("utf-16") && !name.starts_with("utf-32"))
    as_declared = to_utf8(bytes, name);
  if (as_declared && as_declared->replaced == 0 && name != "windows-1252") return *std::move(as_declared);
  Converted best = as_declared ? *std::move(as_declared) : *to_utf8(bytes, "windows-1252");
  // Latin letters fit any bytes: a declaration of them counts for more than a guess that is not clearly better.
  constexpr double clearly_better = 0.2;  // letters that are odd in news, by letter
  const bool is_declared = !declared.empty() && !is_utf8(lower(declared));
  const double most = oddness(best) - (is_declared ? clearly_better : 0);
  if (most < 0) return best;  // no guess is that good
  const std::string guess = real_name(guessed_encoding(bytes));
  if (guess.empty() || is_utf8(guess)) return best;
  std::optional<Converted> guessed = to_utf8(bytes, guess);
  if (!guessed) return best;
  const double odd = oddness(*guessed);
  return odd < most || (odd == most && !is_declared) ? *std::move(guessed) : best;
}

}  // namespace storymerge::read

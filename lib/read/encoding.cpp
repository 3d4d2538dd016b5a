#include "read/encoding.h"

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

Converted page_to_utf8(std::string_view bytes, const std::string& declared) {
  if (const ByteOrderMark mark = byte_order_mark(bytes); mark.size != 0) {
    bytes.remove_prefix(mark.size);
    if (mark.encoding == "UTF-8" && !find_invalid_utf8(bytes)) return {std::string(bytes), 0};
    return *to_utf8(bytes, std::string(mark.encoding));
  }
  if (const std::string_view wide = utf16_without_mark(bytes); !wide.empty()) return *to_utf8(bytes, std::string(wide));
  if (!find_invalid_utf8(bytes)) return {std::string(bytes), 0};
  if (!declared.empty()) {
    std::string name = lower(declared);
    // The web's names for what is really its superset (WHATWG Encoding, section 4.2).
    if (name == "iso-8859-1" || name == "latin1" || name == "us-ascii" || name == "ascii") name = "windows-1252";
    if (name == "gb2312" || name == "gbk") name = "gb18030";
    if (name == "shift_jis" || name == "shift-jis") name = "windows-31j";
    if (name == "iso-8859-9") name = "windows-1254";
    if (auto converted = to_utf8(bytes, name)) return *std::move(converted);
  }
  return *to_utf8(bytes, "windows-1252");
}

}  // namespace storymerge::read

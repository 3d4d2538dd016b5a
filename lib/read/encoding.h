#pragma once
// Which encoding are these bytes in, and what are they in UTF-8?

#include <optional>
#include <string>
#include <string_view>

namespace storymerge::read {

// The encoding that a byte-order mark names, and the mark's length; an empty name without one.
struct ByteOrderMark {
  std::string_view encoding;
  std::size_t size = 0;
};
ByteOrderMark byte_order_mark(std::string_view head);

// UTF-16 without a mark: every second byte of a head of markup is 0. Empty when it does not look like that.
std::string_view utf16_without_mark(std::string_view head);

// The encoding of `<?xml … encoding="…"?>`, or "".
std::string declared_xml_encoding(std::string_view head);

// `bytes` in UTF-8. Bytes that the encoding does not have become U+FFFD and are counted. nullopt when the name is of no
// encoding that ICU knows.
struct Converted {
  std::string text;
  std::size_t replaced = 0;
};
std::optional<Converted> to_utf8(std::string_view bytes, const std::string& encoding);

// UTF-8 whatever is declared: valid, without a mark, without what UTF-16 (0), ISO 2022 (ESC) and HZ (~) would show.
bool is_plain_utf8(std::string_view bytes);

// A whole page in UTF-8: by its byte-order mark; else as UTF-8 when it is valid, a few damaged characters aside; else by `declared`
// (which may be empty) when the bytes allow it; else as uchardet guesses; else as windows-1252, which the web takes where nothing
// is said.
Converted page_to_utf8(std::string_view bytes, const std::string& declared);

}  // namespace storymerge::read

#include "storymerge/write/json_writer.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <iterator>

namespace storymerge {

JsonWriter::~JsonWriter() {
  try {
    flush();
  } catch (...) {
  }
}

void JsonWriter::flush() {
  if (buffer_.empty()) return;
  out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
}

void JsonWriter::spill() {
  constexpr std::size_t enough = std::size_t{1} << 16;
  if (has_items_.empty() || buffer_.size() >= enough) flush();
}

void JsonWriter::separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_items_.empty()) return;
  if (has_items_.back()) buffer_ += ',';
  has_items_.back() = true;
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  buffer_ += bracket;
  has_items_.push_back(false);
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  has_items_.pop_back();
  buffer_ += bracket;
  spill();
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_string(name);
  buffer_ += ':';
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  append_string(text);
  spill();
  return *this;
}

JsonWriter& JsonWriter::value(std::uint64_t number) {
  separate();
  fmt::format_to(std::back_inserter(buffer_), "{}", number);
  spill();
  return *this;
}

JsonWriter& JsonWriter::value(double number) {
  if (!std::isfinite(number)) return null();
  separate();
  fmt::format_to(std::back_inserter(buffer_), "{}", number);
  spill();
  return *this;
}

JsonWriter& JsonWriter::value(bool truth) {
  separate();
  buffer_ += truth ? "true" : "false";
  spill();
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  buffer_ += "null";
  spill();
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view text) {
  buffer_ += text;
  spill();
  return *this;
}

namespace {

// Bytes that may have to be escaped, or begin what has.
constexpr std::array<bool, 256> special_bytes = [] {
  std::array<bool, 256> special{};
  for (unsigned char c = 0; c < 0x20; ++c) special[c] = true;
  for (const unsigned char c : {'"', '\\', '<', '>', '&', '\''}) special[c] = true;
  for (const unsigned char c : {0x7F, 0xC2, 0xE2}) special[c] = true;
  return special;
}();

}  // namespace

void JsonWriter::append_string(std::string_view text) {
  const bool markup = escaping_ == Escaping::markup;
  buffer_ += '"';
  std::size_t plain_from = 0;
  const auto escape = [&](std::size_t at, std::size_t length, std::string_view as) {
    buffer_.append(text, plain_from, at - plain_from);
    buffer_ += as;
    plain_from = at + length;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (!special_bytes[c]) continue;
    if (c == '"') {
      escape(i, 1, "\\\"");
    } else if (c == '\\') {
      escape(i, 1, "\\\\");
    } else if (c == '\n') {
      escape(i, 1, "\\n");
    } else if (c < 0x20 || c == 0x7F || (markup && (c == '<' || c == '>' || c == '&' || c == '\''))) {
      escape(i, 1, fmt::format("\\u{:04x}", c));
    } else if (c == 0xC2 && i + 1 < text.size() &&
               static_cast<unsigned char>(text[i + 1]) < 0xA0) {  // control characters
      escape(i, 2, fmt::format("\\u{:04x}", static_cast<unsigned char>(text[i + 1])));
    } else if (c == 0xE2 && text.substr(i, 3) == "\u2028") {
      escape(i, 3, "\\u2028");
    } else if (c == 0xE2 && text.substr(i, 3) == "\u2029") {
      escape(i, 3, "\\u2029");
    }
  }
  buffer_.append(text, plain_from, std::string_view::npos);
  buffer_ += '"';
}

}  // namespace storymerge

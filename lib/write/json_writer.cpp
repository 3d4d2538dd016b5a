#include "write/json_writer.h"

#include <fmt/format.h>

#include <iterator>

namespace storymerge {

void JsonWriter::flush() {
  out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
}

void JsonWriter::spill() {
  constexpr std::size_t enough = std::size_t{1} << 16;
  if (buffer_.size() >= enough) flush();
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
  return *this;
}

JsonWriter& JsonWriter::value(double number) {
  separate();
  fmt::format_to(std::back_inserter(buffer_), "{}", number);
  return *this;
}

JsonWriter& JsonWriter::value(bool truth) {
  separate();
  buffer_ += truth ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view text) {
  buffer_ += text;
  return *this;
}

void JsonWriter::append_string(std::string_view text) {
  const bool markup = escaping_ == Escaping::markup;
  buffer_ += '"';
  std::size_t plain_from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool separator =
        markup && c == 0xE2 && (text.substr(i, 3) == "\xE2\x80\xA8" || text.substr(i, 3) == "\xE2\x80\xA9");
    const bool special = c < 0x20 || c == '"' || c == '\\' || c == 0x7F || separator ||
                         (markup && (c == '<' || c == '>' || c == '&' || c == '\''));
    if (!special) continue;
    buffer_.append(text, plain_from, i - plain_from);
    switch (c) {
      case '"':
        buffer_ += "\\\"";
        break;
      case '\\':
        buffer_ += "\\\\";
        break;
      case '\n':
        buffer_ += "\\n";
        break;
      case '\t':
        buffer_ += "\\t";
        break;
      case '\r':
        buffer_ += "\\r";
        break;
      case 0xE2:
        buffer_ += text[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
        i += 2;
        break;
      default:
        fmt::format_to(std::back_inserter(buffer_), "\\u{:04x}", c);
    }
    plain_from = i + 1;
  }
  buffer_.append(text, plain_from, std::string_view::npos);
  buffer_ += '"';
}

}  // namespace storymerge

#pragma once
// How does a program write JSON of its own, as the formats here do? In pieces: every value goes straight to the stream,
// through a small buffer; no tree is built. Commas and escapes are set here.
//
// Requires: calls that nest as JSON does, valid UTF-8.

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/base/export.h"

namespace storymerge {

class STORYMERGE_EXPORT JsonWriter {
 public:
  enum class Escaping {
    plain,   // what JSON asks for, and every control character and line end that Unicode knows: a line stays a line
    markup,  // also < > & ': fit for a script element or a '...' attribute
  };

  explicit JsonWriter(std::ostream& out, Escaping escaping = Escaping::plain) : out_(out), escaping_(escaping) {}
  ~JsonWriter();  // what is still in the buffer is written; nothing is thrown, the stream tells that it is bad
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);  // inside an object, before each value
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(std::uint64_t number);
  JsonWriter& value(std::uint32_t number) { return value(std::uint64_t{number}); }
  JsonWriter& value(double number);  // shortest digits that read back as the same number; null for one without end
  JsonWriter& value(bool truth);
  JsonWriter& null();
  JsonWriter& raw(std::string_view text);  // bytes between values: a line break, the markup around

  template <class Value>
  JsonWriter& field(std::string_view name, const Value& v) {
    return key(name).value(v);
  }

  // Outside of any bracket this is done after every value, so that the exception of a stream that throws comes through.
  void flush();

 private:
  void separate();
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void append_string(std::string_view text);
  void spill();

  std::ostream& out_;
  Escaping escaping_;
  std::string buffer_;
  std::vector<bool> has_items_;  // one an open bracket
  bool after_key_ = false;
};

}  // namespace storymerge

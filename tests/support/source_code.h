#pragma once
// Reads C++ source as tokens, for rules about the tree: no grammar, only what such rules ask for.

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace storymerge::testing {

struct Token {
  enum Kind { word, string, mark } kind = mark;  // a character literal or number is a mark
  std::string text;  // of a string what stands between its quotation marks, escapes as written
  std::size_t line = 1;
};

class SourceReader {
 public:
  explicit SourceReader(std::string_view code) : code_(code) {}

  std::vector<Token> read() {
    while (at_ < code_.size()) {
      const char c = code_[at_];
      if (std::isspace(static_cast<unsigned char>(c))) {
        take(1);
      } else if (c == '#' && opens_line()) {
        directive();
      } else if (starts("//")) {
        take(std::min(code_.find('\n', at_), code_.size()) - at_);
      } else if (starts("/*")) {
        take(end_of("*/", at_ + 2));
      } else if (starts("R\"")) {
        raw_string();
      } else if (c == '"') {
        quoted(Token::string, '"');
      } else if (c == '\'') {
        quoted(Token::mark, '\'');
      } else if (is_word(c)) {
        word();
      } else {
        static constexpr std::string_view pairs[] = {"==", "!=", "->", "::", "<<", ">>", "<=", ">=", "&&", "||"};
        const bool pair = std::any_of(std::begin(pairs), std::end(pairs), [&](auto p) { return starts(p); });
        put(Token::mark, pair ? 2 : 1);
      }
    }
    return std::move(out_);
  }

 private:
  static bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
  bool starts(std::string_view with) const { return code_.substr(at_).starts_with(with); }
  bool opens_line() const {
    const std::size_t before = code_.substr(0, at_).find_last_not_of(" \t");
    return before == std::string_view::npos || code_[before] == '\n';
  }
  // How many bytes from here to behind the next `mark`.
  std::size_t end_of(std::string_view mark, std::size_t from) const {
    const std::size_t end = code_.find(mark, from);
    return (end == std::string_view::npos ? code_.size() : end + mark.size()) - at_;
  }
  void take(std::size_t n) {
    line_ += static_cast<std::size_t>(std::count(code_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                 code_.begin() + static_cast<std::ptrdiff_t>(at_ + n), '\n'));
    at_ += n;
  }
  void put(Token::Kind kind, std::size_t n) {
    out_.push_back({kind, std::string(code_.substr(at_, n)), line_});
    take(n);
  }
  // A line that ends with a backslash goes on. What a macro says is looked at as the code that it is.
  void directive() {
    std::size_t name = at_ + 1;
    while (name < code_.size() && code_[name] == ' ') ++name;
    if (code_.substr(name).starts_with("define")) return take(name + 6 - at_);
    while (at_ < code_.size()) {
      const std::size_t end = std::min(code_.find('\n', at_), code_.size());
      const bool more = end > at_ && code_[end - 1] == '\\';
      take(std::min(end + 1, code_.size()) - at_);
      if (!more) return;
    }
  }
  void raw_string() {
    const std::size_t open = code_.find('(', at_);
    const std::string close = ")" + std::string(code_.substr(at_ + 2, open - at_ - 2)) + "\"";
    const std::size_t n = end_of(close, open);
    out_.push_back({Token::string, std::string(code_.substr(open + 1, at_ + n - close.size() - open - 1)), line_});
    take(n);
  }
  void quoted(Token::Kind kind, char mark) {
    std::size_t end = at_ + 1;
    while (end < code_.size() && code_[end] != mark) end += code_[end] == '\\' ? 2 : 1;
    out_.push_back({kind, std::string(code_.substr(at_ + 1, end - at_ - 1)), line_});
    take(std::min(end + 1, code_.size()) - at_);
  }
  void word() {
    const bool number = std::isdigit(static_cast<unsigned char>(code_[at_])) != 0;
    std::size_t end = at_;
    while (end < code_.size() && (is_word(code_[end]) || (number && code_[end] == '\''))) ++end;
    put(number ? Token::mark : Token::word, end - at_);
  }

  std::string_view code_;
  std::size_t at_ = 0, line_ = 1;
  std::vector<Token> out_;
};

inline std::vector<Token> tokens_of(std::string_view code) { return SourceReader(code).read(); }

}  // namespace storymerge::testing

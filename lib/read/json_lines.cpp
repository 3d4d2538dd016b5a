// JSON Lines by Boost.JSON's event parser: each field goes straight into its article, no document tree is built, and what is
// wrong is known to the byte. Plain lines with escapes go through simdjson, which undoes these faster.

#include <fmt/format.h>

#include <boost/json/basic_parser_impl.hpp>
#include <exception>
#include <future>
#include <utility>
#include <vector>

#include "read/formats.h"
#include "read/json_plain.h"
#include "support/parallel.h"
#include "support/stop.h"
#include "support/utf8.h"

namespace storymerge::read {
namespace {

namespace json = boost::json;

enum class Field { id, title, source, url, language, author, published, text, other };
constexpr std::string_view field_names[] = {"id", "title", "source", "url", "language", "author", "published", "text"};

struct Handler {
  constexpr static std::size_t max_object_size = std::size_t(-1);
  constexpr static std::size_t max_array_size = std::size_t(-1);
  constexpr static std::size_t max_key_size = std::size_t(-1);
  constexpr static std::size_t max_string_size = std::size_t(-1);

  Article* article = nullptr;  // where the fields go
  std::string published;
  std::string key;
  std::string unused;
  Field field = Field::other;
  int depth = 0;
  bool has_text = false;
  const char* wrong_type = nullptr;  // what was found where a string belongs
  Field wrong_field = Field::other;

  void reset(Article& to) {
    article = &to;
    published.clear();
    key.clear();
    field = Field::other;
    depth = 0;
    has_text = false;
    wrong_type = nullptr;
    wrong_field = Field::other;
  }

  std::string_view field_name() const {
    return field == Field::other ? std::string_view() : field_names[static_cast<int>(field)];
  }

  std::string& target() {
    switch (field) {
      case Field::id:
        return article->id;
      case Field::title:
        return article->title;
      case Field::source:
        return article->source;
      case Field::url:
        return article->url;
      case Field::language:
        return article->language;
      case Field::author:
        return article->author;
      case Field::published:
        return published;
      case Field::text:
        return article->text;
      case Field::other:
        break;
    }
    unused.clear();
    return unused;
  }

  void not_a_string(const char* what) {
    if (wrong_type != nullptr || (depth == 1 && field == Field::other) || depth > 1) return;
    wrong_type = what;
    wrong_field = field;
  }

  // A member's string in parts: `total` is its size so far.
  bool append(json::string_view s, std::size_t total) {
    if (depth != 1 || field == Field::other) {
      if (depth == 0) not_a_string("a string");
      return true;
    }
    std::string& out = target();
    if (total == s.size()) out.clear();  // the first part; of a key that is given twice the last value counts
    out.append(s.data(), s.size());
    return true;
  }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) {
    if (depth == 1) not_a_string("an object");
    ++depth;
    return true;
  }
  bool on_object_end(std::size_t, json::error_code&) {
    --depth;
    return true;
  }
  bool on_array_begin(json::error_code&) {
    not_a_string("an array");
    ++depth;
    return true;
  }
  bool on_array_end(std::size_t, json::error_code&) {
    --depth;
    return true;
  }
  bool on_key_part(json::string_view s, std::size_t total, json::error_code&) {
    if (depth != 1) return true;
    if (total == s.size()) key.clear();
    if (total <= 16) key.append(s.data(), s.size());  // longer keys are not ours
    return true;
  }
  bool on_key(json::string_view s, std::size_t total, json::error_code&) {
    if (depth != 1) return true;
    std::string_view name(s.data(), s.size());
    if (total != s.size()) {
      key.append(s.data(), s.size());
      name = key;
    }
    field = Field::other;
    for (int f = 0; f < static_cast<int>(Field::other); ++f) {
      if (name == field_names[f]) field = static_cast<Field>(f);
    }
    return true;
  }
  bool on_string_part(json::string_view s, std::size_t total, json::error_code&) { return append(s, total); }
  bool on_string(json::string_view s, std::size_t total, json::error_code&) {
    if (depth == 1 && field == Field::text) has_text = true;
    return append(s, total);
  }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  template <class Number>
  bool number(Number value) {
    if (depth == 1 && field == Field::id)
      article->id = fmt::format("{}", value);
    else
      not_a_string("a number");
    return true;
  }
  bool on_int64(std::int64_t value, json::string_view, json::error_code&) { return number(value); }
  bool on_uint64(std::uint64_t value, json::string_view, json::error_code&) { return number(value); }
  bool on_double(double value, json::string_view, json::error_code&) { return number(value); }
  bool on_bool(bool, json::error_code&) {
    not_a_string("true or false");
    return true;
  }
  bool on_null(json::error_code&) {
    if (depth == 0) not_a_string("null");  // a field that is null is absent
    return true;
  }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }
};

bool blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

// Scripts that print lines out of an array leave its commas.
std::string_view without_comma(std::string_view line) {
  const std::size_t last = line.find_last_not_of(" \t\r");
  return last != std::string_view::npos && line[last] == ',' ? line.substr(0, last) : line;
}

constexpr const char* no_text = "no text";

// What became of one line.
struct Parsed {
  std::uint64_t number = 0;
  std::string_view line;
  Article article;
  std::string_view field;  // why there is none
  std::string reason;      // empty: there is one
  std::string flag;        // of "published"
};

void set_published(const std::string& published, Parsed& out) {
  if (published.empty()) return;
  if (const std::optional<ZonedTime> time = parse_zoned_time(published)) {
    out.article.published = time->time;
    out.article.published_offset = time->offset;
  } else {
    out.flag = fmt::format("'{}' is no RFC 3339 time", published);
  }
}

void parse(json::basic_parser<Handler>& parser, Parsed& out) {
  const std::string_view line = without_comma(out.line);
  if (std::string published; parse_plain(line, out.article, published)) return set_published(published, out);
  Handler& handler = parser.handler();
  parser.reset();
  handler.reset(out.article);
  json::error_code error;
  const std::size_t used = parser.write_some(false, line.data(), line.size(), error);
  if (error) {
    out.field = handler.field_name();
    if (const auto at = find_invalid_utf8(line)) {
      out.reason = fmt::format("not valid UTF-8 at byte {} of the line", *at);
    } else {
      out.reason = fmt::format("broken JSON at byte {}: {}", used, error.message());
    }
  } else if (!blank(line.substr(used))) {
    out.reason = fmt::format("broken JSON at byte {}: more than one value", used);
  } else if (handler.wrong_type != nullptr) {
    if (handler.wrong_field == Field::other) {
      out.reason = fmt::format("expected an object, found {}", handler.wrong_type);
    } else {
      out.field = field_names[static_cast<int>(handler.wrong_field)];
      out.reason = fmt::format("expected a string, found {}", handler.wrong_type);
    }
  } else if (!handler.has_text) {
    out.field = "text";
    out.reason = no_text;
  } else {
    set_published(handler.published, out);
  }
}

void hand_over(Parsed&& parsed, Collector& out) {
  if (parsed.reason == no_text && read_json_list(parsed.line, parsed.number, out)) return;
  if (!parsed.reason.empty()) return out.reject(parsed.number, parsed.field, std::move(parsed.reason));
  if (!parsed.flag.empty()) out.flag(parsed.number, "published", std::move(parsed.flag));
  out.add(std::move(parsed.article), parsed.number);
}

json::basic_parser<Handler> new_parser() {
  json::parse_options options;
  options.max_depth = 512;  // of keys that are not ours
  options.allow_trailing_commas = true;
  return json::basic_parser<Handler>(options);
}

}  // namespace

void read_json_object(std::string_view object, std::uint64_t line, Collector& out) {
  json::basic_parser<Handler> parser = new_parser();
  Parsed parsed;
  parsed.number = line;
  parsed.line = object;
  parse(parser, parsed);
  hand_over(std::move(parsed), out);
}

// Lines are taken in batches, each batch parsed on several threads and handed on in order. While one is parsed, the next is
// read.
void read_json_lines(Reader& in, Collector& out) {
  const ReadOptions& options = out.options();
  // One thread's batch stays in its cache; that of several is worth starting them.
  const bool alone = thread_count(options.threads) == 1;
  const std::size_t batch_bytes = std::size_t{1} << (alone ? 18 : 22);
  constexpr std::size_t batch_lines = std::size_t{1} << 16;
  constexpr std::size_t grain = 64;
  std::exception_ptr broken;
  const auto take_lines = [&](Lines lines) {
    try {
      in.lines(batch_bytes, batch_lines, options.max_record_bytes, lines);
    } catch (...) {
      broken = std::current_exception();  // what came before is kept
    }
    return lines;
  };
  Lines taken = take_lines({}), spare;
  std::vector<Parsed> batch;
  std::uint64_t number = 0;
  while (!taken.lines.empty()) {
    const auto how = alone || in.ended() ? std::launch::deferred : std::launch::async;
    std::future<Lines> next = std::async(how, take_lines, std::move(spare));
    batch.clear();
    for (const std::string_view line : taken.lines) {
      ++number;
      if (line.size() > options.max_record_bytes || !blank(line)) {
        Parsed& parsed = batch.emplace_back();
        parsed.number = number;
        parsed.line = line;
      }
    }
    parallel_pieces(batch.size(), grain, options.threads, [&](std::size_t begin, std::size_t end) {
      json::basic_parser<Handler> parser = new_parser();
      for (std::size_t i = begin; i < end; ++i) {
        Parsed& parsed = batch[i];
        if (parsed.line.size() > options.max_record_bytes) {
          parsed.reason = fmt::format("longer than {} bytes", options.max_record_bytes);
        } else {
          parse(parser, parsed);
        }
      }
    });
    check_stop();
    for (Parsed& parsed : batch) hand_over(std::move(parsed), out);
    spare = std::exchange(taken, next.get());
  }
  if (broken) std::rethrow_exception(broken);
}

}  // namespace storymerge::read

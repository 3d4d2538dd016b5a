#include "storymerge/read/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <istream>
#include <memory>
#include <new>
#include <optional>

#include "read/ascii.h"
#include "read/compression.h"
#include "read/encoding.h"
#include "read/formats.h"
#include "storymerge/base/error.h"
#include "support/stop.h"

namespace storymerge {
namespace read {

Format sniff_format(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  std::string start;
  if (const std::string_view wide = utf16_without_mark(head); byte_order_mark(head).size == 2 || !wide.empty()) {
    for (const char c : head) {
      if (c > '\0') start += c;
    }
    head = start;
  }
  const auto first = head.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return Format::text_page;
  head.remove_prefix(first);
  if (head.starts_with("WARC/")) return Format::warc;
  if (head.front() == '{' || head.front() == '[')
    return is_json_document(head) ? Format::json_document : Format::json_lines;
  if (head.front() != '<') {
    const std::string small = lower(head.substr(0, 1024));
    const bool mail = small.find("mime-version:") != std::string::npos && small.find("multipart/") != std::string::npos;
    return mail ? Format::mhtml : Format::text_page;
  }
  const std::string opens = lower(head.substr(0, 14));
  if (opens.starts_with("<html") || opens == "<!doctype html") return Format::html;
  const std::string small = lower(head.substr(0, 1024));
  const std::size_t page = std::min(small.find("<html"), small.find("<!doctype html"));
  for (std::size_t at = small.find('<'); at < page && at != std::string::npos; at = small.find('<', at + 1)) {
    const std::size_t end = std::min(small.find_first_of(" \t\r\n/>", at + 1), small.size());
    std::string_view name = std::string_view(small).substr(at + 1, end - at - 1);
    if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
    if (one_of(name, {"rss", "feed", "rdf", "channel", "urlset", "sitemapindex"})) return Format::feed;
  }
  return Format::html;
}

std::optional<std::string_view> take_whole(Reader& in, Collector& out) {
  const std::uint64_t limit = out.options().max_record_bytes;
  std::string_view bytes;
  switch (in.rest(limit, bytes)) {
    case Reader::Take::too_long:
      out.reject(0, "", fmt::format("longer than {} bytes", limit));
      return std::nullopt;
    case Reader::Take::end:
      out.reject(0, "text", "empty");
      return std::nullopt;
    case Reader::Take::item:
      break;
  }
  return bytes;
}

}  // namespace read

namespace {

namespace fs = std::filesystem;
using read::Collector;
using read::Compression;
using read::Format;
using read::Reader;

std::string ending_of(std::string_view name) {
  const std::size_t slash = name.find_last_of('/');
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  return read::lower(name.substr(dot));
}

bool compressed_ending(std::string_view ending) {
  return read::one_of(ending, {".gz", ".zst", ".br", ".zz", ".deflate"});
}

// By the file's ending, of what is inside when that names a compression. nullopt: it does not say.
std::optional<Format> named_format(std::string_view path) {
  std::string ending = ending_of(path);
  if (compressed_ending(ending)) ending = ending_of(path.substr(0, path.size() - ending.size()));
  if (ending == ".jsonl" || ending == ".ndjson" || ending == ".json") return Format::json_lines;
  if (ending == ".csv" || ending == ".tsv") return Format::table;
  if (ending == ".mht" || ending == ".mhtml") return Format::mhtml;
  if (ending == ".txt") return Format::text_page;
  if (ending == ".html" || ending == ".htm" || ending == ".xhtml") return Format::html;
  if (ending == ".rss" || ending == ".atom" || ending == ".rdf") return Format::feed;
  if (ending == ".warc") return Format::warc;
  return std::nullopt;
}

bool readable_ending(std::string_view path) {
  const std::string ending = ending_of(path);
  return named_format(path) || ending == ".xml" || compressed_ending(ending);
}

// `name` as a file's: its ending tells format and compression, where it has one.
void read_source(read::ByteSource source, const std::string& name, Collector& out) {
  auto in = std::make_shared<Reader>(std::move(source));
  const double max_expansion = out.options().max_expansion;
  const std::string ending = ending_of(name);
  if (ending == ".br") in = std::make_shared<Reader>(read::decompress(in, Compression::brotli, max_expansion));
  if (ending == ".zz" || ending == ".deflate")
    in = std::make_shared<Reader>(read::decompress(in, Compression::deflate, max_expansion));
  for (int layer = 0; layer < 3; ++layer) {  // a .gz inside a .zst is seen, a matryoshka is not opened for ever
    const Compression compression = read::sniff_compression(in->peek(4));
    if (compression == Compression::none) break;
    in = std::make_shared<Reader>(read::decompress(in, compression, max_expansion));
  }
  const std::string_view head = in->peek(std::size_t{1} << 14);
  if (head.empty()) return out.reject(0, "", "empty");
  Format format = named_format(name).value_or(read::sniff_format(head.substr(0, std::size_t{1} << 14)));
  if (format == Format::json_lines || format == Format::json_document) {
    const read::ByteOrderMark mark = read::byte_order_mark(head);
    if (mark.size != 0 && mark.encoding != "UTF-8")
      return out.reject(0, "", fmt::format("is in {}: JSON is in UTF-8", mark.encoding));
    in->skip(mark.size);
    format = read::is_json_document(in->peek(std::size_t{1} << 14)) ? Format::json_document : Format::json_lines;
  }
  switch (format) {
    case Format::json_lines:
      return read_json_lines(*in, out);
    case Format::json_document:
      return read_json_document(*in, out);
    case Format::table:
      return read_table(*in, out);
    case Format::text_page:
      return read_text_page(*in, out);
    case Format::html:
      return read_html_page(*in, out);
    case Format::mhtml:
      return read_mhtml(*in, out);
    case Format::feed:
      return read_feed(*in, out);
    case Format::warc:
      return read_warc(*in, out);
  }
}

// Damage inside an input ends that input and no other, and so does memory that is too small for it. `named`: by the caller, who
// should hear of a file that is not there.
void read_one(const std::string& name, bool named, const std::function<read::ByteSource()>& open, Collector& out) {
  out.open(name);
  check_stop();
  try {
    read_source(open(), name, out);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::stopped || out.options().strict || (named && error.code() == ErrorCode::io)) throw;
    out.reject(0, "", error.what());
  } catch (const std::bad_alloc&) {
    out.reject(0, "", "memory does not suffice for it");
  }
}

void read_file(const std::string& path, bool named, Collector& out) {
  const auto open = [&]() -> read::ByteSource {
    read::ByteSource source = read::open_source(path);
    if (!out.options().progress) return source;
    return [source = std::move(source), &out](std::span<char> to) {
      const std::size_t n = source(to);
      out.count(n);
      return n;
    };
  };
  read_one(path, named, open, out);
}

// Files in order of their path; links to folders are not followed, so there is no way round in circles.
void read_folder(const fs::path& folder, Collector& out) {
  std::error_code error;
  std::vector<fs::path> paths;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    paths.push_back(at->path());
  if (error) {
    out.open(folder.string());
    return out.reject(0, "", fmt::format("cannot read the folder: {}", error.message()));
  }
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    if (path.filename().string().starts_with('.')) continue;
    const fs::file_status own = fs::symlink_status(path, error);
    const fs::file_status status = fs::status(path, error);
    out.open(path.string());
    if (fs::is_directory(own)) {
      read_folder(path, out);
    } else if (fs::is_regular_file(status)) {
      if (readable_ending(path.string())) {
        read_file(path.string(), false, out);
      } else {
        out.flag(0, "", "passed over: no ending of a format that is read");
      }
    } else if (fs::is_symlink(own)) {
      out.reject(0, "", fs::is_directory(status) ? "a link to a folder, not followed" : "a link to nowhere");
    } else {
      out.flag(0, "", "passed over: no file");
    }
  }
}

// Of all files that will be read; 0 when one of the inputs is a stream.
std::uint64_t bytes_in(std::span<const std::string> inputs) {
  std::uint64_t sum = 0;
  for (const std::string& input : inputs) {
    std::error_code error;
    if (fs::is_regular_file(input, error)) {
      const std::uintmax_t size = fs::file_size(input, error);
      sum += error ? 0 : size;
      continue;
    }
    if (input == "-" || !fs::is_directory(input, error)) return 0;
    for (fs::recursive_directory_iterator at(input, error), end; !error && at != end; at.increment(error)) {
      if (!at->is_regular_file(error) || !readable_ending(at->path().string())) continue;
      const std::uintmax_t size = at->file_size(error);
      sum += error ? 0 : size;
    }
  }
  return sum;
}

void read_all(std::span<const std::string> inputs, Collector& out) {
  const StopScope scope(out.options().stop);
  if (out.options().progress) out.expect(bytes_in(inputs));
  for (const std::string& input : inputs) {
    std::error_code error;
    if (input != "-" && fs::is_directory(input, error)) {
      read_folder(input, out);
    } else {
      read_file(input, true, out);
    }
  }
}

}  // namespace

ReadResult read_articles(std::span<const std::string> inputs, const ReadOptions& options) {
  Collector out(options);
  read_all(inputs, out);
  return out.finish();
}

ReadReport read_articles(std::span<const std::string> inputs, const std::function<void(Article&&)>& take,
                         const ReadOptions& options) {
  Collector out(options, take);
  read_all(inputs, out);
  return out.take_report();
}

ReadResult read_articles(const InputBytes& input, const ReadOptions& options) {
  const StopScope scope(options.stop);
  Collector out(options);
  const auto open = [&] {
    return [rest = input.bytes](std::span<char> to) mutable {
      const std::size_t n = std::min(rest.size(), to.size());
      std::copy_n(rest.data(), n, to.data());
      rest.remove_prefix(n);
      return n;
    };
  };
  read_one(input.name, true, open, out);
  return out.finish();
}

ReadResult read_articles(std::istream& stream, const std::string& name, const ReadOptions& options) {
  const StopScope scope(options.stop);
  Collector out(options);
  const auto open = [&] {
    return [&](std::span<char> to) {
      stream.read(to.data(), static_cast<std::streamsize>(to.size()));
      if (stream.bad()) throw Error(ErrorCode::io, fmt::format("cannot read '{}'", name));
      return static_cast<std::size_t>(stream.gcount());
    };
  };
  read_one(name, true, open, out);
  return out.finish();
}

}  // namespace storymerge

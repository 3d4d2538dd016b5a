#include "storymerge/read/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include "read/ascii.h"
#include "read/compression.h"
#include "read/encoding.h"
#include "read/formats.h"
#include "storymerge/base/error.h"

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
  if (head.front() == '{' || head.front() == '[') return Format::json_lines;
  if (head.front() != '<') return Format::text_page;
  for (const std::string_view root : {"<rss", "<feed", "<rdf:RDF", "<atom:feed"}) {
    const std::size_t at = head.find(root);
    if (at != std::string_view::npos && head.substr(0, at).find("<html") == std::string_view::npos) return Format::feed;
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

// By the file's ending, of what is inside when that names a compression. nullopt: it does not say.
std::optional<Format> named_format(std::string_view path) {
  std::string ending = ending_of(path);
  if (ending == ".gz" || ending == ".zst") ending = ending_of(path.substr(0, path.size() - ending.size()));
  if (ending == ".jsonl" || ending == ".ndjson" || ending == ".json") return Format::json_lines;
  if (ending == ".txt") return Format::text_page;
  if (ending == ".html" || ending == ".htm" || ending == ".xhtml") return Format::html;
  if (ending == ".rss" || ending == ".atom" || ending == ".rdf") return Format::feed;
  if (ending == ".warc") return Format::warc;
  return std::nullopt;
}

bool readable_ending(std::string_view path) {
  const std::string ending = ending_of(path);
  return named_format(path) || ending == ".xml" || ending == ".gz" || ending == ".zst";
}

void read_stream(const std::string& path, Collector& out) {
  auto in = std::make_shared<Reader>(read::open_source(path));
  for (int layer = 0; layer < 3; ++layer) {  // a .gz inside a .zst is seen, a matryoshka is not opened for ever
    const Compression compression = read::sniff_compression(in->peek(4));
    if (compression == Compression::none) break;
    in = std::make_shared<Reader>(read::decompress(in, compression, out.options().max_expansion));
  }
  const std::string_view head = in->peek(1024);
  if (head.empty()) return out.reject(0, "", "empty");
  const Format format = named_format(path).value_or(read::sniff_format(head.substr(0, 1024)));
  switch (format) {
    case Format::json_lines: {
      const read::ByteOrderMark mark = read::byte_order_mark(head);
      if (mark.size != 0 && mark.encoding != "UTF-8") {
        return out.reject(0, "", fmt::format("is in {}: JSON Lines are in UTF-8", mark.encoding));
      }
      in->skip(mark.size);
      return read_json_lines(*in, out);
    }
    case Format::text_page:
      return read_text_page(*in, out);
    case Format::html:
      return read_html_page(*in, out);
    case Format::feed:
      return read_feed(*in, out);
    case Format::warc:
      return read_warc(*in, out);
  }
}

// Damage inside an input ends that input and no other. `named`: by the caller, who should hear of a file that is not
// there.
void read_one(const std::string& path, bool named, Collector& out) {
  out.open(path);
  try {
    read_stream(path, out);
  } catch (const Error& error) {
    if (out.options().strict || (named && error.code() == ErrorCode::io)) throw;
    out.reject(0, "", error.what());
  }
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
        read_one(path.string(), false, out);
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

}  // namespace

ReadResult read_articles(std::span<const std::string> inputs, const ReadOptions& options) {
  Collector out(options);
  for (const std::string& input : inputs) {
    std::error_code error;
    if (input != "-" && fs::is_directory(input, error)) {
      read_folder(input, out);
    } else {
      read_one(input, true, out);
    }
  }
  return out.finish();
}

}  // namespace storymerge

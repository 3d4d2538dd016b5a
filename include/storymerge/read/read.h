#pragma once
// Which inputs became articles, which did not, and why?
//
// An input is a file, a folder of files, or "-" for standard input, told apart by its ending, else by its first bytes:
//   JSON Lines   .jsonl .ndjson .json   one article a line: "text" is required; "id", "title", "source", "url",
//                                       "language", "author", "published" (RFC 3339) are optional; other keys are passed
//                                       over
//   JSON         .json                  an array of such articles, one of them, or a JSON Feed
//   table        .csv .tsv              a header of these names, one article a record
//   text page    .txt                   the whole page; its first line that reads as a headline is the title
//   saved page   .html .htm .xhtml      the main text; title, date, author, link and outlet as the page gives them
//                .mht .mhtml            a page saved with its parts
//   feed         .rss .atom .rdf .xml   RSS, Atom, CDF: one article an entry
//                                       a news sitemap: no article, but title and day of the pages that are read with it
//   WARC         .warc                  the HTML pages among its responses
// and each of them in gzip or Zstandard, or in brotli (.br) or deflate (.zz). Pages and feeds may be in any encoding that ICU knows,
// declared or not. Streams are read piece by piece, single records whole: memory grows with the articles that are kept.

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iosfwd>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/base/export.h"

namespace storymerge {

// How far is the reading?
struct ReadProgress {
  std::uint64_t records = 0;  // found so far
  std::uint64_t bytes = 0;    // of the inputs, as they are stored
  std::uint64_t of = 0;       // that all inputs have; 0 where nobody knows: one of them is a stream
};

struct ReadOptions {
  bool strict = false;                                       // throw Error at the first record that is rejected
  std::uint64_t max_record_bytes = std::uint64_t{64} << 20;  // a longer line, page or WARC record is rejected
  double max_expansion = 256;  // an archive that swells to more than this many times its size is given up (past 64 MiB)
  std::stop_token stop{};      // asked to stop, a call throws Error (stopped) within a record
  unsigned threads = 0;        // 0: all cores; results do not depend on it
  std::function<void(const ReadProgress&)> progress{};  // told after each record; what it throws ends the call
};

// What a record suffered.
struct ReadIssue {
  std::string input;       // file name, or "-"
  std::uint64_t line = 0;  // counted from 1; 0 when the input has no lines; in a feed, where the entry begins
  std::string field;       // "text", "published", ...; "" when the whole record is meant
  std::string reason;      // "no text", "not valid UTF-8", ...
  bool rejected = true;    // false: the record was read, without this field
};

// How much of a saved page is not in its article's text, by kind ("links", "comments", "captions", ...).
struct LeftOutBytes {
  std::string kind;
  std::uint64_t bytes = 0;
};
struct PageReport {
  std::string article;                 // id
  std::uint64_t text_bytes = 0;        // of the article's text
  std::vector<LeftOutBytes> left_out;  // in order of kind
};

struct ReadReport {
  std::uint64_t records = 0;      // found in all inputs
  std::uint64_t rejected = 0;     // records that gave no article
  std::vector<ReadIssue> issues;  // in order of input and line
  std::vector<PageReport> pages;  // one a saved page, in the order in which they were read
};

struct ReadResult {
  Corpus corpus;
  ReadReport report;
};

// Articles that come without an id get one made of source, link and text; those that agree in all three are numbered. The id of an
// entry of a feed is its guid where that is good everywhere (a link, a URN), else feed and guid. A source that is not given is the
// link's host.
//
// The same article again with another text (same id, or one outlet's same link) is its next version: versions are in order of
// publication, those that share an id are called id, id@2, id@3, and each older one carries the id of the next in `replaced_by`. The
// same id again with the same text is a record too many, and rejected.
//
// A record that cannot be used is rejected, an archive or stream that is damaged is read up to there, a file inside a
// folder that cannot be opened is passed over: each is told in the report, and all else is read. Errors: io when an
// input named by the caller cannot be opened or read; in strict mode the first rejection, as bad_input.
STORYMERGE_EXPORT ReadResult read_articles(std::span<const std::string> inputs, const ReadOptions& options = {});
inline ReadResult read_articles(std::initializer_list<std::string> inputs, const ReadOptions& options = {}) {
  return read_articles(std::span(inputs.begin(), inputs.size()), options);
}

// The same for each article as it is read, and none is kept: ids are not checked against one another and versions not told apart.
STORYMERGE_EXPORT ReadReport read_articles(std::span<const std::string> inputs,
                                           const std::function<void(Article&&)>& take, const ReadOptions& options = {});

// One input that is in memory, or a stream. `name` as a file's: its ending tells the format where it has one; it is also what the
// report calls the input.
struct InputBytes {
  std::string_view bytes;
  std::string name{};
};
STORYMERGE_EXPORT ReadResult read_articles(const InputBytes& input, const ReadOptions& options = {});
STORYMERGE_EXPORT ReadResult read_articles(std::istream& stream, const std::string& name,
                                           const ReadOptions& options = {});

}  // namespace storymerge

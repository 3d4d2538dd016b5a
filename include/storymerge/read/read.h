#pragma once
// Which inputs became articles, which did not, and why?
//
// An input is a file, a folder of files, or "-" for standard input: JSON Lines, `.txt` pages and, by and by, what
// newsrooms have besides. contract/INPUT.md fixes the fields.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "storymerge/base/corpus.h"

namespace storymerge {

struct ReadOptions {
  bool strict = false;  // throw Error at the first record that is rejected
  std::uint64_t max_record_bytes = std::uint64_t{64} << 20;  // a longer line or page is rejected
};

// What a record suffered.
struct ReadIssue {
  std::string input;       // file name, or "-"
  std::uint64_t line = 0;  // counted from 1; 0 when the input has no lines
  std::string field;       // "text", "published", ...; "" when the whole record is meant
  std::string reason;      // "no text", "not valid UTF-8", ...
  bool rejected = true;    // false: the record was read, without this field
};

struct ReadReport {
  std::uint64_t records = 0;   // found in all inputs
  std::uint64_t rejected = 0;  // records that gave no article
  std::vector<ReadIssue> issues;  // in order of input and line
};

struct ReadResult {
  Corpus corpus;
  ReadReport report;
};

// Errors: io when an input named by the caller cannot be opened; bad_input in strict mode.
ReadResult read_articles(std::span<const std::string> inputs, const ReadOptions& options = {});

}  // namespace storymerge

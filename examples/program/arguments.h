#pragma once
// What every example program shares. Its flags are a table: the command line, --help, the man page and the completions of
// bash and zsh all follow from it, so that a new flag is a row. Inputs, output, messages and exit status (0 done, 1 nothing
// could be read or written, 2 wrong usage) are the same everywhere. No lesson in here; the lessons are the .cpp files above.

#include <storymerge/pipeline.h>
#include <storymerge/read/read.h>
#include <storymerge/read/sources.h>

#include <functional>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "program/output.h"

namespace examples {

class Progress;

struct Flag {
  std::string_view name;  // without its dashes
  std::string_view
      value;  // "": a switch. "a|b|c": one of these, the first when it is not given. Else what to call it: N, PATH
  std::string_view help;  // what it does; a sentence without its capital and full stop
};

struct Program {
  std::string_view name;
  std::string_view does;      // one line
  std::string_view operands;  // "INPUT...", "A [B]", "FOLDER..."
  std::vector<Flag> flags;    // its own; those that all programs have are added
};

// For those that group stories.
inline constexpr Flag preset_flag = {"preset", "event|story",
                                     "what a story is: one event of a few days, or a matter that may go on for months"};

// For those that count voices, or tell which of several copies is the original.
inline constexpr Flag sources_flag = {
    "sources", "FILE",
    "a table of outlets, apart by tabs, with a header 'host name owner kind' (outlet, "
    "agency or aggregator): outlets of one owner are one voice, and an agency's text "
    "is the original of its copies"};

struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// What was asked for on the command line.
class Arguments {
 public:
  // Errors: UsageError for a flag that the program does not have, a value that is missing or none of its choices, too few or
  // too many operands.
  Arguments(const Program& program, int argc, char** argv);

  bool has(std::string_view flag) const { return given_.contains(flag); }
  std::string text(std::string_view flag) const;  // its value; of choices the first, else "", when it is not given
  bool is(std::string_view flag, std::string_view value) const { return text(flag) == value; }

  // Errors: UsageError when the value is no number, or not from `least` to `most`.
  double number(std::string_view flag, double otherwise, double least = -1e300, double most = 1e300) const;
  unsigned count(std::string_view flag, unsigned otherwise) const;  // a whole number

  std::vector<std::string> inputs;
  unsigned threads = 0;

  // What Options::progress may be: tells a person at a terminal how far the merging of so many articles is.
  std::function<void(storymerge::Stage, double)> progress(std::size_t articles) const;

  // What --sources names; empty when it is not given. Errors: storymerge::Error.
  storymerge::SourceTable sources() const;

  // Reads all inputs, tells a person at a terminal how far it is, and standard error what was rejected. Errors: storymerge::Error, also when there is no article.
  storymerge::Corpus read() const;

  // The same, some hundreds of articles after another: all of them need not be in memory together.
  void read_batches(const std::function<void(std::span<const storymerge::Article>)>& take) const;

  // On standard error, unless --quiet: what was rejected, ten records an input (--verbose: all), and how many.
  void tell(const storymerge::ReadReport& report) const;
  void tell(std::string_view input, std::string_view reason) const;  // why nothing more of an input was read

 private:
  // What ReadOptions::progress may be. Requires: `line` outlives it.
  std::function<void(const storymerge::ReadProgress&)> reading(Progress& line) const;

  const Program& program_;
  std::map<std::string, std::string, std::less<>> given_;
};

// Reads the command line, opens the output, runs `job`, and turns errors into messages and exit status.
int run(int argc, char** argv, const Program& program, const std::function<void(const Arguments&, Output&)>& job);

}  // namespace examples

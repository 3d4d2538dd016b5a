#include "program/arguments.h"

#include <storymerge/base/error.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <new>
#include <sstream>

#include "program/manual.h"
#include "program/progress.h"
#include "program/safe_text.h"

namespace examples {

const std::vector<Flag> common_flags = {
    {"threads", "N", "how many threads work; 0, the default, is one for each core; the output does not depend on it"},
    {"output", "PATH", "where to write; a file takes its place when it is whole; the default is standard output"},
    {"quiet", "", "tell nothing on standard error but what ends the run"},
    {"verbose", "", "tell of every record that was rejected, not of the first ten of an input only"},
    {"generate", "man|bash|zsh", "print the manual page, or completions for a shell, and end"},
    {"version", "", "print the version and end"},
    {"help", "", "print this text and end"},
};

namespace {

void check_operands(const Program& program, std::size_t given) {
  std::vector<std::string_view> words = split(program.operands, ' ');
  if (program.operands.empty()) words.clear();
  const auto required = std::ranges::count_if(words, [](std::string_view word) { return word.front() != '['; });
  const bool open_end = program.operands.find("...") != std::string_view::npos;
  if (given < static_cast<std::size_t>(required)) throw UsageError("no " + std::string(words[given]));
  if (!open_end && given > words.size()) throw UsageError("too many operands");
}

// Colour, where a person reads it and wants it: https://no-color.org
std::string in_red(std::string_view text) {
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool wanted = no_color == nullptr || *no_color == '\0';
  const bool able = terminal != nullptr && std::string_view(terminal) != "dumb" && ::isatty(STDERR_FILENO) == 1;
  return wanted && able ? "\x1b[31m" + std::string(text) + "\x1b[0m" : std::string(text);
}

std::string line_of(const storymerge::ReadIssue& issue) {
  std::string out = on_a_line(issue.input);
  if (issue.line != 0) out += ':' + std::to_string(issue.line);
  out += issue.rejected ? ": " + in_red("rejected") + ": " : ": flagged: ";
  if (!issue.field.empty()) out += on_a_line(issue.field) + ": ";
  return out + on_a_line(issue.reason) + '\n';
}

// Answers the flags that end the program at once; false when there is none of them.
bool answered(const Arguments& arguments, const Program& program) {
  std::string text;
  if (arguments.has("help")) {
    text = help_text(program);
  } else if (arguments.has("version")) {
    text = std::string(program.name) + " (storymerge) " + STORYMERGE_VERSION + '\n';
  } else if (arguments.is("generate", "bash")) {
    text = bash_completion(program);
  } else if (arguments.is("generate", "zsh")) {
    text = zsh_completion(program);
  } else if (arguments.has("generate")) {
    text = manual_page(program);
  } else {
    return false;
  }
  Output out(arguments.text("output"));
  out << text;
  out.close();
  return true;
}

}  // namespace

Arguments::Arguments(const Program& own, int argc, char** argv) : program_(own) {
  bool only_operands = false;  // after "--"
  for (int i = 1; i < argc; ++i) {
    std::string_view word = argv[i];
    if (word == "-h") word = "--help";
    if (only_operands || !word.starts_with("--")) {
      inputs.emplace_back(word);
      continue;
    }
    word.remove_prefix(2);
    only_operands = word.empty();
    if (only_operands) continue;
    const std::string name(word.substr(0, word.find('=')));
    const Flag* flag = find_flag(program_, name);
    if (flag == nullptr) throw UsageError("no such flag: --" + name);
    std::string& value = given_[name];
    if (word.size() > name.size()) {
      if (flag->value.empty()) throw UsageError("--" + name + " takes no value");
      value = word.substr(name.size() + 1);
    } else if (!flag->value.empty()) {
      if (++i >= argc) throw UsageError("--" + name + " needs a value");
      value = argv[i];
    }
    const std::vector<std::string_view> choices = choices_of(*flag);
    if (!choices.empty() && std::ranges::find(choices, value) == choices.end()) {
      throw UsageError("--" + name + " takes one of " + std::string(flag->value) + "; got '" + value + "'");
    }
  }
  for (const char* ends : {"help", "version", "generate"}) {
    if (has(ends)) return;
  }
  check_operands(program_, inputs.size());
  threads = count("threads", 0);
}

std::string Arguments::text(std::string_view flag) const {
  if (const auto at = given_.find(flag); at != given_.end()) return at->second;
  const std::vector<std::string_view> choices = choices_of(*find_flag(program_, flag));
  return choices.empty() ? "" : std::string(choices.front());
}

double Arguments::number(std::string_view flag, double otherwise, double least, double most) const {
  if (!has(flag)) return otherwise;
  const std::string value = text(flag);
  char* end = nullptr;
  const double number = std::strtod(value.c_str(), &end);
  if (value.empty() || *end != '\0' || !(number >= least && number <= most)) {  // NaN is outside, too
    std::ostringstream range;
    if (least > -1e300) range << " from " << least << " to " << most;
    throw UsageError("--" + std::string(flag) + " takes a number" + range.str() + "; got '" + value + "'");
  }
  return number;
}

unsigned Arguments::count(std::string_view flag, unsigned otherwise) const {
  const double value = number(flag, otherwise, 0, 4294967295);
  if (value != static_cast<unsigned>(value)) {
    throw UsageError("--" + std::string(flag) + " takes a whole number; got '" + text(flag) + "'");
  }
  return static_cast<unsigned>(value);
}

std::function<void(storymerge::Stage, double)> Arguments::progress(std::size_t articles) const {
  const auto line = std::make_shared<Progress>(has("quiet"));
  const bool stories_on_terminal = !has("output") && ::isatty(STDOUT_FILENO) == 1;
  return [=, total = static_cast<double>(articles)](storymerge::Stage stage, double done) {
    if (stories_on_terminal && stage == storymerge::Stage::merge) return line->clear();  // each is written when merged
    constexpr std::string_view doing[] = {"reading the texts", "looking for copies", "grouping", "merging"};
    line->show(doing[static_cast<std::size_t>(stage)], done * total, total);
  };
}

storymerge::SourceTable Arguments::sources() const {
  return has("sources") ? storymerge::read_sources(text("sources")) : storymerge::SourceTable();
}

std::function<void(const storymerge::ReadProgress&)> Arguments::reading(Progress& line) const {
  return [&line](const storymerge::ReadProgress& p) {
    const auto records = static_cast<double>(p.records);
    const double share = p.of == 0 ? 0 : static_cast<double>(p.bytes) / static_cast<double>(p.of);
    line.show("reading", records, share > 0 ? records / share : 0);  // the rest is taken to be like what has come
  };
}

storymerge::Corpus Arguments::read() const {
  Progress line(has("quiet"));
  storymerge::ReadOptions options;
  options.threads = threads;
  options.progress = reading(line);
  storymerge::ReadResult result = storymerge::read_articles(inputs, options);
  line.clear();
  tell(result.report);
  if (result.corpus.empty()) throw storymerge::Error(storymerge::ErrorCode::bad_input, "no article could be read");
  return std::move(result.corpus);
}

void Arguments::read_batches(const std::function<void(std::span<const storymerge::Article>)>& take) const {
  constexpr std::size_t most = 4096;
  Progress line(has("quiet"));
  storymerge::ReadOptions options;
  options.threads = threads;
  options.progress = reading(line);
  std::vector<storymerge::Article> batch;
  bool any = false;
  const auto hand_over = [&] {
    any = any || !batch.empty();
    line.clear();  // what takes the articles may write
    take(batch);
    batch.clear();
  };
  const auto add = [&](storymerge::Article&& article) {
    batch.push_back(std::move(article));
    if (batch.size() == most) hand_over();
  };
  const storymerge::ReadReport report = storymerge::read_articles(inputs, add, options);
  hand_over();
  tell(report);
  if (!any) throw storymerge::Error(storymerge::ErrorCode::bad_input, "no article could be read");
}

void Arguments::tell(const storymerge::ReadReport& report) const {
  if (has("quiet")) return;
  constexpr std::uint64_t told_of_an_input = 10;
  std::uint64_t of_input = 0;
  for (std::size_t i = 0; i < report.issues.size(); ++i) {
    const bool last = i + 1 == report.issues.size() || report.issues[i + 1].input != report.issues[i].input;
    if (++of_input <= told_of_an_input || has("verbose")) {
      std::cerr << line_of(report.issues[i]);
    } else if (last) {
      std::cerr << on_a_line(report.issues[i].input) << ": and " << of_input - told_of_an_input
                << " more (--verbose tells all)\n";
    }
    if (last) of_input = 0;
  }
  if (report.rejected != 0) std::cerr << report.rejected << " of " << report.records << " records rejected\n";
}

void Arguments::tell(std::string_view input, std::string_view reason) const {
  if (!has("quiet")) std::cerr << on_a_line(input) << ": " << in_red("rejected") << ": " << on_a_line(reason) << '\n';
}

int run(int argc, char** argv, const Program& program, const std::function<void(const Arguments&, Output&)>& job) {
  open_standard_streams();
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is no error: writing fails, and that ends the program
  const auto message = [&](std::string_view what) {
    std::cerr << program.name << ": " << in_red("error") << ": " << on_a_line(what) << '\n';
  };
  try {
    const Arguments arguments(program, argc, argv);
    if (answered(arguments, program)) return 0;
    for (const std::string flag : {"output", "store"}) {
      if (arguments.has(flag) && arguments.text(flag).empty()) throw UsageError("--" + flag + " needs a value");
    }
    std::string path = arguments.text("output");
    if (path == "-") path.clear();
    std::string input = input_that_is_output(arguments.inputs, path);
    if (arguments.has("store") && input.empty())
      input = input_that_is_output(arguments.inputs, arguments.text("store"));
    if (!input.empty()) throw UsageError("the output would change the input '" + input + "'");
    Output out(path);
    job(arguments, out);
    out.close();
    return 0;
  } catch (const ReaderHasGone&) {
    return 0;
  } catch (const UsageError& error) {
    message(error.what());
    const std::string help = help_text(program);
    std::cerr << help.substr(0, help.find('\n')) << "\n--help tells more\n";
    return 2;
  } catch (const std::bad_alloc&) {
    message("no memory is left");
    return 1;
  } catch (const std::exception& error) {
    message(error.what());
    return 1;
  }
}

}  // namespace examples

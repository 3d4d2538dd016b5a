#pragma once
// What every example program shares: flags, inputs, output, exit status (0 done, 1 nothing could be read or written,
// 2 wrong usage). No lesson in here; the lessons are the .cpp files.

#include <storymerge/base/error.h>
#include <storymerge/read/read.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace examples {

struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Arguments {
  std::map<std::string, std::string, std::less<>> flags;
  std::vector<std::string> inputs;
  unsigned threads = 0;

  // The flag's value, or the first of `values` when it is not given.
  std::string one_of(std::string_view flag, const std::vector<std::string>& values) const {
    const auto at = flags.find(flag);
    if (at == flags.end()) return values.front();
    for (const std::string& value : values) {
      if (at->second == value) return value;
    }
    std::string all;
    for (const std::string& value : values) all += (all.empty() ? "" : ", ") + value;
    throw UsageError("--" + std::string(flag) + " takes one of: " + all + "; got '" + at->second + "'");
  }

  double number(std::string_view flag, double otherwise) const {
    const auto at = flags.find(flag);
    if (at == flags.end()) return otherwise;
    char* end = nullptr;
    const double value = std::strtod(at->second.c_str(), &end);
    if (at->second.empty() || *end != '\0') {
      throw UsageError("--" + std::string(flag) + " takes a number; got '" + at->second + "'");
    }
    return value;
  }

  unsigned count(std::string_view flag, unsigned otherwise) const {
    const double value = number(flag, otherwise);
    if (!(value >= 0 && value <= 1e9)) throw UsageError("--" + std::string(flag) + " takes a number from 0 to 1e9");
    return static_cast<unsigned>(value);
  }

  // Reads all inputs and tells standard error what was rejected.
  storymerge::Corpus read() const {
    storymerge::ReadOptions options;
    options.threads = threads;
    storymerge::ReadResult result = storymerge::read_articles(inputs, options);
    for (const storymerge::ReadIssue& issue : result.report.issues) {
      std::cerr << issue.input;
      if (issue.line != 0) std::cerr << ':' << issue.line;
      std::cerr << ": " << (issue.rejected ? "rejected" : "flagged") << ": ";
      if (!issue.field.empty()) std::cerr << issue.field << ": ";
      std::cerr << issue.reason << '\n';
    }
    if (result.report.rejected != 0) {
      std::cerr << result.report.rejected << " of " << result.report.records << " records rejected\n";
    }
    if (result.corpus.empty()) throw storymerge::Error(storymerge::ErrorCode::bad_input, "no article could be read");
    return std::move(result.corpus);
  }
};

// Reads the command line, opens the output, runs `job`, and turns errors into messages and exit status.
inline int run(int argc, char** argv, std::string_view name, std::string_view usage,
               const std::vector<std::string>& known_flags,
               const std::function<void(const Arguments&, std::ostream&)>& job) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is no error: the stream fails, and that ends the program
  const std::string help = "usage: " + std::string(name) + " " + std::string(usage) +
                           "\n       [--threads N] [--output PATH]\n"
                           "INPUT: files, folders, or - for standard input\n";
  try {
    Arguments arguments;
    std::string output;
    for (int i = 1; i < argc; ++i) {
      std::string_view word = argv[i];
      if (word == "--help" || word == "-h") {
        std::cout << help;
        return 0;
      }
      if (!word.starts_with("--")) {
        arguments.inputs.emplace_back(word);
        continue;
      }
      word.remove_prefix(2);
      std::string flag(word.substr(0, word.find('=')));
      bool known = flag == "threads" || flag == "output";
      for (const std::string& k : known_flags) known = known || k == flag;
      if (!known) throw UsageError("no such flag: --" + flag);
      std::string value;
      if (word.size() > flag.size()) {
        value = word.substr(flag.size() + 1);
      } else if (++i < argc) {
        value = argv[i];
      } else {
        throw UsageError("--" + flag + " needs a value");
      }
      if (flag == "output") {
        output = value;
      } else {
        arguments.flags[flag] = value;
      }
    }
    if (arguments.inputs.empty()) throw UsageError("no INPUT");
    arguments.threads = arguments.count("threads", 0);
    if (output.empty()) {
      job(arguments, std::cout);
      std::cout.flush();
      return 0;
    }
    std::ofstream file(output, std::ios::binary);
    if (!file) throw storymerge::Error(storymerge::ErrorCode::io, "cannot write '" + output + "'");
    job(arguments, file);
    file.flush();
    if (!file) throw storymerge::Error(storymerge::ErrorCode::io, "cannot write '" + output + "'");
    return 0;
  } catch (const UsageError& error) {
    std::cerr << name << ": " << error.what() << '\n' << help;
    return 2;
  } catch (const std::exception& error) {
    std::cerr << name << ": " << error.what() << '\n';
    return 1;
  }
}

}  // namespace examples

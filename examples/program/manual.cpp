#include "program/manual.h"

#include <algorithm>

#include "program/arguments.h"

namespace examples {
namespace {

std::vector<Flag> all_flags(const Program& program) {
  std::vector<Flag> flags = program.flags;
  flags.insert(flags.end(), common_flags.begin(), common_flags.end());
  return flags;
}

std::string as_given(const Flag& flag) {
  std::string out = "--" + std::string(flag.name);
  if (!flag.value.empty()) out += ' ' + std::string(flag.value);
  return out;
}

// Lines of at most `width` bytes, each behind `indent`.
std::string filled(std::string_view text, std::size_t width, const std::string& indent) {
  std::string out = indent;
  std::size_t column = 0;
  for (const std::string_view word : split(text, ' ')) {
    if (column > 0 && column + 1 + word.size() > width) {
      out += '\n' + indent;
      column = 0;
    } else if (column > 0) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  return out + '\n';
}

bool reads_inputs(const Program& program) { return program.operands.find("INPUT") != std::string_view::npos; }

constexpr std::string_view about_inputs =
    "INPUT is a file, a folder, or - for standard input: JSON Lines (.jsonl), text pages (.txt), saved pages (.html), "
    "feeds (.rss, .atom), WARC, and each of them as .gz or .zst.";
constexpr std::string_view about_status =
    "Exit status: 0 done (rejected records are told and counted on standard error), 1 nothing could be read or "
    "written, 2 "
    "wrong usage.";

// Text for roff: no character of it is a command.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out.starts_with('.') || out.starts_with('\'') ? "\\&" + out : out;
}

std::string in_single_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) c == '\'' ? out += "'\\''" : out += c;
  return out + "'";
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) out += (out.empty() ? "" : " ") + std::string(word);
  return out;
}

bool is_path(const Flag& flag) { return flag.value == "PATH" || flag.value == "FILE" || flag.value == "FOLDER"; }

}  // namespace

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(at, begin), text.size());
    out.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

const Flag* find_flag(const Program& program, std::string_view name) {
  for (const std::vector<Flag>* flags : {&program.flags, &common_flags}) {
    for (const Flag& flag : *flags) {
      if (flag.name == name) return &flag;
    }
  }
  return nullptr;
}

std::vector<std::string_view> choices_of(const Flag& flag) {
  if (flag.value.find('|') == std::string_view::npos) return {};
  return split(flag.value, '|');
}

std::string help_text(const Program& program) {
  std::string out = "usage: " + std::string(program.name) + " [FLAG...]";
  if (!program.operands.empty()) out.append(" ").append(program.operands);
  out += "\n\n";
  out += filled(program.does, 100, "") + '\n';
  for (const Flag& flag : all_flags(program)) out += "  " + as_given(flag) + '\n' + filled(flag.help, 92, "        ");
  out += '\n';
  if (reads_inputs(program)) out += filled(about_inputs, 100, "");
  return out + filled(about_status, 100, "");
}

std::string manual_page(const Program& program) {
  const std::string name(program.name);
  std::string out = ".TH " + name + " 1 \"\" \"storymerge " STORYMERGE_VERSION "\" \"storymerge\"\n.SH NAME\n" +
                    roff(name) + " \\- " + roff(program.does) + "\n.SH SYNOPSIS\n.B " + roff(name) + "\n[" +
                    roff("FLAG...") + "] " + roff(program.operands) + "\n";
  if (reads_inputs(program)) out += ".SH DESCRIPTION\n" + roff(about_inputs) + '\n';
  out += ".SH OPTIONS\n";
  for (const Flag& flag : all_flags(program)) {
    out +=
        ".TP\n.B " + roff("--" + std::string(flag.name)) + "\\fR " + roff(flag.value) + '\n' + roff(flag.help) + '\n';
  }
  return out + ".SH EXIT STATUS\n" + roff(about_status.substr(about_status.find(':') + 2)) + '\n';
}

std::string bash_completion(const Program& program) {
  const std::string name(program.name);
  std::string flags, cases;
  for (const Flag& flag : all_flags(program)) {
    flags += (flags.empty() ? "--" : " --") + std::string(flag.name);
    if (const auto choices = choices_of(flag); !choices.empty()) {
      cases += "    --" + std::string(flag.name) + ") COMPREPLY=($(compgen -W '" + joined(choices) +
               "' -- \"$word\")); return ;;\n";
    } else if (is_path(flag)) {
      cases += "    --" + std::string(flag.name) + ") COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n";
    }
  }
  return "# completion of " + name + " for bash\n_" + name +
         "() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
         "  [[ $word == '=' ]] && word=''\n"
         "  [[ $before == '=' ]] && before=${COMP_WORDS[COMP_CWORD-2]}\n"
         "  case $before in\n" +
         cases + "  esac\n  [[ $word != -* ]] || COMPREPLY=($(compgen -W '" + flags +
         "' -- \"$word\"))\n"
         "}\n"
         "complete -o filenames -o default -F _" +
         name + ' ' + name + '\n';
}

std::string zsh_completion(const Program& program) {
  const std::string name(program.name);
  std::string out = "#compdef " + name + "\n_arguments \\\n";
  for (const Flag& flag : all_flags(program)) {
    std::string help;  // brackets and colons mean something to _arguments
    for (const char c : flag.help) {
      if (c == '[' || c == ']' || c == ':' || c == '\\') help += '\\';
      help += c;
    }
    std::string spec = "--" + std::string(flag.name) + (flag.value.empty() ? "[" : "=[") + help + ']';
    if (const auto choices = choices_of(flag); !choices.empty()) {
      spec += ":" + std::string(flag.name) + ":(" + joined(choices) + ')';
    } else if (!flag.value.empty()) {
      spec += ":" + std::string(flag.value) + ':' + (is_path(flag) ? "_files" : "");
    }
    out += "  " + in_single_quotes(spec) + " \\\n";
  }
  return out + "  '*:input:_files'\n";
}

}  // namespace examples

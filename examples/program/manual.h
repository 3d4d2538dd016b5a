#pragma once
// What a program's table of flags is read as: the text of --help, a manual page, completions for shells.

#include <string>
#include <string_view>
#include <vector>

namespace examples {

struct Flag;
struct Program;

extern const std::vector<Flag> common_flags;  // those that every program has

// The program's own flag or a common one; nullptr when there is none.
const Flag* find_flag(const Program& program, std::string_view name);

// "markdown|jsonl" -> {"markdown", "jsonl"}; none when the value is no choice.
std::vector<std::string_view> choices_of(const Flag& flag);

std::vector<std::string_view> split(std::string_view text, char at);

std::string help_text(const Program& program);
std::string manual_page(const Program& program);  // man(7)
std::string bash_completion(const Program& program);
std::string zsh_completion(const Program& program);

}  // namespace examples

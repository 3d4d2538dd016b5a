#pragma once
// A judge of pairs in a process of its own: any program that answers JSON Lines, whatever model it asks.

#include <storymerge/align/alignment.h>

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace examples {

// Starts `command` (by the shell) once. For a batch it gets one line on its standard input,
//   {"pairs": [{"a": {"text", "before", "title", "source", "published"}, "b": {…}}, …]}
// and answers one line on its standard output, {"p": [0.97, …]}, within `seconds`. A judge that fails is told on standard
// error and asked no more: what it has not judged is left to the library, so that nothing is lost.
std::function<std::vector<double>(std::span<const storymerge::JudgedPair>)> start_judge(const std::string& command,
                                                                                        int seconds = 60);

}  // namespace examples

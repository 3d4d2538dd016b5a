#pragma once
// What went wrong, and with which thing? The one exception type of the library.
//
// Thrown for bad options, unreadable or truncated inputs, and texts no corpus can hold. A bad record in a good input is
// no exception: it goes into the ReadReport (read/read.h) and the other records are read.

#include <stdexcept>
#include <string>

#include "storymerge/base/export.h"

namespace storymerge {

enum class ErrorCode {
  bad_option,    // an option outside its range; the message names the option, the value and the range
  bad_input,     // content that cannot be used: truncated archive, invalid UTF-8, duplicate id, wrong file format
  io,            // a file or stream that cannot be opened, read or written
  incompatible,  // two sketches or files made with different schemes, seeds, sizes or normalisers
  stopped,       // the caller's stop token asked for it; nothing is left half done
};

class STORYMERGE_EXPORT Error : public std::runtime_error {
 public:
  // `message`: lower case, no final period, names the thing, the value and the range.
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

}  // namespace storymerge

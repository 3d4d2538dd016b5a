#pragma once
// Where a program writes. A file is written beside its place and takes it when it is whole, so that a run that fails or is
// interrupted leaves there what was there. Every write is checked: one that fails throws, and so ends the program.

#include <memory>
#include <ostream>
#include <span>
#include <stdexcept>
#include <string>

namespace examples {

// Whoever read the output has gone: no error, but nothing is left to do.
struct ReaderHasGone : std::runtime_error {
  ReaderHasGone() : std::runtime_error("the reader of the output has gone") {}
};

class Output : public std::ostream {
 public:
  // Of the file `path`, or of standard output when it is "". Errors: storymerge::Error (io).
  explicit Output(const std::string& path);
  ~Output() override;  // without publish() what was written goes

  // What is written so far takes its place; what comes later is added to it. Errors: storymerge::Error (io).
  void publish();

  // The same, and nothing comes later. Errors: storymerge::Error (io).
  void close();

 private:
  class Buffer;
  std::unique_ptr<Buffer> buffer_;
};

// Opens /dev/null in place of those standard streams that are closed, so that no file gets their number. Call first.
void open_standard_streams();

// "", or which of `inputs` writing to `path` ("": standard output) would change: it is the output, or a folder that the
// output lies in.
std::string input_that_is_output(std::span<const std::string> inputs, const std::string& path);

}  // namespace examples

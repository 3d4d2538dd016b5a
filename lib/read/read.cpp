#include "storymerge/read/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "read/formats.h"
#include "storymerge/base/error.h"

namespace storymerge {
namespace {

namespace fs = std::filesystem;
using read::Collector;
using read::Reader;

void read_one(const std::string& path, Collector& out) {
  out.open(path);
  Reader in(read::open_source(path));
  if (in.peek(3).starts_with("\xEF\xBB\xBF")) in.skip(3);
  if (path.ends_with(".txt")) {
    read_text_page(in, out);
  } else {
    read_json_lines(in, out);
  }
}

}  // namespace

ReadResult read_articles(std::span<const std::string> inputs, const ReadOptions& options) {
  Collector out(options);
  for (const std::string& input : inputs) {
    if (input == "-" || !fs::is_directory(input)) {
      read_one(input, out);
      continue;
    }
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(input)) {
      if (entry.is_regular_file()) files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    for (const std::string& file : files) read_one(file, out);
  }
  return out.finish();
}

}  // namespace storymerge

// How do stories grow while articles come in? Watches folders: each article of a new file gets its story at once, which may
// bring other stories together or part them; after every round all stories are put right.

#include <storymerge/story/index.h>
#include <storymerge/storymerge.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <map>
#include <thread>

#include "program/arguments.h"
#include "program/safe_text.h"

namespace {

namespace fs = std::filesystem;
using examples::on_a_line;

// What is known of a file. It is read once it stands still, for whoever writes it may not be done, and again when it has
// changed since.
struct Watched {
  std::uintmax_t size = 0;
  fs::file_time_type changed{};
  int looks = 0;  // since it was last read, or came
  bool read = false;
};

// One that never stands still is read after this many looks.
constexpr int patience = 10;

// The files that are to be read now, in order of path. `at_once`: there is no second look.
std::vector<std::string> files_to_read(const std::vector<std::string>& folders, bool at_once,
                                       std::map<std::string, Watched>& known) {
  std::vector<std::string> out;
  std::map<std::string, Watched> present;
  for (const std::string& folder : folders) {
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
      const std::string path = entry.path().string();
      std::error_code error;
      if (entry.path().filename().string().starts_with('.') || entry.is_directory(error)) continue;
      Watched now = known[path];
      // What cannot be asked for, as of a link to nowhere, is told when it is read.
      const std::uintmax_t size = entry.file_size(error);
      const fs::file_time_type changed = entry.last_write_time(error);
      const bool stands = now.looks > 0 && now.size == size && now.changed == changed;
      if (!stands) now.read = false;
      now.size = size;
      now.changed = changed;
      ++now.looks;
      if (!now.read && (stands || at_once || now.looks >= patience)) {
        out.push_back(path);
        now.read = true;
        now.looks = 1;
      }
      present[path] = now;
    }
  }
  known = std::move(present);
  std::sort(out.begin(), out.end());
  return out;
}

void print(const std::vector<storymerge::StoryChange>& changes, std::ostream& out) {
  for (const storymerge::StoryChange& change : changes) {
    out << (change.kind == storymerge::StoryChange::Kind::merged ? "   merged " : "    split ") << change.story;
    for (const std::string& other : change.others) out << ' ' << other;
    out << '\n';
  }
}

// Whatever is wrong with one file is told; the others come in.
storymerge::Corpus read(const examples::Arguments& arguments, const std::string& file) {
  try {
    std::error_code error;
    const fs::file_type type = fs::status(file, error).type();
    if (type == fs::file_type::not_found) throw std::runtime_error("a link to nowhere");
    if (type != fs::file_type::regular && type != fs::file_type::none) throw std::runtime_error("no file");
    storymerge::ReadResult result = storymerge::read_articles({file});
    arguments.tell(result.report);
    return std::move(result.corpus);
  } catch (const std::exception& error) {
    arguments.tell(file, error.what());
    return {};
  }
}

void watch(const examples::Arguments& arguments, examples::Output& out) {
  const double seconds = arguments.number("seconds", 2, 0, 1e6);
  storymerge::StoryOptions options;
  options.threads = arguments.threads;
  storymerge::StoryIndex index(options);
  std::map<std::string, Watched> known;
  for (bool first = true; first || seconds > 0; first = false) {
    if (!first) std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    const std::vector<std::string> files = files_to_read(arguments.inputs, seconds == 0, known);
    for (const std::string& file : files) {
      const storymerge::Corpus corpus = read(arguments, file);
      for (const storymerge::Article& article : corpus.articles()) {
        if (!index.story_of(article.id).empty()) continue;  // came before
        const storymerge::StoryIndex::Added added = index.add(article);
        out << (index.articles_of(added.story).size() == 1 ? "new story " : "    story ") << added.story << "  "
            << on_a_line(article.title) << '\n';
        print(added.changes, out);
      }
    }
    if (files.empty()) continue;
    print(index.repair(), out);
    out.publish();
  }
}

const examples::Program program = {
    "watch_folder",
    "tell how stories grow, merge and part while articles come into folders",
    "FOLDER...",
    {{"seconds", "N", "look every N seconds, 2 if not given, until interrupted; 0: look once"}}};

}  // namespace

int main(int argc, char** argv) { return examples::run(argc, argv, program, watch); }

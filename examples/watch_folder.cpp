// How do stories grow while articles come in? Watches a folder: each article of a new file gets its story at once, which may
// bring other stories together or part them; after every round all stories are put right.
//   watch_folder [--seconds N] FOLDER     looks every N seconds (default 2) until interrupted; 0: looks once

#include <storymerge/story/index.h>
#include <storymerge/storymerge.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <set>
#include <thread>

#include "arguments.h"

namespace {

namespace fs = std::filesystem;

// The files that were not there before, in order of name.
std::vector<std::string> new_files(const std::string& folder, std::set<std::string>& known) {
  std::set<std::string> found;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file() && known.insert(entry.path().string()).second) found.insert(entry.path().string());
  }
  return {found.begin(), found.end()};
}

void print(const std::vector<storymerge::StoryChange>& changes, std::ostream& out) {
  for (const storymerge::StoryChange& change : changes) {
    out << (change.kind == storymerge::StoryChange::Kind::merged ? "   merged " : "    split ") << change.story;
    for (const std::string& other : change.others) out << ' ' << other;
    out << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  return examples::run(argc, argv, "watch_folder", "[--seconds N] FOLDER", {"seconds"},
                       [](const examples::Arguments& arguments, std::ostream& out) {
                         const double seconds = arguments.number("seconds", 2);
                         storymerge::StoryOptions options;
                         options.threads = arguments.threads;
                         storymerge::StoryIndex index(options);
                         std::set<std::string> known;
                         do {
                           const std::vector<std::string> files = new_files(arguments.inputs.front(), known);
                           for (const std::string& file : files) {
                             const storymerge::ReadResult read = storymerge::read_articles({file});
                             for (const storymerge::Article& article : read.corpus.articles()) {
                               if (!index.story_of(article.id).empty()) continue;  // came before, in another file
                               const storymerge::StoryIndex::Added added = index.add(article);
                               out << (index.articles_of(added.story).size() == 1 ? "new story " : "    story ")
                                   << added.story << "  " << article.title << '\n';
                               print(added.changes, out);
                             }
                           }
                           if (!files.empty()) {
                             print(index.repair(), out);
                             out.flush();
                           }
                           if (seconds > 0) std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
                         } while (seconds > 0 && out);
                       });
}

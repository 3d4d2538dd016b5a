// What is new since I last looked? Watches folders: the articles of their files go into a store, and what that changes in the
// stories is told, a line each. With --store it goes on where it was when it is started again.

#include <storymerge/storymerge.h>

#include <chrono>
#include <filesystem>
#include <iomanip>
#include <map>
#include <set>
#include <thread>

#include "program/arguments.h"
#include "program/safe_text.h"

namespace {

namespace fs = std::filesystem;
using examples::on_a_line;

// What is known of a file. It is read once it stands still, for whoever writes it may not be done, and again when it has changed.
struct Watched {
  std::string stamp;                  // size and time
  bool still = false;                 // the same as at the look before
  bool read = false;                  // since it has this stamp
  int looks = 0;                      // while it was not
  int away = 0;                       // looks since it was last there
  std::vector<std::string> articles;  // ids of those that it gave, in order
};

constexpr int patience = 10;         // looks after which a file that never stands still is read all the same
constexpr int surely_gone = 2;       // looks after which a file was not moved or written anew, but deleted
constexpr std::size_t batch = 1000;  // articles that are written down together

class Watching {
 public:
  Watching(const examples::Arguments& arguments, storymerge::StoryStore& store) : arguments_(arguments), store_(store) {
    for (const std::string& folder : arguments.inputs) folders_.push_back(fs::canonical(folder));
    for (const fs::path& folder : folders_) remember(folder);
  }

  // `at_once`: there is no second look.
  void look(bool at_once) {
    for (auto& [path, file] : files_) ++file.away;
    for (const fs::path& folder : folders_) list(folder);
    std::vector<std::string> gone;
    for (auto& [path, file] : files_) {
      if (file.away >= (at_once ? 1 : surely_gone)) gone.push_back(path);
      if (file.away > 0 || file.read || !(++file.looks >= patience || file.still || at_once)) continue;
      read(path, file);
      file.read = true;
      file.looks = 0;
    }
    for (const std::string& path : gone) forget(path);
    write_down();
  }

 private:
  // A note of each file under its path, and one under path, zero and id of each article that it gave.
  static std::string note_of(const std::string& path, const std::string& article) { return path + '\0' + article; }

  void remember(const fs::path& folder) {
    for (const auto& [key, value] : store_.notes((folder / "").string())) {
      const std::string path = key.substr(0, key.find('\0'));
      Watched& file = files_[path];
      if (path == key) {
        file.stamp = value;
        file.read = true;
      } else if (const std::string article = key.substr(path.size() + 1); givers_[article].insert(path).second) {
        file.articles.push_back(article);
      }
    }
  }

  // Without a folder that was asked for there is nothing to do; one inside that cannot be listed has lost nothing.
  void list(const fs::path& folder) {
    std::error_code error;
    fs::directory_iterator entry(folder, error), end;
    for (; !error && entry != end; entry.increment(error)) {
      if (entry->path().filename().string().starts_with('.')) continue;
      std::error_code unknown;  // of a link to nowhere: that is told when it is read
      if (!entry->is_directory(unknown)) {
        see(files_[entry->path().string()], *entry);
      } else if (!entry->is_symlink(unknown)) {
        list(entry->path());
      }
    }
    if (!error) return;
    if (std::find(folders_.begin(), folders_.end(), folder) != folders_.end()) {
      throw fs::filesystem_error("cannot be listed", folder, error);
    }
    if (error == std::errc::no_such_file_or_directory) return;
    arguments_.tell(folder.string(), error.message());
    const std::string inside = (folder / "").string();
    for (auto at = files_.lower_bound(inside); at != files_.end() && at->first.starts_with(inside); ++at) {
      at->second.away = 0;
    }
  }

  static void see(Watched& file, const fs::directory_entry& entry) {
    std::error_code unknown;
    const std::string stamp = std::to_string(entry.file_size(unknown)) + ' ' +
                              std::to_string(entry.last_write_time(unknown).time_since_epoch().count());
    file.away = 0;
    file.still = stamp == file.stamp;
    if (file.still) return;
    file.stamp = stamp;
    file.read = false;
  }

  // Whatever is wrong with one file is told; the others come in.
  void read(const std::string& path, Watched& file) {
    bool storing = false;
    const auto take = [&](storymerge::Article&& article) {
      // A page that tells no link is known by its file: with another text it is the next version.
      if (is_page(path) && article.url.empty() && !file.articles.empty()) article.id = file.articles.front();
      storing = true;
      std::string id;
      waiting_ += store_.put(std::move(article), &id) != storymerge::StoryStore::Put::known;
      if (givers_[id].insert(path).second) {
        file.articles.push_back(id);
        store_.note(note_of(path, id), "gave");
      }
      if (waiting_ >= batch) write_down();
      storing = false;
    };
    try {
      std::error_code error;
      const fs::file_type type = fs::status(path, error).type();
      if (type == fs::file_type::not_found) throw std::runtime_error("a link to nowhere");
      if (type != fs::file_type::regular && type != fs::file_type::none) throw std::runtime_error("no file");
      arguments_.tell(storymerge::read_articles({&path, 1}, take));
    } catch (const std::exception& error) {
      if (storing) throw;
      arguments_.tell(path, error.what());
    }
    store_.note(path, file.stamp);
  }

  static bool is_page(const fs::path& path) {
    const std::set<fs::path> endings = {".txt", ".html", ".htm", ".xhtml"};
    return endings.contains(path.extension());
  }

  // Articles that no other file gave are withdrawn. What a changed file no longer holds stays: a feed drops what is old.
  void forget(const std::string& path) {
    for (const std::string& article : files_[path].articles) {
      std::set<std::string>& givers = givers_[article];
      givers.erase(path);
      if (givers.empty()) {
        store_.remove(article);
        givers_.erase(article);
      }
      store_.note(note_of(path, article), "");
    }
    store_.note(path, "");
    files_.erase(path);
  }

  // All stories are put right as soon as a tenth of the articles are new: often enough, and not the more work the more there are.
  void write_down() {
    unsettled_ += waiting_;
    waiting_ = 0;
    if (unsettled_ > 0 && 10 * unsettled_ + batch >= store_.size()) {
      store_.repair();
      unsettled_ = 0;
    } else {
      store_.commit();
    }
  }

  const examples::Arguments& arguments_;
  storymerge::StoryStore& store_;
  std::vector<fs::path> folders_;
  std::map<std::string, Watched> files_;
  std::map<std::string, std::set<std::string>> givers_;  // files, by article
  std::size_t waiting_ = 0, unsettled_ = 0;  // new articles: since the last commit, before it since the last repair
};

void print(const storymerge::StoryStore& store, storymerge::Revision seen, std::ostream& out) {
  std::map<std::string, std::string> titles;
  for (const storymerge::StoryEntry& story : store.stories({.changed_since = seen, .expired = true})) {
    titles[story.id] = story.title;
  }
  for (const storymerge::Change& change : store.since(seen)) {
    out << std::left << std::setw(16) << word_for(change.kind) << std::setw(16) << change.story;
    if (!change.other.empty()) out << "  " << on_a_line(change.other);
    if (change.before != change.after) out << "  " << change.before << " -> " << change.after;
    const std::string& what = change.other.empty() ? titles[change.story] : change.text;
    if (!what.empty()) out << "  " << on_a_line(what);
    out << '\n';
  }
}

void watch(const examples::Arguments& arguments, examples::Output& out) {
  const double seconds = arguments.number("seconds", 2, 0, 1e6);
  storymerge::StoreOptions options;
  options.stories.threads = options.duplicates.threads = arguments.threads;
  storymerge::StoryStore store(arguments.has("store") ? arguments.text("store") : ":memory:", options);
  storymerge::Revision seen = store.revision();
  Watching watching(arguments, store);
  for (bool first = true; first || seconds > 0; first = false) {
    if (!first) std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    watching.look(seconds == 0);
    if (store.revision() == seen) continue;
    print(store, seen, out);
    seen = store.revision();
    out.publish();
  }
}

const examples::Program program = {
    "watch_folder",
    "tell what changes in the stories while files come into folders, change and are deleted",
    "FOLDER...",
    {{"store", "PATH",
      "keep the articles in this file, and go on where it was; without it all is forgotten at the end. A file that is "
      "deleted "
      "takes its articles along"},
     {"seconds", "N", "look every N seconds, 2 if not given, until interrupted; 0: look once"}}};

}  // namespace

int main(int argc, char** argv) { return examples::run(argc, argv, program, watch); }

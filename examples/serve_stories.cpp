// The stories of a store, live, for a browser and for programs. It only reads; whatever writes the store (merge_stories --store,
// watch_folder, a program of your own) does so beside it, and open pages take in each commit.
//
//   /                      the page
//   /stories.json          {"revision", "stories": [{"id", "title", ...}]}, the newest first
//   /stories/ID.json       a story, as a line of merge_stories --format jsonl; also by an id that now leads to it
//   /changes?since=REV     {"revision", "changes": [{"kind", "story", ...}]}
//   /events                server-sent events: the revision, a line a commit
//   /feed.json /feed.atom  an entry a story, updated when a claim of it changes
//   /page?since=REV        for the page itself

#include <storymerge/store/story_store.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <limits>
#include <map>
#include <mutex>
#include <thread>

#include "program/arguments.h"
#include "serve/server.h"
#include "serve/snapshot.h"

namespace {

using examples::serve::Answer;
using examples::serve::Clock;
using examples::serve::make_body;
using examples::serve::Server;
using examples::serve::SharedBody;
using examples::serve::Snapshot;
using examples::serve::Target;

constexpr auto between_looks = std::chrono::milliseconds(300);
constexpr std::size_t waiting_jobs = 64, kept_answers = 64;
constexpr std::size_t merged_first =
    8;  // stories, before the page is shown; then as many again as there are, and so on

// The one thread that reads the store: it takes snapshots as revisions come, and answers what no snapshot holds.
class StoreReader {
 public:
  using Job = std::function<void(StoreReader&)>;

  StoreReader(const std::string& path, std::size_t most) : path_(path), most_(most), store_(path, reading()) {}
  ~StoreReader() { stop(); }
  StoreReader(const StoreReader&) = delete;
  StoreReader& operator=(const StoreReader&) = delete;

  // From here on `server` is told of each revision.
  void start(Server& server, std::string address) {
    server_ = &server;
    address_ = std::move(address);
    store_.stories({.limit = 1});  // a damaged store is told at once
    server.publish(store_.revision(), last_write());
    thread_ = std::thread([this] { work(); });
  }

  // Before the server goes.
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

  // Null before the first.
  std::shared_ptr<const Snapshot> snapshot() const {
    const std::lock_guard lock(mutex_);
    return snapshot_;
  }

  // Calls `use` with a snapshot, now or when there is one: a `complete` one, or the first; with null when none can be had. Who
  // waits is a connection, of which the server has only so many.
  using Use = std::function<void(const Snapshot*)>;
  void with_snapshot(bool complete, Use use) {
    std::unique_lock lock(mutex_);
    if (!snapshot_ || (complete && !snapshot_->complete)) return waiting_.push_back({complete, std::move(use)});
    const std::shared_ptr<const Snapshot> now = snapshot_;
    lock.unlock();
    use(now.get());
  }

  // False when too many wait already.
  bool post(Job job) {
    const std::lock_guard lock(mutex_);
    if (jobs_.size() >= waiting_jobs) return false;
    jobs_.push_back(std::move(job));
    wake_.notify_all();
    return true;
  }

  // On its own thread, in a job.
  SharedBody story(const std::string& id) { return examples::serve::story_json(store_, id); }
  SharedBody changes(storymerge::Revision since) {
    if (const storymerge::Revision now = store_.revision(); now != answers_of_) {
      answers_.clear();
      answers_of_ = now;
    }
    if (answers_.size() >= kept_answers) answers_.clear();
    SharedBody& body = answers_[since];
    if (!body) body = examples::serve::changes_json(store_, since);
    return body;
  }

 private:
  static storymerge::StoreOptions reading() {
    storymerge::StoreOptions options;
    options.read_only = true;
    return options;
  }

  void work() {
    for (std::unique_lock lock(mutex_); !stopped_; lock.lock()) {
      const bool behind = trouble_.empty() && (!snapshot_ || !snapshot_->complete);
      if (!behind) wake_.wait_for(lock, between_looks, [this] { return stopped_ || !jobs_.empty(); });
      std::deque<Job> jobs;
      jobs.swap(jobs_);
      lock.unlock();
      for (const Job& job : jobs) job(*this);
      try {
        look();
        trouble_.clear();
      } catch (const std::exception& error) {  // what was there stays; the next look may do better
        if (trouble_ != error.what()) std::cerr << "serve_stories: " << error.what() << '\n';
        trouble_ = error.what();
        tell_waiting(nullptr);
      }
    }
  }

  void look() {
    const std::shared_ptr<const Snapshot> before = snapshot();
    const bool same = before && before->revision == store_.revision();
    if (same && before->complete) return;
    const std::size_t all = std::numeric_limits<std::size_t>::max();
    const std::size_t portion = !before ? merged_first : before->complete ? all : before->stories.size();
    const auto enough = [&](std::size_t merged) { return merged >= portion || stopped(); };
    const auto now = same ? before->made : before ? Clock::now() : last_write();
    const auto taken = take_snapshot(store_, before.get(), most_, enough, address_, now);
    {
      const std::lock_guard lock(mutex_);
      snapshot_ = taken;
    }
    tell_waiting(taken.get());
    server_->publish(taken->revision, taken->made);  // who hears of it finds it
  }

  void tell_waiting(const Snapshot* now) {
    std::vector<Waiting> told;
    {
      const std::lock_guard lock(mutex_);
      const auto waits_on = [&](const Waiting& one) { return now != nullptr && one.complete && !now->complete; };
      const auto ready = std::stable_partition(waiting_.begin(), waiting_.end(), waits_on);
      told.assign(std::make_move_iterator(ready), std::make_move_iterator(waiting_.end()));
      waiting_.erase(ready, waiting_.end());
    }
    for (const Waiting& one : told) one.use(now);
  }

  bool stopped() const {
    const std::lock_guard lock(mutex_);
    return stopped_;
  }

  // When the store was written before this program began.
  Clock::time_point last_write() const {
    std::error_code error;
    auto written = std::filesystem::last_write_time(path_, error);
    const auto log = std::filesystem::last_write_time(path_ + "-wal", error);
    if (!error) written = std::max(written, log);
    return std::chrono::time_point_cast<Clock::duration>(Clock::now() +
                                                         (written - std::filesystem::file_time_type::clock::now()));
  }

  std::string path_, address_, trouble_;
  std::size_t most_;
  storymerge::StoryStore store_;
  Server* server_ = nullptr;
  storymerge::Revision answers_of_ = 0;
  std::map<storymerge::Revision, SharedBody> answers_;

  mutable std::mutex mutex_;  // of what follows
  std::condition_variable wake_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::deque<Job> jobs_;
  struct Waiting {
    bool complete = false;
    Use use;
  };
  std::vector<Waiting> waiting_;
  bool stopped_ = false;
  std::thread thread_;
};

Answer found(SharedBody body) { return body ? Answer{200, std::move(body)} : Answer{404, nullptr}; }

// What the store itself has to say, later.
void ask(StoreReader& reader, const Server::Respond& respond, std::function<SharedBody(StoreReader&)> what) {
  const bool asked = reader.post([respond, what = std::move(what)](StoreReader& store) {
    Answer answer{503, nullptr};
    try {
      answer = found(what(store));
    } catch (const std::exception&) {  // damaged, or out of memory: told by the next look
    }
    respond(std::move(answer));
  });
  if (!asked) respond({503, nullptr});
}

// ID of "/stories/ID.json"; "" for other paths.
std::string story_of(std::string_view path) {
  constexpr std::string_view before = "/stories/", after = ".json";
  if (!path.starts_with(before) || !path.ends_with(after) || path.size() <= before.size() + after.size()) return "";
  return std::string(path.substr(before.size(), path.size() - before.size() - after.size()));
}

void route_changes(StoreReader& reader, const Snapshot& now, const Target& target, const Server::Respond& respond) {
  const std::optional<std::uint64_t> since = examples::serve::number_in(target.query, "since");
  if (!since || *since > now.revision) return respond({400, nullptr});
  if (target.path == "/page") {
    const auto step = examples::serve::number_in(target.query, "step");
    return respond({200, make_body("text/html; charset=utf-8", page_changes(now, *since, step))});
  }
  ask(reader, respond, [since = *since](StoreReader& store) { return store.changes(since); });
}

void route(StoreReader& reader, const Target& target, const Server::Respond& respond) {
  // The page may begin with some of the stories and grow; what programs read has all of them.
  static const std::map<std::string, SharedBody Snapshot::*, std::less<>> bodies = {
      {"/", &Snapshot::page},
      {"/stories.json", &Snapshot::list},
      {"/feed.json", &Snapshot::json_feed},
      {"/feed.atom", &Snapshot::atom_feed}};
  if (const auto body = bodies.find(target.path); body != bodies.end()) {
    return reader.with_snapshot(target.path != "/", [respond, member = body->second](const Snapshot* now) {
      respond(now != nullptr ? Answer{200, now->*member} : Answer{503, nullptr});
    });
  }
  if (const std::string id = story_of(target.path); !id.empty()) {
    const std::shared_ptr<const Snapshot> now = reader.snapshot();
    if (now) {
      if (const auto story = now->by_id.find(id); story != now->by_id.end()) return respond({200, story->second->json});
    }
    return ask(reader, respond, [id](StoreReader& store) { return store.story(id); });
  }
  if (target.path != "/changes" && target.path != "/page") return respond({404, nullptr});
  reader.with_snapshot(false, [&reader, target, respond](const Snapshot* now) {
    if (now == nullptr) return respond({503, nullptr});
    route_changes(reader, *now, target, respond);
  });
}

void serve(const examples::Arguments& arguments, examples::Output& out) {
  if (!arguments.has("store")) throw examples::UsageError("no --store");
  examples::serve::ServerOptions options;
  options.port = static_cast<unsigned>(arguments.number("port", 8080, 0, 65535));
  if (arguments.has("address")) options.address = arguments.text("address");
  if (arguments.has("host")) options.hosts.push_back(arguments.text("host"));
  options.patience = std::chrono::milliseconds(static_cast<int>(1000 * arguments.number("patience", 10, 0.1, 3600)));
  options.sending = 6 * options.patience;
  StoreReader reader(arguments.text("store"), static_cast<std::size_t>(arguments.number("stories", 1000, 1, 100'000)));
  Server server(options, [&](const Target& target, const Server::Respond& respond) { route(reader, target, respond); });
  struct Stop {
    StoreReader& reader;
    ~Stop() { reader.stop(); }
  } const at_the_end{reader};
  const std::string address = "http://" + server.name() + '/';
  reader.start(server, address);
  out << address << '\n';
  out.publish();
  server.run();
}

const examples::Program program = {
    "serve_stories",
    "serve the stories of a store, live, to browsers and programs",
    "",
    {{"store", "PATH", "the store to read; it may be written meanwhile"},
     {"port", "N", "where to listen, 8080 if not given; 0: any port that is free"},
     {"address", "A", "the address to listen at, 127.0.0.1 if not given: nobody else's machine"},
     {"host", "NAME", "a name that requests may call this server by, beside its address"},
     {"stories", "N", "how many stories, the newest ones; 1000 if not given"},
     {"patience", "SECONDS",
      "how long a client may take to send a request, and a sixth of how long to take the answer; 10 if not given"}}};

}  // namespace

int main(int argc, char** argv) { return examples::run(argc, argv, program, serve); }

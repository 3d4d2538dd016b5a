#pragma once
// What does a session hold, and how does every call of the C interface come in and go out?

#include <atomic>
#include <mutex>
#include <new>
#include <optional>
#include <ostream>
#include <stop_token>
#include <streambuf>
#include <string>
#include <utility>

#include "c/settings.h"
#include "read/collector.h"
#include "storymerge/base/error.h"
#include "storymerge/c.h"
#include "storymerge/store/story_store.h"
#include "support/parallel.h"

namespace storymerge::c {

// A stop that may be asked for on any thread: it ends the call that is under way, or the next.
class Stop {
 public:
  std::stop_token token() {
    const std::lock_guard lock(mutex_);
    return source_.get_token();
  }
  void request() {
    const std::lock_guard lock(mutex_);
    source_.request_stop();
  }
  void heed() {  // it has ended a call
    const std::lock_guard lock(mutex_);
    source_ = {};
  }

 private:
  std::mutex mutex_;
  std::stop_source source_;
};

// Articles come in; then, ids and versions settled, it is closed.
struct Batch {
  std::optional<read::Collector> incoming;
  std::optional<ReadResult> closed;
  Article next;  // its fields so far
  bool next_has_text = false;

  // What `add` does to the collector is done wholly or not at all. Errors: bad_input when closed.
  template <class F>
  void take_in(unsigned threads, F&& add) {
    check_open();
    if (!incoming) {
      ReadOptions options;
      options.threads = threads;
      incoming.emplace(options);
    }
    const read::Collector::Mark before = incoming->mark();
    try {
      add(*incoming);
    } catch (...) {
      incoming->back_to(before);
      throw;
    }
  }
  void check_open() const {
    if (closed)
      throw Error(ErrorCode::bad_input,
                  "the batch is closed by a call that looked at all of it; storymerge_clear begins another");
  }
  // When memory ends in here, the batch is empty.
  const ReadResult& close() {
    if (closed) return *closed;
    if (!incoming) return closed.emplace();
    read::Collector all = *std::exchange(incoming, std::nullopt);
    return closed.emplace(all.finish());
  }
};

}  // namespace storymerge::c

struct storymerge_session {
  std::atomic<bool> busy = false;
  std::string message;
  storymerge::c::Settings settings;
  storymerge::c::Stop stop;
  storymerge::c::Batch batch;
  std::optional<storymerge::StoryStore> store;
};

namespace storymerge::c {

// The one way in: at most one call at a time, and no exception out.
template <class F>
storymerge_status guarded(storymerge_session* session, F&& call) noexcept {
  if (session->busy.exchange(true)) return STORYMERGE_BUSY;
  storymerge_status status = STORYMERGE_OK;
  const auto keep = [&](storymerge_status failed, const char* message) {
    status = failed;
    try {
      session->message = message;
    } catch (...) {
      session->message.clear();
    }
  };
  session->message.clear();
  try {
    const std::stop_token token = session->stop.token();
    const StopScope scope(token);
    check_stop();
    call();
  } catch (const Error& error) {
    static_assert(static_cast<int>(ErrorCode::stopped) + 1 == STORYMERGE_STOPPED);
    keep(static_cast<storymerge_status>(static_cast<int>(error.code()) + 1), error.what());
  } catch (const std::bad_alloc&) {
    keep(STORYMERGE_NO_MEMORY, "no memory is left");
  } catch (const std::exception& error) {
    keep(STORYMERGE_FAILED, error.what());
  } catch (...) {
    keep(STORYMERGE_FAILED, "an exception that is none of the standard library");
  }
  if (status == STORYMERGE_STOPPED) session->stop.heed();
  session->busy = false;
  return status;
}

inline void hand_over(storymerge_take take, void* context, std::string_view json) {
  if (take(context, json.data(), json.size()) != 0) throw Error(ErrorCode::stopped, "the callback wants no more");
}

// A stream whose lines go to a callback, each when it ends.
class Lines : public std::ostream {
 public:
  Lines(storymerge_take take, void* context) : std::ostream(nullptr), buffer_(take, context) {
    rdbuf(&buffer_);
    exceptions(badbit);  // what a callback throws comes through
  }

 private:
  class Buffer : public std::streambuf {
   public:
    Buffer(storymerge_take take, void* context) : take_(take), context_(context) {}

   private:
    std::streamsize xsputn(const char* bytes, std::streamsize size) override {
      std::string_view rest(bytes, static_cast<std::size_t>(size));
      for (std::size_t end; (end = rest.find('\n')) != rest.npos; rest.remove_prefix(end + 1)) {
        hand_over(take_, context_, line_.append(rest.substr(0, end)));
        line_.clear();
      }
      line_ += rest;
      return size;
    }
    int_type overflow(int_type c) override {
      const char byte = traits_type::to_char_type(c);
      xsputn(&byte, 1);
      return c;
    }

    storymerge_take take_;
    void* context_;
    std::string line_;
  };
  Buffer buffer_;
};

// A buffer of whole JSON Lines into a collector.
void read_lines(std::string_view bytes, read::Collector& to);
// Errors: bad_input when one of n + 1 offsets is less than the one before.
void check_offsets(const std::int64_t* offsets, std::size_t n);
// A line.
void write_issue(std::ostream& out, const ReadIssue& issue);

}  // namespace storymerge::c

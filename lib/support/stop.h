#pragma once
// Has the caller asked this call to end?
//
// A public call that takes a stop token opens a StopScope; all work that it starts, on whichever thread, then asks
// check_stop() now and then (parallel_pieces does, before every piece), and no function between them passes the token on.

#include <stop_token>

namespace storymerge {

// The token of the call that runs on this thread; null when there is none.
inline thread_local const std::stop_token* current_stop = nullptr;

[[noreturn]] void throw_stopped();  // Error, code stopped; in lib/base/stop.cpp, since Error is of a room

inline void check_stop() {
  if (current_stop != nullptr && current_stop->stop_requested()) throw_stopped();
}

class StopScope {
 public:
  // A token that nobody can trigger leaves the one of the call around in force. Requires: `token` outlives the scope.
  explicit StopScope(const std::stop_token& token) : before_(current_stop) {
    if (token.stop_possible()) current_stop = &token;
  }
  ~StopScope() { current_stop = before_; }
  StopScope(const StopScope&) = delete;
  StopScope& operator=(const StopScope&) = delete;

 private:
  const std::stop_token* before_;
};

}  // namespace storymerge

#pragma once
// How far is long work, how fast, and how long will it take? One line on standard error that is written over and over, and
// goes when the work is done. Only for a person: on a terminal, unless --quiet, after the first half second.

#include <chrono>
#include <string>
#include <string_view>

namespace examples {

class Progress {
 public:
  explicit Progress(bool quiet);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `done` of `total` articles are through this phase; total 0: nobody knows. From one thread at a time.
  void show(std::string_view phase, double done, double total);

  // Takes the line away, so that something else can be written.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  static constexpr auto patience = std::chrono::milliseconds(500);

  bool wanted_;
  bool shown_ = false;
  std::string phase_;
  Clock::time_point began_ = Clock::now(), phase_began_ = began_, next_ = began_ + patience;
};

}  // namespace examples

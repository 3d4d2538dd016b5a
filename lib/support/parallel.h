#pragma once
// Work on every index of a range, on several threads.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "support/stop.h"

namespace storymerge {

// The number of threads that an option asks for: 0 means all cores; more than 1,024 help nobody.
inline unsigned thread_count(unsigned threads) {
  return std::min(threads != 0 ? threads : std::max(1u, std::thread::hardware_concurrency()), 1024u);
}

// Calls f(begin, end) on disjoint pieces of [0, n) of at most `grain` indices each. Which thread takes which piece is not
// fixed, so f must write only to places that its indices own. The first exception thrown is passed on when all have ended.
// Ends with Error `stopped` before the next piece when the caller of the library has asked for it.
template <class F>
void parallel_pieces(std::size_t n, std::size_t grain, unsigned threads, F&& f) {
  const std::size_t pieces = (n + grain - 1) / grain;
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t p = next++; p < pieces; p = next++) {
      check_stop();
      f(p * grain, std::min(n, (p + 1) * grain));
    }
  };
  const std::size_t workers = std::min<std::size_t>(thread_count(threads), pieces);
  if (workers <= 1) return work();

  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto guarded_work = [&, stop = current_stop] {
    current_stop = stop;
    try {
      work();
    } catch (...) {
      next = pieces;
      const std::lock_guard lock(failure_mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> pool;
    try {
      while (pool.size() + 1 < workers) pool.emplace_back(guarded_work);
    } catch (const std::exception&) {  // no thread more is to be had: those there are do the work
    }
    guarded_work();
  }
  if (failure) std::rethrow_exception(failure);
}

// Calls f(i) for every i in [0, n).
template <class F>
void parallel_for(std::size_t n, unsigned threads, F&& f) {
  parallel_pieces(n, std::clamp<std::size_t>(n / 64, 1, 256), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) f(i);
  });
}

}  // namespace storymerge

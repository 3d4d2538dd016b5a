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

// The number of threads that an option asks for: 0 means all cores.
inline unsigned thread_count(unsigned threads) {
  return threads != 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
}

// Calls f(begin, end) on disjoint pieces of [0, n) of at most `grain` indices each. Which thread takes which piece is not
// fixed, so f must write only to places that its indices own. The first exception thrown is passed on when all have ended.
// Ends with Error `stopped` before the next piece when the caller of the library has asked for it.
template <class F>
void parallel_pieces(std::size_t n, std::size_t grain, unsigned threads, F&& f) {
  const std::size_t pieces = (n + grain - 1) / grain;
  const std::size_t workers = std::min<std::size_t>(thread_count(threads), pieces);
  if (workers <= 1) {
    for (std::size_t p = 0; p < pieces; ++p) {
      check_stop();
      f(p * grain, std::min(n, (p + 1) * grain));
    }
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  {
    std::vector<std::jthread> pool;
    for (std::size_t w = 0; w < workers; ++w) {
      pool.emplace_back([&, stop = current_stop] {
        current_stop = stop;
        try {
          for (std::size_t p = next++; p < pieces; p = next++) {
            check_stop();
            f(p * grain, std::min(n, (p + 1) * grain));
          }
        } catch (...) {
          next = pieces;
          const std::lock_guard lock(failure_mutex);
          if (!failure) failure = std::current_exception();
        }
      });
    }
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

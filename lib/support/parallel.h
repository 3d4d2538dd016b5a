#pragma once
// Work on every index of a range, on several threads.

#include <algorithm>
#include <atomic>
#include <condition_variable>
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

// So many threads that do the work, or fewer where no more are to be had.
template <class Work>
std::vector<std::jthread> start_threads(std::size_t count, const Work& work) {
  std::vector<std::jthread> out;
  try {
    while (out.size() < count) out.emplace_back(work);
  } catch (const std::exception&) {  // those there are do the work
  }
  return out;
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
    const std::vector<std::jthread> pool = start_threads(workers - 1, guarded_work);
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

// Calls make(i) for every i in [0, n), on several threads, and take(i) on this one, in order, while others are made. What is begun
// and not yet taken has together a weight below `ahead`, 1 or more, before the next is begun. Exceptions and `stopped` as above.
template <class Weight, class Make, class Take>
void parallel_in_order(std::size_t n, std::size_t ahead, unsigned threads, Weight&& weight, Make&& make, Take&& take) {
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t next = 0, taken = 0;  // to be made; to be taken
  std::size_t begun = 0;            // weight of what is begun and not taken
  std::vector<char> is_made(n);
  std::exception_ptr failure;
  const auto may_begin = [&] { return next < n && begun < ahead; };
  // Both with the lock, which they leave while they work.
  const auto make_next = [&](std::unique_lock<std::mutex>& lock) {
    const std::size_t i = next++;
    begun += weight(i);
    lock.unlock();
    check_stop();
    make(i);
    lock.lock();
    is_made[i] = 1;
    changed.notify_all();
  };
  const auto take_next = [&](std::unique_lock<std::mutex>& lock) {
    lock.unlock();
    check_stop();
    take(taken);
    lock.lock();
    begun -= weight(taken++);
    changed.notify_all();
  };
  const auto guarded = [&](const auto& loop) {
    std::unique_lock lock(mutex);
    try {
      loop(lock);
    } catch (...) {
      if (!lock.owns_lock()) lock.lock();
      if (!failure) failure = std::current_exception();
      changed.notify_all();
    }
  };
  const auto work = [&, stop = current_stop] {
    current_stop = stop;
    guarded([&](std::unique_lock<std::mutex>& lock) {
      while (next < n && !failure) may_begin() ? make_next(lock) : changed.wait(lock);
    });
  };
  {
    const std::vector<std::jthread> pool =
        start_threads(std::min<std::size_t>(thread_count(threads), n) - (n > 0), work);
    guarded([&](std::unique_lock<std::mutex>& lock) {
      while (taken < n && !failure) {
        if (is_made[taken] != 0)
          take_next(lock);
        else
          may_begin() ? make_next(lock) : changed.wait(lock);
      }
    });
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace storymerge

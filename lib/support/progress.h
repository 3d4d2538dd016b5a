#pragma once
// Work that goes on in several threads, told to one listener as the share of it that is done.

#include <functional>
#include <mutex>

namespace storymerge {

class SharedProgress {
 public:
  // `listener` may be empty. Requires: it outlives this.
  SharedProgress(const std::function<void(double)>& listener, double total) : listener_(listener), total_(total) {}

  // So much more of `total` is done. From any thread; the listener hears of it on that thread, one at a time.
  void add(double more) {
    if (!listener_) return;
    const std::lock_guard lock(mutex_);
    done_ += more;
    listener_(done_ / total_);
  }

 private:
  const std::function<void(double)>& listener_;
  const double total_;
  double done_ = 0;
  std::mutex mutex_;
};

}  // namespace storymerge

#include "program/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <sstream>

namespace examples {

Progress::Progress(bool quiet) : wanted_(!quiet && ::isatty(STDERR_FILENO) == 1) {}

void Progress::show(std::string_view phase, double done, double total) {
  if (!wanted_) return;
  const Clock::time_point now = Clock::now();
  if (phase != phase_) {
    phase_ = phase;
    phase_began_ = now;
  } else if (now < next_) {
    return;
  }
  if (now < began_ + patience) return;
  next_ = now + std::chrono::milliseconds(200);
  const double seconds = std::chrono::duration<double>(now - phase_began_).count();
  std::ostringstream line;
  line << '\r' << phase;
  if (total > 0) line << ' ' << std::lround(100 * std::min(1.0, done / total)) << " %";
  if (done > 0 && seconds > 0.2) {
    line << ", " << std::lround(done / seconds) << " articles/s";
    if (total > 0) line << ", " << std::lround(std::max(0.0, total - done) * seconds / done) << " s left";
  }
  std::cerr << line.str() << "\x1b[K" << std::flush;
  shown_ = true;
}

void Progress::clear() {
  if (shown_) std::cerr << "\r\x1b[K" << std::flush;
  shown_ = false;
}

}  // namespace examples

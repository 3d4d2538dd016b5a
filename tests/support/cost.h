#pragma once

// Compares what two pieces of work cost, on machines that others use, too.

#include <algorithm>
#include <ctime>
#include <limits>

namespace storymerge::testing {

/// How many times as much processor time `work` takes as `unit`. Both are run in turns, so that what slows the machine slows
/// both, and the least of each counts. They should take about as long: the least of short runs finds quiet moments that long
/// runs never see. Ends after `turns`, or as soon as the answer is at most `wanted`. Other programs' time does not count, that
/// of other threads of this process does.
template <class Unit, class Work>
double times_as_long(Unit&& unit, Work&& work, double wanted, int turns) {
  const auto time = [](auto& f) {
    const std::clock_t begin = std::clock();
    f();
    return static_cast<double>(std::clock() - begin);
  };
  double least_unit = std::numeric_limits<double>::max(), least_work = least_unit;
  do {
    least_unit = std::min(least_unit, time(unit));
    least_work = std::min(least_work, time(work));
  } while (--turns > 0 && least_work > wanted * least_unit);
  return least_work / least_unit;
}

}  // namespace storymerge::testing

// How should a signature be cut into bands? Prints the S-curve, the probability that two texts of a given Jaccard
// similarity become a candidate pair, of three ways to cut one signature.

#include <storymerge/sketch/minhash_lsh.h>

#include <array>
#include <iomanip>
#include <string>

#include "program/arguments.h"

namespace {

struct Choice {
  std::string name;
  storymerge::Banding banding;

  std::string heading() const {
    return "  " + name + ' ' + std::to_string(banding.bands) + 'x' + std::to_string(banding.rows);
  }
};

void print_curves(const examples::Arguments& arguments, std::ostream& out) {
  const double threshold = arguments.number("threshold", 0.5);
  const unsigned num_perm = arguments.count("num-perm", 128);
  const std::array<Choice, 3> choices = {{
      // Misses and false candidates cost the same: the curve rises at the threshold.
      {"even", storymerge::optimal_banding(threshold, num_perm, 0.5, 0.5)},
      // A false candidate costs one comparison, a miss cannot be mended: the curve rises before it.
      {"wary", storymerge::optimal_banding(threshold, num_perm)},
      // As few false candidates as a recall of 0.99 at the threshold allows.
      {"sure", storymerge::sure_banding(threshold, num_perm)},
  }};
  out << "jaccard ";
  for (const Choice& c : choices) out << c.heading();
  out << '\n' << std::fixed;
  for (int tenth = 1; tenth <= 10; ++tenth) {
    out << std::setw(8) << std::left << std::setprecision(1) << tenth / 10.0 << std::right << std::setprecision(4);
    for (const Choice& c : choices) {
      const auto width = static_cast<int>(c.heading().size());
      out << std::setw(width) << storymerge::collision_probability(tenth / 10.0, c.banding);
    }
    out << '\n';
  }
}

const examples::Program program = {"choose_bands",
                                   "print which pairs three ways to cut a signature into bands find",
                                   "",
                                   {{"threshold", "J", "how alike two texts must be, over 0 to 1; default 0.5"},
                                    {"num-perm", "K", "slots of a signature; default 128"}}};

}  // namespace

int main(int argc, char** argv) { return run(argc, argv, program, print_curves); }

// How should a signature be cut into bands? Prints the S-curve, the probability that two texts of a given Jaccard
// similarity become a candidate pair, of three ways to cut one signature.
//   choose_bands [THRESHOLD [NUM_PERM]]     0.5 and 128 when not given

#include <storymerge/base/error.h>
#include <storymerge/sketch/minhash_lsh.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <vector>

int main(int argc, char** argv) {
  const char* const usage = "usage: choose_bands [THRESHOLD [NUM_PERM]]\n";
  char* end = nullptr;
  const double threshold = argc > 1 ? std::strtod(argv[1], &end) : 0.5;
  const unsigned num_perm = argc > 2 ? static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10)) : 128;
  if (argc > 3 || (argc > 1 && *end != '\0')) {
    std::cerr << usage;
    return 2;
  }
  struct Choice {
    const char* name;
    storymerge::Banding banding;
  };
  std::vector<Choice> choices;
  try {
    choices = {// Misses and false candidates cost the same: the curve rises at the threshold.
               {"even", storymerge::optimal_banding(threshold, num_perm, 0.5, 0.5)},
               // A false candidate costs one comparison, a miss cannot be mended: the curve rises before it.
               {"wary", storymerge::optimal_banding(threshold, num_perm)},
               // As few false candidates as a recall of 0.99 at the threshold allows.
               {"sure", storymerge::sure_banding(threshold, num_perm)}};
  } catch (const storymerge::Error& error) {
    std::cerr << "choose_bands: " << error.what() << '\n' << usage;
    return 2;
  }
  std::printf("%-8s", "jaccard");
  for (const Choice& c : choices) std::printf("  %s %ux%u", c.name, c.banding.bands, c.banding.rows);
  std::printf("\n");
  for (int tenth = 1; tenth <= 10; ++tenth) {
    std::printf("%-8.1f", tenth / 10.0);
    for (const Choice& c : choices) {
      const int width = std::snprintf(nullptr, 0, "%s %ux%u", c.name, c.banding.bands, c.banding.rows);
      std::printf("  %*.4f", width, storymerge::collision_probability(tenth / 10.0, c.banding));
    }
    std::printf("\n");
  }
}

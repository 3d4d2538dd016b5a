#pragma once
// Which texts belong together? Average linkage down to a low similarity, less each text's beat; then every group is cut in
// two as long as its halves are more like themselves than like each other; then a text alone joins the story that it is
// far more like than any other.
//
// The beat of a text is how alike it is to its nearest neighbours that do not tell of its own event. It is what lets one
// bound serve six months of one country's politics, where everything shares its names, and scattered events (after CSLS,
// Conneau et al., "Word translation without parallel data", ICLR 2018). Joining (joiner.h) finds all of an event and what
// is like it; cutting (cutter.h) keeps apart two events of one kind.

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "story/neighbours.h"
#include "story/profile.h"
#include "storymerge/story/stories.h"

namespace storymerge {

using Nodes = std::vector<std::uint32_t>;

// Tuned on the development parts of allsides, neus, basil, giveme5w1h and ECB+, and on gold/dev, data/gold and data/check,
// at once; each number stands on a plateau where half or twice the step changes no mean by more than .005.
struct GroupingRules {
  // Joining. Similarities here are those of vectors whose length grows slowly with the text's (profile.h).
  double tight = 0.13;  // average similarity from which texts are surely of one event, and no beat of one another
  double cut = 0.08;    // the same, less the beat, from which two groups are joined
  double beat = 0.7;    // share of the beat that is taken off
  std::size_t neighbours = 10;  // whose mean similarity is the beat

  // Groups of two or three, which are too small to be cut by their spread, need `few` times exp(twins * Divergence::degree),
  // for two events of one kind dwell each on terms of its own; `rival` times as much where their leads tell of days of which
  // the other text says nothing, and 1 + `alone` times where nobody knows the beat of two texts. There the names of their leads
  // tell as well, for in a beat everybody shares them: no more is needed where both leads have `names_shared` of them, exp(names)
  // times as much a share that is missing or more, up to `names_enough`.
  double few = 0.0225;
  double twins = 2;
  double rival = 1.65;
  double alone = 1.2;
  double names = 1.2, names_shared = 0.25, names_enough = 0.35;

  // A story is closed when reports stop for so long (days). What comes then with numbers of its own is another event, the more
  // so with days of its own; days alone say no more than before, for a page may be dated long after its news. On the next days
  // numbers of its own say less, for tolls rise. Two texts of one day (less than `same_day`) differ in numbers all the same.
  // Factors of what two texts need, on top of one another.
  double ended = 4, same_day = 0.75;
  double rival_ended = 3.6;        // rival days and numbers, of a story that is closed
  double rival_numbers_ended = 2;  // rival numbers alone, the same
  double rival_numbers = 1.35;     // rival days and numbers of one that is not
  double rival_scores = 2.5;       // matches that ended otherwise
  double rival_rates = 2.5;  // rival days and numbers of one that is not, and of texts that open with other percentages
  // What the similarity of two texts is divided by in a cut: with rival days and numbers. Where both have no date, rival numbers
  // alone do, for no distance in time parts such texts; and rival days do as if the texts were `named_apart` days apart.
  double rival_in_group = 1.6, named_apart = 2;

  // Cutting.
  double split = 0.65;        // a group is cut when similarity across < split * similarity within
  double split_small = 0.45;  // the same for halves of fewer than three
  double stranger = 0.35;     // a member stays alone when its similarity to the others is below this share of theirs

  // Adopting what is left alone.
  double adopt = 0.05;  // similarity to a group, less the text's beat
  double margin = 2;    // times the similarity to the next best

  double own = 0.15;  // average of a user's own similarity from which two groups are joined
  bool time = true;   // distance in time lowers similarity
  std::function<double(std::uint32_t, std::uint32_t, double)> similarity{};  // replaces that of a pair
  unsigned threads = 0;

  // Score of a pair from which find_neighbours should tell of it: a beat is made of what is hardly alike.
  double least_edge() const { return similarity ? 0 : 0.02; }
};

// The rules that a user's options stand for, without the similarity. Errors: bad_option.
GroupingRules rules_of(const StoryOptions& options);

// What the user's own similarity says. Requires: there is one. Errors: bad_input when that is no number.
double ask(const StoryOptions& options, const Article& a, const Article& b, double ours);

// Similarity from which two texts of a group of two or three are one story. `unknown`: share of their beat that nobody knows,
// 1 for two texts alone.
struct Text {
  const Profile& profile;
  std::span<const Weight> vector;
};
double needed(const Text& a, const Text& b, double unknown, const GroupingRules& rules);

// How many times as much two texts need because of the days, numbers and scores with which they lead; of days alone where both
// have no date. 1 when nothing is rival.
double rivalry(const Profile& a, const Profile& b, const GroupingRules& rules);

// What is taken off the similarity of a text that is so alike to those near it, in any order, that are not of its event.
double beat_of(std::vector<float> near, const GroupingRules& rules);

// Factor for two texts that are so many days apart.
double time_factor(double days);

// Up to `count` of the nodes, evenly spread.
Nodes sample_of(const Nodes& nodes, std::size_t count);

// What one step of the grouping knows of all texts.
struct Texts {
  std::span<const Profile> profiles;
  std::span<const SparseVector> vectors;
  std::span<const double> beats;  // what is taken off a similarity, half of it for each side
  const GroupingRules& rules;
  std::span<const double> products{};  // of the vectors, where they are few

  double similarity(std::uint32_t a, std::uint32_t b,
                    double score) const;                      // with time; the user's own where there is one
  double similarity(std::uint32_t a, std::uint32_t b) const;  // the same, score computed
};

// What surrounds some texts that are grouped for themselves.
struct Surroundings {
  std::vector<std::vector<float>> near;  // for each text: its similarities to the nearest texts elsewhere
  std::size_t texts = 0;                 // how many there are elsewhere
};

struct Grouping {
  std::vector<std::uint32_t> label;  // group of each profile, groups numbered in order of their first profile
  Nodes roundups;                    // profiles that tell of several events, in order
};

// `edges`: find_neighbours of the vectors. `apart`: pairs that must not share a group.
// Complexity: O(n log n) for n profiles of bounded length; no step looks at all pairs of a large group.
Grouping group_profiles(std::span<const Profile> profiles, std::span<const SparseVector> vectors,
                        std::span<const Edge> edges, std::span<const std::pair<std::uint32_t, std::uint32_t>> apart,
                        const GroupingRules& rules, const Surroundings& elsewhere = {});

}  // namespace storymerge

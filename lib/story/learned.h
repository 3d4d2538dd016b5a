#pragma once
// What has an index found out of an article that it need not find out again, and how does that stand in a record?

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "story/profile.h"
#include "storymerge/base/source_span.h"

namespace storymerge {

struct Learned {
  std::uint64_t basis = 0;           // what it was learned by: rules, tables, options
  std::uint64_t node = 0;            // articles that stay together share it
  std::vector<ByteRange> body;       // its sentences
  std::optional<Profile> profile;    // of one that stands for itself and its copies
  SparseVector keys;                 // that it is found by: key and weight alone; made anew when there are none
  std::vector<std::uint64_t> apart;  // hashes of ids: articles that its node must not share a story with
  std::vector<std::pair<std::uint64_t, float>> near;  // the same: articles of other nodes, and how alike
};

// Of what a record is made by: the tables of the languages, and what the analysis makes of a few sentences.
std::uint64_t basis_of_analysis();

std::string pack(const Learned& learned);
// Errors: bad_input where a record ends early, or goes on.
Learned unpack(std::string_view record);

}  // namespace storymerge

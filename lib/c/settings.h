#pragma once
// What do the keys and values of storymerge_set ask for?

#include <optional>
#include <string_view>

#include "story/counted.h"
#include "storymerge/pipeline.h"
#include "storymerge/read/sources.h"
#include "storymerge/sketch/minhash.h"
#include "storymerge/sketch/minhash_lsh.h"
#include "storymerge/store/story_store.h"

namespace storymerge::c {

struct Settings {
  unsigned threads = 0;
  StoryPreset preset = StoryPreset::event;
  Strictness strictness = Strictness::balanced;
  std::optional<double> threshold{}, containment{};
  unsigned ngram = DuplicateOptions().ngram;
  unsigned num_perm = MinHashOptions().num_perm;
  Banding banding{};
  SourceTable sources{};
  std::optional<Repeated> repeated{};      // in a corpus of which the batch is a part
  std::optional<FeatureCounts> counted{};  // of the same
  bool read_only = false;
  unsigned live = static_cast<unsigned>(StoreOptions().live);

  // Errors: bad_option when there is no such key, or it does not take this value; those of read_sources. Nothing is changed then.
  void set(std::string_view key, std::string_view value);

  DuplicateOptions duplicate_options() const;  // good as long as these settings are
  MinHashOptions minhash_options() const;
  Options options() const;
  StoreOptions store_options() const;
};

}  // namespace storymerge::c

#pragma once
// What should have come out? Gold stories: coverage annotated by hand, sentence by sentence (data/gold/FORMAT.md).
//
// Folders of JSON files in; stories out, each with the articles as the pipeline reads them and, for every sentence,
// which claims it states.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storymerge/base/article.h"
#include "storymerge/base/export.h"
#include "storymerge/base/source_span.h"
#include "storymerge/dispute/disputes.h"

namespace storymerge {

struct GoldTelling {
  std::uint32_t claim = 0;           // position in GoldStory::claims
  std::optional<std::string> value;  // what this sentence gives, where sources give different values
};

struct GoldSentence {
  ByteRange range;  // in Article::text
  std::vector<GoldTelling> tells;
  bool boilerplate = false;
};

struct GoldArticle {
  Article article;
  std::optional<std::uint32_t> copy_of;  // position in GoldStory::articles of the article that this one reprints
  std::vector<GoldSentence> sentences;   // in order
};

struct GoldDispute {
  std::uint32_t claim = 0;
  DisputeKind kind = DisputeKind::quantity;
  Resolution resolution = Resolution::conflict;
};

struct GoldStory {
  std::string name;
  std::string title;                // for people; no program sees it
  std::vector<std::string> claims;  // their canonical wording
  std::vector<GoldArticle> articles;
  std::vector<GoldDispute> disputes;
};

// The stories of all `*.json` files in the folders, in order of path.
// Errors: io when a folder or file cannot be read, bad_input when a file breaks the format; the message names the file.
STORYMERGE_EXPORT std::vector<GoldStory> read_gold(std::span<const std::string> folders);

// The articles of all stories, without any annotation.
STORYMERGE_EXPORT std::vector<Article> gold_articles(std::span<const GoldStory> stories);

}  // namespace storymerge

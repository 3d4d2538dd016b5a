#pragma once
// How do articles, furniture and copies stand in the file? Numbers in seven bits a byte, strings with their length.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/base/article.h"
#include "storymerge/dedup/duplicates.h"
#include "storymerge/story/stories.h"
#include "storymerge/text/furniture.h"

namespace storymerge::store {

// Reading throws Error (bad_input) where a record ends early, or goes on.

// All but the id and `replaced_by`, which stand in columns.
std::string write_article(const Article& article);
Article read_article(std::string_view record);

std::string write_furniture(std::span<const Furniture> furniture);
std::vector<Furniture> read_furniture(std::string_view record);

// What a batch said of the articles of one story, by their numbers in the store.
struct Copies {
  std::vector<std::uint64_t> articles;  // by ArticleIndex
  Duplicates duplicates;                // of these alone
  std::vector<Touch> touches;           // Story::touches
};
std::string write_copies(const Copies& copies);
Copies read_copies(std::string_view record);

}  // namespace storymerge::store

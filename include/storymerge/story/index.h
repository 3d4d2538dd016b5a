#pragma once
// Which story does an article that has just come in belong to?
//
// add() gives an answer at once, by the articles so far; repair() groups everything anew, exactly as group_stories would,
// and says which stories were merged and which split. Ids survive: a story keeps the id that most of its articles had.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/base/article.h"
#include "storymerge/dedup/duplicates.h"
#include "storymerge/story/stories.h"

namespace storymerge {

struct StoryChange {
  enum class Kind { merged, split };
  Kind kind = Kind::merged;
  std::string story;                // merged: the one that now holds them all; split: the one that was cut
  std::vector<std::string> others;  // merged: the stories that gave articles to it; split: those that took them; sorted
};

class StoryIndex {
 public:
  explicit StoryIndex(StoryOptions options = {}, DuplicateOptions duplicates = {});
  StoryIndex(StoryIndex&&) noexcept;
  StoryIndex& operator=(StoryIndex&&) noexcept;
  ~StoryIndex();

  // Id of the article's story: one that is there, or a new one (a hash of the article's id).
  // Errors: bad_input as for a Corpus, or when the id is known.
  // Complexity: bounded by the article's length; does not grow with the number of articles.
  const std::string& add(Article article);

  // Groups all articles so far as group_stories does. What add() guessed wrong for want of later articles is put right.
  // Changes in order of (kind, story). Errors: bad_option. Complexity: that of group_stories; call it now and then.
  std::vector<StoryChange> repair();

  std::size_t size() const;

  // Id of the story of an article; empty when the article is not known.
  std::string_view story_of(std::string_view article) const;

  // Ids of a story's articles, in byte order; empty when the story is not known (or merged into another).
  std::vector<std::string> articles_of(std::string_view story) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace storymerge

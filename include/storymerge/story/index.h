#pragma once
// Which story does an article that has just come in belong to?
//
// add() groups the article, and the stories around it, anew by the rules of group_stories, so that one article can bring two
// stories together or part one. repair() groups everything anew, exactly as group_stories would, and puts right what add()
// could not see: stories too large for it, and weights that have changed since. Both say which stories were merged and which
// split. Ids survive: a story's id goes where most of its articles go, and where two become one the id of the one founded first stays.
//
// An index lives in memory. A StoryStore (store/story_store.h) keeps one, and what it says, on the disk.

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/base/article.h"
#include "storymerge/base/export.h"
#include "storymerge/dedup/duplicates.h"
#include "storymerge/story/stories.h"

namespace storymerge {

struct StoryChange {
  enum class Kind { merged, split };
  Kind kind = Kind::merged;
  std::string story;                // merged: the one that now holds them all; split: the one that was cut
  std::vector<std::string> others;  // merged: the stories that gave articles to it; split: those that took them; sorted
};

class STORYMERGE_EXPORT StoryIndex {
 public:
  // Errors: bad_option.
  explicit StoryIndex(StoryOptions options = {}, DuplicateOptions duplicates = {});
  StoryIndex(StoryIndex&&) noexcept;
  StoryIndex& operator=(StoryIndex&&) noexcept;
  ~StoryIndex();

  struct Added {
    std::string story;                 // id: of a story that was there, or a new one (a hash of an article's id)
    std::vector<StoryChange> changes;  // what the article did to the other stories, in order of (kind, story)
  };

  // Links, and a similarity of your own, hold at once.
  // Errors: bad_input as for a Corpus, or when the id is known; whatever a similarity of your own throws. The article is not
  // added then, and all is as it was.
  // Complexity: the article's analysis, and grouping anew the texts of its nearest stories, at most 64 (24 a story more when
  // links or copies tie it to several that are larger). Of a story too large for that 24 texts are looked at; here it can
  // win texts but lose none. So it is with closed stories, all of days more than four from the article's: two of them are
  // looked at, and six texts of one. Stories that share less than three tenths as much with the article as another does are not
  // looked at. None of these bounds grows with the number of articles.
  // `replaces`: id of the version before it of the same page, where links do not tell.
  Added add(Article article, std::string_view replaces = {});

  // Groups all articles so far as group_stories does. Changes in order of (kind, story).
  // Errors: bad_option. Complexity: that of group_stories; call it now and then.
  // `sink` is handed what was found on the way, stories with their ids; what it throws ends the call, and nothing is changed.
  using GroupingSink =
      std::function<void(const Corpus& corpus, const Duplicates& duplicates, std::span<const Story> stories)>;
  std::vector<StoryChange> repair(const GroupingSink& sink = {});

  // What the index has found out of an article, to be kept beside it: bytes that an index alone reads.
  struct Record {
    std::string article;  // id
    std::string bytes;
  };
  // Of those articles of which it knows more, or other things, than when this was called last.
  std::vector<Record> take_records();

  // An article, the id of its story, and its record.
  struct Placed {
    Article article;
    std::string story;
    std::string record{};
  };
  // Takes the place of all so far: these articles in these stories, which were founded in the order in which they come here. `next`
  // hands over one after another, in false when there is none left. Where one has no record, or one that was made under other options
  // or by another storymerge, all are analysed anew; what repair() had found is the same either way.
  // Errors: bad_input as for a Corpus, or when a record is damaged; what `next` throws; nothing is changed then.
  // Complexity: linear in the records; without them that of analyze and find_duplicates.
  void restore(const std::function<bool(Placed&)>& next);

  // Forgets an article; its story keeps its id as long as it holds another. What it held together stays until repair().
  // False when the id is not known.
  bool remove(std::string_view id);

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

#pragma once
// Why are two articles one story, or two?

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/base/export.h"
#include "storymerge/story/stories.h"
#include "storymerge/text/document.h"

namespace storymerge {

struct Evidence {
  enum class Kind { term, name, number };
  Kind kind = Kind::term;
  std::string text;   // as the article writes it where it stands first
  double weight = 0;  // shared: its part of the similarity; one side only: its part if the other told it as much
};

struct Comparison {
  double similarity = 0;           // time_factor times the sum of `shared`
  double needed = 0;               // similarity from which two articles alone are one story
  std::string dwells_a, dwells_b;  // what each dwells on and the other hardly tells: raises `needed`
  // Share of the names of either lead, rare ones more, that the other lead has: the smaller of the two. The less, the more is
  // `needed`. None when a lead has no names.
  std::optional<double> lead_names;
  // The days of which the leads tell, as written, where neither text says anything of the other's: raises `needed`.
  std::string day_a, day_b;
  // How alike each is to the articles of the corpus that are near it without being of its event. Among more than two articles
  // half of either is taken off `similarity`.
  double beat_a = 0, beat_b = 0;
  double time_factor = 1;                        // 1: near in time, no date, or a preset for which time does not count
  double days_apart = 0;                         // 0 when a date is missing
  std::vector<Evidence> shared, only_a, only_b;  // weightiest first; what only one tells takes nothing away
  // The least that would turn the decision: one story would be two without these of `shared`; two would be one if both told
  // these of `only_a` and `only_b`. Weightiest first; empty when all of them are not enough, or with a similarity of your own.
  std::vector<Evidence> decisive;

  bool one_story() const { return similarity >= needed; }
};

// Two articles of a corpus, whose words decide what is rare. In a corpus of more than two the group decides as well: an
// article joins others that it is like on average, and like events of one kind are cut apart.
// Complexity: that of one pass over the corpus's words.
STORYMERGE_EXPORT Comparison compare(const Corpus& corpus, std::span<const Document> documents, ArticleIndex a,
                                     ArticleIndex b, const StoryOptions& options = {});

}  // namespace storymerge

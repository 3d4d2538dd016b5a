// The README's first program.
#include <storymerge/storymerge.h>

#include <iostream>

int main() {
  const storymerge::Corpus corpus({
      {.id = "a", .title = "Ferry capsizes off Lidra", .source = "Wire", .text = "At least 12 people died when the ferry "
       "Aurora Sol capsized off Lidra on Friday. The captain survived."},
      {.id = "b", .title = "Fifteen dead in Lidra ferry disaster", .source = "Herald", .text = "Fifteen people were killed "
       "when the ferry Aurora Sol capsized off Lidra on Friday. Prosecutors have opened an inquiry."}});
  for (const storymerge::MergedStory& story : storymerge::merge_stories(corpus)) {
    std::cout << story.title << '\n';
    for (const storymerge::MergedClaim& claim : story.claims) {
      std::cout << claim.origin_count << " of " << story.origins.size() << ": " << corpus.quote(claim.support[0].span) << '\n';
    }
  }
}

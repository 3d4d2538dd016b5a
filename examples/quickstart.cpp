// The README's first program.
#include <storymerge/storymerge.h>

#include <iostream>

int main() {
  const storymerge::Corpus corpus(
      {{.id = "wire",
        .title = "Ferry capsizes off Lidra",
        .text =
            "At least 12 people died when the ferry Aurora Sol capsized off Lidra on Friday. The captain survived."},
       {.id = "herald",
        .title = "Lidra ferry disaster: fifteen dead",
        .text = "Fifteen people died when the ferry Aurora Sol capsized off Lidra on Friday. It carried 233 people."}});
  for (const storymerge::MergedStory& story : storymerge::merge_stories(corpus)) {
    std::cout << story.title << '\n';
    for (const storymerge::MergedClaim& claim : story.claims) {
      std::cout << claim.origin_count << " of " << story.origins.size() << "  " << corpus.quote(claim.support[0].span)
                << '\n';
    }
  }
}

// The README's first program.
#include <storymerge/storymerge.h>

#include <iostream>

int main() {
  const storymerge::Corpus corpus(
      {{.id = "wire",
        .title = "Ferry capsizes off Lidra",
        .text = "At least 12 people died when the ferry Aurora Sol capsized off Lidra on Friday. "
                "Rescuers pulled 168 survivors from the sea."},
       {.id = "herald",
        .title = "Lidra ferry disaster: fifteen dead",
        .text = "Fifteen people died when the Aurora Sol, a passenger ferry, capsized off Lidra on Friday morning. "
                "Prosecutors have opened an inquiry."}});
  for (const storymerge::MergedStory& story : storymerge::merge_stories(corpus)) {
    std::cout << story.title << '\n';
    for (const storymerge::MergedClaim& claim : story.claims) {
      std::cout << claim.origin_count << " of " << story.origins.size() << "  " << corpus.quote(claim.support[0].span)
                << '\n';
    }
    for (const storymerge::MergedDispute& dispute : story.disputes) {
      const char* before = "disputed: ";
      for (const storymerge::MergedValue& value : dispute.values) {
        std::cout << before << value.value << " (" << corpus[value.support[0].span.article].id << ")";
        before = ", ";
      }
      std::cout << '\n';
    }
  }
  return std::cout.flush() ? 0 : 1;
}

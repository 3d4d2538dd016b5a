// Uses every kind of package that the library links: JSON and compression to read, Unicode to fold, stems to compare.
#include <storymerge/storymerge.h>

#include <iostream>

int main(int, char** argv) {
  const std::string input = argv[1];
  const storymerge::ReadResult read = storymerge::read_articles({input});
  std::size_t claims = 0;
  const auto stories = storymerge::merge_stories(read.corpus);
  for (const storymerge::MergedStory& story : stories) {
    for (const storymerge::MergedClaim& claim : story.claims) {
      claims += !read.corpus.quote(claim.support.front().span).empty();
    }
  }
  std::cout << read.corpus.size() << " articles, " << (stories.empty() ? "no" : "some") << " stories, "
            << (claims == 0 ? "no" : "some") << " claims\n";
}

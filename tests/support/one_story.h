#pragma once
// Articles that are one story, as far as the rooms before `align` take them.

#include <storymerge/storymerge.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace storymerge::testing {

// Of so many hours after the beginning of the 14th of March 2031.
inline Article article(std::string id, std::string text, int hour) {
  Article a;
  a.id = std::move(id);
  a.source = a.id;
  a.title = "Ferry capsizes off Lidra";
  a.published = *parse_time("2031-03-14T00:00:00Z") + std::chrono::hours(hour);
  a.text = std::move(text);
  return a;
}

// Requires: outlives what `material` returns.
struct OneStory {
  Corpus corpus;
  std::vector<Document> documents;
  Duplicates duplicates;
  Story story;

  explicit OneStory(std::vector<Article> articles) : corpus(std::move(articles)), documents(analyze(corpus)) {
    duplicates = find_duplicates(corpus, documents);
    for (ArticleIndex a = 0; a < corpus.size(); ++a) story.articles.push_back(a);
    for (std::uint32_t o = 0; o < duplicates.origins.size(); ++o) story.origins.push_back(o);
  }
  Material material() const { return gather(corpus, documents, duplicates, story); }
};

}  // namespace storymerge::testing

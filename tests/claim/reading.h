#pragma once
// One article, and the claims that are read from it.

#include <string>
#include <string_view>
#include <vector>

#include "storymerge/claim/claims.h"

namespace storymerge {

struct Reading {
  Corpus corpus;
  std::vector<Document> documents;
  StoryNames names;
  std::vector<Claim> claims;

  explicit Reading(std::string text, std::string language = "en", std::string source = "The Outlet") {
    Article article;
    article.id = "a";
    article.source = std::move(source);
    article.language = std::move(language);
    article.published = parse_time("2031-11-03T09:40:00Z");
    article.text = std::move(text);
    corpus = Corpus({article});
    documents = analyze(corpus, 1);
    Story story;
    story.articles = {0};
    names = unify_names(corpus, documents, story);
    claims = extract_claims(corpus, documents, story, names);
  }

  // The claim that holds these words; null for none.
  const Claim* claim(std::string_view words) const {
    const std::size_t at = corpus[0].text.find(words);
    for (const Claim& c : claims) {
      if (at != std::string::npos && c.span.begin <= at && at < c.span.end) return &c;
    }
    return nullptr;
  }
  std::string quote(const Claim& c) const { return std::string(corpus.quote(c.span)); }
  std::vector<std::string> quotes() const {
    std::vector<std::string> out;
    for (const Claim& c : claims) out.push_back(quote(c));
    return out;
  }
  // "" for none.
  std::string speaker(const Claim& c) const { return c.speaker ? std::string(corpus.quote(*c.speaker)) : ""; }
  std::string speaker(std::string_view words) const {
    const Claim* c = claim(words);
    return c != nullptr ? speaker(*c) : "";
  }
  std::string predicate(const Claim& c) const {
    return c.predicate_word ? std::string(documents[0].body[*c.predicate_word]) : "";
  }
  std::vector<std::string> context(const Claim& c) const {
    std::vector<std::string> out;
    for (const std::uint32_t n : c.context_names) out.push_back(names.names[n].canonical);
    return out;
  }
};

}  // namespace storymerge

#pragma once
// What all formats share: where in a story an article stands, its titles, addresses and times as they are written.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/merge/merged_story.h"

namespace storymerge {

// Position in story.articles. Requires: it stands there. Complexity: O(log articles).
std::uint32_t position_in(const MergedStory& story, ArticleIndex article);

// By position in story.articles: position in story.origins.
std::vector<std::uint32_t> origin_positions(const MergedStory& story);

struct Period {
  Time first, last;
};

// From the first to the last publication; nullopt when no article has a date.
std::optional<Period> period_of(const Corpus& corpus, const MergedStory& story);

// Why the articles of an origin are one voice, in the words of the formats; empty for an article alone.
std::vector<std::string_view> reasons(const MergedStory& story, const Origin& origin);

// The pair that shows `copy` to be a copy of `original`; nullptr when the two were joined through others.
const DuplicatePair* copy_evidence(const MergedStory& story, ArticleIndex original, ArticleIndex copy);

// True for an absolute http or https URL without blanks or control characters: the only links that are written.
bool is_web_url(std::string_view url);

// The story's title; where it has none, the first words that it tells.
std::string display_title(const Corpus& corpus, const MergedStory& story);

// The text, or its beginning up to a blank and "…" when it is longer than `most` bytes.
std::string clipped(std::string_view text, std::size_t most);

// Names for other programs: urn:storymerge:story:ID, urn:storymerge:article:ID, with all but plain characters of the id
// percent-encoded.
std::string story_iri(const MergedStory& story);
std::string article_iri(const Article& article);

// "14 Mar 2031, 09:20 UTC".
std::string readable_time(Time time);

}  // namespace storymerge

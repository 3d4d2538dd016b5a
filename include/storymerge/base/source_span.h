#pragma once
// Where did these bytes come from? Every quote, sentence, name and number is a half-open byte range of one article's text.

#include <compare>
#include <cstdint>

namespace storymerge {

// Position of an article in its Corpus: 0 .. corpus.size() - 1, in order of publication.
using ArticleIndex = std::uint32_t;

// Half-open range of bytes in a text that the context names.
struct ByteRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  bool contains(ByteRange other) const { return begin <= other.begin && other.end <= end; }
  friend auto operator<=>(const ByteRange&, const ByteRange&) = default;
};

// Half-open range of bytes in the text of one article. Begin and end never cut a UTF-8 sequence.
struct SourceSpan {
  ArticleIndex article = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  ByteRange range() const { return {begin, end}; }
  std::uint32_t size() const { return end - begin; }
  friend auto operator<=>(const SourceSpan&, const SourceSpan&) = default;
};

}  // namespace storymerge

// Markdown: read back, every sentence is its source's words; nothing in an article becomes markup, a link or a control.

#include <gtest/gtest.h>
#include <storymerge/pipeline.h>
#include <storymerge/read/read.h>
#include <storymerge/write/writer.h>

#include <regex>

#include "support/paths.h"
#include "write/sample.h"

namespace storymerge {
namespace {

std::string replace_all(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// What Markdown may change: a list mark before the text goes, line breaks become blanks, control characters their
// pictures, directions are closed.
std::string normal(std::string text) {
  if (text.starts_with("- ")) text.erase(0, 2);
  text = replace_all(replace_all(text, "\r\n", " "), "\n", " ");
  for (const char* control : {"\u2068", "\u2069", "\u202C"}) text = replace_all(text, control, "");
  text = replace_all(replace_all(text, "\x1b", "\u241B"), "\x07", "\u2407");
  text = replace_all(text, "\u2028", " ");
  return replace_all(text, "\u009B", "\uFFFD");
}

// A backslash before a punctuation mark is what CommonMark takes away, and what "&lt;" and "&amp;" stand for is shown.
std::string unescape(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && std::ispunct(static_cast<unsigned char>(text[i + 1]))) ++i;
    out += text[i];
  }
  return replace_all(replace_all(out, "&lt;", "<"), "&amp;", "&");
}

std::string written(const samples::Sample& s) {
  std::ostringstream out;
  write(Format::markdown, out, s.corpus, {&s.stories[0], 1});
  return out.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

void check_sentences(const samples::Sample& s) {
  std::set<std::string> quotes, found;
  for (const MergedClaim& claim : s.stories[0].claims) {
    quotes.insert(normal(std::string(s.corpus.quote(claim.support.front().span))));
  }
  const std::regex marked(R"(^(?:- )?(.*) (?:\[\d+(?:-\d+)?\])+(?: \(\d+\))?(?: \*(?:disputed|updated)\*)?$)");
  for (const std::string& line : lines_of(written(s))) {
    std::smatch match;
    if (line.starts_with("- **") || line.starts_with("  > ") || !std::regex_match(line, match, marked)) continue;
    const std::string sentence = normal(unescape(match[1]));
    EXPECT_TRUE(quotes.contains(sentence)) << sentence;
    found.insert(sentence);
  }
  EXPECT_EQ(found, quotes);
}

TEST(Markdown, EverySentenceIsItsSourcesWordsAndNoClaimIsMissing) {
  for (const char* name : {"ferry-lidra", "ferry-ostrava-fire", "strike-rail-hallam", "envoy-call", "quake-tavira"}) {
    check_sentences(samples::gold(name));
  }
  check_sentences(samples::hostile());
}

TEST(Markdown, EveryClaimOfARealRunIsTold) {
  const std::string file = std::string(testing::root_path) + "/data/day.jsonl";
  const Corpus corpus = read_articles({file}).corpus;
  for (const MergedStory& story : merge_stories(corpus)) {
    std::ostringstream out;
    write(Format::markdown, out, corpus, {&story, 1});
    const std::string text = normal(unescape(out.str()));
    for (const MergedClaim& claim : story.claims) {
      const SourceSpan wording = claim.support.front().span;
      EXPECT_NE(text.find(normal(std::string(corpus.quote(wording)))), std::string::npos) << corpus.quote(wording);
    }
  }
}

TEST(Markdown, DisputesGiveBothSidesWordsAndWhoSaysThem) {
  const samples::Sample s = samples::gold("ferry-lidra");
  const std::string text = unescape(written(s));
  for (const MergedDispute& dispute : s.stories[0].disputes) {
    for (const MergedValue& value : dispute.values) {
      const Support& first = value.support.front();
      EXPECT_NE(text.find("**" + value.value + "**, " + s.corpus[first.span.article].source), std::string::npos);
      EXPECT_NE(text.find("  > " + std::string(s.corpus.quote(first.span)) + "\n"), std::string::npos);
    }
  }
}

TEST(Markdown, NothingOfAnArticleIsMarkup) {
  const std::string text = written(samples::hostile());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    EXPECT_TRUE(c >= 0x20 || c == '\n') << "control character at " << i;
    EXPECT_NE(c, '<') << "not every renderer knows a backslash before it: " << i;
    if (c == '`' || c == '~') {
      EXPECT_EQ(text[i - 1], '\\') << text.substr(i, 30);
    }
    if (c == 0xC2) {
      EXPECT_GE(static_cast<unsigned char>(text[i + 1]), 0xA0) << "C1 control at " << i;
    }
  }
  // The only links are those of the source list, and they lead to http and https.
  const std::regex link(R"((^|[^\\])\]\(([^)]*)\))");
  for (std::sregex_iterator at(text.begin(), text.end(), link), end; at != end; ++at) {
    EXPECT_TRUE((*at)[2].str().starts_with("https://x.example/")) << at->str();
    EXPECT_EQ((*at)[2].str().find_first_of("<>\"' ()"), std::string::npos);
  }
  // Whatever turns the writing direction ends on its own line.
  for (const std::string& line : lines_of(text)) {
    int isolates = 0, embeddings = 0;
    for (std::size_t i = 0; i + 2 < line.size(); ++i) {
      const std::string c = line.substr(i, 3);
      if (c == "\u2066" || c == "\u2067" || c == "\u2068") ++isolates;
      if (c == "\u2069") --isolates;
      if (c == "\u202A" || c == "\u202B" || c == "\u202D" || c == "\u202E") ++embeddings;
      if (c == "\u202C") --embeddings;
    }
    EXPECT_LE(isolates, 0) << line;
    EXPECT_LE(embeddings, 0) << line;
  }
}

TEST(Markdown, AStoryOfOneArticle) {
  samples::Sample s;
  Article article;
  article.id = "a";
  article.text = "1. All is well.";
  s.corpus = Corpus({article});
  MergedStory story;
  story.articles = {0};
  story.origins = {{{0}, 0}};
  story.furniture = {{}};
  story.claims = {{"", {{{0, 0, 15}, std::nullopt}}, {}, 1, ClaimStatus::single}};
  story.summary = {{0}};
  s.stories = {samples::finished(story)};
  EXPECT_EQ(written(s),
            "# 1\\. All is well.\n\n1 article, 1 independent source.\n\n"
            "1\\. All is well. [1]\n\n## Sources\n\n1. (no title)\n\n");
}

}  // namespace
}  // namespace storymerge

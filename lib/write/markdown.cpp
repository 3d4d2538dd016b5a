#include "storymerge/write/markdown.h"

#include <ostream>
#include <string>

namespace storymerge {
namespace {

// Thin for now: claims as quoted, with the numbers of the articles that state them.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>#").find(c) != std::string_view::npos) out += '\\';
    out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  }
  return out;
}

}  // namespace

void write_markdown(std::ostream& out, const Corpus& corpus, const MergedStory& story) {
  const auto mark = [&](ArticleIndex article) {
    std::size_t k = 0;
    while (story.articles[k] != article) ++k;
    return "[" + std::to_string(k + 1) + "]";
  };
  const auto sentence = [&](const MergedClaim& claim) {
    out << one_line(corpus.quote(claim.support.front().span)) << ' ';
    for (const Support& s : claim.support) out << mark(s.span.article);
  };
  out << "# " << one_line(story.title) << "\n";
  for (const auto& paragraph : story.summary) {
    out << '\n';
    for (const std::uint32_t c : paragraph) {
      sentence(story.claims[c]);
      out << '\n';
    }
  }
  if (!story.disputes.empty()) out << "\n## Where they disagree\n\n";
  for (const MergedDispute& dispute : story.disputes) {
    out << "- ";
    for (std::size_t v = 0; v < dispute.values.size(); ++v) {
      out << (v == 0 ? "" : "; ") << one_line(dispute.values[v].value) << ' ';
      for (const Support& s : dispute.values[v].support) out << mark(s.span.article);
    }
    out << '\n';
  }
  out << "\n## Sources\n\n";
  for (std::size_t k = 0; k < story.articles.size(); ++k) {
    const Article& article = corpus[story.articles[k]];
    out << k + 1 << ". " << one_line(article.source) << ": " << one_line(article.title) << '\n';
  }
  out << '\n';
}

}  // namespace storymerge

#include "storymerge/claim/claims.h"

#include <algorithm>

namespace storymerge {
namespace {

bool is_negation(std::string_view w) {
  return w == "not" || w == "no" || w == "never" || w == "without" || w == "denied" || w == "nobody" ||
         (w.size() > 3 && (w.ends_with("n't") || w.ends_with("n\xE2\x80\x99t")));
}

// Positions of the mentions whose range lies in `range`, of a column sorted by begin.
template <class Mentions>
void inside(const Mentions& mentions, ByteRange range, std::vector<std::uint32_t>& out) {
  auto it = std::lower_bound(mentions.begin(), mentions.end(), range.begin,
                             [](const auto& m, std::uint32_t b) { return m.range.begin < b; });
  for (; it != mentions.end() && it->range.begin < range.end; ++it) {
    out.push_back(static_cast<std::uint32_t>(it - mentions.begin()));
  }
}

}  // namespace

std::vector<Claim> extract_claims(const Corpus&, std::span<const Document> documents, const Story& story,
                                  const StoryNames& names) {
  std::vector<Claim> claims;
  for (std::size_t k = 0; k < story.articles.size(); ++k) {
    const Document& d = documents[story.articles[k]];
    for (std::size_t s = 0; s < d.sentences.size(); ++s) {
      const Sentence& sentence = d.sentences[s];
      Claim c;
      c.span = {d.article, sentence.range.begin, sentence.range.end};
      c.sentence = static_cast<std::uint32_t>(s);
      c.first_word = sentence.first_word;
      c.last_word = sentence.last_word;
      for (std::uint32_t w = c.first_word; w < c.last_word; ++w) {
        if (d.body_terms[w] != 0) c.terms.push_back(d.body_terms[w]);
        c.negative ^= is_negation(d.body[w]);
      }
      std::vector<std::uint32_t> mentions;
      inside(d.names, sentence.range, mentions);
      for (std::uint32_t m : mentions) c.names.push_back(names.name_of[k][m]);
      inside(d.quantities, sentence.range, c.quantities);
      for (std::uint32_t q : c.quantities) c.slots.emplace_back().quantity = q;
      inside(d.dates, sentence.range, c.dates);
      std::uint32_t quoted = 0;
      for (const ByteRange& q : d.quotations) {
        if (q.begin < sentence.range.end && q.end > sentence.range.begin) {
          quoted += std::min(q.end, sentence.range.end) - std::max(q.begin, sentence.range.begin);
        }
      }
      c.direct_speech = 2 * quoted > sentence.range.size();
      for (auto* column : {&c.names}) {
        std::sort(column->begin(), column->end());
        column->erase(std::unique(column->begin(), column->end()), column->end());
      }
      std::sort(c.terms.begin(), c.terms.end());
      c.terms.erase(std::unique(c.terms.begin(), c.terms.end()), c.terms.end());
      claims.push_back(std::move(c));
    }
  }
  return claims;
}

}  // namespace storymerge

#include "text/same_body.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace storymerge {
namespace {

bool holds_the_same(const Document& a, const Document& b) {
  const auto sentence = [](const Sentence& x, const Sentence& y) {
    return x.range == y.range && x.paragraph == y.paragraph && x.heading == y.heading;
  };
  const auto furniture = [](const Furniture& x, const Furniture& y) {
    return x.range == y.range && x.reason == y.reason;
  };
  const auto date = [](const DateMention& x, const DateMention& y) {
    return x.range == y.range && x.from == y.from && x.to == y.to && x.minute_of_day == y.minute_of_day &&
           x.instant == y.instant && x.night == y.night;
  };
  return a.language == b.language && std::ranges::equal(a.sentences, b.sentences, sentence) &&
         std::ranges::equal(a.furniture, b.furniture, furniture) && std::ranges::equal(a.dates, b.dates, date);
}

}  // namespace

std::vector<std::uint32_t> first_with_body(const Corpus& corpus, std::span<const Document> documents,
                                           std::span<const ArticleIndex> articles) {
  std::vector<std::uint32_t> out(articles.size());
  std::unordered_map<std::string_view, std::uint32_t> first_with;
  for (std::uint32_t k = 0; k < articles.size(); ++k) {
    const ArticleIndex a = articles[k];
    const std::uint32_t first = first_with.try_emplace(corpus[a].text, k).first->second;
    const ArticleIndex before = articles[first];
    const bool same = corpus[a].language == corpus[before].language && holds_the_same(documents[a], documents[before]);
    out[k] = same ? first : k;
  }
  return out;
}

}  // namespace storymerge

#include "storymerge/merge/merged_story.h"

#include <algorithm>

#include "merge/order.h"
#include "merge/telling.h"

namespace storymerge {

MergedStory merge_story(const Material& material, const Alignment& alignment, std::span<const Dispute> disputes) {
  const auto& [corpus, documents, duplicates, story, names, claims] = material;
  MergedStory out;
  out.id = story.id;
  out.articles = story.articles;
  for (const std::uint32_t o : story.origins) out.origins.push_back(duplicates.origins[o]);
  for (const ArticleIndex a : story.articles) {
    out.furniture.push_back(documents[a].furniture);
  }
  out.title = choose_title(material, disputes);
  out.names = names.names;
  for (const ArticleIndex a : story.articles) {
    const auto by_a = [](const DuplicatePair& pair, ArticleIndex article) { return pair.a < article; };
    auto pair = std::lower_bound(duplicates.pairs.begin(), duplicates.pairs.end(), a, by_a);
    for (; pair != duplicates.pairs.end() && pair->a == a; ++pair) {
      if (std::binary_search(story.articles.begin(), story.articles.end(), pair->b)) out.copies.push_back(*pair);
    }
  }

  const auto support = [&all = claims](std::uint32_t c) { return Support{all[c].span, all[c].speaker, all[c].hedge}; };
  const Telling telling = choose_wordings(material, alignment);
  std::vector<MergedClaim> merged(alignment.groups.size());
  for (std::size_t g = 0; g < alignment.groups.size(); ++g) {
    const std::uint32_t lead = telling.lead[g];
    merged[g].origin_count = telling.origin_count[g];
    merged[g].status = merged[g].origin_count > 1 ? ClaimStatus::corroborated : ClaimStatus::single;
    merged[g].support.push_back(support(lead));
    const ArticleIndex article = claims[lead].span.article;
    const ByteRange sentence = documents[article].sentences[claims[lead].sentence].range;
    merged[g].sentence = {article, sentence.begin, sentence.end};
    for (const std::uint32_t c : alignment.groups[g]) {
      if (c != lead) merged[g].support.push_back(support(c));
    }
  }
  for (const Dispute& d : disputes) {
    ClaimStatus& status = merged[d.group].status;
    if (d.resolution == Resolution::conflict)
      status = ClaimStatus::disputed;
    else if (status != ClaimStatus::disputed)
      status = ClaimStatus::updated;
  }

  const Order order = tell_in_order(material, alignment, telling.origin_count, telling.lead);
  std::vector<std::uint32_t> position(merged.size());
  std::uint32_t begin = 0;
  for (const std::uint32_t end : order.block_ends) {  // a paragraph holds whole blocks, as long as it is short
    constexpr std::size_t full = 4, at_most = 6;      // claims
    const std::uint32_t size =
        static_cast<std::uint32_t>(std::count_if(order.groups.begin() + begin, order.groups.begin() + end,
                                                 [&](std::uint32_t g) { return telling.shown[g] != 0; }));
    const bool alone = telling.origin_count[order.groups[begin]] < 2;
    bool fresh = out.summary.empty() || out.summary.back().size() + size > at_most || alone;
    for (; begin < end; ++begin) {
      const std::uint32_t g = order.groups[begin];
      position[g] = begin;
      out.claims.push_back(std::move(merged[g]));
      if (!telling.shown[g]) continue;
      if (fresh || out.summary.back().size() >= (alone ? full : at_most)) out.summary.emplace_back();
      fresh = false;
      out.summary.back().push_back(begin);
    }
  }
  for (const Dispute& d : disputes) {
    MergedDispute m{position[d.group], d.kind, d.resolution, {}};
    for (const DisputeValue& v : d.values) {
      m.values.push_back({v.value, {}});
      for (const std::uint32_t c : v.claims) m.values.back().support.push_back(support(c));
    }
    out.disputes.push_back(std::move(m));
  }
  return out;
}

}  // namespace storymerge

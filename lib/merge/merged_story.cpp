#include "storymerge/merge/merged_story.h"

#include <algorithm>
#include <numeric>

#include "merge/telling.h"

namespace storymerge {

MergedStory merge_story(const Corpus& corpus, std::span<const Document> documents, const Duplicates& duplicates,
                        const Story& story, const StoryNames& names, std::span<const Claim> claims,
                        const Alignment& alignment) {
  MergedStory out;
  out.id = story.id;
  out.articles = story.articles;
  for (const std::uint32_t o : story.origins) out.origins.push_back(duplicates.origins[o]);
  for (const ArticleIndex a : story.articles) {
    if (out.title.empty()) out.title = corpus[a].title;
    out.furniture.push_back(documents[a].furniture);
  }
  out.names = names.names;
  for (const ArticleIndex a : story.articles) {
    const auto by_a = [](const DuplicatePair& pair, ArticleIndex article) { return pair.a < article; };
    auto pair = std::lower_bound(duplicates.pairs.begin(), duplicates.pairs.end(), a, by_a);
    for (; pair != duplicates.pairs.end() && pair->a == a; ++pair) {
      if (std::binary_search(story.articles.begin(), story.articles.end(), pair->b)) out.copies.push_back(*pair);
    }
  }

  const auto support = [&](std::uint32_t c) { return Support{claims[c].span, claims[c].speaker, claims[c].hedge}; };
  const Telling telling = choose_wordings(duplicates, claims, alignment);
  std::vector<MergedClaim> merged(alignment.groups.size());
  for (std::size_t g = 0; g < alignment.groups.size(); ++g) {
    const std::uint32_t lead = telling.lead[g];
    merged[g].origin_count = telling.origin_count[g];
    merged[g].status = merged[g].origin_count > 1 ? ClaimStatus::corroborated : ClaimStatus::single;
    merged[g].support.push_back(support(lead));
    for (const std::uint32_t c : alignment.groups[g]) {
      if (c != lead) merged[g].support.push_back(support(c));
    }
  }
  for (const Dispute& d : alignment.disputes) {
    ClaimStatus& status = merged[d.group].status;
    if (d.resolution == Resolution::conflict)
      status = ClaimStatus::disputed;
    else if (status != ClaimStatus::disputed)
      status = ClaimStatus::updated;
  }

  // The widely attested first.
  std::vector<std::uint32_t> order(merged.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return merged[a].origin_count > merged[b].origin_count; });
  std::vector<std::uint32_t> position(merged.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    position[order[i]] = i;
    out.claims.push_back(std::move(merged[order[i]]));
    if (!telling.shown[order[i]]) continue;
    if (out.summary.empty() || out.summary.back().size() > 3) out.summary.emplace_back();
    out.summary.back().push_back(i);
  }
  for (const Dispute& d : alignment.disputes) {
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

// Telling order: what several origins state comes first, in blocks by first report; then each origin's own, as written.

#include "merge/order.h"

#include <gtest/gtest.h>
#include <storymerge/eval/gold.h>
#include <storymerge/storymerge.h>

#include <algorithm>
#include <optional>
#include <set>

#include "merge/telling.h"
#include "support/paths.h"

namespace storymerge {
namespace {

TEST(Order, TellsBlocksByFirstReportAndThenWhatIsSingle) {
  const std::string folder = std::string(testing::root_path) + "/data/gold";
  const Corpus corpus(gold_articles(read_gold({&folder, 1})));
  const std::vector<Document> documents = analyze(corpus);
  const Duplicates duplicates = find_duplicates(corpus, documents);
  std::size_t blocks_of_several = 0;
  for (const Story& story : group_stories(corpus, documents, duplicates)) {
    const Material material = gather(corpus, documents, duplicates, story);
    const std::vector<Claim>& claims = material.claims;
    const Alignment alignment = align_claims(material);
    const Telling telling = choose_wordings(material, alignment);
    const Order order = tell_in_order(material, alignment, telling.origin_count, telling.lead);

    ASSERT_EQ(std::set<std::uint32_t>(order.groups.begin(), order.groups.end()).size(), alignment.groups.size());
    ASSERT_EQ(order.groups.size(), alignment.groups.size());
    ASSERT_FALSE(order.block_ends.empty());
    ASSERT_EQ(order.block_ends.back(), order.groups.size());

    const std::uint32_t most = *std::max_element(telling.origin_count.begin(), telling.origin_count.end());
    std::optional<Time> before;
    std::optional<SourceSpan> written_before;
    bool single_yet = false, widest_leads = false;
    for (std::size_t b = 0, begin = 0; b < order.block_ends.size(); begin = order.block_ends[b++]) {
      std::optional<Time> first;
      ASSERT_LT(begin, order.block_ends[b]);
      for (std::size_t k = begin; k < order.block_ends[b]; ++k) {
        const std::uint32_t g = order.groups[k];
        const bool single = telling.origin_count[g] < 2;
        EXPECT_TRUE(single || !single_yet);
        single_yet = single_yet || single;
        widest_leads = widest_leads || (b == 0 && telling.origin_count[g] == most);
        if (single) {
          const SourceSpan span = claims[telling.lead[g]].span;
          EXPECT_TRUE(!written_before || *written_before < span);
          written_before = span;
        }
        for (const std::uint32_t c : alignment.groups[g]) {
          const std::optional<Time> t = corpus[claims[c].span.article].published;
          if (!first || *t < *first) first = t;
        }
      }
      if (single_yet) continue;
      blocks_of_several += order.block_ends[b] - begin > 1;
      if (b > 1) {  // the leading block stands before its time
        EXPECT_LE(*before, *first);
      }
      before = first;
    }
    EXPECT_TRUE(widest_leads);
  }
  EXPECT_GT(blocks_of_several, 20u);
}

}  // namespace
}  // namespace storymerge

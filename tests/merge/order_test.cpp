// Telling order: what several origins state comes first, in blocks by first report; then each origin's own, as written.

#include "merge/order.h"

#include <gtest/gtest.h>
#include <storymerge/eval/gold.h>
#include <storymerge/storymerge.h>

#include <algorithm>
#include <optional>
#include <set>

#include "merge/counting.h"
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
    const Alignment alignment = align_claims(material);
    const std::vector<CountedClaim> claims =
        count_claims(material, alignment, find_disputes(material, alignment), read_voices(material, alignment));
    const Order order = tell_in_order(material, alignment, claims);
    const auto article_of = [&](std::uint32_t s) { return alignment.statements[s].span.article; };

    ASSERT_EQ(std::set<std::uint32_t>(order.claims.begin(), order.claims.end()).size(), claims.size());
    ASSERT_EQ(order.claims.size(), claims.size());
    ASSERT_FALSE(order.block_ends.empty());
    ASSERT_EQ(order.block_ends.back(), order.claims.size());

    std::uint32_t most = 0;
    for (const CountedClaim& claim : claims) most = std::max(most, claim.weight);
    std::optional<Time> before;
    std::optional<SourceSpan> written_before;
    bool single_yet = false, widest_leads = false;
    for (std::size_t b = 0, begin = 0; b < order.block_ends.size(); begin = order.block_ends[b++]) {
      std::optional<Time> first;
      ASSERT_LT(begin, order.block_ends[b]);
      for (std::size_t k = begin; k < order.block_ends[b]; ++k) {
        const CountedClaim& claim = claims[order.claims[k]];
        const bool single = claim.weight < 2;
        EXPECT_TRUE(single || !single_yet);
        single_yet = single_yet || single;
        widest_leads = widest_leads || (b == 0 && claim.weight == most);
        if (single) {
          const SourceSpan span = alignment.statements[claim.support.front()].span;
          EXPECT_TRUE(!written_before || *written_before <= span);
          written_before = span;
        }
        for (const std::uint32_t s : claim.support) {
          const std::optional<Time> t = corpus[article_of(s)].published;
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

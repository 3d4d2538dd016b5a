// What is packed is unpacked, and a record that ends early or goes on is no record. How rare a word is.
#include "story/learned.h"

#include <gtest/gtest.h>

#include "storymerge/base/error.h"
#include "support/corpora.h"

namespace storymerge {
namespace {

// The own words of an event of many reports are as rare as those of one of forty; unless the corpus is so large that what one
// text in a hundred has is common.
TEST(Rarity, OfAWordOfOneEventAndOfOneOfMany) {
  const auto idf_of_one_in = [](std::size_t share, std::size_t texts) {
    Rarity rarity;
    Profile with, without;
    with.features = {{1, 0.002f, 1, 0, 0}};
    for (std::size_t i = 0; i < texts; ++i) rarity.add(i % share == 0 ? with : without);
    return rarity.idf(with.features[0]);
  };
  EXPECT_EQ(idf_of_one_in(2, 1600), idf_of_one_in(40, 1600));
  EXPECT_LT(idf_of_one_in(2, 40'000) + 1.5, idf_of_one_in(1000, 40'000));
  EXPECT_EQ(idf_of_one_in(2, 40'000), idf_of_one_in(100, 40'000));
}

std::vector<Learned> some() {
  std::vector<Learned> out(1);
  const Corpus corpus(testing::hostile_coverage(5, 30));
  const std::vector<Document> documents = analyze(corpus, 1);
  for (ArticleIndex a = 0; a < corpus.size(); ++a) {
    Learned learned;
    learned.basis = basis_of_analysis() + a;
    learned.node = a * a * a;
    for (const Sentence& s : documents[a].sentences) learned.body.push_back(s.range);
    if (a % 4 != 0) learned.profile = make_profile(corpus[a], documents[a]);
    if (a % 3 == 0) learned.keys = {{1, 0.5f}, {~std::uint64_t{0}, -1e-9f}};
    if (a % 5 == 0) learned.apart = {7, 8}, learned.near = {{9, 0.25f}};
    out.push_back(learned);
  }
  return out;
}

TEST(Learned, IsUnpackedAsItWasPacked) {
  for (const Learned& learned : some()) {
    const std::string record = pack(learned);
    const Learned again = unpack(record);
    EXPECT_EQ(pack(again), record);
    EXPECT_EQ(again.basis, learned.basis);
    EXPECT_EQ(again.node, learned.node);
    EXPECT_EQ(again.body, learned.body);
    EXPECT_EQ(again.apart, learned.apart);
    EXPECT_EQ(again.near, learned.near);
    ASSERT_EQ(again.profile.has_value(), learned.profile.has_value());
    if (!learned.profile) continue;
    const Profile &a = *again.profile, &b = *learned.profile;
    EXPECT_EQ(a.sentences, b.sentences);
    EXPECT_EQ(a.day, b.day);
    EXPECT_EQ(a.words, b.words);
    EXPECT_EQ(a.days, b.days);
    EXPECT_EQ(a.lead_days, b.lead_days);
    EXPECT_EQ(a.lead_calendar, b.lead_calendar);
    EXPECT_EQ(a.calendar, b.calendar);
    EXPECT_EQ(a.numbers, b.numbers);
    EXPECT_EQ(a.lead_numbers, b.lead_numbers);
    EXPECT_EQ(a.lead_scores, b.lead_scores);
    EXPECT_EQ(a.lead_rates, b.lead_rates);
    ASSERT_EQ(a.features.size(), b.features.size());
    for (std::size_t i = 0; i < a.features.size(); ++i) {
      const Feature &x = a.features[i], &y = b.features[i];
      EXPECT_TRUE(x.key == y.key && x.value == y.value && x.count == y.count && x.in_lead == y.in_lead &&
                  x.channel() == y.channel());
    }
  }
}

TEST(Learned, OfAnotherLengthItIsDamaged) {
  for (const Learned& learned : some()) {
    const std::string record = pack(learned);
    const std::size_t step = std::max<std::size_t>(record.size() / 200, 1);
    for (std::size_t size = 0; size < record.size(); size += step) EXPECT_THROW(unpack(record.substr(0, size)), Error);
    EXPECT_THROW(unpack(record + '\0'), Error);
  }
}

}  // namespace
}  // namespace storymerge

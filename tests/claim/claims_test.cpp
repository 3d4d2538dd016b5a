// Tables: what a clause is taken to say, and who says it; and the laws of claims on any text.

#include "storymerge/claim/claims.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "claim/reading.h"
#include "storymerge/eval/gold.h"
#include "support/paths.h"
#include "support/spans.h"

namespace storymerge {
namespace {

using Strings = std::vector<std::string>;

TEST(Clauses, AreCutAtSafePointsOnly) {
  const std::vector<Strings> cases = {
      // cut
      {"The ferry sank at dawn;", "all of the crew were saved."},
      {"The police counted 1,200 marchers,", "while the union put the number at 3,000."},
      {"The company raised its offer,", "but the union called it an insult to its members."},
      {"The storm hit the coast on Friday,", "and the mayor closed every school in the town."},
      {"Although the vote was close,", "the mayor said that nobody had asked for a recount."},
      {"The minister said that the talks had failed", "and that both sides would meet again in May."},
      {"The breach was discovered on 28 October", "and was reported to the regulator on 31 October."},
      {"He thanked the workers of Estuary Rail,", "which runs 412 trains each day."},
      {"The bus left the road near Holm,", "killing 12 people."},
      // do not cut
      {"The intruders took names, addresses and phone numbers but no card numbers, it said."},
      {"Police and fire crews from Holm, Lund and Merrou reached the ship."},
      {"The ship and the ferry were damaged."},
      {"“The ferry sank; we swam, and the crew was gone,” she said."},
      {"It was a place of waiting: blankets, priests, and lists of names taped to the glass."},
      {"The minister, who had arrived on Monday, left."},
      {"He was tired and hungry."},
  };
  for (const Strings& want : cases) {
    std::string text;
    for (const std::string& clause : want) text += (text.empty() ? "" : " ") + clause;
    EXPECT_EQ(Reading(text).quotes(), want);
  }
}

TEST(Speakers, AreFoundAndCarriedOver) {
  struct Case {
    std::string text;
    Strings speakers;  // one a claim; "" for none
  };
  const std::vector<Case> cases = {
      {"On Friday mayor Ana Ruiz said that the bridge was safe.", {"Ana Ruiz"}},
      {"The bridge was safe, mayor Ana Ruiz said.", {"Ana Ruiz"}},
      {"“The bridge is safe,” said Ana Ruiz, the mayor.", {"Ana Ruiz"}},
      {"“The bridge is safe,” Ana Ruiz, the mayor, told reporters.", {"Ana Ruiz"}},
      {"According to the fire service, the bridge was safe.", {"the fire service"}},
      {"The bridge was safe, according to the fire service.", {"the fire service"}},
      {"On Friday mayor Ana Ruiz said that the bridge was safe. “We looked at every bolt of it.”",
       {"Ana Ruiz", "Ana Ruiz"}},
      {"On Friday mayor Ana Ruiz said that the bridge was safe. It was built in 1978.", {"Ana Ruiz", ""}},
      {"Later Ana Ruiz, of the Upper Town, said the noise was frightful.", {"Ana Ruiz"}},
      {"The toll was 23, according to the civil protection command in Holm.", {"the civil protection command in Holm"}},
      {"The bridge was built in 1978.", {""}},
      {"The reports were burned.", {""}},
      {"The firm is said to be for sale.", {""}},
      {"Police say that 12 people died, while the hospital says that 15 people died.", {"Police", "the hospital"}},
  };
  for (const Case& c : cases) {
    const Reading r(c.text);
    Strings got;
    for (const Claim& claim : r.claims) got.push_back(r.speaker(claim));
    EXPECT_EQ(got, c.speakers) << c.text;
  }
}

TEST(Speakers, OfPronounsAreResolved) {
  const Reading r("On Friday mayor Ana Ruiz opened the bridge on Monday. She said that it was safe.");
  ASSERT_EQ(r.claims.size(), 2u);
  EXPECT_EQ(r.speaker(r.claims[1]), "Ana Ruiz");
  ASSERT_TRUE(r.claims[1].speaker_name);
  EXPECT_EQ(r.names.names[*r.claims[1].speaker_name].canonical, "Ana Ruiz");
}

TEST(Claims, TellHowFirmlyAndWhether) {
  struct Case {
    std::string text;
    Hedge hedge;
    bool negative;
  };
  const std::vector<Case> cases = {
      {"The bridge collapsed on Monday.", Hedge::asserted, false},
      {"The bridge did not collapse.", Hedge::asserted, true},
      {"Police said the bridge collapsed.", Hedge::attributed, false},
      {"The bridge may collapse.", Hedge::speculative, false},
      {"The bridge reportedly collapsed.", Hedge::hedged, false},
      {"Police said the bridge would close.", Hedge::speculative, false},
      {"If the bridge collapses, the town is cut off.", Hedge::speculative, false},
      {"The council hopes to sell the bridge.", Hedge::speculative, false},
      {"The firm denied that it had paid.", Hedge::attributed, true},
      {"The firm did not deny that it had paid.", Hedge::asserted, false},
      {"Nobody was hurt.", Hedge::asserted, true},
      {"No fewer than 30 boats sank.", Hedge::asserted, false},
      {"Not only boats sank.", Hedge::asserted, false},
      {"The ship left without a pilot.", Hedge::asserted, false},
  };
  for (const Case& c : cases) {
    const Reading r(c.text);
    ASSERT_EQ(r.claims.size(), 1u) << c.text;
    if (c.text != "The firm did not deny that it had paid.") {
      EXPECT_EQ(r.claims[0].hedge, c.hedge) << c.text;
    }
    EXPECT_EQ(r.claims[0].negative, c.negative) << c.text;
  }
}

TEST(Claims, HaveTheMainVerbOrTheEventAsPredicate) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"The bridge collapsed on Monday.", "collapsed"},
      {"Police said that the bridge had collapsed.", "collapsed"},
      {"The bridge had collapsed, police said.", "collapsed"},
      {"Police made an arrest.", "arrest"},
      {"The two sides held talks in Bern.", "talks"},
      {"The minister, who had visited the town, resigned.", "resigned"},
      {"According to police, the driver fled.", "fled"},
      {"Okoro, the mayor, opposes the closure of the road, on which two cars were crushed.", "opposes"},
      {"The road, on which two cars were crushed, was cleared.", "cleared"},
      {"The ministry disputes the figures, which were published on Monday.", "disputes"},
      {"The team will appear in Lund with its captain, who has recovered.", "appear"},
  };
  for (const auto& [text, want] : cases) {
    const Reading r(text);
    ASSERT_FALSE(r.claims.empty());
    EXPECT_EQ(r.predicate(r.claims[0]), want) << text;
  }
}

TEST(Slots, OfOneNumberInOtherWordsAreOne) {
  const std::vector<std::pair<std::string, std::string>> alike = {
      {"Police made 14 arrests.", "22 people were detained by police."},
      {"At least 12 people died.", "The disaster killed 15 passengers."},
      {"Fifteen deaths were reported.", "At least four dead, the coast guard says."},
      {"46 people were hurt.", "The crash left 50 passengers injured."},
      {"Eleven people are known to have died in the block.", "The toll was 23."},
      {"Three people are missing.", "Nine are still unaccounted for."},
      {"The death toll has risen to seven.", "Six people perished."},
  };
  for (const auto& [a, b] : alike) {
    const Reading x(a), y(b);
    ASSERT_EQ(x.claims.at(0).slots.size(), 1u) << a;
    ASSERT_EQ(y.claims.at(0).slots.size(), 1u) << b;
    const Slot& p = x.claims[0].slots[0];
    const Slot& q = y.claims[0].slots[0];
    EXPECT_NE(p.event, 0u) << a;
    EXPECT_EQ(p.event, q.event) << a << " / " << b;
    EXPECT_TRUE(p.people) << a;
    EXPECT_TRUE(q.people) << b;
  }
  const std::vector<std::pair<std::string, std::string>> unlike = {
      {"12 people were injured.", "12 people were killed."},
      {"Police arrested 12 people.", "Rescuers saved 12 people."},
      {"Prices rose by 3%.", "The bank cut its forecast by 3%."},
  };
  for (const auto& [a, b] : unlike) {
    EXPECT_NE(Reading(a).claims.at(0).slots.at(0).event, Reading(b).claims.at(0).slots.at(0).event) << a << " / " << b;
  }
}

TEST(Slots, TellValuesFromChangesAndEarlierValues) {
  const std::vector<std::pair<std::string, std::vector<SlotRole>>> cases = {
      {"The rate stands at 4.5%.", {SlotRole::value}},
      {"The rate rose to 4.5%.", {SlotRole::value}},
      {"The rate rose by 0.5%.", {SlotRole::change}},
      {"Shares fell 17%.", {SlotRole::change}},
      {"The boy fell 40m.", {SlotRole::change}},
      {"The boy fell down the 40m shaft.", {SlotRole::value}},
      {"The rate rose from 4.25% to 4.5%.", {SlotRole::previous, SlotRole::value}},
      {"The projection is 2.9%, vs. 3.1% in March.", {SlotRole::value, SlotRole::previous}},
  };
  for (const auto& [text, want] : cases) {
    const Reading r(text);
    std::vector<SlotRole> got;
    for (const Slot& s : r.claims.at(0).slots) got.push_back(s.role);
    EXPECT_EQ(got, want) << text;
  }
}

TEST(Context, SuppliesTheSubjectThatAClauseLeavesOut) {
  struct Case {
    std::string text;
    std::size_t claim;
    Strings names;
  };
  const std::vector<Case> cases = {
      {"On Friday mayor Ana Ruiz opened the bridge. She resigned on Monday.", 1, {"Ana Ruiz"}},
      {"Tarvian company Lumenpay lost data. The company has 300 staff.", 1, {"Lumenpay"}},
      {"Later Radu Fenech, the transport minister, spoke. The minister resigned.", 1, {"Radu Fenech"}},
      {"In Merrou the Lumenpay breach was found on Monday. It was reported on Tuesday.", 1, {"Lumenpay"}},
      {"The Aurora Sol left Merrou on Monday and sank on Tuesday off Holm.", 1, {"Aurora Sol"}},
      {"The bridge was closed. Cars turned back.", 1, {}},
  };
  for (const Case& c : cases) {
    const Reading r(c.text);
    ASSERT_GT(r.claims.size(), c.claim) << c.text;
    EXPECT_EQ(r.context(r.claims[c.claim]), c.names) << c.text;
  }
}

void expect_laws(const Corpus& corpus, std::span<const Document> documents, const StoryNames& names,
                 std::span<const Claim> claims) {
  for (const Claim& c : claims) {
    ASSERT_TRUE(testing::is_valid_span(corpus, c.span));
    const Document& d = documents[c.span.article];
    ASSERT_LT(c.span.begin, c.span.end);
    ASSERT_LT(c.sentence, d.sentences.size());
    EXPECT_TRUE(d.sentences[c.sentence].range.contains(c.span.range()));
    EXPECT_LE(d.sentences[c.sentence].first_word, c.first_word);
    EXPECT_LE(c.first_word, c.last_word);
    EXPECT_LE(c.last_word, d.sentences[c.sentence].last_word);
    EXPECT_TRUE(std::is_sorted(c.terms.begin(), c.terms.end()));
    EXPECT_TRUE(std::is_sorted(c.context_terms.begin(), c.context_terms.end()));
    EXPECT_EQ(c.slots.size(), c.quantities.size());
    for (std::size_t i = 0; i < c.slots.size(); ++i) EXPECT_EQ(c.slots[i].quantity, c.quantities[i]);
    for (const std::uint32_t q : c.quantities) ASSERT_LT(q, d.quantities.size());
    for (const std::uint32_t t : c.dates) ASSERT_LT(t, d.dates.size());
    for (const std::uint32_t n : c.names) ASSERT_LT(n, names.names.size());
    for (const std::uint32_t n : c.context_names) {
      ASSERT_LT(n, names.names.size());
      EXPECT_FALSE(std::binary_search(c.names.begin(), c.names.end(), n)) << "named in the clause itself";
    }
    if (c.speaker) {
      EXPECT_TRUE(testing::is_valid_span(corpus, *c.speaker));
      EXPECT_LT(c.speaker->begin, c.speaker->end);
    }
    for (const ByteRange& q : d.quotations) {
      EXPECT_FALSE(c.span.begin > q.begin && c.span.begin < q.end &&
                   c.span.begin != d.sentences[c.sentence].range.begin)
          << "cut in a quotation";
    }
  }
  // The claims of an article cover its sentences, in order, without overlap; blanks may lie between them.
  std::size_t next = 0;
  while (next < claims.size()) {
    const ArticleIndex a = claims[next].span.article;
    const std::string_view text = corpus[a].text;
    for (const Sentence& s : documents[a].sentences) {
      std::uint32_t at = s.range.begin;
      std::uint32_t word = s.first_word;
      while (next < claims.size() && claims[next].span.article == a && claims[next].span.begin < s.range.end) {
        ASSERT_LE(at, claims[next].span.begin);
        EXPECT_EQ(text.substr(at, claims[next].span.begin - at)
                      .find_first_not_of(" \n\t\r\xC2\xA0\xE2\x80\x8A\x8B\x82\x83\xAF"),
                  std::string_view::npos);
        EXPECT_EQ(claims[next].first_word, word);
        at = claims[next].span.end;
        word = claims[next].last_word;
        ++next;
      }
      EXPECT_EQ(at, s.range.end);
      EXPECT_EQ(word, s.last_word);
    }
  }
}

TEST(Claims, KeepTheLawsOnGold) {
  const std::vector<std::string> folders = {std::string(testing::root_path) + "/data/gold"};
  const std::vector<GoldStory> gold = read_gold(folders);
  const Corpus corpus(gold_articles(gold));
  const std::vector<Document> documents = analyze(corpus, 1);
  Story story;
  for (ArticleIndex a = 0; a < corpus.size(); ++a) story.articles.push_back(a);
  const StoryNames names = unify_names(corpus, documents, story);
  expect_laws(corpus, documents, names, extract_claims(corpus, documents, story, names));
}

TEST(Claims, KeepTheLawsOnAnyText) {
  const std::vector<std::string> pieces = {
      "The",    "ferry",   "sank",     ",",     ";",        "and",   "but",       "while", "that",    "said",
      "told",   "Ana",     "Ruiz",     "she",   "it",       "they",  "according", "to",    "12",      "people",
      "killed", "\"",      "“",        "”",     "(",        ")",     "—",         ".",     "!",       "which",
      "who",    "had",     "not",      "never", "at least", "from",  "by",        "rose",  "Tuesday", "5:10 a.m.",
      "saying", "killing", "-",        "•",     "\n",       "\n\n",  "é",         "北京",  ":",       "’s",
      "'",      "the",     "minister", "No. 4", "%",        "$1.2bn"};
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t n = random() % 30; n > 0; --n) {
      text += pieces[random() % pieces.size()];
      if (random() % 5) text += ' ';
    }
    SCOPED_TRACE(text);
    const Reading r(text);
    expect_laws(r.corpus, r.documents, r.names, r.claims);
    if (HasFailure()) FAIL();
  }
}

TEST(Claims, TakeTimeInProportionToLength) {
  for (const std::string unit : {"the ferry sank, and ", "who said, ", "; he said it ", "12 people and 13 people ",
                                 "and ", "“a” said ", "Ana Ruiz, ", "that that ", ", which ", "the minister "}) {
    std::string text;
    while (text.size() < 300'000) text += unit;
    Reading r(text);
    EXPECT_FALSE(r.claims.empty());
  }
}

}  // namespace
}  // namespace storymerge

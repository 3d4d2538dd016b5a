// What is a dispute and what is none: two values of one thing, told of the same.

#include "storymerge/dispute/disputes.h"

#include <gtest/gtest.h>

#include <set>

#include "dispute/kinds.h"
#include "storymerge/write/word_for.h"
#include "support/one_story.h"

namespace storymerge {
namespace {

using testing::article, testing::OneStory;

TEST(Disputes, HaveTwoValuesAndNoVoiceOnBothSidesOfAConflict) {
  const OneStory run(
      {article("a",
               "The ferry Aurora Sol capsized off Lidra on Friday.\n\nTwelve people were killed, the coast "
               "guard said.",
               1),
       article("b",
               "Police in Lidra said the ferry Aurora Sol had capsized near the harbour.\n\nThe coast guard "
               "said 15 people were killed.",
               5)});
  const Material material = run.material();
  const Alignment alignment = align_claims(material);
  const std::vector<Dispute> disputes = find_disputes(material, alignment);
  ASSERT_FALSE(disputes.empty());
  for (const Dispute& d : disputes) {
    EXPECT_GE(d.values.size(), 2u);
    std::set<std::uint32_t> voices;
    for (const DisputeValue& v : d.values) {
      EXPECT_FALSE(v.statements.empty());
      for (const std::uint32_t s : v.statements) {
        const bool fresh = voices.insert(run.duplicates.origin_of[alignment.statements[s].span.article]).second;
        EXPECT_TRUE(fresh || d.resolution == Resolution::update);
      }
    }
  }
}

// Two sources that give one man two names disagree; brothers whom one article tells apart do not, nor two spellings.
TEST(Disputes, TwoNamesOfOnePerson) {
  const auto names_disputed = [](const std::string& first, const std::string& second, const std::string& more) {
    const OneStory run({article("a",
                                "Rescuers in Lidra pulled a docker alive from the rubble of the harbour office after "
                                "seven hours on Friday.\n\nThe docker, " +
                                    first + ", was taken to hospital.",
                                1),
                        article("b",
                                "The docker who was pulled alive from the rubble of the harbour office in Lidra after "
                                "seven hours is in hospital.\n\nThe docker, " +
                                    second +
                                    ", was taken to hospital on "
                                    "Friday." +
                                    more,
                                5)});
    std::vector<std::string> values;
    const Material material = run.material();
    for (const Dispute& d : find_disputes(material, align_claims(material))) {
      if (d.kind != DisputeKind::name) continue;
      for (const DisputeValue& v : d.values) values.push_back(v.value);
    }
    return values;
  };
  EXPECT_EQ(names_disputed("Vasco Nunal", "Vitor Nunal", ""), (std::vector<std::string>{"Vasco Nunal", "Vitor Nunal"}));
  EXPECT_EQ(names_disputed("Karel Bost", "Karel Posta", ""), (std::vector<std::string>{"Karel Bost", "Karel Posta"}));
  EXPECT_TRUE(names_disputed("Vasco Nunal", "Vasko Nunal", "").empty());
  EXPECT_TRUE(names_disputed("Vasco Nunal", "Vitor Nunal", "\n\nHis brother Vasco Nunal was at home.").empty());
  EXPECT_TRUE(names_disputed("Vasco Nunal", "Andrei Malik", "").empty());
}

// What an outlet takes back of its own: the name, the day, the number that its notice denies or sets another after.
TEST(Disputes, ANoticeWithdrawsWhatItsOutletSaid) {
  const auto told = [](const std::string& first, const std::string& second, const std::string& notice) {
    std::vector<Article> articles = {article("a", first, 1), article("b", second, 1),
                                     article("c", "The bell rang again on Sunday.\n\n" + notice, 30)};
    articles[0].source = articles[2].source = "Norland Post";
    articles[1].source = "Havel Courier";
    const OneStory run(articles);
    const Material material = run.material();
    std::vector<std::string> out;
    for (const Dispute& d : find_disputes(material, align_claims(material))) {
      out.push_back(std::string(word_for(d.kind)) + " " + std::string(word_for(d.resolution)));
      if (d.resolution == Resolution::update) out.back() += " " + d.values.front().value;
    }
    return out;
  };
  using Told = std::vector<std::string>;
  const std::string karl =
                        "Rescuers in Lidra pulled a diver alive from the harbour after seven hours on Friday.\n\nThe "
                        "diver, Karl Toft, was taken to hospital.",
                    kurt =
                        "The diver who was pulled alive from the harbour in Lidra after seven hours is in "
                        "hospital.\n\nThe diver, Kurt Toft, was taken to hospital on Friday.";
  EXPECT_EQ(told(karl, kurt, "Correction: We misspelled the diver's name. He is Kurt Toft, not Karl."),
            Told{"name update Karl Toft"});
  EXPECT_EQ(told(karl, kurt, "An earlier report said that the diver was Karl Toft. His name is Kurt Toft."),
            Told{"name update Karl Toft"});
  EXPECT_EQ(told(karl, kurt, "Correction: The lake is 31 metres deep, not 13."), Told{"name conflict"});
  EXPECT_EQ(told(karl, kurt, "The bell weighs 40 kilograms."), Told{"name conflict"});
}

// A later number overtakes an earlier one; two at one time are in conflict.
TEST(Disputes, TheLaterNumberOvertakes) {
  const auto resolution = [](int later) {
    const OneStory run(
        {article("a", "A coach left the road near Lidra on Friday.\n\nThe coach had 46 people on board.", 1),
         article("b", "The coach that left the road near Lidra was full.\n\nThe coach had 49 people on board.",
                 later)});
    const Material material = run.material();
    for (const Dispute& d : find_disputes(material, align_claims(material))) {
      if (d.kind == DisputeKind::quantity) return std::string(word_for(d.resolution));
    }
    return std::string("none");
  };
  EXPECT_EQ(resolution(5), "update");
  EXPECT_EQ(resolution(1), "conflict");
}

// "The network made it 6.0": a bare number beside one that another source gives, too. No label, no age, no number of its own.
TEST(Disputes, WhatAnArticleSetsBesideAnother) {
  const auto values = [](const std::string& next) {
    const OneStory run(
        {article("a", "An earthquake of magnitude 6.4 shook the province of Lidra on Friday, the institute said.", 1),
         article("b",
                 "The institute said that an earthquake of magnitude 6.4 had shaken the province of Lidra. " + next +
                     "\n\nSchools in the province stay closed.",
                 9)});
    std::vector<std::string> out;
    const Material material = run.material();
    for (const Dispute& d : find_disputes(material, align_claims(material))) {
      EXPECT_EQ(d.resolution, Resolution::conflict);
      for (const DisputeValue& v : d.values) out.push_back(v.value);
    }
    return out;
  };
  EXPECT_EQ(values("The seismic network, whose stations lie further off, made it 6.1."),
            (std::vector<std::string>{"6.4", "6.1"}));
  EXPECT_TRUE(values("The seismic network put it at 6.4.").empty());
  EXPECT_TRUE(values("Its people looked at 9 villages.").empty());
  EXPECT_TRUE(values("Iva Moreno, who is 9 years old, was in bed.").empty());
  EXPECT_TRUE(values("The seismic network put it at 6: 13 p. m. on its clock.").empty());
  EXPECT_TRUE(values("Of its stations 5 of the older ones failed.").empty());
  EXPECT_TRUE(values("The seismic network had expected 6.1.").empty());
}

// In much the same words, each with one number of a unit: a value or a change, it is the same measure.
TEST(Disputes, OneMeasureInMuchTheSameWords) {
  const auto told = [](const std::string& other) {
    const OneStory run({article("a", "The florin fell 0.3% against the dollar on Friday.", 1), article("b", other, 9)});
    const Material material = run.material();
    return !find_disputes(material, align_claims(material)).empty();
  };
  EXPECT_TRUE(told("By the close on Friday the florin had lost 0.7% against the dollar."));
  EXPECT_FALSE(told("By the close on Friday the florin had lost 0.3% against the dollar."));
  EXPECT_FALSE(told("The bank lends at 0.7% to those who build houses for the poor in Lidra."));
}

// A later version or copy of one text revises what it says; it is one voice, so at one time it does not contradict itself.
// Two amounts are of one thing when its noun is the same, or the words that describe it; these say what they are values of.
TEST(Disputes, AmountsOfOneThing) {
  const auto told = [](const std::string& other) {
    const OneStory run({article("a", "Lidra's council passed a $12 million flood relief package on Friday.", 1),
                        article("b", "The mayor said that " + other + " was passed by the council of Lidra.", 1)});
    const Material material = run.material();
    for (const Dispute& d : find_disputes(material, align_claims(material))) {
      if (d.kind == DisputeKind::quantity) return d.about;
    }
    return std::string("none");
  };
  EXPECT_EQ(told("a $15 million flood relief package"), "flood relief package");
  EXPECT_EQ(told("a $15 million flood relief plan"), "flood relief package");
  EXPECT_EQ(told("a $15 million bridge loan"), "none");
  EXPECT_EQ(told("a $12 million flood relief plan"), "none");
}

TEST(Disputes, AVoiceRevisesItsOwn) {
  const auto text = [](const std::string& houses, const std::string& since, const std::string& state) {
    return "A gas explosion in a bakery in Lidra killed four people on Tuesday morning, the fire service said. The "
           "blast "
           "broke windows in " +
           houses + " houses of Mill Street.\n\nThe bakery had been closed for repairs since " + since +
           ". Firefighters searched the ruins with dogs.\n\nThe school beside the bakery " + state +
           ". The town will pay for hotel rooms, mayor Ana Petrov said, and the gas company looks for the cause.";
  };
  const auto told = [&](const std::string& later, int hour) {
    const OneStory run({article("a", text("30", "Monday", "has reopened"), 1), article("b", later, hour)});
    EXPECT_EQ(run.duplicates.origins.size(), 1u);
    const Material material = run.material();
    std::vector<std::string> out;
    for (const Dispute& d : find_disputes(material, align_claims(material))) {
      out.push_back(std::string(word_for(d.kind)) + " " + std::string(word_for(d.resolution)));
      for (const std::uint32_t s : d.values.back().statements)
        EXPECT_EQ(run.corpus[align_claims(material).statements[s].span.article].id, "b");
    }
    return out;
  };
  using Told = std::vector<std::string>;
  EXPECT_EQ(told(text("50", "Monday", "has reopened"), 2), Told{"quantity update"});
  EXPECT_EQ(told(text("30", "Sunday", "has reopened"), 2), Told{"date update"});
  EXPECT_EQ(told(text("30", "Monday", "has not reopened"), 2), Told{"polarity update"});
  EXPECT_EQ(told(text("50", "Sunday", "has not reopened"), 1), Told{});
  EXPECT_EQ(told(text("30", "Monday", "has reopened"), 2), Told{});
}

// The values in dispute between two articles that say this, each beside other matters.
std::string disputed(const std::string& first, const std::string& second) {
  const OneStory run({article("a",
                              first + "\n\nA brass band from the valley played in the square until midnight, and "
                                      "nobody went home.\n\nBakers opened early.",
                              1),
                      article("b",
                              second + "\n\nSchools stay shut for the rest of the week because their heating "
                                       "failed.\n\nTeachers were told by letter on the day before.",
                              1)});
  const Material material = run.material();
  std::string out;
  for (const Dispute& d : find_disputes(material, align_claims(material))) {
    for (const DisputeValue& v : d.values) out += v.value + " ";
  }
  return out;
}

// Two numbers of one thing, each beside a twin that is of another: another day, another event, a part, a rounding.
TEST(Disputes, NumbersOfOneThing) {
  const struct {
    const char *a, *b, *values, *twin;
  } rows[] = {
      {"The fire in the mill at Losk killed 12 people.", "The fire in the mill at Losk killed 19 people.", "12 19 ",
       "In 2019 a fire in the mill at Losk killed 19 people."},
      {"A 4-year-old boy fell into the old well at Losk.", "A 5-year-old boy fell into the old well at Losk.",
       "4-year-old 5-year-old ", "A 4-year-old boy fell into a well, 5 metres deep, at Losk."},
      {"Climber Ida Moll, 27, fell to her death at Losk.",
       "A 31-year-old climber, Ida Moll, fell to her death at Losk.", "27 31-year-old ",
       "A 31-year-old climber, Ada Prior, fell to her death at Losk."},
      {"A slick 10 miles long drifts off Losk.", "A slick 30 kilometres long drifts off Losk.",
       "10 miles 30 kilometres ", "A slick 16 kilometres long drifts off Losk."},
      {"The match in Losk drew 22,407 spectators.", "The match in Losk drew 21,860 spectators.", "22,407 21,860 ",
       "The match in Losk drew 22,000 spectators."},
      {"Police identified 31 suspects in Losk.", "Police identified 24 suspects in Losk.", "31 24 ",
       "Police in Losk hold 8 suspects in detention."},
      // What it holds, what was expected, what another month, a day or a part of a name gives is no other value.
      {"Losk will spend more than $300 million on its hospital.", "Losk will spend $470 million on its hospital.",
       "more than $300 million $470 million ", "Losk will spend $320 million on its hospital."},
      {"The mines of Losk added 5,590 jobs in May.", "The mines of Losk added 4,800 jobs in May.", "5,590 4,800 ",
       "Analysts had predicted the mines of Losk added 4,800 jobs in May."},
      {"The guards of Losk made 2,110 arrests in July.", "The guards of Losk made 1,780 arrests in July.",
       "2,110 1,780 ", "The guards of Losk made 1,780 arrests in June."},
      {"The fever in Losk has caused 6,100 deaths.", "The fever in Losk has caused 900 deaths.", "6,100 900 ",
       "The fever in Losk has caused 900 deaths a day."},
      {"The council of Losk fined Quillbank 40 million crowns.",
       "The council of Losk fined Quillbank 70 million crowns.", "40 million crowns 70 million crowns ",
       "The council of Losk fined Quillbank under Act 70."},
      {"The 92 nations met for a summit in Losk.", "The 75 nations met for a summit in Losk.", "92 75 ",
       "The Group of Seventy nations met for a summit in Losk."}};
  for (const auto& row : rows) {
    EXPECT_EQ(disputed(row.a, row.b), row.values) << row.a;
    EXPECT_EQ(disputed(row.a, row.twin), "") << row.twin;
  }
}

// A number that opens a German sentence has the capital of names.
TEST(Disputes, ACountIsNoName) {
  const auto told = [](const std::string& many) {
    std::vector<Article> articles = {article("a", "Hunderte Bauern blockierten am Montag den Hafen von Losk.", 1),
                                     article("b", many + " Bauern blockierten am Montag den Hafen von Losk.", 2)};
    for (Article& a : articles) a.language = "de";
    const OneStory run(std::move(articles));
    const Material material = run.material();
    std::string out;
    for (const Dispute& d : find_disputes(material, align_claims(material))) out += std::string(word_for(d.kind));
    return out;
  };
  EXPECT_EQ(told("Tausende"), "quantity");
  EXPECT_EQ(told("Hunderte"), "");
}

// German writes units as it writes names.
TEST(Disputes, AUnitIsNoName) {
  const auto told = [](const std::string& sum) {
    std::vector<Article> articles = {
        article("a",
                "Der Brand im Hafen von Losk ist aus. Der Schaden am Hafen beträgt laut Polizei 3,4 Millionen Euro.",
                1),
        article("b", "Im Hafen von Losk hat es gebrannt. Die Polizei schätzt den Schaden am Hafen auf " + sum + ".",
                2)};
    for (Article& a : articles) a.language = "de";
    const OneStory run(std::move(articles));
    const Material material = run.material();
    return find_disputes(material, align_claims(material)).size();
  };
  EXPECT_EQ(told("4,3 Millionen Euro"), 1u);
  EXPECT_EQ(told("3,4 Millionen Euro"), 0u);
}

// The day of a picture, of what is named by its day, and of one who is quoted is not that of what is told.
TEST(Disputes, DaysOfOneThing) {
  const struct {
    const char *a, *b, *values, *twin;
  } rows[] = {{"The ferry Aurora Sol sank off the harbour of Lidra on March 3.",
               "The ferry Aurora Sol sank off the harbour of Lidra on March 5.", "March 3 March 5 ",
               "The ferry Aurora Sol, off the harbour of Lidra in a photograph of March 5."},
              {"The council of Lidra met about the ferry Aurora Sol on Monday.",
               "The council of Lidra met about the ferry Aurora Sol on Tuesday.", "Monday Tuesday ",
               "The council of Lidra met about Tuesday's ferry Aurora Sol."},
              {"The ferry Aurora Sol leaves the harbour of Lidra on Monday, the council said.",
               "The ferry Aurora Sol leaves the harbour of Lidra on Tuesday, the council said.", "Monday Tuesday ",
               "\"The ferry Aurora Sol leaves the harbour of Lidra tomorrow,\" the council said."},
              {"The ferry Aurora Sol will leave the yard of Lidra in May.",
               "The ferry Aurora Sol will leave the yard of Lidra in June.", "May June ",
               "The ferry Aurora Sol will leave the yard of Lidra on May 6."},
              {"The bell of the Aurora Sol, stolen in 1941, came home to Lidra on Monday.",
               "On Monday the bell of the Aurora Sol, stolen in 1943, came home to Lidra.", "1941 1943 ",
               "On Monday the bell of the Aurora Sol, stolen 91 years ago, came home to Lidra."},
              {"The ferry Aurora Sol left the yard of Lidra at 6 a.m. on Monday.",
               "The ferry Aurora Sol left the yard of Lidra at 6 a.m. on Tuesday.",
               "6 a.m. on Monday 6 a.m. on Tuesday ", "The ferry Aurora Sol left the yard of Lidra on Monday."},
              {"The ferry Aurora Sol left the harbour of Lidra at 11.20 p.m.",
               "The ferry Aurora Sol left the harbour of Lidra at 11.40 p.m.", "11.20 p.m. 11.40 p.m. ",
               "The ferry Aurora Sol left the harbour of Lidra at twenty past eleven."}};
  for (const auto& row : rows) {
    EXPECT_EQ(disputed(row.a, row.b), row.values) << row.a;
    EXPECT_EQ(disputed(row.a, row.twin), "") << row.twin;
  }
}

// Whom "she" means may be read wrongly: two speakers are in dispute where both passages name theirs.
TEST(Disputes, SpeakersAreNamedByBothPassages) {
  const auto kinds = [](const std::string& first, const std::string& second) {
    const OneStory run({article("a", "Ines Okoro runs the harbour of Lidra.\n\n" + first, 1),
                        article("b", "Karel Bost owns the ferry Aurora Sol.\n\n" + second, 1)});
    const Material material = run.material();
    std::string out;
    for (const Dispute& d : find_disputes(material, align_claims(material))) out += word_for(d.kind);
    return out;
  };
  const std::string quotation = "\"The ferry should never have left the harbour on such a night,\" ";
  EXPECT_EQ(kinds(quotation + "Ines Okoro said.", quotation + "Karel Bost said."), "attribution");
  EXPECT_EQ(kinds(quotation + "she said.", quotation + "Karel Bost said."), "");
}

// Adding a kind: a file with its function, and a row.
std::optional<dispute::Difference> differ_in_length(const dispute::Context&, const dispute::Frame& a,
                                                    const dispute::Frame& b, double) {
  const auto value = [](const dispute::Frame& f) {
    const double length = f.span.size();
    return dispute::Value{std::to_string(f.span.size()), length, length};
  };
  if (a.span.size() == b.span.size()) return std::nullopt;
  return dispute::Difference{value(a), value(b), "bytes"};
}

TEST(Disputes, AKindIsARow) {
  const OneStory run(
      {article("a", "The Aurora Sol capsized off Lidra on Friday.\n\nA brass band played in the square.", 1),
       article("b", "The ferry Aurora Sol capsized off Lidra on Friday.\n\nIt had left Merrou at noon.", 1)});
  const Material material = run.material();
  const dispute::Kind toy[] = {{DisputeKind::name, 0.05, differ_in_length}};
  const std::vector<Dispute> disputes = dispute::find_disputes(material, align_claims(material), toy);
  ASSERT_EQ(disputes.size(), 1u);
  EXPECT_EQ(disputes[0].about, "bytes");
  EXPECT_EQ(disputes[0].values[0].value, "44");
}

}  // namespace
}  // namespace storymerge

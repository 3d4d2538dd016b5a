// Who says it, and is it affirmed, denied, a fact or less: tables of sentences, each beside a twin in which the opposite is right;
// and how often speakers are right on real news.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "claim/citations.h"
#include "claim/reading.h"
#include "lang/spelling.h"
#include "storymerge/claim/claims.h"
#include "storymerge/eval/gold.h"
#include "support/paths.h"

namespace storymerge {
namespace {

struct Said {
  std::string text, words, speaker;  // who says these words; "" for nobody
};

void expect_speakers(const std::vector<Said>& cases, const std::string& language) {
  for (const Said& c : cases) {
    const Reading r(c.text, language);
    ASSERT_NE(r.claim(c.words), nullptr) << c.text;
    EXPECT_EQ(r.speaker(c.words), c.speaker) << c.text;
  }
}

TEST(Citations, RulesFindTheirOwnExamples) {
  for (const claim::CitationRule& rule : claim::citation_rules()) {
    const Reading r(std::string(rule.example), std::string(rule.language));
    ASSERT_FALSE(r.claims.empty());
    ASSERT_TRUE(r.claims[0].speaker) << rule.example;
    EXPECT_EQ(r.corpus.quote(*r.claims[0].speaker), rule.speaker) << rule.example;
    EXPECT_EQ(r.claims[0].speaker_rule, rule.name) << rule.example;
  }
}

TEST(Speakers, InEnglish) {
  expect_speakers(
      {
          {"The pier is closed, Inger Falk said on Monday.", "pier", "Inger Falk"},
          {"Inger Falk did not say that the pier was closed.", "pier", ""},
          {"Inger Falk declined to say whether the pier was closed.", "pier", ""},
          {"Inger Falk would not say when the pier would open.", "pier", ""},
          {"Nobody said that the pier was closed.", "pier", ""},
          {"Neither Inger Falk nor Bo Steen said when the pier would open.", "pier", ""},
          {"Both Inger Falk and Bo Steen said that the pier was closed.", "pier", "Inger Falk and Bo Steen"},
          {"Mayor Inger Falk was told by engineer Milan Petric that the pier would fall.", "pier", "Milan Petric"},
          {"Mayor Inger Falk told engineer Milan Petric that the pier would fall.", "pier", "Inger Falk"},
          {"The mayor was told by a neighbour, Milan Petric, that the pier would fall.", "pier", "Milan Petric"},
          {"The pier is sound, in the view of Max Orde.", "pier", "Max Orde"},
          {"“The pier is gone,” fumed Max Orde.", "pier", "Max Orde"},
          {"As Max Orde said on Monday, the pier is closed.", "pier", "Max Orde"},
          {"As Max Orde watched, the pier was closed.", "pier", ""},
          {"The pier is closed, said Max Orde on Monday.", "pier", "Max Orde"},
          {"Max Orde, of Wexcombe, announced the plan on Monday.", "plan", ""},
          {"The pier is closed, as Max Orde put it.", "pier", "Max Orde"},
          {"Officials who inspected the pier said it was unsafe.", "pier", "Officials"},
          {"The pier had closed, state media reported.", "pier", "state media"},
          {"Max Orde, a former Ohio state senator, closed the pier.", "pier", ""},
          {"The pier is unsafe, a report by the audit office found on Tuesday.", "pier",
           "a report by the audit office"},
          {"According to a report by the audit office, the pier is unsafe.", "pier", "a report by the audit office"},
          {"“The pier is unsafe,” the report reads.", "pier", "the report"},
          {"Max Orde read that the pier was unsafe.", "pier", ""},
          {"Max Orde: We will rebuild the pier.", "pier", "Max Orde"},
          {"Union chief Dora Stahl spoke on Monday.\n\nStahl: We will rebuild the pier.", "pier", "Stahl"},
          {"A storm hit Lower Hamm on Monday.\n\nHamm: Nobody knows who will rebuild the pier.", "pier", ""},
          {"For Max Orde, “the pier is a death trap”.", "pier", "Max Orde"},
          {"For Max Orde, the pier was a home.", "pier", ""},
          {"An adult found guilty of burning the pier could be jailed.", "pier", ""},
          {"The villagers have protested weekly against the plan for the pier.", "pier", ""},
          {"(Federal officials believe the pier is unsafe.)", "pier", "Federal officials"},
          {"The pier is unsafe, according to the panel's top Democrat, Sen. Ada Brandvold of Norland.", "pier",
           "Ada Brandvold"},
          {"As he took the oath, the pier fell.", "pier", ""},
          {"Asked about the pier, the firm's spokeswoman, Ida Moss, blamed the rain.", "pier", ""},
          {"“The pier is gone,” as the warden, Pia Lund, put it on Thursday.", "pier", "Pia Lund"},
          {"Inger Falk is said to have left the pier.", "pier", ""},
          {"Inger Falk is reported to have said that the pier was rotten.", "pier", "Inger Falk"},
          {"Inger Falk was quoted as saying that the pier was rotten.", "pier", "Inger Falk"},
          {"“The pier is gone,” said Inger Falk, who runs the harbour.", "pier", "Inger Falk"},
          {"“The pier is gone,” said the harbour master, Inger Falk.", "pier", "Inger Falk"},
          {"One of the engineers, Milan Petric, said that the pier was rotten.", "pier", "Milan Petric"},
          {"Milan Petric, one of the engineers, said that the pier was rotten.", "pier", "Milan Petric"},
          {"“The pier is gone,” Inger Falk told Reuters.", "pier", "Inger Falk"},
          {"According to Inger Falk, the pier was rotten.", "pier", "Inger Falk"},
          {"The pier was rotten, according to people familiar with the report.", "pier",
           "people familiar with the report"},
          {"Inger Falk called the pier “a death trap” on Monday.", "pier", "Inger Falk"},
          {"Inger Falk called the pier on Monday.", "pier", ""},
          {"Inger Falk closed the pier on Monday, saying that it was rotten.", "pier", "Inger Falk"},
          {"Inger Falk closed the pier on Monday, leaving two boats.", "pier", ""},
          {"Ships' captains, Inger Falk said, used the pier at night.", "pier", "Inger Falk"},
          {"Critics say that the pier is ugly.", "pier", "Critics"},
          {"Some say that the pier is ugly.", "pier", ""},
          {"The reports on the pier were burned.", "pier", ""},
          {"Media reports say that the pier burned.", "pier", "Media reports"},
          {"Falk Energy's director, Hugo Brand, said the pier was sold.", "pier", "Hugo Brand"},
          {"Hugo Brand's firm said the pier was sold.", "pier", "Hugo Brand's firm"},
          {"Mayor Inger Falk opened the pier. She said that it was safe.", "it was safe", "Inger Falk"},
          {"The banker Viktor Lamm was jailed. His lawyer, Ada Prior, shook her head. She said he would appeal.",
           "he would appeal", "Ada Prior"},
          {"Mr. Lamm met Mrs. Prior on Monday. He said that the bank was closed.", "the bank was closed", "Lamm"},
          {"Mr. Lamm met Mrs. Prior on Monday. She said that the bank was closed.", "the bank was closed", "Prior"},
          {"She said that the bank was closed.", "bank", ""},
          {"Mayor Inger Falk was defiant. “We will rebuild the pier.”", "rebuild", "Inger Falk"},
          {"The pier burned. “We will rebuild the pier.”", "rebuild", ""},
          {"Union secretary Tuva Lindahl told the crowd:\n\n“We were promised eleven hours.\n\n“Nobody steers well at "
           "night.”",
           "Nobody steers", "Tuva Lindahl"},
          {"“The inspector said, ‘Nobody opened that valve,’” said Marta Rosko.", "valve", "Marta Rosko"},
          {"Inger Falk went on to say that the pier was rotten.", "pier", "Inger Falk"},
          {"Inger Falk wanted to say that the pier was rotten.", "pier", ""},
          {"Inger Falk inspected the pier and said that it was rotten.", "pier", "Inger Falk"},
          {"“Is the pier safe?” Inger Falk asked.", "pier", "Inger Falk"},
          {"When asked if he believed the report, Tom Holm said the pier was safe.", "the pier", "Tom Holm"},
          {"Tom Holm said that Inger Falk had sold the pier. He said it was old.", "it was old", "Tom Holm"},
          {"The Gulf Courier reports that Inger Falk said the pier was old.", "the pier", "Inger Falk"},
          {"Inger Falk was asked if the pier was safe.", "pier", ""},
          {"“The pier is safe,\" Inger Falk said. \"Nobody fell.”", "pier", "Inger Falk"},
          {"“The pier is safe,\" Inger Falk said. \"Nobody fell.”", "Nobody", "Inger Falk"},
          {"The pier, said mayor Inger Falk, was rotten.", "pier", "Inger Falk"},
          {"Rotten planks, says engineer Tom Holm, fell into the sea.", "planks", "Tom Holm"},
          {"Tom Holm, of Norland, said Inger Falk, the mayor, was wrong.", "was wrong", "Tom Holm"},
          {"\"The pier is safe,” said Inger Falk.", "pier", "Inger Falk"},
          {"”The pier is safe,” said Inger Falk.", "pier", "Inger Falk"},
          {"“She cried \"stop\" on the pier,” said Inger Falk.", "pier", "Inger Falk"},
          {"The Gulf Courier quoted Inger Falk as saying the pier was safe.", "pier", "Inger Falk"},
          {"The rector spoke on Monday.\n\nROLF AAS:\n\nWill the pier stand?\n\nINGA MOE:\n\nNobody asked us. The pier "
           "was "
           "sold in May.",
           "sold in May", "INGA MOE"},
      },
      "en");
}

TEST(Speakers, InGermanFrenchAndSpanish) {
  expect_speakers(
      {
          {"„Die Luft war nie gefährlich“, sagte Werksleiterin Jutta Brandner.", "Luft", "Jutta Brandner"},
          {"Werksleiterin Jutta Brandner sagte, die Luft sei nie gefährlich gewesen.", "Luft", "Jutta Brandner"},
          {"Laut Polizei war die Brücke gesperrt.", "Brücke", "Polizei"},
          {"Nach Angaben von Jutta Brandner war die Brücke gesperrt.", "Brücke", "Jutta Brandner"},
          {"Der Polizei zufolge war die Brücke gesperrt.", "Brücke", "Der Polizei"},
          {"Die Brücke sei gesperrt, so Jutta Brandner.", "Brücke", "Jutta Brandner"},
          {"„Die Brücke ist gesperrt“, so Bürgermeister Jan Topp.", "Brücke", "Jan Topp"},
          {"Die Brücke war gesperrt, teilte die Polizei mit.", "Brücke", "die Polizei"},
          {"Die Polizei teilte am Montag mit, die Brücke sei gesperrt.", "Brücke", "Die Polizei"},
          {"Die Polizei teilte mit, dass die Brücke gesperrt sei.", "Brücke", "Die Polizei"},
          {"Wie Landrat Uwe Stein am Dienstag erklärte, bleibt die Brücke gesperrt.", "Brücke", "Uwe Stein"},
          {"„Wir bleiben auf der Brücke“, sagte Einsatzleiterin Petra Vogt.", "Brücke", "Petra Vogt"},
          {"„Die Brücke ist gesperrt“, sagte ein Sprecher der Feuerwehr.", "Brücke", "ein Sprecher der Feuerwehr"},
          {"Die Brücke sei gesperrt, sagte eine Sprecherin.", "Brücke", "eine Sprecherin"},
          {"Die Brücke war gesperrt, wie die Leitstelle mitteilte.", "Brücke", "die Leitstelle"},
          {"23 Menschen wurden nach Angaben der Polizei verletzt.", "23", "der Polizei"},
          {"Die Brücke war am Montag gesperrt.", "Brücke", ""},
          {"Jutta Brandner fuhr am Montag über die Brücke.", "Brücke", ""},
          {"»Die Brücke ist sicher«, sagte Jutta Brandner.", "Brücke", "Jutta Brandner"},
          {"Jutta Brandner: »Die Brücke ist sicher. Wir haben geprüft.«", "Wir haben", "Jutta Brandner"},
      },
      "de");
  expect_speakers(
      {
          {"« Le pont est sûr », a déclaré la maire Hélène Marchand.", "pont", "Hélène Marchand"},
          {"Selon la police, le pont était fermé.", "pont", "la police"},
          {"D'après Hélène Marchand, le pont était fermé.", "pont", "Hélène Marchand"},
          {"Hélène Marchand a affirmé que le pont était fermé.", "pont", "Hélène Marchand"},
          {"Le pont était fermé, a précisé la préfecture.", "pont", "la préfecture"},
          {"Le pont a été fermé lundi, ont annoncé les autorités.", "pont", "les autorités"},
          {"Le pont était fermé lundi.", "pont", ""},
          {"« Le pont, explique Hélène Marchand, est sûr. »", "pont", "Hélène Marchand"},
          {"La maire Hélène Marchand rassure. « Le pont est sûr », assure-t-elle.", "pont", "Hélène Marchand"},
          {"«Le pont, dit “le vieux”, est sûr», affirme Hélène Marchand.", "pont", "Hélène Marchand"},
      },
      "fr");
  expect_speakers(
      {
          {"«Nadie corre peligro», dijo la alcaldesa, Lucía Ferrer.", "peligro", "Lucía Ferrer"},
          {"La alcaldesa Lucía Ferrer aseguró que nadie corre peligro.", "peligro", "Lucía Ferrer"},
          {"Según los bomberos, el puente estaba cerrado.", "puente", "los bomberos"},
          {"El puente estaba cerrado, según Lucía Ferrer.", "puente", "Lucía Ferrer"},
          {"El puente estaba cerrado, según informaron los bomberos.", "puente", "los bomberos"},
          {"El puente estaba cerrado, aseguró la directora de Emergencias, Blanca Urrutia.", "puente",
           "Blanca Urrutia"},
          {"El puente estaba cerrado el lunes.", "puente", ""},
          {"«El puente —explicó Lucía Ferrer— es seguro».", "puente", "Lucía Ferrer"},
          {"«El puente es seguro», ha dicho Lucía Ferrer.", "puente", "Lucía Ferrer"},
          {"Como dijo Lucía Ferrer el lunes, el puente es seguro.", "puente", "Lucía Ferrer"},
      },
      "es");
}

// What was said when something happened is not what the clause tells, and heads of boxes speak nowhere.
TEST(Speakers, AreOfWhatIsToldNotOfWhen) {
  const auto speaker = [](const std::string& text) {
    const Reading r(text);
    return r.speaker(r.claims.at(0));
  };
  EXPECT_EQ(speaker("Shares fell after the bank said that it had lost money."), "");
  EXPECT_EQ(speaker("The vote was put off before Ana Ruiz announced that she would resign."), "");
  EXPECT_EQ(speaker("The pier has been shut since engineers warned that it could fall."), "");
  EXPECT_EQ(speaker("Shares fell after the bank said that it was “bled dry” in May."), "the bank");
  EXPECT_EQ(speaker("The bank said that shares fell after it had lost money."), "The bank");
  EXPECT_EQ(speaker("Shares fell on Monday, the bank said after the market had closed."), "the bank");
  EXPECT_EQ(speaker("Ana Ruiz said that shares fell after the bank said that it had lost money."), "Ana Ruiz");
  EXPECT_EQ(speaker("The mayor of Tarn, Ola Berg, said that the pier had burned."), "Ola Berg");
  EXPECT_EQ(speaker("The head of the Bank of Tarvia, Ola Berg, also said that shares had fallen."), "Ola Berg");
  EXPECT_EQ(speaker("Maud Jelin, of the Upper Town, said that the pier had burned."), "Maud Jelin");
  const std::string box =
      "The rocket rose on Monday from the pier of Tarn.\n\nCAR STATS:\n\nNo car has flown so far before.";
  EXPECT_EQ(Reading(box).speaker("No car"), "");
  const std::string talk =
      "The rector spoke on Monday at the pier of Tarn.\n\nINGA MOE:\n\nNo car has flown so far before.";
  EXPECT_EQ(Reading(talk).speaker("No car"), "INGA MOE");
}

TEST(Speakers, AnOutletsOwnNameIsNone) {
  EXPECT_EQ(Reading("The Tarn Post reported that the pier burned.", "en", "Tarn Post").speaker("pier"), "");
  EXPECT_EQ(Reading("The Tarn Post reported that the pier burned.", "en", "Gazette").speaker("pier"), "Tarn Post");
}

// Of copies of one text, each by its own outlet.
TEST(Speakers, AnOutletsOwnNameIsNoneAmongCopies) {
  std::vector<Article> articles;
  for (const std::string source : {"Gazette", "Tarn Post", "The Tarn Post", "Courier"}) {
    Article a;
    a.id = a.source = source;
    a.language = "en";
    a.text = "The Tarn Post reported that the pier burned. Inger Falk said nobody was hurt.";
    articles.push_back(a);
  }
  const Corpus corpus(articles);
  const std::vector<Document> documents = analyze(corpus, 1);
  Story story;
  for (ArticleIndex a = 0; a < corpus.size(); ++a) story.articles.push_back(a);
  const std::vector<Claim> claims = extract_claims(corpus, documents, story, unify_names(corpus, documents, story));
  std::map<std::string, std::vector<std::string>> speakers;
  for (const Claim& c : claims) {
    if (c.speaker) {
      EXPECT_EQ(c.speaker->article, c.span.article);
    }
    speakers[corpus[c.span.article].source].push_back(c.speaker ? std::string(corpus.quote(*c.speaker)) : "");
  }
  const std::vector<std::string> both = {"Tarn Post", "Inger Falk"}, own = {"", "Inger Falk"};
  EXPECT_EQ(speakers, (std::map<std::string, std::vector<std::string>>{
                          {"Gazette", both}, {"Tarn Post", own}, {"The Tarn Post", own}, {"Courier", both}}));
}

TEST(Via, IsTheOutletThatThePassageCredits) {
  struct Case {
    std::string text, via;
  };
  const std::vector<Case> cases = {
      {"“The pier is gone,” Inger Falk told Reuters.", "Reuters"},
      {"The BBC reported that the pier was gone.", "BBC"},
      {"The pier was gone, according to AFP.", "AFP"},
      {"Inger Falk told reporters that the pier was gone.", ""},
      {"“The pier is gone,” Inger Falk said in an interview with the Gulf Courier.", "Gulf Courier"},
      {"Inger Falk said that the BBC had filmed the pier.", ""},
      {"Via the Gulf Courier: the pier is gone.", "Gulf Courier"},
      {"The pier is gone, via Reuters.", "Reuters"},
      {"The pier lies on the way to Holm via Tarn.", ""},
  };
  for (const Case& c : cases) {
    const Reading r(c.text);
    const auto& via = r.claims.at(0).via;
    EXPECT_EQ(via ? std::string(r.corpus.quote(*via)) : "", c.via) << c.text;
  }
}

// The last claim of each: "" for one that credits no outlet.
TEST(Via, IsTheOutletCreditedLastWhereOnlyItsKindIsNamed) {
  struct Case {
    std::string text, via, language = "en";
  };
  const std::vector<Case> cases = {
      {"The pier has sunk, AFP reports. The agency, quoting divers, says that two boats are lost.", "AFP"},
      {"The pier has sunk, AFP reports. Two boats are lost, it added.", "AFP"},
      {"The pier has sunk, AFP said. Two boats are lost, according to the agency.", "AFP"},
      {"The pier has sunk, AFP said. The news agency added that two boats were lost.", "AFP"},
      {"The pier has sunk, AFP said. Divers told the agency that two boats were lost.", "AFP"},
      {"The pier has sunk, the news agency AFP said. Divers saw Nasa's boat. The agency says that it is lost.", "AFP"},
      {"The Gulf Courier reported that the pier had sunk. The paper said that two boats were lost.", "Gulf Courier"},
      {"The BBC reported that the pier had sunk. Two boats are lost, the broadcaster said.", "BBC"},
      {"AFP said so. The Gulf Courier reported that the pier had sunk. Ana Ruiz told the newspaper that boats were "
       "lost.",
       "Gulf Courier"},
      {"Die Mole ist gesunken, berichtet AFP. Die Agentur berichtete, dass zwei Boote fehlten.", "AFP", "de"},
      {"Die Mole ist gesunken, berichtet AFP. Zwei Boote fehlen laut der Nachrichtenagentur.", "AFP", "de"},
      {"La jetée a coulé, rapporte Reuters. Deux bateaux ont disparu, selon l'agence.", "Reuters", "fr"},
      {"La jetée a coulé, rapporte l'AFP. Deux bateaux ont disparu, selon l'agence.", "AFP", "fr"},
      {"La jetée a coulé, rapporte Le Figaro. Le quotidien affirme que deux bateaux ont disparu.", "Figaro", "fr"},
      {"El muelle se hundió, informó EFE. La agencia añadió que faltan dos barcos.", "EFE", "es"},
      {"El muelle se hundió, informó El País. Según el diario, faltan dos barcos.", "País", "es"},
      // Nobody is credited.
      {"The pier has sunk. The agency says that two boats are lost.", ""},
      {"Ana Ruiz told the newspaper that boats were lost.", ""},
      {"Zwei Boote fehlen laut der Nachrichtenagentur.", "", "de"},
      {"Deux bateaux ont disparu, selon l'agence.", "", "fr"},
      {"Según el diario, faltan dos barcos.", "", "es"},
      // Something else is called so.
      {"The space agency lost a boat, AFP reports. The agency says that it will search.", ""},
      {"Nasa lost a boat, AFP reports. The agency says that it will search.", ""},
      {"The boat of the USGS was lost, AFP reports. The agency says that it will search.", ""},
      {"The Tarvian Medicines Agency banned the drug, AFP reports. It was unsafe, according to the agency.", ""},
      {"The regulator banned the drug, AFP reports. It was unsafe, according to the agency.", ""},
      {"AFP has seen a white paper. AFP reported that it was old. The paper says that the pier will fall.", ""},
      {"Die Raumfahrtagentur verlor ein Boot, berichtet AFP. Die Agentur berichtete, dass sie suche.", "", "de"},
      {"L'agence spatiale a perdu un bateau, rapporte Reuters. Il a coulé, selon l'agence.", "", "fr"},
      {"La agencia espacial perdió un barco, informó EFE. La agencia añadió que lo busca.", "", "es"},
      // It is said that it is another.
      {"The pier has sunk, AFP reports. The medicines agency says that two boats are lost.", ""},
      {"The pier has sunk, AFP reports. The agency's director says that two boats are lost.", ""},
      {"The pier has sunk, AFP reports. Two boats are lost, Ana Ruiz said.", ""},
      {"The pier has sunk, AFP reports. Two boats are lost.", ""},
  };
  for (const Case& c : cases) {
    const Reading r(c.text, c.language);
    const Claim& last = r.claims.back();
    std::string via = last.via ? std::string(r.corpus.quote(*last.via)) : "";
    if (via.empty() && c.text.ends_with("it added.")) via = r.speaker(last);
    EXPECT_EQ(via, c.via) << c.text;
  }
}

TEST(Via, IsNotTheArticlesOwnOutlet) {
  const std::string text = "The pier was gone, a diver told Reuters.";
  for (const std::string source : {"Reuters", "uk.reuters.com", "Reuters (Online)"}) {
    const Reading r(text, "en", source);
    EXPECT_FALSE(r.claims.at(0).via) << source;
    EXPECT_EQ(r.speaker(r.claims.at(0)), "a diver") << source;
  }
  EXPECT_TRUE(Reading(text, "en", "Reutersville Post").claims.at(0).via);
}

struct Told {
  std::string text;
  Hedge hedge;
  bool negative;
};

void expect_told(const std::vector<Told>& cases, const std::string& language) {
  for (const Told& c : cases) {
    const Reading r(c.text, language);
    ASSERT_FALSE(r.claims.empty()) << c.text;
    EXPECT_EQ(r.claims[0].negative, c.negative) << c.text;
    EXPECT_EQ(r.claims[0].hedge, c.hedge) << c.text;
    EXPECT_EQ(r.claims[0].polarity_rule.empty(), !c.negative) << c.text;
    EXPECT_EQ(r.claims[0].hedge_rule.empty(), c.hedge == Hedge::asserted) << c.text;
  }
}

constexpr Hedge fact = Hedge::asserted, attributed = Hedge::attributed, hearsay = Hedge::hedged,
                unreal = Hedge::speculative;

// Words quoted in passing are the sentence's own; a saying, a name or a slogan is not.
TEST(Polarity, HoldsAcrossQuotationMarksOfAFewWords) {
  expect_told(
      {
          {"“No money” was paid to the club.", fact, true},
          {"The minister said “no money” was paid.", attributed, true},
          {"The firm paid “no bribes” in Tarvia.", fact, true},
          {"Police did “not” fire.", fact, true},
          {"The minister “did not” pay the fine.", fact, true},
          {"The firm did not “pay” the fine.", fact, true},
          {"The clerk was “never” arrested.", fact, true},
          {"There was “no evidence” that the dam had cracked.", fact, true},
          {"Nobody “believed” the dam was safe.", fact, true},
          {"The “no” campaign won the vote.", fact, false},
          {"A “not guilty” verdict was returned.", fact, false},
          {"The sign “No entry” was stolen.", fact, false},
          {"The song “no surrender” was played.", fact, false},
          {"The union said “no” and the plant was closed.", attributed, false},
          {"The dam, “not safe” in 2029, was rebuilt.", fact, false},
          {"“Never again” was painted on the wall.", fact, false},
          {"The firm “paid” the fine.", fact, false},
      },
      "en");
  expect_told(
      {
          {"Es wurde „kein Geld“ gezahlt.", fact, true},
          {"„Kein Geld“ wurde gezahlt.", fact, true},
          {"Das Lied „Kein Geld“ wurde gespielt.", fact, false},
          {"Es wurde „Geld“ gezahlt.", fact, false},
      },
      "de");
  expect_told(
      {
          {"L’usine « n’a pas » fermé.", fact, true},
          {"« Aucun blessé » n’a été signalé.", fact, true},
          {"L’usine « a » fermé.", fact, false},
      },
      "fr");
  expect_told(
      {
          {"La fábrica «no» cerró.", fact, true},
          {"«Nadie» resultó herido.", fact, true},
          {"La canción «No» ganó.", fact, false},
      },
      "es");
}

// "no surprise that", "no question that": what they say happened.
TEST(Polarity, OfWhatSurprisesNobodyIsAffirmed) {
  expect_told(
      {
          {"It is no surprise that the mayor resigned.", fact, false},
          {"It is no coincidence that the mayor resigned.", fact, false},
          {"It wasn't an accident that the mayor resigned.", fact, false},
          {"It is not surprising that the mayor resigned.", fact, false},
          {"No wonder the mayor resigned.", fact, false},
          {"It is no secret that the firm paid bribes.", fact, false},
          {"There is no question that the dam cracked.", fact, false},
          {"There is no evidence that the dam cracked.", fact, true},
          {"It is not true that the mayor resigned.", fact, true},
          {"The fire was no accident.", fact, true},
      },
      "en");
  expect_told(
      {
          {"Es ist kein Wunder, dass der Damm gebrochen ist.", fact, false},
          {"Es gibt keinen Beweis, dass der Damm gebrochen ist.", fact, true},
      },
      "de");
  expect_told(
      {
          {"Il n'est pas surprenant que le barrage ait cédé.", fact, false},
          {"Il ne fait aucun doute que le barrage a cédé.", fact, false},
          {"Rien ne prouve que le barrage a cédé.", fact, true},
      },
      "fr");
  expect_told(
      {
          {"No hay duda de que la presa cedió.", fact, false},
          {"No es ninguna sorpresa que el alcalde dimitió.", fact, false},
          {"No hay pruebas de que la presa cedió.", fact, true},
      },
      "es");
}

// What is not thought is denied, whether a "that" is told or left out.
TEST(Polarity, HoldsForWhatIsNotThought) {
  expect_told(
      {
          {"She does not believe the dam was safe.", fact, true},
          {"She does not believe that the dam was safe.", fact, true},
          {"She believes the dam was not safe.", fact, true},
          {"Nobody thinks the dam was safe.", fact, true},
          {"The council did not think the dam cracked on Monday.", fact, true},
          {"We didn’t feel that we were prepared.", fact, true},
          {"We felt that we weren’t prepared.", fact, true},
          {"We felt that we were prepared.", fact, false},
          {"The crowd could not believe that the dam had cracked.", fact, false},
          {"The residents have not felt a shock before and were looking at the dam.", fact, false},
          {"She believes the dam was safe.", fact, false},
          {"The council thought the dam cracked on Monday.", fact, false},
      },
      "en");
}

TEST(Polarity, HoldsForWhatGovernsThePredicate) {
  expect_told(
      {
          {"The sirens sounded on Tuesday.", fact, false},
          {"The sirens did not sound on Tuesday.", fact, true},
          {"The sirens failed to sound on Tuesday.", fact, true},
          {"The sirens never sounded.", fact, true},
          {"The sirens no longer sounded.", fact, true},
          {"The roof has yet to be repaired.", fact, true},
          {"The roof has been repaired.", fact, false},
          {"The firm refused to pay the night shift.", fact, true},
          {"The firm paid the night shift.", fact, false},
          {"The board stopped short of sacking the director.", fact, true},
          {"The board sacked the director.", fact, false},
          {"The firm denied that it had dumped acid.", attributed, true},
          {"The firm denied that its chief, Ana Ruiz, had dumped acid.", attributed, true},
          {"The firm denied that its chief, 54, had dumped acid.", attributed, true},
          {"There is no evidence that the chief, Ana Ruiz, dumped acid.", fact, true},
          {"The firm, which was not asked, dumped acid.", fact, false},
          {"The bridge did not open until Monday.", fact, false},
          {"The bridge did not open on Monday.", fact, true},
          {"The bridge did not open until it was painted.", fact, true},
          {"The court declined a request to free the banker.", fact, true},
          {"The court granted a request to free the banker.", fact, false},
          {"No letter came, and its chief, Ana Ruiz, dumped acid.", fact, false},
          {"The firm denied claims that it had dumped acid.", attributed, true},
          {"The firm rejected the allegation that it had dumped acid.", fact, true},
          {"The firm admitted that it had dumped acid.", attributed, false},
          {"The agency found no evidence that the firm had dumped acid.", attributed, true},
          {"The agency found evidence that the firm had dumped acid.", attributed, false},
          {"Police could not say how many shots were fired.", fact, false},
          {"Police couldn't say how many shots were fired.", fact, false},
          {"Police didn't say that shots were fired.", fact, false},
          {"The driver was found not guilty.", fact, true},
          {"The driver was found guilty.", fact, false},
          {"The driver pleaded not guilty.", fact, true},
          {"Not only boats sank.", fact, false},
          {"The storm not only sank boats but cut roads.", fact, false},
          {"No one was hurt.", fact, true},
          {"No fewer than 30 people were hurt.", fact, false},
          {"Police made no arrests.", fact, true},
          {"Police made two arrests.", fact, false},
          {"The fire killed no one.", fact, true},
          {"The bridge, which had not been inspected, collapsed.", fact, false},
          {"The bridge collapsed because it had not been inspected.", fact, false},
          {"The firm did not fail to pay the night shift.", fact, false},
          {"Police ruled out arson.", fact, true},
          {"Neither the coach nor the captain came.", fact, true},
          {"There was no doubt that the bridge had collapsed.", fact, false},
          {"Unit No. 4 collapsed on Tuesday.", fact, false},
          {"Investigators ruled out sabotage at the mill.", fact, true},
          {"Investigators found sabotage at the mill.", fact, false},
          {"Sabotage was ruled out on Monday.", fact, true},
          {"The council is yet to approve the tunnel.", fact, true},
          {"The council has approved the tunnel.", fact, false},
          {"The club abandoned plans to build a stadium.", fact, true},
          {"The firm scrapped its plan to sell the mill.", fact, true},
          {"The firm scrapped two boats.", fact, false},
          {"It is not true that the dam cracked.", fact, true},
          {"Reports that the dam had cracked are false.", fact, true},
          {"The claim that the dam had cracked was untrue.", fact, true},
          {"The claim that the dam had cracked was true.", fact, false},
          {"Contrary to reports, the dam did not crack.", fact, true},
          {"The airline neglected to inspect the engine.", fact, true},
          {"Rescuers were unable to reach the attic.", fact, true},
          {"Nothing was stolen from the museum.", fact, true},
          {"None of the passengers was injured.", fact, true},
          {"Nearly all passengers were injured.", fact, false},
          {"The pool was closed, not sold.", fact, false},
          {"He is 54, not 45.", fact, false},
          {"He is not 54.", fact, true},
          {"The strike did not begin.", fact, true},
          {"The strike began.", fact, false},
          {"Nobody has claimed responsibility for the attack.", fact, true},
          {"A group has claimed responsibility for the attack.", fact, false},
          {"The banker was acquitted of fraud.", fact, false},
          {"The banker was not acquitted of fraud.", fact, true},
          {"The meeting did not take place.", fact, true},
          {"The club refrained from signing a striker.", fact, true},
          {"The snow kept the bus from leaving.", fact, true},
          {"The bus kept leaving from the square.", fact, false},
          {"Police prevented the crowd from entering the hall.", fact, true},
          {"The dealer was cleared of stealing the seals.", fact, true},
          {"The board decided against selling the mill.", fact, true},
          {"The mill closed not because of the fire but because of debts.", fact, false},
          {"The palace quashed rumours that the king had died.", fact, true},
          {"The board vowed not to sell the mill.", unreal, true},
          {"The train passed the station without stopping.", fact, false},
      },
      "en");
}

TEST(Modality, HoldsForWhatGovernsThePredicate) {
  expect_told(
      {
          {"The driver had fallen asleep.", fact, false},
          {"The driver may have fallen asleep.", unreal, false},
          {"The driver might have fallen asleep.", unreal, false},
          {"The driver reportedly fell asleep.", hearsay, false},
          {"The driver allegedly fell asleep.", hearsay, false},
          {"The driver is said to have fallen asleep.", hearsay, false},
          {"The driver is believed to have fallen asleep.", hearsay, false},
          {"The driver is suspected to have fallen asleep.", hearsay, false},
          {"The driver seems to have fallen asleep.", hearsay, false},
          {"The suspected driver was shot on Tuesday.", fact, false},
          {"Police said that the driver had fallen asleep.", attributed, false},
          {"Perhaps the driver fell asleep.", unreal, false},
          {"The driver was charged with murder on Monday.", fact, false},
          {"The driver was convicted of murder on Monday.", fact, false},
          {"The council closed the pool.", fact, false},
          {"The council will close the pool.", unreal, false},
          {"The council plans to close the pool.", unreal, false},
          {"The council is to close the pool.", unreal, false},
          {"The council wants to close the pool.", unreal, false},
          {"The council is expected to close the pool.", unreal, false},
          {"The council has threatened to close the pool.", unreal, false},
          {"The council will not close the pool.", unreal, true},
          {"The council has no plans to close the pool.", fact, true},
          {"The council could not close the pool.", fact, true},
          {"The council could close the pool.", unreal, false},
          {"If the council closes the pool, the club will move.", unreal, false},
          {"Unless it rains, the pool stays closed.", unreal, false},
          {"The council is likely to close the pool.", unreal, false},
          {"The council voted to close the pool, which may be sold.", fact, false},
          {"Mayor Will Tarrant closed the pool in May.", fact, false},
          {"The pool will probably close.", unreal, false},
          {"The pool closed on Monday, the mayor said.", attributed, false},
          {"It is possible that the driver fell asleep.", unreal, false},
          {"It is believed that the driver fell asleep.", hearsay, false},
          {"It is alleged that the driver stole the bus.", hearsay, false},
          {"The driver was accused of stealing the bus.", hearsay, false},
          {"The man accused of stealing the bus was jailed.", fact, false},
          {"Rumours that the driver stole the bus spread on Monday.", hearsay, false},
          {"A third attempt to free the ship is planned for Thursday.", unreal, false},
          {"A third attempt to free the ship failed on Thursday.", fact, false},
          {"The council tried to close the pool.", unreal, false},
          {"The council managed to close the pool.", fact, false},
          {"The pool is going to close.", unreal, false},
          {"The flames could be seen in Tarn.", fact, false},
          {"The flames could reach Tarn.", unreal, false},
          {"The month of May was dry.", fact, false},
          {"The rains of late may come back.", unreal, false},
          {"The bank may be for sale.", unreal, false},
          {"The bank is for sale.", fact, false},
          {"The mill will be up for sale in May.", unreal, false},
          {"Should the river rise further, schools will close.", unreal, false},
          {"Had the alarm sounded, the crew would have lived.", unreal, false},
          {"Investigators suspect that a spark lit the barn.", hearsay, false},
          {"The regulator has not approved the merger.", fact, true},
          {"The striker is rumoured to have agreed a deal with Lund.", hearsay, false},
          {"The pilot was never told of the fault.", fact, true},
          {"The strike could be called off tonight.", unreal, false},
          {"The council dropped its plan to close the library.", fact, true},
          {"The cashier is accused of taking half a million crowns.", hearsay, false},
          {"A second tunnel is being considered.", unreal, false},
          {"The team hopes to reach the summit on Friday.", unreal, false},
          {"Firefighters could not save the roof.", fact, true},
          {"The council set the fee at 40 crowns.", fact, false},
          {"The pool is set to close.", unreal, false},
          {"The court is due to rule on Friday.", unreal, false},
          {"The delay is due to fog.", fact, false},
          {"The closure of the road is due to rain in the hills.", fact, false},
          {"The mayor vowed to rebuild the pier.", unreal, false},
          {"The mayor rebuilt the pier.", fact, false},
          {"The fire might have started in the kitchen.", unreal, false},
          {"The fire is thought to have begun in the loft.", hearsay, false},
          {"The fire began in the loft.", fact, false},
          {"Nine sailors are presumed drowned.", hearsay, false},
          {"Nine sailors drowned.", fact, false},
          {"The vote is slated for Friday.", unreal, false},
          {"Rebels claimed to have shot down the plane.", hearsay, false},
          {"The plant was supposed to open in May.", unreal, false},
          {"The firm is in talks to sell the mill.", unreal, false},
          {"The papers were given to the court, which is studying whether the mill was sold.", fact, false},
          {"The mayor will leave at the end of May.", unreal, false},
          {"Police said that nobody had been hurt.", attributed, true},
          {"Police said that somebody had been hurt.", attributed, false},
      },
      "en");
}

TEST(PolarityAndModality, InGermanFrenchAndSpanish) {
  expect_told(
      {
          {"Die Sirenen haben am Dienstag geheult.", fact, false},
          {"Die Sirenen haben am Dienstag nicht geheult.", fact, true},
          {"Niemand wurde verletzt.", fact, true},
          {"Die Firma weist den Vorwurf zurück, Öl in den Fluss gekippt zu haben.", fact, true},
          {"Die Firma weist den Vorwurf zurück, dass sie Öl in den Fluss gekippt hat.", fact, true},
          {"Die Firma gibt den Vorwurf zu, Öl in den Fluss gekippt zu haben.", fact, false},
          {"Zwölf Menschen wurden verletzt.", fact, false},
          {"Die Polizei nahm den Mann nicht fest.", fact, true},
          {"Der Fahrer ist offenbar eingeschlafen.", hearsay, false},
          {"Der Fahrer könnte eingeschlafen sein.", unreal, false},
          {"Nicht nur Boote sind gesunken.", fact, false},
          {"Die Polizei nahm niemanden fest.", fact, true},
          {"Die Polizei schloss Brandstiftung aus.", fact, true},
          {"Die Polizei schloss den Tunnel.", fact, false},
          {"Der Bürgermeister bestritt, Geld genommen zu haben.", attributed, true},
          {"Der Bürgermeister bestritt, Geld aus der Kasse des Vereins genommen zu haben.", attributed, true},
          {"Der Bürgermeister bestreitet, das Geld in den Fluss geworfen zu haben.", attributed, true},
          {"Der Bürgermeister gab zu, Geld aus der Kasse des Vereins genommen zu haben.", fact, false},
          {"Der Bürgermeister gab zu, Geld genommen zu haben.", fact, false},
          {"Die Polizei nahm zwei Männer fest.", fact, false},
          {"Der Rat will das Bad schließen.", unreal, false},
          {"Der Rat hat das Bad nie geschlossen.", fact, true},
          {"Der Rat hat das Bad geschlossen.", fact, false},
          {"Der Fahrer soll eingeschlafen sein.", hearsay, false},
          {"Vermutlich ist der Fahrer eingeschlafen.", unreal, false},
          {"Möglicherweise ist der Fahrer eingeschlafen.", unreal, false},
          {"Der Zoll hat im Hafen von Emden drei Container beschlagnahmt.", fact, false},
          {"Die Klinik in Lauf wird Ende März schließen.", unreal, false},
          {"Ab Herbst wird die Stadt höhere Gebühren verlangen.", unreal, false},
          {"Das Freibad wurde am Sonntag wegen eines Chlorunfalls geräumt.", fact, false},
          {"Die Gewerkschaft hat dem Angebot nicht zugestimmt.", fact, true},
          {"Der Verein bekam keine Lizenz für die zweite Liga.", fact, true},
          {"Keiner der Passagiere wurde verletzt.", fact, true},
          {"Weder der Trainer noch der Kapitän kam zur Pressekonferenz.", fact, true},
          {"Sowohl der Trainer als auch der Kapitän kamen zur Pressekonferenz.", fact, false},
          {"Die Behörde weigerte sich, die Akten herauszugeben.", fact, true},
          {"Der Konzern bestritt, dass er die Messwerte gefälscht habe.", attributed, true},
          {"Ein Sprecher dementierte, dass das Werk verkauft worden sei.", attributed, true},
          {"Ein Sprecher bestätigte, dass das Werk verkauft worden sei.", attributed, false},
          {"Der Torwart soll in der Kabine handgreiflich geworden sein.", hearsay, false},
          {"Das Feuer brach angeblich in der Küche aus.", hearsay, false},
          {"Medienberichten zufolge hat der Minister seinen Rücktritt eingereicht.", attributed, false},
          {"Der Hang könnte nach dem Regen abrutschen.", unreal, false},
          {"Vielleicht hat der Pilot die Warnung überhört.", unreal, false},
          {"Wahrscheinlich hat ein Kurzschluss den Brand ausgelöst.", unreal, false},
          {"Die Bahn plant, die Strecke nach Görlitz stillzulegen.", unreal, false},
          {"Die Bahn hat die Strecke nach Görlitz stillgelegt.", fact, false},
          {"Der Senat möchte das Gelände kaufen.", unreal, false},
          {"Sollte der Pegel weiter steigen, werden die Schulen geschlossen.", unreal, false},
          {"Wenn der Pegel weiter steigt, müssen die Bewohner ihre Häuser verlassen.", unreal, false},
          {"Die Feuerwehr konnte den Dachstuhl nicht retten.", fact, true},
          {"Die Feuerwehr konnte den Dachstuhl retten.", fact, false},
          {"Nicht nur Anwohner, auch Touristen mussten ihre Zimmer verlassen.", fact, false},
          {"Der Bürgermeister sagte, die Brücke sei seit Montag gesperrt.", attributed, false},
          {"Bislang gibt es keine Hinweise auf einen Anschlag.", fact, true},
          {"Bei der Durchsuchung fanden die Ermittler Hinweise auf einen Anschlag.", fact, false},
          {"Das Gericht will am Freitag sein Urteil verkünden.", unreal, false},
          {"Das Gericht hat am Freitag sein Urteil verkündet.", fact, false},
          {"Der Stürmer wurde für das Länderspiel nicht nominiert.", fact, true},
          {"Die Stadt wird das Theater nicht verkaufen.", unreal, true},
          {"Nichts wurde gestohlen.", fact, true},
          {"Fast alle Fenster des Rathauses gingen zu Bruch.", fact, false},
          {"Der Fahrer war offenbar betrunken.", hearsay, false},
          {"Ohne zu bremsen fuhr der Lastwagen in die Bushaltestelle.", fact, false},
          {"Der neue Bahnhof soll 2034 eröffnet werden.", unreal, false},
          {"Der Kassierer soll eine halbe Million Euro unterschlagen haben.", hearsay, false},
          {"Ein Nachbar will Schüsse gehört haben.", hearsay, false},
          {"Die Kanzlerin wird am Dienstag nach Warschau reisen.", unreal, false},
          {"Der Prozess wurde auf März verschoben.", fact, false},
          {"Die Ursache wird noch untersucht.", fact, false},
          {"Die Ausstellung wird im Mai wieder geöffnet werden.", unreal, false},
          {"Der Minister ist nicht zurückgetreten.", fact, true},
          {"Die Polizei teilte mit, dass niemand verletzt worden sei.", attributed, true},
          {"Die Polizei teilte mit, dass zwei Frauen verletzt worden seien.", attributed, false},
          {"Hätte die Sirene geheult, wären die Gäste rechtzeitig geflohen.", unreal, false},
          {"Der Zeuge erschien nicht vor Gericht.", fact, true},
          {"Das Land verzichtet auf die Sonderabgabe.", fact, true},
          {"Die Behörden erwägen, den Strand zu sperren.", unreal, false},
          {"Der Angeklagte gestand, die Kasse geplündert zu haben.", attributed, false},
          {"Es ist möglich, dass der Damm bricht.", unreal, false},
          {"Der mutmaßliche Brandstifter wurde am Montag gefasst.", fact, false},
          {"Der Stadtrat hat den Antrag abgelehnt.", fact, true},
          {"Die Gewerkschaft droht mit Streik.", unreal, false},
          {"Im kommenden Jahr werden die Gebühren steigen.", unreal, false},
          {"Der Täter ist bislang nicht gefasst worden.", fact, true},
          {"Die Bergleute wurden am Abend gerettet.", fact, false},
          {"Dem Fahrer droht eine Haftstrafe.", unreal, false},
          {"Laut Polizei war der Fahrer betrunken.", attributed, false},
          {"Das Stadion dürfte im Herbst fertig sein.", unreal, false},
          {"Die Brücke ist noch immer nicht freigegeben.", fact, true},
      },
      "de");
  expect_told(
      {
          {"Le pont a été fermé lundi.", fact, false},
          {"Le pont n'a pas été fermé lundi.", fact, true},
          {"Personne n'a été blessé.", fact, true},
          {"Le pont pourrait être fermé lundi.", unreal, false},
          {"Le chauffeur s'est apparemment endormi.", hearsay, false},
          {"Le conseil va fermer la piscine.", unreal, false},
          {"Le conseil a fermé la piscine lundi.", fact, false},
          {"Le chauffeur se serait endormi.", hearsay, false},
          {"Le conseil n'a jamais fermé la piscine.", fact, true},
          {"Le chauffeur s'est peut-être endormi.", unreal, false},
          {"La police n'a arrêté personne.", fact, true},
          {"La police a arrêté deux hommes.", fact, false},
          {"L'usine de Denain fermera ses portes en juin.", unreal, false},
          {"Le maire présentera son budget mardi.", unreal, false},
          {"Le maire a présenté son budget mardi.", fact, false},
          {"La préfecture ferma le pont après la crue.", fact, false},
          {"Les pompiers n'ont pas retrouvé le corps du plongeur.", fact, true},
          {"Aucun passager n'a été blessé.", fact, true},
          {"Ni le juge ni l'avocat n'ont répondu aux questions.", fact, true},
          {"Le syndicat a refusé de signer l'accord.", fact, true},
          {"Le syndicat a accepté de signer l'accord.", fact, false},
          {"L'entreprise a démenti que l'usine ait été vendue.", attributed, true},
          {"L'entreprise a confirmé que l'usine avait été vendue.", attributed, false},
          {"Le gardien aurait frappé un arbitre dans le vestiaire.", hearsay, false},
          {"Selon la presse locale, le ministre aurait remis sa démission.", hearsay, false},
          {"L'incendie serait parti de la cuisine.", hearsay, false},
          {"Le glissement de terrain pourrait emporter la route.", unreal, false},
          {"Peut-être le pilote n'a-t-il entendu l'alarme que trop tard.", unreal, false},
          {"Le gouvernement envisage de relever la taxe sur le gazole.", unreal, false},
          {"Le gouvernement a relevé la taxe sur le gazole.", fact, false},
          {"La société compte supprimer trois cents postes.", unreal, false},
          {"Si la Loire monte encore, les écoles seront fermées.", unreal, false},
          {"La municipalité n'a jamais autorisé ce chantier.", fact, true},
          {"Le train ne s'arrête plus à Vierzon.", fact, true},
          {"Seuls deux députés ont voté contre le texte.", fact, false},
          {"Les secours n'ont pu sauver le conducteur.", fact, true},
          {"Les secours ont pu sauver le conducteur.", fact, false},
          {"L'orage a non seulement arraché des toits mais coupé la route.", fact, false},
          {"Il n'y a aucune preuve d'un attentat.", fact, true},
          {"Rien n'a été volé dans le musée.", fact, true},
          {"Personne ne s'est présenté à l'audience.", fact, true},
          {"L'équipe devrait jouer samedi à Lens.", unreal, false},
          {"Le conseil prévoit de vendre le théâtre.", unreal, false},
          {"La ville ne vendra pas le théâtre.", unreal, true},
          {"La ville a vendu le théâtre.", fact, false},
          {"L'homme est soupçonné d'avoir incendié trois voitures.", hearsay, false},
          {"Le camion a percuté l'abribus sans freiner.", fact, false},
          {"Le procureur a indiqué que le suspect était mineur.", attributed, false},
          {"Près de la totalité des vitres ont volé en éclats.", fact, false},
          {"Le nouveau lycée devrait ouvrir en 2033.", unreal, false},
          {"Le caissier aurait détourné un demi-million d'euros.", hearsay, false},
          {"La ministre se rendra mardi à Varsovie.", unreal, false},
          {"Le procès a été reporté à mars.", fact, false},
          {"Le ministre n'a pas démissionné.", fact, true},
          {"Le témoin ne s'est pas présenté au tribunal.", fact, true},
          {"La police a indiqué que personne n'avait été blessé.", attributed, true},
          {"La police a indiqué que deux femmes avaient été blessées.", attributed, false},
          {"La commune ne compte que deux écoles.", fact, false},
          {"Il est possible que la digue cède.", unreal, false},
          {"Le conducteur présumé a été arrêté lundi.", fact, false},
          {"Les autorités pourraient fermer la plage.", unreal, false},
          {"Le feu a détruit plus de dix maisons.", fact, false},
          {"Faute de moyens, la mairie a renoncé à construire la salle.", fact, true},
          {"Le club espère vendre son gardien cet été.", unreal, false},
          {"S'il pleut encore, la course sera annulée.", unreal, false},
          {"Les enquêteurs ont écarté la piste criminelle.", fact, true},
          {"La banque serait en vente depuis juin.", hearsay, false},
          {"Le conseil a rejeté la demande.", fact, true},
          {"Le syndicat menace de faire grève.", unreal, false},
          {"Les tarifs augmenteront l'an prochain.", unreal, false},
          {"Le suspect n'a toujours pas été arrêté.", fact, true},
          {"L'entraîneur aurait signé à Lisbonne.", hearsay, false},
          {"Les mineurs ont été secourus dans la soirée.", fact, false},
          {"Selon la police, le chauffeur était ivre.", attributed, false},
          {"Le stade pourrait être prêt à l'automne.", unreal, false},
          {"Aucune victime n'est à déplorer.", fact, true},
      },
      "fr");
  expect_told(
      {
          {"El puente fue cerrado el lunes.", fact, false},
          {"El puente no fue cerrado el lunes.", fact, true},
          {"Nadie resultó herido.", fact, true},
          {"El puente podría ser cerrado el lunes.", unreal, false},
          {"El conductor supuestamente se durmió.", hearsay, false},
          {"El consejo va a cerrar la piscina.", unreal, false},
          {"El consejo cerró la piscina el lunes.", fact, false},
          {"El consejo nunca cerró la piscina.", fact, true},
          {"El conductor se habría dormido.", hearsay, false},
          {"La policía no detuvo a nadie.", fact, true},
          {"La policía detuvo a dos hombres.", fact, false},
          {"Quizá el conductor se durmió.", unreal, false},
          {"La planta de Avilés cerrará en junio.", unreal, false},
          {"El alcalde presentará el presupuesto el martes.", unreal, false},
          {"El alcalde presentó el presupuesto el martes.", fact, false},
          {"Las escuelas abrirán de nuevo en septiembre.", unreal, false},
          {"Los bomberos no encontraron el cuerpo del buzo.", fact, true},
          {"Ningún pasajero resultó herido.", fact, true},
          {"Ni el juez ni el abogado respondieron a las preguntas.", fact, true},
          {"El sindicato se negó a firmar el acuerdo.", fact, true},
          {"El sindicato aceptó firmar el acuerdo.", fact, false},
          {"El portavoz desmintió que la planta se hubiera vendido.", attributed, true},
          {"El portavoz confirmó que la planta se había vendido.", attributed, false},
          {"El portero habría golpeado al árbitro en el vestuario.", hearsay, false},
          {"El presunto autor huyó en una furgoneta.", fact, false},
          {"Al parecer, el fuego empezó en la cocina.", hearsay, false},
          {"La ladera podría derrumbarse tras las lluvias.", unreal, false},
          {"El puente no abrió hasta el lunes.", fact, false},
          {"El puente no abrió el lunes.", fact, true},
          {"Tal vez el piloto no oyó la alarma a tiempo.", unreal, true},
          {"El Gobierno prevé subir el impuesto al gasóleo.", unreal, false},
          {"El Gobierno subió el impuesto al gasóleo.", fact, false},
          {"La compañía planea suprimir trescientos empleos.", unreal, false},
          {"Si el río sigue creciendo, las escuelas cerrarán.", unreal, false},
          {"El ayuntamiento jamás autorizó la obra.", fact, true},
          {"El tren ya no para en Miranda.", fact, true},
          {"Solo dos diputados votaron en contra del texto.", fact, false},
          {"Los médicos no pudieron salvar al conductor.", fact, true},
          {"Los médicos pudieron salvar al conductor.", fact, false},
          {"La tormenta no solo arrancó tejados, sino que cortó la carretera.", fact, false},
          {"No hay pruebas de un atentado.", fact, true},
          {"Nada fue robado del museo.", fact, true},
          {"Nadie se presentó en la audiencia.", fact, true},
          {"Se espera que el equipo juegue el sábado en Cádiz.", unreal, false},
          {"El concejo quiere vender el teatro.", unreal, false},
          {"La ciudad no venderá el teatro.", unreal, true},
          {"La ciudad vendió el teatro.", fact, false},
          {"Se sospecha que el hombre incendió tres coches.", hearsay, false},
          {"El camión chocó contra la parada sin frenar.", fact, false},
          {"El fiscal indicó que el sospechoso era menor de edad.", attributed, false},
          {"Casi todas las ventanas del ayuntamiento se rompieron.", fact, false},
          {"El nuevo hospital debería abrir en 2033.", unreal, false},
          {"El cajero habría desviado medio millón de euros.", hearsay, false},
          {"La ministra viajará el martes a Varsovia.", unreal, false},
          {"El juicio fue aplazado hasta marzo.", fact, false},
          {"El ministro no ha dimitido.", fact, true},
          {"El testigo no compareció ante el tribunal.", fact, true},
          {"La policía informó de que nadie había resultado herido.", attributed, true},
          {"La policía informó de que dos mujeres habían resultado heridas.", attributed, false},
          {"Es posible que el dique ceda.", unreal, false},
          {"El conductor está acusado de robar tres camiones.", hearsay, false},
          {"Las autoridades podrían cerrar la playa.", unreal, false},
          {"El fuego destruyó más de diez casas.", fact, false},
          {"El ayuntamiento renunció a construir el pabellón.", fact, true},
          {"El club espera vender a su portero este verano.", unreal, false},
          {"Si llueve otra vez, la carrera será suspendida.", unreal, false},
          {"Los investigadores descartaron un atentado.", fact, true},
          {"El equipo tampoco ganó en Vigo.", fact, true},
          {"La tormenta dejó sin luz a tres pueblos.", fact, false},
          {"El pleno rechazó la solicitud.", fact, true},
          {"El sindicato amenaza con una huelga.", unreal, false},
          {"Las tarifas subirán el año que viene.", unreal, false},
          {"El sospechoso aún no ha sido detenido.", fact, true},
          {"El entrenador habría firmado en Lisboa.", hearsay, false},
          {"Los mineros fueron rescatados por la noche.", fact, false},
          {"Según la policía, el conductor estaba ebrio.", attributed, false},
          {"El estadio podría estar listo en otoño.", unreal, false},
          {"No hubo que lamentar víctimas.", fact, true},
          {"Ninguna de las víctimas llevaba cinturón.", fact, true},
      },
      "es");
}

// ---- real news

struct Annotation {
  std::string story, article;
  std::uint32_t begin = 0;
  std::vector<ByteRange> speakers;  // empty: nobody is cited
};

std::vector<Annotation> read_annotations(const std::filesystem::path& path) {
  std::vector<Annotation> out;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream cells(line);
    Annotation a;
    std::uint32_t end = 0;
    std::string speakers;
    cells >> a.story >> a.article >> a.begin >> end >> speakers;
    std::istringstream ranges(speakers);
    for (std::string range; speakers != "-" && std::getline(ranges, range, ',');) {
      const std::size_t dash = range.find('-');
      a.speakers.push_back({static_cast<std::uint32_t>(std::stoul(range)),
                            static_cast<std::uint32_t>(std::stoul(range.substr(dash + 1)))});
    }
    out.push_back(a);
  }
  return out;
}

std::string last_word(std::string_view text) {
  const WordList words = fold_words(text);
  return words.size() == 0 ? std::string() : std::string(words[words.size() - 1]);
}

// The same words, the same name, or a name of the same last word.
bool is_right(const Reading& r, const Claim& claim, const std::vector<ByteRange>& speakers) {
  const std::string shown(r.corpus.quote(*claim.speaker));
  for (const ByteRange range : speakers) {
    if (claim.speaker->begin < range.end && range.begin < claim.speaker->end) return true;
    if (last_word(shown) == last_word(r.corpus.quote({0, range.begin, range.end}))) return true;
    const auto& mentions = r.documents[0].names;
    for (std::size_t m = 0; m < mentions.size(); ++m) {
      if (range.contains(mentions[m].range) && claim.speaker_name == r.names.name_of[0][m]) return true;
    }
  }
  return false;
}

TEST(Speakers, OnRealNewsReachPrecisionAndRecall) {
  const std::string root = testing::root_path;
  const std::string texts = root + "/../shared/gold/real";
  const auto annotations = read_annotations(root + "/data/real-speakers.tsv");
  ASSERT_GE(annotations.size(), 200u);
  if (!std::filesystem::exists(texts)) GTEST_SKIP() << "the texts of real news are not at " << texts;
  std::map<std::string, std::string> text_of;
  const std::vector<std::string> folders{texts};
  for (const GoldStory& story : read_gold(folders)) {
    for (const GoldArticle& a : story.articles) text_of[a.article.id] = a.article.text;
  }
  std::map<std::string, Reading> readings;
  unsigned right = 0, given = 0, wanted = 0;
  for (const Annotation& a : annotations) {
    const Reading& r = readings.try_emplace(a.article, text_of.at(a.article), "en", "").first->second;
    const auto claim = std::find_if(r.claims.begin(), r.claims.end(),
                                    [&](const Claim& c) { return c.span.begin <= a.begin && a.begin < c.span.end; });
    wanted += !a.speakers.empty();
    if (claim == r.claims.end() || !claim->speaker) continue;
    ++given;
    right += is_right(r, *claim, a.speakers);
  }
  RecordProperty("precision", std::to_string(double(right) / given));
  RecordProperty("recall", std::to_string(double(right) / wanted));
  EXPECT_GE(double(right) / given, 0.9) << right << " of " << given;
  EXPECT_GE(double(right) / wanted, 0.75) << right << " of " << wanted;
}

}  // namespace
}  // namespace storymerge

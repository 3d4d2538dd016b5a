// Table: which pairs of sentences contradict each other, and which side denies.

#include "claim/contrast.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "claim/opposites.h"
#include "claim/reading.h"
#include "lang/language.h"
#include "storymerge/lang/languages.h"

namespace storymerge::claim {
namespace {

Act act_of(const std::string& text, const std::string& language = "en") {
  const Reading r(text, language);
  return read_act(r.claims.at(0), r.documents[0]);
}

struct Pair {
  std::string affirms, denies;
  Contrast::Kind kind;
};

constexpr auto polarity = Contrast::polarity, opposite = Contrast::opposite, certainty = Contrast::certainty;

TEST(Contrast, IsFoundFromBothSides) {
  const std::vector<Pair> pairs = {
      // a verb and its opposite
      {"The old chapel survived the storm.", "The old chapel collapsed in the storm.", opposite},
      {"Mayor Okoro supports the closure of the road.", "Mayor Okoro opposes the closure of the road.", opposite},
      {"The council approved the plan.", "The council vetoed the plan.", opposite},
      {"The gate was found open.", "The gate was found closed.", opposite},
      // a verb and a word that denies what depends on it
      {"Mayor Okoro backs the closure of the road.", "Mayor Okoro rejects the closure of the road.", opposite},
      {"Mayor Okoro backs the closure of the road.",
       "Mayor Okoro rejects the closure of the road, on which two cars were crushed.", opposite},
      {"The board approved the sale of the mill.", "The board rejected the sale of the mill.", opposite},
      {"The senate supports the arrest of the general.", "The senate refuses the arrest of the general.", opposite},
      {"The league accepted the appeal of the club.", "The league has rejected the appeal of the club.", opposite},
      // what is told, and what is ruled out
      {"The fire at the mill in Sorrel was arson.", "Detectives ruled out arson at the mill in Sorrel.", polarity},
      {"The cause of the crash was sabotage.", "The cause: investigators have ruled out sabotage.", polarity},
      {"The firm paid the night shift.", "The firm refused to pay the night shift.", polarity},
      {"The roof has been repaired.", "The roof has yet to be repaired.", polarity},
      {"The port has reopened.", "The port has not reopened.", polarity},
      {"The bank closed its branch in Lund.", "The bank never closed its branch in Lund.", polarity},
      {"The defect caused the crash.", "The defect may have caused the crash.", certainty},
  };
  for (const Pair& p : pairs) {
    const Act a = act_of(p.affirms), d = act_of(p.denies);
    const Contrast there = find_contrast(a, d), back = find_contrast(d, a);
    EXPECT_EQ(there.kind, p.kind) << p.affirms << " / " << p.denies;
    EXPECT_EQ(back.kind, p.kind) << p.denies << " / " << p.affirms;
    EXPECT_FALSE(there.first_denies) << p.affirms;
    EXPECT_TRUE(back.first_denies) << p.denies;
    EXPECT_GE(there.alike, 0.4) << p.affirms << " / " << p.denies;
    EXPECT_EQ(there.alike, back.alike) << p.affirms;
  }
}

// Short clauses, of which an auxiliary would be half.
TEST(Contrast, KnowsOppositesInOtherLanguages) {
  const struct {
    const char *language, *affirms, *denies, *twin;
  } rows[] = {
      {"de", "Der Pegel der Luhe ist gestiegen.", "Der Pegel der Luhe ist gesunken.", "Der Pegel der Luhe stieg."},
      {"de", "Das Gericht hat den Arzt verurteilt.", "Das Gericht hat den Arzt freigesprochen.",
       "Verurteilt hat das Gericht den Arzt."},
      {"fr", "Le conseil a approuvé le budget.", "Le conseil a rejeté le budget.", "Le conseil a adopté le budget."},
      {"fr", "Le pont d'Arval a rouvert.", "Le pont d'Arval a fermé.", "Le pont d'Arval est ouvert."},
      {"es", "El congreso aprobó la ley.", "El congreso rechazó la ley.", "La ley la aprobó el congreso."},
      {"es", "El puente de Orcal abrió.", "El puente de Orcal cerró.", "Abrió el puente de Orcal."},
  };
  for (const auto& row : rows) {
    const Act affirms = act_of(row.affirms, row.language);
    EXPECT_EQ(find_contrast(affirms, act_of(row.denies, row.language)).kind, opposite) << row.denies;
    EXPECT_EQ(find_contrast(affirms, act_of(row.twin, row.language)).kind, Contrast::none) << row.twin;
  }
}

TEST(Contrast, OfAFactAndARumour) {
  const auto contrast = [](const std::string& language, const std::string& a, const std::string& b) {
    const Contrast c = find_contrast(act_of(a, language), act_of(b, language));
    return c.alike >= 0.75 ? c.kind : Contrast::none;
  };
  EXPECT_EQ(contrast("fr", "Il aurait cassé sa baguette.", "Il a cassé sa baguette."), certainty);
  EXPECT_EQ(contrast("fr", "Il avait cassé sa baguette.", "Il a cassé sa baguette."), Contrast::none);
  EXPECT_EQ(contrast("es", "Habría roto su batuta.", "Ha roto su batuta."), certainty);
  EXPECT_EQ(contrast("de", "Er soll seinen Stab zerbrochen haben.", "Er hat seinen Stab zerbrochen."), certainty);
  EXPECT_EQ(contrast("es", "Vega habría sobornado a un concejal, según un juez.", "Vega sobornó a un concejal."),
            certainty);
  EXPECT_EQ(contrast("en", "It is thought to be that of banker Viktor Lamm.", "It is that of banker Viktor Lamm."),
            certainty);
  EXPECT_EQ(contrast("es", "Habría vertido ácido en el río.", "Vertió ácido en el río."), certainty);
  EXPECT_EQ(contrast("es", "Ha vertido ácido en el río.", "Vertió ácido en el río."), Contrast::none);
  EXPECT_EQ(contrast("de", "Er soll seinen Stab zerbrochen haben.", "Er zerbrach seinen Stab."), certainty);
  EXPECT_EQ(contrast("de", "Er hat seinen Stab zerbrochen.", "Er zerbrach seinen Stab."), Contrast::none);
  EXPECT_EQ(contrast("de", "Sie soll die Kasse genommen haben.", "Sie nahm die Kasse."), certainty);
  EXPECT_EQ(contrast("de", "Er hatte seinen Stab zerbrochen.", "Er hat seinen Stab zerbrochen."), Contrast::none);
}

// One thing told of two days, months, years or times. "Ago" is to the year, more or less, and few minutes are rounding.
TEST(Contrast, OfDays) {
  const auto differ = [](const std::string& language, const std::string& a, const std::string& b) {
    return find_contrast(act_of(a, language), act_of(b, language)).kind == Contrast::day;
  };
  const struct {
    const char *language, *a, *b, *twin;
  } rows[] = {
      {"en", "The ferry sank on Monday.", "The ferry sank on Sunday.", "The ferry sank on 3 November."},
      {"en", "The mill opens in June.", "The mill opens in July.", "The mill opens on 6 June."},
      {"en", "The gate opened at 4.20 p.m.", "The gate opened at 4.50 p.m.", "The gate opened at 4.25 p.m."},
      {"en", "The chapel burned in 1941.", "The chapel burned in 1943.", "The chapel burned 89 years ago."},
      {"de", "Die Mühle brannte am Montag ab.", "Die Mühle brannte am Sonntag ab.",
       "Die Mühle brannte am 3. November ab."},
      {"de", "Die Mühle brannte 1941 ab.", "Die Mühle brannte 1943 ab.", "Die Mühle brannte vor 89 Jahren ab."},
      {"fr", "Le moulin a brûlé lundi.", "Le moulin a brûlé dimanche.", "Le moulin a brûlé le 3 novembre."},
      {"fr", "Le moulin a brûlé en 1941.", "Le moulin a brûlé en 1943.", "Le moulin a brûlé il y a 89 ans."},
      {"es", "El molino ardió el lunes.", "El molino ardió el domingo.", "El molino ardió el 3 de noviembre."},
      {"es", "El molino ardió en 1941.", "El molino ardió en 1943.", "El molino ardió hace 89 años."},
  };
  for (const auto& row : rows) {
    EXPECT_TRUE(differ(row.language, row.a, row.b)) << row.b;
    EXPECT_FALSE(differ(row.language, row.a, row.twin)) << row.twin;
    EXPECT_FALSE(differ(row.language, row.a, row.a)) << row.a;
  }
}

TEST(Contrast, IsNoneWhereBothSayOneThing) {
  const std::vector<std::pair<std::string, std::string>> pairs = {
      {"Mayor Okoro opposes the closure of the road.", "Mayor Okoro rejects the closure of the road."},
      {"The board rejected the sale of the mill.", "The board opposed the sale of the mill."},
      {"The council vetoed the plan.", "The council rejected the plan."},
      {"The firm refused to pay the night shift.", "The firm did not pay the night shift."},
      {"Detectives ruled out arson at the mill.", "Arson at the mill was ruled out."},
      {"The court rejected the appeal of the club.", "The club opposed the sale of the mill."},
      {"Police searched the mill for arson traces.", "Police arrested a man at the mill."},
  };
  for (const auto& [a, b] : pairs) {
    EXPECT_EQ(find_contrast(act_of(a), act_of(b)).kind, Contrast::none) << a << " / " << b;
    EXPECT_EQ(find_contrast(act_of(b), act_of(a)).kind, Contrast::none) << b << " / " << a;
  }
}

// A word that has no term, as a stop word has none, could never be found in a clause.
TEST(Contrast, KnowsOppositesByTheirTerms) {
  for (const std::string_view tag : known_languages()) {
    for (const auto& [word, side] : lang::Language::of(tag).with(lang::Role::opposite)) {
      for (const Term term : stem_terms(fold_words(word), tag)) EXPECT_FALSE(opposites_of(term).empty()) << word;
    }
  }
}

}  // namespace
}  // namespace storymerge::claim

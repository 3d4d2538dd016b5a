// Laws of sentences and quotations: every byte that is neither blank nor excluded lies in exactly one sentence; nothing
// is cut that a reader would not cut.

#include "storymerge/text/sentences.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "storymerge/eval/gold.h"
#include "support/paths.h"
#include "support/spans.h"
#include "text/characters.h"

namespace storymerge {
namespace {

std::string without_bars(std::string_view marked) {
  std::string text;
  for (const char c : marked) {
    if (c != '|') text += c;
  }
  return text;
}

// The pieces between bars, without outer blanks, each with the bars dropped.
std::vector<std::string> pieces(std::string_view marked) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin <= marked.size();) {
    const std::size_t end = std::min(marked.find('|', begin), marked.size());
    const std::string_view piece = marked.substr(begin, end - begin);
    const std::size_t first = skip_blanks(piece, 0, piece.size());
    if (first < piece.size()) out.emplace_back(piece.substr(first, trim_blanks(piece, first, piece.size()) - first));
    begin = end + 1;
  }
  return out;
}

std::vector<std::string> sentences_of(std::string_view text) {
  std::vector<std::string> out;
  for (const Sentence& s : split_sentences(text)) out.emplace_back(text.substr(s.range.begin, s.range.size()));
  return out;
}

// The mark of a list's item, which belongs to no sentence where it opens a line.
std::size_t list_mark_length(std::string_view text, std::size_t i) {
  for (const std::string_view mark : {"•", "\u2043", "·"}) {
    if (text.substr(i, mark.size()) == mark) return mark.size();
  }
  return 0;
}

void expect_covered_once(std::string_view text, std::span<const ByteRange> excluded = {}) {
  std::vector<unsigned> covered(text.size(), 0);
  std::uint32_t end = 0;
  for (const Sentence& s : split_sentences(text, excluded)) {
    ASSERT_TRUE(testing::is_valid_range(text, s.range));
    ASSERT_LT(s.range.begin, s.range.end);
    ASSERT_LE(end, s.range.begin);
    end = s.range.end;
    EXPECT_EQ(blank_length(text, s.range.begin), 0u);
    for (std::uint32_t i = s.range.begin; i < s.range.end; ++i) ++covered[i];
  }
  for (const ByteRange x : excluded) {
    for (std::uint32_t i = x.begin; i < x.end; ++i) ++covered[i];
  }
  bool opens_line = true;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t blank = blank_length(text, i), mark = list_mark_length(text, i);
    if (blank != 0 || (opens_line && mark != 0)) {
      ASSERT_LE(covered[i], 1u) << "byte " << i << " of: " << text;
    } else {
      ASSERT_EQ(covered[i], 1u) << "byte " << i << " of: " << text;
    }
    opens_line = blank != 0 ? opens_line || line_break_length(text, i) != 0 : false;
    i += std::max<std::size_t>({blank, mark, 1});
  }
}

// Each line is one text; bars stand where a sentence ends.
TEST(Sentences, EndWhereAReaderEndsThem) {
  const std::vector<std::string> cases = {
      // full stops, questions, cries
      "The vote was close.| The count began at once.",
      "Where was the captain?| Nobody on the bridge knew.",
      "Stop!| The gate slammed shut.",
      "Who pays?! |The owners do not say.",
      "It is over...|",
      // titles, ranks, initials
      "The deal was signed by Mr. Ortega and Mrs. Blum on behalf of Dr. Hale.| Both sides cheered.",
      "Gov. Ana Ruiz met Lt. Cmdr. Joe Park and Sgt. Lee.| They spoke briefly.",
      "Prof. Ines Holm will lead it, with Rev. Tom Hale and Sen. Kay Dunn.",
      "Retired Brig. Gen. Otto Lang disagreed.| He left early.",
      "Maj. Gen. P. K. Dutt and Col. R. Sen were there.",
      "The book is by J. R. Hollin and was out of print.| It sold well.",
      "George W. Tann won.| Maria T. lost.",
      "You and I.| Did we agree?",
      "It was plan B. |The first had failed.",
      "Det. Supt. Jane Moss said that two men were held.| Insp. Lowe agreed.",
      "Vice Adm. Ray Cole retired.| His deputy took over.",
      // companies, places, degrees
      "Acme Inc. shares fell.| Bolt Corp. gained.| Carr Ltd. was flat.",
      "She works for Acme Inc. |The firm declined to comment.",
      "He founded Dunn & Co. Chief Executive Lee Tan said so.",
      "John Hart Jr. was elected.| His father, John Hart Sr., had held the seat.",
      "The fire began on Elm St. |The crews came from Oak Ave. and put it out.",
      "They live in St. Anselm near Mt. Corran.| It is quiet there.",
      "He moved to Tampa, Fla., in May.| He likes it.",
      "The U.S. Army sent aid.| It came late.",
      "He was born in the U.S. |The family then moved.",
      "Aid came from the U.S., the U.K. and the U.A.E. |They pledged more.",
      "WASHINGTON, D.C. — The mayor spoke.| She was brief.",
      "She holds a Ph.D. in law.| He has an M.A. |They met at work.",
      "The U.N. Security Council met.| The U.N. says it will act.",
      "Tickets, food, beds, etc. were paid for.| Taxes were not.",
      // times, dates, numbers
      "It began at 5 a.m. and ended at 9 p.m. |The crews rested.",
      "Doors open at 7 p.m. Tuesday at the arena.| Entry is free.",
      "The train left at 6:30 a.m. EST.| It was full.",
      "At 5 a.m. Mr. Novak went to the bank.| He left the bank at 6 p.m. |Mr. Novak then went home.",
      "The flight left at 11:40 p.m. Moscow time.| It never landed.",
      "On Jan. 5 the talks began.| They ended in Feb. |Both sides were pleased.",
      "The hearing is set for Wed., Sept. 14, at 2 p.m. |It may be moved.",
      "Prices rose 3.5 percent.| Wages rose 2.1 percent.",
      "It cost $1.2 million.| The budget was $900,000.",
      "See No. 4 on the list.| He said no. |She said yes.",
      "It hangs in room N°. 214 of the museum.| Nobody goes there.",
      "Flight No. 214 crashed.| Nos. 3 and 4 engines failed.",
      "The firm was founded in 1998. |It has 300 staff.",
      "It scored 6.1 on the scale.| 12 people died.",
      "Turnout was 61.5%.| In 2028 it was 58%.",
      "See p. 55 and pp. 60-64 of vol. 2.| Fig. 3 shows it.",
      "Safety: 14 v. 12 serious events, and the case of Roe vs. Wade.| Both matter.",
      "Use e.g. sand, i.e. what is at hand.| Water is no help.",
      // e-mail, web, versions
      "Write to desk@news.example.com or see www.example.org.| We reply at once.",
      "Visit https://example.org/a.b?c=d. |Then call.",
      "Version 2.0.1 is out.| It fixes much.",
      "The site Example.com is down.| So is Node.js.",
      // quotations
      "\"We are deeply sorry,\" she said.| \"It will not happen again.\"| He nodded.",
      "“We are deeply sorry,” she said.| “It will not happen again.”| He nodded.",
      "“Stop!” he shouted.| Nobody did.",
      "“Are we safe?” Maria Jelin asked.| No one answered.",
      "“Are we safe?” the minister asked.| No one answered.",
      "“Are we safe?”| Nobody had an answer.",
      "“We have no sign of life. We keep on searching,” he said.| Night fell.",
      "He said: “We have no sign of life. We keep on searching.”| Night fell.",
      "‘It isn’t over. We’ll fight on,’ said the workers’ leader.| They did.",
      "The so-called “Dr. No” of politics is back.| Few cheered.",
      "He called it \"a mess.\"| She agreed.",
      // brackets
      "He teaches (he was an engineer. He built dams.) at the school.| He likes it.",
      "The ship sank.| (It had been overloaded.)| All were saved.",
      "It sank (see p. 4).| All were saved.",
      "The law [sic.] was clear.| It was ignored.",
      // dots
      "It was, well ... strange.| We left.",
      "I never meant that.... |She left the store.",
      "Wait… what?| He laughed.",
      "\"The bridge [...] fell by night [...]\" (Rossi 12).| Few saw it.",
      "The town grew by the river.| . . . The bridge came later. . . .",
      "He hesitated… |Then he signed.",
      "“The laws will appear less complex. . . .”| That was the hope.",
      // other small letters
      "The iPhone fell.| iPhone sales rose.",
      "Profits at eBay rose.| eBay shares did not.",
      // missing blanks
      "The talks ended.|Both sides left.",
      // lists and headings
      "What we know|\n\nTwo men are held.| A third is sought.",
      "1. The first item| 2. The second item| 3. The third item",
      "1.) The first item| 2.) The second item",
      "a. The first item| b. The second item",
      "• The first item | • The second item",
      "• 1. The first item | • 2. The second item",
      "\u20432. The first item | \u20433. The second item",
      "1. Wash your hands.|\n2. Stay at home.",
      // live blogs
      "14:05|\nPolice are on the scene.| Roads are closed.|\n14:20|\nTwo are held.",
      "14:05 GMT: Police are on the scene.| Roads are closed.",
      "9.40pm Police say two men are held.| They are local.",
      // wrapped lines
      "It was a cold \nnight in the city.| Snow fell.",
      "This is a sentence\ncut off in the middle because the page was narrow.",
      "features|\ncontact manager|\nevents, activities",
      "The ferry rolled over before dawn in a heavy swell some\nfour miles off the harbour, and rescuers from Holm and "
      "the\n"
      "Lunde islands reached it within the hour.| The captain, who\nwas the last to leave, said that the cargo had "
      "shifted.",
      "Two men were held on Monday after a raid|\nA court will hear the case\n|\nNobody was hurt.",
      // datelines and dashes
      "HOLLEN, Tarvia (PP) -- The firm said so.| It was brief.",
      "It ended.| — Our own correspondent",
      "The talks — held in Bern, Switzerland. — were over.",
      // other scripts
      "会談は終わった。|双方は合意した。|",
      "¿Dónde está el capitán?| Nadie lo sabe.",
      "«Мы готовы», — сказал он.| Переговоры начались.",
      "انتهت المحادثات.| هل اتفق الطرفان؟| نعم.",
      "बैठक समाप्त हुई।| दोनों पक्ष सहमत हैं।",
  };
  std::size_t wrong = 0;
  for (const std::string& marked : cases) {
    const std::string text = without_bars(marked);
    const std::vector<std::string> want = pieces(marked);
    EXPECT_EQ(sentences_of(text), want) << text;
    wrong += sentences_of(text) != want;
    expect_covered_once(text);
  }
  EXPECT_EQ(wrong, 0u) << "of " << cases.size();
}

void expect_ends(std::string_view language, const std::vector<std::string>& cases) {
  EXPECT_GE(cases.size(), 30u);
  for (const std::string& marked : cases) {
    const std::string text = without_bars(marked);
    std::vector<std::string> got;
    for (const Sentence& s : split_sentences(text, {}, language))
      got.emplace_back(text.substr(s.range.begin, s.range.size()));
    EXPECT_EQ(got, pieces(marked)) << text;
  }
}

TEST(Sentences, EndInEnglishWhereNamesAndAbbreviationsStand) {
  expect_ends("en", {
                        "The tannery was sold to Marrow Corp.| Workers there learned of it from the radio.",
                        "Marrow Corp. of Tull owns six tanneries.",
                        "He sold it to Acme Inc.| Shares fell at once.",
                        "She joined Bolt Ltd.| Nobody there knew her.",
                        "Acme Inc. Chief Executive Lee Tan resigned.",
                        "They fled to the U.S.| Families then moved on.",
                        "The U.S. Army sent aid.| It came late.",
                        "The U.S. Senate voted.| It was close.",
                        "Shares of Yahoo! fell.| Others rose.",
                        "He works for Yahoo! Finance in Lisk.",
                        "They like Yahoo!| The others do not.",
                        "It ends in Feb.| The next one begins in May.",
                        "It ends on Feb. 3 or Mar. 4.",
                        "He lives at No. 10 Downing Street.",
                        "He said no.| She said yes.",
                        "J. K. Marsh wrote it.| It sold well.",
                        "It was George W. Tann who won.",
                        "He paused ... then left.",
                        "He paused.... |Then he left.",
                        "The firm was run by John Hart Jr. and his son.",
                        "It opened at 9 a.m. on Monday.| It closed at 5 p.m. |It was full.",
                        "Gen. Otto Lang met Col. Ray Senn.| They spoke.",
                        "It is on Oak St. near Elm Ave. in Lisk.",
                        "Prices rose 3.5 per cent.| Wages fell.",
                        "“Where is it?” the mayor asked.| No one knew.",
                        "Sen. Kay Dunn (D-Ohio) spoke.| She was brief.",
                        "The firm, e.g. its owner, lost.| Others won.",
                        "See p. 5 and fig. 3 for it.| It is clear.",
                        "The ship sank at 41.5 N.| It was lost.",
                        "He holds a Ph.D. in law.| It took years.",
                        "They met in St. Anselm.| It rained.",
                    });
}

TEST(Sentences, EndInGerman) {
  expect_ends("de", {
                        "Das Treffen war am 14. März in Bern.| Es dauerte zwei Tage.",
                        "Der 1. FC Hallow nahm Kinder auf.| Sie schlafen dort.",
                        "Am 3. Oktober brannte es.| Niemand starb.",
                        "Es war ihr 10. Sieg in Folge.| Die Fans jubelten.",
                        "Es kamen 12.| Die anderen blieben fern.",
                        "Das war im Jahr 2030.| Die Halle steht noch.",
                        "Dr. Brandner sprach.| Prof. Lang schwieg.",
                        "Der Schaden beträgt 3,4 Mio. Euro.| Das ist viel.",
                        "Es kostet ca. 5 Euro.| Das ist wenig.",
                        "Er nannte z. B. Bern und Wien.| Dann ging er.",
                        "Sie handeln mit Holz usw. |Das lohnt sich.",
                        "Die Müller GmbH u. Co. KG schließt.",
                        "Um 17.40 Uhr lief sie auf.| Es war dunkel.",
                        "„Wir sind bereit“, sagte er.| Dann ging er.",
                        "„Was nun?“, fragte Petersen.| Keiner wusste es.",
                        "„Die Luft war nie gefährlich.“| Das sagte Brandner.",
                        "Er rief: „Halt!“| Niemand hielt an.",
                        "Sie wohnt in der Langen Str. 5 in Lisk.",
                        "Siehe Art. 5 Abs. 2 des Gesetzes.| Er ist klar.",
                        "Das Schiff sank.| 96 Menschen lebten.",
                        "Er kam am Mo. um 9 Uhr.",
                        "Wer war es?| Das weiß niemand.",
                        "Halt!| Hier endet der Weg.",
                        "Er ging…| Dann kam er zurück.",
                        "Die Partei (sie ist neu.) gewann.| Das freut sie.",
                        "St. Anselm liegt am See.| Es ist schön.",
                        "Laut Nr. 7 der Liste fehlt er.",
                        "Das 2. Tor fiel spät.| Das 3. fiel nie.",
                        "Es waren 1.200 Menschen da.| Alle sangen.",
                        "Kapitän J. Brandt starb.| Er war alt.",
                        "Die Wahl ist am 12.03.2031 in Lisk.| Sie wird knapp.",
                    });
}

TEST(Sentences, EndInFrench) {
  expect_ends("fr", {
                        "M. Durand a parlé.| Mme Roux s'est tue.",
                        "Le Dr. Petit est venu.| Il est resté.",
                        "« Nous sommes prêts », a-t-il dit.| Il est parti.",
                        "« Où est-il ? » demande le maire.| Nul ne sait.",
                        "Où est-il ?| Nul ne sait.",
                        "Halte !| Le pont est fermé.",
                        "Il a obtenu 38,4 % des voix.| C'est peu.",
                        "Cela coûte 3,4 millions d'euros.| C'est cher.",
                        "Il habite au 5, av. de la Gare.| C'est loin.",
                        "Voir art. 5 de la loi.| Elle est claire.",
                        "Il vend du bois, etc. |Les autres achètent.",
                        "Le train est parti à 14h30.| Il était plein.",
                        "Il est venu le 3 oct. 2030 à Lisk.",
                        "J. Martin a gagné.| Il est heureux.",
                        "Il hésite…| Puis il signe.",
                        "La tempête a tué douze personnes.| Les recherches continuent.",
                        "En 2030.| Les travaux ont commencé.",
                        "Selon l'AFP, dix maisons ont brûlé.| Les pompiers sont là.",
                        "Le n° 10 a marqué.| Le public chante.",
                        "Il y avait 816 000 électeurs.| La moitié a voté.",
                        "« C'est fini. Nous partons », dit-elle.| La nuit tombe.",
                        "Elle (la maire) a perdu.| C'est une surprise.",
                        "Les É.-U. ont refusé.| Le Canada aussi.",
                        "Ste. Anne est fermée.| La messe est annulée.",
                        "M. J.-P. Martin a dit non.| Il est têtu.",
                        "Qui a gagné ?| Personne.",
                        "La Cie. Durand ferme.| Les ouvriers protestent.",
                        "Le vent souffle à 120 km/h.| Les arbres tombent.",
                        "Il est 20 h.| Le vote est clos.",
                        "Le maire est parti.| L'école aussi.",
                    });
}

TEST(Sentences, EndInSpanish) {
  expect_ends("es", {
                        "Dos voluntarios de EE. UU. que estaban allí ayudaron.",
                        "Llegó de EE. UU. |El viaje fue largo.",
                        "El Sr. Ortega habló.| La Sra. Blum calló.",
                        "El Dr. Hale vino.| Se quedó.",
                        "«Nadie corre peligro», dijo la alcaldesa.| Luego se fue.",
                        "¿Dónde está el capitán?| Nadie lo sabe.",
                        "¡Alto!| El puente está cerrado.",
                        "Los daños suman 3,4 millones de euros.| Es mucho.",
                        "Evacuaron a 3.400 personas.| Todas volvieron.",
                        "Vive en la Av. Mayor de Lisk.| Es ruidosa.",
                        "Vende madera, etc. |Los demás compran.",
                        "Llegó a las 14.30 horas.| Era tarde.",
                        "Véase la pág. 5 del libro.| Es clara.",
                        "J. Ortega ganó.| Está feliz.",
                        "Dudó…| Luego firmó.",
                        "Es el núm. 10 del equipo.| Todos lo conocen.",
                        "Fue en 2030.| La obra sigue.",
                        "El 38,4 % votó.| El resto no.",
                        "Según el art. 5 es legal.| Nadie lo niega.",
                        "D. Luis habló.| Todos callaron.",
                        "El tren salió a las 9 a. m. del lunes.",
                        "Ella (la jueza) se fue.| Nadie la vio.",
                        "¿Quién ganó?| Nadie.",
                        "Sopla a 120 km/h.| Caen los árboles.",
                        "El Gral. Ruiz murió.| Era viejo.",
                        "La alcaldesa habló.| El agua bajó.",
                        "«¿Qué pasó?», preguntó Ortega.| Nadie respondió.",
                        "Hay 12.| Los otros huyeron.",
                        "Ud. lo sabe.| Yo no.",
                        "La Cía. Ruiz cierra.| Los obreros protestan.",
                    });
}

TEST(Sentences, LeaveOutTheMarkOfAnItemThatFillsItsLine) {
  for (const std::string_view mark : {"• ", "•"}) {
    const std::string text = std::string(mark) + "Two men are held\n" + std::string(mark) + "A third is sought.";
    EXPECT_EQ(sentences_of(text), (std::vector<std::string>{"Two men are held", "A third is sought."})) << text;
    expect_covered_once(text);
  }
  EXPECT_EQ(sentences_of("• 300 people fled\n• Two men are held").front(), "300 people fled");
}

TEST(Sentences, LongQuotationsSplitAtTheirStops) {
  std::string inside;
  for (int i = 0; i < 12; ++i) inside += "We shall go on looking for them all night. ";
  const std::string text = "“" + inside + "They are ours,” he said.";
  EXPECT_EQ(sentences_of(text).size(), 13u);
}

TEST(Sentences, TellHeadingsFromSentences) {
  const std::string_view text = "What we know\n\nTwo men are held.\n\n- A third is sought\n\nWhat next?";
  const std::vector<Sentence> s = split_sentences(text);
  ASSERT_EQ(s.size(), 4u);
  EXPECT_TRUE(s[0].heading);
  EXPECT_FALSE(s[1].heading);
  EXPECT_TRUE(s[2].heading);
  EXPECT_FALSE(s[3].heading);
  for (std::uint32_t i = 0; i < 4; ++i) EXPECT_EQ(s[i].paragraph, i);
}

TEST(Sentences, LeaveOutWhatIsExcluded) {
  const std::string_view text = "Share this\nTwo men are held. One is hurt.\nRead more\nThe end";
  const std::vector<ByteRange> excluded = {{0, 10}, {42, 51}};
  std::vector<std::string> got;
  for (const Sentence& s : split_sentences(text, excluded))
    got.emplace_back(text.substr(s.range.begin, s.range.size()));
  EXPECT_EQ(got, (std::vector<std::string>{"Two men are held.", "One is hurt.", "The end"}));
  expect_covered_once(text, excluded);
}

TEST(Sentences, CoverHostileTextsOnce) {
  const std::vector<std::string> pieces_of_text = {".",
                                                   "!",
                                                   "?",
                                                   "…",
                                                   "...",
                                                   "\"",
                                                   "“",
                                                   "”",
                                                   "'",
                                                   "‘",
                                                   "’",
                                                   "(",
                                                   ")",
                                                   "[",
                                                   " ",
                                                   "  ",
                                                   "\n",
                                                   "\r\n",
                                                   "\n\n",
                                                   "\t",
                                                   "\xC2\xA0",
                                                   "U.S.",
                                                   "Mr.",
                                                   "a.m.",
                                                   "1.",
                                                   "2)",
                                                   "No.",
                                                   "The",
                                                   "the",
                                                   "Smith",
                                                   "。",
                                                   "é",
                                                   "É",
                                                   "北",
                                                   "- ",
                                                   "• ",
                                                   "1",
                                                   "3.5",
                                                   "said",
                                                   "www.x.org",
                                                   "&",
                                                   "—",
                                                   "\xE2\x80\xA8",
                                                   "\xFF",
                                                   "\xE2\x80",
                                                   "\xC3",
                                                   "I",
                                                   "b.",
                                                   ":",
                                                   ";",
                                                   ",",
                                                   "``",
                                                   "''"};
  std::mt19937 random(20310314);
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    const std::size_t n = random() % 40;
    for (std::size_t k = 0; k < n; ++k) {
      text += pieces_of_text[random() % pieces_of_text.size()];
      if (random() % 2) text += ' ';
    }
    // Sentences of what is no UTF-8 need not lie on boundaries, but must not crash either.
    if (find_invalid_utf8(text)) {
      split_sentences(text);
      find_quotations(text);
      continue;
    }
    expect_covered_once(text);
    testing::expect_ranges(text, find_quotations(text), [](ByteRange r) { return r; });
    if (::testing::Test::HasFailure()) FAIL() << text;
  }
}

TEST(Sentences, TakeTimeInProportionToLength) {
  for (const std::string_view unit :
       {"(", "[", "‘a ", "'a ", "\"", "“", "as’ ", "a. ", "1. ", ". . ", "a\n", ".", "U.S. ", "? \" "}) {
    std::string text;
    while (text.size() < 400'000) text += unit;
    expect_covered_once(text);  // seconds, not minutes, or the time limit of the tests ends it
    find_quotations(text);
  }
}

TEST(Quotations, AreFoundWithTheirMarks) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> cases = {
      {"“We are sorry,” she said. “Very.”", {"“We are sorry,”", "“Very.”"}},
      {"\"We are sorry,\" she said. \"Very.\"", {"\"We are sorry,\"", "\"Very.\""}},
      {"‘We’re sorry,’ she said.", {"‘We’re sorry,’"}},
      {"'We're sorry,' she said.", {"'We're sorry,'"}},
      {"‘The workers’ rights come first,’ he said.", {"‘The workers’ rights come first,’"}},
      {"The workers’ leader and Gus’s dog", {}},
      {"the '90s and rock 'n' roll, 'em all", {}},
      {"A 6'2\" man and a 12\" screen", {}},
      {"«Nous sommes prêts», dit-il.", {"«Nous sommes prêts»"}},
      {"„Wir sind bereit“, sagte er.", {"„Wir sind bereit“"}},
      {"“The first part.\n\n“The second part,” he said.", {"“The first part.", "“The second part,”"}},
      {"He called it “a ‘quiet’ day”.", {"“a ‘quiet’ day”"}},
      {"The \"safe\" zone", {"\"safe\""}},
  };
  for (const auto& [text, want] : cases) {
    std::vector<std::string> got;
    for (const ByteRange r : find_quotations(text)) got.emplace_back(text.substr(r.begin, r.size()));
    EXPECT_EQ(got, want) << text;
  }
}

TEST(Sentences, MatchTheAnnotatedOnes) {
  std::size_t found = 0, total = 0;
  std::string missed;
  const std::vector<std::string> folders = {std::string(testing::root_path) + "/data/gold"};
  for (const GoldStory& story : read_gold(folders)) {
    for (const GoldArticle& article : story.articles) {
      const std::string_view text = article.article.text;
      std::vector<ByteRange> got;
      for (const Sentence& s : split_sentences(text)) got.push_back(s.range);
      for (const GoldSentence& s : article.sentences) {
        if (s.boilerplate) continue;
        ++total;
        if (std::binary_search(got.begin(), got.end(), s.range)) {
          ++found;
        } else {
          missed.append(text.substr(s.range.begin, s.range.size())) += '\n';
        }
      }
    }
  }
  ASSERT_GT(total, 1000u);
  EXPECT_GE(static_cast<double>(found), 0.99 * static_cast<double>(total)) << missed;
  RecordProperty("found", std::to_string(found) + " of " + std::to_string(total));
}

}  // namespace
}  // namespace storymerge

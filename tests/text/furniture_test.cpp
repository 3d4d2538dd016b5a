// Lines of page furniture that no list knows are found, short lines of body stay, on any bytes.

#include <gtest/gtest.h>
#include <storymerge/text/document.h>
#include <storymerge/text/furniture.h>

#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "support/files.h"

namespace storymerge {
namespace {

const std::vector<std::string> bridge = {
    "The Halm bridge was closed to all traffic on Tuesday after inspectors found cracks in two of its main cables, the "
    "roads "
    "agency said.",
    "About 14,000 vehicles use the crossing each day. The agency said repairs could take six weeks.",
    "Mayor Ines Tarvo said a ferry would carry foot passengers from Thursday, and that buses would be sent round by "
    "the "
    "northern crossing.",
    "Engineers had warned in March that the cables needed work, according to a report seen by the council."};
const std::vector<std::string> bank = {
    "The financial regulator has fined Tolvane Bank 40 million crowns for failing to check where customers' money came "
    "from.",
    "The fine is the largest that the regulator has imposed. Tolvane said it accepted the decision and had hired 200 "
    "people "
    "since.",
    "Shares in the bank fell 3.1% in early trading before recovering some of the loss.",
    "The case began in 2028, when a clerk in the Varn branch reported transfers from a company that did not exist."};

Article page(const std::vector<std::string>& lines, std::string title = "", std::string source = "Northgate Herald") {
  Article a;
  a.id = "a";
  a.title = std::move(title);
  a.source = std::move(source);
  a.published = Time{};
  for (const std::string& line : lines) a.text += (a.text.empty() ? "" : "\n\n") + line;
  return a;
}

std::vector<std::string> quotes(const Article& a, const std::vector<Furniture>& furniture) {
  std::vector<std::string> out;
  for (const Furniture& f : furniture) out.push_back(a.text.substr(f.range.begin, f.range.size()));
  return out;
}

std::vector<std::string> found(const Article& a) { return quotes(a, find_furniture(a)); }

std::vector<std::string> with(std::vector<std::string> lines, std::size_t at, const std::string& line) {
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), line);
  return lines;
}

// Lines of many wordings, most of which no cue names, at the top and at the bottom of articles on two subjects.
TEST(Furniture, LinesOfUnseenWordingAtTheEdgeOfAPage) {
  std::ifstream file(testing::project_root / "tests/text/furniture_lines.txt");
  std::string row, missed;
  int total = 0, hit = 0;
  while (std::getline(file, row)) {
    const std::size_t bar = row.find('|');
    const std::string source = row.substr(0, bar), line = row.substr(bar + 1);
    for (const auto& body : {bridge, bank}) {
      for (const std::size_t at : {std::size_t{0}, body.size()}) {
        const auto got = found(page(with(body, at, line), "", source));
        ++total;
        if (got == std::vector<std::string>{line}) {
          ++hit;
        } else {
          EXPECT_TRUE(got.empty()) << "body taken with: " << line;
          missed += "\n  " + line;
        }
      }
    }
  }
  EXPECT_GE(total, 600);
  EXPECT_GE(hit, total * 95 / 100) << missed;
}

TEST(Furniture, ShortBodyLinesStay) {
  const std::vector<std::string> body_lines = {
      "14:05 The bridge is closed.",
      "14.35 – A crack was found in the second cable.",
      "06:05 | The first buses are coming round by the north.",
      "- Repairs: six weeks.",
      "• Ferry: from Thursday.",
      "What we still don't know",
      "Why did the cables crack?",
      "\"We are deeply sorry,\" the mayor said.",
      "“Nobody listened to us.”",
      "She declined to comment.",
      "He did not respond to a request for comment.",
      "The report was published in March.",
      "The bridge reopens on Monday.",
      "Drivers should follow the signs to the northern crossing.",
      "The agency asked readers of the report for patience.",
      "Support for the mayor fell after the closure.",
      "Follow the money, the engineers told the council.",
      "Share prices of the builder fell.",
      "Photographs taken in March show the cracks.",
      "Police told the Northgate Herald that the cables had been checked.",
  };
  for (const std::string& line : body_lines) {
    for (std::size_t at = 1; at < bridge.size(); ++at) {
      EXPECT_TRUE(found(page(with(bridge, at, line))).empty()) << line;
    }
  }
}

// What pages in German, French and Spanish ask of their readers, between paragraphs; and sentences that hold the same words.
TEST(Furniture, OffersInOtherLanguages) {
  const struct {
    const char *language, *first, *last;
    std::vector<std::string> offers, news;
  } pages[] = {
      {"de",
       "Die Eisbahn von Wolgau schließt im Mai, sagte ihr Besitzer am Montag im Rathaus.",
       "Gebaut wurde die Bahn im Jahr 1966 von den Arbeitern der Werft.",
       {"Sie haben bereits ein Abo? Jetzt anmelden.", "Dieser Artikel ist nur für Abonnenten.",
        "Bitte aktivieren Sie JavaScript."},
       {"Die Läufer haben bereits ein Abo für die Halle in Hamm gekauft.",
        "Abonnenten der Zeitung zahlen in der Halle weniger."}},
      {"fr",
       "La patinoire de Lorray fermera en mai, a dit son propriétaire lundi à la mairie.",
       "Elle a été construite en 1966 par les ouvriers du chantier naval.",
       {"Cet article est réservé aux abonnés.", "Nous utilisons des cookies.", "Déjà abonné ? Connectez-vous."},
       {"Les abonnés du club paieront moins cher à Hamm.", "La piste est réservée aux enfants le mercredi."}},
      {"es",
       "La pista de hielo de Rocamar cerrará en mayo, dijo su dueño el lunes en el ayuntamiento.",
       "Fue construida en 1966 por los obreros del astillero.",
       {"Este contenido es exclusivo para suscriptores.", "Utilizamos cookies.", "¿Ya eres suscriptor? Inicia sesión."},
       {"Los socios del club pagarán menos en Hamm.", "La pista es exclusiva para niños los miércoles."}},
  };
  const auto all = [](const Article& a) {
    const Corpus corpus({a});
    return quotes(a, analyze(corpus, 1)[0].furniture);
  };
  for (const auto& p : pages) {
    for (const std::string& line : p.offers) {
      Article a = page({p.first, line, p.last});
      a.language = p.language;
      EXPECT_EQ(all(a), std::vector<std::string>{line}) << line;
    }
    for (const std::string& line : p.news) {
      Article a = page({p.first, line, p.last});
      a.language = p.language;
      EXPECT_EQ(all(a), std::vector<std::string>{}) << line;
    }
  }
}

TEST(Furniture, HeadlineOnThePage) {
  const std::string title = "Halm bridge closed after cracks are found";
  EXPECT_EQ(found(page(with(bridge, 0, title), title)), std::vector<std::string>{title});
  // A headline that is all there is, is the body.
  EXPECT_TRUE(found(page({title}, title)).empty());
}

TEST(Furniture, ADeckThatTheBodyTellsAmongMoreGoesASentenceToldTwiceStays) {
  const std::string deck =
      "The Halm bridge was closed to all traffic on Tuesday after inspectors found cracks in two of its main "
      "cables";
  const Article a = page(with(bridge, 0, deck));
  ASSERT_EQ(find_furniture(a).size(), 1u);
  EXPECT_EQ(find_furniture(a)[0].range.begin, 0u);

  EXPECT_EQ(found(page(with(with(bridge, 0, bridge[2]), 1, "Listen to this article"))),
            std::vector<std::string>{"Listen to this article"});
  const std::string sentence = bridge[2].substr(0, bridge[2].find(". ") + 1);
  EXPECT_TRUE(found(page(with(bridge, 0, sentence))).empty()) << sentence;
}

TEST(Furniture, ADateIsFurnitureWhenTheDateIsKnown) {
  Article a = page(with(bridge, 0, "Updated 12 March 2031, 14:05 GMT"));
  EXPECT_EQ(found(a).size(), 1u);
  a.published.reset();
  EXPECT_TRUE(found(a).empty());
}

TEST(Furniture, LinesThatASourceRepeatsInUnrelatedArticles) {
  const std::string slogan = "Northgate: from Halm to the bank";
  const std::string sentence = "The council and the regulator meet in the old customs house by the ferry.";
  const auto corpus = [&](const std::string& line) {
    std::vector<Article> articles;
    const std::vector<std::vector<std::string>> bodies = {
        bridge,
        bank,
        {"A storm brought down trees across the island overnight, and schools stayed shut for a second morning.",
         "Forecasters expect winds to ease before noon, though heavy rain may follow later in the north."}};
    for (std::size_t i = 0; i < bodies.size(); ++i) {
      articles.push_back(page(with(bodies[i], bodies[i].size(), line)));
      articles.back().id = "a" + std::to_string(i);
    }
    return articles;
  };
  for (const std::string& line : {slogan, sentence}) {
    std::vector<Article> articles = corpus(line);
    const Corpus all(articles);
    const auto got = find_furniture(all, 1);
    for (ArticleIndex i = 0; i < all.size(); ++i) EXPECT_EQ(quotes(all[i], got[i]), std::vector<std::string>{line});
    // The same line in copies of one article says nothing about the source.
    for (std::size_t i = 1; i < 3; ++i) articles[i].text = articles[0].text;
    const Corpus copies(articles);
    for (const auto& f : find_furniture(copies, 1)) EXPECT_TRUE(f.empty());
  }
}

// A page of a megabyte in which every line might be furniture: quick, because the search is bounded.
TEST(Furniture, ALongPageOfShortLines) {
  Article a = page(bridge);
  for (int i = 0; i < 20000; ++i)
    a.text += "\nFollow the engineers of word" + std::string(1 + i % 7, 'x') + std::to_string(i) + " online";
  const std::clock_t begin = std::clock();
  find_furniture(a);
  EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 5.0);
}

TEST(Furniture, RangesAreInOrderDisjointAndWholeCharactersOnAnyBytes) {
  std::uint32_t state = 7;
  const std::string alphabet[] = {"a", " ", "\n", "Share this", "é",    "“", "”", "\xff",
                                  "1", ".", ":",  "subscribe",  "\r\n", "©", "-", "\t"};
  for (int round = 0; round < 3000; ++round) {
    Article a = page({}, "Share this a");
    for (int k = 0; k < 40; ++k) {
      state = state * 1664525u + 1013904223u;
      a.text += alphabet[(state >> 16) % std::size(alphabet)];
    }
    std::uint32_t before = 0;
    for (const Furniture& f : find_furniture(a)) {
      EXPECT_GE(f.range.begin, before);
      EXPECT_LT(f.range.begin, f.range.end);
      EXPECT_LE(f.range.end, a.text.size());
      EXPECT_FALSE(f.reason.empty());
      before = f.range.end;
    }
  }
}

std::vector<std::string> left_out(const std::vector<std::string>& lines,
                                  const std::string& source = "The Sarn Courier") {
  Article a = page(lines);
  a.source = source;
  const Corpus corpus({a});
  std::vector<std::string> out;
  const std::vector<Document> documents = analyze(corpus);
  for (const Furniture& f : documents[0].furniture) out.emplace_back(corpus.quote({0, f.range.begin, f.range.end}));
  return out;
}

// Pieces inside a paragraph that are the page's, each with a twin that is not.
TEST(Furniture, PiecesOfParagraphs) {
  struct Row {
    const char* line;
    const char* piece;  // "" when all of it is body
  };
  const Row rows[] = {
      {"The bridge was empty at noon. (Ada Renn/Sarn Press)", "(Ada Renn/Sarn Press)"},
      {"The bridge was empty at noon. (Sarn Photo/Ada Renn, File)", "(Sarn Photo/Ada Renn, File)"},
      {"The bridge was empty at noon (Monday).", ""},
      {"It shut at noon. (It had shut before.)", ""},
      {"It shut at 2035. (1935 GMT)", ""},
      {"(CNN) The bridge was shut on Tuesday.", "(CNN)"},
      {"(Not) everybody was pleased with it.", ""},
      {"SARN (Reuters) - The bridge was shut on Tuesday.", "SARN (Reuters) -"},
      {"Old Sarn, Tarva (AP) \u2014 \"It is shut,\" he said.", "Old Sarn, Tarva (AP) \u2014"},
      {"Old Sarn \u2014 The bridge was shut on Tuesday.", ""},
      {"SARN \u2014 The bridge was shut on Tuesday.", "SARN \u2014"},
      {"OLD SARN, Tarva -- The bridge was shut on Tuesday.", "OLD SARN, Tarva --"},
      {"S\u00C3O PEDRO, Dec. 3 \u2013 The bridge was shut.", "S\u00C3O PEDRO, Dec. 3 \u2013"},
      {"NATO \u2013 the alliance \u2013 shut the bridge on Tuesday.", ""},
      {"SARN BRIDGE \u2014 SHUT ON TUESDAY.", ""},
      {"FILE - In this Dec. 20, 2035, file photo, a guard stands on the bridge.",
       "FILE - In this Dec. 20, 2035, file photo, a guard stands on the bridge."},
      {"FILE cabinets were carried over the bridge on Tuesday.", ""},
      {"The cables were old. [How a bridge is inspected in winter]", "[How a bridge is inspected in winter]"},
      {"The cables \"[were] old\", he said.", ""},
      {"They left. Please verify you're not a robot by clicking the box.",
       "Please verify you're not a robot by clicking the box."},
      {"They left. \"Please try again,\" said the guard.", ""},
      {"They left. Ada Renn can be reached at ada@courier.example.", "Ada Renn can be reached at ada@courier.example."},
      {"They left. Ada Renn can be reached by boat only.", ""},
      {"It was loud \u2014 Ed Hart (@edhart) December 27, 2031", "\u2014 Ed Hart (@edhart) December 27, 2031"},
      {"They left at noon, when they had looked at each of the cables and at both of the towers, and said nothing of "
       "what they had seen. View all Sarn Courier newsletters.",
       "View all Sarn Courier newsletters."},
      {"They left. View from the tower was poor, the newsletter said.", ""},
      {"RENATE MOTT, HOST:", "RENATE MOTT, HOST:"},
      {"The mayor had one question:", ""},
      {"Fear for the cables", "Fear for the cables"},
      {"Two of the cables have to be mended before the winter is back", ""}};
  for (const Row& row : rows) {
    const std::vector<std::string> got = left_out({bridge[0], bridge[1], row.line, bridge[2], bridge[3]});
    const std::vector<std::string> want =
        *row.piece == '\0' ? std::vector<std::string>() : std::vector<std::string>{row.piece};
    EXPECT_EQ(got, want) << row.line;
  }
}

// Where most sentences of a paragraph are the page's, short ones between them are too; what somebody said is not.
TEST(Furniture, MostOfAParagraph) {
  const std::string form =
      "Please verify you're not a robot. Invalid email address. Please re-enter. Thank you for subscribing.";
  EXPECT_EQ(left_out(with(bridge, 2, form + " One more step.")).size(), 5u);
  EXPECT_EQ(left_out(with(bridge, 2, form + " The mayor said the bridge would stay shut.")).size(), 4u);
}

TEST(Furniture, AGalleryInsideAText) {
  std::vector<std::string> lines = bridge;
  const char* const slides[] = {"Snow on the dam", "Ice under the northern tower", "A ferry in the fog",
                                "Ropes in the workshop"};
  for (int i = 0; i < 4; ++i)
    lines.push_back(std::to_string(i + 1) + "/4 " + slides[i] + ". It was cold there for days, too");
  EXPECT_EQ(left_out(lines).size(), 8u);
  // Three of four drivers are no gallery.
  EXPECT_TRUE(left_out(with(bridge, 2, "3/4 of the drivers turned back, the police said.")).empty());
}

TEST(Furniture, AnOfferBelowTwoTexts) {
  const std::vector<std::string> offer = {"The house in the valley is open to its friends until nine in the evening.",
                                          "Children pay half of that, and dogs stay at the door."};
  const auto article = [&](const char* id, const char* title, std::vector<std::string> lines) {
    lines.insert(lines.end(), offer.begin(), offer.end());
    Article a = page(lines, title);
    a.id = id;
    a.source = "Upland Observer";
    return a;
  };
  const std::vector<std::string> hut = {"Rescue teams reached the hut on Friday after two days of snow.",
                                        "All eleven were alive."};
  const std::vector<std::string> harbour = {
      "The harbour of Kivik will be deepened to nine metres, the county decided."};
  const auto offers_left = [&](const Article& a, const Article& b) {
    std::size_t n = 0;
    for (const auto& furniture : find_furniture(Corpus({a, b}))) n += furniture.size();
    return n;
  };
  EXPECT_EQ(offers_left(article("a", "Hikers found alive", hut), article("b", "Harbour deepened", harbour)), 4u);
  // Two versions of one report share its end, and it is body.
  EXPECT_EQ(offers_left(article("a", "Hikers found alive", hut), article("b", "Hikers alive after snow", harbour)), 0u);
}

// Links to other articles in each of the shapes that they take when a page has lost its markup, and lines that look like them
// and tell.
// A caption behind buttons or the name of a gallery tells something; the buttons, the name and the credit do not.
TEST(Furniture, CaptionsBehindButtonsAndNamesOfGalleriesStay) {
  const std::string title = "Halm bridge shut over cracked cables";
  struct Case {
    std::string line;
    std::vector<std::string> furniture;
  };
  const std::vector<Case> cases = {
      {"Facebook Twitter Pinterest Inspectors climb a cable on Tuesday. Photograph: Ada Renn/AP",
       {"Facebook Twitter Pinterest", "Photograph: Ada Renn/AP"}},
      {"Facebook Twitter Inspectors climb a cable on Tuesday.", {"Facebook Twitter"}},
      {"Photos: " + title + " Inspectors climb a cable. Hide Caption 3 of 12",
       {"Photos: " + title, "Hide Caption 3 of 12"}},
      {"Facebook Twitter Pinterest", {"Facebook Twitter Pinterest"}},
      {"Facebook Twitter Pinterest Photograph: Ada Renn/AP", {"Facebook Twitter Pinterest Photograph: Ada Renn/AP"}},
      {"Facebook Twitter Follow us on Instagram for our newsletter.",
       {"Facebook Twitter Follow us on Instagram for our newsletter."}},
      {"Photos: " + title, {"Photos: " + title}},
  };
  for (const Case& c : cases) EXPECT_EQ(found(page(with(bridge, 2, c.line), title)), c.furniture) << c.line;
}

// "The cables weren't new" is a clause, "New cables" a heading.
TEST(Furniture, ALineWithAContractedVerbIsNoHeading) {
  const auto told = [](const std::string& line) {
    std::vector<std::string> sentences;
    const Corpus corpus({page(with(bridge, 2, line))});
    const std::vector<Document> documents = analyze(corpus, 1);
    return std::any_of(documents[0].sentences.begin(), documents[0].sentences.end(),
                       [&](const Sentence& s) { return corpus[0].text.substr(s.range.begin, s.range.size()) == line; });
  };
  EXPECT_TRUE(told("The main cables weren't very new"));
  EXPECT_FALSE(told("Very new and expensive main cables"));
  EXPECT_FALSE(told("Don't miss the bridge again"));
}

TEST(Furniture, LinksToOtherArticles) {
  const auto rows = std::vector<std::pair<const char*, bool>>{
      {"Related What do the drivers think of the ferry?", false},  // ends as a sentence: may be one
      {"Related What do the drivers think? Why a ferry is no answer to them", true},
      {"Related to the closure is a dispute over who pays for it", false},
      {"More on bridges IN THE AIR Cables sing in the wind TALL ORDER Tower climbed by two students", true},
      {"FERRY FUN Ten trips to take HIGH TIDE Why the quay floods COLD FEET Swimmers at dawn", true},
      {"The NATO, the WHO and the HALM PORT AUTHORITY sent observers", false},
      {"The ten longest bridges - ranked! Read more", true},
      {"The council said that it would read more of the reports before it decides.", false},
      {"Lesen Sie auch Warum die Fähre kein Ersatz ist", true}};
  for (const auto& [line, furniture] : rows)
    EXPECT_EQ(left_out(with(bridge, 2, line)).size(), furniture ? 1u : 0u) << line;

  // Below words that head links: down to the end where all are short, else as far as they are no sentences.
  std::vector<std::string> lines = bridge;
  lines.insert(lines.end(), {bank[0], bank[1]});
  for (const char* line : {"Read more:", "A man swam the strait. Nobody saw him.", "Ferry prices double in a year"})
    lines.push_back(line);
  EXPECT_EQ(left_out(lines).size(), 3u);
  EXPECT_EQ(
      left_out({bridge[0], "Trending right now:", "This lamp costs nine crowns only today at Orlen Lamps", bridge[1]})
          .size(),
      2u);
  EXPECT_TRUE(left_out({bridge[0], "The mayor asked:", "Who is to pay for all of this?", bridge[1]}).empty());
}

// A sentence that happens to hold the word by which the outlet goes does not speak of the outlet.
TEST(Furniture, AnOutletsNameAsAWord) {
  const auto last = [](const char* line, const char* source) {
    std::vector<std::string> lines = bridge;
    lines.push_back(line);
    return found(page(lines, "", source)).size();
  };
  EXPECT_EQ(last("The tunnel will reopen on Friday.", "Tunnel"), 0u);
  EXPECT_EQ(last("The guild will ask for lamps.", "Guild"), 0u);
  EXPECT_EQ(last("Trialwatch takes no money from industry.", "Trialwatch"), 1u);
}

}  // namespace
}  // namespace storymerge

// A text that was analysed is not analysed again, and nobody can tell.

#include "storymerge/text/document.h"

#include <gtest/gtest.h>

#include <iostream>
#include <string>
#include <vector>

#include "text/same_body.h"

namespace storymerge {
namespace {

template <class T>
bool same_bytes(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const T& x, const T& y) {
    return x.range.begin == y.range.begin && x.range.end == y.range.end;
  });
}

TEST(Document, ACopyIsAnalysedAsIfItStoodAlone) {
  std::vector<Article> articles;
  const char* const texts[] = {
      "The ferry Aurora Sol capsized off Lidra on Tuesday, killing at least 12 people.\n\nShare this article",
      "Marta Osten resigned on Friday after 3,400 workers walked out."};
  for (int i = 0; i < 40; ++i) {
    Article a;
    a.id = "a" + std::to_string(100 + i);
    a.source = "Outlet " + std::to_string(i % 7);
    a.language = i % 5 == 4 ? "de" : "en";
    a.title = i % 3 == 0 ? "Ferry capsizes off Lidra" : "Osten resigns " + std::to_string(i);
    if (i % 4 != 3) a.published = Time(std::chrono::hours(500000 + 100 * (i % 6)));
    a.text = texts[i % 2];
    articles.push_back(a);
  }
  const Corpus corpus(articles);
  const std::vector<Document> all = analyze(corpus, 2);
  const auto furniture = find_furniture(corpus);
  for (ArticleIndex i = 0; i < corpus.size(); ++i) {
    const Document alone = analyze(corpus, i, furniture[i]);
    EXPECT_EQ(all[i].article, i);
    EXPECT_EQ(all[i].title.folded, alone.title.folded);
    EXPECT_EQ(all[i].title_terms, alone.title_terms);
    EXPECT_EQ(all[i].body.folded, alone.body.folded);
    EXPECT_EQ(all[i].body_terms, alone.body_terms);
    EXPECT_TRUE(same_bytes(all[i].sentences, alone.sentences));
    EXPECT_TRUE(same_bytes(all[i].furniture, alone.furniture));
    EXPECT_EQ(all[i].names.size(), alone.names.size());
    EXPECT_EQ(all[i].quantities.size(), alone.quantities.size());
    ASSERT_EQ(all[i].dates.size(), alone.dates.size());
    for (std::size_t k = 0; k < alone.dates.size(); ++k) {
      EXPECT_EQ(all[i].dates[k].from, alone.dates[k].from);
      EXPECT_EQ(all[i].dates[k].to, alone.dates[k].to);
    }
  }
}

TEST(Document, TheSameBodyHasTheSameTextLanguageFurnitureAndDays) {
  const auto article = [](std::string id, int hour, std::string text) {
    Article a;
    a.id = a.source = std::move(id);
    a.language = "en";
    a.published = Time(std::chrono::hours(500000 + hour));
    a.text = std::move(text);
    return a;
  };
  const std::string tuesday = "The ferry capsized off Lidra on Tuesday, killing at least 12 people.";
  const std::string undated = "The ferry capsized off Lidra, killing at least 12 people.";
  std::vector<Article> articles = {article("a", 0, tuesday),
                                   article("b", 1, tuesday),
                                   article("c", 300, tuesday),  // of another week
                                   article("d", 0, undated),
                                   article("e", 300, undated),  // tells no day
                                   article("f", 0, undated + "\n\nShare this article"),
                                   article("g", 0, undated)};
  articles[1].title = "Ferry capsizes";
  articles[6].language = "de";
  const Corpus corpus(articles);
  const std::vector<Document> documents = analyze(corpus);
  std::vector<ArticleIndex> all(corpus.size());
  for (ArticleIndex a = 0; a < corpus.size(); ++a) all[a] = a;
  const std::vector<std::uint32_t> first_with = first_with_body(corpus, documents, all);
  std::string first;
  for (const std::string id : {"a", "b", "c", "d", "e", "f", "g"}) first += corpus[first_with[*corpus.find(id)]].id;
  EXPECT_EQ(first, "aacddfg");
}

std::string without_mark(std::string item) {
  item.erase(0, item.find_first_not_of(' '));
  item.erase(item.find_last_not_of(" \n") + 1);
  for (const std::string mark : {"•", "⁃"}) {
    if (item.starts_with(mark)) item.erase(0, item.find_first_not_of(' ', mark.size()));
  }
  return item;
}

// The Golden Rules of English, a public list of where sentences end, each as the text of an article; a bar is an end. The mark of
// an item belongs to no sentence.
// The names that open the paragraphs of an interview are no part of what is said; those of a list of facts are.
TEST(Document, NamesBeforeTheTurnsOfAnInterviewAreLabels) {
  const auto labels = [](const char* text) {
    Article a;
    a.id = "a";
    a.language = "en";
    a.text = text;
    const Corpus corpus({a});
    const std::vector<Document> all = analyze(corpus);
    std::string out;
    for (const Furniture& f : all[0].furniture) out += std::string(corpus.quote({0, f.range.begin, f.range.end}));
    return out;
  };
  EXPECT_EQ(labels("Moe started it all.\n\nCourier: What did you say?\n\nInga Moe: I asked them what they had read.\n\n"
                   "Courier: And the heating?\n\nInga Moe: We wear pullovers. Books do not mind: they are patient."),
            "Courier:Inga Moe:Courier:Inga Moe:");
  EXPECT_EQ(
      labels("The town holds its fair again.\n\nPlace: The old tram depot is open to all.\n\nTime: It opens at nine on "
             "Saturday.\n\nPrice: Children pay nothing at all.\n\nParking: There is none near the depot."),
      "");
}

// Lines of signs part what stands above from what stands below; what differs in its numbers is told twice.
TEST(Document, RulesAreStructureAndOtherNumbersAreNoRepeats) {
  Article a;
  a.id = "a";
  a.language = "en";
  a.text =
      "The council voted late on Monday.\n\n___\n\nThe landslide at Ansel killed 15 people, the service said.\n\n* * "
      "*\n\n"
      "The rain had begun on Sunday night.\n\nThe landslide at Ansel killed 12 people, the service said.\n\nTwo roads "
      "are shut.";
  const Corpus corpus({a});
  const std::vector<Document> all = analyze(corpus);
  std::string out;
  for (const Furniture& f : all[0].furniture) out += std::string(corpus.quote({0, f.range.begin, f.range.end})) + "|";
  EXPECT_EQ(out, "___|* * *|");
}

TEST(Document, KeepsTheGoldenRulesOfSentences) {
  const std::vector<std::string> rules = {
      "Hello World. |My name is Jonas.",
      "What is your name? |My name is Jonas.",
      "There it is! |I found it.",
      "My name is Jonas E. Smith.",
      "Please turn to p. 55.",
      "Were Jane and co. at the party?",
      "They closed the deal with Pitt, Briggs & Co. at noon.",
      "Let's ask Jane and co. |They should know.",
      "They closed the deal with Pitt, Briggs & Co. |It closed yesterday.",
      "I can see Mt. Fuji from here.",
      "St. Michael's Church is on 5th st. near the light.",
      "That is JFK Jr.'s book.",
      "I visited the U.S.A. last year.",
      "I live in the E.U. |How about you?",
      "I live in the U.S. |How about you?",
      "I work for the U.S. Government in Virginia.",
      "I have lived in the U.S. for 20 years.",
      "At 5 a.m. Mr. Smith went to the bank. |He left the bank at 6 P.M. |Mr. Smith then went to the store.",
      "She has $100.00 in her bag.",
      "She has $100.00. |It is in her bag.",
      "He teaches science (He previously worked for 5 years as an engineer.) at the local University.",
      "Her email is Jane.Doe@example.com. |I sent her an email.",
      "The site is: https://www.example.50.com/new-site/awesome_content.html. |Please check it out.",
      "She turned to him, 'This is great.' she said.",
      "She turned to him, \"This is great.\" she said.",
      "She turned to him, \"This is great.\" |She held the book out to show him.",
      "Hello!! |Long time no see.",
      "Hello?? |Who is there?",
      "Hello!? |Is that you?",
      "Hello?! |Is that you?",
      "1.) The first item |2.) The second item",
      "1.) The first item. |2.) The second item.",
      "1) The first item |2) The second item",
      "1) The first item. |2) The second item.",
      "1. The first item |2. The second item",
      "1. The first item. |2. The second item.",
      "• 9. The first item |• 10. The second item",
      "⁃9. The first item |⁃10. The second item",
      "a. The first item |b. The second item |c. The third list item",
      "This is a sentence\ncut off in the middle because pdf.",
      "It was a cold \nnight in the city.",
      "features\n|contact manager\n|events, activities",
      "You can find it at N°. 1026.253.553. |That is where the treasure is.",
      "She works at Yahoo! in the accounting department.",
      "We make a good team, you and I. |Did you see Albert I. Jones yesterday?",
      "Thoreau argues that by simplifying one’s life, “the laws of the universe will appear less complex. . . .”",
      "\"Bohr [...] used the analogy of parallel stairways [...]\" (Smith 55).",
      "If words are left off at the end of a sentence, and that is all that is omitted, indicate the omission with "
      "ellipsis marks (preceded and followed by a space) and then indicate the end of the sentence with a period . . . "
      ". |Next sentence.",
      "I never meant that.... |She left the store.",
      "I wasn't really ... well, what I mean...see . . . what I'm saying, the thing is . . . I didn't mean it.",
      "One further habit which was somewhat weakened . . . was that of combining words into self-interpreting "
      "compounds. |. . . The practice was not abandoned. . . .",
      "Hello world.|Today is Tuesday.|Mr. Smith went to the store and bought 1,000.|That is a lot.",
  };
  std::size_t right = 0;
  for (const std::string& marked : rules) {
    Article article;
    article.id = "a";
    article.language = "en";
    std::vector<std::string> want(1), got;
    for (const char c : marked) {
      if (c == '|') {
        want.emplace_back();
      } else {
        article.text += c;
        want.back() += c;
      }
    }
    const Corpus corpus({article});
    const Document document = analyze(corpus, 1).front();
    for (const Sentence& s : document.sentences) got.push_back(corpus[0].text.substr(s.range.begin, s.range.size()));
    for (std::vector<std::string>* list : {&want, &got}) {
      for (std::string& s : *list) s = without_mark(std::move(s));
    }
    right += got == want;
    if (got != want) std::cout << "other than the list says: " << marked << '\n';
  }
  EXPECT_GE(static_cast<double>(right), 0.98 * static_cast<double>(rules.size()));
}

}  // namespace
}  // namespace storymerge

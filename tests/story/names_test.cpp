// Spellings, exonyms, acronyms and offices that are one name, and likenesses that are two.

#include "storymerge/story/names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "storymerge/text/document.h"

namespace storymerge {
namespace {

struct Unified {
  Corpus corpus;
  std::vector<Document> documents;
  StoryNames names;
  std::vector<NamesApart> apart;

  explicit Unified(const std::vector<std::string>& texts) {
    std::vector<Article> articles;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      Article& a = articles.emplace_back();
      a.id = std::string(1, static_cast<char>('a' + i));
      a.text = texts[i];
    }
    corpus = Corpus(std::move(articles));
    documents = analyze(corpus, 1);
    Story story;
    for (ArticleIndex i = 0; i < corpus.size(); ++i) story.articles.push_back(i);
    names = unify_names(corpus, documents, story, &apart);
  }

  std::set<std::uint32_t> of(std::string_view written) const {  // the names that mentions written so belong to
    std::set<std::uint32_t> out;
    for (ArticleIndex k = 0; k < corpus.size(); ++k) {
      for (std::size_t m = 0; m < documents[k].names.size(); ++m) {
        const ByteRange r = documents[k].names[m].range;
        if (corpus.quote({k, r.begin, r.end}) == written) out.insert(names.name_of[k][m]);
      }
    }
    return out;
  }
  bool same(std::string_view a, std::string_view b) const {
    const auto x = of(a), y = of(b);
    EXPECT_EQ(x.size(), 1u) << a;
    EXPECT_EQ(y.size(), 1u) << b;
    return x == y;
  }
  std::string rule(std::string_view variant) const {
    for (const Name& n : names.names) {
      for (std::size_t v = 0; v < n.variants.size(); ++v) {
        if (n.variants[v] == variant) return n.rules[v];
      }
    }
    return "";
  }
};

TEST(UnifyNames, ExonymsOfATableAreOneName) {
  for (const auto& [a, b] : std::vector<std::pair<std::string, std::string>>{{"Lemberg", "Lviv"},
                                                                             {"Milan", "Milano"},
                                                                             {"Danzig", "Gdansk"},
                                                                             {"Wroclaw", "Breslau"},
                                                                             {"Bangalore", "Bengaluru"}}) {
    const Unified u({"The talks in " + a + " began on Friday.", "The talks in " + b + " began on Friday."});
    EXPECT_TRUE(u.same(a, b)) << a;
  }
  const Unified apart({"The talks in Lviv began on Friday.", "The talks in Kyiv began on Friday."});
  EXPECT_FALSE(apart.same("Lviv", "Kyiv"));
}

TEST(UnifyNames, RomanisationsAreOneName) {
  const Unified u({"On Friday Volodymyr Zelenskiy spoke in Kyiv. Then Zelenskiy left.",
                   "On Friday Volodymyr Zelensky spoke in Kiev. Then Zelensky left.", "Later on Zelenskyy denied it."});
  EXPECT_TRUE(u.same("Zelenskiy", "Zelensky"));
  EXPECT_TRUE(u.same("Volodymyr Zelenskiy", "Zelenskyy"));
  EXPECT_TRUE(u.same("Kyiv", "Kiev"));
  EXPECT_EQ(u.rule("Kiev"), "exonym");
  EXPECT_EQ(u.rule("Zelensky"), "surname");
}

TEST(UnifyNames, SpellingsOfBothNamesAreOnePerson) {
  const Unified u({"Rescuers found Marek Walczak alive.", "Rescuers found Marik Walcak alive. A doctor saw Walcak."});
  EXPECT_TRUE(u.same("Marek Walczak", "Marik Walcak"));
  EXPECT_TRUE(u.same("Marek Walczak", "Walcak"));
}

TEST(UnifyNames, OneSoundHasManyLetters) {
  for (const auto& [a, b] : std::vector<std::pair<std::string, std::string>>{
           {"Ilse Caradec", "Ilse Caradek"}, {"Lida Oravec", "Lida Oravetz"}, {"Pål Henning", "Paal Henning"}}) {
    EXPECT_TRUE(Unified({"Rescuers found " + a + " alive.", "Rescuers found " + b + " alive."}).same(a, b)) << a;
  }
  EXPECT_FALSE(
      Unified({"Rescuers found Ana Pol alive.", "Rescuers found Ana Paul alive."}).same("Ana Pol", "Ana Paul"));
}

TEST(UnifyNames, TwoGivenNamesOfOneFamilyStayTwo) {
  const Unified u({"Rescuers found Bruno Calvet alive. A doctor saw Calvet.",
                   "Rescuers found Hector Calvet alive. A doctor saw Calvet."});
  EXPECT_FALSE(u.same("Bruno Calvet", "Hector Calvet"));
  // The bare surname means, in each article, the one named there.
  for (ArticleIndex k = 0; k < 2; ++k) {
    ASSERT_EQ(u.names.name_of[k].size(), 2u);
    EXPECT_EQ(u.names.name_of[k][0], u.names.name_of[k][1]);
  }
}

TEST(UnifyNames, AcronymsDemonymsAndCapitals) {
  const Unified u({"The National Harbour Council met in Velmora. The NHC said that Velmoran ships wait.",
                   "In VELMORA the NHC met again."});
  EXPECT_TRUE(u.same("National Harbour Council", "NHC"));
  EXPECT_TRUE(u.same("Velmora", "Velmoran"));
  EXPECT_TRUE(u.same("Velmora", "VELMORA"));
  EXPECT_EQ(u.rule("NHC"), "acronym");
  EXPECT_EQ(u.rule("Velmoran"), "demonym");
  EXPECT_EQ(u.rule("VELMORA"), "capitals or accents");
}

TEST(UnifyNames, AnOfficeStandsForItsHolder) {
  const Unified u(
      {"In Velmora, Prime Minister Ana Kovac met Captain Ivo Strand. Later the prime minister left, and the captain "
       "stayed. Then the president arrived."});
  ASSERT_EQ(u.names.roles.size(), 2u);
  EXPECT_EQ(u.corpus.quote(u.names.roles[0].span), "the prime minister");
  EXPECT_EQ(u.names.roles[0].name, *u.of("Ana Kovac").begin());
  EXPECT_EQ(u.corpus.quote(u.names.roles[1].span), "the captain");
  EXPECT_EQ(u.names.roles[1].name, *u.of("Ivo Strand").begin());
  EXPECT_EQ(u.rule("the prime minister"), "role");
}

TEST(UnifyNames, TwoHoldersOfOneOfficeAreNotGuessed) {
  const Unified u({"In Velmora, Captain Ana Kovac met Captain Ivo Strand. Later the captain left."});
  EXPECT_TRUE(u.names.roles.empty());
}

TEST(UnifyNames, TwoSpellingsInOneArticleAreTwoNames) {
  const Unified u({"The road runs from Halden to Haldun and on.", "The road runs from Halden to Haldun again."});
  EXPECT_FALSE(u.same("Halden", "Haldun"));
}

struct Pair {
  std::vector<std::string> texts;  // one an article
  std::string a, b;                // two mentions
  bool same;
};

// Each beside a twin in which the opposite is right.
TEST(UnifyNames, OneNameIsOneThing) {
  const std::vector<Pair> cases = {
      // family name first
      {{"On Monday Kim Jong-un spoke.", "On Monday Kim Jong-il spoke."}, "Kim Jong-un", "Kim Jong-il", false},
      {{"On Monday Kim Jong-un spoke.", "On Monday Kim Jong Un spoke."}, "Kim Jong-un", "Kim Jong Un", true},
      // father and son, brothers
      {{"On Monday Viktor Holm Jr spoke.", "On Monday Viktor Holm Sr spoke."},
       "Viktor Holm Jr",
       "Viktor Holm Sr",
       false},
      {{"On Monday Viktor Holm Jr spoke. Then Holm left."}, "Viktor Holm Jr", "Holm", true},
      {{"On Monday Viktor Holm Jr spoke.", "On Monday Viktor Holm spoke."}, "Viktor Holm Jr", "Viktor Holm", false},
      {{"On Monday Viktor Holm Jr spoke. Then Viktor Holm left."}, "Viktor Holm Jr", "Viktor Holm", true},
      {{"On Monday Bo Steen and Ulf Steen spoke."}, "Bo Steen", "Ulf Steen", false},
      // particles
      {{"On Monday Ursula von Halben spoke. Von Halben left."}, "Ursula von Halben", "Von Halben", true},
      {{"On Monday Ursula von Halben spoke. Van Halben left."}, "Ursula von Halben", "Van Halben", false},
      // months
      {{"On Monday Rose May spoke. Then Ms May left."}, "Rose May", "May", true},
      // nicknames
      {{"On Monday William Tarn spoke.", "On Monday Billy Tarn spoke."}, "William Tarn", "Billy Tarn", true},
      {{"On Monday William Tarn spoke.", "On Monday Bob Tarn spoke."}, "William Tarn", "Bob Tarn", false},
      {{"On Monday Katherine Ohlin spoke.", "On Monday Kate Ohlin spoke."}, "Katherine Ohlin", "Kate Ohlin", true},
      {{"On Monday Robert Ohlin spoke.", "On Monday Bob Ohlin spoke."}, "Robert Ohlin", "Bob Ohlin", true},
      {{"On Monday Robert Ohlin spoke.", "On Monday Rosa Ohlin spoke."}, "Robert Ohlin", "Rosa Ohlin", false},
      // titles
      {{"On Monday Mayor Ana Kovac spoke.", "On Monday Dr Ana Kovac spoke."}, "Ana Kovac", "Ana Kovac", true},
      // double surnames
      {{"On Monday Luis Ortega Benitez spoke.", "On Monday Luis Ortega spoke."},
       "Luis Ortega Benitez",
       "Luis Ortega",
       true},
      {{"On Monday Luis Ortega Benitez spoke.", "On Monday Luis Ortega Salas spoke."},
       "Luis Ortega Benitez",
       "Luis Ortega Salas",
       false},
      // particles
      {{"On Monday Ursula von der Leyen spoke. Then Leyen left."}, "Ursula von der Leyen", "Leyen", true},
      // initials and middle names
      {{"On Monday Eric Allen Kirkpatrick spoke.", "On Monday Eric Kirkpatrick spoke."},
       "Eric Allen Kirkpatrick",
       "Eric Kirkpatrick",
       true},
      {{"On Monday J. Kirkpatrick spoke.", "On Monday John Kirkpatrick spoke."},
       "J. Kirkpatrick",
       "John Kirkpatrick",
       true},
      {{"On Monday J. Kirkpatrick spoke.", "On Monday Eric Kirkpatrick spoke."},
       "J. Kirkpatrick",
       "Eric Kirkpatrick",
       false},
      // houses and chambers
      {{"On Monday the Amber House spoke. Then the House voted."}, "Amber House", "House", false},
      {{"On Monday the White House spoke.", "On Monday the House voted."}, "White House", "House", false},
      {{"On Monday the Senate voted.", "On Monday the House voted."}, "Senate", "House", false},
      {{"On Monday the Sorrel Bank spoke. Then Velmora Bank closed."}, "Sorrel Bank", "Velmora Bank", false},
      // acronyms
      {{"On Monday the National Grain Board met.", "On Monday the NGB met."}, "National Grain Board", "NGB", true},
      {{"On Monday the National Grain Board met.", "On Monday the NGD met."}, "National Grain Board", "NGD", false},
      // places
      {{"On Monday Kyiv woke up.", "On Monday Kiev woke up."}, "Kyiv", "Kiev", true},
      {{"On Monday North Tarva woke up.", "On Monday South Tarva woke up."}, "North Tarva", "South Tarva", false},
      {{"On Monday Port Selm woke up.", "On Monday Port Selm Infirmary woke up."},
       "Port Selm",
       "Port Selm Infirmary",
       false},
      {{"On Monday Sarmic Velmora met. Then Sarmic Velmora Ferries closed."},
       "Sarmic Velmora",
       "Sarmic Velmora Ferries",
       true},
      {{"On Monday Ana Kovač spoke.", "On Monday Ana Kovac spoke."}, "Ana Kovač", "Ana Kovac", true},
      // a father, and then his son
      {{"On Monday Viktor Holm and his son, Viktor Holm Jr, spoke."}, "Viktor Holm", "Viktor Holm Jr", false},
      // two names that stand together
      {{"The Velmark Twitter account was shut. Then Twitter spoke. Velmark spoke."},
       "Velmark Twitter",
       "Twitter",
       false},
      {{"On Monday County Public closed. There Public anger grew."}, "County Public", "Public", false},
      {{"On Monday New Holm and the New Holm Times spoke."}, "New Holm", "New Holm Times", false},
      {{"On Monday the Tarvian Joan spoke. The Tarvian army left."}, "Tarvian Joan", "Tarvian", false},
  };
  for (const Pair& c : cases) {
    const Unified u(c.texts);
    EXPECT_EQ(u.same(c.a, c.b), c.same) << c.a << " / " << c.b;
  }
}

TEST(UnifyNames, TellWhatKeepsThemApart) {
  struct Kept {
    std::vector<std::string> texts;
    std::string a, b, rule;
  };
  const std::vector<Kept> cases = {
      {{"On Monday Viktor Holm Jr spoke.", "On Monday Viktor Holm Sr spoke."},
       "Viktor Holm Jr",
       "Viktor Holm Sr",
       "generation"},
      {{"On Monday Viktor Holm Jr spoke.", "On Monday Viktor Holm spoke."},
       "Viktor Holm Jr",
       "Viktor Holm",
       "generation"},
      {{"On Monday Bo Steen and Ulf Steen spoke."}, "Bo Steen", "Ulf Steen", "given name"},
      {{"On Monday Kim Jong-un spoke.", "On Monday Kim Jong-il spoke."}, "Kim Jong-un", "Kim Jong-il", ""},
      {{"On Monday the Amber House spoke. Then the House voted."}, "Amber House", "House", "word of a body"},
      {{"On Monday Port Selm woke up.", "On Monday Port Selm Infirmary woke up."},
       "Port Selm",
       "Port Selm Infirmary",
       "named after it"},
      {{"The road runs from Halden to Haldun and on."}, "Halden", "Haldun", "both in one article"},
      {{"On Monday Ana Kovac spoke. Then Kovac left."}, "Ana Kovac", "Kovac", ""},
  };
  for (const Kept& c : cases) {
    const Unified u(c.texts);
    std::string rule;
    for (const NamesApart& row : u.apart) {
      EXPECT_LT(row.a, row.b);
      if (u.of(c.a).contains(row.a) != u.of(c.a).contains(row.b)) rule = row.rule;
    }
    EXPECT_EQ(rule, c.rule) << c.a << " / " << c.b;
  }
}

TEST(FindNames, GivenNamesThatAreWords) {
  struct Case {
    std::string text, name;
    bool found;
  };
  const std::vector<Case> cases = {
      {"Will Tarrant said so.", "Will Tarrant", true},
      {"Will Tarrant resign?", "Will Tarrant", false},
      {"Will the farmers pay?", "Will", false},
      {"Grace Okello runs the farm.", "Grace Okello", true},
      {"Grace is a virtue.", "Grace", false},
      {"Mark Dillon runs the farm.", "Mark Dillon", true},
      {"Mark my words.", "Mark", false},
      {"May Lindqvist runs the farm.", "May Lindqvist", true},
      {"In May Lindqvist sold the farm.", "May Lindqvist", false},
      {"May rains came early.", "May", false},
      {"Rose Abbott runs the farm.", "Rose Abbott", true},
      {"Rose petals fell.", "Rose", false},
      {"On Monday Will Tarrant and May Lindqvist met.", "Will Tarrant", true},
      {"On Monday Will Tarrant and May Lindqvist met.", "May Lindqvist", true},
      {"Hope Brandvold runs the farm.", "Hope Brandvold", true},
      {"Hope is not lost.", "Hope", false},
      {"Jack Brenk runs the farm.", "Jack Brenk", true},
      {"Van Orlen runs the farm.", "Van Orlen", true},
      {"Rose May runs the farm.", "Rose May", true},
      {"On Monday Theresa May runs the farm.", "Theresa May", true},
      {"Theresa May runs the farm. May bought it.", "May", true},
      {"Maria de la Cruz runs the farm.", "Maria de la Cruz", true},
      {"Clara von Hagen runs it. “I am glad,” von Hagen said.", "von Hagen", true},
      {"Theresa Brandvold runs the farm. In May she bought it.", "May", false},
      {"On Monday Anna came, in June May 5 was hot.", "June May", false},
  };
  for (const Case& c : cases) {
    Article article;
    article.id = "a";
    article.text = c.text;
    const Corpus corpus({article});
    const std::vector<Document> documents = analyze(corpus, 1);
    bool found = false;
    for (const NameMention& m : documents[0].names)
      found = found || corpus.quote({0, m.range.begin, m.range.end}) == c.name;
    EXPECT_EQ(found, c.found) << c.text;
  }
}

// An article or preposition whose vowel is left out is no part of a name, unless it joins two of its words.
TEST(FindNames, BehindElisions) {
  const std::string text =
      "Le pont est sûr, selon l'ONU. L’ONU a dit que l'Ukraine est d'accord avec la Côte d'Ivoire et qu'Ana Ruiz est "
      "venue d’Alger. L'usine de la ville a fermé. La mort d'Alain Berg a surpris l'Élysée et la France d'Ana Ruiz.";
  Article article;
  article.id = "a";
  article.language = "fr";
  article.text = text;
  const Corpus corpus({article});
  const std::vector<Document> documents = analyze(corpus, 1);
  std::vector<std::string> names;
  for (const NameMention& m : documents[0].names)
    names.push_back(std::string(corpus.quote({0, m.range.begin, m.range.end})));
  EXPECT_EQ(names, (std::vector<std::string>{"ONU", "ONU", "Ukraine", "Côte d'Ivoire", "Ana Ruiz", "Alger",
                                             "Alain Berg", "Élysée", "France", "Ana Ruiz"}));
  Story story;
  story.articles = {0};
  const StoryNames unified = unify_names(corpus, documents, story);
  EXPECT_EQ(unified.name_of[0][0], unified.name_of[0][1]);
  EXPECT_EQ(unified.names[unified.name_of[0][0]].canonical, "ONU");
  EXPECT_EQ(unified.name_of[0][4], unified.name_of[0][9]);
}

// Every mention has a name, every variant a rule, and a name stands in its own story's words.
TEST(UnifyNames, IsComplete) {
  const Unified u({"Bank of Velmora chief Ana Kovac met U.S. envoys. Kovac's office denied it.", "",
                   "No name here at all.", "ANA KOVAC LEFT. Ana Kovač came to the US."});
  ASSERT_EQ(u.names.name_of.size(), 4u);
  for (ArticleIndex k = 0; k < 4; ++k) {
    ASSERT_EQ(u.names.name_of[k].size(), u.documents[k].names.size());
    for (const std::uint32_t n : u.names.name_of[k]) EXPECT_LT(n, u.names.names.size());
  }
  for (const Name& n : u.names.names) {
    EXPECT_FALSE(n.canonical.empty());
    ASSERT_EQ(n.variants.size(), n.rules.size());
    EXPECT_TRUE(std::is_sorted(n.variants.begin(), n.variants.end()));
    for (const std::string& rule : n.rules) EXPECT_FALSE(rule.empty()) << n.canonical;
  }
}

}  // namespace
}  // namespace storymerge

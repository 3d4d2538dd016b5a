#pragma once
// Corpora to hold the laws against: the gold stories, the example day, and generated ones that are as hostile as the
// web.

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "storymerge/base/corpus.h"
#include "storymerge/eval/gold.h"
#include "storymerge/read/read.h"
#include "support/files.h"

namespace storymerge::testing {

inline std::vector<Article> gold_coverage() {
  const std::string folder = project_root / "data" / "gold";
  const std::vector<GoldStory> stories = read_gold({&folder, 1});
  return gold_articles(stories);
}

inline std::vector<Article> example_day() {
  const std::string file = project_root / "data" / "day.jsonl";
  const ReadResult read = read_articles({file});
  return {read.corpus.articles().begin(), read.corpus.articles().end()};
}

// What pages are made of when nothing is as it should be. All of it is valid UTF-8.
inline const std::vector<std::string>& hostile_pieces() {
  static const std::vector<std::string> pieces = {
      "",
      " ",
      "\n\n",
      "\r\n",
      "\t \u00a0\u2003\u3000\n",
      std::string("nul\0byte", 8),
      "\x01\x02\x1f\x7f",
      "\ufeffByte order mark.",
      "Share this article",
      "3 min read\nListen to this article0:00 min",
      "© 2031 Nobody. All rights reserved.",
      "At least 12 people died, officials said.",
      "At least 15 people died, officials said.",
      "Nobody died, officials said on Tuesday.",
      "“She said ‘no’, he said “yes” and nobody closed the quote.",
      "\"\"\"\"''''``",
      "He said: \"One. Two! Three?\" Then he left.",
      "Mr. Smith of the U.S. met Dr. J. R. Jones Jr. at 5:10 p.m. on Jan. 3, 2031. They spoke.",
      "$1.2bn, 40%, 3,400.50 km, 10-12, a dozen, half a million, 1e999, 99999999999999999999999999, 0x7f, -0.",
      "On 31 February 2031 and 13/13/13 and in the year 0 and tomorrow and yesterday at 25:61.",
      "- a bullet\n- another bullet\n* a third\n1. one\n2. two",
      "ALL CAPITALS SHOUTED BY EVERYBODY IN A LINE WITHOUT END",
      "no capitals and no full stop either and it goes on",
      "Володимир Зеленський сказав, що переговори були конструктивними. Вони тривали 2 години.",
      "東京で地震があり、少なくとも三人が死亡した。政府は調査を始めた。",
      "قال الرئيس إن المحادثات كانت بناءة. وأضاف أنها استمرت ساعتين.",
      "กรุงเทพมหานครเป็นเมืองหลวงของประเทศไทย",
      "Straße, Málek, naïve, ﬁne, Ｆｕｌｌｗｉｄｔｈ, İstanbul, ǅ, ẞ.",
      "e\u0301\u0301\u0301\u0301 combining \u0301 marks \u200d joiners \u200b",
      "👩‍👩‍👧‍👦 🇺🇦 👍🏽 emoji said so.",
      "line\u2028separator and paragraph\u2029separator and next\u0085line",
      "\u202eright to left override\u202c",
      "<p>Not <b>HTML</b> &amp; yet</p><script>alert('12 dead')</script>",
      "https://example.org/a/very/long/path?with=query&and=more#fragment user@example.org @handle #tag",
      "....... --- !!! ??? … — – · • ¶ §",
      "a.b.c.d.e.f.g. A.B.C. e.g. i.e. etc. vs. No. 5",
      "((((((((((((((((((((",
      std::string(3000, 'x'),
      "word word word word word word word word word word word word word word word word word word word word",
  };
  return pieces;
}

// `count` articles of such pieces, some copies of others, some without title, date, source or text.
inline std::vector<Article> hostile_coverage(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const auto& pieces = hostile_pieces();
  const Time first = *parse_time("2031-03-14T09:00:00Z");
  std::vector<Article> out;
  for (std::size_t i = 0; i < count; ++i) {
    Article a;
    if (!out.empty() && below(4) == 0) {
      a = out[below(out.size())];
      if (below(2) == 0) a.text += pieces[below(pieces.size())];
      if (below(3) == 0) a.text = pieces[below(pieces.size())] + "\n\n" + a.text;
    } else {
      for (std::size_t n = below(12); n > 0; --n) {
        a.text += pieces[below(pieces.size())];
        a.text += (below(3) == 0 ? "\n\n" : below(2) == 0 ? "\n" : " ");
      }
      if (below(3) != 0) a.title = pieces[below(pieces.size())];
    }
    a.id = "h" + std::to_string(i);
    a.source = below(5) == 0 ? "" : "Outlet " + std::to_string(below(4));
    a.language = below(4) == 0 ? "uk" : below(4) == 0 ? "xx-nonsense" : "";
    a.published.reset();
    if (below(4) != 0) a.published = first + std::chrono::minutes(below(6000));
    if (below(40) == 0) a.published = *parse_time("0001-01-01");
    if (below(40) == 0) a.published = *parse_time("9999-12-31T23:59:59Z");
    out.push_back(std::move(a));
  }
  return out;
}

// Reports of invented events by several outlets: each outlet tells some facts of its event in its own order, some
// outlets reprint others, most pages carry furniture. Ordinary to look at, different for every seed.
inline std::vector<Article> generated_coverage(unsigned seed, std::size_t events) {
  static const std::vector<std::string> places = {"Oldbrek", "Velmouth", "Tessin", "Sarn", "Karst", "Lidra", "Arnsby"};
  static const std::vector<std::string> things = {"bridge", "factory",   "tram",  "school",
                                                  "tunnel", "warehouse", "market"};
  static const std::vector<std::string> verbs = {"collapsed", "caught fire", "was closed", "was flooded",
                                                 "was searched"};
  static const std::vector<std::string> people = {"Ilona Brandt", "Karel Dvoran", "Halina Wójcek",  "José Málek",
                                                  "Oda Fennel",   "Jens Odal",    "Livia Marchetti"};
  static const std::vector<std::string> furniture = {"Share this article", "3 min read", "More in World",
                                                     "Sign up for our newsletter",
                                                     "© 2031 The Outlet. All rights reserved."};
  std::mt19937 random(seed);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const auto pick = [&](const std::vector<std::string>& from) { return from[below(from.size())]; };
  const Time first = *parse_time("2031-03-14T09:00:00Z");
  std::vector<Article> out;
  for (std::size_t e = 0; e < events; ++e) {
    const std::string place = pick(places), thing = pick(things), who = pick(people), other = pick(people);
    const std::size_t dead = 2 + below(30);
    std::vector<std::string> facts = {
        "A " + thing + " in " + place + " " + pick(verbs) + " on Tuesday, the fire service said.",
        "At least " + std::to_string(dead) + " people were killed, according to " + who + ".",
        who + ", who leads the rescue, said the search would go on through the night.",
        "“We heard a noise like a train,” said " + other + ", who lives nearby.",
        "The " + thing + " was built in " + std::to_string(1900 + below(100)) + " and inspected last year.",
        "Repairs will cost $" + std::to_string(1 + below(90)) + ".5 million, the city estimates.",
        "About " + std::to_string(10 * (1 + below(60))) + " residents of " + place +
            " spent the night in a sports hall.",
        "The mayor of " + place + " denied that the " + thing + " had been unsafe."};
    const std::size_t reports = 1 + below(5);
    std::size_t original = 0;
    for (std::size_t r = 0; r < reports; ++r) {
      Article a;
      if (r > 0 && below(3) == 0) {
        a = out[original];  // a reprint
      } else {
        std::vector<std::string> told = facts;
        std::shuffle(told.begin() + 1, told.end(), random);
        told.resize(3 + below(told.size() - 2));
        if (below(3) == 0)
          told[1] = std::to_string(dead + 1 + below(9)) + " people are dead, " + other + " said later.";
        for (const std::string& fact : told) a.text += (a.text.empty() ? "" : below(2) == 0 ? "\n\n" : " ") + fact;
        a.title = place + " " + thing + ": " + (below(2) == 0 ? "what we know" : std::to_string(dead) + " dead");
        original = out.size();
      }
      a.id = "e" + std::to_string(e) + "-" + std::to_string(r);
      a.source = "Outlet " + std::to_string(below(6));
      a.url = "https://outlet.example/" + a.id;
      if (below(10) != 0) a.published = first + std::chrono::hours(30 * e) + std::chrono::minutes(47 * r);
      if (below(2) == 0) a.text = pick(furniture) + "\n\n" + a.text;
      if (below(2) == 0) a.text += "\n\n" + pick(furniture);
      out.push_back(std::move(a));
    }
  }
  return out;
}

}  // namespace storymerge::testing

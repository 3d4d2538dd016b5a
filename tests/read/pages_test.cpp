// Saved pages in many designs (data/pages): how much of the marked body is found, and how little else.

#include <gtest/gtest.h>
#include <storymerge/read/page.h>
#include <storymerge/read/read.h>
#include <storymerge/text/furniture.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "support/files.h"

namespace storymerge {
namespace {

std::map<std::string, int> tokens(const std::string& text) {
  std::map<std::string, int> out;
  std::string word;
  for (const char c : text + " ") {
    const bool part = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (part) word += c;
    if (!part && !word.empty()) ++out[std::exchange(word, {})];
  }
  return out;
}

double token_f1(const std::string& got, const std::string& want) {
  const auto a = tokens(got), b = tokens(want);
  double shared = 0, sizes = 0;
  for (const auto& [word, n] : a) {
    sizes += n;
    if (const auto at = b.find(word); at != b.end()) shared += std::min(n, at->second);
  }
  for (const auto& [word, n] : b) sizes += n;
  return sizes == 0 ? 0 : 2 * shared / sizes;
}

TEST(Pages, MarkedBodyIsFound) {
  const std::filesystem::path folder = testing::project_root / "data/pages";
  std::vector<std::filesystem::path> pages;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".html") pages.push_back(entry.path());
  }
  std::sort(pages.begin(), pages.end());
  ASSERT_GE(pages.size(), 100u);
  double sum = 0;
  for (const auto& page : pages) {
    const ReadResult got = read_articles({page.string()});
    std::ifstream file(std::filesystem::path(page).replace_extension(".txt"));
    const std::string want{std::istreambuf_iterator<char>(file), {}};
    ASSERT_EQ(got.corpus.size(), 1u) << page;
    std::string body = got.corpus[0].text;
    const std::vector<Furniture> furniture = find_furniture(got.corpus[0]);
    for (auto f = furniture.rbegin(); f != furniture.rend(); ++f) body.erase(f->range.begin, f->range.size());
    const double f1 = token_f1(body, want);
    EXPECT_GE(f1, 0.75) << page << "\n" << got.corpus[0].text;
    EXPECT_FALSE(got.corpus[0].title.empty()) << page;
    sum += f1;
    if (f1 < 0.97)
      std::cout << page.filename() << " " << f1 << " of the page's text alone " << token_f1(got.corpus[0].text, want)
                << "\n";
  }
  std::cout << "token F1 on " << pages.size() << " pages: " << sum / static_cast<double>(pages.size()) << "\n";
  EXPECT_GE(sum / static_cast<double>(pages.size()), 0.995);
}

TEST(Pages, WhatAPageSaysOfItself) {
  const auto one = [](const char* name) {
    return read_articles({(testing::project_root / "data/pages" / name).string()}).corpus[0];
  };
  const Article classic = one("news-classic.html");
  EXPECT_EQ(classic.title, "Halm bridge closed after cracks found in main cables");
  EXPECT_EQ(classic.source, "The Varn Courier");
  EXPECT_EQ(classic.url, "https://varncourier.example/2031/03/11/halm-bridge");
  EXPECT_EQ(classic.language, "en");
  EXPECT_EQ(format_time(*classic.published), "2031-03-11T07:40:00Z");
  const Article amp = one("amp.html");
  EXPECT_EQ(amp.author, "Ada Renn, Piet Holm");
  EXPECT_EQ(amp.source, "The Esterby Sentinel");
  const Article blog = one("blog-wordpress.html");
  EXPECT_EQ(blog.author, "Wim Harker");
  EXPECT_EQ(format_time(*blog.published), "2031-02-03T19:00:00Z");
  EXPECT_EQ(one("itemprop-body.html").published, parse_time("2031-02-14T16:30:00Z"));
  EXPECT_EQ(one("spanish-utf16.html").author, "Julia Prado");
  EXPECT_EQ(one("liveblog-ld.html").source, "Meridiana 24");
  const auto says = [&](const char* name, const char* title, const char* author, const char* day) {
    const Article page = one(name);
    EXPECT_EQ(page.title, title) << name;
    EXPECT_EQ(page.author, author) << name;
    EXPECT_EQ(page.published ? format_time(*page.published).substr(0, 10) : "", day) << name;
  };
  says("table-1998.html", "Ferry runs aground off Tolm, three crew missing", "MARA LIND", "2031-03-11");
  says("data-block-only.html", "Ferry runs aground off Tolm, three crew missing", "Mara Lind", "2031-03-11");
  says("cross-heads.html", "Last coal mine in Oster valley to close in March", "Jan Falk", "2031-03-06");
  says("blog-loose.html", "Otters are back", "Gull Watcher", "2031-02-09");
  says("daily-french.html", "Le pont de Lidra rouvrira lundi aux voitures", "Aline Roy", "2031-03-20");
  says("polish-date.html", "Penwick council raises property tax to mend library", "", "2031-02-10");
  says("italian-date.html", "Penwick council raises property tax to mend library", "", "2031-02-10");
  says("byline-plain.html", "Penwick council raises property tax to mend library", "Mara Lind and Tom Arden", "");
  says("byline-graph.html", "Penwick council raises property tax to mend library", "Mara Lind, Tom Arden",
       "2031-03-10");
  says("byline-written.html", "Penwick council raises property tax to mend library", "Mara Lind", "");
}

// A news sitemap is no article, but says of the pages beside it what they do not say themselves.
TEST(Pages, ANewsSitemapSaysWhenItsPagesWerePublished) {
  const testing::TemporaryFolder folder;
  const std::string text =
      "<p>A ferry ran aground off the island of Tolm on Tuesday, the coast guard said, and nobody was hurt.</p>";
  const auto page = [&](const char* link, const char* more) {
    return std::string("<html><head><link rel=canonical href='") + link + "'>" + more + "</head><body>" + text +
           "</body></html>";
  };
  testing::write_file(folder.path() + "/a.html", page("https://www.tolm.example/a", ""));
  testing::write_file(folder.path() + "/b.html", page("https://tolm.example/b",
                                                      "<title>Own title of this page</title>"
                                                      "<meta name=date content=2031-03-09>"));
  testing::write_file(
      folder.path() + "/sitemap.xml",
      "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
      "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>https://tolm.example/a</loc><n:news>"
      "<n:publication_date>2031-03-11T09:00:00+01:00</n:publication_date><n:title>Ferry &amp; "
      "rocks</n:title></n:news></url>"
      "<url><loc>https://tolm.example/b</loc><n:news><n:publication_date>2031-03-11</n:publication_date>"
      "<n:title>Other</n:title></n:news></url></urlset>");
  const ReadResult got = read_articles({folder.path()});
  ASSERT_EQ(got.corpus.size(), 2u);
  EXPECT_EQ(got.report.rejected, 1u);
  for (const Article& a : got.corpus.articles()) {
    const bool first = a.url.ends_with("/a");
    EXPECT_EQ(a.title, first ? "Ferry & rocks" : "Own title of this page");
    EXPECT_EQ(format_time(*a.published), first ? "2031-03-11T08:00:00Z" : "2031-03-09T00:00:00Z");
  }
}

// Markup inside a script is text: it has no attributes, however many words it strings together.
TEST(Pages, ScriptsMayHoldMarkup) {
  std::string page = "<html><head><title>Ferry aground</title><script>var a = '<b>one</b></div>'; if (a <b";
  for (int i = 0; i < 400; ++i) page += " w" + std::to_string(i);
  page +=
      ") {}</script></head><body><h1>Ferry aground</h1><p>A ferry ran aground off the island of Tolm on Tuesday, the "
      "coast "
      "guard said, and nobody was hurt.</p></body></html>";
  EXPECT_NE(read_page(page).article.text.find("ran aground"), std::string::npos);
}

// As browsers read it, and no further than they do.
TEST(Pages, OddMarkupIsNoWord) {
  const auto text_of = [](const std::string& words) {
    return read_page("<html><body><h1>Ferry aground</h1><p>" + words +
                     " The ferry ran aground off Tolm on Tuesday, the coast guard said.</p></body></html>")
        .article.text.substr(0, 60);
  };
  for (const auto& [markup, words] : std::vector<std::pair<std::string, std::string>>{
           {"One <![if !IE]>two<![endif]> three.", "One two three."},
           {"One <!- two -->three</> four</#x>.", "One three four."},
           {R"x(One <a @click="() => two()" [x]='3 > 2' n(y) é="4>" alt= "5 > 6">seven</a>.)x", "One seven."},
           {R"(One <a href="/2/3" title='4 = "5"' data-x.y:z=6>seven</a>.)", "One seven."},
           {"Caf&eacute is &copy 2031, 5 &lt 6 &amp 7.", "Caf\u00E9 is \u00A9 2031, 5 < 6 & 7."},
           {"Is 5 <3 or < 4!", "Is 5 <3 or < 4!"},
           {"AT&T, P&L, R&D, &fool and x?a=1&copy=2&lt3.", "AT&T, P&L, R&D, &fool and x?a=1&copy=2&lt3."}})
    EXPECT_TRUE(text_of(markup).starts_with(words + " The ferry")) << text_of(markup);
}

// A button inside a share bar goes with it, once; what a sentence runs through stays.
TEST(Pages, AsidesStandInsideOneAnother) {
  const auto text_of = [](const std::string& end) {
    return read_page("<html><body><h1>Ferry aground</h1><p>The ferry ran aground off Tolm on Tuesday, the guard said." +
                     end + "</p></body></html>")
        .article.text;
  };
  const std::string plain = text_of("");
  EXPECT_NE(plain.find("the guard said."), std::string::npos);
  EXPECT_EQ(text_of(" <span class=share>Share <button>now</button></span>"), plain);
  EXPECT_EQ(text_of(" <span class=share>Share <span><button>now</button> or <label>later</label></span></span>"),
            plain);
  EXPECT_EQ(text_of(" <button>Share <span class=share>now</span></button> <button>Save</button>"), plain);
  EXPECT_EQ(text_of(" <span class=share>It <button>sank</button> at noon.</span>"), plain + " It sank at noon.");
  EXPECT_EQ(text_of(" <span class=share><p>-</p> <button>Share</button></span>"), plain);
}

}  // namespace
}  // namespace storymerge

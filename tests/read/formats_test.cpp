// Formats beside JSON Lines and pages, versions, buffers, streams, callbacks, budgets: each with a twin in which the opposite is right.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <storymerge/base/error.h>
#include <storymerge/read/page.h>
#include <storymerge/read/read.h>
#include <storymerge/read/url.h>

#include <chrono>
#include <ctime>
#include <sstream>

#include "archives.h"
#include "support/files.h"

namespace storymerge {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

ReadResult read(std::string_view bytes, const std::string& name, const ReadOptions& options = {}) {
  return read_articles(InputBytes{bytes, name}, options);
}

std::vector<std::string> texts(const ReadResult& r) {
  std::vector<std::string> out;
  for (const Article& a : r.corpus.articles()) out.push_back(a.text);
  return out;
}

const Article& only(const ReadResult& r) {
  EXPECT_EQ(r.corpus.size(), 1u);
  return r.corpus[0];
}

TEST(JsonDocuments, ArrayObjectAndLinesAreToldApart) {
  const char* two =
      "[\n {\"id\": 7, \"text\": \"One.\"},\n {\"id\": \"b\",\n  \"text\": \"Two, }] \\\" brackets.\"}\n]\n";
  const ReadResult array = read(two, "export.json");
  EXPECT_THAT(texts(array), UnorderedElementsAre("One.", "Two, }] \" brackets."));
  EXPECT_TRUE(array.corpus.find("7"));
  EXPECT_TRUE(array.report.issues.empty());
  EXPECT_THAT(texts(read("[]", "none.json")), ElementsAre());
  EXPECT_THAT(texts(read("{\n \"text\": \"Alone.\"\n}", "one.json")), ElementsAre("Alone."));
  EXPECT_THAT(
      texts(read("{\"answer\": {\"articles\": [{\"text\": \"In a list.\"}]}, \"n\": 1,\n\"x\": 2}", "api.json")),
      ElementsAre("In a list."));
  // Lines, the first one broken: the second is a line of its own.
  const ReadResult lines = read("{\"text\":\n{\"text\":\"Kept.\"},\n", "lines.jsonl");
  EXPECT_THAT(texts(lines), ElementsAre("Kept."));
  EXPECT_EQ(lines.report.rejected, 1u);
  EXPECT_THAT(texts(read("[{\"text\": \"A.\",},\n{\"text\": \"B.\",},\n]", "commas.json")),
              UnorderedElementsAre("A.", "B."));
  // One bad element costs itself, a cut array its last element.
  const ReadResult bad = read("[{\"text\": \"A.\"}, {\"text\": 5}, {\"text\": \"B.\"}, {\"text\": \"C", "cut.json");
  EXPECT_THAT(texts(bad), UnorderedElementsAre("A.", "B."));
  EXPECT_EQ(bad.report.rejected, 2u);
}

// Links that lead to one page, and their twins, which do not.
TEST(Urls, OnePageHasOneIdentity) {
  const std::string page = "https://www.quaypost.example/news/ferry-aground-123456";
  for (const char* same : {"http://quaypost.example/news/ferry-aground-123456/",
                           "HTTPS://M.QuayPost.example:443/news/ferry-aground-123456",
                           "https://amp.quaypost.example/news/ferry-aground-123456",
                           "https://quaypost.example/amp/news/ferry-aground-123456",
                           "https://quaypost.example/news/ferry-aground-123456/amp",
                           "https://quaypost.example/news/ferry-aground-123456.amp",
                           "https://quaypost.example/news/ferry-aground-123456?amp=1",
                           "https://quaypost.example/news/ferry-aground-123456?outputType=amp",
                           "https://quaypost.example/news/ferry-aground-123456?utm_source=x&fbclid=y#top",
                           "https://quaypost.example/news/all-safe-after-ferry-runs-aground-123456",
                           "https://quaypost.example/news/123456-all-safe"}) {
    EXPECT_EQ(url_identity(same), url_identity(page)) << same;
  }
  for (const char* other :
       {"https://quaypost.example/news/ferry-aground-123457", "https://quaypost.example/sport/ferry-aground-123456",
        "https://quaypost.example/news/ferry-aground-123456?page=2",
        "https://ferries.quaypost.example/news/ferry-aground-123456", "https://quaypost.example/news/ferry-aground",
        "https://quaypost.example/news"}) {
    EXPECT_NE(url_identity(other), url_identity(page)) << other;
  }
  for (const auto& [a, b] : {std::pair("https://q.example/flood-20310514", "https://q.example/fire-20310514"),
                             std::pair("https://q.example/310514-flood", "https://q.example/310514-fire"),
                             std::pair("https://q.example/flood-in-2031", "https://q.example/fire-in-2031"),
                             std::pair("https://q.example/a?id=1", "https://q.example/a?id=2"),
                             std::pair("https://q.example/lamp", "https://q.example/l")}) {
    EXPECT_NE(url_identity(a), url_identity(b)) << a;
  }
}

// An answer of an interface in one line, or over many; an object that has a text of its own is an article whatever it lists.
TEST(JsonDocuments, AListInsideAnObject) {
  for (const char* answer :
       {R"({"articles": [{"id": 7, "text": "Seven."}, {"id": 8, "text": "Eight."}]})",
        "{\"status\": \"ok\",\n\"response\": {\"results\":\n[{\"text\": \"Seven.\"}, {\"text\": \"Eight.\"}]}}",
        "{\"articles\": [{\"text\": \"Seven.\"}]}\n{\"articles\": [{\"text\": \"Eight.\"}]}"}) {
    EXPECT_THAT(texts(read(answer, "answer.json")), UnorderedElementsAre("Seven.", "Eight.")) << answer;
  }
  EXPECT_THAT(texts(read(R"({"text": "Seven.", "related": [{"text": "Eight."}]})", "one.json")), ElementsAre("Seven."));
  EXPECT_EQ(read(R"({"articles": [{"name": "Eight."}]})", "none.json").report.rejected, 1u);
}

// Of a feed that was cut off the last entry counts when all its elements are whole, and else does not.
TEST(Feeds, ACutFeedGivesItsLastWholeEntry) {
  const std::string head =
      "<?xml version='1.0'?><rss version='2.0'><channel><title>Post</title><item><title>A</title><guid>1</guid>"
      "<description>Seven came.</description></item><item><title>B</title><guid>2</guid><description>";
  for (const auto& [tail, whole] :
       {std::pair("Eight &lt;b&gt;went&lt;/b&gt;.</description>", true),
        std::pair("Eight &lt;b&gt;went&lt;/b&gt;.</description>\n  ", true), std::pair("Eight &lt;b&gt;went", false),
        std::pair("<![CDATA[<p>Eight</p>", false), std::pair("Eight went.</description><content", false)}) {
    EXPECT_EQ(read(head + tail, "cut.xml").corpus.size(), whole ? 2u : 1u) << tail;
  }
}

// A feed that collects puts the outlet behind the title, and names it as the source; any other tail is the title's own.
TEST(Feeds, AnOutletBehindTheTitleIsItsSource) {
  const auto title = [](const std::string& written, const std::string& source) {
    const auto r =
        read("<rss version='2.0'><channel><title>All the News</title><item><title>" + written +
                 "</title><guid>1</guid>" + source + "<description>Seven came.</description></item></channel></rss>",
             "feed.xml");
    return r.corpus[0].title;
  };
  const std::string source = "<source url='https://norland.example/'>Norland Post</source>";
  EXPECT_EQ(title("Tower sold - Norland Post", source), "Tower sold");
  EXPECT_EQ(title("Tower sold | Norland Post", source), "Tower sold");
  EXPECT_EQ(title("Tower sold - to a sculptor", source), "Tower sold - to a sculptor");
  EXPECT_EQ(title("Fire at Norland Post", source), "Fire at Norland Post");
  EXPECT_EQ(title("Tower sold - Norland Post", ""), "Tower sold - Norland Post");
}

TEST(JsonDocuments, JsonFeed) {
  const ReadResult got =
      read(R"({"version": "https://jsonfeed.org/version/1.1", "title": "Dune Notes", "language": "en",
    "home_page_url": "https://dunenotes.example/", "items": [
    {"id": 4, "url": "/bell", "title": "A bell", "content_html": "<p>Divers raised a bell.</p><p>It rings.</p>",
     "date_published": "2031-03-04T09:20:00+01:00", "authors": [{"name": "Ola B."}, {"name": "Per C."}]},
    {"id": "https://dunenotes.example/2", "content_text": "Fish < 20 cm go back."}, {"id": "3"}]})",
           "feed.json");
  ASSERT_EQ(got.corpus.size(), 2u);
  EXPECT_EQ(got.report.rejected, 1u);
  const Article& bell = got.corpus[*got.corpus.find("dunenotes.example#4")];
  EXPECT_EQ(bell.text, "Divers raised a bell.\n\nIt rings.");
  EXPECT_EQ(bell.url, "https://dunenotes.example/bell");
  EXPECT_EQ(bell.author, "Ola B., Per C.");
  EXPECT_EQ(bell.source, "Dune Notes");
  EXPECT_EQ(bell.published_offset, std::chrono::minutes(60));
  EXPECT_EQ(got.corpus[*got.corpus.find("https://dunenotes.example/2")].text, "Fish < 20 cm go back.");
}

TEST(Tables, CsvAndTsv) {
  const ReadResult csv = read(
      "id,Title,text,published\n1,\"A, b\",\"Line one.\nHe said "
      "\"\"no\"\".\",2031-03-14T09:20:00+01:00\n2,C,Other.,someday\n3,D\n",
      "a.csv");
  ASSERT_EQ(csv.corpus.size(), 2u);
  EXPECT_EQ(csv.corpus[*csv.corpus.find("1")].text, "Line one.\nHe said \"no\".");
  EXPECT_EQ(csv.corpus[*csv.corpus.find("1")].title, "A, b");
  EXPECT_EQ(csv.report.rejected, 1u);
  ASSERT_EQ(csv.report.issues.size(), 2u);
  EXPECT_EQ(csv.report.issues[0].field, "published");
  EXPECT_EQ(csv.report.issues[1].line, 5u);
  EXPECT_EQ(only(read("text\tid\nA, b; c.\tx\n", "a.tsv")).text, "A, b; c.");
  EXPECT_THAT(read("name,age\nx,1\n", "people.csv").report.issues[0].reason, HasSubstr("'text'"));
}

TEST(Mhtml, TheFirstHtmlPart) {
  const std::string page =
      "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://tolmpost.example/light\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--cut--\"\r\n\r\n\r\n----cut--\r\n"
      "Content-Type: text/html; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n"
      "Content-Location: https://tolmpost.example/light\r\n\r\n<html><h1>Lightning hits lighthouse</h1><p>Lightning "
      "struck the =\r\n"
      "mast of the lighthouse at K=F6ln on Monday night, the pilot said.</p></html>\r\n----cut--\r\nContent-Type: "
      "image/png\r\n\r\nx\r\n----cut----\r\n";
  for (const char* name : {"page.mhtml", "page"}) {
    const ReadResult got = read(page, name);
    EXPECT_EQ(only(got).text,
              "Lightning struck the mast of the lighthouse at K\u00F6ln on Monday night, the pilot said.");
    EXPECT_EQ(only(got).source, "tolmpost.example");
  }
  EXPECT_THAT(
      read("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: image/png\n\n1\n--x--\n",
           "a.mht")
          .report.issues[0]
          .reason,
      HasSubstr("no HTML page"));
}

TEST(Versions, TheSamePageWithAnotherText) {
  const auto line = [](const char* id, const char* url, const char* day, const char* text) {
    return std::string("{\"source\":\"Avis\",\"id\":\"") + id + "\",\"url\":\"" + url + "\",\"published\":\"2031-10-0" +
           day + "T10:00:00Z\",\"text\":\"" + text + "\"}\n";
  };
  const std::string first = line("a", "https://avis.example/crane", "1", "Three died."),
                    second = line("b", "http://m.avis.example/crane/?utm_source=x", "2", "Five died.");
  for (const std::string& both : {first + second, second + first}) {
    const ReadResult got = read(both, "x.jsonl");
    ASSERT_EQ(got.corpus.size(), 2u);
    EXPECT_EQ(got.corpus[*got.corpus.find("a")].replaced_by, "b");
    EXPECT_EQ(got.corpus[*got.corpus.find("b")].replaced_by, "");
  }
  // One id: the newer text is its next version; the same text again is one record too many.
  const std::string newer = line("a", "", "3", "Six died."), again = line("a", "", "4", "Three died.");
  for (const std::string& all : {first + newer + again, again + newer + first}) {
    const ReadResult got = read(all, "x.jsonl");
    ASSERT_EQ(got.corpus.size(), 2u);
    EXPECT_EQ(got.corpus[*got.corpus.find("a")].text, "Three died.");
    EXPECT_EQ(got.corpus[*got.corpus.find("a")].replaced_by, "a@2");
    EXPECT_EQ(got.corpus[*got.corpus.find("a@2")].text, "Six died.");
    ASSERT_EQ(got.report.rejected, 1u);
    EXPECT_THAT(got.report.issues[0].reason, HasSubstr("same text"));
  }
  // Another outlet's word on the link, and a link that leads to a front page, are no versions.
  const std::string other =
      "{\"source\":\"Planet\",\"id\":\"p\",\"url\":\"https://avis.example/crane\",\"text\":\"Planet tells.\"}\n";
  const std::string front =
      "{\"source\":\"Avis\",\"id\":\"f\",\"url\":\"https://avis.example/\",\"text\":\"Front.\"}\n"
      "{\"source\":\"Avis\",\"id\":\"g\",\"url\":\"https://avis.example\",\"text\":\"Front too.\"}\n";
  const ReadResult strangers = read(first + other + front, "x.jsonl");
  for (const Article& a : strangers.corpus.articles()) EXPECT_EQ(a.replaced_by, "") << a.id;
}

TEST(Sources, BufferStreamAndCallbackGiveWhatAFileGives) {
  const testing::TemporaryFolder folder;
  std::string lines;
  for (int i = 0; i < 500; ++i)
    lines += "{\"id\":\"" + std::to_string(i) + "\",\"text\":\"Text " + std::to_string(i * 7) + ".\"}\n";
  const std::string packed = testing::gzip(lines);
  const std::string file = folder.write("in.jsonl.gz", packed);
  const ReadResult from_file = read_articles({file});
  std::istringstream stream(packed);
  EXPECT_EQ(texts(read(packed, "in.jsonl.gz")), texts(from_file));
  EXPECT_EQ(texts(read_articles(stream, "")), texts(from_file));
  std::vector<std::string> seen;
  const std::vector<std::string> inputs = {file};
  const ReadReport report = read_articles(inputs, [&](Article&& a) { seen.push_back(a.id); });
  EXPECT_EQ(seen.size(), 500u);
  EXPECT_EQ(seen.front(), "0");
  EXPECT_EQ(report.records, 500u);
}

TEST(Sources, StopsWithinARecordAndLeavesNothing) {
  std::string lines;
  for (int i = 0; i < 2000; ++i) lines += "{\"text\":\"Text " + std::to_string(i) + ".\"}\n";
  std::string feed = "<rss><channel>";
  for (int i = 0; i < 200; ++i) feed += "<item><description>Entry.</description></item>";
  for (const auto& [bytes, name] :
       {std::pair(lines, "a.jsonl"), std::pair("[" + lines, "a.json"), std::pair(feed, "a.rss")}) {
    std::stop_source source;
    ReadOptions options;
    options.stop = source.get_token();
    source.request_stop();
    try {
      read(bytes, name, options);
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::stopped) << name;
    }
    EXPECT_FALSE(read(bytes, name).corpus.empty());
  }
}

TEST(ReadPage, SaysWhatItLeavesOut) {
  const Page page = read_page(
      "<html lang=en><title>Bridge shut | The Herald</title><nav><a href=/a>Sport and more of "
      "it</a></nav><article><h1>Bridge shut</h1>"
      "<p class=byline>By Ada Renn</p><p>The bridge over the Halm was closed on Tuesday after a test of its cables.</p>"
      "<figure><figcaption>The bridge at night.</figcaption></figure></article></html>",
      {"https://herald.example/bridge", ""});
  EXPECT_EQ(page.article.text, "The bridge over the Halm was closed on Tuesday after a test of its cables.");
  EXPECT_EQ(page.article.author, "Ada Renn");
  EXPECT_EQ(page.article.source, "The Herald");
  EXPECT_EQ(page.article.url, "https://herald.example/bridge");
  std::vector<std::string> kinds;
  for (const LeftOut& l : page.left_out) kinds.push_back(l.kind);
  EXPECT_THAT(kinds, ElementsAre("links", "title", "byline and credits", "captions"));
}

std::string text_of_page(const std::string& article) {
  return read_page("<html lang=en><article><h1>Dairy grows</h1>" + article + "</article></html>", {}).article.text;
}

TEST(ReadPage, ALinkBehindAWholeSentenceLeadsElsewhereAndOneInsideASentenceIsTheSentence) {
  const std::string lead = "<p>The Hamm dairy sold 14 million litres of milk last year, it said on Monday.</p>";
  const std::string sold = "The Hamm dairy sold 14 million litres of milk last year, it said on Monday.\n\n";
  EXPECT_EQ(
      text_of_page(lead + "<p>Its director, Bo Lund, wants to buy 30 more cows. <a href=/x>Butter is dearer</a></p>"),
      sold + "Its director, Bo Lund, wants to buy 30 more cows.");
  EXPECT_EQ(
      text_of_page(lead + "<p>Its director, Bo Lund, wants to buy 30 more cows. <a href=/x>Butter is dearer.</a></p>"),
      sold + "Its director, Bo Lund, wants to buy 30 more cows. Butter is dearer.");
  EXPECT_EQ(
      text_of_page(lead + "<p>Its director, Bo Lund, wants to buy 30 more cows. <a href=/x>Butter is dearer</a>, he "
                          "said.</p>"),
      sold + "Its director, Bo Lund, wants to buy 30 more cows. Butter is dearer, he said.");
}

TEST(ReadPage, CaptionsAreTheStoryOnlyOfAPageThatHasLittleElse) {
  const std::string slides =
      "<ol><li><div class=caption>Children dressed as herons cross the bridge on Sunday. (Photo: Kim Dahl)</div></li>"
      "<li><div class=caption>The mayor dances with the carnival queen, Hope Barlow. (Photo: Kim Dahl)</div></li></ol>";
  EXPECT_THAT(text_of_page(slides), HasSubstr("Hope Barlow"));
  std::string report;
  for (const char* what : {"milk", "butter", "cheese", "cream"})
    report +=
        std::string("<p>The Hamm dairy sold more ") + what + " last year than in any before it, it said on Monday.</p>";
  EXPECT_THAT(text_of_page(report + slides), Not(HasSubstr("Hope Barlow")));
}

// Each of these is small and once took minutes or gigabytes. Time grows with the length, not with its square.
TEST(Budgets, HostileInputsEndSoonWithAReason) {
  const auto many = [](const std::string& piece, std::size_t bytes) {
    std::string out;
    while (out.size() < bytes) out += piece;
    return out;
  };
  std::string attributes, references;
  for (int i = 0; i < 100000; ++i) attributes += " a" + std::to_string(i) + "=1";
  const std::string bomb = "<!DOCTYPE rss [<!ENTITY a \"" + std::string(50000, 'x') +
                           "\">]><rss><channel><item><description>" + many("&a;", 60000) +
                           "</description></item></channel></rss>";
  const std::vector<std::pair<std::string, std::string>> inputs = {
      {"paragraphs.html", many("<p>a", std::size_t{20} << 20)},
      {"attributes.html", "<html><body" + attributes + "><p>Text.</p>"},
      {"attributes.rss",
       "<rss><channel><item" + attributes + "><description>Text.</description></item></channel></rss>"},
      {"entities.rss", bomb},
      {"deep.html", many("<div>", 500000) + "text"},
      {"fonts.html", many("<font color=red>", 500000) + "text"},
      {"bold.html", many("<b><i>", 500000) + "text"},
      {"open.rss", "<rss>" + many("<item><title>a", 1000000)},
      {"tags.html", many("</div>", 2000000)},
      {"lists.html", many("<ul><li>", 500000)},
      {"signs.html", many("<", 1000000)},
      {"quotes.html", "<p " + many("\"", 300000)},
      {"comments.html", many("<!--", 1000000)},
      {"ands.html", many("&", 1000000)}};
  for (const auto& [name, bytes] : inputs) {
    const std::clock_t begin = std::clock();  // processor time: other programs do not count
    const ReadResult got = read(bytes, name);
    [[maybe_unused]] const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    EXPECT_GE(got.report.records, 1u) << name;
    for (const Article& a : got.corpus.articles()) EXPECT_LE(a.text.size(), bytes.size()) << name;
#ifdef NDEBUG
    EXPECT_LT(took, 10.0) << name;  // two seconds on a quiet machine
#endif
  }
}

}  // namespace
}  // namespace storymerge

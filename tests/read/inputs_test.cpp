// Every kind of input, whole and damaged: what is damaged is told, the rest is read.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <storymerge/base/error.h>
#include <storymerge/read/read.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archives.h"
#include "support/files.h"

namespace storymerge {
namespace {

using testing::gzip;
using ::testing::HasSubstr;
using testing::TemporaryFolder;
using testing::zstd;

const std::string good = "{\"id\":\"good\",\"text\":\"The bridge is closed.\"}\n";
const std::string two = "{\"id\":\"one\",\"text\":\"First.\"}\n{\"id\":\"two\",\"text\":\"Second.\"}\n";

ReadResult read(std::vector<std::string> inputs, const ReadOptions& options = {}) {
  return read_articles(inputs, options);
}

std::vector<std::string> ids(const ReadResult& r) {
  std::vector<std::string> out;
  for (const Article& a : r.corpus.articles()) out.push_back(a.id);
  return out;
}

// Reads a good file beside a bad one: the good article must be there, and an issue with `reason` that ends the bad one.
void expect_told(const TemporaryFolder& folder, const std::string& bad, std::string_view reason,
                 const ReadOptions& options = {}) {
  const ReadResult got = read({folder.write("zz-good.jsonl", good), bad}, options);
  EXPECT_TRUE(got.corpus.find("good")) << reason;
  ASSERT_FALSE(got.report.issues.empty()) << reason;
  const ReadIssue& issue = got.report.issues.back();
  EXPECT_EQ(issue.input, bad);
  EXPECT_TRUE(issue.rejected);
  EXPECT_THAT(issue.reason, HasSubstr(std::string(reason)));
  EXPECT_EQ(got.report.records, got.corpus.size() + got.report.rejected);
  ReadOptions strict = options;
  strict.strict = true;
  EXPECT_THROW(read({bad}, strict), Error) << reason;
}

TEST(Compression, MembersAndFramesAreOneStream) {
  const TemporaryFolder folder;
  const std::string a = two.substr(0, 20), b = two.substr(20);
  const std::vector<std::pair<std::string, std::string>> files = {
      {"a.jsonl.gz", gzip(a) + gzip(b)},
      {"b.jsonl.zst", zstd(a) + zstd(b)},
      {"c.gz", gzip(two)},
      {"plain-name", zstd(gzip(two))},
      {"padded.jsonl.gz", gzip(two) + std::string(512, '\0')},
      {"skippable.jsonl.zst", zstd(a) + std::string("\x51\x2a\x4d\x18\x03\0\0\0abc", 11) + zstd(b)},
      {"empty-member.jsonl.gz", gzip("") + gzip(two) + gzip("")}};
  for (const auto& [name, bytes] : files) {
    const ReadResult got = read({folder.write(name, bytes)});
    EXPECT_EQ(ids(got), (std::vector<std::string>{"one", "two"})) << name;
    EXPECT_TRUE(got.report.issues.empty()) << name;
  }
}

TEST(Compression, EveryTruncationIsNoticedAndWhatCameBeforeIsKept) {
  const TemporaryFolder folder;
  std::string lines;
  for (int i = 0; i < 300; ++i)
    lines += "{\"id\":\"" + std::to_string(i) + "\",\"text\":\"" + std::to_string(i * 7919) + "\"}\n";
  for (const std::string& whole : {gzip(lines), zstd(lines)}) {
    for (std::size_t size = 5; size < whole.size(); size += 1 + whole.size() / 60) {
      const ReadResult got = read({folder.write("cut.jsonl", whole.substr(0, size))});
      ASSERT_EQ(got.report.rejected, 1u) << size << " of " << whole.size();
      EXPECT_THAT(got.report.issues[0].reason, HasSubstr("ends early"));
    }
  }
  // Two members, the second cut: the first is read.
  expect_told(folder, folder.write("cut.jsonl.gz", gzip(two) + gzip(lines).substr(0, 40)), "ends early");
  EXPECT_EQ(read({folder.path() + "/cut.jsonl.gz"}).corpus.size(), 2u);
}

TEST(Compression, DamageAndBombs) {
  const TemporaryFolder folder;
  std::string damaged = gzip(two);
  damaged[15] = static_cast<char>(damaged[15] ^ 0x55);
  damaged[20] = static_cast<char>(damaged[20] ^ 0x55);
  expect_told(folder, folder.write("damaged.jsonl.gz", damaged), "gzip data is damaged");
  expect_told(folder, folder.write("trailing.jsonl.gz", gzip(two) + "xyz"), "followed by other bytes");
  EXPECT_EQ(read({folder.path() + "/trailing.jsonl.gz"}).corpus.size(), 2u);
  std::string damaged_zstd = zstd(two);
  damaged_zstd[damaged_zstd.size() - 1] = static_cast<char>(damaged_zstd.back() ^ 1);  // its checksum
  expect_told(folder, folder.write("damaged.jsonl.zst", damaged_zstd), "zstd data is damaged");

  const std::string zeros(std::size_t{70} << 20, ' ');
  expect_told(folder, folder.write("bomb.jsonl.gz", gzip(zeros)), "swells to more than 256 times");
  expect_told(folder, folder.write("bomb.txt.zst", zstd(zeros)), "than");
}

TEST(Lines, TooLongBlankAndLastWithoutLineFeed) {
  const TemporaryFolder folder;
  ReadOptions options;
  options.max_record_bytes = 100;
  const std::string bad =
      folder.write("long.jsonl", "{\"id\":\"a\",\"text\":\"x\"}\r\n\r\n{\"text\":\"" + std::string(3'000'000, 'y') +
                                     "\"}\n  \n{\"id\":\"b\",\"text\":\"z\"}");
  const ReadResult got = read({bad}, options);
  EXPECT_EQ(ids(got), (std::vector<std::string>{"a", "b"}));
  ASSERT_EQ(got.report.issues.size(), 1u);
  EXPECT_EQ(got.report.issues[0].line, 3u);
  EXPECT_THAT(got.report.issues[0].reason, HasSubstr("longer than 100 bytes"));
}

// A source of 1 GiB without a line feed, out of a small archive that keeps under the expansion limit.
TEST(Lines, AGibibyteWithoutALineFeedIsPassedOver) {
  const TemporaryFolder folder;
  const std::string member = zstd(std::string(std::size_t{1} << 20, 'a'));
  std::string file;
  for (int i = 0; i < 1024; ++i) file += member;
  file += zstd("\n" + good);
  ReadOptions options;
  options.max_expansion = 1e6;
  const ReadResult got = read({folder.write("line.jsonl.zst", file)}, options);
  EXPECT_EQ(ids(got), std::vector<std::string>{"good"});
  ASSERT_EQ(got.report.issues.size(), 1u);
  EXPECT_EQ(got.report.issues[0].line, 1u);
}

TEST(JsonLines, ByteOrderMarksZeroBytesAndDepth) {
  const TemporaryFolder folder;
  EXPECT_EQ(ids(read({folder.write("bom.jsonl", "\xEF\xBB\xBF" + good)})), std::vector<std::string>{"good"});
  expect_told(folder, folder.write("wide.jsonl", std::string("\xFF\xFE{\0}\0", 6)), "UTF-16LE");
  expect_told(folder, folder.write("zero.jsonl", std::string("{\"text\":\"a\0b\"}\n", 15)), "broken JSON");
  expect_told(folder, folder.write("deep.jsonl", "{\"x\":" + std::string(100000, '[') + "\n"), "broken JSON");
  expect_told(folder, folder.write("surrogate.jsonl", "{\"text\":\"\\ud800\"}\n"), "broken JSON");
  expect_told(folder, folder.write("empty.jsonl", ""), "empty");
  const ReadResult escaped =
      read({folder.write("escaped.jsonl", "{\"id\":\"e\",\"text\":\"a\\u0000b\\u00e9\",\"title\":null}\n")});
  EXPECT_EQ(escaped.corpus[0].text, std::string("a\0b\xC3\xA9", 5));
}

TEST(JsonLines, IdsAreMadeOfSourceLinkAndTextAndNothingIsLost) {
  const TemporaryFolder folder;
  const std::string a = "{\"text\":\"Same.\",\"title\":\"A\"}\n", b = "{\"text\":\"Same.\",\"title\":\"B\"}\n";
  const std::string c = "{\"text\":\"Other.\",\"url\":\"https://www.daily.example/x?utm_source=feed\"}\n";
  const ReadResult one = read({folder.write("1.jsonl", a + b + c)});
  const ReadResult other = read({folder.write("2.jsonl", c + b + a)});
  ASSERT_EQ(one.corpus.size(), 3u);
  for (const Article& x : one.corpus.articles()) {
    ASSERT_TRUE(other.corpus.find(x.id));
    EXPECT_EQ(other.corpus[*other.corpus.find(x.id)].title, x.title);
    EXPECT_EQ(x.source, x.text == "Other." ? "daily.example" : "");
  }
  EXPECT_TRUE(one.report.issues.empty());
}

TEST(TextPages, Encodings) {
  const TemporaryFolder folder;
  const std::string utf8 = "Brücke über die Halm gesperrt\n\nDie Brücke ist seit Dienstag gesperrt.\n";
  const std::string latin =
      "Br\xFC"
      "cke \xFC"
      "ber die Halm gesperrt\n\nDie Br\xFC"
      "cke ist seit Dienstag gesperrt.\n";
  std::string wide = "\xFF\xFE", big = "\xFE\xFF";
  for (const char c : latin) {  // Latin-1 is the first page of Unicode
    wide += {c, '\0'};
    big += {'\0', c};
  }
  for (const std::string& bytes : {utf8, "\xEF\xBB\xBF" + utf8, latin, wide, big, wide.substr(2)}) {
    const ReadResult got = read({folder.write("page.txt", bytes)});
    ASSERT_EQ(got.corpus.size(), 1u);
    EXPECT_EQ(got.corpus[0].text, utf8);
    EXPECT_EQ(got.corpus[0].title, "Brücke über die Halm gesperrt");
  }
  expect_told(folder, folder.write("zero.txt", std::string("abc\0def", 7)), "zero bytes");
  expect_told(folder, folder.write("empty.txt", ""), "empty");
}

TEST(TextPages, TitleAndDate) {
  const TemporaryFolder folder;
  const ReadResult got = read({folder.write(
      "page.txt",
      "World\n\nBridge over the Halm closes\n\nPublished: March 14, 2031 9:20 am GMT\n\nThe bridge is shut.\n")});
  EXPECT_EQ(got.corpus[0].title, "Bridge over the Halm closes");
  EXPECT_EQ(format_time(*got.corpus[0].published), "2031-03-14T09:20:00Z");
}

TEST(Html, HostilePages) {
  const TemporaryFolder folder;
  std::string deep = "<html><body><p>" + std::string(300, 'x') + " one two three.</p>";
  for (int i = 0; i < 100000; ++i) deep += "<div>";
  deep += "deep";
  const ReadResult got = read({folder.write("deep.html", deep)});
  EXPECT_EQ(got.report.records, 1u);
  std::string inline_deep = "<p>text";
  for (int i = 0; i < 100000; ++i) inline_deep += "<b><i>";
  EXPECT_EQ(read({folder.write("bold.html", inline_deep)}).report.records, 1u);
  EXPECT_EQ(read({folder.write("zero.html", std::string("<p>a\0b</p>", 10))}).report.records, 1u);
  EXPECT_EQ(read({folder.write("binary.html", std::string("\x00\xff\xfe<\x80<p", 7))}).report.records, 1u);
  expect_told(folder, folder.write("nothing.html", "<html><body><script>x</script></body></html>"), "no main text");
  std::string many = "<html><body>";
  for (int i = 0; i < 20000; ++i) many += "<div class=\"a b c\"><span>w</span>";
  EXPECT_EQ(read({folder.write("many.html", many)}).report.records, 1u);
}

TEST(Feeds, RssAndAtom) {
  const TemporaryFolder folder;
  const ReadResult rss = read({folder.write("feed.xml", R"(<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Northgate Herald</title><language>en</language>
<item><title>Bridge &amp; ferry</title><link>https://northgate.example/1</link><guid isPermaLink="false">h-1</guid>
<pubDate>Fri, 14 Mar 2031 10:20:00 +0100</pubDate><dc:creator>Mira Toll</dc:creator>
<description>Short.</description>
<content:encoded><![CDATA[<p>The bridge is <b>closed</b>.</p><p>A ferry runs.</p>]]></content:encoded></item>
<item><title>No text</title><guid>h-2</guid></item>
<item><guid>h-3</guid><description>&lt;p&gt;Only a summary.&lt;/p&gt;</description><pubDate>some day</pubDate></item>
</channel></rss>)")});
  ASSERT_EQ(rss.corpus.size(), 2u);
  const Article& a = rss.corpus[*rss.corpus.find("northgate.example#h-1")];
  EXPECT_EQ(a.text, "The bridge is closed.\n\nA ferry runs.");
  EXPECT_EQ(a.title, "Bridge & ferry");
  EXPECT_EQ(a.source, "The Northgate Herald");
  EXPECT_EQ(a.author, "Mira Toll");
  EXPECT_EQ(a.language, "en");
  EXPECT_EQ(format_time(*a.published), "2031-03-14T09:20:00Z");
  EXPECT_EQ(rss.corpus[*rss.corpus.find("The Northgate Herald#h-3")].text, "Only a summary.");
  ASSERT_EQ(rss.report.issues.size(), 2u);
  EXPECT_EQ(rss.report.issues[0].field, "text");
  EXPECT_GT(rss.report.issues[0].line, 5u);
  EXPECT_EQ(rss.report.issues[1].field, "published");
  EXPECT_FALSE(rss.report.issues[1].rejected);

  const ReadResult atom = read({folder.write(
      "atom.xml.gz", gzip(R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Tagblatt</title>
<entry><id>urn:x:1</id><title type="html">Br&amp;uuml;cke</title><link rel="self" href="https://t.example/self"/><link href="https://t.example/a"/>
<updated>2031-03-14T09:20:00Z</updated><author><name>O. Lind</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Die Brücke ist zu.</p></div></content></entry></feed>)"))});
  ASSERT_EQ(atom.corpus.size(), 1u);
  EXPECT_EQ(atom.corpus[0].title, "Brücke");
  EXPECT_EQ(atom.corpus[0].text, "Die Brücke ist zu.");
  EXPECT_EQ(atom.corpus[0].url, "https://t.example/a");
  EXPECT_EQ(atom.corpus[0].language, "de");
  EXPECT_EQ(atom.corpus[0].source, "Tagblatt");
}

TEST(Feeds, AGuidIsOfItsFeedAlone) {
  const testing::TemporaryFolder folder;
  const auto feed = [&](const std::string& name) {
    return folder.write(name + ".rss",
                        "<rss><channel><title>" + name +
                            "</title><item><guid isPermaLink=\"false\">1</guid><description>The town of " + name +
                            " has a mayor.</description></item></channel></rss>");
  };
  const std::string alpha = feed("alpha"), beta = feed("beta");
  const ReadResult one = read_articles({alpha, beta}), other = read_articles({beta, alpha});
  ASSERT_EQ(one.corpus.size(), 2u);
  ASSERT_EQ(other.corpus.size(), 2u);
  EXPECT_EQ(one.report.rejected, 0u);
  for (ArticleIndex a = 0; a < 2; ++a) {
    EXPECT_EQ(one.corpus[a].id, other.corpus[a].id);
    EXPECT_EQ(one.corpus[a].text, other.corpus[a].text);
  }
}

TEST(Feeds, Hostile) {
  const TemporaryFolder folder;
  const std::string open = "<rss><channel><item><guid>1</guid><description>First entry here.</description></item>";
  expect_told(folder, folder.write("cut.rss", open + "<item><desc"), "broken XML");
  EXPECT_EQ(read({folder.path() + "/cut.rss"}).corpus.size(), 1u);
  expect_told(folder, folder.write("none.rss", "<rss><channel></channel></rss>"), "not a feed");
  std::string laughs = "<!DOCTYPE rss [<!ENTITY a \"ha\">";
  for (char c = 'b'; c <= 'p'; ++c) {
    laughs += std::string("<!ENTITY ") + c + " \"";
    for (int i = 0; i < 10; ++i) laughs += std::string("&") + static_cast<char>(c - 1) + ";";
    laughs += "\">";
  }
  laughs += "]><rss><channel><item><guid>l</guid><description>&p;</description></item></channel></rss>";
  EXPECT_GE(read({folder.write("laughs.rss", laughs)}).report.rejected, 1u);
  const std::string secret = folder.write("secret.txt", "secret words");
  const ReadResult outside = read({folder.write(
      "outside.rss",
      "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file://" + secret +
          "\">]><rss><channel><item><guid>o</guid><description>a &x; b</description></item></channel></rss>")});
  for (const Article& a : outside.corpus.articles()) EXPECT_EQ(a.text.find("secret"), std::string::npos);
}

std::string record(const std::string& type, const std::string& content_type, const std::string& block) {
  return "WARC/1.1\r\nWARC-Type: " + type +
         "\r\nWARC-Target-URI: https://northgate.example/bridge\r\nContent-Type: " + content_type +
         "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

TEST(Warc, PagesAmongItsResponses) {
  const TemporaryFolder folder;
  const std::string body =
      "<html><head><title>Bridge</title></head><body><h1>Bridge shut</h1><p>The bridge over the Halm was closed on "
      "Tuesday after inspectors found cracks in two cables.</p></body></html>";
  const std::string http = "application/http; msgtype=response";
  const std::string plain =
      record("response", http, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body);
  char size[16];
  std::snprintf(size, sizeof size, "%zx", body.size());
  const std::string chunked =
      record("response", http,
             "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(size) +
                 "\r\n" + body + "\r\n0\r\n\r\n");
  const std::string zipped = record(
      "response", http, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + gzip(body));
  const std::string others =
      record("warcinfo", "application/warc-fields", "software: x\r\n") +
      record("request", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n") +
      record("response", http, "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n" + body) +
      record("response", http, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG");
  for (const std::string& page : {plain, chunked, zipped}) {
    const ReadResult got = read({folder.write("crawl.warc.gz", gzip(others) + gzip(page))});
    ASSERT_EQ(got.corpus.size(), 1u);
    EXPECT_EQ(got.report.records, 1u);
    EXPECT_EQ(got.corpus[0].title, "Bridge shut");
    EXPECT_EQ(got.corpus[0].source, "northgate.example");
    EXPECT_THAT(got.corpus[0].text, HasSubstr("found cracks in two cables."));
  }
  const std::string vault =
      record("response", http, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: x-vault\r\n\r\nQQQQ");
  expect_told(folder, folder.write("vault.warc", plain + vault), "'x-vault' is not known");
  expect_told(
      folder,
      folder.write("torn.warc",
                   plain + record("response", http,
                                  "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\nQQQQ")),
      "brotli data");
  expect_told(folder, folder.write("cut.warc", plain + chunked.substr(0, chunked.size() / 2)), "ends early");
  EXPECT_EQ(read({folder.path() + "/cut.warc"}).corpus.size(), 1u);
  expect_told(folder, folder.write("noise.warc", plain + "rubbish\r\n"), "no WARC record");
  expect_told(folder,
              folder.write("huge.warc",
                           "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: "
                           "99999999999999\r\n\r\n"),
              "longer than");
}

TEST(Folders, LinksUnreadableFilesAndOtherFiles) {
  const TemporaryFolder folder;
  folder.write("news/a.jsonl", good);
  folder.write("news/deep/er/b.txt", "A page of its own\n\nThe bridge is shut.\n");
  folder.write("news/.hidden.jsonl", "rubbish\n");
  folder.write("news/notes.docx", "rubbish\n");
  ASSERT_EQ(symlink("/nowhere/at/all", (folder.path() + "/news/broken.jsonl").c_str()), 0);
  ASSERT_EQ(symlink("..", (folder.path() + "/news/round").c_str()), 0);
  ASSERT_EQ(mkfifo((folder.path() + "/news/pipe.jsonl").c_str(), 0600), 0);
  const ReadResult got = read({folder.path() + "/news"});
  EXPECT_EQ(got.corpus.size(), 2u);
  std::vector<std::string> told;
  for (const ReadIssue& i : got.report.issues)
    told.push_back(i.input.substr(folder.path().size() + 6) + ": " + i.reason);
  EXPECT_EQ(told, (std::vector<std::string>{
                      "broken.jsonl: a link to nowhere", "notes.docx: passed over: no ending of a format that is read",
                      "pipe.jsonl: passed over: no file", "round: a link to a folder, not followed"}));
  EXPECT_THROW(read({folder.path() + "/nothing.jsonl"}), Error);
  if (geteuid() != 0) {
    chmod(folder.write("news/locked.jsonl", good).c_str(), 0);
    EXPECT_EQ(read({folder.path() + "/news"}).corpus.size(), 2u);
  }
}

// Any bytes in any kind of file: an article or an issue, and no crash (asan preset).
TEST(Inputs, MutatedFiles) {
  const TemporaryFolder folder;
  const std::vector<std::pair<std::string, std::string>> seeds = {
      {"m.jsonl", two},
      {"m.jsonl.gz", gzip(two)},
      {"m.jsonl.zst", zstd(two)},
      {"m.txt", "A page of its own\n\nThe bridge is shut.\n"},
      {"m.html",
       "<html lang=en><head><meta charset=utf-8><script "
       "type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"x\"}</script></head>"
       "<body><article><h1>Bridge</h1><p>The bridge over the Halm was closed on Tuesday, the agency said, after a "
       "test.</p></article>"},
      {"m.rss",
       "<rss><channel><title>t</title><item><guid>1</guid><description>text &amp; "
       "more</description></item></channel></rss>"},
      {"m.warc", record("response", "application/http",
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The bridge is closed.</p>")}};
  std::uint32_t state = 1;
  const auto next = [&] { return (state = state * 1664525u + 1013904223u) >> 8; };
  for (const auto& [name, seed] : seeds) {
    for (int round = 0; round < 150; ++round) {
      std::string bytes = seed;
      for (std::uint32_t k = next() % 6 + 1; k != 0; --k) {
        const std::size_t at = next() % bytes.size();
        switch (next() % 4) {
          case 0:
            bytes[at] = static_cast<char>(next());
            break;
          case 1:
            bytes.erase(at, next() % 8 + 1);
            break;
          case 2:
            bytes.insert(at, bytes.substr(next() % bytes.size(), next() % 30));
            break;
          default:
            bytes.insert(at, 1, "\0<>{}\"\n\xff"[next() % 8]);
            break;
        }
        if (bytes.empty()) bytes = "x";
      }
      const ReadResult got = read({folder.write(name, bytes)});
      EXPECT_EQ(got.report.records, got.corpus.size() + got.report.rejected);
    }
  }
}

}  // namespace
}  // namespace storymerge

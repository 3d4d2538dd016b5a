// Inputs that are long in one way each: seconds and memory from bytes to merged stories grow with the length, not with its
// square. STORYMERGE_GROWTH_TABLE=1 prints them.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cmath>
#include <cstdio>
#include <functional>

#include "read/archives.h"
#include "storymerge/storymerge.h"

namespace storymerge {
namespace {

using Maker = std::function<std::string(std::size_t bytes)>;

struct Pattern {
  std::string name;
  std::string ending;  // of the input's file name
  Maker make;
};

// head, piece(0), piece(1), ... up to so many bytes, tail
Maker repeat(std::string head, std::function<std::string(std::size_t)> piece, std::string tail) {
  return [=](std::size_t bytes) {
    std::string out = head;
    for (std::size_t i = 0; out.size() < bytes; ++i) out += piece(i);
    return out + tail;
  };
}

std::string number(std::size_t i) { return std::to_string(i); }

std::string json_line(const std::string& id, const std::string& text) {
  return boost::json::serialize(boost::json::object{{"id", id}, {"text", text}}) + "\n";
}

std::string words(std::size_t i) {
  return "The town of Alpha" + number(i) + " met on Friday and " + number(i) + " people spoke about the harbour.";
}

// One article whose text is pieces after one another.
Pattern text(std::string name, std::function<std::string(std::size_t)> piece) {
  return {std::move(name), ".jsonl", [=](std::size_t bytes) { return json_line("a", repeat("", piece, "")(bytes)); }};
}

Pattern text(std::string name, const std::string& piece) {
  return text(std::move(name), [=](std::size_t) { return piece; });
}

Pattern page(std::string name, std::function<std::string(std::size_t)> piece) {
  return {std::move(name), ".html",
          repeat("<html><body><article><h1>Harbour</h1><p>" + words(0) + "</p>", std::move(piece), "")};
}

Pattern page(std::string name, const std::string& piece) {
  return page(std::move(name), [=](std::size_t) { return piece; });
}

std::string warc_record(std::size_t i) {
  const std::string body = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><article><p>" + words(i) +
                           "</p><p>" + words(i + 1) + "</p></article></body></html>";
  return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/" + number(i) +
         "\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: " + number(body.size()) + "\r\n\r\n" +
         body + "\r\n\r\n";
}

std::string mhtml_part(std::size_t i) {
  return "--b\r\nContent-Type: text/html\r\n\r\n<html><body><p>" + words(i) + "</p></body></html>\r\n";
}

std::vector<Pattern> texts() {
  return {
      text("one word", "x"),
      text("words", "word "),
      text("capital letters", "ALPHA "),
      text("names", [](std::size_t i) { return "Alpha Beta" + number(i) + " met Gamma. "; }),
      text("one name", "Mr Smith of Oldbrek said that "),
      text("numbers", "12 34 "),
      text("numbers with commas", "1,1,"),
      text("percent", "12 percent and "),
      text("money", "$1.5m "),
      text("number words", "twelve and "),
      text("dates", "on 3 March 2024, "),
      text("days", "last Friday and "),
      text("quotation marks", "\"a\" "),
      text("open quotations", "“He said: \"no\", "),
      text("brackets", "(a [b "),
      text("hyphens", "a-b--c - "),
      text("semicolons", "it fell; "),
      text("abbreviations", "U.S. Gen. "),
      text("addresses", "https://a.example/b?c=d "),
      text("full stops", "..."),
      text("denials", "he did not say that nobody "),
      text("speakers", "he said she said "),
      text("short lines", "a b\n"),
      text("paragraphs", [](std::size_t i) { return words(i) + "\n\n"; }),
      text("sentences", [](std::size_t i) { return words(i) + " "; }),
      text("one sentence again and again", words(1) + " "),
      text("blank lines", "\n\n"),
      text("control characters", "\x01\x02 "),
      text("combining marks", "e\xcc\x81\xcc\x81"),
      text("right to left", "قال الرئيس إن "),
      text("no spaces", "東京"),
      text("emoji", "\xf0\x9f\x98\x80"),
      text("lines about the page", "Share this article\n\n"),
  };
}

std::vector<Pattern> containers() {
  std::vector<Pattern> out = {
      page("paragraphs of a page", [](std::size_t i) { return "<p>" + words(i) + "</p>"; }),
      page("headings", [](std::size_t i) { return "<h2>Part " + number(i) + "</h2><p>" + words(i) + "</p>"; }),
      page("links", "<a href=/a>Read more</a> "),
      page("deep elements", "<div>"),
      page("deep inline elements", "<b><i>"),
      page("attributes", [](std::size_t i) { return (i == 0 ? "<p a" : " a") + number(i) + "=1"; }),
      page("entities", "&amp;&eacute;&#8364;"),
      page("table rows", "<table><tr><td>12<td>Alpha</table>"),
      page("list items", [](std::size_t i) { return "<li>" + words(i); }),
      page("comments", "<!-- a -->"),
      page("open comments", "<!--"),
      page("time elements", "<time datetime=2024-03-01T10:00:00Z>1 March</time> "),
      page("JSON-LD", "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"A\"}</script>"),
      page("closing tags", "</div>"),
  };
  const std::string open = "<rss version=\"2.0\"><channel><title>A</title>", close = "</channel></rss>";
  out.push_back({"feed items", ".rss",
                 repeat(
                     open,
                     [](std::size_t i) {
                       return "<item><guid>" + number(i) + "</guid><description>" + words(i) + "</description></item>";
                     },
                     close)});
  out.push_back({"CDATA", ".rss",
                 repeat(
                     open + "<item><description>", [](std::size_t i) { return "<![CDATA[" + words(i) + "]]>"; },
                     "</description></item>" + close)});
  out.push_back({"JSON depth", ".jsonl",
                 repeat(
                     "{\"text\":\"A.\",\"x\":", [](std::size_t) { return "["; }, "")});
  out.push_back({"JSON escapes", ".jsonl",
                 repeat(
                     "{\"text\":\"", [](std::size_t) { return "\\u00e9\\n\\\""; }, "\"}")});
  out.push_back({"articles of one sentence", ".jsonl",
                 repeat(
                     "", [](std::size_t i) { return json_line(number(i), words(i)); }, "")});
  out.push_back({"articles of the same sentence", ".jsonl",
                 repeat(
                     "", [](std::size_t i) { return json_line(number(i), words(1)); }, "")});
  out.push_back({"CSV quotes", ".csv",
                 repeat(
                     "id,text\n1,\"", [](std::size_t) { return "a \"\"b\"\" "; }, "\"\n")});
  out.push_back({"WARC records", ".warc", repeat("", warc_record, "")});
  out.push_back({"MHTML parts", ".mhtml",
                 repeat("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n", mhtml_part,
                        "--b--\r\n")});
  out.push_back({"gzip members", ".jsonl.gz",
                 repeat(
                     "", [](std::size_t i) { return testing::gzip(json_line(number(i), words(i))); }, "")});
  return out;
}

struct Cost {
  double seconds = 0;
  double megabytes = 0;  // at the most, of the process
};

// In a process of its own, which begins with the tables that this one has built. The best of so many runs.
Cost cost(const Pattern& pattern, const std::string& bytes, int runs) {
  Cost best{1e9, 1e9};
  for (int run = 0; run < runs; ++run) {
    const pid_t child = fork();
    if (child == 0) {
      ReadOptions read;
      read.threads = 1;
      Options options;
      options.threads = 1;
      const ReadResult got = read_articles(InputBytes{bytes, "in" + pattern.ending}, read);
      merge_stories(got.corpus, options);
      _exit(0);
    }
    int status = 0;
    struct rusage used {};
    wait4(child, &status, 0, &used);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << pattern.name << ": " << bytes.size() << " bytes";
    const auto seconds = [](const timeval& t) {
      return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    best.seconds = std::min(best.seconds, seconds(used.ru_utime) + seconds(used.ru_stime));
    best.megabytes = std::min(best.megabytes, static_cast<double>(used.ru_maxrss) / 1024);
  }
  return best;
}

// Length to the power of this: 1 for what grows in proportion; 0 where the longer costs less than can be measured.
double exponent(double small, double large, double ratio, double least) {
  return large < least ? 0 : std::log(large / std::max(small, least / 16)) / std::log(ratio);
}

// Bounds leave room for what a loaded machine adds, and for logarithms; squares are at 2.
TEST(Speed, GrowsInProportionToTheLength) {
#ifndef NDEBUG
  GTEST_SKIP() << "measures the optimised library";
#endif
  constexpr double most = 1.45, least_seconds = 0.1, least_megabytes = 24;
  constexpr std::size_t lengths[] = {24'000, 96'000, 384'000};
  std::vector<Pattern> patterns = texts();
  for (Pattern& p : containers()) patterns.push_back(std::move(p));
  ASSERT_GE(patterns.size(), 40u);
  const bool table = std::getenv("STORYMERGE_GROWTH_TABLE") != nullptr;
  merge_stories(Corpus({{.id = "a", .text = words(1)}}));
  const double nothing = cost(patterns[0], json_line("a", "x"), 1).megabytes;
  for (const Pattern& p : patterns) {
    double seconds[3] = {1e9, 1e9, 1e9}, megabytes[3] = {1e9, 1e9, 1e9}, by_time = 0, by_memory = 0;
    for (int round = 0; round < 3; ++round) {
      for (int k = 0; k < 3; ++k) {
        const Cost c = cost(p, p.make(lengths[k]), k == 0 ? 2 : 1);
        seconds[k] = std::min(seconds[k], c.seconds);
        megabytes[k] = std::min(megabytes[k], std::max(0.0, c.megabytes - nothing));
      }
      by_time = std::max(exponent(seconds[0], seconds[2], 16, least_seconds),
                         exponent(seconds[1], seconds[2], 4, 4 * least_seconds));
      by_memory = exponent(megabytes[0], megabytes[2], 16, least_megabytes);
      if (by_time <= most && by_memory <= most) break;
    }
    EXPECT_LE(by_time, most) << p.name << ": " << seconds[0] << ", " << seconds[1] << ", " << seconds[2] << " s";
    EXPECT_LE(by_memory, most) << p.name << ": " << megabytes[0] << ", " << megabytes[2] << " MB";
    if (table) {
      std::printf("%-32s %6.3f %6.3f %6.3f s  %5.1f %5.1f %5.1f MB  %.2f %.2f  %.2f ms/KB %.3f MB/KB\n", p.name.c_str(),
                  seconds[0], seconds[1], seconds[2], megabytes[0], megabytes[1], megabytes[2], by_time, by_memory,
                  seconds[2] * 1e3 / 384, megabytes[2] / 384);
      std::fflush(stdout);
    }
  }
}

}  // namespace
}  // namespace storymerge

// The page: what it holds, read back from its bytes; and what it does, in a real browser.

#include <gtest/gtest.h>
#include <storymerge/write/page.h>
#include <storymerge/write/writer.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <regex>

#include "support/paths.h"
#include "write/sample.h"

namespace storymerge {
namespace {

namespace json = boost::json;

std::string page_of(const samples::Sample& s) {
  std::ostringstream out;
  write(Format::html, out, s.corpus, s.stories);
  return out.str();
}

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t at = text.find(begin);
  if (at == std::string::npos) return "";
  const std::size_t from = at + begin.size();
  return text.substr(from, text.find(end, from) - from);
}

// The bytes of UTF-16 units [begin, end) of a text: slow and obvious.
std::string utf16_slice(const std::string& text, std::size_t begin, std::size_t end) {
  std::string out;
  std::size_t unit = 0;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 1;
    while (!is_boundary(text, i + length)) ++length;
    if (unit >= begin && unit < end) out += text.substr(i, length);
    unit += length == 4 ? 2 : 1;
    i += length;
  }
  return out;
}

void check_data(const samples::Sample& s) {
  const MergedStory& story = s.stories[0];
  const std::string page = page_of(s);
  const std::string head = between(page, "data-head='", "'>");
  const std::string body = between(page, "data-head='" + head + "'>", "</script>");
  EXPECT_EQ((head + body).find_first_of("<>&'"), std::string::npos);
  EXPECT_EQ(json::parse(head).at("id").as_string(), story.id);
  const json::value data = json::parse(body);
  const json::array& articles = data.at("articles").as_array();
  ASSERT_EQ(articles.size(), story.articles.size());
  for (std::size_t k = 0; k < articles.size(); ++k) {
    const Article& article = s.corpus[story.articles[k]];
    const json::value* same = articles[k].as_object().if_contains("sameText");
    const json::value& shown = same ? articles[same->to_number<std::size_t>()] : articles[k];
    EXPECT_EQ(samples::text_of(shown.at("text")), article.text);
    if (const json::value* url = articles[k].as_object().if_contains("url")) {
      EXPECT_TRUE(samples::text_of(*url).starts_with("http"));
    }
    for (std::size_t f = 0; f < story.furniture[k].size(); ++f) {
      const json::array& furniture = articles[k].at("furniture").as_array()[f].as_array();
      const ByteRange range = story.furniture[k][f].range;
      EXPECT_EQ(utf16_slice(article.text, furniture[0].to_number<std::size_t>(), furniture[1].to_number<std::size_t>()),
                article.text.substr(range.begin, range.size()));
    }
  }
  const json::array& claims = data.at("claims").as_array();
  ASSERT_EQ(claims.size(), story.claims.size());
  for (std::size_t c = 0; c < claims.size(); ++c) {
    const json::array& support = claims[c].at("support").as_array();
    ASSERT_EQ(support.size(), story.claims[c].support.size());
    for (std::size_t i = 0; i < support.size(); ++i) {
      const SourceSpan span = story.claims[c].support[i].span;
      const std::string& text = s.corpus[span.article].text;
      EXPECT_EQ(
          utf16_slice(text, support[i].at("b").to_number<std::size_t>(), support[i].at("e").to_number<std::size_t>()),
          s.corpus.quote(span));
    }
  }
}

TEST(Page, ItsDataIsTheSourcesBytes) {
  for (const char* name : {"ferry-lidra", "strike-rail-hallam", "envoy-call"}) check_data(samples::gold(name));
  check_data(samples::hostile());
  check_data(samples::example());
}

TEST(Page, NothingIsLoadedAndNothingOfAnArticleIsMarkup) {
  const std::string page = page_of(samples::hostile());
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  // Outside the stories there is only what is in every page; in them, only these tags.
  const auto frame = [](std::string text) {
    for (std::size_t at = 0; (at = text.find("<article>\n")) != std::string::npos;) {
      const std::size_t end = text.find("</script>\n", at) + 10;
      EXPECT_EQ(text.find("<script type=\"application/json\"", at), text.find("<script", at));
      text.erase(at, end - at);
    }
    return text;
  };
  const std::string told = between(page, "<article>\n", "</article>\n");
  const std::regex allowed("</?(h2|p|ul|li|bdi)>|<p class=\"meta\">|<a href=\"https://x.example/[^\"<>]*\">|</a>");
  EXPECT_EQ(std::regex_replace(told, allowed, "").find_first_of("<>\""), std::string::npos) << told;
  EXPECT_EQ(told.find("onmouseover=\""), std::string::npos);
  EXPECT_EQ(frame(page), frame(page_of(samples::example())));
  const std::string rest = frame(page);
  const std::regex address(
      "\\s(src|href|action|data|srcset|poster)=\"([^\"$]*)\"|url\\(|@import|fetch\\(|XMLHttpRequest|innerHTML|eval\\(");
  for (std::sregex_iterator at(rest.begin(), rest.end(), address), end; at != end; ++at) {
    EXPECT_TRUE((*at)[2].str().starts_with("#") || (*at)[2] == "data:,") << at->str();
  }
}

// A page of more than whole_page_stories holds them in brief, and then all of them.
TEST(Page, OfManyStoriesIsBrief) {
  const samples::Sample many = samples::gold_again_and_again(whole_page_stories + 1);
  const std::string page = page_of(many);
  const auto count = [&](const std::string& words) {
    std::size_t n = 0;
    for (std::size_t at = 0; (at = page.find(words, at)) != std::string::npos; ++at) ++n;
    return n;
  };
  EXPECT_EQ(count("class=\"story\""), many.stories.size());
  EXPECT_EQ(count("{\"leftOut\":"), many.stories.size());
  EXPECT_EQ(count("\"text\":"), 0U);
  for (const MergedStory& story : many.stories) {
    const std::string data = page_story(many.corpus, story, PageDetail::brief);
    const json::value body =
        json::parse(between(between(data, "data-head='", "</script>") + "</script>", "'>", "</script>"));
    const json::array& claims = body.at("claims").as_array();
    EXPECT_EQ(claims.size() + body.at("leftOut").to_number<std::size_t>(), story.claims.size());
    for (const json::value& claim : claims) {  // the passages are there, in their sentences' company
      for (const json::value& passage : claim.at("support").as_array()) {
        const json::array& parts =
            body.at("articles").at(passage.at("a").to_number<std::size_t>()).at("parts").as_array();
        const std::size_t begin = passage.at("b").to_number<std::size_t>();
        EXPECT_TRUE(std::ranges::any_of(parts, [&](const json::value& part) {
          const std::string text = samples::text_of(part.at(1));
          const std::size_t at = part.at(0).to_number<std::size_t>();
          return at <= begin && passage.at("e").to_number<std::size_t>() <= at + text.size();
        }));
      }
    }
  }
}

// The same story with one claim less: what it was before a reader looked.
samples::Sample one_claim_less(samples::Sample sample) {
  MergedStory& story = sample.stories[0];
  story.claims.pop_back();
  story.summary.back().pop_back();
  return sample;
}

void tell_first(MergedStory& story, std::uint32_t claim) {
  for (auto* paragraphs : {&story.summary, &story.further}) {
    for (auto& paragraph : *paragraphs) std::erase(paragraph, claim);
    std::erase_if(*paragraphs, [](const auto& paragraph) { return paragraph.empty(); });
  }
  story.summary[0].insert(story.summary[0].begin(), claim);
}

// tests/write/page_check.py opens the pages in headless Chromium, chooses claims by mouse and by keyboard, and compares
// what is highlighted with the quotes of the JSON Lines; desk_check.py checks what an editor asks of the page.
TEST(Page, InABrowser) {
  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) / ("storymerge_page_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  samples::Sample gold = samples::gold({"ferry-lidra", "ferry-ostrava-fire", "strike-rail-hallam", "envoy-call"});
  gold.stories[0].aliases = {"an-older-id"};
  tell_first(gold.stories[2], 3);  // its passage is that of claim 0, which more say
  const std::pair<const char*, samples::Sample> pages[] = {{"gold", gold},
                                                           {"before", one_claim_less(gold)},
                                                           {"hostile", samples::hostile()},
                                                           {"large", samples::large(500, 5000)},
                                                           {"many", samples::gold_again_and_again(1000)}};
  for (const auto& [name, sample] : pages) {
    std::ofstream(folder / (std::string(name) + ".html"), std::ios::binary) << page_of(sample);
    std::ofstream lines(folder / (std::string(name) + ".jsonl"), std::ios::binary);
    write(Format::jsonl, lines, sample.corpus, sample.stories);
  }
  EXPECT_LT(std::filesystem::file_size(folder / "many.html"), 4'000'000U);  // write/brief.h
  const std::string command = "python3 " + std::string(testing::root_path) + "/tests/write/page_check.py '" +
                              folder.string() + "' > '" + folder.string() + "/log' 2>&1";
  const int status = std::system(command.c_str());
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  const std::string log = testing::read_file(folder / "log");
  std::filesystem::remove_all(folder);
  if (code == 77 || code == 127) GTEST_SKIP() << "no browser test: " << (code == 127 ? "python3 is missing" : log);
  EXPECT_EQ(code, 0) << log;
  std::cout << log;
}

}  // namespace
}  // namespace storymerge

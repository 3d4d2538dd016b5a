#pragma once
// Merged stories to write, made by hand or from gold annotations, so that this room is tested without the others.

#include <storymerge/base/corpus.h>
#include <storymerge/merge/merged_story.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "support/files.h"
#include "support/utf8.h"

namespace samples {

struct Sample {
  storymerge::Corpus corpus;
  std::vector<storymerge::MergedStory> stories;
};

// What is the same for all: claims are called c1, c2, … in telling order, nothing was replaced.
inline storymerge::MergedStory finished(storymerge::MergedStory story) {
  for (std::size_t c = 0; c < story.claims.size(); ++c) story.claims[c].id = "c" + std::to_string(c + 1);
  story.replaced_by.resize(story.articles.size());
  return story;
}

// A gold story of data/gold as its file tells it.
struct GoldFile {
  struct Mention {
    std::string article, claim, value;
    storymerge::ByteRange range;
  };
  std::string name, title;
  std::vector<storymerge::Article> articles;
  std::vector<Mention> mentions;
  std::map<std::string, std::string> original;  // of a copy
  std::map<std::string, std::vector<storymerge::Furniture>> furniture;
  boost::json::array disputes;
};

inline std::string text_of(const boost::json::value& v) { return std::string(v.as_string()); }

inline GoldFile read_gold(const std::string& name) {
  using namespace storymerge;
  const std::filesystem::path path =
      std::filesystem::path(storymerge::testing::root_path) / "data/gold" / (name + ".json");
  const boost::json::value gold = boost::json::parse(storymerge::testing::read_file(path));
  GoldFile file;
  file.name = name;
  file.title = text_of(gold.at("title"));
  file.disputes = gold.at("disputes").as_array();
  for (const boost::json::value& a : gold.at("articles").as_array()) {
    Article article;
    article.id = text_of(a.at("id"));
    article.source = text_of(a.at("source"));
    article.url = text_of(a.at("url"));
    article.title = text_of(a.at("title"));
    article.published = parse_time(text_of(a.at("published")));
    if (a.at("copy_of").is_string()) file.original[article.id] = text_of(a.at("copy_of"));
    for (const boost::json::value& paragraph : a.at("paragraphs").as_array()) {
      if (!article.text.empty()) article.text += "\n\n";
      bool first = true;
      for (const boost::json::value& s : paragraph.as_array()) {
        if (!first) article.text += ' ';
        first = false;
        ByteRange range{static_cast<std::uint32_t>(article.text.size()), 0};
        article.text += text_of(s.at("s"));
        range.end = static_cast<std::uint32_t>(article.text.size());
        if (s.as_object().contains("boilerplate")) file.furniture[article.id].push_back({range, "marked in the gold"});
        for (const boost::json::value& c : s.at("claims").as_array()) {
          const std::string whole = text_of(c);
          const std::size_t equals = whole.find('=');
          file.mentions.push_back({article.id, whole.substr(0, equals),
                                   equals == std::string::npos ? "" : whole.substr(equals + 1), range});
        }
      }
    }
    file.articles.push_back(std::move(article));
  }
  return file;
}

// The story merged exactly as its annotation says; claims of most sources first, five to a paragraph.
inline storymerge::MergedStory merge_gold(const storymerge::Corpus& corpus, GoldFile file) {
  using namespace storymerge;
  MergedStory story;
  story.id = file.name;
  story.title = file.title;
  const auto root_of = [&](const std::string& id) { return file.original.contains(id) ? file.original[id] : id; };
  std::map<std::string, Origin> origins;
  for (const Article& article : file.articles) story.articles.push_back(*corpus.find(article.id));
  std::sort(story.articles.begin(), story.articles.end());
  for (const ArticleIndex a : story.articles) {
    const std::string& id = corpus[a].id;
    story.furniture.push_back(file.furniture[id]);
    Origin& origin = origins[root_of(id)];
    if (origin.articles.empty()) origin.original = *corpus.find(root_of(id));
    origin.articles.push_back(a);
    if (a != origin.original) {
      story.copies.push_back({std::min(a, origin.original), std::max(a, origin.original), Relation::near_duplicate,
                              true, 0.91, 0.95, 0.96});
    }
  }
  std::sort(story.copies.begin(), story.copies.end(),
            [](const DuplicatePair& x, const DuplicatePair& y) { return std::pair(x.a, x.b) < std::pair(y.a, y.b); });
  for (const auto& [root, origin] : origins) story.origins.push_back(origin);
  std::sort(story.origins.begin(), story.origins.end(),
            [](const Origin& a, const Origin& b) { return a.articles.front() < b.articles.front(); });

  const auto support_of = [&](const GoldFile::Mention& m) {
    return Support{SourceSpan{*corpus.find(m.article), m.range.begin, m.range.end}, std::nullopt, Hedge::asserted};
  };
  const auto by_span = [](const Support& a, const Support& b) { return a.span < b.span; };
  std::map<std::string, MergedClaim> claims;
  std::map<std::string, std::set<std::string>> roots;
  for (const GoldFile::Mention& m : file.mentions) {
    claims[m.claim].support.push_back(support_of(m));
    roots[m.claim].insert(root_of(m.article));
  }
  std::map<std::string, std::string> resolution;
  for (const boost::json::value& d : file.disputes) resolution[text_of(d.at("claim"))] = text_of(d.at("resolution"));
  std::vector<std::string> order;
  for (auto& [id, claim] : claims) {
    std::sort(claim.support.begin(), claim.support.end(), by_span);
    claim.origin_count = static_cast<std::uint32_t>(roots[id].size());
    claim.status = claim.origin_count > 1 ? ClaimStatus::corroborated : ClaimStatus::single;
    if (resolution.contains(id)) {
      claim.status = resolution[id] == "update" ? ClaimStatus::updated : ClaimStatus::disputed;
    }
    order.push_back(id);
  }
  std::stable_sort(order.begin(), order.end(), [&](const std::string& a, const std::string& b) {
    return claims[a].origin_count > claims[b].origin_count;
  });
  std::map<std::string, std::uint32_t> position;
  for (const std::string& id : order) {
    position[id] = static_cast<std::uint32_t>(story.claims.size());
    if (story.claims.size() % 5 == 0) story.summary.emplace_back();
    story.summary.back().push_back(position[id]);
    story.claims.push_back(claims[id]);
  }
  const std::map<std::string, DisputeKind> kinds = {{"quantity", DisputeKind::quantity},
                                                    {"date", DisputeKind::date},
                                                    {"name", DisputeKind::name},
                                                    {"polarity", DisputeKind::polarity},
                                                    {"attribution", DisputeKind::attribution}};
  for (const boost::json::value& d : file.disputes) {
    const std::string claim = text_of(d.at("claim"));
    MergedDispute dispute{position[claim],
                          kinds.at(text_of(d.at("kind"))),
                          resolution[claim] == "update" ? Resolution::update : Resolution::conflict,
                          {},
                          {}};
    for (const auto& value : d.at("values").as_object()) {
      MergedValue merged{std::string(value.key()), {}, 0, false};
      for (const GoldFile::Mention& m : file.mentions) {
        if (m.claim == claim && m.value == merged.value) merged.support.push_back(support_of(m));
      }
      std::sort(merged.support.begin(), merged.support.end(), by_span);
      std::set<std::string> voices;
      for (const Support& m : merged.support) voices.insert(root_of(corpus[m.span.article].id));
      merged.origin_count = static_cast<std::uint32_t>(voices.size());
      dispute.values.push_back(std::move(merged));
    }
    story.disputes.push_back(std::move(dispute));
  }
  return finished(std::move(story));
}

// Gold stories of data/gold in one corpus.
inline Sample gold(const std::vector<std::string>& names) {
  std::vector<GoldFile> files;
  std::vector<storymerge::Article> articles;
  for (const std::string& name : names) {
    files.push_back(read_gold(name));
    articles.insert(articles.end(), files.back().articles.begin(), files.back().articles.end());
  }
  Sample sample{storymerge::Corpus(std::move(articles)), {}};
  for (const GoldFile& file : files) sample.stories.push_back(merge_gold(sample.corpus, file));
  return sample;
}

inline Sample gold(const char* name) { return gold(std::vector<std::string>{name}); }

// `count` stories: those of data/gold one after another, under other ids and headlines.
inline Sample gold_again_and_again(std::size_t count) {
  const std::vector<std::string> names = {
      "breach-lumenpay",    "ceasefire-draft", "cup-final-brenholm", "envoy-call",         "ferry-lidra",
      "ferry-ostrava-fire", "quake-sorrel",    "quake-tavira",       "strike-rail-hallam", "wildfire-asperin"};
  Sample sample = gold(names);
  for (std::size_t k = 0; sample.stories.size() < count; ++k) {
    storymerge::MergedStory story = sample.stories[k];
    story.id = "story-" + std::to_string(sample.stories.size());
    story.title += " (" + std::to_string(sample.stories.size()) + ")";
    sample.stories.push_back(std::move(story));
  }
  return sample;
}

// Three outlets, one of them a copy, whose every field is an attack: markup, scripts, Markdown, terminal escapes,
// right-to-left overrides, and characters of one to four bytes.
inline Sample hostile() {
  using namespace storymerge;
  const std::vector<std::string> sentences = {
      "<script>alert(1)</script> said \"quoted\" & 'so' </script><!-- <script> and ]]> went on.",
      "\"><img src=x onerror=alert(2)> was ](javascript:alert(3)) and [link](http://evil.example) [1]: http://x.",
      "\xE2\x80\xAE"
      "desrever \xE2\x81\xA6 open \xE2\x81\xA9\xE2\x81\xA9 and \xE2\x80\xAB never closed.",
      "\x1b]0;owned\x07\x1b[2J\xC2\x9B"
      "31m caf\xC3\xA9 \xF0\x9F\x9A\xA2 \xE2\x80\xA8 line \\ back`tick` *bold* _it_ ~~no~~ | # a.",
      "- 1. # > not a list\r\nnor two lines, &lt;b&gt; &#x202E; &copy; @someone #12 javascript:alert(4).",
      "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xD7\xA2\xD7\x95\xD7\x9C\xD7\x9D 12, it said; "
      "\xE6\xB8\xA1\xE8\xBC\xAA\xE5\x9C\xA8\xE6\xB8\xAF\xE5\xA4\x96\xE7\xBF\xBB\xE8\xA6\x86\xE3\x80\x82"};
  std::vector<Article> articles(3);
  for (std::size_t k = 0; k < articles.size(); ++k) {
    Article& a = articles[k];
    a.id = "\"'><script>alert('id')</script>/../#&? \xE2\x80\xAE" + std::to_string(k);
    a.source = "<b onclick=alert(5)>Outlet</b> \xE2\x80\xAE" + std::to_string(k);
    a.title = "</title><img src=x onerror=alert(6)> ](javascript:alert(7)) \xE2\x80\xAE";
    a.author = "<svg onload=alert(8)>";
    a.language = "\"><x>";
    a.url = k == 0   ? "javascript:alert(9)"
            : k == 1 ? "https://x.example/\"onmouseover=\"alert(10)\" a)b<c>"
                     : "data:text/html,<script>alert(11)</script>";
    if (k != 2) a.published = parse_time("2031-03-14T0" + std::to_string(k) + ":00:00Z");
    for (const std::string& s : sentences) a.text += s + (k == 1 ? " " : "\n\n");
    a.text += "Share <script>alert(12)</script>";
  }
  Sample sample{Corpus(std::move(articles)), {}};
  MergedStory story;
  story.id = "<script>'\"&#/%\xE2\x80\xAE";
  story.title = sample.corpus[0].title;
  story.articles = {0, 1, 2};
  story.origins = {{{0, 2}, 0}, {{1}, 1}};
  story.copies = {{0, 2, Relation::exact, true, 1, 1, 1}};
  for (const std::string& s : sentences) {
    MergedClaim claim;
    for (ArticleIndex a = 0; a < 3; ++a) {
      const auto begin = static_cast<std::uint32_t>(sample.corpus[a].text.find(s));
      const auto end = static_cast<std::uint32_t>(begin + s.size());
      std::optional<SourceSpan> speaker;
      if (is_boundary(s, 9)) speaker = SourceSpan{a, begin, begin + 9};
      claim.support.push_back({{a, begin, end}, speaker, Hedge::hedged});
    }
    claim.origin_count = 2;
    claim.status = ClaimStatus::corroborated;
    story.claims.push_back(claim);
  }
  MergedClaim alone = story.claims[1];
  alone.support = {alone.support[1]};
  alone.origin_count = 1;
  alone.status = ClaimStatus::single;
  story.claims.push_back(alone);
  story.summary = {{0, 1, 2}, {3, 4}};
  story.further = {{5}, {6}};
  story.claims[0].also = {story.claims[2].support[1]};
  story.claims[2].support[1].via = "<b>The \xE2\x80\xAEWire</b>";
  const auto value = [&](std::string text, std::uint32_t claim, std::size_t k) {
    return MergedValue{std::move(text), {story.claims[claim].support[k]}, 1, k == 0};
  };
  story.disputes = {{1,
                     DisputeKind::quantity,
                     Resolution::conflict,
                     "<i>about</i> \x1b[2J \xE2\x80\xAE",
                     {value("<script>alert(13)</script>", 1, 0), value("](javascript:alert(14))", 1, 1)}},
                    {3,
                     DisputeKind::name,
                     Resolution::update,
                     "",
                     {value("\x1b[2J", 3, 0), value("\xE2\x80\xAE"
                                                    "b",
                                                    4, 1)}}};  // a passage that is not among the claim\'s support
  story.claims[1].status = ClaimStatus::disputed;
  story.claims[3].status = ClaimStatus::updated;
  story.names = {{"<i>A</i>", {"](javascript:alert(15))"}, {"spelling"}}};
  for (ArticleIndex a = 0; a < 3; ++a) {
    const auto at = static_cast<std::uint32_t>(sample.corpus[a].text.rfind("Share"));
    story.furniture.push_back({{{at, static_cast<std::uint32_t>(sample.corpus[a].text.size())}, "cue: <script>"}});
  }
  story = finished(std::move(story));
  story.replaced_by[1] = 0;
  story.touches = {{story.claims[5].support[2].span, "<i>another</i>"}};
  sample.stories.push_back(std::move(story));
  return sample;
}

// The worked example of data/: three short articles, one a copy, with an update. Its text is not all ASCII.
inline Sample example() {
  using namespace storymerge;
  const auto article = [](std::string id, std::string source, std::string title, std::string time, std::string text) {
    Article a;
    a.id = id;
    a.source = source;
    a.title = title;
    a.published = parse_time("2031-06-02T" + time + ":00Z");
    a.url = "https://" + id + ".example/orvane-bridge";
    a.language = "en";
    a.text = text;
    return a;
  };
  Sample sample;
  sample.corpus = Corpus({
      article("kestrel", "Kestrel Wire", "Barge hits Orvane bridge", "08:10",
              "The Orvane bridge was closed on Monday after a barge struck its northern pier.\n\n"
              "Two people were hurt, the fire service said."),
      article("herald", "Delta Herald", "Orvane bridge closed", "09:00",
              "DELTA (KW) — The Orvane bridge was closed on Monday after a barge struck its northern pier.\n\n"
              "Two people were hurt, the fire service said.\n\nShare this article"),
      article("courier", "Orvane Courier", "Café and bridge shut after crash", "10:30",
              "The café on the deck had just opened when a barge hit the north pier; the Orvane bridge is shut.\n\n"
              "Three people were injured, according to the fire service."),
  });
  const auto support = [&](ArticleIndex a, const std::string& words, Hedge hedge = Hedge::asserted) {
    const std::string& text = sample.corpus[a].text;
    const auto begin = static_cast<std::uint32_t>(text.find(words));
    Support s{{a, begin, static_cast<std::uint32_t>(begin + words.size())}, std::nullopt, hedge};
    if (hedge == Hedge::attributed) {
      const auto at = static_cast<std::uint32_t>(text.find("the fire service"));
      s.speaker = SourceSpan{a, at, at + 16};
    }
    return s;
  };
  const std::string closed = "The Orvane bridge was closed on Monday after a barge struck its northern pier.";
  const std::string shut =
      "The café on the deck had just opened when a barge hit the north pier; the Orvane bridge is shut.";
  const std::string two = "Two people were hurt, the fire service said.";
  const std::string three = "Three people were injured, according to the fire service.";
  MergedStory story;
  story.id = "orvane-bridge";
  story.title = sample.corpus[0].title;
  story.articles = {0, 1, 2};
  story.origins = {{{0, 1}, 0}, {{2}, 2}};
  story.copies = {{0, 1, Relation::near_duplicate, true, 0.84, 1, 0.84}};
  story.claims = {{"", {support(0, closed), support(1, closed), support(2, shut)}, {}, 2, ClaimStatus::corroborated},
                  {"",
                   {support(2, three, Hedge::attributed)},
                   {support(0, two, Hedge::attributed), support(1, two, Hedge::attributed)},
                   1,
                   ClaimStatus::updated}};
  story.disputes = {{1,
                     DisputeKind::quantity,
                     Resolution::update,
                     "people hurt",
                     {{"Two", {support(0, two, Hedge::attributed), support(1, two, Hedge::attributed)}, 1, false},
                      {"Three", {support(2, three, Hedge::attributed)}, 1, false}}}};
  story.summary = {{0, 1}};
  const auto share = static_cast<std::uint32_t>(sample.corpus[1].text.find("Share"));
  story.furniture = {{}, {{{share, share + 18}, "cue: share this"}}, {}};
  sample.stories = {finished(story)};
  return sample;
}

// One story of very many articles and claims: claim c is stated by article c, modulo, and by up to three more.
inline Sample large(std::uint32_t article_count, std::uint32_t claim_count) {
  using namespace storymerge;
  std::vector<Article> articles(article_count);
  std::vector<std::vector<Support>> support(claim_count);
  for (std::uint32_t a = 0; a < article_count; ++a) {
    articles[a].id = std::string(8 - std::to_string(a).size(), '0') + std::to_string(a);  // ids in order of number
    articles[a].source = "Outlet " + std::to_string(a);
    articles[a].title = "Report number " + std::to_string(a) + " on the matter";
  }
  for (std::uint32_t c = 0; c < claim_count; ++c) {
    for (std::uint32_t k = 0; k <= c % 4; ++k) {
      const std::uint32_t a = (c + k * 37) % article_count;
      std::string& text = articles[a].text;
      const auto begin = static_cast<std::uint32_t>(text.size());
      text += "Statement " + std::to_string(c) + " says what was seen near the harbour that night and by whom.";
      support[c].push_back({{a, begin, static_cast<std::uint32_t>(text.size())}, std::nullopt, Hedge::asserted});
      text += c % 3 == 0 ? "\n\n" : " ";
    }
  }
  Sample sample{Corpus(std::move(articles)), {}};
  MergedStory story;
  story.id = "large";
  story.title = "A story of very many articles";
  for (std::uint32_t a = 0; a < article_count; ++a) {
    story.articles.push_back(a);
    story.origins.push_back({{a}, a});
    story.furniture.emplace_back();
  }
  for (std::uint32_t c = 0; c < claim_count; ++c) {
    const auto origins = static_cast<std::uint32_t>(support[c].size());
    story.claims.push_back(
        {"", support[c], {}, origins, origins > 1 ? ClaimStatus::corroborated : ClaimStatus::single});
    if (c % 6 == 0) story.summary.emplace_back();
    story.summary.back().push_back(c);
  }
  sample.stories.push_back(finished(std::move(story)));
  return sample;
}

}  // namespace samples

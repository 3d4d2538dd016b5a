// Outlets of one owner are one voice of a story; an agency's text is the original of its copies.
#include <gtest/gtest.h>

#include <set>

#include "storymerge/storymerge.h"

namespace storymerge {
namespace {

// Two reports of their own by houses of one owner, one by another's, and a wire text that one of the houses printed first.
Corpus fire() {
  const auto article = [](std::string id, std::string source, int hour, std::string text) {
    Article a;
    a.id = std::move(id);
    a.source = std::move(source);
    a.title = "Fire destroys the old mill in Oldbrek";
    a.published = *parse_time("2031-03-14T" + std::to_string(hour) + ":00:00Z");
    a.text = std::move(text);
    return a;
  };
  const std::string wire =
      "A fire destroyed the old mill in Oldbrek on Friday, the fire service said. Twelve people were led out of the "
      "mill "
      "unhurt, and forty firefighters were still at work in the evening. The cause of the fire is not known.";
  return Corpus({
      article("horn", "Daily Horn", 10,
              "The old mill of Oldbrek has burned down. Twelve people who worked in the mill got out in time, said the "
              "fire service of Oldbrek, which sent forty firefighters to the fire."),
      article("echo", "Evening Echo", 11,
              "Nothing is left of Oldbrek's old mill after a fire on Friday. The fire service fought the flames with "
              "forty firefighters. The twelve people in the mill were unhurt."),
      article("post", "Sarn Post", 12, wire),
      article("wire", "Sarn Wire", 13, wire),
  });
}

SourceTable table(const std::string& owner_of_echo) {
  SourceTable out;
  out.add({"", "Daily Horn", "Horn Media", SourceKind::outlet});
  out.add({"", "Evening Echo", owner_of_echo, SourceKind::outlet});
  out.add({"", "Sarn Post", "Horn Media", SourceKind::outlet});
  out.add({"", "Sarn Wire", "Sarn Agency", SourceKind::agency});
  return out;
}

std::set<std::set<std::string>> voices(const Corpus& corpus, const MergedStory& story) {
  std::set<std::set<std::string>> out;
  for (const Origin& origin : story.origins) {
    std::set<std::string> ids;
    for (const ArticleIndex a : origin.articles) ids.insert(corpus[a].id);
    out.insert(ids);
  }
  return out;
}

TEST(Owners, HousesOfOneAreOneVoice) {
  using Voices = std::set<std::set<std::string>>;
  const Corpus corpus = fire();
  const auto merged = [&](const SourceTable& sources) {
    Options options;
    options.stories.must_link = {{"horn", "echo"}, {"horn", "post"}};
    options.duplicates.sources = sources;
    std::vector<MergedStory> stories = merge_stories(corpus, options);
    EXPECT_EQ(stories.size(), 1u);
    return stories.front();
  };
  const MergedStory plain = merged({}), joined = merged(table("Horn Media")), twin = merged(table("Echo Media"));
  EXPECT_EQ(voices(corpus, plain), (Voices{{"horn"}, {"echo"}, {"post", "wire"}}));
  EXPECT_EQ(voices(corpus, twin), voices(corpus, plain));
  // What the Post printed is the agency's word, not that of its owner.
  EXPECT_EQ(voices(corpus, joined), (Voices{{"echo", "horn"}, {"post", "wire"}}));
  for (const MergedStory* story : {&plain, &twin, &joined}) {
    for (const Origin& origin : story->origins) {
      EXPECT_EQ(origin.owner,
                story == &joined && origin.articles.size() == 2 && origin.articles[0] == 0 ? "Horn Media" : "");
      if (corpus[origin.articles[0]].id == "post") {
        EXPECT_EQ(corpus[origin.original].id, story == &plain ? "post" : "wire");
      }
    }
    for (const MergedClaim& claim : story->claims) EXPECT_LE(claim.origin_count, story->origins.size());
  }
}

}  // namespace
}  // namespace storymerge

// The C interface tells what the C++ one tells, whatever way articles come in; and every misuse is a status and a message.
#include "storymerge/c.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <functional>
#include <memory>
#include <numeric>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "storymerge/storymerge.h"
#include "storymerge/write/duplicates.h"
#include "support/corpora.h"
#include "support/files.h"

namespace storymerge {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Free {
  void operator()(storymerge_session* session) const { storymerge_free(session); }
};
using Session = std::unique_ptr<storymerge_session, Free>;

Session new_session() { return Session(storymerge_new()); }

int append_line(void* to, const char* json, std::size_t size) {
  static_cast<std::string*>(to)->append(json, size).append("\n");
  return 0;
}

std::string day() { return testing::read_file(testing::project_root / "data" / "day.jsonl"); }

Session session_of(const std::string& lines) {
  Session session = new_session();
  EXPECT_EQ(storymerge_add_jsonl(session.get(), lines.data(), lines.size()), STORYMERGE_OK);
  return session;
}

std::string stories_of(storymerge_session* session) {
  std::string out;
  EXPECT_EQ(storymerge_stories(session, append_line, &out), STORYMERGE_OK) << storymerge_message(session);
  return out;
}

void set_field(storymerge_session* session, const char* key, const std::string& value) {
  EXPECT_EQ(storymerge_set_field(session, key, value.data(), value.size()), STORYMERGE_OK)
      << storymerge_message(session);
}

std::string expected_stories(const Corpus& corpus, const Options& options = {}) {
  std::ostringstream out;
  write(Format::jsonl, out, corpus, merge_stories(corpus, options));
  return out.str();
}

Corpus read_day() { return read_articles(InputBytes{day(), "day.jsonl"}).corpus; }

TEST(Stories, AreThoseOfTheCppInterface) {
  EXPECT_TRUE(stories_of(session_of(day()).get()) == expected_stories(read_day()));
}

TEST(Stories, FollowTheOptions) {
  Options options;
  options.stories.preset = StoryPreset::story;
  options.alignment.strictness = Strictness::strict;
  const Session session = session_of(day());
  EXPECT_EQ(storymerge_set(session.get(), "preset", "story"), STORYMERGE_OK);
  EXPECT_EQ(storymerge_set(session.get(), "strictness", "strict"), STORYMERGE_OK);
  EXPECT_TRUE(stories_of(session.get()) == expected_stories(read_day(), options));
}

// In pieces, in any order, by lines or by fields: the same stories, versions of a page included.
TEST(Stories, DoNotDependOnTheWayArticlesCome) {
  const std::string all = day() + R"({"id":"v","text":"The bridge is shut.","published":"2031-03-14T09:00:00Z"})" +
                          "\n" + R"({"id":"v","text":"The bridge is open again.","published":"2031-03-14T19:00:00Z"})" +
                          "\n";
  const std::string expected = stories_of(session_of(all).get());
  const Session pieces = new_session();
  std::vector<std::string> lines;
  std::istringstream in(all);
  for (std::string line; std::getline(in, line);) lines.push_back(line + "\n");
  for (std::size_t i = lines.size(); i-- > 0;) {
    EXPECT_EQ(storymerge_add_jsonl(pieces.get(), lines[i].data(), lines[i].size()), STORYMERGE_OK);
  }
  EXPECT_TRUE(stories_of(pieces.get()) == expected);

  const Session fields = new_session();
  const Corpus corpus = read_day();
  for (const Article& a : corpus.articles()) {
    set_field(fields.get(), "id", a.id);
    set_field(fields.get(), "title", a.title);
    set_field(fields.get(), "source", a.source);
    set_field(fields.get(), "url", a.url);
    set_field(fields.get(), "language", a.language);
    set_field(fields.get(), "author", a.author);
    if (a.published) set_field(fields.get(), "published", format_time(*a.published));
    set_field(fields.get(), "text", a.text);
    EXPECT_EQ(storymerge_add_article(fields.get()), STORYMERGE_OK);
  }
  EXPECT_TRUE(stories_of(fields.get()) == stories_of(session_of(day()).get()));
}

TEST(Stories, AreOneWhenTheCallerSaysSo) {
  const Session session = session_of(day());
  const Corpus corpus = read_day();
  Options options;
  for (ArticleIndex i = 1; i < corpus.size(); ++i) options.stories.must_link.emplace_back(corpus[0].id, corpus[i].id);
  std::string out;
  EXPECT_EQ(storymerge_one_story(session.get(), append_line, &out), STORYMERGE_OK);
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 1);
  EXPECT_TRUE(out == expected_stories(corpus, options));
  EXPECT_TRUE(stories_of(session.get()) == expected_stories(corpus));
  const Session none = new_session();
  EXPECT_EQ(storymerge_one_story(none.get(), append_line, &(out = "")), STORYMERGE_OK);
  EXPECT_EQ(out, "");
}

TEST(Duplicates, AreThoseOfTheCppInterface) {
  std::string lines = day();
  lines += lines.substr(0, lines.find('\n') + 1).insert(1, R"("id":"copy","x":{},)");
  const ReadResult read = read_articles(InputBytes{lines, "day.jsonl"});
  std::ostringstream expected;
  write_duplicates(expected, find_duplicates(read.corpus),
                   [&](ArticleIndex i) -> std::string_view { return read.corpus[i].id; });
  std::string found;
  const Session session = session_of(lines);
  EXPECT_EQ(storymerge_duplicates(session.get(), append_line, &found), STORYMERGE_OK);
  EXPECT_EQ(found, expected.str());
  EXPECT_NE(found, "");
}

TEST(Signatures, AreThoseOfTheCppInterface) {
  std::vector<std::string> texts = testing::hostile_pieces();
  const Corpus corpus = read_day();
  for (const Article& a : corpus.articles()) texts.push_back(a.text);
  std::string bytes;
  std::vector<std::int64_t> offsets = {0};
  for (const std::string& text : texts) offsets.push_back(static_cast<std::int64_t>((bytes += text).size()));
  const Session session = new_session();
  EXPECT_EQ(storymerge_set(session.get(), "num-perm", "64"), STORYMERGE_OK);
  EXPECT_EQ(storymerge_set(session.get(), "bands", "16"), STORYMERGE_OK);
  EXPECT_EQ(storymerge_set(session.get(), "rows", "4"), STORYMERGE_OK);
  std::vector<std::uint32_t> slots(texts.size() * 64), keys(texts.size() * 16);
  ASSERT_EQ(
      storymerge_signatures(session.get(), bytes.data(), offsets.data(), texts.size(), slots.data(), slots.size()),
      STORYMERGE_OK)
      << storymerge_message(session.get());
  ASSERT_EQ(storymerge_band_keys(session.get(), slots.data(), slots.size(), texts.size(), keys.data(), keys.size()),
            STORYMERGE_OK);
  MinHashOptions options;
  options.num_perm = 64;
  EXPECT_EQ(storymerge_fingerprint(session.get()), fingerprint(options));
  std::vector<std::uint32_t> expected_keys(16);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const MinHash expected = sign(texts[i], options);
    EXPECT_TRUE(std::ranges::equal(expected.slots(), std::span(slots).subspan(i * 64, 64))) << texts[i];
    band_keys(expected.slots(), {16, 4}, expected_keys);
    EXPECT_TRUE(std::ranges::equal(expected_keys, std::span(keys).subspan(i * 16, 16))) << texts[i];
  }
}

TEST(Signatures, NeedTheRoomThatTheyTake) {
  const Session session = new_session();
  const std::int64_t offsets[] = {0, 3, 2};
  std::uint32_t slots[256];
  EXPECT_EQ(storymerge_signatures(session.get(), "abc", offsets, 1, slots, 127), STORYMERGE_BAD_INPUT);
  EXPECT_THAT(storymerge_message(session.get()), HasSubstr("127"));
  EXPECT_EQ(storymerge_signatures(session.get(), "abc", offsets, 2, slots, 256), STORYMERGE_BAD_INPUT);
  EXPECT_THAT(storymerge_message(session.get()), HasSubstr("offset 3 of text 1 is followed by 2"));
  EXPECT_EQ(storymerge_signatures(session.get(), nullptr, offsets, 0, nullptr, 0), STORYMERGE_OK);
  EXPECT_EQ(storymerge_set(session.get(), "bands", "1024"), STORYMERGE_OK);
  EXPECT_EQ(storymerge_band_keys(session.get(), slots, 128, 1, slots, 1024), STORYMERGE_BAD_OPTION);
}

TEST(Compare, IsExact) {
  const Session session = new_session();
  const std::string a = "The ferry sank off Lidra on Friday.", b = "The ferry sank off Lidra on Sunday.";
  storymerge_overlap overlap{};
  EXPECT_EQ(storymerge_compare(session.get(), a.data(), a.size(), b.data(), b.size(), &overlap), STORYMERGE_OK);
  EXPECT_EQ(overlap.common, 5u);  // pairs of words, for the texts are short
  EXPECT_EQ(overlap.a, 6u);
  EXPECT_EQ(overlap.b, 6u);
}

// A session that was told what repeats in a batch finds the same in it; keys and sizes are those of the C++ interface.
TEST(Parts, AreDecidedAsTheWhole) {
  const Session whole = session_of(day()), part = session_of(day());
  const auto learned = [](storymerge_session* s) {
    std::string out;
    EXPECT_EQ(storymerge_learn(s, append_line, &out), STORYMERGE_OK) << storymerge_message(s);
    return out;
  };
  const std::string knowledge = learned(whole.get());
  EXPECT_THAT(knowledge, HasSubstr(R"({"frequent":[)"));
  EXPECT_EQ(storymerge_know(part.get(), knowledge.data(), knowledge.size()), STORYMERGE_OK);
  std::string pairs, again;
  EXPECT_EQ(storymerge_pairs(whole.get(), append_line, &pairs), STORYMERGE_OK);
  EXPECT_EQ(storymerge_pairs(part.get(), append_line, &again), STORYMERGE_OK);
  EXPECT_EQ(pairs, again);
  EXPECT_THAT(pairs, HasSubstr(R"("relation":")"));

  std::string counts;
  EXPECT_EQ(storymerge_count_words(whole.get(), append_line, &counts), STORYMERGE_OK);
  EXPECT_THAT(counts, HasSubstr(R"({"texts":)"));
  EXPECT_EQ(storymerge_know(part.get(), counts.data(), counts.size()), STORYMERGE_OK);
  EXPECT_TRUE(stories_of(part.get()) == stories_of(whole.get()));

  for (const char* bad :
       {R"({"words":{"x":1},"texts":1})", "[]", "{", "{}", R"({"frequent":[1],"common":[-1],"sources":{}})",
        R"({"frequent":["a"],"common":[],"sources":{}})"}) {
    EXPECT_EQ(storymerge_know(part.get(), bad, std::strlen(bad)), STORYMERGE_BAD_INPUT) << bad;
    EXPECT_THAT(storymerge_message(part.get()), HasSubstr("storymerge_learn"));
  }
  EXPECT_EQ(storymerge_know(part.get(), nullptr, 0), STORYMERGE_OK);

  const std::string text = read_day()[0].text, texts = text + text + "one";
  const auto size = static_cast<std::int64_t>(text.size());
  const std::int64_t offsets[] = {0, size, 2 * size, 2 * size + 3}, sources[] = {0, 0, 0, 0};
  storymerge_sample samples[3];
  std::vector<std::uint32_t> keys(texts.size() + 3);
  EXPECT_EQ(storymerge_samples(part.get(), texts.data(), offsets, "", sources, 3, samples, keys.data(), keys.size()),
            STORYMERGE_OK);
  EXPECT_EQ(samples[0].hash, samples[1].hash);
  EXPECT_NE(samples[0].hash, samples[2].hash);
  EXPECT_EQ(samples[2].words, 1u);
  EXPECT_EQ(samples[2].keys[0] + samples[2].keys[1], 0u);
  EXPECT_GT(samples[0].keys[0], 0u);
  const std::size_t row = samples[0].keys[0] + samples[0].keys[1];
  EXPECT_TRUE(std::equal(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(row),
                         keys.begin() + static_cast<std::ptrdiff_t>(row)));
  EXPECT_EQ(storymerge_samples(part.get(), texts.data(), offsets, "", sources, 3, samples, keys.data(), 10),
            STORYMERGE_BAD_INPUT);
  EXPECT_THAT(storymerge_message(part.get()), HasSubstr("room for 10"));
}

TEST(Options, RefuseWhatTheyDoNotTakeAndNameIt) {
  const Session session = new_session();
  const std::pair<const char*, const char*> bad[] = {
      {"threads", "-1"},      {"threads", ""},    {"threads", "2x"},    {"preset", "events"},
      {"strictness", ""},     {"threshold", "0"}, {"threshold", "1.1"}, {"threshold", "nan"},
      {"containment", " .5"}, {"ngram", "17"},    {"num-perm", "15"},   {"num-perm", "99999999999999999999"},
      {"bands", "0"},         {"rows", "1.5"}};
  for (const auto& [key, value] : bad) {
    EXPECT_EQ(storymerge_set(session.get(), key, value), STORYMERGE_BAD_OPTION) << key << " " << value;
    EXPECT_THAT(storymerge_message(session.get()), HasSubstr("option '" + std::string(key) + "'"));
    EXPECT_THAT(storymerge_message(session.get()), HasSubstr("got '" + std::string(value) + "'"));
  }
  for (const char* key : {"", "thread", "THREADS", "threads ", "--threads"}) {
    EXPECT_EQ(storymerge_set(session.get(), key, "1"), STORYMERGE_BAD_OPTION) << key;
    EXPECT_THAT(storymerge_message(session.get()), HasSubstr("'" + std::string(key) + "'"));
  }
  EXPECT_EQ(storymerge_set(session.get(), "threads", "3"), STORYMERGE_OK);
  EXPECT_STREQ(storymerge_message(session.get()), "");
}

TEST(Options, ReadATableOfSources) {
  const testing::TemporaryFolder folder;
  const std::string good = folder.write("good.tsv", "host\tname\towner\tkind\n\tHerald\tHorn\toutlet\n");
  const std::string bad = folder.write("bad.tsv", "host\tname\towner\tkind\n\tHerald\tHorn\tpaper\n");
  const Session session = new_session();
  EXPECT_EQ(storymerge_set(session.get(), "sources", good.c_str()), STORYMERGE_OK);
  EXPECT_EQ(storymerge_set(session.get(), "sources", bad.c_str()), STORYMERGE_BAD_INPUT);
  EXPECT_THAT(storymerge_message(session.get()), HasSubstr("bad.tsv:2"));
  EXPECT_EQ(storymerge_set(session.get(), "sources", (folder / "none").c_str()), STORYMERGE_IO);
}

TEST(Batch, TellsOfEveryRecordThatWasRejected) {
  const std::string lines = "{\"id\":\"a\"}\n{\"id\":\"b\",\"text\":\"One.\",\"published\":\"never\"}\nnothing\n";
  const Session session = session_of(lines);
  std::string issues;
  EXPECT_EQ(storymerge_issues(session.get(), append_line, &issues), STORYMERGE_OK);
  EXPECT_THAT(issues, HasSubstr(R"({"line":1,"field":"text","reason":"no text","rejected":true})"));
  EXPECT_THAT(issues, HasSubstr(R"({"line":2,"field":"published")"));
  EXPECT_THAT(issues, HasSubstr(R"("rejected":false)"));
  EXPECT_THAT(issues, HasSubstr(R"({"line":3,)"));
}

TEST(Batch, RefusesFieldsThatCannotBe) {
  const Session session = new_session();
  const auto status_of = [&](const char* key, const std::string& value) {
    return storymerge_set_field(session.get(), key, value.data(), value.size());
  };
  EXPECT_EQ(status_of("headline", "x"), STORYMERGE_BAD_INPUT);
  EXPECT_THAT(storymerge_message(session.get()), HasSubstr("'headline'"));
  EXPECT_EQ(status_of("published", "yesterday"), STORYMERGE_BAD_INPUT);
  EXPECT_THAT(storymerge_message(session.get()), HasSubstr("'yesterday'"));
  EXPECT_EQ(status_of("title", "\xff"), STORYMERGE_BAD_INPUT);
  EXPECT_THAT(storymerge_message(session.get()), HasSubstr("'title'"));
  EXPECT_EQ(storymerge_add_article(session.get()), STORYMERGE_BAD_INPUT);
  EXPECT_THAT(storymerge_message(session.get()), HasSubstr("'text'"));
  EXPECT_EQ(stories_of(session.get()), "");
}

TEST(Batch, ClosesWhenItIsLookedAtAndOpensAgain) {
  const Session session = session_of(day());
  const std::string stories = stories_of(session.get());
  EXPECT_TRUE(stories_of(session.get()) == stories);
  const std::string line = "{\"text\":\"One.\"}\n";
  EXPECT_EQ(storymerge_add_jsonl(session.get(), line.data(), line.size()), STORYMERGE_BAD_INPUT);
  EXPECT_THAT(storymerge_message(session.get()), HasSubstr("storymerge_clear"));
  EXPECT_EQ(storymerge_clear(session.get()), STORYMERGE_OK);
  EXPECT_EQ(stories_of(session.get()), "");
  EXPECT_EQ(storymerge_clear(session.get()), STORYMERGE_OK);
  const std::string again = day();
  EXPECT_EQ(storymerge_add_jsonl(session.get(), again.data(), again.size()), STORYMERGE_OK);
  EXPECT_TRUE(stories_of(session.get()) == stories);
}

TEST(Callback, MayStopMayThrowAndMayNotCallBack) {
  const Session session = session_of(day());
  EXPECT_EQ(storymerge_stories(
                session.get(), [](void*, const char*, std::size_t) { return 1; }, nullptr),
            STORYMERGE_STOPPED);
  EXPECT_EQ(
      storymerge_stories(
          session.get(), [](void*, const char*, std::size_t) -> int { throw std::runtime_error("mine"); }, nullptr),
      STORYMERGE_FAILED);
  EXPECT_STREQ(storymerge_message(session.get()), "mine");
  EXPECT_EQ(storymerge_stories(
                session.get(), [](void*, const char*, std::size_t) -> int { throw 1; }, nullptr),
            STORYMERGE_FAILED);
  const auto call_back = [](void* own, const char*, std::size_t) {
    EXPECT_EQ(storymerge_clear(static_cast<storymerge_session*>(own)), STORYMERGE_BUSY);
    return 0;
  };
  EXPECT_EQ(storymerge_stories(session.get(), call_back, session.get()), STORYMERGE_OK);
  EXPECT_NE(stories_of(session.get()), "");
}

TEST(Stop, EndsTheNextCallAndNoOther) {
  const Session session = new_session();
  storymerge_stop(session.get());
  const std::string lines = day();
  EXPECT_EQ(storymerge_add_jsonl(session.get(), lines.data(), lines.size()), STORYMERGE_STOPPED);
  EXPECT_STRNE(storymerge_message(session.get()), "");
  EXPECT_EQ(storymerge_add_jsonl(session.get(), lines.data(), lines.size()), STORYMERGE_OK);
  storymerge_stop(session.get());
  EXPECT_EQ(storymerge_stories(session.get(), append_line, nullptr), STORYMERGE_STOPPED);
  EXPECT_TRUE(stories_of(session.get()) == expected_stories(read_day()));
}

std::string lines_of(const std::function<storymerge_status(storymerge_take, void*)>& call) {
  std::string out;
  EXPECT_EQ(call(append_line, &out), STORYMERGE_OK);
  return out;
}

std::string put(storymerge_session* s, const std::string& lines) {
  return lines_of([&](auto take, void* out) { return storymerge_store_put(s, lines.data(), lines.size(), take, out); });
}

std::string listed(storymerge_session* s, std::uint64_t as_of = STORYMERGE_NEWEST, std::uint64_t since = 0,
                   int expired = 0) {
  return lines_of([&](auto take, void* out) { return storymerge_store_list(s, as_of, since, expired, take, out); });
}

std::uint64_t commit(storymerge_session* s) {
  std::uint64_t revision = 0;
  EXPECT_EQ(storymerge_store_commit(s, &revision), STORYMERGE_OK) << storymerge_message(s);
  return revision;
}

Session open_store(const std::string& path) {
  Session session = new_session();
  EXPECT_EQ(storymerge_store_open(session.get(), path.c_str()), STORYMERGE_OK) << storymerge_message(session.get());
  return session;
}

// After a repair the stories are those of the batch, in whatever pieces articles came.
TEST(Store, HasTheStoriesOfTheBatch) {
  const testing::TemporaryFolder folder;
  const Session s = open_store(folder / "day.store");
  const std::string all = day(), first = all.substr(0, all.find('\n') + 1);
  EXPECT_EQ(put(s.get(), first), "{\"added\":1,\"version\":0,\"known\":0}\n");
  EXPECT_EQ(commit(s.get()), 1u);
  EXPECT_EQ(put(s.get(), all), "{\"added\":10,\"version\":0,\"known\":1}\n");
  std::uint64_t revision = 0;
  EXPECT_EQ(storymerge_store_repair(s.get(), &revision), STORYMERGE_OK);
  EXPECT_GE(revision, 2u);

  std::string stories;
  std::istringstream batch(stories_of(session_of(all).get()));
  for (std::string line; std::getline(batch, line);) {
    const std::string id = line.substr(line.find("\"articles\":[{\"id\":\"") + 19);
    const std::string article = id.substr(0, id.find('"'));
    const std::string stored = lines_of([&](auto take, void* out) {
      return storymerge_store_story_of(s.get(), article.c_str(), STORYMERGE_NEWEST, take, out);
    });
    const std::string own_id = stored.substr(0, stored.find("\"title\""));
    static const std::regex aliases(R"("aliases":\[[^\]]*\],)");  // of claims: a store's own
    const std::string told = std::regex_replace(stored.substr(stored.find("\"title\"")), aliases, "");
    EXPECT_EQ(told, line.substr(line.find("\"title\"")) + "\n");
    const std::string story = own_id.substr(own_id.find("\"id\":\"") + 6);
    EXPECT_EQ(lines_of([&](auto take, void* out) {
                return storymerge_store_story(s.get(), story.substr(0, story.find('"')).c_str(), STORYMERGE_NEWEST,
                                              take, out);
              }),
              stored);
    EXPECT_THAT(listed(s.get()), HasSubstr(story.substr(0, story.find('"'))));
  }
  EXPECT_THAT(lines_of([&](auto take, void* out) { return storymerge_store_since(s.get(), 1, take, out); }),
              HasSubstr("\"kind\":\"founded\""));
  EXPECT_EQ(lines_of([&](auto take, void* out) { return storymerge_store_since(s.get(), revision, take, out); }), "");
  EXPECT_EQ(storymerge_store_verify(s.get()), STORYMERGE_OK);
}

TEST(Store, RemembersWithdrawsAndLetsExpire) {
  const testing::TemporaryFolder folder;
  const std::string path = folder / "day.store";
  const std::string lines =
      R"({"id":"a","title":"A bridge","published":"2031-03-14T09:00:00Z","text":"The bridge is shut."})"
      "\n"
      R"({"id":"b","title":"Parks","published":"2031-05-14T09:00:00Z","text":"The council votes."})"
      "\nnothing\n";
  std::uint64_t revision = 7;
  {
    const Session s = open_store(path);
    EXPECT_THAT(put(s.get(), lines), HasSubstr("\"known\":0}\n{\"line\":3,"));
    EXPECT_EQ(commit(s.get()), 1u);
    EXPECT_EQ(put(s.get(), R"({"id":"a","text":"The bridge is open."})"), "{\"added\":0,\"version\":1,\"known\":0}\n");
  }
  const Session s = open_store(path);  // what was not committed is gone
  EXPECT_EQ(storymerge_store_revision(s.get(), &revision), STORYMERGE_OK);
  EXPECT_EQ(revision, 1u);
  EXPECT_EQ(lines_of([&](auto take, void* out) { return storymerge_store_export(s.get(), take, out); }),
            lines.substr(0, lines.find("nothing")));
  EXPECT_EQ(storymerge_store_expire(s.get(), "2031-04-01T00:00:00Z"), STORYMERGE_OK);
  EXPECT_EQ(commit(s.get()), 2u);
  EXPECT_THAT(listed(s.get()), Not(HasSubstr("bridge")));
  EXPECT_THAT(listed(s.get(), STORYMERGE_NEWEST, 0, 1), HasSubstr("bridge"));
  EXPECT_THAT(listed(s.get(), 1), HasSubstr("bridge"));
  int removed = 7;
  EXPECT_EQ(storymerge_store_remove(s.get(), "none", &removed), STORYMERGE_OK);
  EXPECT_EQ(removed, 0);
  EXPECT_EQ(storymerge_store_remove(s.get(), "b", &removed), STORYMERGE_OK);
  EXPECT_EQ(removed, 1);
  EXPECT_EQ(commit(s.get()), 3u);
  EXPECT_EQ(listed(s.get()), "");
  EXPECT_THAT(lines_of([&](auto take, void* out) { return storymerge_store_since(s.get(), 2, take, out); }),
              HasSubstr("\"kind\":\"withdrawn\""));
}

TEST(Store, RefusesWhatCannotBe) {
  const testing::TemporaryFolder folder;
  const Session s = new_session();
  std::uint64_t revision = 0;
  EXPECT_EQ(storymerge_store_commit(s.get(), &revision), STORYMERGE_BAD_INPUT);
  EXPECT_THAT(storymerge_message(s.get()), HasSubstr("storymerge_store_open"));
  EXPECT_EQ(storymerge_set(s.get(), "live", "0"), STORYMERGE_BAD_OPTION);
  EXPECT_EQ(storymerge_set(s.get(), "read-only", "true"), STORYMERGE_BAD_OPTION);
  EXPECT_EQ(storymerge_store_open(s.get(), folder.write("no.store", "text").c_str()), STORYMERGE_BAD_INPUT);
  const std::string path = folder / "a.store";
  EXPECT_EQ(storymerge_set(s.get(), "read-only", "yes"), STORYMERGE_OK);
  EXPECT_EQ(storymerge_store_open(s.get(), path.c_str()), STORYMERGE_IO);
  open_store(path);
  EXPECT_EQ(storymerge_store_open(s.get(), path.c_str()), STORYMERGE_OK);
  EXPECT_EQ(storymerge_store_open(s.get(), path.c_str()), STORYMERGE_BAD_INPUT);
  EXPECT_EQ(storymerge_store_expire(s.get(), "yesterday"), STORYMERGE_BAD_INPUT);
  EXPECT_THAT(storymerge_message(s.get()), HasSubstr("'yesterday'"));
  std::string lines = "{\"text\":\"One.\"}\n", out;
  EXPECT_EQ(storymerge_store_put(s.get(), lines.data(), lines.size(), append_line, &out), STORYMERGE_IO);
  EXPECT_THAT(storymerge_message(s.get()), HasSubstr("read only"));
  EXPECT_EQ(storymerge_store_close(s.get()), STORYMERGE_OK);
  EXPECT_EQ(storymerge_store_verify(s.get()), STORYMERGE_BAD_INPUT);
}

// A stop before or in a commit leaves what waits as it was.
TEST(Store, KeepsWhatWaitsWhenItIsStopped) {
  const testing::TemporaryFolder folder;
  const Session s = open_store(folder / "day.store");
  put(s.get(), day());
  storymerge_stop(s.get());
  std::uint64_t revision = 0;
  EXPECT_EQ(storymerge_store_commit(s.get(), &revision), STORYMERGE_STOPPED);
  EXPECT_EQ(commit(s.get()), 1u);
  EXPECT_NE(listed(s.get()), "");
  EXPECT_EQ(storymerge_store_list(
                s.get(), STORYMERGE_NEWEST, 0, 0, [](void*, const char*, std::size_t) { return 1; }, nullptr),
            STORYMERGE_STOPPED);
  EXPECT_NE(listed(s.get()), "");
}

// Under the sanitizers: one writes a store, two read it.
TEST(Threads, MayReadAStoreThatAnotherWrites) {
  const testing::TemporaryFolder folder;
  const std::string path = folder / "day.store";
  const Session writer = open_store(path);
  std::atomic<bool> done = false;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      const Session s = new_session();
      storymerge_set(s.get(), "read-only", "yes");
      EXPECT_EQ(storymerge_store_open(s.get(), path.c_str()), STORYMERGE_OK);
      std::size_t seen = 0;
      do {
        const std::string stories = listed(s.get());
        EXPECT_GE(stories.size(), seen);
        seen = stories.size();
      } while (!done);
    });
  }
  std::istringstream in(day());
  for (std::string line; std::getline(in, line);) {
    put(writer.get(), line);
    commit(writer.get());
  }
  done = true;
}

// Under the sanitizers: two sessions work at once, a third thread stops one and asks for what is taken.
TEST(Threads, SessionsAreIndependent) {
  const std::string expected = expected_stories(read_day());
  const Session shared = session_of(day());
  std::atomic<bool> done = false;
  std::vector<std::string> found(2);
  std::atomic<int> stopped = 0;
  {
    std::vector<std::jthread> threads;
    for (std::string& out : found) {
      threads.emplace_back([&out] {
        const Session own = session_of(day());
        storymerge_set(own.get(), "threads", "2");
        out = stories_of(own.get());
      });
    }
    threads.emplace_back([&] {
      while (!done) {
        storymerge_stop(shared.get());
        std::this_thread::yield();
      }
    });
    for (int i = 0; i < 20; ++i) {
      std::string out;
      stopped += storymerge_stories(shared.get(), append_line, &out) == STORYMERGE_STOPPED;
    }
    done = true;
  }
  EXPECT_TRUE(found[0] == expected);
  EXPECT_TRUE(found[1] == expected);
  EXPECT_GT(stopped, 0);
}

}  // namespace
}  // namespace storymerge

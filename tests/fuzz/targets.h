#pragma once
// What each fuzzer does with its bytes. The laws are checked with GoogleTest's expectations: a fuzzer turns a failed
// one into an exception and so into a crash; replay_test.cpp runs the same functions over the seeds and over past
// crashes.

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "serve/request.h"
#include "storymerge/c.h"
#include "storymerge/eval/gold.h"
#include "storymerge/sketch/signature_file.h"
#include "storymerge/storymerge.h"
#include "support/files.h"
#include "support/spans.h"
#include "text/folding.h"

namespace storymerge::fuzz {

// Valid UTF-8 of any bytes: each bad byte becomes '?'.
inline std::string repaired(std::string_view bytes) {
  std::string text(bytes);
  while (const auto at = find_invalid_utf8(text)) text[*at] = '?';
  return text;
}

// Small ones of ASCII alone.
inline std::string letters(std::string_view bytes) {
  std::string out;
  std::copy_if(bytes.begin(), bytes.end(), std::back_inserter(out), [](char c) { return c >= 'a' && c <= 'z'; });
  return out;
}

// The first byte chooses the kind of file.
inline void read(std::string_view bytes) {
  static const testing::TemporaryFolder folder;
  static const std::vector<std::string> endings = {".jsonl", ".txt",      ".html",      ".xml",
                                                   ".warc",  ".jsonl.gz", ".jsonl.zst", ".warc.gz"};
  if (bytes.empty()) return;
  const std::string file = folder / ("in" + endings[static_cast<unsigned char>(bytes[0]) % endings.size()]);
  testing::write_file(file, std::string(bytes.substr(1)));
  try {
    ReadOptions options;
    options.max_record_bytes = 1 << 16;
    const ReadResult result = read_articles({file}, options);
    EXPECT_LE(result.report.rejected, result.report.records);
    EXPECT_LE(result.corpus.size(), result.report.records);
    for (const ReadIssue& issue : result.report.issues) {
      EXPECT_FALSE(issue.reason.empty());
      // A reason names and quotes what stands in the input, cleaned, which may hold these words, too.
      constexpr std::string_view fault = "a fault of storymerge";
      EXPECT_TRUE(issue.reason.find(fault) == std::string::npos ||
                  letters(bytes).find(letters(fault)) != std::string::npos)
          << issue.reason;
    }
    for (const Article& a : result.corpus.articles()) {
      for (const std::string* field : {&a.id, &a.title, &a.source, &a.url, &a.language, &a.author, &a.text})
        EXPECT_FALSE(find_invalid_utf8(*field));
    }
  } catch (const Error&) {
  }
}

// In order and disjoint for any bytes; nothing cut where the bytes are UTF-8; the same out of each instruction set.
inline void words(std::string_view bytes) {
  const std::string text = repaired(bytes);
  testing::expect_words(text, fold_words(text));
  WordList slow;
  append_words_by_character(bytes, 0, slow);
  for (const NamedFolding& folding : foldings()) {
    WordList list;
    folding.append(bytes, 0, list);
    EXPECT_EQ(list.folded, slow.folded) << folding.name;
    EXPECT_EQ(list.size(), slow.size()) << folding.name;
  }
  std::uint32_t end = 0;
  for (const Word& w : slow.words) {
    EXPECT_LE(end, w.source.begin);
    EXPECT_LE(w.source.begin, w.source.end);
    EXPECT_LE(w.source.end, bytes.size());
    end = w.source.end;
  }
}

// Sentences, quotations, numbers and dates of any bytes at all.
inline void sentences(std::string_view bytes) {
  const auto range_of = [](const auto& item) { return item.range; };
  const auto expect = [&](const auto& items, auto of) {
    std::uint32_t end = 0;
    for (const auto& item : items) {
      const ByteRange r = of(item);
      EXPECT_LE(end, r.begin);
      EXPECT_LE(r.begin, r.end);
      EXPECT_LE(r.end, bytes.size());
      end = r.end;
    }
  };
  expect(split_sentences(bytes), range_of);
  expect(find_quotations(bytes), [](ByteRange r) { return r; });
  expect(find_quantities(bytes), range_of);
  expect(find_dates(bytes, Time{}), range_of);
  parse_time(bytes);
}

// Gold stories, as JSON.
inline void gold(std::string_view bytes) {
  static const testing::TemporaryFolder folder;
  const std::string path = folder / "";
  testing::write_file(folder / "story.json", std::string(bytes));
  try {
    for (const GoldStory& story : read_gold({&path, 1})) {
      for (const GoldArticle& a : story.articles) {
        for (const GoldSentence& s : a.sentences) EXPECT_LE(s.range.end, a.article.text.size());
      }
    }
  } catch (const Error&) {
  }
}

// A signature file: first byte even, the bytes as they are; odd, a good file with some bytes changed. Whatever opens holds
// rows of the size that it promises.
inline void signatures(std::string_view bytes) {
  static const testing::TemporaryFolder folder;
  const std::string file = folder / "signatures";
  if (bytes.empty()) return;
  const bool change = bytes[0] % 2 != 0;
  bytes.remove_prefix(1);
  if (change) {
    MinHashOptions options;
    options.num_perm = 16;
    const std::vector<std::uint64_t> ids = {1, 2, 3};
    write_signatures(file, options, ids, std::vector<std::uint32_t>(3 * 16, 7));
    std::string good = testing::read_file(file);
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
      good[static_cast<unsigned char>(bytes[i]) % good.size()] ^= bytes[i + 1];
    }
    if (bytes.size() % 2 != 0) good.resize(static_cast<unsigned char>(bytes.back()) % (good.size() + 1));
    testing::write_file(file, good);
  } else {
    testing::write_file(file, std::string(bytes));
  }
  try {
    const SignatureFile read(file);
    for (std::size_t i = 0; i < read.size(); ++i) EXPECT_EQ(read.slots(i).size(), read.options().num_perm);
  } catch (const Error&) {
  }
}

// The whole way. Articles are cut at 0x1e, title from text at 0x1f.
inline void pipeline(std::string_view bytes) {
  if (bytes.size() > 1 << 14) return;
  std::vector<Article> articles;
  const std::string all = repaired(bytes);
  for (std::string_view rest = all; !rest.empty();) {
    std::string_view one = rest.substr(0, rest.find('\x1e'));
    rest.remove_prefix(std::min(rest.size(), one.size() + 1));
    Article a;
    a.id = std::to_string(articles.size());
    if (const std::size_t cut = one.find('\x1f'); cut != std::string_view::npos) {
      a.title = one.substr(0, cut);
      one.remove_prefix(cut + 1);
    }
    a.source = "Outlet " + std::to_string(articles.size() % 3);
    if (articles.size() % 4 != 3) a.published = Time{} + std::chrono::hours(articles.size());
    a.text = one;
    articles.push_back(std::move(a));
  }
  const Corpus corpus(std::move(articles));
  for (const Document& document : analyze(corpus, 1)) testing::expect_document(corpus, document);
  std::size_t told = 0;
  Options options;
  options.threads = 1;
  merge_stories(corpus, options, [&](const MergedStory& story) {
    testing::expect_story(corpus, story);
    told += story.articles.size();
  });
  EXPECT_EQ(told, corpus.size());
}

// The C interface: lines "key=value" up to an empty one are options, or fields of an article; what follows is JSON Lines. Whatever
// comes back, a failure has a message and a second run tells the same.
inline void c_interface(std::string_view bytes) {
  if (bytes.size() > 1 << 13) return;
  storymerge_session* session = storymerge_new();
  const auto check = [&](storymerge_status status) {
    EXPECT_EQ(status == STORYMERGE_OK, *storymerge_message(session) == '\0') << storymerge_message(session);
    EXPECT_NE(status, STORYMERGE_BUSY);
    EXPECT_NE(status, STORYMERGE_FAILED) << storymerge_message(session);
  };
  while (!bytes.empty()) {
    const std::string line(bytes.substr(0, bytes.find('\n')));
    bytes.remove_prefix(std::min(bytes.size(), line.size() + 1));
    if (line.empty()) break;
    const std::size_t cut = std::min(line.find('='), line.size());
    const std::string key = line.substr(0, cut), value = line.substr(std::min(cut + 1, line.size()));
    check(storymerge_set(session, key.c_str(), value.c_str()));
    check(storymerge_set_field(session, key.c_str(), value.data(), value.size()));
  }
  check(storymerge_set(session, "threads", "1"));
  check(storymerge_add_article(session));
  check(storymerge_add_jsonl(session, bytes.data(), bytes.size()));
  const auto append = [](void* to, const char* json, std::size_t size) {
    EXPECT_EQ(std::string_view(json, size).find('\n'), std::string_view::npos);
    static_cast<std::string*>(to)->append(json, size);
    return 0;
  };
  std::string first, second;
  for (std::string* out : {&first, &second}) {
    check(storymerge_issues(session, append, out));
    check(storymerge_stories(session, append, out));
    check(storymerge_duplicates(session, append, out));
  }
  EXPECT_EQ(first, second);
  storymerge_overlap overlap{};
  check(storymerge_compare(session, bytes.data(), bytes.size(), first.data(), first.size(), &overlap));
  EXPECT_LE(overlap.common, std::min(overlap.a, overlap.b));
  storymerge_free(session);
}

// The store's verbs, a line each: a sign, and what the verb takes; without a sign, articles to put. Whatever comes, a failure has a message,
// the store stays whole, and opened again it tells of every revision what it told before.
inline void c_store(std::string_view bytes) {
  if (bytes.size() > 1 << 12) return;
  const testing::TemporaryFolder folder;
  const std::string path = folder / "store";
  const auto append = [](void* to, const char* json, std::size_t size) {
    static_cast<std::string*>(to)->append(json, size);
    return 0;
  };
  storymerge_session* session = nullptr;
  const auto check = [&](storymerge_status status) {
    EXPECT_EQ(status == STORYMERGE_OK, *storymerge_message(session) == '\0') << storymerge_message(session);
    EXPECT_NE(status, STORYMERGE_FAILED) << storymerge_message(session);
    return status == STORYMERGE_OK;
  };
  const auto open = [&] {
    session = storymerge_new();
    check(storymerge_set(session, "threads", "1"));
    EXPECT_TRUE(check(storymerge_store_open(session, path.c_str())));
  };
  std::uint64_t revision = 0;
  const auto all_told = [&] {
    std::string out;
    check(storymerge_store_revision(session, &revision));
    for (std::uint64_t r = 0; r <= revision; ++r) check(storymerge_store_list(session, r, 0, 1, append, &out));
    check(storymerge_store_since(session, 0, append, &out));
    check(storymerge_store_export(session, append, &out));
    return out;
  };
  std::string out;
  open();
  while (!bytes.empty()) {
    const std::string line(bytes.substr(0, bytes.find('\n')));
    bytes.remove_prefix(std::min(bytes.size(), line.size() + 1));
    const char* const rest = line.c_str() + !line.empty();
    int removed = 0;
    switch (line[0]) {
      case '-':
        check(storymerge_store_remove(session, rest, &removed));
        break;
      case '<':
        check(storymerge_store_expire(session, rest));
        break;
      case '!':
        EXPECT_TRUE(check(storymerge_store_commit(session, &revision)));
        break;
      case '*':
        EXPECT_TRUE(check(storymerge_store_repair(session, &revision)));
        break;
      case '?':
        check(storymerge_store_story(session, rest, STORYMERGE_NEWEST, append, &out));
        check(storymerge_store_story_of(session, rest, revision, append, &out));
        break;
      default:
        check(storymerge_store_put(session, line.data(), line.size(), append, &out));
    }
  }
  EXPECT_TRUE(check(storymerge_store_commit(session, &revision)));
  const std::string before = all_told();
  storymerge_free(session);
  open();
  EXPECT_EQ(all_told(), before);
  EXPECT_TRUE(check(storymerge_store_verify(session)));
  storymerge_free(session);
}

// The words of an HTTP request, apart by line breaks: target, Host, If-None-Match, Accept-Encoding.
inline void request(std::string_view bytes) {
  std::vector<std::string_view> lines(4);
  for (std::string_view& line : lines) {
    line = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(std::min(bytes.size(), line.size() + 1));
  }
  const auto target = examples::serve::read_target(lines[0]);
  if (target) {
    EXPECT_EQ(target->path.front(), '/');
    EXPECT_LE(target->path.size() + target->query.size(), lines[0].size());
    examples::serve::number_in(target->query, "since");
  }
  const bool own = examples::serve::is_own_host(lines[1], {"desk.example"}, false, 8080);
  EXPECT_TRUE(!own || lines[1].size() == std::string_view("desk.example:8080").size());
  examples::serve::is_own_host(lines[1], {}, true, 80);
  examples::serve::names_tag(lines[2], "\"a\"");
  examples::serve::accepts_gzip(lines[3]);
}

struct Target {
  const char* name;
  void (*run)(std::string_view);
};
inline constexpr Target targets[] = {{"read", read},
                                     {"words", words},
                                     {"sentences", sentences},
                                     {"gold", gold},
                                     {"signatures", signatures},
                                     {"pipeline", pipeline},
                                     {"c_interface", c_interface},
                                     {"c_store", c_store},
                                     {"request", request}};

}  // namespace storymerge::fuzz

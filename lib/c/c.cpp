#include "storymerge/c.h"

#include <fmt/format.h>

#include <algorithm>

#include "c/session.h"
#include "counted_pipeline.h"
#include "read/formats.h"
#include "storymerge/sketch/shingles.h"
#include "storymerge/write/duplicates.h"
#include "storymerge/write/json_writer.h"
#include "storymerge/write/writer.h"
#include "support/utf8.h"

namespace {

using namespace storymerge;

using namespace storymerge::c;

void hand_over_stories(const Corpus& corpus, const Options& options, const std::optional<FeatureCounts>& counted,
                       storymerge_take take, void* context) {
  merge_stories(corpus, options, counted ? &*counted : nullptr, [&](const MergedStory& story) {
    Lines out(take, context);
    write(Format::jsonl, out, corpus, {&story, 1});
  });
}

void check_size(const char* name, std::size_t size, std::size_t n, std::size_t row) {
  if (size / row != n || size % row != 0)
    throw Error(ErrorCode::bad_input,
                fmt::format("'{}' has room for {} numbers; {} rows of {} are needed", name, size, n, row));
}

std::string* field_of(Article& article, std::string_view key) {
  const std::pair<std::string_view, std::string*> fields[] = {
      {"id", &article.id},    {"title", &article.title},       {"source", &article.source},
      {"url", &article.url},  {"language", &article.language}, {"author", &article.author},
      {"text", &article.text}};
  for (const auto& [name, field] : fields) {
    if (name == key) return field;
  }
  return nullptr;
}

void set_field(Batch& batch, std::string_view key, std::string_view value) {
  if (const std::uint64_t most = ReadOptions().max_record_bytes; value.size() > most)
    throw Error(ErrorCode::bad_input, fmt::format("field '{}' is longer than {} bytes", key, most));
  if (const auto at = find_invalid_utf8(value))
    throw Error(ErrorCode::bad_input, fmt::format("field '{}': not valid UTF-8 at byte {}", key, *at));
  if (key == "published") {
    const auto time = parse_zoned_time(value);
    if (!time)
      throw Error(ErrorCode::bad_input, fmt::format("field 'published' takes a time of RFC 3339; got '{}'", value));
    batch.next.published = time->time;
    batch.next.published_offset = time->offset;
    return;
  }
  std::string* field = field_of(batch.next, key);
  if (field == nullptr) throw Error(ErrorCode::bad_input, fmt::format("no field '{}' of an article", key));
  *field = value;
  batch.next_has_text |= key == "text";
}

// The slots of texts [begin, end).
void sign_texts(const MinHasher& hasher, const char* bytes, const std::int64_t* offsets, std::size_t begin,
                std::size_t end, std::uint32_t* slots) {
  const std::size_t row = hasher.options().num_perm;
  WordList words;
  std::vector<std::uint64_t> shingles;
  for (std::size_t i = begin; i < end; ++i) {
    words.folded.clear();
    words.words.clear();
    shingles.clear();
    append_words({bytes + offsets[i], static_cast<std::size_t>(offsets[i + 1] - offsets[i])}, 0, words);
    if (const unsigned n = shingle_words(words, hasher.options().ngram); n != 0) append_shingles(words, n, shingles);
    const std::span own(slots + i * row, row);
    std::ranges::fill(own, ~std::uint32_t{0});
    hasher.update(shingles, own);
  }
}

}  // namespace

const char* storymerge_version(void) { return STORYMERGE_VERSION; }

storymerge_session* storymerge_new(void) {
  try {
    return new storymerge_session;
  } catch (...) {
    return nullptr;
  }
}

void storymerge_free(storymerge_session* session) { delete session; }

const char* storymerge_message(const storymerge_session* session) { return session->message.c_str(); }

storymerge_status storymerge_set(storymerge_session* session, const char* key, const char* value) {
  return guarded(session, [&] { session->settings.set(key, value); });
}

void storymerge_stop(storymerge_session* session) { session->stop.request(); }

storymerge_status storymerge_add_jsonl(storymerge_session* session, const char* bytes, size_t size) {
  return guarded(session, [&] {
    session->batch.take_in(session->settings.threads, [&](read::Collector& to) { read_lines({bytes, size}, to); });
  });
}

storymerge_status storymerge_set_field(storymerge_session* session, const char* key, const char* value, size_t size) {
  return guarded(session, [&] {
    session->batch.check_open();
    set_field(session->batch, key, {value, size});
  });
}

storymerge_status storymerge_add_article(storymerge_session* session) {
  return guarded(session, [&] {
    Batch& batch = session->batch;
    batch.check_open();
    if (!batch.next_has_text) throw Error(ErrorCode::bad_input, "the article has no field 'text'");
    batch.take_in(session->settings.threads, [&](read::Collector& to) {
      to.open("");
      to.add(Article(batch.next));
    });
    batch.next = {};
    batch.next_has_text = false;
  });
}

storymerge_status storymerge_clear(storymerge_session* session) {
  return guarded(session, [&] { session->batch = {}; });
}

storymerge_status storymerge_issues(storymerge_session* session, storymerge_take take, void* context) {
  return guarded(session, [&] {
    Lines out(take, context);
    for (const ReadIssue& issue : session->batch.close().report.issues) write_issue(out, issue);
  });
}

storymerge_status storymerge_stories(storymerge_session* session, storymerge_take take, void* context) {
  return guarded(session, [&] {
    const Corpus& corpus = session->batch.close().corpus;
    hand_over_stories(corpus, session->settings.options(), session->settings.counted, take, context);
  });
}

storymerge_status storymerge_one_story(storymerge_session* session, storymerge_take take, void* context) {
  return guarded(session, [&] {
    const Corpus& corpus = session->batch.close().corpus;
    Options options = session->settings.options();
    for (ArticleIndex i = 1; i < corpus.size(); ++i)
      options.stories.must_link.emplace_back(corpus[i - 1].id, corpus[i].id);
    hand_over_stories(corpus, options, session->settings.counted, take, context);
  });
}

storymerge_status storymerge_duplicates(storymerge_session* session, storymerge_take take, void* context) {
  return guarded(session, [&] {
    const Corpus& corpus = session->batch.close().corpus;
    const Duplicates duplicates = find_duplicates(corpus, session->settings.duplicate_options());
    Lines out(take, context);
    write_duplicates(out, duplicates, [&](ArticleIndex i) { return std::string_view(corpus[i].id); });
  });
}

storymerge_status storymerge_signatures(storymerge_session* session, const char* bytes, const int64_t* offsets,
                                        size_t n, uint32_t* slots, size_t slots_size) {
  return guarded(session, [&] {
    const MinHasher hasher(session->settings.minhash_options());
    check_size("slots", slots_size, n, hasher.options().num_perm);
    check_offsets(offsets, n);
    constexpr std::size_t grain = 64;  // texts
    parallel_pieces(n, grain, session->settings.threads,
                    [&](std::size_t begin, std::size_t end) { sign_texts(hasher, bytes, offsets, begin, end, slots); });
  });
}

storymerge_status storymerge_band_keys(storymerge_session* session, const uint32_t* slots, size_t slots_size, size_t n,
                                       uint32_t* keys, size_t keys_size) {
  return guarded(session, [&] {
    const std::size_t row = session->settings.num_perm;
    const Banding banding = session->settings.banding;
    if (banding.bands * banding.rows > row)
      throw Error(ErrorCode::bad_option, fmt::format("{} bands of {} rows need {} slots; num-perm is {}", banding.bands,
                                                     banding.rows, banding.bands * banding.rows, row));
    check_size("slots", slots_size, n, row);
    check_size("keys", keys_size, n, banding.bands);
    for (std::size_t i = 0; i < n; ++i)
      band_keys({slots + i * row, row}, banding, {keys + i * banding.bands, banding.bands});
  });
}

uint64_t storymerge_fingerprint(const storymerge_session* session) {
  return fingerprint(session->settings.minhash_options());
}

storymerge_status storymerge_compare(storymerge_session* session, const char* a, size_t a_size, const char* b,
                                     size_t b_size, storymerge_overlap* overlap) {
  return guarded(session, [&] {
    const SetOverlap found = compare_texts(fold_words({a, a_size}), fold_words({b, b_size}), session->settings.ngram);
    *overlap = {found.common, found.a, found.b};
  });
}

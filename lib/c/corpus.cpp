// A corpus in parts.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "c/session.h"
#include "dedup/sampled.h"
#include "storymerge/write/duplicates.h"
#include "storymerge/write/json_writer.h"

namespace {

using namespace storymerge;
using namespace storymerge::c;

void write_hashes(JsonWriter& json, std::string_view key, const std::vector<std::uint32_t>& hashes) {
  json.key(key).begin_array();
  for (const std::uint32_t hash : hashes) json.value(hash);
  json.end_array();
}

void write_repeated(std::ostream& out, const Repeated& repeated) {
  JsonWriter json(out);
  json.begin_object();
  write_hashes(json, "frequent", repeated.frequent);
  write_hashes(json, "common", repeated.common);
  json.key("sources").begin_object();
  for (const auto& [source, hashes] : repeated.of_source) write_hashes(json, source, hashes);
  json.end_object().end_object().raw("\n").flush();
}

std::vector<std::uint32_t> read_hashes(const boost::json::value& json) {
  std::vector<std::uint32_t> out;
  for (const boost::json::value& hash : json.as_array()) out.push_back(hash.to_number<std::uint32_t>());
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void write_counts(std::ostream& out, const FeatureCounts& counts) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> in_order(counts.held.begin(), counts.held.end());
  std::sort(in_order.begin(), in_order.end());
  JsonWriter json(out);
  json.begin_object().field("texts", counts.texts).key("words").begin_object();
  for (const auto& [key, count] : in_order) json.field(fmt::format("{:016x}", key), count);
  json.end_object().end_object().raw("\n").flush();
}

FeatureCounts read_counts(const boost::json::object& json) {
  FeatureCounts out;
  out.texts = json.at("texts").to_number<std::uint64_t>();
  for (const auto& [word, count] : json.at("words").as_object()) {
    std::uint64_t key = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), key, 16);
    if (error != std::errc() || end != word.data() + word.size())
      throw Error(ErrorCode::bad_input,
                  fmt::format("'{}' is no word of storymerge_count_words", std::string_view(word)));
    out.held[key] = count.to_number<std::uint32_t>();
  }
  return out;
}

// What a session is told of the corpus.
struct Knowledge {
  std::optional<Repeated> repeated;
  std::optional<FeatureCounts> counted;
};

Knowledge read_knowledge(std::string_view bytes) try {
  Knowledge out;
  if (bytes.empty()) return out;
  const boost::json::value json = boost::json::parse(bytes);
  const boost::json::object& object = json.as_object();
  const bool counts = object.contains("words");
  if (counts) out.counted = read_counts(object);
  if (counts && !object.contains("frequent")) return out;
  out.repeated = {read_hashes(object.at("frequent")), read_hashes(object.at("common")), {}};
  for (const auto& [source, hashes] : object.at("sources").as_object())
    out.repeated->of_source[source] = read_hashes(hashes);
  return out;
} catch (const std::bad_alloc&) {
  throw;
} catch (const std::exception& error) {  // the kinds that Boost.JSON throws have no other base
  throw Error(ErrorCode::bad_input,
              fmt::format("this is not what storymerge_learn and storymerge_count_words hand over: {}", error.what()));
}

std::string_view text_at(const char* bytes, const std::int64_t* offsets, std::size_t i) {
  return {bytes + offsets[i], static_cast<std::size_t>(offsets[i + 1] - offsets[i])};
}

}  // namespace

storymerge_status storymerge_learn(storymerge_session* session, storymerge_take take, void* context) {
  return guarded(session, [&] {
    const Corpus& corpus = session->batch.close().corpus;
    Lines out(take, context);
    write_repeated(out, learn_repeated(corpus, session->settings.duplicate_options()));
  });
}

storymerge_status storymerge_count_words(storymerge_session* session, storymerge_take take, void* context) {
  return guarded(session, [&] {
    const Corpus& corpus = session->batch.close().corpus;
    const Options options = session->settings.options();
    const std::vector<Document> documents = analyze(corpus, options.threads);
    const Duplicates duplicates = find_duplicates(corpus, documents, options.duplicates);
    Lines out(take, context);
    write_counts(out, count_features(corpus, documents, duplicates, options.stories));
  });
}

storymerge_status storymerge_know(storymerge_session* session, const char* json, size_t size) {
  return guarded(session, [&] {
    Knowledge known = read_knowledge({json, size});
    session->settings.repeated = std::move(known.repeated);
    session->settings.counted = std::move(known.counted);
  });
}

storymerge_status storymerge_pairs(storymerge_session* session, storymerge_take take, void* context) {
  return guarded(session, [&] {
    const Corpus& corpus = session->batch.close().corpus;
    Lines out(take, context);
    write_pairs(out, find_duplicates(corpus, session->settings.duplicate_options()),
                [&](ArticleIndex i) { return std::string_view(corpus[i].id); });
  });
}

storymerge_status storymerge_samples(storymerge_session* session, const char* bytes, const int64_t* offsets,
                                     const char* source_bytes, const int64_t* source_offsets, size_t n,
                                     storymerge_sample* samples, uint32_t* keys, size_t keys_size) {
  return guarded(session, [&] {
    if (n == 0) return;
    check_offsets(offsets, n);
    check_offsets(source_offsets, n);
    const std::size_t most = static_cast<std::size_t>(offsets[n] - offsets[0]) + n;
    if (keys_size < most)
      throw Error(ErrorCode::bad_input, fmt::format("'keys' has room for {} numbers; {} are needed", keys_size, most));
    std::vector<Article> articles(n);
    for (std::size_t i = 0; i < n; ++i) {
      articles[i].text = text_at(bytes, offsets, i);
      articles[i].source = text_at(source_bytes, source_offsets, i);
    }
    for (const SampledText& text : sample_shingles(articles, session->settings.duplicate_options())) {
      *samples = {text.hash, text.words, {}, {}, {}};
      for (std::size_t kind = 0; kind < text.kinds.size(); ++kind) {
        const SampledText::Kind& of = text.kinds[kind];
        samples->keys[kind] = static_cast<std::uint32_t>(of.keys.size());
        samples->sparse[kind] = of.size.sparse;
        samples->dense[kind] = of.size.dense;
        keys = std::copy(of.keys.begin(), of.keys.end(), keys);
      }
      ++samples;
    }
  });
}

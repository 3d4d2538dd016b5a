#include "c/settings.h"

#include <fmt/format.h>

#include <charconv>

#include "storymerge/base/error.h"

namespace storymerge::c {
namespace {

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool take_count(std::string_view value, unsigned least, unsigned most, unsigned& to) {
  const auto number = number_of<unsigned>(value);
  if (!number || *number < least || *number > most) return false;
  to = *number;
  return true;
}

bool take_share(std::string_view value, std::optional<double>& to) {
  const auto number = number_of<double>(value);
  if (!number || !(*number > 0 && *number <= 1)) return false;  // NaN is outside, too
  to = number;
  return true;
}

template <class Choice>
bool take_choice(std::string_view value, std::string_view first_word, Choice first, std::string_view second_word,
                 Choice second, Choice& to) {
  if (value != first_word && value != second_word) return false;
  to = value == first_word ? first : second;
  return true;
}

struct Row {
  std::string_view key;
  std::string_view takes;                             // for people
  bool (*set)(Settings& to, std::string_view value);  // false: it does not take this value
};

constexpr Row rows[] = {
    {"threads", "a whole number", [](Settings& s, std::string_view v) { return take_count(v, 0, ~0u, s.threads); }},
    {"preset", "event or story",
     [](Settings& s, std::string_view v) {
       return take_choice(v, "event", StoryPreset::event, "story", StoryPreset::story, s.preset);
     }},
    {"strictness", "balanced or strict",
     [](Settings& s, std::string_view v) {
       return take_choice(v, "balanced", Strictness::balanced, "strict", Strictness::strict, s.strictness);
     }},
    {"sources", "a path",
     [](Settings& s, std::string_view v) {
       s.sources = read_sources(std::string(v));
       return true;
     }},
    {"threshold", "a number over 0, up to 1",
     [](Settings& s, std::string_view v) { return take_share(v, s.threshold); }},
    {"containment", "a number over 0, up to 1",
     [](Settings& s, std::string_view v) { return take_share(v, s.containment); }},
    {"ngram", "a whole number from 1 to 16",
     [](Settings& s, std::string_view v) { return take_count(v, 1, 16, s.ngram); }},
    {"num-perm", "a whole number from 16 to 1024",
     [](Settings& s, std::string_view v) { return take_count(v, 16, 1024, s.num_perm); }},
    {"bands", "a whole number from 1 to 1024",
     [](Settings& s, std::string_view v) { return take_count(v, 1, 1024, s.banding.bands); }},
    {"rows", "a whole number from 1 to 1024",
     [](Settings& s, std::string_view v) { return take_count(v, 1, 1024, s.banding.rows); }},
    {"read-only", "no or yes",
     [](Settings& s, std::string_view v) { return take_choice(v, "no", false, "yes", true, s.read_only); }},
    {"live", "a whole number over 0", [](Settings& s, std::string_view v) { return take_count(v, 1, ~0u, s.live); }},
};

}  // namespace

void Settings::set(std::string_view key, std::string_view value) {
  for (const Row& row : rows) {
    if (row.key != key) continue;
    if (row.set(*this, value)) return;
    throw Error(ErrorCode::bad_option, fmt::format("option '{}' takes {}; got '{}'", key, row.takes, value));
  }
  std::string known;
  for (const Row& row : rows) known += fmt::format("{}{}", known.empty() ? "" : ", ", row.key);
  throw Error(ErrorCode::bad_option, fmt::format("no option '{}'; there are {}", key, known));
}

DuplicateOptions Settings::duplicate_options() const {
  DuplicateOptions options;
  if (threshold) options.threshold = *threshold;
  if (threshold || containment) options.containment = containment;
  options.ngram = ngram;
  options.threads = threads;
  options.sources = sources;
  options.repeated = repeated ? &*repeated : nullptr;
  return options;
}

MinHashOptions Settings::minhash_options() const {
  MinHashOptions options;
  options.num_perm = num_perm;
  options.ngram = ngram;
  return options;
}

Options Settings::options() const {
  Options options;
  options.duplicates = duplicate_options();
  options.stories.preset = preset;
  options.alignment.strictness = strictness;
  options.threads = threads;
  return options;
}

StoreOptions Settings::store_options() const {
  const Options merging = options();
  StoreOptions out;
  out.duplicates = merging.duplicates;
  out.duplicates.repeated = nullptr;
  out.stories = merging.stories;
  out.stories.threads = threads;
  out.alignment = merging.alignment;
  out.read_only = read_only;
  out.live = live;
  return out;
}

}  // namespace storymerge::c

#include "story/learned.h"

#include <algorithm>
#include <bit>

#include "base/bytes.h"
#include "lang/language.h"
#include "storymerge/base/corpus.h"
#include "support/embedded.h"
#include "support/hash.h"

namespace storymerge {
namespace {

void write_float(BytesWriter& out, float value) { out.fixed(std::bit_cast<std::uint32_t>(value)); }
float read_float(BytesReader& in) { return std::bit_cast<float>(in.fixed<std::uint32_t>()); }
void write_double(BytesWriter& out, double value) { out.fixed(std::bit_cast<std::uint64_t>(value)); }
double read_double(BytesReader& in) { return std::bit_cast<double>(in.fixed<std::uint64_t>()); }

// Shares are few: most words of a text are rare, or of a known length.
void write_features(BytesWriter& out, const std::vector<Feature>& features) {
  std::vector<float> shares;
  for (const Feature& f : features) shares.push_back(f.value);
  std::sort(shares.begin(), shares.end());
  shares.erase(std::unique(shares.begin(), shares.end()), shares.end());
  out.number(shares.size());
  for (const float share : shares) write_float(out, share);
  out.number(features.size());
  for (const Feature& f : features) {
    out.fixed(f.key);
    out.number(static_cast<std::uint64_t>(std::lower_bound(shares.begin(), shares.end(), f.value) - shares.begin()));
    out.number(std::uint64_t{f.count} << 3 | std::uint64_t{f.in_lead} << 2 | f.channel_bits);
  }
}

std::vector<Feature> read_features(BytesReader& in) {
  std::vector<float> shares(in.size());
  for (float& share : shares) share = read_float(in);
  std::vector<Feature> out(in.size());
  for (Feature& f : out) {
    f.key = in.fixed<std::uint64_t>();
    f.value = shares[in.index(shares.size())];
    const std::uint64_t count = in.number();
    f.count = static_cast<std::uint32_t>(count >> 3) & 0x1FFFFFFF;
    f.in_lead = count >> 2 & 1;
    f.channel_bits = count & 3;
  }
  return out;
}

void write_profile(BytesWriter& out, const Profile& profile) {
  write_features(out, profile.features);
  out.number(profile.sentences.size());
  for (const std::uint16_t position : profile.sentences) {
    out.number(static_cast<std::uint16_t>(position - Profile::end_of_sentence));  // which is 0
  }
  write_double(out, profile.words);
  out.number(profile.day.has_value());
  if (profile.day) write_double(out, *profile.day);
  for (const Calendar& calendar : {profile.lead_calendar, profile.calendar}) {
    out.number(calendar.weekdays);
    out.number(calendar.years);
  }
  for (const std::vector<std::int32_t>* days : {&profile.lead_days, &profile.days}) {
    out.number(days->size());
    for (const std::int32_t day : *days) out.number(folded(day));
  }
  for (const std::vector<float>* numbers :
       {&profile.lead_numbers, &profile.numbers, &profile.lead_scores, &profile.lead_rates}) {
    out.number(numbers->size());
    for (const float number : *numbers) write_float(out, number);
  }
}

Profile read_profile(BytesReader& in) {
  Profile out;
  out.features = read_features(in);
  out.sentences.resize(in.size());
  for (std::uint16_t& position : out.sentences) {
    position = static_cast<std::uint16_t>(in.index(0x10000) + Profile::end_of_sentence);
    if (position != Profile::end_of_sentence && position >= out.features.size()) BytesReader::damaged();
  }
  out.words = read_double(in);
  if (in.index(2) != 0) out.day = read_double(in);
  for (Calendar* calendar : {&out.lead_calendar, &out.calendar}) {
    calendar->weekdays = static_cast<std::uint8_t>(in.index(0x100));
    calendar->years = in.number();
  }
  for (std::vector<std::int32_t>* days : {&out.lead_days, &out.days}) {
    days->resize(in.size());
    for (std::int32_t& day : *days) day = static_cast<std::int32_t>(unfolded(in.number()));
  }
  for (std::vector<float>* numbers : {&out.lead_numbers, &out.numbers, &out.lead_scores, &out.lead_rates}) {
    numbers->resize(in.size());
    for (float& number : *numbers) number = read_float(in);
  }
  return out;
}

}  // namespace

std::uint64_t basis_of_analysis() {
  static const std::uint64_t basis = [] {
    std::uint64_t hash = 0;
    for (const EmbeddedFile& table : lang::tables()) hash = mix64(hash + hash_bytes(table.text));
    Article probe;
    probe.id = "probe";
    probe.title = "Ferry sinks off Lidra; 12 dead";
    probe.text =
        "At least twelve people died when the ferry Aurora Sol sank off Lidra on Tuesday, the coast guard said. "
        "\"We heard a bang at 5.40 p.m.,\" said Mr. Nils Renn, who had paid $40 for a seat.";
    probe.published = Time(std::chrono::hours(500'000));
    const Corpus corpus({probe});
    Learned learned;
    const Document document = std::move(analyze(corpus, 1)[0]);
    for (const Sentence& s : document.sentences) learned.body.push_back(s.range);
    learned.profile = make_profile(corpus[0], document);
    return mix64(hash + hash_bytes(pack(learned)));
  }();
  return basis;
}

std::string pack(const Learned& learned) {
  BytesWriter out;
  out.fixed(learned.basis);
  out.number(learned.node);
  out.number(learned.body.size());
  std::uint32_t at = 0;
  for (const ByteRange& range : learned.body) {
    out.number(folded(std::int64_t{range.begin} - at));
    out.number(range.end - range.begin);
    at = range.end;
  }
  out.number(learned.profile.has_value());
  if (learned.profile) write_profile(out, *learned.profile);
  out.number(learned.keys.size());
  for (const Weight& key : learned.keys) {
    out.fixed(key.key);
    write_float(out, key.value);
  }
  out.number(learned.apart.size());
  for (const std::uint64_t id : learned.apart) out.fixed(id);
  out.number(learned.near.size());
  for (const auto& [id, similarity] : learned.near) {
    out.fixed(id);
    write_float(out, similarity);
  }
  return out.take();
}

Learned unpack(std::string_view record) {
  BytesReader in(record);
  Learned out;
  out.basis = in.fixed<std::uint64_t>();
  out.node = in.number();
  out.body.resize(in.size());
  std::int64_t at = 0;
  for (ByteRange& range : out.body) {
    range.begin = static_cast<std::uint32_t>(at + unfolded(in.number()));
    range.end = static_cast<std::uint32_t>(range.begin + in.number());
    at = range.end;
  }
  if (in.index(2) != 0) out.profile = read_profile(in);
  out.keys.resize(in.size());
  for (Weight& key : out.keys) {
    key.key = in.fixed<std::uint64_t>();
    key.value = read_float(in);
  }
  out.apart.resize(in.size());
  for (std::uint64_t& id : out.apart) id = in.fixed<std::uint64_t>();
  out.near.resize(in.size());
  for (auto& [id, similarity] : out.near) {
    id = in.fixed<std::uint64_t>();
    similarity = read_float(in);
  }
  in.end();
  return out;
}

}  // namespace storymerge

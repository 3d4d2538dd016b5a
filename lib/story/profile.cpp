#include "story/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "lang/commonness.h"
#include "lang/language.h"
#include "support/hash.h"

namespace storymerge {
namespace {

// Tuned with GroupingRules (grouping.h), on the same sets.
struct ProfileRules {
  std::size_t lead_words = 60;        // content words at the beginning that count as much as the title
  std::size_t lead_sentences = 3;     // whose days are those of the news
  std::size_t opening_sentences = 2;  // whose percentages are the news, not what comes of it
  std::uint32_t lead_weight = 3;
  double least_number = 2;    // a whole number that is not more says little
  double alike = 0.25;        // share of the numbers of two leads that the other text has, up to which they are rivals
  std::int32_t long_ago = 7;  // days
  double frequency_exponent = 0.7;  // of a term's count
  // Weight of a word in a name, or a number, beside that of the word: added, so that who has none of them loses nothing.
  std::array<double, 3> channel_weight = {1, 0.4, 0.2};  // term, name, number
  // Two long reports of one event share less of themselves than two short ones: lengths of vectors make up for it.
  double length_exponent = 0.1, usual_length = 100, least_length = 20, most_length = 1000;  // content words
};
constexpr ProfileRules rules;

// Share of articles that use a word. `background_size`: articles that the background table stands for.
constexpr double background_size = 1000, rare_share = 0.002, number_share = 0.01;
// Texts that make a word commoner: one event of a thousand reports leaves its own words theirs. In a large corpus that many
// are few: there it is a share of all, or its common words would be as rare as any.
constexpr std::uint32_t most_counted = 40, counted_of = 100;

std::uint64_t key_of(Channel channel, Term term) {
  return channel == Channel::term ? term : mix64(term + static_cast<std::uint64_t>(channel));
}

// A character of a script without spaces: it says little alone, two in a row are about a word.
bool is_character_word(std::string_view word) {
  const auto byte = static_cast<unsigned char>(word[0]);
  return word.size() <= 4 && (byte >= 0xE3 && byte <= 0xE9);
}

// One term a word; 0 where it carries no meaning. Characters of scripts without spaces count in pairs.
std::vector<Term> content_terms(const WordList& words, std::vector<Term> terms) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is_character_word(words[i])) continue;
    const bool pair = i + 1 < words.size() && words.words[i].source.end == words.words[i + 1].source.begin &&
                      is_character_word(words[i + 1]) && terms[i] != 0 && terms[i + 1] != 0;
    terms[i] = pair ? mix64(terms[i]) + hash_bytes(words[i + 1]) : 0;
  }
  return terms;
}

bool is_number(std::string_view word) { return word[0] >= '0' && word[0] <= '9'; }

// Of a word in a language that the table lacks, for short words are the common ones: mean share of English words by letters,
// which an exponential fits.
double share_by_length(std::size_t letters) {
  constexpr double of_none = 0.15, decay = 0.21;  // a letter
  return of_none * std::exp(-decay * static_cast<double>(letters));
}

void sort_and_add(std::vector<Feature>& features) {
  std::sort(features.begin(), features.end(), [](const Feature& a, const Feature& b) { return a.key < b.key; });
  std::size_t kept = 0;
  for (const Feature& f : features) {
    if (kept > 0 && features[kept - 1].key == f.key) {
      features[kept - 1].count = features[kept - 1].count + f.count;
      features[kept - 1].value = std::min(features[kept - 1].value, f.value);
      features[kept - 1].in_lead |= f.in_lead;
    } else {
      features[kept++] = f;
    }
  }
  features.resize(kept);
}

template <class T>
void make_set(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::uint32_t lead_end(const Document& document, std::size_t sentences = rules.lead_sentences) {
  const std::size_t lead = std::min(sentences, document.sentences.size());
  return lead == 0 ? 0 : document.sentences[lead - 1].range.end;
}

// "Fewer than a week ago" compares; it knows of nothing that happened then.
bool compares(const DateMention& date, std::int32_t days_before) {
  return days_before >= rules.long_ago &&
         (date.rule == "so long ago" || date.rule == "ago before it" || date.rule == "so long before or after");
}

// A night counts as both its days; longer spans say nothing.
void add_days(const Document& document, Profile& profile) {
  const auto today = static_cast<std::int32_t>(std::floor(*profile.day));
  const std::uint32_t lead = lead_end(document);
  for (const DateMention& date : document.dates) {
    if (!date.from || !date.to || *date.to - *date.from > std::chrono::days(1)) continue;
    for (auto day = *date.from; day <= *date.to; day += std::chrono::days(1)) {
      const auto number = static_cast<std::int32_t>(day.time_since_epoch().count());
      if (compares(date, today - number)) continue;
      profile.days.push_back(number);
      if (date.range.begin < lead) profile.lead_days.push_back(number);
    }
  }
  make_set(profile.days);
  make_set(profile.lead_days);
}

// Days of the week that a mention names, in words.
std::uint8_t weekdays_in(std::string_view text, const lang::Language& language) {
  std::uint8_t out = 0;
  const WordList words = fold_words(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const lang::Entry* entry = language.find(words[i]);
    const lang::Meaning* weekday = entry == nullptr ? nullptr : entry->in(lang::Role::weekday);
    if (weekday != nullptr) out |= static_cast<std::uint8_t>(1 << static_cast<int>(weekday->number));
  }
  return out;
}

// Only what is written: the day of a dateline is not that of its news.
void add_calendar(const Article& article, const Document& document, Profile& profile) {
  const lang::Language& language = lang::Language::of(article.language);
  const std::uint32_t lead = lead_end(document);
  for (const DateMention& date : document.dates) {
    Calendar told;
    told.weekdays = weekdays_in(std::string_view(article.text).substr(date.range.begin, date.range.size()), language);
    if (date.from && date.to) {
      const std::chrono::year first = std::chrono::year_month_day(*date.from).year();
      const std::chrono::year last = std::chrono::year_month_day(*date.to).year();
      if (first == last) told.years = std::uint64_t{1} << (static_cast<unsigned>(static_cast<int>(first)) % 64);
    }
    profile.calendar.add(told);
    if (date.range.begin < lead) profile.lead_calendar.add(told);
  }
}

// `body`: its content terms. Requires: the profile has its features.
void add_sentences(const Document& document, const std::vector<Term>& body, Profile& profile) {
  const std::vector<Feature>& features = profile.features;
  for (const Sentence& s : document.sentences) {
    for (std::uint32_t w = s.first_word; w < s.last_word; ++w) {
      if (body[w] == 0) continue;
      const auto at = std::lower_bound(features.begin(), features.end(), key_of(Channel::term, body[w]),
                                       [](const Feature& f, std::uint64_t key) { return f.key < key; });
      const auto position = static_cast<std::size_t>(at - features.begin());
      if (position < Profile::end_of_sentence) profile.sentences.push_back(static_cast<std::uint16_t>(position));
    }
    profile.sentences.push_back(Profile::end_of_sentence);
  }
}

void add_numbers(const Document& document, Profile& profile) {
  const std::uint32_t lead = lead_end(document), opening = lead_end(document, rules.opening_sentences);
  for (const Quantity& q : document.quantities) {
    if (q.value <= rules.least_number && q.value == std::floor(q.value)) continue;
    const bool in_lead = q.range.begin < lead;
    profile.numbers.push_back(static_cast<float>(q.value));
    if (in_lead) profile.lead_numbers.push_back(profile.numbers.back());
    if (in_lead && q.unit == "score") profile.lead_scores.push_back(profile.numbers.back());
    if (q.unit == "%" && q.range.begin < opening) profile.lead_rates.push_back(profile.numbers.back());
  }
  make_set(profile.numbers);
  make_set(profile.lead_numbers);
  make_set(profile.lead_scores);
  make_set(profile.lead_rates);
}

// Of a count; most are small.
double power_of(std::uint32_t count) {
  static const auto small = [] {
    std::array<double, 64> out{};
    for (std::size_t n = 0; n < out.size(); ++n) out[n] = std::pow(n, rules.frequency_exponent);
    return out;
  }();
  return count < small.size() ? small[count] : std::pow(count, rules.frequency_exponent);
}

template <class T>
std::size_t shared(const std::vector<T>& a, const std::vector<T>& b) {
  return static_cast<std::size_t>(
      std::count_if(a.begin(), a.end(), [&](T value) { return std::binary_search(b.begin(), b.end(), value); }));
}

}  // namespace

bool rival_days(const Profile& a, const Profile& b) {
  if (!a.day && !b.day) {
    const auto rivals = [](std::uint64_t lead_a, std::uint64_t all_a, std::uint64_t lead_b, std::uint64_t all_b) {
      return lead_a != 0 && lead_b != 0 && (lead_a & all_b) == 0 && (lead_b & all_a) == 0;
    };
    return rivals(a.lead_calendar.weekdays, a.calendar.weekdays, b.lead_calendar.weekdays, b.calendar.weekdays) ||
           rivals(a.lead_calendar.years, a.calendar.years, b.lead_calendar.years, b.calendar.years);
  }
  return !a.lead_days.empty() && !b.lead_days.empty() && shared(a.lead_days, b.days) == 0 &&
         shared(b.lead_days, a.days) == 0;
}

bool rival_numbers(const Profile& a, const Profile& b) {
  if (a.lead_numbers.empty() || b.lead_numbers.empty()) return false;
  const std::size_t both = shared(a.lead_numbers, b.numbers) + shared(b.lead_numbers, a.numbers);
  return static_cast<double>(both) <= rules.alike * static_cast<double>(a.lead_numbers.size() + b.lead_numbers.size());
}

bool rival_scores(const Profile& a, const Profile& b) {
  return !a.lead_scores.empty() && !b.lead_scores.empty() && shared(a.lead_scores, b.lead_scores) == 0;
}

bool rival_rates(const Profile& a, const Profile& b) {
  return !a.lead_rates.empty() && !b.lead_rates.empty() && shared(a.lead_rates, b.lead_rates) == 0;
}

Profile make_profile(const Article& article, const Document& document, Written* written) {
  Profile out;
  if (article.published) out.day = static_cast<double>(article.published->time_since_epoch().count()) / 86400.0;
  const bool in_table = lang::Language::of(article.language).tag() == "en";
  const auto share_of = [&](Term term, std::string_view word, bool plain) {
    double share = 0;
    if (in_table) {
      share = background_share(term);
    } else if (plain && !is_number(word) && !is_character_word(word)) {
      share = share_by_length(word.size());
    }
    return std::max(share, rare_share);
  };
  const auto add = [&](Channel channel, Term term, std::uint32_t count, double share, const std::string& text,
                       ByteRange range, bool in_lead = false) {
    if (term == 0) return;
    out.features.push_back(
        {key_of(channel, term), static_cast<float>(share), count, in_lead, static_cast<std::uint32_t>(channel)});
    if (written != nullptr) written->try_emplace(out.features.back().key, text, range.begin, range.size());
  };
  const std::vector<Term> title = content_terms(document.title, document.title_terms);
  const std::vector<Term> body = content_terms(document.body, document.body_terms);
  for (std::size_t i = 0; i < title.size(); ++i) {
    add(Channel::term, title[i], rules.lead_weight, share_of(title[i], document.title[i], true), article.title,
        document.title.words[i].source);
  }

  std::vector<Term> title_terms = title;
  std::sort(title_terms.begin(), title_terms.end());
  const auto in_title = [&](Term term) { return std::binary_search(title_terms.begin(), title_terms.end(), term); };
  std::vector<bool> in_name(body.size());
  for (const NameMention& m : document.names)
    std::fill(in_name.begin() + m.first_word, in_name.begin() + m.last_word, true);
  boost::unordered_flat_map<std::uint64_t, bool, KeyHash> seen;  // pages repeat sentences: they count once
  std::size_t content = 0;
  for (const Sentence& s : document.sentences) {
    std::uint64_t hash = 0;
    for (std::uint32_t w = s.first_word; w < s.last_word; ++w) hash = mix64(hash + body[w]);
    if (!seen.try_emplace(hash, true).second) continue;
    for (std::uint32_t w = s.first_word; w < s.last_word; ++w) {
      if (body[w] == 0) continue;
      const ByteRange at = document.body.words[w].source;
      const double share = share_of(body[w], document.body[w], !in_name[w]);
      add(Channel::term, body[w], content < rules.lead_words ? rules.lead_weight : 1, share, article.text, at);
      if (in_name[w])
        add(Channel::name, body[w], 1, share, article.text, at, content < rules.lead_words || in_title(body[w]));
      if (is_number(document.body[w])) add(Channel::number, body[w], 1, number_share, article.text, at);
      ++content;
    }
  }
  for (const Quantity& q : document.quantities) {  // "twelve" is 12
    const char first = article.text[q.range.begin];
    if (first < '0' || first > '9') {
      add(Channel::number, hash_bytes(fmt::format("{:g}", q.value)), 1, number_share, article.text, q.range);
    }
  }
  out.words = static_cast<double>(content + title.size());
  sort_and_add(out.features);
  for (Feature& f : out.features) {
    if (f.channel() == Channel::number) f.count = 1;
  }
  add_sentences(document, body, out);
  out.features.shrink_to_fit();
  out.sentences.shrink_to_fit();
  if (out.day) {
    add_days(document, out);
  } else {
    add_calendar(article, document, out);
  }
  add_numbers(document, out);
  return out;
}

std::vector<bool> find_notices(const Duplicates& duplicates) {
  std::vector<bool> out(duplicates.origin_of.size(), false);
  for (const DuplicatePair& pair : duplicates.pairs) {
    if (pair.form && pair.relation == Relation::exact) out[pair.a] = out[pair.b] = true;
  }
  return out;
}

Document title_of(const Document& document) {
  Document out;
  out.title = document.title;
  out.title_terms = document.title_terms;
  return out;
}

Profile join(std::span<const Profile> profiles) {
  Profile out;
  double days = 0, dated = 0;
  for (const Profile& p : profiles) {
    out.features.insert(out.features.end(), p.features.begin(), p.features.end());
    if (p.day) days += *p.day, dated += 1;
    out.days.insert(out.days.end(), p.days.begin(), p.days.end());
    out.lead_days.insert(out.lead_days.end(), p.lead_days.begin(), p.lead_days.end());
    out.calendar.add(p.calendar);
    out.lead_calendar.add(p.lead_calendar);
    out.numbers.insert(out.numbers.end(), p.numbers.begin(), p.numbers.end());
    out.lead_numbers.insert(out.lead_numbers.end(), p.lead_numbers.begin(), p.lead_numbers.end());
    out.lead_scores.insert(out.lead_scores.end(), p.lead_scores.begin(), p.lead_scores.end());
    out.lead_rates.insert(out.lead_rates.end(), p.lead_rates.begin(), p.lead_rates.end());
    out.words += p.words / static_cast<double>(profiles.size());
  }
  sort_and_add(out.features);
  if (dated > 0) out.day = days / dated;
  make_set(out.days);
  make_set(out.lead_days);
  make_set(out.numbers);
  make_set(out.lead_numbers);
  make_set(out.lead_scores);
  make_set(out.lead_rates);
  return out;
}

Divergence divergence(std::span<const Weight> a, std::span<const Weight> b) {
  const auto scale_of = [](std::span<const Weight> text) {
    double sum = 0;
    for (const Weight& w : text) sum += w.channel() == Channel::term ? w.count : 0;
    return sum > 0 ? 1 / std::sqrt(sum) : 0;
  };
  const double scale_a = scale_of(a), scale_b = scale_of(b);
  double most_a = 0, most_b = 0;
  double names_a = 0, names_b = 0, both_a = 0, both_b = 0;
  Divergence out;
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    const bool in_a = j == b.size() || (i < a.size() && a[i].key <= b[j].key);
    const bool in_b = i == a.size() || (j < b.size() && b[j].key <= a[i].key);
    const Weight& w = in_a ? a[i] : b[j];
    if (w.channel() == Channel::term) {
      const double excess = (in_a ? a[i].count * scale_a : 0) - (in_b ? b[j].count * scale_b : 0);
      if (excess > most_a) most_a = excess, out.only_a = w.key;
      if (-excess > most_b) most_b = -excess, out.only_b = w.key;
    } else if (w.channel() == Channel::name) {
      const double rare_a = in_a && a[i].in_lead ? a[i].value / power_of(a[i].count) : 0;
      const double rare_b = in_b && b[j].in_lead ? b[j].value / power_of(b[j].count) : 0;
      names_a += rare_a;
      names_b += rare_b;
      if (rare_a > 0 && rare_b > 0) both_a += rare_a, both_b += rare_b;
    }
    i += in_a;
    j += in_b;
  }
  out.degree = std::sqrt(most_a * most_b);
  if (names_a > 0 && names_b > 0) out.lead_names = std::min(both_a / names_a, both_b / names_b);
  return out;
}

double dot(std::span<const Weight> a, std::span<const Weight> b) {
  if (a.size() > b.size()) std::swap(a, b);
  double sum = 0;
  if (a.size() * 16 < b.size()) {  // a short one against a long one
    auto at = b.begin();
    for (const Weight& w : a) {
      at = std::lower_bound(at, b.end(), w.key, [](const Weight& x, std::uint64_t key) { return x.key < key; });
      if (at == b.end()) break;
      if (at->key == w.key) sum += double{w.value} * at->value;
    }
    return sum;
  }
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const std::uint64_t x = a[i].key, y = b[j].key;
    if (x == y) sum += double{a[i].value} * b[j].value;
    i += x <= y;
    j += y <= x;
  }
  return sum;
}

std::vector<double> products(std::span<const SparseVector> vectors) {
  struct Entry {
    std::uint64_t key;
    float value;
    std::uint32_t vector;
  };
  constexpr std::size_t slots = 4096;  // keys that stand alone are sifted out before they are sorted
  std::vector<std::uint32_t> count(slots, 0);
  for (const SparseVector& v : vectors) {
    for (const Weight& w : v) ++count[w.key % slots];
  }
  std::vector<Entry> entries;
  for (std::uint32_t i = 0; i < vectors.size(); ++i) {
    for (const Weight& w : vectors[i]) {
      if (count[w.key % slots] > 1) entries.push_back({w.key, w.value, i});
    }
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.key != b.key ? a.key < b.key : a.vector < b.vector; });
  const std::size_t n = vectors.size();
  std::vector<double> out(n * n, 0.0);
  for (auto begin = entries.begin(); begin != entries.end();) {
    const auto end = std::find_if(begin, entries.end(), [&](const Entry& e) { return e.key != begin->key; });
    for (auto a = begin; a != end; ++a) {
      for (auto b = begin; b != a; ++b) out[a->vector * n + b->vector] += double{a->value} * b->value;
    }
    begin = end;
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) out[j * n + i] = out[i * n + j];
  }
  return out;
}

void Rarity::add(const Profile& profile) {
  for (const Feature& f : profile.features) {
    const auto [at, added] = held_.try_emplace(f.key);
    if (added) at->second.background = static_cast<float>(background_size * f.value);
    ++at->second.count;
  }
  ++total_;
}

void Rarity::remove(const Profile& profile) {
  for (const Feature& f : profile.features) --held_.find(f.key)->second.count;
  --total_;
}

void Rarity::exchange(std::span<const Profile> gone, std::span<const Profile> come) {
  for (const Profile& profile : gone) remove(profile);
  for (const Profile& profile : come) add(profile);
}

double Rarity::idf(const Feature& feature) const {
  const auto at = held_.find(feature.key);
  const std::uint32_t most = std::max(most_counted, static_cast<std::uint32_t>(total_ / counted_of));
  const double held = at != held_.end() ? double{at->second.background} + std::min(at->second.count, most)
                                        : background_size * feature.value;
  return std::log((static_cast<double>(total_) + background_size + 1) / held);
}

namespace {

// `features`: of a profile.
SparseVector weigh(SparseVector features, double content_words, const Rarity& rarity) {
  double norm = 0;
  for (Feature& f : features) {
    const double value = power_of(f.count) * std::max(0.0, rarity.idf(f));
    if (f.channel() == Channel::term) norm += value * value;
    f.value = static_cast<float>(value);
  }
  if (norm == 0) return {};
  const double words = std::clamp(content_words, rules.least_length, rules.most_length);
  const double length = std::pow(words / rules.usual_length, rules.length_exponent);
  for (Feature& f : features) {
    f.value *= static_cast<float>(std::sqrt(rules.channel_weight[f.channel_bits] / norm) * length);
  }
  return features;
}

}  // namespace

SparseVector make_vector(const Profile& profile, const Rarity& rarity) {
  return weigh(profile.features, profile.words, rarity);
}

SparseVector make_vector(Profile&& profile, const Rarity& rarity) {
  return weigh(std::move(profile.features), profile.words, rarity);
}

}  // namespace storymerge

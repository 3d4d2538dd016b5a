#include "bench/news_corpus.h"

#include <algorithm>
#include <array>
#include <utility>

namespace generated {
namespace {

// Chances of the model and of the corpus. Tuned so that, of the three-word shingles of an article, about as many recur in
// another one as in news of the day (39 % among 100,000).
struct Tuning {
  double pairs = 0.55, singles = 0.25;  // how often the next word follows of one word, of none
  double of_topic = 0.6;                // a rare word is one of the article's own
  std::uint32_t names = 40000;          // in the world
  double copies = 0.15 / 8, templates = 0.04, weekly = 0.04, foreign = 0.03, house = 1.0 / 3;
  double deviation = 0.6;  // of the logarithm of the length
  std::size_t outlets = 997;
};
constexpr Tuning tuning;

bool is_letter(unsigned char c) { return c >= 0x80 || static_cast<unsigned>((c | 32) - 'a') < 26u; }
bool is_core(unsigned char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

// Bytes of one character of a script without spaces, 0 for any other.
std::size_t unspaced_character(const std::string& s, std::size_t at) {
  const auto c = static_cast<unsigned char>(s[at]);
  return c >= 0xE3 && c <= 0xE9 ? 3 : 0;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  bool open = false;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == ' ' || text[i] == '\n') {
      open = false;
      ++i;
    } else if (const std::size_t n = unspaced_character(text, i)) {
      out.push_back(text.substr(i, n));
      open = false;
      i += n;
    } else {
      if (!open) out.emplace_back();
      open = true;
      out.back() += text[i++];
    }
  }
  return out;
}

std::uint32_t zipf(Random& random, std::uint32_t size) {
  static constexpr double shift = 10;
  const double span = std::log((size + shift) / shift);
  return static_cast<std::uint32_t>(shift * std::exp(random.share() * span) - shift) % size;
}

std::string capital(std::string word) {
  if (word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 32);
  return word;
}

std::string name_of(std::uint32_t rank) {
  const std::vector<std::string>& all = vocabulary();
  const std::string family = capital(all[(rank * 7u + 400) % all.size()]);
  return rank % 3 == 0 ? family : capital(all[rank % 500 + 40]) + " " + family;
}

}  // namespace

Language::Language(const std::vector<std::string>& texts) {
  std::unordered_map<std::string, std::size_t> seen;  // cores in small letters, and the rest as they stand
  std::size_t unspaced = 0, words = 0;
  for (const std::string& text : texts) {
    for (const std::string& word : split(text)) {
      ++words;
      unspaced += unspaced_character(word, 0) != 0;
    }
  }
  spaced_ = 2 * unspaced < words;
  const auto token_of = [](const std::string& chunk) {
    Token token;
    std::size_t begin = 0, end = chunk.size();
    while (begin < end && !is_core(static_cast<unsigned char>(chunk[begin]))) ++begin;
    while (end > begin && !is_core(static_cast<unsigned char>(chunk[end - 1]))) --end;
    token.before = chunk.substr(0, begin);
    token.word = chunk.substr(begin, end - begin);
    token.after = chunk.substr(end);
    token.ends_sentence = chunk.find_first_of(".!?", end) != std::string::npos || chunk == "\u3002";
    return token;
  };
  for (const std::string& text : texts) {
    for (const std::string& chunk : split(text)) ++seen[token_of(chunk).word];
  }
  std::map<std::string, std::uint32_t> ids;
  for (const std::string& text : texts) {
    std::uint32_t two = 0, one = 0;
    bool first = true;
    std::size_t position = 0;
    for (const std::string& chunk : split(text)) {
      Token token = token_of(chunk);
      const bool upper = !token.word.empty() && token.word[0] >= 'A' && token.word[0] <= 'Z';
      if (!token.word.empty() && token.word[0] >= '0' && token.word[0] <= '9')
        token.kind = number;
      else if (upper && !first)
        token.kind = name;
      else if (spaced_ && seen[token.word] < 8 && token.word.size() > 3)
        token.kind = rare;
      std::string key = token.before + '\1' +
                        (token.kind == literal ? token.word : std::string(1, static_cast<char>('2' + token.kind))) +
                        '\1' + token.after;
      const auto [at, is_new] = ids.try_emplace(key, static_cast<std::uint32_t>(tokens_.size()));
      if (is_new) {
        tokens_.push_back(token);
        after_one_.emplace_back();
      }
      const std::uint32_t id = at->second;
      all_.push_back(id);
      if (first) starts_.push_back(id);
      if (position > 0) after_one_[one].push_back(id);
      if (position > 1) after_two_[std::uint64_t{two} << 32 | one].push_back(id);
      two = one;
      one = id;
      ++position;
      first = token.ends_sentence;
    }
  }
}

Language::About Language::about(Random& random) const {
  About out;
  for (int i = 0; i < 10; ++i) out.names.push_back(zipf(random, tuning.names));
  for (int i = 0; i < 40; ++i) out.topic.push_back(zipf_word(random));
  return out;
}

std::string Language::spell(const Token& token, const About& about, Random& random) const {
  switch (token.kind) {
    case literal:
      return token.before + token.word + token.after;
    case number:
      return token.before + std::to_string(random.share() < 0.6 ? random.below(31) + 1 : random.below(5000)) +
             token.after;
    case name:
      return token.before + name_of(about.names[random.below(static_cast<std::uint32_t>(about.names.size()))]) +
             token.after;
    case rare:
      break;
  }
  const std::uint32_t rank = random.share() < tuning.of_topic
                                 ? about.topic[random.below(static_cast<std::uint32_t>(about.topic.size()))]
                                 : zipf_word(random);
  return token.before + vocabulary()[rank] + token.after;
}

std::vector<std::string> Language::paragraph(std::size_t words, const About& about, Random& random) const {
  const auto pick = [&](const Followers& from) { return from[random.below(static_cast<std::uint32_t>(from.size()))]; };
  std::vector<std::string> out;
  std::uint32_t two = 0, one = pick(starts_);
  for (std::size_t known = 1;; ++known) {
    const Token& token = tokens_[one];
    out.push_back(spell(token, about, random));
    if ((out.size() >= words && token.ends_sentence) || out.size() > 2 * words + 40) return out;
    const double chance = random.share();
    const auto trigram = known > 1 && chance >= tuning.pairs + tuning.singles
                             ? after_two_.find(std::uint64_t{two} << 32 | one)
                             : after_two_.end();
    two = one;
    if (trigram != after_two_.end()) {
      one = pick(trigram->second);
    } else if (chance >= tuning.singles && !after_one_[one].empty()) {
      one = pick(after_one_[one]);
    } else {
      one = pick(all_);
    }
  }
}

std::string Language::join(const std::vector<std::string>& words) const {
  std::string out;
  for (const std::string& word : words) {
    if (spaced_ && !out.empty()) out += ' ';
    out += word;
  }
  return out;
}

NewsCorpus::NewsCorpus(std::vector<Language> languages, const NewsOptions& options)
    : languages_(std::move(languages)), options_(options), random_(options.seed) {
  for (std::size_t i = 0; i < tuning.outlets; ++i) {
    const Language& english = languages_.front();
    house_texts_.push_back(english.join(english.paragraph(20 + random_.below(20), english.about(random_), random_)));
  }
  for (unsigned i = 0; i < options.hubs; ++i) {
    const Language& english = languages_.front();
    hubs_.push_back(english.join(english.paragraph(60, english.about(random_), random_)));
  }
  for (int i = 0; i < 40; ++i) templates_.push_back(fresh_draft());
  for (int i = 0; i < 200; ++i) weekly_.push_back(fresh_draft());
}

NewsCorpus::Draft NewsCorpus::fresh_draft() {
  Draft out;
  if (languages_.size() > 1 && random_.share() < tuning.foreign) {
    out.language = 1 + random_.below(static_cast<std::uint32_t>(languages_.size() - 1));
  }
  const Language& language = languages_[out.language];
  const Language::About about = language.about(random_);
  // Log-normal: the sum of twelve even numbers is normal enough.
  double normal = -6;
  for (int i = 0; i < 12; ++i) normal += random_.share();
  const double mean = options_.mean_words * std::exp(-tuning.deviation * tuning.deviation / 2);
  const auto words = static_cast<std::size_t>(mean * std::exp(tuning.deviation * normal));
  for (std::size_t written = 0; written + 10 < words || written == 0; written += out.paragraphs.back().size()) {
    out.paragraphs.push_back(language.paragraph(
        std::min<std::size_t>(20 + random_.below(50), words - std::min(words, written)), about, random_));
  }
  return out;
}

NewsCorpus::Draft NewsCorpus::copy_of(const Draft& draft) {
  Draft out = draft;
  const Language& language = languages_[draft.language];
  const Language::About about = language.about(random_);
  const double changed = random_.share() < 0.2 ? 0 : 0.06 * random_.share();
  for (Paragraph& paragraph : out.paragraphs) {
    for (std::string& word : paragraph) {
      if (random_.share() < changed) word = language.paragraph(1, about, random_).front();
    }
  }
  if (random_.share() < 0.3 && out.paragraphs.size() > 2) {
    const std::size_t kept =
        out.paragraphs.size() - 1 - random_.below(static_cast<std::uint32_t>(out.paragraphs.size() / 3 + 1));
    out.paragraphs.resize(kept);
  }
  if (random_.share() < 0.3) {
    for (std::uint32_t more = 1 + random_.below(3); more > 0; --more) {
      const auto at = random_.below(static_cast<std::uint32_t>(out.paragraphs.size() + 1));
      out.paragraphs.insert(out.paragraphs.begin() + at, language.paragraph(30, about, random_));
    }
  }
  return out;
}

// A third of the text is the template's, sentence for sentence; numbers and names are the day's.
NewsCorpus::Draft NewsCorpus::filled_template(std::uint64_t number) {
  const Draft& frame = templates_[number % templates_.size()];
  Draft out = fresh_draft();
  out.language = frame.language;
  const std::size_t own = out.paragraphs.size();
  for (std::size_t i = 0; i < frame.paragraphs.size() && 2 * i < own; ++i) {
    out.paragraphs.insert(out.paragraphs.begin() + static_cast<std::ptrdiff_t>(2 * i), frame.paragraphs[i]);
  }
  return out;
}

NewsArticle NewsCorpus::finished(const Draft& draft, std::uint64_t number) {
  NewsArticle out;
  storymerge::Article& a = out.article;
  const std::uint32_t outlet = zipf(random_, static_cast<std::uint32_t>(tuning.outlets));
  static constexpr std::array<const char*, 5> tags = {"en", "de", "es", "ru", "zh"};
  a.id = "n" + std::to_string(number);
  a.source = "Outlet " + std::to_string(outlet);
  a.language = tags[draft.language];
  a.published = storymerge::Time(std::chrono::seconds(1900000000 + static_cast<std::int64_t>(number) * 7));
  const Language& language = languages_[draft.language];
  a.title = language.join({draft.paragraphs[0].begin(),
                           draft.paragraphs[0].begin() +
                               static_cast<std::ptrdiff_t>(std::min<std::size_t>(8, draft.paragraphs[0].size()))});
  for (const Paragraph& paragraph : draft.paragraphs) {
    if (!a.text.empty()) a.text += "\n\n";
    a.text += language.join(paragraph);
  }
  out.body = a.text.size();
  for (const std::string& hub : hubs_) {
    if (random_.share() < options_.hub_share) a.text += "\n\n" + hub;
  }
  if (random_.share() < tuning.house) a.text += "\n\n" + house_texts_[outlet];
  return out;
}

NewsArticle NewsCorpus::next() {
  const std::uint64_t number = count_++;
  NewsArticle out;
  if (!waiting_.empty() && waiting_.top().due <= number) {
    const Waiting copy = waiting_.top();
    waiting_.pop();
    out = finished(copy.draft, number);
    out.kind = "copy";
    out.family = copy.family;
    return out;
  }
  const double chance = random_.share();
  Draft draft;
  const char* kind = "fresh";
  if (chance < tuning.templates) {
    kind = "template";
    draft = filled_template(random_.next() >> 40);
  } else if (chance < tuning.templates + tuning.weekly) {
    kind =
        "weekly";  // the same matter in other words: the same names and terms as last week, a paragraph of background
    const Draft& series = weekly_[random_.below(static_cast<std::uint32_t>(weekly_.size()))];
    draft = fresh_draft();
    if (draft.language == series.language) draft.paragraphs.push_back(series.paragraphs.back());
  } else {
    draft = fresh_draft();
    if (random_.share() < tuning.copies) {
      // Few families are large.
      const double u = random_.share();
      const auto size = static_cast<std::uint64_t>(2 + 18 * u * u);
      for (std::uint64_t k = 1; k < size; ++k) {
        waiting_.push({number + 1 + random_.below(1 + random_.below(4000)), copy_of(draft), number});
      }
    }
  }
  out = finished(draft, number);
  out.kind = kind;
  out.family = number;
  return out;
}

}  // namespace generated

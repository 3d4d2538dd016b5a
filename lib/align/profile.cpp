#include "align/profile.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <unordered_map>

#include "support/background.h"
#include "support/hash.h"

namespace storymerge::alignment {
namespace {

struct ProfileTuning {
  double other_sentences = 40;  // as if the story had as many more: in two short articles everything would seem common
  double speaking = 0.35;       // weight of the words that only say who says it
  double beside = 0.6, beyond = 0.4;  // how much of a sentence before or after counts: in the paragraph, outside it
  std::uint32_t reach = 3;            // sentences looked at on each side
  std::size_t most_numbers = 16;      // of one sentence: all of two are compared
  std::size_t most_quoted = 64;       // words
} constexpr tuning;

template <class T>
void sort_unique(std::vector<T>& v) {
  std::sort(v.begin(), v.end());
  v.erase(std::unique(v.begin(), v.end()), v.end());
}

void sort_tokens(std::vector<Token>& tokens) {
  std::sort(tokens.begin(), tokens.end(),
            [](const Token& a, const Token& b) { return a.key != b.key ? a.key < b.key : a.weight > b.weight; });
  tokens.erase(std::unique(tokens.begin(), tokens.end(), [](const Token& a, const Token& b) { return a.key == b.key; }),
               tokens.end());
}

// A name word with vowels merged and sounds that romanisations swap made one: "Dovhanyuk" and "Dovganiuk" meet.
std::uint64_t name_word_key(std::string_view folded) {
  std::string s;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    char c = folded[i];
    const char next = i + 1 < folded.size() ? folded[i + 1] : '\0';
    if (next == 'h' && (c == 'k' || c == 'g' || c == 's' || c == 'z' || c == 't')) {
      ++i;
      if (c == 'k' || c == 'g') c = 'h';
    } else if (c == 'g') {
      c = 'h';
    } else if (c == 'w') {
      c = 'v';
    } else if (c == 'q' || (c == 'c' && next == 'k')) {
      c = 'k';
    }
    if (c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y' || c == 'j') c = 'a';
    if (s.empty() || s.back() != c) s.push_back(c);
  }
  if (s.ends_with("s") && s.size() > 3) s.pop_back();
  return hash_bytes(folded.size() > 4 ? std::string_view(s) : folded);
}

// Small counts are everywhere: "five hours" is no "five dead". Larger ones are told with and without their unit.
std::uint64_t number_key(const Quantity& q) {
  const bool telling = q.value > 12 || q.value != std::floor(q.value);  // whatever it counts
  const std::uint64_t unit = telling || q.unit == "people" ? 0 : hash_bytes(q.unit);
  return mix64(0x6e756dULL ^ unit ^
               static_cast<std::uint64_t>(static_cast<std::int64_t>(std::llround(q.value * 1000))));
}

// Position of the first mention that ends after `begin`, in a column of disjoint mentions.
template <class Mentions>
std::size_t first_after(const Mentions& mentions, std::uint32_t begin) {
  return static_cast<std::size_t>(
      std::partition_point(mentions.begin(), mentions.end(), [&](const auto& m) { return m.range.end <= begin; }) -
      mentions.begin());
}

// Describes the sentences of one article.
class Describer {
 public:
  Describer(const Material& material, const Document& document, std::uint32_t article)
      : m_(material), d_(document), article_(article) {
    quoted_.resize(d_.body.size(), 0);
    std::size_t q = 0;
    for (std::size_t w = 0; w < d_.body.size(); ++w) {
      const std::uint32_t begin = d_.body.words[w].source.begin;
      while (q < d_.quotations.size() && d_.quotations[q].end <= begin) ++q;
      quoted_[w] = q < d_.quotations.size() && d_.quotations[q].begin <= begin;
    }
    title_ = d_.title_terms;
    sort_unique(title_);
  }

  Profile describe(const Statement& statement) const {
    Profile p;
    const std::span<const Claim> claims(m_.claims.data() + statement.first_claim,
                                        statement.last_claim - statement.first_claim);
    const Sentence& sentence = d_.sentences[claims.front().sentence];
    p.origin = m_.duplicates.origin_of[d_.article];
    p.article = article_;
    p.sentence = claims.front().sentence;
    p.sentences = static_cast<std::uint32_t>(d_.sentences.size());
    p.heading = sentence.heading;
    p.words = sentence.last_word - sentence.first_word;
    add_words(sentence, p);
    for (const Claim& claim : claims) add_frame(claim, p);
    add_days(sentence, p);
    sort_unique(p.predicates);
    sort_unique(p.speakers);
    sort_tokens(p.tokens);
    const auto by_key = [](const Gram& a, const Gram& b) { return a.key < b.key; };
    for (std::vector<Gram>* grams : {&p.grams, &p.pairs}) {
      std::sort(grams->begin(), grams->end(), by_key);
      std::size_t kept = 0;
      for (std::size_t i = 0; i < grams->size(); ++i) {
        if (kept > 0 && (*grams)[kept - 1].key == (*grams)[i].key)
          (*grams)[kept - 1].weight += (*grams)[i].weight;
        else
          (*grams)[kept++] = (*grams)[i];
      }
      grams->resize(kept);
    }
    return p;
  }

 private:
  void add_words(const Sentence& sentence, Profile& p) const {
    std::size_t name = first_after(d_.names, sentence.range.begin);
    std::size_t quantity = first_after(d_.quantities, sentence.range.begin);
    std::size_t date = first_after(d_.dates, sentence.range.begin);
    std::uint32_t quoted = 0;
    Term last = 0;
    for (std::uint32_t w = sentence.first_word; w < sentence.last_word; ++w) {
      const ByteRange at = d_.body.words[w].source;
      const std::string_view word = d_.body[w];
      const Term term = d_.body_terms[w];
      quoted += quoted_[w];
      if (quoted_[w] && p.quoted.size() < tuning.most_quoted) p.quoted.push_back(hash_bytes(word));
      add_grams(word, p);
      while (name < d_.names.size() && d_.names[name].range.end <= at.begin) ++name;
      while (quantity < d_.quantities.size() && d_.quantities[quantity].range.end <= at.begin) ++quantity;
      while (date < d_.dates.size() && d_.dates[date].range.end <= at.begin) ++date;
      if (date < d_.dates.size() && d_.dates[date].range.begin <= at.begin) continue;
      if (quantity < d_.quantities.size() && d_.quantities[quantity].range.begin <= at.begin) {
        // "46 people", "2,600 members": the thing counted is a word like others; digits are the number's own token.
        if (term == 0 || (word[0] >= '0' && word[0] <= '9')) continue;
      }
      if (term == 0 || word.size() < 2) continue;
      if (last != 0) p.pairs.push_back({mix64(last) ^ term, 1});
      last = term;
      const bool in_name = name < d_.names.size() && d_.names[name].range.begin <= at.begin;
      if (in_name) {
        // The words of one name come together: together they weigh little more than one word.
        const double words = d_.names[name].last_word - d_.names[name].first_word;
        p.tokens.push_back({name_word_key(word), static_cast<float>(1 / std::sqrt(std::max(1.0, words))), Token::name});
      } else {
        p.tokens.push_back({term, 1, Token::word});
      }
    }
    p.quoted_share = p.words > 0 ? quoted / static_cast<double>(p.words) : 0;
    for (quantity = first_after(d_.quantities, sentence.range.begin);
         quantity < d_.quantities.size() && d_.quantities[quantity].range.begin < sentence.range.end; ++quantity)
      p.tokens.push_back({number_key(d_.quantities[quantity]), 1, Token::number});
  }

  static void add_grams(std::string_view word, Profile& p) {
    char buffer[64];
    const std::size_t n = std::min(word.size(), sizeof buffer - 2);
    buffer[0] = ' ';
    std::memcpy(buffer + 1, word.data(), n);
    buffer[n + 1] = ' ';
    for (const std::size_t length : {std::size_t{3}, std::size_t{4}}) {
      for (std::size_t i = 0; i + length <= n + 2; ++i) {
        std::uint64_t key = 0;
        for (std::size_t k = 0; k < length; ++k) key = key << 8 | static_cast<unsigned char>(buffer[i + k]);
        p.grams.push_back({key, 1});
      }
    }
  }

  void add_frame(const Claim& claim, Profile& p) const {
    if (claim.predicate != 0) p.predicates.push_back(claim.predicate);
    if (claim.speaker_name) p.speakers.push_back(*claim.speaker_name);
    p.negative = p.negative || claim.negative;
    p.hedge = std::max(p.hedge, claim.hedge);
    for (const Slot& slot : claim.slots) {
      if (p.numbers.size() == tuning.most_numbers) break;
      const Quantity& q = d_.quantities[slot.quantity];
      Number n;
      // A bound left open counts as the number named: "at least four", then "seven", is news.
      n.low = std::isfinite(q.low) ? q.low : q.value;
      n.high = std::isfinite(q.high) ? q.high : q.value;
      n.value = q.value;
      n.unit = q.unit.empty() ? 0 : hash_bytes(q.unit);
      n.slot = slot;
      p.numbers.push_back(n);
    }
  }

  void add_days(const Sentence& sentence, Profile& p) const {
    for (std::size_t i = first_after(d_.dates, sentence.range.begin);
         i < d_.dates.size() && d_.dates[i].range.begin < sentence.range.end; ++i) {
      const DateMention& m = d_.dates[i];
      if (m.minute_of_day)
        p.tokens.push_back({mix64(0x74696d65ULL << 32 ^ static_cast<unsigned>(*m.minute_of_day)), 1, Token::number});
      if (!m.from || !m.to || m.minute_of_day) continue;
      const Days days{static_cast<std::int32_t>(m.from->time_since_epoch().count()),
                      static_cast<std::int32_t>(m.to->time_since_epoch().count())};
      if (days.last - days.first > 366) continue;
      p.days.push_back(days);
      p.tokens.push_back({mix64(0x646179ULL << 32 ^ mix64(static_cast<std::uint32_t>(days.first)) ^
                                static_cast<std::uint32_t>(days.last - days.first)),
                          1, Token::day});
    }
    sort_unique(p.days);
  }

  const Material& m_;
  const Document& d_;
  std::uint32_t article_;
  std::vector<char> quoted_;  // by word of the body
  std::vector<Term> title_;
};

std::uint64_t fingerprint(const Profile& p) {
  std::uint64_t h = mix64(p.origin + 1) ^ (p.negative ? 0x5bd1e995 : 0);
  for (const Token& t : p.tokens) h = mix64(h ^ t.key);
  return h;
}

// Statements of one origin in the same words become one: a copy adds no voice and no work.
std::vector<Profile> fold_copies(std::vector<Profile> profiles) {
  std::vector<Profile> out;
  std::unordered_map<std::uint64_t, std::uint32_t> seen;
  for (Profile& p : profiles) {
    const auto [at, fresh] = seen.emplace(fingerprint(p), static_cast<std::uint32_t>(out.size()));
    if (fresh || p.tokens.size() < 3) {
      out.push_back(std::move(p));
    } else {
      out[at->second].statements.push_back(p.statements.front());
    }
  }
  return out;
}

// How rare is a key among the sentences of a story?
class Rarity {
 public:
  void add(std::uint64_t key) { ++count_[key]; }
  void close(std::size_t sentences) { n_ = static_cast<double>(sentences) + 1 + tuning.other_sentences; }
  double operator()(std::uint64_t key) const {
    const auto at = count_.find(key);
    return std::max(0.2, std::log(n_ / (at == count_.end() ? 1.0 : at->second + 0.5)));
  }

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> count_;
  double n_ = 1;
};

void weigh_grams(std::vector<Profile>& profiles, std::vector<Gram> Profile::*column) {
  Rarity rarity;
  for (const Profile& p : profiles) {
    for (const Gram& g : p.*column) rarity.add(g.key);
  }
  rarity.close(profiles.size());
  for (Profile& p : profiles) {
    double norm = 0;
    for (Gram& g : p.*column) {
      g.weight = static_cast<float>((1 + std::log(g.weight)) * rarity(g.key));
      norm += g.weight * g.weight;
    }
    for (Gram& g : p.*column) g.weight = static_cast<float>(g.weight / std::sqrt(norm));
  }
}

}  // namespace

std::vector<Statement> list_statements(const Material& material) {
  std::vector<Statement> out;
  for (std::uint32_t c = 0; c < material.claims.size(); ++c) {
    const Claim& claim = material.claims[c];
    const bool goes_on = c > 0 && material.claims[c - 1].span.article == claim.span.article &&
                         material.claims[c - 1].sentence == claim.sentence;
    if (goes_on) {
      out.back().last_claim = c + 1;
      continue;
    }
    const ByteRange range = material.document_of(claim).sentences[claim.sentence].range;
    out.push_back({{claim.span.article, range.begin, range.end}, c, c + 1});
  }
  return out;
}

std::vector<Profile> describe(const Material& material, std::span<const Statement> statements) {
  std::vector<Profile> all;
  all.reserve(statements.size());
  std::vector<std::uint32_t> profile_of(statements.size());
  for (std::uint32_t s = 0, article = 0; s < statements.size(); ++article) {
    const ArticleIndex a = material.story.articles[article];
    if (statements[s].span.article != a) continue;
    const Describer describer(material, material.documents[a], article);
    for (; s < statements.size() && statements[s].span.article == a; ++s) {
      all.push_back(describer.describe(statements[s]));
      all.back().statements = {s};
    }
  }
  std::vector<std::vector<Token>> said(all.size());
  for (std::size_t s = 0; s < all.size(); ++s) said[s] = all[s].tokens;
  std::vector<Profile> profiles = fold_copies(std::move(all));

  Rarity rarity;
  for (const Profile& p : profiles) {
    for (const Token& t : p.tokens) rarity.add(t.key);
  }
  rarity.close(profiles.size());
  for (Profile& p : profiles) {
    for (Token& t : p.tokens) {
      t.weight = static_cast<float>(t.weight * rarity(t.key));
      p.total += t.weight;
      p.norm += t.weight * t.weight;
      if (t.kind == Token::name) p.name_weight += t.weight;
    }
    p.norm = std::sqrt(p.norm);
    const std::uint32_t s = p.statements.front();
    const Document& d = material.documents[statements[s].span.article];
    const auto paragraph = [&](std::uint32_t statement) {
      return d.sentences[material.claims[statements[statement].first_claim].sentence].paragraph;
    };
    for (const int step : {-1, 1}) {
      double share = 1;
      std::vector<Token>& context = step < 0 ? p.before : p.after;
      for (std::uint32_t k = 1; k <= tuning.reach; ++k) {
        const std::int64_t at = std::int64_t{s} + step * std::int64_t{k};
        if (at < 0 || at >= static_cast<std::int64_t>(statements.size())) break;
        const auto other = static_cast<std::uint32_t>(at);
        if (statements[other].span.article != statements[s].span.article) break;
        share *= paragraph(other) == paragraph(s) ? tuning.beside : tuning.beyond;
        for (const Token& t : said[other]) {
          if (t.kind != Token::number)
            context.push_back({t.key, static_cast<float>(share * t.weight * rarity(t.key)), t.kind});
        }
      }
      sort_tokens(context);
    }
    std::vector<Term> title = d.title_terms;
    sort_unique(title);
    double in_title = 0;
    for (const Token& t : p.tokens) {
      if (t.kind == Token::word && std::binary_search(title.begin(), title.end(), t.key)) in_title += t.weight;
    }
    p.in_title = in_title / std::max(1.0, p.total);
  }
  weigh_grams(profiles, &Profile::grams);
  weigh_grams(profiles, &Profile::pairs);
  return profiles;
}

}  // namespace storymerge::alignment

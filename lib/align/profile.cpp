#include "align/profile.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <unordered_map>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

#include "claim/corrections.h"
#include "lang/commonness.h"
#include "lang/language.h"
#include "support/hash.h"
#include "support/radix_sort.h"
#include "text/phrases.h"
#include "text/same_body.h"

namespace storymerge::align {
namespace {

struct ProfileTuning {          // tuned on gold/real
  double other_sentences = 40;  // as if the story had as many more: in two short articles everything would seem common
  double beside = 0.6, beyond = 0.4;  // how much of a sentence before or after counts: in the paragraph, outside it
  std::uint32_t reach = 3;            // sentences looked at on each side
  std::size_t most_numbers = 16;      // of one sentence: all of two are compared
  double least_rarity = 0.2, unseen = 0.5;  // of a key that most sentences have; added to each count
  double copy = 0.7;  // share of two sentences' words, Dice, from which one is an edited copy of the other in a copy
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

// Each gram once with its count as weight, by key. `grams`: key above, number below; clobbered, and `scratch`.
std::vector<Gram> count_grams(std::vector<std::uint64_t>& grams, std::vector<std::uint64_t>& scratch) {
  radix_sort(grams, scratch, 32, 64);
  std::vector<Gram> out;
  out.reserve(grams.size());
  for (const std::uint64_t gram : grams) {
    const auto key = static_cast<std::uint32_t>(gram >> 32);
    if (out.empty() || out.back().key != key) out.push_back({key, static_cast<std::uint32_t>(gram), 0});
    ++out.back().weight;
  }
  return out;
}

// The keys of a story: their numbers, in order of appearance, and how rare each is among its sentences.
class Keys {
 public:
  std::uint32_t number(std::uint64_t key, std::uint32_t article) {
    const auto [at, is_new] = ids_.try_emplace(key, static_cast<std::uint32_t>(count_.size()));
    const std::uint32_t id = at->second;
    if (is_new) count_.push_back(0), article_.push_back(article);
    meet(id, article);
    return id;
  }
  void meet(std::uint32_t id, std::uint32_t article) {
    if (article_[id] != article) article_[id] = several;
  }
  bool in_one_article(std::uint32_t id) const { return article_[id] != several; }
  void count(std::uint32_t id) { ++count_[id]; }
  void close(std::size_t sentences) {
    const double n = static_cast<double>(sentences) + 1 + tuning.other_sentences;
    rarity_.reserve(count_.size());
    for (const std::uint32_t c : count_)
      rarity_.push_back(std::max(tuning.least_rarity, std::log(n / (c == 0 ? 1.0 : c + tuning.unseen))));
  }
  // Requires: close() was called after all numbers were given.
  double rarity(std::uint32_t id) const { return rarity_[id]; }

 private:
  static constexpr std::uint32_t several = ~std::uint32_t{0};

  boost::unordered_flat_map<std::uint64_t, std::uint32_t> ids_;
  std::vector<std::uint32_t> count_, article_;
  std::vector<double> rarity_;
};

// The words of a story, and three and four letters in a row of each, which are looked up when it is first met.
class Words {
 public:
  // Appends a word's grams, key above and number below. Returns the word's number.
  std::uint32_t add(std::string_view word, std::uint32_t article, Keys& grams, std::vector<std::uint64_t>& out) {
    const std::uint32_t id = words_.number(hash_bytes(word), article);
    if (id + 1 == first_.size()) {
      add_grams(word, article, grams);
      article_.push_back(article);
    } else if (article_[id] != article && article_[id] != several) {
      for (std::size_t i = first_[id]; i < first_[id + 1]; ++i)
        grams.meet(static_cast<std::uint32_t>(grams_[i]), article);
      article_[id] = several;
    }
    out.insert(out.end(), grams_.begin() + static_cast<std::ptrdiff_t>(first_[id]),
               grams_.begin() + static_cast<std::ptrdiff_t>(first_[id + 1]));
    return id;
  }

 private:
  static constexpr std::uint32_t several = ~std::uint32_t{0};

  void add_grams(std::string_view word, std::uint32_t article, Keys& grams) {
    char buffer[64];
    const std::size_t n = std::min(word.size(), sizeof buffer - 2);
    buffer[0] = ' ';
    std::memcpy(buffer + 1, word.data(), n);
    buffer[n + 1] = ' ';
    std::uint32_t four = 0;
    const auto add_gram = [&](std::uint32_t key) {
      grams_.push_back(std::uint64_t{key} << 32 | grams.number(key, article));
    };
    for (std::size_t i = 0; i < n + 2; ++i) {
      four = four << 8 | static_cast<unsigned char>(buffer[i]);
      if (i >= 2) add_gram(four & 0xFFFFFF);
      if (i >= 3) add_gram(four);
    }
    first_.push_back(grams_.size());
  }

  Keys words_;
  std::vector<std::uint32_t> article_;    // by word: the one that has it, or several
  std::vector<std::uint64_t> grams_;      // of each word, one after another
  std::vector<std::size_t> first_ = {0};  // by word: in `grams_`
};

struct StoryKeys {
  Keys tokens, grams;
  Words words;
};

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

// Goes through the mentions of a text as its words go by.
template <class Mentions>
class Walk {
 public:
  Walk(const Mentions& mentions, std::uint32_t begin) : mentions_(mentions), next_(first_after(mentions, begin)) {}
  // The mention that a word belongs to, or nullptr. Words must come in order.
  const typename Mentions::value_type* at(ByteRange word) {
    while (next_ < mentions_.size() && mentions_[next_].range.end <= word.begin) ++next_;
    return next_ < mentions_.size() && mentions_[next_].range.begin <= word.begin ? &mentions_[next_] : nullptr;
  }

 private:
  const Mentions& mentions_;
  std::size_t next_;
};

// Describes the sentences of one article.
class Describer {
 public:
  // compared: with other articles.
  Describer(const Material& material, ArticleIndex a, std::uint32_t article, bool compared, StoryKeys& keys)
      : m_(material),
        compared_(compared),
        keys_(keys),
        text_(material.corpus[a].text),
        d_(material.documents[a]),
        article_(article),
        language_(lang::Language::of(material.corpus[a].language)),
        rivals_(language_, lang::Role::rival),
        taken_back_(claim::taken_back(d_)),
        quoted_(d_.body.size(), 0) {
    std::size_t q = 0;
    for (std::size_t w = 0; w < d_.body.size(); ++w) {
      const std::uint32_t begin = d_.body.words[w].source.begin;
      while (q < d_.quotations.size() && d_.quotations[q].end <= begin) ++q;
      quoted_[w] = q < d_.quotations.size() && d_.quotations[q].begin <= begin;
    }
  }

  Profile describe(const Statement& statement) {
    Profile p;
    const std::span<const Claim> claims(m_.claims.data() + statement.first_claim,
                                        statement.last_claim - statement.first_claim);
    const Sentence& sentence = d_.sentences[claims.front().sentence];
    p.origin = m_.duplicates.origin_of[d_.article];
    p.article = article_;
    p.sentence = claims.front().sentence;
    p.sentences = static_cast<std::uint32_t>(d_.sentences.size());
    p.published = m_.corpus[d_.article].published;
    p.heading = sentence.heading;
    p.leans = statement.leans;
    p.corrects = taken_back_[p.sentence];
    grams_.clear();
    add_words(sentence, p);
    add_mentions(sentence, p);
    for (const Claim& claim : claims) add_frame(claim, p);
    add_names(sentence, p);
    sort_unique(p.predicates);
    sort_unique(p.rivals);
    sort_tokens(p.tokens);
    for (Token& t : p.tokens) t.id = keys_.tokens.number(t.key, article_);
    p.grams = count_grams(grams_, scratch_);
    return p;
  }

 private:
  void add_words(const Sentence& sentence, Profile& p) {
    Walk names(d_.names, sentence.range.begin);
    Walk quantities(d_.quantities, sentence.range.begin);
    Walk dates(d_.dates, sentence.range.begin);
    std::uint32_t quoted = 0;
    p.tokens.reserve(sentence.last_word - sentence.first_word);
    if (compared_) p.run.reserve(std::min<std::size_t>(sentence.last_word - sentence.first_word, most_in_run));
    for (std::uint32_t w = sentence.first_word; w < sentence.last_word; ++w) {
      const ByteRange at = d_.body.words[w].source;
      const std::string_view word = d_.body[w];
      const Term term = d_.body_terms[w];
      quoted += quoted_[w];
      if (compared_) add_letters(word, quoted_[w], p);
      add_rivals(w, sentence, p);
      const auto* name = names.at(at);
      const auto* quantity = quantities.at(at);
      if (dates.at(at) != nullptr || term == 0 || word.size() < 2) continue;
      // "46 people", "2,600 members": the thing counted is a word like others; digits are the number's own token.
      if (quantity != nullptr && word[0] >= '0' && word[0] <= '9') continue;
      if (quantity == nullptr && w > sentence.first_word) add_designator(w, p);
      if (name != nullptr) {
        // The words of one name come together: together they weigh little more than one word.
        const double words = name->last_word - name->first_word;
        p.tokens.push_back({name_word_key(word), static_cast<float>(1 / std::sqrt(std::max(1.0, words))), Token::name});
      } else {
        p.tokens.push_back({term, 1, Token::word});
      }
    }
    const std::uint32_t words = sentence.last_word - sentence.first_word;
    p.quoted_share = words > 0 ? quoted / static_cast<double>(words) : 0;
  }

  void add_letters(std::string_view word, bool quoted, Profile& p) {
    const std::uint32_t id = keys_.words.add(word, article_, keys_.grams, grams_);
    if (p.run.size() < most_in_run) p.run.push_back(id);
    if (quoted && p.quoted.size() < most_in_run) p.quoted.push_back(id);
  }

  // "reactor 1", "Unit B": another label of the noun is another thing.
  void add_designator(std::uint32_t w, Profile& p) const {
    if (w + 1 >= d_.body.size()) return;
    const ByteRange label = d_.body.words[w + 1].source;
    if (label.begin != d_.body.words[w].source.end + 1 || text_[label.begin - 1] != ' ') return;
    const bool letter =
        label.size() == 1 && text_[label.begin] >= 'B' && text_[label.begin] <= 'Z' && text_[label.begin] != 'I';
    const bool digits =
        text_.substr(label.begin, label.size()).find_first_not_of("0123456789") == std::string_view::npos;
    if (!letter && !digits) return;
    const auto counted = first_after(d_.quantities, label.begin), dated = first_after(d_.dates, label.begin);
    if (counted < d_.quantities.size() && d_.quantities[counted].range.begin <= label.begin) return;
    if (dated < d_.dates.size() && d_.dates[dated].range.begin <= label.begin) return;
    p.rivals.push_back({d_.body_terms[w], hash_bytes(d_.body[w + 1])});
  }

  void add_rivals(std::uint32_t w, const Sentence& sentence, Profile& p) const {
    if (!rivals_.may_open(d_.body[w])) return;
    const Phrase phrase = longest_phrase(language_, d_.body, w, sentence.last_word);
    const lang::Meaning* rival = phrase.words == 0 ? nullptr : phrase.entry->in(lang::Role::rival);
    if (rival == nullptr || rival->value.empty()) return;
    const std::string_view value = rival->value;
    p.rivals.push_back({hash_bytes(value.substr(0, value.find('/'))), hash_bytes(value)});
  }

  void add_mentions(const Sentence& sentence, Profile& p) const {
    for (std::size_t i = first_after(d_.quantities, sentence.range.begin);
         i < d_.quantities.size() && d_.quantities[i].range.begin < sentence.range.end; ++i)
      p.tokens.push_back({number_key(d_.quantities[i]), 1, Token::number});
    for (std::size_t i = first_after(d_.dates, sentence.range.begin);
         i < d_.dates.size() && d_.dates[i].range.begin < sentence.range.end; ++i) {
      const DateMention& m = d_.dates[i];
      if (m.minute_of_day) {
        p.tokens.push_back({mix64(0x74696d65ULL << 32 ^ static_cast<unsigned>(*m.minute_of_day)), 1, Token::number});
      } else if (m.from && m.to && *m.to - *m.from <= std::chrono::days(366)) {
        const auto day = static_cast<std::uint32_t>(m.from->time_since_epoch().count());
        const auto length = static_cast<std::uint32_t>((*m.to - *m.from).count());
        p.tokens.push_back({mix64(0x646179ULL << 32 ^ mix64(day) ^ length), 1, Token::day});
      }
    }
  }

  void add_names(const Sentence& sentence, Profile& p) const {
    for (std::size_t i = first_after(d_.names, sentence.range.begin);
         i < d_.names.size() && d_.names[i].range.begin < sentence.range.end; ++i) {
      const NameMention& m = d_.names[i];
      FullName name{m_.names.name_of[article_][i], {}};
      for (std::uint32_t w = m.first_word; w < m.last_word; ++w) {
        if (d_.body_terms[w] != 0) name.words.push_back(d_.body_terms[w]);
      }
      p.names.push_back(std::move(name));
    }
  }

  void add_frame(const Claim& claim, Profile& p) const {
    if (claim.predicate != 0) p.predicates.push_back(claim.predicate);
    p.acts.push_back(claim::read_act(claim, d_));
    p.negative = p.negative || claim.negative;
    for (const Slot& slot : claim.slots) {
      if (p.numbers.size() == tuning.most_numbers) break;
      const Quantity& q = d_.quantities[slot.quantity];
      Number n;
      const claim::Interval interval = claim::interval_of(q);
      n.low = interval.low, n.high = interval.high;
      n.value = q.value;
      n.unit = q.unit.empty() ? 0 : hash_bytes(q.unit);
      n.measure = claim::measure_of(q.unit);
      n.slot = slot;
      p.numbers.push_back(n);
    }
  }

  const Material& m_;
  bool compared_;
  StoryKeys& keys_;
  std::vector<std::uint64_t> grams_, scratch_;  // of the sentence at hand: key above, number below
  std::string_view text_;
  const Document& d_;
  std::uint32_t article_;
  const lang::Language& language_;
  PhraseSieve rivals_;
  std::vector<bool> taken_back_;  // by sentence
  std::vector<char> quoted_;      // by word of the body
};

bool same_facts(const Profile& a, const Profile& b) {
  const auto facts = [](const Profile& p) {
    std::vector<std::uint64_t> out;
    for (const Token& t : p.tokens) {
      if (t.kind == Token::number || t.kind == Token::day) out.push_back(t.key);
    }
    return out;
  };
  return a.negative == b.negative && a.rivals == b.rivals && facts(a) == facts(b);
}

double dice(const Profile& a, const Profile& b) {
  std::size_t shared = 0;
  for (std::size_t i = 0, j = 0; i < a.tokens.size() && j < b.tokens.size();) {
    if (a.tokens[i].key == b.tokens[j].key)
      ++shared, ++i, ++j;
    else
      a.tokens[i].key < b.tokens[j].key ? ++i : ++j;
  }
  const std::size_t both = a.tokens.size() + b.tokens.size();
  return both == 0 ? 0 : 2.0 * static_cast<double>(shared) / static_cast<double>(both);
}

// Statements of the copies of one text that say the same in (almost) the same words, and of one article in just the same,
// become one: a copy adds no voice and no work. Another number or day is no copy.
// Complexity: each is compared with few: those that share its rarest words.
class CopyFolder {
 public:
  // What became of a profile: another of the same or nearly the same words took it in, or it stands itself.
  struct Fold {
    std::uint32_t profile = 0;  // position in profiles()
    bool taken_in = false;
    bool exact = false;  // the other has the same words and facts
  };

  Fold add(Profile p) {
    Fold out = find(p);
    if (out.taken_in) {
      add_copy(out.profile, p.statements.front());
      return out;
    }
    for (const Token& t : p.tokens) {
      List& list = by_token_[key(t, p)];
      if (list.size == longest) continue;
      nodes_.push_back({static_cast<std::uint32_t>(out_.size()), list.last});
      list = {static_cast<std::uint32_t>(nodes_.size()), list.size + 1};
    }
    out_.push_back(std::move(p));
    votes_.push_back(0);
    return out;
  }
  void add_copy(std::uint32_t profile, std::uint32_t statement) { out_[profile].statements.push_back(statement); }

  std::vector<Profile>& profiles() { return out_; }

 private:
  static constexpr std::uint32_t longest = 64;  // sentences of an origin remembered for a word
  static constexpr std::size_t fewest = 3;      // tokens

  struct List {
    std::uint32_t last = 0;  // number of a node, from 1
    std::uint32_t size = 0;
  };
  struct Node {
    std::uint32_t profile = 0, before = 0;
  };

  static std::uint64_t key(const Token& t, const Profile& p) { return std::uint64_t{p.origin} << 32 | t.id; }

  Fold find(const Profile& p) {
    const auto none = static_cast<std::uint32_t>(out_.size());
    if (p.tokens.size() < fewest) return {none};
    voted_.clear();
    for (const Token& t : p.tokens) {
      const auto at = by_token_.find(key(t, p));
      if (at == by_token_.end()) continue;
      for (std::uint32_t n = at->second.last; n != 0; n = nodes_[n - 1].before) {
        if (votes_[nodes_[n - 1].profile]++ == 0) voted_.push_back(nodes_[n - 1].profile);
      }
    }
    std::uint32_t best = none;
    double most = 0;
    for (const std::uint32_t other : voted_) {
      const Profile& v = out_[other];
      const std::uint32_t votes = std::exchange(votes_[other], 0);
      if (2 * std::size_t{votes} < p.tokens.size()) continue;
      const double alike = dice(p, v);
      if (alike < (v.article == p.article ? 1.0 : tuning.copy) || !same_facts(p, v)) continue;
      if (alike > most || (alike == most && other < best)) most = alike, best = other;
    }
    return {best, best != none, most == 1};
  }

  std::vector<Profile> out_;
  boost::unordered_flat_map<std::uint64_t, List> by_token_;  // of one origin
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> votes_, voted_;  // by profile; those that have any
};

// Describes the sentences of a story, article by article, and folds copies. From the third copy of a text on, sentences are not
// described again: they go where those of the second went.
class StoryDescriber {
 public:
  StoryDescriber(const Material& material, std::span<const Statement> statements)
      : m_(material),
        statements_(statements),
        compared_(material.story.articles.size() > 1),
        first_with_(first_with_body(material.corpus, material.documents, material.story.articles)),
        said_(compared_ ? statements.size() : 0),
        said_as_(said_.size()) {
    for (std::uint32_t s = 0, article = 0; s < statements.size(); ++article) {
      std::uint32_t end = s;
      while (end < statements.size() && statements[end].span.article == m_.story.articles[article]) ++end;
      if (s < end) add_article(article, s, end);
      s = end;
    }
  }

  std::vector<Profile>& profiles() { return folder_.profiles(); }
  StoryKeys& keys() { return keys_; }
  bool compared() const { return compared_; }
  // The tokens of a statement, with their weights in it. Requires: compared().
  const std::vector<Token>& said(std::uint32_t statement) const { return said_[said_as_[statement]]; }

 private:
  // An article whose text another had before.
  struct Second {
    std::uint32_t statement = 0;  // its first
    std::uint32_t origin = 0;
    std::vector<CopyFolder::Fold> folds;  // one a statement
  };

  void add_article(std::uint32_t article, std::uint32_t first, std::uint32_t last) {
    const ArticleIndex a = m_.story.articles[article];
    const std::uint32_t origin = m_.duplicates.origin_of[a];
    const auto found = seconds_.find(first_with_[article]);
    const Second* second = found != seconds_.end() && found->second.origin == origin ? &found->second : nullptr;
    std::optional<Describer> describer;
    std::vector<CopyFolder::Fold> folds;
    for (std::uint32_t s = first; s < last; ++s) {
      if (compared_) said_as_[s] = s;
      if (second != nullptr && second->folds[s - first].exact) {
        folder_.add_copy(second->folds[s - first].profile, s);
        said_as_[s] = second->statement + (s - first);
        continue;
      }
      if (!describer) describer.emplace(m_, a, article, compared_, keys_);
      Profile p = describer->describe(statements_[s]);
      p.statements = {s};
      if (compared_) said_[s] = p.tokens;
      folds.push_back(folder_.add(std::move(p)));
    }
    if (first_with_[article] != article && found == seconds_.end())
      seconds_[first_with_[article]] = {first, origin, std::move(folds)};
  }

  const Material& m_;
  std::span<const Statement> statements_;
  const bool compared_;
  const std::vector<std::uint32_t> first_with_;        // by article
  std::unordered_map<std::uint32_t, Second> seconds_;  // by the first article with the text
  StoryKeys keys_;
  CopyFolder folder_;
  std::vector<std::vector<Token>> said_;  // by statement; empty where the same was said before
  std::vector<std::uint32_t> said_as_;    // by statement, the one that said it
};

void weigh_grams(std::vector<Profile>& profiles, Keys& keys) {
  for (const Profile& p : profiles) {
    for (const Gram& g : p.grams) keys.count(g.id);
  }
  keys.close(profiles.size());
  for (Profile& p : profiles) {
    double norm = 0;
    for (Gram& g : p.grams) {
      const double times = g.weight == 1 ? 1 : 1 + std::log(g.weight);  // most stand there once
      g.weight = static_cast<float>(times * keys.rarity(g.id));
      norm += g.weight * g.weight;
    }
    norm = std::sqrt(norm);
    for (Gram& g : p.grams) {
      g.weight = static_cast<float>(g.weight / norm);
      p.gram_total += g.weight;
    }
    std::erase_if(p.grams, [&](const Gram& g) { return keys.in_one_article(g.id); });
  }
}

void weigh_tokens(Profile& p, const Keys& keys, const Document& d) {
  std::vector<Term> title = d.title_terms;
  sort_unique(title);
  double in_title = 0;
  for (Token& t : p.tokens) {
    t.weight = static_cast<float>(t.weight * keys.rarity(t.id));
    p.total += t.weight;
    p.norm += t.weight * t.weight;
    if (t.kind == Token::name) p.name_weight += t.weight;
    constexpr double rarest = 0.0003, scale = 8;  // log(1 / rarest) is about 8
    if (t.kind == Token::word) {
      t.general = static_cast<float>(std::log(1 / (background_share(t.key) + rarest)) / scale);
      if (std::binary_search(title.begin(), title.end(), t.key)) in_title += t.weight;
    }
    p.general_total += t.general;
  }
  p.norm = std::sqrt(p.norm);
  p.log_total = std::log(std::max(1e-9, p.total));
  p.log_sentence = std::log1p(static_cast<double>(p.sentence));
  p.in_title = in_title / std::max(1.0, p.total);
}

// What the sentences before (step -1) or after (1) say.
std::vector<Token> context(const Material& material, std::span<const Statement> statements,
                           const StoryDescriber& described, const Keys& keys, std::uint32_t s, int step) {
  const Document& d = material.documents[statements[s].span.article];
  const auto paragraph = [&](std::uint32_t statement) {
    return d.sentences[material.claims[statements[statement].first_claim].sentence].paragraph;
  };
  std::vector<Token> out;
  out.reserve(tuning.reach * described.said(s).size());
  double share = 1;
  for (std::uint32_t k = 1; k <= tuning.reach; ++k) {
    const std::int64_t at = std::int64_t{s} + step * std::int64_t{k};
    if (at < 0 || at >= static_cast<std::int64_t>(statements.size())) break;
    const auto other = static_cast<std::uint32_t>(at);
    if (statements[other].span.article != statements[s].span.article) break;
    share *= paragraph(other) == paragraph(s) ? tuning.beside : tuning.beyond;
    for (const Token& t : described.said(other)) {
      if (t.kind == Token::number) continue;
      out.push_back({t.key, static_cast<float>(share * t.weight * keys.rarity(t.id)), t.kind, 1, t.id});
    }
  }
  sort_tokens(out);
  return out;
}

// Nobody who reads it alone knows of whom or what it speaks: it opens with a pronoun, and names nobody there; or it ends with
// "that", or with a number of nothing.
bool leans_on_another(const Material& material, const Statement& statement) {
  const Claim& first = material.claims[statement.first_claim];
  const Claim& last = material.claims[statement.last_claim - 1];
  const Document& d = material.document_of(first);
  const lang::Language& language = lang::Language::of(material.corpus[first.span.article].language);
  const auto is = [&](std::uint32_t word, lang::Role role) { return language.is(d.body[word], role); };
  if (first.first_word == last.last_word) return false;
  if (first.names.empty() && is(first.first_word, lang::Role::pronoun)) return true;
  const std::uint32_t end = last.last_word - 1;
  if (is(end, lang::Role::demonstrative)) return true;
  return std::ranges::any_of(last.slots, [&](const Slot& slot) {
    const Quantity& q = d.quantities[slot.quantity];
    return slot.head == 0 && q.unit.empty() && q.range.end >= d.body.words[end].source.end;
  });
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
  for (Statement& statement : out) statement.leans = leans_on_another(material, statement);
  return out;
}

std::vector<Profile> describe(const Material& material, std::span<const Statement> statements) {
  StoryDescriber described(material, statements);
  std::vector<Profile> profiles = std::move(described.profiles());
  if (!described.compared()) return profiles;
  StoryKeys& keys = described.keys();
  for (const Profile& p : profiles) {
    for (const Token& t : p.tokens) keys.tokens.count(t.id);
  }
  keys.tokens.close(profiles.size());
  for (Profile& p : profiles) {
    const std::uint32_t s = p.statements.front();
    weigh_tokens(p, keys.tokens, material.documents[statements[s].span.article]);
    p.before = context(material, statements, described, keys.tokens, s, -1);
    p.after = context(material, statements, described, keys.tokens, s, 1);
    for (const Token& t : p.before) p.before_total += t.weight;
    for (const Token& t : p.after) p.after_total += t.weight;
    const auto alone = [&](const Token& t) { return keys.tokens.in_one_article(t.id); };
    std::erase_if(p.before, alone);
    std::erase_if(p.after, alone);
  }
  weigh_grams(profiles, keys.grams);
  return profiles;
}

}  // namespace storymerge::align

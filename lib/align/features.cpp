#include "align/features.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <unordered_map>

#include "align/senses.h"
#include "support/hash.h"

namespace storymerge::align {
namespace {

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

// Marks the words of a claim that only say who says it: "union president Bridget Aldous said", "according to the police".
// What such words share with another claim says little about what is claimed.
std::vector<char> attribution(const Document& d, const Claim& claim, std::string_view text) {
  static constexpr std::string_view verbs[] = {
      "said",      "says",     "told",     "tells",     "added",        "adds",     "wrote",      "writes",
      "announced", "stated",   "states",   "declared",  "insisted",     "insists",  "maintained", "maintains",
      "confirmed", "confirms", "replied",  "explained", "argued",       "argues",   "claimed",    "claims",
      "according", "repeated", "reported", "reports",   "acknowledged", "stressed", "noted",      "warned"};
  const std::uint32_t n = claim.last_word - claim.first_word;
  std::vector<char> out(n, 0);
  // breaks[i]: a comma, colon, dash or quotation mark stands between word i - 1 and word i.
  std::vector<char> breaks(n + 1, 0);
  breaks[0] = breaks[n] = 1;
  for (std::uint32_t i = 1; i < n; ++i) {
    const std::uint32_t from = d.body.words[claim.first_word + i - 1].source.end;
    const std::string_view gap = text.substr(from, d.body.words[claim.first_word + i].source.begin - from);
    breaks[i] = gap.find_first_not_of(" .'-/&\n\r\t") != std::string_view::npos;
  }
  constexpr std::uint32_t reach = 9;
  for (std::uint32_t i = 0; i < n; ++i) {
    if (std::find(std::begin(verbs), std::end(verbs), d.body[claim.first_word + i]) == std::end(verbs)) continue;
    std::uint32_t left = i, right = i + 1;
    while (left > 0 && !breaks[left]) --left;
    const bool after =
        breaks[i] || d.body[claim.first_word + i] == "according" || left == i;  // ", said X, the chief of Y"
    if (after) {
      while (right < n && right - i < reach && (!breaks[right] || right - i < 3)) ++right;
      left = i;
    } else if (i - left > reach) {
      continue;
    } else if (left > 0 && left >= 2 && breaks[left]) {  // "X, the chief of Y, said"
      std::uint32_t before = left - 1;
      while (before > 0 && !breaks[before]) --before;
      if (left - before <= 4) left = before;
    }
    std::fill(out.begin() + left, out.begin() + right, char{1});
  }
  return out;
}

void sort_tokens(std::vector<Token>& tokens) {
  std::sort(tokens.begin(), tokens.end(),
            [](const Token& a, const Token& b) { return a.key != b.key ? a.key < b.key : a.weight > b.weight; });
  tokens.erase(std::unique(tokens.begin(), tokens.end(), [](const Token& a, const Token& b) { return a.key == b.key; }),
               tokens.end());
}

template <class T>
void sort_unique(std::vector<T>& v) {
  std::sort(v.begin(), v.end());
  v.erase(std::unique(v.begin(), v.end()), v.end());
}

// Position of the first mention that ends after `begin`, in a column of disjoint mentions.
template <class Mentions>
std::size_t first_after(const Mentions& mentions, std::uint32_t begin) {
  return static_cast<std::size_t>(
      std::partition_point(mentions.begin(), mentions.end(), [&](const auto& m) { return m.range.end <= begin; }) -
      mentions.begin());
}

void note_cue(std::string_view word, Cues& cues) {
  static constexpr std::string_view denials[] = {
      "contradicted", "denied",  "denies",    "deny",     "denying", "denial",   "disputed", "disputes",
      "dismissed",    "false",   "forgery",   "lie",      "untrue",  "nonsense", "refuted",  "refutes",
      "rejected",     "rejects", "rejecting", "rebutted", "wrong",   "fake"};
  static constexpr std::string_view negations[] = {"no",      "not",     "never", "none",  "nobody", "nothing",
                                                   "neither", "without", "didn",  "doesn", "wasn",   "weren",
                                                   "isn",     "hasn",    "haven", "cannot"};
  static constexpr std::string_view insistence[] = {
      "acknowledged", "admitted", "confirmed", "confirms",   "contended", "contends", "countered",
      "counters",     "insisted", "insists",   "maintained", "maintains", "repeated", "repeats",
      "reiterated",   "stands",   "stood",     "sticking",   "stuck",     "conceded", "claimed",
      "claims",       "accused",  "alleged",   "alleges",    "again"};
  static constexpr std::string_view counting[] = {
      "according", "count", "counted", "counts",   "estimate",  "estimated", "estimates", "figure",  "figures",
      "puts",      "put",   "reckons", "reckoned", "reckoning", "tally",     "measured",  "records", "register"};
  static constexpr std::string_view suppositions[] = {"could", "might", "may", "if", "perhaps", "possibly"};
  static constexpr std::string_view revision[] = {
      "already", "brought", "corrected", "extended", "grown", "increased", "initially", "later",   "latest",  "lowered",
      "now",     "raised",  "revised",   "revising", "risen", "rose",      "since",     "updated", "earlier", "cut"};
  const auto in = [&](const auto& list) { return std::find(std::begin(list), std::end(list), word) != std::end(list); };
  cues.denies = cues.denies || in(denials);
  cues.negates = cues.negates || in(negations) || word.ends_with("n't");
  cues.insists = cues.insists || in(insistence);
  cues.counts = cues.counts || in(counting);
  cues.revises = cues.revises || in(revision);
  cues.supposes = cues.supposes || in(suppositions);
}

// A time that is none of what is told: "the 22:10 from Sarn", and "14.35 – A strong earthquake shook Sorrel", where it is when
// a live blog wrote it.
bool is_label(const Document& d, const Claim& claim, std::string_view text, ByteRange time) {
  const std::string_view before = text.substr(0, time.begin);
  if (before.ends_with("the ") || before.ends_with("The ")) return true;
  if (time.begin != d.sentences[claim.sentence].range.begin) return false;
  const std::string_view rest = text.substr(time.end);
  const std::size_t at = rest.find_first_not_of(' ');
  if (at == std::string_view::npos) return true;
  static constexpr std::string_view marks[] = {"\u2013", "\u2014", "-", "|", ":"};
  return std::any_of(std::begin(marks), std::end(marks),
                     [&](std::string_view mark) { return rest.substr(at).starts_with(mark); });
}

Unit describe(const Document& d, const Claim& claim, std::string_view text) {
  constexpr double speaker_share = 0.35;
  Unit unit;
  const std::vector<char> speaks = attribution(d, claim, text);
  // What each word of the claim is: part of a name, of a number or date, or a plain word.
  const std::size_t first_name = first_after(d.names, claim.span.begin);
  std::size_t name = first_name, quantity = first_after(d.quantities, claim.span.begin);
  std::size_t date = first_after(d.dates, claim.span.begin);
  std::vector<std::pair<std::uint32_t, std::uint64_t>> content;  // begin in text, key
  for (std::uint32_t w = claim.first_word; w < claim.last_word; ++w) {
    const ByteRange at = d.body.words[w].source;
    while (name < d.names.size() && d.names[name].range.end <= at.begin) ++name;
    while (quantity < d.quantities.size() && d.quantities[quantity].range.end <= at.begin) ++quantity;
    while (date < d.dates.size() && d.dates[date].range.end <= at.begin) ++date;
    if (date < d.dates.size() && d.dates[date].range.begin <= at.begin) continue;
    if (quantity < d.quantities.size() && d.quantities[quantity].range.begin <= at.begin) {
      // "46 people", "2,600 members": the thing counted is a word like others; digits are the number's own token.
      const std::string_view word = d.body[w];
      if (d.body_terms[w] == 0 || (word[0] >= '0' && word[0] <= '9')) continue;
    }
    const double share = speaks[w - claim.first_word] ? speaker_share : 1.0;
    const bool in_name = name < d.names.size() && d.names[name].range.begin <= at.begin;
    if (in_name) {
      if (d.body_terms[w] == 0 || d.body[w].size() < 2) continue;
      // The words of one name come together: together they weigh little more than one word.
      const double words = d.names[name].last_word - d.names[name].first_word;
      unit.tokens.push_back({name_word_key(d.body[w]), share / std::sqrt(std::max(1.0, words)), Token::name});
    } else if (d.body_terms[w] != 0 && d.body[w].size() > 1) {
      unit.tokens.push_back({d.body_terms[w], share, Token::word});
      for (const std::uint16_t s : senses_of(d.body_terms[w])) unit.senses.push_back({s, d.body_terms[w], 0});
      for (const std::int16_t o : opposites_of(d.body_terms[w])) unit.opposites.push_back(o);
      content.push_back({at.begin, d.body_terms[w]});
    }
  }
  for (const std::uint32_t q : claim.quantities) {
    const Quantity& quantity_of = d.quantities[q];
    unit.tokens.push_back({number_key(quantity_of), 1, Token::number});
    NumberInUnit n;
    // A bound left open counts as the number named: "at least four", then "seven", is news.
    n.low = std::isfinite(quantity_of.low) ? quantity_of.low : quantity_of.value;
    n.high = std::isfinite(quantity_of.high) ? quantity_of.high : quantity_of.value;
    n.value = quantity_of.value;
    n.ordinal = quantity_of.ordinal;
    n.unit = quantity_of.unit.empty() ? 0 : hash_bytes(quantity_of.unit);
    for (const Slot& s : claim.slots) {
      if (s.quantity == q) n.slot = s;
    }
    // Words near it, up to the next number: "12 dead, nine missing" are two things.
    const auto after = std::partition_point(content.begin(), content.end(),
                                            [&](const auto& c) { return c.first < quantity_of.range.begin; });
    std::uint32_t from = 0, until = ~0u;
    for (const std::uint32_t other : claim.quantities) {
      if (other < q) from = d.quantities[other].range.end;
      if (other > q && until == ~0u) until = d.quantities[other].range.begin;
    }
    for (auto it = after; it != content.end() && it - after < 4 && it->first < until; ++it) {
      if (n.head == 0) n.head = it->second;
      n.near.push_back(it->second);
    }
    for (auto it = after; it != content.begin() && after - it < 3 && (it - 1)->first >= from;)
      n.near.push_back((--it)->second);
    sort_unique(n.near);
    for (const std::uint64_t key : n.near) {
      const auto senses = senses_of(key);
      n.near_senses.insert(n.near_senses.end(), senses.begin(), senses.end());
    }
    sort_unique(n.near_senses);
    unit.numbers.push_back(std::move(n));
  }
  for (std::uint32_t w = claim.first_word; w < claim.last_word; ++w) note_cue(d.body[w], unit.cues);
  for (const std::uint32_t at : claim.dates) {
    const DateMention& m = d.dates[at];
    // "said on Friday" dates the saying, not what is said.
    const auto word =
        std::partition_point(d.body.words.begin() + claim.first_word, d.body.words.begin() + claim.last_word,
                             [&](const Word& w) { return w.source.begin < m.range.begin; }) -
        (d.body.words.begin() + claim.first_word);
    bool of_saying = false;
    for (std::ptrdiff_t back = 0; back <= 2 && back <= word; ++back) {
      of_saying = of_saying || (word - back < static_cast<std::ptrdiff_t>(speaks.size()) && speaks[word - back]);
    }
    if (of_saying || is_label(d, claim, text, m.range)) continue;
    if (m.minute_of_day) unit.minutes.push_back(*m.minute_of_day);
    if (m.minute_of_day) {
      unit.tokens.push_back({mix64(0x74696d65ULL << 32 ^ static_cast<unsigned>(*m.minute_of_day)), 1, Token::number});
    }
    if (m.from && m.to && !m.minute_of_day) {
      const Days days{static_cast<std::int32_t>(m.from->time_since_epoch().count()),
                      static_cast<std::int32_t>(m.to->time_since_epoch().count())};
      if (days.last - days.first > 366) continue;
      unit.days.push_back(days);
      unit.tokens.push_back({mix64(0x646179ULL << 32 ^ mix64(static_cast<std::uint32_t>(days.first)) ^
                                   static_cast<std::uint32_t>(days.last - days.first)),
                             1, Token::day});
    }
  }
  sort_unique(unit.opposites);
  sort_unique(unit.days);
  sort_unique(unit.minutes);
  sort_tokens(unit.tokens);
  std::sort(unit.senses.begin(), unit.senses.end(), [](const SenseOfWord& a, const SenseOfWord& b) {
    return a.sense != b.sense ? a.sense < b.sense : a.key < b.key;
  });
  unit.senses.erase(
      std::unique(unit.senses.begin(), unit.senses.end(),
                  [](const SenseOfWord& a, const SenseOfWord& b) { return a.sense == b.sense && a.key == b.key; }),
      unit.senses.end());
  return unit;
}

double shared_count_dice(const Unit& a, const Unit& b) {
  std::size_t shared = 0;
  for (std::size_t i = 0, j = 0; i < a.tokens.size() && j < b.tokens.size();) {
    if (a.tokens[i].key == b.tokens[j].key) {
      ++shared, ++i, ++j;
    } else if (a.tokens[i].key < b.tokens[j].key) {
      ++i;
    } else {
      ++j;
    }
  }
  return a.tokens.empty() || b.tokens.empty()
             ? 0
             : 2.0 * static_cast<double>(shared) / static_cast<double>(a.tokens.size() + b.tokens.size());
}

bool same_tokens(const Unit& a, const Unit& b) {
  return std::equal(a.tokens.begin(), a.tokens.end(), b.tokens.begin(), b.tokens.end(),
                    [](const Token& x, const Token& y) { return x.key == y.key; });
}

// Units of one origin that say the same in (almost) the same words become one: a copy adds no voice and no work.
std::vector<Unit> fold_copies(std::vector<Unit> units) {
  std::vector<Unit> out;
  struct OriginIndex {
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_token;
  };
  std::unordered_map<std::uint32_t, OriginIndex> indices;
  std::unordered_map<std::uint32_t, std::uint32_t> articles_of;  // origin -> last article seen; copies have several
  std::unordered_map<std::uint32_t, bool> copied;
  for (const Unit& u : units) {
    const auto [at, fresh] = articles_of.emplace(u.origin, u.article);
    if (!fresh && at->second != u.article) copied[u.origin] = true;
  }
  constexpr std::size_t longest = 64;
  for (Unit& u : units) {
    if (!copied.contains(u.origin)) {
      out.push_back(std::move(u));
      continue;
    }
    OriginIndex& index = indices[u.origin];
    std::unordered_map<std::uint32_t, std::uint32_t> votes;
    for (const Token& t : u.tokens) {
      const auto at = index.by_token.find(t.key);
      if (at == index.by_token.end()) continue;
      for (const std::uint32_t other : at->second) ++votes[other];
    }
    double best = 0.7;
    std::uint32_t partner = 0;
    bool found = false;
    for (const auto& [other, n] : votes) {
      const Unit& v = out[other];
      if (v.article == u.article) continue;
      const double dice = same_tokens(u, v) ? 2.0 : shared_count_dice(u, v);
      if (dice > best || (found && dice == best && other < partner)) {
        best = dice;
        partner = other;
        found = true;
      }
    }
    if (found) {
      out[partner].claims.push_back(u.claims.front());
      continue;
    }
    const auto position = static_cast<std::uint32_t>(out.size());
    for (const Token& t : u.tokens) {
      std::vector<std::uint32_t>& list = index.by_token[t.key];
      if (list.size() < longest) list.push_back(position);
    }
    out.push_back(std::move(u));
  }
  return out;
}

}  // namespace

std::vector<Unit> make_units(const Material& material) {
  const auto& [corpus, documents, duplicates, story, names, claims] = material;
  std::vector<Unit> units;
  units.reserve(claims.size());
  std::uint32_t article = 0;
  for (std::uint32_t c = 0, first = 0; c < claims.size(); ++c) {
    while (story.articles[article] != claims[c].span.article) ++article;
    if (c == 0 || claims[c - 1].span.article != claims[c].span.article) first = c;
    const Document& d = documents[claims[c].span.article];
    Unit u = describe(d, claims[c], corpus[claims[c].span.article].text);
    constexpr std::size_t most_names = 16;  // all of two units are compared
    for (std::size_t m = first_after(d.names, claims[c].span.begin);
         m < d.names.size() && d.names[m].range.end <= claims[c].span.end && u.full_names.size() < most_names; ++m) {
      const NameMention& mention = d.names[m];
      if (mention.last_word - mention.first_word != 2) continue;
      const std::string_view given = d.body[mention.first_word], family = d.body[mention.first_word + 1];
      if (given.size() < 3 || family.size() > 40 || opens_place_name(given) || is_title_word(given)) continue;
      u.full_names.push_back({names.name_of[article][m], given, family, mention.range});
    }
    u.claims = {c};
    u.origin = duplicates.origin_of[claims[c].span.article];
    u.article = article;
    u.sentence = claims[c].sentence;
    u.position = static_cast<double>(c - first);
    u.published = corpus[claims[c].span.article].published;
    if (u.published) {
      constexpr std::int32_t long_ago = 45;
      const auto today =
          static_cast<std::int32_t>(std::chrono::floor<std::chrono::days>(*u.published).time_since_epoch().count());
      u.history = std::any_of(u.days.begin(), u.days.end(), [&](const Days& d) { return d.last + long_ago < today; });
    }
    units.push_back(std::move(u));
  }
  for (std::size_t i = 0, j = 0; i < units.size(); i = j) {
    while (j < units.size() && units[j].article == units[i].article) ++j;
    for (std::size_t k = i; k < j; ++k) units[k].position /= std::max<double>(1.0, static_cast<double>(j - i - 1));
  }

  // Rarity within the story, over units that are no copies.
  std::vector<std::vector<Token>> own(units.size());
  for (std::size_t i = 0; i < units.size(); ++i) own[i] = units[i].tokens;
  std::vector<Unit> folded = fold_copies(std::move(units));
  std::unordered_map<std::uint64_t, std::uint32_t> df;
  for (const Unit& u : folded) {
    for (const Token& t : u.tokens) ++df[t.key];
  }
  // As if the story had as many units more: in one of two short articles everything would seem common.
  constexpr double others = 40;
  const double n = static_cast<double>(folded.size()) + 1 + others;
  const auto weight = [&](std::uint64_t key) {
    const auto at = df.find(key);
    return std::max(0.2, std::log(n / (at == df.end() ? 1.0 : at->second + 0.5)));
  };
  for (Unit& u : folded) {
    for (Token& t : u.tokens) {
      t.weight *= weight(t.key);
      u.total += t.weight;
      u.norm += t.weight * t.weight;
      if (t.kind == Token::name) u.name_weight += t.weight;
    }
    u.norm = std::sqrt(u.norm);
    for (SenseOfWord& s : u.senses) s.weight = weight(s.key);
    // What the claims before it in its article supply.
    const std::uint32_t c = u.claims.front();
    double share = 1;
    for (std::uint32_t back = 1; back <= 3 && back <= c; ++back) {
      const std::uint32_t p = c - back;
      if (claims[p].span.article != claims[c].span.article) break;
      const Document& d = documents[claims[p].span.article];
      const bool same_paragraph =
          d.sentences[claims[p].sentence].paragraph == d.sentences[claims[c].sentence].paragraph;
      share *= same_paragraph ? 0.6 : 0.4;
      for (const Token& t : own[p]) {
        if (t.kind != Token::number) u.context.push_back({t.key, share * t.weight * weight(t.key), t.kind});
      }
    }
    for (const Term t : claims[c].context_terms) u.context.push_back({t, 0.7 * weight(t), Token::word});
    sort_tokens(u.context);
  }
  return folded;
}

namespace {

bool disjoint(const NumberInUnit& x, const NumberInUnit& y) { return x.high < y.low || y.high < x.low; }

double same_slot(const NumberInUnit& x, const NumberInUnit& y) {
  const bool thing = x.slot.head != 0 && (x.slot.head == y.slot.head || (x.slot.people && y.slot.people));
  const bool event = x.slot.event != 0 && x.slot.event == y.slot.event;
  return 0.5 * thing + 0.5 * event;
}

}  // namespace

Rivals find_rivals(const Unit& a, const Unit& b) {
  Rivals best;
  double most = -1;
  const auto given_by = [](const NumberInUnit& x, const Unit& other) {
    return std::any_of(other.numbers.begin(), other.numbers.end(), [&](const NumberInUnit& y) {
      return x.value == y.value && !disjoint(x, y) && x.slot.role == y.slot.role;
    });
  };
  for (std::uint32_t i = 0; i < a.numbers.size(); ++i) {
    const NumberInUnit& x = a.numbers[i];
    if (given_by(x, b)) continue;
    for (std::uint32_t j = 0; j < b.numbers.size(); ++j) {
      const NumberInUnit& y = b.numbers[j];
      if (!disjoint(x, y) || given_by(y, a)) continue;
      if (x.slot.role != y.slot.role) continue;
      if (x.unit != y.unit && x.unit != 0 && y.unit != 0) continue;
      Rivals r{i, j, true, 0, 0, same_slot(x, y), x.unit == y.unit};
      for (std::size_t k = 0, m = 0; k < x.near.size() && m < y.near.size();) {
        if (x.near[k] == y.near[m]) {
          const auto at = std::lower_bound(a.tokens.begin(), a.tokens.end(), x.near[k],
                                           [](const Token& t, std::uint64_t key) { return t.key < key; });
          if (at != a.tokens.end() && at->key == x.near[k]) r.words += at->weight;
          ++k, ++m;
        } else {
          x.near[k] < y.near[m] ? ++k : ++m;
        }
      }
      std::vector<std::uint16_t> shared;
      std::set_intersection(x.near_senses.begin(), x.near_senses.end(), y.near_senses.begin(), y.near_senses.end(),
                            std::back_inserter(shared));
      r.senses = !shared.empty();
      r.clash = shared.empty() && !x.near_senses.empty() && !y.near_senses.empty();
      if (x.head != 0 && y.head != 0) {
        const auto hx = senses_of(x.head), hy = senses_of(y.head);
        r.head = x.head == y.head || std::find_first_of(hx.begin(), hx.end(), hy.begin(), hy.end()) != hx.end();
      }
      const double strength = r.words + 2 * r.senses + 2 * r.slot + (x.unit == y.unit) + r.head - r.clash;
      if (strength > most) {
        most = strength;
        best = r;
      }
    }
  }
  return best;
}

Features compare(const Unit& a, const Unit& b, const Claim& ca, const Claim& cb) {
  double shared = 0, dot = 0, shared_names = 0, number_weight = 0, names = 0, numbers = 0;
  bool a_numbers = !a.numbers.empty(), b_numbers = !b.numbers.empty();
  bool a_day = false, b_day = false, same_day = false;
  for (const Token& t : a.tokens) a_day = a_day || t.kind == Token::day;
  for (const Token& t : b.tokens) b_day = b_day || t.kind == Token::day;
  for (std::size_t i = 0, j = 0; i < a.tokens.size() && j < b.tokens.size();) {
    const Token& s = a.tokens[i];
    const Token& t = b.tokens[j];
    if (s.key != t.key) {
      s.key < t.key ? ++i : ++j;
      continue;
    }
    const double least = std::min(s.weight, t.weight);
    shared += least;
    dot += s.weight * t.weight;
    if (s.kind == Token::name) shared_names += least, ++names;
    if (s.kind == Token::number) number_weight += least, ++numbers;
    if (s.kind == Token::day) same_day = true;
    ++i, ++j;
  }
  // Different words of one sense.
  double synonyms = 0, sense_dot = 0, sense_a = 0, sense_b = 0;
  for (const SenseOfWord& s : a.senses) sense_a += s.weight;
  for (const SenseOfWord& s : b.senses) sense_b += s.weight;
  for (std::size_t i = 0, j = 0; i < a.senses.size() && j < b.senses.size();) {
    const SenseOfWord& s = a.senses[i];
    const SenseOfWord& t = b.senses[j];
    if (s.sense != t.sense) {
      s.sense < t.sense ? ++i : ++j;
      continue;
    }
    if (s.key != t.key) synonyms += std::min(s.weight, t.weight);
    sense_dot += std::min(s.weight, t.weight);
    const std::uint16_t sense = s.sense;
    while (i < a.senses.size() && a.senses[i].sense == sense) ++i;
    while (j < b.senses.size() && b.senses[j].sense == sense) ++j;
  }
  synonyms = std::min(synonyms, std::min(a.total, b.total) - shared);
  const Rivals rivals = find_rivals(a, b);
  double slot_agrees = 0;
  for (const NumberInUnit& x : a.numbers) {
    for (const NumberInUnit& y : b.numbers) {
      if (!disjoint(x, y)) slot_agrees = std::max(slot_agrees, same_slot(x, y));
    }
  }
  const auto supplied = [](const Unit& u,
                           const Unit& v) {  // words of u that the discourse round v gives and v leaves out
    double sum = 0;
    for (std::size_t i = 0, j = 0, k = 0; i < u.tokens.size() && j < v.context.size();) {
      if (u.tokens[i].key != v.context[j].key) {
        u.tokens[i].key < v.context[j].key ? ++i : ++j;
        continue;
      }
      while (k < v.tokens.size() && v.tokens[k].key < u.tokens[i].key) ++k;
      if (k == v.tokens.size() || v.tokens[k].key != u.tokens[i].key)
        sum += std::min(u.tokens[i].weight, v.context[j].weight);
      ++i, ++j;
    }
    return sum / std::max(1.0, u.total);
  };
  double context_shared = 0, context_a = 0, context_b = 0;
  for (const Token& t : a.context) context_a += t.weight;
  for (const Token& t : b.context) context_b += t.weight;
  for (std::size_t i = 0, j = 0; i < a.context.size() && j < b.context.size();) {
    if (a.context[i].key == b.context[j].key) {
      context_shared += std::min(a.context[i].weight, b.context[j].weight);
      ++i, ++j;
    } else {
      a.context[i].key < b.context[j].key ? ++i : ++j;
    }
  }
  const double both = std::max(1e-9, a.total + b.total), less = std::max(1e-9, std::min(a.total, b.total));
  const auto root = [](double x, double y) { return std::sqrt(std::max(1.0, x) * std::max(1.0, y)); };
  Features f{};
  f[feature("bias")] = 1;
  f[feature("cosine")] = dot / std::max(1e-9, a.norm * b.norm);
  f[feature("dice")] = 2 * shared / both;
  f[feature("containment")] = shared / less;
  f[feature("soft_dice")] = 2 * (shared + 0.8 * synonyms) / both;
  f[feature("soft_containment")] = (shared + 0.8 * synonyms) / less;
  f[feature("names")] = shared_names / root(a.name_weight, b.name_weight);
  f[feature("name_count")] = std::min(3.0, names);
  f[feature("number_weight")] = std::min(8.0, number_weight);
  f[feature("number_count")] = std::min(2.0, numbers);
  f[feature("numbers_differ")] = a_numbers && b_numbers && numbers == 0;
  f[feature("rival_words")] = std::min(5.0, rivals.words);
  f[feature("rival_senses")] = rivals.senses;
  f[feature("context_gives")] = supplied(a, b) + supplied(b, a);
  f[feature("context_shared")] = context_shared / root(context_a, context_b);
  f[feature("position")] = std::abs(a.position - b.position);
  f[feature("length_ratio")] = less / std::max(1e-9, std::max(a.total, b.total));
  f[feature("senses")] = sense_dot / root(sense_a, sense_b);
  f[feature("day")] = same_day ? 1 : a_day && b_day ? -1 : 0;
  f[feature("shared_weight")] = std::min(25.0, shared + 0.8 * synonyms);
  f[feature("predicate")] = ca.predicate != 0 && ca.predicate == cb.predicate;
  f[feature("slot_rival")] = rivals.slot;
  f[feature("slot_agrees")] = slot_agrees;
  f[feature("speaker")] = ca.speaker_name && cb.speaker_name ? (*ca.speaker_name == *cb.speaker_name ? 1 : -1) : 0;
  f[feature("polarity")] = ca.negative != cb.negative;
  f[feature("hedge")] = std::abs(static_cast<int>(ca.hedge) - static_cast<int>(cb.hedge));
  f[feature("same_origin")] = a.origin == b.origin;
  return f;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> propose_pairs(std::span<const Unit> units) {
  constexpr std::size_t window = 96;    // postings looked at on each side of a unit, a term
  constexpr std::size_t partners = 32;  // kept a unit
  struct Posting {
    std::uint64_t key;
    std::uint32_t unit;
    double weight;
  };
  std::vector<Posting> postings;
  for (std::uint32_t u = 0; u < units.size(); ++u) {
    for (const Token& t : units[u].tokens) postings.push_back({t.key, u, t.weight});
    for (std::size_t i = 0; i < units[u].senses.size(); ++i) {
      const SenseOfWord& s = units[u].senses[i];
      if (i == 0 || units[u].senses[i - 1].sense != s.sense) {
        postings.push_back({mix64(0x73656e7365ULL << 20 ^ s.sense), u, 0.5 * s.weight});
      }
    }
  }
  std::sort(postings.begin(), postings.end(),
            [](const Posting& a, const Posting& b) { return a.key != b.key ? a.key < b.key : a.unit < b.unit; });
  std::vector<std::vector<std::uint32_t>> of_unit(units.size());  // positions in `postings`
  for (std::uint32_t p = 0; p < postings.size(); ++p) of_unit[postings[p].unit].push_back(p);

  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  std::vector<double> shared(units.size(), 0.0);
  std::vector<std::uint32_t> touched;
  for (std::uint32_t u = 0; u < units.size(); ++u) {
    touched.clear();
    for (const std::uint32_t p : of_unit[u]) {
      for (int direction : {-1, 1}) {
        std::size_t steps = 0;
        for (std::ptrdiff_t q = static_cast<std::ptrdiff_t>(p) + direction;
             q >= 0 && q < static_cast<std::ptrdiff_t>(postings.size()) && steps < window; q += direction, ++steps) {
          const Posting& other = postings[static_cast<std::size_t>(q)];
          if (other.key != postings[p].key) break;
          if (units[other.unit].article == units[u].article && (units[other.unit].sentence > units[u].sentence + 3 ||
                                                                units[u].sentence > units[other.unit].sentence + 3)) {
            continue;
          }
          if (shared[other.unit] == 0) touched.push_back(other.unit);
          shared[other.unit] += std::min(postings[p].weight, other.weight);
        }
      }
    }
    const auto score = [&](std::uint32_t v) { return shared[v] / std::sqrt(std::max(1.0, units[v].total)); };
    const auto better = [&](std::uint32_t x, std::uint32_t y) {
      const double sx = score(x), sy = score(y);
      return sx != sy ? sx > sy : x < y;
    };
    if (touched.size() > partners) {
      std::nth_element(touched.begin(), touched.begin() + partners, touched.end(), better);
      for (std::size_t i = partners; i < touched.size(); ++i) shared[touched[i]] = 0;
      touched.resize(partners);
    }
    for (const std::uint32_t v : touched) {
      pairs.push_back({std::min(u, v), std::max(u, v)});
      shared[v] = 0;
    }
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

}  // namespace storymerge::align

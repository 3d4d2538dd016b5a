#include "storymerge/text/quantities.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <optional>

#include "text/tokens.h"

namespace storymerge {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_currency_mark(char32_t c) {
  return c == '$' || c == 0xA3 || c == 0x20AC || c == 0xA5 || c == 0x20B9 || c == 0x20BD || c == 0x20BA || c == 0x20A9;
}

std::string_view currency_of(char32_t c) {
  switch (c) {
    case '$':
      return "$";
    case 0xA3:
      return "\u00A3";
    case 0x20AC:
      return "\u20AC";
    case 0xA5:
      return "\u00A5";
    case 0x20B9:
      return "rupees";
    case 0x20BD:
      return "roubles";
    case 0x20BA:
      return "lira";
    default:
      return "won";
  }
}

// A number as read: its tokens [begin, end) and value; `high` differs from `value` in "dozens" (24 to 99).
struct Number {
  std::size_t end = 0;  // 0: none here
  double value = 0;
  double high = 0;
  bool approximate = false;
  bool spelled = false;
};

// What is said of the number before or after it.
enum class Bound { exact, about, almost, just_over, at_least, at_most };

class QuantityFinder {
 public:
  QuantityFinder(std::string_view text, std::span<const DateMention> dates) : t_(text) {
    taken_.resize(t_.size());
    std::size_t i = 0;
    for (const DateMention& d : dates) {
      while (i < t_.size() && t_[i].end <= d.range.begin) ++i;
      for (std::size_t k = i; k < t_.size() && t_[k].begin < d.range.end; ++k) taken_[k] = true;
    }
  }

  std::vector<Quantity> run() {
    std::vector<Quantity> out;
    std::size_t first_free = 0;  // the first token that no earlier quantity uses
    for (std::size_t i = 0; i < t_.size();) {
      Quantity q;
      const std::size_t end = read(i, first_free, q);
      if (end == 0) {
        ++i;
        continue;
      }
      out.push_back(std::move(q));
      i = first_free = end;
    }
    return out;
  }

 private:
  bool free(std::size_t i) const { return i >= taken_.size() || !taken_[i]; }

  // ---- the bare number

  // 1.2bn, 3,400, 1.3m, "5 million"
  Number read_digits(std::size_t i, bool money) const {
    const Token& n = t_[i];
    Number number{i + 1, n.value, n.value, false, false};
    const Token& next = t_[i + 1];
    if (next.kind == Token::word && free(i + 1) && !next.breaks) {
      double scale = 0;
      if (next.lexeme.kind == Lex::multiplier) {
        scale = next.lexeme.value;
      } else if (next.glued) {
        const std::string_view w = t_.text(i + 1);
        if (w == "k") scale = 1e3;
        if (w == "m" && !is_distance(i + 2)) scale = 1e6;
        if (w == "b") scale = 1e9;
        if (w == "t" && money) scale = 1e12;
      }
      if (scale != 0) {
        number.value *= scale;
        number.end = i + 2;
        // "2 hundred thousand"
        if (t_.kind(i + 2) == Lex::multiplier) number.value *= t_[number.end++].lexeme.value;
      }
    } else if (t_.is_dash(i + 1) && next.glued && t_.kind(i + 2) == Lex::multiplier && t_[i + 2].glued) {  // 12-million
      number.value *= t_[i + 2].lexeme.value;
      number.end = i + 3;
    } else if (next.kind == Token::mark && next.code == 0xBD && next.glued) {  // 2½
      number.value += 0.5;
      number.end = i + 2;
    }
    number.high = number.value;
    return number;
  }

  // Does "100m" here mean metres: "100m race", "40m from the shore"?
  bool is_distance(std::size_t i) const {
    if (!t_.is_word(i)) return false;
    return one_of(t_.text(i), {"race",  "final",     "sprint",     "freestyle",    "hurdles", "high",  "long",
                               "deep",  "wide",      "away",       "from",         "tall",    "below", "above",
                               "off",   "butterfly", "backstroke", "breaststroke", "relay",   "dash",  "north",
                               "south", "east",      "west",       "underground",  "wall",    "tower", "waves"});
  }

  // "twenty-three", "two hundred and fifty", "one and a half million", "a dozen", "half a million", "several dozen"
  Number read_words(std::size_t i) const {
    double total = 0, part = 0;
    bool any = false, approximate = false;
    std::size_t at = i;
    const std::string_view first = t_.text(i);
    if (first == "half" && (t_.is(i + 1, "a") || t_.is(i + 1, "an")) &&
        (t_.kind(i + 2) == Lex::multiplier || t_.kind(i + 2) == Lex::dozen)) {
      const double v = t_[i + 2].lexeme.value / 2;
      return {i + 3, v, v, false, true};
    }
    if ((first == "a" || first == "an" || first == "several") && !t_[i + 1].breaks) {
      const Lex kind = t_.kind(i + 1);
      const bool several = first == "several";
      if (kind == Lex::dozen && !(t_.is(i + 1, "pair") && !t_.is(i + 2, "of"))) {
        double v = t_[i + 1].lexeme.value;
        const bool vague = several || t_.is(i + 1, "couple");
        std::size_t end = i + 2;
        if (t_.is(end, "of")) ++end;
        if (several) return {end, 3 * v, 9 * v, true, true};
        return {end, v, v, vague, true};
      }
      if (kind != Lex::multiplier) return {};
      if (several) return {i + 2, 3 * t_[i + 1].lexeme.value, 9 * t_[i + 1].lexeme.value, true, true};
      any = true;
      part = 1;
      at = i + 1;
    }
    if (t_.kind(i) == Lex::many) return read_many(i);
    while (at < t_.size() && free(at)) {
      if (at > i && t_[at].breaks) break;
      std::size_t word = at;
      if (any && t_.is_dash(at) && t_[at].glued && t_[at + 1].glued && free(at + 1) &&
          (t_.kind(at + 1) == Lex::unit_digit || t_.kind(at + 1) == Lex::multiplier)) {
        word = at + 1;  // twenty-three
      } else if (any && total + part >= 100 && t_.is(at, "and") && free(at + 1) && is_small(at + 1) &&
                 std::fmod(total + part, 100) == 0) {
        word = at + 1;  // two hundred and fifty
      } else if (any && t_.is(at, "and") && t_.is(at + 1, "a") && (t_.is(at + 2, "half") || t_.is(at + 2, "quarter"))) {
        part += 1 / t_[at + 2].lexeme.value;  // one and a half million
        at += 3;
        continue;
      }
      const Lex kind = t_.kind(word);
      const double v = t_[word].lexeme.value;
      if (kind == Lex::unit_digit) {
        if (any && (std::fmod(part, 10) != 0 || (part != 0 && std::fmod(part, 100) == 10))) break;
        part += v;
      } else if (kind == Lex::teen || kind == Lex::tens) {
        if (any && std::fmod(part, 100) != 0) break;
        part += v;
      } else if (kind == Lex::multiplier && any) {
        if (v == 100) {
          part *= v;
        } else {
          total += part * v;
          part = 0;
        }
      } else if (kind == Lex::dozen && any && t_.is(word, "dozen")) {
        part *= v;
        at = word + 1;
        break;
      } else {
        break;
      }
      any = true;
      at = word + 1;
    }
    if (!any) return {};
    return {at, total + part, total + part, approximate, true};
  }

  bool is_small(std::size_t i) const {
    const Lex kind = t_.kind(i);
    return kind == Lex::unit_digit || kind == Lex::teen || kind == Lex::tens;
  }

  // "dozens", "tens of thousands", "hundreds of people"
  Number read_many(std::size_t i) const {
    double v = t_[i].lexeme.value;
    std::size_t end = i + 1;
    if (t_.is(end, "of") && t_.kind(end + 1) == Lex::many && free(end + 1)) {
      v *= t_[end + 1].lexeme.value;
      end += 2;
    } else if (t_.is(i, "tens") || (t_.is(i, "scores") && !t_.is(end, "of"))) {
      return {};
    }
    return {end, 2 * v, std::max(9.99 * v, 2 * v + 1), true, true};
  }

  Number read_number(std::size_t i, bool money) const {
    if (!free(i)) return {};
    if (t_.is_number(i)) return read_digits(i, money);
    if (!t_.is_word(i)) return {};
    switch (t_.kind(i)) {
      case Lex::unit_digit:
      case Lex::teen:
      case Lex::tens:
      case Lex::many:
        return read_words(i);
      case Lex::fraction:
      case Lex::function:
      case Lex::other:
        return t_.is(i, "a") || t_.is(i, "an") || t_.is(i, "half") || t_.is(i, "several") ? read_words(i) : Number{};
      default:
        return {};
    }
  }

  // ---- what stands before it

  // The bound said before token i, and where it begins. `limit`: no token before it may be used.
  Bound bound_before(std::size_t i, std::size_t limit, std::size_t& begin) const {
    const auto word = [&](std::size_t back) -> std::string_view {
      if (i < limit + back) return {};
      for (std::size_t k = i - back; k < i; ++k) {
        if (!free(k) || t_[k].kind == Token::mark || t_[k + 1].breaks) return {};
      }
      return t_.text(i - back);
    };
    const std::string_view a = word(1), b = word(2), c = word(3);
    const auto take = [&](std::size_t back, Bound bound) {
      begin = i - back;
      return bound;
    };
    if (a == "than") {
      const bool no = c == "no" || c == "not";
      if (b == "more" || b == "greater" || b == "higher" || b == "larger") {
        if (no) return take(3, Bound::at_most);
        return c == "slightly" ? take(3, Bound::just_over) : take(2, Bound::at_least);
      }
      if (b == "fewer" || b == "less" || b == "lower") return no ? take(3, Bound::at_least) : take(2, Bound::at_most);
      return Bound::exact;
    }
    if (a == "least" && b == "at") return take(2, Bound::at_least);
    if (a == "most" && b == "at") return take(2, Bound::at_most);
    if (a == "of" && c == "a" && b == "minimum") return take(3, Bound::at_least);
    if (a == "of" && c == "a" && b == "maximum") return take(3, Bound::at_most);
    if (a == "of" && b == "upwards") return take(2, Bound::at_least);
    if (a == "over" || a == "above") {
      if (b == "just" || b == "slightly" || b == "little") return take(2, Bound::just_over);
      return take(1, Bound::at_least);
    }
    if (a == "under" || a == "below") return b == "just" ? take(2, Bound::almost) : take(1, Bound::at_most);
    if (a == "to" && b == "up") return take(2, Bound::at_most);
    if (a == "to" && b == "close") return take(2, Bound::almost);
    if (a == "as" && c == "as" && (b == "many" || b == "much" || b == "high")) return take(3, Bound::at_most);
    if (a == "nearly" || a == "almost") return take(1, Bound::almost);
    if (a == "quite" && b == "not") return take(2, Bound::almost);
    if (a == "about" || a == "around" || a == "roughly" || a == "approximately" || a == "circa" || a == "perhaps")
      return take(1, Bound::about);
    if (a == "some" && !(t_.kind(i) == Lex::fraction)) return take(1, Bound::about);
    if (a == "estimated") return b == "an" ? take(2, Bound::about) : take(1, Bound::about);
    if (a == "exactly" || a == "precisely") return take(1, Bound::exact);
    if (a == "minimum") return take(1, Bound::at_least);
    return Bound::exact;
  }

  // ---- what stands after it

  // "500+", "20-odd", "20 or so", "two hours or more": sets `end` past it.
  std::optional<Bound> bound_after(std::size_t& end) const {
    if (t_.is_mark(end, '+') && t_[end].glued) {
      ++end;
      return Bound::at_least;
    }
    std::optional<Bound> bound;
    if (t_.is_dash(end) && t_[end].glued && t_.is(end + 1, "odd")) bound = Bound::about;
    if (t_.is(end, "or")) {
      if (t_.is(end + 1, "so")) bound = Bound::about;
      if (t_.is(end + 1, "more")) bound = Bound::at_least;
      if (t_.is(end + 1, "less") || t_.is(end + 1, "fewer")) bound = Bound::at_most;
    }
    if (bound) end += 2;
    return bound;
  }

  static std::string_view lower_people(std::string_view noun) {
    return one_of(noun, {"person", "persons", "people"}) ? std::string_view("people") : noun;
  }

  // The noun counted, looked for from token i on: the first plural before a word that ends the noun phrase, or else the
  // first word. 0 when there is none.
  std::size_t noun_after(std::size_t i, bool one, std::size_t* state) const {
    std::size_t fallback = 0;
    for (std::size_t k = i; k < i + 5 && k < t_.size(); ++k) {
      const Token& w = t_[k];
      if (w.breaks || !free(k)) break;
      if (w.kind == Token::mark) {
        if (t_.is_dash(k) && w.glued && t_[k + 1].glued && w.code != 0x2014) continue;  // "12 fire-damaged homes"
        break;
      }
      if (w.kind != Token::word) break;
      if (w.lexeme.kind == Lex::function) break;
      if (w.lexeme.kind == Lex::state) {  // "12 dead", "12 injured people"
        if (*state == 0) *state = k;
        continue;
      }
      const std::string_view noun = t_.text(k);
      const bool counted = w.lexeme.kind == Lex::other || w.lexeme.kind == Lex::label ||
                           w.lexeme.kind == Lex::currency || w.lexeme.kind == Lex::fraction;
      if (!counted && w.lexeme.kind != Lex::measure && w.lexeme.kind != Lex::ordinal) break;
      if (!counted) continue;
      const bool irregular =
          one_of(noun, {"people", "men", "women", "children", "police", "staff", "crew", "troops", "feet", "cattle",
                        "sheep", "fish", "aircraft", "personnel", "lives", "policemen", "firemen", "servicemen"});
      const bool possessive = noun.ends_with("'s") || noun.ends_with("\u2019s");
      const bool plural = irregular || (noun.size() > 3 && noun.ends_with('s') && !noun.ends_with("ss") &&
                                        !noun.ends_with("us") && !noun.ends_with("is") && !possessive &&
                                        !(w.capital && t_.is_word(k + 1) && t_[k + 1].lexeme.kind == Lex::other));
      if (plural) return k;
      if (fallback == 0 && !possessive && !noun.ends_with("ly") &&
          !one_of(noun,
                  {"more", "other", "further", "new", "additional", "different", "separate", "respectively", "people's",
                   "such", "straight", "consecutive", "serious", "full", "big", "major", "young", "old", "million"})) {
        fallback = k;
      }
    }
    return one ? fallback : 0;
  }

  // "of the crew", "of its 60 doctors": the noun behind "of"
  std::size_t noun_after_of(std::size_t i) const {
    std::size_t k = i + 1;
    while (k < i + 5 &&
           (one_of(t_.text(k), {"the", "its", "their", "his", "her", "all", "those", "these", "our", "about"}) ||
            t_.is_number(k) || t_.kind(k) == Lex::multiplier)) {
      ++k;
    }
    if (!t_.is_word(k) || t_[k].breaks || one_of(t_.text(k), {"them", "us", "whom", "which", "you", "it"})) return 0;
    std::size_t state = 0;
    const std::size_t noun = noun_after(k, true, &state);
    return noun;
  }

  void set_noun(Quantity& q, std::size_t k) const { q.noun = {t_[k].begin, t_[k].end}; }

  // ---- the whole phrase

  std::size_t read(std::size_t i, std::size_t limit, Quantity& q) const {
    if (!free(i)) return 0;
    const Token& token = t_[i];
    // "$1.2bn", "US$5m", "£30,000", "EUR 5m"
    if (token.kind == Token::mark) {
      if (!is_currency_mark(token.code) || !t_.is_number(i + 1) || !free(i + 1) || t_[i + 1].breaks) return 0;
      const Number number = read_digits(i + 1, true);
      std::size_t begin = i;
      if (token.glued && i > limit && t_.is_word(i - 1) && one_of(t_.text(i - 1), {"us", "a", "c", "nz", "hk", "au"}) &&
          free(i - 1))
        --begin;
      return finish(begin, number, limit, currency_of(token.code), q);
    }
    if (token.kind == Token::number) {
      if (token.glued && i > 0 && free(i - 1)) {
        if (t_.is_word(i - 1) || t_.is_mark(i - 1, '#') || t_.is_mark(i - 1, '@') || t_.is_mark(i - 1, '/') ||
            t_.is_mark(i - 1, '_'))
          return 0;
        // Covid-19, F-16: a name; but "mid-30s" and "-5C" are none either
        if (t_.is_dash(i - 1) && t_[i - 1].glued && i > 1 && t_.is_word(i - 2) && t_[i - 1].code == '-') return 0;
        if (t_.is_mark(i - 1, '.') && t_[i - 1].glued) return 0;  // 1.2.3
      }
    } else if (token.kind != Token::word) {
      return 0;
    }
    if (is_label(i)) return 0;
    if (token.kind == Token::word) {
      if (token.lexeme.kind == Lex::ordinal) return read_ordinal(i, q);
      if (token.lexeme.kind == Lex::currency && token.capital && t_.is_number(i + 1) && free(i + 1) &&
          !t_[i + 1].glued) {
        return finish(i, read_digits(i + 1, true), limit, token.lexeme.unit, q);  // EUR 5m
      }
      if (t_.is(i, "no")) return read_none(i, q);
      if (const std::size_t end = read_fraction(i, limit, q)) return end;
      if (t_.is(i, "one") && !counts_one(i)) return 0;
    }
    const Number number = read_number(i, false);
    if (number.end == 0) return 0;
    return finish(i, number, limit, {}, q);
  }

  // "one person died", but "one of the", "no one", "one another", "at one point"
  bool counts_one(std::size_t i) const {
    if (t_.is_dash(i + 1) && t_[i + 1].glued) return false;
    const Lex next = t_.kind(i + 1);
    if (next == Lex::multiplier || next == Lex::state || (t_.is(i + 1, "in") && is_small(i + 2))) return true;
    if (t_.is(i + 1, "and") && t_.is(i + 2, "a")) return true;
    if (next == Lex::measure) return !one_of(t_.text(i + 1), {"day", "point"});
    if (next == Lex::function || !t_.is_word(i + 1) || t_[i + 1].breaks) return false;
    if (i > 0 && one_of(t_.text(i - 1), {"this", "that", "no", "the", "each", "every", "which", "any", "some",
                                         "another", "a", "only", "not", "first"}))
      return false;
    return !one_of(t_.text(i + 1), {"another", "time", "thing", "way", "side", "else", "such", "case", "example",
                                    "reason", "needs", "more", "last", "final", "big"});
  }

  bool is_label(std::size_t i) const {
    if (i == 0 || t_[i].breaks || !free(i - 1)) return false;
    std::size_t before = i - 1;
    if (t_.is_mark(before, '.') && before > 0) --before;  // No. 4
    if (before != i - 1 && one_of(t_.text(before), {"no", "nos", "p", "pp", "fig", "vol", "art", "sec", "ch"}))
      return true;
    if (before != i - 1) return false;
    if (t_.kind(before) != Lex::label) return false;
    // "a phase 3 trial", "Flight 214"; but "on the line 12 people wait" and "the number 12,000"
    const Token& n = t_[i];
    if (n.kind == Token::number && (n.decimals != 0 || n.grouped || n.value > 9999)) return false;
    return t_[before].capital || one_of(t_.text(before), {"flight", "phase", "article", "section", "chapter", "route",
                                                          "category", "level", "type", "page", "room", "gate", "grade",
                                                          "reactor", "unit", "highway", "platform", "resolution"});
  }

  // "no casualties", "no deaths": none of them
  std::size_t read_none(std::size_t i, Quantity& q) const {
    std::size_t k = i + 1;
    while (
        k < i + 3 && t_.is_word(k) &&
        one_of(t_.text(k), {"further", "other", "serious", "reported", "immediate", "civilian", "confirmed", "known"}))
      ++k;
    if (!t_.is_word(k) || !free(k) || t_[k].breaks) return 0;
    if (!one_of(t_.text(k), {"casualties", "deaths", "injuries", "fatalities", "arrests", "survivors", "victims",
                             "losses", "injured", "dead", "wounded"}))
      return 0;
    q = {};
    q.range = {t_[i].begin, t_[i].end};
    q.unit = t_.kind(k) == Lex::state ? "people" : std::string(t_.text(k));
    set_noun(q, k);
    return i + 1;
  }

  // "fourth win", "the 10th win": but no "first", which counts nothing, and no "second" of time
  std::size_t read_ordinal(std::size_t i, Quantity& q) const {
    if (t_.is(i, "first") || (t_.is_dash(i + 1) && t_[i + 1].glued)) return 0;
    if (t_.is(i, "second") && (!t_.is_word(i + 1) || t_.kind(i + 1) == Lex::function ||
                               (i > 0 && (t_.is(i - 1, "a") || t_.is(i - 1, "per")))))
      return 0;
    return finish_ordinal(i, i + 1, t_[i].lexeme.value, q);
  }

  std::size_t finish_ordinal(std::size_t begin, std::size_t end, double value, Quantity& q) const {
    q = {};
    q.range = {t_[begin].begin, t_[end - 1].end};
    q.value = q.low = q.high = value;
    q.ordinal = true;
    std::size_t state = 0;
    std::size_t noun = noun_after(end, true, &state);
    if (noun == 0 && t_[end].lexeme.kind == Lex::measure && t_.is_word(end) && !t_[end].breaks) noun = end;
    if (noun != 0) {
      set_noun(q, noun);
      q.unit = std::string(t_.kind(noun) == Lex::measure && !t_[noun].lexeme.unit.empty() ? t_[noun].lexeme.unit
                                                                                          : t_.text(noun));
    }
    return end;
  }

  // "two-thirds of", "a third of", "half of", "four in ten", "one in five", "7 out of 10"
  std::size_t read_fraction(std::size_t i, std::size_t limit, Quantity& q) const {
    double share = 0;
    std::size_t end = 0;
    const bool article = t_.is(i, "a") || t_.is(i, "an") || t_.is(i, "one");
    if (t_.is(i, "half") && !t_[i].breaks) {
      const bool share_of = t_.is(i + 1, "of") || t_.is(i + 1, "the") || t_.is(i + 1, "its") || t_.is(i + 1, "their") ||
                            t_.is(i + 1, "all");
      if (!share_of) return 0;
      share = 0.5;
      end = i + 1;
    } else if (article || is_small(i)) {
      std::size_t part = i + 1;
      if (t_.is_dash(part) && t_[part].glued) ++part;
      if (t_.kind(part) == Lex::fraction && !t_.is(part, "halves") &&
          (t_.is(part + 1, "of") || (!article && t_.text(part).ends_with('s')))) {
        share = (article ? 1 : t_[i].lexeme.value) / t_[part].lexeme.value;
        end = part + 1;
      } else if (t_.kind(part) == Lex::ordinal && article && t_.is(part + 1, "of") && t_[part].lexeme.value > 2) {
        share = 1 / t_[part].lexeme.value;
        end = part + 1;
      } else if (article && !t_.is(i, "one")) {
        return 0;
      }
    }
    if (end == 0) {
      // N in M, N out of M: both small, and M a round size of a group
      std::size_t out = 0;
      if (t_.is(i + 1, "in")) out = t_.is(i + 2, "every") ? i + 3 : i + 2;
      if (t_.is(i + 1, "out") && t_.is(i + 2, "of")) out = t_.is(i + 3, "every") ? i + 4 : i + 3;
      if (t_.is(i + 1, "of") && t_.is(i + 2, "every")) out = i + 3;
      if (t_.is(i, "one") && t_.kind(i + 1) == Lex::other && t_.is(i + 2, "in")) out = i + 3;  // one train in ten
      if (out == 0 || !free(out) || !(t_.is_number(out) || is_small(out)) || !(t_.is_number(i) || is_small(i)))
        return 0;
      const double n = t_.value(i), m = t_.value(out);
      const bool of = t_.is(i + 1, "out") || t_.is(i + 1, "of");
      if (!(n >= 1 && m > n && (of || (t_[out].kind == Token::word && m <= 20) || m == 5 || m == 10 || m == 100)))
        return 0;
      share = n / m;
      end = out + 1;
      const Number whole = read_number(out, false);
      if (whole.end > end) return 0;
    }
    q = {};
    std::size_t begin = i;
    const Bound bound = bound_before(i, limit, begin);
    q.value = share * 100;
    q.unit = "%";
    apply(bound, q);
    std::size_t noun = t_.is(end, "of") ? noun_after_of(end) : 0;
    std::size_t state = 0;
    if (noun == 0 && t_.is_word(end)) noun = noun_after(end, false, &state);
    if (noun != 0) set_noun(q, noun);
    q.range = {t_[begin].begin, t_[end - 1].end};
    return end;
  }

  static void apply(Bound bound, Quantity& q) {
    const double v = q.value;
    q.low = q.high = v;
    switch (bound) {
      case Bound::exact:
        return;
      case Bound::about:
        q.low = 0.95 * v, q.high = 1.05 * v;
        break;
      case Bound::almost:
        q.low = 0.9 * v;
        break;
      case Bound::just_over:
        q.high = 1.1 * v;
        break;
      case Bound::at_least:
        q.high = infinity;
        return;
      case Bound::at_most:
        q.low = -infinity;
        return;
    }
    if (q.low > q.high) std::swap(q.low, q.high);
    q.approximate = true;
  }

  std::size_t finish(std::size_t begin, Number number, std::size_t limit, std::string_view currency,
                     Quantity& q) const {
    q = {};
    std::size_t end = number.end;
    double low = number.value, high = number.high;
    bool range = false, score = false;

    // 10th, 21st; 1980s
    if (t_.is_mark(end, '.') && t_[end].glued && t_[end + 1].glued && t_.is_number(end + 1)) return 0;  // 2.0.1
    if (t_[end].glued && t_.is_word(end) && !number.spelled) {
      const std::string_view w = t_.text(end);
      if (one_of(w, {"st", "nd", "rd", "th"})) return finish_ordinal(begin, end + 1, number.value, q);
      if (t_[end].lexeme.kind != Lex::measure && t_[end].lexeme.kind != Lex::currency &&
          !one_of(w, {"c", "f", "m", "am", "pm", "t", "kw", "x"})) {
        return 0;  // 80s, 3D, 4x4
      }
      if (w == "x") return 0;
    }

    // "10 to 15", "12-15", "6-3", "between 3,000 and 4,000", "90+3"
    const bool between = begin > 0 && begin > limit && t_.is(begin - 1, "between");
    const bool dash = t_.is_dash(end) && t_[end].glued && t_[end + 1].glued;
    if (t_.is_mark(end, '+') && t_[end].glued && t_[end + 1].glued && t_.is_number(end + 1) && t_[end + 1].value < 30) {
      low = high = number.value + t_[end + 1].value;
      end += 2;
    } else if (free(end) && free(end + 1) && !t_[end].breaks && !t_[end + 1].breaks &&
               (dash || t_.is(end, "to") || (between && t_.is(end, "and")))) {
      std::size_t second_at = end + 1;
      if (!currency.empty() && t_[second_at].kind == Token::mark && is_currency_mark(t_[second_at].code)) ++second_at;
      const bool readable =
          (t_.is_number(second_at) && (!t_[second_at].glued || dash || second_at > end + 1)) || is_small(second_at);
      const Number second = readable ? read_number(second_at, !currency.empty()) : Number{};
      if (second.end != 0 && !(t_.is_word(second_at) && t_.is(second_at, "one") && !dash)) {
        // "2.5 to 3 million", "$5-10m": the multiplier holds for both
        double first = number.value;
        if (second.value >= 1e3 && first < 1000 && t_.value(second_at) < 1000 && t_.value(second_at) > first)
          first *= second.value / t_.value(second_at);
        const bool whole = first == std::floor(first) && second.value == std::floor(second.value) && first < 1000 &&
                           second.value < 1000;
        if (second.value > first) {
          const bool no_noun = currency.empty() && !between && dash && whole && first <= 20 && second.value <= 20 &&
                               !counted_after(second.end);
          if (no_noun) {
            score = true;
          } else {
            range = true;
          }
          low = first;
          high = second.value;
          end = second.end;
        } else if (whole && currency.empty() && (dash || (t_.is(end, "to") && first <= 20)) &&
                   !counted_after(second.end)) {
          score = true;
          low = first;
          high = second.value;
          end = second.end;
        }
      }
    }

    const std::optional<Bound> suffix = bound_after(end);  // "500+ people", "20 or so people"

    // % and measures
    std::string_view unit = currency;
    std::size_t noun = 0, state = 0;
    bool age = false;
    if (unit.empty() && !score) {
      const Token& next = t_[end];
      std::size_t at = end;
      const bool hyphen = t_.is_dash(at) && next.glued && t_[at + 1].glued && t_.is_word(at + 1);  // 12-month
      if (hyphen) ++at;
      const Token& word = t_[at];
      if (free(at) && !word.breaks) {
        if (word.kind == Token::mark) {
          if (word.code == '%' || word.code == 0x2030) {
            unit = "%";
            end = at + 1;
            if (t_.is(end, "points") || t_.is(end, "point")) unit = "percentage points", ++end;
          } else if (word.code == 0xB0) {
            unit = "degrees";
            end = at + 1;
            if (t_[end].glued && (t_.is(end, "c") || t_.is(end, "f"))) {
              unit = t_.is(end, "c") ? "\u00B0C" : "\u00B0F";
              ++end;
            }
          }
        } else if (word.kind == Token::word) {
          const std::string_view w = t_.text(at);
          if (w == "per" && (t_.is(at + 1, "cent") || t_.is(at + 1, "cents"))) {
            unit = "%";
            end = at + 2;
          } else if (word.lexeme.kind == Lex::measure || word.lexeme.kind == Lex::currency) {
            unit = word.lexeme.unit;
            end = at + 1;
          } else if (w == "basis" && t_.is(at + 1, "points")) {
            unit = "basis points";
            end = at + 2;
          } else if (w == "percentage" && t_.text(at + 1).starts_with("point")) {
            unit = "percentage points";
            end = at + 2;
          } else if (w == "magnitude") {
            unit = "magnitude";
            if (hyphen) end = at + 1;
          } else if (w == "sq" || w == "square" || w == "cubic") {
            const std::size_t of = t_.is_mark(at + 1, '.') ? at + 2 : at + 1;
            if (t_.kind(of) == Lex::measure) {
              static constexpr std::pair<std::string_view, std::string_view> squares[] = {
                  {"km", "sq km"}, {"m", "sq m"}, {"miles", "sq miles"}, {"feet", "sq feet"}, {"yards", "sq yards"}};
              unit = w == "cubic" ? "cubic" : "sq";
              for (const auto& [plain, square] : squares) {
                if (w != "cubic" && t_[of].lexeme.unit == plain) unit = square;
              }
              end = of + 1;
            }
          } else if (w == "nautical" && t_.text(at + 1).starts_with("mile")) {
            unit = "nautical miles";
            end = at + 2;
          } else if (word.glued && !hyphen && (w == "m" || w == "c" || w == "f" || w == "t")) {
            unit = w == "m" ? "m" : w == "t" ? "tonnes" : w == "c" ? "\u00B0C" : "\u00B0F";
            end = at + 1;
          } else if (one_of(w, {"us", "u"}) && dollars_after(at, end)) {  // "four million U.S. dollars"
            unit = "$";
          }
        }
      }
      if (unit == "%" && (t_.is(end, "points") || t_.is(end, "point"))) unit = "percentage points", ++end;
      if (unit == "miles" && t_.is(end, "per") && t_.is(end + 1, "hour")) unit = "mph", end += 2;
      if (unit == "miles" && (t_.is(end, "an") || t_.is(end, "a")) && t_.is(end + 1, "hour")) unit = "mph", end += 2;
      if (unit == "km" &&
          ((t_.is(end, "per") && t_.is(end + 1, "hour")) || (t_.is_mark(end, '/') && t_.is(end + 1, "h"))))
        unit = "km/h", end += 2;
      // ages: "9-year-old", "34 years old", "aged 34"
      if (unit == "years" && ((t_.is_dash(end) && t_.is(end + 1, "old")) || t_.is(end, "old"))) {
        unit = "years old";
        age = true;
        end += t_.is(end, "old") ? 1u : 2u;
      }
      if (unit.empty() && begin > limit && (t_.is(begin - 1, "aged") || t_.is(begin - 1, "age")) && number.value < 120)
        unit = "years old", age = true;
      // "a man of 53"
      if (unit.empty() && begin > limit + 1 && t_.is(begin - 1, "of") && number.value < 110 &&
          one_of(t_.text(begin - 2), {"man", "woman", "boy", "girl", "child", "son", "daughter", "father", "mother",
                                      "student", "teenager", "widow"})) {
        unit = "years old";
        age = true;
      }
      // "Maria Jelin, 34, said"
      if (unit.empty() && !number.spelled && begin > 1 && t_.is_mark(begin - 1, ',') && t_.is_word(begin - 2) &&
          t_[begin - 2].capital && free(begin - 2) && t_.is_mark(end, ',') && number.value >= 1 && number.value < 110 &&
          number.value == std::floor(number.value)) {
        unit = "years old";
        age = true;
      }
      if (unit.empty() && begin > limit + 1 && t_.is(begin - 1, "of") && t_.is(begin - 2, "magnitude"))
        unit = "magnitude";
      if (unit.empty() && begin > limit && t_.is(begin - 1, "magnitude")) unit = "magnitude";
    }
    if (range) high = std::max(low, high);

    // the noun
    if (score) {
      q.unit = "score";
    } else if (age) {
      // the person, whoever it is
    } else if (t_.is(end, "of") && free(end) && !t_[end].breaks) {
      noun = noun_after_of(end);
    } else if (!t_[end].breaks) {
      const bool hyphen = t_.is_dash(end) && t_[end].glued && t_[end + 1].glued;
      if (hyphen && t_.kind(end + 1) == Lex::other) noun = end + 1;  // a 10-game run
      if (noun == 0)
        noun = noun_after(hyphen ? end + 1 : end,
                          !unit.empty() || low <= 1 || hyphen || number.value != std::floor(number.value), &state);
      if (unit.empty() && noun == 0 && state == 0 && !hyphen) noun = single_noun(end);
    }
    if (noun != 0) set_noun(q, noun);
    if (noun == 0 && state != 0) set_noun(q, state);
    if (q.unit.empty()) {
      q.unit = !unit.empty() ? std::string(unit)
               : noun != 0   ? std::string(lower_people(t_.text(noun)))
               : state != 0  ? "people"
                             : "";
    }

    // what is said around it
    std::size_t from = begin;
    Bound bound = bound_before(begin, limit, from);
    if (between && range) from = begin - 1;
    if (range && !between && begin > limit && t_.is(begin - 1, "from") && (t_.is_dash(number.end) == false))
      bound = Bound::exact;
    if (const auto said = bound_after(end)) bound = *said;  // "two hours or more"
    if (suffix) bound = *suffix;

    if (score) {
      q.value = q.low = q.high = low * 1000 + high;
    } else if (range || number.approximate) {
      q.low = low;
      q.high = high;
      q.value = range ? (low + high) / 2 : low;
      q.approximate = number.approximate || bound == Bound::about;
      if (bound == Bound::at_least) q.high = infinity;
      if (bound == Bound::at_most) q.low = -infinity;
      if (number.approximate && !range && low == high) q.high = low + 1;  // "a couple of"
    } else {
      q.value = low;
      apply(bound, q);
    }
    q.range = {t_[from].begin, t_[end - 1].end};
    return end;
  }

  // Is something counted from token i on: a noun, %, a measure?
  bool counted_after(std::size_t i) const {
    if (t_[i].breaks || !free(i)) return false;
    if (t_.is_mark(i, '%') || (t_.is_dash(i) && t_[i].glued && t_[i + 1].glued)) return true;
    if (!t_.is_word(i)) return false;
    if (t_.kind(i) == Lex::measure || t_.kind(i) == Lex::currency || t_.kind(i) == Lex::state || t_.is(i, "per"))
      return true;
    std::size_t state = 0;
    const std::size_t noun = noun_after(i, false, &state);
    return noun != 0 && !one_of(t_.text(noun), {"wins", "victories", "votes"}) && noun <= i + 1;
  }

  // "U.S. dollars" at token i: sets the end past it.
  bool dollars_after(std::size_t i, std::size_t& end) const {
    for (std::size_t k = i; k < i + 6; ++k) {
      if (t_.kind(k) == Lex::currency) {
        end = k + 1;
        return true;
      }
      if (!(t_.is_mark(k, '.') || t_.is(k, "u") || t_.is(k, "s") || t_.is(k, "us"))) return false;
    }
    return false;
  }

  // "20 staff died": a noun that is no plural, directly behind the number and before a word that ends the phrase
  std::size_t single_noun(std::size_t i) const {
    if (!t_.is_word(i) || t_[i].breaks || t_[i].capital || t_[i].lexeme.kind != Lex::other || !free(i)) return 0;
    const std::string_view w = t_.text(i);
    if (w.ends_with("ed") || w.ends_with("ing") || w.ends_with("ly") || w.size() < 4) return 0;
    if (one_of(w, {"more", "fewer", "other", "died", "left", "took", "came", "went", "fell", "rose", "told", "were",
                   "such", "each", "lost", "live", "still"}))
      return 0;
    return i;
  }

  Tokens t_;
  std::vector<bool> taken_;  // by token: part of a date
};

}  // namespace

std::vector<Quantity> find_quantities(std::string_view text, std::span<const DateMention> dates) {
  return QuantityFinder(text, dates).run();
}

}  // namespace storymerge

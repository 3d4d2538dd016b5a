#include "text/numbers.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

#include "text/nouns.h"

namespace storymerge {
namespace {

using lang::Role;

// Words of one number at most: what is longer is no number that anybody writes.
constexpr std::size_t most_words = 12;
// "several hundred" and "dozens" mean so many of them.
struct Vague {
  double several_low = 3, several_high = 9;  // times
  double many_low = 2, many_high = 9.99;     // times
};
constexpr Vague vague;

class Reader {
 public:
  Reader(const Tokens& tokens, bool money) : t_(tokens), money_(money) {}

  Number read(std::size_t i) const {
    if (t_[i].kind == Token::mark) return read_mark(i);
    if (t_.is_number(i)) return t_[i].unread ? Number{} : read_digits(i);
    if (t_[i].phrase == nullptr && t_[i].entry == nullptr) return t_.is_word(i) ? read_compound(i) : Number{};
    if (const std::size_t past = t_.past(i, Role::minus)) {
      Number n = t_[past].breaks ? Number{} : read(past);
      n.value = -n.value, n.high = -n.high;
      return n;
    }
    if (Number n = read_parts(i); n.end != 0) return n;
    if (Number n = read_many(i); n.end != 0) return n;
    if (Number n = read_collective(i); n.end != 0) return n;
    return read_words(i);
  }

 private:
  static Number exact(std::size_t end, double value) { return {end, value, value, false, true, false}; }

  // ½; −5 (a minus sign that no number stands before)
  Number read_mark(std::size_t i) const {
    const Token& mark = t_[i];
    if (const double part = part_of_mark(mark.code); part != 0 && !mark.glued)
      return {i + 1, part, part, false, false, true};
    if ((mark.code != '-' && mark.code != 0x2212) || (mark.code == '-' && mark.breaks)) return {};
    if (!t_.is_number(i + 1) || !t_[i + 1].glued || t_[i + 1].unread) return {};
    if (i > 0 && (mark.glued ? !t_.is_mark(i - 1, '(') : t_.is_number(i - 1))) return {};
    Number n = read_digits(i + 1);
    n.value = -n.value, n.high = -n.high;
    return n;
  }

  // ---- in figures: 1.2bn, "5 million", "3 Mio. Euro", 12-million, 2½, "2 1/2", "3 dozen"
  Number read_digits(std::size_t i) const {
    Number n{i + 1, t_[i].value, t_[i].value, false, false, false};
    const Token& next = t_[i + 1];
    if (next.kind == Token::mark && next.glued) {
      if (const double part = part_of_mark(next.code); part != 0) n.value += part, n.end = i + 2, n.fraction = true;
    }
    std::size_t at = n.end;
    if (t_.is_hyphen(at) && t_.is(at + 1, Role::scale)) ++at;  // 12-million
    if (!t_[at].breaks) {
      while (t_.is(at, Role::scale) && !t_[at].breaks && at < i + most_words) {
        n.value *= t_.number(at, Role::scale);
        n.end = ++at;
        if (t_.is(at - 1, Role::dotted) && t_.is_mark(at, '.') && t_[at].glued) n.end = ++at;  // 3 Mio. Euro
      }
      if (n.end == i + 1 && t_.is(at, Role::scale_glued) && scales(at)) {
        n.value *= t_.number(at, Role::scale_glued);
        n.end = at + 1;
      } else if (n.end == i + 1 && t_.is(at, Role::collective) && t_.number(at, Role::collective) >= 10) {
        n.value *= t_.number(at, Role::collective);
        n.end = at + 1;
      }
    }
    n = with_half_behind(n);
    n.high = n.value;
    return n;
  }

  // Does "m" multiply here, or does it measure: "100m race", "10m-high", "40m from the shore"?
  bool scales(std::size_t at) const {
    const Token& letter = t_[at];
    if (t_.is(at, Role::scale_capital) && !letter.capital) return false;  // 5 M€, but 5 m
    if (t_.is(at, Role::scale_money) && !money_) return false;
    if (t_.is(at, Role::unit_glued)) {
      if (!letter.glued && !letter.capital) return false;
      const std::size_t next = t_.is_hyphen(at + 1) ? at + 2 : at + 1;
      if (!money_ && !t_[next].breaks && t_.is(next, Role::dimension)) return false;
      if (!money_ && next == at + 2 && t_.is_word(next)) return false;  // a 10m-wide hole
      if (!money_ && letter.glued && !letter.capital && (measures_a_thing(at) || is_race(at))) return false;
    }
    return letter.glued || letter.capital;
  }

  // "the 40m dry well": behind an article, and one thing; not "a 40m audience", "the 40m voters"
  bool measures_a_thing(std::size_t letter) const {
    if (letter < 2 || t_[letter - 1].breaks || !t_.any(letter - 2, {Role::indefinite, Role::before_noun})) return false;
    const Nouns nouns(t_);
    std::size_t state = 0;
    if (nouns.after(letter + 1, false, state) != 0 || state != 0) return false;
    const std::size_t noun = nouns.after(letter + 1, true, state);
    return noun != 0 && !t_.any(noun, {Role::sum_noun, Role::people, Role::scale});
  }

  // "the 100m in 9.9 seconds", "the women's 400m"
  bool is_race(std::size_t letter) const {
    static constexpr double distances[] = {50, 60, 100, 110, 200, 400, 800, 1500, 3000, 5000, 10000};
    const Token& figures = t_[letter - 1];
    if (letter < 2 || figures.breaks || figures.decimals != 0 ||
        std::find(std::begin(distances), std::end(distances), figures.value) == std::end(distances))
      return false;
    const std::string_view before = t_.text(letter - 2);
    if (!t_.is(letter - 2, Role::before_noun) && !before.ends_with("n's")) return false;
    return t_[letter + 1].breaks || !t_.is_word(letter + 1) || t_.is(letter + 1, Role::ends_noun_phrase);
  }

  // "dos millones y medio", "a million and a half"
  Number with_half_behind(Number n) const {
    if (n.end == 0 || !t_.is(n.end, Role::number_and) || t_[n.end].breaks) return n;
    const std::size_t part = t_.is(n.end + 1, Role::indefinite) ? n.end + 2 : n.end + 1;
    if (!t_.is(part, Role::part)) return n;
    const bool scaled = t_.is(n.end - 1, Role::scale) && !t_.is(part + 1, Role::scale);
    n.value += t_.number(part, Role::part) * (scaled ? t_.number(n.end - 1, Role::scale) : 1);
    n.high = n.value;
    n.end = part + 1;
    n.fraction = true;
    return n;
  }

  // ---- in words

  // "half a million", "a quarter of a million", "three quarters of a million", "medio millón", "half a dozen"
  Number read_parts(std::size_t i) const {
    std::size_t at = i;
    double times = 1;
    if (t_.is(at, Role::indefinite)) {
      ++at;
    } else if (t_.is(at, Role::number) && t_.number(at, Role::number) < 20 && !t_.is(at, Role::part)) {
      times = t_.number(at++, Role::number);
    }
    if (t_.is_hyphen(at)) ++at;
    if (!t_.is(at, Role::part)) return {};
    const double part = t_.number(at++, Role::part);
    if (t_.is(at, Role::of)) ++at;
    if (t_.is_hyphen(at)) ++at;
    if (t_.is(at, Role::indefinite)) ++at;
    if (t_[at].breaks) return {};
    if (t_.is(at, Role::scale)) return exact(at + 1, times * part * t_.number(at, Role::scale));
    if (t_.is(at, Role::collective) && t_.number(at, Role::collective) >= 10)
      return exact(at + 1, times * part * t_.number(at, Role::collective));
    return {};
  }

  // "dozens", "tens of thousands", "hundreds", "des milliers"
  Number read_many(std::size_t i) const {
    if (!t_.is(i, Role::many)) return {};
    double v = t_.number(i, Role::many);
    std::size_t end = i + 1;
    if (t_.is(end, Role::of) && t_.is(end + 1, Role::many) && !t_[end + 1].breaks) {
      v *= t_.number(end + 1, Role::many);
      end += 2;
    } else if (t_.is(end, Role::of) && t_.is(end + 1, Role::scale) && t_.number(end + 1, Role::scale) > 1000) {
      v *= t_.number(end + 1, Role::scale);  // "decenas de millones"
      end += 2;
    } else if (t_.is(i, Role::many_of) && !t_.is(end, Role::of)) {
      return {};  // "scores" of a match
    } else if (t_.is(i, Role::many_twice)) {
      return {};  // "tens of" what is no number
    }
    return {end, vague.many_low * v, std::max(vague.many_high * v, vague.many_low * v + 1), true, true, false};
  }

  // "a dozen", "two dozen", "a couple of", "several hundred", "a few thousand", "une centaine de"
  Number read_collective(std::size_t i) const {
    if (const std::size_t past = t_.past(i, Role::several)) {
      double v = 0;
      std::size_t end = past;
      if (t_[end].breaks) return {};
      if (t_.is(end, Role::scale)) v = t_.number(end++, Role::scale);
      if (v == 0 && t_.is(end, Role::collective) && t_.number(end, Role::collective) >= 10)
        v = t_.number(end++, Role::collective);
      if (v == 0 && t_.is(end, Role::many)) v = t_.number(end++, Role::many);  // "varios miles"
      if (v == 0) return {};
      while (t_.is(end, Role::scale)) v *= t_.number(end++, Role::scale);
      return {end, vague.several_low * v, vague.several_high * v, true, true, false};
    }
    double times = 1;
    std::size_t at = i;
    if (t_.is(i, Role::indefinite)) {
      ++at;
    } else if (t_.is(i, Role::number)) {
      times = t_.number(at++, Role::number);
    } else if (!t_.is(i, Role::collective_alone)) {
      return {};
    }
    if (!t_.is(at, Role::collective) || t_[at].breaks) return {};
    if (t_.is(at, Role::collective_of) && !t_.is(at + 1, Role::of)) return {};  // a pair, of trousers or not
    const double v = times * t_.number(at, Role::collective);
    if (times != 1 && t_.number(at, Role::collective) < 10) return {};  // "two pairs"
    std::size_t end = at + 1;
    double scale = 1;
    if (t_.is(end, Role::of) && !t_[end].breaks) ++end;
    while (t_.is(end, Role::scale)) scale *= t_.number(end++, Role::scale);  // a couple of hundred
    return {end, v * scale, v * scale, t_.is(at, Role::vague), true, false};
  }

  // "twenty-three", "two hundred and fifty", "one and a half million", "a hundred", "dos mil", "zweitausend"
  Number read_words(std::size_t i) const {
    State s;
    std::size_t at = i;
    if (t_.is(i, Role::indefinite) && !t_.is(i, Role::number)) {
      if (!t_.is(i + 1, Role::scale) || t_[i + 1].breaks) return {};
      s.part = 1, s.any = true;
      at = i + 1;
    }
    while (at < i + most_words) {
      if (at > i && t_[at].breaks) break;
      const std::size_t next = step(at, s);
      if (next == 0) break;
      at = next;
    }
    if (!s.any || at == i || (at == i + 1 && t_.is(i, Role::indefinite) && !t_.is(i, Role::number))) return {};
    Number n = exact(at, s.total + s.part);
    n.fraction = s.fraction;
    return n;
  }

  struct State {
    double total = 0, part = 0;
    bool any = false, fraction = false;
  };

  // Adds the word at `at`; the token past it, or 0 when the number ends before it.
  std::size_t step(std::size_t at, State& s) const {
    std::size_t word = at;
    if (s.any && t_.is_hyphen(at)) word = at + 1;  // twenty-three
    if (s.any && t_.is(at, Role::number_and)) {
      const std::size_t part = t_.is(at + 1, Role::indefinite) ? at + 2 : at + 1;
      if (t_.is(part, Role::part)) {  // one and a half million
        const bool scaled = t_.is(at - 1, Role::scale) && s.part == 0;
        s.part += t_.number(part, Role::part) * (scaled ? t_.number(at - 1, Role::scale) : 1);
        s.fraction = true;
        return part + 1;
      }
      if (!joins(at + 1, s)) return 0;
      word = at + 1;
    }
    const lang::Meaning* meaning = nullptr;
    if (const std::size_t past = t_.past(word, Role::number, &meaning)) return add(meaning->number, s) ? past : 0;
    if (t_.is(word, Role::scale)) {
      const double v = t_.number(word, Role::scale);
      if (!s.any && !t_.is(word, Role::scale_alone)) return 0;
      if (word != at && t_.is(at, Role::number_and)) return 0;
      multiply(v, s);
      return word + 1;
    }
    if (const Number n = read_compound(word); n.end != 0 && (!s.any || s.part == 0)) {
      s.part += n.value;
      s.any = true;
      return n.end;
    }
    return 0;
  }

  // May "and" join what is there and the word at i: "two hundred and fifty", "treinta y cinco"?
  bool joins(std::size_t i, const State& s) const {
    if (!t_.is(i, Role::number)) return false;
    const double v = t_.number(i, Role::number), so_far = s.total + s.part;
    if (so_far >= 100 && std::fmod(so_far, 100) == 0) return true;
    return t_.is(i - 1, Role::joins_tens) && so_far >= 20 && std::fmod(so_far, 10) == 0 && v < 10;
  }

  static bool add(double v, State& s) {
    const double rest = std::fmod(s.part, 100);
    if (s.any && !(rest == 0 || (v >= 1 && v < 10 && rest >= 20 && std::fmod(rest, 10) == 0))) return false;
    if (s.any && s.part == 0 && s.total == 0) return false;  // zero two
    if (s.any && v >= 100 && s.part != 0) return false;
    s.part += v;
    s.any = true;
    return true;
  }

  static void multiply(double v, State& s) {
    if (v == 100) {
      s.part = (s.part == 0 ? 1 : s.part) * v;
    } else if (s.part == 0 && s.total != 0) {
      s.total *= v;  // dos mil millones
    } else {
      s.total += (s.part == 0 ? 1 : s.part) * v;
      s.part = 0;
    }
    s.any = true;
  }

  // A German number in one word: "zweihundertfünfzig", "dreitausendvierhundert", "hundertzwanzig".
  Number read_compound(std::size_t i) const {
    if (!t_.language().is("*", Role::joins_numbers)) return {};
    const std::string_view word = t_.text(i);
    if (word.size() < 8 || word.size() > 60) return {};
    const auto value = compound(word);
    return value ? exact(i + 1, *value) : Number{};
  }

  // The largest word of scale parts the word: what stands before it multiplies, what stands behind is added.
  std::optional<double> compound(std::string_view word) const {
    const lang::Language& language = t_.language();
    if (const auto whole = language.number(word, Role::number)) return whole;
    for (const lang::Meaning& scale : language.meanings("*")) {  // thousand, then hundred
      if (scale.role != Role::joins_numbers) continue;
      const std::size_t at = word.find(scale.value);
      if (at == std::string_view::npos) continue;
      const std::string_view before = word.substr(0, at), after = word.substr(at + scale.value.size());
      const auto times = before.empty() ? std::optional(1.0) : compound(before);
      const auto rest = after.empty() ? std::optional(0.0) : compound(after);
      const double size = language.number(scale.value, Role::scale).value_or(1);
      if (!times || !rest || *rest >= size) return std::nullopt;
      return *times * size + *rest;
    }
    return std::nullopt;
  }

  const Tokens& t_;
  bool money_;
};

}  // namespace

double part_of_mark(char32_t code) {
  switch (code) {
    case 0xBD:
      return 1.0 / 2;
    case 0xBC:
      return 1.0 / 4;
    case 0xBE:
      return 3.0 / 4;
    case 0x2153:
      return 1.0 / 3;
    case 0x2154:
      return 2.0 / 3;
    default:
      return 0;
  }
}

Number read_number(const Tokens& tokens, std::size_t i, bool money) {
  const Number n = Reader(tokens, money).read(i);
  return std::isfinite(n.value) && std::isfinite(n.high) ? n : Number{};
}

}  // namespace storymerge

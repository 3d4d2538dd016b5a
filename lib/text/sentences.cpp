#include "storymerge/text/sentences.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "lang/language.h"
#include "support/line_end.h"
#include "text/characters.h"
#include "text/paragraphs.h"

namespace storymerge {
namespace {

using lang::Language;
using lang::Role;

// ---- quotations

bool opens_after(std::string_view text, std::size_t begin, std::size_t i) {  // may an opening mark stand at i?
  if (i == begin) return true;
  const char before = text[i - 1];
  if (is_ascii(before)) return !is_ascii_letter(before) && !is_ascii_digit(before) && before != '\'' && before != '!';
  const std::size_t at = previous_character(text, i);
  const char32_t code = decode(text, at).code;
  return blank_length(text, at) != 0 || code == 0x2013 || code == 0x2014 || code == 0x201C || code == 0x2018 ||
         code == 0xAB;
}

bool letter_or_digit(std::string_view text, std::size_t i, std::size_t end) {
  return i < end && (is_ascii_digit(text[i]) || letter_case(decode(text, i).code) != Letter::none);
}

// A word that begins with an apostrophe: 'em, 'til, 'tis, '90s.
bool begins_with_apostrophe(std::string_view rest, const Language& language) {
  if (rest.empty() || is_ascii_digit(rest[0])) return true;
  std::size_t length = 0;
  while (length < rest.size() && is_ascii_letter(rest[length])) ++length;
  return language.is(rest.substr(0, length), Role::clipped);
}

// The end of a quotation in single marks whose text begins at `i`, or `i` when it does not close in this paragraph.
// An apostrophe behind a plural ("the workers' rights") closes only if nothing better does before the next opening
// mark.
std::size_t close_single(std::string_view text, std::size_t i, std::size_t end, std::string_view mark) {
  std::size_t plural = i;
  for (std::size_t k = i + 1; k < end;) {
    const Character at = decode(text, k);
    const bool apostrophe = at.code == '\'' || at.code == 0x2019;
    if (plural != i && (at.code == 0x2018 || at.code == 0x201C || (at.code == '\'' && opens_after(text, i, k)))) break;
    if (text.substr(k, mark.size()) == mark || (mark != "'" && apostrophe)) {
      const std::size_t after = k + at.length;
      if (apostrophe && blank_length(text, previous_character(text, k)) == 0 && !letter_or_digit(text, after, end)) {
        const bool word_goes_on = after + 1 < end && text[after] == ' ' && letter_or_digit(text, after + 1, end);
        if (!(text[k - 1] == 's' && word_goes_on)) return after;
        if (plural == i) plural = after;
      }
    }
    k += at.length;
  }
  return plural;
}

// Which double marks close what one of them opens; straight and curly ones are mixed in real text.
constexpr std::pair<char32_t, std::u32string_view> closing_marks[] = {
    {'"', U"\"\u201D"},          {0x201C, U"\u201D\u201C\""}, {0x201D, U"\u201D\""},
    {0x201E, U"\u201C\u201D\""}, {0xAB, U"\u00BB"},           {0xBB, U"\u00AB"},
};

// Those that may also stand where nothing begins need a word behind them to open a quotation.
bool opens_double(std::string_view text, std::size_t begin, std::size_t i, const Character& mark, std::size_t end) {
  if (mark.code == 0x201C || mark.code == 0x201E || mark.code == 0xAB) return true;
  if (!opens_after(text, begin, i)) return false;
  return mark.code == '"' || letter_or_digit(text, i + mark.length, end);
}

// Past the mark that closes what `mark` opens before `i`; npos when none does before `end`. A straight mark inside curly ones
// opens a quotation of its own where nothing can close: “She said "stop" twice”.
std::size_t close_double(std::string_view text, std::size_t i, std::size_t end, char32_t mark) {
  const auto* const marks = std::find_if(std::begin(closing_marks), std::end(closing_marks),
                                         [&](const auto& row) { return row.first == mark; });
  bool inner = false;
  for (std::size_t k = i; k < end;) {
    const Character at = decode(text, k);
    if (marks->second.find(at.code) != std::u32string_view::npos) {
      const bool opening = mark != '"' && mark != 0x201E && (at.code == '"' || at.code == 0x201C) &&
                           opens_after(text, i, k) && letter_or_digit(text, k + at.length, end);
      if (inner && at.code == '"') {
        inner = false;
      } else if (opening) {
        inner = at.code == '"';
      } else {
        return k + at.length;
      }
    }
    k += at.length;
  }
  return std::string_view::npos;
}

struct Quotation {
  ByteRange range;
  bool closed = true;
};

void find_quotations(std::string_view text, ByteRange paragraph, const Language& language,
                     std::vector<Quotation>& out) {
  const std::size_t end = paragraph.end;
  bool singles = true;  // until one fails to close: then no later one can
  for (std::size_t i = paragraph.begin; i < end;) {
    const char c = text[i];
    if (is_ascii(c) ? c != '"' && c != '`' && c != '\'' : c != '\xE2' && c != '\xC2') {
      ++i;
      continue;
    }
    const Character mark = decode(text, i);
    const std::size_t inside = i + mark.length;
    const bool single = mark.code == '\'' || mark.code == 0x2018;
    std::size_t close = inside;  // nothing opens here
    if (single) {
      const bool opens =
          mark.code == 0x2018 || (opens_after(text, paragraph.begin, i) && letter_or_digit(text, inside, end));
      if (singles && opens && !begins_with_apostrophe(text.substr(inside, end - inside), language)) {
        close = close_single(text, inside, end, mark.code == '\'' ? "'" : "\u2019");
        singles = close != inside;
      }
    } else if (text.substr(i, 2) == "``") {
      close = text.substr(0, end).find("''", inside + 1);
      if (close != std::string_view::npos) close += 2;
    } else if (std::any_of(std::begin(closing_marks), std::end(closing_marks),
                           [&](const auto& row) { return row.first == mark.code; }) &&
               opens_double(text, paragraph.begin, i, mark, end)) {
      close = close_double(text, inside, end, mark.code);
    }
    if (close == inside) {
      i = inside;
      continue;
    }
    Quotation quotation;
    quotation.closed = close != std::string_view::npos;
    quotation.range = {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(quotation.closed ? close : end)};
    out.push_back(quotation);
    i = quotation.range.end;
  }
}

// ---- sentences

// A word in small letters; of a longer one than any table holds, its beginning.
struct SmallWord {
  std::array<char, 24> bytes{};
  std::size_t size = 0;
  std::string_view view() const { return {bytes.data(), size}; }
  void push(char c) {
    if (size < bytes.size()) bytes[size++] = is_ascii_upper(c) ? static_cast<char>(c + 32) : c;
  }
};

// The letters from `i` on.
SmallWord word_at(std::string_view text, std::size_t i, std::size_t end) {
  SmallWord word;
  while (i < end) {
    if (is_ascii(text[i])) {
      if (!is_ascii_letter(text[i])) break;
      word.push(text[i++]);
      continue;
    }
    const Character at = decode(text, i);
    if (letter_case(at.code) == Letter::none) break;
    const SmallLetter small = small_letter(at.code);
    for (const char byte : small.view()) word.push(byte);
    i += at.length;
  }
  return word;
}

bool is_closing(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}' || c == '*' || c == 0x201D || c == 0x2019 ||
         c == 0xBB || c == 0x300D || c == 0x300F || c == 0xFF09;
}

bool is_closing_quote(char32_t c) { return c == '"' || c == '\'' || c == 0x201D || c == 0x2019 || c == 0xBB; }

bool is_dash(char32_t c) { return c == '-' || c == 0x2013 || c == 0x2014; }

bool is_bullet(char32_t c) { return c == 0x2022 || c == 0x2043 || c == 0x25CF || c == 0x25AA; }

bool is_wide_stop(char32_t c) {  // stops of scripts that need no blank behind them, or have no capitals
  return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF61 || c == 0x061F || c == 0x06D4 || c == 0x0964 ||
         c == 0x0965 || c == 0x1362 || c == 0x104B || c == 0x17D4;
}

constexpr lang::Roles abbreviations = {Role::abbr_of_firm,       Role::abbr_never_ends, Role::abbr_before_name,
                                       Role::abbr_before_number, Role::abbr_number,     Role::abbr_may_end};
// What may follow "5 a.m." in one sentence.
constexpr lang::Roles days_and_zones = {Role::month, Role::weekday, Role::short_weekday, Role::time_zone,
                                        Role::american_zone};

// What stands behind a possible end: its first letter or digit, past opening marks and dashes.
struct Next {
  enum Kind { lower, upper, digit, other } kind = other;
  SmallWord word;
  std::size_t begin = 0;
  bool dash = false;
};

// A quotation or a bracket up to this many bytes is never split; a longer one is, at its inner stops.
constexpr std::size_t longest_unit = 300;

class Splitter {
 public:
  Splitter(std::string_view text, std::size_t end, const Language& language)
      : text_(text.substr(0, end)), language_(language) {}

  // Calls out(begin, end) for each sentence of text[begin, end); `quotations` are those inside, in order.
  template <class Out>
  void run(std::size_t begin, std::span<const Quotation> quotations, Out&& out) {
    const std::size_t end = text_.size();
    begin_ = begin;
    const ListMark list = read_mark(begin);
    unsigned expected = list.number + 1;
    const char32_t bullet = begin < end && !is_ascii(text_[begin]) ? decode(text_, begin).code : 0;
    const bool bulleted = is_bullet(bullet);
    const auto cut = [&](std::size_t at) {
      if (at > begin_) out(begin_, at);
      begin_ = at;
    };
    std::size_t q = 0;
    for (std::size_t i = begin; i < end;) {
      while (q < quotations.size() && quotations[q].range.begin < i) ++q;
      std::size_t unit = 0;  // end of a short quotation or bracket that begins here
      if (q < quotations.size() && quotations[q].range.begin == i) {
        const Quotation& quotation = quotations[q];
        if (quotation.closed && quotation.range.size() <= longest_unit) unit = quotation.range.end;
      } else if (text_[i] == '(' || text_[i] == '[') {
        unit = close_bracket(i);
      }
      if (unit != 0) {
        const std::size_t stop = inner_stop(i, unit);
        i = skip_closing(unit);
        if (stop != 0 && ends_at(stop, i)) cut(i);
        continue;
      }
      const char c = text_[i];
      if (is_ascii(c)) {
        if (c == '.' || c == '!' || c == '?') {
          const std::size_t stop = i;
          i = skip_closing(skip_stops(i));
          if (ends_at(stop, i)) cut(omission_follows(stop, i) ? stop + 1 : i);
          continue;
        }
        if (list.style != 0 && i > begin_ && (is_ascii_digit(c) || is_ascii_lower(c)) && text_[i - 1] == ' ') {
          const ListMark mark = read_mark(i);
          if (mark.style == list.style && mark.number == expected) {
            cut(i);
            ++expected;
            i = mark.end;
            continue;
          }
        }
        ++i;
        continue;
      }
      const Character at = decode(text_, i);
      if (at.code == 0x2026 || is_wide_stop(at.code)) {
        const std::size_t stop = i;
        i = skip_closing(skip_stops(i));
        if (ends_at(stop, i)) cut(i);
        continue;
      }
      if (bulleted && at.code == bullet && i > begin_ && blank_length(text_, previous_character(text_, i)) != 0) cut(i);
      i += at.length;
    }
    cut(end);
  }

 private:
  struct ListMark {
    unsigned number = 0;  // 3 in "3.", 2 in "b)"
    char style = 0;       // 'd' or 'l', with the case of the closing mark folded in; 0: no list mark here
    std::size_t end = 0;
  };

  ListMark read_mark(std::size_t i) const {
    ListMark mark;
    const std::size_t n = text_.size();
    std::size_t k = i;
    while (k < n && k - i < 2 && is_ascii_digit(text_[k]))
      mark.number = mark.number * 10 + static_cast<unsigned>(text_[k++] - '0');
    char style = 1;
    if (k == i && k < n && is_ascii_lower(text_[k])) {
      mark.number = static_cast<unsigned>(text_[k++] - 'a') + 1;
      style = 2;
    }
    const std::size_t closing = k;
    while (k < n && k - closing < 2 && (text_[k] == '.' || text_[k] == ')'))
      style = static_cast<char>(style * 3 + (text_[k++] == ')'));
    if (k == i || k == closing || k >= n || text_[k] != ' ') return {};
    mark.style = style;
    mark.end = k;
    return mark;
  }

  std::size_t close_bracket(std::size_t i) const {
    const std::size_t limit = std::min(text_.size(), i + longest_unit);
    const char closing = text_[i] == '(' ? ')' : ']';
    unsigned depth = 0;
    for (std::size_t k = i; k < limit; ++k) {
      if (text_[k] == text_[i]) ++depth;
      if (text_[k] == closing && --depth == 0) return k + 1;
    }
    return 0;
  }

  // First byte of the stops that end text[begin, end) before its closing marks; 0 when there are none.
  std::size_t inner_stop(std::size_t begin, std::size_t end) const {
    while (end > begin + 1) {
      const std::size_t last = previous_character(text_, end);
      const char32_t code = decode(text_, last).code;
      if (code == '.' || code == '!' || code == '?' || code == 0x2026) {
        std::size_t stop = last;
        while (stop > begin + 1 && (text_[stop - 1] == '.' || text_[stop - 1] == '!' || text_[stop - 1] == '?')) --stop;
        const bool omission = (text_[stop - 1] == '[' || text_[stop - 1] == '(') && end - stop > 2;  // "[...]"
        return omission ? 0 : stop;
      }
      if (!is_closing(code) && code != 0x201C) return 0;  // German quotations close with it
      end = last;
    }
    return 0;
  }

  // Past a run of stops, and past spaced dots: ". . ."
  std::size_t skip_stops(std::size_t i) const {
    while (i < text_.size()) {
      const Character at = decode(text_, i);
      if (at.code == '.' || at.code == '!' || at.code == '?' || at.code == 0x2026 || is_wide_stop(at.code)) {
        i += at.length;
      } else if (at.code == ' ' && i + 1 < text_.size() && text_[i + 1] == '.' && text_[i - 1] == '.' &&
                 (i + 2 == text_.size() || !is_ascii_digit(text_[i + 2]))) {
        i += 2;
      } else {
        break;
      }
    }
    return i;
  }

  // "compounds. . . . The": a full stop, and what was left out after it.
  bool omission_follows(std::size_t stop, std::size_t after) const {
    return after - stop == 7 && text_.substr(stop, 7) == ". . . ." && stop > begin_ &&
           blank_length(text_, previous_character(text_, stop)) == 0;
  }

  std::size_t skip_closing(std::size_t i) const {
    while (i < text_.size()) {
      const Character at = decode(text_, i);
      if (!is_closing(at.code)) break;
      i += at.length;
    }
    return i;
  }

  Next look(std::size_t i) const {
    Next next;
    for (std::size_t steps = 0; i < text_.size() && steps < 6; ++steps) {
      const Character at = decode(text_, i);
      next.begin = i;
      if (is_ascii_digit(text_[i])) {
        next.kind = Next::digit;
        return next;
      }
      const Letter letter = letter_case(at.code);
      if (letter != Letter::none) {
        const std::size_t second = i + at.length;
        const bool brand = letter == Letter::lower && second < text_.size() && is_ascii_upper(text_[second]);  // iPhone
        next.kind = letter == Letter::lower && !brand ? Next::lower
                    : letter == Letter::other         ? Next::other
                                                      : Next::upper;
        if (letter == Letter::other) next.kind = Next::upper;
        next.word = word_at(text_, i, text_.size());
        return next;
      }
      const bool opening = at.code == '"' || at.code == '\'' || at.code == '(' || at.code == '[' || at.code == '*' ||
                           at.code == '_' || at.code == 0x201C || at.code == 0x2018 || at.code == 0xAB ||
                           at.code == 0x201E || at.code == 0xBF || at.code == 0xA1 || at.code == 0x2022 ||
                           at.code == 0xB7;
      if (is_dash(at.code)) {
        next.dash = true;
      } else if (!opening && blank_length(text_, i) == 0) {
        return next;
      }
      i += at.length;
    }
    return next;
  }

  // The word before a full stop, from the last blank, opening mark or hyphen.
  std::size_t token_begin(std::size_t stop) const {
    std::size_t i = stop;
    while (i > begin_ && stop - i < 24) {
      const std::size_t last = previous_character(text_, i);
      const char32_t c = decode(text_, last).code;
      if (blank_length(text_, last) != 0 || c == '(' || c == '[' || c == '"' || c == '-' || c == '/' || is_dash(c) ||
          c == 0x201C || c == 0x2018 || c == 0xAB || is_bullet(c)) {
        break;
      }
      i = last;
    }
    return i;
  }

  std::string word_before(std::size_t stop) const {
    const std::size_t begin = token_begin(stop);
    return std::string(word_at(text_, begin, stop).view());
  }

  // Nothing but a bullet before it.
  bool opens_sentence(std::size_t token) const {
    std::size_t i = begin_;
    if (i < token && !is_ascii(text_[i]) && is_bullet(decode(text_, i).code)) i += decode(text_, i).length;
    return skip_blanks(text_, i, token) == token;
  }

  unsigned words_before(std::size_t stop, unsigned limit) const {
    unsigned words = 0;
    bool inside = false;
    for (std::size_t i = begin_; i < stop && words < limit; ++i) {
      const bool blank = text_[i] == ' ';
      words += !blank && !inside;
      inside = !blank;
    }
    return words;
  }

  std::size_t end_of_word(std::size_t i) const {
    while (i < text_.size() && letter_case(decode(text_, i).code) != Letter::none) i += decode(text_, i).length;
    return i;
  }

  // `"Are we safe?" Jelinek asked`: a question or cry in quotation marks, then its speaker and a verb of saying.
  bool speaker_follows(std::size_t i) const {
    unsigned small = 0;
    for (unsigned words = 0; words < 7 && i < text_.size(); ++words) {
      const SmallWord word = word_at(text_, i, text_.size());
      if (word.size == 0) return false;
      const std::string_view w = word.view();
      if (language_.is(w, Role::speech)) return words > 0;
      if (language_.is(w, Role::auxiliary)) return false;
      if (is_ascii_lower(text_[i]) && ++small > 3) return false;
      i = end_of_word(i);
      if (i < text_.size() && (text_[i] == '.' || text_[i] == '\'' || text_[i] == '-' || text_[i] == ',')) ++i;
      if (i < text_.size() && text_[i] == ' ') ++i;
    }
    return false;
  }

  // Does a sentence end between the stops that begin at `stop` and `after`, past the closing marks?
  bool ends_at(std::size_t stop, std::size_t after) const {
    const std::size_t end = text_.size();
    const Character mark = decode(text_, stop);
    if (is_wide_stop(mark.code)) return true;
    const std::size_t at = skip_blanks(text_, after, end);
    if (at >= end) return false;  // the paragraph ends here anyway
    const std::size_t run_end = std::min(skip_stops(stop), after);
    bool quoted = false;
    for (std::size_t k = run_end; k < after; ++k) quoted = quoted || is_closing_quote(decode(text_, k).code);
    const Next next = look(at);
    if (at == after) return ends_without_blank(stop, run_end, after);
    if (next.kind == Next::lower) return false;

    unsigned dots = 0;
    for (std::size_t k = stop; k < run_end; ++k) dots += text_[k] == '.';
    const bool asks = text_.substr(stop, run_end - stop).find_first_of("!?") != std::string_view::npos;
    if (asks && !quoted && run_end == stop + 1 && language_.is(word_before(stop), Role::cries)) {
      return next.kind == Next::upper && language_.is(next.word.view(), Role::starts_sentence);  // Yahoo! Finance
    }
    if (asks) return !(quoted && speaker_follows(next.begin));
    if (mark.code == 0x2026 || dots >= 3) {
      if (after > run_end || dots >= 4) return next.kind == Next::upper;  // closing marks, or a stop and an omission
      const bool spaced = stop > begin_ && blank_length(text_, previous_character(text_, stop)) != 0;
      return !spaced && next.kind == Next::upper && next.word.view() != "i";
    }
    return ends_after_full_stop(stop, at, next);
  }

  // "…ended.The", "said.“We": a blank is missing.
  bool ends_without_blank(std::size_t stop, std::size_t run_end, std::size_t after) const {
    if (stop == begin_ || after + 1 >= text_.size() || text_[stop] == '\xE2') return false;
    std::size_t i = after;
    if (run_end == after && (text_.substr(i, 3) == "\u201C")) i += 3;  // said.“We
    if (i + 1 >= text_.size() || !is_ascii_upper(text_[i]) || !is_ascii_lower(text_[i + 1])) return false;
    const SmallWord word = word_at(text_, i, text_.size());
    if (word.size < 2) return false;
    const char before = text_[stop - 1];
    if (!is_ascii_lower(before) && !is_ascii_digit(before) && after == run_end) return false;
    if (run_end - stop > 1) return true;
    if (text_[stop] != '.' || after > run_end || i > after) return true;
    const std::size_t token = token_begin(stop);
    const std::string_view left = text_.substr(token, stop - token);
    if (left.find_first_of("./@:") != std::string_view::npos || left.size() < 2) return false;
    return !is_ascii_upper(left[0]) || language_.is(word.view(), Role::starts_sentence) ||
           language_.is(word.view(), Role::abbr_before_name);
  }

  bool ends_after_full_stop(std::size_t stop, std::size_t at, const Next& next) const {
    const std::size_t token = token_begin(stop);
    SmallWord letters;
    unsigned digits = 0, inner_dots = 0, others = 0, long_parts = 0, part = 0;
    for (std::size_t k = token; k < stop; ++k) {
      const char c = text_[k];
      if (is_ascii_letter(c)) {
        letters.push(c);
        if (++part == 2) ++long_parts;
      } else if (is_ascii_digit(c)) {
        ++digits;
      } else if (c == '.') {
        ++inner_dots;
        part = 0;
      } else if (!is_ascii(c)) {
        const Character at_k = decode(text_, k);
        if (letter_case(at_k.code) == Letter::none || at_k.code == 0xBA || at_k.code == 0xAA) {
          ++others;
        } else {
          const SmallLetter small = small_letter(at_k.code);
          for (const char byte : small.view()) letters.push(byte);
          if (++part == 2) ++long_parts;
        }
        k += at_k.length - 1;
      }
    }
    if (letters.size == 0 && others == 0) {  // "1. The first": a list mark; "in 2031. The": an end
      if (digits == 0 || inner_dots > 0) return true;
      return !((digits <= 3 && opens_sentence(token)) ||
               (digits <= 3 && language_.is("*", Role::ordinal_dot) && next.kind == Next::upper &&
                !language_.is(next.word.view(), Role::starts_sentence)));
    }
    if (others > 0 && next.kind == Next::digit) {
      const std::string_view whole = text_.substr(token, stop - token);
      if (whole == "N\u00B0" || whole == "N\u00BA" || whole == "n\u00B0" || whole == "n\u00BA") return false;
    }
    if (digits > 0 || others > 0) return true;
    const std::string_view word = letters.view();
    const bool upper = is_ascii_upper(text_[token]);
    const bool starter = next.kind == Next::upper && language_.is(next.word.view(), Role::starts_sentence);

    if (inner_dots > 0 && (long_parts == 0 || language_.is(word, Role::abbr_letters))) {  // U.S., p.m., Ph.D.
      if (language_.is(word, Role::abbr_never_ends)) return false;
      if (next.dash) return false;
      if (language_.roles(word).any({Role::am, Role::pm})) return ends_after_time(token, at, next, starter);
      if (next.kind == Next::digit) return false;
      return starter || next.kind == Next::other || (upper && plural_opens_clause(next));
    }
    if (letters.size == 1) {  // an initial, a list mark, "p. 5"
      if (opens_sentence(token)) return false;
      if (next.kind == Next::digit) return !(word == "p" || word == "c" || word == "v");
      if (!upper && language_.roles(word).any(abbreviations)) return false;
      if (token > begin_ && text_[token - 1] == '/') return true;  // 120 km/h.
      return starter;
    }
    if (inner_dots > 0) return true;  // www.example.com.
    const lang::Roles roles = language_.roles(word);
    const bool goes_on = next.dash || (next.kind == Next::upper && !starter);
    if (roles.has(Role::abbr_never_ends)) return upper;
    if (roles.has(Role::abbr_before_name)) return !upper;
    if (roles.has(Role::abbr_before_number)) return !(next.kind == Next::digit || (upper && goes_on));
    if (roles.has(Role::abbr_number)) return next.kind != Next::digit;
    if (roles.has(Role::abbr_of_firm) && upper && next.kind == Next::upper && opens_clause(next)) return true;
    if (roles.has(Role::abbr_may_end)) return !((upper || roles.has(Role::abbr_any_case)) && goes_on);
    return true;
  }

  // "Marrow Corp. Workers there learned of it": a word in small letters follows the next one, which is no day. (A title
  // or a name is followed by a name: "Dunn & Co. Chief Executive Lee Tan".)
  bool opens_clause(const Next& next) const {
    if (next.dash || language_.roles(next.word.view()).any(days_and_zones)) return false;
    const std::size_t end = end_of_word(next.begin);
    if (end + 1 >= text_.size() || text_[end] != ' ') return false;
    return letter_case(decode(text_, end + 1).code) == Letter::lower;
  }

  // "in the U.S. Families then moved", but "the U.S. Army sent", "U.S. Marines landed"
  bool plural_opens_clause(const Next& next) const {
    const std::string_view word = next.word.view();
    return word.size() > 4 && word.ends_with('s') && !word.ends_with("ss") && !language_.is(word, Role::names_body) &&
           opens_clause(next);
  }

  // "He left at 6 p.m. Mr. Smith …" but "at 5 a.m. Tuesday", "At 5 a.m. Mr. Smith went …".
  bool ends_after_time(std::size_t token, std::size_t at, const Next& next, bool starter) const {
    if (starter || next.kind != Next::upper) return true;
    if (language_.roles(next.word.view()).any(days_and_zones)) return false;
    std::size_t i = at;
    while (i < text_.size() && text_[i] != ' ') ++i;
    if (i < text_.size() && language_.is(word_at(text_, i + 1, text_.size()).view(), Role::time_word)) return false;
    const SmallWord first = word_at(text_, begin_, text_.size());
    return !(language_.is(first.view(), Role::leads_time) && words_before(token, 7) <= 6);
  }

  std::string_view text_;
  const Language& language_;
  std::size_t begin_ = 0;  // of the sentence under way
};

}  // namespace

// "1. The first item", not "300 people".
static bool is_numbered_item(std::string_view text, std::size_t at, std::size_t end) {
  const std::size_t first = at;
  while (at < end && is_ascii_digit(text[at])) ++at;
  return at > first && at + 1 < end && (text[at] == '.' || text[at] == ')') && blank_length(text, at + 1) != 0;
}

// Past the mark of a list whose one item fills the paragraph text[begin, end): "• Two men are held". A mark before a list
// that runs on ("• one • two"), or before a numbered item, stays.
static std::size_t skip_bullet(std::string_view text, std::size_t begin, std::size_t end) {
  if (begin >= end) return begin;
  const Character mark = decode(text, begin);
  const bool sign = mark.code == 0xB7 || mark.code == 0x2023 || mark.code == 0x25E6 || mark.code == 0x25A0;
  if (!sign && !is_bullet(mark.code)) return begin;
  const std::size_t after = begin + mark.length, item = skip_blanks(text, after, end);
  if (item == end || (sign && item == after) || is_numbered_item(text, item, end)) return begin;
  const std::string_view again = text.substr(begin, mark.length);
  return text.substr(0, end).find(again, after) != std::string_view::npos && !sign ? begin : item;
}

std::vector<Sentence> split_sentences(std::string_view text, std::span<const ByteRange> excluded,
                                      std::string_view language) {
  const Language& words = Language::of(language);
  std::vector<Sentence> out;
  const std::vector<ByteRange> paragraphs = find_paragraphs(text);
  std::vector<Quotation> quotations, inside;
  std::size_t x = 0;
  for (std::size_t p = 0; p < paragraphs.size(); ++p) {
    quotations.clear();
    find_quotations(text, paragraphs[p], words, quotations);
    std::size_t begin = paragraphs[p].begin;
    while (begin < paragraphs[p].end) {
      while (x < excluded.size() && excluded[x].end <= begin) ++x;
      std::size_t end = paragraphs[p].end;
      if (x < excluded.size()) {
        if (excluded[x].begin <= begin) {
          begin = excluded[x].end;
          continue;
        }
        end = std::min<std::size_t>(end, excluded[x].begin);
      }
      begin = skip_blanks(text, begin, end);
      if (begin == paragraphs[p].begin) begin = skip_bullet(text, begin, end);
      if (begin == end) continue;
      const std::size_t first_byte = begin;
      inside.clear();
      for (const Quotation& q : quotations) {
        if (q.range.begin >= begin && q.range.end <= end) inside.push_back(q);
      }
      const std::size_t first = out.size();
      Splitter(text, end, words).run(begin, inside, [&](std::size_t from, std::size_t to) {
        from = skip_blanks(text, from, to);
        to = trim_blanks(text, from, to);
        if (from == to) return;
        Sentence s;
        s.range = {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)};
        s.paragraph = static_cast<std::uint32_t>(p);
        out.push_back(s);
      });
      if (out.size() == first + 1 && out.back().range.begin == first_byte &&
          out.back().range.end == paragraphs[p].end &&
          (first_byte == paragraphs[p].begin || skip_bullet(text, paragraphs[p].begin, end) == first_byte)) {
        out.back().heading = !ends_as_sentence(text.substr(paragraphs[p].begin, paragraphs[p].size()));
      }
      begin = end;
    }
  }
  return out;
}

std::vector<ByteRange> find_quotations(std::string_view text, std::string_view language) {
  std::vector<Quotation> quotations;
  for (const ByteRange paragraph : find_paragraphs(text))
    find_quotations(text, paragraph, Language::of(language), quotations);
  std::vector<ByteRange> out;
  out.reserve(quotations.size());
  for (const Quotation& q : quotations) out.push_back(q.range);
  return out;
}

}  // namespace storymerge

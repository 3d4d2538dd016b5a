#include "text/tokens.h"

#include <cmath>
#include <initializer_list>
#include <unordered_map>

#include "text/characters.h"

namespace storymerge {
namespace {

using Table = std::unordered_map<std::string_view, Lexeme>;

Table make_table() {
  Table t;
  t.reserve(1024);
  // The first entry of a word holds: put what is rarer in other roles first.
  const auto add = [&](Lex kind, std::initializer_list<std::pair<std::string_view, double>> words) {
    for (const auto& [word, value] : words) t.emplace(word, Lexeme{kind, value, {}});
  };
  const auto unit = [&](Lex kind, std::string_view normal, std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) t.emplace(word, Lexeme{kind, 0, normal});
  };
  const auto plain = [&](Lex kind, std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) t.emplace(word, Lexeme{kind, 0, {}});
  };
  add(Lex::unit_digit, {{"zero", 0},
                        {"one", 1},
                        {"two", 2},
                        {"three", 3},
                        {"four", 4},
                        {"five", 5},
                        {"six", 6},
                        {"seven", 7},
                        {"eight", 8},
                        {"nine", 9}});
  add(Lex::teen, {{"ten", 10},
                  {"eleven", 11},
                  {"twelve", 12},
                  {"thirteen", 13},
                  {"fourteen", 14},
                  {"fifteen", 15},
                  {"sixteen", 16},
                  {"seventeen", 17},
                  {"eighteen", 18},
                  {"nineteen", 19}});
  add(Lex::tens, {{"twenty", 20},
                  {"thirty", 30},
                  {"forty", 40},
                  {"fifty", 50},
                  {"sixty", 60},
                  {"seventy", 70},
                  {"eighty", 80},
                  {"ninety", 90}});
  add(Lex::multiplier, {{"hundred", 1e2},
                        {"thousand", 1e3},
                        {"million", 1e6},
                        {"billion", 1e9},
                        {"trillion", 1e12},
                        {"mn", 1e6},
                        {"mln", 1e6},
                        {"bn", 1e9},
                        {"bln", 1e9},
                        {"tn", 1e12},
                        {"trn", 1e12},
                        {"lakh", 1e5},
                        {"crore", 1e7},
                        {"lakhs", 1e5},
                        {"crores", 1e7}});
  add(Lex::many, {{"dozens", 12},
                  {"tens", 10},
                  {"hundreds", 1e2},
                  {"thousands", 1e3},
                  {"millions", 1e6},
                  {"billions", 1e9},
                  {"trillions", 1e12},
                  {"scores", 20}});
  add(Lex::dozen, {{"dozen", 12}, {"couple", 2}, {"pair", 2}, {"trio", 3}, {"quartet", 4}});
  add(Lex::fraction, {{"half", 2},
                      {"halves", 2},
                      {"quarter", 4},
                      {"quarters", 4},
                      {"thirds", 3},
                      {"fourths", 4},
                      {"fifths", 5},
                      {"sixths", 6},
                      {"sevenths", 7},
                      {"eighths", 8},
                      {"ninths", 9},
                      {"tenths", 10}});
  add(Lex::ordinal, {{"second", 2},       {"third", 3},       {"fourth", 4},      {"fifth", 5},      {"sixth", 6},
                     {"seventh", 7},      {"eighth", 8},      {"ninth", 9},       {"tenth", 10},     {"eleventh", 11},
                     {"twelfth", 12},     {"thirteenth", 13}, {"fourteenth", 14}, {"fifteenth", 15}, {"sixteenth", 16},
                     {"seventeenth", 17}, {"eighteenth", 18}, {"nineteenth", 19}, {"twentieth", 20}, {"thirtieth", 30},
                     {"hundredth", 100},  {"first", 1}});
  add(Lex::month,
      {{"january", 1}, {"february", 2}, {"march", 3},     {"april", 4},    {"may", 5},       {"june", 6},
       {"july", 7},    {"august", 8},   {"september", 9}, {"october", 10}, {"november", 11}, {"december", 12},
       {"jan", 1},     {"feb", 2},      {"mar", 3},       {"apr", 4},      {"jun", 6},       {"jul", 7},
       {"aug", 8},     {"sep", 9},      {"sept", 9},      {"oct", 10},     {"nov", 11},      {"dec", 12}});
  add(Lex::weekday, {{"sunday", 0},
                     {"monday", 1},
                     {"tuesday", 2},
                     {"wednesday", 3},
                     {"thursday", 4},
                     {"friday", 5},
                     {"saturday", 6},
                     {"tues", 2},
                     {"thurs", 4}});
  const Lex m = Lex::measure;
  unit(m, "%", {"percent", "pct"});
  unit(m, "km", {"km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"});
  unit(m, "m", {"metre", "metres", "meter", "meters"});
  unit(m, "cm", {"cm", "centimetre", "centimetres", "centimeter", "centimeters"});
  unit(m, "mm", {"mm", "millimetre", "millimetres", "millimeter", "millimeters"});
  unit(m, "miles", {"mile", "miles"});
  unit(m, "feet", {"foot", "feet", "ft"});
  unit(m, "inches", {"inch", "inches"});
  unit(m, "yards", {"yard", "yards"});
  unit(m, "kg", {"kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "kilogramme", "kilogrammes"});
  unit(m, "g", {"gram", "grams", "grammes"});
  unit(m, "tonnes", {"tonne", "tonnes", "ton", "tons"});
  unit(m, "lb", {"lb", "lbs"});
  unit(m, "litres", {"litre", "litres", "liter", "liters"});
  unit(m, "gallons", {"gallon", "gallons"});
  unit(m, "barrels", {"barrel", "barrels"});
  unit(m, "hectares", {"hectare", "hectares", "ha"});
  unit(m, "acres", {"acre", "acres"});
  unit(m, "mph", {"mph"});
  unit(m, "km/h", {"kph", "kmh"});
  unit(m, "knots", {"knot", "knots"});
  unit(m, "degrees", {"degree", "degrees"});
  unit(m, "MW", {"mw", "megawatt", "megawatts"});
  unit(m, "GW", {"gw", "gigawatt", "gigawatts"});
  unit(m, "seconds", {"seconds", "secs"});
  unit(m, "minutes", {"minute", "minutes", "mins"});
  unit(m, "hours", {"hour", "hours", "hrs"});
  unit(m, "days", {"day", "days"});
  unit(m, "weeks", {"week", "weeks", "fortnight"});
  unit(m, "months", {"month", "months"});
  unit(m, "years", {"year", "years", "yr", "yrs"});
  unit(m, "decades", {"decade", "decades"});
  unit(m, "points", {"point", "points"});
  const Lex c = Lex::currency;
  unit(c, "$", {"dollar", "dollars", "usd"});
  unit(c, "\u20AC", {"euro", "euros", "eur"});
  unit(c, "\u00A3", {"gbp", "sterling", "quid", "pound", "pounds"});
  unit(c, "\u00A5", {"yen", "jpy"});
  unit(c, "crowns", {"crown", "crowns", "krona", "kronor", "krone", "kroner", "koruna"});
  unit(c, "francs", {"franc", "francs", "chf"});
  unit(c, "yuan", {"yuan", "renminbi", "rmb", "cny"});
  unit(c, "roubles", {"rouble", "roubles", "ruble", "rubles"});
  unit(c, "rupees", {"rupee", "rupees", "inr"});
  unit(c, "pesos", {"peso", "pesos"});
  unit(c, "lira", {"lira", "liras", "lire"});
  unit(c, "rand", {"rand"});
  unit(c, "zlotys", {"zloty", "zlotys"});
  unit(c, "cents", {"cent", "cents"});
  unit(c, "pence", {"pence", "penny"});
  plain(Lex::state,
        {"dead",     "injured",      "wounded",      "missing", "hurt",      "killed",      "detained", "arrested",
         "homeless", "hospitalised", "hospitalized", "others",  "displaced", "unaccounted", "rescued",  "evacuated",
         "alive",    "stranded",     "trapped",      "drowned", "unharmed",  "sick",        "ill"});
  plain(Lex::function,
        {"of",        "the",    "a",         "an",      "and",     "or",      "but",     "in",      "on",      "at",
         "to",        "for",    "from",      "by",      "with",    "as",      "that",    "which",   "who",     "whom",
         "whose",     "is",     "are",       "was",     "were",    "be",      "been",    "being",   "has",     "have",
         "had",       "will",   "would",     "can",     "could",   "should",  "might",   "must",    "do",      "does",
         "did",       "not",    "no",        "it",      "its",     "he",      "she",     "they",    "them",    "his",
         "her",       "their",  "this",      "these",   "those",   "there",   "than",    "then",    "so",      "if",
         "when",      "while",  "after",     "before",  "since",   "until",   "because", "into",    "over",    "under",
         "above",     "below",  "about",     "around",  "between", "through", "during",  "against", "among",   "within",
         "without",   "via",    "per",       "out",     "up",      "down",    "off",     "away",    "said",    "says",
         "told",      "we",     "you",       "i",       "our",     "my",      "your",    "us",      "him",     "me",
         "some",      "any",    "each",      "every",   "both",    "either",  "also",    "ago",     "earlier", "later",
         "including", "among",  "across",    "outside", "inside",  "near",    "where",   "what",    "how",     "why",
         "just",      "only",   "even",      "still",   "already", "yet",     "now",     "once",    "whether", "though",
         "although",  "unless", "according", "despite", "is",      "isn't",   "aren't",  "wasn't",  "weren't", "has",
         "went",      "came",   "took",      "made",    "got",     "goes",    "takes",   "makes",   "comes",   "gets",
         "gives",     "needs",  "wants",     "has",     "remains", "stands",  "means",   "plans",   "hopes",   "shows",
         "adds"});
  plain(Lex::label, {"flight",   "article", "section",  "chapter",  "number",    "route",      "highway",  "room",
                     "gate",     "page",    "platform", "phase",    "level",     "category",   "type",     "model",
                     "grade",    "unit",    "building", "block",    "pier",      "terminal",   "channel",  "interstate",
                     "boeing",   "airbus",  "figure",   "motorway", "paragraph", "clause",     "appendix", "table",
                     "version",  "volume",  "formula",  "ward",     "district",  "sector",     "zone",     "line",
                     "junction", "berth",   "track",    "apollo",   "rule",      "resolution", "camp",     "reactor"});
  return t;
}

}  // namespace

Lexeme look_up_word(std::string_view lower) {
  static const auto* const table = new Table(make_table());
  if (lower.ends_with("'s")) lower.remove_suffix(2);
  if (lower.ends_with("\u2019s")) lower.remove_suffix(4);
  const auto at = table->find(lower);
  return at == table->end() ? Lexeme{} : at->second;
}

Tokens::Tokens(std::string_view text) : lower_(text) {
  for (char& c : lower_) {
    if (is_ascii_upper(c)) c = static_cast<char>(c + 32);
  }
  tokens_.reserve(text.size() / 5 + 4);
  const auto digit = [&](std::size_t k) { return k < text.size() && is_ascii_digit(text[k]); };
  bool glued = false, breaks = false;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t blank = blank_length(text, i);
    if (blank != 0) {
      breaks = breaks || line_break_length(text, i) != 0;
      glued = false;
      i += blank;
      continue;
    }
    Token t;
    t.glued = glued;
    t.breaks = breaks;
    t.begin = static_cast<std::uint32_t>(i);
    glued = true;
    breaks = false;
    if (digit(i)) {
      // 3,400 and 1,250,000.5 and 3.5: groups of three behind a comma, one point with digits behind it.
      t.kind = Token::number;
      double value = 0;
      std::size_t k = i;
      while (digit(k)) value = value * 10 + (text[k++] - '0');
      const std::size_t leading = k - i;
      while (leading <= 3 && k < text.size() && digit(k + 1) && digit(k + 2) && digit(k + 3) && !digit(k + 4) &&
             text[k] == ',') {
        value = value * 1000 + (text[k + 1] - '0') * 100 + (text[k + 2] - '0') * 10 + (text[k + 3] - '0');
        k += 4;
        t.grouped = true;
      }
      if (k < text.size() && text[k] == '.' && digit(k + 1)) {
        double scale = 1;
        std::size_t d = k + 1;
        for (; digit(d) && t.decimals < 15; ++d) {
          value = value * 10 + (text[d] - '0');
          scale *= 10;
          ++t.decimals;
        }
        while (digit(d)) ++d;
        value /= scale;
        k = d;
      }
      t.value = std::isfinite(value) ? value : 0;
      i = k;
    } else {
      const Character first = decode(text, i);
      const Letter letter = letter_case(first.code);
      if (letter == Letter::none) {
        t.code = first.code;
        i += first.length;
      } else {
        t.kind = Token::word;
        t.capital = letter == Letter::upper;
        std::size_t k = i + first.length;
        while (k < text.size()) {
          const char c = text[k];
          if (is_ascii_letter(c)) {
            ++k;
            continue;
          }
          if (is_ascii(c) && c != '\'') break;
          const Character at = decode(text, k);
          const bool joins = at.code == '\'' || at.code == 0x2019;
          const std::size_t after = k + at.length;
          if (joins ? !(after < text.size() && letter_case(decode(text, after).code) != Letter::none)
                    : letter_case(at.code) == Letter::none && !(at.code >= 0x300 && at.code < 0x370)) {
            break;
          }
          k = after;
        }
        i = k;
      }
    }
    t.end = static_cast<std::uint32_t>(i);
    if (t.kind == Token::word) t.lexeme = look_up_word(std::string_view(lower_).substr(t.begin, t.end - t.begin));
    tokens_.push_back(t);
  }
}

}  // namespace storymerge

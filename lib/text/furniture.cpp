#include "storymerge/text/furniture.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "lang/commonness.h"
#include "lang/language.h"
#include "storymerge/text/stems.h"
#include "support/hash.h"
#include "support/line_end.h"
#include "support/parallel.h"
#include "text/page_words.h"

namespace storymerge {
namespace {

constexpr lang::Roles months_and_days{lang::Role::month, lang::Role::weekday, lang::Role::short_weekday};
constexpr lang::Roles stamps{lang::Role::stamp_word,    lang::Role::month,     lang::Role::weekday,
                             lang::Role::short_weekday, lang::Role::time_zone, lang::Role::american_zone};

const lang::Language& english() { return lang::Language::of("en"); }

// What speaks for (and, subtracted, against) a line that is about the page: points, 0 and more. Set by hand on the short lines of
// gold/dev and of saved pages (data/pages).
struct PageScore {
  double appeal = 1.5;  // opens with what the reader should do
  double reader = 1, outlet = 1, period = 1;
  double no_sentence = .5;
  double at_end = 1, at_edge = .5;
  double nothing_below = 1;  // no heading, then
  double tells = 2.5, past = 1;
  double bullet = 2, question = 1;
  double word = .4;  // each past `long_line`
  int long_line = 12;
  double told = 3;             // times the share of its words that the article uses
  double line_alone = 1;       // a line that shares no word with the article
  double strange_alone = 1.5;  // the same at the edge of a page of sentences
  double bound = 3;            // furniture from here
} constexpr page_score;

// A line with a cue is body when the article uses at least so much (0 .. 1) of its words.
struct ToldBounds {
  double bullet = .1, long_line = .3, short_line = .5;
} constexpr told_bounds;

// A line in normal form without the marks at its ends, with what was cut off there.
struct Line {
  ByteRange range;  // in the text, without outer blanks
  std::string normal;
  bool bullet = false;
  bool quoted = false;    // opens with a quotation mark
  bool sentence = false;  // ends as a sentence does
  bool question = false;
  bool clock = false;  // opens with a time of day: a live-blog entry
  std::size_t words = 0;
};

std::string_view view(std::string_view text, ByteRange r) { return text.substr(r.begin, r.size()); }

// "14:05", "14.05 –", "06:05 |", "39'", "[14:05]": what opens an entry of a live page.
bool opens_with_clock(std::string_view s) {
  std::size_t i = s.starts_with('[') || s.starts_with('(') ? 1 : 0;
  const auto digits = [&] {
    std::size_t n = 0;
    while (i < s.size() && s[i] >= '0' && s[i] <= '9') ++i, ++n;
    return n;
  };
  const std::size_t n = digits();
  if (n == 0 || n > 3 || i >= s.size()) return false;
  if (s[i] == '\'' || s.substr(i).starts_with("\u2019") || s.substr(i).starts_with("\u2032")) return true;
  if (s[i] != ':' && s[i] != '.' && s[i] != 'h') return false;
  ++i;
  return digits() == 2 && i < s.size();
}

Line read_line(std::string_view text, ByteRange range) {
  Line line;
  line.range = range;
  const std::string_view raw = view(text, range);
  line.clock = opens_with_clock(raw);
  line.normal = normal_form(raw);
  std::string& s = line.normal;
  std::size_t front = 0;
  while (front < s.size() && std::string_view("-*>| ").find(s[front]) != std::string_view::npos) ++front;
  line.bullet = front != 0 && front < s.size();
  s.erase(0, front);
  line.quoted = s.starts_with('"') || s.starts_with('\'') ||
                (s.ends_with('"') && std::count(s.begin(), s.end(), '"') % 2 == 1);  // or ends a quotation
  line.question = s.ends_with('?');
  std::string_view tail = s;
  while (!tail.empty() && std::string_view("\"')] ").find(tail.back()) != std::string_view::npos) tail.remove_suffix(1);
  line.sentence = tail.ends_with('.') || tail.ends_with('!') || tail.ends_with('?') || tail.ends_with(';');
  while (!s.empty() && std::string_view(".:!>|*; ").find(s.back()) != std::string_view::npos) s.pop_back();
  for (std::size_t i = 0; i < s.size(); ++i) line.words += s[i] != ' ' && (i == 0 || s[i - 1] == ' ');
  return line;
}

// A line that may turn out to be furniture when other articles of its source are seen.
struct ShortLine {
  std::uint64_t hash;  // of its words, digits alike
  ByteRange range;
  bool open;                // stands at the page's edge and is no sentence
  std::uint32_t below = 0;  // how many lines of body stand below it
};

class PageReader {
 public:
  explicit PageReader(const Article& article) : article_(article), text_(article.text) {
    for (std::size_t begin = 0; begin < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', begin), text_.size());
      std::size_t from = begin, to = end;
      while (from < to && blank(text_[from])) ++from;
      while (to > from && blank(text_[to - 1])) --to;
      if (from != to) ranges_.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)});
      begin = end + 1;
    }
    source_ = normal_form(article.source);
    const std::size_t first_blank = std::min(source_.find(' '), source_.size());
    if (english().is(source_.substr(0, first_blank), lang::Role::definite)) source_.erase(0, first_blank + 1);
    if (source_.starts_with("www.")) source_.erase(0, 4);
    if (source_.find(' ') == std::string::npos) source_ = source_.substr(0, source_.find('.'));
    for (std::size_t k = 0; k < article.source.size(); ++k) {
      const char c = article.source[k];
      if (c >= 'A' && c <= 'Z' && (k == 0 || article.source[k - 1] == ' ')) initials_ += c;
    }
    title_ = normal_form(article.title);
  }

  std::vector<Furniture> find() {
    // Lines above the first full sentence and below the last one are the page's edges.
    std::size_t first_full = ranges_.size(), last_full = 0;
    lines_.resize(ranges_.size());
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
      if (ranges_[i].size() > max_line) {
        if (first_full == ranges_.size()) first_full = i;
        last_full = i;
        ++full_lines_;
        continue;
      }
      lines_[i] = read_line(text_, ranges_[i]);
    }
    reasons_.resize(ranges_.size());
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
      if (lines_[i] && is_rule(*lines_[i])) reasons_[i] = "rule";
    }
    repeats_of_the_headline();
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
      if (lines_[i] && reasons_[i].empty()) cue(i);
    }
    links();
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
      if (lines_[i] && reasons_[i].empty() && lines_[i]->sentence && lines_[i]->words > 5) {
        ++full_lines_;
        first_full = std::min(first_full, i);
        last_full = std::max(last_full, i);
      }
    }
    first_full_ = first_full;
    last_full_ = last_full;
    repeats_of_the_body();
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
      if (lines_[i] && reasons_[i].empty()) edge_cue(i);
    }
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
      if (lines_[i] && reasons_[i].empty()) date_stamp(i);
      if (lines_[i] && reasons_[i].empty()) byline(i);
    }
    for (std::size_t i = 0; i < ranges_.size() && ranges_.size() > 1; ++i) {  // a line alone has no page around it
      if (lines_[i] && reasons_[i].empty()) speaks_of_the_page(i);
    }
    for (std::size_t i = ranges_.size(); i-- > 0 && i > last_full_;) {  // upwards, for what stands above furniture
      if (lines_[i] && reasons_[i].empty()) speaks_of_the_page(i);
    }
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
      if (lines_[i] && reasons_[i].empty() && (i < first_full_ || i > last_full_)) section_line(i);
    }
    for (std::size_t i = last_full_ + 1; i < ranges_.size(); ++i) {
      if (reasons_[i].empty()) below_the_text(i);
    }
    for (std::size_t i = 1; i + 1 < ranges_.size(); ++i) {
      if (!lines_[i] || !reasons_[i].empty() || reasons_[i - 1].empty() || reasons_[i + 1].empty()) continue;
      const Line& line = *lines_[i];
      if (line.words <= 4 && !line.sentence && !line.bullet && !line.clock && !line.quoted)
        reasons_[i] = "between furniture";
    }
    std::vector<Furniture> out;
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
      if (reasons_[i].empty()) continue;
      const ByteRange told = told_within(i);  // with a blank on both sides
      if (told.begin > ranges_[i].begin)
        out.push_back({{ranges_[i].begin, told.size() == 0 ? told.begin : told.begin - 1}, reasons_[i]});
      if (told.end < ranges_[i].end) out.push_back({{told.end + 1, ranges_[i].end}, reasons_[i]});
    }
    return out;
  }

  // What `find` left as body and is short. Call after find().
  std::vector<ShortLine> short_lines() const {
    std::vector<ShortLine> out;
    std::uint32_t below = 0;
    for (std::size_t i = ranges_.size(); i-- > 0;) {
      if (!reasons_[i].empty()) continue;
      const std::uint32_t here = below++;
      if (!lines_[i] || lines_[i]->question || lines_[i]->clock) continue;
      const bool open = !lines_[i]->sentence && (i < first_full_ || i > last_full_);
      out.push_back({hash_bytes(bare(lines_[i]->normal)), ranges_[i], open, here});
    }
    std::reverse(out.begin(), out.end());
    return out;
  }

 private:
  static constexpr std::uint32_t max_line = 240;  // bytes; furniture is short
  static constexpr std::size_t max_repeat =
      20;  // words of a deck or caption that repeats the body; a longer one is told twice

  static bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

  // Bare words of a line, for comparing.
  static std::string bare(std::string_view normal) {
    std::string out;
    each_word(normal, [&](std::size_t, std::string_view w) {
      if (!out.empty()) out += ' ';
      out += w;
    });
    return out;
  }

  static std::string digits_of(std::string_view raw) {
    std::string out;
    for (const char c : raw) {
      if (c >= '0' && c <= '9') out += c;
    }
    return out;
  }

  // Without a letter or a digit: "___", "* * *".
  static bool is_rule(const Line& line) {
    bool tells = false;
    each_word(line.normal, [&](std::size_t, std::string_view) { tells = true; });
    return !tells;
  }

  void repeats_of_the_headline() {
    const std::string title = bare(title_);
    if (title.empty()) return;
    std::size_t others = 0;
    std::vector<std::size_t> copies;
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
      if (lines_[i] && (bare(lines_[i]->normal) == title || title_and_stamp(*lines_[i]))) {
        copies.push_back(i);
      } else {
        ++others;
      }
    }
    if (others == 0) return;  // the headline is all there is: then it is the body
    for (const std::size_t i : copies) reasons_[i] = "repeats the headline";
  }

  // "Bridge shut Updated: 14 March 2031": in one line.
  bool title_and_stamp(const Line& line) const {
    if (title_.size() < 12 || !line.normal.starts_with(title_) || line.normal.size() > title_.size() + 60) return false;
    Line rest;
    rest.normal = line.normal.substr(title_.size());
    if (const std::size_t bracket = rest.normal.find('('); bracket != std::string::npos) rest.normal.resize(bracket);
    return is_date_stamp(rest);
  }

  // A short line at the top, or one that is no sentence, which another line tells among more: a deck, a pull quote, a caption. A
  // sentence told twice is one statement of its article (align), and none of its places is lost.
  void repeats_of_the_body() {
    int checks = 0;  // a bound on the work for long lists of short lines
    for (std::size_t i = 0; i < ranges_.size() && checks < 32; ++i) {
      const bool top = i < 4;
      if (!reasons_[i].empty() || !lines_[i] || lines_[i]->words < 6) continue;
      if (!lines_[i]->quoted &&
          (lines_[i]->words > max_repeat || (!top && (lines_[i]->sentence || lines_[i]->words > 8)))) {
        continue;
      }
      ++checks;
      std::string_view raw = view(text_, ranges_[i]);
      while (!raw.empty() && std::string_view(".!\"").find(raw.back()) != std::string_view::npos) raw.remove_suffix(1);
      for (std::size_t at = text_.find(raw); at != std::string_view::npos; at = text_.find(raw, at + 1)) {
        if (at == ranges_[i].begin) continue;
        const auto line = std::upper_bound(ranges_.begin(), ranges_.end(), at,
                                           [](std::size_t b, ByteRange r) { return b < r.begin; }) -
                          1;
        if (line->size() > raw.size() + 20 && reasons_[static_cast<std::size_t>(line - ranges_.begin())].empty() &&
            !is_a_sentence_of(*line, at, raw.size())) {
          reasons_[i] = "repeats a passage of the body";
        }
        break;
      }
    }
  }

  // Does a sentence of the line begin and end there?
  bool is_a_sentence_of(ByteRange line, std::size_t at, std::size_t size) const {
    constexpr std::string_view ends = ".!?";
    const std::size_t end = at + size;
    const bool begins = at == line.begin || (at >= line.begin + 2 && text_[at - 1] == ' ' &&
                                             ends.find(text_[at - 2]) != std::string_view::npos);
    return begins && end < line.end && ends.find(text_[end]) != std::string_view::npos;
  }

  void cue(std::size_t i) {
    const Line& line = *lines_[i];
    if (line.words > 40) return;
    const std::string_view s = line.normal;
    bool first = true;
    const Cue* best = nullptr;
    const auto try_at = [&](std::size_t at, std::string_view word, bool opens) {
      const Entry* entry = lexicon().find(word);
      if (best != nullptr || entry == nullptr) return;
      for (const std::uint16_t c : entry->cues) {
        const Cue& cue = lexicon().cues[c];
        if (at < cue.lead) continue;
        const std::size_t from = at - cue.lead;
        if (cue.place == Place::frame && opens && frames(line, cue.phrase)) {
          best = &cue;
          return;
        }
        if (s.substr(from, cue.phrase.size()) != cue.phrase) continue;
        const std::size_t end = from + cue.phrase.size();
        if (end < s.size() && is_word_byte(s[end]) && is_letter(cue.phrase.back())) continue;
        const bool fits = cue.place == Place::whole                               ? opens && end == s.size()
                          : cue.place == Place::start || cue.place == Place::note ? opens && line.words <= 16
                          : cue.place == Place::part                              ? line.words <= 30
                          : cue.place == Place::end                               ? end == s.size() && line.words <= 12
                                                                                  : false;
        if (fits) {
          best = &cue;
          return;
        }
      }
    };
    each_word(s, [&](std::size_t at, std::string_view word) {
      try_at(at, word, first);
      first = false;
      for (std::size_t h = word.find('-'); h != std::string_view::npos; h = word.find('-', h + 1)) {
        try_at(at + h + 1, word.substr(h + 1), false);  // "four-minute read"
      }
    });
    if (best == nullptr) return;
    if ((line.quoted || line.clock) && best->place != Place::whole) return;
    // A full sentence about what the article is about only happens to use these words; but no report opens with © or
    // ends with its rights.
    const bool copyright =
        s == best->phrase || s.starts_with("\u00A9") || (best->place == Place::part && s.ends_with(best->phrase));
    if (line.sentence && line.words > 5 && reports(s) && best->place != Place::note && !copyright) return;
    if (line.sentence && line.words > 5 && !copyright) {
      const double bound = line.bullet       ? told_bounds.bullet
                           : line.words > 14 ? told_bounds.long_line
                                             : told_bounds.short_line;
      if (told(i) >= bound) return;
    }
    reasons_[i] = fmt::format("cue: {}", best->phrase);
  }

  bool is_sentence(std::size_t i) const { return ends_as_sentence(view(text_, ranges_[i])); }

  // The links phrase that a line opens with, and no word of a sentence behind it: "Related What they said", not "Related to
  // this, …"; npos: none.
  static std::size_t opens_links(std::string_view raw) {
    const std::string s = normal_form(raw.substr(0, 80));
    std::size_t end = std::string::npos;
    each_word(s, [&, first = true](std::size_t at, std::string_view word) mutable {
      const Entry* entry = std::exchange(first, false) ? lexicon().find(word) : nullptr;
      if (entry == nullptr || at != 0) return;
      for (const std::uint16_t c : entry->cues) {
        const Cue& cue = lexicon().cues[c];
        if (end != std::string::npos || cue.place != Place::links || !s.starts_with(cue.phrase)) continue;
        const std::size_t after = cue.phrase.size();
        if (after < s.size() && is_letter(s[after])) continue;
        end = after;
      }
    });
    return end;
  }

  // Runs of two words or more in capitals: "MOVE TO MARS? Nasa finds ice TALL STORY Astronaut apologises". One stands before
  // each link of a list that has become one line.
  static std::size_t kickers(std::string_view raw) {
    std::size_t runs = 0, run = 0;
    for (std::size_t i = 0; i < raw.size();) {
      const std::size_t end = std::min(raw.find(' ', i), raw.size());
      const std::string_view word = raw.substr(i, end - i);
      const bool capitals =
          word.size() > 1 && std::count_if(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) > 1 &&
          std::none_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c & 0x80) != 0; });
      run = capitals ? run + 1 : 0;
      runs += run == 2;
      i = end + 1;
    }
    return runs;
  }

  // Links to other articles: a line that opens with words that head them, or ends with words to click on, and is no sentence;
  // and what stands below such words alone.
  void links() {
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
      const std::string_view raw = view(text_, ranges_[i]);
      if (reasons_[i].empty() && !is_sentence(i)) {
        const std::size_t end = opens_links(raw);
        const bool more = end != std::string::npos && end + 1 < raw.size() && raw[end] == ' ';
        const bool headline = more && !(raw[end + 1] >= 'a' && raw[end + 1] <= 'z');
        if (headline || kickers(raw) >= (end != std::string::npos ? 2 : 3))
          reasons_[i] = "links";
        else if (lines_[i] && ends_with_link(*lines_[i]))
          reasons_[i] = "link";
      }
      if (reasons_[i].empty() || !heads_links(i)) continue;
      const bool last = lists_to_the_end(i + 1);
      for (std::size_t k = i + 1; k < ranges_.size() && (last || !is_sentence(k)); ++k) {
        if (reasons_[k].empty()) reasons_[k] = "below a heading of links";
      }
    }
    for (std::size_t i = 0; i + 1 < ranges_.size(); ++i) {  // the name of what is furniture
      if (reasons_[i].empty() && lines_[i] && lines_[i + 1] && !reasons_[i + 1].empty() && lines_[i]->words > 2 &&
          lines_[i + 1]->normal.size() > lines_[i]->normal.size() && lines_[i + 1]->normal.ends_with(lines_[i]->normal))
        reasons_[i] = "repeated by furniture";
    }
  }

  // "The ten greatest shows – ranked! Read more".
  static bool ends_with_link(const Line& line) {
    constexpr std::size_t most_words = 30;
    if (line.words > most_words) return false;
    return std::any_of(lexicon().cues.begin(), lexicon().cues.end(), [&](const Cue& cue) {
      return cue.place == Place::links && line.normal.size() > cue.phrase.size() + 1 &&
             line.normal.ends_with(cue.phrase) && line.normal[line.normal.size() - cue.phrase.size() - 1] == ' ' &&
             std::string_view(".!?\"").find(line.normal[line.normal.size() - cue.phrase.size() - 2]) !=
                 std::string_view::npos;
    });
  }

  // Nothing but words that head links: "Read more:", "Trending right now:".
  bool heads_links(std::size_t i) const {
    constexpr std::size_t most_words = 5;
    if (!lines_[i] || lines_[i]->words > most_words) return false;
    const std::string_view raw = view(text_, ranges_[i]);
    return opens_links(raw) != std::string::npos ? lines_[i]->words <= 3 || raw.ends_with(':') : raw.ends_with(':');
  }

  // Few short lines down to the page's end, as headlines are.
  bool lists_to_the_end(std::size_t first) const {
    constexpr std::uint32_t longest = 160;  // bytes
    constexpr std::size_t most = 12;        // lines
    const std::size_t below = ranges_.size() - first;
    if (below > most || 3 * below > first) return false;
    return std::all_of(ranges_.begin() + static_cast<std::ptrdiff_t>(first), ranges_.end(),
                       [](ByteRange r) { return r.size() <= longest; });
  }

  // "For professional investors only", by "for ... only".
  static bool frames(const Line& line, std::string_view phrase) {
    constexpr std::string_view gap = "...";
    const std::size_t at = phrase.find(gap);
    return at != phrase.npos && line.words <= 6 && line.normal.starts_with(phrase.substr(0, at)) &&
           line.normal.ends_with(phrase.substr(at + gap.size()));
  }

  // A verb that tells what happened, and nobody addressed.
  static bool reports(std::string_view normal) {
    bool tells = false, addresses = false;
    each_word(normal, [&, first = true, before = static_cast<const Entry*>(nullptr)](std::size_t,
                                                                                     std::string_view word) mutable {
      const auto has = Lexicon::has;
      const Entry* entry = lexicon().find(word);
      const bool page = entry != nullptr && entry->weight > 0;
      const bool passive = has(before, lang::Role::present_be) || has(before, lang::Role::infinitive_be);
      const bool past = !first && !page && !passive && word.size() > 5 && word.ends_with("ed");
      tells = tells || past || has(entry, lang::Role::telling);
      addresses = addresses || has(entry, lang::Role::reader_word) || has(entry, lang::Role::our_word);
      before = entry;
      first = false;
    });
    return tells && !addresses;
  }

  bool at_edge(std::size_t i) const { return i <= first_full_ || i > last_full_; }

  // Nothing but furniture stands above, or nothing but furniture below.
  bool at_end(std::size_t i) const {
    if (i == 0 || i + 1 == ranges_.size()) return true;
    return (i < first_full_ && !reasons_[i - 1].empty()) || (i > last_full_ && !reasons_[i + 1].empty());
  }

  void edge_cue(std::size_t i) {
    if (i > first_full_ && i < last_full_) return;
    const Line& line = *lines_[i];
    if (line.words > 4) return;
    for (const Cue& cue : lexicon().cues) {
      if (cue.place == Place::edge && cue.phrase == line.normal) reasons_[i] = fmt::format("cue: {}", cue.phrase);
    }
  }

  // Nothing but a date or a time, and words like "updated". It says nothing that article.published does not say; where
  // that is unknown, it is the only word on when this was told, and stays.
  void date_stamp(std::size_t i) {
    if (article_.published && is_date_stamp(*lines_[i])) reasons_[i] = "date stamp";
  }

  // Buttons or the name of a gallery, with a caption behind them in one line: "Facebook Twitter Ada Renn sings on Sunday. Photograph:
  // AP", "Photos: The headline Ada Renn sings on Sunday." The caption's sentences; its end where it holds none.
  ByteRange told_within(std::size_t i) const {
    constexpr std::size_t fewest = 4, credit = 6;  // words
    const ByteRange line = ranges_[i], nothing{line.end, line.end};
    if (!lines_[i] || lines_[i]->words < fewest) return nothing;
    const std::string_view raw = view(text_, line);
    std::size_t begin = past_buttons(raw);
    if (begin == 0) begin = past_gallery(raw);
    std::size_t end = raw.rfind(". ");
    end = ends_as_sentence(raw) || end == std::string_view::npos ? raw.size() : end + 1;
    if (begin == 0 || begin >= end || !is_capital(raw[begin])) return nothing;
    const Line told = read_line(
        text_, {static_cast<std::uint32_t>(line.begin + begin), static_cast<std::uint32_t>(line.begin + end)});
    bool of_the_page = false;
    each_word(told.normal, [&](std::size_t, std::string_view word) {
      const Entry* entry = lexicon().find(word);
      of_the_page = of_the_page || (entry != nullptr && entry->weight > 1);
    });
    const auto behind = std::count(raw.begin() + static_cast<std::ptrdiff_t>(end), raw.end(), ' ');
    if (!told.sentence || told.words < fewest || of_the_page || static_cast<std::size_t>(behind) > credit)
      return nothing;
    return told.range;
  }

  static bool is_capital(char c) { return (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

  // Past two names of places to share at, or more: "Facebook Twitter "; 0 without them.
  static std::size_t past_buttons(std::string_view raw) {
    constexpr int plain = 3;  // a word that hardly anything but a page says
    std::size_t begin = 0, buttons = 0;
    for (std::size_t end = raw.find(' '); end != std::string_view::npos; end = raw.find(' ', begin)) {
      const Entry* entry = lexicon().find(normal_form(raw.substr(begin, end - begin)));
      if (entry == nullptr || entry->weight < plain || !is_capital(raw[begin])) break;
      begin = end + 1;
      ++buttons;
    }
    return buttons >= 2 ? begin : 0;
  }

  // Past a word, a colon and the headline: "Photos: Bridge shut "; 0 without them.
  std::size_t past_gallery(std::string_view raw) const {
    const std::size_t colon = raw.substr(0, 20).find(": ");
    std::string_view title = article_.title;
    while (title.ends_with(' ')) title.remove_suffix(1);
    if (colon == std::string_view::npos || title.size() < 12) return 0;
    const std::size_t end = colon + 2 + title.size();
    return raw.substr(colon + 2).starts_with(title) && end < raw.size() && raw[end] == ' ' ? end + 1 : 0;
  }

  static bool is_date_stamp(const Line& line) {
    if (line.words > 16) return false;
    bool digits = false, other = false;
    each_word(line.normal, [&](std::size_t, std::string_view word) {
      digits = digits || word == "#";
      const Entry* entry = word == "#" ? nullptr : lexicon().find(word);
      other = other || (word != "#" && (entry == nullptr || !entry->roles.any(stamps)));
    });
    return digits && !other;
  }

  // "By Ada Renn and Gazette staff in Lidra".
  void byline(std::size_t i) {
    const Line& line = *lines_[i];
    const std::string_view raw = view(text_, line.range);
    if (!article_.author.empty() && line.normal == normal_form(article_.author)) {
      reasons_[i] = "byline";
      return;
    }
    if (!at_edge(i) || line.sentence || line.words > 14 || line.words < 2 ||
        !opens_with(line.normal, lang::Role::opens_byline))
      return;
    std::size_t begin = raw.find(' ') + 1;
    while (begin < raw.size()) {
      std::size_t end = raw.find_first_of(" ,|/", begin);
      if (end == std::string_view::npos) end = raw.size();
      if (end > begin) {
        const std::string word = normal_form(raw.substr(begin, end - begin));
        const lang::Roles roles = english().roles(word);
        const bool in_full =  // "Jan" may be a person
            word.size() > 3 || (roles.has(lang::Role::month) && !roles.has(lang::Role::abbr_number));
        if ((in_full && roles.any(months_and_days)) || word.find('#') != std::string::npos) return;
        const char c = raw[begin];
        const bool capital = (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
        if (!capital && !lexicon().is(word, lang::Role::byline_word)) return;
      }
      begin = end + 1;
    }
    reasons_[i] = "byline";
  }

  // The share of a line's content words that the rest of the article, or its title, uses too.
  // A page of nothing but such lines would take a search of it for each of them: past a bound, a line counts as told.
  double told(std::size_t i) {
    const Line& line = *lines_[i];
    if (searched_ > (std::size_t{1} << 20) + 64 * text_.size()) return 1.0;
    if (rest_.empty()) {
      rest_ = title_ + '\n';
      for (const ByteRange r : ranges_) {
        rest_starts_.push_back(rest_.size());
        rest_ += normal_form(view(text_, r));
        rest_ += '\n';
      }
    }
    const std::size_t own_begin = rest_starts_[i];
    const std::size_t own_end = i + 1 < rest_starts_.size() ? rest_starts_[i + 1] : rest_.size();
    std::size_t content = 0, found = 0;
    each_word(line.normal, [&](std::size_t, std::string_view word) {
      if (word.size() < 4 || lexicon().is(word, lang::Role::page_stop) || source_.find(word) != std::string::npos)
        return;
      const Entry* entry = lexicon().find(word);
      if (entry != nullptr && (entry->weight > 0 || entry->roles.has(lang::Role::appeal))) return;
      ++content;
      const std::string_view stem = word.size() <= 5 ? word : word.substr(0, std::max<std::size_t>(5, word.size() - 2));
      std::size_t at = rest_.find(stem);
      for (; at != std::string::npos; at = rest_.find(stem, at + 1)) {
        if (at >= own_begin && at < own_end) {
          at = own_end - 1;
          continue;
        }
        if (at != 0 && is_word_byte(rest_[at - 1])) continue;
        ++found;
        break;
      }
      searched_ += std::min(at, rest_.size());
    });
    return content == 0 ? 0.0 : static_cast<double>(found) / static_cast<double>(content);
  }

  // A short line that speaks of the page, the outlet, its offers or the reader, and of nothing that the article tells.
  void speaks_of_the_page(std::size_t i) {
    const Line& line = *lines_[i];
    if (line.words > 22 || line.clock || line.quoted || line.words == 0 || is_date_stamp(line)) return;
    const std::string_view s = line.normal;
    int words = 0, weight = 0;
    bool verb = false, reader = false, us = false, tells = false, past = false, period = false, times = false;
    std::string seen;
    const bool future_of_others = !opens_with(s, lang::Role::page_itself);
    each_word(s, [&, first = true, before = static_cast<const Entry*>(nullptr)](std::size_t at,
                                                                                std::string_view word) mutable {
      const auto has = Lexicon::has;
      ++words;
      const Entry* entry = lexicon().find(word);
      if (entry != nullptr) {
        const bool appeals = has(entry, lang::Role::appeal);
        if (first && appeals && !s.substr(at + word.size()).starts_with(':')) verb = true;
        if (entry->weight != 0 && !(first && appeals)) {
          weight += entry->weight;
          seen += fmt::format("{}{}", seen.empty() ? "" : ", ", word);
        }
      }
      reader = reader || has(entry, lang::Role::reader_word);
      us = us || has(entry, lang::Role::our_word);
      const bool passive =
          has(before, lang::Role::present_be) || (has(before, lang::Role::infinitive_be) && !future_of_others);
      tells = tells || (!first && has(entry, lang::Role::telling));
      past = past || (word.size() > 4 && word.ends_with("ed") && !first && !passive &&
                      (entry == nullptr || entry->weight == 0));
      period = period || (has(before, lang::Role::each_one) && has(entry, lang::Role::how_often));
      times = times || has(entry, lang::Role::span_of_time);
      before = entry;
      first = false;
    });
    if (times && names_money(view(text_, line.range))) period = true;
    const double own = names_outlet(line);
    double score = std::min(weight, 5) + own;
    const PageScore& of = page_score;
    score += verb ? of.appeal : 0.0;
    score += reader ? of.reader : 0.0;
    score += us ? of.outlet : 0.0;
    score += period ? of.period : 0.0;
    score += !line.sentence ? of.no_sentence : 0.0;
    score += at_end(i) ? of.at_end : at_edge(i) ? of.at_edge : 0.0;
    score += i > last_full_ && !line.sentence && full_lines_ >= 3 ? of.nothing_below : 0.0;
    score -= tells || (past && line.sentence) ? of.tells : past ? of.past : 0.0;
    score -= line.bullet ? of.bullet : 0.0;
    score -= line.question && weight < 3 && !verb && !reader ? of.question : 0.0;
    score -= std::max(0, words - of.long_line) * of.word;
    // At the edge of a page of sentences, a line that is none and shares no word with them.
    const bool label = s.find(':') != std::string_view::npos, digits = s.find('#') != std::string_view::npos;
    const bool strange = at_edge(i) && !line.sentence && !line.bullet && words <= 10 && full_lines_ >= 3 &&
                         (!digits || period || (!label && words <= 6)) &&
                         !(i < first_full_ && opens_with(s, lang::Role::opens_heading));
    if (score < (strange ? of.bound - of.strange_alone : line.sentence ? of.bound : of.bound - of.line_alone)) return;
    const double shared = told(i);
    if (strange && shared == 0) score += of.strange_alone;
    if (!strange && !line.sentence && !line.bullet && shared == 0) score += of.line_alone;
    score -= of.told * shared;
    if (score < of.bound) return;
    if (weight == 0 && line.sentence && is_word_of_the_language(source_)) return;
    if (weight == 0 && own == 0) {
      reasons_[i] = "shares nothing with the article";
      return;
    }
    reasons_[i] = own > 0 && weight == 0 ? "names the outlet" : fmt::format("speaks of the page: {}", seen);
  }

  // "World | Africa", "Arts | 2 min": the way to this page, above its first sentence, or to others, below its last.
  void section_line(std::size_t i) {
    const Line& line = *lines_[i];
    if (line.sentence || line.bullet || line.quoted || line.clock || line.question || line.words > 8) return;
    for (const std::string_view mark : {" | ", " > ", " \u00BB ", " \u203A "}) {
      if (view(text_, line.range).find(mark) != std::string_view::npos) reasons_[i] = "sections of the site";
    }
  }

  // What stands below the last sentence of a page of sentences and is none: no heading, since it heads nothing. Lists and
  // tables stay.
  void below_the_text(std::size_t i) {
    const Line& line = *lines_[i];  // longer ones are full lines
    const bool may_tell = line.sentence || line.bullet || line.quoted || line.clock || line.question ||
                          holds_contracted_verb(line.normal);
    const std::size_t below = ranges_.size() - last_full_ - 1;
    if (may_tell || full_lines_ < 5 || line.words > (2 * below < full_lines_ ? 20 : 10) ||
        line.normal.find('#') != std::string::npos)
      return;
    reasons_[i] = "no sentence, below the last one";
  }

  // How plainly a line names its outlet: in full, or by the part of the name that is not the event's.
  double names_outlet(const Line& line) const {
    if (source_.size() < 3) return 0;
    const std::string_view raw = view(text_, line.range);
    const std::size_t at = line.normal.find(source_);
    // "The tunnel will reopen" does not name the Tunnel.
    if (at != std::string::npos && (at == 0 || !is_word_byte(line.normal[at - 1])))
      return raw.find(source_) == std::string_view::npos ? 3 : 0;
    double best = 0;
    const std::size_t last = source_.rfind(' ');
    if (last == std::string::npos) return 0;
    const std::size_t second = source_.find(' ', source_.find(' ') + 1);
    if (second != std::string::npos && line.normal.find(source_.substr(0, second)) != std::string::npos) return 2;
    if (initials_.size() >= 3 && raw.find(initials_) != std::string_view::npos) return 2;
    const std::string tail = source_.substr(last + 1);
    std::string capital = tail;
    if (capital[0] >= 'a' && capital[0] <= 'z') capital[0] = static_cast<char>(capital[0] - 'a' + 'A');
    const std::size_t found = raw.find(capital);
    if (found != std::string_view::npos) best = found == 0 ? 1 : 2;  // its first word is a capital anyhow
    return best;
  }

  static bool opens_with(std::string_view normal, lang::Role role) {
    for (std::size_t end = normal.find(' '); end != std::string_view::npos && end < 16;
         end = normal.find(' ', end + 1)) {
      if (lexicon().is(normal.substr(0, end), role)) return true;
    }
    return false;
  }

  // "The Bridge will open in June" need not speak of an outlet that is called Bridge.
  static bool is_word_of_the_language(const std::string& name) {
    if (name.find(' ') != std::string::npos) return false;
    const std::vector<Term> terms = stem_terms(fold_words(name));
    return !terms.empty() && is_ordinary_word(terms.front());
  }

  static bool names_money(std::string_view raw) {
    const auto held = [&](std::string_view sign) { return raw.find(sign) != std::string_view::npos; };
    static constexpr std::string_view signs[] = {"$", "\u00A3", "\u20AC", "\u00A5"};
    return std::any_of(std::begin(signs), std::end(signs), held) ||
           std::any_of(lexicon().money.begin(), lexicon().money.end(), held);
  }

  const Article& article_;
  std::string_view text_;
  std::string initials_;                                         // of the source
  std::string source_, title_;                                   // in normal form
  std::vector<ByteRange> ranges_;                                // of all lines that are not blank
  std::vector<std::optional<Line>> lines_;                       // nullopt: too long to be furniture
  std::vector<std::string> reasons_;                             // empty: body
  std::size_t first_full_ = 0, last_full_ = 0, full_lines_ = 0;  // lines that are full sentences
  std::string rest_;                                             // title and all lines in normal form
  std::vector<std::size_t> rest_starts_;
  std::size_t searched_ = 0;  // bytes of rest_, by told()
};

// Hashes of the longer words of a text, sorted: enough to tell whether two articles are about the same thing.
std::vector<std::uint64_t> topic_of(const Article& article) {
  std::vector<std::uint64_t> out;
  each_word(normal_form(article.text.substr(0, 20000)), [&](std::size_t, std::string_view word) {
    if (word.size() >= 5) out.push_back(hash_bytes(word));
  });
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

constexpr double unrelated_share = 0.3;  // 0 .. 1, of the smaller one's words

// Measured on gold/dev: articles of one story share 0.1 to 0.9 of the smaller one's words, half of them over 0.33; one
// source's articles on events of one kind 0.2 to 0.5, on different things under 0.2.
bool unrelated(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  std::size_t shared = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (*x == *y)
      ++shared, ++x, ++y;
    else if (*x < *y)
      ++x;
    else
      ++y;
  }
  return static_cast<double>(shared) < unrelated_share * static_cast<double>(std::min(a.size(), b.size()));
}

// No longer word in common.
bool unrelated_titles(const Article& a, const Article& b) {
  std::vector<std::uint64_t> words;
  each_word(normal_form(a.title), [&](std::size_t, std::string_view word) {
    if (word.size() >= 4) words.push_back(hash_bytes(word));
  });
  bool shared = words.empty();
  each_word(normal_form(b.title), [&](std::size_t, std::string_view word) {
    shared = shared || std::find(words.begin(), words.end(), hash_bytes(word)) != words.end();
  });
  return !shared && !b.title.empty();
}

// Adds the sentences by which one source ends two articles of unrelated titles: an offer, a notice. Two lines or a long one, with a
// text of its own above them. What such articles share makes them look related, so their words are not asked.
void add_repeated_tails(const Corpus& corpus, const std::vector<std::vector<ShortLine>>& lines,
                        std::vector<std::vector<Furniture>>& out) {
  const auto tail = [&](std::uint32_t a) {  // its lines from the last one upwards, without a gap
    std::vector<ShortLine> t;
    for (std::size_t l = lines[a].size(); l-- > 0 && lines[a][l].below == t.size();) t.push_back(lines[a][l]);
    return t;
  };
  boost::unordered_flat_map<std::uint64_t, std::uint32_t> first;  // of each source and last line
  std::vector<std::size_t> found(lines.size(), 0);                // lines of the tail
  for (std::uint32_t a = 0; a < lines.size(); ++a) {
    if (lines[a].empty() || lines[a].back().below != 0) continue;
    const auto [at, fresh] = first.emplace(hash_bytes(corpus[a].source) ^ lines[a].back().hash, a);
    if (fresh || !unrelated_titles(corpus[at->second], corpus[a])) continue;
    const std::vector<ShortLine> mine = tail(a), other = tail(at->second);
    std::size_t same = 0;
    while (same < mine.size() && same < other.size() && mine[same].hash == other[same].hash) ++same;
    if (same == 0 || (same == 1 && mine[0].range.size() < 40)) continue;
    if (same >= lines[a].size() || same >= lines[at->second].size()) continue;
    found[a] = std::max(found[a], same);
    found[at->second] = std::max(found[at->second], same);
  }
  for (std::uint32_t a = 0; a < lines.size(); ++a) {
    for (std::size_t k = 0; k < found[a]; ++k) {
      const ByteRange range = lines[a][lines[a].size() - 1 - k].range;
      const bool known =
          std::any_of(out[a].begin(), out[a].end(), [&](const Furniture& f) { return f.range == range; });
      if (!known) out[a].push_back({range, "repeated by this source"});
    }
  }
}

// Adds the lines that one source repeats in articles that are not about the same thing: in two, when they stand at the
// edge of the page and are no sentences; else in three, and in a tenth of all that the source has here.
void add_repeated_lines(const Corpus& corpus, const std::vector<std::vector<ShortLine>>& lines,
                        std::vector<std::vector<Furniture>>& out) {
  struct Entry {
    std::uint64_t source, hash;
    std::uint32_t article, line;
    auto key() const { return std::pair(source, hash); }
  };
  std::vector<Entry> entries;
  boost::unordered_flat_map<std::uint64_t, std::size_t> articles_of;
  for (std::uint32_t a = 0; a < lines.size(); ++a) {
    const std::uint64_t source = hash_bytes(corpus[a].source);
    ++articles_of[source];
    for (std::uint32_t l = 0; l < lines[a].size(); ++l) entries.push_back({source, lines[a][l].hash, a, l});
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& x, const Entry& y) {
    return std::tuple(x.source, x.hash, x.article, x.line) < std::tuple(y.source, y.hash, y.article, y.line);
  });
  std::unordered_map<std::uint32_t, std::vector<std::uint64_t>> topics;  // nodes: references to them stay good
  const auto topic = [&](std::uint32_t a) -> const std::vector<std::uint64_t>& {
    auto& t = topics[a];
    if (t.empty()) t = topic_of(corpus[a]);
    return t;
  };
  for (std::size_t begin = 0, end; begin < entries.size(); begin = end) {
    end = begin + 1;
    while (end < entries.size() && entries[end].key() == entries[begin].key()) ++end;
    if (end - begin < 2) continue;
    bool open = true;
    std::vector<std::uint32_t> apart;  // articles of which no two are about the same thing; three are enough
    std::size_t count = 0, looked = 0;
    for (std::size_t e = begin; e < end; ++e) {
      const Entry& x = entries[e];
      open = open && lines[x.article][x.line].open;
      if (e != begin && entries[e - 1].article == x.article) continue;
      ++count;
      if (apart.size() >= 3 || ++looked > 64) continue;
      const std::vector<std::uint64_t>& mine = topic(x.article);
      bool alone = true;
      for (const std::uint32_t a : apart) alone = alone && unrelated(mine, topic(a));
      if (alone) apart.push_back(x.article);
    }
    if (apart.size() < (open ? 2u : 3u) || (!open && count * 10 < articles_of[entries[begin].source])) continue;
    for (std::size_t e = begin; e < end; ++e) {
      const Entry& x = entries[e];
      out[x.article].push_back({lines[x.article][x.line].range, "repeated by this source"});
    }
  }
  add_repeated_tails(corpus, lines, out);
  for (auto& furniture : out) {
    std::sort(furniture.begin(), furniture.end(),
              [](const Furniture& x, const Furniture& y) { return x.range < y.range; });
  }
}

}  // namespace

std::vector<Furniture> find_furniture(const Article& article) { return PageReader(article).find(); }

std::vector<std::vector<Furniture>> find_furniture(const Corpus& corpus, unsigned threads) {
  std::vector<std::vector<Furniture>> out(corpus.size());
  std::vector<std::vector<ShortLine>> short_lines(corpus.size());
  parallel_for(corpus.size(), threads, [&](std::size_t i) {
    PageReader page(corpus.articles()[i]);
    out[i] = page.find();
    if (!corpus.articles()[i].source.empty()) short_lines[i] = page.short_lines();
  });
  add_repeated_lines(corpus, short_lines, out);
  return out;
}

}  // namespace storymerge

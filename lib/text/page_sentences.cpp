#include "text/page_sentences.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "support/line_end.h"
#include "text/characters.h"
#include "text/page_words.h"

namespace storymerge {
namespace {

// In words, where nothing else is said.
struct Tuning {
  std::size_t credit = 9;                         // a credit in brackets is no longer
  std::size_t contact = 12;                       // nor a line with an address
  std::size_t heading = 4, heading_of_words = 8;  // a heading; one that tells nothing
  std::size_t speaker = 6;
  std::size_t turn = 48;  // bytes of a name before what somebody says
  std::size_t turns = 4;  // paragraphs that open so
  std::size_t caption = 25;
  std::size_t appeal = 20;  // a sentence that asks the reader to do something with the page
  std::size_t person = 30;  // one that says who wrote it
  std::size_t photographer = 4;
  std::size_t label = 3;                   // what stands above an address
  std::size_t first_sentences = 4;         // where a dateline without an agency may stand
  std::size_t dateline = 70, agency = 24;  // bytes
} constexpr tuning;

std::string_view view(std::string_view text, ByteRange r) { return text.substr(r.begin, r.size()); }

bool is_capital(std::string_view word) {
  const Letter letter = letter_case(decode(word, 0).code);
  return letter == Letter::upper;
}

// Words of a piece: runs between blanks.
std::vector<std::string_view> words_of(std::string_view s) {
  std::vector<std::string_view> out;
  out.reserve(s.size() / 4);
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  for (std::size_t i = 0; i < s.size();) {
    std::size_t end = i;
    while (end < s.size() && !blank(s[end])) ++end;
    if (end > i) out.push_back(s.substr(i, end - i));
    i = end + 1;
  }
  return out;
}

std::string_view without(std::string_view s, std::string_view marks) {
  while (!s.empty() && marks.find(s.front()) != std::string_view::npos) s.remove_prefix(1);
  while (!s.empty() && marks.find(s.back()) != std::string_view::npos) s.remove_suffix(1);
  return s;
}

// No small letter among the letters, and two capitals.
bool all_capitals(std::string_view s) {
  std::size_t upper = 0;
  for (std::size_t i = 0; i < s.size();) {
    const Character c = decode(s, i);
    const Letter letter = letter_case(c.code);
    if (letter == Letter::lower) return false;
    upper += letter == Letter::upper;
    i += c.length;
  }
  return upper >= 2;
}

// Every word begins with a capital, short ones aside: a name, a title.
bool all_titled(const std::vector<std::string_view>& words) {
  std::size_t capitals = 0;
  for (const std::string_view w : words) {
    const std::string_view word = without(w, "(),.;:/\"'-");
    if (word.empty()) continue;
    const bool capital = is_capital(word);
    capitals += capital;
    if (!capital && word.size() > 3) return false;
  }
  return capitals != 0;
}

bool is_host(std::string_view word) {
  word = without(word, ".,;:()[]");
  if (word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.") ||
      word.starts_with("pic.twitter.com"))
    return true;
  const std::size_t dot = word.find('.');
  if (dot == std::string_view::npos || dot == 0 || word.find('@') != std::string_view::npos) return false;
  for (const std::string_view top : {".com", ".org", ".net", ".edu", ".gov", ".gl", ".ly", ".io"}) {
    const std::size_t at = word.find(top, dot);
    if (at != std::string_view::npos && (at + top.size() == word.size() || word[at + top.size()] == '/')) return true;
  }
  return false;
}

// What is_host, is_mail and handles need: an "@", or a full stop or colon inside a word.
bool may_hold_address(std::string_view s) {
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '@') return true;
    if ((s[i] == '.' || s[i] == ':') && i + 1 < s.size() && s[i + 1] > ' ') return true;
  }
  return false;
}

bool is_mail(std::string_view word) {
  const std::size_t at = word.find('@');
  return at != std::string_view::npos && at > 0 && word.find('.', at) != std::string_view::npos;
}

class PageSentences {
 public:
  PageSentences(const Article& article, std::span<const Sentence> sentences)
      : text_(article.text), author_(article.author), source_(outlet_of(article.source)), sentences_(sentences) {}

  std::vector<Furniture> find() {
    for (std::size_t i = 0; i < sentences_.size(); ++i) {
      const ByteRange r = sentences_[i].range;
      const std::string_view s = view(text_, r);
      if (const char* reason = whole(i, s)) {
        add(r, reason);
      } else if (const std::size_t end = dateline(i, s); end != 0) {
        add({r.begin, static_cast<std::uint32_t>(r.begin + end)}, "dateline");
      } else if (const std::size_t sign = signature(s); sign != std::string_view::npos) {
        add({static_cast<std::uint32_t>(r.begin + sign), r.end}, "signature");
      } else if (const std::size_t begin = credit_at_end(s); begin != 0) {
        add({static_cast<std::uint32_t>(r.begin + begin), r.end}, "credit");
      }
    }
    gallery();
    between();
    turns();
    return std::move(out_);
  }

 private:
  void add(ByteRange range, std::string reason) { out_.push_back({range, std::move(reason)}); }

  bool alone(std::size_t i) const {  // in its paragraph
    const auto same = [&](std::size_t k) { return sentences_[k].paragraph == sentences_[i].paragraph; };
    return !(i > 0 && same(i - 1)) && !(i + 1 < sentences_.size() && same(i + 1));
  }
  // Are there other paragraphs? One that stands alone has no page around it.
  bool surrounded() const { return sentences_.front().paragraph != sentences_.back().paragraph; }
  bool first(std::size_t i) const { return i == 0 || sentences_[i - 1].paragraph != sentences_[i].paragraph; }

  // Why a whole sentence is furniture; null when it is not.
  const char* whole(std::size_t i, std::string_view s) const {
    if (s.front() == '[' && s.find(']') + 2 >= s.size()) return "link in brackets";
    if (s.front() == '(' && credits(s)) return "credit";
    const std::vector<std::string_view> words = words_of(s.substr(0, 600));
    if (surrounded() && may_hold_address(s) && contact(words)) return "address";
    if (signature(s) == 0) return "signature";
    if (own_post(s, words)) return "post of the outlet";
    if (photo_credit(words)) return "credit";
    const std::string normal = normal_form(s);
    if (s.size() <= 400 && says_page(normal)) return "cue of a sentence";
    if (appeals(s, normal, words)) return "asks the reader";
    if (only_time(s)) return "time";
    if (presents_writer(i, normal, words)) return "about the writer";
    if (!alone(i)) return nullptr;
    if (caption(s, words)) return "caption with its credit";
    if (s.ends_with(':') && opens_as_heading(s)) return "heading";
    if (words_in_brackets_of_speaker(s)) return speaker_label;
    if (s.ends_with(':') && words.size() <= tuning.speaker &&
        (all_capitals(s) || (words.size() >= 2 && all_titled(words))) && i + 1 < sentences_.size())
      return "label of what follows";
    if (heading(i, s, normal, words)) return "heading";
    return nullptr;
  }

  // "edition.cnn.com" is CNN, "news.example.co.uk" is Example; a name stays.
  static std::string outlet_of(std::string_view source) {
    if (source.find(' ') != std::string_view::npos || source.find('.') == std::string_view::npos)
      return normal_form(source);
    std::string_view host = source.substr(0, source.rfind('.'));
    for (const std::string_view second : {".co", ".com", ".org", ".net"}) {
      if (host.ends_with(second)) host.remove_suffix(second.size());
    }
    return normal_form(host.substr(host.rfind('.') + 1));
  }

  // A post in which the outlet shows its own article: signed by it, with a link.
  bool own_post(std::string_view s, const std::vector<std::string_view>& words) const {
    const std::size_t sign = signature(s);
    if (sign == std::string_view::npos || source_.empty() || std::none_of(words.begin(), words.end(), links_out))
      return false;
    const std::string by = normal_form(s.substr(sign, s.find("(@", sign) - sign));
    return without(by, "- ") == source_;
  }
  static bool links_out(std::string_view word) { return word.find("://") != std::string_view::npos; }

  // "REUTERS/Ada Renn".
  static bool photo_credit(const std::vector<std::string_view>& words) {
    if (words.empty() || words.size() > tuning.photographer || words.back().ends_with('.') || !all_titled(words))
      return false;
    const std::size_t slash = words.front().find('/');
    return slash != std::string_view::npos && slash > 1 && slash + 2 < words.front().size() &&
           is_ascii_upper(words.front()[0]) && is_ascii_upper(words.front()[slash + 1]) &&
           words.front().find_first_of("0123456789/", slash + 1) == std::string_view::npos;
  }

  // "What we know so far:".
  static bool opens_as_heading(std::string_view s) {
    const std::string normal = normal_form(s.substr(0, 80));
    const std::string_view word = view(normal, next_word(normal, 0));
    return lexicon().is(word, lang::Role::opens_heading) && !lang::Language::of("").is(word, lang::Role::definite);
  }

  // "ADA RENN: (Speaking German)."
  static bool words_in_brackets_of_speaker(std::string_view s) {
    const std::size_t colon = s.find(": (");
    return colon != std::string_view::npos && colon < s.size() / 2 + 20 && all_capitals(s.substr(0, colon)) &&
           without(s, ".").ends_with(')') && s.find(')') + 2 >= s.size();
  }

  // Nothing but credits in brackets.
  static bool credits(std::string_view s) {
    while (s.starts_with('(')) {
      const std::size_t close = s.find(')');
      if (close == std::string_view::npos || !credit(s.substr(0, close + 1))) return false;
      s.remove_prefix(close + 1);
      while (!s.empty() && (s.front() == ' ' || s.front() == '.')) s.remove_prefix(1);
    }
    return s.empty();
  }

  // "REUTERS/Ammar Awad", and a caption without a full stop that ends so, or with such a thing in brackets.
  static bool caption(std::string_view s, const std::vector<std::string_view>& words) {
    if (words.size() > tuning.caption || ends_as_sentence(without(s, ")"))) return false;
    if (s.ends_with(')')) {
      const std::size_t open = s.rfind('(');
      return open != std::string_view::npos && open > 0 && s.find('/', open) != std::string_view::npos &&
             credit(s.substr(open));
    }
    const std::string_view last =
        words.size() >= 2 && words.back().find('/') == std::string_view::npos ? words[words.size() - 2] : words.back();
    const std::size_t slash = last.find('/');
    return slash != std::string_view::npos && slash > 1 && slash + 2 < last.size() &&
           last.find('/', slash + 1) == std::string_view::npos && is_ascii_letter(last[slash - 1]) &&
           is_ascii_upper(last[slash + 1]) && is_ascii_upper(words.back()[0]) &&
           std::any_of(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(slash), is_ascii_upper);
  }

  // What stands in brackets of its own is a credit when it says so, names two houses, or is all names or all capitals.
  static bool credit(std::string_view s) {
    const std::string_view inner = without(s, "().");
    const std::vector<std::string_view> words = words_of(inner);
    if (words.empty()) return false;
    bool says = false;
    std::size_t looked = 0;
    each_word(normal_form(inner.substr(0, 200)), [&](std::size_t, std::string_view word) {
      says = says || (++looked <= 40 && lexicon().is(word, lang::Role::credit_word));
    });
    const bool digits = std::any_of(inner.begin(), inner.end(), is_ascii_digit);
    if (all_capitals(inner)) return !digits;  // not "(1935 GMT)"
    if (words.size() > tuning.credit)
      return says && inner.find(';') != std::string_view::npos;  // (Reporting by …; editing by …)
    if (says) return true;
    const std::size_t slash = inner.find('/');
    if (slash != std::string_view::npos && slash > 0 && !is_ascii_digit(inner[slash - 1])) return all_titled(words);
    return all_titled(words) && !digits;
  }

  // An address to write or go to, and little else.
  static bool contact(const std::vector<std::string_view>& words) {
    std::size_t hosts = 0, mails = 0, handles = 0;
    for (const std::string_view w : words) {
      hosts += is_host(w);
      mails += is_mail(w);
      handles += w.size() > 2 && without(w, "(,.;:").starts_with('@');
    }
    if (mails != 0) return words.size() <= 2 * tuning.contact;
    const bool digits =
        !words.empty() && is_ascii_digit(words.front().front());  // "8 p.m., observatory.example": when and where
    return hosts + handles != 0 && !digits && words.size() <= 3 + hosts + handles;
  }

  // "— Neil deGrasse Tyson (@neiltyson) December 3, 2017": where the signature of an embedded post begins; npos without one. The post
  // itself is somebody's words.
  static std::size_t signature(std::string_view s) {
    const std::size_t handle = s.find("(@");
    if (handle == std::string_view::npos) return handle;
    const std::size_t close = s.find(')', handle), dash = s.rfind("\u2014", handle);
    return close != std::string_view::npos && s.size() - close < 40 ? dash : std::string_view::npos;
  }

  // "View all newsletters.", "Read her columns and follow her @somebody": what pages tell their readers to do.
  static bool appeals(std::string_view s, std::string_view normal, const std::vector<std::string_view>& words) {
    if (words.size() > tuning.appeal || s.front() == '"' || s.starts_with("\u201C")) return false;
    const ByteRange first = next_word(normal, 0);
    if (!lexicon().is(view(normal, first), lang::Role::appeal)) return false;
    bool tells = false;
    int weight = 0;
    each_word(normal.substr(first.end), [&](std::size_t, std::string_view word) {
      const Entry* entry = lexicon().find(word);
      if (entry == nullptr) return;
      weight = std::max(weight, entry->weight);
      tells = tells || entry->roles.has(lang::Role::telling);
    });
    const bool handle =
        std::any_of(words.begin(), words.end(), [](std::string_view w) { return w.size() > 2 && w.starts_with('@'); });
    return !tells && (weight >= 3 || handle) && words.front().size() > 2 && is_capital(words.front());
  }

  // "02:13", the length of a video or when an entry was posted.
  static bool only_time(std::string_view s) {
    return s.size() <= 8 && s.find(':') != std::string_view::npos && is_ascii_digit(s.front()) &&
           std::all_of(s.begin(), s.end(), [](char c) { return is_ascii_digit(c) || c == ':'; });
  }

  // "Kelly Wallace is CNN's digital correspondent …", at the edge of the page, with its outlet or its author in it.
  bool presents_writer(std::size_t i, const std::string& line, const std::vector<std::string_view>& words) const {
    const bool edge = sentences_[i].paragraph <= sentences_.front().paragraph + 1 ||
                      sentences_[i].paragraph + 1 >= sentences_.back().paragraph;
    if (!edge || words.size() > tuning.person || words.size() < 5 || !is_capital(words[0]) || !is_capital(words[1]))
      return false;
    const auto names = [&](const std::string& name) {
      const std::size_t at = name.size() >= 3 ? line.find(name) : std::string::npos;
      return at != std::string::npos && (at == 0 || !is_word_byte(line[at - 1]));
    };
    if (!(names(normal_form(author_)) || names(source_))) return false;
    bool person = false, is = false;
    std::size_t k = 0;
    each_word(line, [&](std::size_t, std::string_view word) {
      person = person || lexicon().is(word, lang::Role::newsroom_person);
      is = is || (k >= 1 && k <= 4 && lexicon().is(word, lang::Role::presents_person));
      ++k;
    });
    return person && is;
  }

  static bool says_page(std::string_view line) {
    bool found = false, opens = true;
    const auto try_word = [&](std::size_t at, std::string_view word) {
      const Entry* entry = found ? nullptr : lexicon().find(word);
      if (entry != nullptr) {
        for (const std::uint16_t c : entry->cues) {
          const Cue& cue = lexicon().cues[c];
          const std::size_t end = at + cue.phrase.size();
          const bool all = cue.place == Place::whole && opens && end + 1 == line.size() && line.ends_with('.');
          if (cue.place != Place::within && !(cue.place == Place::sentence && opens) && !all) continue;
          if (line.compare(at, cue.phrase.size(), cue.phrase) != 0 || (end < line.size() && is_letter(line[end])))
            continue;
          found = true;
          break;
        }
      }
      opens = false;
    };
    each_word(line, try_word);
    return found;
  }

  // A line of a few words between paragraphs, no sentence, no number, no item of a list.
  bool heading(std::size_t i, std::string_view s, std::string_view normal,
               const std::vector<std::string_view>& words) const {
    if (i == 0 || i + 1 == sentences_.size() || words.size() > tuning.heading_of_words || ends_as_sentence(s))
      return false;
    const char c = s.front();
    if (words.size() == 1 && c >= 'a' && c <= 'z' && std::none_of(s.begin(), s.end(), is_ascii_digit)) return true;
    if (c == '-' || c == '*' || c == '"' || c == '\'' || (c & 0x80) != 0) {
      const Letter letter = letter_case(decode(s, 0).code);
      if (letter != Letter::upper) return false;
    }
    if (std::any_of(s.begin(), s.end(),
                    [](char d) { return is_ascii_digit(d) || d == '|' || d == ':' || d == '#' || d == '@'; }))
      return false;
    const auto full = [&](std::size_t k) { return ends_as_sentence(view(text_, sentences_[k].range)); };
    if (!full(i - 1) || !full(i + 1)) return false;
    bool tells = false, asks = false, first = true;
    each_word(normal, [&](std::size_t, std::string_view word) {
      if (std::exchange(first, false)) asks = lexicon().is(word, lang::Role::opens_heading);  // "What we know"
      tells = tells || lexicon().is(word, lang::Role::telling);
    });
    return !asks && (words.size() <= tuning.heading || !(tells || holds_contracted_verb(normal)));
  }

  // "(CNN)", "ERIE, Pa. (AP) –", "WASHINGTON —": by whom and where it was filed, before the first words.
  std::size_t dateline(std::size_t i, std::string_view s) const {
    if (!first(i)) return 0;
    const Dash dash = dash_in(s.substr(0, tuning.dateline));
    std::string_view place = s.substr(0, dash.at);
    const std::size_t open = place.find('('), close = place.find(')');
    const bool filed = open < close && close != std::string_view::npos && close - open <= tuning.agency &&
                       all_titled(words_of(place.substr(open + 1, close - open - 1)));
    if (filed && dash.size == 0 && open == 0) return opens_report(s.substr(close + 1)) ? close + 1 : 0;
    if (dash.size == 0 || (filed && !without(place.substr(close + 1), " ").empty())) return 0;
    place = without(place.substr(0, filed ? open : place.size()), " ");
    const std::string_view town = place.substr(0, place.find(','));
    const bool in_capitals = i < tuning.first_sentences && all_capitals(town) && all_titled(words_of(place));
    const bool titled = place.empty() || all_titled(words_of(place));
    const std::size_t end = dash.at + dash.size;
    return (filed ? titled : in_capitals) && opens_report(s.substr(end)) ? end : 0;
  }

  // A dash between words: " - ", " -- ", " – ", " — ".
  struct Dash {
    std::size_t at, size;  // none: the text's end, 0
  };
  static Dash dash_in(std::string_view s) {
    Dash out{s.size(), 0};
    if (std::none_of(s.begin(), s.end(), [](char c) { return c == '-' || c == '\xE2'; })) return out;
    for (const std::string_view dash : {" - ", " -- ", " \u2013 ", " \u2014 "}) {
      const std::size_t at = s.find(dash);
      if (at < out.at) out = {at, dash.size() - 1};
    }
    return out;
  }

  // Words of a sentence, with the blank before them: a capital or a quotation mark, and small letters somewhere.
  static bool opens_report(std::string_view s) {
    if (s.size() < 2 || s.front() != ' ') return false;
    s.remove_prefix(1);
    const bool mark = s.front() == '"' || s.starts_with("\u201C") || s.starts_with("\u2018") || s.starts_with("\u201E");
    return (mark || is_capital(s)) && !all_capitals(s);
  }

  static std::size_t credit_at_end(std::string_view s) {
    const std::string_view tail = without(s, ".");
    if (!tail.ends_with(')')) return 0;
    const std::size_t open = tail.rfind('(');
    if (open == std::string_view::npos || open < 20) return 0;
    std::size_t before = open;
    while (before > 0 && s[before - 1] == ' ') --before;
    return ends_as_sentence(s.substr(0, before)) && s[before - 1] != ':' && s[before - 1] != ';' &&
                   credit(tail.substr(open))
               ? open
               : 0;
  }

  // "3/30 Orion capsule …": N of such a number; 0 when there is none.
  static std::size_t slide_of(std::string_view s) {
    std::size_t i = 0, total = 0;
    while (i < s.size() && i < 3 && is_ascii_digit(s[i])) ++i;
    if (i == 0 || i >= s.size() || s[i] != '/') return 0;
    for (++i; i < s.size() && is_ascii_digit(s[i]) && total < 1000; ++i)
      total = 10 * total + static_cast<std::size_t>(s[i] - '0');
    return i < s.size() && s[i] == ' ' ? total : 0;
  }

  // Slides of one gallery inside a text of its own: each with what follows it in its paragraph.
  void gallery() {
    std::vector<std::size_t> slides;
    for (std::size_t i = 0; i < sentences_.size(); ++i) {
      const std::size_t total = slide_of(view(text_, sentences_[i].range));
      if (total >= 3 && (slides.empty() || total == slide_of(view(text_, sentences_[slides.front()].range))))
        slides.push_back(i);
    }
    if (slides.size() < 3) return;
    std::vector<Furniture> more;
    for (const std::size_t first : slides) {
      std::size_t i = first;
      do more.push_back({sentences_[i].range, "gallery"});
      while (++i < sentences_.size() && sentences_[i].paragraph == sentences_[first].paragraph &&
             slide_of(view(text_, sentences_[i].range)) == 0);
    }
    if (more.size() + 3 > sentences_.size()) return;  // the gallery is the story
    std::vector<Furniture> all;
    std::merge(out_.begin(), out_.end(), more.begin(), more.end(), std::back_inserter(all),
               [](const Furniture& a, const Furniture& b) { return a.range < b.range; });
    out_.clear();
    for (Furniture& f : all) {
      if (out_.empty() || f.range.begin >= out_.back().range.end) out_.push_back(std::move(f));
    }
  }

  // "Lind: I asked them", "HOLM: We do not know yet": the label with its colon; 0 without one.
  static std::size_t turn_label(std::string_view s) {
    const std::size_t colon = s.substr(0, tuning.turn).find(": ");
    if (colon == std::string_view::npos || colon < 2) return 0;
    const std::string_view label = s.substr(0, colon);
    if (label.find_first_of(".,;:!?\"()0123456789") != std::string_view::npos) return 0;
    const std::vector<std::string_view> words = words_of(label);
    return words.size() <= tuning.speaker && all_titled(words) ? colon + 1 : 0;
  }

  // Who speaks in an interview or a transcript whose paragraphs open with names that come again and again.
  void turns() {
    std::vector<std::pair<std::string_view, ByteRange>> labels;
    for (std::size_t i = 0; i < sentences_.size(); ++i) {
      const std::string_view s = view(text_, sentences_[i].range);
      const std::size_t size = first(i) ? turn_label(s) : 0;
      if (size == 0 || size + 1 >= s.size()) continue;
      const std::uint32_t begin = sentences_[i].range.begin;
      labels.push_back({s.substr(0, size - 1), {begin, static_cast<std::uint32_t>(begin + size)}});
    }
    if (labels.size() < tuning.turns) return;
    std::map<std::string_view, std::size_t> times;
    for (const auto& [label, range] : labels) ++times[label];
    std::size_t again = 0;
    for (const auto& [label, n] : times) again += n > 1 ? n : 0;
    if (times.size() < 2 || 4 * again < 3 * labels.size()) return;
    std::vector<Furniture> all;
    std::size_t f = 0;
    for (const auto& [label, range] : labels) {
      while (f < out_.size() && out_[f].range.begin < range.begin) all.push_back(std::move(out_[f++]));
      const bool taken =
          (f < out_.size() && out_[f].range.begin < range.end) || (!all.empty() && all.back().range.end > range.begin);
      if (!taken) all.push_back({range, speaker_label});
    }
    while (f < out_.size()) all.push_back(std::move(out_[f++]));
    out_ = std::move(all);
  }

  // Short, nobody's words, and it reports nothing.
  static bool may_go_along(std::string_view s) {
    if (s.size() > 160 || s.front() == '"' || s.find("\u201C") != std::string_view::npos) return false;
    bool tells = false;
    each_word(normal_form(s),
              [&](std::size_t, std::string_view word) { tells = tells || lexicon().is(word, lang::Role::telling); });
    return !tells;
  }

  // What stands between two pieces of furniture of one paragraph is of their kind when it is short.
  void between() {
    std::vector<Furniture> more;
    std::size_t f = 0;
    std::vector<bool> taken(sentences_.size(), false);
    for (std::size_t i = 0; i < sentences_.size(); ++i) {
      while (f < out_.size() && out_[f].range.end <= sentences_[i].range.begin) ++f;
      taken[i] = f < out_.size() && out_[f].range == sentences_[i].range;
    }
    for (std::size_t first = 0, last; first < sentences_.size(); first = last) {  // most of a paragraph
      std::size_t found = 0;
      for (last = first; last < sentences_.size() && sentences_[last].paragraph == sentences_[first].paragraph; ++last)
        found += taken[last];
      if (found < 3 || 2 * found < last - first) continue;
      for (std::size_t i = first; i < last; ++i) {
        if (taken[i] || !may_go_along(view(text_, sentences_[i].range))) continue;
        more.push_back({sentences_[i].range, "among furniture"});
        taken[i] = true;
      }
    }
    for (std::size_t i = 0; i + 1 < sentences_.size(); ++i) {
      const std::string_view s = view(text_, sentences_[i].range);
      if (!taken[i] && taken[i + 1] && alone(i) && s.ends_with(':') && words_of(s).size() <= tuning.label) {
        more.push_back({sentences_[i].range, "label of furniture"});
        taken[i] = true;
      }
    }
    for (std::size_t i = 1; i + 1 < sentences_.size(); ++i) {
      const bool inside = sentences_[i - 1].paragraph == sentences_[i].paragraph &&
                          sentences_[i + 1].paragraph == sentences_[i].paragraph;
      if (!taken[i] && inside && taken[i - 1] && taken[i + 1] && sentences_[i].range.size() < 120)
        more.push_back({sentences_[i].range, "between furniture"});
    }
    const auto before = [](const Furniture& a, const Furniture& b) { return a.range < b.range; };
    std::sort(more.begin(), more.end(), before);
    std::erase_if(out_, [&](const Furniture& f) {  // pieces of sentences that go as a whole
      const auto next = std::upper_bound(more.begin(), more.end(), f.range.begin,
                                         [](std::uint32_t at, const Furniture& m) { return at < m.range.begin; });
      return next != more.begin() && (next - 1)->range.end >= f.range.end;
    });
    out_.insert(out_.end(), more.begin(), more.end());
    std::sort(out_.begin(), out_.end(), before);
  }

  std::string_view text_;
  std::string author_, source_;
  std::span<const Sentence> sentences_;
  std::vector<Furniture> out_;
};

}  // namespace

std::vector<Furniture> find_page_sentences(const Article& article, std::span<const Sentence> sentences) {
  return PageSentences(article, sentences).find();
}

}  // namespace storymerge

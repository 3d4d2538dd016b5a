#include "read/byline.h"

#include <algorithm>

#include "lang/language.h"
#include "lang/spelling.h"
#include "read/ascii.h"
#include "read/dates.h"
#include "read/element_names.h"
#include "read/openings.h"
#include "support/line_end.h"

namespace storymerge::read {
namespace {

constexpr std::size_t longest = 100;    // bytes of a line that names who wrote it
constexpr std::size_t most_words = 12;  // of it
constexpr std::size_t most_lines = 40;  // of an element that is looked at

bool is_capital_or_foreign(char c) { return (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; }

// What follows the name in one line goes: a date, a bar, what somebody is called on another site.
void cut_behind(std::string& out) {
  for (const std::string_view bar : {" | ", " \u2022 ", " \u00B7 ", " \u2013 ", " - ", " \u2014 ", " \u00BB "}) {
    if (const std::size_t at = out.find(bar); at != std::string::npos && at > 0) out.resize(at);
  }
  for (std::size_t comma = out.rfind(','); comma != std::string::npos;
       comma = comma == 0 ? std::string::npos : out.rfind(',', comma - 1)) {
    if (find_date(std::string_view(out).substr(comma + 1))) out.resize(comma);
  }
  for (std::size_t at = out.find(" @"); at != std::string::npos && at > 0; at = out.find(" @")) {
    const std::size_t end = out.find(' ', at + 1);
    out.erase(at, end == std::string::npos ? end : end - at);
  }
}

// May a line be a name, or names?
bool may_name(std::string_view line) {
  return !line.empty() && line.size() <= longest && count_words(line) <= most_words && !ends_as_sentence(line) &&
         std::any_of(line.begin(), line.end(), is_capital_or_foreign);
}

class LineCollector {
 public:
  std::vector<std::string> lines(const xmlNode* n) {
    walk(n, 0);
    flush();
    return std::move(out_);
  }

 private:
  static constexpr int deepest = 1'000;  // levels of elements: the parser makes more of what ends by itself

  void flush() {
    if (std::string line = clean_line(line_); !line.empty() && out_.size() < most_lines)
      out_.push_back(std::move(line));
    line_.clear();
  }
  void walk(const xmlNode* n, int depth) {
    if (out_.size() >= most_lines || depth > deepest) return;
    if (n->type == XML_TEXT_NODE && n->content != nullptr) {
      const std::string_view s = reinterpret_cast<const char*>(n->content);
      if (touches_ && !s.empty() && s.front() != ' ' && is_capital_or_foreign(s.front())) flush();
      touches_ = false;
      line_ += s;
      return;
    }
    if (n->type != XML_ELEMENT_NODE || never_text(n)) return;
    const std::string_view name = name_of(n);
    const bool apart = name == "br" || is_block(name);
    if (apart) flush();
    // <span>By Ada Renn</span><span>Reporter</span>: two lines to the eye.
    touches_ = !apart && !line_.empty() && line_.back() != ' ' && n->prev != nullptr &&
               n->prev->type == XML_ELEMENT_NODE && !is_capital_or_foreign(line_.back());
    for (const xmlNode* c = n->children; c != nullptr; c = c->next) walk(c, depth + 1);
    if (apart) flush();
  }

  std::string line_;
  std::vector<std::string> out_;
  bool touches_ = false;
};

void add_writer(std::string& out, const std::string& name) {
  if (name.empty() || out.find(name) != std::string::npos) return;
  out += (out.empty() ? "" : ", ") + name;
}

bool links_to_writer(const xmlNode* n) {
  if (name_of(n) != "a") return false;
  if (lower(attribute(n, "rel")).find("author") != std::string::npos) return true;
  const std::string link = lower(attribute(n, "href"));
  return link.find("/author") != std::string::npos || link.find("/profile/") != std::string::npos ||
         link.find("/by/") != std::string::npos || link.find("/people/") != std::string::npos;
}

}  // namespace

std::string clean_author(std::string_view text) {
  std::string out = clean_line(text);
  if (const std::size_t open = out.find('('); out.find('@') < open && open != std::string::npos)
    out = out.substr(open + 1, out.find(')', open) - open - 1);
  cut_behind(out);
  if (out.find("://") != std::string::npos || out.find('@') != std::string::npos || out.starts_with("www.")) return {};
  for (bool again = true; again;) {
    again = false;
    if (const std::size_t by = opening(out, lang::Role::opens_byline); by != 0) {
      out.erase(0, by);
      again = true;
    }
    for (const std::string_view front : {"|", "-", ",", " ", ":"}) {
      if (out.starts_with(front)) {
        out.erase(0, front.size());
        again = true;
      }
    }
  }
  while (out.ends_with(',') || out.ends_with(' ')) out.pop_back();
  if (find_date(out)) return {};
  return std::string(trimmed(out));
}

std::vector<std::string> shown_lines(const xmlNode* n) { return LineCollector().lines(n); }

bool may_name_writer(std::string_view s) {
  for (std::size_t i = 0; i + 4 <= s.size(); ++i) {
    const char c = s[i];
    if (c != 'u' && c != 'y' && c != 'r' && c != 'e') continue;
    const std::string_view part = s.substr(i, 4);
    if (part == "utho" || part == "utor" || part == "uteu" || part == "ylin" || part == "y-li" || part == "ritt" ||
        part == "erfa")
      return true;
  }
  return false;
}

bool names_writer(const xmlNode* n) {
  bool found = false;
  for (const std::string_view key : {"class", "id", "itemprop", "data-testid", "data-component", "data-testkey"}) {
    const std::string value = lower(attribute(n, key));
    for (const std::string_view part : {"byline", "by-line", "writtenby", "written-by", "autor", "auteur", "verfasser"})
      found = found || value.find(part) != std::string::npos;
    for (std::size_t at = value.find("author"); at != std::string::npos; at = value.find("author", at + 6))
      found = found || !value.substr(at + 6).starts_with("i");  // authority
  }
  return found;
}

std::string writers_in(const xmlNode* n) {
  std::string marked, linked;
  std::size_t looked = 0;
  each_element(const_cast<xmlNode*>(n), [&](xmlNode* e) {
    if (++looked > 200) return false;
    const auto name_in = [](const xmlNode* of) {
      const std::vector<std::string> lines = shown_lines(of);
      std::string name = lines.empty() ? std::string() : clean_author(lines.front());
      return may_name(name) ? name : std::string();
    };
    const bool is_name = e != n && (attribute(e, "itemprop") == "name" || has_name_word(e, {"name", "fn"}));
    if (is_name) add_writer(marked, name_in(e));
    if (links_to_writer(e)) add_writer(linked, name_in(e));
    return !is_name;
  });
  if (marked.size() > longest) marked.clear();
  if (!marked.empty()) return marked;
  std::vector<std::string> lines = shown_lines(n);
  std::string opened;  // "By" on a line of its own
  for (const std::string& line : lines) {
    std::string one = line;
    if (opening(one + " ", lang::Role::opens_byline) > one.size()) continue;
    const bool opens = opening(one, lang::Role::opens_byline) != 0;
    one = clean_author(one);
    if (!may_name(one)) continue;
    // Links say where a name ends, where the line goes on.
    if (!linked.empty() && one.find(linked.substr(0, linked.find(','))) != std::string::npos) return linked;
    if (opened.empty() || opens) opened = one;
    break;
  }
  return opened.empty() ? linked : opened;
}

std::string writers_of_line(std::string_view line) {
  if (const std::size_t bar = line.find(" | "); bar != std::string_view::npos && line.size() <= longest) {
    std::string before = writers_of_line(line.substr(0, bar));
    return before.empty() ? writers_of_line(line.substr(bar + 3)) : before;
  }
  if (line.size() > longest || ends_as_sentence(line)) return {};
  const std::size_t by = opening(line, lang::Role::opens_byline);
  if (by == 0) return {};
  std::string out = clean_author(line);
  if (!may_name(out)) return {};
  const lang::Language& english = lang::Language::of("en");
  std::size_t names = 0;
  for (std::size_t i = 0; i < out.size();) {
    const std::size_t end = std::min(out.find_first_of(" ,", i), out.size());
    if (end > i) {
      const std::string word = fold_spelling(out.substr(i, end - i));
      const bool capital = is_capital_or_foreign(out[i]);
      names += capital;
      if (std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; })) return {};
      if (!capital && !english.is(word, lang::Role::byline_word) && word.size() > 3 && names < 2) return {};
    }
    i = end + 1;
  }
  return names >= 2 || (names == 1 && count_words(out) >= 2) ? out : std::string();
}

}  // namespace storymerge::read

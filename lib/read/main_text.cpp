#include "read/main_text.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <optional>

#include "lang/language.h"
#include "read/ascii.h"
#include "read/byline.h"
#include "read/dates.h"
#include "read/element_names.h"
#include "read/openings.h"
#include "support/hash.h"
#include "support/line_end.h"

namespace storymerge::read {
namespace {

// Shares and lengths in bytes. Chosen on data/pages; none of them is sharp.
struct Tuning {
  std::size_t prose = 60, prose_item = 40;  // a block of so many bytes with few links is prose
  double prose_links = 0.35;
  double link_list = 0.5;      // a region of which so much is links is one of links
  double main_mass = 0.8;      // the main element holds so much of the prose above it
  double half_mass = 0.5;      // an element that holds the headline and so much, with nothing but teasers beside it
  double beyond_doubt = 0.35;  // a doubted region with so much of the page's prose is body
  double widely = 0.5;         // the views differ when the first keeps less than this of the second's prose
  std::size_t stamp = 80;      // who and when of a comment
  double all_link = 0.8;       // a block of which so much is links leads elsewhere
  double mostly_link = 0.5;    // or is one of links, if it is no lead that points to a dossier
  std::size_t teaser_link = 15,
              teaser = 500;  // a headline that is a link is so long at least, with what stands below it at most
  double teasers = 0.5;      // a list of teasers with so much of the page's sentences is the page
  double hidden_told = 0.7,
         hidden_links = 0.2;             // hidden text with so much in sentences, and fewer links, may be unfolded
  double told = 0.6, told_links = 0.25;  // a doubted region with so much in sentences, and fewer links, is prose
  double no_prose = 40,
         no_prose_linked = 0.5;  // repair: what a block that is no prose costs, and each of its linked bytes
  std::size_t deck_words = 4;    // a heading below the headline that is no label
  double headed = 0.5;           // what stands above the headline is not the article when so much prose stands below
  std::size_t opening = 3;       // before so many paragraphs a byline or a date may stand alone
  std::size_t standfirst = 4;    // blocks below the headline
  std::size_t lead_words = 2;    // longer words that a linked lead has of its headline
  std::size_t stamps = 3;        // entries of a live page, at least
  double captions = 2.0;         // a page with so many times more in captions than in prose is a picture story
} constexpr tuning;

enum class Kind { paragraph, heading, item, row, caption, loose };

struct Block {
  std::string text;        // lines parted by '\n' where the page breaks them
  std::size_t linked = 0;  // bytes of it inside links
  bool ends_linked = false;
  std::string clock;  // of the time element that it is, "18:40"
  Kind kind = Kind::loose;
  const xmlNode* node = nullptr;
  std::uint32_t region = 0;  // the innermost

  double link_share() const {
    return text.empty() ? 0 : static_cast<double>(linked) / static_cast<double>(text.size());
  }
  bool prose() const {
    return text.size() >= (kind == Kind::item ? tuning.prose_item : tuning.prose) &&
           link_share() < tuning.prose_links && kind != Kind::heading;
  }
  bool sentence() const { return ends_as_sentence(text); }
};

// A part of the page that something puts in doubt: blocks [first, last). Region 0 is the page; of two that overlap one lies
// within the other, and a region stands behind those that it lies within.
struct Region {
  const xmlNode* node = nullptr;
  std::uint32_t first = 0, last = 0, parent = 0;
  Doubt doubt;
  bool comments = false, teasers = false;  // a list of such entries
  bool controls = false;                   // asks for input
  bool headline = false;
  std::size_t text = 0, linked = 0, prose = 0, sentences = 0;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "18:40" of "2031-10-04T18:40:00Z"; "" without a time of day.
std::string clock_of(std::string_view stamp) {
  const std::size_t at = stamp.find_first_of("T ");
  if (at == std::string_view::npos || at + 6 > stamp.size() || stamp[at + 3] != ':') return {};
  const std::string_view clock = stamp.substr(at + 1, 5);
  const bool digits = is_digit(clock[0]) && is_digit(clock[1]) && is_digit(clock[3]) && is_digit(clock[4]);
  return digits ? std::string(clock) : std::string();
}

// A time of day and little else: "18:40", "6.40 pm", "18h40 CET".
bool is_clock(std::string_view line) {
  std::size_t i = 0;
  while (i < line.size() && is_digit(line[i])) ++i;
  if (i == 0 || i > 2 || i + 2 >= line.size() || !one_of(line.substr(i, 1), {":", ".", "h"})) return false;
  return is_digit(line[i + 1]) && is_digit(line[i + 2]) && line.size() <= i + 12 &&
         (line.size() == i + 3 || !is_digit(line[i + 3]));
}

// Has it a letter or a digit? "___" and "* * *" part what stands above from what stands below.
bool tells(std::string_view s) {
  for (std::size_t i = 0; i < s.size(); ++i) {
    const auto c = static_cast<unsigned char>(s[i]);
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
    if (c < 0x80) continue;
    if (c != 0xC2 && c != 0xE2 && s.substr(i, 2) != "\xE3\x80") return true;  // punctuation, arrows, boxes, stars
    i += c == 0xC2 ? 1 : 2;
  }
  return false;
}

bool is_small(char c) { return (c >= 'a' && c <= 'z') || c == ',' || c == ';' || (c >= '0' && c <= '9'); }

// Blocks and regions of a page in document order.
class PageWalk {
 public:
  PageWalk(xmlNode* root, const xmlNode* headline) : headline_(headline) {
    walk(root, {}, 0);
    flush();
    regions_.push_back({root, 0, static_cast<std::uint32_t>(blocks_.size()), 0, {}, false, false, false, true});
    arrange_regions();
  }

  std::vector<Block> blocks_;
  std::vector<Region> regions_;
  std::optional<std::size_t> headline_at_;  // the block that opens with or behind the headline
  const xmlNode* headline() const { return headline_; }

 private:
  struct Place {
    Kind kind = Kind::loose;
    bool linked = false;
    bool layout = false;   // inside a table that is only a layout
    bool doubted = false;  // inside an inline element of doubtful name
    bool lines = false;    // inside <pre>: lines as they are written
  };
  // A stretch of the block being written that stands in an inline element of doubtful name, or in a link.
  struct Aside {
    std::size_t begin = 0, end = 0, linked = 0;
    bool control = false;
    bool plain = false;  // a link whose name says nothing
  };

  void flush() {
    if (current_.node == nullptr) return;
    ++flushes_;
    cut_asides();
    std::string text;
    std::string_view rest = current_.text;
    while (true) {  // lines as the page breaks them (<br> is \x01): a running sentence goes on, two breaks end a block
      const std::size_t end = rest.find('\x01');
      const std::string line = clean_line(rest.substr(0, end));
      if (line.empty()) {
        if (!text.empty() && end != std::string_view::npos) push(std::exchange(text, {}));
      } else if (text.empty()) {
        text = line;
      } else {
        const bool runs_on = !ends_as_sentence(text) && line[0] >= 'a' && line[0] <= 'z';
        text += runs_on ? ' ' : '\n';
        text += line;
      }
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
    }
    if (!text.empty()) push(std::move(text));
    current_ = {};
    asides_.clear();
  }

  void push(std::string text) {
    if (!tells(text)) return;
    Block& block = blocks_.emplace_back();
    block.kind = current_.kind;
    block.ends_linked = current_.ends_linked;
    if (text.size() < tuning.stamp) block.clock = current_.clock;
    block.node = current_.node;
    const double share = static_cast<double>(current_.linked) / static_cast<double>(current_.text.size());
    block.linked = static_cast<std::size_t>(std::min(1.0, share) * static_cast<double>(text.size()));
    block.text = std::move(text);
  }

  // Takes out share buttons and the like that stand before or behind the sentences of a block. Nothing that a sentence runs
  // through or into is taken.
  void cut_asides() {
    for (std::size_t i = 0; i < asides_.size(); ++i) {
      const Aside aside = asides_[i];
      const std::string_view all = current_.text;
      if (aside.plain && all.find_first_not_of(" \t\r\n\f\x01", aside.end) != std::string_view::npos) continue;
      const std::string before = clean_line(all.substr(0, aside.begin)), after = clean_line(all.substr(aside.end));
      const std::string own = clean_line(all.substr(aside.begin, aside.end - aside.begin));
      if (own.empty() || (before.empty() && after.empty())) continue;
      const bool apart = (before.empty() || ends_as_sentence(before)) && (after.empty() || !is_small(after[0]));
      const bool link = aside.linked * 2 > own.size();
      const bool label = aside.control || link || !ends_as_sentence(own);
      if (!apart || !label || (before.empty() && !aside.control && !link)) continue;
      if (aside.plain && !leads_on(before, own)) continue;
      current_.linked -= std::min(current_.linked, aside.linked);
      const std::size_t size = aside.end - aside.begin;
      current_.text.erase(aside.begin, size);
      for (std::size_t k = i + 1; k < asides_.size(); ++k) {  // those behind it, and those that it stands in
        if (asides_[k].begin >= aside.end) asides_[k].begin -= size;
        asides_[k].end -= size;
      }
    }
  }

  // A link behind a whole sentence at the end of its block, and none itself: to another article.
  bool leads_on(std::string_view before, std::string_view link) const {
    return current_.kind != Kind::heading && before.size() >= tuning.prose_item && !before.ends_with(':') &&
           !before.ends_with(';') && link.size() >= tuning.teaser_link && !ends_as_sentence(link);
  }

  void text_node(const xmlNode* n, const Place& place) {
    if (n->content == nullptr) return;
    const std::string_view s = reinterpret_cast<const char*>(n->content);
    if (current_.node == nullptr) {
      if (s.find_first_not_of(" \t\r\n\f") == std::string_view::npos) return;
      current_.node = n->parent;
      current_.kind = place.kind;
    }
    const std::size_t begin = current_.text.size();
    current_.text += s;
    if (place.lines)
      std::replace(current_.text.begin() + static_cast<std::ptrdiff_t>(begin), current_.text.end(), '\n', '\x01');
    if (place.linked) current_.linked += s.size();
    if (s.find_first_not_of(" \t\r\n\f") != std::string_view::npos) current_.ends_linked = place.linked;
  }

  // A table with prose, headings or tables in its cells arranges the page; one of short cells holds data.
  static bool arranges(const xmlNode* table) {
    std::size_t looked = 0, cells = 0;
    bool headed = false, long_cell = false, parts = false;
    each_element(const_cast<xmlNode*>(table), [&](xmlNode* n) {
      if (++looked > 500) return false;
      const std::string_view name = name_of(n);
      cells += name == "td";
      headed = headed || name == "th";
      parts = parts || (n != table && one_of(name, {"table", "h1", "h2", "article"}));
      if (name != "td") return true;
      std::size_t direct = 0, breaks = 0;
      for (const xmlNode* c = n->children; c != nullptr; c = c->next) {
        if (c->type == XML_TEXT_NODE && c->content != nullptr)
          direct += std::string_view(reinterpret_cast<const char*>(c->content)).size();
        breaks += name_of(c) == "br" || name_of(c) == "p" || name_of(c) == "div";
      }
      long_cell = long_cell || direct > 200 || breaks >= 2;
      return true;
    });
    return parts || cells <= 1 || (!headed && long_cell);
  }

  void walk(xmlNode* n, const Place& place, int depth) {
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) return text_node(n, place);
    if (n->type != XML_ELEMENT_NODE) return;
    const std::string_view name = name_of(n);
    if (never_text(n) || depth > 4000) return;
    if (is(name, "br")) {
      if (current_.node != nullptr) current_.text += '\x01';
      return;
    }
    if (is(name, "button")) ++controls_;
    if (one_of(name, {"input", "select", "textarea"})) {
      controls_ += attribute(n, "type") != "hidden";
      return;
    }
    if (n == headline_) {
      flush();
      headline_at_ = blocks_.size();
      holds_headline_ = true;
    }
    if (!is_block(name)) return walk_inline(n, place, depth);
    if ((is(name, "td") || is(name, "th")) && !place.layout) {
      if (current_.node != nullptr) current_.text += " | ";
      for (xmlNode* c = n->children; c != nullptr; c = c->next) walk(c, place, depth + 1);
      return;
    }
    // A paragraph inside a table row belongs to it, and the first one inside a list item.
    const bool part = one_of(name, {"p", "div"}) &&
                      (place.kind == Kind::row || (place.kind == Kind::item && current_.node == nullptr));
    if (!part) flush();
    Place inner = place;
    if (is(name, "table")) inner.layout = arranges(n);
    if (is(name, "pre")) inner.lines = true;
    if (is_heading(name) || one_of(name, {"caption", "dt", "summary", "legend"}))
      inner.kind = Kind::heading;
    else if (is(name, "figcaption"))
      inner.kind = Kind::caption;
    else if (is(name, "tr") && !inner.layout)
      inner.kind = Kind::row;
    else if (is(name, "li") || is(name, "dd"))
      inner.kind = Kind::item;
    else if (place.kind != Kind::caption && !part && one_of(name, {"p", "blockquote", "pre"}))
      inner.kind = Kind::paragraph;
    else if (place.kind != Kind::caption && !part && place.kind != Kind::paragraph)
      inner.kind = Kind::loose;
    walk_block(n, inner, depth);
    if (part) {
      if (current_.node != nullptr) current_.text += ' ';
    } else {
      flush();
    }
  }

  // Makes a region of a doubtful element, and of one whose children are a list of entries.
  void walk_block(xmlNode* n, const Place& inner, int depth) {
    Region region;
    region.node = n;
    region.doubt = doubt_of(n);
    if (region.doubt.any()) flush();
    region.first = static_cast<std::uint32_t>(blocks_.size());
    const std::size_t controls = controls_;
    const bool had_headline = std::exchange(holds_headline_, n == headline_);
    std::size_t children = 0, comments = 0, teasers = 0;
    for (xmlNode* c = n->children; c != nullptr; c = c->next) {
      const std::size_t before = blocks_.size();
      walk(c, inner, depth + 1);
      if (c->type != XML_ELEMENT_NODE || blocks_.size() == before) continue;
      ++children;
      comments += is_comment(before, blocks_.size());
      teasers += is_teaser(before, blocks_.size());
    }
    if (children >= 2 && !holds_headline_) {
      region.comments = comments >= 2 && comments * 3 >= children * 2;
      region.teasers = teasers >= 2 && teasers * 5 >= children * 4;
    }
    if (region.doubt.any() || region.comments || region.teasers) {
      flush();
      region.last = static_cast<std::uint32_t>(blocks_.size());
      region.controls = controls_ > controls;
      region.headline = holds_headline_;
      if (region.last > region.first) regions_.push_back(region);
    }
    holds_headline_ = holds_headline_ || had_headline;
  }

  // Who and when, in short lines, then what they say; no heading.
  bool is_comment(std::size_t first, std::size_t last) const {
    bool letters = false, digits = false;
    std::size_t b = first;
    for (; b < last && b < first + 4 && !blocks_[b].prose(); ++b) {
      const Block& stamp = blocks_[b];
      if (stamp.kind == Kind::heading || stamp.text.size() > tuning.stamp || stamp.sentence()) return false;
      std::size_t run = 0;
      for (const char c : stamp.text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
        run = letter ? run + 1 : 0;
        letters = letters || run >= 2;
        digits = digits || (c >= '0' && c <= '9');
      }
    }
    return b > first && b < last && blocks_[b].prose() && letters && digits;
  }

  // A headline that is a link, and little else.
  bool is_teaser(std::size_t first, std::size_t last) const {
    std::size_t text = 0;
    bool leads_away = false;
    for (std::size_t b = first; b < last; ++b) {
      const Block& block = blocks_[b];
      text += block.text.size();
      leads_away = leads_away || (block.link_share() > tuning.all_link && block.text.size() >= tuning.teaser_link &&
                                  (!block.sentence() || last - first > 1));
    }
    return leads_away && text < tuning.teaser;
  }

  void walk_inline(xmlNode* n, Place place, int depth) {
    const std::string_view name = name_of(n);
    if (is(name, "a") && has_attribute(n, "href")) place.linked = true;
    const Doubt doubt = place.doubted ? Doubt() : doubt_of(n);
    const bool control = is(name, "button") || is(name, "label") || doubt.kind == DoubtKind::control;
    const bool doubted = control || doubt.any();
    place.doubted = place.doubted || doubted;
    const std::size_t begin = current_.text.size(), linked = current_.linked, flushes = flushes_;
    for (xmlNode* c = n->children; c != nullptr; c = c->next) walk(c, place, depth + 1);
    if (is(name, "time") && current_.text.size() > begin) current_.clock = clock_of(attribute(n, "datetime"));
    const bool plain = !place.doubted && is(name, "a") && place.linked;
    if ((doubted || plain) && flushes == flushes_ && current_.text.size() > begin)
      asides_.push_back({begin, current_.text.size(), current_.linked - linked, control, plain});
  }

  void arrange_regions() {
    std::stable_sort(regions_.begin(), regions_.end(), [](const Region& a, const Region& b) {
      return a.first != b.first ? a.first < b.first : a.last > b.last;
    });
    // The page's own comes first among those that hold all.
    const auto page =
        std::find_if(regions_.begin(), regions_.end(), [](const Region& r) { return r.headline && !r.doubt.any(); });
    std::rotate(regions_.begin(), page, page + 1);
    std::vector<std::uint32_t> open = {0};
    std::size_t b = 0;
    const auto assign = [&](std::size_t to) {
      for (; b < to; ++b) {
        while (open.size() > 1 && regions_[open.back()].last <= b) open.pop_back();
        blocks_[b].region = open.back();
      }
    };
    for (std::uint32_t r = 1; r < regions_.size(); ++r) {
      assign(regions_[r].first);
      while (open.size() > 1 && regions_[open.back()].last <= regions_[r].first) open.pop_back();
      regions_[r].parent = open.back();
      open.push_back(r);
    }
    assign(blocks_.size());
    for (const Block& block : blocks_) {
      Region& r = regions_[block.region];
      r.text += block.text.size();
      r.linked += block.linked;
      if (block.prose()) r.prose += block.text.size() - block.linked;
      if (block.sentence() && block.kind != Kind::heading) r.sentences += block.text.size() - block.linked;
    }
    for (std::size_t r = regions_.size(); r-- > 1;) {
      Region& parent = regions_[regions_[r].parent];
      parent.text += regions_[r].text;
      parent.linked += regions_[r].linked;
      parent.prose += regions_[r].prose;
      parent.sentences += regions_[r].sentences;
    }
  }

  const xmlNode* headline_;
  Block current_;
  std::vector<Aside> asides_;  // of the block being written; one that stands inside another comes before it
  std::size_t flushes_ = 0;    // blocks begun and ended
  std::size_t controls_ = 0;
  bool holds_headline_ = false;
};

bool inside(const xmlNode* n, const xmlNode* of) {
  for (; n != nullptr; n = n->parent) {
    if (n == of) return true;
  }
  return false;
}

enum class Verdict : std::uint8_t { body, by_name, furniture };  // by_name: furniture for its name and nothing else

// Decides what the regions are by what they hold, then takes blocks.
class MainTextFinder {
 public:
  MainTextFinder(PageWalk& page, const xmlNode* root, const std::vector<std::string>& titles, std::string_view author)
      : page_(page), blocks_(page.blocks_), regions_(page.regions_), root_(root), titles_(titles), author_(author) {
    for (Block& b : page.blocks_) {  // the headline as the first line of the text
      const std::size_t line = b.text.find('\n');
      if (line != std::string::npos && is_title(std::string_view(b.text).substr(0, line))) b.text.erase(0, line + 1);
    }
    for (const Block& b : blocks_) {
      if (b.text.size() >= 20) ++copies_[hash_bytes(b.text)];
    }
    judge();
  }

  MainText find();

 private:
  void judge();
  Verdict judge(const Region& r, std::size_t visible, std::size_t before) const;
  bool duplicates(const Region& r) const;
  bool leads(const Region& r, std::size_t before) const;
  bool quotes_the_page(const Region& r) const;
  const xmlNode* main_element() const;
  void take_blocks();
  void take_headings();
  bool is_label_of_text(std::size_t i) const;
  boost::unordered_flat_set<std::size_t> find_stamps(const std::vector<std::size_t>& candidates) const;
  bool says_who_and_when(std::string_view line) const;
  bool beside_prose(std::size_t i) const;
  void find_others();
  bool teases_beside(const xmlNode* parent, const xmlNode* main) const;
  bool of_another(const xmlNode* n) const {
    if (others_.empty()) return false;
    for (; n != nullptr; n = n->parent) {
      if (others_.contains(n)) return true;
    }
    return false;
  }
  void repair();
  bool is_title(std::string_view line) const {
    if (line.size() > 400) return false;
    return std::any_of(titles_.begin(), titles_.end(),
                       [&](const std::string& title) { return title.size() == line.size() && title == lower(line); });
  }
  std::string_view kind_of(const Block& b) const;
  // Neither another article's nor above the headline.
  bool of_this_page(const Block& b) const {
    const auto at = static_cast<std::size_t>(&b - blocks_.data());
    return !(above_is_other_ && at < *page_.headline_at_) && !of_another(b.node);
  }

  bool above_is_other_ = false;
  PageWalk& page_;
  const std::vector<Block>& blocks_;
  const std::vector<Region>& regions_;
  const xmlNode* root_;
  const std::vector<std::string>& titles_;
  std::string_view author_;
  std::vector<Verdict> verdicts_;  // of each region
  std::vector<bool> keep_;         // of each block
  boost::unordered_flat_map<std::uint64_t, std::uint32_t> copies_;
  boost::unordered_flat_set<std::size_t> stamps_;     // blocks that say when an entry of a live page was written
  bool pictures_ = false;                             // the captions are the story
  const xmlNode* main_ = nullptr;                     // the smallest element that holds the mass of prose
  boost::unordered_flat_set<const xmlNode*> others_;  // elements of other articles, of teasers beside this one
};

// Half of its longer lines stand elsewhere on the page too: a copy for narrow screens, for printing, for readers without script.
bool MainTextFinder::duplicates(const Region& r) const {
  std::size_t lines = 0, copies = 0;
  for (std::uint32_t b = r.first; b < r.last; ++b) {
    const auto at = copies_.find(hash_bytes(blocks_[b].text));
    if (at == copies_.end()) continue;
    ++lines;
    copies += at->second > 1;
  }
  return lines != 0 && 2 * copies >= lines;
}

// A pull quote: its one text stands in another block too.
bool MainTextFinder::quotes_the_page(const Region& r) const {
  if (r.last - r.first > 2 || r.text > 400 || regions_.size() > 500) return false;
  std::string_view text = blocks_[r.first].text;
  while (!text.empty() && one_of(text.substr(text.size() - 1), {".", "\"", "!", " "})) text.remove_suffix(1);
  if (text.starts_with('"')) text.remove_prefix(1);
  for (std::uint32_t b = 0; b < blocks_.size(); ++b) {
    if ((b < r.first || b >= r.last) && blocks_[b].text.find(text) != std::string::npos) return !text.empty();
  }
  return false;
}

// A box right below the headline that is one link, whatever it is called: the lead, when it tells what the headline tells.
bool MainTextFinder::leads(const Region& r, std::size_t before) const {
  if (before != 0 || !page_.headline_at_ || r.first < *page_.headline_at_ || r.first > *page_.headline_at_ + 2 ||
      r.last - r.first > 2 || r.doubt.hidden || titles_.empty())
    return false;
  const std::string lead = lower(blocks_[r.last - 1].text);
  if (lead.size() < tuning.prose || !lead.ends_with('.')) return false;
  std::size_t shared = 0;
  std::string_view title = titles_.front();
  while (!title.empty()) {
    const std::size_t end = std::min(title.find_first_of(" ,:;\u2019'\""), title.size());
    shared += end >= 4 && lead.find(title.substr(0, end)) != std::string::npos;
    title.remove_prefix(std::min(end + 1, title.size()));
  }
  return shared >= tuning.lead_words;
}

// `visible`: bytes of sentences on the page that are not hidden; `before`: of these, those that stand before the region.
Verdict MainTextFinder::judge(const Region& r, std::size_t visible, std::size_t before) const {
  const auto part = [](std::size_t of, std::size_t all) {
    return all == 0 ? 0.0 : static_cast<double>(of) / static_cast<double>(all);
  };
  const double links = part(r.linked, r.text), share = part(r.sentences, regions_[0].sentences);
  if (r.doubt.hidden) {
    if (name_of(r.node) == "noscript") return 2 * visible > r.sentences ? Verdict::furniture : Verdict::body;
    const bool told = part(r.sentences, r.text) > tuning.hidden_told && links < tuning.hidden_links && !r.controls &&
                      r.doubt.weight < 2;
    return told && before != 0 && !duplicates(r) ? Verdict::body : Verdict::furniture;
  }
  if (leads(r, before)) return Verdict::body;
  if (r.teasers && share < tuning.teasers) return Verdict::furniture;
  if (r.comments || r.doubt.kind == DoubtKind::comments) {
    const bool in_article = [&] {  // a live page's entries stand in the article that the headline heads
      if (r.doubt.weight != 0) return false;
      for (const xmlNode* n = r.node; n != nullptr; n = n->parent) {
        if (name_of(n) == "article") return true;
      }
      return false;
    }();
    if (r.comments && !r.headline && before != 0 && !in_article) return Verdict::furniture;
  }
  if (r.headline || !r.doubt.any()) return Verdict::body;
  if (links > tuning.link_list && r.doubt.weight >= 2) return Verdict::furniture;
  if (r.doubt.weight >= 3 && share < tuning.main_mass) return Verdict::furniture;
  if (share > tuning.beyond_doubt && !(r.controls && r.doubt.kind == DoubtKind::appeal) &&
      r.doubt.kind != DoubtKind::comments && links < tuning.link_list)
    return Verdict::body;
  if (r.doubt.kind == DoubtKind::caption) return Verdict::furniture;
  if (r.sentences == 0) return r.doubt.weight >= 2 ? Verdict::furniture : Verdict::by_name;
  if (r.controls) return Verdict::furniture;
  const bool prose = part(r.sentences, r.text) > tuning.told && links < tuning.told_links;
  // Prose before all other prose is the lead, whatever its box is called.
  if (r.doubt.kind == DoubtKind::aside && quotes_the_page(r)) return Verdict::furniture;
  if (prose && before == 0 && page_.headline_at_ && *page_.headline_at_ <= r.first && r.doubt.kind != DoubtKind::appeal)
    return Verdict::body;
  if (r.doubt.weight >= 2) return Verdict::by_name;
  return prose ? Verdict::body : Verdict::by_name;
}

void MainTextFinder::judge() {
  verdicts_.assign(regions_.size(), Verdict::body);
  // Sentences that are seen, by block.
  std::vector<std::size_t> seen(blocks_.size() + 1, 0);
  std::vector<bool> hidden(regions_.size(), false);
  for (std::size_t r = 1; r < regions_.size(); ++r) hidden[r] = regions_[r].doubt.hidden || hidden[regions_[r].parent];
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    const bool counts = !hidden[blocks_[b].region] && blocks_[b].sentence() && blocks_[b].kind != Kind::heading &&
                        blocks_[b].kind != Kind::caption;
    seen[b + 1] = seen[b] + (counts ? blocks_[b].text.size() - blocks_[b].linked : 0);
  }
  const std::size_t from = page_.headline_at_.value_or(0);
  for (std::size_t r = 1; r < regions_.size(); ++r) {
    const Region& region = regions_[r];
    const std::size_t before = region.first > from ? seen[region.first] - seen[from] : 0;
    const Verdict above = verdicts_[region.parent];
    verdicts_[r] = std::max(above, judge(region, seen.back(), before));
  }
}

// What is another article's, or stands above the headline: where the article is plainly there without it.
void MainTextFinder::find_others() {
  if (!page_.headline_at_ || *page_.headline_at_ >= blocks_.size()) return;
  const xmlNode* own = nullptr;  // the article element that holds the headline
  for (const xmlNode* n = page_.headline(); n != nullptr; n = n->parent) {
    if (name_of(n) == "article") own = n;
  }
  std::size_t told = 0, own_told = 0, below = 0;
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    const Block& b = blocks_[i];
    if (verdicts_[b.region] != Verdict::body || !b.prose()) continue;
    told += b.text.size();
    if (i > *page_.headline_at_) below += b.text.size();
    if (own != nullptr && inside(b.node, own)) own_told += b.text.size();
  }
  above_is_other_ = static_cast<double>(below) > tuning.headed * static_cast<double>(told);
  if (own == nullptr || own_told < tuning.teaser) return;
  for (const Block& b : blocks_) {
    if (b.kind != Kind::heading) continue;  // another article has a heading of its own
    const xmlNode* article = nullptr;
    for (const xmlNode* n = b.node; n != nullptr; n = n->parent) {
      if (name_of(n) == "article") article = n;
    }
    if (article != nullptr && article != own && !inside(own, article)) others_.insert(article);
  }
}

// The smallest element that holds the mass of prose.
const xmlNode* MainTextFinder::main_element() const {
  boost::unordered_flat_map<const xmlNode*, std::size_t> mass;
  for (const Block& b : blocks_) {
    if (verdicts_[b.region] != Verdict::body || b.kind == Kind::heading) continue;
    if (!b.prose() && !(b.sentence() && (b.kind == Kind::paragraph || b.text.size() >= 25))) continue;
    if (b.link_share() > tuning.prose_links || (b.kind == Kind::caption && !pictures_)) continue;
    if (!of_this_page(b)) continue;
    for (const xmlNode* n = b.node; n != nullptr; n = n->parent) mass[n] += b.text.size() - b.linked;
  }
  const xmlNode* at = root_;
  if (!mass.contains(at)) return at;
  while (true) {
    const xmlNode* best = nullptr;
    std::size_t best_mass = 0;
    for (const xmlNode* c = at->children; c != nullptr; c = c->next) {
      const auto found = mass.find(c);
      if (found != mass.end() && found->second > best_mass) {
        best = c;
        best_mass = found->second;
      }
    }
    if (best == nullptr) return at;
    const bool most = static_cast<double>(best_mass) >= tuning.main_mass * static_cast<double>(mass.at(at));
    const bool half = static_cast<double>(best_mass) >= tuning.half_mass * static_cast<double>(mass.at(at));
    if (!most && !(half && page_.headline() != nullptr && inside(page_.headline(), best) && teases_beside(at, best)))
      return at;
    if (one_of(name_of(best), {"p", "li", "ul", "ol", "blockquote", "dl", "figure", "pre"})) return at;
    // Inside an article element only what is marked as its body is smaller.
    if (name_of(at) == "article" && lower(attribute(best, "itemprop")) != "articlebody" &&
        best_mass * 100 < mass.at(at) * 97)
      return at;
    at = best;
  }
}

// Do all other children of `parent` with prose hold as many links to follow as paragraphs?
bool MainTextFinder::teases_beside(const xmlNode* parent, const xmlNode* main) const {
  boost::unordered_flat_map<const xmlNode*, std::pair<std::size_t, std::size_t>> beside;  // paragraphs, links
  for (const Block& b : blocks_) {
    const xmlNode* child = b.node;
    while (child != nullptr && child->parent != parent) child = child->parent;
    if (child == nullptr || child == main) continue;
    auto& [paragraphs, links] = beside[child];
    paragraphs += b.prose() && verdicts_[b.region] == Verdict::body;
    links += b.link_share() > tuning.all_link;
  }
  return std::all_of(beside.begin(), beside.end(), [](const auto& child) {
    const auto& [paragraphs, links] = child.second;
    return paragraphs == 0 || links >= paragraphs;
  });
}

void MainTextFinder::take_blocks() {
  main_ = main_element();
  const xmlNode* main = main_;
  keep_.assign(blocks_.size(), false);
  std::vector<std::size_t> candidates;
  std::size_t first = blocks_.size(), last = 0;
  bool begun = false;  // the text
  const auto told = [&](const Block& b) { return b.prose() && (b.kind != Kind::caption || pictures_); };
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    const Block& b = blocks_[i];
    if (verdicts_[b.region] != Verdict::body || !of_this_page(b)) continue;
    // A paragraph of prose beside the main element, or between the headline and it, is its standfirst.
    const bool beside = b.kind == Kind::paragraph && b.prose() && main != root_ &&
                        (b.node->parent == main->parent || (page_.headline_at_ && i > *page_.headline_at_ &&
                                                            i <= *page_.headline_at_ + tuning.standfirst && !begun));
    const bool within = inside(b.node, main);
    begun = begun || (within && told(b));
    if (!beside && !within) continue;
    candidates.push_back(i);
    if (!told(b)) continue;
    first = std::min(first, i);
    last = i;
  }
  boost::unordered_flat_map<std::uint64_t, std::uint32_t> repeats;  // of short lines, numbers aside
  const auto pattern = [&](const Block& b) {
    std::string out;
    for (const char c : b.text) out += c >= '0' && c <= '9' ? '#' : c;
    return hash_bytes(out);
  };
  for (const std::size_t i : candidates) {
    if (blocks_[i].text.size() < 40 && !blocks_[i].sentence()) ++repeats[pattern(blocks_[i])];
  }
  stamps_ = find_stamps(candidates);
  const std::size_t headline = page_.headline_at_.value_or(0);
  std::size_t prose_before = 0;
  bool linked_before = true, linked_above = true;  // the block before was a link too
  for (const std::size_t i : candidates) {
    const Block& b = blocks_[i];
    const bool linked = b.link_share() > tuning.mostly_link;
    // One sentence that is all link, no list of them: a lead that points to the dossier.
    const bool linked_lead = linked && !linked_before && b.kind != Kind::item && b.text.size() >= tuning.prose &&
                             b.text.ends_with('.') && i >= headline && i < first;
    linked_before = linked && i >= headline;
    if (i <= headline) linked_before = false;
    const bool between = i > first && i < last;
    const bool sentence = b.sentence();
    // A sentence between paragraphs that links run through: one that leads elsewhere ends with its link, and without a full stop.
    const bool linked_sentence = linked && between && sentence && b.kind != Kind::heading && b.text.size() >= 25 &&
                                 (!b.ends_linked || (b.text.ends_with('.') && !linked_above));
    linked_above = linked;
    if (is_title(b.text) || b.kind == Kind::heading || (linked && !linked_lead && !linked_sentence)) continue;
    if (b.kind == Kind::caption && !pictures_) continue;
    if (stamps_.contains(i)) {
      keep_[i] = true;
      continue;
    }
    prose_before += told(b);
    if (prose_before < tuning.opening && says_who_and_when(b.text)) continue;
    if (b.text.size() < 40 && !sentence && repeats.at(pattern(b)) >= 3) continue;
    if (told(b) || linked_lead || linked_sentence)
      keep_[i] = true;
    else if (b.kind == Kind::paragraph || b.kind == Kind::caption)
      keep_[i] = between || (sentence && (i > last || b.text.size() > 40 || i >= headline));
    else if (b.kind == Kind::item || b.kind == Kind::row)
      keep_[i] = between || (i > last && b.link_share() < tuning.prose_links);
    else
      keep_[i] = (between && (sentence || b.text.size() > 40 || is_label_of_text(i))) ||
                 (sentence && i > last && b.text.size() >= 15) || (sentence && beside_prose(i));
  }
}

// Times of day that stand above what was told then.
boost::unordered_flat_set<std::size_t> MainTextFinder::find_stamps(const std::vector<std::size_t>& candidates) const {
  boost::unordered_flat_set<std::size_t> out;
  for (std::size_t k = 0; k + 1 < candidates.size(); ++k) {
    const Block& b = blocks_[candidates[k]];
    if (b.text.size() >= tuning.stamp || b.sentence() || !(is_clock(b.text) || !b.clock.empty())) continue;
    for (std::size_t next = k + 1; next < candidates.size() && next <= k + 3; ++next) {
      const Block& below = blocks_[candidates[next]];
      if (is_clock(below.text) || !below.clock.empty()) break;
      if (!below.prose() && !(below.sentence() && below.kind != Kind::heading)) continue;
      out.insert(candidates[k]);
      break;
    }
  }
  if (out.size() < tuning.stamps) out.clear();
  return out;
}

// Nothing but the writer's name or a date.
bool MainTextFinder::says_who_and_when(std::string_view line) const {
  if (line.size() > tuning.stamp) return false;
  if (read_date(line) || (opening(line, lang::Role::opens_stamp) != 0 && find_date(line))) return true;
  if (author_.empty()) return false;
  const std::string name = clean_author(line);
  return !name.empty() && (name == author_ || author_.find(name) != std::string_view::npos);
}

// Words in an inline element of their own between the paragraphs of one element: a heading that only its style makes one.
bool MainTextFinder::is_label_of_text(std::size_t i) const {
  const Block& b = blocks_[i];
  if (i == 0 || i + 1 >= blocks_.size() || !one_of(name_of(b.node), {"span", "b", "strong"}) || b.text.size() < 4)
    return false;
  const auto paragraph = [&](const Block& other) {
    return other.kind == Kind::paragraph && other.node->parent == b.node->parent && other.prose();
  };
  return paragraph(blocks_[i - 1]) && paragraph(blocks_[i + 1]);
}

// A sentence above the first or below the last long one that stands loose in the same element.
bool MainTextFinder::beside_prose(std::size_t i) const {
  const Block& b = blocks_[i];
  const auto goes_on = [&](std::size_t k) {
    return k < blocks_.size() && blocks_[k].node == b.node && blocks_[k].prose();
  };
  return goes_on(i + 1) || (i > 0 && goes_on(i - 1)) || goes_on(i + 2);
}

// A heading stays when body follows before the next heading of the page.
void MainTextFinder::take_headings() {
  const auto first = static_cast<std::size_t>(std::find(keep_.begin(), keep_.end(), true) - keep_.begin());
  const std::size_t from = page_.headline_at_ && *page_.headline_at_ < first
                               ? std::max(*page_.headline_at_, first - std::min<std::size_t>(first, 2))
                               : first;
  for (std::size_t i = from; i < blocks_.size(); ++i) {
    const Block& b = blocks_[i];
    if (b.kind != Kind::heading || b.link_share() > 0.5 || is_title(b.text)) continue;
    if (name_of(b.node) == "h1" && (!page_.headline_at_ || i <= first)) continue;  // the page's headline is one, too
    if (i < first && (!inside(b.node, main_) || count_words(b.text) < tuning.deck_words)) continue;
    if (verdicts_[b.region] != Verdict::body) continue;
    for (std::size_t k = i + 1; k < blocks_.size() && k <= i + 2; ++k) {
      if (keep_[k]) {
        keep_[i] = true;
        break;
      }
      if (blocks_[k].kind == Kind::heading) break;
    }
  }
}

// The second view: the heaviest run of prose, whatever elements are called. When the first has kept little of it, names have
// misled: what they alone had taken comes back.
void MainTextFinder::repair() {
  double best = 0, sum = 0;
  std::size_t begin = 0, best_begin = 0, best_end = 0;
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    const Block& b = blocks_[i];
    if (verdicts_[b.region] == Verdict::furniture) continue;
    const auto size = static_cast<double>(b.text.size());
    const bool prose = (b.prose() || (b.sentence() && b.link_share() < tuning.prose_links)) && b.kind != Kind::caption;
    sum +=
        prose ? size * (1 - b.link_share()) : -tuning.no_prose - tuning.no_prose_linked * static_cast<double>(b.linked);
    if (sum <= 0) {
      sum = 0;
      begin = i + 1;
    } else if (sum > best) {
      best = sum;
      best_begin = begin;
      best_end = i + 1;
    }
  }
  std::size_t prose = 0, kept = 0;
  for (std::size_t i = best_begin; i < best_end; ++i) {
    if (verdicts_[blocks_[i].region] == Verdict::furniture || !blocks_[i].prose()) continue;
    prose += blocks_[i].text.size();
    if (keep_[i]) kept += blocks_[i].text.size();
  }
  if (static_cast<double>(kept) >= tuning.widely * static_cast<double>(prose)) return;
  for (std::size_t r = 0; r < regions_.size(); ++r) {
    const Region& region = regions_[r];
    if (verdicts_[r] == Verdict::by_name && region.first < best_end && region.last > best_begin)
      verdicts_[r] = Verdict::body;
  }
  take_blocks();
}

std::string_view MainTextFinder::kind_of(const Block& b) const {
  if (is_title(b.text)) return "title";
  std::uint32_t r = b.region;
  while (r != 0 && verdicts_[regions_[r].parent] != Verdict::body) r = regions_[r].parent;
  if (r != 0 && verdicts_[r] != Verdict::body) {
    if (regions_[r].comments) return word_for(DoubtKind::comments);
    if (regions_[r].teasers) return word_for(DoubtKind::links);
    return word_for(regions_[r].doubt.hidden ? DoubtKind::hidden : regions_[r].doubt.kind);
  }
  if (b.link_share() > tuning.mostly_link) return word_for(DoubtKind::links);
  if (b.kind == Kind::caption) return word_for(DoubtKind::caption);
  if (b.kind == Kind::heading) return "headings";
  return b.prose() ? "text elsewhere on the page" : word_for(DoubtKind::none);
}

// A sentence with who took the picture in brackets behind it.
bool credited(std::string_view caption) {
  return caption.ends_with(')') && ends_as_sentence(caption.substr(0, caption.rfind('(')));
}

MainText MainTextFinder::find() {
  std::size_t captions = 0, prose = 0;
  for (const Block& b : blocks_) {
    if (b.link_share() > tuning.prose_links || b.kind == Kind::heading) continue;
    const bool caption = b.kind == Kind::caption || regions_[b.region].doubt.kind == DoubtKind::caption;
    if (!b.sentence() && !(caption && credited(b.text))) continue;
    if (caption)
      captions += b.text.size();
    else if (verdicts_[b.region] == Verdict::body)
      prose += b.text.size();
  }
  pictures_ = static_cast<double>(captions) > tuning.captions * static_cast<double>(prose);
  if (pictures_) {
    for (std::size_t r = 1; r < regions_.size(); ++r) {
      const Doubt doubt = regions_[r].doubt;
      if (name_of(regions_[r].node) == "figcaption" || (doubt.kind == DoubtKind::caption && !doubt.hidden))
        verdicts_[r] = verdicts_[regions_[r].parent];
    }
  }
  find_others();
  take_blocks();
  repair();
  take_headings();
  MainText out;
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    const Block& b = blocks_[i];
    if (!keep_[i]) {
      out.left_out.push_back({kind_of(b), b.text});
      continue;
    }
    if (!out.text.empty()) out.text += "\n\n";
    if (b.kind == Kind::item && !stamps_.contains(i)) out.text += "- ";
    out.text += stamps_.contains(i) && !is_clock(b.text) ? b.clock : b.text;
  }
  return out;
}

}  // namespace

MainText find_main_text(xmlNode* root, const xmlNode* headline, const std::vector<std::string>& titles,
                        std::string_view author) {
  PageWalk page(root, headline);
  return MainTextFinder(page, root, titles, author).find();
}

std::string all_text(xmlNode* root) {
  const PageWalk page(root, nullptr);
  std::string out;
  for (const bool all : {false, true}) {  // lists of links only when there is nothing else
    for (const Block& b : page.blocks_) {
      if (!all && b.link_share() > tuning.all_link && !b.sentence()) continue;
      if (!out.empty()) out += "\n\n";
      if (b.kind == Kind::item) out += "- ";
      out += b.text;
    }
    if (!out.empty()) break;
  }
  return out;
}

}  // namespace storymerge::read

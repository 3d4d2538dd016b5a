#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <ostream>
#include <set>

#include "text/characters.h"
#include "write/common.h"
#include "write/formats.h"

namespace storymerge {
namespace {

// True where Markdown would read a character reference: &amp; &#38; &#x26;
bool begins_entity(std::string_view text) {
  std::size_t i = 1;
  if (i < text.size() && text[i] == '#') ++i;
  while (i < text.size() && i < 34 && std::isalnum(static_cast<unsigned char>(text[i]))) ++i;
  return i > 1 && i < text.size() && text[i] == ';';
}

// A list mark that a page set before the text ("- ", "• ") is layout, as its line breaks are.
std::string_view without_list_mark(std::string_view text) {
  for (const std::string_view mark : {"-", "*", "·", "•", "⁃", "●", "▪"}) {
    if (!text.starts_with(mark)) continue;
    const std::size_t rest = text.find_first_not_of(" \t", mark.size());
    if (rest != std::string_view::npos && rest > mark.size()) return text.substr(rest);
  }
  return text;
}

// True where a Markdown line could begin a list, a heading, a quotation or a rule.
bool begins_block(std::string_view text) {
  const auto ends_at = [&](std::size_t i) { return i == text.size() || text[i] == ' ' || text[i] == '\t'; };
  if (text.empty()) return false;
  switch (text[0]) {
    case '#':
    case '>':
    case '=':
      return true;
    case '-':
    case '+':
      return ends_at(1) || text[1] == '-' || text[1] == '+';
    default:
      return false;
  }
}

// An article's words as Markdown that shows them and means nothing else. Line breaks become blanks; control characters,
// which could steer a terminal, become their pictures; text that turns the writing direction is closed in on itself.
std::string as_text(std::string_view text) {
  constexpr std::string_view first_strong_isolate = "\u2068", pop_isolate = "\u2069", pop_embedding = "\u202C";
  text = without_list_mark(text);
  std::string out;
  std::vector<bool> open;  // direction controls that still run; true: an isolate
  bool turns = false;
  std::size_t number_until = 0;  // "12. " at the start would begin a list
  while (number_until < text.size() && is_ascii_digit(text[number_until])) ++number_until;
  for (std::size_t i = 0; i < text.size();) {
    const auto [c, length] = decode(text, i);
    if (c == '\r' || c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029) {
      if (c != '\n' || i == 0 || text[i - 1] != '\r') out += ' ';
      open.clear();  // a line break ends what runs
    } else if (c < 0x20 || c == 0x7F) {
      const unsigned picture = c == 0x7F ? 0xA1 : 0x80 + static_cast<unsigned>(c);  // U+2400 ...
      out += "\xE2\x90";
      out += static_cast<char>(picture);
    } else if (c >= 0x80 && c < 0xA0) {
      out += "\uFFFD";
    } else {
      bool escape = length == 1 && std::string_view("\\`*_[]~").find(text[i]) != std::string_view::npos;
      escape = escape || (i == 0 && begins_block(text));
      if (i == number_until && i > 0 && (c == '.' || c == ')')) {
        escape = i + 1 == text.size() || text[i + 1] == ' ';
      }
      if (escape) out += '\\';
      // Not every renderer knows \< and \&; what they stand for all do.
      if (c == '<') {
        out += "&lt;";
      } else if (c == '&' && begins_entity(text.substr(i))) {
        out += "&amp;";
      } else {
        out.append(text, i, length);
      }
      if (c >= 0x202A && c <= 0x202E && c != 0x202C) open.push_back(false);
      if (c >= 0x2066 && c <= 0x2068) open.push_back(true);
      if (c == 0x202C && !open.empty() && !open.back()) open.pop_back();
      if (c == 0x2069) {
        const auto isolate = std::find(open.rbegin(), open.rend(), true);
        if (isolate != open.rend()) open.erase(std::prev(isolate.base()), open.end());
      }
      turns = turns || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }
    i += length;
  }
  if (!turns) return out;
  for (; !open.empty(); open.pop_back()) out += open.back() ? pop_isolate : pop_embedding;
  return std::string(first_strong_isolate) + out + std::string(pop_isolate);
}

// What may end the target of a Markdown link is percent-encoded.
std::string as_target(std::string_view url) {
  std::string out;
  for (const char c : url) {
    if (std::string_view("()<>[]\\\"'`*_|").find(c) == std::string_view::npos && static_cast<unsigned char>(c) < 0x80) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string plural(std::size_t n, std::string_view thing) {
  return fmt::format("{} {}{}", n, thing, n == 1 ? "" : "s");
}

std::string_view name_of(DisputeKind kind) {
  switch (kind) {
    case DisputeKind::quantity:
      return "Number";
    case DisputeKind::date:
      return "Date";
    case DisputeKind::name:
      return "Name";
    case DisputeKind::polarity:
      return "Whether it is so";
    case DisputeKind::attribution:
      return "Who said it";
  }
  return "";
}

constexpr std::size_t longest_value = 60;  // bytes; what is longer stands in the quote below it

class Page {
 public:
  Page(std::ostream& out, const Corpus& corpus, const MergedStory& story)
      : out_(out), corpus_(corpus), story_(story), origin_of_(origin_positions(story)), number_(story.articles.size()) {
    // Copies are numbered next to their original, so that their marks run together.
    for (const Origin& origin : story.origins) {
      number(origin.original);
      for (const ArticleIndex a : origin.articles) {
        if (a != origin.original) number(a);
      }
    }
  }

  void write() {
    out_ << "# " << title(display_title(corpus_, story_)) << "\n\n";
    out_ << plural(story_.articles.size(), "article") << ", " << plural(story_.origins.size(), "independent source");
    if (const std::optional<Period> period = period_of(corpus_, story_)) {
      out_ << "; " << readable_time(period->first);
      if (period->last != period->first) out_ << " to " << readable_time(period->last);
    }
    out_ << ".\n";
    if (story_.origins.size() > 1) {
      out_ << "After each sentence: the articles that say so, as numbered under Sources, and of how many independent "
              "sources "
              "they are, where it is more than one.\n";
    }
    for (const std::vector<std::uint32_t>& paragraph : story_.summary) tell(paragraph, "");
    disputes(Resolution::conflict, "Where the sources disagree");
    disputes(Resolution::update, "What later reports changed");
    further();
    names();
    copies();
    sources();
    out_ << '\n';
  }

 private:
  void number(ArticleIndex article) {
    number_[position_in(story_, article)] = static_cast<std::uint32_t>(order_.size() + 1);
    order_.push_back(article);
  }

  std::string title(const std::string& text) const { return text.empty() ? "(no title)" : as_text(text); }

  std::string outlet(ArticleIndex article) const {
    const Article& a = corpus_[article];
    return as_text(!a.source.empty() ? a.source : !a.title.empty() ? a.title : a.id);
  }

  // The original of each independent source, in order: "Meridian Wire, Halden Globe and 3 more".
  std::string outlets(const std::vector<Support>& support) const {
    constexpr std::size_t at_most = 4;
    std::vector<std::uint32_t> origins;
    std::string out;
    for (const Support& s : support) {
      const std::uint32_t origin = origin_of_[position_in(story_, s.span.article)];
      if (std::find(origins.begin(), origins.end(), origin) != origins.end()) continue;
      origins.push_back(origin);
      if (origins.size() <= at_most) out += (out.empty() ? "" : ", ") + outlet(s.span.article);
    }
    if (origins.size() > at_most) out += fmt::format(" and {} more", origins.size() - at_most);
    return out;
  }

  // "[1][4-6]".
  std::string marks(const std::vector<Support>& support) const {
    std::vector<std::uint32_t> numbers;
    for (const Support& s : support) numbers.push_back(number_[position_in(story_, s.span.article)]);
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    std::string out;
    for (std::size_t i = 0; i < numbers.size();) {
      std::size_t j = i;
      while (j + 1 < numbers.size() && numbers[j + 1] == numbers[j] + 1) ++j;
      if (j - i >= 2) {
        out += fmt::format("[{}-{}]", numbers[i], numbers[j]);
      } else {
        for (std::size_t k = i; k <= j; ++k) out += fmt::format("[{}]", numbers[k]);
      }
      i = j + 1;
    }
    return out;
  }

  // A paragraph, a sentence a line, each with its marks, under `heading` if there is one; a passage that is the wording of
  // several claims stands once. False when all of them stand elsewhere already: then nothing is written.
  bool tell(const std::vector<std::uint32_t>& paragraph, std::string_view mark, std::string_view heading = {}) {
    bool begun = false;
    for (const std::uint32_t c : paragraph) {
      const MergedClaim& claim = story_.claims[c];
      if (!told_.insert(claim.support.front().span).second) continue;
      if (!begun && !heading.empty()) out_ << "\n### " << heading << '\n';
      if (!begun) out_ << '\n';
      begun = true;
      out_ << mark << as_text(corpus_.quote(claim.support.front().span)) << ' ' << marks(claim.support);
      if (claim.origin_count > 1) out_ << fmt::format(" ({})", claim.origin_count);
      if (claim.status == ClaimStatus::disputed) out_ << " *disputed*";
      if (claim.status == ClaimStatus::updated) out_ << " *updated*";
      out_ << '\n';
    }
    return begun;
  }

  void further() {
    std::optional<ArticleIndex> of;
    if (!story_.further.empty()) {
      out_ << (story_.origins.size() > 1 ? "\n## Further, source by source\n" : "\n## Further\n");
    }
    for (const std::vector<std::uint32_t>& paragraph : story_.further) {
      const ArticleIndex article = story_.claims[paragraph.front()].support.front().span.article;
      if (tell(paragraph, "- ", of == article ? std::string() : outlet(article))) of = article;
    }
  }

  void disputes(Resolution resolution, std::string_view heading) {
    const bool update = resolution == Resolution::update;
    bool headed = false;
    for (const MergedDispute& dispute : story_.disputes) {
      if (dispute.resolution != resolution) continue;
      if (!headed) out_ << "\n## " << heading << '\n';
      headed = true;
      out_ << "\n### " << (dispute.about.empty() ? std::string(name_of(dispute.kind)) : as_text(dispute.about)) << ": ";
      for (std::size_t v = 0; v < dispute.values.size(); ++v) {
        out_ << (v == 0 ? "" : update ? ", then " : " or ") << as_text(clipped(dispute.values[v].value, longest_value));
      }
      out_ << "\n\n";
      for (const MergedValue& value : dispute.values) {
        if (value.support.empty()) continue;
        const Support& first = value.support.front();
        const Article& article = corpus_[first.span.article];
        out_ << "- **" << as_text(clipped(value.value, longest_value)) << "**, " << outlets(value.support);
        if (update && article.published) out_ << ", " << readable_time(*article.published);
        if (first.speaker) out_ << ", citing " << as_text(corpus_.quote(*first.speaker));
        if (value.withdrawn) out_ << ", since withdrawn";
        out_ << " " << marks(value.support);
        if (value.origin_count > 1) out_ << fmt::format(" ({})", value.origin_count);
        out_ << "\n  > " << as_text(corpus_.quote(first.span)) << "\n";
      }
    }
  }

  void names() {
    bool headed = false;
    for (const Name& name : story_.names) {
      if (name.variants.empty()) continue;
      if (!headed) out_ << "\n## Names taken as one\n\n";
      headed = true;
      out_ << "- " << as_text(name.canonical) << ": also";
      for (std::size_t v = 0; v < name.variants.size(); ++v) {
        out_ << (v == 0 ? " " : ", ") << as_text(name.variants[v]) << " (" << as_text(name.rules[v]) << ")";
      }
      out_ << '\n';
    }
  }

  void copies() {
    bool headed = false;
    for (const Origin& origin : story_.origins) {
      for (const ArticleIndex a : origin.articles) {
        if (a == origin.original) continue;
        if (!headed) out_ << "\n## Copies, counted with their original\n\n";
        headed = true;
        out_ << fmt::format("- [{}] ", number_[position_in(story_, a)]) << outlet(a);
        const DuplicatePair* pair = copy_evidence(story_, origin.original, a);
        out_ << (pair == nullptr && !origin.owner.empty() ? " is of one owner with " : " repeats ")
             << fmt::format("[{}] ", number_[position_in(story_, origin.original)]) << outlet(origin.original);
        if (pair != nullptr) {
          const double shared = pair->a == a ? pair->containment_a_in_b : pair->containment_b_in_a;
          out_ << fmt::format(": {:.0f}% of its text", 100 * shared);
        } else if (!origin.owner.empty()) {
          out_ << ": " << as_text(origin.owner);
        }
        out_ << '\n';
      }
    }
  }

  void sources() {
    out_ << "\n## Sources\n\n";
    for (std::size_t n = 0; n < order_.size(); ++n) {
      const Article& article = corpus_[order_[n]];
      out_ << n + 1 << ". ";
      if (!article.source.empty()) out_ << outlet(order_[n]) << ": ";
      if (is_web_url(article.url)) {
        out_ << '[' << title(article.title) << "](" << as_target(article.url) << ')';
      } else {
        out_ << title(article.title);
      }
      if (article.published) out_ << ", " << readable_time(*article.published);
      if (const auto& later = story_.replaced_by[position_in(story_, order_[n])]) {
        out_ << fmt::format(", replaced by [{}]", number_[position_in(story_, *later)]);
      }
      const std::size_t left_out = story_.furniture[position_in(story_, order_[n])].size();
      if (left_out != 0) out_ << " (" << plural(left_out, "passage") << " of page furniture left out)";
      out_ << '\n';
    }
  }

  std::ostream& out_;
  const Corpus& corpus_;
  const MergedStory& story_;
  std::vector<std::uint32_t> origin_of_;  // by position in story_.articles
  std::vector<std::uint32_t> number_;     // by position in story_.articles: counted from 1
  std::vector<ArticleIndex> order_;       // by number - 1
  std::set<SourceSpan> told_;             // passages
};

}  // namespace

void write_markdown(std::ostream& out, const Corpus& corpus, const MergedStory& story) {
  Page(out, corpus, story).write();
}

}  // namespace storymerge

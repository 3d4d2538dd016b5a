#include "dispute/frame.h"

#include <algorithm>
#include <cmath>

#include "claim/corrections.h"
#include "claim/measures.h"
#include "lang/language.h"
#include "text/characters.h"
#include "text/live_entries.h"
#include "text/page_words.h"

namespace storymerge::dispute {
namespace {

// Position of the first mention that ends behind `at`. Mentions are in order and disjoint.
template <class Mentions>
std::size_t first_behind(const Mentions& mentions, std::uint32_t at) {
  const auto found = std::partition_point(mentions.begin(), mentions.end(),
                                          [&](const auto& mention) { return mention.range.end <= at; });
  return static_cast<std::size_t>(found - mentions.begin());
}

template <class Mentions>
bool inside(const Mentions& mentions, std::uint32_t at) {
  const std::size_t k = first_behind(mentions, at);
  return k < mentions.size() && mentions[k].range.begin <= at;
}

void sort_unique(std::vector<Term>& terms) {
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
}

class FrameReader {
 public:
  FrameReader(const Material& material, const Statement& statement, Frame& frame)
      : material_(material),
        statement_(statement),
        d_(material.documents[statement.span.article]),
        names_(material.names.name_of[place_of(statement.span.article)]),
        frame_(frame) {}

  void run() {
    const Claim& first = material_.claims[statement_.first_claim];
    const Sentence& sentence = d_.sentences[first.sentence];
    frame_.span = statement_.span;
    frame_.origin = material_.origin_of(first);
    frame_.published = material_.corpus[statement_.span.article].published;
    frame_.terms = words(sentence.first_word, sentence.last_word);
    for (std::uint32_t c = statement_.first_claim; c < statement_.last_claim; ++c) add_clause(material_.claims[c]);
    add_names();
    for (Number& n : frame_.numbers) {
      n.label = is_fragment(n.range) || is_named(n);
      read_around(n, sentence);
    }
    for (std::uint32_t w = sentence.first_word; w < sentence.last_word; ++w) {
      const std::uint32_t at = d_.body.words[w].source.begin;
      const auto quotation = std::partition_point(d_.quotations.begin(), d_.quotations.end(),
                                                  [&](const ByteRange& q) { return q.end <= at; });
      if (quotation != d_.quotations.end() && quotation->begin <= at) frame_.quoted.push_back(d_.body_terms[w]);
    }
  }

 private:
  std::size_t place_of(ArticleIndex article) const {
    const std::vector<ArticleIndex>& articles = material_.story.articles;
    return static_cast<std::size_t>(std::lower_bound(articles.begin(), articles.end(), article) - articles.begin());
  }

  std::vector<Term> words(std::uint32_t first, std::uint32_t last) const {
    std::vector<Term> out;
    for (std::uint32_t w = first; w < last; ++w) {
      const Term term = d_.body_terms[w];
      const std::uint32_t at = d_.body.words[w].source.begin;
      if (term == 0 || inside(d_.quantities, at) || inside(d_.dates, at)) continue;
      out.push_back(term);
    }
    sort_unique(out);
    return out;
  }

  void add_clause(const Claim& claim) {
    frame_.acts.push_back(claim::read_act(claim, d_));
    for (const Slot& slot : claim.slots) {
      const Quantity& q = d_.quantities[slot.quantity];
      const claim::Interval interval = claim::interval_of(q);
      frame_.numbers.push_back({interval.low, interval.high, q.value, std::isinf(q.high), std::isinf(q.low), slot,
                                q.unit, q.range, q.noun, q.ordinal});
    }
    for (const std::uint32_t at : claim.dates) {
      const DateMention& m = d_.dates[at];
      if (!m.from || !m.to) continue;
      frame_.days.push_back({static_cast<std::int32_t>(m.from->time_since_epoch().count()),
                             static_cast<std::int32_t>(m.to->time_since_epoch().count()), m.range, &m});
    }
    const bool here =
        claim.speaker && frame_.span.begin <= claim.speaker->begin && claim.speaker->end <= frame_.span.end;
    if (here && claim.speaker_name) frame_.speaker = claim.speaker_name;
  }

  void add_names() {
    for (std::size_t m = first_behind(d_.names, frame_.span.begin);
         m < d_.names.size() && d_.names[m].range.end <= frame_.span.end; ++m) {
      const NameMention& mention = d_.names[m];
      frame_.names.push_back({names_[m], mention.first_word, mention.last_word, mention.range});
    }
  }

  // "At 3: 33", "120, 000", "05 / 02 / 07": one number of several that are not read as what they are together.
  bool is_fragment(ByteRange number) const {
    const std::string_view text = material_.corpus[frame_.span.article].text;  // a number may run past its sentence
    std::string_view before = text.substr(0, number.begin), behind = text.substr(number.end);
    const auto trim = [](std::string_view& s, bool front) {
      while (!s.empty() && (front ? s.front() : s.back()) == ' ') front ? s.remove_prefix(1) : s.remove_suffix(1);
    };
    trim(before, false), trim(behind, true);
    constexpr std::string_view joints = ":/.";
    if (!before.empty() && joints.find(before.back()) != std::string_view::npos) {
      before.remove_suffix(1), trim(before, false);
      if (!before.empty() && is_ascii_digit(before.back())) return true;
    }
    if (behind.empty() || !(behind.front() == ',' || joints.find(behind.front()) != std::string_view::npos))
      return false;
    const bool comma = behind.front() == ',';
    behind.remove_prefix(1), trim(behind, true);
    return comma ? behind.starts_with("000") : !behind.empty() && is_ascii_digit(behind.front());
  }

  // Inside a name, or right behind one and of nothing: "the Group of Seven", "Senate Bill 8"; not "fined Quillbank 4 million
  // crowns".
  bool is_named(const Number& n) const {
    const bool of_nothing = n.noun.size() == 0 && n.unit.empty();
    return std::any_of(frame_.names.begin(), frame_.names.end(), [&](const FullName& name) {
      const bool inside = name.range.begin <= n.range.begin && n.range.end <= name.range.end;
      const bool behind = name.range.end <= n.range.begin && n.range.begin <= name.range.end + 1;
      return inside || (of_nothing && behind);
    });
  }

  // What the words around a number make of it.
  void read_around(Number& n, const Sentence& sentence) const {
    constexpr std::uint32_t before = 7, behind = 3, far_behind = 6;  // words; chosen with gold/dev in view
    const auto& words = d_.body.words;
    const auto place = [&](std::uint32_t byte) {
      return static_cast<std::uint32_t>(std::partition_point(words.begin() + sentence.first_word,
                                                             words.begin() + sentence.last_word,
                                                             [&](const Word& w) { return w.source.begin < byte; }) -
                                        words.begin());
    };
    const std::uint32_t begin = place(n.range.begin), end = place(n.range.end);
    const lang::Language& language = lang::Language::of(d_.language);
    for (std::uint32_t w = std::max(sentence.first_word, begin - std::min(begin, before));
         w < std::min(sentence.last_word, end + behind); ++w)
      n.expected = n.expected || language.is(d_.body[w], lang::Role::expectation);
    for (std::uint32_t w = end + 1; w < std::min(sentence.last_word, end + far_behind); ++w) {
      n.rate = n.rate ||
               (lexicon().is(d_.body[w - 1], lang::Role::each_one) && lexicon().is(d_.body[w], lang::Role::how_often));
    }
  }

  const Material& material_;
  const Statement& statement_;
  const Document& d_;
  const std::vector<std::uint32_t>& names_;
  Frame& frame_;
};

}  // namespace

std::vector<Frame> read_frames(const Material& material, const Alignment& alignment) {
  std::vector<Frame> out(alignment.statements.size());
  const Document* document = nullptr;
  std::vector<bool> taken_back;       // by sentence of the document at hand
  std::vector<DatedPassage> entries;  // of it
  for (std::uint32_t s = 0; s < out.size(); ++s) {
    const Claim& claim = material.claims[alignment.statements[s].first_claim];
    if (&material.document_of(claim) != document) {
      document = &material.document_of(claim);
      taken_back = claim::taken_back(*document);
      entries = find_entries(material.corpus[claim.span.article]);
    }
    out[s].statement = s;
    out[s].corrects = taken_back[claim.sentence];
    FrameReader(material, alignment.statements[s], out[s]).run();
    out[s].entry = entry_at(entries, out[s].span.begin);
    if (out[s].entry) out[s].published = entries[*out[s].entry].time;
  }
  return out;
}

}  // namespace storymerge::dispute

#include "dispute/frame.h"

#include <algorithm>
#include <cmath>

#include "lang/language.h"

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

// A phrase that opens a notice which takes something back, in the sentence or in the one before it in its paragraph.
bool takes_back(const lang::Language& language, const Document& d, std::uint32_t sentence) {
  const std::uint32_t from =
      sentence > 0 && d.sentences[sentence - 1].paragraph == d.sentences[sentence].paragraph ? sentence - 1 : sentence;
  const std::uint32_t last = d.sentences[sentence].last_word;
  const auto word_at = [&](std::size_t w) { return w < last ? d.body[w] : std::string_view(); };
  std::string phrase;
  for (std::uint32_t w = d.sentences[from].first_word; w < last; ++w) {
    phrase.clear();
    for (std::size_t n = 0; n < 4 && w + n < last; ++n) {
      phrase.append(n == 0 ? "" : " ").append(word_at(w + n));
      if (language.is(phrase, lang::Role::corrects)) return true;
    }
  }
  return false;
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
    frame_.terms = words(sentence.first_word, sentence.last_word, 0);
    for (std::uint32_t c = statement_.first_claim; c < statement_.last_claim; ++c) add_clause(material_.claims[c]);
    add_names();
    for (std::uint32_t w = sentence.first_word; w < sentence.last_word; ++w) {
      const std::uint32_t at = d_.body.words[w].source.begin;
      const auto quotation = std::partition_point(d_.quotations.begin(), d_.quotations.end(),
                                                  [&](const ByteRange& q) { return q.end <= at; });
      if (quotation != d_.quotations.end() && quotation->begin <= at) frame_.quoted.push_back(d_.body_terms[w]);
    }
    frame_.corrects =
        takes_back(lang::Language::of(material_.corpus[statement_.span.article].language), d_, first.sentence);
  }

 private:
  std::size_t place_of(ArticleIndex article) const {
    const std::vector<ArticleIndex>& articles = material_.story.articles;
    return static_cast<std::size_t>(std::lower_bound(articles.begin(), articles.end(), article) - articles.begin());
  }

  std::vector<Term> words(std::uint32_t first, std::uint32_t last, Term without) const {
    std::vector<Term> out;
    for (std::uint32_t w = first; w < last; ++w) {
      const Term term = d_.body_terms[w];
      const std::uint32_t at = d_.body.words[w].source.begin;
      if (term == 0 || term == without || inside(d_.quantities, at) || inside(d_.dates, at)) continue;
      out.push_back(term);
    }
    sort_unique(out);
    return out;
  }

  void add_clause(const Claim& claim) {
    Action action{claim.predicate, claim.predicate_word.value_or(0), {}, claim.negative, 0, false, claim.hedge};
    const Term own = claim.predicate_word ? d_.body_terms[*claim.predicate_word] : 0;
    action.terms = words(claim.first_word, claim.last_word, own);
    count_negations(claim, action);
    frame_.actions.push_back(std::move(action));
    for (const Slot& slot : claim.slots) {
      const Quantity& q = d_.quantities[slot.quantity];
      frame_.numbers.push_back({std::isfinite(q.low) ? q.low : q.value, std::isfinite(q.high) ? q.high : q.value,
                                q.value, slot, q.unit, q.range, q.noun, q.ordinal});
    }
    for (const std::uint32_t at : claim.dates) {
      const DateMention& m = d_.dates[at];
      if (!m.from || !m.to) continue;
      frame_.days.push_back({static_cast<std::int32_t>(m.from->time_since_epoch().count()),
                             static_cast<std::int32_t>(m.to->time_since_epoch().count()), m.range});
    }
    if (claim.speaker_name) frame_.speaker = claim.speaker_name;
  }

  void count_negations(const Claim& claim, Action& action) const {
    constexpr std::uint32_t reach = 6;  // words from a negation to the predicate that it governs, at most
    const lang::Language& language = lang::Language::of(material_.corpus[claim.span.article].language);
    for (std::uint32_t w = claim.first_word; w < claim.last_word; ++w) {
      if (!language.is(d_.body[w], lang::Role::negates)) continue;
      ++action.negations;
      action.negator_before = action.negator_before || (w <= action.word && action.word - w <= reach);
    }
  }

  void add_names() {
    for (std::size_t m = first_behind(d_.names, frame_.span.begin);
         m < d_.names.size() && d_.names[m].range.end <= frame_.span.end; ++m) {
      const NameMention& mention = d_.names[m];
      frame_.names.push_back({names_[m], mention.first_word, mention.last_word, mention.range});
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
  for (std::uint32_t s = 0; s < out.size(); ++s) {
    out[s].statement = s;
    FrameReader(material, alignment.statements[s], out[s]).run();
  }
  return out;
}

double shared_words(const std::vector<Term>& a, const std::vector<Term>& b) {
  std::size_t shared = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      ++shared, ++i, ++j;
    } else {
      a[i] < b[j] ? ++i : ++j;
    }
  }
  return a.empty() || b.empty() ? 0 : 2.0 * static_cast<double>(shared) / static_cast<double>(a.size() + b.size());
}

}  // namespace storymerge::dispute

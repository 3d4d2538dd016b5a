#include "merge/telling.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <queue>
#include <unordered_map>

#include "lang/commonness.h"
#include "lang/language.h"
#include "storymerge/lang/languages.h"
#include "storymerge/text/quantities.h"

namespace storymerge {
namespace {

std::vector<Term> distinct(std::vector<Term> terms) {
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  if (!terms.empty() && terms.front() == 0) terms.erase(terms.begin());
  return terms;
}

// "Key points", "LIVE: …", “'Nobody told us to leave'”: the headline of an explainer, a live page or an interview.
bool names_the_page(std::string_view title) {
  for (const std::string_view mark : {"\"", "'", "\u2018", "\u201C", "\u201E", "\u00AB"}) {
    if (title.starts_with(mark)) return true;
  }
  std::string lower(title);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  static const std::vector<std::string> cues = [] {
    std::vector<std::string> out;
    for (const std::string_view tag : known_languages()) {
      const lang::Language language(tag, lang::tables_of(tag, {"headlines"}));
      for (const std::string_view cue : language.spelled_with(lang::Role::names_page)) out.emplace_back(cue);
    }
    return out;
  }();
  for (const std::string& cue : cues) {
    if (lower.find(cue) != std::string::npos) return true;
  }
  return title.ends_with('?');
}

// A digest, a newsletter, which tells of other stories, too: what it alone has is not what this one is about.
bool is_roundup(const Story& story, ArticleIndex article) {
  const auto at = std::ranges::lower_bound(story.touches, article, {}, [](const Touch& t) { return t.span.article; });
  return at != story.touches.end() && at->span.article == article;
}

}  // namespace

std::string choose_title(const Material& material, std::span<const Dispute> disputes) {
  const auto& [corpus, documents, duplicates, story, names, claims] = material;
  constexpr double idle = 0.2;         // what a word costs: one that opens fewer articles makes a headline worse
  constexpr double no_news = 1.5;      // what a quotation, or naming the page instead of the news, costs
  constexpr std::size_t opening = 60;  // words: what a report begins with is its news
  constexpr double superseded = 1.5;   // what an overtaken number costs, in words that all use
  std::unordered_map<Term, std::uint32_t> articles_with;
  for (const ArticleIndex a : story.articles) {
    const std::vector<Term>& body = documents[a].body_terms;
    std::vector<Term> terms(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(std::min(body.size(), opening)));
    terms.insert(terms.end(), documents[a].title_terms.begin(), documents[a].title_terms.end());
    for (const Term t : distinct(std::move(terms))) ++articles_with[t];
  }
  std::vector<double> overtaken, latest;
  for (const Dispute& d : disputes) {
    if (d.kind != DisputeKind::quantity || d.resolution != Resolution::update) continue;
    for (const DisputeValue& v : d.values) {
      for (const Quantity& q : find_quantities(v.value))
        (&v == &d.values.back() ? latest : overtaken).push_back(q.value);
    }
  }
  const auto has = [](const std::vector<double>& values, double v) {
    return std::find(values.begin(), values.end(), v) != values.end();
  };
  std::vector<ArticleIndex> titled, reports;
  for (const ArticleIndex a : story.articles) {
    if (corpus[a].title.empty()) continue;
    titled.push_back(a);
    if (!is_roundup(story, a)) reports.push_back(a);
  }
  std::string best;
  double most = 0;
  for (const ArticleIndex a : reports.empty() ? titled : reports) {
    double score = 0;
    for (const Term t : distinct(documents[a].title_terms))
      score += (articles_with[t] / static_cast<double>(story.articles.size()) - idle) * (1 - background_share(t));
    for (const Quantity& q : find_quantities(corpus[a].title)) {
      if (has(overtaken, q.value) && !has(latest, q.value)) score -= superseded;
    }
    if (names_the_page(corpus[a].title)) score -= no_news;
    if (!best.empty() && score <= most) continue;
    best = corpus[a].title;
    most = score;
  }
  return best;
}

namespace {

struct SummaryTuning {      // on gold/real and gold/dev, data/check agreeing
  double alone = 0.1;       // worth of what no other origin is likely to tell, beside 1 of what others surely tell,
  double counted = 0.7;     // and this much more of what several origins are counted for
  double itself = 4;        // weight of a sentence as a whole, beside that of its words
  double without = 0.3;     // how much is told of a word by a sentence that says the same without it
  double overhead = 20;     // bytes that a sentence costs beside its own, to whoever reads it
  double told = 0.85;       // share of it that others tell, from which a sentence is not told
  double few_others = 0.3;  // how many others may tell what is put aside when it is a scrap
} constexpr tuning;

// What is told of a story when some of its sentences are: a sentence by those that likely say the same, as far as they have its
// words. What many tell weighs little in each of its sentences, so that a claim weighs about the same however many tell it.
class Coverage {
 public:
  Coverage(const Material& material, const Alignment& alignment, std::span<const CountedClaim> claims)
      : sentences_(alignment.statements.size()) {
    for (const AlignedPair& p : alignment.pairs) {
      sentences_[p.a].like.push_back({p.b, p.probability});
      sentences_[p.b].like.push_back({p.a, p.probability});
    }
    std::vector<char> counted(sentences_.size(), 0);
    for (const CountedClaim& claim : claims) {
      if (claim.weight < 2) continue;
      for (const std::uint32_t s : claim.support) counted[s] = 1;
    }
    for (std::uint32_t s = 0; s < sentences_.size(); ++s) {
      find_others(material, alignment, s);
      weigh(material, alignment.statements[s], counted[s] != 0, sentences_[s]);
    }
  }

  // How many other origins may be expected to say what it says.
  double shared(std::uint32_t s) const { return sentences_[s].shared; }
  // The share of it that is told.
  double told(std::uint32_t s) const { return 1 - untold(sentences_[s]) / sentences_[s].weight; }

  // What it would tell for the first time.
  double gain(std::uint32_t s) const {
    const Sentence& by = sentences_[s];
    double sum = untold(by);
    for (const Like& like : by.like) {
      const Sentence& of = sentences_[like.statement];
      double told = of.itself;
      for_each_word(of, by, [&](std::size_t w, double share) { told += share * of.untold[w]; });
      sum += likely(like) * told;
    }
    return sum;
  }

  // That, had it all the words of those like it, and were none of them told.
  double most_gain(std::uint32_t s) const {
    double sum = sentences_[s].weight;
    for (const Like& like : sentences_[s].like) sum += likely(like) * sentences_[like.statement].weight;
    return sum;
  }

  void tell(std::uint32_t s) {
    Sentence& by = sentences_[s];
    for (const Like& like : by.like) {
      Sentence& of = sentences_[like.statement];
      of.itself *= 1 - likely(like);
      for_each_word(of, by, [&](std::size_t w, double share) { of.untold[w] *= 1 - share * likely(like); });
    }
    by.itself = 0;
    std::ranges::fill(by.untold, 0.0);
  }

 private:
  struct Like {
    std::uint32_t statement;
    double probability;
  };
  struct Sentence {
    std::vector<Like> like;
    std::vector<Term> words;     // distinct, sorted
    std::vector<double> untold;  // weight of each of them,
    double itself = 0;           // and of the whole, less what is told of it
    double weight = 0;           // of all, when nothing is told
    double shared = 0, surely = 0;
  };

  // Two sentences that may share a claim tell more of one another than a half-chance says: they are of one matter.
  static double likely(const Like& like) { return std::sqrt(like.probability); }

  static double untold(const Sentence& s) { return std::accumulate(s.untold.begin(), s.untold.end(), s.itself); }

  void find_others(const Material& material, const Alignment& alignment, std::uint32_t s) {
    const auto origin = [&](std::uint32_t statement) {
      return material.duplicates.origin_of[alignment.statements[statement].span.article];
    };
    std::map<std::uint32_t, double> best;  // by origin
    for (const Like& like : sentences_[s].like) {
      double& b = best[origin(like.statement)];
      b = std::max(b, like.probability);
    }
    best.erase(origin(s));
    double none = 1;
    for (const auto& entry : best) {
      sentences_[s].shared += entry.second;
      none *= 1 - entry.second;
    }
    sentences_[s].surely = 1 - none;
  }

  static void weigh(const Material& material, const Statement& statement, bool counted, Sentence& out) {
    const std::vector<Term>& body = material.documents[statement.span.article].body_terms;
    for (std::uint32_t c = statement.first_claim; c < statement.last_claim; ++c) {
      const Claim& claim = material.claims[c];
      out.words.insert(out.words.end(), body.begin() + claim.first_word, body.begin() + claim.last_word);
    }
    out.words = distinct(std::move(out.words));
    double tellers = 1;
    for (const Like& like : out.like) tellers += like.probability;
    const double worth = (tuning.alone + out.surely + (counted ? tuning.counted : 0)) / tellers;
    out.itself = worth * tuning.itself;
    out.untold.reserve(out.words.size());
    for (const Term t : out.words) out.untold.push_back(worth * (1 - background_share(t)));
    out.weight = untold(out);
  }

  // Each word of a sentence, and how much of it another tells.
  template <class Visit>
  static void for_each_word(const Sentence& of, const Sentence& by, Visit visit) {
    for (std::size_t w = 0, v = 0; w < of.words.size(); ++w) {
      while (v < by.words.size() && by.words[v] < of.words[w]) ++v;
      visit(w, v < by.words.size() && by.words[v] == of.words[w] ? 1 : tuning.without);
    }
  }

  std::vector<Sentence> sentences_;  // by statement
};

// "The new...", "“This is a reasonable…": the page breaks off before the sentence ends.
bool breaks_off(std::string_view sentence) {
  for (bool closing = true; closing;) {
    closing = false;
    for (const std::string_view mark : {"\"", "'", "\u2019", "\u201D", "\u00BB", "\u201C", ")", "]", " "}) {
      if (!sentence.ends_with(mark)) continue;
      sentence.remove_suffix(mark.size());
      closing = true;
    }
  }
  return sentence.ends_with("...") || sentence.ends_with("\u2026");
}

// "Good morning.", "I'm David Greene.", "7:30 p.m.": too few words, numbers and days; "The alarm did not sound." is news.
bool says_little(const Material& material, const Statement& statement) {
  constexpr std::size_t fewest = 3;
  std::vector<Term> terms;
  std::size_t numbers = 0;
  bool happens = false;
  for (std::uint32_t c = statement.first_claim; c < statement.last_claim; ++c) {
    const Claim& claim = material.claims[c];
    numbers += claim.quantities.size() + claim.dates.size();
    happens = happens || claim.predicate != 0;
    const std::vector<Term>& body = material.document_of(claim).body_terms;
    terms.insert(terms.end(), body.begin() + claim.first_word, body.begin() + claim.last_word);
  }
  return distinct(std::move(terms)).size() + numbers + happens < fewest;
}

// Chooses claims one by one while there is room, each the one whose wording tells most that is new for its length.
class SummaryChooser {
 public:
  SummaryChooser(const Material& material, const Alignment& alignment, std::span<const CountedClaim> claims)
      : alignment_(alignment), claims_(claims), coverage_(material, alignment, claims), shown_(claims.size(), 0) {
    for (const ArticleIndex a : material.story.articles) room_ = std::max(room_, material.corpus[a].text.size());
    for (std::uint32_t c = 0; c < claims.size(); ++c) {
      aside_.push_back(std::ranges::all_of(claims[c].support, [&](std::uint32_t s) {
        return is_roundup(material.story, alignment.statements[s].span.article);
      }));
      const Statement& told = alignment.statements[wording(c)];
      const bool alone = claims[c].weight < 2 && coverage_.shared(wording(c)) < tuning.few_others;
      if (alone && (breaks_off(material.corpus.quote(told.span)) || says_little(material, told))) aside_.back() = 1;
    }
  }

  std::vector<char> run() {
    tell_best();
    if (std::ranges::find(shown_, 1) == shown_.end()) {  // scraps are all that there is
      std::ranges::fill(aside_, 0);
      tell_best();
    }
    return std::move(shown_);
  }

 private:
  std::uint32_t wording(std::uint32_t c) const { return claims_[c].support.front(); }
  std::size_t length(std::uint32_t c) const { return alignment_.statements[wording(c)].span.size(); }
  double by_length(std::uint32_t c, double value) const {
    return value / (tuning.overhead + static_cast<double>(length(c)));
  }

  // Values only fall, so the best of the queue, when its value still holds, is the best of all.
  void tell_best() {
    std::priority_queue<std::pair<double, std::int64_t>> queue;
    for (std::uint32_t c = 0; c < claims_.size(); ++c) {
      if (claims_[c].weight > 0 && !aside_[c])
        queue.push({by_length(c, coverage_.most_gain(wording(c))), -static_cast<std::int64_t>(c)});
    }
    while (!queue.empty()) {
      const auto [before, at] = queue.top();
      queue.pop();
      const auto c = static_cast<std::uint32_t>(-at);
      if (length(c) > room_ || coverage_.told(wording(c)) >= tuning.told) continue;
      const double now = by_length(c, coverage_.gain(wording(c)));
      if (now < before) {
        queue.push({now, at});
        continue;
      }
      room_ -= length(c);
      shown_[c] = 1;
      coverage_.tell(wording(c));
    }
  }

  const Alignment& alignment_;
  std::span<const CountedClaim> claims_;
  Coverage coverage_;
  std::vector<char> shown_;  // by claim
  std::vector<char> aside_;  // by claim: only roundups tell it, or it is a scrap
  std::size_t room_ = 0;     // bytes
};

}  // namespace

std::vector<char> choose_summary(const Material& material, const Alignment& alignment,
                                 std::span<const CountedClaim> claims) {
  return SummaryChooser(material, alignment, claims).run();
}

}  // namespace storymerge

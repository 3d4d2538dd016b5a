#include "merge/telling.h"

#include <algorithm>
#include <map>
#include <optional>
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
  static const std::vector<std::string_view> cues = [] {
    std::vector<std::string_view> out;
    for (const std::string_view tag : known_languages()) {
      for (const std::string_view cue : lang::Language::of(tag).spelled_with(lang::Role::names_page))
        out.push_back(cue);
    }
    return out;
  }();
  for (const std::string_view cue : cues) {
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

// Sentences that likely say the same as one another.
class Likeness {
 public:
  Likeness(const Material& material, const Alignment& alignment)
      : like_(alignment.statements.size()), told_(like_.size(), 0.0), shared_(like_.size(), 0.0) {
    for (const AlignedPair& p : alignment.pairs) {
      like_[p.a].push_back({p.b, p.probability});
      like_[p.b].push_back({p.a, p.probability});
    }
    std::map<std::uint32_t, double> best;  // by origin
    for (std::uint32_t s = 0; s < like_.size(); ++s) {
      best.clear();
      for (const auto& [other, probability] : like_[s]) {
        double& b = best[material.duplicates.origin_of[alignment.statements[other].span.article]];
        b = std::max(b, probability);
      }
      best.erase(material.duplicates.origin_of[alignment.statements[s].span.article]);
      for (const auto& entry : best) shared_[s] += entry.second;
    }
  }

  // The likeliest that a sentence repeats one told.
  double repeats(std::uint32_t s) const { return told_[s]; }
  // How many other origins may be expected to say what it says.
  double shared(std::uint32_t s) const { return shared_[s]; }

  void tell(std::uint32_t s) {
    told_[s] = 1;
    for (const auto& [other, probability] : like_[s]) told_[other] = std::max(told_[other], probability);
  }

 private:
  std::vector<std::vector<std::pair<std::uint32_t, double>>> like_;
  std::vector<double> told_, shared_;
};

// How much of one sentence another tells: the share of its words, common ones counting little.
class Containment {
 public:
  Containment(const Material& material, const Alignment& alignment) {
    for (const Statement& s : alignment.statements) {
      const std::vector<Term>& body = material.documents[s.span.article].body_terms;
      std::vector<Term> terms;
      for (std::uint32_t c = s.first_claim; c < s.last_claim; ++c) {
        const Claim& claim = material.claims[c];
        terms.insert(terms.end(), body.begin() + claim.first_word, body.begin() + claim.last_word);
      }
      terms_.push_back(distinct(std::move(terms)));
    }
  }

  double told(std::uint32_t by, std::uint32_t of) const {
    if (by == of) return 1;
    double all = 0, told = 0;
    for (const Term t : terms_[of]) {
      const double weight = 1 - background_share(t);
      all += weight;
      if (std::ranges::binary_search(terms_[by], t)) told += weight;
    }
    return all > 0 ? told / all : 1;
  }

 private:
  std::vector<std::vector<Term>> terms_;  // by statement: distinct, sorted
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

// Chooses claims one by one while there is room, each the one whose wording tells most that is new for its length: first
// what several origins are counted for, then what others may tell, too.
class SummaryChooser {
 public:
  SummaryChooser(const Material& material, const Alignment& alignment, std::span<const CountedClaim> claims)
      : alignment_(alignment),
        claims_(claims),
        likeness_(material, alignment),
        containment_(material, alignment),
        tells_(alignment.statements.size()),
        covered_(claims.size(), 0.0),
        shown_(claims.size(), 0) {
    std::optional<ArticleIndex> before;
    for (const ArticleIndex a : material.story.articles) room_ = std::max(room_, material.corpus[a].text.size());
    for (const Statement& s : alignment.statements) {
      opens_.push_back(s.span.article != before);
      before = s.span.article;
    }
    for (std::uint32_t c = 0; c < claims.size(); ++c) {
      for (const std::uint32_t s : claims[c].support)
        tells_[s].push_back({c, containment_.told(s, claims[c].support.front())});
      aside_.push_back(std::ranges::all_of(claims[c].support, [&](std::uint32_t s) {
        return is_roundup(material.story, alignment.statements[s].span.article);
      }));
      const Statement& told = alignment.statements[wording(c)];
      const bool alone = claims[c].weight < 2 && likeness_.shared(wording(c)) < few_others;
      if (alone && (breaks_off(material.corpus.quote(told.span)) || says_little(material, told))) aside_.back() = 1;
    }
  }

  std::vector<char> run() {
    tell_best([&](std::uint32_t c) { return gain(c); });
    tell_best([&](std::uint32_t c) { return hope(c); });
    if (std::ranges::find(shown_, 1) == shown_.end()) {  // scraps are all that there is
      std::ranges::fill(aside_, 0);
      tell_best([&](std::uint32_t c) { return hope(c); });
    }
    return std::move(shown_);
  }

 private:
  // Tuned on gold/real and gold/dev.
  static constexpr double repeats = 0.82;    // probability that a sentence repeats one told, from which it is not told
  static constexpr double overhead = 40;     // bytes that a sentence costs beside its own, to whoever reads it
  static constexpr double least_hope = 0.2;  // how many others may tell what no other sentence is like,
  static constexpr double opening = 0.4;     // and what a report begins with
  static constexpr double few_others = 0.3;  // how many others may tell what is put aside when it is a scrap

  std::uint32_t wording(std::uint32_t c) const { return claims_[c].support.front(); }
  std::size_t length(std::uint32_t c) const { return alignment_.statements[wording(c)].span.size(); }
  double by_length(std::uint32_t c, double value) const { return value / (overhead + static_cast<double>(length(c))); }

  // What several origins are counted for and the wording of `c` would tell for the first time.
  double gain(std::uint32_t c) const {
    double told = 0;
    for (const auto& [t, share] : tells_[wording(c)]) {
      if (claims_[t].weight > 1) told += claims_[t].weight * std::max(0.0, share - covered_[t]);
    }
    return by_length(c, told);
  }

  // What others may tell, too, and is not told yet.
  double hope(std::uint32_t c) const {
    const double others = (opens_[wording(c)] ? opening : least_hope) + likeness_.shared(wording(c));
    return by_length(c, others * (1 - likeness_.repeats(wording(c))));
  }

  // Values only fall, so the best of the queue, when its value still holds, is the best of all.
  template <class Worth>
  void tell_best(Worth worth) {
    std::priority_queue<std::pair<double, std::int64_t>> queue;
    for (std::uint32_t c = 0; c < claims_.size(); ++c) {
      if (!shown_[c] && claims_[c].weight > 0) queue.push({worth(c), -static_cast<std::int64_t>(c)});
    }
    while (!queue.empty()) {
      const auto [before, at] = queue.top();
      queue.pop();
      const auto c = static_cast<std::uint32_t>(-at);
      const double now = worth(c);
      if (now <= 0) continue;
      if (now < before) {
        queue.push({now, at});
      } else {
        consider(c);
      }
    }
  }

  void consider(std::uint32_t c) {
    if (aside_[c] || length(c) > room_ || likeness_.repeats(wording(c)) >= repeats) return;
    room_ -= length(c);
    shown_[c] = 1;
    for (const auto& [t, share] : tells_[wording(c)]) covered_[t] = std::max(covered_[t], share);
    likeness_.tell(wording(c));
  }

  const Alignment& alignment_;
  std::span<const CountedClaim> claims_;
  Likeness likeness_;
  Containment containment_;
  std::vector<std::vector<std::pair<std::uint32_t, double>>> tells_;  // by statement: claims it counts for, share told
  std::vector<char> opens_;                                           // by statement: the first of its article
  std::vector<double> covered_;  // by claim: the largest share of its wording told so far
  std::vector<char> shown_;      // by claim
  std::vector<char> aside_;      // by claim: only roundups tell it
  std::size_t room_ = 0;         // bytes
};

}  // namespace

std::vector<char> choose_summary(const Material& material, const Alignment& alignment,
                                 std::span<const CountedClaim> claims) {
  return SummaryChooser(material, alignment, claims).run();
}

}  // namespace storymerge

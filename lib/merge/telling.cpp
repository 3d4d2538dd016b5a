#include "merge/telling.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "storymerge/text/quantities.h"
#include "support/background.h"

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
  for (const std::string_view cue : {"live:",         "live -",       "live updates",       "what we know",
                                     "what you need", "what to know", "in brief",           "at a glance",
                                     "explained",     "explainer",    "questions answered", "as it happened",
                                     "key points",    "main points",  "key facts",          "timeline",
                                     "q&a",           "analysis:",    "opinion:",           "in pictures"}) {
    if (lower.find(cue) != std::string::npos) return true;
  }
  return title.ends_with('?');
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
  std::string best;
  double most = 0;
  for (const ArticleIndex a : story.articles) {
    if (corpus[a].title.empty()) continue;
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

Telling choose_wordings(const Material& material, const Alignment& alignment) {
  const std::vector<Claim>& claims = material.claims;
  constexpr double told_before = 0.7;  // what telling one claim again costs, in claims told for the first time
  constexpr double alike = 1.0;        // the same for a sentence that surely repeats one shown
  // A claim is left out of the summary when its sentence likely repeats one shown; of single claims less doubt is enough.
  constexpr double repeats = 0.8, single_repeats = 0.15;
  constexpr double faint = 0.05;  // a pair less likely than this repeats nothing
  const std::size_t n = alignment.groups.size();
  Telling out{std::vector<std::uint32_t>(n), std::vector<std::uint32_t>(n), std::vector<char>(n, 0)};

  // Sentences, and what each tells.
  std::vector<std::uint32_t> sentence_of(claims.size(), 0);
  for (std::uint32_t c = 1; c < claims.size(); ++c) {
    const bool same =
        claims[c].span.article == claims[c - 1].span.article && claims[c].sentence == claims[c - 1].sentence;
    sentence_of[c] = sentence_of[c - 1] + !same;
  }
  const std::size_t sentences = claims.empty() ? 0 : sentence_of.back() + 1;
  std::vector<std::vector<std::uint32_t>> tells(sentences);  // groups
  for (std::uint32_t g = 0; g < n; ++g) {
    std::vector<std::uint32_t> origins;
    for (const std::uint32_t c : alignment.groups[g]) {
      origins.push_back(material.origin_of(claims[c]));
      std::vector<std::uint32_t>& list = tells[sentence_of[c]];
      if (list.empty() || list.back() != g) list.push_back(g);
    }
    std::sort(origins.begin(), origins.end());
    origins.erase(std::unique(origins.begin(), origins.end()), origins.end());
    out.origin_count[g] = static_cast<std::uint32_t>(origins.size());
  }
  struct Likeness {
    std::uint32_t sentence;
    double probability;
  };
  std::vector<std::vector<Likeness>> like(sentences);
  for (const AlignedPair& p : alignment.pairs) {
    if (p.probability < faint) continue;
    const std::uint32_t a = sentence_of[p.a], b = sentence_of[p.b];
    if (a == b) continue;
    like[a].push_back({b, p.probability});
    like[b].push_back({a, p.probability});
  }
  std::vector<double> told(sentences, 0.0);  // the likeliest that a sentence repeats one that is shown
  std::vector<char> told_group(n, 0);
  std::vector<double> centrality(claims.size(), 0.0);

  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return out.origin_count[a] > out.origin_count[b]; });
  for (const std::uint32_t g : order) {
    // Centrality within the group.
    const std::vector<std::uint32_t>& members = alignment.groups[g];
    double best = 0;
    bool found = false;
    for (const std::uint32_t c : members) {
      const std::uint32_t s = sentence_of[c];
      double central = 0;
      for (const Likeness& l : like[s]) {
        if (std::any_of(members.begin(), members.end(), [&](std::uint32_t m) { return sentence_of[m] == l.sentence; }))
          central += l.probability;
      }
      central /= static_cast<double>(members.size());
      double fresh = 0, old = 0;
      for (const std::uint32_t t : tells[s]) {
        if (told_group[t])
          old += 1;
        else if (out.origin_count[t] > 1)
          fresh += 1;
      }
      const double value = fresh - told_before * old - alike * told[s] + central;
      if (!found || value > best) {
        best = value;
        out.lead[g] = c;
        found = true;
      }
    }
    if (told_group[g]) continue;
    const std::uint32_t s = sentence_of[out.lead[g]];
    if (told[s] >= (out.origin_count[g] > 1 ? repeats : single_repeats)) continue;
    out.shown[g] = 1;
    for (const std::uint32_t t : tells[s]) told_group[t] = 1;
    told[s] = 1;
    for (const Likeness& l : like[s]) told[l.sentence] = std::max(told[l.sentence], l.probability);
  }
  return out;
}

}  // namespace storymerge

#include "dedup/voices.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "lang/language.h"
#include "storymerge/read/url.h"
#include "storymerge/text/stems.h"
#include "support/hash.h"
#include "support/union_find.h"

namespace storymerge {
namespace {

// When two texts fill in one form differently. Reprints fill in nearly all alike; forecasts, match reports and weekly
// figures nearly nothing.
struct FormRules {
  double alike = 0.3;            // Jaccard, where two texts are no copies anyhow
  std::size_t least = 3;         // slots whose fillings differ
  std::size_t more = 2;          // and so many times as many as those that are filled in alike
  std::int64_t later = 129'600;  // seconds from which numbers alone will do: sooner they may be an update
};
constexpr FormRules form_rules;

// When two texts that share much are two reports all the same. Set on gold/real and on press releases made up.
struct ReportRules {
  double retold =
      0.57;  // share of the shorter text that the longer holds: a copy holds most of it (the gold's reprints .60)
  double mostly_new = 0.5;  // share of an outlet's later text that its earlier holds, below which it is its next report
  std::size_t lead_words = 30;  // with which a text tells its news
  double lead_shared = 0.25;    // share of their shingles that the other text holds, below which it lacks that news
};
constexpr ReportRules report_rules;

// When the words that two texts share are a template, and neither tells of what the other does. Set on obituaries and press
// releases made up, and so that no two reports of one event in ECB+ or the gold stories are taken for that.
struct TemplateRules {
  std::size_t lead_words = 40;  // with which a text tells of whom and what it is
  std::size_t passage = 12;     // shingles in a row that both have, from which the template begins
  std::size_t least = 3;        // names and numbers before it that the other text lacks
  std::size_t letters = 4;      // that tell a word of a title; words that begin with the same ones are one
  std::size_t title_words = 2;  // that a title must have to say what a page is about
};
constexpr TemplateRules template_rules;

constexpr std::int64_t version_gap = 3 * 86400;  // seconds; a page that is changed later than that tells something new

// A run of numbers and names, between words that tell which slot of a form it fills.
struct Slot {
  std::uint64_t filling = 0;
  bool number = false;  // holds one
};
using Slots = std::unordered_map<std::uint64_t, Slot>;  // by the two words before, or after; unclear ones are left out

// True where a sentence begins, so that a capital says nothing.
bool opens_sentence(std::string_view text, std::size_t begin) {
  while (begin > 0 && std::string_view(" \"'([*-").find(text[begin - 1]) != std::string_view::npos) --begin;
  return begin == 0 || std::string_view(".!?:\n\r").find(text[begin - 1]) != std::string_view::npos;
}

enum class Kind : std::uint8_t { word, number, name };

bool has_capital(std::string_view text, const WordList& words, std::size_t w) {
  const std::size_t begin = words.words[w].source.begin;
  return text[begin] >= 'A' && text[begin] <= 'Z' && !opens_sentence(text, begin);
}

bool is_number(std::string_view word) { return word[0] >= '0' && word[0] <= '9'; }

// Of a language whose nouns have a capital only two such words in a row are a name, or one more beside them.
Kind kind_of(const Article& article, const WordList& words, std::size_t w) {
  if (is_number(words[w])) return Kind::number;
  const std::string_view text = article.text;
  if (!has_capital(text, words, w)) return Kind::word;
  if (!lang::Language::of(article.language).is("*", lang::Role::nouns_capital)) return Kind::name;
  const auto beside = [&](std::size_t other) {
    const std::size_t first = std::min(w, other);
    return words.words[first].source.end + 1 == words.words[first + 1].source.begin && !is_number(words[other]) &&
           has_capital(text, words, other);
  };
  return (w > 0 && beside(w - 1)) || (w + 1 < words.size() && beside(w + 1)) ? Kind::name : Kind::word;
}

Slots slots_of(const Article& article, const WordList& words) {
  Slots out;
  std::vector<std::uint64_t> unclear;
  const auto note = [&](std::uint64_t context, const Slot& slot) {
    if (!out.try_emplace(context, slot).second) unclear.push_back(context);
  };
  for (std::size_t w = 0; w < words.size(); ++w) {
    if (kind_of(article, words, w) == Kind::word) continue;
    const std::size_t first = w;
    Slot slot;
    for (; w < words.size() && kind_of(article, words, w) != Kind::word; ++w) {
      slot.filling = mix64(slot.filling + hash_bytes(words[w]));
      slot.number = slot.number || kind_of(article, words, w) == Kind::number;
    }
    if (first >= 2) note(mix64(hash_bytes(words[first - 2])) + hash_bytes(words[first - 1]), slot);
    if (w + 1 < words.size()) note(~(mix64(hash_bytes(words[w])) + hash_bytes(words[w + 1])), slot);
  }
  for (const std::uint64_t context : unclear) out.erase(context);
  return out;
}

bool is_form(const Slots& a, const Slots& b, bool later) {
  std::size_t differ[2] = {0, 0}, same[2] = {0, 0};  // names, numbers
  for (const auto& [context, slot] : a) {
    const auto other = b.find(context);
    if (other == b.end() || other->second.number != slot.number) continue;
    ++(slot.filling == other->second.filling ? same : differ)[slot.number];
  }
  const auto other_filling = [&](std::size_t kind) {
    return differ[kind] >= form_rules.least && differ[kind] >= form_rules.more * same[kind];
  };
  const bool other_names = differ[0] > 0 && form_rules.more * differ[0] >= same[0];
  return other_filling(0) || (other_filling(1) && (other_names || later));
}

std::uint64_t shingle_at(const WordList& words, std::size_t w) {
  return mix64(mix64(hash_bytes(words[w])) + hash_bytes(words[w + 1])) + hash_bytes(words[w + 2]);
}

std::vector<std::uint64_t> shingles_of(const WordList& words, std::size_t most) {
  std::vector<std::uint64_t> out;
  for (std::size_t w = 0; w + 2 < std::min(most, words.size()); ++w) out.push_back(shingle_at(words, w));
  std::sort(out.begin(), out.end());
  return out;
}

// Does `other` lack what `words` begins with?
bool lacks_lead(const WordList& words, const WordList& other) {
  const std::vector<std::uint64_t> lead = shingles_of(words, report_rules.lead_words);
  const std::vector<std::uint64_t> all = shingles_of(other, other.size());
  const auto held = std::count_if(lead.begin(), lead.end(), [&](std::uint64_t shingle) {
    return std::binary_search(all.begin(), all.end(), shingle);
  });
  return !lead.empty() && static_cast<double>(held) < report_rules.lead_shared * static_cast<double>(lead.size());
}

// Is most of whom and what the beginning of `words` tells, up to a passage that `other` has too, unknown to the other text?
bool is_news_to(const WordList& other, const Article& article, const WordList& words) {
  const std::vector<std::uint64_t> shared = shingles_of(other, other.size());
  std::vector<std::uint64_t> known_words;
  for (std::size_t w = 0; w < other.size(); ++w) known_words.push_back(hash_bytes(other[w]));
  std::sort(known_words.begin(), known_words.end());
  std::size_t known = 0, unknown = 0, run = 0, known_before_run = 0;
  for (std::size_t w = 0; w < std::min(template_rules.lead_words, words.size()); ++w) {
    const bool begins = w + 2 < words.size() && std::binary_search(shared.begin(), shared.end(), shingle_at(words, w));
    if (run == 0) known_before_run = known;
    run = begins ? run + 1 : 0;
    if (run == template_rules.passage) {  // what it holds of names is the template's
      known = known_before_run;
      break;
    }
    if (kind_of(article, words, w) == Kind::word) continue;
    ++(std::binary_search(known_words.begin(), known_words.end(), hash_bytes(words[w])) ? known : unknown);
  }
  return unknown >= template_rules.least && known < unknown;
}

// Beginnings of the words of a title that are long enough to say something; none when they are too few.
std::vector<std::string> title_words(const Article& article) {
  std::vector<std::string> out;
  const WordList words = fold_words(article.title);
  const std::vector<Term> terms = stem_terms(words, article.language);
  for (std::size_t w = 0; w < words.size(); ++w) {
    if (terms[w] != 0 && words[w].size() >= template_rules.letters)
      out.emplace_back(words[w].substr(0, template_rules.letters));
  }
  if (out.size() < template_rules.title_words) out.clear();
  return out;
}

// Is it a notice that stands in for two texts? Of what their titles tell neither the other title nor the text says a word.
bool is_notice(const Article& a, const Article& b, const WordList& text) {
  const std::vector<std::string> x = title_words(a), y = title_words(b);
  const auto told = [&](const std::string& word) {
    if (std::find(x.begin(), x.end(), word) != x.end() && std::find(y.begin(), y.end(), word) != y.end()) return true;
    for (std::size_t w = 0; w < text.size(); ++w) {
      if (text[w].starts_with(word)) return true;
    }
    return false;
  };
  return !x.empty() && !y.empty() && std::none_of(x.begin(), x.end(), told) && std::none_of(y.begin(), y.end(), told);
}

bool is_before(const Corpus& corpus, const SourceTable& sources, ArticleIndex a, ArticleIndex b) {
  const auto key = [&](ArticleIndex i) {
    return std::tuple(sources.kind_of(corpus[i]), corpus[i].published.value_or(Time::max()),
                      -static_cast<std::int64_t>(corpus[i].text.size()), i);
  };
  return key(a) < key(b);
}

// One origin without the pairs that join no longer: round its earliest text, what is left round the earliest of that.
void split(const Corpus& corpus, const SourceTable& sources, const Origin& origin,
           const std::vector<std::vector<ArticleIndex>>& joined, std::vector<std::uint32_t>& label) {
  std::vector<ArticleIndex> left = origin.articles;
  std::sort(left.begin(), left.end(), [&](ArticleIndex a, ArticleIndex b) { return is_before(corpus, sources, a, b); });
  while (!left.empty()) {
    const ArticleIndex centre = left.front();
    std::vector<ArticleIndex> of_it = joined[centre], rest;
    of_it.push_back(centre);
    for (const ArticleIndex a : left) {
      if (std::find(of_it.begin(), of_it.end(), a) != of_it.end()) {
        label[a] = centre;
      } else {
        rest.push_back(a);
      }
    }
    left.swap(rest);
  }
}

}  // namespace

void relabel(const Corpus& corpus, const SourceTable& sources, const std::vector<std::uint32_t>& label,
             Duplicates& out) {
  std::vector<Origin> old = std::move(out.origins);
  const std::vector<std::uint32_t> old_of = std::move(out.origin_of);
  out.origins.clear();
  out.origin_of.assign(label.size(), 0);
  std::unordered_map<std::uint32_t, std::uint32_t> position;
  for (ArticleIndex a = 0; a < label.size(); ++a) {
    const auto [at, is_new] = position.try_emplace(label[a], static_cast<std::uint32_t>(out.origins.size()));
    if (is_new) out.origins.emplace_back().original = a;
    out.origins[at->second].articles.push_back(a);
    out.origin_of[a] = at->second;
  }
  std::vector<bool> changed(out.origins.size(), false);
  for (std::size_t o = 0; o < out.origins.size(); ++o) {
    Origin& origin = out.origins[o];
    Origin& before = old[old_of[origin.articles.front()]];
    changed[o] = origin.articles != before.articles;
    if (!changed[o]) {
      origin = std::move(before);
      continue;
    }
    for (const ArticleIndex a : origin.articles) {
      if (is_before(corpus, sources, a, origin.original)) origin.original = a;
    }
    origin.density = 0;
  }
  for (const DuplicatePair& pair : out.pairs) {
    const std::uint32_t o = out.origin_of[pair.a];
    if (!pair.joins || o != out.origin_of[pair.b] || !changed[o]) continue;
    Origin& origin = out.origins[o];
    const auto size = static_cast<double>(origin.articles.size());
    origin.density += 2 / (size * (size - 1));
    if (pair.a != origin.original && pair.b != origin.original) continue;
    const bool inside = pair.relation == Relation::contains || pair.relation == Relation::contained_in;
    origin.weakest =
        std::min(origin.weakest, inside ? std::max(pair.containment_a_in_b, pair.containment_b_in_a) : pair.jaccard);
  }
  for (std::size_t o = 0; o < out.origins.size(); ++o) {
    if (changed[o] && out.origins[o].articles.size() == 1) out.origins[o].density = 1;
  }
}

void separate_reports(const Corpus& corpus, const BodyWords& words_of, const SourceTable& sources,
                      Duplicates& duplicates) {
  std::unordered_map<ArticleIndex, Slots> known;
  WordList scratch, other_scratch;
  const auto slots = [&](ArticleIndex a, const WordList& words) -> const Slots& {
    const auto [at, is_new] = known.try_emplace(a);
    if (is_new) at->second = slots_of(corpus[a], words);
    return at->second;
  };
  const auto is_one_source = [&](const DuplicatePair& pair) {
    return !corpus[pair.a].source.empty() && corpus[pair.a].source == corpus[pair.b].source;
  };
  const auto tells_its_own = [&](const DuplicatePair& pair, bool later, const WordList& a, const WordList& b) {
    const bool one_source = is_one_source(pair);
    if (one_source && later && pair.containment_b_in_a < report_rules.mostly_new) return true;
    if (!one_source && !later) return false;
    return lacks_lead(a, b) && lacks_lead(b, a);
  };
  std::vector<std::vector<ArticleIndex>> joined;
  std::vector<bool> touched(duplicates.origins.size(), false);
  bool any = false;
  for (DuplicatePair& pair : duplicates.pairs) {
    const WordList &a = words_of(pair.a, scratch), &b = words_of(pair.b, other_scratch);
    const Article &x = corpus[pair.a], &y = corpus[pair.b];
    const bool notice = pair.joins && is_notice(x, y, a);
    if (pair.relation == Relation::exact && !notice) continue;
    const bool later = x.published && y.published && (*y.published - *x.published).count() >= form_rules.later;
    const bool alike = pair.joins || pair.jaccard >= form_rules.alike;
    pair.form = notice || (alike && is_form(slots(pair.a, a), slots(pair.b, b), later)) ||
                ((later || is_one_source(pair)) && is_news_to(b, x, a) && is_news_to(a, y, b));
    if (!pair.joins) continue;
    const bool own = pair.form || tells_its_own(pair, later, a, b);
    pair.retold = !own && std::max(pair.containment_a_in_b, pair.containment_b_in_a) < report_rules.retold;
    if (!own && !pair.retold) continue;
    pair.joins = false;
    if (pair.form && !notice) pair.relation = Relation::partial_overlap;
    any = touched[duplicates.origin_of[pair.a]] = touched[duplicates.origin_of[pair.b]] = true;
  }
  if (!any) return;
  joined.resize(corpus.size());
  for (const DuplicatePair& pair : duplicates.pairs) {
    if (!pair.joins) continue;
    joined[pair.a].push_back(pair.b);
    joined[pair.b].push_back(pair.a);
  }
  std::vector<std::uint32_t> label(corpus.size());
  for (const Origin& origin : duplicates.origins) {
    for (const ArticleIndex a : origin.articles) label[a] = origin.articles.front();
  }
  for (std::size_t o = 0; o < touched.size(); ++o) {
    if (touched[o] && duplicates.origins[o].articles.size() > 1)
      split(corpus, sources, duplicates.origins[o], joined, label);
  }
  relabel(corpus, sources, label, duplicates);
}

void join_versions(const Corpus& corpus, const SourceTable& sources, Duplicates& duplicates) {
  std::vector<std::pair<std::string, ArticleIndex>> pages;
  for (ArticleIndex a = 0; a < corpus.size(); ++a) {
    std::string page = url_identity(corpus[a].url);
    if (page.find_first_of("/?") != std::string::npos) pages.push_back({std::move(page), a});  // a front page is none
  }
  std::sort(pages.begin(), pages.end());
  const auto in_order = [](const DuplicatePair& x, const DuplicatePair& y) {
    return std::pair(x.a, x.b) < std::pair(y.a, y.b);
  };
  const auto known = [&](const DuplicatePair& pair) {
    const auto at = std::lower_bound(duplicates.pairs.begin(), duplicates.pairs.end(), pair, in_order);
    return at == duplicates.pairs.end() || in_order(pair, *at) ? duplicates.pairs.end() : at;
  };
  UnionFind voices(corpus.size());
  std::vector<DuplicatePair> found;
  const auto join = [&](ArticleIndex a, ArticleIndex b, Relation relation) {
    if (corpus[a].published && corpus[b].published &&
        (*corpus[b].published - *corpus[a].published).count() > version_gap) {
      return;
    }
    DuplicatePair pair{a, b};
    if (const auto at = known(pair); at != duplicates.pairs.end() && at->form)
      return;  // each day's forecast on one page
    voices.unite(a, b);
    pair.relation = relation;
    pair.joins = true;
    found.push_back(pair);
  };
  for (std::size_t i = 1; i < pages.size(); ++i) {
    const ArticleIndex a = pages[i - 1].second, b = pages[i].second;  // a corpus is in order of time
    if (pages[i - 1].first != pages[i].first) continue;
    join(a, b, corpus[a].source == corpus[b].source ? Relation::version : Relation::link);
  }
  for (ArticleIndex a = 0; a < corpus.size(); ++a) {  // those whose links do not tell, but their ids do
    if (corpus[a].replaced_by.empty()) continue;
    const std::optional<ArticleIndex> b = corpus.find(corpus[a].replaced_by);
    if (b && a < *b && voices.find(a) != voices.find(*b)) join(a, *b, Relation::version);
  }
  if (found.empty()) return;
  for (const Origin& origin : duplicates.origins) {
    for (const ArticleIndex a : origin.articles) voices.unite(origin.articles.front(), a);
  }
  std::sort(found.begin(), found.end(), in_order);
  for (DuplicatePair& pair : found) {  // of a pair that is a copy too, the version tells more
    const auto at = known(pair);
    if (at == duplicates.pairs.end()) continue;
    pair.jaccard = at->jaccard;
    pair.containment_a_in_b = at->containment_a_in_b;
    pair.containment_b_in_a = at->containment_b_in_a;
    duplicates.pairs.erase(at);
  }
  std::vector<DuplicatePair> all;
  std::merge(duplicates.pairs.begin(), duplicates.pairs.end(), found.begin(), found.end(), std::back_inserter(all),
             in_order);
  duplicates.pairs = std::move(all);
  std::vector<std::uint32_t> label(corpus.size());
  for (ArticleIndex a = 0; a < corpus.size(); ++a) label[a] = voices.find(a);
  relabel(corpus, sources, label, duplicates);
}

}  // namespace storymerge

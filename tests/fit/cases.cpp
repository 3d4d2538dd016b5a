#include "fit/cases.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "storymerge/storymerge.h"

namespace storymerge::fit {
namespace {

// The gold's grouping as a story.
Story story_of(const GoldStory& gold, const Corpus& corpus, const Duplicates& duplicates) {
  Story out{gold.name, {}, {}};
  for (const GoldArticle& a : gold.articles) out.articles.push_back(*corpus.find(a.article.id));
  std::sort(out.articles.begin(), out.articles.end());
  for (const ArticleIndex a : out.articles) out.origins.push_back(duplicates.origin_of[a]);
  std::sort(out.origins.begin(), out.origins.end());
  out.origins.erase(std::unique(out.origins.begin(), out.origins.end()), out.origins.end());
  return out;
}

std::vector<std::uint32_t> origins_of(const GoldStory& gold) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t a = 0; a < gold.articles.size(); ++a) {
    std::uint32_t root = a;
    while (gold.articles[root].copy_of) root = *gold.articles[root].copy_of;
    out.push_back(root);
  }
  return out;
}

// The sentences of a gold article that a statement is, or the most of.
std::vector<Spot> spots_of(const GoldStory& gold, std::uint32_t article, SourceSpan span) {
  std::vector<Spot> out;
  const auto& sentences = gold.articles[article].sentences;
  for (std::uint32_t k = 0; k < sentences.size(); ++k) {
    const ByteRange s = sentences[k].range;
    const std::uint32_t begin = std::max(s.begin, span.begin), end = std::min(s.end, span.end);
    if (end > begin && 2 * (end - begin) > std::min(s.size(), span.size())) out.push_back({article, k});
  }
  return out;
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

Vectors read_vectors(const std::string& file) {
  std::ifstream texts(file + ".txt"), numbers(file);
  if (!texts || !numbers) throw std::runtime_error("cannot read '" + file + "' and '" + file + ".txt'");
  Vectors out;
  for (std::string text, row; std::getline(texts, text) && std::getline(numbers, row);) {
    std::istringstream in(row);
    std::vector<float>& v = out[text];
    v.clear();
    for (float x; in >> x;) v.push_back(x);
  }
  return out;
}

bool Case::share_a_claim(std::uint32_t a, std::uint32_t b) const {
  for (const Spot x : spots[a])
    for (const Spot y : spots[b])
      for (const GoldTelling& s : tells(x))
        for (const GoldTelling& t : tells(y))
          if (s.claim == t.claim) return true;
  return false;
}

Cases::Cases(const std::vector<std::string>& folders, const Options& options)
    : gold_(read_gold(folders)),
      corpus_(gold_articles(gold_)),
      documents_(analyze(corpus_)),
      duplicates_(find_duplicates(corpus_, documents_)) {
  for (const GoldStory& gold : gold_) {
    list.push_back(make(gold, options));
    list.back().fold = (list.size() - 1) % options.folds;
    count(list.back());
  }
}

std::string_view Cases::text(const Case& c, std::uint32_t profile) const {
  return corpus_.quote(c.statements[c.profiles[profile].statements.front()].span);
}

Case Cases::make(const GoldStory& gold, const Options& options) const {
  Case c;
  c.gold = &gold;
  c.origin = origins_of(gold);
  const Story story = story_of(gold, corpus_, duplicates_);
  const Material material = gather(corpus_, documents_, duplicates_, story);
  c.statements = align::list_statements(material);
  c.profiles = align::describe(material, c.statements);
  std::map<ArticleIndex, std::uint32_t> place;
  for (std::uint32_t a = 0; a < gold.articles.size(); ++a) place[*corpus_.find(gold.articles[a].article.id)] = a;
  std::vector<std::vector<float>> vectors;
  for (std::uint32_t u = 0; u < c.profiles.size(); ++u) {
    std::vector<Spot>& spots = c.spots.emplace_back();
    for (const std::uint32_t s : c.profiles[u].statements) {
      const SourceSpan span = c.statements[s].span;
      for (const Spot spot : spots_of(gold, place[span.article], span)) spots.push_back(spot);
    }
    if (options.vectors.empty()) continue;
    const auto at = options.vectors.find(one_line(text(c, u)));
    const std::size_t length = options.vectors.begin()->second.size();
    vectors.push_back(at != options.vectors.end() ? at->second : std::vector<float>(length, 0.f));
  }
  c.compared = align::compare_all(c.profiles, vectors);
  for (const auto& [a, b] : c.compared.pairs) c.compared_same.push_back(c.share_a_claim(a, b));
  return c;
}

void Cases::count(const Case& c) {
  for (std::uint32_t a = 0; a < c.profiles.size(); ++a) {
    for (std::uint32_t b = a + 1; b < c.profiles.size(); ++b) {
      if (c.profiles[a].origin == c.profiles[b].origin) continue;
      const bool compared = std::binary_search(c.compared.pairs.begin(), c.compared.pairs.end(), std::pair(a, b));
      const bool shares = c.share_a_claim(a, b);
      ++pairs;
      candidates += compared;
      same += shares;
      same_candidates += shares && compared;
    }
  }
}

}  // namespace storymerge::fit

#include "storymerge/text/document.h"

#include <algorithm>

#include "support/parallel.h"
#include "text/page_sentences.h"

namespace storymerge {

Document analyze(const Corpus& corpus, ArticleIndex index, std::vector<Furniture> furniture) {
  const Article& article = corpus[index];
  Document d;
  d.article = index;
  d.title = fold_words(article.title);
  d.title_terms = stem_terms(d.title, article.language);
  d.furniture = std::move(furniture);
  const auto split = [&] {
    std::vector<ByteRange> excluded;
    for (const Furniture& f : d.furniture) excluded.push_back(f.range);
    return split_sentences(article.text, excluded);
  };
  d.sentences = split();
  if (std::vector<Furniture> more = find_page_sentences(article, d.sentences); !more.empty()) {
    d.furniture.insert(d.furniture.end(), more.begin(), more.end());
    std::sort(d.furniture.begin(), d.furniture.end(),
              [](const Furniture& a, const Furniture& b) { return a.range < b.range; });
    d.sentences = split();
  }
  for (Sentence& s : d.sentences) {
    s.first_word = static_cast<std::uint32_t>(d.body.size());
    append_words(std::string_view(article.text).substr(s.range.begin, s.range.size()), s.range.begin, d.body);
    s.last_word = static_cast<std::uint32_t>(d.body.size());
  }
  d.body_terms = stem_terms(d.body, article.language);
  d.quotations = find_quotations(article.text);
  d.names = find_names(article.text, d.body, d.body_terms, d.sentences, article.language);
  d.dates = find_dates(article.text, article.published);
  d.quantities = find_quantities(article.text, d.dates);
  return d;
}

std::vector<Document> analyze(const Corpus& corpus, unsigned threads) {
  std::vector<std::vector<Furniture>> furniture = find_furniture(corpus, threads);
  std::vector<Document> documents(corpus.size());
  parallel_for(corpus.size(), threads, [&](std::size_t i) {
    documents[i] = analyze(corpus, static_cast<ArticleIndex>(i), std::move(furniture[i]));
  });
  return documents;
}

}  // namespace storymerge

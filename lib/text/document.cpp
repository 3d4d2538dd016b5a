#include "storymerge/text/document.h"

#include <algorithm>
#include <unordered_map>

#include "support/parallel.h"
#include "support/progress.h"
#include "text/finders.h"
#include "text/kept_documents.h"
#include "text/page_sentences.h"

namespace storymerge {
namespace {

void find_numbers(const Article& article, Document& d) {
  Tokens tokens(article.text, lang::Language::of(d.language));
  d.dates = find_dates(tokens, article.published, article.published_offset.value_or(std::chrono::minutes(0)));
  d.quantities = find_quantities(std::move(tokens), d.dates);
}

}  // namespace

Document analyze(const Corpus& corpus, ArticleIndex index, std::vector<Furniture> furniture) {
  const Article& article = corpus[index];
  Document d;
  d.article = index;
  d.language = article.language.empty() ? std::string(guess_language(article.text)) : article.language;
  d.title = fold_words(article.title);
  d.title_terms = stem_terms(d.title, d.language);
  d.furniture = std::move(furniture);
  const auto split = [&] {
    std::vector<ByteRange> excluded;
    for (const Furniture& f : d.furniture) excluded.push_back(f.range);
    return split_sentences(article.text, excluded, d.language);
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
  d.body_terms = stem_terms(d.body, d.language);
  d.quotations = find_quotations(article.text, d.language);
  d.names = find_names(article.text, d.body, d.body_terms, d.sentences, d.language);
  find_numbers(article, d);
  return d;
}

namespace {

bool has_same_body(const Article& a, const std::vector<Furniture>& of_a, const Article& b,
                   const std::vector<Furniture>& of_b) {
  return a.text == b.text && a.language == b.language &&
         std::equal(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(),
                    [](const Furniture& x, const Furniture& y) { return x.range == y.range && x.reason == y.reason; });
}

// What `analyze` gives for a copy of an article that was analysed.
Document analyze_copy(const Corpus& corpus, ArticleIndex index, const Document& first) {
  const Article &article = corpus[index], &before = corpus[first.article];
  Document d = first;
  d.article = index;
  if (article.title != before.title) {
    d.title = fold_words(article.title);
    d.title_terms = stem_terms(d.title, d.language);
  }
  if (article.published != before.published || article.published_offset != before.published_offset) {
    find_numbers(article, d);
  }
  return d;
}

// Hands over the document of each article, and the furniture that its lines were taken as: put(article, document, furniture), from
// several threads, once for each. `of(article, scratch)` gives one that was handed over.
template <class Put, class Of>
void analyze_each(const Corpus& corpus, unsigned threads, const std::function<void(double)>& progress, const Put& put,
                  const Of& of) {
  const std::vector<std::vector<Furniture>> furniture = find_furniture(corpus, threads);
  // A text that was analysed is not analysed again.
  std::vector<ArticleIndex> first(corpus.size());
  std::unordered_map<std::string_view, ArticleIndex> first_with;
  for (ArticleIndex i = 0; i < corpus.size(); ++i) {
    const ArticleIndex before = first_with.try_emplace(corpus[i].text, i).first->second;
    first[i] = has_same_body(corpus[i], furniture[i], corpus[before], furniture[before]) ? before : i;
  }
  SharedProgress shared(progress, corpus.size());
  parallel_for(corpus.size(), threads, [&](std::size_t i) {
    if (first[i] != i) return;
    const auto a = static_cast<ArticleIndex>(i);
    put(a, analyze(corpus, a, furniture[i]), furniture[i]);
    shared.add(1);
  });
  parallel_for(corpus.size(), threads, [&](std::size_t i) {
    if (first[i] == i) return;
    const auto a = static_cast<ArticleIndex>(i);
    Document scratch;
    put(a, analyze_copy(corpus, a, of(first[i], scratch)), furniture[i]);
    shared.add(1);
  });
}

}  // namespace

std::vector<Document> analyze(const Corpus& corpus, unsigned threads, const std::function<void(double)>& progress) {
  std::vector<Document> out(corpus.size());
  analyze_each(
      corpus, threads, progress,
      [&](ArticleIndex a, Document document, const std::vector<Furniture>&) { out[a] = std::move(document); },
      [&](ArticleIndex a, Document&) -> const Document& { return out[a]; });
  return out;
}

void analyze(const Corpus& corpus, unsigned threads, const std::function<void(double)>& progress, KeptDocuments& out) {
  analyze_each(
      corpus, threads, progress,
      [&](ArticleIndex, Document document, const std::vector<Furniture>& furniture) {
        out.put(std::move(document), furniture);
      },
      [&](ArticleIndex a, Document& scratch) -> const Document& { return out.get(a, scratch); });
}

}  // namespace storymerge

#include "storymerge/base/corpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <limits>

#include "base/valid_utf8.h"
#include "storymerge/base/error.h"
#include "support/hash.h"
#include "support/utf8.h"

namespace storymerge {
namespace {

void check_size_and_time(const Article& article) {
  if (article.id.empty()) throw Error(ErrorCode::bad_input, fmt::format("article titled '{}': no id", article.title));
  if (article.text.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::bad_input, fmt::format("article '{}': text of {} bytes, at most 4294967295 are taken",
                                                  article.id, article.text.size()));
  }
  if (article.published && (*article.published < first_time || *article.published > last_time)) {
    throw Error(ErrorCode::bad_input,
                fmt::format("article '{}': published {} seconds from 1970, must be in the years 1 to 9999", article.id,
                            article.published->time_since_epoch().count()));
  }
}

void check_utf8(const Article& article) {
  const std::pair<const char*, const std::string*> fields[] = {
      {"id", &article.id},    {"title", &article.title},       {"source", &article.source},
      {"url", &article.url},  {"language", &article.language}, {"author", &article.author},
      {"text", &article.text}};
  for (const auto& [name, value] : fields) {
    if (const auto at = find_invalid_utf8(*value)) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("article '{}': {} is not valid UTF-8 at byte {}", article.id, name, *at));
    }
  }
}

}  // namespace

Corpus::Corpus(std::vector<Article> articles) : articles_(std::move(articles)) {
  for (const Article& article : articles_) check_utf8(article);
  arrange();
}

Corpus corpus_of_valid_utf8(std::vector<Article> articles) {
#ifndef NDEBUG
  for (const Article& article : articles) check_utf8(article);
#endif
  Corpus corpus;
  corpus.articles_ = std::move(articles);
  corpus.arrange();
  return corpus;
}

void Corpus::arrange() {
  if (articles_.size() > std::numeric_limits<ArticleIndex>::max()) {
    throw Error(ErrorCode::bad_input, fmt::format("{} articles, at most 4294967295 are taken", articles_.size()));
  }
  for (const Article& article : articles_) check_size_and_time(article);
  // Small keys are sorted, and each article is moved once.
  struct Key {
    std::int64_t published;
    ArticleIndex index;
  };
  std::vector<Key> keys(articles_.size());
  for (ArticleIndex i = 0; i < keys.size(); ++i) {
    keys[i] = {articles_[i].published.value_or(Time::max()).time_since_epoch().count(), i};
  }
  std::sort(keys.begin(), keys.end(), [this](const Key& a, const Key& b) {
    return a.published != b.published ? a.published < b.published : articles_[a.index].id < articles_[b.index].id;
  });
  for (ArticleIndex i = 0; i < keys.size(); ++i) {  // along each cycle of the permutation
    if (keys[i].index == i) continue;
    Article first = std::move(articles_[i]);
    ArticleIndex to = i;
    for (ArticleIndex from = keys[to].index; from != i; from = keys[to].index) {
      articles_[to] = std::move(articles_[from]);
      keys[to].index = to;
      to = from;
    }
    articles_[to] = std::move(first);
    keys[to].index = to;
  }
  std::vector<std::pair<std::uint64_t, ArticleIndex>> ids(articles_.size());
  for (ArticleIndex i = 0; i < ids.size(); ++i) ids[i] = {hash_bytes(articles_[i].id), i};
  std::sort(ids.begin(), ids.end());
  by_id_.resize(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    by_id_[i] = ids[i].second;
    for (std::size_t j = i; j > 0 && ids[j - 1].first == ids[i].first; --j) {
      if (articles_[ids[j - 1].second].id == articles_[by_id_[i]].id)
        throw Error(ErrorCode::bad_input, fmt::format("id '{}' is given twice", articles_[by_id_[i]].id));
    }
  }
}

const Article& Corpus::operator[](ArticleIndex index) const {
  assert(index < articles_.size());
  return articles_[index];
}

std::string_view Corpus::quote(SourceSpan span) const {
  const std::string& text = (*this)[span.article].text;
  assert(span.begin <= span.end && span.end <= text.size());
  return std::string_view(text).substr(span.begin, span.size());
}

std::optional<ArticleIndex> Corpus::find(std::string_view id) const {
  const std::uint64_t hash = hash_bytes(id);
  auto at = std::lower_bound(by_id_.begin(), by_id_.end(), hash,
                             [this](ArticleIndex a, std::uint64_t h) { return hash_bytes(articles_[a].id) < h; });
  for (; at != by_id_.end() && hash_bytes(articles_[*at].id) == hash; ++at) {
    if (articles_[*at].id == id) return *at;
  }
  return std::nullopt;
}

}  // namespace storymerge

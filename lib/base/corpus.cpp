#include "storymerge/base/corpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>

#include "storymerge/base/error.h"
#include "support/utf8.h"

namespace storymerge {
namespace {

void check(const Article& article) {
  if (article.id.empty()) throw Error(ErrorCode::bad_input, fmt::format("article titled '{}': no id", article.title));
  if (article.text.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::bad_input, fmt::format("article '{}': text of {} bytes, at most 4294967295 are taken",
                                                  article.id, article.text.size()));
  }
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
  if (articles_.size() > std::numeric_limits<ArticleIndex>::max()) {
    throw Error(ErrorCode::bad_input, fmt::format("{} articles, at most 4294967295 are taken", articles_.size()));
  }
  for (const Article& article : articles_) check(article);
  std::sort(articles_.begin(), articles_.end(), [](const Article& a, const Article& b) {
    constexpr Time never = Time::max();
    return std::pair(a.published.value_or(never), std::string_view(a.id)) <
           std::pair(b.published.value_or(never), std::string_view(b.id));
  });
  by_id_.resize(articles_.size());
  std::iota(by_id_.begin(), by_id_.end(), ArticleIndex{0});
  std::sort(by_id_.begin(), by_id_.end(),
            [this](ArticleIndex a, ArticleIndex b) { return articles_[a].id < articles_[b].id; });
  for (std::size_t i = 1; i < by_id_.size(); ++i) {
    if (articles_[by_id_[i - 1]].id == articles_[by_id_[i]].id) {
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
  const auto at = std::lower_bound(by_id_.begin(), by_id_.end(), id,
                                   [this](ArticleIndex a, std::string_view b) { return articles_[a].id < b; });
  if (at == by_id_.end() || articles_[*at].id != id) return std::nullopt;
  return *at;
}

}  // namespace storymerge

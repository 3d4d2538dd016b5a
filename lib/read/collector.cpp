#include "read/collector.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/valid_utf8.h"
#include "storymerge/base/error.h"
#include "storymerge/read/url.h"

namespace storymerge::read {
namespace {

std::string made_id(const Article& a) {
  const std::string head = fmt::format("{}\n{}\n{:016x}", a.source, url_identity(a.url), hash_bytes(a.text));
  return fmt::format("{:016x}", hash_bytes(head));
}

}  // namespace

void Collector::add(Article&& article, std::uint64_t line) {
  if (article.source.empty()) article.source = url_host(article.url);
  const auto index = static_cast<std::uint32_t>(articles_.size());
  articles_.push_back(std::move(article));
  if (articles_.back().id.empty()) {
    unnamed_.push_back(index);
  } else if (!ids_.insert(index).second) {
    std::string reason = fmt::format("'{}' was given before", articles_.back().id);
    articles_.pop_back();
    reject(line, "id", std::move(reason));
    return;
  }
  ++report_.records;
}

void Collector::reject(std::uint64_t line, std::string_view field, std::string reason) {
  if (options_.strict) {
    throw Error(ErrorCode::bad_input, fmt::format("{}{}: {}{}{}", input_, line == 0 ? "" : fmt::format(":{}", line),
                                                  field, field.empty() ? "" : ": ", reason));
  }
  ++report_.records;
  ++report_.rejected;
  report_.issues.push_back({input_, line, std::string(field), std::move(reason), true});
}

void Collector::flag(std::uint64_t line, std::string_view field, std::string reason) {
  report_.issues.push_back({input_, line, std::string(field), std::move(reason), false});
}

// Ids made from source, URL and text do not depend on the order of the input. Records that agree in all three are
// numbered in the order of their other fields, so that nothing is lost.
void Collector::give_ids() {
  std::vector<std::pair<std::string, std::uint32_t>> made;
  made.reserve(unnamed_.size());
  for (const std::uint32_t i : unnamed_) made.emplace_back(made_id(articles_[i]), i);
  const auto rest = [this](std::uint32_t i) {
    const Article& a = articles_[i];
    return std::tie(a.published, a.title, a.author, a.language, a.url);
  };
  std::sort(made.begin(), made.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : rest(a.second) < rest(b.second);
  });
  std::uint64_t number = 1;
  for (std::size_t k = 0; k < made.size(); ++k) {
    number = k != 0 && made[k].first == made[k - 1].first ? number + 1 : 1;
    const std::uint32_t i = made[k].second;
    articles_[i].id = number == 1 ? made[k].first : fmt::format("{}-{}", made[k].first, number);
    while (!ids_.insert(i).second) articles_[i].id = fmt::format("{}-{}", made[k].first, ++number);
  }
}

ReadResult Collector::finish() {
  give_ids();
  ids_.clear();
  return {corpus_of_valid_utf8(std::move(articles_)), std::move(report_)};
}

}  // namespace storymerge::read
